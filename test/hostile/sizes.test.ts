/**
 * Lists and sizes (rows 24 to 38): nothing costs more than it weighs, and reports stay short whatever comes in.
 */
import { either as E } from 'fp-ts'
import { Allocation, AuditSnapshot, Catalog, Limits } from 'seatwise'
import { describe, expect, test } from 'vitest'
import { COMPUTER, entries, entry } from './entries.js'
import {
  everywhere,
  expectConserved,
  expectHarmless,
  expectRejected,
  expectRejectedOnce,
  expectShowable,
  withField,
} from './plant.js'
import { decisionsOf, license, snapshot, visio } from './worlds.js'

const codesOf = ({ left }: { readonly left: ReadonlyArray<{ readonly code: string; readonly path: string }> }) =>
  left.map(({ code, path }) => [code, path])

// -------------------------------------------------------------------------------------
// the whole input
// -------------------------------------------------------------------------------------

describe('what is no catalog, or no list of snapshots, is one error and an empty result (row 24)', () => {
  const inJson = [null, 'text', '', 7, true] as const
  const others = [undefined, Symbol('x'), 10n, () => [], Number.NaN] as const
  const empty = { software: [], licenses: [] }

  test.each([...inJson, ...others, []])('no catalog: %s', (input) => {
    const decoded = Catalog.decode(input)
    expect(codesOf(decoded)).toEqual([['type', '']])
    expect(decoded.right).toMatchObject(empty)
    expectShowable(decoded.left)
  })

  test.each([...inJson, ...others, {}])('no list of snapshots: %s', (input) => {
    const decoded = AuditSnapshot.decodeAll(input)
    expect(codesOf(decoded)).toEqual([[input === undefined ? 'missing' : 'type', 'snapshots']])
    expect([decoded.right, decoded.incomplete]).toEqual([[], []])
    expectShowable(decoded.left)
  })

  test.each(inJson)('in JSON: %s', (input) => {
    const json = JSON.stringify(input)
    expect(Catalog.parse(json)).toEqual(Catalog.decode(input))
    expect(AuditSnapshot.parseAll(json)).toEqual(AuditSnapshot.decodeAll(input))
  })

  test('text that is no JSON is one error, too', () => {
    for (const json of ['', '{', '[{"computer":', 'NaN', "{'software':[]}", '{"software":[],}', '\u0000']) {
      expect(codesOf(Catalog.parse(json)), json).toEqual([['syntax', '']])
      expect(Catalog.parse(json).right).toEqual(empty)
      expect(codesOf(AuditSnapshot.parseAll(json)), json).toEqual([['syntax', '']])
    }
  })

  test('a collection that is no list is one error at its place, and costs the others nothing', () => {
    for (const each of entries)
      for (const records of [7, 'text', true, {}, () => []]) {
        const seen = each.decode(records)
        const place = each.path(0).slice(0, -'[0]'.length)
        expect(seen.rejections.map(({ code, path }) => [code, path])).toEqual([['type', place]])
        expect(seen.ids).toEqual([])
        expectShowable(seen.rejections)
      }
  })
})

// -------------------------------------------------------------------------------------
// lists
// -------------------------------------------------------------------------------------

describe('a hole in a list is missing, at its index (row 25)', () => {
  test.each(entries)('among $collection', (each) => {
    // eslint-disable-next-line no-sparse-arrays -- the hole is the point
    const list = [, each.good('r-1'), , , each.good('r-4'), ,]
    const seen = each.decode(list)
    expect(seen.ids).toEqual(['r-1', 'r-4'])
    expect(seen.rejections.map(({ code, path, index }) => [code, path, index])).toEqual(
      [0, 2, 3, 5].map((index) => ['missing', each.path(index), index]),
    )
    expect(seen.tally).toMatchObject({ given: 6, accepted: 2, rejected: 4 })
    expectConserved(seen)
  })

  test('and so is undefined in place of a record, and null is no record', () => {
    for (const each of entries) {
      expectRejected(each, { spoil: () => undefined, found: [['missing', '']] })
      expectRejected(each, { spoil: () => null, found: [['type', '']], json: true })
    }
  })

  test('and so is a hole in a list of texts', () => {
    // eslint-disable-next-line no-sparse-arrays -- the hole is the point
    const products = ['Visio 2021', , 'Visio 2024']
    expectRejected(entry.software, {
      spoil: (record) => ({ ...record, products }),
      found: [['missing', '.products[1]']],
    })
    expectRejected(entry.licenses, {
      spoil: (record) => withField(record, ['restrictions', 'owners'], products),
      found: [['missing', '.restrictions.owners[1]']],
    })
  })
})

