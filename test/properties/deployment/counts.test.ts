/**
 * How many licenses are given out: exactly the free ones, each counted once (group H of the properties).
 */
import fc from 'fast-check'
import { Deployment } from 'seatwise'
import { expect, test } from 'vitest'
import { daysFrom, estateWorld } from '../../generators/deployment.js'
import { aboutOf, onEveryPlan, packIn } from '../../generators/deployment/every.js'
import { allocatedIn } from '../../generators/deployment/replay.js'
import { decodeEstate, instant, must, planOf } from '../../generators/deployment/run.js'
import { isAtLeast, normalizedEstate, type WireEstate, type WireProductPack } from '../../model/deployment.js'

const NOW = '2028-02-29T12:00:00Z'

/** One pack with so many licenses, so many of them allocated, and devices that all want one. */
const scarce = (total: number, allocated: number, devices: number): WireEstate => ({
  settings: { umsVersion: '12.10.100', umsId: 'U1', automaticDeployment: true },
  packs: [
    {
      ...{ id: 'P', licenseType: 'workspace-edition', total, allocated, registered: '2027-01-01' },
      ...{ expires: '2028-12-31', umsIds: ['U1'] },
    },
  ],
  devices: Array.from({ length: devices }, (_, place) => ({
    ...{ id: `d-${String(place)}`, unitId: `u-${String(place)}`, osVersion: '12.5.0' },
    registered: new Date(Date.parse('2027-06-01T00:00:00Z') + ((place * 7) % devices) * 1000).toISOString(),
  })),
})

test('a pack gives licenses from its first day to its last, both included (H2, ALD-51)', () => {
  const days = fc.option(fc.integer({ min: -2, max: 2 }), { nil: undefined, freq: 4 })
  const on = daysFrom(NOW)
  const optional = (field: string, day: number | undefined) => (day === undefined ? {} : { [field]: on(day) })
  fc.assert(
    fc.property(days, days, fc.constantFrom('T00:00:00Z', 'T12:00:00Z', 'T23:59:59.999Z'), (starts, expires, time) => {
      const { packs, ...rest } = scarce(1, 0, 1)
      const { expires: _, ...pack } = packs[0]!
      const dated = { ...pack, ...optional('starts', starts), ...optional('expires', expires) }
      const [decision] = planOf({ ...rest, packs: [dated] }, `${on(0)}${time}`).decisions
      const hasStarted = starts === undefined || starts <= 0
      const isOver = expires !== undefined && expires < 0
      const expected = hasStarted ? (isOver ? 'pack-expired' : undefined) : 'pack-not-started'
      expect(decision?.reason).toBe(expected)
    }),
    { numRuns: 80 },
  )
})

test('of one pack exactly the free licenses are given out, to whoever registered first, and the rest have a reason (H5, ALD-49)', () => {
  fc.assert(
    fc.property(fc.nat({ max: 12 }), fc.nat({ max: 14 }), fc.nat({ max: 12 }), (total, allocated, demand) => {
      const estate = scarce(total, allocated, demand)
      const { decisions, estate: after } = planOf(estate, NOW)
      const served = decisions.filter(({ action }) => action === 'assign').map(({ device }) => device)
      const free = Math.max(0, total - allocated)
      const inTurn = [...estate.devices]
        .sort((a, b) => Date.parse(a.registered) - Date.parse(b.registered))
        .map(({ id }) => id)
      expect(served).toEqual(inTurn.slice(0, free))
      expect(after.packs[0]!.allocated).toBe(allocated + Math.min(free, demand))
      const reasons = decisions.flatMap(({ reason }) => reason ?? [])
      expect(reasons).toEqual(Array.from({ length: Math.max(0, demand - free) }, () => 'no-free-license'))
    }),
    { numRuns: 110 },
  )
})

test('of several packs no license stays free while a device that may have it goes without (ALD-49)', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat({ max: 4 }), fc.nat({ max: 5 })), { minLength: 1, maxLength: 4 }),
      fc.nat({ max: 12 }),
      (counts, demand) => {
        const estate = scarce(0, 0, demand)
        const packs = counts.map(([total, allocated], place): WireProductPack => ({
          ...estate.packs[0]!,
          ...{ id: `P-${String(place)}`, total, allocated },
        }))
        const free = counts.reduce((sum, [total, allocated]) => sum + Math.max(0, total - allocated), 0)
        const { operations } = planOf({ ...estate, packs }, NOW)
        expect(operations).toHaveLength(Math.min(free, demand))
      },
    ),
    { numRuns: 110 },
  )
})

