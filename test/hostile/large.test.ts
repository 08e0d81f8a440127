/**
 * Large inputs (rows 26 to 37 and 93): each is linear, in time and in what it reports. A quadratic step would not finish
 * here, and recursion would overflow the stack.
 */
import { either as E } from 'fp-ts'
import { Allocation, AuditSnapshot, Catalog, type Id } from 'seatwise'
import { describe, expect, test } from 'vitest'
import { entries, entry, type Entry } from './entries.js'
import { expectConserved, expectRejectedOnce, expectShowable } from './plant.js'
import { decisionsOf, decodeWorld, license, snapshot, told, visio } from './worlds.js'

const PATIENCE = { timeout: 60_000 }

const times = <A>(count: number, make: (place: number) => A): Array<A> =>
  Array.from({ length: count }, (_, at) => make(at))

describe('very many of the same', PATIENCE, () => {
  test('records are one and its duplicates (row 30)', () => {
    const each = entry.organizations
    const seen = each.decode(times(250_000, () => each.good('r-1')))
    expect(seen.ids).toEqual(['r-1'])
    expect(seen.tally).toMatchObject({ given: 250_000, accepted: 1, rejected: 0, duplicates: 249_999 })
    expect(seen.rejections.length).toBe(1001)
    expect(new Set(seen.rejections.map(({ severity }) => severity))).toEqual(new Set(['warning']))
    expect(seen.rejections.at(-1)).toMatchObject({ code: 'too-many', collection: each.collection })
  })

  test('key in the installations of one computer decides each of them (row 30)', () => {
    const key = { serialNumber: 'S-1', installationKey: 'K-1' }
    const { catalog, snapshots } = decodeWorld({
      catalog: { licenses: [license('L-1', key)] },
      snapshots: [snapshot('pc-1', {}, key)],
    })
    // Multiplied after decoding, which has had its many above.
    const installations = snapshots.flatMap((one) =>
      times(250_000, (at) => ({ ...one.installations![0]!, id: `i-${at}` as Id.InstallationId })),
    )
    const outcome = Allocation.run({ catalog, snapshots: snapshots.map((one) => ({ ...one, installations })) })
    const decisions = E.isRight(outcome) ? outcome.right.decisions : []
    expect(decisions.length).toBe(250_000)
    expect(decisions.every(({ rule }) => rule === '1.1')).toBe(true)
  })

  test('key in 50,000 licenses is one winner and the others tied (row 30)', () => {
    const licenses = times(50_000, (at) => license(`L-${at}`, { serialNumber: 'S-1' }))
    const [decision] = decisionsOf({
      catalog: { licenses },
      snapshots: [snapshot('pc-1', {}, { serialNumber: 's-1' })],
    })
    expect([decision?.license, decision?.rule, decision?.tied?.length]).toEqual(['L-0', '1.2', 49_999])
  })

  test('product in 40,000 tracked software is one contradiction (row 30)', () => {
    const software = times(40_000, (at) => ({ ...visio, id: `s-${at}` }))
    const { right: catalog } = Catalog.decode({ software, licenses: [] })
    const found = Allocation.compile({})(catalog)
    expect(E.isLeft(found) && found.left.map(({ code }) => code)).toEqual(['ambiguous-product'])
    expect(E.isLeft(found) && found.left[0].hint.length).toBeLessThan(1000)
  })

  test('id with 80,000 contents is one contradiction', () => {
    const licenses = times(80_000, (at) => license('L-1', { name: `L ${at}` }))
    const { right: catalog, left } = Catalog.decode({ software: [], licenses })
    expect(left).toEqual([])
    const found = Allocation.compile({})(catalog)
    expect(E.isLeft(found) && found.left.map(({ code, id }) => [code, id])).toEqual([['contradiction', 'L-1']])
    expect(E.isLeft(found) && found.left[0].hint.length).toBeLessThan(1000)
  })
})

describe('many records', PATIENCE, () => {
  test('80,000 ids that look like numbers keep their order and their number (row 32)', () => {
    const ids = times(80_000, (at) => String(80_000 - at))
    expect(entry.locations.decode(ids.map(entry.locations.good)).ids).toEqual(ids)
    const installations = ids.map((id) => ({ id, product: id }))
    const decisions = decisionsOf({ snapshots: [snapshot('7', { installations })] })
    expect(decisions.map(({ installation }) => installation)).toEqual([...ids].sort())
  })

  test('200,000 of anything are never arguments of one call (row 33)', () => {
    const texts = times(200_000, (at) => `t-${at}`)
    const { left, right } = Catalog.decode({
      software: [{ ...visio, products: texts }],
      licenses: [license('L-1', { restrictions: { devices: texts, owners: texts } })],
    })
    expect(left).toEqual([])
    const { right: snapshots } = AuditSnapshot.decodeAll([
      {
        computer: { id: 'c', name: 'T-199999' },
        installations: times(20_000, (at) => ({ id: `i-${at}`, product: `t-${at}` })),
      },
    ])
    const outcome = Allocation.run({ catalog: right, snapshots })
    expect(E.isRight(outcome) && outcome.right.decisions.every(({ rule }) => rule === '2.4')).toBe(true)
  })

  test.each(entries)('40,000 bad $collection are rejected, counted, and reported in part (row 36)', (each: Entry) => {
    const records: Array<unknown> = times(40_000, () => ({ name: 7 }))
    const seen = each.decode([each.good('first'), ...records, each.good('last')])
    expect(seen.ids).toEqual(['first', 'last'])
    expect(seen.tally).toMatchObject({ given: 40_002, accepted: 2, rejected: 40_000, duplicates: 0 })
    expect(seen.rejections.length).toBe(1001)
    const faults = 40_000 * each.decode([{ name: 7 }]).rejections.length
    expect(seen.rejections.at(-1)?.hint).toContain(String(faults - 1000))
    expectConserved(seen)
    expectShowable(seen.rejections)
  })

  test.each([1000, 1001, 5000])('all of the %i faults of one record are counted (row 36)', (faults) => {
    const seen = entry.software.decode([{ ...visio, products: times(faults, () => 7) }])
    const [summary, ...others] = seen.rejections.filter(({ code }) => code === 'too-many')
    expect(others).toEqual([])
    expect(seen.rejections.filter(({ code }) => code === 'type').length).toBe(1000)
    if (faults === 1000) expect(summary).toBeUndefined()
    else expect(summary?.hint ?? 'no summary').toContain(String(faults - 1000))
  })
})

