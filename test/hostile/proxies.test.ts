/**
 * Objects that answer for themselves (rows 8, 9, 10, 18 and 20): no code of theirs is run but the traps of a proxy, and a
 * proxy is asked once.
 */
import { AuditSnapshot, Catalog } from 'seatwise'
import { describe, expect, test } from 'vitest'
import { entry, type Raw } from './entries.js'
import { dotted, expectHarmless, expectRejected, expectShowable, withField, withProperty } from './plant.js'

describe('a getter is refused and never run', () => {
  const calls: Array<string> = []
  const moody = (): unknown => {
    calls.push('moody')
    return `answer ${calls.length}`
  }
  const throwing = (): never => {
    calls.push('throwing')
    throw new Error('never run this')
  }

  test.each([
    ['that answers differently each time (row 8)', moody],
    ['that throws (row 9)', throwing],
  ])('%s', (_, get) => {
    for (const each of Object.values(entry)) {
      const fault = (path: ReadonlyArray<string>) => [['accessor', dotted(path)]] as const
      const { idPath } = each
      expectRejected(each, { spoil: (record) => withProperty(record, idPath, { get }), found: fault(idPath) })
      const unknown = ['unknown field']
      expectRejected(each, {
        spoil: (record) => withProperty(record, unknown, { get }),
        found: [['accessor', '["unknown field"]']],
      })
    }
    expect(calls).toEqual([])
  })

  test('in a list of records or of texts (row 8)', () => {
    const list = (value: unknown) => Object.defineProperty([value, value], 1, { get: moody, enumerable: true })
    for (const { decode, good, path } of Object.values(entry)) {
      const { rejections, ids } = decode(list(good('r-1')))
      expect([ids, rejections.map((each) => [each.code, each.path])]).toEqual([['r-1'], [['accessor', path(1)]]])
    }
    expectRejected(entry.software, {
      spoil: (record) => withField(record, ['products'], list('Visio')),
      found: [['accessor', '.products[1]']],
    })
    expect(calls).toEqual([])
  })

  test('in place of a whole collection (row 9)', () => {
    const catalog = Catalog.decode({
      get software() {
        return throwing()
      },
      licenses: [],
    })
    expect(catalog.left.map(({ code, path }) => [code, path])).toEqual([['accessor', 'software']])
    const { left, right } = AuditSnapshot.decodeAll([
      {
        computer: { id: 'pc-1', name: 'PC-1' },
        get installations() {
          return throwing()
        },
      },
    ])
    expect(left.map(({ code, path }) => [code, path])).toEqual([['accessor', 'snapshots[0].installations']])
    expect(right).toEqual([])
    expect(calls).toEqual([])
  })
})

