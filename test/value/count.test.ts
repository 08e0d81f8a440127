/**
 * Counts (src/value/Count.ts).
 */
import { either as E } from 'fp-ts'
import fc from 'fast-check'
import { Count } from 'seatwise'
import { expect, test } from 'vitest'

test.each([0, 1, 25, 2 ** 31 - 1, 2 ** 31, 2 ** 32, 2 ** 53 - 1, 1e3, 5.0])('%d is a count', (value) => {
  expect(Count.parse(value)).toEqual(E.right(value))
})

test.each([
  [-1, 'range'],
  [0.5, 'range'],
  [1.5, 'range'],
  [-0.5, 'range'],
  [5e-324, 'range'],
  [2 ** 51 + 0.5, 'range'],
  [Number.NaN, 'range'],
  [Infinity, 'range'],
  [-Infinity, 'range'],
  [-(2 ** 53), 'range'],
  [-1e300, 'range'],
  [2 ** 53, 'unsafe-integer'],
  [2 ** 53 + 2, 'unsafe-integer'],
  [1e21, 'unsafe-integer'],
  [Number.MAX_VALUE, 'unsafe-integer'],
] as const)('%d is none: %s', (value, fault) => {
  expect(Count.parse(value)).toEqual(E.left(fault))
})

test('negative zero is zero', () => {
  const parsed = Count.parse(-0)
  expect(E.isRight(parsed) && Object.is(parsed.right, 0)).toBe(true)
})

test('a number is a count exactly when it is safe, whole and not negative', () => {
  fc.assert(
    fc.property(fc.oneof(fc.double(), fc.integer(), fc.maxSafeInteger()), (value) => {
      expect(E.isRight(Count.parse(value))).toBe(Number.isSafeInteger(value) && value >= 0)
    }),
  )
})
