/**
 * A reader decides by a rule book. There are two, the reference reader and the compiled one, and nobody can tell them
 * apart by their answers:
 *
 * 1. First rule: the choice names the first rule of the book that matches any candidate
 * 2. First candidate: of the candidates that match at that rule, the first in their order wins, and the others are tied
 * 3. Violations are told of the winner only, whichever rule decided
 *
 * @since 0.1.0
 */
import type { O } from '../prelude.js'
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
 * Decides a subject, or says that no rule matches any candidate.
 *
 * @since 0.1.0
 */
export type Reader<S, C, Name extends string> = (subject: S) => O.Option<Choice<C, Name>>

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
