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
 * The object floor: goes through the same objects, reads the fields that a decision needs and writes one result object for
 * each installation. What it reads goes into the results, or it would not be read.
 */
export const floor = (/** @type {Snapshots} */ snapshots) => {
  const results = []
  for (const { computer, owner, organization, location, installations = [] } of snapshots) {
    const ofComputer = lengthOf(computer.name) + lengthOf(owner) + lengthOf(organization) + lengthOf(location)
    const isSkipped = computer.kind === 'hardware' || computer.retired === true
    for (const { id, product, serialNumber, installationKey } of installations) {
      const read = ofComputer + lengthOf(product) + lengthOf(serialNumber) + lengthOf(installationKey)
      results.push({
        computer: computer.id,
        installation: id,
        product,
        outcome: isSkipped || read < 0 ? SKIPPED : FOUND,
      })
    }
  }
  return results
}

const lengthOf = (/** @type {string | undefined} */ text) => (text === undefined ? 0 : text.length)
const [SKIPPED, FOUND] = ['skipped', 'untracked']

/** The integer floor: reads the same, and writes one number for each installation. */
export const integerFloor = (/** @type {Snapshots} */ snapshots, /** @type {number} */ count) => {
  const results = new Int32Array(count)
  let next = 0
  for (const { computer, owner, organization, location, installations = [] } of snapshots) {
    const ofComputer = lengthOf(computer.name) + lengthOf(owner) + lengthOf(organization) + lengthOf(location)
    const isSkipped = computer.kind === 'hardware' || computer.retired === true
    for (const { product, serialNumber, installationKey } of installations) {
      const read = ofComputer + lengthOf(product) + lengthOf(serialNumber) + lengthOf(installationKey)
      results[next] = isSkipped ? 0 : read
      next += 1
    }
  }
  return results
}

// -------------------------------------------------------------------------------------
// what may not be there yet
// -------------------------------------------------------------------------------------

/**
 * Decisions as codes, and columns. Every use of these in the benchmark goes through here: while the library does not have
 * them, what is measured of them is absent.
 *
 * @typedef {{ size: number, decision: (index: number) => import('seatwise').Decision.Decision }} Codes
 */
/**
 * @typedef {{
 *   decide: (snapshots: Snapshots) => Codes
 *   columns: (snapshots: Snapshots) => unknown
 *   decideColumns: (columns: any) => Codes
 * }} Batch
 */

/** @type {(catalog: Catalog, policy?: Policy) => Batch | undefined} */
export const batchOf = (catalog, policy = {}) => {
  /** @type {any} */
  const { compileBatch } = Allocation
  return compileBatch === undefined ? undefined : must(compileBatch(policy)(catalog))
}

/** Is there a way to decode one snapshot of a stream? Else a list of one is decoded. */
export const hasParse = 'parse' in AuditSnapshot

/** One snapshot from its JSON text. @type {(line: string) => import('seatwise').AuditSnapshot.AuditSnapshot} */
export const parseOne = (line) => {
  /** @type {any} */
  const { parse } = AuditSnapshot
  /** @type {any} */
  const read = parse === undefined ? AuditSnapshot.parseAll(`[${line}]`).right[0] : parse(line)
  return '_tag' in read || 'right' in read ? read.right : read
}

/** Decisions as codes that fit into typed arrays, from decisions. @type {(catalog: Catalog) => (decision: import('seatwise').Decision.Decision) => number} */
export const codeIn = ({ licenses }) => {
  /** @type {Map<string, number>} */
  const numbers = new Map(licenses.map(({ id }, number) => [id, number]))
  return ({ license, outcome }) => (license === undefined ? -outcome.length : (numbers.get(license) ?? -1))
}
