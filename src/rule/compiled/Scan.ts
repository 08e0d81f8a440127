/**
 * Goes through all candidates of a shelf: the fastest there is where they are few.
 *
 * Law: what is found is the first rule from a place on that matches any candidate, and all that it matches.
 */
import { isShown, type Board } from './Board.js'
import { forget, ruleOf, shownAt, take, tie, type Found } from './Found.js'
import type { Packed, Shelf } from './Shelf.js'
import { NO_RULE, type Verdicts } from './Verdicts.js'

/** Searches a shelf for the first rule from a place on. */
export type Search = (shelf: Shelf, from: number) => void

/** A search through all candidates. */
export const scan = <S>({ words }: Packed, board: Board<S>, verdicts: Verdicts, found: Found): Search => {
  const { marks } = board
  const { first } = verdicts
  return (shelf, from) => {
    forget(found)
    let best = NO_RULE
    for (let at = shelf.start, candidate = shelf.first; at < shelf.end; candidate += 1) {
      let verdict = words[at] ?? 0
      const asks = words[at + 1] ?? 0
      at += 2
      for (let position = 0; position < asks; position += 1, at += 1) {
        const ask = words[at] ?? 0
        if (ask >= 0 ? marks[ask] === 1 : isShown(board, ask)) verdict += 1 << position
      }
      let rule = first[verdict] ?? NO_RULE
      if (rule < from) rule = ruleOf(verdicts, verdict, from)
      if (rule > best || rule === NO_RULE) continue
      if (rule === best) tie(found, candidate)
      else {
        best = rule
        take(found, candidate, rule, verdict)
      }
    }
  }
}

/** Tells every candidate of which something is shown, with its verdict. */
export const meetAll = <S>(
  { words, starts }: Packed,
  { first, size }: Shelf,
  board: Board<S>,
  told: (number: number, verdict: number) => void,
): true => {
  for (let number = first; number < first + size; number += 1) {
    const start = starts[number] ?? 0
    const shown = shownAt(words, board, start)
    if (shown !== 0) told(number, (words[start] ?? 0) + shown)
  }
  return true
}
