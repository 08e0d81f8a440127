/**
 * A gate lets a value pass or turns it away with a reason; a ladder is gates in their order, climbed up to the first
 * that turns the value away. Who is skipped, who is no candidate, which answer is there before any rule is tried: each is
 * a gate.
 *
 * Laws, of ladders under {@link getMonoid}:
 *
 * 1. Associativity and identity, as of lists
 * 2. First refusal: `climb(concat(a, b))` is `climb(a)` where that refuses, else `climb(b)`
 *
 * @since 0.1.0
 */
import { O, RA, type M } from '../prelude.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/**
 * A test with a reason. `clause` is the clause of the rule book that it implements; `refuses` gives the reason, or none
 * when the value passes.
 *
 * @since 0.1.0
 */
export interface Gate<A, Reason> {
  readonly name: string
  readonly clause: string
  readonly refuses: (value: A) => O.Option<Reason>
}

/**
 * Gates in their order.
 *
 * @since 0.1.0
 */
export type Ladder<A, Reason> = ReadonlyArray<Gate<A, Reason>>

/**
 * The gate that turned a value away, and why.
 *
 * @since 0.1.0
 */
export interface Refusal<Reason> {
  readonly gate: string
  readonly clause: string
  readonly reason: Reason
}

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

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
): Gate<A, Reason> => {
  const refused = O.some(reason)
  return { name, clause, refuses: (value) => (turnsAway(value) ? refused : O.none) }
}

// -------------------------------------------------------------------------------------
// combinators
// -------------------------------------------------------------------------------------

/**
 * Climbs a ladder: the first refusal, or none for a value that passes every gate.
 *
 * @example
 * import assert from 'node:assert'
 * import { option as O } from 'fp-ts'
 * import { Gate } from 'seatwise'
 *
 * const climb = Gate.climb([
 *   Gate.gate('age', 'house rule 1', 'too young', (age: number) => age < 18),
 *   Gate.gate('age', 'house rule 2', 'too old', (age: number) => age > 130),
 * ])
 * assert.deepStrictEqual(climb(131), O.some({ gate: 'age', clause: 'house rule 2', reason: 'too old' }))
 * assert.deepStrictEqual(climb(40), O.none)
 *
 * @since 0.1.0
 */
export const climb =
  <A, Reason>(ladder: Ladder<A, Reason>) =>
  (value: A): O.Option<Refusal<Reason>> => {
    for (const { name, clause, refuses } of ladder) {
      const refused = refuses(value)
      if (O.isSome(refused)) return O.some({ gate: name, clause, reason: refused.value })
    }
    return O.none
  }

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
  <Reason>(each: Gate<A, Reason>): Gate<B, Reason> => ({ ...each, refuses: (value) => each.refuses(part(value)) })

// -------------------------------------------------------------------------------------
// instances
// -------------------------------------------------------------------------------------

/**
 * Ladders one after the other.
 *
 * @example
 * import assert from 'node:assert'
 * import { Gate } from 'seatwise'
 *
 * const { concat, empty } = Gate.getMonoid<number, string>()
 * const adults = Gate.gate('age', 'house rule 1', 'too young', (age: number) => age < 18)
 * assert.deepStrictEqual(concat(empty, [adults]), [adults])
 *
 * @since 0.1.0
 */
export const getMonoid = <A, Reason>(): M.Monoid<Ladder<A, Reason>> => RA.getMonoid<Gate<A, Reason>>()
