// @ts-check
/**
 * The options of the command line, from texts to data.
 */
import { parseArgs } from 'node:util'
import { either as E, function as F, option as O } from 'fp-ts'
import { Day, Text } from 'seatwise'

export const usage = `Decides which installation gets which license, and prints what an administrator wants to know first.

Usage: npm start [-- OPTIONS]

  --catalog FILE           a catalog: units, tracked software and licenses (JSON)
  --snapshots FILE         a list of audit snapshots (JSON); goes with --catalog
  --allocations FILE       a list of the allocations that stand before the run (JSON); goes with these two
  --policy FILE            policy options, as in {"restrictions": "strict"} (JSON)
  --as-of DAY              the day on which expiry is judged, as in 2026-01-31
  --explain INSTALLATION   explain the decision about this installation id
  --computer ID            the computer, where several have an installation of that id
  --json                   print { decisions, rejections, released, allocations, compliance } as JSON, where allocations
                           are those after the run, and go into the next; with --explain also the explanation
  --help                   print this

Without files the example estate beside this script is synchronized three times, a week apart; with --json once.
Progress and rejected records go to standard error.
Exit status: 0 all records were decided on, 1 some were rejected and the rest decided, 2 nothing was decided.`

/**
 * What the caller asks for. `files` are the caller's own; without them it is the example estate's turn.
 *
 * @typedef {object} Options
 * @property {{ readonly catalog: string, readonly snapshots: string, readonly allocations?: string }} [files]
 * @property {string} [policy]
 * @property {import('seatwise').Day.Day} [asOf]
 * @property {{ readonly installation: string, readonly computer?: string }} [explain]
 * @property {boolean} json
 * @property {boolean} help
 */

const config = /** @type {const} */ ({
  options: {
    catalog: { type: 'string' },
    snapshots: { type: 'string' },
    allocations: { type: 'string' },
    policy: { type: 'string' },
    'as-of': { type: 'string' },
    explain: { type: 'string' },
    computer: { type: 'string' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})

/** An error of parseArgs is about what the caller typed, and quotes it. */
const messageOf = (/** @type {unknown} */ error) =>
  (error instanceof Error ? error.message : String(error)).split('\n').map(Text.printable)

/**
 * Reads the arguments: what the caller asks for, or everything that is wrong with them.
 *
 * @param {ReadonlyArray<string>} args
 * @returns {E.Either<ReadonlyArray<string>, Options>}
 */
export const parse = (args) =>
  F.pipe(
    E.tryCatch(() => parseArgs({ ...config, args: [...args] }).values, messageOf),
    E.chain(({ catalog, snapshots, allocations, policy, 'as-of': day, explain, computer, json, help }) => {
      const asOf = day === undefined ? O.none : Day.parse(day)
      const problems = [
        ...(catalog !== undefined && snapshots === undefined ? ['--catalog needs --snapshots beside it'] : []),
        ...(catalog === undefined && snapshots !== undefined ? ['--snapshots needs --catalog beside it'] : []),
        ...(allocations !== undefined && catalog === undefined && snapshots === undefined
          ? ['--allocations needs --catalog and --snapshots beside it']
          : []),
        ...(computer !== undefined && explain === undefined ? ['--computer needs --explain beside it'] : []),
        ...(day !== undefined && O.isNone(asOf)
          ? [`--as-of wants a day such as 2026-01-31, not \`${Text.preview(day)}\``]
          : []),
      ]
      if (problems.length > 0 && !help) return E.left(problems)
      return E.right({
        ...(catalog === undefined || snapshots === undefined
          ? {}
          : { files: { catalog, snapshots, ...(allocations === undefined ? {} : { allocations }) } }),
        ...(policy === undefined ? {} : { policy }),
        ...(O.isNone(asOf) ? {} : { asOf: asOf.value }),
        ...(explain === undefined
          ? {}
          : { explain: { installation: explain, ...(computer === undefined ? {} : { computer }) } }),
        json,
        help,
      })
    }),
  )
