/**
 * Whom a license is for: distribution conditions, clients, and types that have nothing to do with each other (group H of
 * the properties).
 */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { arrangedFor, estateWorld } from '../../generators/deployment.js'
import { aboutOf, onEveryHistory, onEveryPlan, packIn } from '../../generators/deployment/every.js'
import { explainAll, planOf } from '../../generators/deployment/run.js'
import { condition, conditions } from '../../generators/deployment/words.js'
import {
  isAtLeast,
  isOfType,
  normalizedEstate,
  typesOf,
  type SimulationGiven,
  type WireCondition,
  type WireDevice,
  type WireEstate,
  type WireEvent,
  type WireType,
} from '../../model/deployment.js'

// -------------------------------------------------------------------------------------
// conditions
// -------------------------------------------------------------------------------------

/** Worlds, and conditions that some of their devices meet. */
const worlds = fc.oneof(estateWorld, arrangedFor('assign'))
const further = fc.oneof(condition, fc.constant({ directory: 'target-top' }), fc.constant({ view: 'target' }))

/** Who is turned away for a reason, each device asked alone: pack, device and type. */
const turnedAway = (estate: WireEstate, now: string, reason: string): ReadonlySet<string> =>
  new Set(
    estate.devices.flatMap(({ id }) =>
      explainAll(estate, now, { devices: [id] }).flatMap(({ decision, packs }) =>
        packs
          .filter(({ turnedDown }) => turnedDown?.reason === reason)
          .map(({ pack }) => JSON.stringify([pack, aboutOf(decision)])),
      ),
    ),
  )

const isWithin = (some: ReadonlySet<string>, all: ReadonlySet<string>): boolean =>
  [...some].every((each) => all.has(each))

/** Every pack that has conditions, with one more; or none of them, to begin with. */
const withCondition = (estate: WireEstate, added: ReadonlyArray<WireCondition>): WireEstate => ({
  ...estate,
  packs: estate.packs.map((pack) => ({
    ...pack,
    distribution: {
      method: 'conditions' as const,
      conditions: [...(pack.distribution?.method === 'conditions' ? pack.distribution.conditions : []), ...added],
    },
  })),
})

test('one more condition of a pack turns away no one who was selected before (H17, ALD-36)', () => {
  let gained = 0
  fc.assert(
    fc.property(worlds, conditions, further, ({ estate, now }, first, added) => {
      const { packs, ...rest } = normalizedEstate(estate)
      const bare = packs.map((pack) => ({ ...pack, distribution: { method: 'conditions' as const, conditions: [] } }))
      const given = withCondition({ ...rest, packs: bare }, first)
      const [before, after] = [given, withCondition(given, [added])].map((each) =>
        turnedAway(each, now, 'conditions-not-met'),
      )
      expect(isWithin(after!, before!)).toBe(true)
      if (after!.size < before!.size) gained += 1
    }),
    { numRuns: 110 },
  )
  expect(gained).toBeGreaterThan(0)
})

const withGlobal = (estate: WireEstate, global: ReadonlyArray<WireCondition>): WireEstate => ({
  ...estate,
  settings: { ...estate.settings, distributionConditions: global },
})

test('a further global condition turns away no one who was selected before, the first one may (H17, ALD-41)', () => {
  let [gained, lost] = [0, 0]
  fc.assert(
    fc.property(worlds, conditions, further, ({ estate, now }, first, added) => {
      const given = withGlobal(normalizedEstate(estate), first)
      const [before, after] = [given, withGlobal(given, [...first, added])].map((each) =>
        turnedAway(each, now, 'global-conditions-not-met'),
      )
      if (first.length > 0) expect(isWithin(after!, before!)).toBe(true)
      else expect(before!.size).toBe(0)
      if (after!.size < before!.size) gained += 1
      if (after!.size > before!.size) lost += 1
      if (!isAtLeast(given.settings.umsVersion, '12.01.110')) expect(after!.size).toBe(0)
    }),
    { numRuns: 110 },
  )
  expect([gained > 0, lost > 0]).toEqual([true, true])
})

