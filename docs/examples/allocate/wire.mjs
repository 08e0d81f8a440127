// @ts-check
/**
 * Results as JSON.
 */
import { Allocation, Decision } from 'seatwise'
import { json, list, object } from '../shared/json.mjs'

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
export const write = ({ decisions, rejections, released, allocations, compliance, explanation }) => [
  object({
    decisions: list(decisions.map(Decision.Decision.encode)),
    rejections: list(rejections),
    released: list(released.map(Allocation.Allocation.encode)),
    allocations: list(allocations.map(Allocation.Allocation.encode)),
    compliance:
      compliance === undefined
        ? undefined
        : object({ licenses: list(compliance.licenses, '    '), software: list(compliance.software, '    ') }, '  '),
    explanation: explanation === undefined ? undefined : json(explanation),
  }),
]
