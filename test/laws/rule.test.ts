/**
 * Laws of rule books under "else" (src/rule/Rule.ts) and of the readers that decide by them (src/rule/Reader.ts), held
 * against a reading of the book that is written out here.
 */
import { option as O } from 'fp-ts'
import fc from 'fast-check'
import { Compiled, Condition, Reference, Rule, type Reader } from 'seatwise'
import { expect, test } from 'vitest'
import {
  book,
  condition,
  criteria,
  everyMake,
  smallShelf,
  subjects,
  type Candidate,
  type FloorBook,
  type FloorReading,
  type Subject,
} from '../generators/floor.js'
import { READERS } from '../generators/decide.js'

const { concat, empty } = Rule.getMonoid<Subject, Candidate, string>()

const makers = { compiled: Compiled.readers, reference: Reference.readers }

type FloorChoice = O.Option<Reader.Choice<Candidate, string>>

const read = (reader: (typeof READERS)[number], reading: FloorReading, shelf: ReadonlyArray<Candidate>) =>
  makers[reader](reading)(new Map([['shelf', shelf]])).get('shelf')!.decide

// -------------------------------------------------------------------------------------
// books
// -------------------------------------------------------------------------------------

test('law 1 of books: else is associative', () => {
  fc.assert(
    fc.property(book, book, book, (a, b, c) => {
      expect(concat(a, concat(b, c))).toEqual(concat(concat(a, b), c))
    }),
    { numRuns: 300 },
  )
})

test('law 2 of books: the empty book is the identity of else', () => {
  fc.assert(
    fc.property(book, (each) => {
      expect(concat(empty, each)).toEqual(each)
      expect(concat(each, empty)).toEqual(each)
    }),
    { numRuns: 300 },
  )
})

test.each(READERS)(
  'law 3 of books: else decides as the one where that decides, and as the other elsewhere (%s)',
  (reader) => {
    fc.assert(
      fc.property(book, book, smallShelf, subjects, (a, b, shelf, all) => {
        const decide = (each: FloorBook) => read(reader, { book: each, restricting: [...criteria] }, shelf)
        const [first, second, both] = [decide(a), decide(b), decide(concat(a, b))]
        for (const subject of all) {
          const chosen: FloorChoice = first(subject)
          expect(both(subject)).toEqual(O.isSome(chosen) ? chosen : second(subject))
        }
      }),
      { numRuns: 600 },
    )
  },
)

test('a rule matches when all its conditions hold, and always when it has none', () => {
  fc.assert(
    fc.property(fc.array(condition, { maxLength: 4 }), smallShelf, subjects, (conditions, shelf, all) => {
      const rule = Rule.rule('rule', ...conditions)
      for (const candidate of shelf)
        for (const subject of all)
          expect(Rule.matches(rule)(candidate, subject)).toBe(
            !conditions.some((each) => !Condition.holds(each)(candidate, subject)),
          )
    }),
    { numRuns: 300 },
  )
})

test('conditions are added to the rules of the groups named, and to no others', () => {
  fc.assert(
    fc.property(book, fc.subarray([0, 1, 2]), fc.array(condition, { maxLength: 2 }), (each, groups, added) => {
      const changed = Rule.also(groups, ...added)(each)
      expect(changed).toEqual(
        each.map((rule) => ({
          ...rule,
          conditions: groups.includes(rule.group) ? [...rule.conditions, ...added] : rule.conditions,
        })),
      )
    }),
    { numRuns: 300 },
  )
})

test('to add conditions distributes over else', () => {
  fc.assert(
    fc.property(book, book, fc.subarray([0, 1, 2]), condition, (a, b, groups, added) => {
      const change = Rule.also(groups, added)
      expect(change(concat(a, b))).toEqual(concat(change(a), change(b)))
    }),
    { numRuns: 200 },
  )
})

test('an inserted rule stands right after the one named, in its group; what is left out is gone', () => {
  const added = { ...Rule.rule<Subject, Candidate, string>('new'), group: 7 }
  fc.assert(
    fc.property(book, fc.constantFrom<string>('a', 'b', 'c'), (each, name) => {
      const inserted = Rule.insertAfter(name, added)(each)
      const position = inserted.findIndex((rule) => rule.name === 'new')
      const first = each.findIndex((rule) => rule.name === name)
      expect(position).toBe(first === -1 ? each.length : first + 1)
      expect(inserted[position]?.group).toBe(inserted[position - 1]?.group ?? 7)
      expect(Rule.without('new')(inserted)).toEqual(each)
      expect(Rule.without(name)(each).some((rule) => rule.name === name)).toBe(false)
    }),
    { numRuns: 300 },
  )
})

// -------------------------------------------------------------------------------------
// readers
// -------------------------------------------------------------------------------------

const reading: fc.Arbitrary<FloorReading> = fc.record({ book, restricting: fc.subarray([...everyMake]) })

/** What a subject shows at a position. */
const shownAt = (n: number, { own, shared }: Subject): ReadonlyArray<string> =>
  (n < 4 && n % 2 === 0 ? shared : own).shown[n] ?? []

