/**
 * How much a decoder takes in and reports (FORMAT, *Rejections and warnings*).
 *
 * @since 0.1.0
 */

/**
 * Texts are measured in UTF-16 code units, depth in levels of nesting; of each collection so many `rejections` are
 * reported in full, and all of them counted.
 *
 * @since 0.1.0
 */
export interface Limits {
  readonly text: number
  readonly depth: number
  readonly rejections: number
}

/**
 * Texts of 65,536 code units, 64 levels, 1,000 rejections.
 *
 * @since 0.1.0
 */
export const defaultLimits: Limits = { text: 65_536, depth: 64, rejections: 1_000 }

const limit = (given: unknown, usual: number): number =>
  typeof given === 'number' && given >= 0 ? Math.min(given, Number.MAX_SAFE_INTEGER) : usual

/**
 * The limits that a caller meant: one that is no number from zero on is the usual one.
 *
 * @example
 * import assert from 'node:assert'
 * import { Limits } from 'seatwise'
 *
 * assert.deepStrictEqual(Limits.saneLimits({ text: NaN, depth: 8, rejections: -1 }), { ...Limits.defaultLimits, depth: 8 })
 *
 * @since 0.1.0
 */
export const saneLimits = (given: Limits): Limits => ({
  text: limit(given.text, defaultLimits.text),
  depth: limit(given.depth, defaultLimits.depth),
  rejections: limit(given.rejections, defaultLimits.rejections),
})
