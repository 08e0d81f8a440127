/**
 * A ranking puts candidates in order by keys, each used where those before it are equal. Texts compare by UTF-16 code
 * unit, numbers as numbers; never by locale.
 *
 * Laws:
 *
 * 1. Total: of two candidates with different keys exactly one comes first
 * 2. Monoid: rankings one after the other are associative, and the empty ranking calls all equal
 * 3. Irrelevance: sorting does not depend on the order before, where no two candidates have all keys equal
 *
 * @since 0.1.0
 */
import { Ord } from '../prelude.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/**
 * One key of a ranking.
 *
 * @since 0.1.0
 */
export interface Rank<C> {
  readonly name: string
  readonly key: (candidate: C) => string | number
  readonly direction: 'ascending' | 'descending'
}

/**
 * Keys in their order of weight.
 *
 * @since 0.1.0
 */
export type Ranking<C> = ReadonlyArray<Rank<C>>

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

/**
 * Smallest key first.
 *
 * @example
 * import assert from 'node:assert'
 * import { Ranking } from 'seatwise'
 *
 * const byLength = [Ranking.ascending('length', (word: string) => word.length)]
 * assert.deepStrictEqual(Ranking.sort(byLength)(['three', 'two', 'seven']), ['two', 'three', 'seven'])
 *
 * @since 0.1.0
 */
export const ascending = <C>(name: string, key: (candidate: C) => string | number): Rank<C> => ({
  name,
  key,
  direction: 'ascending',
})

/**
 * Largest key first.
 *
 * @example
 * import assert from 'node:assert'
 * import { Ranking } from 'seatwise'
 *
 * const byFree = [Ranking.descending('free', (pack: { readonly free: number }) => pack.free)]
 * assert.deepStrictEqual(Ranking.sort(byFree)([{ free: 1 }, { free: 3 }]), [{ free: 3 }, { free: 1 }])
 *
 * @since 0.1.0
 */
export const descending = <C>(name: string, key: (candidate: C) => string | number): Rank<C> => ({
  name,
  key,
  direction: 'descending',
})

// -------------------------------------------------------------------------------------
// combinators
// -------------------------------------------------------------------------------------

/** INVARIANT: one key yields values of one type, so the two sides are comparable. */
const compareKeys = (a: string | number, b: string | number): -1 | 0 | 1 => (a < b ? -1 : a > b ? 1 : 0)

const signOf = ({ direction }: Rank<never>): 1 | -1 => (direction === 'ascending' ? 1 : -1)

/** A candidate that is being sorted, with its first key, and its place before. */
interface Decorated<C> {
  readonly candidate: C
  readonly key: string | number
  readonly place: number
}

/** Compares candidates whose first keys are equal; their other keys are taken once these are needed. */
const byOthers = <C>(others: Ranking<C>): ((a: Decorated<C>, b: Decorated<C>) => number) => {
  const taken: Array<ReadonlyArray<string | number> | undefined> = []
  const keysOf = ({ candidate, place }: Decorated<C>): ReadonlyArray<string | number> =>
    (taken[place] ??= others.map(({ key }) => key(candidate)))
  return (a, b) => compareAll(others, keysOf(a), keysOf(b))
}

const compareAll = (
  ranking: Ranking<never>,
  a: ReadonlyArray<string | number>,
  b: ReadonlyArray<string | number>,
): number => {
  for (const [position, rank] of ranking.entries()) {
    const order = compareKeys(a[position] ?? 0, b[position] ?? 0)
    if (order !== 0) return order * signOf(rank)
  }
  return 0
}

/**
 * Sorts candidates, taking no key of any of them twice.
 *
 * @example
 * import assert from 'node:assert'
 * import { Ranking } from 'seatwise'
 *
 * const ranking = [Ranking.ascending('name', (word: string) => word.toLowerCase()), Ranking.ascending('as given', (word: string) => word)]
 * assert.deepStrictEqual(Ranking.sort(ranking)(['b', 'a', 'A']), ['A', 'a', 'b'])
 *
 * @since 0.1.0
 */
export const sort =
  <C>(ranking: Ranking<C>) =>
  (candidates: ReadonlyArray<C>): ReadonlyArray<C> => {
    const [first, ...others] = ranking
    if (first === undefined || candidates.length < 2) return candidates.slice()
    const sign = signOf(first)
    const decorated = candidates.map((candidate, place): Decorated<C> => ({
      candidate,
      key: first.key(candidate),
      place,
    }))
    let compareOthers: ((a: Decorated<C>, b: Decorated<C>) => number) | undefined
    decorated.sort((a, b) => {
      const order = compareKeys(a.key, b.key)
      if (order !== 0) return order * sign
      compareOthers ??= byOthers(others)
      return compareOthers(a, b)
    })
    return decorated.map(({ candidate }) => candidate)
  }

/**
 * The key that puts one candidate before another: the reason to give for a choice between equals.
 *
 * @example
 * import assert from 'node:assert'
 * import { Ranking } from 'seatwise'
 *
 * const ranking = [Ranking.ascending('length', (word: string) => word.length), Ranking.ascending('word', (word: string) => word)]
 * assert.strictEqual(Ranking.decidedBy(ranking)('abc', 'abd'), 'word')
 * assert.strictEqual(Ranking.decidedBy(ranking)('abc', 'abc'), undefined)
 *
 * @since 0.1.0
 */
export const decidedBy =
  <C>(ranking: Ranking<C>) =>
  (a: C, b: C): string | undefined =>
    ranking.find(({ key }) => compareKeys(key(a), key(b)) !== 0)?.name

// -------------------------------------------------------------------------------------
// instances
// -------------------------------------------------------------------------------------

/**
 * The ranking as an fp-ts `Ord`.
 *
 * @example
 * import assert from 'node:assert'
 * import { ord } from 'fp-ts'
 * import { Ranking } from 'seatwise'
 *
 * const byLength = Ranking.toOrd([Ranking.ascending('length', (word: string) => word.length)])
 * assert.strictEqual(ord.min(byLength)('three', 'two'), 'two')
 *
 * @since 0.1.0
 */
export const toOrd = <C>(ranking: Ranking<C>): Ord.Ord<C> =>
  Ord.fromCompare((a, b) => {
    for (const { key, direction } of ranking) {
      const order = direction === 'ascending' ? compareKeys(key(a), key(b)) : compareKeys(key(b), key(a))
      if (order !== 0) return order
    }
    return 0
  })
