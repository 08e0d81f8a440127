/**
 * Which candidates of a shelf can never win, whatever the subject is, and by whom they are shadowed: told from the keys that
 * candidates require, of no subject in particular.
 *
 * Every condition of a rule is kept by showing more. So whoever matches for a least showing of a candidate (Showing.ts)
 * matches for every subject for which the candidate does.
 *
 * Laws, of a shelf with the readers' order of rules and candidates:
 *
 * 1. Proof: a candidate that is `Barred` matches no rule, and one that is `Shadowed` wins for no subject; of the rule that
 *    it matches first, one of those named for that rule matches an earlier one, or that one and ranks before it
 * 2. Names: where a candidate that is `Tied` wins, one of those named for the rule matches that rule, too
 * 3. Silence: what is not proved is not told
 *
 * It knows no criterion by name.
 */
import { O } from '../prelude.js'
import * as Compiled from './Compiled.js'
import type * as Criterion from './Criterion.js'
import type { Match, Reader } from './Reader.js'
import type { RuleBook } from './Rule.js'
import { askerOf, barOfRule, leastShowings, readingOf, type Bar, type Showing } from './Showing.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** Another candidate, and the rule that it matches. */
export interface Rival<C, Name extends string> {
  readonly candidate: C
  readonly rule: Name
}

/** A rule that a candidate can match, with those who match, one or the other, whenever it does. */
export interface Contest<C, Name extends string> {
  readonly rule: Name
  readonly rivals: ReadonlyArray<Rival<C, Name>>
}

/** What was proved of a candidate. */
export type Verdict<C, Name extends string> =
  | { readonly _tag: 'Barred'; readonly candidate: C; readonly bars: ReadonlyArray<Bar<Name>> }
  | { readonly _tag: 'Shadowed'; readonly candidate: C; readonly contests: ReadonlyArray<Contest<C, Name>> }
  | { readonly _tag: 'Tied'; readonly candidate: C; readonly contests: ReadonlyArray<Contest<C, Name>> }

/** What was proved of a shelf, and of how many of its candidates nothing was asked, since it took too long. */
export interface Proved<C, Name extends string> {
  readonly verdicts: ReadonlyArray<Verdict<C, Name>>
  readonly unasked: number
}

// -------------------------------------------------------------------------------------
// proving
// -------------------------------------------------------------------------------------

/**
 * What one shelf may cost: so much for each candidate, and so much in all. Who matches with many others is asked about once
 * for all that show the same.
 */
const COST_EACH = 64
const COST_IN_ALL = 16_384

/** What is asked of one shelf. */
interface Court<S, C, Name extends string> {
  readonly book: RuleBook<S, C, Name>
  readonly rankOf: (candidate: C) => number
  readonly match: (showing: Showing<S, C>) => O.Option<Match<C, Name>>
}

const isEmpty = (list: ReadonlyArray<unknown>): boolean => list.length === 0

const verdictOf = <S, C, Name extends string>(
  { book, rankOf, match }: Court<S, C, Name>,
  candidate: C,
): Verdict<C, Name> | undefined => {
  const bars: Array<Bar<Name>> = []
  const shadowed: Array<Contest<C, Name>> = []
  const tied: Array<Contest<C, Name>> = []
  const rank = rankOf(candidate)
  const asker = askerOf<S, C>(candidate)
  for (const [place, rule] of book.entries()) {
    const bar = barOfRule(rule, asker)
    if (bar !== undefined) {
      bars.push(bar)
      continue
    }
    const showings = leastShowings(rule, asker)
    if (showings === undefined) return undefined
    const [before, beside] = [new Map<C, Rival<C, Name>>(), new Map<C, Rival<C, Name>>()]
    for (const showing of showings) {
      const matched = O.toUndefined(match(showing))
      const first = matched?.matching[0]
      const isEarlier = matched !== undefined && matched.place < place
      // By an earlier rule it is the candidate itself: what it shows there was asked at that rule.
      if (first === candidate && isEarlier) continue
      if (
        matched !== undefined &&
        first !== undefined &&
        (isEarlier || (matched.place === place && rankOf(first) < rank))
      )
        before.set(first, { candidate: first, rule: matched.rule })
      else {
        const other = matched?.place === place ? matched.matching.find((each) => each !== candidate) : undefined
        if (other === undefined) return undefined
        beside.set(other, { candidate: other, rule: rule.name })
      }
    }
    if (before.size > 0) shadowed.push({ rule: rule.name, rivals: [...before.values()] })
    if (beside.size > 0) tied.push({ rule: rule.name, rivals: [...beside.values()] })
  }
  if (!isEmpty(tied)) return { _tag: 'Tied', candidate, contests: tied }
  return isEmpty(shadowed) ? { _tag: 'Barred', candidate, bars } : { _tag: 'Shadowed', candidate, contests: shadowed }
}

