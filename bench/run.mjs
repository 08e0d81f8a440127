// @ts-check
/**
 * The benchmark: npm run bench -- [--quick] [--json] … (see USAGE).
 *
 * Exit status 0; 1 when somebody disagrees with the engine, in which case nothing more is measured; 2 for usage.
 */
import { writeFileSync } from 'node:fs'
import { availableParallelism, loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { fileURLToPath } from 'node:url'
import { CONTESTS, SLOW } from './contests/index.mjs'
import { Disagreement } from './library.mjs'
import { short } from './measure.mjs'
import { install } from './packages.mjs'
import { page } from './report.mjs'
import { runTables, TABLE_NAMES } from './runTables.mjs'
import { outcomeOf, printResult, printTargets } from './tell.mjs'

/** @typedef {import('./contest.mjs').Settings} Settings */

const USAGE = `usage: npm run bench -- [OPTIONS]

  --quick                 smaller worlds, without ${SLOW.join(', ')}; about two minutes
  --json                  the outcome as JSON on standard output; everything else goes to standard error
  --no-peers              nothing is installed, and nobody but the library is measured
  --contests NAME,...     some of ${Object.keys(CONTESTS).join(', ')}
  --processor-time        not the clock but the processor: for a machine that has other things to do
  --installations N,...   sizes of worlds; 200000,2000000 (--quick: 30000)
  --licenses N,...        5000,100000
  --rounds N              7
  --seed N  --skew N  --keys SHARE    what the worlds are like; 1, 1.5, 0.4
  --report FILE           where the report is written; bench/report.html

  --tables [--only NAME,...]          how figures grow, by shape, instead: ${TABLE_NAMES.join(', ')}
                                      (with --quick and --processor-time)`

const flag = /** @type {const} */ ({ type: 'boolean', default: false })
const text = /** @type {const} */ ({ type: 'string' })

const OPTIONS = {
  quick: flag,
  json: flag,
  'no-peers': flag,
  contests: text,
  'processor-time': flag,
  installations: text,
  licenses: text,
  rounds: text,
  seed: text,
  skew: text,
  keys: text,
  report: text,
  tables: flag,
  only: text,
}

/** Numbers that are written with commas between them; what is none makes the whole call senseless. */
const numbersOf = (/** @type {string | undefined} */ given, /** @type {ReadonlyArray<number>} */ otherwise) => {
  const numbers = given?.split(',').map(Number) ?? otherwise
  if (numbers.length === 0 || !numbers.every((number) => Number.isFinite(number) && number > 0)) throw new Error('')
  return numbers
}

const readArguments = () => {
  try {
    const { values } = parseArgs({ options: OPTIONS })
    const { quick, json, contests, only } = values
    const names = contests?.split(',') ?? Object.keys(CONTESTS).filter((name) => !quick || !SLOW.includes(name))
    if (!names.every((name) => Object.hasOwn(CONTESTS, name))) return undefined
    const one = (/** @type {string | undefined} */ given, /** @type {number} */ otherwise) =>
      numbersOf(given, [otherwise])[0] ?? otherwise
    /** @type {Settings['clock']} */
    const clock = values['processor-time'] ? 'processor' : 'wall'
    /** @type {Settings} */
    const settings = {
      quick,
      clock,
      rounds: one(values.rounds, 7),
      installations: numbersOf(values.installations, quick ? [30_000] : [200_000, 2_000_000]),
      licenses: numbersOf(values.licenses, [5_000, 100_000]),
      world: { seed: one(values.seed, 1), skew: one(values.skew, 1.5), withKeys: one(values.keys, 0.4) },
      peers: !values['no-peers'],
      tell: progress,
      absent: {},
    }
    const report = values.report ?? fileURLToPath(new URL('report.html', import.meta.url))
    return { settings, json, names, report, only, tables: values.tables || only !== undefined }
  } catch {
    return undefined
  }
}

/** Says what is going on, where somebody looks. */
const progress = (/** @type {string} */ what) => {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${what}`)
}

const main = async () => {
  const asked = readArguments()
  if (asked === undefined) {
    console.error(USAGE)
    return 2
  }
  const { settings, json, names, report } = asked
  const { quick, rounds, clock } = settings
  if (asked.tables) return runTables({ quick, clock, only: asked.only, usage: USAGE })

  const out = json ? console.error : console.log
  const failed = settings.peers ? install() : undefined
  if (failed !== undefined) settings.absent['packages'] = failed
  if (!settings.peers) settings.absent['peers'] = 'left out by --no-peers'
  const load = loadavg()[0] ?? 0
  const busy = load > 0.5 ? `; the machine is busy (load ${short(load)}), which shows` : ''
  const by = clock === 'wall' ? 'the clock' : "the processor's time"
  out(`Node ${process.version}, ${availableParallelism()} cores, medians of ${rounds} rounds by ${by}${busy}`)
  const start = performance.now()
  const results = []
  /** @type {Array<string>} */
  const took = []
  for (const name of names) {
    const before = performance.now()
    for (const result of (await CONTESTS[name]?.(settings)) ?? []) {
      progress('')
      printResult(out, result)
      results.push(result)
    }
    took.push(`${name} ${((performance.now() - before) / 1_000).toFixed(0)}`)
  }
  const outcome = outcomeOf(settings, results, { load, seconds: (performance.now() - start) / 1_000 })
  printTargets(out, outcome)
  writeFileSync(report, page(outcome, results))
  out(`\n${outcome.seconds.toFixed(0)} s (${took.join(', ')}); the report is in ${report}`)
  if (json) console.log(JSON.stringify(outcome, undefined, 2))
  return 0
}

try {
  process.exitCode = await main()
} catch (error) {
  if (!(error instanceof Disagreement)) throw error
  console.error(error.message)
  process.exitCode = 1
}
