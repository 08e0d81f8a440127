/**
 * One id, several records (rows 96 to 98): the same again is dropped with a warning, something else is a contradiction.
 */
import { describe, expect, test } from 'vitest'
import { entries, entry, type Raw } from './entries.js'
import { expectShowable } from './plant.js'
import { contradictionsOf, decisionsOf, license, snapshot, told, unit, visio, type World } from './worlds.js'

const codesOf = (world: World) => contradictionsOf(world).map(({ code, path }) => [code, path])

describe('one id with different contents is a contradiction that names every copy (row 96)', () => {
  test.each(['organizations', 'locations', 'software', 'licenses'] as const)('among %s', (collection) => {
    const { good, decode } = entry[collection]
    const record = (id: string, name: string): Raw => ({ id, name, products: [id], software: 'x' })
    const records = [record('a', 'A'), record('b', 'B'), record('a', 'A'), record('a', 'other'), record('a', 'A')]
    // The copies that say the same are dropped when they are decoded, with a warning each.
    const seen = decode(records)
    expect(seen.rejections.map(({ code, path, severity }) => [code, path, severity])).toEqual([
      ['duplicate', `${collection}[2]`, 'warning'],
      ['duplicate', `${collection}[4]`, 'warning'],
    ])
    expect(seen.tally).toMatchObject({ given: 5, accepted: 3, rejected: 0, duplicates: 2 })
    const [found, ...others] = contradictionsOf({ catalog: { [collection]: records } })
    expect(others).toEqual([])
    expect(found).toMatchObject({ code: 'contradiction', id: 'a', path: `${collection}[2]`, collection })
    expect(found?.hint).toContain(`${collection}[0], ${collection}[2]`)
    expect(decode([good('r-1'), good('r-1')]).ids).toEqual(['r-1'])
  })

  test('among snapshots, and among the installations of one of them (rows 96 and 98)', () => {
    const installation = { id: 'i-1', product: 'Visio 2024' }
    const twice = [installation, { ...installation, product: 'Project' }]
    expect(codesOf({ snapshots: [snapshot('b'), snapshot('a'), snapshot('a', { owner: 'Ann' })] })).toEqual([
      ['contradiction', 'snapshots[2]'],
    ])
    expect(codesOf({ snapshots: [snapshot('b'), snapshot('a', { installations: twice })] })).toEqual([
      ['contradiction', 'snapshots[1].installations[1]'],
    ])
  })

  test('all of them at once, before any decision', () => {
    const world: World = {
      catalog: {
        organizations: [unit('o'), unit('o', undefined, 'other')],
        locations: [unit('l', 'l')],
        software: [visio, { ...visio, id: 'visio 2' }],
        licenses: [license('L-1'), license('L-1', { main: true })],
      },
      snapshots: [snapshot('a'), snapshot('a', { owner: 'Ann' })],
    }
    expect(codesOf(world)).toEqual([
      ['contradiction', 'licenses[1]'],
      ['hierarchy-cycle', 'locations[0].parent'],
      ['contradiction', 'organizations[1]'],
      ['ambiguous-product', 'software[1].products[0]'],
      ['contradiction', 'snapshots[1]'],
    ])
    expectShowable(contradictionsOf(world))
  })
})

describe('an exact duplicate is dropped with a warning, wherever it stands (ALLOC-47)', () => {
  test.each(entries)('among $collection', ({ decode, good, path, collection }) => {
    const shuffled = (record: Raw): Raw => Object.fromEntries(Object.entries(record).reverse())
    const seen = decode([good('a'), good('b'), { ...shuffled(good('a')), extra: 'ignored' }])
    expect(seen.ids).toEqual(['a', 'b'])
    expect(seen.rejections.map(({ code, severity, id, path: at }) => [code, severity, id, at])).toEqual([
      ['duplicate', 'warning', 'a', path(2)],
    ])
    expect(seen.tally).toMatchObject({ given: 3, accepted: 2, rejected: 0, duplicates: 1 })
    expect(seen.incomplete, collection).toEqual([])
  })

  test('installations of one computer, in one snapshot or in two (row 98)', () => {
    const one = { id: 'i-1', product: 'Visio 2024' }
    const other = { id: 'i-2', product: 'Visio 2024' }
    const decisions = decisionsOf({
      snapshots: [snapshot('a', { installations: [one, other, one] }), snapshot('a', { installations: [other, one] })],
    })
    expect(decisions.map(({ installation }) => installation)).toEqual(['i-1', 'i-2'])
  })

  test('one installation id on two computers is two installations (row 98)', () => {
    expect(told({ snapshots: [snapshot('a'), snapshot('b')] })).toEqual(['unreconciled', 'unreconciled'])
  })
})

test('every collection has a name space of its own (row 97)', () => {
  const id = '1'
  expect(
    told({
      catalog: {
        organizations: [unit(id)],
        locations: [unit(id), unit('2', id)],
        software: [{ id, name: id, products: [id] }],
        licenses: [
          { id, name: id, software: id, restrictions: { organization: { unit: id }, location: { unit: '2' } } },
        ],
      },
      snapshots: [{ computer: { id, name: id }, organization: id, location: id, installations: [{ id, product: id }] }],
    }),
  ).toEqual(['1 by 3.2'])
})
