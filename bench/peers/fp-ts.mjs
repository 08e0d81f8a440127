// @ts-check
/**
 * The obvious program on fp-ts: for each installation, each rule, each license of its tracked software. It is what
 * somebody writes who reads the fifteen rules and wants them to be seen in the code; nothing is indexed but the licenses
 * by software.
 */
import { function as F, option as O, readonlyArray as RA } from 'fp-ts'
import { factsOf, RULES, walk } from './facts.mjs'

/** @typedef {import('./facts.mjs').Line} Line */
/** @typedef {import('./facts.mjs').Shown} Shown */

/** @type {(shown: Shown) => (line: Line) => boolean} */
const isFoundBy =
  (shown) =>
  ({ tests }) =>
    F.pipe(
      tests,
      RA.every(({ field, keys }) => {
        const value = shown[field]
        return F.pipe(
          typeof value === 'string' ? [value] : value,
          RA.some((key) => keys.includes(key)),
        )
      }),
    )

/** @type {ReadonlyArray<import('./facts.mjs').Peer>} */
export const peers = [
  {
    name: 'fp-ts program',
    package: 'fp-ts',
    kind: 'program',
    sample: 10_000,
    prepare: (catalog) => {
      const facts = factsOf(catalog)
      return {
        decide: walk(facts, (shelf, shown) =>
          F.pipe(
            RULES,
            RA.findFirstMap((rule) =>
              F.pipe(
                shelf.lines,
                RA.filter((line) => line.rule === rule),
                RA.findFirst(isFoundBy(shown)),
              ),
            ),
            O.toUndefined,
          ),
        ),
      }
    },
  },
]
