// @ts-check
/**
 * The engine against the floors: objects to decision objects, objects to codes, columns to codes; with few licenses and
 * with many, in the same rounds.
 */
import { deepStrictEqual } from 'node:assert'
import { contest } from '../contest.mjs'
import { Allocation, batchOf, Disagreement, floor, integerFloor, lookUpsOf } from '../library.mjs'
import { whole } from '../measure.mjs'
import { decideAll, STRICT, worldOf } from './estate.mjs'

/** @typedef {import('./estate.mjs').World} World */
/** @typedef {import('../library.mjs').Batch} Batch */

/** How many installations are decided both ways before anything is timed. */
const CHECKED = 200_000
const CHECKED_QUICKLY = 5_000

/** Codes and columns say what decision objects say, or nothing is measured. @type {(world: World, batch: Batch, checked: number) => void} */
const checkBatch = ({ name, decide, fresh }, batch, checked) => {
  const snapshots = fresh(checked)
  // Decisions stand in the order of ids, rows in that of the records.
  const wanted = new Map(decideAll(decide, snapshots).map((each) => [`${each.computer} ${each.installation}`, each]))
  for (const codes of [batch.decide(snapshots), batch.decideColumns(batch.columns(snapshots))])
    try {
      deepStrictEqual(codes.size, wanted.size)
      for (let row = 0; row < codes.size; row += 1) {
        const decision = codes.decision(row)
        const decided = wanted.get(`${decision?.computer} ${decision?.installation}`)
        deepStrictEqual(decision, decided)
        deepStrictEqual(Allocation.outcomes[codes.outcomes[row] ?? -1], decided?.outcome)
        deepStrictEqual(batch.rules[codes.rules[row] ?? -1], decided?.rule)
        deepStrictEqual(batch.licenses[codes.licenses[row] ?? -1], decided?.license)
      }
    } catch {
      throw new Disagreement(`codes and decisions disagree: ${name}`)
    }
}

/** @type {(world: World, batch: Batch) => ReadonlyArray<import('../contest.mjs').Contestant<any>>} */
const contestants = (world, batch) => {
  const of = `, ${whole(world.licenses)} licenses`
  const pieces = world.installations
  const fresh = () => world.fresh()
  return [
    { name: `object floor${of}`, pieces, fresh, run: floor },
    { name: `integer floor${of}`, pieces, fresh, run: (snapshots) => integerFloor(snapshots, pieces) },
    { name: `look-ups alone${of}`, pieces, fresh, run: lookUpsOf(world.catalog) },
    { name: `objects${of}`, pieces, fresh, run: (snapshots) => decideAll(world.decide, snapshots) },
    { name: `codes${of}`, pieces, fresh, run: batch.decide },
    { name: `columns${of}`, pieces, fresh: () => batch.columns(world.fresh()), run: batch.decideColumns },
  ]
}

/** @type {(settings: import('../contest.mjs').Settings, installations: number) => Promise<import('../contest.mjs').Result>} */
const engineOf = async (settings, installations) => {
  // The world with the fewest licenses is made last, since the contests that follow are held in it, too.
  const made = [...settings.licenses]
    .sort((a, b) => b - a)
    .map((licenses) => worldOf(settings, installations, licenses))
  const worlds = made.reverse()
  const all = worlds.flatMap((world) => {
    const batch = batchOf(world.catalog, STRICT)
    checkBatch(world, batch, settings.quick ? CHECKED_QUICKLY : CHECKED)
    return contestants(world, batch)
  })
  const measured = await contest(settings, `${whole(installations)} installations`, all)
  const ratios = worlds.flatMap(({ licenses }) => {
    const of = `, ${whole(licenses)} licenses`
    const over = (/** @type {string} */ name, /** @type {string} */ what, base = 'object floor') =>
      measured.ratio(name, `${what}${of}`, `${base}${of}`).map((ratio) => ({ ...ratio, size: `${ratio.size}${of}` }))
    return [
      ...over('objectsOverFloor', 'objects'),
      ...over('lookUpsOverFloor', 'look-ups alone'),
      ...over('codesOverFloor', 'codes'),
      ...over('codesOverIntegerFloor', 'codes', 'integer floor'),
      ...over('columnsOverFloor', 'columns'),
    ]
  })
  const [few, many] = [Math.min(...settings.licenses), Math.max(...settings.licenses)]
  const growth = (/** @type {string} */ name, /** @type {string} */ what) =>
    few === many ? [] : measured.ratio(name, `${what}, ${whole(many)} licenses`, `${what}, ${whole(few)} licenses`)
  return {
    title: `Deciding ${whole(installations)} installations: ns an installation`,
    notes: [
      'The floors read the fields that a decision needs and write one object, or one number, an installation.',
      'Look-ups alone: the product, the serial number and the key of each installation, in a Map each, as they are written.',
    ],
    rows: measured.rows,
    ratios: [
      ...ratios,
      ...growth('growthOverLicenses', 'objects'),
      ...growth('codesGrowthOverLicenses', 'codes'),
      ...growth('columnsGrowthOverLicenses', 'columns'),
    ],
    figures: [],
  }
}

/** @type {(settings: import('../contest.mjs').Settings) => Promise<ReadonlyArray<import('../contest.mjs').Result>>} */
export const engine = async (settings) => {
  const results = []
  for (const installations of settings.installations) results.push(await engineOf(settings, installations))
  return results
}