describe('a list of holes is counted and not gone through (row 26)', () => {
  test.each(entries)('among $collection', (each) => {
    for (const length of [2_000_000, 2 ** 32 - 1]) {
      const list: Array<unknown> = []
      list[length - 1] = each.good('last')
      list[1_000_000] = each.good('middle')
      const seen = each.decode(list)
      expect(seen.ids).toEqual(['middle', 'last'])
      expect(seen.tally).toMatchObject({ given: length, accepted: 2, rejected: length - 2 })
      expect(seen.rejections.length).toBe(1001)
      expect(seen.rejections.at(-1)).toMatchObject({ code: 'too-many', severity: 'error' })
      expect(seen.rejections.at(-1)?.hint).toContain(String(length - 2 - 1000))
      expectShowable(seen.rejections)
    }
  })

  test('inside of a record the first hole is enough', () => {
    const products: Array<unknown> = []
    products.length = 2 ** 32 - 1
    expectRejected(entry.software, {
      spoil: (record) => ({ ...record, products }),
      found: [['missing', '.products[0]']],
    })
  })
})

everywhere('properties of a list that are no entries of it are ignored (row 28)', (each) => {
  const odd = (list: ReadonlyArray<unknown>) =>
    Object.assign([...list], { id: 'x', '-1': 'x', '01': 'x', '1.5': 'x', '4294967295': 'x', length_: 9, toJSON: 'x' })
  const list = [each.good('r-1'), each.good('r-2')]
  expect(each.decode(odd(list)).whole).toEqual(each.decode(list).whole)
  const holed = (records: ReadonlyArray<unknown>) => records.concat(new Array<unknown>(2))
  expect(each.decode(odd(holed(list))).whole).toEqual(each.decode(holed(list)).whole)
  expectHarmless(entry.software, (record) => ({ ...record, products: odd(record['products'] as Array<string>) }))
})

describe('empty lists are valid, and decide nothing (row 29)', () => {
  test.each(entries)('no $collection', ({ decode, parse }) => {
    expect(decode([])).toMatchObject({ rejections: [], ids: [], tally: { given: 0 }, incomplete: [] })
    expect(parse('[]').whole).toEqual(decode([]).whole)
  })

  test('everywhere at once', () => {
    const empty = { organizations: [], locations: [], software: [], licenses: [] }
    expect(Catalog.decode(empty)).toMatchObject({ left: [], right: empty })
    expect(Allocation.run({ catalog: empty, snapshots: [] })).toEqual(E.right(Allocation.join([])))
    const lists = { restrictions: { devices: [], owners: [] } }
    const world = { catalog: { licenses: [license('L-1', lists)] }, snapshots: [snapshot('pc-1')] }
    expect(decisionsOf(world).map(({ outcome }) => outcome)).toEqual(['unreconciled'])
    expect(decisionsOf({ snapshots: [snapshot('pc-1', { installations: [] })] })).toEqual([])
    expect(Catalog.decode({ ...empty, software: [{ ...visio, products: [] }] }).left).toEqual([])
  })

  test('no list of installations, or null, is not an empty list (ALLOC-84)', () => {
    for (const installations of [undefined, null, ' '])
      expect(AuditSnapshot.decodeAll([{ computer: { id: COMPUTER, name: 'PC' }, installations }]).right).toEqual([
        { computer: { id: COMPUTER, name: 'PC' } },
      ])
  })
})

// -------------------------------------------------------------------------------------
// limits
// -------------------------------------------------------------------------------------

describe('a text that is too long is refused before anything is done with it (row 34)', () => {
  const { text } = Limits.defaultLimits

  test.each(entries)('among $collection', (each) => {
    const path = each.idPath
    expectRejectedOnce(each, {
      spoil: (record) => withField(record, path, 'x'.repeat(text + 1)),
      found: [['too-long', `.${path.join('.')}`]],
      json: true,
    })
    expect(each.decode([withField(each.good('r-1'), path, 'x'.repeat(text))]).ids).toEqual(['x'.repeat(text)])
  })

  test('and a key that is too long is still masked', () => {
    const serialNumber = 'KEEP-ME-HIDDEN'.repeat(text)
    const { rejections } = entry.licenses.decode([{ ...entry.licenses.good('L-1'), serialNumber }])
    expect(rejections.map(({ code, preview }) => [code, preview])).toEqual([['too-long', '****DDEN']])
  })
})

describe('a wrong value of a field with few words is one error (row 38)', () => {
  test.each([[[]], [{}], [['installation']], [7], [true]])('%s', (metric) => {
    expectRejected(entry.licenses, {
      spoil: (record) => ({ ...record, metric }),
      found: [['type', '.metric']],
      json: true,
    })
    const kind = withField(entry.snapshots.good('pc-1'), ['computer', 'kind'], metric)
    expect(entry.snapshots.decode([kind]).rejections.map(({ code, path }) => [code, path])).toEqual([
      ['type', 'snapshots[0].computer.kind'],
    ])
  })

  test('and so is a record of the wrong kind', () => {
    expectRejected(entry.licenses, { spoil: () => [[], {}], found: [['type', '']], json: true })
    expectRejected(entry.licenses, {
      spoil: (record) => ({ ...record, restrictions: 'Sales' }),
      found: [['type', '.restrictions']],
      json: true,
    })
  })
})