test('no pack is allocated beyond its licenses, and of one that is full or over-allocated nothing is given (H4, ALD-48)', () => {
  onEveryPlan(({ operations, estate }, given) => {
    for (const { id, total, allocated } of given.packs) {
      const after = packIn(estate, id).allocated
      expect(after).toBeLessThanOrEqual(Math.max(total, allocated))
      const taken = operations.filter(
        ({ action, license }) => (action === 'assign' || action === 'exchange') && license.pack === id,
      )
      expect(after - allocated).toBe(taken.length)
      if (allocated >= total) expect(taken).toEqual([])
    }
  })
})

test('what is over-allocated is reported, and what was used up by the plan, but not what is retired (H4, ALD-50, 104)', () => {
  fc.assert(
    fc.property(estateWorld, ({ estate: drawn, now }) => {
      const given = normalizedEstate(drawn)
      const { estate } = planOf(given, now)
      const raised = must('notifications', Deployment.notifications(decodeEstate(given), instant(now)))
      for (const { id, total, allocated, status } of estate.packs) {
        const kinds = raised.filter(({ pack }) => pack === id).map(({ kind }) => kind)
        const isLoud = status !== 'merged' && status !== 'archived' && isAtLeast(given.settings.umsVersion, '6.05.100')
        expect(kinds.includes('pack-over-allocated')).toBe(isLoud && allocated > total)
        expect(kinds.includes('pack-used-up') && isLoud).toBe(isLoud && allocated === total)
      }
    }),
    { numRuns: 110 },
  )
})

test('the allocations that a plan adds are the licenses that it gives from packs, and devices have them (H11)', () => {
  const sum = (estate: WireEstate) => Object.values(allocatedIn(estate)).reduce((total, each) => total + each, 0)
  onEveryPlan(({ operations, estate }, given) => {
    const taking = operations.filter(({ action }) => action === 'assign' || action === 'exchange')
    expect(sum(estate) - sum(given)).toBe(taking.length)
    const licenses = ({ devices }: WireEstate) =>
      devices.reduce((count, { licenses: held = [] }) => count + held.length, 0)
    const adding = operations.filter(({ action }) => action !== 'renew')
    expect(licenses(estate) - licenses(given)).toBe(adding.length)
    // Nothing is taken from anybody, and nobody else is touched.
    const touched = new Set(operations.map(({ device }) => device))
    for (const device of given.devices)
      if (!touched.has(device.id)) expect(estate.devices.find(({ id }) => id === device.id)).toEqual(device)
  })
})

test('an exchange leaves the pack that the device had a license from as it is, and the license on the device (H11, ALD-75, 76)', () => {
  let seen = 0
  onEveryPlan(({ operations, estate }, given) => {
    for (const { action, device, license } of operations) {
      if (action !== 'exchange') continue
      const old = given.devices.find(({ id }) => id === device)?.licenses ?? []
      const now = estate.devices.find(({ id }) => id === device)?.licenses ?? []
      const others = operations.filter((each) => each.device === device && each.action === 'renew')
      if (others.length > 0) continue
      expect(now.slice(0, old.length)).toEqual(old)
      expect(now).toContainEqual(license)
      seen += 1
    }
    const taking = operations.filter(({ action }) => action === 'assign' || action === 'exchange')
    const left = given.packs.filter(({ id }) => taking.every(({ license }) => license.pack !== id))
    for (const pack of left) expect(packIn(estate, pack.id)).toEqual(pack)
  }, 300)
  expect(seen).toBeGreaterThan(0)
})

test('what is started by hand for some devices is what it would be for a UMS that has no others (ALD-115)', () => {
  onEveryPlan((_, given, now) => {
    const [first, ...others] = given.devices
    if (first === undefined) return
    const alone = planOf(given, now, { devices: [first.id] })
    // The others only say which types there are.
    const abouts = new Set(alone.decisions.map(aboutOf))
    const lonely = planOf({ ...given, devices: [first] }, now)
    for (const decision of lonely.decisions)
      expect(alone.decisions.find((each) => aboutOf(each) === aboutOf(decision))).toEqual(decision)
    expect([...abouts].every((about) => about.startsWith(JSON.stringify([first.id]).slice(0, -1)))).toBe(true)
    for (const device of others) expect(alone.estate.devices).toContainEqual(device)
  }, 110)
})
