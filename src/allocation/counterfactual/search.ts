/**
 * The search for the smallest sets of remedies of a single decision: what a license, or any license, takes.
 *
 * INVARIANT: what is left out of a search cannot be part of a smallest set; test/model tries everything.
 */
import { E } from '../../prelude.js'
import type { Installation } from '../../record/AuditSnapshot.js'
import type { Catalog } from '../../record/Catalog.js'
import type { Decision } from '../../record/Decision.js'
import type { SoftwareLicense } from '../../record/SoftwareLicense.js'
import { byDearest, smallest } from '../../rule/Counterfactual.js'
import type { LicenseId } from '../../value/Id.js'
import { compile } from '../compile.js'
import type { Options } from '../options.js'
import type { AllocationAnswer } from './answer.js'
import { applyRemedy } from './apply.js'
import { changedBy } from './changes.js'
import { narrowed, type Cut } from './cut.js'
import { compareRemedies, keyOf, type Remedy } from './remedy.js'
import { remediesFor, withdrawing, type Remedies } from './space.js'
import { unitsNamed, type Terms } from './values.js'

// -------------------------------------------------------------------------------------
// deciding again
// -------------------------------------------------------------------------------------

/** What remedies make of a cut: the decision, or nothing where the records contradict themselves. */
interface Made<Name extends string> {
  readonly catalog: Catalog
  readonly decision: Decision<Name> | undefined
}

export const decided = <Name extends string>(
  options: Options<Name>,
  { catalog, snapshot }: Pick<Cut, 'catalog' | 'snapshot'>,
): Decision<Name> | undefined => {
  // Both readers decide alike, and this one has nothing to make ready.
  const decide = compile<Name>({ ...options, reader: 'reference' })(catalog)
  return E.isRight(decide) ? decide.right(snapshot)[0] : undefined
}

const making =
  <Name extends string>(options: Options<Name>, { catalog, snapshot }: Cut) =>
  (remedies: ReadonlyArray<Remedy>): Made<Name> => {
    const records = remedies.reduce((made, remedy) => applyRemedy(remedy)(made), { catalog, snapshots: [snapshot] })
    const [edited = snapshot] = records.snapshots
    return {
      catalog: records.catalog,
      decision: decided(options, { catalog: records.catalog, snapshot: edited }),
    }
  }

export const isAllocated = ({ decision }: Made<string>): boolean => decision?.outcome === 'allocated'

// -------------------------------------------------------------------------------------
// one license
// -------------------------------------------------------------------------------------

/** Is the license one of the tracked software that holds the product and is not retired? */
const isOnShelf = ({ software }: Catalog, { product }: Installation, license: SoftwareLicense): boolean =>
  software.some(
    ({ id, retired, products }) => id === license.software && retired !== true && products.includes(product),
  )

/** Do main licenses of others stand in the way of this one (ALLOC-80), or may they, by rules that only the caller knows? */
const mainsMatter = ({ severalMains, rules }: Options<string>): boolean =>
  severalMains === 'none' || rules !== undefined

/**
 * The remedies to try next: those that can change what the decision came to.
 *
 * A condition holds between one license and one installation, but for the only main license. So what was skipped or
 * contradicts itself changes only by the remedies of that; a license that came before stays before, unless it, the snapshot or
 * the license asked for changes; and clearing a field of the snapshot makes nothing match.
 */
const nextFor = <Name extends string>(
  options: Options<Name>,
  terms: Terms,
  cut: Cut,
  license: SoftwareLicense,
  beside: ReadonlyArray<SoftwareLicense>,
) => {
  const remedies: Remedies = remediesFor(terms, cut.snapshot, cut.installation, license, beside)
  const byId = new Map(cut.catalog.licenses.map((each) => [each.id, each]))
  const otherMains = mainsMatter(options)
    ? cut.catalog.licenses.flatMap((each): ReadonlyArray<Remedy> =>
        each.main === true && each.id !== license.id
          ? [
              { kind: 'unmark-as-main', license: each.id },
              { kind: 'retire-license', license: each.id },
            ]
          : [],
      )
    : []
  return ({ catalog, decision }: Made<Name>): ReadonlyArray<Remedy> => {
    if (decision === undefined) return remedies.software
    switch (decision.outcome) {
      case 'skipped':
        return remedies.unskip
      case 'untracked':
        return remedies.software
      case 'unreconciled':
        return isOnShelf(catalog, cut.installation, license)
          ? [...remedies.showing, ...remedies.license, ...otherMains]
          : remedies.software
      case 'allocated':
      case 'kept': {
        if (!isOnShelf(catalog, cut.installation, license)) return remedies.software
        const winner = decision.license === undefined ? undefined : byId.get(decision.license)
        return [
          ...remedies.showing,
          ...remedies.clearing,
          ...remedies.license,
          ...otherMains,
          ...(winner === undefined ? [] : withdrawing(terms, cut.snapshot, winner)),
        ]
      }
    }
  }
}

