/**
 * Subjects in a line, which are asked about one after the other. What they all show is marked once; what each shows of its
 * own is read beforehand, criterion by criterion: a short loop over all of them waits for memory less often than each of
 * them would, and its code is of one piece.
 *
 * Law: while a subject of the line is at the board, the board is as after a look at it (Board).
 */
/* eslint-disable no-param-reassign -- codes are written in place, for one line after the other */
import * as TextIndex from '../../value/TextIndex.js'
import { hide, look, lookAnew, lookAt, lookAway, show, type Board, type Part, type TextSide } from './Board.js'
import { forgetLeads } from './Followed.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** A criterion of which each subject of the line shows a text of its own. */
interface Column<S> {
  readonly side: TextSide<S>
  readonly part: Part<S>
}

export interface Line<S> {
  readonly board: Board<S>
  subjects: ReadonlyArray<S>
  /** Can what differs from subject to subject be read beforehand? Else each is looked at when it comes. */
  isRead: boolean
  columns: ReadonlyArray<Column<S>>
  /** Of each subject, a code for each column, or {@link TextIndex.NOBODY}. */
  codes: Int32Array
}

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

export const openLine = <S>(board: Board<S>): Line<S> => ({
  board,
  subjects: [],
  isRead: false,
  columns: [],
  codes: new Int32Array(64),
})

// -------------------------------------------------------------------------------------
// lining up
// -------------------------------------------------------------------------------------

/** Do all of them show the same in a part? */
const isAlike = <S>({ reads }: Part<S>, subjects: ReadonlyArray<S>, first: S): boolean => {
  const read = reads(first)
  for (let position = 1; position < subjects.length; position += 1)
    if (reads(subjects[position] as S) !== read) return false
  return true
}

const readColumn = <S>(
  { side }: Column<S>,
  subjects: ReadonlyArray<S>,
  codes: Int32Array,
  at: number,
  step: number,
) => {
  const { text, index } = side
  let place = at
  for (const subject of subjects) {
    const given = text(subject)
    codes[place] = given === undefined ? TextIndex.NOBODY : TextIndex.numberOf(index, given)
    place += step
  }
}

/** Lines up subjects, in the place of those before. Others may come to the board when all of these have been there. */
export const lineUp = <S>(line: Line<S>, subjects: ReadonlyArray<S>): void => {
  const { board } = line
  line.subjects = subjects
  line.isRead = false
  // What a subject shows may have changed since a line before.
  lookAnew(board)
  if (subjects.length === 0) return
  const [first] = subjects
  const columns: Array<Column<S>> = []
  for (const part of board.parts)
    if (isAlike(part, subjects, first as S)) lookAt(part, board.marks, first as S)
    else {
      if (part.keys.length > 0) return
      lookAway(part, board.marks)
      for (const side of part.texts) columns.push({ side, part })
    }
  const size = columns.length * subjects.length
  if (line.codes.length < size) line.codes = new Int32Array(2 * size)
  for (const [at, column] of columns.entries()) readColumn(column, subjects, line.codes, at, columns.length)
  line.columns = columns
  line.isRead = true
}

// -------------------------------------------------------------------------------------
// one after the other
// -------------------------------------------------------------------------------------

const mark = <S>({ board: { marks }, columns, codes }: Line<S>, position: number, as: 0 | 1): void => {
  const end = (position + 1) * columns.length
  for (let at = position * columns.length; at < end; at += 1) {
    const code = codes[at] ?? TextIndex.NOBODY
    if (code !== TextIndex.NOBODY) marks[code] = as
  }
}

/** Brings the subject at a position to the board, with the leads of its keys unless nothing but marks is asked for. */
export const come = <S>(line: Line<S>, position: number, isMarkedOnly: boolean): void => {
  const { board, subjects, isRead, columns, codes } = line
  if (!isRead) look(board, subjects[position] as S)
  else if (isMarkedOnly) mark(line, position, 1)
  else
    for (const [at, { side, part }] of columns.entries()) {
      const code = codes[position * columns.length + at] ?? TextIndex.NOBODY
      if (code !== TextIndex.NOBODY) show(side.shown, board.marks, part.followed, code)
    }
}

/** Takes the subject away from the board that came last, as it came. */
export const leave = <S>(line: Line<S>, position: number, isMarkedOnly: boolean): void => {
  const { board, isRead, columns } = line
  if (!isRead) return
  if (isMarkedOnly) mark(line, position, 0)
  else
    for (const { side, part } of columns) {
      hide(side.shown, board.marks)
      forgetLeads(part.followed)
    }
}
