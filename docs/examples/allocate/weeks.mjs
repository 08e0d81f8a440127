// @ts-check
/**
 * Synchronizations one after the other: each takes what the one before left, and the changes of a week.
 */
import { either as E, function as F } from 'fp-ts'
import { synchronize } from './synchronize.mjs'

/**
 * The changes of a week. Licenses and snapshots replace those of the same id, or are new; computers in `removed` are no
 * longer given, and `allocations` are what a person added by hand.
 *
 * @typedef {object} Week
 * @property {import('./findings.mjs').Run['catalog']['licenses']} licenses
 * @property {ReadonlyArray<import('./findings.mjs').AuditSnapshot>} snapshots
 * @property {ReadonlyArray<string>} removed
 * @property {ReadonlyArray<import('./findings.mjs').Held>} allocations
 */

/**
 * The old records with the new ones in the place of those of the same id.
 *
 * @template A
 * @param {ReadonlyArray<A>} old
 * @param {ReadonlyArray<A>} fresh
 * @param {(record: A) => string} id
 */
const replaced = (old, fresh, id) => [...new Map([...old, ...fresh].map((record) => [id(record), record])).values()]

/**
 * The synchronization after a week.
 *
 * @param {import('./findings.mjs').Run} run
 * @param {Week} week
 */
const after = ({ catalog, snapshots, allocations, policy, asOf }, week) =>
  synchronize({
    catalog: { ...catalog, licenses: replaced(catalog.licenses, week.licenses, ({ id }) => id) },
    snapshots: replaced(snapshots, week.snapshots, ({ computer }) => computer.id).filter(
      ({ computer }) => !week.removed.includes(computer.id),
    ),
    allocations: [...allocations, ...week.allocations],
    // The weeks are the example's own; a test holds that all of their records are good.
    incomplete: [],
    rejectedLicenses: [],
    policy,
    ...(asOf === undefined ? {} : { asOf }),
    rejected: 0,
  })

/**
 * The synchronizations that follow a first one, a week apart.
 *
 * @param {import('./findings.mjs').Run} first
 * @param {ReadonlyArray<Week>} weeks
 * @returns {E.Either<
 *   ReadonlyArray<import('seatwise').Rejection.Rejection>,
 *   ReadonlyArray<import('./findings.mjs').Run>
 * >}
 */
export const following = (first, weeks) => {
  const [week, ...others] = weeks
  if (week === undefined) return E.right([])
  return F.pipe(
    after(first, week),
    E.chain((run) =>
      F.pipe(
        following(run, others),
        E.map((later) => [run, ...later]),
      ),
    ),
  )
}
