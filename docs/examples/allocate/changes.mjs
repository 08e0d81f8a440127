// @ts-check
/**
 * What changed from one synchronization to the next, and why, as data.
 */
import { compare, groupBy } from '../shared/lists.mjs'
import { causeOfRelease, covers, isFound } from './causes.mjs'
import * as Findings from './findings.mjs'

/**
 * @typedef {import('./findings.mjs').Run} Run
 * @typedef {import('./findings.mjs').Held} Held
 * @typedef {import('./findings.mjs').AuditSnapshot} AuditSnapshot
 * @typedef {import('./findings.mjs').Decision} Decision
 */

/**
 * A change: what became of something, why, where, and the names of the licenses (or of the software that has none).
 *
 * @typedef {object} Change
 * @property {typeof KINDS[number]} kind
 * @property {string} [computer] an id; absent where a license itself changed
 * @property {string} cause
 * @property {ReadonlyArray<string>} names
 */

/** In the order in which they are told: causes before effects. */
const KINDS = /** @type {const} */ ([
  'license',
  'computer',
  'untouched',
  'kept',
  'violated',
  'allocated',
  'stays',
  'released',
  'unreconciled',
])

/** @typedef {Pick<Change, 'kind' | 'computer' | 'cause'> & { readonly name: string }} Single a change of one name */

/** @type {(run: Run) => ReadonlyMap<string, AuditSnapshot>} */
const snapshotsOf = ({ snapshots }) => new Map(snapshots.map((snapshot) => [snapshot.computer.id, snapshot]))

const placeOf = (/** @type {Decision} */ { computer, installation }) => JSON.stringify([computer, installation])

/** Is it said of the computer what is installed, and does that count? */
const isReported = (/** @type {AuditSnapshot | undefined} */ snapshot) =>
  snapshot?.installations !== undefined && snapshot.computer.retired !== true && snapshot.computer.kind !== 'hardware'

/** What of a snapshot decides beside the installations. */
const TRAITS = /** @type {const} */ (['owner', 'organization', 'location'])

const changedTraits = (
  /** @type {AuditSnapshot | undefined} */ before,
  /** @type {AuditSnapshot | undefined} */ now,
) => (before === undefined || now === undefined ? [] : TRAITS.filter((trait) => before[trait] !== now[trait]))

// -------------------------------------------------------------------------------------
// licenses and computers
// -------------------------------------------------------------------------------------

/** @type {(before: Run, now: Run) => ReadonlyArray<Single>} */
const ofLicenses = (before, now) => {
  const known = new Map(before.catalog.licenses.map((license) => [license.id, license]))
  return now.catalog.licenses.flatMap((license) => {
    const old = known.get(license.id)
    const amount = license.entitlements === undefined ? 'not limited' : `${String(license.entitlements)} entitlements`
    const cause = () => {
      if (old === undefined) return `new: ${amount}`
      if (license.retired === true && old.retired !== true) return 'retired'
      if (license.entitlements !== old.entitlements)
        return `${amount}, were ${String(old.entitlements ?? 'not limited')}`
      return JSON.stringify(license) === JSON.stringify(old) ? undefined : 'changed'
    }
    const why = cause()
    return why === undefined ? [] : [{ kind: /** @type {const} */ ('license'), cause: why, name: license.name }]
  })
}

/** @type {(before: Run, now: Run) => ReadonlyArray<Single>} */
const ofComputers = (before, now) => {
  const [old, current] = [snapshotsOf(before), snapshotsOf(now)]
  const { license } = Findings.namesOf(now)
  return [...new Set([...old.keys(), ...current.keys()])].flatMap((computer) => {
    const [was, is] = [old.get(computer), current.get(computer)]
    const held = now.allocations.filter((allocation) => allocation.computer === computer)
    const each = (/** @type {Change['kind']} */ kind, /** @type {string} */ cause) =>
      held.map((allocation) => ({ kind, computer, cause, name: license(allocation.license) }))
    if (is === undefined) return each('untouched', 'no longer given')
    if (is.computer.retired === true && was?.computer.retired !== true) return each('untouched', 'retired, not counted')
    if (isReported(was) && !isReported(is)) return each('untouched', 'not reported')
    return changedTraits(was, is).map((trait) => ({
      kind: /** @type {const} */ ('computer'),
      computer,
      cause: `${trait} changed`,
      name: `now ${is[trait] ?? 'none'}`,
    }))
  })
}

