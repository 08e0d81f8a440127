/**
 * Deployment comes out as it does by a model that was written from the rules alone and shares no code with the library:
 * plans, simulations, and all that is asked beside them.
 */
import { option as O } from 'fp-ts'
import fc from 'fast-check'
import { Deployment, Device, Instant, Version } from 'seatwise'
import { expect, test } from 'vitest'
import { daysFrom, estateWorld, later, simulationWorld, type EstateWorld } from '../generators/deployment.js'
import {
  canonical,
  day,
  decodeEstate,
  encodeEstate,
  instant,
  must,
  parsed,
  planOf,
  READERS,
  simulated,
} from '../generators/deployment/run.js'
import { EVERY_TYPE, osVersion } from '../generators/deployment/words.js'
import { present } from '../generators/world.js'
import {
  consumptionByModel,
  coverageByModel,
  dueByByModel,
  expiryByModel,
  holdsFrom,
  normalizedEstate,
  notificationsByModel,
  planByModel,
  returnByModel,
  simulateByModel,
  type ExpiryGiven,
  type WireDeviceLicense,
} from '../model/deployment.js'

// -------------------------------------------------------------------------------------
// plans and simulations
// -------------------------------------------------------------------------------------

test.each(READERS)('plans are those of the model: decisions, their order, and the estate after them (%s)', (reader) => {
  fc.assert(
    fc.property(estateWorld, ({ estate, now }) => {
      const expected = planByModel(estate, now)
      const { decisions, estate: after } = planOf(estate, now, { reader })
      expect(decisions).toEqual(expected.decisions)
      expect(canonical(after)).toEqual(canonical(expected.estate))
    }),
    { numRuns: 420 },
  )
})

test.each(READERS)('a plan for some devices is that of the model, whatever their names (ALD-115; %s)', (reader) => {
  const places = fc.array(fc.nat({ max: 7 }), { maxLength: 4 })
  fc.assert(
    fc.property(estateWorld, places, ({ estate, now }, named) => {
      const devices = named.map((place) => estate.devices[place]?.id ?? 'unknown')
      const expected = planByModel(estate, now, devices)
      const { decisions, estate: after } = planOf(estate, now, { reader, devices })
      expect(decisions).toEqual(expected.decisions)
      expect(canonical(after)).toEqual(canonical(expected.estate))
    }),
    { numRuns: 140 },
  )
})

test('simulations are those of the model: when was checked, what was taken when, and the estate at the horizon', () => {
  // Events before the last full check happen, too, as they come.
  const shift = fc.constantFrom(0, 0, 0, 1, 3_600, 90_000)
  fc.assert(
    fc.property(simulationWorld, shift, (drawn, seconds) => {
      const [lastFullCheck, horizon] = [drawn.lastFullCheck, drawn.horizon].map((at) => later(at, seconds))
      const given = { ...drawn, lastFullCheck: lastFullCheck!, horizon: horizon! }
      const expected = simulateByModel(given)
      const { decisions, end, moments } = simulated(given)
      expect(decisions).toEqual(expected.decisions)
      const told = moments.filter(({ kind }) => kind !== 'event').map(({ at, kind }) => `${at} ${kind}`)
      const checks = expected.checks.filter(
        ({ at, kind, isForSomething }) => isForSomething || told.includes(`${at} ${kind}`),
      )
      expect(told).toEqual(checks.map(({ at, kind }) => `${at} ${kind}`))
      expect(canonical(end)).toEqual(canonical(expected.estate))
    }),
    { numRuns: 420 },
  )
})

// -------------------------------------------------------------------------------------
// when devices are checked, what deletion and expiry mean
// -------------------------------------------------------------------------------------

/** Seconds between what makes a check due: the same instant, and the ones beside it. */
const BESIDE = [-86_400, -300, -30, -0.001, 0, 0.001, 30, 300, 86_370, 86_400] as const

const beside = fc.constantFrom(...BESIDE)

test('a device is due by the instant of the model, around every instant that counts (section 12)', () => {
  fc.assert(
    fc.property(
      estateWorld,
      fc.record({ boot: fc.option(beside, { freq: 3 }), check: fc.option(beside, { freq: 3 }), of: fc.boolean() }),
      ({ estate: given }, { boot, check, of }) => {
        const devices = given.devices.map((device) =>
          present({ ...device, lastBoot: boot === null ? undefined : later(device.registered, boot) }),
        )
        const estate = { ...given, devices }
        const decoded = decodeEstate(estate)
        for (const device of decoded.devices) {
          const { registered, lastBoot } = devices.find(({ id }) => id === device.id)!
          const from = of ? registered : (lastBoot ?? registered)
          const lastFullCheck = check === null ? undefined : later(from, check)
          const due = Deployment.dueBy(
            decoded.settings,
            device,
            lastFullCheck === undefined ? undefined : instant(lastFullCheck),
          )
          const { dueBy } = dueByByModel({ estate, device: device.id, lastFullCheck })
          expect(O.toNullable(O.map(Instant.show)(due))).toBe(dueBy)
        }
      },
    ),
    { numRuns: 210 },
  )
})

