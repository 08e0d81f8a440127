/**
 * Terms: what a device is licensed for until when, when it is renewed, and when exchanged (group H of the properties).
 */
import fc from 'fast-check'
import { Deployment, Device, Version } from 'seatwise'
import { expect, test } from 'vitest'
import { arrangedFor, daysFrom, estateWorld } from '../../generators/deployment.js'
import {
  aboutOf,
  heldBy,
  lastDayHeld,
  onEveryOperation,
  onEveryPlan,
  packIn,
} from '../../generators/deployment/every.js'
import { day, must, parsed, planOf } from '../../generators/deployment/run.js'
import { EXCHANGE_DAYS } from '../../generators/deployment/words.js'
import { dayNumber, isAtLeast, normalizedEstate, type WireDevice, type WireEstate } from '../../model/deployment.js'

// -------------------------------------------------------------------------------------
// renewal
// -------------------------------------------------------------------------------------

test('a renewal keeps the pack, takes no license of it and gives its later date to all that the device has from it (H7, ALD-66, 68)', () => {
  let seen = 0
  onEveryPlan(({ operations, estate }, given) => {
    for (const { action, device, license } of operations) {
      if (action !== 'renew') continue
      const [before, after] = [given, estate].map(({ devices }) => devices.find(({ id }) => id === device)!)
      const fromIt = (each: WireDevice) =>
        heldBy(each, license).filter(({ source, pack }) => source === 'pack' && pack === license.pack)
      expect(fromIt(before!).length).toBeGreaterThan(0)
      expect(fromIt(after!)).toHaveLength(fromIt(before!).length)
      for (const { expires } of fromIt(after!)) expect(expires).toBe(packIn(given, license.pack).expires)
      // Whether a license is for evaluation, no renewal changes.
      expect(fromIt(after!).map(({ evaluation }) => evaluation)).toEqual(fromIt(before!).map((each) => each.evaluation))
      expect(license.evaluation).toBeUndefined()
      expect(after!.licenses).toHaveLength(before!.licenses!.length + addedTo(operations, device))
      seen += 1
    }
  }, 220)
  expect(seen).toBeGreaterThan(0)
})

const addedTo = (operations: ReadonlyArray<{ readonly action: string; readonly device: string }>, id: string): number =>
  operations.filter(({ action, device }) => action !== 'renew' && device === id).length

test('without a refresh of a pack nobody is renewed: the record has the date that its licenses have (H8, ALD-67)', () => {
  onEveryPlan((_, given, now) => {
    const devices = given.devices.map(({ licenses = [], ...device }) => ({
      ...device,
      licenses: licenses.map((license) => {
        const pack = given.packs.find(({ id }) => id === license.pack)
        const { expires: __, ...undated } = license
        return pack === undefined ? license : { ...undated, ...('expires' in pack ? { expires: pack.expires } : {}) }
      }),
    }))
    for (const { action } of planOf({ ...given, devices }, now).operations) expect(action).not.toBe('renew')
  }, 110)
})

test('a pack that is renewed to a later date renews its devices, as far as the gates allow; an exchange comes after it (ALD-66, 73)', () => {
  let seen = 0
  onEveryPlan((_, estate, now) => {
    // The first pack becomes unlimited, and whoever holds nothing longer is renewed or exchanged by no other.
    const [pack, ...others] = estate.packs
    if (pack === undefined) return
    const { expires: __, starts: ___, status: ____, evaluation: _____, ...rest } = pack
    const renewed = { ...rest, active: true, aldToken: 'valid' as const }
    const given = { ...estate, packs: [renewed, ...others], bundled: [] }
    const { decisions } = planOf(given, now)
    for (const device of given.devices) {
      const last = lastDayHeld(device, pack)
      const isHolder = heldBy(device, pack).some((each) => each.source === 'pack' && each.pack === pack.id)
      const about = aboutOf({ device: device.id, licenseType: pack.licenseType, addOn: pack.addOn })
      const decision = decisions.find((each) => aboutOf(each) === about)!
      if (!isHolder || last === 'unlimited')
        expect(decision.action === 'renew' && decision.pack === pack.id).toBe(false)
      else expect(['renew', 'none']).toContain(decision.action)
      if (decision.action === 'renew') seen += 1
    }
  }, 150)
  expect(seen).toBeGreaterThan(0)
})

// -------------------------------------------------------------------------------------
// exchange
// -------------------------------------------------------------------------------------

