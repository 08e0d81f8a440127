/**
 * The rule floor by itself: criteria, books, candidates and subjects over tiny alphabets, which have nothing to do with
 * licenses.
 *
 * A candidate says for each criterion which keys it requires, if any, and has a few facts of its own; a subject shows keys
 * for each criterion. Some criteria read a part that subjects share, as computers are shared by their installations.
 */
import fc from 'fast-check'
import { Condition, Criterion, Rule, type Reader } from 'seatwise'

/** Something with keys to require, or none. */
export type Candidate = {
  readonly id: number
  readonly keys: ReadonlyArray<ReadonlyArray<string> | undefined>
  readonly facts: ReadonlyArray<boolean>
}

/** What subjects can share. */
export type Part = { readonly shown: ReadonlyArray<ReadonlyArray<string>> }

/** Something that shows keys, on its own and through a part. */
export type Subject = { readonly own: Part; readonly shared: Part }

export const CRITERIA = 4

/** Criterion `n` joins the keys at position `n`; those at even positions are read from the shared part. */
export const criteria: ReadonlyArray<Criterion.Criterion<Subject, Candidate>> = Array.from(
  { length: CRITERIA },
  (_, n) => {
    const ofPart = Criterion.make<Part, Candidate>({
      name: `criterion ${String(n)}`,
      requires: ({ keys }) => keys[n],
      shows: ({ shown }) => shown[n] ?? [],
    })
    return Criterion.contramap(({ own, shared }: Subject) => (n % 2 === 0 ? shared : own))(ofPart)
  },
)

/** Texts at position 4, compared by their forms, of which a subject has one; at position 5 keys that depend on one text. */
const text = Criterion.equal<Part, Candidate>({
  name: 'text',
  mode: 'case-insensitive',
  texts: ({ keys }) => keys[4] ?? [],
  text: ({ shown }) => shown[4]?.[0],
})
const derived = Criterion.make<Part, Candidate>({
  name: 'derived',
  requires: ({ keys }) => keys[5],
  shows: ({ shown }) => {
    const [first] = shown[5] ?? []
    return first === undefined ? [] : [first, 'k0']
  },
  text: ({ shown }) => shown[5]?.[0],
})
const [texts, derivations] = [text, derived].map(
  Criterion.contramap(({ own, shared }: Subject) => (own.shown.length === 0 ? shared : own)),
) as [Criterion.Criterion<Subject, Candidate>, Criterion.Criterion<Subject, Candidate>]

/** How many positions of keys there are in all. */
const POSITIONS = 6

/** Criteria of every make, alternatives among them, one of them between alternatives. */
export const everyMake: ReadonlyArray<Criterion.Criterion<Subject, Candidate>> = [
  ...criteria,
  texts,
  derivations,
  Criterion.either({ name: 'text or first' }, texts, criteria[0]!),
  Criterion.either(
    { name: 'one of three' },
    Criterion.either({ name: 'one of two' }, criteria[1]!, derivations),
    texts,
  ),
]

export const facts: ReadonlyArray<Condition.When<Candidate>> = [0, 1].map((n) =>
  Condition.when(`fact ${String(n)}`, ({ facts: held }: Candidate) => held[n] === true),
)

export type FloorCondition = Condition.Condition<Subject, Candidate>
export type FloorBook = Rule.RuleBook<Subject, Candidate, string>
export type FloorReading = Reader.Reading<Subject, Candidate, string>

const oneCriterion = fc.constantFrom(...everyMake)

export const condition: fc.Arbitrary<FloorCondition> = fc.oneof(
  { weight: 4, arbitrary: oneCriterion },
  { weight: 2, arbitrary: oneCriterion.map((each) => Condition.permits(each)) },
  { weight: 1, arbitrary: oneCriterion.map((each) => Condition.absent(each)) },
  { weight: 1, arbitrary: fc.constantFrom(...facts) },
)

/** Books of few rules; names may repeat, and a rule may have no condition at all. */
export const book: fc.Arbitrary<FloorBook> = fc.array(
  fc
    .record({
      name: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
      group: fc.nat({ max: 2 }),
      conditions: fc.array(condition, { maxLength: 4 }),
    })
    .map(({ name, group, conditions }) => ({ ...Rule.rule(name, ...conditions), group })),
  { maxLength: 5 },
)

export const reading: fc.Arbitrary<FloorReading> = fc.record({ book, restricting: fc.subarray([...everyMake]) })

