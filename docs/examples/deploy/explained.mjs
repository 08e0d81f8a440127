// @ts-check
/**
 * Which decisions are explained: those about the device that was asked for, or else a refusal that is worth reading.
 */
import { either as E, option as O } from 'fp-ts'
import { LicenseType, Text } from 'seatwise'

/**
 * @typedef {import('./planned.mjs').Planned} Planned
 * @typedef {import('./planned.mjs').Decision} Decision
 * @typedef {import('seatwise').Deployment.DeviceExplanation} Explanation
 */

const explanationsOf = (/** @type {Planned} */ { explain }, /** @type {ReadonlyArray<Decision>} */ decisions) =>
  decisions.flatMap((decision) => {
    const explanation = explain(decision.device, decision)
    return O.isSome(explanation) ? [explanation.value] : []
  })

/**
 * The explanation of every license type for a device, or that there is no such device.
 *
 * @param {Planned} planned
 * @param {string} device
 * @returns {E.Either<string, ReadonlyArray<Explanation>>}
 */
export const ofDevice = (planned, device) =>
  planned.estate.devices.some(({ id }) => id === device)
    ? E.right(
        explanationsOf(
          planned,
          planned.decisions.filter((decision) => decision.device === device),
        ),
      )
    : E.left(`the estate has no device with the id \`${Text.preview(device)}\``)

/** For how many different reasons were packs turned down? */
const reasonsIn = (/** @type {Explanation} */ { packs }) =>
  new Set(packs.flatMap(({ turnedDown }) => turnedDown?.reason ?? [])).size

/**
 * Chooses a refusal that shows what the gates are about: of those that came to the packs, one for which packs were turned
 * down for most different reasons, and of these the one with fewest packs. Only the first refusal of each type for each
 * reason is looked at, so that a large estate takes no longer; the first of several, in the order of the decisions.
 *
 * @param {Planned} planned
 * @returns {O.Option<Explanation>}
 */
export const choose = (planned) => {
  const firsts = /** @type {Map<string, Decision>} */ (new Map())
  for (const decision of planned.decisions) {
    const kind = `${decision.reason ?? ''} ${LicenseType.show(decision)}`
    if (decision.reason !== undefined && !firsts.has(kind)) firsts.set(kind, decision)
  }
  const [first, ...others] = explanationsOf(planned, [...firsts.values()]).filter(
    ({ packsAsked, packs }) => packsAsked && packs.length > 0,
  )
  if (first === undefined) return O.none
  return O.some(
    others.reduce((best, next) => {
      const more = reasonsIn(next) - reasonsIn(best)
      return more > 0 || (more === 0 && next.packs.length < best.packs.length) ? next : best
    }, first),
  )
}
