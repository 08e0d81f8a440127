/**
 * Lists by key, for both halves: a plain object would lose keys such as `__proto__`.
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
