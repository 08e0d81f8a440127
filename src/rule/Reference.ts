/**
 * The reference reader: it walks the book as it is told, for each rule, for each candidate in rank order, do the keys
 * meet? It is what the rules mean; the compiled reader is held to it. It also writes down what it tried, which is the
 * evidence of an explanation.
 *
 * @since 0.1.0
 */
import { O } from '../prelude.js'
import { holds, type Condition } from './Condition.js'
import { violated } from './Criterion.js'
import type { Choice, MakeReaders, Match, Reader, Reading } from './Reader.js'
import { matches, type Rule, type RuleBook } from './Rule.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/**
 * How a candidate fails a condition: it does not ask for the criterion at all, the keys do not meet, it asks for what had
 * to be absent, what it asks for is violated, or a fact about it is not so.
 *
 * @since 0.1.0
 */
export type FailureKind = 'not-asked' | 'not-met' | 'not-absent' | 'violated' | 'not-so'

/**
 * The first condition that a candidate failed, and how, with the two sides in words; a side that does not matter is empty.
 *
 * @since 0.1.0
 */
export interface Failure<S, C> {
  readonly condition: Condition<S, C>
  readonly kind: FailureKind
  readonly asked: string
  readonly told: string
}

/**
 * A candidate at a rule: it matched, or it failed a condition.
 *
 * @since 0.1.0
 */
export interface Attempt<S, C> {
  readonly candidate: C
  readonly failure: O.Option<Failure<S, C>>
}

/**
 * A rule as it was tried on all candidates.
 *
 * @since 0.1.0
 */
export interface Trial<S, C, Name extends string> {
  readonly rule: Rule<S, C, Name>
  readonly attempts: ReadonlyArray<Attempt<S, C>>
}

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

const read = <S, C, Name extends string>(
  { book, restricting }: Reading<S, C, Name>,
  candidates: ReadonlyArray<C>,
): Reader<S, C, Name> => {
  const match = (subject: S, from: number): O.Option<Match<C, Name>> => {
    for (const [place, rule] of book.entries()) {
      if (place < from) continue
      const [first, ...others] = candidates.filter((candidate) => matches(rule)(candidate, subject))
      if (first !== undefined) return O.some({ rule: rule.name, place, matching: [first, ...others] })
    }
    return O.none
  }
  const violates = (candidate: C, subject: S): ReadonlyArray<string> =>
    restricting.filter((criterion) => violated(criterion)(candidate, subject)).map(({ name }) => name)
  return {
    match,
    violates,
    decide: (subject) =>
      O.map(({ rule, matching: [winner, ...tied] }: Match<C, Name>): Choice<C, Name> => {
        return { rule, winner, tied, violates: violates(winner, subject) }
      })(match(subject, 0)),
  }
}

/**
 * Readers that walk the book.
 *
 * @example
 * import assert from 'node:assert'
 * import { option as O } from 'fp-ts'
 * import { Condition, Reference, Rule } from 'seatwise'
 *
 * // Whom does a ticket go to? Rooms and guests would do as well: the rule floor knows no license.
 * const book = [Rule.rule('senior', Condition.when('senior', (agent: { readonly senior: boolean }) => agent.senior))]
 * const readers = Reference.readers({ book, restricting: [] })(new Map([['support', [{ senior: true }]]]))
 * const choice = readers.get('support')?.decide('any ticket') ?? O.none
 * assert.deepStrictEqual(O.map(({ rule }: { readonly rule: string }) => rule)(choice), O.some('senior'))
 *
 * @since 0.1.0
 */
export const readers: MakeReaders = (reading) => (shelves) =>
  new Map(Array.from(shelves, ([shelf, candidates]) => [shelf, read(reading, candidates)]))

// -------------------------------------------------------------------------------------
// evidence
// -------------------------------------------------------------------------------------

const failureOf = <S, C>(condition: Condition<S, C>, candidate: C, subject: S): Failure<S, C> => {
  switch (condition._tag) {
    case 'Criterion':
      return O.isNone(condition.requires(candidate))
        ? { condition, kind: 'not-asked', asked: '', told: condition.told(subject) }
        : { condition, kind: 'not-met', asked: condition.asked(candidate), told: condition.told(subject) }
    case 'Absent':
      return { condition, kind: 'not-absent', asked: condition.criterion.asked(candidate), told: '' }
    case 'Permits': {
      const { asked, told } = condition.criterion
      return { condition, kind: 'violated', asked: asked(candidate), told: told(subject) }
    }
    case 'When':
      return { condition, kind: 'not-so', asked: '', told: '' }
  }
}

const attempt = <S, C>(rule: Rule<S, C, string>, candidate: C, subject: S): Attempt<S, C> => {
  const failed = rule.conditions.find((condition) => !holds(condition)(candidate, subject))
  return { candidate, failure: failed === undefined ? O.none : O.some(failureOf(failed, candidate, subject)) }
}

/**
 * The rules tried on the candidates for a subject, up to and including the one that decided. A candidate that matches may be
 * passed over at a rule, for a reason that is not in the book: it decides nothing then.
 *
 * @example
 * import assert from 'node:assert'
 * import { option as O } from 'fp-ts'
 * import { Condition, Reference, Rule } from 'seatwise'
 *
 * const book = [Rule.rule('large', Condition.when('large', (room: { readonly seats: number }) => room.seats > 8))]
 * const [trial] = Reference.trace(book)([{ seats: 4 }, { seats: 10 }])('any meeting')
 * assert.deepStrictEqual(trial?.attempts.map(({ failure }) => O.isNone(failure)), [false, true])
 *
 * @since 0.1.0
 */
export const trace =
  <S, C, Name extends string>(
    book: RuleBook<S, C, Name>,
    isPassedOver: (candidate: C, place: number) => boolean = () => false,
  ) =>
  (candidates: ReadonlyArray<C>) =>
  (subject: S): ReadonlyArray<Trial<S, C, Name>> => {
    const trials: Array<Trial<S, C, Name>> = []
    for (const [place, rule] of book.entries()) {
      const attempts = candidates.map((candidate) => attempt(rule, candidate, subject))
      trials.push({ rule, attempts })
      if (attempts.some(({ candidate, failure }) => O.isNone(failure) && !isPassedOver(candidate, place))) break
    }
    return trials
  }
