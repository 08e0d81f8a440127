/**
 * While the license server is down, and what comes after; and that whoever can be served is, by the next check that is due
 * (H13, H20).
 */
import fc from 'fast-check'
import { option as O } from 'fp-ts'
import { Deployment, Instant } from 'seatwise'
import { expect, test } from 'vitest'
import { later, simulationWorld } from '../../generators/deployment.js'
import { canonical, decodeEstate, instant, simulated } from '../../generators/deployment/run.js'
import type { SimulationGiven, WireDevice, WireEstate, WireEvent } from '../../model/deployment.js'

const at = (event: { readonly at: string }): number => Date.parse(event.at)

test('the service is down for days: nothing is taken, and after it all is as if nobody had looked in between (H13, ALD-4)', () => {
  let [compared, held] = [0, 0]
  fc.assert(
    fc.property(
      simulationWorld,
      fc.integer({ min: 1, max: 20 }),
      fc.integer({ min: 1, max: 12 }),
      (drawn, from, days) => {
        // Never down for another reason, and nothing else happens meanwhile.
        const [down, up] = [
          later(drawn.lastFullCheck, from * 3_600 * 7 + 1),
          later(drawn.lastFullCheck, from * 3_600 * 7 + days * 86_400 + 2),
        ]
        const others = drawn.events.filter(
          (event) =>
            (event.kind !== 'settings' || !('licenseServerReachable' in event.changes)) &&
            (at(event) < Date.parse(down) || at(event) > Date.parse(up)),
        )
        const { licenseServerReachable: _, ...settings } = drawn.estate.settings
        const given = { ...drawn, estate: { ...drawn.estate, settings } }
        const switched = (instantOf: string, licenseServerReachable: boolean): WireEvent => ({
          at: instantOf,
          kind: 'settings',
          changes: { licenseServerReachable },
        })
        const whole = simulated({ ...given, events: [...others, switched(down, false), switched(up, true)] })
        const inBetween = (each: { readonly at: string }) => at(each) >= Date.parse(down) && at(each) < Date.parse(up)
        expect(whole.decisions.filter(inBetween)).toEqual([])

        const lastFullCheck = whole.moments.filter((each) => each.kind === 'full-check' && inBetween(each)).at(-1)?.at
        if (lastFullCheck === undefined || Date.parse(given.horizon) < Date.parse(up)) return
        const before = simulated({ ...given, events: others, horizon: later(down, -0.001) })
        const after = simulated({
          ...{ estate: before.end, lastFullCheck, horizon: given.horizon },
          events: others.filter((event) => at(event) > Date.parse(up)),
        })
        expect([...before.decisions, ...after.decisions]).toEqual(whole.decisions)
        const { licenseServerReachable: __, ...left } = whole.end.settings
        expect(canonical(after.end)).toEqual(canonical({ ...whole.end, settings: left }))
        compared += 1
        held += after.decisions.length
      },
    ),
    { numRuns: 110 },
  )
  expect([compared > 0, held > 0]).toEqual([true, true])
})

// -------------------------------------------------------------------------------------
// by the next check
// -------------------------------------------------------------------------------------

const LAST = '2028-02-28T03:00:00Z'

/** A UMS with one pack that has more than enough. */
const plenty = (umsVersion: string): WireEstate => ({
  settings: { umsVersion, umsId: 'U1', automaticDeployment: true },
  packs: [
    {
      ...{ id: 'P', licenseType: 'udc3', total: 50, allocated: 0, registered: '2027-01-01', aldToken: 'valid' },
      distribution: { method: 'enabled' },
    },
  ],
  devices: [],
})

const device = (id: string): WireDevice => ({ id, unitId: id, osVersion: '12.5.0', registered: LAST })

/** Seconds after the last full check: around the ends of what makes a check due. */
const seconds = fc.oneof(
  fc.constantFrom(0.001, 1, 270, 299, 299.999, 300, 86_369, 86_370, 86_371, 86_399, 86_400, 86_401),
  fc.integer({ min: 1, max: 200_000 }),
)

