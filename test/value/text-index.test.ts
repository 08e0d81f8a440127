/**
 * The law of text indexes (src/value/TextIndex.ts): they find what a map of forms has for the form of a text.
 */
import fc from 'fast-check'
import { Text } from 'seatwise'
import { expect, test } from 'vitest'
import { exact, index, numberOf } from '../../src/value/TextIndex.js'

const MODES = ['case-insensitive', 'exact'] as const

/** Letters whose forms are made in unusual ways, white space of many kinds, and ordinary characters. */
const character = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('a', 'b', 'A', 'B', '0', '1', '-', '@', '`', '[', '{', '\u007f') },
  { weight: 1, arbitrary: fc.constantFrom('\u212a', '\u0130', 'ß', 'Å', 'A\u030a', 'Σ', '\u0000', '\ud800') },
  { weight: 1, arbitrary: fc.constantFrom(' ', '\t', '\u00a0', '\ufeff', '\u2003') },
)
const text = fc.array(character, { maxLength: 5 }).map((characters) => characters.join(''))

const knownBy = (mode: Text.TextMode, texts: ReadonlyArray<string>) => {
  const known = new Map<string, { readonly text: string; readonly number: number }>()
  for (const each of texts) {
    const form = Text.form(mode)(each)
    if (!known.has(form)) known.set(form, { text: each, number: 1_000 + known.size })
  }
  return known
}

const holds = (mode: Text.TextMode, texts: ReadonlyArray<string>, asked: ReadonlyArray<string>): void => {
  const known = knownBy(mode, texts)
  const made = index(mode, known)
  for (const each of [...texts, ...asked])
    expect([each, numberOf(made, each)]).toEqual([each, known.get(Text.form(mode)(each))?.number ?? -1])
}

test.each(MODES)('an index finds what a map of forms has (%s)', (mode) => {
  fc.assert(
    fc.property(fc.array(text, { maxLength: 12 }), fc.array(text, { maxLength: 12 }), (texts, asked) => {
      holds(mode, texts, asked)
    }),
    { numRuns: 3_000 },
  )
})

test.each(MODES)('texts that differ where nobody looks, and very many, are found all the same (%s)', (mode) => {
  const middle = Array.from(
    { length: 300 },
    (_, n) => `${'x'.repeat(20)}${String(n).padStart(3, '0')}${'y'.repeat(20)}`,
  )
  const serials = Array.from({ length: 5_000 }, (_, n) => `SN-${(n * 7919).toString(36).toUpperCase()}-${String(n)}`)
  holds(mode, middle, [`${'x'.repeat(20)}300${'y'.repeat(20)}`, ...middle.map((each) => ` ${each.toUpperCase()}`)])
  holds(mode, serials, [...serials.map((each) => each.toLowerCase()), 'SN-ZZZZ-1', 'sn-0-0 '])
})

test('an exact index has the numbers of texts, whatever the texts look like', () => {
  fc.assert(
    fc.property(fc.uniqueArray(text, { maxLength: 20 }), fc.array(text, { maxLength: 10 }), (texts, asked) => {
      const made = exact(new Map(texts.map((each, position) => [each, position])))
      for (const each of [...texts, ...asked]) expect(numberOf(made, each)).toBe(texts.indexOf(each))
    }),
    { numRuns: 1_000 },
  )
})