/** Keys out of an alphabet; the larger it is, the more selective is the column. Keys may repeat. */
const alphabet = (size: number): fc.Arbitrary<string> => fc.nat({ max: size - 1 }).map((n) => `k${String(n)}`)

/** The same, written in one way or another, which only counts where texts are compared by their forms. */
const written = (size: number): fc.Arbitrary<string> =>
  fc
    .tuple(alphabet(size), fc.constantFrom('', '', '', ' ', '\u00a0'), fc.constantFrom(false, false, false, true))
    .map(([key, around, isLarge]) => `${around}${isLarge ? key.replace('k', '\u212a') : key}`)

/** How the shelves of a floor look: how many keys there are, and how many of them a candidate may ask for. */
type Shape = { readonly keys: number; readonly most: number; readonly least: number; readonly asking: number }

const candidateOf = ({ keys, least, most, asking }: Shape): fc.Arbitrary<Omit<Candidate, 'id'>> =>
  fc.record({
    keys: fc.tuple(
      ...Array.from({ length: POSITIONS }, (_, position) =>
        fc.oneof(
          {
            weight: asking,
            arbitrary: fc.array(position === 4 ? written(keys) : alphabet(keys), { minLength: least, maxLength: most }),
          },
          { weight: 1, arbitrary: fc.constantFrom(undefined, []) },
        ),
      ),
    ),
    facts: fc.tuple(fc.boolean(), fc.boolean()),
  })

const shelf = (shape: Shape, smallest: number, largest: number): fc.Arbitrary<ReadonlyArray<Candidate>> =>
  fc
    .array(candidateOf(shape), { minLength: smallest, maxLength: largest, size: 'max' })
    .map((list) => list.map((each, id) => ({ id, ...each })))

/** A few candidates, each asking for a few keys. */
export const smallShelf = shelf({ keys: 3, least: 0, most: 2, asking: 2 }, 0, 6)

/** So many candidates with so few keys that one column does not tell them apart. */
const crowdedShelf = shelf({ keys: 3, least: 1, most: 1, asking: 12 }, 25, 90)

/** So many candidates behind each key that keys are not followed one by one. */
const heavyShelf = shelf({ keys: 2, least: 1, most: 1, asking: 8 }, 160, 220)

/** Candidates with more keys than are compared one by one, as of a license with many devices. */
const wideShelf = shelf({ keys: 40, least: 8, most: 24, asking: 4 }, 4, 12)

/** Few candidates with more keys together than are compared at once. */
const longShelf = shelf({ keys: 12, least: 1, most: 3, asking: 3 }, 5, 12)

/** Crowded, with some candidates that have several keys, so that not every column can refine an index. */
const mixedShelf = fc
  .tuple(crowdedShelf, wideShelf)
  .map((shelves) => shelves.flat().map((each, id) => ({ ...each, id })))

const shown = fc
  .tuple(
    ...Array.from({ length: POSITIONS }, (_, position) => {
      const keys = position === 4 ? written : alphabet
      return fc.oneof(fc.array(keys(3), { maxLength: 3 }), fc.array(keys(41), { maxLength: 6 }))
    }),
  )
  .map((keys): Part => ({ shown: keys }))

/** Subjects in a row, some of which share a part with the one before. */
export const subjects: fc.Arbitrary<ReadonlyArray<Subject>> = fc
  .record({
    parts: fc.array(shown, { minLength: 1, maxLength: 3 }),
    own: fc.array(shown, { minLength: 1, maxLength: 6 }),
  })
  .map(({ parts, own }) =>
    own.map((each, n): Subject => ({ own: each, shared: parts[Math.floor(n / 2) % parts.length]! })),
  )

export type Floor = {
  readonly reading: FloorReading
  readonly shelves: ReadonlyMap<string, ReadonlyArray<Candidate>>
  readonly subjects: ReadonlyArray<Subject>
}

const floorOf = (...shelves: ReadonlyArray<fc.Arbitrary<ReadonlyArray<Candidate>>>): fc.Arbitrary<Floor> =>
  fc.record({ reading, shelves: fc.tuple(...shelves), subjects }).map(({ shelves: made, ...rest }) => ({
    ...rest,
    shelves: new Map(made.map((each, n) => [`shelf ${String(n)}`, each])),
  }))

export const smallFloor = floorOf(smallShelf, smallShelf)

export const largeFloor = floorOf(smallShelf, fc.oneof(crowdedShelf, mixedShelf, wideShelf, longShelf, heavyShelf))
