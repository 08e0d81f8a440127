// @ts-check
/**
 * The files of deployment, from bytes to records.
 */
import { either as E, function as F } from 'fp-ts'
import { DeploymentEvent, Estate } from 'seatwise'
import { all, fileIn, isObject, limits } from '../shared/files.mjs'

/**
 * @typedef {import('seatwise').Rejection.Rejection} Rejection
 * @typedef {import('seatwise').DeploymentEvent.DeploymentEvent} Event
 */

/**
 * What the files say. The events may be wrong while the estate is good, and the other way round; all of it is told at once.
 *
 * @typedef {object} Input
 * @property {E.Either<
 *   ReadonlyArray<Rejection>,
 *   import('seatwise').Decoded.Decoded<import('seatwise').Estate.Estate>
 * >} estate
 * @property {E.Either<ReadonlyArray<Rejection>, ReadonlyArray<Event>>} events
 */

/**
 * Reads the files of a run, or says of each that is of no use what is wrong with it.
 *
 * @param {{ readonly estate: string, readonly events?: string }} names
 * @param {import('../shared/files.mjs').Locate} locate
 * @returns {E.Either<ReadonlyArray<string>, Input>}
 */
export const read = (names, locate) => {
  const file = fileIn(locate)
  return F.pipe(
    all([
      file(names.estate, isObject, 'is no estate, which is an object with settings, packs and devices'),
      names.events === undefined ? E.right([]) : file(names.events, Array.isArray, 'is no list of events'),
    ]),
    E.map(([estate, events]) => ({
      estate: Estate.decode(estate, limits),
      events: DeploymentEvent.decodeAll(events, limits),
    })),
  )
}
