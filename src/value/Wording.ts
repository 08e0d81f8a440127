/**
 * How what is told to a person is put, the same wherever it is told.
 */
import * as Text from './Text.js'

/** A text of the records, printable and cut short. */
export const quoted = (text: string): string => `\`${Text.preview(text)}\``

/** What was and what comes, once where they are the same. */
export const between = <A>(before: A, after: A): string =>
  before === after ? String(before) : `${String(before)} → ${String(after)}`

/** Lines below a title; neither, where there are none. */
export const section = (title: string, lines: ReadonlyArray<string>): ReadonlyArray<string> =>
  lines.length === 0 ? [] : [`  ${title}`, ...lines]

/** So many of something. */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${String(count)} ${count === 1 ? one : many}`

/** Of a long list this many are written out; the data has them all. */
const WRITTEN = 5

/** Texts as a person lists them, the first of many. */
export const listing = (texts: ReadonlyArray<string>, last: 'and' | 'or' = 'and'): string => {
  const shown = texts.length > WRITTEN ? texts.slice(0, WRITTEN) : texts
  const others = texts.length - shown.length
  const all = others === 0 ? shown : [...shown, `${String(others)} more`]
  return all.length < 2 ? all.join('') : `${all.slice(0, -1).join(', ')} ${last} ${all.slice(-1).join('')}`
}