test('a device that is deleted gives back what it gives back by the model (section 13)', () => {
  const how = fc.record({ deleteLicenses: fc.boolean(), online: fc.boolean(), ilpReachable: fc.boolean() })
  fc.assert(
    fc.property(estateWorld, how, fc.boolean(), ({ estate: given, now }, asked, isPlanned) => {
      const estate = isPlanned ? planOf(given, now).estate : given
      const decoded = decodeEstate(estate)
      for (const device of decoded.devices) {
        const deletion = { ...asked, device: device.id }
        const { freed, estate: after, ...rest } = must('deletion', Deployment.deleteDevice(decoded, deletion))
        const { packs, ...expected } = returnByModel({ estate, deletion })
        expect(rest).toEqual(expected)
        const held = normalizedEstate(estate).devices.find(({ id }) => id === device.id)!
        const sources = Object.keys(packs).filter((pack) => holdsFrom(held, pack).length > 0)
        expect([...freed].sort()).toEqual(expected.status === 'returned' ? sources.sort() : [])
        const { devices, packs: packsAfter } = encodeEstate(after)
        expect(Object.fromEntries(packsAfter.map(({ id, allocated }) => [id, allocated]))).toEqual(packs)
        expect(devices).toEqual(encodeEstate(decoded).devices.filter(({ id }) => id !== device.id))
      }
    }),
    { numRuns: 140 },
  )
})

const TODAY = '2028-02-29T00:00:00Z'

/** Days around the ends of the warning and of the grace. */
const aroundExpiry = fc.constantFrom(-400, -29, -28, -27, -1, 0, 1, 9, 10, 11, 400, undefined)

const expiryGiven: fc.Arbitrary<ExpiryGiven> = fc
  .record({
    type: fc.constantFrom(...EVERY_TYPE),
    source: fc.constantFrom('pack' as const, 'pack' as const, 'bundled' as const, 'starter' as const),
    evaluation: fc.constantFrom(undefined, undefined, true, false),
    expires: aroundExpiry,
    osVersion: fc.oneof(fc.constantFrom('12.5.0', '12', '11.99.9', '12.0'), osVersion),
    base: fc.constantFrom(undefined, undefined, -1, 0, 1),
    update: fc.constantFrom(undefined, -1, 0, 1),
  })
  .map(({ type, source, evaluation, expires, osVersion: version, base, update }): ExpiryGiven => {
    const on = daysFrom(TODAY)
    const fromExpiry = (days: number | undefined) => (days === undefined ? undefined : on((expires ?? 0) + days))
    const license: WireDeviceLicense = present({
      ...type,
      ...{ source, evaluation, expires: expires === undefined ? undefined : on(expires) },
    })
    return present({
      ...{ license, osVersion: version, today: on(0) },
      ...{ baseSystemReleased: fromExpiry(base), updateReleased: fromExpiry(update) },
    })
  })

test('a license means for its device what it means by the model, around every day that counts (section 14)', () => {
  const optional = (name: string, text: string | undefined) => (text === undefined ? {} : { [name]: day(text) })
  fc.assert(
    fc.property(expiryGiven, (given) => {
      const expiry = Deployment.expiry(must('license', Device.DeviceLicense.decode(given.license)), {
        osVersion: parsed('version', Version.parse)(given.osVersion),
        today: day(given.today),
        ...optional('baseSystemReleased', given.baseSystemReleased),
        ...optional('updateReleased', given.updateReleased),
      })
      expect(expiry).toEqual(expiryByModel(given))
    }),
    { numRuns: 2_100 },
  )
})

// -------------------------------------------------------------------------------------
// what is reported and counted
// -------------------------------------------------------------------------------------

/** A world as it is, and as its plan leaves it. */
const onBoth = (holds: (world: EstateWorld) => void) => (world: EstateWorld) => {
  holds(world)
  holds({ ...world, estate: planOf(world.estate, world.now).estate })
}

const sorted = (rows: ReadonlyArray<object>): ReadonlyArray<string> => rows.map((row) => JSON.stringify(row)).sort()

test('the notifications are those of the model (section 15)', () => {
  const limits = fc.record({
    lowStockLimit: fc.constantFrom(undefined, 0, 1, 2, 6, 7, 20),
    expiryWarningDays: fc.constantFrom(undefined, 0, 1, 7, 365),
  })
  fc.assert(
    fc.property(estateWorld, limits, ({ estate, now }, given) => {
      const raised = must(
        'notifications',
        Deployment.notifications(decodeEstate(estate), instant(now), present(given) as Deployment.NotificationLimits),
      )
      const rows = raised.map(({ kind, class: of, pack }) => ({ kind, class: of, pack }))
      expect(sorted(rows)).toEqual(sorted(notificationsByModel({ estate, now, ...given }).notifications))
    }),
    { numRuns: 280 },
  )
})

test('the consumption of packs is that of the model, before a plan and after it (ALD-116)', () => {
  fc.assert(
    fc.property(estateWorld, fc.integer({ min: -1, max: 31 }), (world, days) =>
      onBoth(({ estate, now }) => {
        const asked = `${daysFrom(now)(days)}T00:00:00Z`
        const rows = must('consumption', Deployment.consumption(decodeEstate(estate), instant(asked)))
        const expected = consumptionByModel(estate, asked).map(({ holders, valid, ...row }) => ({
          ...row,
          ...{ holders: holders.length, validHolders: valid.length },
        }))
        expect(rows).toEqual([...expected].sort((a, b) => (a.pack < b.pack ? -1 : 1)))
      })(world),
    ),
    { numRuns: 140 },
  )
})

test('the coverage of types is that of the model, before a plan and after it (ALD-116)', () => {
  fc.assert(
    fc.property(
      estateWorld,
      onBoth(({ estate, now }) => {
        const rows = must('coverage', Deployment.coverage(decodeEstate(estate), instant(now)))
        const expected = coverageByModel(estate, now).map(({ notLicensed: unlicensed, ...row }) => ({
          ...row,
          unlicensed,
        }))
        expect(rows).toEqual(expected)
      }),
    ),
    { numRuns: 100 },
  )
})
