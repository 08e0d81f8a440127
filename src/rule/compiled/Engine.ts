/**
 * The compiled reader, put together: the keys that candidates require are numbered (Keys), the book is walked for each kind
 * of candidate (Verdicts), candidates are packed (Shelf), keys lead to them (Leads), what a subject shows is marked (Board),
 * that of several beforehand (Line), and shelves are gone through (Scan), searched (Search), or searched rule by rule (ByRule),
 * as their size asks for.
 */
import { O } from '../../prelude.js'
import type { Choice, Reader, Reading } from '../Reader.js'
import * as Reference from '../Reference.js'
import { look, openBoard } from './Board.js'
import { searchByRule } from './ByRule.js'
import { nothingFound, verdictAt, type Found } from './Found.js'
import { numberKeys } from './Keys.js'
import { leadsOf } from './Leads.js'
import { come, leave, openLine, type Line } from './Line.js'
import { nothingMet } from './Met.js'
import { meetByScan, NOT_SCANNED, scan, stretchesOf, type Stretches } from './Scan.js'
import { firstUnshown, meet, search, unshownOf, type Hall, type Search } from './Search.js'
import { packing, type Shelf } from './Shelf.js'
import { kindsOf } from './Verdicts.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** What all shelves of a catalog share, and what is known of each by its place. */
export interface Engine<S, C, Name extends string> extends Hall<S> {
  readonly book: Reading<S, C, Name>['book']
  /** By their numbers, which go through all shelves, in the order of the candidates on each. */
  readonly candidates: ReadonlyArray<C>
  readonly shelves: ReadonlyArray<Shelf>
  readonly stretches: Stretches
  readonly line: Line<S>
  /** By the places of shelves: 1 where rules are gone through one by one. */
  readonly crowded: Uint8Array
  readonly byRule: Search
}

/** Readers of a book, with what is behind them. */
export interface Opened<S, C, Name extends string, Key> {
  readonly readers: ReadonlyMap<Key, Reader<S, C, Name>>
  /** The places of shelves in the engine: of all, but where somebody asks for more than anybody does. */
  readonly places: ReadonlyMap<Key, number>
  readonly engine: Engine<S, C, Name>
}

// -------------------------------------------------------------------------------------
// finding
// -------------------------------------------------------------------------------------

/** Looks for the first rule from a place on that matches any candidate of a shelf, for the subject at the board. */
const seek = <S, C, Name extends string>(engine: Engine<S, C, Name>, shelf: number, from: number): void => {
  const { stretches, crowded, shelves, byRule } = engine
  const start = stretches.starts[shelf] ?? NOT_SCANNED
  if (start !== NOT_SCANNED) scan(stretches, engine, start, from)
  else if (crowded[shelf] === 0) search(engine, shelf, from)
  else {
    const own = shelves[shelf]
    if (own !== undefined) byRule(own, from)
  }
}

/** Looks for the first rule from a place on that matches any candidate of a shelf, and leaves it in what was found. */
const find = <S, C, Name extends string>(engine: Engine<S, C, Name>, shelf: number, subject: S, from: number): void => {
  look(engine.board, subject)
  seek(engine, shelf, from)
}

/** Looks for the first rule that matches any candidate of a shelf, for the subject at a position of the line. */
export const findFor = <S, C, Name extends string>(
  engine: Engine<S, C, Name>,
  shelf: number,
  position: number,
): void => {
  const { line, stretches } = engine
  const isScanned = stretches.starts[shelf] !== NOT_SCANNED
  come(line, position, isScanned)
  seek(engine, shelf, 0)
  leave(line, position, isScanned)
}

/**
 * Meets every candidate of a shelf of which the subject at a position of the line shows something, and leaves them in what
 * was met. False where there may be too many to keep.
 */
export const meetFor = <S, C, Name extends string>(
  engine: Engine<S, C, Name>,
  shelf: number,
  position: number,
): boolean => {
  const { line, board, stretches, met, crowded } = engine
  if (crowded[shelf] === 1) return false
  const start = stretches.starts[shelf] ?? NOT_SCANNED
  const isScanned = start !== NOT_SCANNED
  come(line, position, isScanned)
  if (isScanned) meetByScan(stretches, board, met, start)
  else meet(engine, shelf)
  leave(line, position, isScanned)
  return true
}

