// @ts-check
/**
 * Results as JSON, in the wire format: days and instants are texts.
 */
import { Day, DeploymentDecision, DeploymentOperation, Instant } from 'seatwise'
import { json, list, listOf, object } from '../shared/json.mjs'

/**
 * @typedef {import('seatwise').Deployment.DeviceExplanation} Explanation
 * @typedef {import('seatwise').Deployment.Lapse} Lapse
 * @typedef {import('./planned.mjs').Planned} Planned
 * @typedef {import('./planned.mjs').Decision} Decision
 */

const decision = DeploymentDecision.DeploymentDecision.encode

/** A field that is a day in a record, as text. */
const day = (/** @type {string} */ name, /** @type {Day.Day | undefined} */ value) =>
  value === undefined ? {} : { [name]: Day.show(value) }

const lapse = (/** @type {Lapse} */ { from, until, ...rest }) => ({
  ...rest,
  from: Day.show(from),
  ...day('until', until),
})

const explanation = (/** @type {Explanation} */ { today, lastValidDay, bundled, ranking, ...rest }) => ({
  ...rest,
  decision: decision(rest.decision),
  today: Day.show(today),
  ...(lastValidDay === 'unlimited' ? { lastValidDay } : day('lastValidDay', lastValidDay)),
  bundled: bundled.map(({ expires, ...each }) => ({ ...each, ...day('expires', expires) })),
  ranking: ranking.map((each) => ({ ...each, registered: Day.show(each.registered) })),
})

/** A decision that was taken in the simulation, as a line. */
export const taken = (/** @type {Instant.Instant} */ at, /** @type {Decision} */ each) =>
  json({ at: Instant.show(at), .../** @type {object} */ (decision(each)) })

/**
 * What was decided and what is to be done, what that comes to, and what follows, where that was asked for.
 *
 * @param {object} results
 * @param {ReadonlyArray<import('seatwise').Rejection.Rejection>} results.rejections
 * @param {Planned} [results.planned]
 * @param {import('./year.mjs').Year} [results.year]
 * @param {ReadonlyArray<string>} [results.lines] the decisions that were taken, as lines
 * @param {ReadonlyArray<Explanation>} [results.explanations]
 */
export const write = ({ rejections, planned, year, lines = [], explanations }) => [
  object({
    decisions: list((planned?.decisions ?? []).map(decision)),
    operations: list((planned?.operations ?? []).map(DeploymentOperation.DeploymentOperation.encode)),
    rejections: list(rejections),
    coverage: planned === undefined ? undefined : list(planned.coverage),
    consumption: planned === undefined ? undefined : list(planned.consumption),
    notifications: planned === undefined ? undefined : list(planned.notifications),
    taken: year === undefined ? undefined : listOf(lines),
    forecast:
      year === undefined
        ? undefined
        : object(
            {
              packs: list(
                year.forecast.packs.map(({ runsOut, ...pack }) => ({
                  ...pack,
                  ...(runsOut === undefined ? {} : { runsOut: Instant.show(runsOut) }),
                })),
                '    ',
              ),
              lapses: list(year.forecast.lapses.map(lapse), '    '),
            },
            '  ',
          ),
    preventions:
      year === undefined
        ? undefined
        : list(
            year.preventions.map(({ pack, by, prevents }) => ({
              pack,
              by: Day.show(by),
              prevents: prevents.map(lapse),
            })),
          ),
    explanations: explanations === undefined ? undefined : list(explanations.map(explanation)),
  }),
]
