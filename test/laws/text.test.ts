/**
 * Laws of `Text.form` (src/value/Text.ts; ALLOC-71), on every code point there is and on texts made of those that are
 * hard.
 */
import fc from 'fast-check'
import { Text } from 'seatwise'
import { expect, test } from 'vitest'

const MODES = ['case-insensitive', 'exact'] as const

const LAST_CODE_POINT = 0x10ffff

/** No letter with a case, and nothing that is composed of others, lies beyond the first planes. */
const LAST_LETTER = 0x3ffff

/** What differs between case mappings, normalization forms and ideas of white space; with halves of surrogate pairs. */
const HARD = [
  ...[
    'a',
    'J',
    'Å',
    'ß',
    'ẞ',
    'İ',
    'ı',
    'I',
    'Σ',
    'σ',
    'ς',
    'ǅ',
    'ﬁ',
    'Ω',
    'K',
    '\u0345',
    'ͅ',
    'Ά',
    'ᾼ',
    '𐐀',
    '한',
    '각',
  ],
  ...[
    '\u030c',
    '\u0301',
    '\u0307',
    '\u0323',
    '\u0338',
    '\u0130\u0307',
    '\u1100',
    '\u1161',
    '\u11a8',
    '\ud800',
    '\udc00',
  ],
  ...[' ', '\t', '\n', '\u00a0', '\u3000', '\ufeff', '\u200b', '\u2028', '\u0085', '\u180e', '/', '0', '-'],
]

const hardText = fc
  .array(fc.oneof(fc.constantFrom(...HARD), fc.string({ unit: 'binary', maxLength: 1 })), { maxLength: 8 })
  .map((parts) => parts.join(''))

/** Every code point for which something does not hold; none, where it always holds. */
const exceptions = (holds: (text: string) => boolean, last = LAST_CODE_POINT): ReadonlyArray<string> => {
  const found: Array<string> = []
  for (let codePoint = 0; codePoint <= last; codePoint += 1) {
    const text = String.fromCodePoint(codePoint)
    if (!holds(text)) found.push(codePoint.toString(16))
  }
  return found
}

test.each(MODES)('law 1: the form of a form is itself, for every code point (%s)', (mode) => {
  const form = Text.form(mode)
  expect(exceptions((text) => form(form(text)) === form(text))).toEqual([])
})

test.each(MODES)('law 1: the form of a form is itself, whatever stands side by side (%s)', (mode) => {
  const form = Text.form(mode)
  fc.assert(
    fc.property(hardText, (text) => {
      expect(form(form(text))).toBe(form(text))
    }),
    { numRuns: 3_000 },
  )
})

test('law 1: lower case can be composed further, so normalization comes once more', () => {
  // Small j with caron is one code point, capital J with caron is none.
  expect(Text.form('case-insensitive')('J\u030c')).toBe('\u01f0')
  expect(Text.form('exact')('J\u030c')).toBe('J\u030c')
})

test.each(MODES)('law 2: white space around a text does not count (%s)', (mode) => {
  const form = Text.form(mode)
  fc.assert(
    fc.property(hardText, fc.constantFrom(' ', '\t\n', '\u00a0', '\u3000\ufeff', '\u2028'), (text, space) => {
      expect(form(`${space}${text}${space}`)).toBe(form(text))
    }),
    { numRuns: 1_000 },
  )
})

test.each(MODES)('law 3: equal texts have equal forms, and so have the normalization forms of a text (%s)', (mode) => {
  const form = Text.form(mode)
  fc.assert(
    fc.property(hardText, (text) => {
      const copy = Array.from({ length: text.length }, (_, unit) => text.charAt(unit)).join('')
      for (const equal of [copy, text.normalize('NFC'), text.normalize('NFD')]) expect(form(equal)).toBe(form(text))
    }),
    { numRuns: 1_000 },
  )
})

test('one code point becomes one code point: nothing is folded, and there is no final sigma', () => {
  const form = Text.form('case-insensitive')
  const isSimple = (text: string): boolean => {
    // What normalization itself makes of a code point is not the mapping's doing.
    const composed = text.trim().normalize('NFC')
    const expected = Array.from(composed, (codePoint) => (codePoint === '\u0130' ? 'i' : codePoint.toLowerCase()))
    return (
      expected.every((codePoint) => Array.from(codePoint).length === 1) &&
      form(text) === expected.join('').normalize('NFC')
    )
  }
  expect(exceptions(isSimple, LAST_LETTER)).toEqual([])
  expect(form('ΟΔΥΣΣΕΥΣ')).toBe('οδυσσευσ')
  expect(form('STRASSE')).not.toBe(form('straße'))
  expect(form('İ')).toBe('i')
})

test('an exact form changes nothing but normalization and white space around', () => {
  fc.assert(
    fc.property(hardText, (text) => {
      expect(Text.form('exact')(text)).toBe(text.trim().normalize('NFC'))
    }),
    { numRuns: 1_000 },
  )
})

test('what is equal exactly is equal without regard to case, too', () => {
  fc.assert(
    fc.property(hardText, (text) => {
      expect(Text.form('case-insensitive')(Text.form('exact')(text))).toBe(Text.form('case-insensitive')(text))
    }),
    { numRuns: 1_000 },
  )
})

test('a text is blank exactly when its form is empty, in either mode', () => {
  fc.assert(
    fc.property(hardText, (text) => {
      for (const mode of MODES) expect(Text.isBlank(text)).toBe(Text.form(mode)(text) === '')
    }),
    { numRuns: 1_000 },
  )
})

test('a masked key shows at most its last four characters, and no length', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 12, maxLength: 60, unit: fc.constantFrom('X', 'Y', 'Z', '4') }), (key) => {
      expect(Text.mask(key)).toBe(`****${key.slice(-4)}`)
      expect(Text.mask(key.slice(0, 11))).toBe('****')
    }),
    { numRuns: 300 },
  )
})

test('a preview fits into 64 code units, stays well-formed and shows no control character', () => {
  fc.assert(
    fc.property(fc.array(hardText, { maxLength: 30 }), (texts) => {
      const preview = Text.preview(texts.join(''))
      expect(preview.length).toBeLessThanOrEqual(64)
      expect(Text.isWellFormed(preview)).toBe(true)
      // eslint-disable-next-line no-control-regex -- control characters are what must not be there
      expect(preview).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e]/)
    }),
    { numRuns: 1_000 },
  )
})
