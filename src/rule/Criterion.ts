/**
 * A criterion is two key functions that meet: what a candidate requires, and what a subject shows.
 *
 * Laws:
 *
 * 1. Meeting: a criterion holds exactly when the candidate requires something and the two share a key
 * 2. Contravariance: `contramap(f)` composes, and `contramap(identity)` changes nothing that can be observed
 * 3. Reading: subjects that `reads` maps to one value show the same keys, and so do those of one `text`
 * 4. Equality: an `equal` criterion requires and shows the forms of texts, as many as are not blank
 * 5. Alternatives: an `either` criterion holds exactly when one of its two does, and is asked for when one of them is
 * 6. Entailment: whoever shows a key shows all that it `entails`, and nobody shows a key that has no entailment
 *
 * Because its meaning *is* that keys meet, a reader that joins by keys cannot disagree with one that compares them.
 *
 * @since 0.1.0
 */
import { O, type RNEA } from '../prelude.js'
import * as Text from '../value/Text.js'

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
 * - `text`, `equal`, `either`: what a reader may know of how keys come about, to find them sooner; a criterion means the same
 *   without them
 * - `entails`: what may be known of a key without any subject, for proofs; without it, a key stands for itself alone
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
  /** The one text of the subject on which what it shows depends. */
  readonly text?: (subject: S) => string | undefined
  /** The keys are the forms of texts: of these of the candidate, and of `text` of the subject. */
  readonly equal?: { readonly mode: Text.TextMode; readonly texts: (candidate: C) => ReadonlyArray<string> }
  /** It holds when one of these does. */
  readonly either?: readonly [Criterion<S, C>, Criterion<S, C>]
  /** The keys that whoever shows a key shows besides; nothing at all of a key that nobody shows. */
  readonly entails?: (key: Key) => ReadonlyArray<Key> | undefined
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
  /** Where what a subject shows depends on one text of it, that text: a reader may then look once for each text. */
  readonly text?: (subject: S) => string | undefined
  /** The keys that whoever shows a key shows besides; nothing at all of a key that nobody shows. */
  readonly entails?: (key: Key) => ReadonlyArray<Key> | undefined
}

/**
 * What a criterion that compares texts is made from.
 *
 * @since 0.1.0
 */
export interface TextDescription<S, C> {
  readonly name: string
  readonly mode: Text.TextMode
  /** The texts of the candidate, any of which will do. Blank ones do not count. */
  readonly texts: (candidate: C) => ReadonlyArray<string>
  /** The text of the subject; a blank one equals nothing. */
  readonly text: (subject: S) => string | undefined
  readonly asked?: (candidate: C) => string
  readonly told?: (subject: S) => string
}

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

const isNonEmpty = <A>(list: ReadonlyArray<A>): list is RNEA.ReadonlyNonEmptyArray<A> => list.length > 0

/** INVARIANT: one function for all criteria that look at the whole subject, and for all parts of them one each. */
const whole = (subject: unknown): unknown => subject

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
    reads: whole,
    asked:
      description.asked ?? ((candidate) => inWords(O.getOrElse((): ReadonlyArray<Key> => [])(requires(candidate)))),
    told: description.told ?? ((subject) => inWords(shows(subject))),
    ...(description.text === undefined ? {} : { text: description.text }),
    ...(description.entails === undefined ? {} : { entails: description.entails }),
  }
}

/**
 * A criterion that compares a text of the subject with texts of the candidate by their forms (ALLOC-71).
 *
 * @example
 * import assert from 'node:assert'
 * import { Criterion } from 'seatwise'
 *
 * const owner = Criterion.equal({
 *   name: 'owner',
 *   mode: 'case-insensitive',
 *   texts: (room: { readonly owners: ReadonlyArray<string> }) => room.owners,
 *   text: (meeting: { readonly host?: string }) => meeting.host,
 * })
 * assert.strictEqual(Criterion.meets(owner)({ owners: ['Ann Lee'] }, { host: ' ann lee' }), true)
 * assert.strictEqual(Criterion.meets(owner)({ owners: [' '] }, { host: '' }), false)
 *
 * @since 0.1.0
 */
export const equal = <S, C>({ mode, texts, text, ...others }: TextDescription<S, C>): Criterion<S, C> => {
  const form = Text.form(mode)
  const forms = (given: ReadonlyArray<string>): ReadonlyArray<Key> => given.map(form).filter((each) => each !== '')
  const criterion = make<S, C>({
    ...others,
    requires: (candidate) => forms(texts(candidate)),
    shows: (subject) => {
      const shown = text(subject)
      return shown === undefined ? [] : forms([shown])
    },
    text,
  })
  return { ...criterion, equal: { mode, texts } }
}

/**
 * A criterion that holds when one of two others does. A candidate asks for it when it asks for one of them.
 *
 * @example
 * import assert from 'node:assert'
 * import { Criterion } from 'seatwise'
 *
 * const key = (name: 'name' | 'nick') =>
 *   Criterion.make({
 *     name,
 *     requires: (list: { readonly [K in 'name' | 'nick']?: string }) => (list[name] === undefined ? undefined : [list[name]]),
 *     shows: (guest: { readonly name: string; readonly nick: string }) => [guest[name]],
 *   })
 * const known = Criterion.either({ name: 'known' }, key('name'), key('nick'))
 * assert.strictEqual(Criterion.meets(known)({ nick: 'Al' }, { name: 'Alan', nick: 'Al' }), true)
 * assert.strictEqual(Criterion.meets(known)({ nick: 'Al' }, { name: 'Al', nick: 'Bo' }), false)
 *
 * @since 0.1.0
 */
export const either = <S, C>(
  description: Pick<Description<S, C>, 'name' | 'asked' | 'told'>,
  first: Criterion<S, C>,
  second: Criterion<S, C>,
): Criterion<S, C> => {
  const both = [first, second] as const
  // Keys of different criteria never meet.
  const apart = (keys: ReadonlyArray<Key>, place: number) => keys.map((key) => `${String(place)}:${key}`)
  const keysOf = (criterion: Criterion<S, C>, candidate: C): ReadonlyArray<Key> =>
    O.getOrElse((): ReadonlyArray<Key> => [])(criterion.requires(candidate))
  const criterion = make<S, C>({
    requires: (candidate) => both.flatMap((each, place) => apart(keysOf(each, candidate), place)),
    shows: (subject) => both.flatMap((each, place) => apart(each.shows(subject), place)),
    asked: (candidate) =>
      both.flatMap((each) => (O.isSome(each.requires(candidate)) ? [each.asked(candidate)] : [])).join(' or '),
    told: (subject) => both.map((each) => each.told(subject)).join(', '),
    ...description,
  })
  return { ...criterion, either: both }
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
  <C>(criterion: Criterion<T, C>): Criterion<S, C> => {
    const { name, requires, asked, text, equal: texts, either: both, entails } = criterion
    return {
      _tag: 'Criterion',
      name,
      requires,
      asked,
      shows: (subject) => criterion.shows(part(subject)),
      reads: criterion.reads === whole ? part : (subject) => criterion.reads(part(subject)),
      told: (subject) => criterion.told(part(subject)),
      ...(text === undefined ? {} : { text: (subject: S) => text(part(subject)) }),
      ...(texts === undefined ? {} : { equal: texts }),
      ...(both === undefined ? {} : { either: [contramap(part)(both[0]), contramap(part)(both[1])] as const }),
      ...(entails === undefined ? {} : { entails }),
    }
  }

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
