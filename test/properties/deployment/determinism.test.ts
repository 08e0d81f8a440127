/**
 * The same estate at the same instant gives the same plan and the same future, however it is written down, on whatever
 * day of the calendar and in whatever time zone, and nothing but the answer comes of it (groups A and H of the properties).
 */
import fc from 'fast-check'
import { Deployment } from 'seatwise'
import { expect, test } from 'vitest'
import { estateWorld, simulationWorld } from '../../generators/deployment.js'
import {
  decodeEstate,
  decodeEvents,
  explainAll,
  instant,
  must,
  planDecoded,
  planOf,
  READERS,
  simulated,
} from '../../generators/deployment/run.js'
import { addFields, shuffleFields, shuffleLists } from '../../generators/random.js'
import { planByModel, type SimulationGiven } from '../../model/deployment.js'

const bytes = (value: unknown): string => JSON.stringify(value)

// -------------------------------------------------------------------------------------
// how it is written down
// -------------------------------------------------------------------------------------

/** An estate without its exact duplicates, of which a shuffle could make contradictions: lists in another order. */
const once = <A extends { readonly estate: SimulationGiven['estate'] }>(world: A): A => {
  const distinct = <R extends { readonly id: string }>(records: ReadonlyArray<R>) => [
    ...new Map(records.map((record) => [record.id, record])).values(),
  ]
  const { packs, devices, directories = [] } = world.estate
  return {
    ...world,
    estate: {
      ...world.estate,
      ...{ packs: distinct(packs), devices: distinct(devices), directories: distinct(directories) },
    },
  }
}

/** Every list in one order. */
const inOneOrder = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(inOneOrder).sort((a, b) => (bytes(a) < bytes(b) ? -1 : 1))
    : typeof value === 'object' && value !== null
      ? Object.fromEntries(Object.entries(value).map(([field, held]) => [field, inOneOrder(held)]))
      : value

test.each(READERS)('the order of any list changes nothing (A3, law 2 of plans; %s)', (reader) => {
  fc.assert(
    fc.property(estateWorld.map(once), fc.nat(), ({ estate, now }, seed) => {
      const [one, other] = [estate, shuffleLists(seed)(estate)].map((each) => planOf(each, now, { reader }))
      expect(bytes(other!.decisions)).toBe(bytes(one!.decisions))
      expect(bytes(other!.operations)).toBe(bytes(one!.operations))
      expect(inOneOrder(other!.estate)).toEqual(inOneOrder(one!.estate))
    }),
    { numRuns: 90 },
  )
})

test('the order of the records of an estate changes no future', () => {
  fc.assert(
    fc.property(simulationWorld.map(once), fc.nat(), (given, seed) => {
      const shuffled = simulated({ ...given, estate: shuffleLists(seed)(given.estate) })
      expect(shuffled.decisions).toEqual(simulated(given).decisions)
    }),
    { numRuns: 60 },
  )
})

test('the order of the fields of a record changes nothing, and fields that nobody knows change nothing (A4, A10)', () => {
  fc.assert(
    fc.property(estateWorld, fc.nat(), ({ estate, now }, seed) => {
      const { settings, ...records } = estate
      const numbered = addFields(() => [
        ['10', 'ten'],
        ['2', 'two'],
      ])(records)
      const expected = planOf(estate, now)
      expect(planOf(shuffleFields(seed)(estate), now)).toEqual(expected)
      expect(planOf({ settings, ...shuffleFields(seed)(numbered) }, now)).toEqual(expected)
    }),
    { numRuns: 80 },
  )
})

test('a future is the same however the events are written down, but for the order at one instant', () => {
  fc.assert(
    fc.property(simulationWorld, fc.nat(), (given, seed) => {
      const { decisions } = simulated(given)
      expect(simulated(shuffleFields(seed)(given)).decisions).toEqual(decisions)
      const instants = new Set(given.events.map(({ at }) => Date.parse(at)))
      if (instants.size === given.events.length)
        expect(simulated({ ...given, events: shuffleLists(seed)([...given.events]) }).decisions).toEqual(decisions)
    }),
    { numRuns: 60 },
  )
})

// -------------------------------------------------------------------------------------
// nothing but the answer
// -------------------------------------------------------------------------------------

const frozen = <A>(value: A): A => {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    for (const held of Object.values(value)) frozen(held)
  }
  return value
}

