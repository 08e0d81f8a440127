/**
 * An index of candidates by the keys they require: the hash side of a join, as a tree. A node splits its candidates by the
 * codes they have in one column; a few are left together and looked at one by one.
 *
 * Law: {@link lookUp} finds exactly the candidates that pass every column, ascending.
 */
import { has, meet, type Codes } from './Numbered.js'

/** One condition of a join. A candidate that has no codes in a column passes it exactly where it is lenient. */
export interface Column<S> {
  readonly lenient: boolean
  readonly required: (candidate: number) => Codes | undefined
  readonly shown: (subject: S) => Codes
}

/** Candidates with the columns that are still to be checked, or split by the codes of a column. */
export type KeyIndex<S> =
  | { readonly _tag: 'Few'; readonly candidates: ReadonlyArray<number>; readonly unchecked: ReadonlyArray<Column<S>> }
  | {
      readonly _tag: 'Split'
      readonly column: Column<S>
      readonly unasked: KeyIndex<S> | undefined
      readonly asked: ReadonlyMap<number, KeyIndex<S>>
    }

// -------------------------------------------------------------------------------------
// growing
// -------------------------------------------------------------------------------------

/** More candidates are split: looking at a handful costs less than another look-up. */
const SHORT = 8

/** Stands for having no codes. */
const UNASKED = -1
const NO_CODES: ReadonlyArray<number> = [UNASKED]

const splitBy = <S>({ required }: Column<S>, candidates: ReadonlyArray<number>): Map<number, Array<number>> => {
  const groups = new Map<number, Array<number>>()
  for (const candidate of candidates)
    for (const code of required(candidate)?.list ?? NO_CODES) {
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

const hasSingleCodes = <S>({ required }: Column<S>, candidates: ReadonlyArray<number>): boolean =>
  candidates.every((candidate) => (required(candidate)?.list.length ?? 1) === 1)

/**
 * Splits by the column whose largest group is smallest, of several such by the one with the most groups, then each group
 * likewise, even where a column tells its candidates not apart: a subject that shows something else is done with all of
 * them at once. Candidates are in several groups of a column in which they have several codes, so only the first split
 * may be by such a one.
 */
export const build = <S>(
  columns: ReadonlyArray<Column<S>>,
  candidates: ReadonlyArray<number>,
  isFirst = true,
): KeyIndex<S> => {
  let best: { readonly column: Column<S>; readonly groups: ReadonlyMap<number, Array<number>> } | undefined
  let least = Infinity
  if (candidates.length > SHORT)
    for (const column of columns)
      if (isFirst || hasSingleCodes(column, candidates)) {
        const groups = splitBy(column, candidates)
        const most = longest(groups)
        if (most < least || (most === least && groups.size > (best?.groups.size ?? 0)))
          [best, least] = [{ column, groups }, most]
      }
  if (best === undefined) return { _tag: 'Few', candidates, unchecked: columns }

  const { column, groups } = best
  const others = columns.filter((other) => other !== column)
  const asked = new Map<number, KeyIndex<S>>()
  let unasked: KeyIndex<S> | undefined
  for (const [code, group] of groups)
    if (code === UNASKED) unasked = build(others, group, false)
    else asked.set(code, build(others, group, false))
  return { _tag: 'Split', column, unasked, asked }
}

// -------------------------------------------------------------------------------------
// looking up
// -------------------------------------------------------------------------------------

const NOTHING: ReadonlyArray<number> = []

const passes = <S>(columns: ReadonlyArray<Column<S>>, candidate: number, subject: S): boolean => {
  for (const { lenient, required, shown } of columns) {
    const asked = required(candidate)
    if (asked === undefined ? !lenient : !meet(asked, shown(subject))) return false
  }
  return true
}

/** Adds the lists of candidates found, each ascending. */
const collect = <S>(index: KeyIndex<S>, subject: S, found: Array<ReadonlyArray<number>>): void => {
  if (index._tag === 'Few') {
    const { candidates, unchecked } = index
    if (unchecked.length === 0) found.push(candidates)
    else {
      const passing = candidates.filter((candidate) => passes(unchecked, candidate, subject))
      if (passing.length > 0) found.push(passing)
    }
    return
  }
  const { column, unasked, asked } = index
  if (unasked !== undefined && column.lenient) collect(unasked, subject, found)
  const shown = column.shown(subject)
  // From the side that has fewer codes: a computer may be below ten thousand units, of which a shelf asks for two.
  if (shown.list.length <= asked.size)
    for (const code of shown.list) {
      const branch = asked.get(code)
      if (branch !== undefined) collect(branch, subject, found)
    }
  else for (const [code, branch] of asked) if (has(shown, code)) collect(branch, subject, found)
}

/** Joins ascending lists without repeating an entry. */
const union = (lists: ReadonlyArray<ReadonlyArray<number>>): ReadonlyArray<number> => {
  const [only = NOTHING, ...others] = lists
  return others.length === 0 ? only : [...new Set(lists.flat())].sort((a, b) => a - b)
}

/** The candidates that pass every column for a subject. */
export const lookUp = <S>(index: KeyIndex<S>, subject: S): ReadonlyArray<number> => {
  const found: Array<ReadonlyArray<number>> = []
  collect(index, subject, found)
  return union(found)
}
