/**
 * The compiled reader, put together: the keys that candidates require are numbered (Board), the book is walked for each kind
 * of candidate (Verdicts), a small shelf is packed to be gone through (Scan), a large one to be looked up (Join), and
 * choices that come again are given again.
 */
import { O } from '../../prelude.js'
import { numberKeys, type Board } from './Board.js'
import { searchByRule } from './ByRule.js'
import { nothingFound, verdictAt, type Found } from './Found.js'
import { join } from './Join.js'
import { meetAll, scan, type Search } from './Scan.js'
import { packing, type Packed, type Shelf } from './Shelf.js'
import { kindsOf, type Verdicts } from './Verdicts.js'

import type { Choice, Reader, Reading } from '../Reader.js'
import * as Reference from '../Reference.js'

// -------------------------------------------------------------------------------------
// shelves
// -------------------------------------------------------------------------------------

/** What all shelves of a catalog share. */
interface Engine<S, C, Name extends string> {
  /** By the numbers of candidates. */
  readonly candidates: ReadonlyArray<C>
  readonly book: Reading<S, C, Name>['book']
  readonly packed: Packed
  readonly board: Board<S>
  readonly verdicts: Verdicts
  readonly found: Found
  readonly scan: Search
  readonly byRule: Search
  /** The choice that the last search came to. */
  readonly choose: () => O.Option<Choice<C, Name>>
}

/** Facts are told apart by the bits of a number. A book with more of them is walked. */
const MOST_FACTS = 30

/** A shelf with no more candidates than this is gone through. */
const FEW = 16

const NOBODY: ReadonlyArray<never> = []

const tiedOf = <C>(candidates: ReadonlyArray<C>, { tied, ties }: Found): ReadonlyArray<C> =>
  // INVARIANT: what was found are numbers of candidates.
  ties === 0 ? NOBODY : Array.from(tied.subarray(0, ties), (number) => candidates[number] as C)

/** Where nobody is tied, the choice depends on the winner and its verdict alone: it is made once, and given again. */
const chooser = <S, C, Name extends string>(
  { book }: Reading<S, C, Name>,
  candidates: ReadonlyArray<C>,
  verdicts: Verdicts,
  found: Found,
): (() => O.Option<Choice<C, Name>>) => {
  const made: Array<O.Option<Choice<C, Name>>> = candidates.map(() => O.none)
  const madeOf = new Int32Array(candidates.length).fill(-1)
  return () => {
    const { rule, winner, verdict, ties } = found
    if (ties === 0 && madeOf[winner] === verdict) return made[winner] ?? O.none
    const by = book[rule]
    if (by === undefined) return O.none
    const choice = O.some<Choice<C, Name>>({
      rule: by.name,
      // INVARIANT: what was found is a number of a candidate.
      winner: candidates[winner] as C,
      tied: tiedOf(candidates, found),
      violates: verdicts.at(verdict).violates,
    })
    if (ties === 0) {
      made[winner] = choice
      madeOf[winner] = verdict
    }
    return choice
  }
}

/** A shelf that is searched by numbers, for whoever wants numbers back. */
export interface Numbered<S> {
  /** The number of its first candidate: numbers go through all shelves, in the order of the candidates on each. */
  readonly first: number
  readonly size: number
  /** Looks for the choice, and leaves it in `found`. */
  readonly find: (subject: S) => void
  /**
   * Tells every candidate of which the subject shows something, with its verdict. False where there are too many to tell;
   * some have been told then.
   */
  readonly meet: (subject: S, told: (number: number, verdict: number) => void) => boolean
  /** The verdict of a candidate of which nothing is shown. */
  readonly unshown: (number: number) => number
}

