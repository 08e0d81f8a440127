/**
 * Shelves of candidates, packed into one list of numbers: for each candidate where the verdicts of its kind begin, how much
 * it asks for, and what. Candidates are numbered through all shelves, so that what is known of one is kept in plain lists,
 * and what is asked of one shelf lies together.
 */
import { NOTHING, type Numbering } from './Keys.js'
import type { Kind, Kinds } from './Verdicts.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** A shelf, and the numbers of its candidates. */
export interface Shelf {
  /** Its place among the shelves. */
  readonly place: number
  /** The number of its first candidate. */
  readonly first: number
  readonly size: number
}

/** All shelves. */
export interface Packed {
  /** For each candidate the base of its verdicts, the number of its asks, its asks. */
  readonly words: Int32Array
  /** By the numbers of candidates: where their words begin, and of which kind they are. */
  readonly starts: Int32Array
  readonly kinds: ReadonlyArray<Kind>
}

/** Packs the candidates of shelves, one shelf after another, until it is closed. */
export interface Packing<C> {
  /** Nothing where a candidate asks for too much. */
  readonly pack: (candidates: ReadonlyArray<C>) => Shelf | undefined
  readonly close: () => Packed
}

/** For each criterion more, there are twice as many verdicts of a kind. */
const MOST_ASKED = 10

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

/** Begins to pack. */
export const packing = <S, C>({ criteria, facts, kindOf }: Kinds<S, C>, { required }: Numbering<S, C>): Packing<C> => {
  const words: Array<number> = []
  const starts: Array<number> = []
  const kinds: Array<Kind> = []
  let shelves = 0
  const packOne = (candidate: C): boolean => {
    const start = words.length
    const asked: Array<number> = []
    // The place of two words that are known when all asks are.
    words.push(0, 0)
    for (let place = 0; place < criteria.length; place += 1) {
      const ask = required(candidate, place)
      if (ask === NOTHING) continue
      asked.push(place)
      words.push(ask)
    }
    if (asked.length > MOST_ASKED) return false
    let held = 0
    for (let fact = 0; fact < facts.length; fact += 1) if (facts[fact]?.holds(candidate) === true) held |= 1 << fact
    const kind = kindOf(asked, held)
    starts.push(start)
    kinds.push(kind)
    words[start] = kind.base
    words[start + 1] = asked.length
    return true
  }
  return {
    pack: (candidates) => {
      const [first, start] = [kinds.length, words.length]
      if (candidates.every(packOne)) return { place: shelves++, first, size: candidates.length }
      kinds.length = first
      starts.length = first
      words.length = start
      return undefined
    },
    close: () => ({ words: Int32Array.from(words), starts: Int32Array.from(starts), kinds }),
  }
}
