// @ts-check
/**
 * The sections of the report that ask somebody to act: what no rule could decide, what was decided against a restriction,
 * and what the records leave open.
 */
import { Text } from 'seatwise'
import { called, counted, heading, leftOut, listed, number, table } from '../shared/layout.mjs'
import * as Findings from './findings.mjs'

/**
 * @typedef {import('../shared/layout.mjs').Canvas} Canvas
 * @typedef {import('./findings.mjs').Decision} Decision
 * @typedef {import('./findings.mjs').Run} Run
 * @typedef {import('./report.mjs').Lines} Lines
 * @typedef {import('./report.mjs').Section} Section
 */

// -------------------------------------------------------------------------------------
// parts of sections
// -------------------------------------------------------------------------------------

/** The computers of decisions or allocations as the last cell of a row. */
export const computersIn = (/** @type {Run} */ run) => {
  const names = Findings.namesOf(run)
  return (/** @type {ReadonlyArray<Pick<Decision, 'computer'>>} */ decisions) => ({
    list: Findings.computersOf(decisions).map((id) => Text.preview(names.computer(id))),
  })
}

/** Of groups so many are shown; --json has everything. */
const GROUPS = 10

/**
 * @template A
 * @param {Canvas} canvas
 * @param {ReadonlyArray<A>} groups
 * @param {(groups: ReadonlyArray<A>) => Lines} show
 */
const capped = (canvas, groups, show) => [...show(groups.slice(0, GROUPS)), ...leftOut(canvas, groups.length - GROUPS)]

/** What a shell takes as it is: nothing from the records may be more than a word to whoever pastes it. */
const PLAIN = /^\w[\w.:@+-]*$/

/** How to ask about a decision, by an option. */
const hint = (
  /** @type {Canvas} */ { paint },
  /** @type {Decision | undefined} */ decision,
  ask = 'to see why: add --explain',
) =>
  decision !== undefined && PLAIN.test(decision.installation) && PLAIN.test(decision.computer)
    ? [paint('dim', `  ${ask} ${decision.installation} --computer ${decision.computer}`)]
    : []

// -------------------------------------------------------------------------------------
// sections
// -------------------------------------------------------------------------------------

/** @type {Section} */
export const unreconciled = (canvas, run) => {
  const groups = Findings.unreconciled(run)
  const [first] = groups
  if (first === undefined) return [heading(canvas, 'Unreconciled', 'none')]
  const computers = computersIn(run)
  const count = groups.reduce((sum, { members }) => sum + members.length, 0)
  return [
    heading(canvas, 'Unreconciled', `${counted(count, 'installation')} for a person to decide on`),
    ...capped(canvas, groups, (some) =>
      table(
        canvas,
        'lrl',
        some.map(({ name, members }) => [called(canvas, name), number(members.length), computers(members)]),
      ),
    ),
    ...hint(canvas, first.members[0]),
    ...hint(canvas, first.members[0], 'and what would help: --would-allocate'),
  ]
}

/** @type {Section} */
export const violations = (canvas, run) => {
  const groups = Findings.violations(run)
  const [first] = groups
  if (first === undefined) return [heading(canvas, 'Violations', 'none')]
  const computers = computersIn(run)
  const count = run.decisions.filter(({ violations = [] }) => violations.length > 0).length
  return [
    heading(canvas, 'Violations', `${counted(count, 'decision')} against a restriction of the license`),
    ...capped(canvas, groups, (some) =>
      table(
        canvas,
        'llrl',
        some.map(({ name, license, restriction, decisions }, at) => [
          some[at - 1]?.license === license ? '' : called(canvas, name),
          restriction,
          number(decisions.length),
          computers(decisions),
        ]),
      ),
    ),
    ...hint(canvas, first.decisions[0]),
  ]
}

/** What a warning says of decisions, and of the references that are to blame. */
const warningTexts = {
  'several-mains': () => 'several main licenses compete at rule 4',
  'ambiguous-organization': (/** @type {Run} */ run) => ambiguousText(run, 'organization'),
  'ambiguous-location': (/** @type {Run} */ run) => ambiguousText(run, 'location'),
}

const ambiguousText = (/** @type {Run} */ run, /** @type {'organization' | 'location'} */ unit) => {
  const references = Findings.ambiguous(run, unit).map((reference) => `\`${Text.preview(reference)}\``)
  return `${listed(references, 60)} ${references.length === 1 ? 'means' : 'each mean'} several ${unit}s`
}

/** @type {Section} */
export const warnings = (canvas, run) => {
  const groups = Findings.warnings(run)
  if (groups.length === 0) return [heading(canvas, 'Warnings', 'none')]
  const rows = groups.flatMap(({ warning, decisions, bySoftware }) => [
    [warning, number(decisions.length), { list: [warningTexts[warning](run)] }],
    ['', '', { list: bySoftware.map((group) => `${called(canvas, group.name)} (${number(group.members.length)})`) }],
  ])
  return [heading(canvas, 'Warnings'), ...table(canvas, 'lrl', rows)]
}
