// @ts-check
/**
 * Lines of text for a terminal: widths, numbers, bars and tables. Nothing here depends on the host's locale.
 */
import { Text } from 'seatwise'

/**
 * What is written on: how many columns a line has, and how a text is painted. Painting never changes a width.
 *
 * @typedef {'bold' | 'dim' | 'green' | 'yellow'} Style
 * @typedef {{ readonly columns: number, readonly paint: (style: Style, text: string) => string }} Canvas
 */

// -------------------------------------------------------------------------------------
// widths
// -------------------------------------------------------------------------------------

const NO_COLUMN = /[\p{Mn}\p{Me}\p{Cf}]/u
const TWO_COLUMNS =
  /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\p{Emoji_Presentation}\uff01-\uff60]/u

const columnsOf = (/** @type {string} */ character) =>
  NO_COLUMN.test(character) ? 0 : TWO_COLUMNS.test(character) ? 2 : 1

/** How many columns of a terminal a printable text takes, as nearly as can be told without its font. */
export const width = (/** @type {string} */ text) =>
  Array.from(text).reduce((sum, character) => sum + columnsOf(character), 0)

/** The text in at most so many columns. */
export const shorten = (/** @type {string} */ text, /** @type {number} */ columns) => {
  if (width(text) <= columns) return text
  let used = 1
  let shown = ''
  for (const character of text) {
    used += columnsOf(character)
    if (used > columns) break
    shown += character
  }
  return `${shown}…`
}

/** Of a list as many members as fit into a line, in order, and how many more there are; at least one. */
export const listed = (/** @type {ReadonlyArray<string>} */ members, /** @type {number} */ columns) => {
  const first = (/** @type {number} */ count) => {
    const more = members.length - count
    return members.slice(0, count).join(', ') + (more === 0 ? '' : ` and ${number(more)} more`)
  }
  if (members.length <= columns && width(first(members.length)) <= columns) return first(members.length)
  let count = 1
  while (count + 1 < members.length && width(first(count + 1)) <= columns) count += 1
  return shorten(first(count), columns)
}

/** A line broken at spaces, its other lines a little further in than the first. */
export const wrapped = (/** @type {string} */ line, /** @type {number} */ columns) => {
  const margin = (/^ */.exec(line)?.[0] ?? '').length
  const lines = [' '.repeat(margin)]
  for (const word of line.trimStart().split(' ')) {
    const last = lines.at(-1) ?? ''
    const isFresh = last.trim() === ''
    if (isFresh || width(last) + 1 + width(word) <= columns)
      lines[lines.length - 1] = isFresh ? last + word : `${last} ${word}`
    else lines.push(' '.repeat(margin + 4) + word)
  }
  return lines
}

// -------------------------------------------------------------------------------------
// numbers
// -------------------------------------------------------------------------------------

/** A whole number, its thousands set apart. */
export const number = (/** @type {number} */ value) => String(value).replace(/\B(?=(\d{3})+$)/g, ',')

/** Things in a sentence. */
export const enumerated = (/** @type {ReadonlyArray<string>} */ things, last = 'and') =>
  [things.slice(0, -1).join(', '), ...things.slice(-1)].filter((part) => part !== '').join(` ${last} `)

/** A number of things. */
export const counted = (/** @type {number} */ value, /** @type {string} */ thing, things = `${thing}s`) =>
  `${number(value)} ${value === 1 ? thing : things}`

/** A part of a whole in percent, with one decimal; what is there is never shown as nothing, nor what is missing as all. */
export const share = (/** @type {number} */ part, /** @type {number} */ whole) => {
  if (part === 0 || whole === 0) return '0 %'
  const tenths = Math.min(part === whole ? 1000 : 999, Math.max(1, Math.round((part * 1000) / whole)))
  return `${(tenths / 10).toFixed(1)} %`
}

const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉']

/** A part of a whole as a bar; what is there is never too little to be seen. */
export const bar = (/** @type {number} */ part, /** @type {number} */ whole, /** @type {number} */ columns) => {
  if (part === 0 || whole === 0) return ''
  const eighths = Math.max(1, Math.round((part * columns * 8) / whole))
  return '█'.repeat(Math.floor(eighths / 8)) + (EIGHTHS[eighths % 8] ?? '')
}

