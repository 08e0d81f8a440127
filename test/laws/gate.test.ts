/**
 * Laws of ladders (src/rule/Ladder.ts, src/rule/Gate.ts).
 */
import { option as O } from 'fp-ts'
import fc from 'fast-check'
import { Criterion, Gate, Ladder } from 'seatwise'
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

/** An exit that leads out the multiples of a number. */
const exit = fc
  .integer({ min: 1, max: 7 })
  .map((divisor) =>
    Gate.exit(`exit ${String(divisor)}`, `clause ${String(divisor)}`, (each: number) =>
      each % divisor === 0 ? O.some(divisor) : O.none,
    ),
  )

const mixed = fc.array(fc.oneof(gate, exit), { maxLength: 5 })

test('law 2 of ladders with exits: the first stop counts, be it a refusal or an answer', () => {
  fc.assert(
    fc.property(mixed, mixed, value, (a, b, each) => {
      const stopped = Ladder.climb(a)(each)
      const both = Ladder.getMonoid<number, string, number>().concat(a, b)
      expect(Ladder.climb(both)(each)).toEqual(O.isSome(stopped) ? stopped : Ladder.climb(b)(each))
    }),
    { numRuns: 500 },
  )
})

test('law 3 of ladders: the trail of a value ends where its climb does', () => {
  fc.assert(
    fc.property(mixed, value, (ladder, each) => {
      const trail = Ladder.trail(ladder)(each)
      const stopped = Ladder.climb(ladder)(each)
      expect(trail.map(({ rung }) => rung)).toEqual(ladder.slice(0, trail.length))
      expect(trail.slice(0, -1).every(({ passed }) => passed)).toBe(true)
      expect(O.isSome(stopped)).toBe(trail.some(({ passed }) => !passed))
      if (O.isNone(stopped)) expect(trail.length).toBe(ladder.length)
      else expect(trail.at(-1)?.rung.clause).toBe(stopped.value.clause)
    }),
    { numRuns: 500 },
  )
})

test('the gate of a criterion turns away exactly whoever violates it, and tells both sides', () => {
  const floor = Criterion.make({
    name: 'floor',
    requires: (printer: { readonly floors: ReadonlyArray<string> }) => printer.floors,
    shows: (desk: { readonly floor: string }) => [desk.floor],
  })
  const same = Gate.permits('house rule 5', 'elsewhere', floor)
  const floors = fc.constantFrom('1', '2', '3')
  fc.assert(
    fc.property(fc.array(floors, { maxLength: 2 }), floors, (asked, told) => {
      const meeting = { subject: { floor: told }, candidate: { floors: asked } }
      expect(same.refuses(meeting)).toEqual(asked.length === 0 || asked.includes(told) ? O.none : O.some('elsewhere'))
      expect(same.compares(meeting)).toEqual({ asked: asked.length === 0 ? 'nothing' : asked.join(', '), told })
    }),
  )
})
