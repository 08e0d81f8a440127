/**
 * Forecasts say what a history comes to, as anybody could tell who looks at every day of it; and what would prevent a lapse
 * does.
 */
import fc from 'fast-check'
import { Day, Deployment, Instant } from 'seatwise'
import { expect, test } from 'vitest'
import { daysFrom, later, simulationWorld } from '../../generators/deployment.js'
import { heldBy, lastDayHeld } from '../../generators/deployment/every.js'
import { allocatedIn, scenesOf } from '../../generators/deployment/replay.js'
import { decodeEstate, decodeEvents, historyOf, instant, must, simulated } from '../../generators/deployment/run.js'
import { beginning, newPack } from '../../generators/deployment/stateful/records.js'
import { estateOf } from '../../generators/deployment/stateful/steps.js'
import type { SimulationGiven, WireDevice, WireEstate, WireEvent, WireType } from '../../model/deployment.js'

type Lapse = WireType & { readonly device: string; readonly from: string; readonly until?: string }

const wireLapse = ({ device, licenseType, addOn, from, until }: Deployment.Lapse): Lapse => ({
  ...{ device, licenseType, from: Day.show(from) },
  ...(addOn === undefined ? {} : { addOn }),
  ...(until === undefined ? {} : { until: Day.show(until) }),
})

const dayOf = (at: string): string => at.slice(0, 10)

const dayAfter = (day: string): string => daysFrom(`${day}T00:00:00Z`)(1)

type DayOf = { readonly day: string; readonly states: ReadonlyArray<WireEstate> }

/** The states of every day, the first as it dawns and the last as it ends, from the last full check to the horizon. */
const daysOf = (given: SimulationGiven): ReadonlyArray<DayOf> => {
  const history = simulated(given)
  const scenes = scenesOf(history)
  const days: Array<DayOf> = []
  let [place, state] = [0, history.start]
  for (let day = dayOf(given.lastFullCheck); day <= dayOf(given.horizon); day = dayAfter(day)) {
    const states = [state]
    for (let scene = scenes[place]; scene !== undefined && dayOf(scene.moment.at) <= day; scene = scenes[++place]) {
      states.push(scene.decidedOn, scene.after)
      state = scene.after
    }
    days.push({ day, states })
  }
  return days
}

/** Lapses by looking at every day: who was licensed before, or for a part of it, and is not when it ends. */
const lapsesOf = (given: SimulationGiven): ReadonlyArray<Lapse> => {
  const open = new Map<string, Lapse>()
  const covered = new Map<string, WireType & { readonly device: string }>()
  const lapses: Array<Lapse> = []
  for (const { day, states } of daysOf(given)) {
    let licensed = new Set<string>()
    for (const { devices } of states) {
      const isThere = new Set(devices.map(({ id }) => id))
      // Of a device that is deleted nothing more is told.
      for (const [key, { device }] of covered) if (!isThere.has(device)) covered.delete(key)
      for (const [key, lapse] of open)
        if (!isThere.has(lapse.device)) {
          lapses.push(lapse)
          open.delete(key)
        }
      licensed = new Set()
      for (const device of devices)
        for (const license of device.licenses ?? []) {
          const { licenseType, addOn } = license
          const about = { device: device.id, licenseType, ...(addOn === undefined ? {} : { addOn }) }
          const key = JSON.stringify(about)
          if (lastDayHeld(device, license) < day) continue
          const lapse = open.get(key)
          if (lapse !== undefined) lapses.push({ ...lapse, until: day })
          open.delete(key)
          covered.set(key, about)
          licensed.add(key)
        }
    }
    for (const [key, about] of covered)
      if (!licensed.has(key)) {
        open.set(key, { ...about, from: day })
        covered.delete(key)
      }
  }
  return [...lapses, ...open.values()]
}

const sorted = (rows: ReadonlyArray<object>): ReadonlyArray<string> =>
  rows.map((row) => JSON.stringify(Object.entries(row).sort())).sort()

/** Nobody loses licenses but by time, and nobody comes back. */
const withoutLicenses = ({ events, ...given }: SimulationGiven): SimulationGiven => ({
  ...given,
  events: events.filter(
    (event) => event.kind !== 'register' && !(event.kind === 'device' && 'licenses' in event.changes),
  ),
})

/** Months in which packs come, are renewed and end. */
const months: fc.Arbitrary<SimulationGiven> = fc
  .record({
    from: beginning,
    length: fc.integer({ min: 20, max: 120 }),
    happenings: fc.array(
      fc.record({ day: fc.nat({ max: 80 }), place: fc.nat({ max: 4 }), make: newPack, kind: fc.nat({ max: 3 }) }),
      { maxLength: 5 },
    ),
  })
  .map(({ from, length, happenings }): SimulationGiven => ({
    estate: estateOf(from),
    ...{ lastFullCheck: from.at, horizon: later(from.at, length * 86_400 + 7) },
    events: happenings.map(({ day, place, make, kind }): WireEvent => {
      const at = later(from.at, day * 86_400 + 3_600)
      const known = from.packs[place % from.packs.length]!
      if (kind === 0) return { at, kind: 'settings', changes: { licenseServerReachable: place % 2 === 0 } }
      return kind === 1
        ? { at, kind: 'refresh', pack: known.id, changes: { expires: daysFrom(at)(place * 20) } }
        : { at, kind: 'refresh', pack: `new-${String(place)}`, changes: make(at) }
    }),
  }))

const histories = fc.oneof(months, simulationWorld)

