// @ts-check
/**
 * What is said beside the library's answer to what would have to change: where a synchronization decides otherwise, what
 * else can be asked, and the names of what the answer speaks of by its id.
 */
import { Allocation, Text } from 'seatwise'
import { furtherThan, linesOf } from '../shared/answer.mjs'
import { enumerated, table } from '../shared/layout.mjs'
import { groupBy } from '../shared/lists.mjs'

/**
 * @typedef {import('seatwise').Decision.Decision} Decision
 * @typedef {import('seatwise').Allocation.AllocationCounterfactual} Answered
 */

/**
 * What a synchronization decides: now, and with the remedies of each answer. It decides nothing where they make records
 * contradict each other.
 *
 * @typedef {object} Synchronized
 * @property {Decision | undefined} now
 * @property {ReadonlyArray<Decision | undefined>} later
 */

// -------------------------------------------------------------------------------------
// decisions
// -------------------------------------------------------------------------------------

const isSame = (/** @type {Decision} */ a, /** @type {Decision | undefined} */ b) =>
  a.outcome === b?.outcome && a.license === b.license

/** A decision that is not the fresh one, and what it is for: an allocation that stands, or licenses that are full. */
const inWords = (/** @type {Decision | undefined} */ decision) => {
  if (decision === undefined) return 'nothing, since the records contradict each other'
  const { outcome, license, rule } = decision
  const by = rule === undefined ? '' : ` by rule ${rule}`
  const what = license === undefined ? outcome : `${outcome} \`${Text.preview(license)}\`${by}`
  return `${what}, ${outcome === 'kept' ? 'as allocated before' : 'since licenses are full'}`
}

/** What a synchronization decides otherwise now, and what has to be thought away for the answer to hold. */
const before = (/** @type {Answered} */ { decision }, /** @type {Synchronized} */ { now }) => {
  if (isSame(decision, now)) return []
  return now?.outcome === 'kept'
    ? [`In the synchronization: ${inWords(now)}. Without that allocation:`, '']
    : [`In the synchronization: ${inWords(now)}; --explain tells who has them. If none was full:`, '']
}

/** Which answers a synchronization does not bear out, and what they come to. */
const after = (/** @type {Answered} */ { answers }, /** @type {Synchronized} */ { later }) => {
  const others = answers.flatMap(({ remedies, decision }, at) =>
    remedies.length === 0 || isSame(decision, later[at]) ? [] : [{ at, words: inWords(later[at]) }],
  )
  return [...groupBy(others, ({ words }) => words)].map(([words, some]) => {
    const isAll = some.length === answers.length && some.length > 1
    const which = enumerated(some.map(({ at }) => String(at + 1)))
    const whose = isAll ? 'each of these comes' : some.length === 1 ? `answer ${which} comes` : `answers ${which} come`
    return `In the synchronization ${whose} to: ${words}`
  })
}

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
 * @param {Synchronized} synchronized
 */
const names = (canvas, { catalog, snapshots }, { computer, license, decision, answers }, { now, later }) => {
  const decisions = [decision, now, ...later, ...answers.map((answer) => answer.decision)]
  const spoken = new Set([
    computer,
    license,
    ...decisions.map((each) => each?.license),
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
 * @param {Synchronized} synchronized
 */
export const answerLines = (canvas, given, told, synchronized) => [
  ...[
    ...before(told, synchronized),
    Allocation.renderCounterfactual(told, given.catalog),
    ...after(told, synchronized),
    ...further(told),
  ].flatMap((line) => linesOf(canvas, line)),
  ...names(canvas, given, told, synchronized),
]
