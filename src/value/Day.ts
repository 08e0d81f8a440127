/**
 * A calendar day in UTC, as whole days since 1970-01-01, so that comparing days is comparing numbers and no time zone,
 * leap second or locale can take part. Day `n + 1` is the day after day `n`.
 *
 * Laws:
 *
 * 1. Round trip: `parse(show(day)) = some(day)`
 * 2. Order: `show(a) < show(b)` as texts exactly when `a < b`
 *
 * @since 0.1.0
 */
import { O, type t } from '../prelude.js'
import * as Instant from './Instant.js'

interface DayBrand {
  readonly Day: unique symbol
}

/**
 * A calendar day in UTC: whole days since 1970-01-01, from 0000-01-01 to 9999-12-31.
 *
 * @since 0.1.0
 */
export type Day = t.Branded<number, DayBrand>

const FIRST = -719_528
const LAST = 2_932_896

/**
 * Is the value a day from 0000-01-01 to 9999-12-31?
 *
 * @example
 * import assert from 'node:assert'
 * import { Day } from 'seatwise'
 *
 * assert.strictEqual(Day.isDay(20_000), true)
 * assert.strictEqual(Day.isDay(2_932_897), false)
 *
 * @since 0.1.0
 */
export const isDay = (value: unknown): value is Day =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= FIRST && value <= LAST

const MILLISECONDS = 86_400_000

/**
 * The day of an instant in UTC.
 *
 * @example
 * import assert from 'node:assert'
 * import { option as O } from 'fp-ts'
 * import { Day, Instant } from 'seatwise'
 *
 * assert.deepStrictEqual(O.map(Day.ofInstant)(Instant.parse('2026-01-31T23:59:59Z')), Day.parse('2026-01-31'))
 *
 * @since 0.1.0
 */
export const ofInstant = (instant: Instant.Instant): Day => Math.floor(instant / MILLISECONDS) as Day

/**
 * Reads `YYYY-MM-DD`, or the UTC day of an instant (FORMAT, *The record and vector formats*). A day that the calendar
 * does not have is none: nothing rolls over.
 *
 * @example
 * import assert from 'node:assert'
 * import { option as O } from 'fp-ts'
 * import { Day } from 'seatwise'
 *
 * assert.deepStrictEqual(Day.parse('1970-01-02'), O.some(1))
 * assert.deepStrictEqual(Day.parse('2024-02-30'), O.none)
 * assert.deepStrictEqual(Day.parse('2026-01-31T23:00:00Z'), Day.parse('2026-01-31'))
 *
 * @since 0.1.0
 */
export const parse = (text: string): O.Option<Day> =>
  O.map(ofInstant)(Instant.parse(text.length === 10 ? `${text}T00:00:00Z` : text))

/**
 * Writes a day as `YYYY-MM-DD`.
 *
 * @example
 * import assert from 'node:assert'
 * import { option as O } from 'fp-ts'
 * import { Day } from 'seatwise'
 *
 * assert.deepStrictEqual(O.map(Day.show)(Day.parse('2026-02-28')), O.some('2026-02-28'))
 *
 * @since 0.1.0
 */
export const show = (day: Day): string => Instant.show((day * MILLISECONDS) as Instant.Instant).slice(0, 10)
