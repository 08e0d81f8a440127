/**
 * A version: whole numbers with dots between them, compared segment by segment as numbers, a missing segment as 0
 * (ALD-106). The text is kept as it was written; `12.02.120` and `12.2.120` are two texts and one version.
 *
 * Laws:
 *
 * 1. Total order: `compare` is reflexive, transitive and total on versions
 * 2. Missing segments: `compare(a, a + '.0') = 0`
 *
 * @since 0.1.0
 */
import { O, type t } from '../prelude.js'

interface VersionBrand {
  readonly Version: unique symbol
}

/**
 * Digits and dots: `12.10.100`. Segments may be of any size.
 *
 * @since 0.1.0
 */
export type Version = t.Branded<string, VersionBrand>

const NO_DIGIT = /\D/

/** Segment by segment: one pattern for the whole would need as deep a stack as there are segments. */
const isSegment = (text: string): boolean => text !== '' && !NO_DIGIT.test(text)

/**
 * Reads a version; a text that is anything but numbers with dots between them is none.
 *
 * @example
 * import assert from 'node:assert'
 * import { option as O } from 'fp-ts'
 * import { Version } from 'seatwise'
 *
 * assert.deepStrictEqual(Version.parse('12.02.120'), O.some('12.02.120'))
 * assert.deepStrictEqual(Version.parse('12.x'), O.none)
 *
 * @since 0.1.0
 */
export const parse = (text: string): O.Option<Version> =>
  text.split('.').every(isSegment) ? O.some(text as Version) : O.none

/** The digits of a number without leading zeros: the longer of two is the larger, however many digits there are. */
const digits = (segment: string): string => segment.replace(/^0+/, '')

const compareSegments = (a: string, b: string): number =>
  a.length === b.length ? (a < b ? -1 : a > b ? 1 : 0) : a.length - b.length

/**
 * Compares two versions (ALD-106): negative, zero or positive.
 *
 * @example
 * import assert from 'node:assert'
 * import { readonlyArray as RA } from 'fp-ts'
 * import { Version } from 'seatwise'
 *
 * const versions = RA.filterMap(Version.parse)(['12.10.100', '11.08.440', '11.8.99', '12.2'])
 * assert.deepStrictEqual([...versions].sort(Version.compare), ['11.8.99', '11.08.440', '12.2', '12.10.100'])
 *
 * @since 0.1.0
 */
export const compare = (a: Version, b: Version): number => {
  const [left, right] = [a.split('.'), b.split('.')]
  for (let place = 0; place < Math.max(left.length, right.length); place += 1) {
    const order = compareSegments(digits(left[place] ?? ''), digits(right[place] ?? ''))
    if (order !== 0) return order
  }
  return 0
}
