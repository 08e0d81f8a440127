/**
 * No serial number and no installation key is shown, whatever is wrong with it (property B12).
 */
import { either as E, option as O } from 'fp-ts'
import type * as t from 'io-ts'
import fc from 'fast-check'
import { Allocation, AllocationPolicy, AuditSnapshot, Catalog, Rejection, SoftwareLicense } from 'seatwise'
import { describe, expect, test } from 'vitest'
import { entry, type Raw } from '../hostile/entries.js'
import { license, snapshot, visio } from '../hostile/worlds.js'

const KEY = 'QX4T7-81KZM-22PWD'

/** A mask may show four characters; five of the key in a row are too many. */
const shows = (text: string, key = KEY): boolean =>
  Array.from({ length: key.length - 4 }, (_, at) => key.slice(at, at + 5)).some((part) => text.includes(part))

const shownBy = (rejections: ReadonlyArray<Rejection.Rejection>): string =>
  [JSON.stringify(rejections), ...rejections.map(Rejection.render)].join('\n')

const cyclic = (): unknown => {
  const record: Raw = { key: KEY }
  record['again'] = [record]
  return record
}

/** The key in every shape but the right one. */
const disguises: ReadonlyArray<readonly [string, () => unknown]> = [
  ['too long', () => KEY.repeat(10_000)],
  ['with half a character', () => `${KEY}\ud800`],
  ['with half a character before', () => `\udc00${KEY}`],
  ['with what cannot be printed, too long', () => `${KEY}\n\u001b[31m`.repeat(10_000)],
  ['in a list', () => [KEY]],
  ['in a record', () => ({ key: KEY })],
  ['as the name of a field', () => ({ [KEY]: 1 })],
  ['in lists of lists', () => [[[[KEY]]]]],
  ['in a Map', () => new Map([[KEY, KEY]])],
  ['in a Set', () => new Set([KEY])],
  ['in a box', () => new String(KEY)],
  ['in an error', () => new Error(KEY)],
  ['in a symbol', () => Symbol(KEY)],
  ['in the name of a function', () => ({ [KEY]: () => KEY })[KEY]],
  ['in the text of a pattern', () => new RegExp(KEY)],
  ['in a cycle', cyclic],
  [
    'behind a getter',
    () => ({
      get key() {
        return KEY
      },
    }),
  ],
  ['in an inherited field', () => Object.create({ key: KEY })],
  [
    'behind a proxy that throws',
    () =>
      new Proxy(
        { key: KEY },
        {
          ownKeys: () => {
            throw new Error(KEY)
          },
        },
      ),
  ],
  ['very deep', () => Array.from({ length: 80 }).reduce<unknown>((nested) => [nested], KEY)],
]

const secretFields = ['serialNumber', 'installationKey'] as const

describe.each(disguises)('a key %s', (_, make) => {
  test.each(secretFields)('is not shown in place of a %s (B12)', (field) => {
    for (const { decode, good } of [entry.licenses, entry.installations]) {
      const { rejections } = decode([{ ...good('r-1'), [field]: make() }])
      expect(rejections.length).toBe(1)
      expect(shows(shownBy(rejections))).toBe(false)
    }
  })

  test('is not shown in place of a record, a list or a whole input (B12)', () => {
    for (const { decode } of Object.values(entry))
      for (const records of [make(), [make()], [[make()]]])
        expect(shows(shownBy(decode(records).rejections))).toBe(false)
    for (const input of [make(), [make()]])
      for (const { left } of [Catalog.decode(input), AuditSnapshot.decodeAll(input)])
        expect(shows(shownBy(left))).toBe(false)
    const policy = AllocationPolicy.decode(make())
    // The names of options are shown: a key among them is no key of a license.
    if (E.isLeft(policy) && typeof make() !== 'object') expect(shows(shownBy(policy.left))).toBe(false)
  })

  test('is not shown by an error of a codec (B12)', () => {
    for (const field of secretFields)
      for (const raw of [{ ...entry.licenses.good('L-1'), [field]: make() }, make()]) {
        const result = SoftwareLicense.SoftwareLicense.decode(raw)
        const told = (errors: t.Errors) =>
          errors.map(({ message, value, context }) => {
            // What was found is told where it is no secret; the input itself is in the context as io-ts puts it there.
            expect(typeof value === 'object' && value !== null).toBe(false)
            return [message, String(value), ...context.map(({ key }) => key)].join('\n')
          })
        if (E.isLeft(result)) expect(shows(told(result.left).join('\n'))).toBe(false)
      }
  })
})

