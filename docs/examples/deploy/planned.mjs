// @ts-check
/**
 * A plan for an instant, and all that a report says of it.
 */
import { either as E, function as F, option as O } from 'fp-ts'
import { Deployment } from 'seatwise'

/**
 * @typedef {import('seatwise').Estate.Estate} Estate
 * @typedef {import('seatwise').DeploymentDecision.DeploymentDecision} Decision
 * @typedef {import('seatwise').Rejection.Rejection} Rejection
 */

/**
 * An estate, planned for an instant. `after` is the estate when the plan is carried out; consumption and notifications are
 * about that, coverage about the estate as it was given.
 *
 * @typedef {object} Planned
 * @property {Estate} estate
 * @property {import('seatwise').Instant.Instant} now
 * @property {number} rejected how many records were rejected; one can have several rejections
 * @property {Deployment.Plan['decisions']} decisions
 * @property {Deployment.Plan['operations']} operations
 * @property {Deployment.Plan['warnings']} warnings
 * @property {Estate} after
 * @property {ReadonlyArray<Deployment.TypeCoverage>} coverage
 * @property {ReadonlyArray<Deployment.PackConsumption>} consumption
 * @property {ReadonlyArray<Deployment.Notification>} notifications
 * @property {Deployment.ExplainDevice} explain
 */

/** From when on a pack runs low, in free licenses, and ends soon, in days. */
export const limits = { lowStockLimit: 3, expiryWarningDays: 60 }

/**
 * Plans an estate, or says why it cannot be planned.
 *
 * @param {Estate} estate
 * @param {import('seatwise').Instant.Instant} now
 * @param {number} rejected
 * @returns {E.Either<ReadonlyArray<Rejection>, Planned>}
 */
export const planned = (estate, now, rejected) =>
  F.pipe(
    Deployment.plan(estate, now),
    E.bindTo('plan'),
    E.bind('coverage', () => Deployment.coverage(estate, now)),
    E.bind('consumption', ({ plan }) => Deployment.consumption(plan.estate, now)),
    E.bind('notifications', () => Deployment.notifications(estate, now, limits)),
    E.map(({ plan: { estate: after, ...plan }, ...more }) => {
      // Few are explained, if any: what it takes is made ready then, and once.
      /** @type {Deployment.ExplainDevice | undefined} */
      let explain
      return {
        estate,
        now,
        rejected,
        ...plan,
        after,
        ...more,
        explain: (device, type) => {
          explain ??= E.getOrElse(() => /** @type {Deployment.ExplainDevice} */ (() => O.none))(
            Deployment.explain(estate, now),
          )
          return explain(device, type)
        },
      }
    }),
  )
