/**
 * Laws of rankings (src/rule/Ranking.ts), and of name order (ALLOC-17) against a comparator written from the rules.
 */
import fc from 'fast-check'
import { Allocation, Catalog, Ranking, type SoftwareLicense } from 'seatwise'
import { expect, test } from 'vitest'
import { compareByName, type WireLicense } from '../model/allocation.js'
import { LICENSE_NAMES } from '../generators/vocabulary.js'

type Card = { readonly suit: string; readonly rank: number; readonly id: number }

const suit = Ranking.ascending('suit', (card: Card) => card.suit)
const rank = Ranking.descending('rank', (card: Card) => card.rank)
const id = Ranking.ascending('id', (card: Card) => card.id)

const ranking = fc.shuffledSubarray([suit, rank, id])

const card = fc.record(
  {
    suit: fc.constantFrom('a', 'A', 'é', 'e\u0301', ''),
    rank: fc.integer({ min: -1, max: 2 }),
    id: fc.nat({ max: 5 }),
  },
  { noNullPrototype: true },
)

/** How the key of a ranking compares, said once more without the ranking. */
const compareKey = (name: string, a: Card, b: Card): number => {
  const less = (x: string | number, y: string | number): number => (x < y ? -1 : x > y ? 1 : 0)
  if (name === 'suit') return less(a.suit, b.suit)
  return name === 'rank' ? less(b.rank, a.rank) : less(a.id, b.id)
}

test('law 1 of rankings: of two with different keys exactly one comes first', () => {
  fc.assert(
    fc.property(ranking, card, card, (keys, a, b) => {
      const { compare } = Ranking.toOrd(keys)
      const equal = keys.every(({ name }) => compareKey(name, a, b) === 0)
      expect(compare(a, b)).toBe(-compare(b, a) + 0)
      expect([-1, 0, 1]).toContain(compare(a, b))
      expect(compare(a, b) === 0).toBe(equal)
    }),
    { numRuns: 500 },
  )
})

test('law 1 of rankings: what comes before one comes before all after it', () => {
  fc.assert(
    fc.property(ranking, card, card, card, (keys, a, b, c) => {
      const { compare } = Ranking.toOrd(keys)
      fc.pre(compare(a, b) <= 0 && compare(b, c) <= 0)
      expect(compare(a, c)).toBeLessThanOrEqual(0)
    }),
    { numRuns: 500 },
  )
})

test('law 2 of rankings: a further key counts where those before it are equal, and no key calls all equal', () => {
  fc.assert(
    fc.property(ranking, ranking, card, card, (first, second, a, b) => {
      const compareBy = (keys: Ranking.Ranking<Card>) => Ranking.toOrd(keys).compare(a, b)
      expect(compareBy([...first, ...second])).toBe(compareBy(first) || compareBy(second))
      expect(compareBy([])).toBe(0)
    }),
    { numRuns: 500 },
  )
})

test('law 2 of rankings: one after the other is associative', () => {
  fc.assert(
    fc.property(ranking, ranking, ranking, card, card, (a, b, c, one, other) => {
      const left = Ranking.toOrd([...[...a, ...b], ...c]).compare(one, other)
      const right = Ranking.toOrd([...a, ...[...b, ...c]]).compare(one, other)
      expect(left).toBe(right)
    }),
    { numRuns: 200 },
  )
})

test('law 3 of rankings: sorting does not depend on the order before, where no two are equal', () => {
  const cards = fc.uniqueArray(card, { selector: (each) => each.id, maxLength: 6 })
  const withId = fc.constantFrom([suit, rank, id], [rank, id], [id], [rank, suit, id])
  fc.assert(
    fc.property(
      withId,
      cards.chain((each) => fc.tuple(fc.constant(each), fc.shuffledSubarray(each, { minLength: each.length }))),
      (keys, [before, shuffled]) => {
        expect(Ranking.sort(keys)(shuffled)).toEqual(Ranking.sort(keys)(before))
      },
    ),
    { numRuns: 500 },
  )
})

test('sorting puts no one before another whom the order puts later, loses no one and keeps its input', () => {
  fc.assert(
    fc.property(ranking, fc.array(card, { maxLength: 8 }), (keys, cards) => {
      const before = [...cards]
      const sorted = Ranking.sort(keys)(cards)
      const { compare } = Ranking.toOrd(keys)
      for (let position = 1; position < sorted.length; position += 1)
        expect(compare(sorted[position - 1]!, sorted[position]!)).toBeLessThanOrEqual(0)
      expect(new Set(sorted)).toEqual(new Set(cards))
      expect(sorted.length).toBe(cards.length)
      expect(cards).toEqual(before)
    }),
    { numRuns: 500 },
  )
})

test('the key that decides is the first that is not equal', () => {
  fc.assert(
    fc.property(ranking, card, card, (keys, a, b) => {
      expect(Ranking.decidedBy(keys)(a, b)).toBe(keys.find(({ name }) => compareKey(name, a, b) !== 0)?.name)
    }),
    { numRuns: 500 },
  )
})

// -------------------------------------------------------------------------------------
// name order
// -------------------------------------------------------------------------------------

/** Names that sort differently by locale, by code point and by code unit: U+FF5E comes after the surrogates of U+1F600. */
const hardNames = [
  ...LICENSE_NAMES,
  'OFFICE',
  ' office',
  'Ω',
  '\uff5e',
  '\u{1f600}',
  'ß',
  'ss',
  'Z',
  '_',
  'a',
  'İ',
  'i',
]

const licenses = fc
  .uniqueArray(
    fc.record(
      { id: fc.constantFrom('1', '2', '10', 'a', 'A', '\uff5e', '\u{1f600}'), name: fc.constantFrom(...hardNames) },
      { noNullPrototype: true },
    ),
    { selector: (each) => each.id, maxLength: 7 },
  )
  .map((list) => list.map((each): WireLicense => ({ ...each, software: 'any' })))

const decoded = (given: ReadonlyArray<WireLicense>): ReadonlyArray<SoftwareLicense.SoftwareLicense> =>
  Catalog.decode({ software: [], licenses: given }).right.licenses

test('name order is by folded name, then name as given, then id, all by code unit (ALLOC-17)', () => {
  fc.assert(
    fc.property(licenses, (given) => {
      const sorted = Ranking.sort(Allocation.nameOrder)(decoded(given))
      expect(sorted.map((license) => license.id)).toEqual([...given].sort(compareByName).map((license) => license.id))
    }),
    { numRuns: 1_000 },
  )
})

test('name order is a strict total order on licenses: equal only to itself, never both ways, never neither (A7)', () => {
  const { compare } = Ranking.toOrd(Allocation.nameOrder)
  fc.assert(
    fc.property(licenses, (given) => {
      const all = decoded(given)
      for (const a of all)
        for (const b of all) {
          expect(compare(a, b)).toBe(-compare(b, a) + 0)
          expect(compare(a, b) === 0).toBe(a.id === b.id)
          for (const c of all) if (compare(a, b) < 0 && compare(b, c) < 0) expect(compare(a, c)).toBe(-1)
        }
    }),
    { numRuns: 300 },
  )
})
