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
import { alone, sideBySide } from '../../value/Lists.js'
import { byPlace, contentOf, next } from '../synchronization/allocations.js'
import type { Outcome } from '../synchronization/run.js'
import { causesOf, decided, keyOf } from './causes.js'
import type { AllocationDiff, AllocationOperation, DecisionCause, Settled } from './operations.js'
import { byInstallation, decisionsInOrder, inOrder } from './sides.js'

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
  const [released, allocated] = alone(sideBySide(from.allocations, to.allocations, byPlace))
  const operations = (
    operation: AllocationOperation['operation'],
    allocations: ReadonlyArray<Allocation>,
    decisions: ReadonlyArray<Decision<string>>,
  ): ReadonlyArray<AllocationOperation> => {
    const cause = causesOf(allocations, decisions)
    return allocations.map((allocation) => ({ operation, allocation, cause: cause(allocation) }))
  }
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
