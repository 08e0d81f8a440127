/**
 * What would have to change for an installation to be allocated, or to be allocated a given license (properties.md, G3 to
 * G5): all the smallest sets of remedies up to a bound, each made and decided anew.
 *
 * Laws:
 *
 * 1. Soundness: the records with the remedies of an answer are decided as the answer says
 * 2. Minimality: no proper subset of the remedies of an answer is enough
 * 3. Completeness: where there is no answer, no set of remedies of the space up to the bound is enough (space.ts)
 * 4. Irrelevance: the order of the records does not matter
 * 5. Secrecy: no serial number or installation key is in it
 *
 * @since 0.1.0
 */
import { E, O, type RNEA } from '../../prelude.js'
import type { AuditSnapshot, Installation } from '../../record/AuditSnapshot.js'
import type { Catalog } from '../../record/Catalog.js'
import type { Decision, RuleName } from '../../record/Decision.js'
import type { Rejection } from '../../record/Rejection.js'
import type { SoftwareLicense } from '../../record/SoftwareLicense.js'
import { boundOf, byDearest, smallest } from '../../rule/Counterfactual.js'
import type { ComputerId, InstallationId, LicenseId } from '../../value/Id.js'
import { compile } from '../compile.js'
import { choicesOf, type Options } from '../options.js'
import { prepare } from '../prepare.js'
import { applyRemedy } from './apply.js'
import { cutTo, indexed, narrowed, type Cut, type Indexed } from './cut.js'
import { compareRemedies, keyOf, type Remedy } from './remedy.js'
import { changedBy, remediesFor, unitsNamed, withdrawing, type Remedies, type Terms } from './space.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/**
 * What is asked: would the installation be allocated `license`, or, where none is named, any license? An answer has at
 * most `bound` remedies: 2 where nothing is said, 4 at the most.
 *
 * @since 0.1.0
 */
export interface AllocationQuestion {
  readonly license?: string
  readonly bound?: number
}

/**
 * Remedies that are enough together, in the order in which they are made, and the decision that follows.
 *
 * @since 0.1.0
 */
export interface AllocationAnswer<Name extends string = RuleName> {
  readonly remedies: ReadonlyArray<Remedy>
  readonly decision: Decision<Name>
}

/**
 * What would have to change. `decision` is the one that stands now. All answers are of one size, the smallest; an answer
 * without remedies says that it is so already, and no answer that no remedies up to `bound` are enough. They come in the order of
 * their dearest remedy, then of the next: the snapshot is cheaper than the tracked software, that than licenses, and adding
 * than removing.
 *
 * @since 0.1.0
 */
export interface AllocationCounterfactual<Name extends string = RuleName> {
  readonly computer: ComputerId
  readonly installation: InstallationId
  readonly license?: LicenseId
  readonly bound: number
  readonly decision: Decision<Name>
  readonly answers: ReadonlyArray<AllocationAnswer<Name>>
}

/**
 * Says what would have to change for an installation of a snapshot; none, where the snapshot has no such installation, or
 * the catalog no such license.
 *
 * @since 0.1.0
 */
export type WouldAllocate<Name extends string = RuleName> = (
  snapshot: AuditSnapshot,
  installation: string,
  question?: AllocationQuestion,
) => O.Option<AllocationCounterfactual<Name>>

// -------------------------------------------------------------------------------------
// deciding again
// -------------------------------------------------------------------------------------

/** What remedies make of a cut: the decision, or nothing where the records contradict themselves. */
interface Made<Name extends string> {
  readonly catalog: Catalog
  readonly decision: Decision<Name> | undefined
}

const decided = <Name extends string>(
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

const isAllocated = ({ decision }: Made<string>): boolean => decision?.outcome === 'allocated'

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
const answersForOne = <Name extends string>(
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
const answersForAny = <Name extends string>(
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

// -------------------------------------------------------------------------------------
// asking
// -------------------------------------------------------------------------------------

const termsOf = (options: Options<string>, index: Indexed): Terms => ({
  mode: options.text ?? 'case-insensitive',
  excludedAsOf: options.expired === 'excluded' ? options.asOf : undefined,
  index,
})

/**
 * Prepares to say what would have to change, for decisions made with the same options on the same catalog, or says what
 * contradicts itself (ALLOC-47). It is a fresh decision that is asked about: what an earlier run left, and what is left of a
 * license, no single snapshot knows.
 *
 * A question looks at the licenses of one tracked software alone. With no license named, what is in no tracked software
 * has no answer but where a retired one holds the product: name a license, and its tracked software is meant.
 *
 * @example
 * import assert from 'node:assert'
 * import { either as E, function as F, option as O } from 'fp-ts'
 * import { Allocation, AuditSnapshot, Catalog } from 'seatwise'
 *
 * const { right: catalog } = Catalog.decode({
 *   locations: [{ id: 'bne', name: 'Brisbane' }, { id: 'syd', name: 'Sydney' }],
 *   software: [{ id: 'visio', name: 'Visio', products: ['Visio 2024'] }],
 *   licenses: [{ id: 'L-1', name: 'Visio', software: 'visio', restrictions: { location: { unit: 'Brisbane' } } }],
 * })
 * const { right: snapshots } = AuditSnapshot.decodeAll([
 *   { computer: { id: 'pc-1', name: 'PC-1' }, location: 'Sydney', installations: [{ id: 'i-1', product: 'Visio 2024' }] },
 * ])
 * const told = F.pipe(
 *   Allocation.wouldAllocate({ mainLicense: 'honor-restrictions' })(catalog),
 *   E.map((would) => snapshots.map((snapshot) => F.pipe(
 *     would(snapshot, 'i-1', { license: 'L-1', bound: 1 }),
 *     O.map(({ answers }) => answers.map(({ remedies }) => remedies.map((remedy) => Allocation.renderRemedy(remedy, catalog)).join(', '))),
 *   ))),
 * )
 * assert.deepStrictEqual(told, E.right([O.some([
 *   'set the location of `pc-1` to `Brisbane`',
 *   'add `PC-1` to the devices of `L-1`',
 *   'restrict `L-1` to the location `Sydney`',
 * ])]))
 *
 * @since 0.1.0
 */
export const wouldAllocate =
  <Name extends string = RuleName>(options: Options<Name> = {}) =>
  (catalog: Catalog): E.Either<RNEA.ReadonlyNonEmptyArray<Rejection>, WouldAllocate<Name>> =>
    E.map((): WouldAllocate<Name> => {
      const index = indexed(options.text ?? 'case-insensitive', catalog)
      const terms = termsOf(options, index)
      return (snapshot, id, { license: asked, bound: given } = {}) => {
        const installation = snapshot.installations?.find((each) => each.id === id)
        const license = asked === undefined ? undefined : index.license(asked)
        if (installation === undefined || (asked !== undefined && license === undefined)) return O.none
        const cut = cutTo(index)(snapshot, installation, license, (licenses) =>
          unitsNamed(terms, license === undefined ? licenses : [license], licenses),
        )
        const decision = decided(options, cut)
        if (decision === undefined) return O.none
        const bound = boundOf(given)
        const answers =
          license === undefined
            ? decision.outcome === 'allocated'
              ? [{ remedies: [], decision }]
              : answersForAny(options, terms, cut, bound)
            : answersForOne(options, terms, cut, license, bound)
        return O.some({
          computer: snapshot.computer.id,
          installation: installation.id,
          ...(license === undefined ? {} : { license: license.id }),
          bound,
          decision,
          answers,
        })
      }
    })(prepare(choicesOf(options))(catalog))
