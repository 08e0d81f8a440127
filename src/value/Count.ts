/**
 * A count: a whole number from zero to 2^53 - 1, the largest that arithmetic keeps exact. "Not limited" is never a
 * count: it is an absent one (ALLOC-73, COMP-19).
 *
 * @since 0.1.0
 */
import { E, type t } from '../prelude.js'

interface CountBrand {
  readonly Count: unique symbol
}

/**
 * A whole number from 0 to 2^53 - 1.
 *
 * @since 0.1.0
 */
export type Count = t.Branded<number, CountBrand>

/**
 * Reads a count from a number. Negative zero is zero; fractions, negative numbers, NaN and the infinities are out of
 * `range`; what lies beyond 2^53 - 1 is an `unsafe-integer`.
 *
 * @example
 * import assert from 'node:assert'
 * import { either as E } from 'fp-ts'
 * import { Count } from 'seatwise'
 *
 * assert.deepStrictEqual(Count.parse(25), E.right(25))
 * assert.deepStrictEqual(Count.parse(1.5), E.left('range'))
 * assert.deepStrictEqual(Count.parse(2 ** 53), E.left('unsafe-integer'))
 *
 * @since 0.1.0
 */
export const parse = (value: number): E.Either<'range' | 'unsafe-integer', Count> =>
  !Number.isInteger(value) || value < 0
    ? E.left('range')
    : Number.isSafeInteger(value)
      ? E.right((value === 0 ? 0 : value) as Count)
      : E.left('unsafe-integer')