// -------------------------------------------------------------------------------------
// decisions and allocations
// -------------------------------------------------------------------------------------

/** @type {(before: Run, now: Run) => ReadonlyArray<Single>} */
const ofDecisions = (before, now) => {
  const [old, current] = [snapshotsOf(before), snapshotsOf(now)]
  const decided = new Map(before.decisions.map((decision) => [placeOf(decision), decision]))
  const known = new Set(before.catalog.licenses.map(({ id }) => id))
  const releasedAs = causeOfRelease(now)
  const names = Findings.namesOf(now)
  const byHand = new Set(now.earlier.filter((each) => !before.allocations.includes(each)))

  /** Why a decision is not what it was, or why it is there at all. */
  const cause = (/** @type {Decision} */ { computer, installation, product, license }) => {
    const was = old.get(computer)
    const here = { id: installation, product }
    if (!isReported(was)) return 'now reported'
    if (!(was?.installations ?? []).some(({ id, product }) => id === here.id && product === here.product))
      return 'now installed'
    const lost = now.released.find((held) => held.computer === computer && covers(held, here))
    if (lost !== undefined) return releasedAs(lost)
    if (license !== undefined && !known.has(license)) return 'new license'
    const [trait] = changedTraits(was, current.get(computer))
    return trait === undefined ? 'decided anew' : `${trait} changed`
  }

  return now.decisions.flatMap(
    /** @returns {ReadonlyArray<Single>} */ (decision) => {
      const { computer, outcome, license, rule, violations = [] } = decision
      const was = decided.get(placeOf(decision))
      const about = {
        computer,
        name: license === undefined ? names.software(names.softwareOf(decision)) : names.license(license),
      }
      if (outcome === 'allocated')
        // What is decided anew each time, as a policy can ask for, and comes out the same, has not changed.
        return was?.license === license && was?.rule === rule
          ? []
          : [{ ...about, kind: outcome, cause: `${cause(decision)}, rule ${String(rule)}` }]
      if (outcome === 'unreconciled')
        return was?.outcome === outcome && was.product === decision.product
          ? []
          : [{ ...about, kind: outcome, cause: `${cause(decision)}, no rule matches` }]
      if (outcome !== 'kept') return []
      if (was?.license !== license) {
        const isByHand = [...byHand].some((held) => held.computer === computer && held.license === license)
        return [{ ...about, kind: outcome, cause: isByHand ? 'allocated by hand' : cause(decision) }]
      }
      const fresh = violations.filter((restriction) => was?.violations?.includes(restriction) !== true)
      return fresh.length === 0
        ? []
        : [{ ...about, kind: 'violated', cause: `restriction violated: ${fresh.join(', ')}` }]
    },
  )
}

/** @type {(before: Run, now: Run) => ReadonlyArray<Single>} */
const ofAllocations = (before, now) => {
  const [old, current] = [snapshotsOf(before), snapshotsOf(now)]
  const releasedAs = causeOfRelease(now)
  const { license } = Findings.namesOf(now)
  const left = now.allocations.filter(
    (held) =>
      isFound(held, old.get(held.computer)) &&
      isReported(current.get(held.computer)) &&
      !isFound(held, current.get(held.computer)),
  )
  return [
    ...left.map((held) => ({
      kind: /** @type {const} */ ('stays'),
      computer: held.computer,
      cause: 'no longer installed, not flagged',
      name: license(held.license),
    })),
    ...now.released.map((held) => ({
      kind: /** @type {const} */ ('released'),
      computer: held.computer,
      cause: releasedAs(held),
      name: license(held.license),
    })),
  ]
}

/**
 * The changes from one synchronization to the next, those of one kind, computer and cause as one.
 *
 * @param {Run} before
 * @param {Run} now
 * @returns {ReadonlyArray<Change>}
 */
export const changes = (before, now) => {
  const singles = [ofLicenses, ofComputers, ofDecisions, ofAllocations].flatMap((of) => of(before, now))
  const keyOf = (/** @type {Single} */ { kind, computer = '', cause }) =>
    JSON.stringify([String(KINDS.indexOf(kind)).padStart(2, '0'), computer, cause])
  return [...groupBy(singles, keyOf)]
    .sort(([a], [b]) => compare(a, b))
    .flatMap(([, [first, ...others]]) => {
      if (first === undefined) return []
      const { name, ...shared } = first
      return [{ ...shared, names: [...new Set([name, ...others.map(({ name }) => name)])].sort() }]
    })
}