describe('a large value', PATIENCE, () => {
  test('a text of 20 million characters is refused without a copy (row 34)', () => {
    const text = 'x'.repeat(20_000_000)
    for (const each of entries) {
      const [field = ''] = each.idPath
      const long = each.idPath.length === 1 ? { [field]: text } : { [field]: { id: text, name: text } }
      const seen = each.decode([{ ...each.good('r-1'), ...long }, each.good('r-2')])
      expect(seen.ids).toEqual(['r-2'])
      expect(new Set(seen.rejections.map(({ code }) => code))).toEqual(new Set(['too-long']))
      expectShowable(seen.rejections)
    }
    for (const field of ['expires', 'metric', 'main', 'entitlements', 'restrictions', 'serialNumber'])
      expect(entry.licenses.decode([{ ...entry.licenses.good('L-1'), [field]: text }]).rejections.length).toBe(1)
    expect(Catalog.decode(text).left.length).toBe(1)
    expect(entry.licenses.decode([text]).rejections.length).toBe(1)
  })

  test('a number of 20,000 digits is shown in part', () => {
    const { rejections } = entry.licenses.decode([{ ...entry.licenses.good('L-1'), entitlements: 10n ** 20_000n }])
    expect(rejections.map(({ code }) => code)).toEqual(['type'])
    expectShowable(rejections)
  })

  test.each(entries)('lists nested a million deep in JSON are too deep, among $collection (row 37)', (each) => {
    const nested = '['.repeat(1_000_000) + ']'.repeat(1_000_000)
    const { rejections, ids } = each.parse(`[${JSON.stringify(each.good('r-1'))},${nested},{"extra":${nested}}]`)
    expect(ids).toEqual(['r-1'])
    expect(rejections.map(({ code }) => code)).toEqual(['depth', 'depth'])
    expectShowable(rejections)
  })

  test('records nested a million deep are too deep, and a whole input is none of its parts (row 37)', () => {
    const nested = `${'{"a":'.repeat(1_000_000)}1${'}'.repeat(1_000_000)}`
    expect(entry.licenses.parse(`[${nested}]`).rejections.map(({ code }) => code)).toEqual(['depth'])
    expect(AuditSnapshot.parseAll('['.repeat(1_000_000) + ']'.repeat(1_000_000)).left.map(({ code }) => code)).toEqual([
      'depth',
    ])
    expect(Catalog.parse(nested).left.map(({ code }) => code)).toEqual(['missing', 'missing'])
  })

  test('64 levels are not too deep, and 65 are (row 37)', () => {
    const nested = (levels: number): unknown => (levels === 0 ? 'x' : { a: nested(levels - 1) })
    for (const each of entries) {
      // The record is a level of its own.
      const bad = { ...each.good('r-2'), extra: nested(65) }
      expect(each.decode([{ ...each.good('r-1'), extra: nested(64) }, bad]).ids, each.collection).toEqual(['r-1'])
      const path = `.extra${'.a'.repeat(64)}`
      expectRejectedOnce(each, {
        spoil: (record) => ({ ...record, extra: nested(65) }),
        found: [['depth', path]],
        json: true,
      })
    }
  })

  test('a record whose parts are shared is copied once a part, however many paths lead there (row 37)', () => {
    let shared: unknown = { leaf: true }
    for (let level = 0; level < 40; level += 1) shared = { left: shared, right: shared, list: [shared, shared] }
    for (const each of entries) {
      const seen = each.decode([{ ...each.good('r-1'), extra: shared }, each.good('r-2')])
      expect([seen.ids, seen.rejections]).toEqual([['r-1', 'r-2'], []])
    }
    const devices: Array<unknown> = times(10_000, () => 'PC-1')
    const world = { catalog: { licenses: times(20, (at) => license(`L-${at}`, { restrictions: { devices } })) } }
    expect(told({ ...world, snapshots: [snapshot('PC-1')] })).toEqual(['L-0 by 2.4'])
  })
})
