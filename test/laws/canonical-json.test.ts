/**
 * Laws of canonical JSON (src/value/CanonicalJson.ts), on any value that JSON has.
 */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { write, type Json } from '../../src/value/CanonicalJson.js'
import { shuffleFields } from '../generators/random.js'

const HARD = [
  '',
  '\u0000',
  '"',
  '\\',
  '\u2028',
  'é',
  '\ud83d\ude00',
  '\ud800',
  '\udc00',
  '__proto__',
  'constructor',
  '10',
  '2',
]

const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...HARD))

const number = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (value === 0 ? 0 : value)),
  fc.constantFrom(0, 1e21, 1e-7, 5e-324, Number.MAX_SAFE_INTEGER, 1.7976931348623157e308, 333333333.3333333),
)

const { json } = fc.letrec<{ json: Json }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constant(null),
    fc.boolean(),
    number,
    text,
    fc.array(tie('json'), { maxLength: 4 }),
    fc.array(fc.tuple(text, tie('json')), { maxLength: 5 }).map((fields): Json => Object.fromEntries(fields)),
  ),
}))

test('what is written and parsed is what was given', () => {
  fc.assert(
    fc.property(json, (given) => {
      expect(JSON.parse(write(given))).toEqual(given)
    }),
  )
})

test('what was written is written the same way when it has been parsed', () => {
  fc.assert(
    fc.property(json, (given) => {
      expect(write(JSON.parse(write(given)) as Json)).toBe(write(given))
    }),
  )
})

test('the order of fields means nothing', () => {
  fc.assert(
    fc.property(json, fc.nat(), (given, seed) => {
      expect(write(shuffleFields(seed)(given))).toBe(write(given))
    }),
  )
})

test('different values are written differently', () => {
  fc.assert(
    fc.property(json, json, (one, other) => {
      let isSame = true
      try {
        expect(one).toStrictEqual(other)
      } catch {
        isSame = false
      }
      expect(write(one) === write(other)).toBe(isSame)
    }),
  )
})

test('no white space stands between tokens, and no lone surrogate anywhere', () => {
  fc.assert(
    fc.property(json, (given) => {
      const written = write(given)
      expect(written).not.toMatch(/\p{Cs}/u)
      expect(written.replaceAll(/"(?:[^"\\]|\\.)*"/gs, '""')).not.toMatch(/\s/)
    }),
  )
})

test('the examples of RFC 8785 are written as it says', () => {
  const numbers = [333333333.3333333, 1e30, 4.5, 2e-3, 0.000000000000000000000000001]
  expect(write({ numbers, string: '€$\u000f\nA\'B"\\\\"/', literals: [null, true, false] })).toBe(
    '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
  )
  const names = { '€': 0, '\r': 0, '\ufb33': 0, '1': 0, '😀': 0, '\u0080': 0, ö: 0 }
  expect(write(names)).toBe('{"\\r":0,"1":0,"\u0080":0,"ö":0,"€":0,"😀":0,"\ufb33":0}')
})
