/**
 * Histories: what a simulation tells is all that happens, in its order, and every check decides on the state as it is then
 * (group H of the properties, and the laws of histories).
 */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { simulationWorld } from '../../generators/deployment.js'
import { aboutOf, deviceIn, lastDayHeld, onEveryHistory, packIn } from '../../generators/deployment/every.js'
import { allocatedIn, replayed } from '../../generators/deployment/replay.js'
import { canonical, planOf, simulated, type WireOperation } from '../../generators/deployment/run.js'
import { later } from '../../generators/deployment.js'
import { isAtLeast, isChecked, type SimulationGiven, type WireEstate, type WireEvent } from '../../model/deployment.js'

const takesOne = ({ action }: WireOperation): boolean => action === 'assign' || action === 'exchange'

/** Events that no longer have what a law leaves out. */
const withEvents = (
  given: SimulationGiven,
  change: (event: WireEvent) => ReadonlyArray<WireEvent>,
): SimulationGiven => ({ ...given, events: given.events.flatMap(change) })

const withoutSettings = (given: SimulationGiven, names: ReadonlyArray<string>): SimulationGiven =>
  withEvents(given, (event) =>
    event.kind === 'settings'
      ? [
          {
            ...event,
            changes: Object.fromEntries(Object.entries(event.changes).filter(([name]) => !names.includes(name))),
          },
        ]
      : [event],
  )

/** Nothing else than checks gives or takes licenses: no event does. */
const withoutLicenses = (given: SimulationGiven): SimulationGiven =>
  withEvents(given, (event) => {
    if (event.kind === 'register' || event.kind === 'delete') return []
    return event.kind === 'device' && 'licenses' in event.changes ? [] : [event]
  })

// -------------------------------------------------------------------------------------
// what is told
// -------------------------------------------------------------------------------------

test('what the moments say, done on the estate of the start, gives the estate of the end (H22, F11, law 1 of histories)', () => {
  onEveryHistory((_, history, { estate }) => {
    expect(canonical(history.start)).toEqual(canonical(planOf(estate, '2026-01-01T00:00:00Z', { devices: [] }).estate))
    expect(canonical(replayed(history))).toEqual(canonical(history.end))
  }, 110)
})

test('the counters that the moments add up to are those that are stored (H22, H11)', () => {
  onEveryHistory((scenes, { start, end }) => {
    const counts = new Map(Object.entries(allocatedIn(start)))
    for (const { moment } of scenes) {
      const { event, deleted, operations } = moment
      if (event?.kind === 'remove-pack') counts.delete(event.pack)
      if (event?.kind === 'refresh') counts.set(event.pack, event.changes.allocated ?? counts.get(event.pack) ?? 0)
      for (const pack of deleted?.freed ?? []) counts.set(pack, Math.max(0, counts.get(pack)! - 1))
      for (const { license } of operations.filter(takesOne)) counts.set(license.pack!, counts.get(license.pack!)! + 1)
    }
    expect(Object.fromEntries(counts)).toEqual(allocatedIn(end))
  })
})

const ORDER = ['event', 'device-check', 'full-check'] as const

test('moments come in the order of their instants; at one instant events, then single checks, then the full check (law 2 of histories)', () => {
  onEveryHistory((_, { moments }, { events, horizon, lastFullCheck }) => {
    const places = moments.map(({ at, kind }) => [Date.parse(at), ORDER.indexOf(kind)] as const)
    expect(places).toEqual([...places].sort((a, b) => a[0] - b[0] || a[1] - b[1]))
    // One full check, and one check of single devices, at an instant.
    const checks = moments.filter(({ kind }) => kind !== 'event').map(({ at, kind }) => `${at} ${kind}`)
    expect(new Set(checks).size).toBe(checks.length)
    const inTime = events
      .filter(({ at }) => Date.parse(at) <= Date.parse(horizon))
      .sort((a, b) => Date.parse(a.at) - Date.parse(b.at))
    expect(moments.flatMap(({ event }) => (event === undefined ? [] : [event.kind]))).toEqual(
      inTime.map(({ kind }) => kind),
    )
    for (const { at } of moments) {
      expect(Date.parse(at)).toBeLessThanOrEqual(Date.parse(horizon))
      expect(Date.parse(at)).toBeGreaterThanOrEqual(Date.parse(lastFullCheck))
    }
  })
})

