/**
 * The compiled reader: book and candidates become hash joins, once; then a subject is decided in a few look-ups. It knows
 * no criterion by name, only what all of them are: keys that meet.
 *
 * What is done once: the keys that candidates require are numbered; on each shelf `absent` and `when` are resolved, rules
 * that no candidate of the shelf can pass are dropped, and each of the others gets an index (KeyIndex). What a subject
 * shows is numbered once for each part of a subject that a criterion reads.
 *
 * @since 0.1.0
 */
import { O } from '../prelude.js'
import type { Condition } from './Condition.js'
import type { Criterion } from './Criterion.js'
import { build, lookUp, type Column } from './KeyIndex.js'
import { meet, numberKeys, type Codes, type Numbered } from './Numbered.js'
import type { Choice, MakeReaders, Reader, Reading } from './Reader.js'
import type { Rule } from './Rule.js'

const criterionOf = <S, C>(condition: Condition<S, C>): ReadonlyArray<Criterion<S, C>> => {
  switch (condition._tag) {
    case 'Criterion':
      return [condition]
    case 'Absent':
    case 'Permits':
      return [condition.criterion]
    case 'When':
      return []
  }
}

// -------------------------------------------------------------------------------------
// shelves
// -------------------------------------------------------------------------------------

/** What a shelf holds: its candidates, and the codes that each requires of each criterion. */
interface Shelf<S, C> {
  readonly candidates: ReadonlyArray<C>
  readonly required: ReadonlyMap<Numbered<S, C>, ReadonlyArray<Codes | undefined>>
}

/** The candidates that match a rule, by their positions. */
type Matching<S> = (subject: S) => ReadonlyArray<number>

const NOBODY_TIED: ReadonlyArray<never> = []
const NOTHING_ASKED: ReadonlyArray<undefined> = []

/** Can the candidate at a position pass a condition, whatever the subject is? */
const passesAlone =
  <S, C>({ candidates, required }: Shelf<S, C>, numbered: (criterion: Criterion<S, C>) => Numbered<S, C>) =>
  (condition: Condition<S, C>): ((position: number) => boolean) => {
    const askedBy = (criterion: Criterion<S, C>) => required.get(numbered(criterion)) ?? NOTHING_ASKED
    switch (condition._tag) {
      case 'Criterion': {
        const asked = askedBy(condition)
        return (position) => asked[position] !== undefined
      }
      case 'Absent': {
        const asked = askedBy(condition.criterion)
        return (position) => asked[position] === undefined
      }
      case 'Permits':
        return () => true
      case 'When':
        return (position) => {
          const candidate = candidates[position]
          return candidate !== undefined && condition.holds(candidate)
        }
    }
  }

const columnsOf = <S, C>(
  { conditions }: Rule<S, C, string>,
  shelf: Shelf<S, C>,
  numbered: (criterion: Criterion<S, C>) => Numbered<S, C>,
  eligible: ReadonlyArray<number>,
): ReadonlyArray<Column<S>> =>
  conditions.flatMap((condition): ReadonlyArray<Column<S>> => {
    if (condition._tag !== 'Criterion' && condition._tag !== 'Permits') return []
    const lenient = condition._tag === 'Permits'
    // What holds is not violated.
    if (lenient && conditions.includes(condition.criterion)) return []
    const criterion = numbered(lenient ? condition.criterion : condition)
    const required = shelf.required.get(criterion) ?? NOTHING_ASKED
    // A condition that no candidate asks about is never violated.
    return eligible.every((position) => required[position] === undefined)
      ? []
      : [{ lenient, required: (position) => required[position], shown: criterion.shown }]
  })

/** How a rule finds its matches on a shelf; none where no candidate of the shelf can ever match. */
const compileRule = <S, C>(
  rule: Rule<S, C, string>,
  shelf: Shelf<S, C>,
  numbered: (criterion: Criterion<S, C>) => Numbered<S, C>,
): O.Option<Matching<S>> => {
  const tests = rule.conditions.map(passesAlone(shelf, numbered))
  const eligible = [...shelf.candidates.keys()].filter((position) => tests.every((test) => test(position)))
  if (eligible.length === 0) return O.none
  const columns = columnsOf(rule, shelf, numbered, eligible)
  const strict = columns.filter(({ lenient }) => !lenient)
  const index = build(columns, eligible)
  return O.some((subject) => {
    for (const { shown } of strict) if (shown(subject).list.length === 0) return NOBODY_TIED
    return lookUp(index, subject)
  })
}

