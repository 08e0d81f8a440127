/**
 * What a subject shows, seen from the keys: a board with one mark for each code, where whatever a candidate requires is
 * looked up; and where the keys that are shown lead to (Leads).
 *
 * What a subject shows is read once for each part of it. Everything here is a function of plain data, not of closures over
 * it: so that there is one of each, which a just-in-time compiler knows well.
 */
/* eslint-disable no-param-reassign -- marks are set and taken away in place: that is what a board is for */
import { memo, recall, type Memo } from '../../value/Memo.js'
import * as TextIndex from '../../value/TextIndex.js'
import type { Criterion, Key } from '../Criterion.js'
import { follow, forgetLeads, nothingFollowed, type Followed } from './Followed.js'
import { listAt, NOTHING, type Ask, type KeyList, type Numbering, type Sign } from './Keys.js'
import type { Leads } from './Leads.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** What the subject shows of one criterion: so many codes, from the start of the list on. */
export interface Shown {
  codes: Int32Array
  count: number
}

/** A criterion of which a subject shows one text. */
export interface TextSide<S> {
  readonly text: (subject: S) => string | undefined
  readonly index: TextIndex.TextIndex
  readonly shown: Shown
}

/** A criterion of which a subject shows keys; where these depend on one text, they are remembered by it. */
interface KeySide<S> {
  readonly shows: (subject: S) => ReadonlyArray<Key>
  readonly text: ((subject: S) => string | undefined) | undefined
  readonly known: ReadonlyMap<Key, number>
  readonly remembered: Memo<string | undefined, ReadonlyArray<number>>
  readonly shown: Shown
}

/** Criteria that read one part of a subject. They are looked at again only when that part is another. */
export interface Part<S> {
  readonly reads: (subject: S) => unknown
  readonly texts: ReadonlyArray<TextSide<S>>
  readonly keys: ReadonlyArray<KeySide<S>>
  readonly followed: Followed
  last: unknown
}

export interface Board<S> {
  /** 1 at every code that the subject shows, else 0. */
  readonly marks: Uint8Array
  /** By the places of the criteria. */
  readonly shown: ReadonlyArray<Shown>
  readonly lists: ReadonlyArray<KeyList>
  readonly parts: ReadonlyArray<Part<S>>
}

/** No part of any subject. */
const NO_PART: unknown = {}

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

const partOf = <S>(
  reads: (subject: S) => unknown,
  sides: ReadonlyArray<{ readonly sign: Sign<S>; readonly shown: Shown }>,
  leads: Leads,
): Part<S> => ({
  reads,
  texts: sides.flatMap(({ sign, shown }) =>
    sign._tag === 'Text' ? [{ text: sign.text, index: sign.index, shown }] : [],
  ),
  keys: sides.flatMap(({ sign, shown }) =>
    sign._tag === 'Keys' ? [{ shows: sign.shows, text: sign.text, known: sign.known, remembered: memo(), shown }] : [],
  ),
  followed: nothingFollowed(leads),
  last: NO_PART,
})

/** Opens a board for criteria whose keys have been numbered. */
export const openBoard = <S, C>(
  criteria: ReadonlyArray<Criterion<S, C>>,
  { lists, signs }: Numbering<S, C>,
  leads: Leads,
): Board<S> => {
  const sides = signs().map((sign, place) => ({
    sign,
    reads: criteria[place]?.reads,
    shown: { codes: new Int32Array(4), count: 0 },
  }))
  const parts = new Set(criteria.map(({ reads }) => reads))
  return {
    marks: new Uint8Array(leads.starts.length),
    shown: sides.map(({ shown }) => shown),
    lists,
    parts: Array.from(parts, (reads) =>
      partOf(
        reads,
        sides.filter((side) => side.reads === reads),
        leads,
      ),
    ),
  }
}

// -------------------------------------------------------------------------------------
// looking
// -------------------------------------------------------------------------------------

/** Takes away what was shown of a criterion. */
export const hide = (shown: Shown, marks: Uint8Array): void => {
  for (let position = 0; position < shown.count; position += 1) marks[shown.codes[position] ?? 0] = 0
  shown.count = 0
}

/** Marks a code that is shown of a criterion, where there is room for it, and follows it. */
export const show = (shown: Shown, marks: Uint8Array, followed: Followed, code: number): void => {
  marks[code] = 1
  shown.codes[shown.count] = code
  shown.count += 1
  follow(followed, code)
}

const lookAtText = <S>(
  { text, index, shown }: TextSide<S>,
  marks: Uint8Array,
  followed: Followed,
  subject: S,
): void => {
  hide(shown, marks)
  const given = text(subject)
  if (given === undefined) return
  const code = TextIndex.numberOf(index, given)
  if (code !== TextIndex.NOBODY) show(shown, marks, followed, code)
}

const NO_CODES: ReadonlyArray<number> = []

const codesShown = <S>({ shows, text, known, remembered }: KeySide<S>, subject: S): ReadonlyArray<number> => {
  const read = () => shows(subject).flatMap((key) => known.get(key) ?? NO_CODES)
  return text === undefined ? read() : recall(remembered, text(subject), read)
}

const lookAtKeys = <S>(side: KeySide<S>, marks: Uint8Array, followed: Followed, subject: S): void => {
  const { shown } = side
  hide(shown, marks)
  const codes = codesShown(side, subject)
  if (shown.codes.length < codes.length) shown.codes = new Int32Array(2 * codes.length)
  for (const code of codes) if (marks[code] === 0) show(shown, marks, followed, code)
}

/** Marks what a subject shows in one part, in the place of what the one before showed there. */
export const lookAt = <S>(part: Part<S>, marks: Uint8Array, subject: S): void => {
  part.last = NO_PART
  forgetLeads(part.followed)
  for (const side of part.texts) lookAtText(side, marks, part.followed, subject)
  for (const side of part.keys) lookAtKeys(side, marks, part.followed, subject)
}

/** Forgets whom it looked at last: whoever comes next is looked at, though he may have been here before. */
export const lookAnew = <S>({ parts }: Board<S>): void => {
  for (const part of parts) part.last = NO_PART
}

/** Takes away what was shown in one part. */
export const lookAway = <S>(part: Part<S>, marks: Uint8Array): void => {
  part.last = NO_PART
  forgetLeads(part.followed)
  for (const { shown } of part.texts) hide(shown, marks)
  for (const { shown } of part.keys) hide(shown, marks)
}

/** Marks what a subject shows, in the place of what the one before showed. */
export const look = <S>({ parts, marks }: Board<S>, subject: S): void => {
  for (const part of parts) {
    const read = part.reads(subject)
    if (read === part.last) continue
    lookAt(part, marks, subject)
    // Here, so that the part is looked at again should a criterion of a caller's own have thrown.
    part.last = read
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
