/**
 * Text as the rules compare it, and as people may see it (src/value/Text.ts), by examples. The laws of forms are in
 * test/laws.
 */
import fc from 'fast-check'
import { Text } from 'seatwise'
import { describe, expect, test } from 'vitest'

/** Text of any UTF-16 code units, halves of surrogate pairs among them. */
const anyText = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 150 }).map((units) => String.fromCharCode(...units)),
)

/** Controls, lines, halves of pairs, and what turns the writing. */
const UNPRINTABLE = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/u

describe('the form of a text', () => {
  const folded = Text.form('case-insensitive')
  const exact = Text.form('exact')

  test.each([
    ['Visio', 'visio', 'Visio'],
    ['  Visio\t', 'visio', 'Visio'],
    ['Vi  sio', 'vi  sio', 'Vi  sio'],
    ['\u00a0\ufeffA\u3000', 'a', 'A'],
    ['\u200bA', '\u200ba', '\u200bA'],
    ['', '', ''],
    [' \n', '', ''],
    ['0012', '0012', '0012'],
    ['PC-1.EXAMPLE.COM', 'pc-1.example.com', 'PC-1.EXAMPLE.COM'],
    ['Cafe\u0301', 'caf\u00e9', 'Caf\u00e9'],
    ['\u0130', 'i', '\u0130'],
    ['\u0131', '\u0131', '\u0131'],
    ['STRASSE', 'strasse', 'STRASSE'],
    ['Stra\u00dfe', 'stra\u00dfe', 'Stra\u00dfe'],
    ['\u1e9e', '\u00df', '\u1e9e'],
    ['\u0391\u03a3', '\u03b1\u03c3', '\u0391\u03a3'],
    ['\u212a', 'k', 'K'],
    ['\u01c5', '\u01c6', '\u01c5'],
    ['\ud801\udc00', '\ud801\udc28', '\ud801\udc00'],
    ['J\u030c', '\u01f0', 'J\u030c'],
    ['\ufb01', '\ufb01', '\ufb01'],
    ['\ufdfa', '\ufdfa', '\ufdfa'],
    ['\ud800A', '\ud800a', '\ud800A'],
  ])('of %j is %j, and %j where letter case counts (ALLOC-71)', (text, inLowerCase, asGiven) => {
    expect(folded(text)).toBe(inLowerCase)
    expect(exact(text)).toBe(asGiven)
  })
})

describe('a text is blank', () => {
  test.each([
    '',
    ' ',
    '\t\r\n\v\f',
    '\u00a0',
    '\u1680',
    '\u2003',
    '\u2028\u2029',
    '\u202f',
    '\u205f',
    '\u3000',
    '\ufeff',
  ])('when it is %j', (text) => {
    expect(Text.isBlank(text)).toBe(true)
    expect(Text.form('exact')(text)).toBe('')
  })

  test.each(['\u200b', '\u180e', '\u0000', '\u00ad', '\u2800', '\u3164', '.', ' x '])(
    'and is not when it is %j',
    (text) => {
      expect(Text.isBlank(text)).toBe(false)
    },
  )
})

describe('a text is well-formed', () => {
  test.each(['', 'abc', 'é', '\ud83d\ude00', 'a\ud83d\ude00b', '\uffff', '\ud7ff\ue000'])('when it is %j', (text) => {
    expect(Text.isWellFormed(text)).toBe(true)
  })

  test.each(['\ud800', '\udc00', '\udc00\ud800', 'a\ud83d', '\ude00b', '\ud83d\ud83d\ude00', '\ud83d\ude00\ude00'])(
    'and is not when it is %j',
    (text) => {
      expect(Text.isWellFormed(text)).toBe(false)
    },
  )

  test('exactly when UTF-8 keeps it', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(Text.isWellFormed(text)).toBe(
          new TextDecoder().decode(new TextEncoder().encode(`.${text}`)) === `.${text}`,
        )
      }),
    )
  })
})