describe('a proxy that throws, or is revoked, is unreadable and costs nothing else (row 10)', () => {
  const failure = new Error('no')
  const refuse = (): never => {
    throw failure
  }
  const revoked = (target: object): unknown => {
    const { proxy, revoke } = Proxy.revocable(target, {})
    revoke()
    return proxy
  }
  const proxies: ReadonlyArray<readonly [string, (target: object) => unknown]> = [
    ['ownKeys', (target) => new Proxy(target, { ownKeys: refuse })],
    ['getOwnPropertyDescriptor', (target) => new Proxy(target, { getOwnPropertyDescriptor: refuse })],
    ['getPrototypeOf', (target) => new Proxy(target, { getPrototypeOf: refuse })],
    ['all traps', (target) => new Proxy(target, new Proxy({}, { get: () => refuse }))],
    ['revoked', revoked],
    ['revoked list', () => revoked([])],
  ]

  test.each(proxies)('in place of a record: %s', (_, hostile) => {
    for (const each of Object.values(entry)) expectRejected(each, { spoil: hostile, found: [['unreadable', '']] })
  })

  test.each(proxies)('in an unknown field: %s', (_, hostile) => {
    for (const each of Object.values(entry))
      expectRejected(each, {
        spoil: (record) => ({ ...record, extra: { more: hostile({ a: 1 }) } }),
        found: [['unreadable', '.extra.more']],
      })
  })

  test.each(proxies)('in place of a list of records: %s', (_, hostile) => {
    for (const { decode, collection } of Object.values(entry)) {
      const decoded = decode(hostile([]))
      expect(decoded.ids, collection).toEqual([])
      expectShowable(decoded.rejections)
    }
  })

  test('a revoked list of records is unreadable', () => {
    for (const { decode, collection } of Object.values(entry))
      expect(
        decode(revoked([])).rejections.map(({ code }) => code),
        collection,
      ).toEqual(['unreadable'])
  })

  test('in place of the whole input', () => {
    const { left, right } = Catalog.decode(revoked({}))
    expect(new Set(left.map(({ code }) => code))).toEqual(new Set(['unreadable']))
    expect([right.licenses, right.software]).toEqual([[], []])
    expect(AuditSnapshot.decodeAll(revoked([])).left.map(({ code }) => code)).toEqual(['unreadable'])
  })

  test('a revoked proxy of a function is as little a list as the function was', () => {
    for (const each of Object.values(entry)) {
      expectRejected(each, { spoil: () => revoked(() => 'x'), found: [['type', '']] })
      const [rejection, ...others] = each.decode(revoked(() => 'x')).rejections
      expect(['type', 'unreadable']).toContain(rejection?.code)
      expect(others).toEqual([])
    }
    const products = (record: Raw) => ({ ...record, products: revoked(() => 'x') })
    expectRejected(entry.software, { spoil: products, found: [['type', '.products']] })
    for (const path of [
      ['restrictions'],
      ['restrictions', 'devices'],
      ['restrictions', 'location', 'unit'],
      ['expires'],
    ])
      expectRejected(entry.licenses, {
        spoil: (record) =>
          withField(
            record,
            path,
            revoked(() => 'x'),
          ),
        found: [['type', dotted(path)]],
      })
  })

  test('a proxy that changes its mind after the first question is refused all the same', () => {
    // A date at first sight: such values are not copied, and yet must not be asked again.
    const moody = (patience: number): unknown => {
      let asked = 0
      const answer = <A>(value: A): A => ((asked += 1) > patience ? refuse() : value)
      return new Proxy(new Date(0), {
        getPrototypeOf: () => answer(Date.prototype),
        get: (_, key) => answer(key === Symbol.toStringTag ? 'Date' : undefined),
        ownKeys: () => answer([]),
        getOwnPropertyDescriptor: () => answer(undefined),
      })
    }
    for (let patience = 0; patience < 6; patience += 1)
      for (const { decode, good, collection, idPath } of Object.values(entry)) {
        expect(decode([moody(patience), good('r-1')]).ids, `${collection}, a record`).toEqual(['r-1'])
        const record = withField(good('r-2'), idPath, moody(patience))
        expect(decode([record, good('r-1')]).ids, `${collection}, an id`).toEqual(['r-1'])
        expect(decode(moody(patience)).ids, `${collection}, a list`).toEqual([])
      }
    for (let patience = 0; patience < 6; patience += 1)
      for (const field of ['expires', 'restrictions', 'entitlements', 'serialNumber', 'main', 'metric']) {
        const record = { ...entry.licenses.good('L-2'), [field]: moody(patience) }
        expect(entry.licenses.decode([record, entry.licenses.good('L-1')]).ids, field).toEqual(['L-1'])
      }
  })

  test('a list that claims any length has holes up to there, which are counted', () => {
    const claims = (length: unknown): unknown =>
      new Proxy([], { get: (list, key) => (key === 'length' ? length : Reflect.get(list, key)) })
    for (const { decode } of Object.values(entry)) {
      expect(decode(claims(2 ** 53 - 1)).tally).toMatchObject({ given: 2 ** 53 - 1, rejected: 2 ** 53 - 1 })
      for (const length of [-1, 1.5, Number.NaN, Infinity, '7', undefined])
        expect(decode(claims(length)).rejections.map(({ code }) => code)).toEqual(['type'])
    }
  })

  test('a proxy that answers honestly is read as what it stands for', () => {
    for (const each of Object.values(entry)) expectHarmless(each, (record) => new Proxy(record, {}))
  })
})

describe('what contains itself is refused at the place where it comes again (row 18)', () => {
  test.each(Object.values(entry))('among $collection', (each) => {
    const { idPath } = each
    expectRejected(each, {
      spoil: (record) => Object.assign(record, { self: record }),
      found: [['cycle', '.self']],
    })
    expectRejected(each, {
      spoil: (record) => Object.assign(record, { a: [{ b: [record] }] }),
      found: [['cycle', '.a[0].b[0]']],
    })
    expectRejected(each, {
      spoil: (record) => {
        const list: Array<unknown> = []
        list.push(list)
        return withField(record, idPath, list)
      },
      found: [['cycle', `${dotted(idPath)}[0]`]],
    })
  })

  test.each(Object.values(entry))('a list of $collection that is one of its own records', ({ decode, good, path }) => {
    const list: Array<unknown> = [good('r-1')]
    list.push(list)
    const { rejections, ids } = decode(list)
    expect(ids).toEqual(['r-1'])
    expect(rejections.map((each) => [each.code, each.path])).toEqual([['cycle', `${path(1)}[1]`]])
  })

  test.each(Object.values(entry))('a part that comes twice is no cycle, among $collection', (each) => {
    const part = { a: [1, 2, 3] }
    expectHarmless(each, (record) => ({ ...record, one: part, two: [part, part] }))
  })
})

describe('a list that grows while it is read has the length it began with (row 20)', () => {
  test.each(Object.values(entry))('among $collection', ({ decode, good }) => {
    const list: Array<unknown> = []
    const meddling = (id: string) =>
      new Proxy(good(id), {
        ownKeys: (target) => {
          list.push(good(`late ${list.length}`))
          return Reflect.ownKeys(target)
        },
      })
    list.push(meddling('r-1'), meddling('r-2'))
    const { ids, tally, rejections } = decode(list)
    expect([ids, tally.given, rejections]).toEqual([['r-1', 'r-2'], 2, []])
  })
})
