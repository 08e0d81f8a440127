// @ts-check
/**
 * What would have to change for an installation to get a license, and whether a synchronization bears it out.
 *
 * The library answers for a fresh decision: what stands and what is full only a whole run knows. So each answer is carried
 * out and synchronized, and where something else is decided then, it is said.
 */
import { either as E, function as F } from 'fp-ts'
import { Allocation, Decision, Text } from 'seatwise'
import { orProblem, orReasons } from '../shared/answer.mjs'
import { json, list, object } from '../shared/json.mjs'
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

/**
 * @typedef {import('seatwise').Decision.Decision} Held
 * @typedef {import('seatwise').Allocation.AllocationAnswer} Answer
 */

// -------------------------------------------------------------------------------------
// synchronizing
// -------------------------------------------------------------------------------------

/** Where nothing stands and nothing is full, a run decides as a fresh decision does. */
const isFresh = (/** @type {Allocation.Given} */ { allocations = [], policy = {} }) =>
  allocations.length === 0 && policy.capacity !== 'enforced'

/** What a synchronization decides about the installation of another decision. */
const decisionIn = (/** @type {Allocation.Outcome} */ { decisions }, /** @type {Held} */ { computer, installation }) =>
  decisions.find((each) => each.computer === computer && each.installation === installation)

/**
 * What is decided when the remedies of an answer are made; nothing, where they make records contradict each other.
 *
 * @param {Allocation.Given} given
 * @returns {(answer: Answer) => Held | undefined}
 */
const carriedOut =
  (given) =>
  ({ remedies, decision }) =>
    isFresh(given)
      ? decision
      : F.pipe(
          remedies.reduce((records, remedy) => Allocation.applyRemedy(remedy)(records), given),
          Allocation.run,
          E.fold(F.constUndefined, (outcome) => decisionIn(outcome, decision)),
        )

// -------------------------------------------------------------------------------------
// asking
// -------------------------------------------------------------------------------------

const encoded = (/** @type {Held | undefined} */ decision) =>
  decision === undefined ? null : Decision.Decision.encode(decision)

/**
 * @param {Allocation.Given} given
 * @param {Asked} asked
 * @param {import('../shared/layout.mjs').Canvas} canvas
 * @returns {E.Either<import('../shared/answer.mjs').Refused, import('../shared/answer.mjs').Told>}
 */
export const wouldAllocate = (given, { installation, computer, license, bound }, canvas) => {
  const { catalog, snapshots, asOf, policy = {} } = given
  const { existing: _, capacity: __, ...options } = policy
  const question = { ...(license === undefined ? {} : { license }), ...(bound === undefined ? {} : { bound }) }
  const place = { installation, ...(computer === undefined ? {} : { computer }) }
  return F.pipe(
    orReasons(Allocation.run(given)),
    E.bindTo('outcome'),
    E.bind('would', () =>
      orReasons(Allocation.wouldAllocate({ ...options, ...(asOf === undefined ? {} : { asOf }) })(catalog)),
    ),
    E.bind('found', () => orProblem(Explained.find(snapshots, place))),
    E.bind('told', ({ would, found }) =>
      F.pipe(
        would(found.snapshot, found.installation, question),
        E.fromOption(() => `the catalog has no license with the id \`${Text.preview(license ?? '')}\``),
        orProblem,
      ),
    ),
    E.map(({ outcome, told }) => {
      const { decision, answers, ...about } = told
      const now = decisionIn(outcome, decision)
      const later = answers.map((answer) => (answer.remedies.length === 0 ? now : carriedOut(given)(answer)))
      return {
        lines: answerLines(canvas, given, told, { now, later }),
        data: {
          ...Object.fromEntries(Object.entries(about).map(([field, value]) => [field, json(value)])),
          decision: json(encoded(decision)),
          answers: list(
            answers.map((answer) => ({
              remedies: answer.remedies.map(Allocation.Remedy.encode),
              decision: encoded(answer.decision),
            })),
          ),
          synchronized: object({ decision: json(encoded(now)), answers: list(later.map(encoded), '    ') }, '  '),
        },
      }
    }),
  )
}
