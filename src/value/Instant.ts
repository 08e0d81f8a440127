/**
 * An instant as milliseconds since 1970-01-01T00:00:00Z. It is read from RFC 3339 text in UTC and written back; nothing
 * here asks a clock or a time zone.
 *
 * Law: round trip, `parse(show(instant)) = some(instant)`.
 *
 * @since 0.1.0
 */
import { O, type t } from '../prelude.js'

interface InstantBrand {
  readonly Instant: unique symbol
}

/**
 * Milliseconds since 1970-01-01T00:00:00Z, from the year 0000 to the year 9999.
 *
 * @since 0.1.0
 */
export type Instant = t.Branded<number, InstantBrand>

const FIRST = -62_167_219_200_000
const LAST = 253_402_300_799_999

const RFC_3339 = /^(\d{4})-(\d{2})-(\d{2})[Tt](\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?(?:[Zz]|[+-]00:00)$/

/** The longest text that the pattern can match. */
const LONGEST = '0000-00-00T00:00:00.000000000+00:00'.length

const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)

const daysInMonth = (year: number, month: number): number =>
  month === 2 ? (isLeap(year) ? 29 : 28) : month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31

/** Days since 1970-01-01 in the proleptic Gregorian calendar; years counted from March so that 29 February comes last. */
const daysSinceEpoch = (year: number, month: number, day: number): number => {
  const marchYear = month > 2 ? year : year - 1
  const era = Math.floor(marchYear / 400)
  const yearOfEra = marchYear - era * 400
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1
  return era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468
}

/**
 * Reads an RFC 3339 instant in UTC: `2026-01-31T12:00:00Z`, with up to nine decimals of which three count. A text
 * without an offset, with another offset than UTC, or that names a day, hour or second that does not exist is none.
 *
 * @example
 * import assert from 'node:assert'
 * import { option as O } from 'fp-ts'
 * import { Instant } from 'seatwise'
 *
 * assert.deepStrictEqual(Instant.parse('1970-01-01T00:00:01.5Z'), O.some(1500))
 * assert.deepStrictEqual(Instant.parse('1970-01-01T00:00:01'), O.none)
 * assert.deepStrictEqual(Instant.parse('1970-01-01T24:00:00Z'), O.none)
 *
 * @since 0.1.0
 */
export const parse = (text: string): O.Option<Instant> => {
  const match = text.length > LONGEST ? null : RFC_3339.exec(text)
  if (match === null) return O.none
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1, 7).map(Number)
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return O.none
  if (hour > 23 || minute > 59 || second > 59) return O.none
  const milliseconds = Number((match[7] ?? '').slice(0, 3).padEnd(3, '0'))
  const days = daysSinceEpoch(year, month, day)
  return O.some(((((days * 24 + hour) * 60 + minute) * 60 + second) * 1000 + milliseconds) as Instant)
}

const WHOLE_SECOND = '.000Z'

/**
 * Is the value an instant from the year 0000 to the year 9999?
 *
 * @example
 * import assert from 'node:assert'
 * import { Instant } from 'seatwise'
 *
 * assert.strictEqual(Instant.isInstant(0), true)
 * assert.strictEqual(Instant.isInstant(NaN), false)
 *
 * @since 0.1.0
 */
export const isInstant = (value: unknown): value is Instant =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= FIRST && value <= LAST

/**
 * Writes an instant as RFC 3339 text in UTC, with milliseconds where it has any.
 *
 * @example
 * import assert from 'node:assert'
 * import { option as O } from 'fp-ts'
 * import { Instant } from 'seatwise'
 *
 * assert.deepStrictEqual(O.map(Instant.show)(Instant.parse('2026-01-31T12:00:00Z')), O.some('2026-01-31T12:00:00Z'))
 *
 * @since 0.1.0
 */
export const show = (instant: Instant): string => {
  const text = new Date(instant).toISOString()
  return text.endsWith(WHOLE_SECOND) ? `${text.slice(0, -WHOLE_SECOND.length)}Z` : text
}
