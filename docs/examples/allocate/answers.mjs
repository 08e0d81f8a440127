// @ts-check
/**
 * Answers to a single question about the records of allocation. Each is printed alone, without a report.
 */
import { createHash } from 'node:crypto'
import { either as E, function as F } from 'fp-ts'
import { Allocation, Certificate } from 'seatwise'
import { editsIn, findingsOf, give, linesOf, orReasons } from '../shared/answer.mjs'
import { json, list } from '../shared/json.mjs'
import { table } from '../shared/layout.mjs'
import { regretLines } from './regret.mjs'
import { wouldAllocate } from './would.mjs'

/**
 * @typedef {import('../shared/status.mjs').Surroundings} Surroundings
 * @typedef {import('../shared/layout.mjs').Canvas} Canvas
 * @typedef {import('../shared/answer.mjs').Told} Told
 * @typedef {import('../shared/answer.mjs').Refused} Refused
 */

/**
 * A question, of the kind of the option that asks it.
 *
 * @typedef {{ readonly kind: 'analyze' | 'regret' | 'certificate' }
 *   | { readonly kind: 'what-if', readonly edits: string }
 *   | { readonly kind: 'would-allocate' } & import('./would.mjs').Asked} Question
 */

/** @type {(given: Allocation.Given) => E.Either<Refused, Told>} */
const analysis = ({ catalog, snapshots, allocations = [], asOf, policy = {} }) => {
  const { existing: _, ...others } = policy
  return F.pipe(
    catalog,
    Allocation.analyze({ ...others, snapshots, allocations, ...(asOf === undefined ? {} : { asOf }) }),
    E.map((findings) => ({
      lines: findings.length === 0 ? ['nothing was found in these records'] : [Allocation.renderFindings(findings)],
      data: { findings: findingsOf(findings) },
    })),
    orReasons,
  )
}

/** @type {(given: Allocation.Given, edits: string, folder: string) => E.Either<Refused, Told>} */
const ifEdited = (given, edits, folder) =>
  F.pipe(
    editsIn(edits, folder, (raw) => Allocation.Edit.decodeAll(raw)),
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

/** @type {(given: Allocation.Given, canvas: Canvas) => E.Either<Refused, Told>} */
const regretOf = (given, canvas) =>
  F.pipe(
    Allocation.regret(given),
    E.map((regret) => ({
      lines: regretLines(canvas, regret).flatMap((line) => linesOf(canvas, line)),
      data: {
        served: json(regret.served),
        optimum: json(regret.optimum),
        regret: json(regret.regret),
        swaps: list(regret.swaps),
        proof: json(regret.proof),
        unmatched: json(regret.unmatched),
      },
    })),
    orReasons,
  )

const sha256 = (/** @type {string} */ text) => createHash('sha256').update(text).digest('hex')

/** @type {(given: Allocation.Given, canvas: Canvas) => E.Either<Refused, Told>} */
const certificateOf = (given, canvas) =>
  F.pipe(
    Allocation.run(given),
    E.chain(Certificate.certifyRun(sha256)(given)),
    E.map((certificate) => ({
      lines: table(canvas, 'll', Object.entries(certificate)),
      data: { certificate: json(certificate) },
    })),
    orReasons,
  )

/** @type {(question: Question, given: Allocation.Given, surroundings: Surroundings) => E.Either<Refused, Told>} */
const told = (question, given, { folder, canvas }) => {
  switch (question.kind) {
    case 'analyze':
      return analysis(given)
    case 'what-if':
      return ifEdited(given, question.edits, folder)
    case 'would-allocate':
      return wouldAllocate(given, question, canvas)
    case 'regret':
      return regretOf(given, canvas)
    case 'certificate':
      return certificateOf(given, canvas)
  }
}

/**
 * Answers a question.
 *
 * @param {Question} question
 * @param {Allocation.Given} given
 * @param {import('../shared/answer.mjs').Rejections} rejections of the records
 * @param {boolean} isJson
 * @param {Surroundings} surroundings
 * @returns {import('../shared/status.mjs').Status}
 */
export const answer = (question, given, rejections, isJson, surroundings) =>
  give(told(question, given, surroundings), rejections, isJson, surroundings)
