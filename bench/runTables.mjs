// @ts-check
/**
 * The tables of how figures grow, by shape: npm run bench -- --tables [--only NAME,...].
 */
import { availableParallelism, loadavg } from 'node:os'
import { catalogOf, compile, snapshotsOf } from './library.mjs'
import { clocks, short, timedBy } from './measure.mjs'
import { TABLES } from './tables.mjs'
import { estate } from './worlds.mjs'

/** @typedef {import('./library.mjs').Policy} Policy */

export const TABLE_NAMES = Object.keys(TABLES)

/** Everything is run some thousand times before anything is measured. */
const warmUp = () => {
  const { catalog: wire, parts } = estate({ snapshots: 1_000, software: 100, licenses: 1_000 })
  const catalog = catalogOf(wire)
  /** @type {ReadonlyArray<Policy>} */
  const policies = [{}, { restrictions: 'strict', keyMatches: 'honor-restrictions' }]
  for (const policy of policies)
    for (let round = 0; round < 3; round += 1) parts.flatMap(snapshotsOf).flatMap(compile(catalog, policy))
}

/** @type {(asked: { quick: boolean, clock: 'wall' | 'processor', only: string | undefined, usage: string }) => number} */
export const runTables = ({ quick, clock, only, usage }) => {
  const chosen = only?.split(',') ?? TABLE_NAMES
  const tables = chosen.flatMap((name) => (Object.hasOwn(TABLES, name) ? (TABLES[name] ?? []) : []))
  if (tables.length < chosen.length) {
    console.error(usage)
    return 2
  }
  const timing = { clock: clocks[clock], timed: timedBy(clocks[clock]) }
  const size = quick ? { quick, rounds: 3, budget: 1e8 } : { quick, rounds: 5, budget: 1e9 }
  const [load = 0] = loadavg()
  const busy = load > 0.5 ? `; the machine is busy (load ${short(load)}), which shows` : ''
  console.log(`Node ${process.version}, ${availableParallelism()} cores, medians of ${size.rounds} rounds${busy}`)
  warmUp()
  for (const table of tables) table({ ...size, ...timing })()
  return 0
}
