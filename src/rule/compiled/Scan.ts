/**
 * Small shelves, each a stretch of numbers in which all that there is to know of it stands together, so that it touches
 * little memory: the keys that its candidates require are compared with what is shown, a bit for each, without a branch.
 *
 * Law: what is found, and whom a subject meets, is what a search says that follows keys (Search).
 */
/* eslint-disable no-param-reassign -- what is found and met is written in place */
import type { Board } from './Board.js'
import { forget, ruleOf, take, tie } from './Found.js'
import { codesOf, type KeyList } from './Keys.js'
import { meetOne, type Met } from './Met.js'
import type { Hall } from './Search.js'
import type { Packed, Shelf } from './Shelf.js'
import { NO_RULE } from './Verdicts.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/**
 * Stretches of shelves, one after another. A stretch begins with the number of the first candidate, how many keys there are,
 * and where the last of four parts ends and begins. The parts: the codes of the keys; of each key the {@link Lead}; of each
 * candidate the base of its verdicts; and the rows of those who match although nothing of them is shown, in the order of
 * their rules.
 */
export interface Stretches {
  /** By the places of shelves: where its stretch begins, or {@link NOT_SCANNED}. */
  readonly starts: Int32Array
  readonly words: Int32Array
}

export const NOT_SCANNED = -1

/** A candidate by its row on the shelf, and which of its asks a key is part of. */
type Lead = number

/** A candidate asks for at most ten criteria. */
const BITS = 4

const rowOf = (lead: Lead): number => lead >> BITS

/** What is shown of a candidate where one of its asks is. */
const shownBy = (lead: Lead): number => 1 << (lead & ((1 << BITS) - 1))

const HEADER = 4

/** Rows are told apart by the bits of a number; a shelf with more rows, or more keys, is searched. */
const MOST_ROWS = 31
const MOST_KEYS = 124

/** So many keys are compared at once, each with a bit of its own. */
const AT_ONCE = 31

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

/** The stretch of a shelf, which begins at a place; nothing where the shelf is not small. */
const stretchOf = (
  { words, starts, kinds }: Packed,
  lists: ReadonlyArray<KeyList>,
  { first, size }: Shelf,
  begin: number,
): ReadonlyArray<number> | undefined => {
  if (size > MOST_ROWS) return undefined
  const codes: Array<number> = []
  const leads: Array<Lead> = []
  const bases: Array<number> = []
  const unshown: Array<{ readonly row: number; readonly rule: number }> = []
  for (let row = 0; row < size; row += 1) {
    const start = starts[first + row] ?? 0
    const asks = words[start + 1] ?? 0
    for (let place = 0; place < asks; place += 1)
      for (const code of codesOf(lists, words[start + 2 + place] ?? 0)) {
        codes.push(code)
        leads.push((row << BITS) | place)
      }
    bases.push(words[start] ?? 0)
    const rule = kinds[first + row]?.unshown ?? NO_RULE
    if (rule !== NO_RULE) unshown.push({ row, rule })
  }
  if (codes.length > MOST_KEYS) return undefined
  unshown.sort((a, b) => a.rule - b.rule || a.row - b.row)
  const last = begin + HEADER + codes.length + leads.length + bases.length
  const rows = unshown.map(({ row }) => row)
  return [first, codes.length, last + rows.length, last, ...codes, ...leads, ...bases, ...rows]
}

/** Writes the stretches of all shelves that are small. */
export const stretchesOf = (
  packed: Packed,
  shelves: ReadonlyArray<Shelf>,
  lists: ReadonlyArray<KeyList>,
): Stretches => {
  const starts = new Int32Array(shelves.length).fill(NOT_SCANNED)
  const words: Array<number> = []
  for (const [place, shelf] of shelves.entries()) {
    const stretch = stretchOf(packed, lists, shelf, words.length)
    if (stretch === undefined) continue
    starts[place] = words.length
    for (const word of stretch) words.push(word)
  }
  return { starts, words: Int32Array.from(words) }
}

