/**
 * An invariant is what holds of every result, to be checked by whoever does not want to take the word of the code that made
 * it: a code, the clause that it comes from, and a way to find where it is broken.
 *
 * @since 0.1.0
 */
import * as Text from '../value/Text.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/**
 * An invariant that does not hold of a result: its code, the clause that it comes from, and where it is broken: the ids of
 * what is wrong, as a JSON list that may stand in a report.
 *
 * @since 0.1.0
 */
export interface BrokenInvariant {
  readonly code: string
  readonly clause: string
  readonly at: string
}

/**
 * What holds of every result, and where it does not hold of the one that the facts are about.
 *
 * @since 0.1.0
 */
export interface Invariant<Facts> {
  readonly code: string
  readonly clause: string
  readonly broken: (facts: Facts) => ReadonlyArray<string>
}

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

/**
 * An invariant by its code, its clause and the places where it is broken.
 *
 * @example
 * import assert from 'node:assert'
 * import { Invariant } from 'seatwise'
 *
 * const paid = Invariant.invariant('paid', 'house rule 7', (guests: ReadonlyArray<{ readonly name: string; readonly owes: number }>) =>
 *   guests.filter(({ owes }) => owes > 0).map(({ name }) => Invariant.place(name)),
 * )
 * const broken = Invariant.check([paid])([{ name: 'Ann', owes: 0 }, { name: 'Bo', owes: 3 }])
 * assert.deepStrictEqual(broken, [{ code: 'paid', clause: 'house rule 7', at: '["Bo"]' }])
 *
 * @since 0.1.0
 */
export const invariant = <Facts>(
  code: string,
  clause: string,
  broken: Invariant<Facts>['broken'],
): Invariant<Facts> => ({ code, clause, broken })

/**
 * Ids as a place to look at: different ids make different places, whatever is in them.
 *
 * @example
 * import assert from 'node:assert'
 * import { Invariant } from 'seatwise'
 *
 * assert.strictEqual(Invariant.place('pc-1', 'i-1'), '["pc-1","i-1"]')
 *
 * @since 0.1.0
 */
export const place = (...ids: ReadonlyArray<string>): string => Text.printable(JSON.stringify(ids))

// -------------------------------------------------------------------------------------
// combinators
// -------------------------------------------------------------------------------------

/**
 * Checks all invariants: those that are broken, and where.
 *
 * @example
 * import assert from 'node:assert'
 * import { Invariant } from 'seatwise'
 *
 * const positive = Invariant.invariant('positive', 'arithmetic', (n: number) => (n > 0 ? [] : [Invariant.place(String(n))]))
 * assert.deepStrictEqual(Invariant.check([positive])(1), [])
 *
 * @since 0.1.0
 */
export const check =
  <Facts>(invariants: ReadonlyArray<Invariant<Facts>>) =>
  (facts: Facts): ReadonlyArray<BrokenInvariant> =>
    invariants.flatMap(({ code, clause, broken }) => broken(facts).map((at) => ({ code, clause, at })))

/**
 * The first of a list that comes after its turn, if any does.
 *
 * @example
 * import assert from 'node:assert'
 * import { Invariant } from 'seatwise'
 *
 * assert.deepStrictEqual(Invariant.outOfTurn([1, 3, 2, 1], (a, b) => a - b), [2])
 *
 * @since 0.1.0
 */
export const outOfTurn = <A>(list: ReadonlyArray<A>, compare: (a: A, b: A) => number): ReadonlyArray<A> => {
  const found = list.findIndex((each, position) => position > 0 && compare(list[position - 1] as A, each) > 0)
  return found === -1 ? [] : list.slice(found, found + 1)
}

/**
 * Is nothing of the list out of its turn?
 *
 * @example
 * import assert from 'node:assert'
 * import { Invariant } from 'seatwise'
 *
 * assert.strictEqual(Invariant.isAscending([1, 2, 2], (a, b) => a - b), true)
 *
 * @since 0.1.0
 */
export const isAscending = <A>(list: ReadonlyArray<A>, compare: (a: A, b: A) => number): boolean =>
  outOfTurn(list, compare).length === 0
