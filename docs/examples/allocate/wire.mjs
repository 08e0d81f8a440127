// @ts-check
/**
 * Results as JSON: one record a line, so that two runs can be compared with `diff` and searched with `grep`.
 */
import { Decision } from 'seatwise'

/** What a terminal may take for a command or a change of direction, and JSON leaves as it is. */
const UNPRINTABLE = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g

const json = (/** @type {unknown} */ value) =>
  JSON.stringify(value).replace(UNPRINTABLE, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)

const list = (/** @type {ReadonlyArray<unknown>} */ records) =>
  records.length === 0 ? '[]' : `[\n    ${records.map(json).join(',\n    ')}\n  ]`

/**
 * `{ decisions, rejections }` in the wire format, and the explanation where one was asked for.
 *
 * @param {object} results
 * @param {ReadonlyArray<import('seatwise').Decision.Decision>} results.decisions
 * @param {ReadonlyArray<import('seatwise').Rejection.Rejection>} results.rejections
 * @param {import('seatwise').Allocation.Explanation | undefined} results.explanation
 */
export const write = ({ decisions, rejections, explanation }) => [
  '{',
  `  "decisions": ${list(decisions.map(Decision.Decision.encode))},`,
  `  "rejections": ${list(rejections)}${explanation === undefined ? '' : ','}`,
  ...(explanation === undefined ? [] : [`  "explanation": ${json(explanation)}`]),
  '}',
]
