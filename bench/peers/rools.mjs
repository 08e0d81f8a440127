// @ts-check
/**
 * rools: premises and actions in JavaScript, all premises evaluated, one action fired. The fifteen rules are rules of one
 * instance; each looks up an index in its premise, and the first to fire is final.
 *
 * rools knows premises by their source text: closures made in a loop would all be the first of them, and answer wrongly.
 * Hence premises are written out.
 */
import { RULES, factsOf, walkAsync } from './facts.mjs'
import { load } from '../packages.mjs'

const { Rools, Rule } = (await load('rools')).default

/** @typedef {{ rule: string, find: (rule: string) => boolean }} Subject */

/** @type {ReadonlyArray<(subject: Subject) => boolean>} */
const premises = [
  (subject) => subject.find('1.1'),
  (subject) => subject.find('1.2'),
  (subject) => subject.find('1.3'),
  (subject) => subject.find('2.1'),
  (subject) => subject.find('2.2'),
  (subject) => subject.find('2.3'),
  (subject) => subject.find('2.4'),
  (subject) => subject.find('2.5'),
  (subject) => subject.find('2.6'),
  (subject) => subject.find('2.7'),
  (subject) => subject.find('2.8'),
  (subject) => subject.find('3.1'),
  (subject) => subject.find('3.2'),
  (subject) => subject.find('3.3'),
  (subject) => subject.find('4'),
]

/** @type {ReadonlyArray<import('./facts.mjs').Peer>} */
export const peers = [
  {
    name: 'rools',
    package: 'rools',
    kind: 'rule engine',
    sample: 5_000,
    prepare: async (catalog) => {
      const facts = factsOf(catalog)
      const rools = new Rools({ logging: { error: true, debug: false } })
      await rools.register(
        premises.map(
          (when, place) =>
            new Rule({
              name: RULES[place],
              when,
              priority: RULES.length - place,
              final: true,
              then: (/** @type {{ rule?: string }} */ subject) => {
                subject.rule = RULES[place] ?? ''
              },
            }),
        ),
      )
      return {
        decide: walkAsync(facts, async (shelf, shown) => {
          const subject = { rule: '', find: (/** @type {string} */ rule) => shelf.find(rule, shown) !== undefined }
          await rools.evaluate(subject)
          return subject.rule === '' ? undefined : shelf.find(subject.rule, shown)
        }),
      }
    },
  },
]
