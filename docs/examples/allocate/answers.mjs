// @ts-check
/**
 * Answers to a single question about the records: what is wrong with them, and what if they were others. Each prints its answer and nothing else.
 */
import { resolve } from 'node:path'
import { either as E, function as F } from 'fp-ts'
import { Allocation } from 'seatwise'
import { fileIn } from '../shared/files.mjs'
import { json, list, object } from '../shared/json.mjs'
import { NOTHING_DECIDED, refusedLines, statusOf } from '../shared/status.mjs'

/** @typedef {import('../shared/status.mjs').Surroundings} Surroundings */
/** @typedef {ReadonlyArray<import('seatwise').Rejection.Rejection>} Rejections */
/** @typedef {ReadonlyArray<string>} Lines */

/**
 * A question: what `--analyze` and `--what-if` ask.
 *
 * @typedef {{ readonly kind: 'analyze' }
 *   | { readonly kind: 'what-if', readonly edits: string }} Question
 */

/** What there is to say: as lines, and as JSON. @typedef {{ readonly lines: Lines, readonly data: Record<string, string> }} Told */

/** @type {<A>(made: E.Either<Rejections, A>) => E.Either<Lines, A>} */
const orReasons = (made) => E.mapLeft(refusedLines)(made)

/** @type {(given: Allocation.Given) => E.Either<Lines, Told>} */
const analysis = ({ catalog, snapshots, allocations = [], asOf, policy = {} }) => {
  const { existing: _, ...others } = policy
  return F.pipe(
    catalog,
    Allocation.analyze({ ...others, snapshots, allocations, ...(asOf === undefined ? {} : { asOf }) }),
    E.map((findings) => ({
      lines: findings.length === 0 ? ['nothing was found in these records'] : [Allocation.renderFindings(findings)],
      data: { findings: list(findings) },
    })),
    orReasons,
  )
}

/** @type {(given: Allocation.Given, edits: string, folder: string) => E.Either<Lines, Told>} */
const ifEdited = (given, edits, folder) =>
  F.pipe(
    fileIn((name) => resolve(folder, name))(edits, Array.isArray, 'is no list of edits'),
    E.mapLeft((problem) => [problem]),
    E.chain((raw) => orReasons(Allocation.Edit.decodeAll(raw))),
    E.bindTo('edits'),
    E.bind('ask', () => orReasons(Allocation.whatIf(given))),
    E.chain(({ ask, edits: decoded }) => orReasons(ask(decoded))),
    E.map((told) => {
      const { diff, coverage, licenses, software, worseOff } = told
      return {
        lines: [Allocation.renderWhatIf(told)],
        data: {
          diff: list(diff),
          coverage: json(coverage),
          licenses: list(licenses),
          software: list(software),
          worseOff: list(worseOff),
        },
      }
    }),
  )

/**
 * Answers a question.
 *
 * @param {Question} question
 * @param {Allocation.Given} given
 * @param {Rejections} rejections of the records
 * @param {boolean} isJson
 * @param {Surroundings} surroundings
 * @returns {import('../shared/status.mjs').Status}
 */
export const answer = (question, given, rejections, isJson, { folder, print, tell }) => {
  const told = question.kind === 'analyze' ? analysis(given) : ifEdited(given, question.edits, folder)
  if (E.isLeft(told)) {
    tell(told.left)
    return NOTHING_DECIDED
  }
  const { lines, data } = told.right
  print(isJson ? [object({ ...data, rejections: list(rejections) })] : lines)
  return statusOf(rejections)
}
