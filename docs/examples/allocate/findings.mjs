// @ts-check
/**
 * What an administrator wants to know of a run, as data: counts, and groups with the largest first. Nothing depends on the
 * order of the records in the files.
 */
import { either as E, function as F } from 'fp-ts'
import { Allocation, Hierarchy, Text } from 'seatwise'
import { countBy, largestFirst } from '../shared/lists.mjs'

/**
 * @typedef {import('seatwise').Catalog.Catalog} Catalog
 * @typedef {import('seatwise').AuditSnapshot.AuditSnapshot} AuditSnapshot
 * @typedef {import('seatwise').Decision.Decision} Decision
 * @typedef {import('seatwise').Decision.Warning} Warning
 * @typedef {import('seatwise').Allocation.Allocation} Held
 */

/**
 * A run: what was given, what was decided, and what stands before and after it.
 *
 * @typedef {object} Run
 * @property {Catalog} catalog
 * @property {ReadonlyArray<AuditSnapshot>} snapshots
 * @property {import('seatwise').AllocationPolicy.AllocationPolicy} policy
 * @property {import('seatwise').Day.Day} [asOf]
 * @property {number} rejected
 * @property {ReadonlyArray<Held>} earlier the allocations before the run
 * @property {ReadonlyArray<Decision>} decisions
 * @property {ReadonlyArray<Held>} released
 * @property {ReadonlyArray<Held>} added
 * @property {ReadonlyArray<Held>} allocations those after it
 * @property {import('seatwise').Allocation.Compliance} compliance
 * @property {import('seatwise').Allocation.ExplainRun} explain
 */

// -------------------------------------------------------------------------------------
// names
// -------------------------------------------------------------------------------------

/**
 * How records are called by those who know them by name. Computers of one name are told apart by their ids.
 *
 * @param {Pick<Run, 'catalog' | 'snapshots'>} run
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

/** The computers of decisions or allocations, each once, in their order. */
export const computersOf = (/** @type {ReadonlyArray<Pick<Decision, 'computer'>>} */ all) => [
  ...new Set(all.map(({ computer }) => /** @type {string} */ (computer))),
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
        decisions: group.members.filter(({ violations }) => violations?.includes(restriction)),
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
