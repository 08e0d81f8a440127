/**
 * Keys as numbers. Keys that candidates require are numbered, each criterion's apart from those of every other.
 *
 * Law: a candidate requires a code that a subject shows exactly when the criterion holds.
 */
import { O } from '../../prelude.js'
import * as Text from '../../value/Text.js'
import * as TextIndex from '../../value/TextIndex.js'
import type { Criterion, Key } from '../Criterion.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/**
 * What a candidate requires of a criterion, in one number: the code of a key; {@link NOTHING}; or, below that, a list of
 * keys of which one is enough ({@link listAt}).
 */
export type Ask = number

export const NOTHING: Ask = -1

/** Where the list stands that an ask below {@link NOTHING} means. */
export const listAt = (ask: Ask): number => -2 - ask

/** The codes of several keys. A long list, such as a thousand devices, is asked as a set. */
export interface KeyList {
  readonly codes: ReadonlyArray<number>
  readonly set: ReadonlySet<number> | undefined
  /** The place of the criterion. */
  readonly place: number
}

/** The codes of which one is enough for an ask. */
export const codesOf = (lists: ReadonlyArray<KeyList>, ask: Ask): ReadonlyArray<number> =>
  ask >= 0 ? [ask] : (lists[listAt(ask)]?.codes ?? [])

/** How a subject's keys are found among those of a criterion: by its text, or by all that it shows. */
export type Sign<S> =
  | {
      readonly _tag: 'Text'
      readonly text: (subject: S) => string | undefined
      readonly index: TextIndex.TextIndex
    }
  | {
      readonly _tag: 'Keys'
      readonly shows: (subject: S) => ReadonlyArray<Key>
      readonly text: ((subject: S) => string | undefined) | undefined
      readonly known: ReadonlyMap<Key, number>
    }

/** Criteria whose keys are being numbered: first all that candidates require, then the signs of subjects are asked for. */
export interface Numbering<S, C> {
  readonly required: (candidate: C, place: number) => Ask
  readonly lists: ReadonlyArray<KeyList>
  /** How many codes there are. */
  readonly codeCount: () => number
  /** By the places of the criteria. */
  readonly signs: () => ReadonlyArray<Sign<S>>
}

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

/** The keys of a criterion. */
interface Keys<S, C> {
  /** Of several codes it makes one ask. */
  readonly ask: (candidate: C, several: (codes: ReadonlyArray<number>) => Ask) => Ask
  readonly sign: () => Sign<S>
}

type Next = () => number

/** Keys that are forms of texts. */
const textKeys = <S, C>(
  { mode, texts }: NonNullable<Criterion<S, C>['equal']>,
  text: (subject: S) => string | undefined,
  next: Next,
): Keys<S, C> => {
  const known = new Map<Text.Form, { readonly text: string; readonly number: number }>()
  const form = Text.form(mode)
  const codeOf = (given: string): number => {
    const key = form(given)
    if (key === '') return NOTHING
    const held = known.get(key)
    if (held !== undefined) return held.number
    const number = next()
    known.set(key, { text: given, number })
    return number
  }
  return {
    ask: (candidate, several) => {
      const given = texts(candidate)
      if (given.length < 2) return given[0] === undefined ? NOTHING : codeOf(given[0])
      const codes: Array<number> = []
      for (const each of given) {
        const code = codeOf(each)
        if (code !== NOTHING) codes.push(code)
      }
      return several(codes)
    },
    sign: () => ({ _tag: 'Text', text, index: TextIndex.index(mode, known) }),
  }
}

/** Keys of any kind. */
const otherKeys = <S, C>({ requires, shows, text }: Criterion<S, C>, next: Next): Keys<S, C> => {
  const known = new Map<Key, number>()
  const codeOf = (key: Key): number => {
    const held = known.get(key)
    if (held !== undefined) return held
    const code = next()
    known.set(key, code)
    return code
  }
  return {
    ask: (candidate, several) => {
      const required = requires(candidate)
      if (O.isNone(required)) return NOTHING
      const keys = required.value
      return keys.length === 1 ? codeOf(keys[0]) : several(keys.map(codeOf))
    },
    sign: () => ({ _tag: 'Keys', shows, text, known }),
  }
}

const LONG = 8

/** Every code once, in their order. */
const distinct = (codes: ReadonlyArray<number>): ReadonlyArray<number> => {
  if (codes.length > LONG) return [...new Set(codes)]
  for (let position = 1; position < codes.length; position += 1)
    if (codes.indexOf(codes[position] ?? NOTHING) < position)
      return codes.filter((code, index) => codes.indexOf(code) === index)
  return codes
}

/** Begins to number the keys of criteria, each by its place. */
export const numberKeys = <S, C>(criteria: ReadonlyArray<Criterion<S, C>>): Numbering<S, C> => {
  let codes = 0
  const next = (): number => codes++
  const keys = criteria.map((criterion) =>
    criterion.equal === undefined || criterion.text === undefined
      ? otherKeys(criterion, next)
      : textKeys(criterion.equal, criterion.text, next),
  )
  const lists: Array<KeyList> = []
  const severalAt = criteria.map((_, place) => (given: ReadonlyArray<number>): Ask => {
    const codes = distinct(given)
    if (codes.length < 2) return codes[0] ?? NOTHING
    lists.push({ codes, set: codes.length > LONG ? new Set(codes) : undefined, place })
    return -1 - lists.length
  })
  return {
    required: (candidate, place) => {
      const [at, several] = [keys[place], severalAt[place]]
      return at === undefined || several === undefined ? NOTHING : at.ask(candidate, several)
    },
    lists,
    codeCount: () => codes,
    signs: () => keys.map(({ sign }) => sign()),
  }
}
