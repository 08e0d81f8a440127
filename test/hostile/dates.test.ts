/**
 * Dates (rows 54 to 69): a day is a day of the calendar in UTC, whatever clock or zone the host has.
 */
import { either as E } from 'fp-ts'
import { Allocation, Catalog, Day } from 'seatwise'
import { afterEach, describe, expect, test } from 'vitest'
import { entry, type Raw } from './entries.js'
import { expectHarmless, expectRejected, expectRejectedOnce } from './plant.js'
import { day, license, snapshot, told } from './worlds.js'

const { licenses } = entry

const expiring = (expires: unknown) => (record: Raw) => ({ ...record, expires })

const noDay = (expires: unknown) => ({ spoil: expiring(expires), found: [['date', '.expires']], json: true }) as const

test.each(['2024-02-30', '2023-02-29', '1900-02-29', '2024-04-31', '2024-00-10', '2024-01-00', '2024-01-32'])(
  '%s is no day, and does not roll over to one (row 54)',
  (text) => {
    expectRejected(licenses, noDay(text))
    expectRejectedOnce(licenses, noDay(`${text}T12:00:00Z`))
  },
)

test.each([
  '2024-13-01',
  '2024-01-01T24:00:01Z',
  '2024-01-01T25:00:00Z',
  '2024-01-01T12:60:00Z',
  '2024-06-30T23:59:60Z',
  '2024-01-01T12:00:00+99:99',
])('%s is no instant (row 56)', (text) => {
  expectRejected(licenses, noDay(text))
})

test('midnight written as 24:00:00 is refused, not taken for the next day (row 57)', () => {
  expectRejected(licenses, noDay('2024-01-01T24:00:00Z'))
})

test.each(['2024-01-01T12:00:00', '2024-01-01 12:00:00', '2024-01-01T12:00', '20240101T120000'])(
  '%s has no offset: no host decides what it means (row 58)',
  (text) => {
    expectRejected(licenses, noDay(text))
  },
)

test.each([
  '2024-01-01T12:00:00+01:00',
  '2024-01-01T12:00:00-00:01',
  '2024-01-01T12:00:00+0000',
  '2024-01-01T12:00:00 Z',
])('%s is not in UTC (FORMAT)', (text) => {
  expectRejectedOnce(licenses, noDay(text))
})

test.each([
  '2027-03-31T00:00:00Z',
  '2027-03-31T23:59:59.999999999Z',
  '2027-03-31t12:00:00z',
  '2027-03-31T12:00:00+00:00',
])('of %s the UTC day counts (FORMAT)', (text) => {
  expectHarmless(licenses, expiring(text))
})

test.each([
  '31.03.2027',
  '03/31/2027',
  '2027-3-31',
  '27-03-31',
  '2027/03/31',
  '+002027-03-31',
  '2027-W13-3',
  '2027-090',
  ' 2027-03-31 ',
  '２０２７-03-31',
  'tomorrow',
  '1805760000000',
])('%s is another way of writing, and none of ours', (text) => {
  expectRejectedOnce(licenses, noDay(text))
})

// -------------------------------------------------------------------------------------
// zones
// -------------------------------------------------------------------------------------

describe('the time zone of the host plays no part', () => {
  const home = process.env['TZ']
  afterEach(() => {
    if (home === undefined) delete process.env['TZ']
    else process.env['TZ'] = home
  })

  const zones = ['UTC', 'America/New_York', 'Pacific/Apia', 'Pacific/Kiritimati', 'Asia/Kathmandu', 'Europe/Berlin']

  test.each(zones)('%s: days on which clocks change, or that were left out, are days (rows 60 and 61)', (zone) => {
    process.env['TZ'] = zone
    expect(new Date(2024, 0, 1).getTimezoneOffset() === 0).toBe(zone === 'UTC')
    for (const [text, next] of [
      ['2024-03-10', '2024-03-11'],
      ['2024-11-03', '2024-11-04'],
      ['2011-12-29', '2011-12-30'],
      ['2011-12-30', '2011-12-31'],
      ['1994-12-31', '1995-01-01'],
    ] as const) {
      expect(Day.show(day(text))).toBe(text)
      expect(day(next) - day(text)).toBe(1)
      expect(day(`${text}T23:59:59Z`)).toBe(day(text))
      const { right } = Catalog.decode({ software: [], licenses: [expiring(text)(licenses.good('L-1'))] })
      expect(Catalog.Catalog.encode(right)).toMatchObject({ licenses: [{ expires: text }] })
    }
    expectRejectedOnce(licenses, noDay('2024-03-10T02:30:00'))
  })
})

