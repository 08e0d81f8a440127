/**
 * The law of records by id (src/value/Order.ts): a stable sort.
 */
import fc from 'fast-check'
import { Text } from 'seatwise'
import { expect, test } from 'vitest'
import { byId } from '../../src/value/Order.js'

const id = fc.oneof(
  fc.string({ unit: fc.constantFrom('a', 'b', '1', '10', '\u0000', '\uffff', '\ud83d\ude00'), maxLength: 6 }),
  fc.nat({ max: 120 }).map((number) => `installation-${String(number)}`),
)

test('records come in the order of their ids, those of one id in the order given', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.array(id, { maxLength: 80 }), fc.array(id, { minLength: 60, maxLength: 300 })),
      fc.boolean(),
      (ids, alike) => {
        const records = ids.map((each, given) => ({ id: alike ? `i-${each}` : each, given }))
        expect(byId(records)).toEqual([...records].sort((a, b) => Text.compare(a.id, b.id)))
      },
    ),
    { numRuns: 3_000 },
  )
})

test('a list that is in order is given back, and none is changed', () => {
  const sorted = Object.freeze(['i-1', 'i-10', 'i-10', 'i-2'].map((each) => ({ id: each })))
  expect(byId(sorted)).toBe(sorted)
  const unsorted = Object.freeze([...sorted].reverse())
  expect(byId(unsorted).map((each) => each.id)).toEqual(['i-1', 'i-10', 'i-10', 'i-2'])
  expect(byId([])).toEqual([])
  const long = Object.freeze(Array.from({ length: 500 }, (_, n) => ({ id: `i-${String(n).padStart(9, '0')}` })))
  expect(byId(long)).toBe(long)
  expect(byId([...long].reverse())).toEqual(long)
  // Far behind what all begin with, so that many look alike at first.
  const alike = Array.from({ length: 200_000 }, (_, n) => ({ id: n === 0 ? 'b' : `abcdefgh-${String(200_000 - n)}` }))
  expect(byId(alike).map((each) => each.id)).toEqual(alike.map((each) => each.id).sort())
  const beyondLatin = [{ id: 'i-\u0430' }, { id: 'i-\u0431' }]
  expect(byId(beyondLatin)).toBe(beyondLatin)
})
