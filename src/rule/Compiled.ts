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
import { meet, numberKeys, UNASKED, type Numbered, type Requirement } from './Numbered.js'
import { build, lookUp, type Column, type KeyIndex } from './KeyIndex.js'
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
  readonly required: ReadonlyMap<Numbered<S, C>, ReadonlyArray<Requirement | undefined>>
}

/** A criterion that a rule joins on; a lenient one lets candidates pass that do not ask for it. */
interface Join<S, C> {
  readonly criterion: Numbered<S, C>
  readonly lenient: boolean
  readonly required: ReadonlyArray<Requirement | undefined>
}

/** The candidates that match a rule, by their positions. */
type Matching<S> = (subject: S) => ReadonlyArray<number>

const NOBODY: ReadonlyArray<number> = []
const NOBODY_TIED: ReadonlyArray<never> = []

const passesAlone =
  <S, C>(shelf: Shelf<S, C>, numbered: (criterion: Criterion<S, C>) => Numbered<S, C>, position: number) =>
  (condition: Condition<S, C>): boolean => {
    const asks = (criterion: Criterion<S, C>): boolean =>
      shelf.required.get(numbered(criterion))?.[position] !== undefined
    const candidate = shelf.candidates[position]
    switch (condition._tag) {
      case 'Criterion':
        return asks(condition)
      case 'Absent':
        return !asks(condition.criterion)
      case 'Permits':
        return true
      case 'When':
        return candidate !== undefined && condition.holds(candidate)
    }
  }

const joinsOf = <S, C>(
  { conditions }: Rule<S, C, string>,
  shelf: Shelf<S, C>,
  numbered: (criterion: Criterion<S, C>) => Numbered<S, C>,
  eligible: ReadonlyArray<number>,
): ReadonlyArray<Join<S, C>> =>
  conditions.flatMap((condition): ReadonlyArray<Join<S, C>> => {
    if (condition._tag !== 'Criterion' && condition._tag !== 'Permits') return []
    const lenient = condition._tag === 'Permits'
    const criterion = numbered(lenient ? condition.criterion : condition)
    const required = shelf.required.get(criterion) ?? []
    // A condition that no candidate asks about is never violated.
    return eligible.every((position) => required[position] === undefined) ? [] : [{ criterion, lenient, required }]
  })

const check =
  <S, C>({ criterion, lenient, required }: Join<S, C>) =>
  (position: number, subject: S): boolean => {
    const asked = required[position]
    return asked === undefined ? lenient : meet(asked, criterion.shown(subject))
  }

const matchingBy = <S, C>(index: KeyIndex, joins: ReadonlyArray<Join<S, C>>): Matching<S> => {
  const checks = joins.filter((_, position) => !index.columns.includes(position)).map(check)
  const shownIn =
    (subject: S) =>
    (column: number): ReadonlyArray<number> => {
      const join = joins[column]
      if (join === undefined) return NOBODY
      const shown = join.criterion.shown(subject)
      return join.lenient ? [...UNASKED, ...shown] : shown
    }
  return (subject) => {
    const found = lookUp(index, shownIn(subject))
    return checks.length === 0 || found.length === 0
      ? found
      : found.filter((position) => checks.every((passes) => passes(position, subject)))
  }
}

/** How a rule finds its matches on a shelf; none where no candidate of the shelf can ever match. */
const compileRule = <S, C>(
  rule: Rule<S, C, string>,
  shelf: Shelf<S, C>,
  numbered: (criterion: Criterion<S, C>) => Numbered<S, C>,
): O.Option<Matching<S>> => {
  const eligible = [...shelf.candidates.keys()].filter((position) =>
    rule.conditions.every(passesAlone(shelf, numbered, position)),
  )
  if (eligible.length === 0) return O.none
  const joins = joinsOf(rule, shelf, numbered, eligible)
  const columns = joins.map(({ criterion, required }): Column => ({
    base: criterion.codes.size + 1,
    codes: (position) => required[position]?.codes ?? UNASKED,
  }))
  const index = build(columns, eligible)
  return O.some(index === undefined ? () => eligible : matchingBy(index, joins))
}

const compileShelf = <S, C, Name extends string>(
  { book, restricting }: Reading<S, C, Name>,
  shelf: Shelf<S, C>,
  numbered: (criterion: Criterion<S, C>) => Numbered<S, C>,
): Reader<S, C, Name> => {
  const rules = book.flatMap((rule) => {
    const matching = compileRule(rule, shelf, numbered)
    return O.isSome(matching) ? [{ name: rule.name, matching: matching.value }] : []
  })
  const restrictions = restricting.map((criterion) => {
    const { name, shown } = numbered(criterion)
    return { name, shown, required: shelf.required.get(numbered(criterion)) ?? [] }
  })
  const violates = (position: number, subject: S): ReadonlyArray<string> =>
    restrictions.flatMap(({ name, shown, required }) => {
      const asked = required[position]
      return asked === undefined || meet(asked, shown(subject)) ? [] : [name]
    })
  // INVARIANT: positions come from the candidates of this shelf.
  const at = (position: number): C => shelf.candidates[position] as C

  return (subject) => {
    for (const { name, matching } of rules) {
      const positions = matching(subject)
      const [first] = positions
      if (first === undefined) continue
      const tied = positions.length === 1 ? NOBODY_TIED : positions.slice(1).map(at)
      const choice: Choice<C, Name> = { rule: name, winner: at(first), tied, violates: violates(first, subject) }
      return O.some(choice)
    }
    return O.none
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
 * const decide = (readers: typeof Compiled.readers) => readers(reading)(shelves).get('support')?.({ language: 'de' })
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
    // INVARIANT: all keys are numbered before the first index is built, so that no code outgrows its base.
    const filled = Array.from(shelves, ([key, candidates]): readonly [Key, Shelf<S, C>] => [
      key,
      { candidates, required: new Map(columns.map((column) => [column, candidates.map(column.required)])) },
    ])
    return new Map(filled.map(([key, shelf]) => [key, compileShelf(reading, shelf, numbered)]))
  }
}
