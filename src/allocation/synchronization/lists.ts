/** Lists by key, while they grow. */
export const append = <K, A>(lists: Map<K, Array<A>>, key: K, value: A): void => {
  const known = lists.get(key)
  if (known === undefined) lists.set(key, [value])
  else known.push(value)
}
