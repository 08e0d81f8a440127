// @ts-check
// What a conformance vector of each format means: it passes when both readers decide as it expects.
import { either as E, option as O } from 'fp-ts'
import { Allocation, AllocationPolicy, AuditSnapshot, Catalog, Day, Decision } from 'seatwise'

/** @typedef {{ id: string, title: string, cites: ReadonlyArray<string>, given: any, expect: any }} Vector */
/** @typedef {{ readonly id: string, readonly reader: string, readonly expected: unknown, readonly actual: unknown }} Failure */

/** A vector of a run that gives what an earlier run left, or asks about it, needs a whole synchronization. */
export const needsState = (
  /** @type {string} */ format,
  /** @type {Vector} */ { given: { allocations, policy = {} } },
) => format === 'allocation/1' && (allocations !== undefined || 'capacity' in policy || 'existing' in policy)

const LISTS = /** @type {const} */ (['violations', 'warnings'])

/** A decision as vectors compare it: lists that are absent are empty, and warnings and violations are sets. */
const comparable = (/** @type {any} */ decision, /** @type {boolean} */ withTied) => ({
  ...decision,
  ...Object.fromEntries(LISTS.map((list) => [list, [...(decision[list] ?? [])].sort()])),
  tied: withTied ? (decision.tied ?? []) : [],
})

const keyOf = (/** @type {any} */ { computer, installation }) => JSON.stringify([computer, installation])

/** JSON with the fields in one order. */
const canonical = (/** @type {unknown} */ value) =>
  JSON.stringify(value, (_, held) =>
    held !== null && typeof held === 'object' && !Array.isArray(held)
      ? Object.fromEntries(Object.entries(held).sort(([a], [b]) => (a < b ? -1 : 1)))
      : held,
  )

/** The decisions that differ, as what was expected and what came out. */
const differences = (/** @type {ReadonlyArray<any>} */ expected, /** @type {ReadonlyArray<any>} */ actual) => {
  const wanted = new Map(expected.map((decision) => [keyOf(decision), decision]))
  const found = new Map(actual.map((decision) => [keyOf(decision), decision]))
  const keys = [...new Set([...wanted.keys(), ...found.keys()])].sort()
  const differs = (/** @type {string} */ key) => {
    const [want, got] = [wanted.get(key), found.get(key)]
    if (want === undefined || got === undefined) return true
    const withTied = want.tied !== undefined
    return canonical(comparable(want, withTied)) !== canonical(comparable(got, withTied))
  }
  const different = keys.filter(differs)
  if (different.length === 0 && expected.length === actual.length) return O.none
  return O.some({
    expected: different.map((key) => wanted.get(key) ?? 'no decision'),
    actual: different.map((key) => found.get(key) ?? 'no decision'),
  })
}

const setOf = (/** @type {ReadonlyArray<unknown>} */ values) => JSON.stringify(values.map(canonical).sort())

const READERS = /** @type {const} */ (['reference', 'compiled'])

/**
 * Decides an allocation vector by one reader: its decisions, or what stands in the way.
 * @returns {E.Either<ReadonlyArray<unknown>, Allocation.Outcome>}
 */
const decide = (/** @type {Vector} */ { given }, /** @type {'reference' | 'compiled'} */ reader) => {
  const catalog = Catalog.decode(given.catalog)
  const snapshots = AuditSnapshot.decodeAll(given.snapshots)
  const allocations = Allocation.decodeAll(given.allocations ?? [])
  const policy = AllocationPolicy.AllocationPolicy.decode(given.policy ?? {})
  const asOf = given.asOf === undefined ? O.none : Day.parse(given.asOf)
  if (E.isLeft(policy)) return E.left(policy.left.map(({ message }) => message))
  if (given.asOf !== undefined && O.isNone(asOf)) return E.left([`asOf is no day: ${given.asOf}`])
  return Allocation.run({
    catalog: catalog.right,
    snapshots: snapshots.right,
    allocations: allocations.right,
    incomplete: snapshots.incomplete,
    rejectedLicenses: catalog.rejectedLicenses,
    policy: policy.right,
    reader,
    ...(O.isSome(asOf) ? { asOf: asOf.value } : {}),
  })
}

const runAllocation = (/** @type {Vector} */ vector) =>
  READERS.flatMap(
    /** @returns {ReadonlyArray<Failure>} */
    (reader) => {
      const decided = decide(vector, reader)
      const expected = vector.expect.decisions
      if (E.isLeft(decided)) return [{ id: vector.id, reader, expected, actual: decided.left }]
      const different = differences(expected, decided.right.decisions.map(Decision.Decision.encode))
      const released = setOf(
        decided.right.released.map(({ computer, product, license }) => ({ computer, product, license })),
      )
      const wanted = setOf(vector.expect.released ?? [])
      return [
        ...(O.isSome(different) ? [{ id: vector.id, reader, ...different.value }] : []),
        ...(released === wanted
          ? []
          : [{ id: vector.id, reader, expected: { released: wanted }, actual: { released } }]),
      ]
    },
  )

/** @returns {ReadonlyArray<Failure>} */
const runCompliance = (/** @type {Vector} */ { id, given, expect }) => {
  const judged = Allocation.compliance({
    catalog: Catalog.decode(given.catalog).right,
    snapshots: AuditSnapshot.decodeAll(given.snapshots).right,
    allocations: Allocation.decodeAll(given.allocations).right,
  })
  const actual = E.isLeft(judged) ? judged.left : judged.right.licenses
  return setOf(actual) === setOf(expect.licenses) ? [] : [{ id, reader: 'only', expected: expect.licenses, actual }]
}

/** @type {Readonly<Record<string, (vector: Vector) => ReadonlyArray<Failure>>>} */
export const FORMATS = { 'allocation/1': runAllocation, 'compliance/1': runCompliance }