test('full checks follow each other by 24 hours, before UMS 6 by 5 minutes, as long as there is anything to check for (ALD-65)', () => {
  const interval = ({ settings }: WireEstate) => (isAtLeast(settings.umsVersion, '6') ? 86_400_000 : 300_000)
  onEveryHistory((scenes, { start, end }, { lastFullCheck, horizon }) => {
    let due = Date.parse(lastFullCheck) + interval(start)
    const skipTo = (time: number, state: WireEstate) => {
      for (; due < time; due += interval(state)) expect(isChecked(state.settings)).toBe(false)
    }
    for (const { moment, before, after } of scenes) {
      skipTo(Date.parse(moment.at), before)
      if (moment.kind !== 'full-check') continue
      expect(Date.parse(moment.at)).toBe(due)
      due += interval(after)
    }
    skipTo(Date.parse(horizon) + 1, end)
  })
})

// -------------------------------------------------------------------------------------
// what is decided
// -------------------------------------------------------------------------------------

test('a full check takes what a plan of the estate takes then, however many checks there were before (H14, H20, ALD-113)', () => {
  onEveryHistory((scenes) => {
    for (const { moment, decidedOn } of scenes) {
      if (moment.kind !== 'full-check') continue
      const { operations, estate } = planOf(decidedOn, moment.at)
      expect(moment.operations).toEqual(operations)
      expect(canonical(scenes.find((each) => each.moment === moment)!.after)).toEqual(canonical(estate))
    }
  }, 60)
})

test('a check by hand takes what a plan for its devices takes, and moves no schedule (ALD-115)', () => {
  onEveryHistory((scenes, _, given) => {
    for (const { moment, decidedOn } of scenes)
      if (moment.event?.kind === 'check')
        expect(moment.operations).toEqual(planOf(decidedOn, moment.at, { devices: moment.event.devices }).operations)
    const without = simulated(withEvents(given, (event) => (event.kind === 'check' ? [] : [event])))
    const fullChecks = (all: ReadonlyArray<{ readonly kind: string; readonly at: string }>) =>
      all.filter(({ kind }) => kind === 'full-check').map(({ at }) => at)
    expect(fullChecks(without.moments)).toEqual(fullChecks(scenes.map(({ moment }) => moment)))
  }, 60)
})

test('a single check only gives what a device needs, a refresh only renews those who hold a license of the pack (ALD-113)', () => {
  onEveryHistory((scenes) => {
    for (const { moment, decidedOn } of scenes)
      for (const { action, device } of moment.operations) {
        if (moment.kind === 'device-check') expect(['assign', 'deploy-bundled']).toContain(action)
        if (moment.kind !== 'event') continue
        if (moment.event?.kind === 'refresh') {
          const { pack } = moment.event
          expect(action).toBe('renew')
          expect(deviceIn(decidedOn, device).licenses?.some((each) => each.pack === pack)).toBe(true)
        } else expect(moment.event?.kind).toBe('check')
      }
  })
})

// -------------------------------------------------------------------------------------
// what never happens
// -------------------------------------------------------------------------------------

test('while automatic deployment is off, no event ever causes an allocation (H1, ALD-1)', () => {
  const off = simulationWorld.map(({ estate, ...given }): SimulationGiven =>
    withoutSettings({ ...given, estate: { ...estate, settings: { ...estate.settings, automaticDeployment: false } } }, [
      'automaticDeployment',
    ]),
  )
  onEveryHistory(
    (_, { moments }) => {
      for (const { operations } of moments) for (const { action } of operations) expect(action).toBe('deploy-bundled')
    },
    100,
    off,
  )
})

test('a license is only taken where one is free, and none is taken while the license server is down (H4, H13, ALD-4)', () => {
  onEveryHistory((scenes) => {
    for (const { moment, decidedOn, after } of scenes) {
      if (decidedOn.settings.licenseServerReachable === false) expect(moment.operations).toEqual([])
      for (const { license } of moment.operations.filter(takesOne)) {
        const [one, other] = [packIn(decidedOn, license.pack), packIn(after, license.pack)]
        expect(one.allocated).toBeLessThan(one.total)
        expect(other.allocated).toBeLessThanOrEqual(one.total)
      }
    }
  })
})