test('the lapses forecast are those that are there day by day', () => {
  let [seen, closed] = [0, 0]
  fc.assert(
    fc.property(histories, (given) => {
      const { lapses } = Deployment.forecast(historyOf(given))
      const expected = lapsesOf(given)
      expect(sorted(lapses.map(wireLapse))).toEqual(sorted(expected))
      seen += expected.length
      closed += expected.filter(({ until }) => until !== undefined).length
    }),
    { numRuns: 110 },
  )
  expect([seen > 0, closed > 0]).toEqual([true, true])
})

const ON = '2026-03-10'

/** One device that is licensed for a month, and a day on which something about its licenses is changed by hand. */
const changedByHand = (licenses: WireDevice['licenses'] | null): SimulationGiven => {
  const held = {
    licenseType: 'udc3' as const,
    source: 'pack' as const,
    pack: 'gone',
    expires: daysFrom(`${ON}T00:00:00Z`)(30),
  }
  const event: WireEvent = { at: '2026-03-15T12:00:00Z', kind: 'device', device: 'd', changes: { licenses } }
  return {
    estate: {
      settings: { umsVersion: '12.10.100', umsId: 'U1' },
      packs: [],
      devices: [{ id: 'd', osVersion: '12.5.0', registered: '2026-01-01T00:00:00Z', licenses: [held] }],
    },
    ...{ lastFullCheck: `${ON}T03:00:00Z`, events: [event], horizon: '2026-03-20T03:00:00Z' },
  }
}

test('a device whose licenses are taken away by hand loses its cover on that day', () => {
  const given = changedByHand(null)
  expect(lapsesOf(given)).toEqual([{ device: 'd', licenseType: 'udc3', from: '2026-03-15' }])
  expect(Deployment.forecast(historyOf(given)).lapses.map(wireLapse)).toEqual(lapsesOf(given))
})

test('a device whose license is replaced by hand by one that has ended loses its cover on that day, not before', () => {
  const given = changedByHand([{ licenseType: 'udc3', source: 'pack', pack: 'gone', expires: '2026-03-11' }])
  expect(lapsesOf(given)).toEqual([{ device: 'd', licenseType: 'udc3', from: '2026-03-15' }])
  expect(Deployment.forecast(historyOf(given)).lapses.map(wireLapse)).toEqual(lapsesOf(given))
})

test('a pack runs out at the first instant at which no license of it is free', () => {
  fc.assert(
    fc.property(simulationWorld, (given) => {
      if (given.events.some(({ kind }) => kind === 'remove-pack')) return
      const history = simulated(given)
      const ranOut = new Map<string, string>()
      const look = (at: string, { packs }: WireEstate) => {
        for (const { id, total, allocated } of packs)
          if (allocated >= total && !ranOut.has(id)) ranOut.set(id, Instant.show(instant(at)))
      }
      look(given.lastFullCheck, history.start)
      for (const { moment, decidedOn, after } of scenesOf(history)) {
        look(moment.at, decidedOn)
        look(moment.at, after)
      }
      const { packs } = Deployment.forecast(historyOf(given))
      expect(Object.fromEntries(packs.map(({ pack, allocated }) => [pack, allocated]))).toEqual(
        allocatedIn(history.end),
      )
      for (const { pack, runsOut } of packs)
        expect(runsOut === undefined ? undefined : Instant.show(runsOut)).toBe(ranOut.get(pack))
    }),
    { numRuns: 80 },
  )
})

test('a lapse names the packs that its device held a license of the type from', () => {
  fc.assert(
    fc.property(histories, (drawn) => {
      const events = withoutLicenses(drawn).events.filter(
        ({ kind }) => kind !== 'remove-pack' && kind !== 'refresh' && kind !== 'delete',
      )
      const given = { ...drawn, events }
      const evenings = new Map(daysOf(given).map(({ day, states }) => [day, states.at(-1)!]))
      for (const lapse of Deployment.forecast(historyOf(given)).lapses) {
        const { packs, devices } = evenings.get(Day.show(lapse.from))!
        const from = heldBy(
          devices.find(({ id }) => id === lapse.device)!,
          lapse,
        )
        const registered = packs.map(({ id }) => id)
        const named = from.flatMap(({ source, pack }) => (source === 'pack' && pack !== undefined ? [pack] : []))
        expect(lapse.packs).toEqual([...new Set(named.filter((id) => registered.includes(id)))].sort())
      }
    }),
    { numRuns: 60 },
  )
})

const END = '9999-12-31'

const haveADayInCommon = (one: Lapse, other: Lapse): boolean =>
  one.device === other.device &&
  one.licenseType === other.licenseType &&
  one.addOn === other.addOn &&
  one.from < (other.until ?? END) &&
  other.from < (one.until ?? END)

test('a renewal that is said to prevent lapses does', () => {
  let prevented = 0
  fc.assert(
    fc.property(histories, (given) => {
      const { estate, events, horizon, lastFullCheck } = given
      const preventions = must(
        'preventions',
        Deployment.preventions(decodeEstate(estate), decodeEvents(events), instant(horizon), instant(lastFullCheck)),
      )
      for (const { pack, by, prevents } of preventions) {
        const morning = `${Day.show(by)}T00:00:00Z`
        const renewal: WireEvent = {
          at: morning < lastFullCheck ? lastFullCheck : morning,
          kind: 'refresh',
          pack,
          changes: { expires: dayAfter(dayOf(horizon)) },
        }
        const left = lapsesOf({ ...given, events: [...events, renewal] })
        expect(prevents.length).toBeGreaterThan(0)
        for (const lapse of prevents) {
          expect(left.filter((each) => haveADayInCommon(each, wireLapse(lapse)))).toEqual([])
          expect(lapse.packs).toContain(pack)
          prevented += 1
        }
      }
    }),
    { numRuns: 60 },
  )
  expect(prevented).toBeGreaterThan(0)
})
