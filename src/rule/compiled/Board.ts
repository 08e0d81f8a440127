/**
 * Keys as numbers. Keys that candidates require are numbered, each criterion's apart from those of every other; what a
 * subject shows is then marked on a board, one mark a number, where whatever a candidate requires is looked up.
 *
 * Law: a candidate requires what is marked exactly when the criterion holds.
 */
/* eslint-disable no-param-reassign -- marks are set and taken away in place: that is what a board is for */
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

/** What the subject shows of one criterion: so many codes, from the start of the list on. */
export interface Shown {
  codes: Int32Array
  count: number
}

/** What a subject shows, seen from the keys. */
export interface Board<S> {
  /** 1 at every code that the subject shows, else 0. */
  readonly marks: Uint8Array
  /** By the places of the criteria. */
  readonly shown: ReadonlyArray<Shown>
  readonly lists: ReadonlyArray<KeyList>
  /** Marks what a subject shows, in the place of what the one before showed. */
  readonly look: (subject: S) => void
}

/** Criteria whose keys are being numbered: first all that candidates require, then the board is opened. */
export interface Numbering<S, C> {
  readonly required: (candidate: C, place: number) => Ask
  readonly open: () => Board<S>
}

// -------------------------------------------------------------------------------------
// what candidates require
// -------------------------------------------------------------------------------------

/** Marks what a subject shows of a criterion. */
type Looker<S> = (subject: S) => void

/** The keys of a criterion, and how a subject's are found among them. */
interface Keys<S, C> {
  readonly codes: (candidate: C) => ReadonlyArray<number>
  /** Called when all keys are known. */
  readonly looker: (marks: Uint8Array, shown: Shown) => Looker<S>
}

const NO_CODES: ReadonlyArray<number> = []

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
    codes: (candidate) => {
      const given = texts(candidate)
      return given.length === 0 ? NO_CODES : given.map(codeOf).filter((code) => code !== NOTHING)
    },
    looker: (marks, shown) => {
      const find = TextIndex.index(mode)(known)
      return (subject) => {
        if (shown.count === 1) marks[shown.codes[0] ?? 0] = 0
        const given = text(subject)
        const code = given === undefined ? TextIndex.NOBODY : find(given)
        if (code === TextIndex.NOBODY) shown.count = 0
        else {
          shown.count = 1
          shown.codes[0] = code
          marks[code] = 1
        }
      }
    },
  }
}

/** The codes of so many texts are remembered. */
const REMEMBERED = 4_096

const show = (marks: Uint8Array, shown: Shown, codes: ReadonlyArray<number>): void => {
  for (let position = 0; position < shown.count; position += 1) marks[shown.codes[position] ?? 0] = 0
  if (shown.codes.length < codes.length) shown.codes = new Int32Array(2 * codes.length)
  let count = 0
  for (const code of codes) {
    if (marks[code] === 1) continue
    marks[code] = 1
    shown.codes[count] = code
    count += 1
  }
  shown.count = count
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
  const codesOf = (keys: ReadonlyArray<Key>): ReadonlyArray<number> => keys.flatMap((key) => known.get(key) ?? NO_CODES)
  return {
    codes: (candidate) => {
      const keys = requires(candidate)
      return O.isNone(keys) ? NO_CODES : keys.value.map(codeOf)
    },
    looker: (marks, shown) => {
      if (text === undefined)
        return (subject) => {
          show(marks, shown, codesOf(shows(subject)))
        }
      const remembered = new Map<string | undefined, ReadonlyArray<number>>()
      return (subject) => {
        const given = text(subject)
        const before = remembered.get(given)
        const codes = before ?? codesOf(shows(subject))
        if (before === undefined) {
          if (remembered.size >= REMEMBERED) remembered.clear()
          remembered.set(given, codes)
        }
        show(marks, shown, codes)
      }
    },
  }
}

// -------------------------------------------------------------------------------------
// what subjects show
// -------------------------------------------------------------------------------------

/** Criteria that read one part of a subject. They are looked at again only when that part is another. */
interface Part<S> {
  readonly reads: (subject: S) => unknown
  readonly places: Array<number>
  last: unknown
}

const partsOf = <S, C>(criteria: ReadonlyArray<Criterion<S, C>>, nobody: object): ReadonlyArray<Part<S>> => {
  const parts = new Map<(subject: S) => unknown, Part<S>>()
  criteria.forEach(({ reads }, place) => {
    const part = parts.get(reads) ?? { reads, places: [], last: nobody }
    part.places.push(place)
    parts.set(reads, part)
  })
  return [...parts.values()]
}

const openBoard = <S, C>(
  criteria: ReadonlyArray<Criterion<S, C>>,
  keys: ReadonlyArray<Keys<S, C>>,
  lists: ReadonlyArray<KeyList>,
  codes: number,
): Board<S> => {
  const marks = new Uint8Array(codes)
  const sides = keys.map(({ looker }) => {
    const shown: Shown = { codes: new Int32Array(4), count: 0 }
    return { shown, look: looker(marks, shown) }
  })
  const nobody = {}
  const parts = partsOf(criteria, nobody).map((part) => ({
    part,
    lookers: sides.filter((_, place) => part.places.includes(place)).map(({ look }) => look),
  }))
  return {
    marks,
    shown: sides.map(({ shown }) => shown),
    lists,
    look: (subject) => {
      for (const { part, lookers: own } of parts) {
        const read = part.reads(subject)
        if (read === part.last) continue
        // Should a criterion of a caller's own throw, the part is looked at again.
        part.last = nobody
        for (const look of own) look(subject)
        part.last = read
      }
    },
  }
}

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

const LONG = 8

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
  return {
    required: (candidate, place) => {
      const required = keys[place]?.codes(candidate) ?? NO_CODES
      if (required.length < 2) return required[0] ?? NOTHING
      const set = new Set(required)
      if (set.size === 1) return required[0] ?? NOTHING
      lists.push({ codes: [...set], set: set.size > LONG ? set : undefined, place })
      return -1 - lists.length
    },
    open: () => openBoard(criteria, keys, lists, codes),
  }
}

/** Does the subject on the board show what an ask asks? */
export const isShown = <S>({ marks, shown, lists }: Board<S>, ask: Ask): boolean => {
  if (ask >= 0) return marks[ask] === 1
  const list = lists[listAt(ask)]
  if (list === undefined) return false
  const own = shown[list.place]
  // From the side that has fewer codes.
  if (list.set !== undefined && own !== undefined && own.count < list.codes.length) {
    for (let position = 0; position < own.count; position += 1)
      if (list.set.has(own.codes[position] ?? NOTHING)) return true
    return false
  }
  for (const code of list.codes) if (marks[code] === 1) return true
  return false
}
