/**
 * Laws of matchings (src/value/Matching.ts), against exhaustive search on small graphs, and by König's bound on larger ones.
 */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { chains, maximum, NOBODY, type Graph, type Matching } from '../../src/value/Matching.js'

type Given = { readonly room: ReadonlyArray<number>; readonly places: ReadonlyArray<ReadonlyArray<number>> }

const graphs = (most: number, mostPlaces: number): fc.Arbitrary<Given> =>
  fc.integer({ min: 1, max: mostPlaces }).chain((places) =>
    fc.record({
      room: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: places, maxLength: places }),
      places: fc.array(fc.uniqueArray(fc.nat({ max: places - 1 }), { maxLength: 4 }), { maxLength: most }),
    }),
  )

const graphOf = ({ room, places }: Given): Graph => ({ room, places: (one) => places[one]! })

/** How many are at each place. */
const counts = ({ room }: Given, placeOf: ArrayLike<number>): ReadonlyArray<number> =>
  room.map((_, place) => Array.from(placeOf).filter((at) => at === place).length)

const served = (placeOf: ArrayLike<number>): number => Array.from(placeOf).filter((place) => place !== NOBODY).length

/** Whoever comes first takes what is first free, or, by the seed, goes without. */
const greedy = ({ room, places }: Given, seed: number): ReadonlyArray<number> => {
  const left = [...room]
  return places.map((those, one) => {
    const place = those.find((each) => left[each]! > 0)
    if (place === undefined || ((seed >>> (one % 31)) & 1) === 1) return NOBODY
    left[place]! -= 1
    return place
  })
}

/** The most that can be served, by trying everything. */
const most = ({ room, places }: Given): number => {
  const from = (one: number, left: ReadonlyArray<number>): number =>
    one === places.length
      ? 0
      : Math.max(
          from(one + 1, left),
          ...places[one]!.filter((place) => left[place]! > 0).map(
            (place) =>
              1 +
              from(
                one + 1,
                left.map((each, at) => (at === place ? each - 1 : each)),
              ),
          ),
        )
  return from(0, room)
}

const wanting = ({ places }: Given, { isWanting }: Matching) => places.filter((_, one) => isWanting(one))

const provesItself = (given: Given, matching: Matching): void => {
  const { room } = given
  const inWant = room.flatMap((_, place) => (matching.isInWant(place) ? [place] : []))
  const all = wanting(given, matching)
  for (const places of all) for (const place of places) expect(inWant).toContain(place)
  const free = inWant.reduce((sum, place) => sum + room[place]!, 0)
  expect(served(matching.placeOf)).toBe(given.places.length - (all.length - free))
}

const isPossible = (given: Given, placeOf: ArrayLike<number>): void => {
  counts(given, placeOf).forEach((count, place) => expect(count).toBeLessThanOrEqual(given.room[place]!))
  given.places.forEach((places, one) => {
    if (placeOf[one] !== NOBODY) expect(places).toContain(placeOf[one])
  })
}

test('as many are served as exhaustive search can serve', () => {
  fc.assert(
    fc.property(graphs(6, 4), fc.nat(), (given, seed) => {
      const { placeOf } = maximum(greedy(given, seed), graphOf(given))
      isPossible(given, placeOf)
      expect(served(placeOf)).toBe(most(given))
    }),
    { numRuns: 500 },
  )
})

test('who goes without could go only to places that are too small for all who want them, which proves the number', () => {
  fc.assert(
    fc.property(graphs(60, 25), fc.nat(), (given, seed) => {
      const before = greedy(given, seed)
      const matching = maximum(before, graphOf(given))
      isPossible(given, matching.placeOf)
      provesItself(given, matching)
      before.forEach((place, one) => {
        if (place !== NOBODY) expect(matching.placeOf[one]).not.toBe(NOBODY)
      })
      const after = counts(given, matching.placeOf)
      counts(given, before).forEach((count, place) => expect(after[place]).toBeGreaterThanOrEqual(count))
    }),
    { numRuns: 500 },
  )
})

test('chains serve one more each, in any order and any choice of them, and all of them the most', () => {
  fc.assert(
    fc.property(graphs(40, 15), fc.nat(), fc.nat(), (given, seed, choice) => {
      const before = greedy(given, seed)
      const { placeOf } = maximum(before, graphOf(given))
      const all = chains(before, placeOf)
      const apply = (some: ReadonlyArray<ReadonlyArray<number>>) => {
        const made = [...before]
        for (const chain of some) for (const one of chain) made[one] = placeOf[one]!
        return made
      }
      expect(served(apply(all))).toBe(served(placeOf))
      isPossible(given, apply(all))
      const some = apply(all.filter((_, at) => ((choice >>> (at % 31)) & 1) === 1))
      isPossible(given, some)
      for (const chain of all) {
        expect(before[chain[0]!]).toBe(NOBODY)
        chain.slice(1).forEach((one, at) => expect(before[one]).toBe(placeOf[chain[at]!]))
        expect(served(apply([chain]))).toBe(served(before) + 1)
      }
      expect(new Set(all.flat()).size).toBe(all.flat().length)
    }),
    { numRuns: 500 },
  )
})

test('a chain through everybody is found, however long it is', () => {
  const length = 20_000
  const given = {
    room: Array.from({ length }, () => 1),
    places: Array.from({ length }, (_, one) =>
      one === 0 ? [0] : one === length - 1 ? [one - 1, one] : [one - 1, one],
    ),
  }
  // Everybody but the first is one place too far to the left: all must move.
  const before = given.places.map((_, one) => one - 1)
  const { placeOf } = maximum(before, graphOf(given))
  expect(served(placeOf)).toBe(length)
  expect(chains(before, placeOf)).toEqual([Array.from({ length }, (_, one) => one)])
})

test('many short chains are found at once: nobody is asked again for each of them', () => {
  const pairs = 5_000
  const given = {
    room: Array.from({ length: 2 * pairs }, () => 1),
    places: Array.from({ length: 2 * pairs }, (_, one) => (one < pairs ? [one, pairs + one] : [one - pairs])),
  }
  const before = given.places.map((_, one) => (one < pairs ? one : NOBODY))
  let asked = 0
  const { placeOf } = maximum(before, {
    room: given.room,
    places: (one) => {
      asked += 1
      return given.places[one]!
    },
  })
  expect(chains(before, placeOf)).toHaveLength(pairs)
  expect(asked).toBeLessThan(20 * pairs)
})