const folded = (text: string): string => text.trim().toLowerCase()

/** The criteria that an alternative is made of. */
const alternatives: Readonly<Record<string, ReadonlyArray<string>>> = {
  'text or first': ['text', 'criterion 0'],
  'one of three': ['criterion 1', 'derived', 'text'],
}

/** What the two sides have in common for a criterion: looked at without any of its functions. */
const sidesOf = (name: string, { keys }: Candidate, subject: Subject) => {
  const [text = ''] = shownAt(4, subject)
  const [first] = shownAt(5, subject)
  switch (name) {
    case 'text':
      return { asked: (keys[4] ?? []).map(folded).filter((key) => key !== ''), shown: [folded(text)] }
    case 'derived':
      return { asked: keys[5] ?? [], shown: first === undefined ? [] : [first, 'k0'] }
    default:
      return { asked: keys[numberOf(name)] ?? [], shown: shownAt(numberOf(name), subject) }
  }
}

const share = (name: string, candidate: Candidate, subject: Subject): boolean =>
  (alternatives[name] ?? [name]).some((each) => {
    const { asked, shown } = sidesOf(each, candidate, subject)
    return asked.some((key) => shown.includes(key))
  })

const asksFor = (name: string, candidate: Candidate, subject: Subject): boolean =>
  (alternatives[name] ?? [name]).some((each) => sidesOf(each, candidate, subject).asked.length > 0)

const numberOf = (name: string): number => Number(name.slice(-1))

const holdsAt = (each: Condition.Condition<Subject, Candidate>, candidate: Candidate, subject: Subject): boolean => {
  switch (each._tag) {
    case 'Criterion':
      return share(each.name, candidate, subject)
    case 'Absent':
      return !asksFor(each.criterion.name, candidate, subject)
    case 'Permits':
      return !asksFor(each.criterion.name, candidate, subject) || share(each.criterion.name, candidate, subject)
    case 'When':
      return candidate.facts[numberOf(each.name)] === true
  }
}

const onEverySubject = (
  reader: (typeof READERS)[number],
  holds: (given: FloorReading, shelf: ReadonlyArray<Candidate>, subject: Subject, choice: FloorChoice) => void,
): void => {
  fc.assert(
    fc.property(reading, smallShelf, subjects, (given, shelf, all) => {
      const decide = read(reader, given, shelf)
      for (const subject of all) holds(given, shelf, subject, decide(subject))
    }),
    { numRuns: 600 },
  )
}

test.each(READERS)('law 1 of readers: the first rule that matches any candidate decides (%s)', (reader) => {
  onEverySubject(reader, (given, shelf, subject, choice) => {
    const deciding = given.book.find(({ conditions }) =>
      shelf.some((candidate) => conditions.every((each) => holdsAt(each, candidate, subject))),
    )
    expect(O.isSome(choice) ? choice.value.rule : undefined).toBe(deciding?.name)
  })
})

test.each(READERS)(
  'law 2 of readers: of those that match at that rule the first wins, and the others are tied (%s)',
  (reader) => {
    onEverySubject(reader, (given, shelf, subject, choice) => {
      const matching = given.book
        .map(({ conditions }) =>
          shelf.filter((candidate) => conditions.every((each) => holdsAt(each, candidate, subject))),
        )
        .find((found) => found.length > 0)
      expect(O.isSome(choice) ? [choice.value.winner, ...choice.value.tied] : undefined).toEqual(matching)
    })
  },
)

test.each(READERS)(
  'law 3 of readers: violations are told of the winner only, whichever rule decided (%s)',
  (reader) => {
    onEverySubject(reader, (given, _, subject, choice) => {
      if (O.isNone(choice)) return
      const { winner, violates } = choice.value
      expect(violates).toEqual(
        given.restricting
          .map(({ name }) => name)
          .filter((name) => asksFor(name, winner, subject) && !share(name, winner, subject)),
      )
    })
  },
)

test('the evidence names every candidate at every rule tried, with the first condition that failed', () => {
  fc.assert(
    fc.property(reading, smallShelf, subjects, (given, shelf, all) => {
      for (const subject of all) {
        const trials = Reference.trace(given.book)(shelf)(subject)
        const decided = read('reference', given, shelf)(subject)
        const last = trials[trials.length - 1]
        expect(trials.map(({ rule }) => rule)).toEqual(given.book.slice(0, trials.length))
        if (O.isNone(decided)) expect(trials.length).toBe(given.book.length)
        else expect(last?.rule.name).toBe(decided.value.rule)
        for (const { rule, attempts } of trials) {
          expect(attempts.map(({ candidate }) => candidate)).toEqual(shelf)
          for (const { candidate, failure } of attempts)
            expect(O.isSome(failure) ? failure.value.condition : undefined).toBe(
              rule.conditions.find((each) => !holdsAt(each, candidate, subject)),
            )
        }
        for (const { attempts } of trials.slice(0, -1))
          expect(attempts.every(({ failure }) => O.isSome(failure))).toBe(true)
      }
    }),
    { numRuns: 300 },
  )
})
