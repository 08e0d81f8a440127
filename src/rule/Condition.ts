/**
 * What a rule asks of a criterion: that it holds, that it is not asked for, or that it is not violated; or a fact of the
 * candidate alone.
 *
 * Laws:
 *
 * 1. A criterion and `absent` of it exclude each other
 * 2. `permits(k)` holds exactly when `k` holds or `absent(k)` holds
 * 3. `when` and `absent` do not depend on the subject
 *
 * @since 0.1.0
 */
import { O } from '../prelude.js'
import { meets, violated, type Criterion } from './Criterion.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/**
 * The candidate does not ask for the criterion.
 *
 * @since 0.1.0
 */
export interface Absent<S, C> {
  readonly _tag: 'Absent'
  readonly criterion: Criterion<S, C>
}

/**
 * The candidate does not ask for the criterion, or the criterion holds: it is not violated.
 *
 * @since 0.1.0
 */
export interface Permits<S, C> {
  readonly _tag: 'Permits'
  readonly criterion: Criterion<S, C>
}

/**
 * A fact of the candidate alone.
 *
 * @since 0.1.0
 */
export interface When<C> {
  readonly _tag: 'When'
  readonly name: string
  readonly holds: (candidate: C) => boolean
}

/**
 * What one rule asks. A criterion by itself asks that it holds.
 *
 * @since 0.1.0
 */
export type Condition<S, C> = Criterion<S, C> | Absent<S, C> | Permits<S, C> | When<C>

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

/**
 * The candidate must not ask for the criterion.
 *
 * @example
 * import assert from 'node:assert'
 * import { Condition, Criterion } from 'seatwise'
 *
 * const floor = Criterion.make({
 *   name: 'floor',
 *   requires: (printer: { readonly floor?: string }) => (printer.floor === undefined ? undefined : [printer.floor]),
 *   shows: (desk: { readonly floor: string }) => [desk.floor],
 * })
 * assert.strictEqual(Condition.holds(Condition.absent(floor))({}, { floor: '2' }), true)
 * assert.strictEqual(Condition.holds(Condition.absent(floor))({ floor: '2' }, { floor: '2' }), false)
 *
 * @since 0.1.0
 */
export const absent = <S, C>(criterion: Criterion<S, C>): Absent<S, C> => ({ _tag: 'Absent', criterion })

/**
 * The criterion must not be violated.
 *
 * @example
 * import assert from 'node:assert'
 * import { Condition, Criterion } from 'seatwise'
 *
 * const floor = Criterion.make({
 *   name: 'floor',
 *   requires: (printer: { readonly floor?: string }) => (printer.floor === undefined ? undefined : [printer.floor]),
 *   shows: (desk: { readonly floor: string }) => [desk.floor],
 * })
 * assert.strictEqual(Condition.holds(Condition.permits(floor))({}, { floor: '2' }), true)
 * assert.strictEqual(Condition.holds(Condition.permits(floor))({ floor: '1' }, { floor: '2' }), false)
 *
 * @since 0.1.0
 */
export const permits = <S, C>(criterion: Criterion<S, C>): Permits<S, C> => ({ _tag: 'Permits', criterion })

/**
 * The candidate must have a property of its own.
 *
 * @example
 * import assert from 'node:assert'
 * import { Condition } from 'seatwise'
 *
 * const isColor = Condition.when('color', (printer: { readonly color: boolean }) => printer.color)
 * assert.strictEqual(Condition.holds(isColor)({ color: true }, undefined), true)
 *
 * @since 0.1.0
 */
export const when = <C>(name: string, holds: (candidate: C) => boolean): When<C> => ({ _tag: 'When', name, holds })

// -------------------------------------------------------------------------------------
// combinators
// -------------------------------------------------------------------------------------

/**
 * Does the condition hold for the candidate and the subject?
 *
 * @example
 * import assert from 'node:assert'
 * import { Condition } from 'seatwise'
 *
 * const isLarge = Condition.when('large', (room: { readonly seats: number }) => room.seats > 8)
 * assert.strictEqual(Condition.holds(isLarge)({ seats: 4 }, 'any subject'), false)
 *
 * @since 0.1.0
 */
export const holds =
  <S, C>(condition: Condition<S, C>) =>
  (candidate: C, subject: S): boolean => {
    switch (condition._tag) {
      case 'Criterion':
        return meets(condition)(candidate, subject)
      case 'Absent':
        return O.isNone(condition.criterion.requires(candidate))
      case 'Permits':
        return !violated(condition.criterion)(candidate, subject)
      case 'When':
        return condition.holds(candidate)
    }
  }

/**
 * The condition in words, as it stands in the table of rules.
 *
 * @example
 * import assert from 'node:assert'
 * import { Condition } from 'seatwise'
 *
 * assert.strictEqual(Condition.show(Condition.when('main license', () => true)), 'main license')
 *
 * @since 0.1.0
 */
export const show = <S, C>(condition: Condition<S, C>): string => {
  switch (condition._tag) {
    case 'Criterion':
      return condition.name
    case 'Absent':
      return `no ${condition.criterion.name}`
    case 'Permits':
      return `${condition.criterion.name} not violated`
    case 'When':
      return condition.name
  }
}