test('an exchange needs both switches and the version, a dated license that is due, and a pack that lasts longer (H9, ALD-71 to 74)', () => {
  let seen = 0
  onEveryOperation(({ action, license }, device, before, _, now) => {
    if (action !== 'exchange') return
    const { settings } = before
    const { umsVersion, automaticDeployment, licenseExchange, exchangeDaysBeforeExpiration = 7 } = settings
    expect([automaticDeployment, licenseExchange]).toEqual([true, true])
    expect(isAtLeast(umsVersion, '12.01.110')).toBe(true)
    const last = lastDayHeld(device, license)
    expect(last).not.toBe('')
    expect(last).not.toBe('unlimited')
    expect(dayNumber(now)).toBeGreaterThanOrEqual(dayNumber(last) - exchangeDaysBeforeExpiration)
    expect((license.expires ?? 'unlimited') > last).toBe(true)
    // Not while a pack that it has a license from was renewed and can be used.
    for (const { source, pack: id } of heldBy(device, license)) {
      const pack = before.packs.find((each) => each.id === id)
      if (source !== 'pack' || pack?.licenseType !== license.licenseType || pack.addOn !== license.addOn) continue
      const isLater = (pack.expires ?? 'unlimited') > last
      const isUsable =
        pack.active !== false &&
        pack.status !== 'merged' &&
        pack.status !== 'archived' &&
        pack.evaluation !== true &&
        pack.aldToken === 'valid' &&
        (pack.starts ?? '') <= now.slice(0, 10) &&
        (pack.expires ?? 'unlimited') >= now.slice(0, 10)
      expect(isLater && isUsable).toBe(false)
    }
    seen += 1
  }, 300)
  expect(seen).toBeGreaterThan(0)
})

test('where exchange is off nobody who holds a license of the type gets one from another pack (ALD-25, 81)', () => {
  onEveryPlan((_, estate, now) => {
    const given = { ...estate, settings: { ...estate.settings, licenseExchange: false } }
    const today = now.slice(0, 10)
    for (const { device, licenseType, addOn, action } of planOf(given, now).decisions) {
      const last = lastDayHeld(
        given.devices.find(({ id }) => id === device)!,
        { licenseType, addOn },
      )
      if (last === '') expect(['assign', 'deploy-bundled', 'none']).toContain(action)
      else expect(last >= today ? ['renew', 'none'] : ['renew', 'deploy-bundled', 'none']).toContain(action)
    }
  })
})

/** Who is not due yet, of types that need no other. */
const notDue = (estate: WireEstate, now: string, days: number): ReadonlySet<string> => {
  const settings = { ...estate.settings, licenseExchange: true, exchangeDaysBeforeExpiration: days }
  const { decisions } = planOf({ ...estate, settings }, now)
  return new Set(
    decisions
      .filter(({ reason, licenseType }) => reason === 'not-due' && licenseType !== 'add-on')
      .map((decision) => aboutOf(decision)),
  )
}

test('with more days before expiration whoever was due stays due (H16, ALD-72)', () => {
  let seen = 0
  const number = fc.oneof(fc.constantFrom(...EXCHANGE_DAYS), fc.nat({ max: 40 })).map((days) => days ?? 7)
  fc.assert(
    fc.property(fc.oneof(estateWorld, arrangedFor('not-due')), number, number, ({ estate, now }, one, other) => {
      const given = normalizedEstate(estate)
      const [few, many] = [Math.min(one, other), Math.max(one, other)].map((days) => notDue(given, now, days))
      for (const each of many!) expect(few!.has(each)).toBe(true)
      seen += few!.size - many!.size
    }),
    { numRuns: 110 },
  )
  expect(seen).toBeGreaterThan(0)
})

test('with no days before expiration an exchange is due exactly from the last valid day on (H16, ALD-72)', () => {
  fc.assert(
    fc.property(estateWorld, fc.integer({ min: -2, max: 2 }), ({ estate, now }, shift) => {
      const given = normalizedEstate(estate)
      const on = `${daysFrom(now)(shift)}T09:00:00Z`
      const waiting = notDue(given, on, 0)
      const settings = { ...given.settings, licenseExchange: true, exchangeDaysBeforeExpiration: 0 }
      for (const decision of planOf({ ...given, settings }, on).decisions) {
        const last = lastDayHeld(
          given.devices.find(({ id }) => id === decision.device)!,
          decision,
        )
        if (waiting.has(aboutOf(decision))) expect(last > on.slice(0, 10)).toBe(true)
        if (decision.action === 'exchange' || decision.reason === 'no-later-pack')
          expect(last <= on.slice(0, 10)).toBe(true)
      }
    }),
    { numRuns: 110 },
  )
})

