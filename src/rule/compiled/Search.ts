/**
 * Searches a shelf: follows the keys that the subject shows to those who require them, looks for the keys that many require,
 * and last asks who needs nothing shown. Each candidate is met by the first of its asks that is shown, and weighed once.
 *
 * Law: what is found is the first rule from a place on that matches any candidate, and all that it matches.
 */

import type { Board } from './Board.js'
import { consider, forget, putInOrder, ruleOf, shownAt, verdictAt, type Found } from './Found.js'
import { asksBefore, numberOf, type Lead, type Leads } from './Leads.js'
import { meetOne, type Met } from './Met.js'
import type { Packed, Shelf } from './Shelf.js'
import { NO_RULE, type Verdicts } from './Verdicts.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** Who matches although nothing of it is shown: shelf after shelf, in the order of the rules. */
export interface Unshown {
  /** By shelves: where those of a shelf begin; they end where those of the next begin. */
  readonly starts: Int32Array
  /** Of each the number, the rule, where its words begin, and its verdict: together, since they are asked together. */
  readonly words: Int32Array
}

/** All that a search reads and writes. */
export interface Hall<S> {
  readonly packed: Packed
  readonly leads: Leads
  readonly board: Board<S>
  readonly verdicts: Verdicts
  readonly unshown: Unshown
  readonly met: Met
  readonly found: Found
}

/** Searches a shelf for the first rule from a place on. */
export type Search = (shelf: Shelf, from: number) => void

/** So many keys are compared at once, each with a bit of its own. */
const AT_ONCE = 31

// -------------------------------------------------------------------------------------
// meeting
// -------------------------------------------------------------------------------------

/** Meets the candidate of a lead, if by the first of its asks that is shown. */
const meetBy = <S>({ packed: { words, starts }, board, met }: Hall<S>, lead: Lead): void => {
  const number = numberOf(lead)
  const start = starts[number] ?? 0
  const shown = shownAt(words, board, start)
  if ((shown & asksBefore(lead)) !== 0) return
  meetOne(met, number, (words[start] ?? 0) + shown)
}

/** Meets the candidates of a shelf of which something is shown, each at least once. */
export const meet = <S>(hall: Hall<S>, shelf: number): void => {
  const {
    leads: { codes, sought, shelfStarts },
    board: { marks, parts },
    met,
  } = hall
  met.count = 0
  for (const { followed } of parts) {
    if (followed.stamps[shelf] !== followed.stamp) continue
    for (let at = followed.lasts[shelf] ?? -1; at !== -1; at = followed.before[at] ?? -1)
      meetBy(hall, followed.all[at] ?? 0)
  }
  const end = shelfStarts[shelf + 1] ?? 0
  for (let from = shelfStarts[shelf] ?? 0; from < end; from += AT_ONCE) {
    const count = Math.min(AT_ONCE, end - from)
    let bits = 0
    for (let at = 0; at < count; at += 1) bits |= (marks[codes[from + at] ?? 0] ?? 0) << at
    for (; bits !== 0; bits &= bits - 1) meetBy(hall, sought[from + 31 - Math.clz32(bits & -bits)] ?? 0)
  }
}

// -------------------------------------------------------------------------------------
// searching
// -------------------------------------------------------------------------------------

const UNSHOWN_WORDS = 4

/** Finds who matches although nothing of it is shown. */
export const unshownOf = ({ kinds, starts, words }: Packed, shelves: ReadonlyArray<Shelf>): Unshown => {
  const rule = (number: number): number => kinds[number]?.unshown ?? NO_RULE
  const found: Array<number> = []
  const shelfStarts = new Int32Array(shelves.length + 1)
  for (const [place, { first, size }] of shelves.entries()) {
    const numbers: Array<number> = []
    for (let number = first; number < first + size; number += 1) if (rule(number) !== NO_RULE) numbers.push(number)
    for (const number of numbers.sort((a, b) => rule(a) - rule(b) || a - b)) {
      const start = starts[number] ?? 0
      found.push(number, rule(number), start, words[start] ?? 0)
    }
    shelfStarts[place + 1] = found.length
  }
  return { starts: shelfStarts, words: Int32Array.from(found) }
}

/** The first of a shelf that matches although nothing of it is shown, with the rule. */
export const firstUnshown = (
  { starts, words }: Unshown,
  shelf: number,
): { readonly rule: number; readonly winner: number } => {
  const start = starts[shelf] ?? 0
  return start === (starts[shelf + 1] ?? 0)
    ? { rule: NO_RULE, winner: -1 }
    : { rule: words[start + 1] ?? NO_RULE, winner: words[start] ?? -1 }
}

/** Searches a shelf by meeting its candidates. */
export const search = <S>(hall: Hall<S>, shelf: number, from: number): void => {
  const { packed, board, verdicts, unshown, met, found } = hall
  const { words, starts } = packed
  forget(found)
  meet(hall, shelf)
  for (let at = 0; at < met.count; at += 1) {
    const verdict = met.verdicts[at] ?? 0
    consider(found, met.numbers[at] ?? 0, ruleOf(verdicts, verdict, from), verdict)
  }
  const end = unshown.starts[shelf + 1] ?? 0
  for (let at = unshown.starts[shelf] ?? 0; at < end; at += UNSHOWN_WORDS) {
    if ((unshown.words[at + 1] ?? 0) > found.rule) break
    if (shownAt(words, board, unshown.words[at + 2] ?? 0) !== 0) continue
    const verdict = unshown.words[at + 3] ?? 0
    consider(found, unshown.words[at] ?? 0, ruleOf(verdicts, verdict, from), verdict)
  }
  // Candidates were met in the order of keys, and by several keys of a list perhaps more than once.
  if (found.ties > 0) putInOrder(found, (number) => verdictAt(words, board, starts[number] ?? 0))
}
