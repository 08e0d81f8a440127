// @ts-check
/**
 * The options of the command line, from texts to data.
 */
import { parseArgs } from 'node:util'
import { either as E, function as F, option as O } from 'fp-ts'
import { Day, Instant, Text } from 'seatwise'
import * as Example from '../deploy/example.mjs'
import { enumerated } from '../shared/layout.mjs'

export const usage = `Decides who gets which software license, and prints what an administrator wants to know first.

Usage: npm start [-- OPTIONS]

Allocation: which installation gets which license

  --catalog FILE           a catalog: units, tracked software and licenses (JSON)
  --snapshots FILE         a list of audit snapshots (JSON); goes with --catalog
  --allocations FILE       a list of the allocations that stand before the run (JSON); goes with these two
  --policy FILE            policy options, as in {"restrictions": "strict"} (JSON)
  --as-of DAY              the day on which expiry is judged, as in 2026-01-31
  --explain INSTALLATION   explain the decision about this installation id
  --computer ID            the computer, where several have an installation of that id

  and instead of a synchronization, the answer to one question about these records:

  --analyze                what is wrong with them: licenses that never win, keys that occur twice, and so on
  --what-if FILE           what a list of edits would change (JSON), as in
                           [{"kind": "buy", "license": "L-7", "entitlements": 5}]

Deployment: which device gets a license from which product pack

  --estate FILE            an estate: settings, directories, packs, devices, bundled licenses (JSON)
  --now INSTANT            the instant that is planned for, as in ${Example.now}; goes with
                           --estate, since nothing here reads a clock
  --until DAY              carry the plan out and simulate what follows, up to the end of this day
  --events FILE            a list of what happens meanwhile (JSON); goes with --estate and --until
  --device ID              explain the decision about each license type for this device id

Both

  --json                   of allocation: print { decisions, rejections, released, allocations, compliance } as JSON,
                           where allocations are those after the run, and go into the next; with --explain also the
                           explanation; with --analyze { findings, rejections }, with --what-if { diff, coverage,
                           licenses, software, worseOff, rejections }. Of deployment: { decisions, operations,
                           rejections, coverage, consumption, notifications }; with --until also { taken, forecast,
                           preventions }, where taken are the decisions of the simulation, each with its instant; with
                           --device also explanations
  --help                   print this

Without options two examples are shown: the estate beside this script is synchronized three times, a week apart, and
that of deployment is planned for ${Example.now} and simulated for a year. An option of one half shows that
half alone, without files of your own its example; --json alone shows allocation.
Progress and rejected records go to standard error.
Exit status: 0 all records were decided on, 1 some were rejected and the rest decided, 2 nothing was decided.`

/**
 * What the caller asks for, by halves; one that is absent is not run.
 *
 * @typedef {object} Options
 * @property {boolean} help
 * @property {import('../allocate/decide.mjs').Asked} [allocation]
 * @property {import('../deploy/deploy.mjs').Asked} [deployment]
 */

const ofAllocation = /** @type {const} */ ({
  catalog: { type: 'string' },
  snapshots: { type: 'string' },
  allocations: { type: 'string' },
  policy: { type: 'string' },
  'as-of': { type: 'string' },
  explain: { type: 'string' },
  computer: { type: 'string' },
  analyze: { type: 'boolean' },
  'what-if': { type: 'string' },
})

const ofDeployment = /** @type {const} */ ({
  estate: { type: 'string' },
  now: { type: 'string' },
  until: { type: 'string' },
  events: { type: 'string' },
  device: { type: 'string' },
})

