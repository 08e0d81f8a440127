/**
 * The compiled reader, put together: the keys that candidates require are numbered (Keys), the book is walked for each kind
 * of candidate (Verdicts), candidates are packed (Shelf), keys lead to them (Leads), what a subject shows is marked (Board),
 * and shelves are searched (Search, ByRule). Choices that come again are given again.
 */
import { O } from '../../prelude.js'
import type { Choice, Reader, Reading } from '../Reader.js'
import * as Reference from '../Reference.js'
import { look, openBoard } from './Board.js'
import { searchByRule } from './ByRule.js'
import { nothingFound, verdictAt, type Found } from './Found.js'
import { numberKeys } from './Keys.js'
import { leadsOf } from './Leads.js'
import { firstUnshown, meet, nothingMet, search, unshownOf, type Hall, type Met, type Search } from './Search.js'
import { packing, type Shelf } from './Shelf.js'
import { kindsOf, type Verdicts } from './Verdicts.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** What all shelves of a catalog share. */
interface Engine<S, C, Name extends string> extends Hall<S> {
  /** By the numbers of candidates. */
  readonly candidates: ReadonlyArray<C>
  readonly book: Reading<S, C, Name>['book']
  readonly byRule: Search
  /** By the numbers of candidates: a choice that was made, and the verdict on which it was. */
  readonly choices: Array<O.Option<Choice<C, Name>>>
  readonly choiceVerdicts: Int32Array
}

/** A shelf that is searched by numbers, for whoever wants numbers back. */
export interface Numbered<S> {
  /** The number of its first candidate: numbers go through all shelves, in the order of the candidates on each. */
  readonly first: number
  /** Looks for the choice, and leaves it in what was found. */
  readonly find: (subject: S) => void
  /**
   * Meets every candidate of which the subject shows something, and leaves them in what was met; none where there may be too
   * many to keep.
   */
  readonly meet: ((subject: S) => void) | undefined
  /** Who wins where nothing is met: the first rule that asks for nothing, and the first candidate that it matches. */
  readonly unmet: { readonly rule: number; readonly winner: number }
}

/** Readers of a book, with what is behind them. */
export interface Opened<S, C, Name extends string, Key> {
  readonly readers: ReadonlyMap<Key, Reader<S, C, Name>>
  /** The shelves that could be numbered: all, but where somebody asks for more than anybody does. */
  readonly numbered: ReadonlyMap<Key, Numbered<S>>
  readonly found: Found
  readonly met: Met
  readonly verdicts: Verdicts
}

// -------------------------------------------------------------------------------------
// choosing
// -------------------------------------------------------------------------------------

const NOBODY: ReadonlyArray<never> = Object.freeze([])

const tiedOf = <C>(candidates: ReadonlyArray<C>, { tied, ties }: Found): ReadonlyArray<C> =>
  // INVARIANT: what was found are numbers of candidates.
  ties === 0 ? NOBODY : Array.from(tied.subarray(0, ties), (number) => candidates[number] as C)

/** The choice that was found. Where nobody is tied it depends on the winner and its verdict alone, and is made once. */
const choose = <S, C, Name extends string>(engine: Engine<S, C, Name>): O.Option<Choice<C, Name>> => {
  const { found, choices, choiceVerdicts, book, candidates, verdicts } = engine
  const { rule, winner, verdict, ties } = found
  if (winner === -1) return O.none
  if (ties === 0 && choiceVerdicts[winner] === verdict) return choices[winner] ?? O.none
  const by = book[rule]
  if (by === undefined) return O.none
  const value: Choice<C, Name> = {
    rule: by.name,
    winner: candidates[winner] as C,
    tied: tiedOf(candidates, found),
    violates: verdicts.at(verdict).violates,
  }
  const choice = O.some(value)
  if (ties === 0) {
    // It is given to many.
    Object.freeze(value)
    choices[winner] = Object.freeze(choice)
    choiceVerdicts[winner] = verdict
  }
  return choice
}

// -------------------------------------------------------------------------------------
// shelves
// -------------------------------------------------------------------------------------

/** Where more keys are to be looked for, the rules of the shelf are gone through one by one. */
const MOST_SOUGHT = 512

