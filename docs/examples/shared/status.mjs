// @ts-check
/**
 * How a command ends, and what it says on the way.
 */
import { Rejection } from 'seatwise'
import { counted, number } from './layout.mjs'

/** @typedef {0 | 1 | 2} Status */

export const CLEAN = /** @type {const} */ (0)
export const SOME_REJECTED = /** @type {const} */ (1)
export const NOTHING_DECIDED = /** @type {const} */ (2)

/**
 * Where a command runs.
 *
 * @typedef {object} Surroundings
 * @property {string} folder the folder that the names of files are relative to
 * @property {import('./layout.mjs').Canvas} canvas
 * @property {(lines: ReadonlyArray<string>) => void} print writes to standard output
 * @property {(lines: ReadonlyArray<string>) => void} tell writes to standard error
 */

/** Of rejections so many are written out; --json has them all. */
const WRITTEN = 20

/** @type {(rejections: ReadonlyArray<Rejection.Rejection>) => ReadonlyArray<string>} */
export const rejectedLines = (rejections) => {
  const more = rejections.length - WRITTEN
  return [
    ...rejections.slice(0, WRITTEN).map(Rejection.render),
    ...(more > 0 ? [`and ${number(more)} more; --json lists them all`] : []),
  ]
}

/** @type {(reasons: ReadonlyArray<Rejection.Rejection>) => ReadonlyArray<string>} */
export const refusedLines = (reasons) => [
  `nothing was decided, for ${counted(reasons.length, 'reason')}:`,
  ...reasons.map(Rejection.render),
]

/** The status of a run that decided: were records rejected? */
export const statusOf = (/** @type {ReadonlyArray<Rejection.Rejection>} */ rejections) =>
  rejections.some(({ severity }) => severity === 'error') ? SOME_REJECTED : CLEAN
