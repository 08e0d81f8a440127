// @ts-check
/**
 * The answer to a single question about the records, instead of all that there is to report: as text or as JSON.
 */
import { resolve } from 'node:path'
import { either as E, function as F } from 'fp-ts'
import { Day } from 'seatwise'
import { fileIn } from './files.mjs'
import { list, object } from './json.mjs'
import { wrapped } from './layout.mjs'
import { NOTHING_DECIDED, refusedLines, statusOf } from './status.mjs'

/** @typedef {ReadonlyArray<import('seatwise').Rejection.Rejection>} Rejections */
/** @typedef {ReadonlyArray<string>} Lines */

/**
 * What there is to say: as lines, and as JSON by fields.
 *
 * @typedef {{ readonly lines: Lines, readonly data: Readonly<Record<string, string | undefined>> }} Told
 */

/** Why there is no answer; `reasons` are those of the library. @typedef {{ readonly lines: Lines, readonly reasons: Rejections }} Refused */

/** @type {<A>(made: E.Either<Rejections, A>) => E.Either<Refused, A>} */
export const orReasons = (made) => E.mapLeft((/** @type {Rejections} */ reasons) => refused(reasons))(made)

const refused = (/** @type {Rejections} */ reasons) => ({ lines: refusedLines(reasons), reasons })

/** @type {<A>(made: E.Either<string, A>) => E.Either<Refused, A>} */
export const orProblem = (made) =>
  E.mapLeft((/** @type {string} */ problem) => ({ lines: [problem], reasons: [] }))(made)

/**
 * Reads a file of edits.
 *
 * @template A
 * @param {string} name
 * @param {string} folder
 * @param {(raw: unknown) => E.Either<Rejections, A>} decodeAll
 * @returns {E.Either<Refused, A>}
 */
export const editsIn = (name, folder, decodeAll) =>
  F.pipe(
    orProblem(fileIn((file) => resolve(folder, file))(name, Array.isArray, 'is no list of edits')),
    E.chain((raw) => orReasons(decodeAll(raw))),
  )

/** A text for a person, its lines as long as the line of a terminal. */
export const linesOf = (/** @type {import('./layout.mjs').Canvas} */ { columns }, /** @type {string} */ text) =>
  text.split('\n').flatMap((line) => wrapped(line, columns))

/** The library looks for no larger sets of remedies. */
const LARGEST_BOUND = 4

/** Whoever says how far to look has the patience for it. */
export const patience = (/** @type {number | undefined} */ bound) =>
  bound === undefined ? {} : { bound, tries: Infinity }

/** How to ask for larger sets of remedies. */
export const furtherThan = (/** @type {number} */ bound) =>
  bound < LARGEST_BOUND ? [`To look further, which takes longer, add --bound ${String(bound + 1)}`] : []

/**
 * Findings, their days as texts.
 *
 * @param {ReadonlyArray<{ readonly witness: object }>} findings
 */
export const findingsOf = (findings) =>
  list(
    findings.map((finding) => ({
      ...finding,
      witness: Object.fromEntries(
        Object.entries(finding.witness).map(([field, value]) => [
          field,
          DAYS.has(field) ? Day.show(/** @type {Day.Day} */ (value)) : /** @type {unknown} */ (value),
        ]),
      ),
    })),
  )

/** The fields of a witness that are days. */
const DAYS = new Set(['starts', 'expires', 'asOf'])

/**
 * Gives an answer, or says why there is none.
 *
 * @param {E.Either<Refused, Told>} told
 * @param {Rejections} rejections of the records
 * @param {boolean} isJson
 * @param {import('./status.mjs').Surroundings} surroundings
 * @returns {import('./status.mjs').Status}
 */
export const give = (told, rejections, isJson, { print, tell }) => {
  if (E.isLeft(told)) {
    const { lines, reasons } = told.left
    tell(lines)
    if (isJson && reasons.length > 0) print([object({ rejections: list([...rejections, ...reasons]) })])
    return NOTHING_DECIDED
  }
  const { lines, data } = told.right
  print(isJson ? [object({ ...data, rejections: list(rejections) })] : lines)
  return statusOf(rejections)
}
