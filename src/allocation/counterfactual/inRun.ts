/**
 * What would have to change for an installation to be allocated in a run, with its capacity and the allocations that stood
 * before it: the smallest sets of remedies up to a bound, each made and run anew. A remedy more than of a fresh decision
 * comes in question, more entitlements; and what stood before, or a rival for the last seat, may be in the way.
 *
 * Laws:
 *
 * 1. Soundness: the run of everything with the remedies of an answer decides as the answer says
 * 2. Minimality: no proper subset of the remedies of an answer is enough, and not one entitlement fewer
 * 3. Completeness: where there is no answer, no set of remedies up to the bound is enough, of those of space.ts for one
 *    license, with more entitlements of it, and of those that withdraw the license that the installation has at the time
 * 4. Irrelevance: the order of the records does not matter
 * 5. Secrecy: no serial number or installation key is in it
 *
 * @since 0.1.0
 */
import { E, O, type RNEA } from '../../prelude.js'
import type { Decision, RuleName } from '../../record/Decision.js'
import type { Rejection } from '../../record/Rejection.js'
import type { SoftwareLicense } from '../../record/SoftwareLicense.js'
import { boundOf, smallest, triesOf, withLeastAmounts, type Amounts, type Found } from '../../rule/Counterfactual.js'
import type { Count } from '../../value/Count.js'
import type { ProductId, SoftwareId } from '../../value/Id.js'
import { partitionOf, partsByName, type Partition } from '../synchronization/parts.js'
import { run, type Given, type Outcome } from '../synchronization/run.js'
import type { AllocationCounterfactual, AllocationQuestion } from './answer.js'
import { applyRemedy } from './apply.js'
import { changedBy } from './changes.js'
import type { Indexed } from './cut.js'
import { compareRemedies, keyOf, type Remedy } from './remedy.js'
import { allOf, remediesFor, withdrawing } from './space.js'
import { termsOf } from './values.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/**
 * What is asked of a run. At most `tries` sets of remedies are tried, 1,000 where nothing is said, each of which is a run of
 * the tracked software concerned.
 *
 * @since 0.1.0
 */
export interface RunQuestion extends AllocationQuestion {
  readonly tries?: number
}

/**
 * Says what would have to change for an installation of a run; none, where the run decides nothing about it, or the catalog
 * has no such license. The bound that it tells is less than what was asked for where there are more sets than were to be
 * tried.
 *
 * @since 0.1.0
 */
export type WouldAllocateInRun<Name extends string = RuleName> = (
  computer: string,
  installation: string,
  question?: RunQuestion,
) => O.Option<AllocationCounterfactual<Name>>

// -------------------------------------------------------------------------------------
// cutting
// -------------------------------------------------------------------------------------

/** The records that a product and a license can have to do with, before and after every remedy (ALLOC-85). */
const cutFor = <Name extends string>(
  given: Given<Name>,
  { ofProduct, ofSoftware }: Partition,
  index: Indexed,
  product: ProductId,
  license: SoftwareLicense | undefined,
): Given<Name> => {
  const own = license === undefined ? undefined : index.software(license.software)
  const touched = [...index.holding(product), ...(own === undefined ? [] : [own])]
  // Un-retiring may contradict what holds the products otherwise.
  const beside = touched.flatMap(({ retired, products }) => (retired === true ? products.flatMap(index.holding) : []))
  const names = new Set([ofProduct(product), ...[...touched, ...beside].map(({ id }) => ofSoftware(id))])
  const isConcerned = (software: SoftwareId): boolean => names.has(ofSoftware(software))
  const { software, licenses } = given.catalog
  const parts = partsByName(given, { ofSoftware, ofProduct: (id) => (names.has(ofProduct(id)) ? CONCERNED : '') })
  return {
    ...(parts.get(CONCERNED) ?? given),
    catalog: {
      ...given.catalog,
      software: software.filter(({ id }) => isConcerned(id)),
      licenses: licenses.filter((each) => each.id === license?.id || isConcerned(each.software)),
    },
  }
}

const CONCERNED = 'concerned'

// -------------------------------------------------------------------------------------
// running again
// -------------------------------------------------------------------------------------

/** What remedies make: the decision about the installation, or nothing where the records contradict themselves. */
type Made<Name extends string> = Decision<Name> | undefined

const about =
  (computer: string, installation: string) =>
  (decision: Decision<string>): boolean =>
    decision.computer === computer && decision.installation === installation

const making =
  <Name extends string>(given: Given<Name>, computer: string, installation: string) =>
  (remedies: ReadonlyArray<Remedy>): Made<Name> => {
    const outcome = run<Name>(remedies.reduce((records, remedy) => applyRemedy(remedy)(records), given))
    return E.isRight(outcome) ? outcome.right.decisions.find(about(computer, installation)) : undefined
  }

const entitlements: Amounts<Remedy> = {
  amountOf: (remedy) => (remedy.kind === 'add-entitlements' ? remedy.count : undefined),
  withAmount: (remedy, amount) => (remedy.kind === 'add-entitlements' ? { ...remedy, count: amount as Count } : remedy),
}

