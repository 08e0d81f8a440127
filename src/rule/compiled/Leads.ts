/**
 * From keys to the candidates that require them. A key that few require is followed: whatever the subject shows of such
 * keys leads to its candidates at once, on whichever shelf they are. A key that many require is looked for: each shelf has a
 * list of such keys, which are compared with what is shown. So neither a subject that shows much nor a shelf that holds much
 * is gone through as a whole.
 */
import { codesOf, type KeyList } from './Keys.js'
import type { Packed, Shelf } from './Shelf.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** A candidate by a key: its number, and which of its asks the key is part of, in one number. */
export type Lead = number

/** A candidate asks for at most ten criteria, so that four bits say which. */
const BITS = 4

export const numberOf = (lead: Lead): number => lead >> BITS

/** The bits of the asks of a candidate that come before the one of a lead. */
export const asksBefore = (lead: Lead): number => (1 << (lead & ((1 << BITS) - 1))) - 1

/** Where keys lead to. */
export interface Leads {
  /** By codes: where the candidates of a key that is followed begin; they end where those of the next begin. */
  readonly starts: Int32Array
  /** In the order of the numbers of candidates. */
  readonly followed: Int32Array
  /** The codes of keys that are looked for, shelf after shelf, and the candidate of each. */
  readonly codes: Int32Array
  readonly sought: Int32Array
  /** By the numbers of candidates: the place of the shelf. */
  readonly shelves: Int32Array
  /** By shelves: where its keys that are looked for begin; they end where those of the next begin. */
  readonly shelfStarts: Int32Array
}

/** A key that more candidates require is not followed. */
const MOST_FOLLOWED = 16

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

type Visit = (code: number, lead: Lead) => void

/** Goes through all keys that the candidates of a shelf require, in the order of the candidates. */
const visitShelf = ({ words, starts }: Packed, lists: ReadonlyArray<KeyList>, { first, size }: Shelf, visit: Visit) => {
  for (let number = first; number < first + size; number += 1) {
    const start = starts[number] ?? 0
    const asks = words[start + 1] ?? 0
    for (let place = 0; place < asks; place += 1) {
      const lead: Lead = (number << BITS) | place
      for (const code of codesOf(lists, words[start + 2 + place] ?? 0)) visit(code, lead)
    }
  }
}

/** Finds where the keys of shelves, of which there are so many codes, lead to. None lead to a shelf that is left out. */
export const leadsOf = (
  packed: Packed,
  shelves: ReadonlyArray<Shelf>,
  lists: ReadonlyArray<KeyList>,
  codeCount: number,
  isLeftOut: (shelf: Shelf) => boolean,
): Leads => {
  const counts = new Int32Array(codeCount)
  for (const shelf of shelves)
    if (!isLeftOut(shelf))
      visitShelf(packed, lists, shelf, (code) => {
        counts[code] = (counts[code] ?? 0) + 1
      })
  const isFollowed = (code: number): boolean => (counts[code] ?? 0) <= MOST_FOLLOWED

  const starts = new Int32Array(codeCount + 1)
  for (let code = 0; code < codeCount; code += 1)
    starts[code + 1] = (starts[code] ?? 0) + (isFollowed(code) ? (counts[code] ?? 0) : 0)
  const followed = new Int32Array(starts[codeCount] ?? 0)
  const filled = starts.slice()
  const codes: Array<number> = []
  const sought: Array<number> = []
  const shelfStarts = new Int32Array(shelves.length + 1)
  const shelfPlaces = new Int32Array(packed.starts.length)
  for (const [place, shelf] of shelves.entries()) {
    shelfPlaces.fill(place, shelf.first, shelf.first + shelf.size)
    if (!isLeftOut(shelf))
      visitShelf(packed, lists, shelf, (code, lead) => {
        if (isFollowed(code)) {
          const position = filled[code] ?? 0
          followed[position] = lead
          filled[code] = position + 1
        } else {
          codes.push(code)
          sought.push(lead)
        }
      })
    shelfStarts[place + 1] = codes.length
  }
  return {
    starts,
    followed,
    shelves: shelfPlaces,
    codes: Int32Array.from(codes),
    sought: Int32Array.from(sought),
    shelfStarts,
  }
}
