// @ts-check
/**
 * What is kept in memory when garbage has been collected: the decisions of an estate, as objects and as codes, and what
 * compiling a catalog leaves.
 */
import { batchOf, compile } from '../library.mjs'
import { collectGarbage, whole } from '../measure.mjs'
import { decideAll, someInstallations, STRICT, worldOf } from './estate.mjs'

/** What is kept of the work, in bytes. */
const kept = (/** @type {() => unknown} */ work) => {
  const used = () => {
    collectGarbage()
    const { heapUsed, arrayBuffers } = process.memoryUsage()
    return heapUsed + arrayBuffers
  }
  const before = used()
  const result = work()
  const after = used()
  // It has to be there until here.
  return result === undefined ? NaN : after - before
}

/** @type {(settings: import('../contest.mjs').Settings) => ReadonlyArray<import('../contest.mjs').Result>} */
export const memory = (settings) => {
  const world = worldOf(settings, someInstallations(settings), Math.min(...settings.licenses))
  const snapshots = world.fresh()
  const batch = batchOf(world.catalog, STRICT)
  const figure = (/** @type {string} */ name, /** @type {string} */ unit, /** @type {number} */ value) => ({
    name,
    size: world.name,
    unit,
    value,
    low: value,
    high: value,
  })
  decideAll(world.decide, snapshots)
  const perInstallation = 'bytes an installation'
  return [
    {
      title: `Kept in memory, ${whole(world.installations)} installations`,
      notes: [],
      rows: [],
      ratios: [],
      figures: [
        figure('snapshots', perInstallation, kept(() => world.fresh()) / world.installations),
        figure('decisions', perInstallation, kept(() => decideAll(world.decide, snapshots)) / world.installations),
        figure('codes', perInstallation, kept(() => batch.decide(snapshots)) / world.installations),
        figure('columns', perInstallation, kept(() => batch.columns(snapshots)) / world.installations),
        figure('compiled catalog', 'bytes a license', kept(() => compile(world.catalog, STRICT)) / world.licenses),
      ],
    },
  ]
}
