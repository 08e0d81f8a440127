/**
 * The two readers of the rule floor cannot be told apart by their answers, whatever is decided about (design.md,
 * *Obligations between the parts*).
 */
import fc from 'fast-check'
import { Compiled, Reference } from 'seatwise'
import { expect, test } from 'vitest'
import { largeFloor, smallFloor, type Floor } from '../generators/floor.js'

const answers = ({ reading, shelves, subjects }: Floor, { readers }: typeof Compiled | typeof Reference) => {
  const made = readers(reading)(shelves)
  return Array.from(made, ([shelf, read]) => [shelf, subjects.map(read)])
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