const shelfReader = <S, C, Name extends string>(
  engine: Engine<S, C, Name>,
  shelf: Shelf,
): Reader<S, C, Name> & Numbered<S> => {
  const { candidates, book, packed, board, verdicts, found, scan: goThrough, byRule, choose } = engine
  const joined = shelf.size <= FEW ? undefined : join(packed, shelf, board, verdicts, found, byRule)
  const search = (from: number): void => {
    if (joined === undefined) goThrough(shelf, from)
    else joined.search(from)
  }
  const find = (subject: S): void => {
    board.look(subject)
    search(0)
  }
  // Where the words of a candidate begin; asked first when somebody wants to know.
  let starts: ReadonlyMap<C, number> | undefined
  const startOf = (candidate: C): number | undefined => {
    starts ??= new Map(
      Array.from({ length: shelf.size }, (_, position) => shelf.first + position).map((number) => [
        candidates[number] as C,
        packed.starts[number] ?? 0,
      ]),
    )
    return starts.get(candidate)
  }

  return {
    first: shelf.first,
    size: shelf.size,
    unshown: (number) => packed.words[packed.starts[number] ?? 0] ?? 0,
    find,
    meet: (subject, told) => {
      board.look(subject)
      return joined === undefined ? meetAll(packed, shelf, board, told) : joined.meet(told)
    },
    decide: (subject) => {
      find(subject)
      return found.winner === -1 ? O.none : choose()
    },
    match: (subject, from) => {
      board.look(subject)
      search(from)
      const rule = book[found.rule]
      const winner = candidates[found.winner]
      return rule === undefined || winner === undefined
        ? O.none
        : O.some({ rule: rule.name, place: found.rule, matching: [winner, ...tiedOf(candidates, found)] })
    },
    violates: (candidate, subject) => {
      const start = startOf(candidate)
      if (start === undefined) return NOBODY
      board.look(subject)
      return verdicts.at(verdictAt(packed.words, board, start)).violates
    },
  }
}

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

/** Readers of a book, with what is behind them. */
export interface Opened<S, C, Name extends string, Key> {
  readonly readers: ReadonlyMap<Key, Reader<S, C, Name>>
  /** The shelves that could be numbered: all, but where somebody asks for more than anybody does. */
  readonly numbered: ReadonlyMap<Key, Numbered<S>>
  /** What the last search found. */
  readonly found: Found
  readonly verdicts: Verdicts
}

/** Opens the shelves of a book. */
export const open =
  <S, C, Name extends string>(reading: Reading<S, C, Name>) =>
  <Key>(shelves: ReadonlyMap<Key, ReadonlyArray<C>>): Opened<S, C, Name, Key> => {
    const kinds = kindsOf(reading)
    const numbering = numberKeys(kinds.criteria)
    const { pack, close } = packing(kinds, numbering)
    const isReadable = kinds.facts.length <= MOST_FACTS
    const shelved = Array.from(shelves, ([key, candidates]) => ({
      key,
      candidates,
      shelf: isReadable ? pack(candidates) : undefined,
    }))
    const candidates = shelved.flatMap((each) => (each.shelf === undefined ? [] : each.candidates))
    const [packed, board, verdicts, found] = [close(), numbering.open(), kinds.close(), nothingFound()]
    const engine: Engine<S, C, Name> = {
      candidates,
      book: reading.book,
      packed,
      board,
      verdicts,
      found,
      scan: scan(packed, board, verdicts, found),
      byRule: searchByRule(reading.book, kinds.placesOf, packed, board, verdicts, found),
      choose: chooser(reading, candidates, verdicts, found),
    }
    const numbered = new Map(
      shelved.flatMap(({ key, shelf }) => (shelf === undefined ? [] : [[key, shelfReader(engine, shelf)]])),
    )
    const walked = shelved.filter(({ shelf }) => shelf === undefined)
    const byWalking = Reference.readers(reading)(new Map(walked.map((each) => [each.key, each.candidates])))
    return {
      readers: new Map(
        shelved.flatMap(({ key }) => {
          const reader = numbered.get(key) ?? byWalking.get(key)
          return reader === undefined ? [] : [[key, reader]]
        }),
      ),
      numbered,
      found,
      verdicts,
    }
  }
