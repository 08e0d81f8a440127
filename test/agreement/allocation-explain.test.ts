/**
 * What an explanation says is so, and leads to the decision: a checker that knows the records and the explanations alone, and
 * was written from the rules, has nothing to complain of (G1, G2). That it can complain is shown by lies, in the file beside.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { Allocation } from 'seatwise'
import { expect, test } from 'vitest'
import { explainAll } from '../generators/decide.js'
import { explainedWorld, explainPast, type PastWorld } from '../generators/synchronization.js'
import { world } from '../generators/target.js'
import type { World } from '../generators/world.js'
import { check } from '../model/explanation/check.js'
import type { Explanation } from '../model/explanation/claim.js'
import { checkOutline } from '../model/explanation/outline.js'

/** Explanations as a file holds them. */
const kept = (explanations: ReadonlyArray<Explanation>): ReadonlyArray<Explanation> =>
  JSON.parse(JSON.stringify(explanations)) as ReadonlyArray<Explanation>

test('every statement about a fresh decision is so, and they lead to the decision', () => {
  fc.assert(
    fc.property(world, (given) => {
      expect(check(given, kept(explainAll(given)))).toEqual([])
    }),
    { numRuns: 160 },
  )
})

test('every statement about a decision of a run is so, and they lead to the decision', () => {
  fc.assert(
    fc.property(explainedWorld, (given) => {
      expect(check(given, kept(explainPast(given)))).toEqual([])
    }),
    { numRuns: 160 },
  )
})

test('the outline of an explanation says what it says, in its codes, clauses and marks', () => {
  fc.assert(
    fc.property(explainedWorld, (given) => {
      for (const explanation of explainPast(given))
        expect(checkOutline(explanation, Allocation.outline(explanation))).toEqual([])
    }),
    { numRuns: 100 },
  )
})

test('the worlds show every outcome, gate, rule and kind of failure, exclusion, standing, tie and violation', () => {
  const seen = new Set<string>()
  for (const given of fc.sample(explainedWorld, { numRuns: 300, seed: 20_260_515 }))
    for (const { decision, covering, excluded, trials, deciding, violations } of explainPast(given)) {
      const { outcome, reason = '', rule = '' } = decision
      const attempts = trials.flatMap(({ candidates }) => candidates)
      for (const each of [
        ...[`${outcome} ${reason}`, `rule ${rule}`],
        ...covering.map(({ standing }) => standing),
        ...excluded.map((one) => `excluded: ${one.reason}`),
        ...attempts.map(({ failed, full }) => failed?.kind ?? (full === undefined ? 'matched' : 'full')),
        ...(deciding?.tied ?? []).map(({ after }) => `after ${after}`),
        ...violations.map(({ restriction }) => `${restriction} violated`),
        ...(decision.warnings ?? []),
      ])
        seen.add(each)
    }
  const expected = [
    ...['allocated ', 'kept ', 'unreconciled ', 'untracked ', 'skipped hardware', 'skipped retired-computer'],
    ...[...Allocation.table.map(({ rule }) => rule), ''].map((rule) => `rule ${rule}`),
    ...['kept', 'yields', 'set-aside', 'untouched'],
    ...['per-user', 'retired', 'retired-software', 'expired'].map((reason) => `excluded: ${reason}`),
    ...['matched', 'full', 'not-asked', 'not-met', 'not-absent', 'violated', 'not-so'],
    ...['name', 'name as given', 'id'].map((key) => `after ${key}`),
    ...['device', 'organization', 'location'].map((restriction) => `${restriction} violated`),
    ...['several-mains', 'ambiguous-organization', 'ambiguous-location'],
  ]
  expect(expected.filter((each) => !seen.has(each))).toEqual([])
  expect(seen.size).toBe(expected.length)
})

const NO_PAST = { policy: {}, allocations: [], incomplete: [], rejectedLicenses: [] }

const vectors = fileURLToPath(new URL('../vectors/allocation', import.meta.url))

test.each(readdirSync(vectors))('every statement about a decision of the vectors is so: %s', (file) => {
  const { vectors: all } = JSON.parse(readFileSync(join(vectors, file), 'utf8')) as {
    readonly vectors: ReadonlyArray<{ readonly id: string; readonly given: World & Partial<PastWorld> }>
  }
  for (const { id, given } of all) {
    const past = { ...NO_PAST, ...given }
    expect([id, check(past, kept(explainPast(past)))]).toEqual([id, []])
  }
})
