/**
 * A reader decides by a rule book. There are two, the reference reader and the compiled one, and nobody can tell them
 * apart by their answers:
 *
 * 1. First rule: the choice names the first rule of the book that matches any candidate
 * 2. First candidate: of the candidates that match at that rule, the first in their order wins, and the others are tied
 * 3. Violations are told of the winner only, whichever rule decided
 * 4. What matches from the first place on begins with the choice: `match(subject, 0)` has its rule, its winner and its tied
 *
 * @since 0.1.0
 */
import type { O, RNEA } from '../prelude.js'
import type { Criterion } from './Criterion.js'
import type { RuleBook } from './Rule.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/**
 * What a reader chose: the rule that decided, the winner, the others that matched at that rule, in rank order, and the
 * names of the restricting criteria that the winner asks for and the subject does not show.
 *
 * @since 0.1.0
 */
export interface Choice<C, Name extends string> {
  readonly rule: Name
  readonly winner: C
  readonly tied: ReadonlyArray<C>
  readonly violates: ReadonlyArray<string>
}

/**
 * What matches at one rule: the rule, its place in the book, and every candidate that matches it, in rank order.
 *
 * @since 0.1.0
 */
export interface Match<C, Name extends string> {
  readonly rule: Name
  readonly place: number
  readonly matching: RNEA.ReadonlyNonEmptyArray<C>
}

/**
 * A reader of one shelf.
 *
 * @since 0.1.0
 */
export interface Reader<S, C, Name extends string> {
  /** Decides a subject, or says that no rule matches any candidate. */
  readonly decide: (subject: S) => O.Option<Choice<C, Name>>
  /**
   * The first rule, from a place in the book on, that matches any candidate: for whoever may have to pass candidates over
   * for reasons that are not in the book, and then goes on behind that place.
   */
  readonly match: (subject: S, from: number) => O.Option<Match<C, Name>>
  /** The names of the restricting criteria that a candidate asks for and the subject does not show. */
  readonly violates: (candidate: C, subject: S) => ReadonlyArray<string>
}

/**
 * A rule book with the criteria that can be violated.
 *
 * @since 0.1.0
 */
export interface Reading<S, C, Name extends string> {
  readonly book: RuleBook<S, C, Name>
  readonly restricting: ReadonlyArray<Criterion<S, C>>
}

/**
 * Makes a reader for each shelf of candidates. On each shelf the candidates stand in rank order.
 *
 * @since 0.1.0
 */
export type MakeReaders = <S, C, Name extends string>(
  reading: Reading<S, C, Name>,
) => <Shelf>(shelves: ReadonlyMap<Shelf, ReadonlyArray<C>>) => ReadonlyMap<Shelf, Reader<S, C, Name>>