test('what is due today is due tomorrow: time alone never takes a device back (H14, ALD-72)', () => {
  fc.assert(
    fc.property(estateWorld, fc.nat({ max: 9 }), ({ estate, now }, days) => {
      const given = normalizedEstate(estate)
      const isWaiting = [0, 1].map((later) => notDue(given, `${daysFrom(now)(later)}T09:00:00Z`, days))
      for (const each of isWaiting[1]!) expect(isWaiting[0]!.has(each)).toBe(true)
    }),
    { numRuns: 80 },
  )
})

// -------------------------------------------------------------------------------------
// what a device is licensed for
// -------------------------------------------------------------------------------------

test('a further license that ends no later than the last changes nothing, and one without end makes perpetual (H21, ALD-58, 59, 107)', () => {
  onEveryPlan(({ decisions }, given, now) => {
    for (const device of given.devices)
      for (const license of (device.licenses ?? []).filter(({ source }) => source !== 'starter')) {
        const last = lastDayHeld(device, license)
        const { licenseType, addOn } = license
        const type = { licenseType, ...(addOn === undefined ? {} : { addOn }) }
        const withLicense = (expires: string | undefined): WireEstate => ({
          ...given,
          devices: given.devices.map((each) =>
            each === device
              ? {
                  ...each,
                  licenses: [
                    { ...type, source: 'bundled', ...(expires === undefined ? {} : { expires }) },
                    ...(each.licenses ?? []),
                  ],
                }
              : each,
          ),
        })
        const ends = last === 'unlimited' ? [undefined, '2020-02-29'] : [last, '2020-02-29']
        for (const end of ends) expect(planOf(withLicense(end), now).decisions).toEqual(decisions)
        const about = aboutOf({ device: device.id, licenseType, addOn })
        const decision = planOf(withLicense(undefined), now).decisions.find((each) => aboutOf(each) === about)!
        expect(decision.action).toBe('none')
        return
      }
  }, 80)
})

test('a starter license satisfies no need and is never exchanged: without it all is the same (ALD-18, 26, 80)', () => {
  onEveryPlan(({ decisions, operations }, given, now) => {
    const devices = given.devices.map(({ licenses = [], ...device }) => ({
      ...device,
      licenses: licenses.filter(({ source }) => source !== 'starter'),
    }))
    const types = new Set(planOf({ ...given, devices }, now).decisions.map(aboutOf))
    expect(planOf({ ...given, devices }, now).decisions).toEqual(decisions.filter((each) => types.has(aboutOf(each))))
    for (const { license } of operations) expect(license.source).not.toBe('starter')
  }, 110)
})

const STATES = ['valid', 'warning', 'grace', 'locked'] as const

test('time alone moves a license only on: valid, then warned of, then in its grace, then locked (H14, section 14)', () => {
  fc.assert(
    fc.property(
      fc.record({
        licenseType: fc.constantFrom('workspace-edition' as const, 'udc3' as const),
        source: fc.constantFrom('pack' as const, 'starter' as const, 'bundled' as const),
        evaluation: fc.boolean(),
      }),
      fc.constantFrom('12.5.0', '11.09.100', '13.0.0', '10.06.227'),
      fc.constantFrom('2028-02-29', '2026-03-29', '2026-12-31'),
      (license, osVersion, expires) => {
        const held = must('license', Device.DeviceLicense.decode({ ...license, expires }))
        const told = Array.from({ length: 80 }, (_, place) => {
          const today = day(daysFrom(`${expires}T00:00:00Z`)(place - 40))
          return Deployment.expiry(held, { osVersion: parsed('version', Version.parse)(osVersion), today })
        })
        const places = told.map(({ state }) => STATES.indexOf(state))
        expect(places).toEqual([...places].sort((a, b) => a - b))
        expect(told.findIndex(({ state }) => state === 'grace' || state === 'locked')).toBe(
          osVersion.startsWith('12') || osVersion.startsWith('13') ? 41 : -1,
        )
      },
    ),
    { numRuns: 60 },
  )
})
