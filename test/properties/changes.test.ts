/**
 * Group C of the properties: what a change to the records may change in the decisions.
 */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { casesOf, firstMatch, indexOf, type Case } from '../generators/cases.js'
import { choiceOf, mapLicenses, sideBySide, without, withPolicy } from '../generators/change.js'
import { decide } from '../generators/decide.js'
import { world, worldAndLicense, worldWhere } from '../generators/target.js'
import { EXPIRIES, LICENSE_IDS } from '../generators/vocabulary.js'
import type { World } from '../generators/world.js'

test('adding a license changes the license and rule of a decision to its own, or not at all (C8, invariant 4)', () => {
  fc.assert(
    fc.property(worldAndLicense, ({ given, license }) => {
      for (const [before, after] of sideBySide(decide(without(given, license)), decide(given)))
        if (after.license !== license.id) expect(choiceOf(after)).toEqual(choiceOf(before))
    }),
    { numRuns: 200 },
  )
})

test('removing a license that won nothing changes no license and no rule (C9)', () => {
  fc.assert(
    fc.property(worldAndLicense, ({ given, license }) => {
      const decisions = decide(given)
      fc.pre(decisions.every((decision) => decision.license !== license.id))
      expect(decide(without(given, license)).map(choiceOf)).toEqual(decisions.map(choiceOf))
    }),
    { numRuns: 200 },
  )
})

test('removing a winner changes only the installations that it had won (C10)', () => {
  fc.assert(
    fc.property(worldAndLicense, ({ given, license }) => {
      const decisions = decide(given)
      fc.pre(decisions.some((decision) => decision.license === license.id))
      for (const [before, after] of sideBySide(decisions, decide(without(given, license)))) {
        if (before.license === license.id) expect(after.license).not.toBe(license.id)
        else expect(choiceOf(after)).toEqual(choiceOf(before))
      }
    }),
    { numRuns: 200 },
  )
})

test('whatever matches later than the winner may be anything that matches later: it changes no winner (C11)', () => {
  fc.assert(
    fc.property(worldAndLicense, world, fc.nat(), ({ given, license }, other, pick) => {
      fc.pre(other.catalog.licenses.length > 0)
      const { id, software } = license
      const changed = { ...other.catalog.licenses[pick % other.catalog.licenses.length]!, id, software }
      const after = mapLicenses(given, (each) => (each.id === id ? changed : each))
      const decisions = decide(after)
      const matchesLater = ({ decision, candidates }: Case): boolean => {
        const candidate = candidates.find((each) => each.license.id === id)
        return (
          candidate === undefined || firstMatch(candidate) > (decision.rule === undefined ? -1 : indexOf(decision.rule))
        )
      }
      const before = decide(given)
      const late = new Set(
        casesOf(given, before)
          .filter(matchesLater)
          .map(({ decision }) => decision),
      )
      const stillLate = new Set(
        casesOf(after, decisions)
          .filter(matchesLater)
          .map(({ decision }) => decision),
      )
      for (const [was, is] of sideBySide(before, decisions))
        if (late.has(was) && stillLate.has(is)) expect(choiceOf(is)).toEqual(choiceOf(was))
    }),
    { numRuns: 200 },
  )
})

test('a change inside one tracked software leaves the decisions of every other as they are (C12)', () => {
  fc.assert(
    fc.property(world, world, fc.nat(), (given, other, pick) => {
      const { software } = given.catalog
      const changed = software[pick % software.length]!
      const foreign = other.catalog.licenses
        .filter((license, position, all) => all.findIndex(({ id }) => id === license.id) === position)
        .map((license) => ({ ...license, id: `other ${license.id}`, software: changed.id }))
      const after: World = {
        ...given,
        catalog: {
          ...given.catalog,
          software: software.map((each) => (each.id === changed.id ? { ...each, name: 'Changed' } : each)),
          licenses: [...given.catalog.licenses.filter((license) => license.software !== changed.id), ...foreign],
        },
      }
      for (const [before, now] of sideBySide(decide(given), decide(after))) {
        const isOfChanged = changed.retired !== true && changed.products.includes(before.product)
        if (!isOfChanged) expect(now).toEqual(before)
      }
    }),
    { numRuns: 200 },
  )
})

test('a change to one computer leaves the decisions of all others as they are (C13)', () => {
  fc.assert(
    fc.property(world, world, fc.nat(), fc.nat(), (given, other, pick, otherPick) => {
      fc.pre(given.snapshots.length > 0 && other.snapshots.length > 0)
      const { id } = given.snapshots[pick % given.snapshots.length]!.computer
      const changed = other.snapshots[otherPick % other.snapshots.length]!
      const snapshots = given.snapshots.map((snapshot) =>
        snapshot.computer.id === id ? { ...changed, computer: { ...changed.computer, id } } : snapshot,
      )
      const ofOthers = (each: World) => decide(each).filter(({ computer }) => computer !== id)
      expect(ofOthers({ ...given, snapshots })).toEqual(ofOthers(given))
      const gone = given.snapshots.filter(({ computer }) => computer.id !== id)
      expect(decide({ ...given, snapshots: gone })).toEqual(ofOthers(given))
    }),
    { numRuns: 200 },
  )
})

test('expiry, entitlements, upgrade links and the kind of metric change nothing by default (C19, ALLOC-11)', () => {
  const irrelevant = fc.record({
    expires: fc.constantFrom(...EXPIRIES, '1999-12-31'),
    entitlements: fc.constantFrom(0, 1, 7),
    upgradeFor: fc.constantFrom(...LICENSE_IDS),
    metric: fc.constantFrom('installation' as const, 'named-computer' as const, 'site' as const, 'none' as const),
  })
  fc.assert(
    fc.property(world, fc.array(irrelevant, { minLength: 3, maxLength: 3 }), (each, changes) => {
      const given = withPolicy(each, { expired: 'eligible' })
      const changed = mapLicenses(given, (license) => ({
        ...license,
        // By id, so that an exact duplicate stays one.
        ...changes[license.id.length % changes.length],
        ...(license.metric === 'user' ? { metric: 'user' as const } : {}),
      }))
      expect(decide(changed)).toEqual(decide(given))
    }),
    { numRuns: 200 },
  )
})

test('an expired license is no candidate from the day after its last, and on that day it is (ALLOC-79)', () => {
  const day = fc.constantFrom('2026-05-14', '2026-05-15', '2026-05-16', '2027-01-01', '0000-01-01')
  fc.assert(
    fc.property(worldWhere('1.1'), day, day, (each, expires, asOf) => {
      const given = {
        ...withPolicy(
          mapLicenses(each, (license) => ({ ...license, expires })),
          { expired: 'excluded' },
        ),
        asOf,
      }
      const eligible = withPolicy(given, { expired: 'eligible' })
      if (expires >= asOf) expect(decide(given)).toEqual(decide(eligible))
      else expect(decide(given).every(({ license }) => license === undefined)).toBe(true)
    }),
    { numRuns: 150 },
  )
})
