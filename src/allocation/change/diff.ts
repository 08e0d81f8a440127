/**
 * What is between two outcomes, as operations that can be carried out, taken back, and read: allocations released and
 * allocated, and decisions that changed, each with its cause.
 *
 * Laws, where lists are taken as sets:
 *
 * 1. Effect: `apply(diff(a, b))(a) = b`
 * 2. Once: applying a diff twice is applying it once
 * 3. Reversal: `reverse(diff(a, b)) = diff(b, a)`, so that `apply(reverse(diff(a, b)))(b) = a`
 * 4. Nothing: `diff(a, a) = []`
 * 5. Irrelevance: the order of the lists does not matter
 * 6. Free before assign: what is released comes before what is allocated, so that no license is needed twice on the way
 *
 * @since 0.1.0
 */
import type { Allocation } from '../../record/Allocation.js'
import type { Decision, RuleName } from '../../record/Decision.js'
import type { ComputerId, InstallationId, LicenseId } from '../../value/Id.js'
import { ascends, groupBy, sideBySide } from '../../value/Lists.js'
import * as Text from '../../value/Text.js'
import { byPlace, contentOf, distinctAllocations, next } from '../synchronization/allocations.js'
import type { Outcome } from '../synchronization/run.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/**
 * What a run settles: the decisions, and the allocations as they are then.
 *
 * @since 0.1.0
 */
export interface Settled<Name extends string = RuleName> {
  readonly decisions: ReadonlyArray<Decision<Name>>
  readonly allocations: ReadonlyArray<Allocation>
}

/**
 * Why an allocation is on one side alone: how what it covers stands on the other side. Nothing of it is found there, or it
 * has another license, none, or the same license by another allocation.
 *
 * @since 0.1.0
 */
export type AllocationCause =
  | { readonly code: 'not-found' }
  | { readonly code: 'other-license'; readonly license: LicenseId }
  | { readonly code: 'no-license'; readonly outcome: Decision['outcome'] }
  | { readonly code: 'same-license' }

/**
 * What changed about a decision, the weightiest first: the installation is found on one side alone, the outcome, the
 * license, the rule, or only what a person should look at (tied licenses, violations, warnings, the reason).
 *
 * @since 0.1.0
 */
export type DecisionCause = 'newly-found' | 'no-longer-found' | 'outcome' | 'license' | 'rule' | 'remarks'

/**
 * An allocation is released, or allocated.
 *
 * @since 0.1.0
 */
export interface AllocationOperation {
  readonly operation: 'release' | 'allocate'
  readonly allocation: Allocation
  readonly cause: AllocationCause
}

/**
 * The decision about an installation changes. It is absent on the side where the installation is not found.
 *
 * @since 0.1.0
 */
export interface DecisionOperation<Name extends string = RuleName> {
  readonly operation: 'decide'
  readonly computer: ComputerId
  readonly installation: InstallationId
  readonly before?: Decision<Name>
  readonly after?: Decision<Name>
  readonly cause: DecisionCause
}

/**
 * Operations in their order: what is released, what is allocated, each by computer, product, license and installation; then
 * the decisions, by computer and installation.
 *
 * @since 0.1.0
 */
export type AllocationDiff<Name extends string = RuleName> = ReadonlyArray<
  AllocationOperation | DecisionOperation<Name>
>

// -------------------------------------------------------------------------------------
// one order
// -------------------------------------------------------------------------------------

interface Place {
  readonly computer: ComputerId
  readonly installation: InstallationId
}

const byInstallation = (a: Place, b: Place): number =>
  Text.compare(a.computer, b.computer) || Text.compare(a.installation, b.installation)

const contentOfDecision = (decision: Decision<string>): string => {
  const { computer, installation, product, outcome, license, rule, tied, violations, warnings, reason } = decision
  return JSON.stringify([computer, installation, product, outcome, license, rule, tied, violations, warnings, reason])
}

const isSame = (a: Decision<string>, b: Decision<string>): boolean =>
  a === b || contentOfDecision(a) === contentOfDecision(b)

/** Decisions in their order, one for each installation. */
const decisionsInOrder = <Name extends string>(
  decisions: ReadonlyArray<Decision<Name>>,
): ReadonlyArray<Decision<Name>> =>
  [...decisions]
    .sort((a, b) => byInstallation(a, b) || Text.compare(contentOfDecision(a), contentOfDecision(b)))
    .filter((each, position, all) => {
      const last = all[position - 1]
      return last === undefined || byInstallation(last, each) !== 0
    })

const inOrder = <Name extends string>({ decisions, allocations }: Settled<Name>): Settled<Name> => ({
  // What a run made is in order.
  decisions: ascends(decisions, byInstallation) ? decisions : decisionsInOrder(decisions),
  allocations: ascends(allocations, byPlace) ? allocations : [...distinctAllocations(allocations)].sort(byPlace),
})

