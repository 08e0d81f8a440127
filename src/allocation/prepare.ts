/**
 * What is done once for a catalog and options, before any snapshot is looked at: contradictions are told, units and
 * criteria are made, the rule book is changed by the policy, and each tracked software gets its shelf of candidates in
 * name order (ALLOC-2, 17).
 *
 * @since 0.1.0
 */
import { E, O, RNEA } from '../prelude.js'
import type { Catalog } from '../record/Catalog.js'
import type { RuleName, Warning } from '../record/Decision.js'
import type { Rejection } from '../record/Rejection.js'
import type { SoftwareLicense, UnitRestriction } from '../record/SoftwareLicense.js'
import type { TrackedSoftware } from '../record/TrackedSoftware.js'
import { climb, type Refusal } from '../rule/Ladder.js'
import * as Ranking from '../rule/Ranking.js'
import type { Reading } from '../rule/Reader.js'
import type { LicenseId, ProductId, SoftwareId } from '../value/Id.js'
import * as Text from '../value/Text.js'
import { contradictionsIn, ofHierarchy } from './contradictions.js'
import { distinct } from '../record/Contradiction.js'
import { criteria as criteriaIn, restricting, type Criteria, type Subject } from './criteria.js'
import { candidateGates, type Exclusion } from './gates.js'
import { licensesById, sortOut } from './licenses.js'
import { readChoices, type Choices } from './options.js'
import { applyPolicy } from './policy.js'
import { rules as documented, type AllocationBook } from './rules.js'
import { unitKeys, type UnitKeys } from './units.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** A tracked software with its licenses: those that can be chosen, and those that cannot, with the reason. */
export interface Shelf {
  readonly software: TrackedSoftware
  /** In name order. */
  readonly candidates: ReadonlyArray<SoftwareLicense>
  /** In name order. */
  readonly excluded: ReadonlyArray<Excluded>
  /** The warnings that hold whatever the snapshot is, and whichever rule decides (ALLOC-83). */
  readonly ambiguous: ReadonlyArray<Warning>
  readonly severalMains: boolean
}

/** A license that is no candidate, and why. */
export interface Excluded {
  readonly license: SoftwareLicense
  readonly refusal: Refusal<Exclusion>
}

/** A catalog made ready to decide by. */
export interface Prepared<Name extends string> {
  readonly reading: Reading<Subject, SoftwareLicense, Name>
  readonly organizations: UnitKeys
  readonly locations: UnitKeys
  /** One for each tracked software, retired ones among them. */
  readonly shelves: ReadonlyArray<Shelf>
  /** Made when it is first asked for. */
  readonly licenses: () => ReadonlyMap<LicenseId, SoftwareLicense>
}

// -------------------------------------------------------------------------------------
// name order
// -------------------------------------------------------------------------------------

const folded = Text.form('case-insensitive')

/**
 * Name order (ALLOC-17): by the case-insensitive form of the name, whatever the policy says of texts; then by the name as
 * given; then by id.
 *
 * @example
 * import assert from 'node:assert'
 * import { Allocation, Catalog, Ranking } from 'seatwise'
 *
 * const license = (id: string, name: string) => ({ id, name, software: 'visio' })
 * const { right } = Catalog.decode({ software: [], licenses: [license('1', 'b'), license('2', 'Office 2'), license('3', 'Office 10')] })
 * assert.deepStrictEqual(Ranking.sort(Allocation.nameOrder)(right.licenses).map(({ id }) => id), ['1', '3', '2'])
 *
 * @since 0.1.0
 */
export const nameOrder: Ranking.Ranking<SoftwareLicense> = [
  Ranking.ascending('name', ({ name }) => folded(name)),
  Ranking.ascending('name as given', ({ name }) => name),
  Ranking.ascending('id', ({ id }) => id),
]

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

/** A shelf, and how many main licenses are among its candidates. */
interface Shelved {
  readonly shelf: Shelf
  readonly mains: number
}

const NO_LICENSES: ReadonlyArray<SoftwareLicense> = []

const inNameOrder = Ranking.sort(nameOrder)

const isAmbiguous = (keys: UnitKeys, restriction: UnitRestriction | undefined): boolean =>
  restriction !== undefined && keys.isAmbiguous(restriction.unit)

