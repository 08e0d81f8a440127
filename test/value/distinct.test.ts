/**
 * The law of src/value/Distinct.ts: texts are distinct exactly where a set of them is as large as their list.
 */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { areDistinct, mix } from '../../src/value/Distinct.js'

const same = (text: string): string => text

test('texts are distinct exactly where a set says so', () => {
  const text = fc.oneof(fc.string({ maxLength: 2 }), fc.constantFrom('', 'a', 'b', 'ab', 'ba', '__proto__', '\ud800'))
  fc.assert(
    fc.property(fc.array(text, { maxLength: 12 }), (texts) => {
      expect(areDistinct(texts, same)).toBe(new Set(texts).size === texts.length)
    }),
    { numRuns: 5_000 },
  )
})

test('very many texts, and one among them that comes again', () => {
  const texts = Array.from({ length: 50_000 }, (_, number) => `L-${String(number)}`)
  expect(areDistinct(texts, same)).toBe(true)
  expect(areDistinct([...texts, 'L-31415'], same)).toBe(false)
  expect(areDistinct([], same)).toBe(true)
})

test('texts that all lie in one place do not take the square of their number, and are told apart all the same', () => {
  const wanted = 1_000
  const slots = 2_047
  const alike: Array<string> = []
  for (let number = 0; alike.length < wanted; number += 1)
    if ((mix(String(number)) & slots) === 0) alike.push(String(number))
  let asked = 0
  const counted = (text: string): string => {
    asked += 1
    return text
  }
  expect(areDistinct(alike, counted)).toBe(true)
  expect(asked).toBeLessThan(4 * wanted)
  expect(areDistinct([...alike.slice(1), alike[1] ?? ''], same)).toBe(false)
})