// -------------------------------------------------------------------------------------
// causes
// -------------------------------------------------------------------------------------

/** What the installations of a product on a computer have. */
interface Had {
  readonly licenses: ReadonlyArray<LicenseId>
  readonly without: Decision['outcome'] | undefined
}

const hadBy = (decisions: ReadonlyArray<Decision<string>>): Had => ({
  // Two are enough to know one that is another.
  licenses: [...new Set(decisions.flatMap(({ license }) => license ?? []))].slice(0, 2),
  without: decisions.find(({ license }) => license === undefined)?.outcome,
})

const causeOf = (license: LicenseId, { licenses, without }: Had): AllocationCause => {
  const other = licenses.find((each) => each !== license)
  if (other !== undefined) return { code: 'other-license', license: other }
  if (without !== undefined) return { code: 'no-license', outcome: without }
  return { code: licenses.length === 0 ? 'not-found' : 'same-license' }
}

const keyOf = (...ids: ReadonlyArray<string>): string => JSON.stringify(ids)

/** Tells how that which an allocation covers stands among decisions in their order. */
const causesIn = (decisions: ReadonlyArray<Decision<string>>): ((allocation: Allocation) => AllocationCause) => {
  const ofProduct = groupBy(decisions, ({ computer, product }) => keyOf(computer, product))
  const had = new Map<string, Had>()
  const ofInstallation = new Map(decisions.map((each) => [keyOf(each.computer, each.product, each.installation), each]))
  return ({ computer, product, installation, license }) => {
    if (installation !== undefined) {
      const decision = ofInstallation.get(keyOf(computer, product, installation))
      return causeOf(license, hadBy(decision === undefined ? [] : [decision]))
    }
    const key = keyOf(computer, product)
    const known = had.get(key) ?? hadBy(ofProduct.get(key) ?? [])
    had.set(key, known)
    return causeOf(license, known)
  }
}

const decisionCause = (
  before: Decision<string> | undefined,
  after: Decision<string> | undefined,
): DecisionCause | undefined => {
  if (before === undefined) return 'newly-found'
  if (after === undefined) return 'no-longer-found'
  if (isSame(before, after)) return undefined
  if (before.outcome !== after.outcome) return 'outcome'
  if (before.license !== after.license) return 'license'
  return before.rule === after.rule ? 'remarks' : 'rule'
}

const decided = <Name extends string>(
  before: Decision<Name> | undefined,
  after: Decision<Name> | undefined,
): ReadonlyArray<DecisionOperation<Name>> => {
  const { computer, installation } = before ?? after ?? {}
  const cause = decisionCause(before, after)
  if (computer === undefined || installation === undefined || cause === undefined) return []
  return [
    {
      operation: 'decide',
      computer,
      installation,
      ...(before === undefined ? {} : { before }),
      ...(after === undefined ? {} : { after }),
      cause,
    },
  ]
}

// -------------------------------------------------------------------------------------
// diffs
// -------------------------------------------------------------------------------------

/**
 * What the outcome of a run comes to: its decisions, and the allocations that it leaves of those it was given.
 *
 * @example
 * import assert from 'node:assert'
 * import { Allocation } from 'seatwise'
 *
 * const outcome: Allocation.Outcome = { decisions: [], released: [], added: [], ledger: [] }
 * assert.deepStrictEqual(Allocation.settled([])(outcome), { decisions: [], allocations: [] })
 *
 * @since 0.1.0
 */
export const settled =
  (allocations: ReadonlyArray<Allocation>) =>
  <Name extends string = RuleName>(
    outcome: Pick<Outcome<Name>, 'decisions' | 'released' | 'added'>,
  ): Settled<Name> => ({ decisions: outcome.decisions, allocations: next(allocations)(outcome) })

/**
 * What leads from one outcome to another.
 *
 * @example
 * import assert from 'node:assert'
 * import { Allocation, AuditSnapshot, Catalog } from 'seatwise'
 * import { either as E, function as F } from 'fp-ts'
 *
 * const { right: catalog } = Catalog.decode({
 *   software: [{ id: 'visio', name: 'Visio', products: ['Visio 2024'] }],
 *   licenses: [{ id: 'L-1', name: 'Visio', software: 'visio', main: true }],
 * })
 * const { right: snapshots } = AuditSnapshot.decodeAll([
 *   { computer: { id: 'pc-1', name: 'PC-1' }, installations: [{ id: 'i-1', product: 'Visio 2024' }] },
 * ])
 * const told = F.pipe(
 *   Allocation.run({ catalog, snapshots }),
 *   E.map(Allocation.settled([])),
 *   E.map((after) => Allocation.diff({ decisions: [], allocations: [] }, after)),
 *   E.map((diff) => diff.map(({ operation, cause }) => [operation, cause])),
 * )
 * assert.deepStrictEqual(told, E.right([['allocate', { code: 'not-found' }], ['decide', 'newly-found']]))
 *
 * @since 0.1.0
 */
