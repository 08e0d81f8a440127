/**
 * Goes through the rules of a shelf one by one, each with an index of its own (KeyIndex): slower than following keys, and
 * never slow, however many candidates require the same key.
 *
 * Law: it finds what a search finds that meets the candidates (Search).
 */
import type { Condition } from '../Condition.js'
import type { Rule } from '../Rule.js'
import type { Board } from './Board.js'
import { consider, forget, ruleOf, verdictAt, type Found } from './Found.js'
import { codesOf } from './Keys.js'
import { build, lookUp, type Column, type KeyIndex } from './KeyIndex.js'
import type { Search } from './Search.js'
import type { Packed, Shelf } from './Shelf.js'
import type { Kinds, Verdicts } from './Verdicts.js'

const columnsOf = <S, C>(
  conditions: ReadonlyArray<Condition<S, C>>,
  placesOf: Kinds<S, C>['placesOf'],
  { words, starts, kinds }: Packed,
  { shown, lists }: Board<S>,
): ReadonlyArray<Column> =>
  conditions.flatMap((condition): ReadonlyArray<Column> => {
    if (condition._tag !== 'Criterion' && condition._tag !== 'Permits') return []
    const places = placesOf(condition._tag === 'Permits' ? condition.criterion : condition)
    const required = (number: number): ReadonlyArray<number> | undefined => {
      const codes = (kinds[number]?.asked ?? []).flatMap((place, bit) =>
        places.includes(place) ? codesOf(lists, words[(starts[number] ?? 0) + 2 + bit] ?? 0) : [],
      )
      return codes.length === 0 ? undefined : codes
    }
    return [{ lenient: condition._tag === 'Permits', required, shown: places.flatMap((place) => shown[place] ?? []) }]
  })

/** A search by the rules of a book. */
export const searchByRule = <S, C>(
  book: ReadonlyArray<Rule<S, C, string>>,
  placesOf: Kinds<S, C>['placesOf'],
  packed: Packed,
  board: Board<S>,
  verdicts: Verdicts,
  found: Found,
): Search => {
  const { words, starts, kinds } = packed
  const indexes = new Map<Shelf, Map<number, KeyIndex>>()
  const indexOf = (shelf: Shelf, place: number, { conditions }: Rule<S, C, string>): KeyIndex => {
    const ofShelf = indexes.get(shelf) ?? new Map<number, KeyIndex>()
    const known = ofShelf.get(place)
    if (known !== undefined) return known
    const able: Array<number> = []
    for (let number = shelf.first; number < shelf.first + shelf.size; number += 1)
      if (kinds[number]?.rules.includes(place) === true) able.push(number)
    const made = build(columnsOf(conditions, placesOf, packed, board), able)
    indexes.set(shelf, ofShelf.set(place, made))
    return made
  }
  return (shelf, from) => {
    forget(found)
    for (const [place, rule] of book.entries()) {
      if (place < from) continue
      for (const number of lookUp(indexOf(shelf, place, rule), board.marks)) {
        const verdict = verdictAt(words, board, starts[number] ?? 0)
        if (ruleOf(verdicts, verdict, place) !== place) continue
        consider(found, number, place, verdict)
      }
      if (found.winner !== -1) return
    }
  }
}
