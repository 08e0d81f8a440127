// @ts-check
/**
 * The options of allocation, from texts to what is asked.
 */
import { option as O } from 'fp-ts'
import { Day, Text } from 'seatwise'
import { alone, given, rivals } from './declared.mjs'

/** @typedef {import('./declared.mjs').Values} Values */

/**
 * The question that is to be answered instead of a synchronization.
 *
 * @param {Values} values
 * @param {number | undefined} bound
 * @returns {import('../allocate/answers.mjs').Question | undefined}
 */
const questionOf = (values, bound) => {
  const { 'what-if': edits, 'would-allocate': installation, computer, license } = values
  if (values.analyze === true) return { kind: 'analyze' }
  if (values.regret === true) return { kind: 'regret' }
  if (values.certificate === true) return { kind: 'certificate' }
  if (edits !== undefined) return { kind: 'what-if', edits }
  if (installation === undefined) return undefined
  return {
    kind: 'would-allocate',
    installation,
    ...(computer === undefined ? {} : { computer }),
    ...(license === undefined ? {} : { license }),
    ...(bound === undefined ? {} : { bound }),
  }
}

/**
 * What the caller asks of allocation, beside what is wrong with it.
 *
 * @param {Values} values
 * @param {number | undefined} bound
 */
export const allocationOf = (values, bound) => {
  const { catalog, snapshots, allocations, policy, 'as-of': day, explain, computer, json } = values
  const question = questionOf(values, bound)
  const asOf = day === undefined ? O.none : Day.parse(day)
  const problems = [
    ...(catalog !== undefined && snapshots === undefined ? ['--catalog needs --snapshots beside it'] : []),
    ...(catalog === undefined && snapshots !== undefined ? ['--snapshots needs --catalog beside it'] : []),
    ...(allocations !== undefined && catalog === undefined && snapshots === undefined
      ? ['--allocations needs --catalog and --snapshots beside it']
      : []),
    ...alone(values, 'computer', ['explain', 'would-allocate']),
    ...alone(values, 'license', ['would-allocate']),
    ...rivals(given(values, ['explain', 'analyze', 'what-if', 'would-allocate', 'regret', 'certificate'])),
    ...(day !== undefined && O.isNone(asOf)
      ? [`--as-of wants a day such as 2026-01-31, not \`${Text.preview(day)}\``]
      : []),
  ]
  const asked = {
    ...(catalog === undefined || snapshots === undefined
      ? {}
      : { files: { catalog, snapshots, ...(allocations === undefined ? {} : { allocations }) } }),
    ...(policy === undefined ? {} : { policy }),
    ...(O.isNone(asOf) ? {} : { asOf: asOf.value }),
    ...(explain === undefined
      ? {}
      : { explain: { installation: explain, ...(computer === undefined ? {} : { computer }) } }),
    ...(question === undefined ? {} : { question }),
    json,
  }
  return { problems, asked }
}