const dueBy = ({ settings }: WireEstate, each: WireDevice, lastFullCheck: string): string => {
  const decoded = decodeEstate({ ...plenty(settings.umsVersion), devices: [each] })
  const due = Deployment.dueBy(decoded.settings, decoded.devices[0]!, instant(lastFullCheck))
  return O.match(() => '', Instant.show)(due)
}

/** The instant of the first thing taken, and the full check before a time. */
const firstOf = (given: SimulationGiven) => simulated(given).decisions[0]?.at

const checkBefore = (estate: WireEstate, time: string): string => {
  const length = estate.settings.umsVersion.startsWith('5') ? 300_000 : 86_400_000
  // At one instant the event comes before the full check.
  const passed = Math.max(0, Math.ceil((Date.parse(time) - Date.parse(LAST)) / length) - 1)
  return later(LAST, (passed * length) / 1000)
}

const VERSIONS = ['12.10.100', '6.02.100', '6.01.100', '5.09.100', '5.08.100'] as const

test('whoever registers, and can be served, is served exactly when the next check is due (H20, ALD-64)', () => {
  fc.assert(
    fc.property(fc.constantFrom(...VERSIONS), seconds, (version, after) => {
      const estate = plenty(version)
      const registered = later(LAST, after)
      const given = {
        ...{ estate, lastFullCheck: LAST, horizon: later(registered, 172_800) },
        events: [{ at: registered, kind: 'register' as const, device: device('d') }],
      }
      const due = dueBy(estate, { ...device('d'), registered }, checkBefore(estate, registered))
      expect(firstOf(given)).toBe(due)
    }),
    { numRuns: 60 },
  )
})

test('whoever begins to need a license is served at the next full check, or after a reboot before it (H20, ALD-65, 94)', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...VERSIONS),
      seconds,
      fc.option(fc.integer({ min: 1, max: 90_000 })),
      (version, after, then) => {
        const estate = {
          ...plenty(version),
          devices: [{ ...device('d'), registered: '2027-06-01T00:00:00Z', inRecycleBin: true }],
        }
        const needed = later(LAST, after)
        const reboot = then === null ? undefined : later(needed, then)
        const given = {
          ...{ estate, lastFullCheck: LAST, horizon: later(needed, 300_000) },
          events: [
            { at: needed, kind: 'device' as const, device: 'd', changes: { inRecycleBin: null } },
            ...(reboot === undefined ? [] : [{ at: reboot, kind: 'reboot' as const, device: 'd' }]),
          ],
        }
        const next = dueBy(estate, { ...estate.devices[0]!, inRecycleBin: false }, checkBefore(estate, needed))
        const isBootFirst = reboot !== undefined && Date.parse(reboot) + 300_000 < Date.parse(next)
        const isBootOfUse = isBootFirst && !version.startsWith('5')
        expect(firstOf(given)).toBe(isBootOfUse ? later(reboot, 300) : next)
      },
    ),
    { numRuns: 60 },
  )
})

test('what is given back goes to the next in turn by the next full check (H20, ALD-95)', () => {
  fc.assert(
    fc.property(
      fc.boolean(),
      fc.boolean(),
      fc.integer({ min: 1, max: 86_000 }),
      (deleteLicenses, ilpReachable, after) => {
        const { packs, ...rest } = plenty('12.10.100')
        const held = { licenseType: 'udc3' as const, source: 'pack' as const, pack: 'P' }
        const estate: WireEstate = {
          ...rest,
          packs: packs.map((pack) => ({ ...pack, total: 1, allocated: 1 })),
          devices: [{ ...device('a'), licenses: [held] }, device('b')],
        }
        const deleted: WireEvent = {
          at: later(LAST, after),
          kind: 'delete',
          device: 'a',
          deleteLicenses,
          ilpReachable,
          online: true,
        }
        const { decisions, end } = simulated({
          estate,
          events: [deleted],
          lastFullCheck: LAST,
          horizon: later(LAST, 86_400),
        })
        const isFreed = deleteLicenses && ilpReachable
        expect(decisions.map(({ at: time, device: id, action }) => [time, id, action])).toEqual(
          isFreed ? [[later(LAST, 86_400), 'b', 'assign']] : [],
        )
        expect(end.packs[0]!.allocated).toBe(1)
      },
    ),
    { numRuns: 30 },
  )
})
