/**
 * What holds of every run, whatever it was given, to be checked by whoever does not want to take our word for it: the
 * invariants of allocation.md, each with its code and clause. Each tells the places where it is broken.
 *
 * @since 0.1.0
 */
import { factsOf } from './facts.js'
import { check, type BrokenInvariant } from '../../../rule/Invariant.js'
import type { Invariant } from './invariant.js'
import { ofAllocations } from './ofAllocations.js'
import { ofDecisions } from './ofDecisions.js'
import { ofSeats } from './ofSeats.js'
import type { Given, Outcome } from '../run.js'

const invariants: ReadonlyArray<Invariant> = [...ofDecisions, ...ofAllocations, ...ofSeats]

const checkAll = check(invariants)

/**
 * The invariants that are checked: their codes, and the clauses that they come from.
 *
 * @example
 * import assert from 'node:assert'
 * import { Allocation } from 'seatwise'
 *
 * assert.strictEqual(Allocation.invariantCodes.some(({ code }) => code === 'within-entitlements'), true)
 *
 * @since 0.1.0
 */
export const invariantCodes: ReadonlyArray<Pick<BrokenInvariant, 'code' | 'clause'>> = invariants.map(
  ({ code, clause }) => ({ code, clause }),
)

/**
 * Checks a result against what it was given, without deciding anything again: the invariants that do not hold, and where.
 * Of the outcomes of {@link run} there are none.
 *
 * @example
 * import assert from 'node:assert'
 * import { either as E, function as F } from 'fp-ts'
 * import { Allocation, AuditSnapshot, Catalog } from 'seatwise'
 *
 * const { right: catalog } = Catalog.decode({ software: [], licenses: [] })
 * const { right: snapshots } = AuditSnapshot.decodeAll([
 *   { computer: { id: 'pc-1', name: 'PC-1' }, installations: [{ id: 'i-1', product: 'Visio 2024' }] },
 * ])
 * const given: Allocation.Given = { catalog, snapshots }
 * assert.deepStrictEqual(F.pipe(Allocation.run(given), E.map(Allocation.checkInvariants(given))), E.right([]))
 *
 * const lost = Allocation.checkInvariants(given)({ decisions: [], released: [], added: [], ledger: [] })
 * assert.deepStrictEqual(lost, [{ code: 'one-decision', clause: 'ALLOC-1', at: '["pc-1","i-1"]' }])
 *
 * @since 0.1.0
 */
export const checkInvariants =
  <Name extends string>(given: Given<Name>) =>
  (outcome: Outcome<Name>): ReadonlyArray<BrokenInvariant> =>
    checkAll(factsOf(given, outcome))
