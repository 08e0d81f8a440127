/**
 * The generators keep their promises: every world can be decided, every arranged world has what it was arranged for, and
 * nothing that a rule can say is so rare that the laws would hardly ever see it.
 */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { resolveUnit } from '../model/allocation.js'
import { decide, decideByModel } from './decide.js'
import { isOfTarget, OUTCOMES, RULES, unarranged, world, worldWhere, type Target } from './target.js'
import { OPTIONS, type World } from './world.js'

const decidedAs = (target: Target) => {
  switch (target) {
    case 'unreconciled':
    case 'untracked':
      return { outcome: target }
    case 'hardware':
    case 'retired-computer':
      return { outcome: 'skipped', reason: target }
    default:
      return { outcome: 'allocated', rule: target }
  }
}

test.each([...RULES, ...OUTCOMES])('a world arranged for %s has it, by the model', (target) => {
  fc.assert(
    fc.property(worldWhere(target), (arranged) => {
      const snapshots = arranged.snapshots.filter(({ computer }) => isOfTarget(computer.id))
      const decisions = decideByModel({ ...arranged, snapshots })
      expect(decisions.length).toBeGreaterThan(0)
      for (const decision of decisions) expect(decision).toMatchObject(decidedAs(target))
    }),
    { numRuns: 20 },
  )
})

/** Counts, by what is counted. */
const tally = (found: ReadonlyArray<string>): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>()
  for (const each of found) counts.set(each, (counts.get(each) ?? 0) + 1)
  return counts
}

const policyValues = ({ policy }: World): ReadonlyArray<string> =>
  Object.entries(OPTIONS).map(([name, [usual]]) => `${name}: ${policy[name as keyof typeof OPTIONS] ?? usual}`)

test('every rule, outcome, policy, warning and violation is common in generated worlds', () => {
  const worlds = fc
    .sample(world, { numRuns: 2_000, seed: 15 })
    .map((each) => ({ world: each, decisions: decide(each) }))
  const decisions = worlds.flatMap((each) => each.decisions)
  const allocated = decisions.filter(({ outcome }) => outcome === 'allocated')

  const ofDecisions = tally(decisions.map(({ rule, reason, outcome }) => rule ?? reason ?? outcome))
  for (const kind of [...RULES, ...OUTCOMES])
    expect((ofDecisions.get(kind) ?? 0) / decisions.length, kind).toBeGreaterThanOrEqual(0.03)

  expect(allocated.filter(({ tied }) => tied !== undefined).length / allocated.length).toBeGreaterThanOrEqual(0.1)

  const ofWorlds = tally(
    worlds.flatMap((each) => [
      ...policyValues(each.world),
      ...new Set(each.decisions.flatMap(({ warnings = [], violations = [] }) => [...warnings, ...violations])),
    ]),
  )
  const kinds = [
    ...Object.entries(OPTIONS).flatMap(([name, values]) => values.map((value) => `${name}: ${value}`)),
    ...['device', 'organization', 'location'],
    ...['several-mains', 'ambiguous-organization', 'ambiguous-location'],
  ]
  for (const kind of kinds) expect((ofWorlds.get(kind) ?? 0) / worlds.length, kind).toBeGreaterThanOrEqual(0.03)
})

test('references of generated worlds are found, ambiguous and unknown, on licenses and in snapshots', () => {
  const worlds = fc.sample(unarranged, { numRuns: 400, seed: 16 })
  const kinds = (reference: (each: World) => ReadonlyArray<string | undefined>) =>
    tally(
      worlds.flatMap((each) =>
        reference(each).flatMap((text) =>
          text === undefined
            ? []
            : [resolveUnit(each.catalog.organizations ?? [], text, each.policy.text ?? 'case-insensitive').kind],
        ),
      ),
    )
  const shown = kinds(({ snapshots }) => snapshots.map(({ organization }) => organization))
  const asked = kinds(({ catalog }) => catalog.licenses.map(({ restrictions }) => restrictions?.organization?.unit))
  for (const kind of ['one', 'ambiguous', 'none'])
    for (const found of [shown, asked]) expect(found.get(kind) ?? 0, kind).toBeGreaterThan(20)
})
