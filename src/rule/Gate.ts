/**
 * A gate lets a value pass or turns it away with a reason; an exit lets it pass or leads it out with an answer. Ladders
 * are made of both. Who is skipped, who is no candidate, which answer is there before any rule is tried: each is a gate
 * or an exit.
 *
 * Laws:
 *
 * 1. Contravariance: `contramap(f)` composes, and `contramap(identity)` changes nothing that can be observed
 * 2. Meeting: `permits(criterion)` turns a candidate away exactly when the subject violates the criterion
 *
 * @since 0.1.0
 */
import { O } from '../prelude.js'
import { violated, type Criterion } from './Criterion.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/**
 * The two sides of a test in words: what is asked for, and what was found. A side that does not matter is empty.
 *
 * @since 0.1.0
 */
export interface Comparison {
  readonly asked: string
  readonly told: string
}

/**
 * A test with a reason. `clause` is the clause of the rule book that it implements; `reasons` are all that it can give;
 * `refuses` gives one of them, or none when the value passes; `compares` puts the two sides into words.
 *
 * @since 0.1.0
 */
export interface Gate<A, Reason> {
  readonly _tag: 'Gate'
  readonly name: string
  readonly clause: string
  readonly reasons: ReadonlyArray<Reason>
  readonly refuses: (value: A) => O.Option<Reason>
  readonly compares: (value: A) => Comparison
}

/**
 * A way out with an answer, for a value that needs to climb no further; none, where it does.
 *
 * @since 0.1.0
 */
export interface Exit<A, Answer> {
  readonly _tag: 'Exit'
  readonly name: string
  readonly clause: string
  readonly leads: (value: A) => O.Option<Answer>
}

/**
 * A subject with a candidate: what a gate made of a criterion looks at.
 *
 * @since 0.1.0
 */
export interface Meeting<S, C> {
  readonly subject: S
  readonly candidate: C
}

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

/**
 * The two sides of a test: what is asked for, and what was found.
 *
 * @example
 * import assert from 'node:assert'
 * import { Gate } from 'seatwise'
 *
 * assert.deepStrictEqual(Gate.comparing('18 or older', '12'), { asked: '18 or older', told: '12' })
 *
 * @since 0.1.0
 */
export const comparing = (asked: string, told: string): Comparison => ({ asked, told })

const UNSPOKEN = comparing('', '')

/**
 * A gate that turns away, for one reason, whatever satisfies the predicate.
 *
 * @example
 * import assert from 'node:assert'
 * import { option as O } from 'fp-ts'
 * import { Gate } from 'seatwise'
 *
 * const adults = Gate.gate('age', 'house rule 1', 'too young', (age: number) => age < 18)
 * assert.deepStrictEqual(adults.refuses(12), O.some('too young'))
 * assert.deepStrictEqual(adults.refuses(40), O.none)
 *
 * @since 0.1.0
 */
export const gate = <A, Reason>(
  name: string,
  clause: string,
  reason: Reason,
  turnsAway: (value: A) => boolean,
  compares: (value: A) => Comparison = () => UNSPOKEN,
): Gate<A, Reason> => {
  const refused = O.some(reason)
  return {
    _tag: 'Gate',
    name,
    clause,
    reasons: [reason],
    refuses: (value) => (turnsAway(value) ? refused : O.none),
    compares,
  }
}

/**
 * A gate with several reasons.
 *
 * @example
 * import assert from 'node:assert'
 * import { option as O } from 'fp-ts'
 * import { Gate } from 'seatwise'
 *
 * const temper = Gate.gateOf('temper', 'house rule 3', ['too cold', 'too warm'], (degrees: number) =>
 *   degrees < 5 ? O.some('too cold') : degrees > 30 ? O.some('too warm') : O.none,
 * )
 * assert.deepStrictEqual([0, 20, 40].map(temper.refuses), [O.some('too cold'), O.none, O.some('too warm')])
 *
 * @since 0.1.0
 */
export const gateOf = <A, Reason>(
  name: string,
  clause: string,
  reasons: ReadonlyArray<Reason>,
  refuses: (value: A) => O.Option<Reason>,
  compares: (value: A) => Comparison = () => UNSPOKEN,
): Gate<A, Reason> => ({ _tag: 'Gate', name, clause, reasons, refuses, compares })

/**
 * An exit.
 *
 * @example
 * import assert from 'node:assert'
 * import { option as O } from 'fp-ts'
 * import { Gate } from 'seatwise'
 *
 * const members = Gate.exit('member', 'house rule 4', (name: string) => (name === 'Ann' ? O.some('in by card') : O.none))
 * assert.deepStrictEqual(members.leads('Ann'), O.some('in by card'))
 *
 * @since 0.1.0
 */
export const exit = <A, Answer>(
  name: string,
  clause: string,
  leads: (value: A) => O.Option<Answer>,
): Exit<A, Answer> => ({ _tag: 'Exit', name, clause, leads })

/**
 * The gate of a criterion: it turns a candidate away that asks for what the subject does not show.
 *
 * @example
 * import assert from 'node:assert'
 * import { option as O } from 'fp-ts'
 * import { Criterion, Gate } from 'seatwise'
 *
 * const floor = Criterion.make({
 *   name: 'floor',
 *   requires: (printer: { readonly floor?: string }) => (printer.floor === undefined ? undefined : [printer.floor]),
 *   shows: (desk: { readonly floor: string }) => [desk.floor],
 * })
 * const sameFloor = Gate.permits('house rule 5', 'on another floor', floor)
 * assert.deepStrictEqual(sameFloor.refuses({ subject: { floor: '1' }, candidate: { floor: '2' } }), O.some('on another floor'))
 * assert.deepStrictEqual(sameFloor.refuses({ subject: { floor: '1' }, candidate: {} }), O.none)
 *
 * @since 0.1.0
 */
export const permits = <S, C, Reason>(
  clause: string,
  reason: Reason,
  criterion: Criterion<S, C>,
): Gate<Meeting<S, C>, Reason> => {
  const isViolated = violated(criterion)
  return gate(
    criterion.name,
    clause,
    reason,
    ({ subject, candidate }) => isViolated(candidate, subject),
    ({ subject, candidate }) => ({ asked: criterion.asked(candidate), told: criterion.told(subject) }),
  )
}

// -------------------------------------------------------------------------------------
// combinators
// -------------------------------------------------------------------------------------

/**
 * Looks at a part of the value.
 *
 * @example
 * import assert from 'node:assert'
 * import { option as O } from 'fp-ts'
 * import { Gate } from 'seatwise'
 *
 * const adults = Gate.gate('age', 'house rule 1', 'too young', (age: number) => age < 18)
 * const guests = Gate.contramap((guest: { readonly age: number }) => guest.age)(adults)
 * assert.deepStrictEqual(guests.refuses({ age: 12 }), O.some('too young'))
 *
 * @since 0.1.0
 */
export const contramap =
  <A, B>(part: (value: B) => A) =>
  <Reason>(each: Gate<A, Reason>): Gate<B, Reason> => ({
    ...each,
    refuses: (value) => each.refuses(part(value)),
    compares: (value) => each.compares(part(value)),
  })
