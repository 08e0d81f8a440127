// @ts-check
/**
 * Compiling a catalog cold: in a process that has compiled nothing before. Run by itself, this is that process.
 */
import { spawnSync } from 'node:child_process'
import { argv, execPath } from 'node:process'
import { fileURLToPath } from 'node:url'
import { spreadOf } from '../contest.mjs'
import { catalogOf, compile } from '../library.mjs'
import { clocks, whole } from '../measure.mjs'
import { estate } from '../worlds.mjs'
import { STRICT } from './estate.mjs'

const here = fileURLToPath(import.meta.url)

/** @typedef {{ licenses: number, world: import('../contest.mjs').Settings['world'] }} Asked */

/** Nanoseconds a license by either clock. @type {(asked: Asked) => import('../contest.mjs').Cost} */
const compileOnce = ({ licenses, world }) => {
  const catalog = catalogOf(estate({ ...world, snapshots: 1, software: licenses / 10, licenses }).catalog)
  const [wall, processor] = [clocks.wall(), clocks.processor()]
  compile(catalog, STRICT)
  return { wall: (clocks.wall() - wall) / licenses, processor: (clocks.processor() - processor) / licenses }
}

/** @type {(settings: import('../contest.mjs').Settings) => ReadonlyArray<import('../contest.mjs').Result>} */
export const cold = ({ quick, rounds, clock, licenses: sizes, world, tell }) => {
  const licenses = Math.max(...sizes)
  const size = `${whole(licenses)} licenses`
  const costs = Array.from({ length: quick ? 3 : rounds }, (_, round) => {
    tell(`compiling cold, ${size}: process ${round + 1}`)
    const { stdout, stderr, status } = spawnSync(execPath, [here, JSON.stringify({ licenses, world })], {
      encoding: 'utf8',
    })
    if (status !== 0) throw new Error(stderr)
    /** @type {import('../contest.mjs').Cost} */
    const cost = JSON.parse(stdout)
    return cost[clock]
  })
  return [
    {
      title: `Compiling ${size}, cold: ns a license`,
      notes: ['Each time in a process of its own.'],
      rows: [{ name: 'compile', size, pieces: licenses, ns: spreadOf(costs) }],
      ratios: [],
      figures: [{ name: 'compile', size, unit: 'µs a license', ...spreadOf(costs.map((ns) => ns / 1_000)) }],
    },
  ]
}

if (argv[1] === here) console.log(JSON.stringify(compileOnce(JSON.parse(argv[2] ?? ''))))
