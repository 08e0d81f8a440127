// @ts-check
/**
 * The options of deployment, from texts to what is asked.
 */
import { function as F, option as O } from 'fp-ts'
import { Day, Instant, Text } from 'seatwise'
import * as Example from '../deploy/example.mjs'
import { alone, given, rivals } from './declared.mjs'

/** @typedef {import('./declared.mjs').Values} Values */

/**
 * The question that is to be answered instead of a plan.
 *
 * @param {Values} values
 * @param {number | undefined} bound
 * @returns {import('../deploy/answers.mjs').Question | undefined}
 */
const questionOf = ({ analyze, 'what-if': edits, 'would-serve': device, type }, bound) => {
  if (analyze === true) return { kind: 'analyze' }
  if (edits !== undefined) return { kind: 'what-if', edits }
  if (device === undefined) return undefined
  return {
    kind: 'would-serve',
    device,
    ...(type === undefined ? {} : { type }),
    ...(bound === undefined ? {} : { bound }),
  }
}

/** What is asked of the plan itself, or else a question. */
const rivalsIn = (/** @type {Values} */ values) => {
  const questions = given(values, ['analyze', 'what-if', 'would-serve'])
  return questions.length === 0 ? [] : rivals([...given(values, ['until', 'device']), ...questions])
}

/**
 * What the caller asks of deployment, beside what is wrong with it.
 *
 * @param {Values} values
 * @param {number | undefined} bound
 * @param {boolean} isAlone is nothing asked for? Then the example goes through its year.
 */
export const deploymentOf = (values, bound, isAlone) => {
  const { estate, now: instant, until: day, events, device, json } = values
  const question = questionOf(values, bound)
  const now = Instant.parse(instant ?? Example.now)
  const until = O.fromNullable(day ?? (isAlone ? Example.until : undefined))
  const last = F.pipe(until, O.chain(Day.parse))
  const problems = [
    ...(estate !== undefined && instant === undefined
      ? ['--estate needs --now beside it: nothing here reads a clock']
      : []),
    ...(events !== undefined && (estate === undefined || day === undefined)
      ? ['--events needs --estate and --until beside it']
      : []),
    ...alone(values, 'type', ['would-serve']),
    ...rivalsIn(values),
    ...(instant !== undefined && O.isNone(now)
      ? [`--now wants an instant in UTC such as ${Example.now}, not \`${Text.preview(instant)}\``]
      : []),
    ...(day !== undefined && O.isNone(last)
      ? [`--until wants a day such as ${Example.until}, not \`${Text.preview(day)}\``]
      : []),
    ...(O.isSome(now) && O.isSome(last) && last.value < Day.ofInstant(now.value)
      ? [`--until wants a day that is not before ${Day.show(Day.ofInstant(now.value))}, the day that is planned for`]
      : []),
  ]
  const asked = F.pipe(
    now,
    O.map((instant) => ({
      ...(estate === undefined ? {} : { files: { estate, ...(events === undefined ? {} : { events }) } }),
      now: instant,
      ...(O.isNone(last) ? {} : { until: last.value }),
      ...(device === undefined ? {} : { device }),
      ...(question === undefined ? {} : { question }),
      json,
    })),
  )
  return { problems, asked }
}
