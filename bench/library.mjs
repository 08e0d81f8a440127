// @ts-check
/**
 * Worlds through the library: decoded by its decoders, compiled by both readers, which must agree before anything is
 * measured.
 */
import { deepStrictEqual } from 'node:assert'
import { either as E } from 'fp-ts'
import { load } from './packages.mjs'

/**
 * By its path, because bench/ has a package.json of its own, in which `seatwise` is nobody's name. The command has built it.
 *
 * @type {typeof import('seatwise')}
 */
const seatwise = await load(new URL('../dist/esm/index.js', import.meta.url).href)
export const { Allocation, AuditSnapshot, Catalog, Day, Deployment, Estate, Instant } = seatwise

/** @typedef {import('./worlds.mjs').WireCatalog} WireCatalog */
/** @typedef {import('seatwise').AllocationPolicy.AllocationPolicy} Policy */
/** @typedef {import('seatwise').Catalog.Catalog} Catalog */
/** @typedef {import('seatwise').Allocation.Allocate} Allocate */
/** @typedef {ReadonlyArray<import('seatwise').AuditSnapshot.AuditSnapshot>} Snapshots */

/** @type {(wire: WireCatalog) => Catalog} */
export const catalogOf = (wire) => {
  const { left, right } = Catalog.decode(wire)
  deepStrictEqual(left.slice(0, 3), [], 'a world must be without fault')
  return right
}

/** @type {(part: string) => Snapshots} */
export const snapshotsOf = (part) => {
  const { left, right } = AuditSnapshot.parseAll(part)
  deepStrictEqual(left.slice(0, 3), [], 'a world must be without fault')
  return right
}

/** @type {<A>(made: E.Either<unknown, A>) => A} */
export const must = (made) => {
  if (E.isLeft(made)) throw new Error(`a world contradicts itself: ${JSON.stringify(made.left).slice(0, 500)}`)
  return made.right
}

/** @type {(catalog: Catalog, policy?: Policy) => Allocate} */
export const compile = (catalog, policy = {}) => must(Allocation.compile(policy)(catalog))

export const countOf = (/** @type {Snapshots} */ snapshots) =>
  snapshots.reduce((sum, { installations }) => sum + (installations?.length ?? 0), 0)

export class Disagreement extends Error {}

/** The slow reader gets this many pairs of installation and license to look at, and two installations at least. */
const PATIENCE = 10_000

/**
 * Both readers decide a sample alike, or nothing is measured.
 *
 * @param {string} world
 * @param {Catalog} catalog
 * @param {Snapshots} snapshots
 * @param {number} licensesEach how many candidates an installation has, about
 * @param {Policy} [policy]
 */
export const agree = (world, catalog, snapshots, licensesEach, policy = {}) => {
  const compiled = compile(catalog, policy)
  const reference = must(Allocation.compile({ ...policy, reader: 'reference' })(catalog))
  const wanted = Math.max(2, Math.floor(PATIENCE / licensesEach))
  const each = Math.min(wanted, 5)
  const step = Math.max(1, Math.floor((snapshots.length * each) / wanted))
  const sample = snapshots
    .filter((_, index) => index % step === 0)
    .map((snapshot) => ({ ...snapshot, installations: (snapshot.installations ?? []).slice(0, each) }))
  try {
    deepStrictEqual(sample.map(compiled), sample.map(reference))
  } catch {
    throw new Disagreement(`the readers disagree: ${world}`)
  }
}

/**
 * The object floor: goes through the same objects, reads what identifies them and writes one result object for each
 * installation.
 */
export const floor = (/** @type {Snapshots} */ snapshots) => {
  const results = []
  for (const { computer, installations = [] } of snapshots)
    for (const { id, product } of installations)
      results.push({ computer: computer.id, installation: id, product, outcome: 'untracked' })
  return results
}
