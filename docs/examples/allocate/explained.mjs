// @ts-check
/**
 * Which decision is explained: the one that was asked for, or else one that is worth reading.
 */
import { either as E } from 'fp-ts'
import { Allocation, Text } from 'seatwise'
import { listed } from '../shared/layout.mjs'

/**
 * @typedef {import('seatwise').AuditSnapshot.AuditSnapshot} AuditSnapshot
 * @typedef {import('seatwise').Decision.Decision} Decision
 * @typedef {{ readonly snapshot: AuditSnapshot, readonly installation: Decision['installation'] }} Target
 */

/** Of a large estate not every computer is named. */
const LINE = 1000

const has = (/** @type {AuditSnapshot} */ { installations = [] }, /** @type {string} */ installation) =>
  installations.some(({ id }) => id === installation)

/**
 * Finds the installation that was asked for, or says why there is not exactly one.
 *
 * @param {ReadonlyArray<AuditSnapshot>} snapshots
 * @param {{ readonly installation: string, readonly computer?: string }} asked
 * @returns {E.Either<string, Target>}
 */
export const find = (snapshots, { installation, computer }) => {
  const what = `an installation with the id \`${Text.preview(installation)}\``
  const there = snapshots.filter((snapshot) => computer === undefined || snapshot.computer.id === computer)
  const holders = there.filter((snapshot) => has(snapshot, installation))
  const [snapshot] = holders
  if (snapshot !== undefined && holders.length === 1)
    return E.right({ snapshot, installation: /** @type {Decision['installation']} */ (installation) })
  if (snapshot !== undefined) {
    const ids = holders.map((holder) => Text.preview(holder.computer.id)).sort()
    return E.left(`several computers have ${what}; name one of them with --computer: ${listed(ids, LINE)}`)
  }
  if (computer === undefined) return E.left(`no computer has ${what}`)
  return E.left(
    there.length === 0
      ? `there is no snapshot of a computer with the id \`${Text.preview(computer)}\``
      : `the computer \`${Text.preview(computer)}\` does not have ${what}`,
  )
}

/**
 * Chooses a decision that shows what the rules are about: of the rules on restrictions, with rivals or a violated
 * restriction, and soon told. The first of several, in the order of the decisions.
 *
 * @param {import('seatwise').Catalog.Catalog} catalog
 * @param {ReadonlyArray<Decision>} decisions
 * @returns {Decision | undefined}
 */
export const choose = ({ licenses }, decisions) => {
  const softwareOf = new Map(licenses.map(({ id, software }) => [id, software]))
  const rivals = new Map(licenses.map(({ software }) => [software, 0]))
  for (const { software } of licenses) rivals.set(software, (rivals.get(software) ?? 0) + 1)

  const rivalsOf = (/** @type {Decision} */ { license }) => {
    const software = license === undefined ? undefined : softwareOf.get(license)
    return software === undefined ? 0 : (rivals.get(software) ?? 0)
  }
  /** How long the story is: for each rule tried, each license of the tracked software. */
  const lengthOf = (/** @type {Decision} */ decision) =>
    (Allocation.table.findIndex(({ rule }) => rule === decision.rule) + 1) * rivalsOf(decision)
  const onRestrictions = new Set(
    Allocation.table.filter(({ group }) => group === 2 || group === 3).map(({ rule }) => rule),
  )
  const byRestriction = decisions.filter(({ rule }) => rule !== undefined && onRestrictions.has(rule))
  const tied = byRestriction.filter((decision) => decision.tied !== undefined)
  const violating = byRestriction.filter((decision) => decision.violations !== undefined)

  const allocated = decisions.filter(({ outcome }) => outcome === 'allocated')
  const [first, ...others] =
    [tied, violating, byRestriction, allocated, decisions].find(({ length }) => length > 0) ?? []
  if (first === undefined) return undefined
  return others.reduce((shortest, next) => (lengthOf(next) < lengthOf(shortest) ? next : shortest), first)
}
