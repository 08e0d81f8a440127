/**
 * A criterion is two key functions that meet: what a candidate requires, and what a subject shows.
 *
 * Laws:
 *
 * 1. Meeting: a criterion holds exactly when the candidate requires something and the two share a key
 * 2. Contravariance: `contramap(f)` composes, and `contramap(identity)` changes nothing that can be observed
 * 3. Reading: subjects that `reads` maps to one value show the same keys
 *
 * Because its meaning *is* that keys meet, a reader that joins by keys cannot disagree with one that compares them.
 *
 * @since 0.1.0
 */
import { O, type RNEA } from '../prelude.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/**
 * What a candidate may require and a subject may show. Keys of different criteria never meet.
 *
 * @since 0.1.0
 */
export type Key = string

/**
 * Two key functions, and how the two sides are told to a person.
 *
 * - `requires`: none when the candidate does not ask for this
 * - `shows`: empty when this is blank in the subject
 * - `reads`: the part of the subject that `shows` looks at, so that a reader may look once for many subjects
 * - `asked`, `told`: the two sides in words, with secrets masked
 *
 * @since 0.1.0
 */
export interface Criterion<S, C> {
  readonly _tag: 'Criterion'
  readonly name: string
  readonly requires: (candidate: C) => O.Option<RNEA.ReadonlyNonEmptyArray<Key>>
  readonly shows: (subject: S) => ReadonlyArray<Key>
  readonly reads: (subject: S) => unknown
  readonly asked: (candidate: C) => string
  readonly told: (subject: S) => string
}

/**
 * What a criterion is made from. Where the sides are not put into words, their keys are.
 *
 * @since 0.1.0
 */
export interface Description<S, C> {
  readonly name: string
  readonly requires: (candidate: C) => ReadonlyArray<Key> | undefined
  readonly shows: (subject: S) => ReadonlyArray<Key>
  readonly asked?: (candidate: C) => string
  readonly told?: (subject: S) => string
}

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

const isNonEmpty = <A>(list: ReadonlyArray<A>): list is RNEA.ReadonlyNonEmptyArray<A> => list.length > 0

const inWords = (keys: ReadonlyArray<Key>): string => (keys.length === 0 ? 'nothing' : keys.join(', '))

/**
 * Makes a criterion. A candidate for which `requires` is absent or empty does not ask for it.
 *
 * @example
 * import assert from 'node:assert'
 * import { Criterion } from 'seatwise'
 *
 * const language = Criterion.make({
 *   name: 'language',
 *   requires: (agent: { readonly speaks: ReadonlyArray<string> }) => agent.speaks,
 *   shows: (ticket: { readonly language: string }) => [ticket.language],
 * })
 * assert.strictEqual(Criterion.meets(language)({ speaks: ['sv', 'de'] }, { language: 'de' }), true)
 * assert.strictEqual(Criterion.meets(language)({ speaks: [] }, { language: 'de' }), false)
 *
 * @since 0.1.0
 */
export const make = <S, C>(description: Description<S, C>): Criterion<S, C> => {
  const { name, shows } = description
  const requires = (candidate: C): O.Option<RNEA.ReadonlyNonEmptyArray<Key>> => {
    const keys = description.requires(candidate)
    return keys !== undefined && isNonEmpty(keys) ? O.some(keys) : O.none
  }
  return {
    _tag: 'Criterion',
    name,
    requires,
    shows,
    reads: (subject) => subject,
    asked:
      description.asked ?? ((candidate) => inWords(O.getOrElse((): ReadonlyArray<Key> => [])(requires(candidate)))),
    told: description.told ?? ((subject) => inWords(shows(subject))),
  }
}

// -------------------------------------------------------------------------------------
// combinators
// -------------------------------------------------------------------------------------

/**
 * Looks at a part of the subject. Readers then read that part once for subjects that follow one another and share it, so a
 * part is taken for a value: one that is changed in place is not looked at again.
 *
 * @example
 * import assert from 'node:assert'
 * import { function as F } from 'fp-ts'
 * import { Criterion } from 'seatwise'
 *
 * const floor = Criterion.make({
 *   name: 'floor',
 *   requires: (printer: { readonly floor: string }) => [printer.floor],
 *   shows: (room: { readonly floor: string }) => [room.floor],
 * })
 * const ofDesk = F.pipe(floor, Criterion.contramap((desk: { readonly room: { readonly floor: string } }) => desk.room))
 * assert.strictEqual(Criterion.meets(ofDesk)({ floor: '2' }, { room: { floor: '2' } }), true)
 *
 * @since 0.1.0
 */
export const contramap =
  <S, T>(part: (subject: S) => T) =>
  <C>(criterion: Criterion<T, C>): Criterion<S, C> => ({
    ...criterion,
    shows: (subject) => criterion.shows(part(subject)),
    reads: (subject) => criterion.reads(part(subject)),
    told: (subject) => criterion.told(part(subject)),
  })

/**
 * Does the candidate require something, and do the two share a key?
 *
 * @example
 * import assert from 'node:assert'
 * import { Criterion } from 'seatwise'
 *
 * const size = Criterion.make({
 *   name: 'size',
 *   requires: (box: { readonly size?: string }) => (box.size === undefined ? undefined : [box.size]),
 *   shows: (item: { readonly size: string }) => [item.size],
 * })
 * assert.strictEqual(Criterion.meets(size)({ size: 'm' }, { size: 'm' }), true)
 * assert.strictEqual(Criterion.meets(size)({}, { size: 'm' }), false)
 *
 * @since 0.1.0
 */
export const meets =
  <S, C>(criterion: Criterion<S, C>) =>
  (candidate: C, subject: S): boolean => {
    const required = criterion.requires(candidate)
    if (O.isNone(required)) return false
    const shown = criterion.shows(subject)
    return required.value.some((key) => shown.includes(key))
  }

/**
 * Does the candidate ask for this, and the subject not show it? A criterion that is not asked for cannot be violated.
 *
 * @example
 * import assert from 'node:assert'
 * import { Criterion } from 'seatwise'
 *
 * const size = Criterion.make({
 *   name: 'size',
 *   requires: (box: { readonly size?: string }) => (box.size === undefined ? undefined : [box.size]),
 *   shows: (item: { readonly size: string }) => [item.size],
 * })
 * assert.strictEqual(Criterion.violated(size)({ size: 's' }, { size: 'm' }), true)
 * assert.strictEqual(Criterion.violated(size)({}, { size: 'm' }), false)
 *
 * @since 0.1.0
 */
export const violated =
  <S, C>(criterion: Criterion<S, C>) =>
  (candidate: C, subject: S): boolean =>
    O.isSome(criterion.requires(candidate)) && !meets(criterion)(candidate, subject)