export const diff = <Name extends string = RuleName>(
  before: Settled<Name>,
  after: Settled<Name>,
): AllocationDiff<Name> => {
  const [from, to] = [inOrder(before), inOrder(after)]
  const pairs = sideBySide(from.allocations, to.allocations, byPlace)
  const operations = (
    operation: AllocationOperation['operation'],
    allocations: ReadonlyArray<Allocation>,
    decisions: ReadonlyArray<Decision<string>>,
  ): ReadonlyArray<AllocationOperation> => {
    if (allocations.length === 0) return []
    const cause = causesIn(decisions)
    return allocations.map((allocation) => ({ operation, allocation, cause: cause(allocation) }))
  }
  const released = pairs.flatMap(([left, right]) => (left !== undefined && right === undefined ? [left] : []))
  const allocated = pairs.flatMap(([left, right]) => (left === undefined && right !== undefined ? [right] : []))
  return [
    ...operations('release', released, to.decisions),
    ...operations('allocate', allocated, from.decisions),
    ...sideBySide(from.decisions, to.decisions, byInstallation).flatMap(([left, right]) => decided(left, right)),
  ]
}

const reversedOperations = { release: 'allocate', allocate: 'release' } as const

const reversedCause = (cause: DecisionCause): DecisionCause =>
  cause === 'newly-found' ? 'no-longer-found' : cause === 'no-longer-found' ? 'newly-found' : cause

const reversed = <Name extends string>(operation: AllocationDiff<Name>[number]): AllocationDiff<Name>[number] => {
  if (operation.operation !== 'decide') return { ...operation, operation: reversedOperations[operation.operation] }
  const { before, after, cause, ...place } = operation
  return {
    ...place,
    ...(after === undefined ? {} : { before: after }),
    ...(before === undefined ? {} : { after: before }),
    cause: reversedCause(cause),
  }
}

const turns = { release: 0, allocate: 1, decide: 2 } as const

/**
 * The diff that takes another back.
 *
 * @example
 * import assert from 'node:assert'
 * import { Allocation } from 'seatwise'
 *
 * const { right: allocations } = Allocation.decodeAll([
 *   { computer: 'pc-1', product: 'Visio 2024', license: 'L-1', origin: 'manual' },
 * ])
 * const [before, after] = [{ decisions: [], allocations }, { decisions: [], allocations: [] }]
 * const released = Allocation.diff(before, after)
 * assert.deepStrictEqual(Allocation.reverse(released).map(({ operation }) => operation), ['allocate'])
 * assert.deepStrictEqual(Allocation.apply(Allocation.reverse(released))(after), before)
 *
 * @since 0.1.0
 */
export const reverse = <Name extends string = RuleName>(changes: AllocationDiff<Name>): AllocationDiff<Name> =>
  changes.map(reversed).sort((a, b) => turns[a.operation] - turns[b.operation])

/**
 * Carries a diff out: the decisions and allocations that there are then, each in its order. What is released already stays
 * released, and what is allocated already is not allocated twice.
 *
 * @example
 * import assert from 'node:assert'
 * import { Allocation } from 'seatwise'
 *
 * const { right: allocations } = Allocation.decodeAll([
 *   { computer: 'pc-1', product: 'Visio 2024', license: 'L-1', origin: 'manual' },
 * ])
 * const [before, after] = [{ decisions: [], allocations: [] }, { decisions: [], allocations }]
 * const carryOut = Allocation.apply(Allocation.diff(before, after))
 * assert.deepStrictEqual(carryOut(before), after)
 * assert.deepStrictEqual(carryOut(carryOut(before)), after)
 *
 * @since 0.1.0
 */
export const apply =
  <Name extends string = RuleName>(changes: AllocationDiff<Name>) =>
  (before: Settled<Name>): Settled<Name> => {
    const allocations = new Map(before.allocations.map((each) => [contentOf(each), each]))
    const start = decisionsInOrder(before.decisions)
    const decisions = new Map(start.map((each) => [keyOf(each.computer, each.installation), each]))
    for (const change of changes)
      switch (change.operation) {
        case 'release':
          allocations.delete(contentOf(change.allocation))
          break
        case 'allocate':
          allocations.set(contentOf(change.allocation), change.allocation)
          break
        case 'decide': {
          const key = keyOf(change.computer, change.installation)
          if (change.after === undefined) decisions.delete(key)
          else decisions.set(key, change.after)
        }
      }
    return inOrder({ decisions: [...decisions.values()], allocations: [...allocations.values()] })
  }
