// @ts-check
/**
 * The report for an administrator, from findings to lines: what matters most comes first.
 */
import { Allocation, Day } from 'seatwise'
import { bar, counted, enumerated, heading, number, share, table, wrapped } from '../shared/layout.mjs'
import { allocations } from './allocations.mjs'
import { unreconciled, violations, warnings } from './attention.mjs'
import { compliance } from './compliance.mjs'
import * as Findings from './findings.mjs'
import { history } from './history.mjs'

/**
 * @typedef {import('../shared/layout.mjs').Canvas} Canvas
 * @typedef {import('../shared/layout.mjs').Cell} Cell
 * @typedef {import('./findings.mjs').Run} Run
 * @typedef {ReadonlyArray<string>} Lines
 * @typedef {(canvas: Canvas, run: Run) => Lines} Section
 */

const policyText = (/** @type {Run['policy']} */ policy) => {
  const options = Object.entries(policy).map(([option, value]) => `${option} ${String(value)}`)
  return options.length === 0 ? 'default policy' : `policy: ${options.sort().join(', ')}`
}

/** How long the longest bar is. */
const barOf = (/** @type {Canvas} */ { columns }) => Math.floor(columns / 5)

/** @type {Section} */
const headline = ({ columns, paint }, { catalog, snapshots, decisions, earlier, policy, asOf, rejected }) => {
  const unreported = snapshots.filter(({ installations }) => installations === undefined).length
  const given = [
    counted(snapshots.length, 'computer'),
    counted(decisions.length, 'installation'),
    counted(catalog.licenses.length, 'license'),
    `${number(catalog.software.length)} tracked software`,
    ...(earlier.length > 0 ? [counted(earlier.length, 'allocation')] : []),
  ]
  const day = asOf === undefined ? '' : `as of ${Day.show(asOf)}, `
  const terms = `${day}expiry ${policy.expired === 'excluded' ? 'counts' : 'plays no part'}, ${policyText(policy)}`
  return [
    ...wrapped(given.join(', '), columns).map((line) => paint('bold', line)),
    ...wrapped(`  ${terms}`, columns),
    ...(unreported === 0 ? [] : [`  ${counted(unreported, 'computer')} did not report what is installed`]),
    ...(rejected === 0
      ? []
      : [paint('yellow', `  ${counted(rejected, 'record')} rejected and left out, see standard error`)]),
  ]
}

/** @type {Section} */
const outcomes = (canvas, run) => {
  const { outcome, reason } = Findings.outcomes(run)
  const all = run.decisions.length
  const skipped = [
    ...(reason('retired-computer') > 0 ? [`${number(reason('retired-computer'))} retired`] : []),
    ...(reason('hardware') > 0 ? [`${number(reason('hardware'))} hardware`] : []),
  ]
  const about = {
    allocated: 'a rule found a license',
    kept: 'an earlier allocation stands',
    unreconciled: 'no rule found one',
    untracked: 'in no tracked software',
    skipped: skipped.join(', '),
  }
  const shown = /** @type {const} */ (['allocated', 'kept', 'unreconciled', 'untracked', 'skipped'])
  return [
    heading(canvas, 'Outcomes'),
    ...table(
      canvas,
      'lrrll',
      shown
        .filter((name) => name !== 'kept' || outcome(name) > 0)
        .map((name) => [
          name,
          number(outcome(name)),
          share(outcome(name), all),
          { text: bar(outcome(name), all, barOf(canvas)), style: name === 'unreconciled' ? 'yellow' : 'green' },
          { list: [about[name]] },
        ]),
    ),
  ]
}

/** @type {Section} */
const rules = (canvas, run) => {
  const rows = Findings.rules(run)
  const most = Math.max(...rows.map(({ count }) => count))
  return [
    heading(canvas, 'Decisions by rule', 'the first rule that matches decides'),
    ...table(
      canvas,
      'llrl',
      rows.map(({ rule, conditions, count }) => {
        const cells = [rule, enumerated(conditions), number(count)]
        return count === 0
          ? cells.map((text) => /** @type {Cell} */ ({ text, style: 'dim' }))
          : [...cells, { text: bar(count, most, barOf(canvas)), style: 'green' }]
      }),
    ),
  ]
}

/**
 * @param {Canvas} canvas
 * @param {import('seatwise').Allocation.Explanation | undefined} explanation
 * @param {boolean} wasAsked
 * @returns {Lines}
 */
const explained = (canvas, explanation, wasAsked) =>
  explanation === undefined
    ? []
    : [
        heading(canvas, wasAsked ? 'Explained' : 'One decision explained'),
        ...Allocation.render(explanation)
          .split('\n')
          .flatMap((line) => wrapped(`  ${line}`, canvas.columns)),
        '',
      ]

/**
 * The report of a run, the explanation of one of its decisions, and the runs that follow it. An explanation that was
 * asked for comes last, where whoever asked looks for it.
 *
 * @param {Canvas} canvas
 * @param {Run} run
 * @param {object} [more]
 * @param {import('seatwise').Allocation.Explanation | undefined} [more.explanation]
 * @param {boolean} [more.wasAsked] whether the caller asked for this explanation
 * @param {ReadonlyArray<Run>} [more.later]
 * @returns {Lines}
 */
export const report = (canvas, run, { explanation, wasAsked = false, later = [] } = {}) => {
  const sections = (/** @type {Run} */ of, /** @type {ReadonlyArray<Section>} */ some) =>
    some.flatMap((section) => [...section(canvas, of), ''])
  const lines = explained(canvas, explanation, wasAsked)
  const isLast = wasAsked || later.length === 0
  return [
    ...sections(run, [headline, outcomes, rules, unreconciled, violations, warnings, allocations]),
    ...(isLast ? [] : lines),
    ...(later.length > 0 ? [...history(canvas, [run, ...later]), ''] : []),
    ...sections(later.at(-1) ?? run, [compliance]),
    ...(isLast ? lines : []),
  ].slice(0, -1)
}