/** The answers of one license, beside some others of the tracked software alone. */
const answersBeside = <Name extends string>(
  options: Options<Name>,
  terms: Terms,
  cut: Cut,
  license: SoftwareLicense,
  others: ReadonlySet<LicenseId>,
  bound: number,
  holds: (made: Made<Name>) => boolean,
): ReadonlyArray<AllocationAnswer<Name>> => {
  const { licenses } = cut.catalog
  const some = licenses.filter(({ id, main }) => id === license.id || main === true || others.has(id))
  const narrow = narrowed(terms.index)(cut, some, unitsNamed(terms, [license], licenses))
  return smallest(bound)<Remedy, Made<Name>>({
    make: making(options, narrow),
    holds,
    ways: [nextFor(options, terms, narrow, license, licenses)],
    compare: compareRemedies,
    changes: changedBy,
    key: keyOf,
  }).found.flatMap(({ remedies, made: { decision } }) => (decision === undefined ? [] : [{ remedies, decision }]))
}

const NOBODY: ReadonlySet<LicenseId> = new Set()

/**
 * The answers of a license that is asked for.
 *
 * What holds among all licenses holds among fewer. So it is looked for beside those that are known to come before it, and
 * decided among all; where none of what is found holds among all, those that came before it then are known, too.
 */
export const answersForOne = <Name extends string>(
  options: Options<Name>,
  terms: Terms,
  cut: Cut,
  license: SoftwareLicense,
  bound: number,
): ReadonlyArray<AllocationAnswer<Name>> => {
  const make = making(options, cut)
  const holds = (made: Made<Name>): boolean => isAllocated(made) && made.decision?.license === license.id
  const others = new Set<LicenseId>()
  for (;;) {
    const known = others.size
    const answers = answersBeside(options, terms, cut, license, others, bound, holds).flatMap(
      ({ remedies }): ReadonlyArray<AllocationAnswer<Name>> => {
        const made = make(remedies)
        if (made.decision === undefined) return []
        if (holds(made)) return [{ remedies, decision: made.decision }]
        if (made.decision.license !== undefined) others.add(made.decision.license)
        return []
      },
    )
    if (answers.length > 0 || others.size === known) return answers
  }
}

// -------------------------------------------------------------------------------------
// any license
// -------------------------------------------------------------------------------------

/** The proper subsets of a list, but for the empty one. */
const properSubsets = <A>(list: ReadonlyArray<A>): ReadonlyArray<ReadonlyArray<A>> =>
  list
    .reduce<ReadonlyArray<ReadonlyArray<A>>>((some, one) => [...some, ...some.map((each) => [...each, one])], [[]])
    .filter(({ length }) => length > 0 && length < list.length)

/**
 * Any license will do. What others match is no hindrance then, so that each is looked for beside the main licenses alone,
 * by its own remedies; what is found is decided among all of them.
 */
export const answersForAny = <Name extends string>(
  options: Options<Name>,
  terms: Terms,
  cut: Cut,
  bound: number,
): ReadonlyArray<AllocationAnswer<Name>> => {
  const make = making(options, cut)
  const found = new Map<string, AllocationAnswer<Name>>()
  let least = bound
  const add = (remedies: ReadonlyArray<Remedy>): void => {
    const key = remedies.map(keyOf).join('\u0000')
    if (remedies.length > least || found.has(key)) return
    const made = make(remedies)
    if (!isAllocated(made) || made.decision === undefined) return
    least = remedies.length
    found.set(key, { remedies, decision: made.decision })
  }
  const { licenses } = cut.catalog
  for (const license of licenses)
    for (const { remedies } of answersBeside(options, terms, cut, license, NOBODY, least, isAllocated)) {
      // What one license shows of its own may be enough for another.
      if (remedies.length > 1) for (const fewer of properSubsets(remedies)) add(fewer)
      add(remedies)
    }
  const order = byDearest(compareRemedies)
  return [...found.values()]
    .filter(({ remedies }) => remedies.length === least)
    .sort((a, b) => order(a.remedies, b.remedies))
}