const shelfReader = <S, C, Name extends string>(
  engine: Engine<S, C, Name>,
  shelf: Shelf,
): Reader<S, C, Name> & Numbered<S> => {
  const { candidates, book, packed, leads, board, verdicts, found, byRule } = engine
  const { place, first, size } = shelf
  const isCrowded = (leads.shelfStarts[place + 1] ?? 0) - (leads.shelfStarts[place] ?? 0) > MOST_SOUGHT
  const find = (subject: S, from: number): void => {
    look(board, subject)
    if (isCrowded) byRule(shelf, from)
    else search(engine, place, from)
  }
  // Where the words of a candidate begin; asked first when somebody wants to know.
  let starts: ReadonlyMap<C, number> | undefined
  const startOf = (candidate: C): number | undefined => {
    starts ??= new Map(
      candidates.slice(first, first + size).map((each, position) => [each, packed.starts[first + position] ?? 0]),
    )
    return starts.get(candidate)
  }

  return {
    first,
    unmet: firstUnshown(engine.unshown, place),
    find: (subject) => {
      find(subject, 0)
    },
    meet: isCrowded
      ? undefined
      : (subject) => {
          look(board, subject)
          meet(engine, place)
        },
    decide: (subject) => {
      find(subject, 0)
      return choose(engine)
    },
    match: (subject, from) => {
      find(subject, from)
      const rule = book[found.rule]
      return rule === undefined
        ? O.none
        : O.some({
            rule: rule.name,
            place: found.rule,
            matching: [candidates[found.winner] as C, ...tiedOf(candidates, found)],
          })
    },
    violates: (candidate, subject) => {
      const start = startOf(candidate)
      if (start === undefined) return NOBODY
      look(board, subject)
      return verdicts.at(verdictAt(packed.words, board, start)).violates
    },
  }
}

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

/** Facts are told apart by the bits of a number. A book with more of them is walked. */
const MOST_FACTS = 30

/** Opens the shelves of a book. */
export const open =
  <S, C, Name extends string>(reading: Reading<S, C, Name>) =>
  <Key>(given: ReadonlyMap<Key, ReadonlyArray<C>>): Opened<S, C, Name, Key> => {
    const kinds = kindsOf(reading)
    const numbering = numberKeys(kinds.criteria)
    const { pack, close } = packing(kinds, numbering)
    const isReadable = kinds.facts.length <= MOST_FACTS
    const all = Array.from(given, ([key, candidates]) => ({
      key,
      candidates,
      shelf: isReadable ? pack(candidates) : undefined,
    }))
    const packed = close()
    const shelves = all.flatMap(({ shelf }) => shelf ?? [])
    const candidates = all.flatMap((each) => (each.shelf === undefined ? [] : each.candidates))
    const leads = leadsOf(packed, shelves, numbering.lists, numbering.codeCount())
    const board = openBoard(kinds.criteria, numbering, leads)
    const [verdicts, met, found] = [kinds.close(), nothingMet(), nothingFound()]
    const engine: Engine<S, C, Name> = {
      packed,
      leads,
      board,
      verdicts,
      unshown: unshownOf(packed, shelves),
      met,
      found,
      candidates,
      book: reading.book,
      byRule: searchByRule(reading.book, kinds.placesOf, packed, board, verdicts, found),
      choices: candidates.map(() => O.none),
      choiceVerdicts: new Int32Array(candidates.length).fill(-1),
    }
    const numbered = new Map(
      all.flatMap(({ key, shelf }) => (shelf === undefined ? [] : [[key, shelfReader(engine, shelf)]])),
    )
    const walked = all.filter(({ shelf }) => shelf === undefined)
    const byWalking = Reference.readers(reading)(new Map(walked.map((each) => [each.key, each.candidates])))
    const readers = all.flatMap(({ key }): ReadonlyArray<readonly [Key, Reader<S, C, Name>]> => {
      const reader = numbered.get(key) ?? byWalking.get(key)
      return reader === undefined ? [] : [[key, reader]]
    })
    return { readers: new Map(readers), numbered, found, met, verdicts }
  }