/** A text for each showing: equal showings have equal texts. */
const spelling = <S, C>(numbers: Map<Criterion.Criterion<S, C>, number>): ((showing: Showing<S, C>) => string) => {
  const numberOf = (criterion: Criterion.Criterion<S, C>): number => {
    const known = numbers.get(criterion) ?? numbers.size
    numbers.set(criterion, known)
    return known
  }
  return (showing) =>
    JSON.stringify(Array.from(showing, ([criterion, keys]) => [numberOf(criterion), keys[0]]).sort(byNumber))
}

const byNumber = ([a]: ReadonlyArray<unknown>, [b]: ReadonlyArray<unknown>): number => Number(a) - Number(b)

const proveShelf = <S, C, Name extends string>(
  book: RuleBook<S, C, Name>,
  reader: Reader<Showing<S, C>, C, Name> | undefined,
  candidates: ReadonlyArray<C>,
  spell: (showing: Showing<S, C>) => string,
): Proved<C, Name> => {
  const ranks = new Map(candidates.map((candidate, rank) => [candidate, rank]))
  const known = new Map<string, O.Option<Match<C, Name>>>()
  let cost = 0
  const match = (showing: Showing<S, C>): O.Option<Match<C, Name>> => {
    const spelled = spell(showing)
    const before = known.get(spelled)
    cost += 1
    if (before !== undefined) return before
    const found = reader === undefined ? O.none : reader.match(showing, 0)
    known.set(spelled, found)
    if (O.isSome(found)) cost += found.value.matching.length
    return found
  }
  const court: Court<S, C, Name> = { book, rankOf: (candidate) => ranks.get(candidate) ?? candidates.length, match }
  const verdicts: Array<Verdict<C, Name>> = []
  const most = COST_IN_ALL + COST_EACH * candidates.length
  for (const [place, candidate] of candidates.entries()) {
    if (cost > most) return { verdicts, unasked: candidates.length - place }
    const verdict = verdictOf(court, candidate)
    if (verdict !== undefined) verdicts.push(verdict)
  }
  return { verdicts, unasked: 0 }
}

/**
 * What can be proved of the candidates of each shelf, which stand in rank order. Only those who are `sure` count as rivals:
 * the others may be passed over for reasons that are not in the book.
 */
export const prove =
  <S, C, Name extends string>(book: RuleBook<S, C, Name>, isSure: (candidate: C) => boolean = () => true) =>
  <Shelf>(shelves: ReadonlyMap<Shelf, ReadonlyArray<C>>): ReadonlyMap<Shelf, Proved<C, Name>> => {
    const sure = new Map(Array.from(shelves, ([shelf, candidates]) => [shelf, candidates.filter(isSure)]))
    const readers = Compiled.readers(readingOf(book))(sure)
    const spell = spelling<S, C>(new Map())
    return new Map(
      Array.from(shelves, ([shelf, candidates]) => [shelf, proveShelf(book, readers.get(shelf), candidates, spell)]),
    )
  }
