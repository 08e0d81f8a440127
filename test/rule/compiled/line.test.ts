/**
 * The law of lines (src/rule/compiled/Line.ts): a subject in a line is decided as one that is alone, whoever stands before
 * and behind it.
 */
import fc from 'fast-check'
import { option as O, function as F } from 'fp-ts'
import { Criterion, Reference, Rule } from 'seatwise'
import { expect, test } from 'vitest'
import { findFor, meetFor, open, type Engine } from '../../../src/rule/compiled/Engine.js'
import { lineUp } from '../../../src/rule/compiled/Line.js'
import {
  book,
  everyMake,
  largeFloor,
  smallFloor,
  type Candidate,
  type Floor,
  type Subject,
} from '../../generators/floor.js'

/** Whom the engine found last, by their ids, and the name of the rule. */
const foundBy = ({ found, book: rules, candidates }: Engine<Subject, Candidate, string>) =>
  rules[found.rule] === undefined
    ? undefined
    : [rules[found.rule]?.name, ...[found.winner, ...found.tied.subarray(0, found.ties)].map((n) => candidates[n]?.id)]

/** How often subjects were read beforehand, in columns of their own. */
let lines = 0

const holds = ({ reading, shelves, subjects }: Floor): void => {
  const { engine, places, readers } = open(reading)(shelves)
  const reference = Reference.readers(reading)(shelves)
  for (const [shelf, place] of places) {
    const alone = subjects.map((subject) =>
      F.pipe(
        reference.get(shelf)?.decide(subject) ?? O.none,
        O.map(({ rule, winner, tied }) => [rule, winner.id, ...tied.map(({ id }) => id)]),
        O.toUndefined,
      ),
    )
    lineUp(engine.line, subjects)
    if (engine.line.isRead && engine.line.columns.length > 0) lines += 1
    const inLine = subjects.map((_, position) => {
      // Whom a subject meets is asked in between, as when columns are made.
      meetFor(engine, place, position)
      findFor(engine, place, position)
      return foundBy(engine)
    })
    expect(inLine).toEqual(alone)
    // And who comes alone afterwards is decided as if there had been no line.
    expect(subjects.map((subject) => readers.get(shelf)?.decide(subject))).toEqual(
      subjects.map((subject) => reference.get(shelf)?.decide(subject)),
    )
  }
}

/** Books that compare texts only, which is what can be read beforehand. */
const ofTexts = (floor: fc.Arbitrary<Floor>): fc.Arbitrary<Floor> => {
  const isText = ({ equal }: (typeof everyMake)[number]) => equal !== undefined
  const text = everyMake.find(isText)!
  return fc.record({ floor, book }).map(({ floor: made, book: rules }) => ({
    ...made,
    reading: {
      restricting: [],
      book: [
        ...rules.map((rule) => ({
          ...rule,
          conditions: rule.conditions.filter(
            (each) => each._tag === 'When' || (each._tag === 'Criterion' && isText(each)),
          ),
        })),
        Rule.rule('text', text),
      ],
    },
  }))
}

test('in a line, each is decided as alone, whatever the criteria mean', () => {
  fc.assert(fc.property(smallFloor, holds), { numRuns: 1_000 })
  fc.assert(fc.property(largeFloor, holds), { numRuns: 60 })
})

test('in a line whose texts are read beforehand, each is decided as alone', () => {
  lines = 0
  fc.assert(fc.property(ofTexts(smallFloor), holds), { numRuns: 500 })
  fc.assert(fc.property(ofTexts(largeFloor), holds), { numRuns: 60 })
  expect(lines).toBeGreaterThan(300)
})

test('a line in which a criterion throws leaves nothing behind', () => {
  const fragile = Criterion.equal<string, string>({
    name: 'fragile',
    mode: 'exact',
    texts: (candidate) => [candidate],
    text: (subject) => {
      if (subject === 'broken') throw new Error('no')
      return subject
    },
  })
  const { engine } = open({ book: [Rule.rule('fragile', fragile)], restricting: [] })(new Map([['shelf', ['a', 'b']]]))
  const decided = (...subjects: ReadonlyArray<string>) => {
    lineUp(engine.line, subjects)
    return subjects.map((_, position) => {
      findFor(engine, 0, position)
      return engine.found.winner
    })
  }
  expect(decided('a', 'b')).toEqual([0, 1])
  expect(() => decided('b', 'a', 'broken')).toThrow('no')
  expect(() => decided('broken')).toThrow('no')
  expect(decided('c', 'b')).toEqual([-1, 1])
  expect(decided('c')).toEqual([-1])
})
