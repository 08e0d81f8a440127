// @ts-check
/**
 * GoRules' zen-engine: decision tables, evaluated natively. Each tracked software has a table of its own, with a row for
 * each license at each rule it can be found by, in the order in which they decide; the first row that hits is the
 * decision. The questions of a computer are asked at once, so that the engine's threads have something to do.
 */
import { factsOf, walkAsync } from './facts.mjs'
import { load } from '../packages.mjs'

const { ZenEngine } = (await load('@gorules/zen-engine')).default

/** @typedef {import('./facts.mjs').Field} Field */
/** @typedef {import('./facts.mjs').Line} Line */

/** @type {ReadonlyArray<Field>} */
const FIELDS = ['serialNumber', 'installationKey', 'name', 'owner', 'organization', 'location']

const quoted = (/** @type {string} */ text) => JSON.stringify(text)

/** A cell that hits where a key is shown; an empty one always hits. @type {(line: Line, field: Field) => string} */
const cell = ({ tests }, field) => {
  const test = tests.find((each) => each.field === field)
  if (test === undefined) return ''
  if (field === 'organization' || field === 'location')
    return test.keys.map((key) => `contains($, ${quoted(key)})`).join(' or ')
  return test.keys.map(quoted).join(', ')
}

/** @type {(lines: ReadonlyArray<Line>) => object} */
const tableOf = (lines) => ({
  nodes: [
    { id: 'in', type: 'inputNode', name: 'in' },
    {
      id: 'table',
      type: 'decisionTableNode',
      name: 'table',
      content: {
        hitPolicy: 'first',
        inputs: FIELDS.map((field) => ({ id: field, name: field, field })),
        outputs: [{ id: 'rank', name: 'rank', field: 'rank' }],
        rules: lines.map((line) => ({
          _id: String(line.rank),
          ...Object.fromEntries(FIELDS.map((field) => [field, cell(line, field)])),
          rank: String(line.rank),
        })),
      },
    },
    { id: 'out', type: 'outputNode', name: 'out' },
  ],
  edges: [
    { id: 'a', type: 'edge', sourceId: 'in', targetId: 'table' },
    { id: 'b', type: 'edge', sourceId: 'table', targetId: 'out' },
  ],
})

/** @type {ReadonlyArray<import('./facts.mjs').Peer>} */
export const peers = [
  {
    name: 'zen-engine',
    package: '@gorules/zen-engine',
    kind: 'rule engine',
    sample: 2_000,
    prepare: (catalog) => {
      const facts = factsOf(catalog)
      const engine = new ZenEngine()
      const decisions = new Map(
        facts.shelves.map((shelf) => /** @type {const} */ ([shelf, engine.createDecision(tableOf(shelf.lines))])),
      )
      return {
        decide: walkAsync(facts, async (shelf, shown) => {
          const { result } = await decisions.get(shelf).evaluate(shown)
          return result === null ? undefined : shelf.lines[result.rank]
        }),
        close: () => engine.dispose(),
      }
    },
  },
]