// -------------------------------------------------------------------------------------
// values that are no text
// -------------------------------------------------------------------------------------

describe('a number is no day', () => {
  test.each([0, 20_000, 8.64e15, 8.64e15 + 1, Number.MAX_VALUE, Number.NaN, Infinity])('%s (row 64)', (value) => {
    expectRejectedOnce(licenses, { spoil: expiring(value), found: [['type', '.expires']] })
  })

  test('and years beyond the four digits are none (row 64)', () => {
    for (const text of ['+275760-09-13', '+275760-09-13T00:00:00.001Z', '10000-01-01', '-000001-01-01', '-0001-01-01'])
      expectRejectedOnce(licenses, noDay(text))
    expect([day('0000-01-01'), day('9999-12-31')].map(Day.show)).toEqual(['0000-01-01', '9999-12-31'])
  })
})

describe('a Date object is refused, and not asked for its time', () => {
  test('nor an invalid one (row 65)', () => {
    for (const date of [new Date(Number.NaN), new Date(0), new Date('2027-03-31')])
      expectRejected(licenses, { spoil: expiring(date), found: [['date', '.expires']] })
  })

  test('nor one whose time is different each time (row 66)', () => {
    let asked = 0
    class Moody extends Date {
      override getTime = (): number => (asked += 1)
      override valueOf = (): number => (asked += 1)
      override toISOString = (): string => `${(asked += 1)}`
      override toJSON = (): string => `${(asked += 1)}`;
      override [Symbol.toPrimitive] = (): never => {
        throw new Error('never run this')
      }
    }
    expectRejected(licenses, { spoil: expiring(new Moody(0)), found: [['date', '.expires']] })
    expect(asked).toBe(0)
  })
})

// -------------------------------------------------------------------------------------
// the day of the run
// -------------------------------------------------------------------------------------

describe('a license counts to the end of its last day', () => {
  const expiryOn = (expires: string, asOf: string) =>
    told({
      catalog: { licenses: [license('L-1', { expires, main: true })] },
      snapshots: [snapshot('pc-1')],
      policy: { expired: 'excluded' },
      asOf: day(asOf),
    })

  test.each([
    ['yesterday', '2026-02-27', 'unreconciled'],
    ['today', '2026-02-28', 'L-1 by 4'],
    ['today, as its first instant', '2026-02-28T00:00:00Z', 'L-1 by 4'],
    ['today, as its last instant', '2026-02-28T23:59:59.999Z', 'L-1 by 4'],
    ['tomorrow', '2026-03-01', 'L-1 by 4'],
    ['in seven days', '2026-03-07', 'L-1 by 4'],
    ['a year ago', '2025-02-28', 'unreconciled'],
  ])('expiring %s (row 68)', (_, expires, outcome) => {
    expect(expiryOn(expires, '2026-02-28')).toEqual([outcome])
  })

  test('on the first and on the last day there is (row 69)', () => {
    expect(expiryOn('0000-01-01', '0000-01-01')).toEqual(['L-1 by 4'])
    expect(expiryOn('9999-12-31', '0000-01-01')).toEqual(['L-1 by 4'])
    expect(expiryOn('0000-01-01', '9999-12-31')).toEqual(['unreconciled'])
    expect(expiryOn('9999-12-31', '9999-12-31')).toEqual(['L-1 by 4'])
  })
})

describe('the day of the run is refused before any work', () => {
  const refusal = (asOf: unknown) => {
    const options = { expired: 'excluded', ...(asOf === undefined ? {} : { asOf }) } as Allocation.Options
    const compiled = Allocation.compile(options)({ software: [], licenses: [] })
    return E.isLeft(compiled) ? compiled.left.map(({ code, path }) => [code, path]) : 'accepted'
  }

  test('when it is missing and needed (row 69)', () => {
    expect(refusal(undefined)).toEqual([['as-of-missing', 'asOf']])
  })

  test.each([Number.NaN, Infinity, -Infinity, 1.5, '2026-01-01', new Date(0), null, {}, true])(
    'when it is %s (row 69)',
    (asOf) => {
      expect(refusal(asOf)).toEqual([['date', 'asOf']])
    },
  )

  test('when no calendar here has it (rows 64 and 69)', () => {
    const days = [8.64e15, 8.64e15 + 1, 2 ** 53 - 1, -8.64e15, 2_932_897, -719_529]
    expect(days.map(refusal)).toEqual(days.map(() => [['date', 'asOf']]))
    expect([2_932_896, -719_528].map(refusal)).toEqual(['accepted', 'accepted'])
  })
})
