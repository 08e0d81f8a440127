// @ts-check
/**
 * What is said beside the library's answer to what would have to change: what else can be asked, and the names of what the
 * answer speaks of by its id.
 */
import { Allocation, Text } from 'seatwise'
import { furtherThan, linesOf } from '../shared/answer.mjs'
import { table } from '../shared/layout.mjs'

/** @typedef {import('seatwise').Allocation.AllocationCounterfactual} Answered */

/** Where there is no answer, what else to ask. */
const further = (/** @type {Answered} */ { answers, decision, license, bound }) => {
  if (answers.length > 0) return []
  return decision.outcome === 'untracked' && license === undefined
    ? ['It is in no tracked software: name a license with --license, and its tracked software is meant']
    : furtherThan(bound)
}

// -------------------------------------------------------------------------------------
// names
// -------------------------------------------------------------------------------------

/**
 * The computer, licenses and tracked software that are spoken of by an id that is not their name.
 *
 * @param {import('../shared/layout.mjs').Canvas} canvas
 * @param {Allocation.Given} given
 * @param {Answered} told
 */
const names = (canvas, { catalog, snapshots }, { computer, license, decision, answers }) => {
  const decisions = [decision, ...answers.map((answer) => answer.decision)]
  const spoken = new Set([
    computer,
    license,
    ...decisions.map((each) => each.license),
    ...answers.flatMap(({ remedies }) =>
      remedies.map((remedy) =>
        'license' in remedy ? remedy.license : 'software' in remedy ? remedy.software : undefined,
      ),
    ),
  ])
  const records = [...snapshots.map((snapshot) => snapshot.computer), ...catalog.software, ...catalog.licenses]
  const rows = records.flatMap(({ id, name }) =>
    spoken.has(id) && id.toLowerCase() !== name.toLowerCase() ? [[Text.preview(id), Text.preview(name)]] : [],
  )
  return rows.length === 0 ? [] : ['', 'Named here', ...table(canvas, 'll', rows)]
}

/**
 * The whole answer as lines.
 *
 * @param {import('../shared/layout.mjs').Canvas} canvas
 * @param {Allocation.Given} given
 * @param {Answered} told
 */
export const answerLines = (canvas, given, told) => [
  ...[Allocation.renderCounterfactual(told, given.catalog), ...further(told)].flatMap((line) => linesOf(canvas, line)),
  ...names(canvas, given, told),
]
