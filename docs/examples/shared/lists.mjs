// @ts-check
/**
 * Lists of records: comparing, grouping and counting. Nothing depends on the order of the records in the files but what
 * says so.
 */
import { function as F } from 'fp-ts'

export const compare = (/** @type {string} */ a, /** @type {string} */ b) => (a < b ? -1 : a > b ? 1 : 0)

/**
 * @template A
 * @param {ReadonlyArray<A>} all
 * @param {(each: A) => string} key
 */
export const groupBy = (all, key) => {
  const groups = /** @type {Map<string, Array<A>>} */ (new Map())
  for (const each of all) {
    const group = groups.get(key(each))
    if (group === undefined) groups.set(key(each), [each])
    else group.push(each)
  }
  return groups
}

/**
 * What has an id in common, the largest group first, then by name.
 *
 * @template A
 * @param {ReadonlyArray<A>} all
 * @param {(each: A) => string} id
 * @param {(id: string) => string} name
 */
export const largestFirst = (all, id, name) =>
  [...groupBy(all, id)]
    .map(([key, members]) => ({ id: key, name: name(key), members }))
    .sort((a, b) => b.members.length - a.members.length || compare(a.name, b.name) || compare(a.id, b.id))

/** How many there are of each. */
export const countBy = (/** @type {ReadonlyArray<string>} */ all) => {
  const groups = groupBy(all, F.identity)
  return (/** @type {string} */ key) => groups.get(key)?.length ?? 0
}