/** How far a limit is used, as a bar: what is left is light, and what is over the limit is neither light nor full. */
export const gauge = (/** @type {number} */ used, /** @type {number} */ limit, /** @type {number} */ columns) => {
  const whole = Math.max(used, limit)
  if (whole === 0) return ''
  const within = Math.min(used, limit)
  const full = Math.min(
    within === whole ? columns : columns - 1,
    Math.max(within === 0 ? 0 : 1, Math.round((within * columns) / whole)),
  )
  return '█'.repeat(full) + (used > limit ? '▒' : '░').repeat(columns - full)
}

// -------------------------------------------------------------------------------------
// headings and names
// -------------------------------------------------------------------------------------

export const heading = (/** @type {Canvas} */ { paint }, /** @type {string} */ text, about = '') =>
  paint('bold', text) + (about === '' ? '' : paint('dim', `: ${about}`))

/** A name from the records, printable, and short enough to leave room beside it. */
export const called = (/** @type {Canvas} */ { columns }, /** @type {string} */ name) =>
  shorten(Text.preview(name), Math.floor(columns * 0.45))

/** A name as one of several in a row. */
export const calledShort = (/** @type {Canvas} */ { columns }, /** @type {string} */ name) =>
  shorten(Text.preview(name), Math.floor(columns * 0.25))

/** The cells of a row that says what stands in the others. */
export const dimmed = (/** @type {ReadonlyArray<string>} */ texts) =>
  texts.map((text) => ({ text, style: /** @type {Style} */ ('dim') }))

// -------------------------------------------------------------------------------------
// tables
// -------------------------------------------------------------------------------------

/**
 * A cell: a text, plain or painted, or a list that takes what the other columns leave of the line; only the last cell of
 * a row may be one.
 *
 * @typedef {string | { readonly text: string, readonly style: Style } | { readonly list: ReadonlyArray<string> }} Cell
 */

const textOf = (/** @type {Cell} */ cell) => (typeof cell === 'string' ? cell : 'text' in cell ? cell.text : '')

/**
 * Rows with their columns aligned: of `alignment` one letter stands for each column, `l` or `r`.
 *
 * @param {Canvas} canvas
 * @param {string} alignment
 * @param {ReadonlyArray<ReadonlyArray<Cell>>} rows
 */
export const table = ({ columns, paint }, alignment, rows) => {
  const widths = Array.from(alignment, (_, at) => Math.max(0, ...rows.map((row) => width(textOf(row[at] ?? '')))))
  const room = widths.slice(0, -1).reduce((left, taken) => left - taken - 2, columns - 2)
  const aligned = (/** @type {Cell} */ cell, /** @type {number} */ at) => {
    if (typeof cell !== 'string' && 'list' in cell) return paint('dim', listed(cell.list, room))
    const text = textOf(cell)
    const space = ' '.repeat(Math.max(0, (widths[at] ?? 0) - width(text)))
    const whole = alignment[at] === 'r' ? space + text : at === alignment.length - 1 ? text : text + space
    return typeof cell === 'string' ? whole : paint(cell.style, whole)
  }
  return rows.map((row) => `  ${row.map(aligned).join('  ')}`.trimEnd())
}

/**
 * Several lists of rows under each other, with their columns aligned; each says how many of its rows are left out.
 *
 * @param {Canvas} canvas
 * @param {string} alignment
 * @param {ReadonlyArray<{ readonly rows: ReadonlyArray<ReadonlyArray<Cell>>, readonly most: number }>} lists
 */
export const tables = (canvas, alignment, lists) => {
  const shown = lists.map(({ rows, most }) => rows.slice(0, most))
  const lines = table(canvas, alignment, shown.flat()).values()
  return lists.flatMap(({ rows, most }, at) => [
    ...(shown[at] ?? []).flatMap(() => lines.next().value ?? []),
    ...leftOut(canvas, rows.length - most),
  ])
}

/** How many of a list are not shown. */
export const leftOut = (/** @type {Canvas} */ { paint }, /** @type {number} */ count) =>
  count > 0 ? [paint('dim', `  and ${number(count)} more, which --json lists`)] : []
