// @ts-check
/**
 * Answers to a single question about an estate. Each is printed alone, without a report.
 */
import { either as E, function as F, readonlyArray as RA } from 'fp-ts'
import { Deployment, DeploymentDecision, DeploymentOperation, LicenseType, Text } from 'seatwise'
import { editsIn, findingsOf, furtherThan, give, linesOf, orProblem, orReasons, patience } from '../shared/answer.mjs'
import { json, list } from '../shared/json.mjs'
import { enumerated } from '../shared/layout.mjs'

/**
 * @typedef {import('../shared/status.mjs').Surroundings} Surroundings
 * @typedef {import('../shared/layout.mjs').Canvas} Canvas
 * @typedef {import('../shared/answer.mjs').Told} Told
 * @typedef {import('../shared/answer.mjs').Refused} Refused
 * @typedef {import('seatwise').Estate.Estate} Estate
 * @typedef {import('seatwise').Instant.Instant} Instant
 * @typedef {DeploymentDecision.DeploymentDecision} Decision
 */

/**
 * A question, of the kind of the option that asks it. Without a type, each that is decided on for the device is meant.
 *
 * @typedef {{ readonly device: string, readonly type?: string, readonly bound?: number }} Asked
 * @typedef {{ readonly kind: 'analyze' }
 *   | { readonly kind: 'what-if', readonly edits: string }
 *   | { readonly kind: 'would-serve' } & Asked} Question
 */

const encoded = DeploymentDecision.DeploymentDecision.encode

/** @type {(estate: Estate, now: Instant) => E.Either<Refused, Told>} */
const analysis = (estate, now) =>
  F.pipe(
    Deployment.analyze({ now })(estate),
    E.map((findings) => ({
      lines: findings.length === 0 ? ['nothing was found in this estate'] : [Deployment.renderFindings(findings)],
      data: { findings: findingsOf(findings) },
    })),
    orReasons,
  )

// -------------------------------------------------------------------------------------
// what if
// -------------------------------------------------------------------------------------

/** Both sides of what changes in the wire format; a side may be absent. */
const sides = (/** @type {{ readonly before?: Decision, readonly after?: Decision }} */ { before, after }) => ({
  ...(before === undefined ? {} : { before: encoded(before) }),
  ...(after === undefined ? {} : { after: encoded(after) }),
})

const changed = (/** @type {Deployment.DeploymentDiff[number]} */ each) =>
  each.operation === 'decide'
    ? { ...each, ...sides(each) }
    : { ...each, planned: DeploymentOperation.DeploymentOperation.encode(each.planned) }

/** @type {(estate: Estate, now: Instant, edits: string, folder: string) => E.Either<Refused, Told>} */
const ifEdited = (estate, now, edits, folder) =>
  F.pipe(
    editsIn(edits, folder, (raw) => Deployment.Edit.decodeAll(raw)),
    E.bindTo('edits'),
    E.bind('ask', () => orReasons(Deployment.whatIf(estate, now))),
    E.chain(({ ask, edits: decoded }) => orReasons(ask(decoded))),
    E.map((told) => {
      const { diff, coverage, packs, types, worseOff } = told
      return {
        lines: [Deployment.renderWhatIf(told)],
        data: {
          diff: list(diff.map(changed)),
          coverage: json(coverage),
          packs: list(packs),
          types: list(types),
          worseOff: list(worseOff.map((each) => ({ ...each, ...sides(each) }))),
        },
      }
    }),
  )

// -------------------------------------------------------------------------------------
// what would have to change
// -------------------------------------------------------------------------------------

/**
 * The types that are decided on for a device, or the one of them that is asked about.
 *
 * @param {Estate} estate
 * @param {ReadonlyArray<Decision>} decisions
 * @param {Asked} asked
 * @returns {E.Either<string, ReadonlyArray<LicenseType.LicenseType>>}
 */
const typesOf = (estate, decisions, { device, type }) => {
  const name = `\`${Text.preview(device)}\``
  if (!estate.devices.some(({ id }) => id === device)) return E.left(`the estate has no device with the id ${name}`)
  const types = decisions.flatMap((decision) => (decision.device === device ? [LicenseType.of(decision)] : []))
  if (types.length === 0) return E.left(`nothing is decided for ${name}: no license type is in use in this estate`)
  const some = types.filter((each) => type === undefined || LicenseType.show(each) === type)
  if (some.length > 0) return E.right(some)
  const names = enumerated(types.map((each) => `\`${Text.preview(LicenseType.show(each))}\``))
  return E.left(`nothing of the type \`${Text.preview(type ?? '')}\` is decided for ${name}; what is decided: ${names}`)
}

/** @type {(estate: Estate, now: Instant, asked: Asked, canvas: Canvas) => E.Either<Refused, Told>} */
const wouldServe = (estate, now, asked, canvas) =>
  F.pipe(
    orReasons(Deployment.plan(estate, now)),
    E.chain(({ decisions }) => orProblem(typesOf(estate, decisions, asked))),
    E.bindTo('types'),
    E.bind('would', () => orReasons(Deployment.wouldServe(estate, now))),
    E.map(({ types, would }) => {
      const { device, bound } = asked
      const told = types.flatMap((type) => RA.fromOption(would(device, type, patience(bound))))
      return {
        lines: told.flatMap((each, at) => [
          ...(at === 0 ? [] : ['']),
          ...linesOf(canvas, Deployment.renderCounterfactual(each)),
          ...(each.answers.length > 0 || each.decision.reason === 'type-not-supported' ? [] : furtherThan(each.bound)),
        ]),
        data: {
          counterfactuals: list(
            told.map(({ decision, answers, ...about }) => ({
              ...about,
              decision: encoded(decision),
              answers: answers.map((answer) => ({
                remedies: answer.remedies.map(Deployment.Remedy.encode),
                decision: encoded(answer.decision),
              })),
            })),
          ),
        },
      }
    }),
  )

// -------------------------------------------------------------------------------------
// answering
// -------------------------------------------------------------------------------------

/** @type {(question: Question, estate: Estate, now: Instant, surroundings: Surroundings) => E.Either<Refused, Told>} */
const told = (question, estate, now, { folder, canvas }) => {
  switch (question.kind) {
    case 'analyze':
      return analysis(estate, now)
    case 'what-if':
      return ifEdited(estate, now, question.edits, folder)
    case 'would-serve':
      return wouldServe(estate, now, question, canvas)
  }
}

/**
 * Answers a question.
 *
 * @param {Question} question
 * @param {Estate} estate
 * @param {Instant} now
 * @param {import('../shared/answer.mjs').Rejections} rejections of the records
 * @param {boolean} isJson
 * @param {Surroundings} surroundings
 * @returns {import('../shared/status.mjs').Status}
 */
export const answer = (question, estate, now, rejections, isJson, surroundings) =>
  give(told(question, estate, now, surroundings), rejections, isJson, surroundings)
