// @ts-check
/**
 * What an administrator wants to know of a run, as data: counts, and groups with the largest first. Nothing depends on the
 * order of the records in the files.
 */
import { either as E, function as F } from 'fp-ts'
import { Allocation, Hierarchy, Text } from 'seatwise'

/**
 * @typedef {import('seatwise').Catalog.Catalog} Catalog
 * @typedef {import('seatwise').AuditSnapshot.AuditSnapshot} AuditSnapshot
 * @typedef {import('seatwise').Decision.Decision} Decision
 * @typedef {import('seatwise').Decision.Warning} Warning
 */

/**
 * A run: what was given, and what was decided.
 *
 * @typedef {object} Run
 * @property {Catalog} catalog
 * @property {ReadonlyArray<AuditSnapshot>} snapshots
 * @property {import('seatwise').AllocationPolicy.AllocationPolicy} policy
 * @property {import('seatwise').Day.Day} [asOf]
 * @property {ReadonlyArray<Decision>} decisions
 * @property {number} rejected
 */

/**
 * Decisions that have something in common.
 *
 * @typedef {{ readonly id: string, readonly name: string, readonly decisions: ReadonlyArray<Decision> }} Group
 */

// -------------------------------------------------------------------------------------
// counting and grouping
// -------------------------------------------------------------------------------------

const compare = (/** @type {string} */ a, /** @type {string} */ b) => (a < b ? -1 : a > b ? 1 : 0)

/**
 * @template A
 * @param {ReadonlyArray<A>} all
 * @param {(each: A) => string} key
 */
const groupBy = (all, key) => {
  const groups = /** @type {Map<string, Array<A>>} */ (new Map())
  for (const each of all) {
    const group = groups.get(key(each))
    if (group === undefined) groups.set(key(each), [each])
    else group.push(each)
  }
  return groups
}

/**
 * Decisions by something that has an id, the largest group first, then by name.
 *
 * @param {ReadonlyArray<Decision>} decisions
 * @param {(decision: Decision) => string} id
 * @param {(id: string) => string} name
 * @returns {ReadonlyArray<Group>}
 */
const largestFirst = (decisions, id, name) =>
  [...groupBy(decisions, id)]
    .map(([key, group]) => ({ id: key, name: name(key), decisions: group }))
    .sort((a, b) => b.decisions.length - a.decisions.length || compare(a.name, b.name) || compare(a.id, b.id))

/** How many there are of each. */
const countBy = (/** @type {ReadonlyArray<string>} */ all) => {
  const groups = groupBy(all, F.identity)
  return (/** @type {string} */ key) => groups.get(key)?.length ?? 0
}

// -------------------------------------------------------------------------------------
// names
// -------------------------------------------------------------------------------------

/**
 * How records are called by those who know them by name. Computers of one name are told apart by their ids.
 *
 * @param {Run} run
 */
export const namesOf = ({ catalog, snapshots }) => {
  const software = new Map(catalog.software.map(({ id, name }) => [/** @type {string} */ (id), name]))
  const licenses = new Map(catalog.licenses.map(({ id, name }) => [/** @type {string} */ (id), name]))
  const tracked = new Map(
    catalog.software
      .filter(({ retired }) => retired !== true)
      .flatMap(({ id, products }) => products.map((product) => [/** @type {string} */ (product), id])),
  )
  const computers = new Map(snapshots.map(({ computer }) => [/** @type {string} */ (computer.id), computer.name]))
  const bearers = countBy([...computers.values()])
  return {
    software: (/** @type {string} */ id) => software.get(id) ?? id,
    license: (/** @type {string} */ id) => licenses.get(id) ?? id,
    /** The tracked software that holds the product, as an id. */
    softwareOf: (/** @type {Decision} */ { product }) => tracked.get(product) ?? product,
    computer: (/** @type {string} */ id) => {
      const name = computers.get(id) ?? id
      return bearers(name) > 1 ? `${name} (${id})` : name
    },
  }
}

/** The computers of decisions, each once, in the order of the decisions. */
export const computersOf = (/** @type {ReadonlyArray<Decision>} */ decisions) => [
  ...new Set(decisions.map(({ computer }) => /** @type {string} */ (computer))),
]

// -------------------------------------------------------------------------------------
// findings
// -------------------------------------------------------------------------------------

/** How many decisions have each outcome, and of the skipped ones each reason. */
export const outcomes = (/** @type {Run} */ { decisions }) => ({
  outcome: countBy(decisions.map(({ outcome }) => outcome)),
  reason: countBy(decisions.map(({ reason = '' }) => reason)),
})

/** The documented rules with the number of decisions by each. */
export const rules = (/** @type {Run} */ { decisions }) => {
  const count = countBy(decisions.map(({ rule = '' }) => rule))
  return Allocation.table.map((row) => ({ ...row, count: count(row.rule) }))
}

/** What waits for a person, by tracked software. */
export const unreconciled = (/** @type {Run} */ run) => {
  const names = namesOf(run)
  const waiting = run.decisions.filter(({ outcome }) => outcome === 'unreconciled')
  return largestFirst(waiting, names.softwareOf, names.software)
}

/** Decisions that violate a restriction of their license, by license; the restrictions of a license one after the other. */
export const violations = (/** @type {Run} */ run) => {
  const violating = run.decisions.filter(({ violations = [] }) => violations.length > 0)
  return largestFirst(violating, ({ license = '' }) => license, namesOf(run).license).flatMap((group) =>
    /** @type {const} */ (['device', 'organization', 'location'])
      .map((restriction) => ({
        license: group.id,
        name: group.name,
        restriction,
        decisions: group.decisions.filter(({ violations }) => violations?.includes(restriction)),
      }))
      .filter(({ decisions }) => decisions.length > 0),
  )
}

/** @type {ReadonlyArray<Warning>} */
const WARNINGS = ['several-mains', 'ambiguous-organization', 'ambiguous-location']

/** The decisions with each warning, by tracked software. */
export const warnings = (/** @type {Run} */ run) => {
  const names = namesOf(run)
  return WARNINGS.map((warning) => {
    const decisions = run.decisions.filter(({ warnings }) => warnings?.includes(warning))
    return { warning, decisions, bySoftware: largestFirst(decisions, names.softwareOf, names.software) }
  }).filter(({ decisions }) => decisions.length > 0)
}

/**
 * The references of snapshots and licenses that mean several units: the texts to mend where a warning says `ambiguous`.
 *
 * @param {Run} run
 * @param {'organization' | 'location'} unit
 * @returns {ReadonlyArray<string>}
 */
export const ambiguous = ({ catalog, snapshots, policy }, unit) => {
  const references = [
    ...snapshots.map((snapshot) => snapshot[unit] ?? ''),
    ...catalog.licenses.map(({ restrictions }) => restrictions?.[unit]?.unit ?? ''),
  ]
  return F.pipe(
    catalog[`${unit}s`] ?? [],
    Hierarchy.build(Text.form(policy.text ?? 'case-insensitive')),
    E.map(Hierarchy.resolve),
    E.match(
      () => [],
      (resolve) => [...new Set(references)].filter((reference) => resolve(reference)._tag === 'Ambiguous').sort(),
    ),
  )
}
