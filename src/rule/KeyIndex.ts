/**
 * An index of candidates by the keys they require: the hash side of a join. Keys come as codes, small numbers that stand
 * for the keys of one criterion; 0 stands for "does not ask".
 *
 * Law: {@link lookUp} finds exactly the entries that have, in every column, a code among those shown, ascending.
 */

/** The codes that each candidate has in one column, by its position; every candidate has at least one. */
export interface Column {
  /** How many codes there are; every code is below it. */
  readonly base: number
  readonly codes: (candidate: number) => ReadonlyArray<number>
}

/** Candidates by the number that their codes in the indexed columns make up. */
export interface KeyIndex {
  readonly columns: ReadonlyArray<number>
  readonly bases: ReadonlyArray<number>
  readonly postings: ReadonlyMap<number, ReadonlyArray<number>>
}

/** Longer postings are worth another column: checking a handful of candidates costs less than another look-up. */
const SHORT = 8

const longest = ({ postings }: KeyIndex): number => {
  let most = 0
  for (const posting of postings.values()) most = Math.max(most, posting.length)
  return most
}

/** Indexes the candidates by one column, or refines an index by one more in which each has a single code. */
const refine = (
  index: KeyIndex | undefined,
  position: number,
  column: Column,
  candidates: ReadonlyArray<number>,
): KeyIndex => {
  const postings = new Map<number, Array<number>>()
  const groups: Iterable<readonly [number, ReadonlyArray<number>]> = index?.postings ?? [[0, candidates] as const]
  for (const [prefix, group] of groups)
    for (const candidate of group)
      for (const code of column.codes(candidate)) {
        const key = prefix * column.base + code
        const posting = postings.get(key)
        if (posting === undefined) postings.set(key, [candidate])
        else if (posting[posting.length - 1] !== candidate) posting.push(candidate)
      }
  return {
    columns: [...(index?.columns ?? []), position],
    bases: [...(index?.bases ?? []), column.base],
    postings,
  }
}

const hasSingleCodes = (column: Column, candidates: ReadonlyArray<number>): boolean =>
  candidates.every((candidate) => column.codes(candidate).length === 1)

/** The best of some indexes is the one whose longest posting is shortest; the first of equals. */
const best = (indexes: ReadonlyArray<KeyIndex>): KeyIndex | undefined => {
  let chosen: KeyIndex | undefined
  let least = Infinity
  for (const index of indexes) {
    const length = longest(index)
    if (length < least) [chosen, least] = [index, length]
  }
  return chosen
}

/**
 * Indexes candidates by their most selective column, and by further columns as long as postings stay long and a further
 * column shortens them. Without a column there is no index.
 */
export const build = (columns: ReadonlyArray<Column>, candidates: ReadonlyArray<number>): KeyIndex | undefined => {
  let index = best(columns.map((column, position) => refine(undefined, position, column, candidates)))
  while (index !== undefined && longest(index) > SHORT) {
    const { columns: taken, bases } = index
    const size = bases.reduce((product, base) => product * base, 1)
    const from: KeyIndex = index
    const refined = best(
      columns.flatMap((column, position) =>
        taken.includes(position) ||
        !hasSingleCodes(column, candidates) ||
        // INVARIANT: the combined number stays a safe integer, so that no two combinations share one.
        size * column.base > Number.MAX_SAFE_INTEGER
          ? []
          : [refine(from, position, column, candidates)],
      ),
    )
    if (refined === undefined || longest(refined) === longest(index)) return index
    index = refined
  }
  return index
}

const NOTHING: ReadonlyArray<number> = []

/** Joins ascending lists without repeating an entry. */
const union = (lists: ReadonlyArray<ReadonlyArray<number>>): ReadonlyArray<number> => {
  const [only, ...others] = lists
  if (only === undefined) return NOTHING
  return others.length === 0 ? only : [...new Set(lists.flat())].sort((a, b) => a - b)
}

/** The candidates that have, in each indexed column, one of the codes that `shown` gives for it. */
export const lookUp = (
  { columns, bases, postings }: KeyIndex,
  shown: (column: number) => ReadonlyArray<number>,
): ReadonlyArray<number> => {
  let keys: ReadonlyArray<number> = [0]
  for (let depth = 0; depth < columns.length; depth += 1) {
    const codes = shown(columns[depth] ?? 0)
    if (codes.length === 0) return NOTHING
    const base = bases[depth] ?? 1
    keys = keys.flatMap((key) => codes.map((code) => key * base + code))
  }
  const found: Array<ReadonlyArray<number>> = []
  for (const key of keys) {
    const posting = postings.get(key)
    if (posting !== undefined) found.push(posting)
  }
  return union(found)
}
