// @ts-check
/**
 * The benchmark: npm run bench -- [--quick] [--processor-time] [--only NAME,...]
 *
 * Exit status 0; 1 when the readers disagree on a sample, in which case the table is not measured; 2 for usage.
 */
import { availableParallelism, loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { catalogOf, compile, Disagreement, snapshotsOf } from './library.mjs'
import { clocks, short, timedBy } from './measure.mjs'
import { TABLES } from './tables.mjs'
import { estate } from './worlds.mjs'

/** @typedef {import('./library.mjs').Policy} Policy */
/** @typedef {import('./tables.mjs').Settings} Settings */
/** @typedef {import('./tables.mjs').Table} Table */

const USAGE = `usage: npm run bench -- [--quick] [--processor-time] [--only ${Object.keys(TABLES).join(',')}]`

/** @returns {{ readonly tables: ReadonlyArray<Table>, readonly settings: Settings } | undefined} */
const readArguments = () => {
  const flag = /** @type {const} */ ({ type: 'boolean', default: false })
  try {
    const { values } = parseArgs({ options: { quick: flag, 'processor-time': flag, only: { type: 'string' } } })
    const chosen = values.only?.split(',') ?? Object.keys(TABLES)
    const tables = chosen.flatMap((name) => (Object.hasOwn(TABLES, name) ? (TABLES[name] ?? []) : []))
    if (tables.length < chosen.length) return undefined
    const clock = values['processor-time'] ? clocks.processor : clocks.wall
    const timed = timedBy(clock)
    const size = values.quick ? { quick: true, rounds: 3, budget: 1e8 } : { quick: false, rounds: 5, budget: 1e9 }
    return { tables, settings: { ...size, clock, timed } }
  } catch {
    return undefined
  }
}

/** Everything is run some thousand times before anything is measured. */
const warmUp = () => {
  const { catalog: wire, parts } = estate({ snapshots: 1_000, software: 100, licenses: 1_000 })
  const catalog = catalogOf(wire)
  /** @type {ReadonlyArray<Policy>} */
  const policies = [{}, { restrictions: 'strict', keyMatches: 'honor-restrictions' }]
  for (const policy of policies)
    for (let round = 0; round < 3; round += 1) parts.flatMap(snapshotsOf).flatMap(compile(catalog, policy))
}

const main = () => {
  const asked = readArguments()
  if (asked === undefined) {
    console.error(USAGE)
    return 2
  }
  const { tables, settings } = asked
  const [load = 0] = loadavg()
  const busy = load > 0.5 ? `; the machine is busy (load ${short(load)}), which shows` : ''
  console.log(`Node ${process.version}, ${availableParallelism()} cores, medians of ${settings.rounds} rounds${busy}`)
  try {
    warmUp()
    for (const table of tables) table(settings)()
    return 0
  } catch (error) {
    if (!(error instanceof Disagreement)) throw error
    console.error(error.message)
    return 1
  }
}

process.exitCode = main()
