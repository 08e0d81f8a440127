/**
 * Lists by key, for both halves: a plain object would lose keys such as `__proto__`. And lists of numbers.
 */

/** Puts a value at the end of the list of its key, while the lists grow. */
export const append = <K, A>(lists: Map<K, Array<A>>, key: K, value: A): void => {
  const known = lists.get(key)
  if (known === undefined) lists.set(key, [value])
  else known.push(value)
}

/** Groups values by key, each group in the order of the values. */
export const groupBy = <A, K>(all: Iterable<A>, key: (one: A) => K): Map<K, ReadonlyArray<A>> => {
  const groups = new Map<K, Array<A>>()
  for (const one of all) append(groups, key(one), one)
  return groups
}

/** The same numbers, with room for as many more. */
export const doubled = (numbers: Int32Array): Int32Array => {
  const made = new Int32Array(2 * numbers.length)
  made.set(numbers)
  return made
}

/** The position of the last of the first `count` starts, which ascend, that is not behind a number; 0 where all are. */
export const lastUpTo = (starts: ArrayLike<number>, count: number, number: number): number => {
  let [low, high] = [0, count - 1]
  while (low < high) {
    const middle = (low + high + 1) >>> 1
    if ((starts[middle] ?? 0) <= number) low = middle
    else high = middle - 1
  }
  return low
}

/**
 * Two lists side by side: what stands in both, and what in one of them alone.
 *
 * INVARIANT: each list ascends strictly in the order, so that what is equal in it meets.
 */
export const sideBySide = <A>(
  left: ReadonlyArray<A>,
  right: ReadonlyArray<A>,
  order: (a: A, b: A) => number,
): ReadonlyArray<readonly [A | undefined, A | undefined]> => {
  const pairs: Array<readonly [A | undefined, A | undefined]> = []
  for (let [at, across] = [0, 0]; at < left.length || across < right.length;) {
    const [a, b] = [left[at], right[across]]
    const sign = a === undefined ? 1 : b === undefined ? -1 : order(a, b)
    pairs.push([sign <= 0 ? a : undefined, sign >= 0 ? b : undefined])
    if (sign <= 0) at += 1
    if (sign >= 0) across += 1
  }
  return pairs
}

/** Of two lists side by side, what stands in the left one alone, and in the right one alone. */
export const alone = <A>(
  pairs: ReadonlyArray<readonly [A | undefined, A | undefined]>,
): readonly [ReadonlyArray<A>, ReadonlyArray<A>] => [
  pairs.flatMap(([left, right]) => (left !== undefined && right === undefined ? [left] : [])),
  pairs.flatMap(([left, right]) => (left === undefined && right !== undefined ? [right] : [])),
]

/** Does a list ascend strictly in an order, so that nothing stands in it twice? */
export const ascends = <A>(list: ReadonlyArray<A>, order: (a: A, b: A) => number): boolean => {
  let last: A | undefined
  for (const each of list) {
    if (last !== undefined && order(last, each) >= 0) return false
    last = each
  }
  return true
}
