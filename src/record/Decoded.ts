/**
 * What decoding gives: every good record, and a rejection for every fault of a bad one (ALLOC-86).
 *
 * Laws:
 *
 * 1. Conservation: of each collection `given = accepted + rejected + duplicates`
 * 2. Isolation: whether a record is accepted does not depend on the others
 * 3. Bounded reports: of each collection at most `limits.rejections` are reported in full, and all are counted
 *
 * @since 0.1.0
 */
import type { S } from '../prelude.js'
import type { Rejection } from './Rejection.js'

/**
 * How many records of a collection were given, and what became of them.
 *
 * @since 0.1.0
 */
export interface Tally {
  readonly collection: string
  readonly given: number
  readonly accepted: number
  readonly rejected: number
  readonly duplicates: number
}

/**
 * On the left what is wrong, on the right all that is good, and a tally of each collection.
 *
 * @since 0.1.0
 */
export interface Decoded<A> extends S.Separated<ReadonlyArray<Rejection>, A> {
  readonly tallies: ReadonlyArray<Tally>
}