// -------------------------------------------------------------------------------------
// scanning
// -------------------------------------------------------------------------------------

const NO_ROW = -1

/** Meets every candidate of which something is shown, in their order, by their rows. */
const meetRows = (words: Int32Array, marks: Uint8Array, met: Met, start: number): void => {
  const keys = words[start + 1] ?? 0
  const codes = start + HEADER
  const leads = codes + keys
  const bases = leads + keys
  met.count = 0
  let row = NO_ROW
  let verdict = 0
  let shown = 0
  for (let from = 0; from < keys; from += AT_ONCE) {
    const count = Math.min(AT_ONCE, keys - from)
    let bits = 0
    for (let at = 0; at < count; at += 1) bits |= (marks[words[codes + from + at] ?? 0] ?? 0) << at
    for (; bits !== 0; bits &= bits - 1) {
      const lead = words[leads + from + 31 - Math.clz32(bits & -bits)] ?? 0
      if (rowOf(lead) !== row) {
        if (row !== NO_ROW) meetOne(met, row, verdict + shown)
        row = rowOf(lead)
        verdict = words[bases + row] ?? 0
        shown = 0
      }
      // Several keys of one list may be shown.
      shown |= shownBy(lead)
    }
  }
  if (row !== NO_ROW) meetOne(met, row, verdict + shown)
}

/** The lowest of the rows that are the bits of a number. */
const lowest = (rows: number): number => 31 - Math.clz32(rows & -rows)

/** Scans the shelf whose stretch begins at a place for the first rule from a place in the book on. */
export const scan = <S>(
  { words }: Stretches,
  { board: { marks }, verdicts, met, found }: Pick<Hall<S>, 'board' | 'verdicts' | 'met' | 'found'>,
  start: number,
  from: number,
): void => {
  meetRows(words, marks, met, start)
  let rule = NO_RULE
  // Those that match at the rule, as the bits of a number, and the verdict of the lowest, which wins.
  let rows = 0
  let verdict = 0
  for (let at = 0; at < met.count; at += 1) {
    const each = met.verdicts[at] ?? 0
    const own = ruleOf(verdicts, each, from)
    if (own < rule) {
      rule = own
      rows = 1 << (met.numbers[at] ?? 0)
      verdict = each
    } else if (own === rule && own !== NO_RULE) rows |= 1 << (met.numbers[at] ?? 0)
  }
  const bases = start + HEADER + 2 * (words[start + 1] ?? 0)
  const end = words[start + 2] ?? 0
  for (let at = words[start + 3] ?? 0; at < end; at += 1) {
    const row = words[at] ?? 0
    const base = words[bases + row] ?? 0
    // What matches from the start of the book on: where a later rule is asked for, it may be a later one.
    if ((verdicts.first[base] ?? NO_RULE) > rule) break
    const own = ruleOf(verdicts, base, from)
    if (own > rule || own === NO_RULE) continue
    const bit = 1 << row
    if (own < rule) rows = 0
    rule = own
    // INVARIANT: who matches where nothing is shown matches where something is, so that whom was met may be seen again.
    if ((rows & bit) !== 0) continue
    if (rows === 0 || bit < (rows & -rows)) verdict = base
    rows |= bit
  }
  forget(found)
  if (rows === 0) return
  const first = words[start] ?? 0
  take(found, first + lowest(rows), rule, verdict)
  for (let rest = rows & (rows - 1); rest !== 0; rest &= rest - 1) tie(found, first + lowest(rest))
}

/** Meets every candidate of the shelf whose stretch begins at a place of which something is shown. */
export const meetByScan = <S>({ words }: Stretches, { marks }: Board<S>, met: Met, start: number): void => {
  meetRows(words, marks, met, start)
  const first = words[start] ?? 0
  for (let at = 0; at < met.count; at += 1) met.numbers[at] = first + (met.numbers[at] ?? 0)
}