test('a renewal asks for no conditions, neither global nor of the pack, and takes no free license (H8, ALD-68)', () => {
  // An add-on also needs its base, which conditions may withhold.
  const renewals = (estate: WireEstate, now: string) =>
    planOf(estate, now).decisions.filter(({ action, licenseType }) => action === 'renew' && licenseType !== 'add-on')
  let seen = 0
  fc.assert(
    fc.property(estateWorld, conditions, ({ estate, now }, others) => {
      const given = normalizedEstate(estate)
      const closed = withGlobal({ ...given, packs: given.packs.map((pack) => ({ ...pack, total: 0 })) }, [
        { view: 'nobody' },
      ])
      const packs = closed.packs.map((pack) => ({
        ...pack,
        distribution: { method: 'conditions' as const, conditions: others },
      }))
      const expected = renewals(given, now)
      expect(renewals({ ...closed, packs }, now)).toEqual(expected)
      seen += expected.length
    }),
    { numRuns: 150 },
  )
  expect(seen).toBeGreaterThan(0)
})

// -------------------------------------------------------------------------------------
// clients
// -------------------------------------------------------------------------------------

const CLIENTS = ['north', 'south'] as const

/** Two clients with a tree of directories each, and packs that are each for one of them. */
const clients: fc.Arbitrary<SimulationGiven> = fc
  .record({
    devices: fc.array(fc.nat({ max: 5 }), { minLength: 2, maxLength: 5 }),
    moves: fc.array(fc.tuple(fc.nat({ max: 4 }), fc.nat({ max: 6 }), fc.nat({ max: 20 })), { maxLength: 8 }),
    totals: fc.tuple(fc.nat({ max: 3 }), fc.nat({ max: 3 })),
    days: fc.tuple(fc.integer({ min: 1, max: 25 }), fc.integer({ min: 1, max: 25 })),
  })
  .map(({ devices, moves, totals, days }): SimulationGiven => {
    const places = CLIENTS.flatMap((client) => [client, `${client}-1`, `${client}-1-1`])
    return {
      estate: {
        settings: {
          ...{ umsVersion: '12.10.100', umsId: 'U1', automaticDeployment: true },
          ...{ licenseExchange: true, exchangeDaysBeforeExpiration: 3 },
        },
        directories: CLIENTS.flatMap((client) => [
          { id: `${client}-1-1`, name: 'Floor', parent: `${client}-1` },
          { id: client, name: 'Client' },
          { id: `${client}-1`, name: 'House', parent: client },
        ]),
        packs: CLIENTS.flatMap((client, place) =>
          [0, 1].map((term) => ({
            ...{
              id: `${client}-${String(term)}`,
              licenseType: 'workspace-edition' as const,
              aldToken: 'valid' as const,
            },
            ...{ total: totals[place]! + term, allocated: 0, registered: '2026-01-01' },
            expires: `2026-11-${String(days[place]! + term).padStart(2, '0')}`,
            distribution: { method: 'conditions' as const, conditions: [{ directory: client }] },
          })),
        ),
        devices: devices.map((place, position) => ({
          ...{ id: `d-${String(position)}`, unitId: 'u', osVersion: '12.5.0', registered: '2026-06-01T08:00:00Z' },
          directory: places[place]!,
        })),
      },
      lastFullCheck: '2026-10-30T02:30:00Z',
      events: moves.map(([device, place, day]): WireEvent => ({
        at: new Date(Date.parse('2026-10-30T02:30:00Z') + day * 86_400_000 + device * 3_600_000).toISOString(),
        kind: 'device',
        device: `d-${String(device)}`,
        changes: { directory: places[place] ?? null },
      })),
      horizon: '2026-12-01T00:00:00Z',
    }
  })

