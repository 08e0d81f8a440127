/**
 * Nothing is lost, and nothing suffers for another (properties B1, B2 and B13; ALLOC-86).
 */
import { either as E } from 'fp-ts'
import fc from 'fast-check'
import { Allocation, AuditSnapshot, Catalog } from 'seatwise'
import { describe, expect, test } from 'vitest'
import { collections, entry, type Raw, type Seen } from '../hostile/entries.js'
import { expectConserved } from '../hostile/plant.js'
import { license, snapshot } from '../hostile/worlds.js'
import { anything, good, type Recipe } from './arbitraries.js'
import { withValueAt } from './fields.js'

/** Good records, each with an id of its own, and anything among them. */
const mixed = (collection: keyof typeof entry): fc.Arbitrary<ReadonlyArray<Raw | Recipe>> =>
  fc
    .array(fc.oneof(good[collection], anything), { maxLength: 6 })
    .map((list) =>
      list.map((each, at) =>
        typeof each === 'function' ? each : (withValueAt(entry[collection].idPath, each, `own-${at}`) as Raw),
      ),
    )

const made = (list: ReadonlyArray<Raw | Recipe>): ReadonlyArray<unknown> =>
  list.map((each) => (typeof each === 'function' ? each() : each))

const indicesOf = ({ rejections }: Seen, collection: string, severity: string): ReadonlySet<number | undefined> =>
  new Set(
    rejections.filter((each) => each.collection === collection && each.severity === severity).map(({ index }) => index),
  )

const errors = ({ rejections }: Seen) => rejections.filter(({ severity }) => severity === 'error')

describe.each(collections)('among %s', (collection) => {
  const each = entry[collection]

  test('every record is accepted, rejected with a reason, or dropped as a duplicate (B1)', () => {
    fc.assert(
      fc.property(mixed(collection), (list) => {
        const seen = each.decode(made(list))
        expectConserved(seen)
        expect(seen.tally.given).toBe(list.length)
        const rejected = indicesOf(seen, collection, 'error')
        const dropped = indicesOf(seen, collection, 'warning')
        expect([rejected.size, dropped.size]).toEqual([seen.tally.rejected, seen.tally.duplicates])
        expect([...rejected].filter((index) => dropped.has(index))).toEqual([])
        // What is accepted alone is accepted among the others, in the same order.
        const alone = made(list).map((one) => each.decode([one]).ids)
        expect(alone.filter((_, at) => !rejected.has(at) && !dropped.has(at)).flat()).toEqual(seen.ids)
        expect(alone.filter((_, at) => rejected.has(at)).flat()).toEqual([])
      }),
    )
  })

  test('a record put in the place of another changes nothing for the rest (B2)', () => {
    fc.assert(
      fc.property(mixed(collection), fc.nat(5), anything, (list, at, other) => {
        fc.pre(list.length > 0)
        const position = at % list.length
        const before = each.decode(made(list))
        const after = each.decode(made(list.map((one, place) => (place === position ? other : one))))
        // Within a snapshot rejections have the index of the installation: their path tells whose they are.
        const others = (seen: Seen) => errors(seen).filter(({ path }) => !path.startsWith(each.path(position)))
        expect(others(after)).toEqual(others(before))
        const good = list.flatMap((one, place) =>
          typeof one === 'function' || place === position ? [] : [`own-${place}`],
        )
        expect(after.ids.filter((id) => good.includes(id))).toEqual(good)
        const kept = (seen: Seen) => seen.accepted.filter((_, place) => good.includes(seen.ids[place] ?? ''))
        expect(kept(after)).toEqual(kept(before))
      }),
    )
  })

  test('in parts or as a whole the same records are accepted, and the same rejected (B13)', () => {
    fc.assert(
      fc.property(mixed(collection), fc.integer({ min: 1, max: 4 }), (list, size) => {
        const whole = each.decode(made(list))
        const parts = Array.from({ length: Math.ceil(list.length / size) }, (_, part) =>
          each.decode(made(list.slice(part * size, (part + 1) * size))),
        )
        const sum = (field: keyof Seen['tally']) => parts.reduce((total, { tally }) => total + tally[field], 0)
        // A duplicate of a record in an earlier part is no duplicate in its own.
        expect(new Set(parts.flatMap(({ ids }) => ids))).toEqual(new Set(whole.ids))
        expect([sum('given'), sum('rejected')]).toEqual([whole.tally.given, whole.tally.rejected])
        const told = (seen: Seen) => errors(seen).map(({ code, hint, preview }) => [code, hint, preview])
        expect(parts.flatMap(told)).toEqual(told(whole))
      }),
    )
  })
})

test('a snapshot put in the place of another changes only the decisions about its own computer (B2)', () => {
  const catalog = Catalog.decode({
    software: [{ id: 'visio', name: 'Visio', products: ['P'] }],
    licenses: [license('L-1', { main: true }), license('L-2', { serialNumber: 'S' })],
  }).right
  const found = (id: string): Raw => ({
    computer: { id, name: id },
    installations: [
      { id: 'i-1', product: 'P', serialNumber: 'S' },
      { id: 'i-2', product: 'P' },
    ],
  })
  const decided = (input: ReadonlyArray<unknown>) => {
    const outcome = Allocation.run({ catalog, snapshots: AuditSnapshot.decodeAll(input).right })
    return E.isRight(outcome) ? outcome.right.decisions : expect.fail('no contradiction')
  }
  fc.assert(
    fc.property(fc.nat(3), anything, (position, recipe) => {
      const ids = ['pc-0', 'pc-1', 'pc-2', 'pc-3']
      const before = decided(ids.map(found))
      const after = decided(ids.map((id, at) => (at === position ? recipe() : found(id))))
      const others = before.filter(({ computer }) => computer !== `pc-${position}`)
      expect(after.filter(({ computer }) => ids.includes(computer))).toEqual(others)
    }),
  )
})

test('a computer is incomplete once, however often its snapshot comes', () => {
  const broken = { computer: { id: 'pc-1', name: 'PC-1' }, installations: [{ id: 'i-1' }, { id: 'i-2', product: 'P' }] }
  const { incomplete, right } = AuditSnapshot.decodeAll([broken, broken, snapshot('pc-2')])
  expect(incomplete).toEqual(['pc-1'])
  expect(right.map(({ installations }) => installations?.length)).toEqual([1, 1])
})
