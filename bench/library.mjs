// @ts-check
/**
 * Worlds through the library: decoded by its decoders, compiled by both readers, which must agree before anything is
 * measured.
 */
import { deepStrictEqual } from 'node:assert'
import { either as E, option as O } from 'fp-ts'
import { load } from './packages.mjs'

/**
 * By its path, because bench/ has a package.json of its own, in which `seatwise` is nobody's name. The command has built it.
 *
 * @type {typeof import('seatwise')}
 */
const seatwise = await load(new URL('../dist/esm/index.js', import.meta.url).href)
export const { Allocation, AuditSnapshot, Catalog, Certificate, Day, Deployment, Estate, Instant } = seatwise

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
 * each installation, with the fields that the decision of an allocated one has. What it reads goes into the results, or it
 * would not be read.
 */
export const floor = (/** @type {Snapshots} */ snapshots) => {
  const [license, rule] = ['L-1', '1.1']
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
        license,
        rule,
      })
    }
  }
  return results
}

const lengthOf = (/** @type {string | undefined} */ text) => (text === undefined ? 0 : text.length)
const [SKIPPED, FOUND] = ['skipped', 'allocated']

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

/**
 * The least that anybody does who recognizes what is installed: the product, the serial number and the installation key are
 * each looked up in a Map of all known ones, as they are written. That is less than what equal means (ALLOC-71), and no rule is
 * tried, no computer looked at, nothing written.
 */
export const lookUpsOf = (/** @type {Catalog} */ { software, licenses }) => {
  const products = new Map(software.flatMap((each, place) => each.products.map((product) => [String(product), place])))
  /** @type {Map<string, number>} */
  const serialNumbers = new Map()
  /** @type {Map<string, number>} */
  const keys = new Map()
  for (const [place, { serialNumber, installationKey }] of licenses.entries()) {
    if (serialNumber !== undefined) serialNumbers.set(serialNumber, place)
    if (installationKey !== undefined) keys.set(installationKey, place)
  }
  return (/** @type {Snapshots} */ snapshots) => {
    let found = 0
    for (const { installations = [] } of snapshots)
      for (const { product, serialNumber, installationKey } of installations) {
        found += products.get(product) ?? 0
        if (serialNumber !== undefined) found += serialNumbers.get(serialNumber) ?? 0
        if (installationKey !== undefined) found += keys.get(installationKey) ?? 0
      }
    return found
  }
}

// -------------------------------------------------------------------------------------
// batches and streams
// -------------------------------------------------------------------------------------

/** @typedef {import('seatwise').Allocation.Batch} Batch */
/** @typedef {import('seatwise').Allocation.DecisionCodes} Codes */

/** @type {(catalog: Catalog, policy?: Policy) => Batch} */
export const batchOf = (catalog, policy = {}) => must(Allocation.compileBatch(policy)(catalog))

/** One snapshot from its JSON text. @type {(line: string) => import('seatwise').AuditSnapshot.AuditSnapshot} */
export const parseOne = (line) => {
  const { right } = AuditSnapshot.parse(line)
  if (O.isNone(right)) throw new Error(`a world has a line that is no snapshot: ${line.slice(0, 200)}`)
  return right.value
}

/** Decisions as codes that fit into typed arrays, from decisions. @type {(catalog: Catalog) => (decision: import('seatwise').Decision.Decision) => number} */
export const codeIn = ({ licenses }) => {
  /** @type {Map<string, number>} */
  const numbers = new Map(licenses.map(({ id }, number) => [id, number]))
  return ({ license, outcome }) => (license === undefined ? -outcome.length : (numbers.get(license) ?? -1))
}
