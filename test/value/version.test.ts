import { option as O } from 'fp-ts'
import fc from 'fast-check'
import { Version } from 'seatwise'
import { expect, test } from 'vitest'

const version = (text: string): Version.Version => O.getOrElseW(() => expect.fail(text))(Version.parse(text))

const sign = (a: string, b: string): number => Math.sign(Version.compare(version(a), version(b)))

test.each([
  ['12.02.120', '12.2.120', 0],
  ['11.08.440', '11.8.99', 1],
  ['12', '12.0.0', 0],
  ['12.0.1', '12', 1],
  ['6.01.110', '6.02.100', -1],
  ['9.99.999', '10', -1],
  ['12.9007199254740993', '12.9007199254740992', 1],
  ['000.1', '0.01', 0],
])('%s against %s is %i (ALD-106)', (a, b, expected) => {
  expect(sign(a, b)).toBe(expected)
  expect(sign(b, a)).toBe(0 - expected)
})

test.each(['', ' ', '12.', '.12', '12..1', '12.x', 'v12', ' 12', '12 ', '-1', '1e3', '１２', '12.1-rc'])(
  '%j is no version',
  (text) => {
    expect(Version.parse(text)).toEqual(O.none)
  },
)

const segments = fc.array(fc.nat({ max: 12 }), { minLength: 1, maxLength: 4 })
const written = (each: ReadonlyArray<number>): string => each.join('.')

test('versions compare as their numbers do, segment by segment', () => {
  fc.assert(
    fc.property(segments, segments, (a, b) => {
      const place = [0, 1, 2, 3].find((at) => (a[at] ?? 0) !== (b[at] ?? 0))
      const expected = place === undefined ? 0 : Math.sign((a[place] ?? 0) - (b[place] ?? 0))
      expect(sign(written(a), written(b))).toBe(expected)
    }),
  )
})

test('leading and missing zeros make no difference (laws 1 and 2)', () => {
  fc.assert(
    fc.property(segments, segments, (a, b) => {
      const padded = a.map((each) => `00${String(each)}`).join('.')
      expect(sign(padded, written(b))).toBe(sign(written(a), written(b)))
      expect(sign(`${padded}.0`, written(a))).toBe(0)
    }),
  )
})

test('a version of thousands of segments is compared in one pass', () => {
  const long = Array.from({ length: 30_000 }, () => '0').join('.')
  expect(sign(long, `${long}.1`)).toBe(-1)
})

test('a text of millions of segments is read without a deep stack', () => {
  expect(O.isSome(Version.parse(`1${'.1'.repeat(2_000_000)}`))).toBe(true)
  expect(O.isSome(Version.parse('1'.repeat(2_000_000)))).toBe(true)
})
