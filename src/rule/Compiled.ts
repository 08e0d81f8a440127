/**
 * The compiled reader: book and candidates become numbers, once; then a subject is decided in a few look-ups. It knows no
 * criterion by name, only what all of them are: keys that meet.
 *
 * What is done once: the keys that candidates require are numbered (compiled/Board); the book is walked for each kind of
 * candidate, so that what a candidate asks for and what of that is shown say at once which rule matches (compiled/Verdicts);
 * a small shelf is packed to be gone through (compiled/Scan), a large one to be looked up (compiled/Join). What a subject
 * shows is marked once for each part of it that criteria read.
 *
 * @since 0.1.0
 */
import { O } from '../prelude.js'
import { numberKeys, type Board } from './compiled/Board.js'
import { searchByRule } from './compiled/ByRule.js'
import { nothingFound, verdictAt, type Found } from './compiled/Found.js'
import { join } from './compiled/Join.js'
import { scan, type Search } from './compiled/Scan.js'
import { packing, type Packed, type Shelf } from './compiled/Shelf.js'
import { kindsOf, type Verdicts } from './compiled/Verdicts.js'
import type { Choice, MakeReaders, Reader, Reading } from './Reader.js'
import * as Reference from './Reference.js'

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

const readerOf = <S, C, Name extends string>(engine: Engine<S, C, Name>, shelf: Shelf): Reader<S, C, Name> => {
  const { candidates, book, packed, board, verdicts, found, scan: goThrough, byRule, choose } = engine
  const joined = shelf.size <= FEW ? undefined : join(packed, shelf, board, verdicts, found, byRule)
  const search = (from: number): void => {
    if (joined === undefined) goThrough(shelf, from)
    else joined(from)
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
    decide: (subject) => {
      board.look(subject)
      search(0)
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

/**
 * Readers that join by keys. They decide as the reference readers do, in a few look-ups each.
 *
 * @example
 * import assert from 'node:assert'
 * import { Compiled, Criterion, Reference, Rule } from 'seatwise'
 *
 * const language = Criterion.make({
 *   name: 'language',
 *   requires: (agent: { readonly speaks: ReadonlyArray<string> }) => agent.speaks,
 *   shows: (ticket: { readonly language: string }) => [ticket.language],
 * })
 * const reading = { book: [Rule.rule('language', language), Rule.rule('anyone')], restricting: [] }
 * const shelves = new Map([['support', [{ speaks: ['sv'] }, { speaks: ['de'] }]]])
 * const decide = (readers: typeof Compiled.readers) => readers(reading)(shelves).get('support')?.decide({ language: 'de' })
 * assert.deepStrictEqual(decide(Compiled.readers), decide(Reference.readers))
 *
 * @since 0.1.0
 */
export const readers: MakeReaders = <S, C, Name extends string>(reading: Reading<S, C, Name>) => {
  return <Key>(shelves: ReadonlyMap<Key, ReadonlyArray<C>>): ReadonlyMap<Key, Reader<S, C, Name>> => {
    const kinds = kindsOf(reading)
    if (kinds.facts.length > MOST_FACTS) return Reference.readers(reading)(shelves)
    const numbering = numberKeys(kinds.criteria)
    const { pack, close } = packing(kinds, numbering)
    const shelved = Array.from(shelves, ([key, candidates]) => ({ key, candidates, shelf: pack(candidates) }))
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
    const walked = new Map(shelved.flatMap((each) => (each.shelf === undefined ? [[each.key, each.candidates]] : [])))
    const byWalking = Reference.readers(reading)(walked)
    return new Map(
      shelved.flatMap(({ key, shelf }) => {
        const reader = shelf === undefined ? byWalking.get(key) : readerOf(engine, shelf)
        return reader === undefined ? [] : [[key, reader]]
      }),
    )
  }
}
