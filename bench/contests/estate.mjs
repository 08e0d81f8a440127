// @ts-check
/**
 * The world of a contest: an estate whose catalog is decoded and compiled, on a sample of which both readers agree, and
 * whose snapshots are parsed afresh whenever they are asked for.
 */
import { agree, catalogOf, compile, snapshotsOf } from '../library.mjs'
import { whole } from '../measure.mjs'
import { estate } from '../worlds.mjs'

/** The policy of all contests. @type {import('../library.mjs').Policy} */
export const STRICT = { restrictions: 'strict' }

/** How many installations a contest has that is not about size. @type {(settings: import('../contest.mjs').Settings) => number} */
export const someInstallations = ({ quick, installations }) => Math.min(quick ? 30_000 : 200_000, ...installations)

/** As many as the estates have. */
const PER_COMPUTER = 20

/** @typedef {ReturnType<typeof makeWorld>} World */
/** @typedef {Partial<import('../worlds.mjs').EstateOptions>} Options */

/** The world that several contests are held in, one after the other. @type {{ key: string, world: World } | undefined} */
let last

/** @type {(settings: import('../contest.mjs').Settings, installations: number, licenses: number, options?: Options) => World} */
export const worldOf = (settings, installations, licenses, options = {}) => {
  const key = JSON.stringify([installations, licenses, options])
  if (last?.key === key) return last.world
  const world = makeWorld(settings, installations, licenses, options)
  last = { key, world }
  return world
}

/**
 * @param {import('../contest.mjs').Settings} settings
 * @param {number} installations
 * @param {number} licenses
 * @param {Options} options
 */
const makeWorld = (settings, installations, licenses, options) => {
  const name = `${whole(installations)} installations, ${whole(licenses)} licenses`
  settings.tell(`${name}: making the world`)
  const software = Math.ceil(licenses / 10)
  const snapshots = Math.ceil(installations / PER_COMPUTER)
  const { catalog: wire, parts } = estate({ ...settings.world, snapshots, software, licenses, ...options })
  const catalog = catalogOf(wire)
  const decide = compile(catalog, STRICT)
  /** As a text, which garbage collection does not go through. */
  const catalogText = JSON.stringify(wire)
  agree(name, catalog, snapshotsOf(parts[0] ?? '[]'), 10, STRICT)

  /** @type {(count?: number) => import('../library.mjs').Snapshots} */
  const fresh = (count = installations) => {
    /** @type {Array<import('seatwise').AuditSnapshot.AuditSnapshot>} */
    const parsed = []
    for (const part of parts) {
      if (parsed.length * PER_COMPUTER >= count) break
      for (const snapshot of JSON.parse(part)) parsed.push(snapshot)
    }
    return parsed.slice(0, Math.ceil(count / PER_COMPUTER))
  }
  /** The first of them as one document. */
  const document = (/** @type {number} */ count) => JSON.stringify(fresh(count))
  /** The first of them, a line for each computer. */
  const lines = (/** @type {number} */ count) => fresh(count).map((snapshot) => JSON.stringify(snapshot))
  /** So that the shapes of parsed objects outlive the collections between two turns. */
  const shapes = fresh(PER_COMPUTER * 20)
  return {
    shapes,
    name,
    installations: snapshots * PER_COMPUTER,
    licenses,
    catalogText,
    catalog,
    decide,
    parts,
    fresh,
    document,
    lines,
  }
}

/** Decides in one loop, as whoever has many snapshots would. @type {(decide: import('../library.mjs').Allocate, snapshots: import('../library.mjs').Snapshots) => ReadonlyArray<import('seatwise').Decision.Decision>} */
export const decideAll = (decide, snapshots) => {
  const decisions = []
  for (const snapshot of snapshots) for (const decision of decide(snapshot)) decisions.push(decision)
  return decisions
}
