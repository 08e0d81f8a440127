// @ts-check
/**
 * node-rules: conditions and consequences in JavaScript, a rule after the other, each in a tick of its own. The fifteen
 * rules are rules of one engine; each looks up an index in its condition, and the first that holds stops the engine. The
 * fact is a number, since the engine copies each fact twice, deeply; and changes of facts, of which there are none, are
 * ignored as the engine's documentation advises.
 */
import { RULES, factsOf, walkAsync } from './facts.mjs'
import { load } from '../packages.mjs'

const { RuleEngine } = await load('node-rules')

/** @typedef {import('./facts.mjs').Line} Line */
/** @typedef {{ shelf: import('./facts.mjs').Shelf, shown: import('./facts.mjs').Shown }} Subject */

/** @type {ReadonlyArray<import('./facts.mjs').Peer>} */
export const peers = [
  {
    name: 'node-rules',
    package: 'node-rules',
    kind: 'rule engine',
    sample: 5_000,
    prepare: (catalog) => {
      const facts = factsOf(catalog)
      /** @type {Map<number, Subject>} */
      const subjects = new Map()
      let next = 0
      const engine = new RuleEngine(
        RULES.map((rule, place) => ({
          name: rule,
          priority: RULES.length - place,
          condition: (/** @type {any} */ R, /** @type {{ subject: number }} */ { subject }) => {
            const asked = subjects.get(subject)
            R.when(asked?.shelf.find(rule, asked.shown) !== undefined)
          },
          consequence: (/** @type {any} */ R, /** @type {{ rule: string }} */ fact) => {
            fact.rule = rule
            R.stop()
          },
        })),
        { ignoreFactChanges: true },
      )
      return {
        decide: walkAsync(
          facts,
          (shelf, shown) =>
            new Promise((done) => {
              const subject = (next += 1)
              subjects.set(subject, { shelf, shown })
              engine.execute({ subject, rule: '' }, (/** @type {{ rule: string }} */ { rule }) => {
                subjects.delete(subject)
                done(rule === '' ? undefined : shelf.find(rule, shown))
              })
            }),
        ),
      }
    },
  },
]