test('nothing but the return of a deleted device frees licenses (H12, ALD-89 to 95)', () => {
  let freed = 0
  onEveryHistory((scenes) => {
    for (const { moment, before, after } of scenes) {
      const { event, deleted } = moment
      if ((deleted?.freed ?? []).length > 0 && event?.kind === 'delete') {
        const { osVersion } = deviceIn(before, event.device)
        expect([event.deleteLicenses, event.ilpReachable, deleted?.status]).toEqual([true, true, 'returned'])
        expect(isAtLeast(osVersion, '12') && isAtLeast(before.settings.umsVersion, '12.01.110')).toBe(true)
        freed += 1
      } else if (event?.kind !== 'refresh')
        for (const { id, allocated } of after.packs)
          expect(allocated).toBeGreaterThanOrEqual(packIn(before, id).allocated)
    }
  }, 150)
  expect(freed).toBeGreaterThan(0)
})

test('there is no double renewal: one for each device, pack and new date (H7)', () => {
  onEveryHistory(
    (_, { moments }) => {
      const renewals = moments.flatMap(({ operations }) =>
        operations
          .filter(({ action }) => action === 'renew')
          .map(({ device, license }) => `${aboutOf({ device, ...license })} ${license.pack} ${license.expires}`),
      )
      expect(new Set(renewals).size).toBe(renewals.length)
    },
    100,
    simulationWorld.map(withoutLicenses),
  )
})

test('by what is taken, the last valid day of a device and type only ever moves forward; at one moment it moves once (H10)', () => {
  onEveryHistory(
    (scenes) => {
      for (const { moment, decidedOn, after } of scenes) {
        const abouts = moment.operations.map(({ device, license }) => aboutOf({ device, ...license }))
        expect(new Set(abouts).size).toBe(abouts.length)
        for (const { device, license } of moment.operations) {
          const [one, other] = [decidedOn, after].map((estate) => lastDayHeld(deviceIn(estate, device), license))
          expect(other! > one!).toBe(true)
          expect(other).toBe(license.expires ?? 'unlimited')
        }
      }
    },
    100,
    simulationWorld,
  )
})

test('without a refresh nobody is renewed, however long it takes (H8, ALD-67)', () => {
  const unrefreshed = simulationWorld.map(({ estate, ...given }): SimulationGiven => {
    const devices = estate.devices.map(({ licenses = [], ...device }) => ({
      ...device,
      licenses: licenses.filter(({ source }) => source !== 'pack'),
    }))
    return withEvents(withoutLicenses({ ...given, estate: { ...estate, devices } }), (event) =>
      event.kind === 'refresh' ? [] : [event],
    )
  })
  onEveryHistory(
    (_, { moments }) => {
      for (const { operations } of moments) for (const { action } of operations) expect(action).not.toBe('renew')
    },
    80,
    unrefreshed,
  )
})

// -------------------------------------------------------------------------------------
// how often it was looked at
// -------------------------------------------------------------------------------------

/** Where one check is enough: exchange and bundled licenses are off (section 11). */
const restful = simulationWorld.map(({ estate, ...given }): SimulationGiven => {
  const settings = { ...estate.settings, licenseExchange: false, hardwareBundledDeployment: false }
  return withoutSettings({ ...given, estate: { ...estate, settings } }, [
    'licenseExchange',
    'hardwareBundledDeployment',
  ])
})

test('looking again at once changes nothing, however often (H14)', () => {
  fc.assert(
    fc.property(restful, fc.integer({ min: 1, max: 3 }), (given, times) => {
      const { decisions, end, moments } = simulated(given)
      const again = moments
        .filter(({ kind }) => kind === 'full-check')
        .flatMap(({ at }) => Array.from({ length: times }, (): WireEvent => ({ at: later(at, 0.001), kind: 'check' })))
      const watched = simulated({ ...given, events: [...given.events, ...again] })
      expect(watched.decisions).toEqual(decisions)
      expect(watched.end).toEqual(end)
    }),
    { numRuns: 60 },
  )
})
