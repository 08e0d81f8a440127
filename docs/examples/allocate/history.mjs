// @ts-check
/**
 * The section of the report on several synchronizations, one after the other: what each did, and what changed.
 */
import { Text } from 'seatwise'
import { called, counted, heading, number, shorten, table } from '../shared/layout.mjs'
import { changes } from './changes.mjs'
import * as Findings from './findings.mjs'

/**
 * @typedef {import('../shared/layout.mjs').Canvas} Canvas
 * @typedef {import('./findings.mjs').Run} Run
 * @typedef {import('./report.mjs').Lines} Lines
 */

const NUMBERS = ['No', 'One', 'Two', 'Three', 'Four']

const COLUMNS = ['week', 'kept', 'allocated', 'unreconciled', 'before', 'released', 'added', 'after']

/**
 * What a synchronization came to: outcomes, and the allocations from before it to after it.
 *
 * @type {(run: Run) => ReadonlyArray<number>}
 */
export const figures = (run) => {
  const { outcome } = Findings.outcomes(run)
  return [
    ...['kept', 'allocated', 'unreconciled'].map(outcome),
    ...[run.earlier, run.released, run.added, run.allocations].map(({ length }) => length),
  ]
}

/**
 * @param {Canvas} canvas
 * @param {Run} before
 * @param {Run} now
 * @param {string} title
 * @returns {Lines}
 */
const week = (canvas, before, now, title) => {
  const changed = changes(before, now)
  // A computer that is no longer given has its name from before.
  const names = Findings.namesOf({ ...now, snapshots: [...before.snapshots, ...now.snapshots] })
  return [
    heading(canvas, title, counted(changed.length, 'change')),
    ...table(
      canvas,
      'llll',
      changed.map(({ kind, computer, cause, names: about }, at) => [
        changed[at - 1]?.kind === kind ? '' : kind,
        computer === undefined ? '' : shorten(Text.preview(names.computer(computer)), Math.floor(canvas.columns / 5)),
        cause,
        // Several are named in part, so that there is room to say how many more there are.
        {
          list: about.map((name) =>
            about.length > 1 ? shorten(Text.preview(name), canvas.columns / 4) : called(canvas, name),
          ),
        },
      ]),
    ),
  ]
}

/**
 * @param {Canvas} canvas
 * @param {ReadonlyArray<Run>} runs
 * @returns {Lines}
 */
export const history = (canvas, runs) => [
  heading(
    canvas,
    `${NUMBERS[runs.length] ?? number(runs.length)} synchronizations`,
    'a week apart, each from what the one before left',
  ),
  ...table(canvas, 'lrrrrrrr', [
    COLUMNS.map((text) => ({ text, style: /** @type {const} */ ('dim') })),
    ...runs.map((run, at) => [number(at), ...figures(run).map(number)]),
  ]),
  ...runs.flatMap((now, at) => {
    const before = runs[at - 1]
    return before === undefined ? [] : ['', ...week(canvas, before, now, `Week ${number(at)}`)]
  }),
]