/** One more, or enough for whoever might want one: how many it takes is found afterward. */
const buying = (given: Given<string>, { id: license, entitlements: limit }: SoftwareLicense): ReadonlyArray<Remedy> => {
  if (limit === undefined) return []
  const wanted = given.snapshots.reduce((sum, { installations = [] }) => sum + installations.length, 0)
  const counts = new Set([1, wanted + (given.allocations ?? []).length])
  return Array.from(counts, (count): Remedy => ({ kind: 'add-entitlements', license, count: count as Count }))
}

/** Sets that differ in nothing, or in how many entitlements they add, are one. */
const once = <M>(found: ReadonlyArray<Found<Remedy, M>>): ReadonlyArray<Found<Remedy, M>> => {
  const known = new Map<string, Found<Remedy, M>>()
  for (const each of found) {
    const name = JSON.stringify(
      each.remedies.map((one) => (one.kind === 'add-entitlements' ? changedBy(one) : keyOf(one))),
    )
    if (!known.has(name)) known.set(name, each)
  }
  return [...known.values()]
}

// -------------------------------------------------------------------------------------
// asking
// -------------------------------------------------------------------------------------

const hasOne = (decision: Decision<string> | undefined): boolean =>
  decision?.outcome === 'allocated' || decision?.outcome === 'kept'

/**
 * Runs a synchronization and prepares to say what would have to change, or says what contradicts itself (ALLOC-47). It is
 * the run that is asked about: its capacity, the allocations that stood before, everybody's wishes for the same license.
 *
 * @example
 * import assert from 'node:assert'
 * import { either as E, function as F, option as O } from 'fp-ts'
 * import { Allocation, AuditSnapshot, Catalog } from 'seatwise'
 *
 * const { right: catalog } = Catalog.decode({
 *   software: [{ id: 'visio', name: 'Visio', products: ['Visio 2024'] }],
 *   licenses: [{ id: 'L-7', name: 'Visio', software: 'visio', main: true, entitlements: 1 }],
 * })
 * const { right: snapshots } = AuditSnapshot.decodeAll(['pc-1', 'pc-2', 'pc-3'].map((id) => ({
 *   computer: { id, name: id },
 *   installations: [{ id: 'i-1', product: 'Visio 2024' }],
 * })))
 * const told = F.pipe(
 *   Allocation.wouldAllocateInRun({ catalog, snapshots, policy: { capacity: 'enforced' } }),
 *   E.map((would) => F.pipe(
 *     would('pc-3', 'i-1', { bound: 1 }),
 *     O.map(({ answers }) => answers.map(({ remedies }) => remedies.map((remedy) => Allocation.renderRemedy(remedy)).join(', '))),
 *   )),
 * )
 * assert.deepStrictEqual(told, E.right(O.some(['add 2 entitlements to `L-7`', 'add `pc-3` to the devices of `L-7`'])))
 *
 * @since 0.1.0
 */
export const wouldAllocateInRun = <Name extends string = RuleName>(
  given: Given<Name>,
): E.Either<RNEA.ReadonlyNonEmptyArray<Rejection>, WouldAllocateInRun<Name>> =>
  E.map(({ decisions }: Outcome<Name>): WouldAllocateInRun<Name> => {
    const { policy = {}, asOf } = given
    const terms = termsOf({ ...policy, ...(asOf === undefined ? {} : { asOf }) }, given.catalog)
    const { index } = terms
    const partition = partitionOf(given)
    const snapshots = new Map(given.snapshots.map((each) => [each.computer.id as string, each]))
    return (computer, id, { license: asked, bound: most, tries } = {}) => {
      const decision = decisions.find(about(computer, id))
      const snapshot = snapshots.get(computer)
      const installation = snapshot?.installations?.find((each) => each.id === id)
      const license = asked === undefined ? undefined : index.license(asked)
      if (decision === undefined || snapshot === undefined || installation === undefined) return O.none
      if (asked !== undefined && license === undefined) return O.none
      const cut = cutFor(given, partition, index, installation.product, license)
      const beside = index.holding(installation.product).flatMap((each) => index.licensesOf(each.id))
      const targets = license === undefined ? beside : [license]
      const space = {
        make: making(cut, computer, id),
        holds: (made: Made<Name>) => hasOne(made) && (license === undefined || made?.license === license.id),
        ways: targets.map((target) => {
          const own = allOf(remediesFor(terms, snapshot, installation, target, beside))
          const all = [...own, ...buying(cut, target)]
          return (made: Made<Name>): ReadonlyArray<Remedy> => {
            const winner = made?.license === undefined ? undefined : index.license(made.license)
            return winner === undefined || winner.id === target.id
              ? all
              : [...all, ...withdrawing(terms, snapshot, winner)]
          }
        }),
        compare: compareRemedies,
        changes: changedBy,
        key: keyOf,
      }
      const { bound, found } = smallest(boundOf(most), triesOf(tries))(space)
      return O.some({
        computer: decision.computer,
        installation: decision.installation,
        ...(license === undefined ? {} : { license: license.id }),
        bound,
        decision,
        answers: once(found.map(withLeastAmounts(space, entitlements))).flatMap(({ remedies, made }) =>
          made === undefined ? [] : [{ remedies, decision: made }],
        ),
      })
    }
  })(run<Name>(given))
