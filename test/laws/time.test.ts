/**
 * Laws of days, instants and counts (src/value), against the `Date` of the platform as an independent calendar.
 */
import { either as E, option as O } from 'fp-ts'
import fc from 'fast-check'
import { Count, Day, Instant } from 'seatwise'
import { expect, test } from 'vitest'

const DAY = 86_400_000

const two = (number: number): string => String(number).padStart(2, '0')

const written = (year: number, month: number, day: number): string =>
  `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`

/** Milliseconds of a day by the platform's calendar, or none where it rolls over: the day does not exist. */
const byPlatform = (year: number, month: number, day: number): O.Option<number> => {
  const date = new Date(0)
  date.setUTCFullYear(year, month - 1, day)
  return date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
    ? O.some(date.getTime())
    : O.none
}

const FIRST = Date.parse('0000-01-01T00:00:00Z')
const LAST = Date.parse('9999-12-31T23:59:59.999Z')

const instant = fc.integer({ min: FIRST, max: LAST }).map((milliseconds) => milliseconds as Instant.Instant)
const day = fc.integer({ min: FIRST / DAY, max: Math.floor(LAST / DAY) }).map((number) => number as Day.Day)

test('law 1 of days: every day that is written is read as itself', () => {
  fc.assert(
    fc.property(day, (each) => {
      expect(Day.parse(Day.show(each))).toEqual(O.some(each))
      expect(Day.show(each)).toBe(new Date(each * DAY).toISOString().slice(0, 10))
    }),
    { numRuns: 2_000 },
  )
})

test('law 2 of days: they stand in the order of their texts', () => {
  fc.assert(
    fc.property(day, day, (a, b) => {
      expect(Day.show(a) < Day.show(b)).toBe(a < b)
    }),
    { numRuns: 1_000 },
  )
})

test('exactly the days that the calendar has are read, each as its number', () => {
  const years = [
    0, 1, 4, 99, 100, 399, 400, 1582, 1899, 1900, 1969, 1970, 1972, 1999, 2000, 2023, 2024, 2026, 2100, 9999,
  ]
  for (const year of years)
    for (let month = 0; month <= 13; month += 1)
      for (let date = 0; date <= 32; date += 1) {
        const expected = O.map((milliseconds: number) => milliseconds / DAY)(byPlatform(year, month, date))
        expect(Day.parse(written(year, month, date)), written(year, month, date)).toEqual(expected)
      }
})

test('the day after a day is the next number, through centuries', () => {
  const start = Date.UTC(1890, 0, 1) / DAY
  for (let number = start; number < start + 80_000; number += 1) {
    const text = new Date(number * DAY).toISOString().slice(0, 10)
    if (!O.isSome(Day.parse(text)) || Day.show(number as Day.Day) !== text) expect.fail(text)
  }
})

test('the law of instants: every instant that is written is read as itself', () => {
  fc.assert(
    fc.property(instant, (each) => {
      expect(Instant.parse(Instant.show(each))).toEqual(O.some(each))
      expect(Instant.show(each)).toBe(new Date(each).toISOString().replace('.000Z', 'Z'))
    }),
    { numRuns: 2_000 },
  )
})

test('where a day is asked for and an instant given, its UTC day counts', () => {
  fc.assert(
    fc.property(instant, (each) => {
      expect(Day.parse(Instant.show(each))).toEqual(Day.parse(Instant.show(each).slice(0, 10)))
      expect(Day.ofInstant(each)).toBe(Math.floor(each / DAY))
    }),
    { numRuns: 1_000 },
  )
})

test('an instant with any number of decimals is the one that the platform reads', () => {
  fc.assert(
    fc.property(
      instant,
      fc.stringMatching(/^[0-9]{1,9}$/),
      fc.constantFrom('Z', 'z', '+00:00', '-00:00'),
      (each, decimals, zone) => {
        const seconds = Instant.show(each).slice(0, 19)
        const milliseconds = Date.parse(`${seconds}.000Z`) + Number(decimals.slice(0, 3).padEnd(3, '0'))
        expect(Instant.parse(`${seconds}.${decimals}${zone}`)).toEqual(O.some(milliseconds))
      },
    ),
    { numRuns: 500 },
  )
})

test.each([
  '2026-01-31',
  '2026-01-31T12:00:00',
  '2026-01-31T12:00Z',
  '2026-01-31 12:00:00Z',
  '2026-01-31T12:00:00+01:00',
  '2026-01-31T24:00:00Z',
  '2026-01-31T12:60:00Z',
  '2016-12-31T23:59:60Z',
  '2026-02-29T12:00:00Z',
  '2026-01-31T12:00:00.Z',
  '2026-01-31T12:00:00.1234567890Z',
  ' 2026-01-31T12:00:00Z',
  '2026-01-31T12:00:00Z\n',
  '+002026-01-31T12:00:00Z',
  '٢٠٢٦-01-31T12:00:00Z',
  '',
])('%j is no instant', (text) => {
  expect(Instant.parse(text)).toEqual(O.none)
})

test.each([
  '2026-1-31',
  '2026-01-31 ',
  '20260131',
  '2026-W05-6',
  '0x7e-01-31',
  '2026-01-3!',
  '-026-01-31',
  'aaaa-aa-aa',
])('%j is no day', (text) => {
  expect(Day.parse(text)).toEqual(O.none)
})

test('a count is a whole number that arithmetic keeps exact', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.double(), fc.integer(), fc.maxSafeNat(), fc.constantFrom(-0, 2 ** 53, 2 ** 53 - 1)),
      (number) => {
        const expected =
          !Number.isInteger(number) || number < 0
            ? E.left('range')
            : number > 2 ** 53 - 1
              ? E.left('unsafe-integer')
              : E.right(number + 0)
        expect(Count.parse(number)).toEqual(expected)
      },
    ),
    { numRuns: 1_000 },
  )
})
