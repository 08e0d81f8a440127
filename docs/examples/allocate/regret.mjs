// @ts-check
/**
 * What the order of the rules costs where licenses are limited, as lines of text.
 */
import { Text } from 'seatwise'
import { counted, leftOut, number } from '../shared/layout.mjs'

/** @typedef {import('seatwise').Allocation.Swap} Swap */

/** Of swaps, and of who stays without, so many are shown. */
const SHOWN = 10

const quoted = (/** @type {string} */ text) => `\`${Text.preview(text)}\``

const placed = (
  /** @type {{ readonly computer: string, readonly installation: string }} */ { computer, installation },
) => `${quoted(computer)} (installation ${Text.preview(installation)})`

/** A swap in the order in which it is carried out: those who move last make room first. */
const swapText = (/** @type {Swap} */ { served, moved }, /** @type {number} */ at) =>
  `  ${number(at + 1)}. ${[
    ...[...moved]
      .reverse()
      .map((each) => `${placed(each)} goes from ${quoted(each.from)} to ${quoted(each.to)} by rule ${each.rule}`),
    `${placed(served)} gets ${quoted(served.license)} by rule ${served.rule}`,
  ].join(', then ')}`

/**
 * How many could have been served, by which swaps, and where to buy for the others.
 *
 * @param {import('../shared/layout.mjs').Canvas} canvas
 * @param {import('seatwise').Allocation.Regret} regret
 */
export const regretLines = (canvas, { served, optimum, swaps, proof: { licenses, contenders }, unmatched }) => {
  const missing = contenders.length - licenses.reduce((sum, { entitlements }) => sum + entitlements, 0)
  const [these, them] = licenses.length === 1 ? ['this license', 'it'] : ['these licenses', 'them']
  const got = `with capacity enforced ${counted(served, 'installation gets', 'installations get')} a license`
  const others = `${number(missing)} of ${counted(contenders.length, 'contender')} ${missing === 1 ? 'goes' : 'go'} without`
  return [
    swaps.length === 0
      ? `${got}, and no swap would serve more`
      : `${got}; by ${counted(swaps.length, 'swap')} ${number(optimum)} could:`,
    ...swaps.slice(0, SHOWN).map(swapText),
    ...leftOut(canvas, swaps.length - SHOWN),
    ...(missing <= 0
      ? []
      : [
          `${others}${swaps.length === 0 ? '' : ' all the same'}, since they match ${these} alone: buy for ${them}`,
          ...licenses
            .slice(0, SHOWN)
            .map(
              ({ license, entitlements }) =>
                `  ${quoted(license)}, with ${counted(entitlements, 'entitlement')} for them`,
            ),
          ...leftOut(canvas, licenses.length - SHOWN),
        ]),
    ...(unmatched === 0
      ? []
      : [
          `${counted(unmatched, 'installation goes', 'installations go')} without since no rule matches any license, full or not`,
        ]),
  ]
}