/** Who wins on a shelf where nothing is met: the first rule that asks for nothing, and the first candidate that it matches. */
export const winsUnmet = <S, C, Name extends string>(
  { unshown }: Engine<S, C, Name>,
  shelf: number,
): { readonly rule: number; readonly winner: number } => firstUnshown(unshown, shelf)

// -------------------------------------------------------------------------------------
// choosing
// -------------------------------------------------------------------------------------

const NOBODY: ReadonlyArray<never> = Object.freeze([])

/** Those who are tied with the winner. */
export const tiedOf = <C>(candidates: ReadonlyArray<C>, { tied, ties }: Found): ReadonlyArray<C> => {
  if (ties === 0) return NOBODY
  const others: Array<C> = []
  // INVARIANT: what was found are numbers of candidates.
  for (let at = 0; at < ties; at += 1) others.push(candidates[tied[at] ?? 0] as C)
  return others
}

/** The choice that was found. */
const choose = <S, C, Name extends string>(engine: Engine<S, C, Name>): O.Option<Choice<C, Name>> => {
  const { found, book, candidates, verdicts } = engine
  const by = book[found.rule]
  return by === undefined
    ? O.none
    : O.some({
        rule: by.name,
        winner: candidates[found.winner] as C,
        tied: tiedOf(candidates, found),
        violates: verdicts.at(found.verdict).violates,
      })
}

const shelfReader = <S, C, Name extends string>(
  engine: Engine<S, C, Name>,
  { place, first, size }: Shelf,
): Reader<S, C, Name> => {
  const { candidates, book, packed, board, verdicts, found } = engine
  // Where the words of a candidate begin; asked first when somebody wants to know.
  let starts: ReadonlyMap<C, number> | undefined
  const startOf = (candidate: C): number | undefined => {
    starts ??= new Map(
      candidates.slice(first, first + size).map((each, position) => [each, packed.starts[first + position] ?? 0]),
    )
    return starts.get(candidate)
  }

  return {
    decide: (subject) => {
      find(engine, place, subject, 0)
      return choose(engine)
    },
    match: (subject, from) => {
      find(engine, place, subject, from)
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

/** Where more keys are to be looked for, the rules of the shelf are gone through one by one. */
const MOST_SOUGHT = 512

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
    const stretches = stretchesOf(packed, shelves, numbering.lists)
    const isScanned = ({ place }: Shelf): boolean => stretches.starts[place] !== NOT_SCANNED
    const leads = leadsOf(packed, shelves, numbering.lists, numbering.codeCount(), isScanned)
    const board = openBoard(kinds.criteria, numbering, leads)
    const [verdicts, met, found] = [kinds.close(), nothingMet(), nothingFound()]
    const engine: Engine<S, C, Name> = {
      packed,
      leads,
      stretches,
      board,
      line: openLine(board),
      verdicts,
      unshown: unshownOf(packed, shelves),
      met,
      found,
      candidates,
      shelves,
      crowded: Uint8Array.from(shelves, ({ place }) =>
        (leads.shelfStarts[place + 1] ?? 0) - (leads.shelfStarts[place] ?? 0) > MOST_SOUGHT ? 1 : 0,
      ),
      book: reading.book,
      byRule: searchByRule(reading.book, kinds.placesOf, packed, board, verdicts, found),
    }
    const walked = all.filter(({ shelf }) => shelf === undefined)
    const byWalking = Reference.readers(reading)(new Map(walked.map((each) => [each.key, each.candidates])))
    const readers = all.flatMap(({ key, shelf }): ReadonlyArray<readonly [Key, Reader<S, C, Name>]> => {
      const reader = shelf === undefined ? byWalking.get(key) : shelfReader(engine, shelf)
      return reader === undefined ? [] : [[key, reader]]
    })
    return {
      readers: new Map(readers),
      places: new Map(all.flatMap(({ key, shelf }) => (shelf === undefined ? [] : [[key, shelf.place]]))),
      engine,
    }
  }
