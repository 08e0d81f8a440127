/**
 * Laws of criteria and conditions (src/rule/Criterion.ts, src/rule/Condition.ts).
 */
import { option as O } from 'fp-ts'
import fc from 'fast-check'
import { Condition, Criterion, Text } from 'seatwise'
import { expect, test } from 'vitest'
import { criteria, CRITERIA, facts, smallShelf, subjects, type Candidate, type Subject } from '../generators/floor.js'

const NUMBERS = Array.from({ length: CRITERIA }, (_, n) => n)

/** Every pair of a candidate and a subject, for each criterion. */
const onEveryPair = (holds: (n: number, candidate: Candidate, subject: Subject) => void): void => {
  fc.assert(
    fc.property(smallShelf, subjects, (candidates, all) => {
      for (const candidate of candidates)
        for (const subject of all) for (const n of NUMBERS) holds(n, candidate, subject)
    }),
    { numRuns: 300 },
  )
}

/** The keys of the two sides, looked at without any of the functions of a criterion. */
const sides = (n: number, candidate: Candidate, { own, shared }: Subject) => ({
  required: new Set(candidate.keys[n] ?? []),
  shown: new Set((n % 2 === 0 ? shared : own).shown[n] ?? []),
})

const criterionAt = (n: number): Criterion.Criterion<Subject, Candidate> => criteria[n]!

test('law 1 of criteria: one holds exactly when the candidate requires something and the two share a key', () => {
  onEveryPair((n, candidate, subject) => {
    const { required, shown } = sides(n, candidate, subject)
    const shares = [...required].some((key) => shown.has(key))
    expect(Criterion.meets(criterionAt(n))(candidate, subject)).toBe(shares)
    expect(Criterion.violated(criterionAt(n))(candidate, subject)).toBe(required.size > 0 && !shares)
    expect(O.isSome(criterionAt(n).requires(candidate))).toBe(required.size > 0)
  })
})

/** All that can be observed of a criterion at a pair. */
const observed = <S, C>(criterion: Criterion.Criterion<S, C>, candidate: C, subject: S) => ({
  name: criterion.name,
  requires: criterion.requires(candidate),
  shows: criterion.shows(subject),
  reads: criterion.reads(subject),
  asked: criterion.asked(candidate),
  told: criterion.told(subject),
  meets: Criterion.meets(criterion)(candidate, subject),
  violated: Criterion.violated(criterion)(candidate, subject),
})

test('law 2 of criteria: to look at the whole of a subject changes nothing', () => {
  onEveryPair((n, candidate, subject) => {
    const same = Criterion.contramap((whole: Subject) => whole)(criterionAt(n))
    expect(observed(same, candidate, subject)).toEqual(observed(criterionAt(n), candidate, subject))
  })
})

test('law 2 of criteria: to look at a part of a part is to look at that part', () => {
  type Inner = { readonly inner: Subject }
  type Outer = { readonly outer: Inner }
  const toInner = ({ outer }: Outer): Inner => outer
  const toSubject = ({ inner }: Inner): Subject => inner
  onEveryPair((n, candidate, subject) => {
    const outer: Outer = { outer: { inner: subject } }
    const inTwoSteps = Criterion.contramap(toInner)(Criterion.contramap(toSubject)(criterionAt(n)))
    const atOnce = Criterion.contramap((whole: Outer) => toSubject(toInner(whole)))(criterionAt(n))
    expect(observed(inTwoSteps, candidate, outer)).toEqual(observed(atOnce, candidate, outer))
  })
})

test('law 3 of criteria: subjects of which the same part is read show the same keys', () => {
  fc.assert(
    fc.property(subjects, subjects, (some, others) => {
      for (const a of some)
        for (const b of others.map((each) => ({ ...each, shared: a.shared })))
          for (const criterion of criteria)
            if (criterion.reads(a) === criterion.reads(b)) expect(criterion.shows(a)).toEqual(criterion.shows(b))
    }),
    { numRuns: 200 },
  )
})

