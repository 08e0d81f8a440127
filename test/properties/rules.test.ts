/**
 * Group C of the properties, on one decision at a time: what the rules mean, recomputed from the signs of the model.
 */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareByName, isBlank } from '../model/allocation.js'
import { casesOf, firstMatch, indexOf, type Case } from '../generators/cases.js'
import { decide } from '../generators/decide.js'
import { RULES, world } from '../generators/target.js'
import type { World } from '../generators/world.js'

/** Every installation that came to the rules, in many worlds. */
const onEveryCase = (holds: (each: Case, given: World) => void, numRuns = 200): void => {
  fc.assert(
    fc.property(world, (given) => {
      for (const each of casesOf(given, decide(given))) holds(each, given)
    }),
    { numRuns },
  )
}

test('the rule that decides is the first that matches any candidate (C1)', () => {
  onEveryCase(({ decision, candidates }) => {
    const first = Math.min(RULES.length, ...candidates.map(firstMatch))
    expect(decision.rule).toBe(RULES[first])
    expect(decision.outcome).toBe(first === RULES.length ? 'unreconciled' : 'allocated')
  })
})

test('no candidate matches at any rule before the one that decides, the winner matches at that one (C2)', () => {
  onEveryCase(({ decision, candidates }) => {
    const deciding = decision.rule === undefined ? RULES.length : indexOf(decision.rule)
    for (const candidate of candidates)
      for (const rule of candidate.matches) expect(indexOf(rule)).toBeGreaterThanOrEqual(deciding)
    const winner = candidates.find(({ license }) => license.id === decision.license)
    if (decision.rule !== undefined) expect(winner?.matches).toContain(decision.rule)
  })
})

test('the first in name order wins, and all others that match at the rule are tied, in name order (C3)', () => {
  onEveryCase(({ decision, candidates }) => {
    const matching = candidates
      .filter(({ matches }) => matches.some((rule) => rule === decision.rule))
      .map(({ license }) => license)
      .sort(compareByName)
    const named = decision.license === undefined ? [] : [decision.license, ...(decision.tied ?? [])]
    expect(named).toEqual(matching.map(({ id }) => id))
  })
})

test('every installation has exactly one outcome, and at most one license (C4, invariant 2)', () => {
  fc.assert(
    fc.property(world, (given) => {
      const decisions = decide(given)
      const keys = decisions.map(({ computer, installation }) => JSON.stringify([computer, installation]))
      const installed = given.snapshots.flatMap(({ computer, installations = [] }) =>
        installations.map(({ id }) => JSON.stringify([computer.id, id])),
      )
      expect(new Set(keys)).toEqual(new Set(installed))
      expect(new Set(keys).size).toBe(keys.length)
      for (const { outcome, license, rule, tied, violations, reason } of decisions) {
        expect(outcome).toBeOneOf(['allocated', 'unreconciled', 'untracked', 'skipped'])
        expect(license !== undefined).toBe(outcome === 'allocated')
        expect(rule !== undefined).toBe(outcome === 'allocated')
        expect(reason !== undefined).toBe(outcome === 'skipped')
        if (outcome !== 'allocated') expect([tied, violations]).toEqual([undefined, undefined])
        for (const list of [tied, violations]) expect(list?.length).not.toBe(0)
      }
    }),
    { numRuns: 200 },
  )
})

test('no license that is per-user, retired or of another tracked software is ever allocated (C5, invariant 3)', () => {
  fc.assert(
    fc.property(world, (given) => {
      const { licenses, software } = given.catalog
      for (const { product, license, tied = [] } of decide(given))
        for (const id of license === undefined ? [] : [license, ...tied]) {
          const chosen = licenses.find((each) => each.id === id)!
          const holder = software.find((each) => each.id === chosen.software)!
          expect(chosen.metric).not.toBe('user')
          expect(chosen.retired).not.toBe(true)
          expect(holder.retired).not.toBe(true)
          expect(holder.products).toContain(product)
        }
    }),
    { numRuns: 200 },
  )
})

test('a blank key decides nothing, on either side (C6)', () => {
  onEveryCase(({ decision, candidates, installation }) => {
    const winner = candidates.find(({ license }) => license.id === decision.license)?.license
    if (decision.rule === '1.1' || decision.rule === '1.2')
      expect([winner?.serialNumber, installation.serialNumber].some(isBlank)).toBe(false)
    if (decision.rule === '1.1' || decision.rule === '1.3')
      expect([winner?.installationKey, installation.installationKey].some(isBlank)).toBe(false)
  })
})

test('a main license that matches an earlier rule is reported with that rule; of several the first by name is chosen, with a warning (C18)', () => {
  onEveryCase(({ decision, candidates }, { policy }) => {
    const mains = candidates.filter(({ signs }) => signs.main)
    if (mains.some((each) => firstMatch(each) < indexOf('4'))) expect(decision.rule).not.toBe('4')
    const reached = decision.rule === undefined || decision.rule === '4'
    expect((decision.warnings ?? []).includes('several-mains')).toBe(reached && mains.length > 1)
    if (decision.rule === '4' && mains.length > 1) expect(policy.severalMains ?? 'first-by-name').toBe('first-by-name')
  })
})

test('with default options, an unreconciled installation has no main candidate (invariant 9)', () => {
  fc.assert(
    fc.property(world, (each) => {
      const given = { ...each, policy: {} }
      for (const { decision, candidates } of casesOf(given, decide(given)))
        if (decision.outcome === 'unreconciled') expect(candidates.some(({ signs }) => signs.main)).toBe(false)
    }),
    { numRuns: 200 },
  )
})