const config = /** @type {const} */ ({
  options: {
    ...ofAllocation,
    ...ofDeployment,
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})

/** @typedef {ReturnType<typeof parseArgs<typeof config>>['values']} Values */

/** An error of parseArgs is about what the caller typed, and quotes it. */
const messageOf = (/** @type {unknown} */ error) =>
  (error instanceof Error ? error.message : String(error)).split('\n').map(Text.printable)

/** Those of the options that the caller gave. */
const given = (/** @type {Values} */ values, /** @type {object} */ options) =>
  Object.keys(options).filter((name) => values[/** @type {keyof Values} */ (name)] !== undefined)

const named = (/** @type {ReadonlyArray<string>} */ names) => enumerated(names.map((name) => `--${name}`))

/**
 * The question that is to be answered instead of a synchronization.
 *
 * @param {Values} values
 * @returns {import('../allocate/answers.mjs').Question | undefined}
 */
const questionOf = ({ analyze, 'what-if': edits }) => {
  if (analyze === true) return { kind: 'analyze' }
  return edits === undefined ? undefined : { kind: 'what-if', edits }
}

/**
 * What the caller asks of allocation, beside what is wrong with it.
 *
 * @param {Values} values
 */
const allocationOf = (values) => {
  const { catalog, snapshots, allocations, policy, 'as-of': day, explain, computer, json } = values
  const asked = given(values, { explain, analyze: values.analyze, 'what-if': values['what-if'] })
  const question = questionOf(values)
  const asOf = day === undefined ? O.none : Day.parse(day)
  const problems = [
    ...(catalog !== undefined && snapshots === undefined ? ['--catalog needs --snapshots beside it'] : []),
    ...(catalog === undefined && snapshots !== undefined ? ['--snapshots needs --catalog beside it'] : []),
    ...(allocations !== undefined && catalog === undefined && snapshots === undefined
      ? ['--allocations needs --catalog and --snapshots beside it']
      : []),
    ...(computer !== undefined && explain === undefined ? ['--computer needs --explain beside it'] : []),
    ...(asked.length > 1 ? [`${named(asked)} ask for different answers: give one of them`] : []),
    ...(day !== undefined && O.isNone(asOf)
      ? [`--as-of wants a day such as 2026-01-31, not \`${Text.preview(day)}\``]
      : []),
  ]
  const asks = {
    ...(catalog === undefined || snapshots === undefined
      ? {}
      : { files: { catalog, snapshots, ...(allocations === undefined ? {} : { allocations }) } }),
    ...(policy === undefined ? {} : { policy }),
    ...(O.isNone(asOf) ? {} : { asOf: asOf.value }),
    ...(explain === undefined
      ? {}
      : { explain: { installation: explain, ...(computer === undefined ? {} : { computer }) } }),
    ...(question === undefined ? {} : { question }),
    json,
  }
  return { problems, asked: asks }
}

/**
 * What the caller asks of deployment, beside what is wrong with it.
 *
 * @param {Values} values
 * @param {boolean} isAlone is nothing else asked for? Then the example goes through its year.
 */
const deploymentOf = ({ estate, now: instant, until: day, events, device, json }, isAlone) => {
  const now = Instant.parse(instant ?? Example.now)
  const until = O.fromNullable(day ?? (isAlone ? Example.until : undefined))
  const last = F.pipe(until, O.chain(Day.parse))
  const problems = [
    ...(estate !== undefined && instant === undefined
      ? ['--estate needs --now beside it: nothing here reads a clock']
      : []),
    ...(events !== undefined && (estate === undefined || day === undefined)
      ? ['--events needs --estate and --until beside it']
      : []),
    ...(instant !== undefined && O.isNone(now)
      ? [`--now wants an instant in UTC such as ${Example.now}, not \`${Text.preview(instant)}\``]
      : []),
    ...(day !== undefined && O.isNone(last)
      ? [`--until wants a day such as ${Example.until}, not \`${Text.preview(day)}\``]
      : []),
    ...(O.isSome(now) && O.isSome(last) && last.value < Day.ofInstant(now.value)
      ? [`--until wants a day that is not before ${Day.show(Day.ofInstant(now.value))}, the day that is planned for`]
      : []),
  ]
  const asked = F.pipe(
    now,
    O.map((instant) => ({
      ...(estate === undefined ? {} : { files: { estate, ...(events === undefined ? {} : { events }) } }),
      now: instant,
      ...(O.isNone(last) ? {} : { until: last.value }),
      ...(device === undefined ? {} : { device }),
      json,
    })),
  )
  return { problems, asked }
}

/**
 * Reads the arguments: what the caller asks for, or everything that is wrong with them.
 *
 * @param {ReadonlyArray<string>} args
 * @returns {E.Either<ReadonlyArray<string>, Options>}
 */
export const parse = (args) =>
  F.pipe(
    E.tryCatch(() => parseArgs({ ...config, args: [...args] }).values, messageOf),
    E.chain((values) => {
      const [about, beside] = [given(values, ofAllocation), given(values, ofDeployment)]
      const allocation = allocationOf(values)
      const deployment = deploymentOf(values, beside.length === 0)
      const problems = [
        ...(about.length > 0 && beside.length > 0
          ? [
              `${named(about)} for allocation, ${named(beside)} for deployment: give options of one of the two at a time`,
            ]
          : []),
        ...allocation.problems,
        ...deployment.problems,
      ]
      if (values.help) return E.right({ help: true })
      if (problems.length > 0) return E.left(problems)
      return E.right({
        help: false,
        ...(beside.length > 0 ? {} : { allocation: allocation.asked }),
        ...(about.length > 0 || (values.json && beside.length === 0) || O.isNone(deployment.asked)
          ? {}
          : { deployment: deployment.asked.value }),
      })
    }),
  )
