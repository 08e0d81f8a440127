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
