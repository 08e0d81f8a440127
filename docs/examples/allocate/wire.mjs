// @ts-check
/**
 * Results as JSON: one record a line, so that two runs can be compared with `diff` and searched with `grep`.
 */
import { Allocation, Decision } from 'seatwise'

/** What a terminal may take for a command or a change of direction, and JSON leaves as it is. */
const UNPRINTABLE = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g

const json = (/** @type {unknown} */ value) =>
  JSON.stringify(value).replace(UNPRINTABLE, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)

/** @type {(records: ReadonlyArray<unknown>, margin?: string) => string} */
const list = (records, margin = '  ') =>
  records.length === 0 ? '[]' : `[\n${margin}  ${records.map(json).join(`,\n${margin}  `)}\n${margin}]`

/**
 * Results in the wire format: what was decided, and what stands then. There is no compliance where nothing was decided,
 * and an explanation where one was asked for.
 *
 * @param {object} results
 * @param {ReadonlyArray<import('seatwise').Decision.Decision>} results.decisions
 * @param {ReadonlyArray<import('seatwise').Rejection.Rejection>} results.rejections
 * @param {ReadonlyArray<Allocation.Allocation>} results.released
 * @param {ReadonlyArray<Allocation.Allocation>} results.allocations
 * @param {Allocation.Compliance} [results.compliance]
 * @param {Allocation.Explanation | undefined} [results.explanation]
 */
export const write = ({ decisions, rejections, released, allocations, compliance, explanation }) => {
  const fields = [
    `"decisions": ${list(decisions.map(Decision.Decision.encode))}`,
    `"rejections": ${list(rejections)}`,
    `"released": ${list(released.map(Allocation.Allocation.encode))}`,
    `"allocations": ${list(allocations.map(Allocation.Allocation.encode))}`,
    ...(compliance === undefined
      ? []
      : [
          [
            '"compliance": {',
            `    "licenses": ${list(compliance.licenses, '    ')},`,
            `    "software": ${list(compliance.software, '    ')}`,
            '  }',
          ].join('\n'),
        ]),
    ...(explanation === undefined ? [] : [`"explanation": ${json(explanation)}`]),
  ]
  return ['{', fields.map((field) => `  ${field}`).join(',\n'), '}']
}
