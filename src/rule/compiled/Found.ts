/**
 * What a search of a shelf has found so far: the first rule that matches a candidate, and the candidates that it matches.
 */
/* eslint-disable no-param-reassign -- written in place: a new object for each search would cost as much as the search */
import { doubled } from '../../value/Lists.js'
import { isShown, type Board } from './Board.js'
import { NO_RULE, type Verdicts } from './Verdicts.js'

/** Found last, by the numbers of candidates. Whoever searches writes it anew, and it is read before the next search. */
export interface Found {
  rule: number
  winner: number
  /** The verdict of the winner. */
  verdict: number
  /** The others at that rule, so many from the start on, ascending when the search is done. */
  tied: Int32Array
  ties: number
}

export const nothingFound = (): Found => ({ rule: NO_RULE, winner: -1, verdict: -1, tied: new Int32Array(16), ties: 0 })

export const forget = (found: Found): void => {
  found.rule = NO_RULE
  found.winner = -1
  found.ties = 0
}

/** Adds another at the rule that was found. */
export const tie = (found: Found, number: number): void => {
  if (found.ties === found.tied.length) found.tied = doubled(found.tied)
  found.tied[found.ties] = number
  found.ties += 1
}

/** The first rule, from a place on, that matches a candidate of a verdict. What was not looked at yet is below every place. */
export const ruleOf = ({ first, at }: Verdicts, verdict: number, from: number): number => {
  const rule = first[verdict] ?? NO_RULE
  if (rule >= from) return rule
  return at(verdict).rules.find((place) => place >= from) ?? NO_RULE
}

/** What is shown of what a candidate asks for, whose words begin at a place: bit by bit in the order of its asks. */
export const shownAt = <S>(words: Int32Array, board: Board<S>, start: number): number => {
  const asks = words[start + 1] ?? 0
  let shown = 0
  for (let position = 0; position < asks; position += 1)
    if (isShown(board, words[start + 2 + position] ?? 0)) shown |= 1 << position
  return shown
}

/** The verdict of a candidate whose words begin at a place. */
export const verdictAt = <S>(words: Int32Array, board: Board<S>, start: number): number =>
  (words[start] ?? 0) + shownAt(words, board, start)

/** Takes a candidate as the only one so far. */
export const take = (found: Found, number: number, rule: number, verdict: number): void => {
  found.rule = rule
  found.winner = number
  found.verdict = verdict
  found.ties = 0
}

/** Takes a candidate into account, which has the rule that matches it first. */
export const consider = (found: Found, number: number, rule: number, verdict: number): void => {
  if (rule < found.rule) take(found, number, rule, verdict)
  else if (rule === found.rule && rule !== NO_RULE) tie(found, number)
}

/** Puts the candidates found into their order, each once: the first of them wins. */
export const putInOrder = (found: Found, verdictOf: (number: number) => number): void => {
  tie(found, found.winner)
  const all = found.tied.subarray(0, found.ties).sort()
  found.winner = all[0] ?? found.winner
  found.verdict = verdictOf(found.winner)
  found.ties = 0
  for (let each = 1; each < all.length; each += 1) {
    const number = all[each] ?? 0
    if (number === all[each - 1]) continue
    all[found.ties] = number
    found.ties += 1
  }
}
