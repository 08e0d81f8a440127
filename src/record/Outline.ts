/**
 * An outline: what an explanation of either half says, as lines with codes and clauses, to be shown as text or Markdown, kept,
 * or sent. Its words are for technicians and may change between releases; its codes and clauses are contract.
 *
 * Laws:
 *
 * 1. Round trip: `Outline.decode(Outline.encode(outline))` is the outline
 * 2. Nothing lost: `text` and `markdown` have every line, in the same order
 * 3. Safety: no text of a record makes a line, a heading or a link of Markdown
 *
 * @since 0.1.0
 */
import { codec } from './Codec.js'
import { oneOf, text as words } from './Scalar.js'
import { list, optional, record, required, type Shape } from './Shape.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/**
 * How something came off: it passed or matched, it failed, or it led elsewhere.
 *
 * @since 0.1.0
 */
export type Mark = 'passed' | 'failed' | 'led'

/**
 * A line: what it is about (`code`), how that came off, the clause that says so, and the words. A text has no line breaks.
 *
 * @since 0.1.0
 */
export interface Line {
  readonly code: string
  readonly mark?: Mark
  readonly clause?: string
  readonly text: string
}

/**
 * A line with others below it.
 *
 * @since 0.1.0
 */
export interface Entry extends Line {
  readonly lines?: ReadonlyArray<Line>
}

/**
 * A line with entries below it.
 *
 * @since 0.1.0
 */
export interface Section extends Line {
  readonly entries?: ReadonlyArray<Entry>
}

/**
 * An outline. Its own code is the outcome or action that it explains; a list that would be empty is absent.
 *
 * @since 0.1.0
 */
export interface Outline extends Line {
  readonly sections?: ReadonlyArray<Section>
}

// -------------------------------------------------------------------------------------
// codec
// -------------------------------------------------------------------------------------

const line = {
  code: required(words()),
  mark: optional(oneOf('passed', 'failed', 'led')),
  clause: optional(words()),
  text: required(words()),
} as const

const entry: Shape<Entry> = record<Entry>({ ...line, lines: optional(list(record<Line>(line))) })

const section: Shape<Section> = record<Section>({ ...line, entries: optional(list(entry)) })

/**
 * The codec of an {@link Outline}.
 *
 * @example
 * import assert from 'node:assert'
 * import { either as E } from 'fp-ts'
 * import { Outline } from 'seatwise'
 *
 * const outline: Outline.Outline = { code: 'unreconciled', clause: 'ALLOC-51', text: 'no rule matches any license' }
 * assert.deepStrictEqual(Outline.Outline.decode(Outline.Outline.encode(outline)), E.right(outline))
 *
 * @since 0.1.0
 */
export const Outline = codec<Outline, unknown>(
  'Outline',
  record<Outline>({ ...line, sections: optional(list(section)) }),
)

// -------------------------------------------------------------------------------------
// showing
// -------------------------------------------------------------------------------------

const marks: Readonly<Record<Mark, string>> = { passed: '✓ ', failed: '✗ ', led: '→ ' }

/** A line, and how deep it stands. */
interface Written {
  readonly depth: number
  readonly text: string
}

const written = (depth: number, { mark, text }: Line): Written => ({
  depth,
  text: `${mark === undefined ? '' : marks[mark]}${text}`,
})

const linesOf = (outline: Outline): ReadonlyArray<Written> => [
  written(0, outline),
  ...(outline.sections ?? []).flatMap((section) => [
    written(1, section),
    ...(section.entries ?? []).flatMap((entry) => [
      written(2, entry),
      ...(entry.lines ?? []).map((each) => written(3, each)),
    ]),
  ]),
]

/**
 * The outline as lines of text, each two spaces further in than the one that it stands below.
 *
 * @example
 * import assert from 'node:assert'
 * import { Outline } from 'seatwise'
 *
 * const text = Outline.text({
 *   code: 'unreconciled',
 *   text: '`Visio` on `PC-1`: unreconciled',
 *   sections: [{ code: 'rule', text: 'rule 4 (main)', entries: [{ code: 'candidate', mark: 'failed', text: '`L-1` – main: no' }] }],
 * })
 * assert.strictEqual(text, '`Visio` on `PC-1`: unreconciled\n  rule 4 (main)\n    ✗ `L-1` – main: no')
 *
 * @since 0.1.0
 */
export const text = (outline: Outline): string =>
  linesOf(outline)
    .map((each) => `${'  '.repeat(each.depth)}${each.text}`)
    .join('\n')

/**
 * What means something in Markdown or HTML anywhere, or makes a link, and what does at the beginning of a line. A name between
 * backticks is code, in which nothing means anything.
 */
const SPECIAL = /[\\`*_[\]<>&~|$@]|:(?=\/\/)|(?<=www)\./gi
const AT_BEGINNING = /^(\s*\d*)([#+\-=:.)])/

const CODE = /(`[^`]+`)/

const escaped = (given: string): string =>
  given
    .split(CODE)
    .map((part) => (CODE.test(part) ? part : part.replace(SPECIAL, '\\$&')))
    .join('')
    .replace(AT_BEGINNING, '$1\\$2')

/**
 * The outline as Markdown: a paragraph, and lists below it.
 *
 * @example
 * import assert from 'node:assert'
 * import { Outline } from 'seatwise'
 *
 * const markdown = Outline.markdown({
 *   code: 'unreconciled',
 *   text: '`Visio` on `PC-1`: unreconciled',
 *   sections: [{ code: 'warning', text: 'a location means several units [1]' }],
 * })
 * assert.strictEqual(markdown, '`Visio` on `PC-1`: unreconciled\n\n- a location means several units \\[1\\]')
 *
 * @since 0.1.0
 */
export const markdown = (outline: Outline): string =>
  linesOf(outline)
    .map((each) =>
      each.depth === 0 ? `${escaped(each.text)}\n` : `${'  '.repeat(each.depth - 1)}- ${escaped(each.text)}`,
    )
    .join('\n')
    .trimEnd()