test('what is frozen is planned, explained and enacted alike, and stays as it is (A8)', () => {
  fc.assert(
    fc.property(estateWorld, ({ estate, now }) => {
      const expected = planDecoded(decodeEstate(estate), now)
      const given = frozen(decodeEstate(estate))
      const before = bytes(given)
      const plan = frozen(planDecoded(given, now))
      expect(plan).toEqual(expected)
      expect(Deployment.enact(given, plan.operations).estate).toEqual(expected.estate)
      expect(must('explain', Deployment.explain(given, instant(now)))).toBeTypeOf('function')
      must('consumption', Deployment.consumption(given, instant(now)))
      must('coverage', Deployment.coverage(given, instant(now)))
      must('notifications', Deployment.notifications(given, instant(now), frozen({ lowStockLimit: 3 })))
      expect(bytes(given)).toBe(before)
      expect(bytes(plan)).toBe(bytes(expected))
    }),
    { numRuns: 80 },
  )
})

test('a history of what is frozen can be read again and again, side by side, and says the same (A8, law of histories)', () => {
  fc.assert(
    fc.property(simulationWorld, ({ estate, events, horizon, lastFullCheck }) => {
      const [given, happenings] = [frozen(decodeEstate(estate)), frozen(decodeEvents(events))]
      const before = bytes([given, happenings])
      const history = must('simulate', Deployment.simulate(given, happenings, instant(horizon), instant(lastFullCheck)))
      const [first, second] = [history[Symbol.iterator](), history[Symbol.iterator]()]
      const all = [...history].map(bytes)
      for (const moment of all) {
        expect(bytes(first.next().value)).toBe(moment)
        expect(bytes(second.next().value)).toBe(moment)
      }
      expect(bytes([given, happenings])).toBe(before)
    }),
    { numRuns: 60 },
  )
})

test('the same estate is explained the same way twice (G6)', () => {
  fc.assert(
    fc.property(estateWorld, ({ estate, now }) => {
      expect(bytes(explainAll(estate, now))).toBe(bytes(explainAll(structuredClone(estate), now)))
    }),
    { numRuns: 40 },
  )
})

// -------------------------------------------------------------------------------------
// whatever day it is, and wherever
// -------------------------------------------------------------------------------------

const DAY = 86_400_000

const DATE = /^\d{4}-\d{2}-\d{2}$/
const INSTANT = /^\d{4}-\d{2}-\d{2}T/

/** Everything that is a day or an instant, so many days later. */
const shifted =
  (days: number) =>
  <A>(value: A): A => {
    const shift = (held: unknown): unknown => {
      if (Array.isArray(held)) return held.map(shift)
      if (typeof held === 'object' && held !== null)
        return Object.fromEntries(Object.entries(held).map(([field, each]) => [field, shift(each)]))
      if (typeof held !== 'string' || !(DATE.test(held) || INSTANT.test(held))) return held
      const moved = new Date(Date.parse(held) + days * DAY).toISOString()
      return DATE.test(held) ? moved.slice(0, 10) : moved.replace('.000Z', 'Z')
    }
    return shift(value) as A
  }

/** Whole years, months that end, a leap day more or less, and any number. */
const days = fc.oneof(
  fc.constantFrom(1, -1, 28, 31, 365, 366, 1461, -36_524),
  fc.integer({ min: -40_000, max: 80_000 }),
)

test('with all days and instants so many whole days later or earlier, a plan is the same then (H15)', () => {
  fc.assert(
    fc.property(estateWorld, days, (world, by) => {
      const { decisions, estate } = planOf(world.estate, world.now)
      const moved = shifted(by)(world)
      const later = planOf(moved.estate, moved.now)
      expect(later.decisions).toEqual(shifted(by)(decisions))
      expect(later.estate).toEqual(shifted(by)(estate))
    }),
    { numRuns: 110 },
  )
})

test('with all days and instants so many whole days later or earlier, a future is the same then (H15)', () => {
  fc.assert(
    fc.property(simulationWorld, days, (given, by) => {
      const { decisions, end } = simulated(given)
      const later = simulated(shifted(by)(given))
      expect(later.decisions).toEqual(shifted(by)(decisions))
      expect(later.end).toEqual(shifted(by)(end))
    }),
    { numRuns: 60 },
  )
})

test.each(['America/New_York', 'Pacific/Apia', 'Asia/Kathmandu'])(
  'days are UTC days wherever the host is, also where clocks are changed (ALD-51; %s)',
  (zone) => {
    const home = process.env['TZ']
    try {
      process.env['TZ'] = zone
      fc.assert(
        fc.property(simulationWorld, estateWorld, (given, { estate, now }) => {
          const there = [planOf(estate, now), simulated(given)]
          process.env['TZ'] = 'UTC'
          expect([planOf(estate, now), simulated(given)]).toEqual(there)
          expect(planOf(estate, now).decisions).toEqual(planByModel(estate, now).decisions)
          process.env['TZ'] = zone
        }),
        { numRuns: 20 },
      )
    } finally {
      if (home === undefined) delete process.env['TZ']
      else process.env['TZ'] = home
    }
  },
)
