/**
 * Numbers (rows 40 to 53): a count is a whole number that arithmetic keeps exact, and nothing else is made into one.
 */
import { Catalog, Count } from 'seatwise'
import { describe, expect, test } from 'vitest'
import { entry, type Raw } from './entries.js'
import { expectHarmless, expectRejected, expectRejectedOnce, type Found } from './plant.js'

const { licenses } = entry

const entitled = (entitlements: unknown) => (record: Raw) => ({ ...record, entitlements })

const fault = (code: Found[0]): ReadonlyArray<Found> => [[code, '.entitlements']]

/** A number as JSON writes it, put where JSON.stringify would write another one. */
const written = (digits: string) => (record: Raw) =>
  JSON.stringify({ ...record, entitlements: '?' }).replace('"?"', digits)

const kept = (entitlements: unknown): unknown => {
  const { right } = Catalog.decode({ software: [], licenses: [entitled(entitlements)(licenses.good('L-1'))] })
  return right.licenses[0]?.entitlements
}

test.each([
  ['NaN (row 40)', Number.NaN],
  ['infinite (row 41)', Number.POSITIVE_INFINITY],
  ['less than nothing without end (row 41)', Number.NEGATIVE_INFINITY],
  ['negative', -1],
  ['broken (row 44)', 1.5],
  ['next to nothing', Number.MIN_VALUE],
  ['the smallest safe integer', Number.MIN_SAFE_INTEGER],
])('entitlements that are %s are out of range', (_, value) => {
  expectRejected(licenses, { spoil: entitled(value), found: fault('range') })
})

test.each(['1e400', '-1e400', '1.5', '-1', '1e-7'])(
  'and so are entitlements written %s in JSON (rows 41 and 44)',
  (json) => {
    expectRejected(licenses, { spoil: entitled(JSON.parse(json)), found: fault('range'), json: written(json) })
  },
)

test('entitlements that are null in JSON, as NaN is written, are absent and thus not limited (row 40)', () => {
  expectHarmless(entry.licenses, (record) => ({ ...record, upgradeFor: 'L-0' }))
  expect(kept(null)).toBeUndefined()
  expect(JSON.stringify({ entitlements: Number.NaN })).toBe('{"entitlements":null}')
})

test('negative zero is zero (row 42)', () => {
  expect(Object.is(kept(-0), 0)).toBe(true)
  const { right } = Catalog.parse(`{"software":[],"licenses":[${written('-0')(licenses.good('L-1'))}]}`)
  expect(Object.is(right.licenses[0]?.entitlements, 0)).toBe(true)
})

test.each([0, 1, 2 ** 31 - 1, 2 ** 31, 2 ** 32, 2 ** 32 + 1, 2 ** 53 - 1])(
  '%i entitlements are exactly that (rows 45 and 46)',
  (value) => {
    expect(kept(value)).toBe(value)
    expect(licenses.parse(`[${written(String(value))(licenses.good('L-1'))}]`).accepted).toMatchObject([
      { entitlements: value },
    ])
  },
)

test.each([
  ['9007199254740992', 2 ** 53],
  ['9007199254740993', 2 ** 53],
  ['1e300', 1e300],
])('%s entitlements are no safe integer (row 46)', (json, value) => {
  expectRejected(licenses, { spoil: entitled(value), found: fault('unsafe-integer'), json: written(json) })
})

describe('a text is no number, whatever it says', () => {
  test.each(['10', '0x10', '1e3', ' 12 ', '0b11', 'NaN', 'Infinity'])('%j (row 49)', (value) => {
    expectRejectedOnce(licenses, { spoil: entitled(value), found: fault('type'), json: true })
  })

  test.each(['\u0661\u0662', '1,5', '1_000', '١٢', '一', '½', '²', '+5', '5.'])('%j (row 50)', (value) => {
    expectRejectedOnce(licenses, { spoil: entitled(value), found: fault('type'), json: true })
  })

  test.each([[true], [[]], [[5]], [{}], [5n]])('nor is %s', (value) => {
    expectRejectedOnce(licenses, { spoil: entitled(value), found: fault('type') })
  })
})

test('of a field that comes twice in JSON the last one counts, as JSON.parse has it (row 53)', () => {
  const json = JSON.stringify({ ...licenses.good('L-1'), entitlements: 1 }).replace(/\}$/, ',"entitlements":999}')
  expect(licenses.parse(`[${json}]`).accepted).toMatchObject([{ entitlements: 999 }])
  const bad = json.replace(/999\}$/, '"999"}')
  expect(licenses.parse(`[${bad}]`).rejections.map(({ code }) => code)).toEqual(['type'])
})

test('a count is the same number wherever it is read (rows 40, 42, 44 and 46)', () => {
  for (const value of [0, -0, 1, 1.5, -1, 2 ** 31, 2 ** 53 - 1, 2 ** 53, Number.NaN, Infinity])
    expect(kept(value) === undefined).toBe(Count.parse(value)._tag === 'Left')
})