describe('a key that could be read', () => {
  test.each([
    ['a number', 918_273_645_546_372, '918273645546372'],
    ['a bigint', 918_273_645_546_372_819n, '918273645546372819'],
    ['a negative number', -918_273_645_546_372, '918273645546372'],
  ])('as %s shows four digits (B12)', (_, serialNumber, digits) => {
    const { rejections } = entry.licenses.decode([{ ...entry.licenses.good('L-1'), serialNumber }])
    expect(rejections.map(({ code, preview }) => [code, preview])).toEqual([['type', `****${digits.slice(-4)}`]])
    expect(shows(shownBy(rejections), digits)).toBe(false)
  })

  test('is not shown when other fields of its record are wrong (B12)', () => {
    const keys = { serialNumber: KEY, installationKey: KEY }
    for (const { decode } of [entry.licenses, entry.installations])
      for (const record of [keys, { ...keys, id: 7 }, { ...keys, id: {} }, { ...keys, self: cyclic() }])
        expect(shows(shownBy(decode([record]).rejections))).toBe(false)
    expect(shows(shownBy(AuditSnapshot.decodeAll([{ installations: [keys] }]).left))).toBe(false)
  })

  test('is not shown by what is wrong with JSON, though its parser quotes (B12)', () => {
    for (const json of [`{"licenses":[{"serialNumber":"${KEY}"`, KEY, `"${KEY}`, `[${KEY}]`, `{"${KEY}":}`]) {
      expect(shows(shownBy(Catalog.parse(json).left))).toBe(false)
      expect(shows(shownBy(AuditSnapshot.parseAll(json).left))).toBe(false)
    }
  })

  test('is not shown by duplicates and contradictions (B12)', () => {
    const keys = { serialNumber: KEY, installationKey: KEY }
    const twice = [license('L-1', keys), license('L-1', keys), license('L-1', { ...keys, name: 'other' })]
    const { left, right: catalog } = Catalog.decode({ software: [visio], licenses: twice })
    const found = AuditSnapshot.decodeAll([
      snapshot('a', {}, keys),
      snapshot('a', {}, keys),
      snapshot('a', { owner: 'Ann' }, keys),
      snapshot('b', {
        installations: [
          { id: 'i', product: 'P', ...keys },
          { id: 'i', product: 'Q', ...keys },
        ],
      }),
    ])
    const outcome = Allocation.run({ catalog, snapshots: found.right })
    const contradictions = E.isLeft(outcome) ? outcome.left : []
    expect([left.length, found.left.length, contradictions.length]).toEqual([1, 1, 3])
    expect(shows(shownBy([...left, ...found.left, ...contradictions]))).toBe(false)
  })

  test('is not shown by an explanation in words (B12)', () => {
    const other = 'ZZ9PL-44ALP-HA000'
    const { right: catalog } = Catalog.decode({
      software: [visio],
      licenses: [
        license('L-1', { serialNumber: other, installationKey: KEY }),
        license('L-2', { serialNumber: KEY, installationKey: other }),
      ],
    })
    const { right: snapshots } = AuditSnapshot.decodeAll([
      snapshot('a', {}, { serialNumber: KEY, installationKey: other }),
      snapshot('b', {}, { serialNumber: 'none', installationKey: KEY }),
    ])
    const explain = Allocation.explain({})(catalog)
    const explanations = E.isRight(explain) ? snapshots.map((each) => explain.right(each, 'i-1')) : []
    const texts = explanations.flatMap((each) => (O.isSome(each) ? [Allocation.render(each.value)] : []))
    expect(texts.length).toBe(2)
    for (const text of texts) expect([shows(text), shows(text, other)]).toEqual([false, false])
  })

  test('is not shown whatever it is (B12)', () => {
    const keyText = fc.string({ unit: 'binary', minLength: 5, maxLength: 40 })
    fc.assert(
      fc.property(keyText, fc.constantFrom(...secretFields), (text, field) => {
        // Half a character more makes it wrong; the digits of an escape are no part of it.
        const { rejections } = entry.licenses.decode([{ ...entry.licenses.good('L-1'), [field]: `${text}\ud800` }])
        expect(rejections.map(({ preview = '' }) => preview.length <= 4 + 4 * '\\u{10ffff}'.length)).toEqual([true])
        expect(rejections[0]?.preview?.startsWith('****')).toBe(true)
      }),
    )
  })
})

test('the name of a field within a key is not shown either, as where a getter stands (B12)', () => {
  const disguised: ReadonlyArray<unknown> = [
    Object.defineProperty({}, KEY, { enumerable: true, get: () => 'x' }),
    Object.defineProperty([], KEY, { enumerable: true, get: () => 'x' }),
    { [KEY]: cyclic() },
    {
      [KEY]: new Proxy(
        {},
        {
          ownKeys: () => {
            throw new Error('no')
          },
        },
      ),
    },
  ]
  for (const serialNumber of disguised) {
    const { rejections } = entry.licenses.decode([{ ...entry.licenses.good('L-1'), serialNumber }])
    expect(shows(shownBy(rejections)), rejections.map(Rejection.render).join()).toBe(false)
  }
})
