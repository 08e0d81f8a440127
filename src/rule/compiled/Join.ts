/**
 * Looks candidates up by what a subject shows: for many candidates. On the shelf each key that is required leads to those
 * who require it. Criteria are gone through in their order, and a candidate is met by the first of its criteria that the
 * subject shows; so each is looked at once, and the search ends as soon as no criterion that is left could do better.
 *
 * A key that very many require leads nowhere: then the rules are gone through one by one, each with an index of its own
 * that splits candidates by all that the rule asks ({@link KeyIndex}), made when it is first needed.
 *
 * Law: it finds what a scan of the shelf finds.
 */
import type { Board, KeyList } from './Board.js'
import { listAt } from './Board.js'
import { consider, forget, putInOrder, ruleOf, shownAt, verdictAt, type Found } from './Found.js'
import type { Search } from './Scan.js'
import type { Packed, Shelf } from './Shelf.js'
import { NO_RULE, type Verdicts } from './Verdicts.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** What a shelf asks of one criterion. */
interface Side {
  /** The place of the criterion. */
  readonly place: number
  /** Every code that is asked. */
  readonly codes: Int32Array
  /** The first rule that can match a candidate that is met by this criterion or by one behind it. */
  readonly earliest: number
}

/** Where each code leads: pairs of a code, or -1, and a place among the leads. */
interface Leads {
  readonly slots: Int32Array
  readonly mask: number
  /** Behind one another: how many, and each as its position and the bit of the criterion among its asks, in one number. */
  readonly lists: Int32Array
}

/** More candidates behind one key are not gone through one by one. */
const MANY = 64

/** A candidate asks for at most ten criteria, so that four bits say which. */
const BITS = 4

// -------------------------------------------------------------------------------------
// building
// -------------------------------------------------------------------------------------

/** A number in which close codes lie far apart. */
const scatter = (code: number): number => {
  const mixed = Math.imul(code, 0x9e3779b1)
  return mixed ^ (mixed >>> 15)
}

const leadsOf = (groups: ReadonlyMap<number, ReadonlyArray<number>>): Leads => {
  const mask = 2 ** Math.ceil(Math.log2(Math.max(2, 2 * groups.size))) - 1
  const slots = new Int32Array(2 * (mask + 1)).fill(-1)
  const lists: Array<number> = []
  for (const [code, group] of groups) {
    let slot = scatter(code) & mask
    while (slots[2 * slot] !== -1) slot = (slot + 1) & mask
    slots[2 * slot] = code
    slots[2 * slot + 1] = lists.length
    lists.push(group.length)
    for (const lead of group) lists.push(lead)
  }
  return { slots, mask, lists: Int32Array.from(lists) }
}

/** Reads a shelf: by code who requires it, and by criterion what is asked and what it is good for. */
const read = ({ words, starts, kinds }: Packed, { first, size }: Shelf, lists: ReadonlyArray<KeyList>) => {
  const groups = new Map<number, Array<number>>()
  const sides = new Map<number, { readonly codes: Set<number>; earliest: number }>()
  for (let number = first; number < first + size; number += 1) {
    const { asked = [], earliest = [] } = kinds[number] ?? {}
    asked.forEach((place, bit) => {
      const side = sides.get(place) ?? { codes: new Set(), earliest: NO_RULE }
      sides.set(place, side)
      side.earliest = Math.min(side.earliest, earliest[bit] ?? NO_RULE)
      const ask = words[(starts[number] ?? 0) + 2 + bit] ?? 0
      for (const code of ask >= 0 ? [ask] : (lists[listAt(ask)]?.codes ?? [])) {
        side.codes.add(code)
        const group = groups.get(code)
        const lead = ((number - first) << BITS) | bit
        if (group === undefined) groups.set(code, [lead])
        else group.push(lead)
      }
    })
  }
  let earliest = NO_RULE
  const inOrder = [...sides]
    .sort(([a], [b]) => b - a)
    .map(([place, side]): Side => {
      earliest = Math.min(earliest, side.earliest)
      return { place, codes: Int32Array.from(side.codes), earliest }
    })
  return { leads: leadsOf(groups), sides: inOrder.reverse() }
}

/** Hears of a candidate by its number, and its verdict. */
type Told = (number: number, verdict: number) => void

/** A shelf of many candidates. */
interface Joined {
  /** Searches for the first rule from a place on; `byRule` is asked where a key leads to too many. */
  readonly search: (from: number) => void
  /** Tells every candidate of which something is shown, at least once; false where a key leads to too many. */
  readonly meet: (told: Told) => boolean
}

export const join = <S>(
  packed: Packed,
  shelf: Shelf,
  board: Board<S>,
  verdicts: Verdicts,
  found: Found,
  byRule: Search,
): Joined => {
  const { words, starts, kinds } = packed
  const { first, size } = shelf
  const { marks, shown: showing } = board
  const {
    leads: { slots, mask, lists },
    sides,
  } = read(packed, shelf, board.lists)
  // Who matches although nothing of it is shown, in the order of the rules.
  const ruleUnshown = (number: number): number => kinds[number]?.unshown ?? NO_RULE
  const unshown = Int32Array.from({ length: size }, (_, position) => first + position)
    .filter((number) => ruleUnshown(number) !== NO_RULE)
    .sort((a, b) => ruleUnshown(a) - ruleUnshown(b) || a - b)

  /** Tells those to whom a code leads; false where they are too many. */
  const follow = (code: number, told: Told): boolean => {
    let slot = scatter(code) & mask
    while (slots[2 * slot] !== code) {
      if (slots[2 * slot] === -1) return true
      slot = (slot + 1) & mask
    }
    const list = slots[2 * slot + 1] ?? 0
    const count = lists[list] ?? 0
    if (count > MANY) return false
    for (let each = list + 1; each <= list + count; each += 1) {
      const lead = lists[each] ?? 0
      const number = first + (lead >> BITS)
      const start = starts[number] ?? 0
      const shown = shownAt(words, board, start)
      // Met by an earlier criterion already.
      const before = (1 << (lead & (2 ** BITS - 1))) - 1
      if ((shown & before) === 0) told(number, (words[start] ?? 0) + shown)
    }
    return true
  }

  const followAll = ({ place, codes }: Side, told: Told): boolean => {
    const own = showing[place]
    if (own === undefined || own.count === 0) return true
    // From the side that has fewer codes: a computer may be below ten thousand units, of which a shelf asks for two.
    if (own.count > codes.length) return codes.every((code) => marks[code] === 0 || follow(code, told))
    for (let each = 0; each < own.count; each += 1) if (!follow(own.codes[each] ?? -1, told)) return false
    return true
  }

  let searchedFrom = 0
  const weigh: Told = (number, verdict) => {
    consider(found, number, ruleOf(verdicts, verdict, searchedFrom), verdict)
  }

  return {
    search: (from) => {
      forget(found)
      searchedFrom = from
      for (const side of sides) {
        if (side.earliest > found.rule) break
        if (!followAll(side, weigh)) {
          byRule(shelf, from)
          return
        }
      }
      for (const number of unshown) {
        if (ruleUnshown(number) > found.rule) break
        const start = starts[number] ?? 0
        if (shownAt(words, board, start) === 0) weigh(number, words[start] ?? 0)
      }
      // Candidates were met in the order of keys, and by several keys of a list perhaps more than once.
      if (found.ties > 0) putInOrder(found, (number) => verdictAt(words, board, starts[number] ?? 0))
    },
    meet: (told) => sides.every((side) => followAll(side, told)),
  }
}