/** Where a candidate stands; asked first when somebody wants to know. */
const positions = <C>(candidates: ReadonlyArray<C>): ((candidate: C) => number | undefined) => {
  let known: ReadonlyMap<C, number> | undefined
  return (candidate) => {
    known ??= new Map(candidates.map((each, position) => [each, position]))
    return known.get(candidate)
  }
}

const compileShelf = <S, C, Name extends string>(
  { book, restricting }: Reading<S, C, Name>,
  shelf: Shelf<S, C>,
  numbered: (criterion: Criterion<S, C>) => Numbered<S, C>,
): Reader<S, C, Name> => {
  const rules = book.flatMap((rule, place) => {
    const matching = compileRule(rule, shelf, numbered)
    return O.isSome(matching) ? [{ name: rule.name, place, matching: matching.value }] : []
  })
  const restrictions = restricting.flatMap((criterion) => {
    const { name, shown } = numbered(criterion)
    const required = shelf.required.get(numbered(criterion)) ?? NOTHING_ASKED
    return required.every((codes) => codes === undefined) ? [] : [{ name, shown, required }]
  })
  const violatesAt = (position: number, subject: S): ReadonlyArray<string> => {
    let names: Array<string> | undefined
    for (const { name, shown, required } of restrictions) {
      const asked = required[position]
      if (asked !== undefined && !meet(asked, shown(subject))) (names ??= []).push(name)
    }
    return names ?? NOBODY_TIED
  }
  // INVARIANT: positions come from the candidates of this shelf.
  const at = (position: number): C => shelf.candidates[position] as C
  const positionOf = positions(shelf.candidates)

  return {
    decide: (subject) => {
      for (const { name, matching } of rules) {
        const found = matching(subject)
        const [first] = found
        if (first === undefined) continue
        const tied = found.length === 1 ? NOBODY_TIED : found.slice(1).map(at)
        const choice: Choice<C, Name> = { rule: name, winner: at(first), tied, violates: violatesAt(first, subject) }
        return O.some(choice)
      }
      return O.none
    },
    match: (subject, from) => {
      for (const { name, place, matching } of rules) {
        if (place < from) continue
        const [first, ...others] = matching(subject)
        if (first !== undefined) return O.some({ rule: name, place, matching: [at(first), ...others.map(at)] })
      }
      return O.none
    },
    violates: (candidate, subject) => {
      const position = restrictions.length === 0 ? undefined : positionOf(candidate)
      return position === undefined ? NOBODY_TIED : violatesAt(position, subject)
    },
  }
}

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

/**
 * Readers that join by keys. They decide as the reference readers do, in a few look-ups each.
 *
 * @example
 * import assert from 'node:assert'
 * import { Compiled, Criterion, Reference, Rule } from 'seatwise'
 *
 * const language = Criterion.make({
 *   name: 'language',
 *   requires: (agent: { readonly speaks: ReadonlyArray<string> }) => agent.speaks,
 *   shows: (ticket: { readonly language: string }) => [ticket.language],
 * })
 * const reading = { book: [Rule.rule('language', language), Rule.rule('anyone')], restricting: [] }
 * const shelves = new Map([['support', [{ speaks: ['sv'] }, { speaks: ['de'] }]]])
 * const decide = (readers: typeof Compiled.readers) => readers(reading)(shelves).get('support')?.decide({ language: 'de' })
 * assert.deepStrictEqual(decide(Compiled.readers), decide(Reference.readers))
 *
 * @since 0.1.0
 */
export const readers: MakeReaders = <S, C, Name extends string>(reading: Reading<S, C, Name>) => {
  return <Key>(shelves: ReadonlyMap<Key, ReadonlyArray<C>>): ReadonlyMap<Key, Reader<S, C, Name>> => {
    const criteria = new Map<Criterion<S, C>, Numbered<S, C>>()
    const numbered = (criterion: Criterion<S, C>): Numbered<S, C> => {
      const known = criteria.get(criterion) ?? numberKeys(criterion)
      criteria.set(criterion, known)
      return known
    }
    const used = [...reading.book.flatMap(({ conditions }) => conditions.flatMap(criterionOf)), ...reading.restricting]
    const columns = [...new Set(used)].map(numbered)
    const filled = Array.from(shelves, ([key, candidates]): readonly [Key, Shelf<S, C>] => [
      key,
      { candidates, required: new Map(columns.map((column) => [column, candidates.map(column.required)])) },
    ])
    return new Map(filled.map(([key, shelf]) => [key, compileShelf(reading, shelf, numbered)]))
  }
}
