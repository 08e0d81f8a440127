/**
 * Text as the rules compare it, and as people may see it.
 *
 * A *form* is what two texts are compared by (ALLOC-71). Laws:
 *
 * 1. Idempotence: `form(form(a)) = form(a)`
 * 2. Trimming: `form(' ' + a + ' ') = form(a)`
 * 3. Exactness: equal texts have equal forms, in either mode
 *
 * @since 0.1.0
 */
import type { t } from '../prelude.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/**
 * How texts are compared: without regard to letter case, or exactly (ALLOC-71).
 *
 * @since 0.1.0
 */
export type TextMode = 'case-insensitive' | 'exact'

interface FormBrand {
  readonly Form: unique symbol
}

/**
 * The form of a text: what it is compared by (ALLOC-71). Only {@link form} makes one.
 *
 * @since 0.1.0
 */
export type Form = t.Branded<string, FormBrand>

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

const BEYOND_ASCII = /[\u0080-\uffff]/

/** U+0130 is the only code point whose lower-case mapping in ECMAScript is longer than one code point. */
const simpleLowerCase = (codePoint: string): string => (codePoint === '\u0130' ? 'i' : codePoint.toLowerCase())

const exactForm = (text: string): Form => {
  const trimmed = text.trim()
  return (BEYOND_ASCII.test(trimmed) ? trimmed.normalize('NFC') : trimmed) as Form
}

/** Is the text its own form already: characters of ASCII that are neither capitals nor, at either end, white space? */
const isFolded = (text: string): boolean => {
  const { length } = text
  if (length > 0 && (text.charCodeAt(0) <= 0x20 || text.charCodeAt(length - 1) <= 0x20)) return false
  for (let position = 0; position < length; position += 1) {
    const unit = text.charCodeAt(position)
    if (unit > 0x7f || (unit >= 0x41 && unit <= 0x5a)) return false
  }
  return true
}

const foldedForm = (text: string): Form => {
  if (isFolded(text)) return text as Form
  const trimmed = text.trim()
  // Code point by code point, because lower-casing a whole text applies the final-sigma rule.
  return (
    BEYOND_ASCII.test(trimmed)
      ? Array.from(trimmed.normalize('NFC'), simpleLowerCase).join('').normalize('NFC')
      : trimmed.toLowerCase()
  ) as Form
}

/**
 * The form of a text (ALLOC-71): trimmed, in Unicode normalization form C and, unless `exact`, every code point in its
 * simple lower case. Total: every text has a form, possibly the empty one.
 *
 * @example
 * import assert from 'node:assert'
 * import { Text } from 'seatwise'
 *
 * const form = Text.form('case-insensitive')
 * assert.strictEqual(form(' AB-12 '), 'ab-12')
 * assert.strictEqual(form('\u0130zmir'), 'izmir')
 * assert.strictEqual(Text.form('exact')(' AB-12 '), 'AB-12')
 *
 * @since 0.1.0
 */
export const form = (mode: TextMode): ((text: string) => Form) => (mode === 'exact' ? exactForm : foldedForm)

// -------------------------------------------------------------------------------------
// predicates
// -------------------------------------------------------------------------------------

/**
 * Is the form of the text empty (ALLOC-71)? The same in either mode.
 *
 * @example
 * import assert from 'node:assert'
 * import { Text } from 'seatwise'
 *
 * assert.strictEqual(Text.isBlank(' \t\u00a0'), true)
 * assert.strictEqual(Text.isBlank('\u200b'), false) // a zero-width space is no white space
 *
 * @since 0.1.0
 */
export const isBlank = (text: string): boolean => {
  // Most texts begin with a character of ASCII that is no white space: then there is nothing to trim.
  const first = text.charCodeAt(0)
  return !(first > SPACE && first < DELETE) && text.trim() === ''
}

const SPACE = 0x20
const DELETE = 0x7f

const LONE_SURROGATE = /\p{Cs}/u

/** A text where the language is of 2024 or later. */
interface Text2024 {
  readonly isWellFormed?: () => boolean
}

/**
 * Is every surrogate half of the text part of a pair? A text that is not well-formed changes when it is encoded.
 *
 * @example
 * import assert from 'node:assert'
 * import { Text } from 'seatwise'
 *
 * assert.strictEqual(Text.isWellFormed('\ud83d\ude00'), true)
 * assert.strictEqual(Text.isWellFormed('\ud83d'), false)
 *
 * @since 0.1.0
 */
export const isWellFormed = (text: string): boolean => (text as Text2024).isWellFormed?.() ?? !LONE_SURROGATE.test(text)

// -------------------------------------------------------------------------------------
// showing
// -------------------------------------------------------------------------------------

/** Controls, line separators, lone surrogates and what changes the direction of the text around it. */
const UNPRINTABLE = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu

const escape = (unit: string): string => `\\u{${(unit.codePointAt(0) ?? 0).toString(16)}}`

/**
 * The text as it may stand in a report: characters that could break a line, color a terminal or turn the writing
 * direction are written as escapes.
 *
 * @example
 * import assert from 'node:assert'
 * import { Text } from 'seatwise'
 *
 * assert.strictEqual(Text.printable('PC-1\n\u001b[31m'), 'PC-1\\u{a}\\u{1b}[31m')
 *
 * @since 0.1.0
 */
export const printable = (text: string): string => text.replace(UNPRINTABLE, escape)

/** A preview is at most this many UTF-16 code units long. */
const PREVIEW_LENGTH = 64

/**
 * The beginning of the text, printable, in at most 64 UTF-16 code units.
 *
 * @example
 * import assert from 'node:assert'
 * import { Text } from 'seatwise'
 *
 * assert.strictEqual(Text.preview('Sales'), 'Sales')
 * assert.strictEqual(Text.preview('x'.repeat(100)), 'x'.repeat(63) + '…')
 *
 * @since 0.1.0
 */
export const preview = (text: string): string => {
  // Cut before escaping: the text may be of any length.
  const shown = printable(text.slice(0, PREVIEW_LENGTH + 1))
  if (text.length <= PREVIEW_LENGTH && shown.length <= PREVIEW_LENGTH) return shown
  const head = shown.slice(0, PREVIEW_LENGTH - 1)
  return `${isWellFormed(head) ? head : head.slice(0, -1)}…`
}

/**
 * Compares texts UTF-16 code unit by code unit, the one order in which texts come anywhere (ALLOC-17, 87): negative,
 * zero or positive. No locale has a say.
 *
 * @example
 * import assert from 'node:assert'
 * import { Text } from 'seatwise'
 *
 * assert.deepStrictEqual(['b', 'a', 'Z', '10', '9'].sort(Text.compare), ['10', '9', 'Z', 'a', 'b'])
 *
 * @since 0.1.0
 */
export const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** Shorter secrets show nothing: four of eight characters would be half of them. */
const MASKED_TAIL = 4
const SHORTEST_WITH_TAIL = 12

/**
 * A serial number or installation key as it may be shown: its last four characters where it has at least twelve, else
 * none. The length is not given away.
 *
 * @example
 * import assert from 'node:assert'
 * import { Text } from 'seatwise'
 *
 * assert.strictEqual(Text.mask('QX4T7-81KZM-22PWD'), '****2PWD')
 * assert.strictEqual(Text.mask('4711'), '****')
 *
 * @since 0.1.0
 */
export const mask = (secret: string): string => {
  const characters = secret.trim()
  const tail = characters.length < SHORTEST_WITH_TAIL ? '' : characters.slice(-MASKED_TAIL)
  return `****${isWellFormed(tail) ? printable(tail) : ''}`
}
