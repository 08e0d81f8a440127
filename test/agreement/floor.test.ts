/**
 * The two readers of the rule floor cannot be told apart by their answers, whatever is decided about (design.md,
 * *Obligations between the parts*).
 */
import fc from 'fast-check'
import { option as O } from 'fp-ts'
import { Compiled, Condition, Criterion, Reference, Rule } from 'seatwise'
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
  const agreeOnAll = (floor: Floor) => {
    expect(all(floor, Compiled)).toEqual(all(floor, Reference))
  }
  fc.assert(fc.property(smallFloor, agreeOnAll), { numRuns: 1_000 })
  fc.assert(fc.property(largeFloor, agreeOnAll), { numRuns: 60 })
})

test('a candidate may ask for more than can be packed, and a book for more facts than a number has bits', () => {
  const many = (count: number) => Array.from({ length: count }, (_, n) => n)
  const wide = many(12).map((n) =>
    Criterion.make<{ readonly shown: number }, { readonly asked: number }>({
      name: `digit ${String(n)}`,
      requires: ({ asked }) => (n < asked ? [String(n)] : undefined),
      shows: ({ shown }) => (n < shown ? [String(n)] : []),
    }),
  )
  const odd = many(40).map((n) =>
    Condition.when(`fact ${String(n)}`, ({ asked }: { asked: number }) => asked % (n + 1) === 0),
  )
  const books = [
    wide.map((criterion) => Rule.rule(criterion.name, criterion)).reverse(),
    odd.map((fact) => Rule.rule(fact.name, fact)).reverse(),
  ]
  for (const book of books)
    for (const asked of [3, 11, 12]) {
      const shelves = new Map([
        ['shelf', [{ asked: 1 }, { asked }, { asked: 2 }]],
        ['other', [{ asked: 4 }]],
      ])
      const decided = ({ readers }: typeof Compiled | typeof Reference) =>
        Array.from(readers({ book, restricting: wide })(shelves).values(), ({ decide }) =>
          [0, 1, 5, 12].map((shown) => decide({ shown })),
        )
      expect(decided(Compiled)).toEqual(decided(Reference))
    }
})

test('a criterion that throws leaves nothing behind: asked again, the reader answers as before', () => {
  const fragile = Criterion.make<string, string>({
    name: 'fragile',
    requires: (candidate) => [candidate],
    shows: (subject) => {
      if (subject === 'broken') throw new Error('no')
      return [subject]
    },
  })
  const firm = Criterion.make<string, string>({ name: 'firm', requires: (each) => [each], shows: (each) => [each] })
  const reading = { book: [Rule.rule('both', firm, fragile)], restricting: [] }
  const decide = Compiled.readers(reading)(new Map([['shelf', ['a', 'broken']]])).get('shelf')?.decide
  const before = decide?.('a')
  expect(() => decide?.('broken')).toThrow('no')
  expect(decide?.('a')).toEqual(before)
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
