/**
 * An index of candidates by the keys they require: the hash side of a join, as a tree. A node splits its candidates by the
 * codes they have in one column; a few are left together.
 *
 * Law: {@link lookUp} finds every candidate that passes all columns, ascending and once, and of the others few.
 */
import type { Shown } from './Board.js'

/** One condition of a join. A candidate that has no codes in a column passes it exactly where it is lenient. */
export interface Column {
  readonly lenient: boolean
  readonly required: (candidate: number) => ReadonlyArray<number> | undefined
  /** What the subject shows of it. */
  readonly shown: ReadonlyArray<Shown>
}

/** Candidates left together, or split by the codes of a column. */
export type KeyIndex =
  | { readonly _tag: 'Few'; readonly candidates: ReadonlyArray<number> }
  | {
      readonly _tag: 'Split'
      readonly column: Column
      readonly unasked: KeyIndex | undefined
      readonly asked: ReadonlyMap<number, KeyIndex>
    }

// -------------------------------------------------------------------------------------
// growing
// -------------------------------------------------------------------------------------

/** More candidates are split: looking at a handful costs less than another look-up. */
const SHORT = 8

/** Stands for having no codes. */
const UNASKED = -1
const NO_CODES: ReadonlyArray<number> = [UNASKED]

const splitBy = ({ required }: Column, candidates: ReadonlyArray<number>): Map<number, Array<number>> => {
  const groups = new Map<number, Array<number>>()
  for (const candidate of candidates)
    for (const code of required(candidate) ?? NO_CODES) {
      const group = groups.get(code)
      if (group === undefined) groups.set(code, [candidate])
      else group.push(candidate)
    }
  return groups
}

const longest = (groups: ReadonlyMap<number, ReadonlyArray<number>>): number => {
  let most = 0
  for (const { length } of groups.values()) if (length > most) most = length
  return most
}

const hasSingleCodes = ({ required }: Column, candidates: ReadonlyArray<number>): boolean =>
  candidates.every((candidate) => (required(candidate)?.length ?? 1) === 1)

/**
 * Splits by the column whose largest group is smallest, of several such by the one with the most groups, then each group
 * likewise, even where a column tells its candidates not apart: a subject that shows something else is done with all of
 * them at once. Candidates are in several groups of a column in which they have several codes, so only the first split
 * may be by such a one.
 */
export const build = (columns: ReadonlyArray<Column>, candidates: ReadonlyArray<number>, isFirst = true): KeyIndex => {
  let best: { readonly column: Column; readonly groups: ReadonlyMap<number, Array<number>> } | undefined
  let least = Infinity
  if (candidates.length > SHORT)
    for (const column of columns)
      if (isFirst || hasSingleCodes(column, candidates)) {
        const groups = splitBy(column, candidates)
        const most = longest(groups)
        if (most < least || (most === least && groups.size > (best?.groups.size ?? 0)))
          [best, least] = [{ column, groups }, most]
      }
  if (best === undefined) return { _tag: 'Few', candidates }

  const { column, groups } = best
  const others = columns.filter((other) => other !== column)
  const asked = new Map<number, KeyIndex>()
  let unasked: KeyIndex | undefined
  for (const [code, group] of groups)
    if (code === UNASKED) unasked = build(others, group, false)
    else asked.set(code, build(others, group, false))
  return { _tag: 'Split', column, unasked, asked }
}

// -------------------------------------------------------------------------------------
// looking up
// -------------------------------------------------------------------------------------

const NOTHING: ReadonlyArray<number> = []

const countOf = (shown: ReadonlyArray<Shown>): number => {
  let count = 0
  for (const each of shown) count += each.count
  return count
}

/** Adds the lists of candidates found, each ascending. */
const collect = (index: KeyIndex, marks: Uint8Array, found: Array<ReadonlyArray<number>>): void => {
  if (index._tag === 'Few') {
    found.push(index.candidates)
    return
  }
  const { column, unasked, asked } = index
  if (unasked !== undefined && column.lenient) collect(unasked, marks, found)
  // From the side that has fewer codes: a computer may be below ten thousand units, of which a shelf asks for two.
  if (countOf(column.shown) > asked.size) {
    for (const [code, branch] of asked) if (marks[code] === 1) collect(branch, marks, found)
  } else
    for (const { codes, count } of column.shown)
      for (let position = 0; position < count; position += 1) {
        const branch = asked.get(codes[position] ?? UNASKED)
        if (branch !== undefined) collect(branch, marks, found)
      }
}

/** Joins ascending lists without repeating an entry. */
const union = (lists: ReadonlyArray<ReadonlyArray<number>>): ReadonlyArray<number> => {
  const [only = NOTHING, ...others] = lists
  return others.length === 0 ? only : [...new Set(lists.flat())].sort((a, b) => a - b)
}

/** Every candidate that passes all columns for the subject whose codes are marked, and a few more. */
export const lookUp = (index: KeyIndex, marks: Uint8Array): ReadonlyArray<number> => {
  const found: Array<ReadonlyArray<number>> = []
  collect(index, marks, found)
  return union(found)
}
