/**
 * What is data and what is not (rows 12 to 17, 21 and 22): own enumerable properties are, and texts, numbers, booleans,
 * lists and records in them.
 */
import { createContext, runInContext } from 'node:vm'
import { AuditSnapshot, Catalog } from 'seatwise'
import { describe, expect, test } from 'vitest'
import { entry, type Raw } from './entries.js'
import { dotted, expectHarmless, expectRejected, expectRejectedOnce, withField, withProperty } from './plant.js'

describe('what is written on an object besides its data plays no part', () => {
  test.each(Object.values(entry))('a spoofed Symbol.toStringTag, among $collection (row 12)', (each) => {
    expectHarmless(each, (record) => ({ ...record, [Symbol.toStringTag]: 'Map' }))
  })

  test('a Symbol.toStringTag that is inherited is not even asked (row 12)', () => {
    let asked = 0
    class Row {
      constructor(record: Raw) {
        Object.assign(this, record)
      }
      get [Symbol.toStringTag](): string {
        asked += 1
        return 'Map'
      }
    }
    for (const each of Object.values(entry)) expectHarmless(each, (record) => new Row(record))
    expect(asked).toBe(0)
  })

  test.each(Object.values(entry))('an own toJSON is not invoked on results, among $collection (row 13)', (each) => {
    const odd = (record: Raw) => ({ ...record, toJSON: () => 'EVIL' })
    expectHarmless(each, odd)
    expect(JSON.stringify(each.decode([odd(each.good('r-1')), { toJSON: () => 'EVIL' }]).whole)).not.toContain('EVIL')
  })

  test.each(Object.values(entry))(
    'an own then makes no promise of a result, among $collection (row 14)',
    async (each) => {
      const odd = (record: Raw) => ({
        ...record,
        then: (resolve: (value: string) => void) => {
          resolve('HIJACK')
        },
      })
      expectHarmless(each, odd)
      const { whole } = each.decode([odd(each.good('r-1'))])
      expect(await Promise.resolve(whole)).toBe(whole)
    },
  )

  test('an own then of the whole input makes no promise either (row 14)', async () => {
    const decoded = Catalog.decode({
      software: [],
      licenses: [],
      then: (resolve: (value: string) => void) => {
        resolve('HIJACK')
      },
    })
    expect(await Promise.resolve(decoded)).toBe(decoded)
    expect(await Promise.resolve(decoded.right)).toBe(decoded.right)
  })

  test.each(Object.values(entry))('symbols and what is not enumerable, among $collection (row 17)', (each) => {
    const get = (): never => {
      throw new Error('never run this')
    }
    expectHarmless(each, (record) => ({ ...record, [Symbol('id')]: 'other' }))
    expectHarmless(each, (record) => Object.defineProperty(record, Symbol('id'), { get, enumerable: true }))
    expectHarmless(each, (record) => Object.defineProperty(record, 'hidden', { get, enumerable: false }))
  })

  test.each(Object.values(entry))(
    'a required field that is not enumerable is missing, among $collection (row 17)',
    (each) => {
      const { idPath } = each
      expectRejected(each, {
        spoil: (record) => withProperty(record, idPath, { value: 'hidden', enumerable: false }),
        found: [['missing', dotted(idPath)]],
      })
    },
  )

  test('a collection that is not enumerable is not there (row 17)', () => {
    const hidden = (owner: Raw, field: string, value: unknown) =>
      Object.defineProperty(owner, field, { value, enumerable: false })
    const catalog = Catalog.decode(hidden({ software: [] }, 'licenses', [entry.licenses.good('L-1')]))
    expect(catalog.left.map(({ code, path }) => [code, path])).toEqual([['missing', 'licenses']])
    const { right } = AuditSnapshot.decodeAll([
      hidden({ computer: { id: 'pc-1', name: 'PC-1' } }, 'installations', [entry.installations.good('i-1')]),
    ])
    expect(right).toEqual([{ computer: { id: 'pc-1', name: 'PC-1' } }])
  })

  test('an entry of a list that is not enumerable is missing (row 17)', () => {
    for (const { decode, good, path } of Object.values(entry)) {
      const list = Object.defineProperty([good('r-1'), good('r-2')], 0, { enumerable: false })
      const { rejections, ids } = decode(list)
      expect([ids, rejections.map((each) => [each.code, each.path])]).toEqual([['r-2'], [['missing', path(0)]]])
    }
  })
})

