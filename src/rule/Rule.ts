/**
 * A rule is a named conjunction of conditions; a rule book is a list of rules under "else": the first rule that matches
 * any candidate decides.
 *
 * Laws, of books under {@link concat}:
 *
 * 1. Associativity: `concat(a, concat(b, c)) = concat(concat(a, b), c)`
 * 2. Identity: `concat(empty, a) = a = concat(a, empty)`
 * 3. Else: `concat(a, b)` decides as `a` does where `a` decides, and as `b` does elsewhere
 *
 * @since 0.1.0
 */
import { RA, type M } from '../prelude.js'
import { holds, type Condition } from './Condition.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/**
 * A named conjunction of conditions. Rules of one `group` are what a policy changes together.
 *
 * @since 0.1.0
 */
export interface Rule<S, C, Name extends string> {
  readonly name: Name
  readonly group: number
  readonly conditions: ReadonlyArray<Condition<S, C>>
}

/**
 * Rules in their order.
 *
 * @since 0.1.0
 */
export type RuleBook<S, C, Name extends string> = ReadonlyArray<Rule<S, C, Name>>

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

/**
 * A rule that matches when all its conditions hold.
 *
 * @example
 * import assert from 'node:assert'
 * import { Condition, Rule } from 'seatwise'
 *
 * const large = Rule.rule('large', Condition.when('large', (room: { readonly seats: number }) => room.seats > 8))
 * assert.strictEqual(Rule.matches(large)({ seats: 12 }, undefined), true)
 *
 * @since 0.1.0
 */
export const rule = <S, C, Name extends string>(
  name: Name,
  ...conditions: ReadonlyArray<Condition<S, C>>
): Rule<S, C, Name> => ({ name, group: 0, conditions })

/**
 * Puts rules into a group.
 *
 * @example
 * import assert from 'node:assert'
 * import { Rule } from 'seatwise'
 *
 * assert.deepStrictEqual(Rule.group(2, Rule.rule('a'), Rule.rule('b')).map(({ group }) => group), [2, 2])
 *
 * @since 0.1.0
 */
export const group = <S, C, Name extends string>(
  number: number,
  ...rules: RuleBook<S, C, Name>
): RuleBook<S, C, Name> => rules.map((each) => ({ ...each, group: number }))

// -------------------------------------------------------------------------------------
// combinators
// -------------------------------------------------------------------------------------

/**
 * Does the rule match, that is, do all its conditions hold?
 *
 * @example
 * import assert from 'node:assert'
 * import { Rule } from 'seatwise'
 *
 * assert.strictEqual(Rule.matches(Rule.rule('always'))('any candidate', 'any subject'), true)
 *
 * @since 0.1.0
 */
export const matches =
  <S, C>({ conditions }: Rule<S, C, string>) =>
  (candidate: C, subject: S): boolean =>
    conditions.every((condition) => holds(condition)(candidate, subject))

/**
 * Adds conditions to every rule of the given groups: how a policy makes a book stricter.
 *
 * @example
 * import assert from 'node:assert'
 * import { Condition, Rule } from 'seatwise'
 *
 * const book = [...Rule.group(1, Rule.rule('a')), ...Rule.group(2, Rule.rule('b'))]
 * const stricter = Rule.also([2], Condition.when('never', () => false))(book)
 * assert.deepStrictEqual(stricter.map((rule) => Rule.matches(rule)(0, 0)), [true, false])
 *
 * @since 0.1.0
 */
export const also =
  <S, C>(groups: ReadonlyArray<number>, ...conditions: ReadonlyArray<Condition<S, C>>) =>
  <Name extends string>(book: RuleBook<S, C, Name>): RuleBook<S, C, Name> =>
    book.map((each) =>
      groups.includes(each.group) ? { ...each, conditions: [...each.conditions, ...conditions] } : each,
    )

/**
 * Puts a rule right after the one named, in its group. A book without that rule gets the new one at its end.
 *
 * @example
 * import assert from 'node:assert'
 * import { function as F } from 'fp-ts'
 * import { Rule } from 'seatwise'
 *
 * const book = F.pipe([Rule.rule('a'), Rule.rule('c')], Rule.insertAfter('a', Rule.rule('b')))
 * assert.deepStrictEqual(book.map(({ name }) => name), ['a', 'b', 'c'])
 *
 * @since 0.1.0
 */
export const insertAfter =
  <S, C, Added extends string>(name: string, added: Rule<S, C, Added>) =>
  <Name extends string>(book: RuleBook<S, C, Name>): RuleBook<S, C, Name | Added> => {
    const position = book.findIndex((each) => each.name === name)
    const before = position === -1 ? book : book.slice(0, position + 1)
    const group = before[before.length - 1]?.group ?? added.group
    return [...before, { ...added, group }, ...book.slice(before.length)]
  }

/**
 * Leaves out the rules named.
 *
 * @example
 * import assert from 'node:assert'
 * import { Rule } from 'seatwise'
 *
 * assert.deepStrictEqual(Rule.without('a')([Rule.rule('a'), Rule.rule('b')]).map(({ name }) => name), ['b'])
 *
 * @since 0.1.0
 */
export const without =
  (...names: ReadonlyArray<string>) =>
  <S, C, Name extends string>(book: RuleBook<S, C, Name>): RuleBook<S, C, Name> =>
    book.filter(({ name }) => !names.includes(name))

// -------------------------------------------------------------------------------------
// instances
// -------------------------------------------------------------------------------------

/**
 * Books under "else": first the rules of the one, then those of the other.
 *
 * @example
 * import assert from 'node:assert'
 * import { Rule } from 'seatwise'
 *
 * const { concat, empty } = Rule.getMonoid<unknown, unknown, string>()
 * assert.deepStrictEqual(concat([Rule.rule('a')], concat(empty, [Rule.rule('b')])).map(({ name }) => name), ['a', 'b'])
 *
 * @since 0.1.0
 */
export const getMonoid = <S, C, Name extends string>(): M.Monoid<RuleBook<S, C, Name>> =>
  RA.getMonoid<Rule<S, C, Name>>()
