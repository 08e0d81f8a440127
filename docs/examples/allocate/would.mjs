// @ts-check
/**
 * What would have to change for an installation to get a license in the synchronization, with what stands and what is full.
 */
import { either as E, function as F } from 'fp-ts'
import { Allocation, Decision, Text } from 'seatwise'
import { orProblem, orReasons, patience } from '../shared/answer.mjs'
import { json, list } from '../shared/json.mjs'
import { answerLines } from './beside.mjs'
import * as Explained from './explained.mjs'

/**
 * The installation, the computer where several have it, the license where one is wanted, and how many remedies an answer
 * may have.
 *
 * @typedef {object} Asked
 * @property {string} installation
 * @property {string} [computer]
 * @property {string} [license]
 * @property {number} [bound]
 */

const encoded = (/** @type {import('seatwise').Decision.Decision} */ decision) => Decision.Decision.encode(decision)

/**
 * @param {Allocation.Given} given
 * @param {Asked} asked
 * @param {import('../shared/layout.mjs').Canvas} canvas
 * @returns {E.Either<import('../shared/answer.mjs').Refused, import('../shared/answer.mjs').Told>}
 */
export const wouldAllocate = (given, { installation, computer, license, bound }, canvas) => {
  const question = { ...(license === undefined ? {} : { license }), ...patience(bound) }
  const place = { installation, ...(computer === undefined ? {} : { computer }) }
  return F.pipe(
    orReasons(Allocation.wouldAllocateInRun(given)),
    E.bindTo('would'),
    E.bind('found', () => orProblem(Explained.find(given.snapshots, place))),
    E.bind('told', ({ would, found }) =>
      F.pipe(
        would(found.snapshot.computer.id, found.installation, question),
        E.fromOption(() => `the catalog has no license with the id \`${Text.preview(license ?? '')}\``),
        orProblem,
      ),
    ),
    E.map(({ told }) => {
      const { decision, answers, ...about } = told
      return {
        lines: answerLines(canvas, given, told),
        data: {
          ...Object.fromEntries(Object.entries(about).map(([field, value]) => [field, json(value)])),
          decision: json(encoded(decision)),
          answers: list(
            answers.map((answer) => ({
              remedies: answer.remedies.map(Allocation.Remedy.encode),
              decision: encoded(answer.decision),
            })),
          ),
        },
      }
    }),
  )
}
