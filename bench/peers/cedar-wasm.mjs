// @ts-check
/**
 * Cedar, as WebAssembly: policies that permit. Each tracked software has a policy set of its own, parsed beforehand, with
 * a policy for each license at each rule it can be found by. Cedar does not rank: it tells all policies that permit, and
 * the least of them decides.
 */
import { factsOf, walk } from './facts.mjs'
import { load } from '../packages.mjs'

const cedar = (await load('@cedar-policy/cedar-wasm/nodejs')).default

/** @typedef {import('./facts.mjs').Line} Line */

const quoted = (/** @type {string} */ text) => JSON.stringify(text)

/** @type {(line: Line) => string} */
const policyOf = ({ tests }) => {
  const conditions = tests.map(({ field, keys }) =>
    field === 'organization' || field === 'location'
      ? `context.${field}.contains(${quoted(keys[0] ?? '')})`
      : keys.length === 1
        ? `context.${field} == ${quoted(keys[0] ?? '')}`
        : `[${keys.map(quoted).join(', ')}].contains(context.${field})`,
  )
  return `permit(principal, action, resource)${conditions.length === 0 ? '' : ` when { ${conditions.join(' && ')} }`};`
}

const SOMEBODY = { type: 'Somebody', id: '' }

/** @type {ReadonlyArray<import('./facts.mjs').Peer>} */
export const peers = [
  {
    name: 'cedar-wasm',
    package: '@cedar-policy/cedar-wasm',
    kind: 'rule engine',
    sample: 1_000,
    prepare: (catalog) => {
      const facts = factsOf(catalog)
      for (const { id, lines } of facts.shelves) {
        const staticPolicies = Object.fromEntries(lines.map((line) => [String(line.rank), policyOf(line)]))
        const { type, errors } = cedar.preparsePolicySet(id, { staticPolicies })
        if (type !== 'success') throw new Error(errors[0].message)
      }
      return {
        decide: walk(facts, (shelf, shown) => {
          const { type, response, errors } = cedar.statefulIsAuthorized({
            principal: SOMEBODY,
            action: SOMEBODY,
            resource: SOMEBODY,
            context: shown,
            preparsedPolicySetId: shelf.id,
            entities: [],
          })
          if (type !== 'success') throw new Error(errors[0].message)
          /** @type {ReadonlyArray<string>} */
          const reasons = response.diagnostics.reason
          return reasons.length === 0 ? undefined : shelf.lines[Math.min(...reasons.map(Number))]
        }),
      }
    },
  },
]
