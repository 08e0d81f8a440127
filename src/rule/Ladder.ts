/**
 * A ladder is gates and exits in their order, climbed up to the first that turns the value away or leads it out.
 *
 * Laws, of ladders under {@link getMonoid}:
 *
 * 1. Associativity and identity, as of lists
 * 2. First stop: `climb(concat(a, b))` is `climb(a)` where that stops, else `climb(b)`
 * 3. The trail of a value ends where its climb does: every rung before the last of it was passed
 *
 * @since 0.1.0
 */
import { O, RA, type M } from '../prelude.js'
import type { Exit, Gate } from './Gate.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/**
 * Gates and exits in their order. A ladder without exits gives no answers.
 *
 * @since 0.1.0
 */
export type Ladder<A, Reason, Answer = never> = ReadonlyArray<Gate<A, Reason> | Exit<A, Answer>>

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

/**
 * The exit that a value took, and the answer it led to.
 *
 * @since 0.1.0
 */
export interface Answered<Answer> {
  readonly exit: string
  readonly clause: string
  readonly answer: Answer
}

/**
 * Where a climb ended before the top.
 *
 * @since 0.1.0
 */
export type Stop<Reason, Answer = never> = [Answer] extends [never]
  ? Refusal<Reason>
  : Refusal<Reason> | Answered<Answer>

/**
 * A rung as a value came to it, and whether it went on from there.
 *
 * @since 0.1.0
 */
export interface Passage<A, Reason, Answer = never> {
  readonly rung: Gate<A, Reason> | Exit<A, Answer>
  readonly passed: boolean
}

// -------------------------------------------------------------------------------------
// climbing
// -------------------------------------------------------------------------------------

/**
 * Climbs a ladder: where the value stopped, or none for one that comes to the top.
 *
 * @example
 * import assert from 'node:assert'
 * import { option as O } from 'fp-ts'
 * import { Gate, Ladder } from 'seatwise'
 *
 * const climb = Ladder.climb([
 *   Gate.gate('age', 'house rule 1', 'too young', (age: number) => age < 18),
 *   Gate.exit('age', 'house rule 6', (age: number) => (age > 100 ? O.some('guest of honor') : O.none)),
 * ])
 * assert.deepStrictEqual(climb(12), O.some({ gate: 'age', clause: 'house rule 1', reason: 'too young' }))
 * assert.deepStrictEqual(climb(101), O.some({ exit: 'age', clause: 'house rule 6', answer: 'guest of honor' }))
 * assert.deepStrictEqual(climb(40), O.none)
 *
 * @since 0.1.0
 */
export const climb =
  <A, Reason, Answer = never>(ladder: Ladder<A, Reason, Answer>) =>
  (value: A): O.Option<Stop<Reason, Answer>> => {
    for (const rung of ladder) {
      if (rung._tag === 'Gate') {
        const refused = rung.refuses(value)
        // INVARIANT: a ladder without exits stops at gates alone, which is what the type of a stop says.
        if (O.isSome(refused)) return O.some({ gate: rung.name, clause: rung.clause, reason: refused.value })
      } else {
        const led = rung.leads(value)
        if (O.isSome(led))
          return O.some({ exit: rung.name, clause: rung.clause, answer: led.value } as Stop<Reason, Answer>)
      }
    }
    return O.none
  }

/**
 * The rungs that a value came to, up to the one where it stopped: the evidence of a climb.
 *
 * @example
 * import assert from 'node:assert'
 * import { Gate, Ladder } from 'seatwise'
 *
 * const ladder = [
 *   Gate.gate('young', 'house rule 1', 'too young', (age: number) => age < 18),
 *   Gate.gate('old', 'house rule 2', 'too old', (age: number) => age > 130),
 * ]
 * const passed = (age: number) => Ladder.trail(ladder)(age).map(({ passed }) => passed)
 * assert.deepStrictEqual([passed(12), passed(40), passed(131)], [[false], [true, true], [true, false]])
 *
 * @since 0.1.0
 */
export const trail =
  <A, Reason, Answer = never>(ladder: Ladder<A, Reason, Answer>) =>
  (value: A): ReadonlyArray<Passage<A, Reason, Answer>> => {
    const passages: Array<Passage<A, Reason, Answer>> = []
    for (const rung of ladder) {
      const passed = O.isNone(rung._tag === 'Gate' ? rung.refuses(value) : rung.leads(value))
      passages.push({ rung, passed })
      if (!passed) break
    }
    return passages
  }

// -------------------------------------------------------------------------------------
// instances
// -------------------------------------------------------------------------------------

/**
 * Ladders one after the other.
 *
 * @example
 * import assert from 'node:assert'
 * import { Gate, Ladder } from 'seatwise'
 *
 * const { concat, empty } = Ladder.getMonoid<number, string>()
 * const adults = Gate.gate('age', 'house rule 1', 'too young', (age: number) => age < 18)
 * assert.deepStrictEqual(concat(empty, [adults]), [adults])
 *
 * @since 0.1.0
 */
export const getMonoid = <A, Reason, Answer = never>(): M.Monoid<Ladder<A, Reason, Answer>> =>
  RA.getMonoid<Gate<A, Reason> | Exit<A, Answer>>()