test('a criterion that says nothing in words is told by its keys', () => {
  const floor = Criterion.make({
    name: 'floor',
    requires: (keys: ReadonlyArray<string>) => keys,
    shows: (keys: ReadonlyArray<string>) => keys,
  })
  expect([floor.asked(['1', '2']), floor.told(['3'])]).toEqual(['1, 2', '3'])
  expect([floor.asked([]), floor.told([])]).toEqual(['nothing', 'nothing'])
})

// -------------------------------------------------------------------------------------
// conditions
// -------------------------------------------------------------------------------------

const { absent, holds, permits } = Condition

test('law 1 of conditions: a criterion and its absence exclude each other', () => {
  onEveryPair((n, candidate, subject) => {
    const both = holds(criterionAt(n))(candidate, subject) && holds(absent(criterionAt(n)))(candidate, subject)
    expect(both).toBe(false)
  })
})

test('law 2 of conditions: what is permitted holds or is not asked for', () => {
  onEveryPair((n, candidate, subject) => {
    const either = holds(criterionAt(n))(candidate, subject) || holds(absent(criterionAt(n)))(candidate, subject)
    expect(holds(permits(criterionAt(n)))(candidate, subject)).toBe(either)
  })
})

test('law 3 of conditions: facts of a candidate and absence do not depend on the subject', () => {
  fc.assert(
    fc.property(smallShelf, subjects, subjects, (candidates, [a], [b]) => {
      for (const candidate of candidates)
        for (const condition of [...facts, ...criteria.map((criterion) => absent(criterion))])
          expect(holds(condition)(candidate, a!)).toBe(holds(condition)(candidate, b!))
    }),
    { numRuns: 300 },
  )
})

test('a criterion is absent exactly where the candidate requires nothing', () => {
  onEveryPair((n, candidate, subject) => {
    expect(holds(absent(criterionAt(n)))(candidate, subject)).toBe(sides(n, candidate, subject).required.size === 0)
  })
})

test('conditions in words', () => {
  const [criterion, fact] = [criterionAt(0), facts[0]!]
  expect([criterion, absent(criterion), permits(criterion), fact].map((each) => Condition.show(each))).toEqual([
    'criterion 0',
    'no criterion 0',
    'criterion 0 not violated',
    'fact 0',
  ])
})

const text = fc.constantFrom('a', 'A', ' a', 'b', '', ' ', '\u212a', 'k', 'aK')

test('law 4 of criteria: an equal criterion holds when the form of the text is that of one of the texts, and no blank one counts', () => {
  const sameIn = (mode: Text.TextMode) =>
    Criterion.equal<{ readonly said: string | undefined }, { readonly texts: ReadonlyArray<string> }>({
      name: 'same',
      mode,
      texts: ({ texts }) => texts,
      text: ({ said }) => said,
    })
  fc.assert(
    fc.property(
      fc.constantFrom<Text.TextMode>('case-insensitive', 'exact'),
      fc.array(text, { maxLength: 3 }),
      fc.option(text, { nil: undefined }),
      (mode, texts, said) => {
        const form = Text.form(mode)
        const asked = texts.map(form).filter((each) => each !== '')
        const same = sameIn(mode)
        expect(Criterion.meets(same)({ texts }, { said })).toBe(said !== undefined && asked.includes(form(said)))
        expect(O.isSome(same.requires({ texts }))).toBe(asked.length > 0)
      },
    ),
    { numRuns: 500 },
  )
})

test('law 5 of criteria: an alternative holds exactly when one of its two does, and is asked for when one of them is', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...NUMBERS),
      fc.constantFrom(...NUMBERS),
      smallShelf,
      subjects,
      (a, b, candidates, all) => {
        const either = Criterion.either({ name: 'either' }, criterionAt(a), criterionAt(b))
        for (const candidate of candidates)
          for (const subject of all) {
            const [one, other] = [criterionAt(a), criterionAt(b)]
            expect(Criterion.meets(either)(candidate, subject)).toBe(
              Criterion.meets(one)(candidate, subject) || Criterion.meets(other)(candidate, subject),
            )
            expect(O.isSome(either.requires(candidate))).toBe(
              O.isSome(one.requires(candidate)) || O.isSome(other.requires(candidate)),
            )
          }
      },
    ),
    { numRuns: 300 },
  )
})
