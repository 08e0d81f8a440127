// Runs conformance vectors through both readers: npm run vectors -- [--fresh] FILE...
//
// Exit status 0 when every vector passes; 1 when one fails; 2 for usage, an unreadable file, an unknown format or no
// vector at all. The last line is always `N passed, M failed`.
import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { either as E, option as O } from 'fp-ts'
import { Allocation, AllocationPolicy, AuditSnapshot, Catalog, Day, Decision } from 'seatwise'

/** @typedef {{ id: string, title: string, cites: ReadonlyArray<string>, given: any, expect: any }} Vector */
/** @typedef {{ readonly id: string, readonly reader: string, readonly expected: unknown, readonly actual: unknown }} Failure */

/** A vector that gives what an earlier run left, or asks about it, needs a whole synchronization. */
const needsState = (/** @type {Vector} */ { given: { allocations, policy = {} } }) =>
  allocations !== undefined || 'capacity' in policy || 'existing' in policy

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

const READERS = /** @type {const} */ (['reference', 'compiled'])

/** Decides an allocation vector by one reader: its decisions, or what stands in the way. */
const decide = (/** @type {Vector} */ { given }, /** @type {'reference' | 'compiled'} */ reader) => {
  const catalog = Catalog.decode(given.catalog)
  const snapshots = AuditSnapshot.decodeAll(given.snapshots)
  const policy = AllocationPolicy.AllocationPolicy.decode(given.policy ?? {})
  const asOf = given.asOf === undefined ? O.none : Day.parse(given.asOf)
  if (E.isLeft(policy)) return E.left(policy.left.map(({ message }) => message))
  if (given.asOf !== undefined && O.isNone(asOf)) return E.left([`asOf is no day: ${given.asOf}`])
  return Allocation.run({
    catalog: catalog.right,
    snapshots: snapshots.right,
    policy: policy.right,
    reader,
    ...(O.isSome(asOf) ? { asOf: asOf.value } : {}),
  })
}

/** @returns {ReadonlyArray<Failure>} */
const runAllocation = (/** @type {Vector} */ vector) =>
  READERS.flatMap((reader) => {
    const decided = decide(vector, reader)
    const expected = vector.expect.decisions
    if (E.isLeft(decided)) return [{ id: vector.id, reader, expected, actual: decided.left }]
    const actual = decided.right.decisions.map(Decision.Decision.encode)
    const different = differences(expected, actual)
    return O.isSome(different) ? [{ id: vector.id, reader, ...different.value }] : []
  })

/** @type {Readonly<Record<string, (vector: Vector) => ReadonlyArray<Failure>>>} */
const FORMATS = { 'allocation/1': runAllocation }

class Unusable extends Error {}

const readVectors = async (/** @type {string} */ file) => {
  const text = await readFile(file, 'utf8').catch((/** @type {Error} */ { message }) => {
    throw new Unusable(`cannot read ${file}: ${message}`)
  })
  /** @type {any} */
  let parsed
  try {
    parsed = JSON.parse(text)
  } catch {
    throw new Unusable(`${file} is not JSON`)
  }
  const run = FORMATS[parsed?.format]
  if (run === undefined)
    throw new Unusable(`${file}: unknown format ${JSON.stringify(parsed?.format)}; known: ${Object.keys(FORMATS).join(', ')}`)
  if (!Array.isArray(parsed.vectors)) throw new Unusable(`${file} has no list of vectors`)
  return /** @type {{ vectors: ReadonlyArray<Vector>, run: typeof run }} */ ({ vectors: parsed.vectors, run })
}

const main = async () => {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { fresh: { type: 'boolean', default: false } } })
  if (positionals.length === 0) throw new Unusable('usage: npm run vectors -- [--fresh] FILE...')
  let passed = 0
  let failed = 0
  let leftOut = 0
  for (const file of positionals) {
    const { vectors, run } = await readVectors(file)
    for (const vector of vectors) {
      if (values.fresh && needsState(vector)) {
        leftOut += 1
        continue
      }
      const failures = run(vector)
      if (failures.length === 0) passed += 1
      else failed += 1
      for (const { id, reader, expected, actual } of failures) {
        console.log(`${id} fails in the ${reader} reader: ${vector.title}`)
        console.log(`  expected ${JSON.stringify(expected)}`)
        console.log(`  actual   ${JSON.stringify(actual)}`)
      }
    }
  }
  if (values.fresh) console.log(`${String(leftOut)} left out: they need earlier allocations, capacity or existing`)
  return { passed, failed }
}

const report = (/** @type {{ passed: number, failed: number }} */ { passed, failed }) => {
  console.log(`${String(passed)} passed, ${String(failed)} failed`)
}

try {
  const counts = await main()
  if (counts.passed + counts.failed === 0) console.error('there is no vector to run')
  process.exitCode = counts.passed + counts.failed === 0 ? 2 : counts.failed === 0 ? 0 : 1
  report(counts)
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = 2
  report({ passed: 0, failed: 0 })
}