/** The shelf of a tracked software. Licenses of no known tracked software stand on none (ALLOC-2). */
const shelve = (
  { organizations, locations }: Pick<Prepared<string>, 'organizations' | 'locations'>,
  { policy, asOf }: Choices<string>,
) => {
  const refuse = climb(candidateGates(policy.expired === 'excluded' ? asOf : undefined))
  return (software: TrackedSoftware, licenses: ReadonlyArray<SoftwareLicense>): Shelved => {
    const candidates: Array<SoftwareLicense> = []
    const excluded: Array<Excluded> = []
    let mains = 0
    let [location, organization] = [false, false]
    for (const license of inNameOrder(licenses)) {
      const refusal = refuse({ license, software })
      if (O.isSome(refusal)) {
        excluded.push({ license, refusal: refusal.value })
        continue
      }
      candidates.push(license)
      const { main, restrictions } = license
      if (main === true) mains += 1
      if (restrictions === undefined) continue
      location ||= isAmbiguous(locations, restrictions.location)
      organization ||= isAmbiguous(organizations, restrictions.organization)
    }
    // Decisions share it.
    const ambiguous = Object.freeze<Array<Warning>>([
      ...(location ? ['ambiguous-location' as const] : []),
      ...(organization ? ['ambiguous-organization' as const] : []),
    ])
    return { shelf: { software, candidates, excluded, ambiguous, severalMains: mains > 1 }, mains }
  }
}

/** The caller's rule book, or the documented one. */
const bookOf = <Name extends string>(choices: Choices<Name>, criteria: Criteria): AllocationBook<Name> => {
  const book = documented(criteria)
  // INVARIANT: without a book of the caller's own, the names are those of the documented one.
  return choices.rules === undefined
    ? (book as AllocationBook<string> as AllocationBook<Name>)
    : choices.rules(criteria, book)
}

/** Names that stand for several rules: a decision that gave one as its reason would not say which rule decided. */
const sharedNames = (book: AllocationBook<string>): ReadonlyArray<Rejection> => {
  const seen = new Set<string>()
  const shared = new Set<string>()
  for (const { name } of book) (seen.has(name) ? shared : seen).add(name)
  return Array.from(shared, (name) => ({
    code: 'contradiction',
    severity: 'error',
    path: 'rules',
    collection: 'policy',
    hint: `give each rule a name of its own: several are called \`${Text.preview(name)}\``,
  }))
}

/** Makes a catalog ready, or says all that contradicts itself in it and in the options. */
export const prepare =
  <Name extends string = RuleName>(given: Choices<Name>) =>
  (catalog: Catalog): E.Either<RNEA.ReadonlyNonEmptyArray<Rejection>, Prepared<Name>> => {
    const read = readChoices(given)
    const software = distinct(catalog.software, ({ id }) => id)
    const sorted = sortOut(catalog.licenses)
    const contradictions = contradictionsIn(catalog, {
      software: software.length === catalog.software.length,
      licenses: sorted.areDistinct,
    })
    if (E.isLeft(read)) return E.left([read.left[0], ...read.left.slice(1), ...contradictions])
    const [first, ...others] = contradictions
    if (first !== undefined) return E.left([first, ...others])
    const choices = read.right

    const mode = choices.policy.text ?? 'case-insensitive'
    const form = Text.form(mode)
    const keysOf = (collection: 'organizations' | 'locations') => {
      const units = catalog[collection] ?? []
      return E.mapLeft(RNEA.map(ofHierarchy(collection, units)))(unitKeys(form)(units, sorted[collection]))
    }
    const organizations = keysOf('organizations')
    if (E.isLeft(organizations)) return organizations
    const locations = keysOf('locations')
    if (E.isLeft(locations)) return locations

    const units = { organizations: organizations.right, locations: locations.right }
    const shelfOf = shelve(units, choices)
    const shelves: Array<Shelf> = []
    const withOneMain = new Set<SoftwareId>()
    for (const each of software) {
      const shelved = shelfOf(each, sorted.ofSoftware.get(each.id) ?? NO_LICENSES)
      shelves.push(shelved.shelf)
      if (shelved.mains === 1) withOneMain.add(each.id)
    }
    const criteria = criteriaIn({ mode, ...units, isOnlyMain: (license) => withOneMain.has(license.software) })
    const book = bookOf(choices, criteria)
    const [shared, ...alsoShared] = sharedNames(book)
    if (shared !== undefined) return E.left([shared, ...alsoShared])
    let byId: ReadonlyMap<LicenseId, SoftwareLicense> | undefined
    return E.right({
      ...units,
      reading: {
        book: applyPolicy(choices.policy, criteria)(book),
        restricting: restricting(criteria),
      },
      shelves,
      licenses: () => (byId ??= licensesById(catalog)),
    })
  }

/** Is the shelf that of a tracked software that is not retired, so that its products lead to it (ALLOC-3)? */
export const isLive = ({ software }: Shelf): boolean => software.retired !== true && software.products.length > 0

/** The shelf of each product that is in a tracked software that is not retired (ALLOC-2, 3). */
export const byProduct = (shelves: ReadonlyArray<Shelf>): ReadonlyMap<ProductId, Shelf> => {
  const found = new Map<ProductId, Shelf>()
  for (const shelf of shelves)
    if (isLive(shelf)) for (const product of shelf.software.products) found.set(product, shelf)
  return found
}
