/**
 * The two readers of the rule floor cannot be told apart by their answers, whatever is decided about (design.md,
 * *Obligations between the parts*).
 */
import fc from 'fast-check'
import { option as O } from 'fp-ts'
import { Compiled, Reference } from 'seatwise'
import { expect, test } from 'vitest'
import { largeFloor, smallFloor, type Floor } from '../generators/floor.js'

type MatchOf<M> = M extends (...args: never) => O.Option<infer A> ? A : never

const answers = ({ reading, shelves, subjects }: Floor, { readers }: typeof Compiled | typeof Reference) => {
  const made = readers(reading)(shelves)
  return Array.from(made, ([shelf, { decide }]) => [shelf, subjects.map(decide)])
}

const agree = (floor: Floor): void => {
  expect(answers(floor, Compiled)).toEqual(answers(floor, Reference))
}

test('both readers decide alike, whatever the criteria mean', () => {
  fc.assert(fc.property(smallFloor, agree), { numRuns: 3_000 })
})

test('both readers decide alike on large shelves, with few keys or with many', () => {
  fc.assert(fc.property(largeFloor, agree), { numRuns: 250 })
})

test('both readers tell alike what matches from any place of the book on, and what each candidate violates', () => {
  const all = ({ reading, shelves, subjects }: Floor, { readers }: typeof Compiled | typeof Reference) =>
    Array.from(readers(reading)(shelves), ([shelf, { match, violates }]) => [
      shelf,
      subjects.map((subject) => [
        [0, ...reading.book.keys(), reading.book.length].map((from) => match(subject, from)),
        shelves.get(shelf)?.map((candidate) => violates(candidate, subject)),
      ]),
    ])
  fc.assert(
    fc.property(smallFloor, (floor) => {
      expect(all(floor, Compiled)).toEqual(all(floor, Reference))
    }),
    { numRuns: 1_000 },
  )
})

test('what matches from the first place on begins with the choice', () => {
  fc.assert(
    fc.property(smallFloor, ({ reading, shelves, subjects }) => {
      for (const { decide, match, violates } of Compiled.readers(reading)(shelves).values())
        for (const subject of subjects) {
          const chosen = O.map(({ rule, matching: [winner, ...tied] }: MatchOf<typeof match>) => ({
            rule,
            winner,
            tied,
            violates: violates(winner, subject),
          }))(match(subject, 0))
          expect(decide(subject)).toEqual(chosen)
        }
    }),
    { numRuns: 500 },
  )
})

test('a reader made once answers as one made for every subject', () => {
  // What a reader remembers of the subject before must not show in its answers.
  fc.assert(
    fc.property(smallFloor, (floor) => {
      const alone = floor.subjects.map((subject) => answers({ ...floor, subjects: [subject] }, Compiled))
      const together = answers(floor, Compiled)
      expect(floor.subjects.map((_, n) => together.map(([shelf, found]) => [shelf, [found?.[n]]]))).toEqual(alone)
    }),
    { numRuns: 300 },
  )
})