test('no device ever gets a license of a pack that is for another client (H18, ALD-12)', () => {
  let served = 0
  onEveryHistory(
    (scenes) => {
      for (const { moment, decidedOn } of scenes)
        for (const { device, license, action } of moment.operations) {
          if (action === 'renew') continue
          const { directory = '' } = decidedOn.devices.find(({ id }) => id === device)!
          expect(directory.split('-')[0]).toBe(license.pack!.split('-')[0])
          served += 1
        }
    },
    60,
    clients,
  )
  expect(served).toBeGreaterThan(0)
})

test('a device that moves away from the conditions of its pack keeps what it has (ALD-42)', () => {
  onEveryHistory(
    (scenes) => {
      for (const { moment, before, decidedOn } of scenes)
        if (moment.kind === 'event')
          for (const device of before.devices)
            expect(decidedOn.devices.find(({ id }) => id === device.id)?.licenses).toEqual(device.licenses)
    },
    30,
    clients,
  )
})

// -------------------------------------------------------------------------------------
// types
// -------------------------------------------------------------------------------------

/** An estate in which only records of some types are left. */
const ofTypes = (estate: WireEstate, types: ReadonlyArray<WireType>): WireEstate => {
  const isLeft = (record: WireType) => types.some((type) => isOfType(type)(record))
  const only = ({ licenses, openRequests, ...device }: WireDevice): WireDevice => ({
    ...device,
    ...(licenses === undefined ? {} : { licenses: licenses.filter(isLeft) }),
    ...(openRequests === undefined ? {} : { openRequests: openRequests.filter(isLeft) }),
  })
  return {
    ...estate,
    packs: estate.packs.filter(isLeft),
    devices: estate.devices.map(only),
    bundled: (estate.bundled ?? []).filter(({ licenseType }) => isLeft({ licenseType })),
  }
}

const NEEDED: { readonly [Type in WireType['licenseType']]?: ReadonlyArray<WireType['licenseType']> } = {
  'add-on': ['workspace-edition', 'isl'],
  'workspace-edition': ['isl'],
}

test('types are decided by themselves, but for the base of an add-on and the base licenses that exclude each other (H19, ALD-27 to 29)', () => {
  onEveryPlan(({ decisions }, given, now) => {
    for (const type of typesOf(given)) {
      const needed = (NEEDED[type.licenseType] ?? []).map((licenseType) => ({ licenseType }))
      const alone = planOf(ofTypes(given, [type, ...needed]), now).decisions.filter(isOfType(type))
      expect(alone).toEqual(decisions.filter(isOfType(type)))
    }
  }, 150)
})

test('without its base no add-on is deployed, and no base beside a valid other one (H19, ALD-27, 29)', () => {
  onEveryPlan(({ operations, estate }, given, now) => {
    const isValid = (device: WireDevice, licenseType: WireType['licenseType']) =>
      (device.licenses ?? []).some(
        (each) =>
          each.licenseType === licenseType &&
          each.source !== 'starter' &&
          (each.expires === undefined || each.expires >= now.slice(0, 10)),
      )
    const deviceOf = ({ devices }: WireEstate, id: string) => devices.find((each) => each.id === id)!
    for (const { device, license } of operations) {
      if (license.licenseType === 'add-on') expect(isValid(deviceOf(estate, device), 'workspace-edition')).toBe(true)
      if (license.licenseType === 'workspace-edition') expect(isValid(deviceOf(given, device), 'isl')).toBe(false)
    }
  }, 150)
})

test('a license is given of exactly the type of its pack: two add-ons are two types (section 1)', () => {
  onEveryPlan(({ operations }, given) => {
    for (const { license } of operations) {
      if (license.source !== 'pack') continue
      const { licenseType, addOn } = packIn(given, license.pack)
      expect([license.licenseType, license.addOn]).toEqual([licenseType, addOn])
    }
  })
})
