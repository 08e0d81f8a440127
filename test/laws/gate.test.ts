/**
 * Laws of ladders (src/rule/Ladder.ts, src/rule/Gate.ts).
 */
import { option as O } from 'fp-ts'
import fc from 'fast-check'
import { Gate, Ladder } from 'seatwise'
import { expect, test } from 'vitest'

const { concat, empty } = Ladder.getMonoid<number, string>()

/** A gate that turns away the multiples of a number. */
const gate = fc
  .record({ divisor: fc.integer({ min: 1, max: 7 }), reason: fc.constantFrom('small', 'large') })
  .map(({ divisor, reason }) =>
    Gate.gate(`gate ${String(divisor)}`, `clause ${String(divisor)}`, reason, (value: number) => value % divisor === 0),
  )

const ladder = fc.array(gate, { maxLength: 4 })
const value = fc.nat({ max: 500 })

test('law 1 of ladders: one after the other is associative, and the empty ladder is the identity', () => {
  fc.assert(
    fc.property(ladder, ladder, ladder, value, (a, b, c, each) => {
      expect(concat(a, concat(b, c))).toEqual(concat(concat(a, b), c))
      for (const same of [concat(empty, a), concat(a, empty)]) {
        expect(same).toEqual(a)
        expect(Ladder.climb(same)(each)).toEqual(Ladder.climb(a)(each))
      }
    }),
    { numRuns: 300 },
  )
})

test('law 2 of ladders: the first refusal counts', () => {
  fc.assert(
    fc.property(ladder, ladder, value, (a, b, each) => {
      const refused = Ladder.climb(a)(each)
      expect(Ladder.climb(concat(a, b))(each)).toEqual(O.isSome(refused) ? refused : Ladder.climb(b)(each))
    }),
    { numRuns: 500 },
  )
})

test('a value passes a ladder exactly when it passes every gate; a refusal is that of the first gate', () => {
  fc.assert(
    fc.property(ladder, value, (gates, each) => {
      const first = gates.find(({ refuses }) => O.isSome(refuses(each)))
      const expected =
        first === undefined
          ? O.none
          : O.map((reason: string) => ({ gate: first.name, clause: first.clause, reason }))(first.refuses(each))
      expect(Ladder.climb(gates)(each)).toEqual(expected)
    }),
    { numRuns: 500 },
  )
})

test('a gate that looks at a part refuses what that part would be refused for', () => {
  fc.assert(
    fc.property(gate, value, (each, part) => {
      const ofWhole = Gate.contramap((whole: { readonly part: number }) => whole.part)(each)
      expect(ofWhole.refuses({ part })).toEqual(each.refuses(part))
      expect([ofWhole.name, ofWhole.clause]).toEqual([each.name, each.clause])
    }),
    { numRuns: 200 },
  )
})