describe('what is printed', () => {
  test.each([
    ['Größe 😀 東京', 'Größe 😀 東京'],
    ['a\nb', 'a\\u{a}b'],
    ['a\r\nb', 'a\\u{d}\\u{a}b'],
    ['\u001b[31mred\u001b[0m', '\\u{1b}[31mred\\u{1b}[0m'],
    ['\u0000\u007f\u0085\u009f', '\\u{0}\\u{7f}\\u{85}\\u{9f}'],
    ['\u2028\u2029', '\\u{2028}\\u{2029}'],
    ['\u202egpj.exe', '\\u{202e}gpj.exe'],
    ['\u061c\u200e\u200f\u2066\u2069\ufeff', '\\u{61c}\\u{200e}\\u{200f}\\u{2066}\\u{2069}\\u{feff}'],
    ['\ud800', '\\u{d800}'],
    ['a\udfffb', 'a\\u{dfff}b'],
    ['\ud83d\ude00', '\ud83d\ude00'],
    ['C:\\users', 'C:\\users'],
  ])('of %j is %j', (text, printed) => {
    expect(Text.printable(text)).toBe(printed)
  })

  test('holds nothing that breaks a line, colors a terminal or turns the writing', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(Text.printable(text)).not.toMatch(UNPRINTABLE)
        expect(Text.isWellFormed(Text.printable(text))).toBe(true)
        expect(Text.printable(Text.printable(text))).toBe(Text.printable(text))
      }),
    )
  })
})

describe('a preview', () => {
  test.each([
    ['short', 'short'],
    ['', ''],
    ['x'.repeat(64), 'x'.repeat(64)],
    ['x'.repeat(65), `${'x'.repeat(63)}…`],
    ['x'.repeat(1_000_000), `${'x'.repeat(63)}…`],
    ['\n'.repeat(21), '\\u{a}'.repeat(12) + '\\u{…'],
    [`${'x'.repeat(62)}\ud83d\ude00`, `${'x'.repeat(62)}\ud83d\ude00`],
    [`${'x'.repeat(62)}\ud83d\ude00y`, `${'x'.repeat(62)}…`],
    [`${'x'.repeat(61)}\ud83d\ude00yz`, `${'x'.repeat(61)}\ud83d\ude00…`],
    [`${'x'.repeat(63)}\ud83d\ude00`, `${'x'.repeat(63)}…`],
    [`${'x'.repeat(64)}\ud83d\ude00`, `${'x'.repeat(63)}…`],
  ])('of %j is %j', (text, shown) => {
    expect(Text.preview(text)).toBe(shown)
  })

  test('is short, printable and the beginning of the text, and cuts no character in two', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, fc.string({ unit: 'binary', minLength: 50, maxLength: 80 })), (text) => {
        const shown = Text.preview(text)
        expect(shown.length).toBeLessThanOrEqual(64)
        expect(shown).not.toMatch(UNPRINTABLE)
        expect(Text.isWellFormed(shown)).toBe(true)
        const printed = Text.printable(text)
        expect(shown === printed || (shown.endsWith('…') && printed.startsWith(shown.slice(0, -1)))).toBe(true)
        expect(shown === printed).toBe(printed.length <= 64)
      }),
      { numRuns: 500 },
    )
  })
})

describe('a mask', () => {
  test.each([
    ['QX4T7-81KZM-22PWD', '****2PWD'],
    ['  QX4T7-81KZM-22PWD\n', '****2PWD'],
    ['123456789012', '****9012'],
    ['12345678901', '****'],
    ['4711', '****'],
    ['', '****'],
    ['   ', '****'],
    [`   ${'x'.repeat(11)}   `, '****'],
    ['x'.repeat(1_000_000), '****xxxx'],
    ['QX4T7-81KZM-\n\n\n\n.', '****\\u{a}\\u{a}\\u{a}.'],
    ['QX4T7-81KZM-\ud83d\ude00', '****M-\ud83d\ude00'],
    ['QX4T7-81KZM\ud83d\ude00abc', '****'],
  ])('of %j is %j', (secret, masked) => {
    expect(Text.mask(secret)).toBe(masked)
  })

  test('shows at most four characters of a secret of twelve or more, and none of a shorter one', () => {
    fc.assert(
      fc.property(anyText, (secret) => {
        const masked = Text.mask(secret)
        const trimmed = secret.trim()
        const tail = trimmed.length < 12 ? '' : trimmed.slice(-4)
        expect(['****', `****${Text.printable(tail)}`]).toContain(masked)
        expect(masked).not.toMatch(UNPRINTABLE)
        expect(masked.length).toBeLessThanOrEqual(64)
      }),
    )
  })

  test('does not tell how long the secret is', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 8, maxLength: 100 }),
        fc.string({ minLength: 8, maxLength: 100 }),
        (one, other) => {
          expect(Text.mask(`x${one}-end.`)).toBe(Text.mask(`x${other}-end.`))
        },
      ),
    )
    for (let length = 0; length < 12; length += 1) expect(Text.mask('x'.repeat(length))).toBe('****')
  })
})
