/**
 * The one place that names fp-ts and io-ts, by the roots of their packages.
 *
 * INVARIANT: no other file imports them. A deep path resolves under `tsc` and bundlers and fails in Node's own ESM loader,
 * and two copies of their types do not meet.
 */
export {
  contravariant as Contravariant,
  either as E,
  function as F,
  monoid as M,
  option as O,
  ord as Ord,
  readonlyArray as RA,
  readonlyNonEmptyArray as RNEA,
  separated as S,
} from 'fp-ts'
export * as t from 'io-ts'