describe('frozen, sealed and non-configurable input is read as any other (row 16)', () => {
  const deeply =
    (lock: (value: object) => object) =>
    (value: unknown): unknown => {
      if (typeof value !== 'object' || value === null) return value
      Object.values(value).forEach(deeply(lock))
      return lock(value)
    }

  test.each(Object.values(entry))('among $collection', (each) => {
    const records = () => [each.good('r-2'), each.good('r-1')]
    const plain = each.decode(records()).whole
    for (const lock of [Object.freeze, Object.seal, Object.preventExtensions] as const) {
      expectHarmless(each, deeply(lock))
      expect(each.decode(deeply(lock)(records())).whole).toEqual(plain)
    }
  })
})

describe('values that are no data', () => {
  const realm = createContext()
  const noData = [
    ['a function', () => 'x'],
    ['a class', class {}],
    ['a symbol', Symbol('x')],
    ['a bigint', 10n],
  ] as const

  test.each(noData)('are of the wrong type where a record or a text is meant: %s (row 21)', (_, value) => {
    for (const each of Object.values(entry)) {
      const { idPath } = each
      expectRejected(each, { spoil: () => value, found: [['type', '']] })
      expectRejected(each, {
        spoil: (record) => withField(record, idPath, value),
        found: [['type', dotted(idPath)]],
      })
    }
  })

  test.each(noData)('are of the wrong type in every field of a license: %s (row 21)', (_, value) => {
    for (const field of Object.keys(entry.licenses.good('L-1')))
      expectRejectedOnce(entry.licenses, {
        spoil: (record) => ({ ...record, [field]: value }),
        found: [['type', `.${field}`]],
      })
  })

  test.each(noData)('are ignored in unknown fields: %s (row 21)', (_, value) => {
    for (const each of Object.values(entry)) expectHarmless(each, (record) => ({ ...record, extra: [value] }))
  })

  test.each([
    ['new String', new String('x')],
    ['new Number', new Number(1)],
    ['new Boolean', new Boolean(true)],
    ['a boxed symbol', Object(Symbol('x'))],
    ['a boxed bigint', Object(1n)],
  ])('boxes are not opened: %s (row 22)', (_, box) => {
    for (const each of Object.values(entry)) {
      const { idPath } = each
      expectRejectedOnce(each, { spoil: () => box, found: [['not-plain-object', '']] })
      expectRejectedOnce(each, { spoil: (record) => withField(record, idPath, box), found: [['type', dotted(idPath)]] })
    }
    for (const field of ['main', 'metric', 'entitlements', 'expires', 'serialNumber'])
      expectRejectedOnce(entry.licenses, {
        spoil: (record) => ({ ...record, [field]: box }),
        found: [['type', `.${field}`]],
      })
  })

  test.each([
    ['a Map', () => new Map([['id', 'x']])],
    ['a Set', () => new Set(['x'])],
    ['a Date', () => new Date(0)],
    ['an Error', () => new Error('x')],
    ['a RegExp', () => /x/],
    ['a Promise', () => Promise.resolve({ id: 'x' })],
    ['bytes', () => new Uint8Array(8)],
    ['a Map of another realm', () => runInContext('new Map()', realm)],
  ])('objects of the platform are no records: %s (row 22)', (_, make) => {
    for (const each of Object.values(entry)) expectRejected(each, { spoil: make, found: [['not-plain-object', '']] })
    expectRejected(entry.licenses, {
      spoil: (record) => ({ ...record, restrictions: make() }),
      found: [['not-plain-object', '.restrictions']],
    })
  })

  test('objects of the platform are no catalog (row 22)', () => {
    for (const input of [new Map(), new Set(), new Date(0), new String('x')])
      expect(Catalog.decode(input).left.map(({ code, path }) => [code, path])).toEqual([['not-plain-object', '']])
  })

  test('a list is no record, and a record no list', () => {
    for (const each of Object.values(entry)) {
      expectRejected(each, { spoil: (record) => [record], found: [['type', '']], json: true })
      const { rejections, ids } = each.decode({ 0: each.good('r-1'), length: 1 })
      expect([ids, rejections.map(({ code }) => code)]).toEqual([[], ['type']])
    }
    expectRejected(entry.software, {
      spoil: (record) => ({ ...record, products: { 0: 'Visio' } }),
      found: [['type', '.products']],
      json: true,
    })
  })
})
