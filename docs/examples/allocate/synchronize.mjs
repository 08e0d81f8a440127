// @ts-check
/**
 * One synchronization: from what stands before it to what stands after it.
 */
import { either as E, function as F, option as O } from 'fp-ts'
import { Allocation } from 'seatwise'

/**
 * What a synchronization starts from.
 *
 * @typedef {object} Start
 * @property {import('seatwise').Catalog.Catalog} catalog
 * @property {ReadonlyArray<import('seatwise').AuditSnapshot.AuditSnapshot>} snapshots
 * @property {ReadonlyArray<Allocation.Allocation>} allocations
 * @property {ReadonlyArray<import('seatwise').Id.ComputerId>} incomplete
 * @property {Allocation.RejectedLicenses} rejectedLicenses
 * @property {import('seatwise').AllocationPolicy.AllocationPolicy} policy
 * @property {import('seatwise').Day.Day} [asOf]
 * @property {number} rejected
 */

/**
 * Decides, and judges what stands then; or says why nothing can be decided.
 *
 * @param {Start} start
 * @returns {E.Either<ReadonlyArray<import('seatwise').Rejection.Rejection>, import('./findings.mjs').Run>}
 */
export const synchronize = ({ rejected, ...given }) =>
  F.pipe(
    Allocation.run(given),
    E.bindTo('outcome'),
    E.let('allocations', ({ outcome }) => Allocation.next(given.allocations)(outcome)),
    E.bind('compliance', ({ outcome: { decisions }, allocations }) =>
      Allocation.compliance({ catalog: given.catalog, snapshots: given.snapshots, allocations, decisions }),
    ),
    E.map(({ outcome, allocations, compliance }) => ({
      catalog: given.catalog,
      snapshots: given.snapshots,
      policy: given.policy,
      ...(given.asOf === undefined ? {} : { asOf: given.asOf }),
      rejected,
      earlier: given.allocations,
      decisions: outcome.decisions,
      released: outcome.released,
      added: outcome.added,
      allocations,
      compliance,
      // Few are explained, if any: what it takes is made ready then.
      explain: (computer, installation) =>
        F.pipe(
          Allocation.explainRun(given)(outcome),
          O.fromEither,
          O.chain((explain) => explain(computer, installation)),
        ),
    })),
  )
