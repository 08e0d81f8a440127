// @ts-check
/**
 * json-rules-engine: conditions in JSON, facts by name, rules by priority. The fifteen rules are rules of one engine; what
 * a rule finds is a dynamic fact, looked up in an index when the rule asks for it, and the first success stops the engine.
 * Licenses as rules of their own, one engine each tracked software, take twice as long: the engine has no index over its
 * rules.
 */
import { factsOf, RULES, walkAsync } from './facts.mjs'
import { load } from '../packages.mjs'

const { Engine } = await load('json-rules-engine')

/** @type {ReadonlyArray<import('./facts.mjs').Peer>} */
export const peers = [
  {
    name: 'json-rules-engine',
    package: 'json-rules-engine',
    kind: 'rule engine',
    sample: 1_000,
    prepare: (catalog) => {
      const facts = factsOf(catalog)
      const engine = new Engine(
        RULES.map((rule, place) => ({
          name: rule,
          priority: RULES.length - place,
          conditions: { all: [{ fact: `found by ${rule}`, operator: 'notEqual', value: null }] },
          event: { type: rule },
        })),
      )
      for (const rule of RULES)
        engine.addFact(`found by ${rule}`, async (/** @type {unknown} */ _, /** @type {any} */ almanac) => {
          const { shelf, shown } = await almanac.factValue('subject')
          return shelf.find(rule, shown) ?? null
        })
      engine.on('success', () => engine.stop())
      return {
        // One by one: stopping the engine stops all that it is asked.
        decide: walkAsync(
          facts,
          async (shelf, shown) => {
            const { events, almanac } = await engine.run({ subject: { shelf, shown } })
            const [event] = events
            return event === undefined ? undefined : almanac.factValue(`found by ${event.type}`)
          },
          'one by one',
        ),
      }
    },
  },
]
