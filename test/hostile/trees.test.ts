/**
 * Trees of units (rows 89 to 94): whatever the links are, they are followed by loops, once, and told before any decision.
 */
import { either as E } from 'fp-ts'
import { Hierarchy, Text } from 'seatwise'
import { describe, expect, test } from 'vitest'
import { type Raw } from './entries.js'
import { expectShowable } from './plant.js'
import { contradictionsOf, decisionsOf, decodeWorld, license, snapshot, told, unit, type World } from './worlds.js'

const codesOf = (world: World) => contradictionsOf(world).map(({ code, path }) => [code, path])

const times = <A>(count: number, make: (place: number) => A): Array<A> =>
  Array.from({ length: count }, (_, at) => make(at))

const trees = ['organizations', 'locations'] as const

describe.each(trees)('a cycle among %s is one contradiction', (tree) => {
  const cycleOf = (units: ReadonlyArray<Raw>) => contradictionsOf({ catalog: { [tree]: units } })

  test('of one member: a unit that is its own parent (row 89)', () => {
    const [cycle, ...others] = cycleOf([unit('a'), unit('b', 'b'), unit('c', 'a')])
    expect(others).toEqual([])
    expect(cycle).toMatchObject({ code: 'hierarchy-cycle', path: `${tree}[1].parent`, id: 'b', collection: tree })
    expect(cycle?.hint).toMatch(/`b`$/)
  })

  test('of two, and of two more, all of them told (row 90)', () => {
    const units = [unit('d', 'c'), unit('c', 'd'), unit('b', 'a'), unit('a', 'b'), unit('fine')]
    const cycles = cycleOf(units)
    expect(cycles.map(({ code, id, path }) => [code, id, path])).toEqual([
      ['hierarchy-cycle', 'a', `${tree}[3].parent`],
      ['hierarchy-cycle', 'c', `${tree}[1].parent`],
    ])
    expect(cycles.map(({ hint }) => hint.match(/`\w`/g))).toEqual([
      ['`a`', '`b`'],
      ['`c`', '`d`'],
    ])
  })

  test('of a thousand, of which a dozen are named (row 90)', () => {
    const name = (at: number): string => `u-${String(at % 1000).padStart(4, '0')}`
    const [cycle, ...others] = cycleOf(times(1000, (at) => unit(name(at + 500), name(at + 501))))
    expect(others).toEqual([])
    expect(cycle).toMatchObject({ code: 'hierarchy-cycle', id: 'u-0000' })
    expect(cycle?.hint).toContain('`u-0000`, `u-0001`, `u-0002`')
    expect(cycle?.hint).toContain('988 more')
    expect(cycle?.hint).not.toContain('u-0500')
    expectShowable([cycle!])
  })

  test('however long the tails are that lead into it (row 90)', () => {
    const tail = times(10_000, (at) => unit(`t-${at}`, at === 0 ? 'a' : `t-${at - 1}`))
    const other = times(10, (at) => unit(`o-${at}`, 'b'))
    const cycles = cycleOf([...tail.reverse(), unit('b', 'a'), unit('a', 'b'), ...other])
    expect(cycles.map(({ id, hint }) => [id, hint.match(/`[^`]*`/g)])).toEqual([['a', ['`a`', '`b`']]])
  })
})

describe.each(trees)('a parent that is no unit of the tree of %s', (tree) => {
  test('is a contradiction, with the place of the child (row 92)', () => {
    const found = contradictionsOf({ catalog: { [tree]: [unit('a'), unit('b', 'nowhere'), unit('c', 'b')] } })
    expect(found).toMatchObject([{ code: 'orphan', path: `${tree}[1].parent`, id: 'b', preview: 'nowhere' }])
    expect(found.length).toBe(1)
  })

  test('is one, too, when it is only a name, or an id of the other tree (rows 92 and 97)', () => {
    const other = tree === 'locations' ? 'organizations' : 'locations'
    expect(codesOf({ catalog: { [tree]: [unit('a', undefined, 'A'), unit('b', 'A')], [other]: [unit('A')] } })).toEqual(
      [['orphan', `${tree}[1].parent`]],
    )
  })

  test('is none when it is blank or null: that unit is a root (row 94)', () => {
    const roots = [
      { ...unit('a'), parent: '' },
      { ...unit('b'), parent: null },
      { ...unit('c'), parent: ' ' },
      unit('d'),
    ]
    expect(decodeWorld({ catalog: { [tree]: roots } }).catalog[tree]).toEqual(
      ['a', 'b', 'c', 'd'].map((id) => unit(id)),
    )
    expect(decisionsOf({ catalog: { [tree]: roots } })).toEqual([])
    expect(decisionsOf({ catalog: { [tree]: [] } })).toEqual([])
  })
})

describe('trees of any size are walked by loops', () => {
  const chain = times(100_000, (at) => unit(`u-${at}`, at === 0 ? undefined : `u-${at - 1}`, 'Unit'))

  test('a chain of 100,000 units (row 93, D10)', () => {
    const restrictions = { organization: { unit: 'u-0', includeSubunits: true }, location: { unit: 'u-99999' } }
    const world = (organization: string): World => ({
      catalog: { organizations: chain, locations: chain, licenses: [license('L-1', { restrictions })] },
      snapshots: [snapshot('pc-1', { organization, location: 'u-99999' }), snapshot('pc-2', { organization })],
    })
    expect(told(world('u-99999'))).toEqual(['L-1 by 3.1', 'L-1 by 3.2'])
  })

  test('the lineage of its last unit (row 93, D10)', () => {
    const built = Hierarchy.build(Text.form('exact'))(
      decodeWorld({ catalog: { organizations: chain } }).catalog.organizations!,
    )
    expect(E.isRight(built) && Hierarchy.lineage(built.right)(chain[99_999]!['id'] as never).length).toBe(100_000)
  })

  test('a chain that nearly ends in itself (row 93)', () => {
    const loop = [unit('u-0', 'u-99999', 'Unit'), ...chain.slice(1)]
    expect(codesOf({ catalog: { organizations: loop } })).toEqual([['hierarchy-cycle', 'organizations[0].parent']])
  })

  test('100,000 units below one (row 93)', () => {
    const fan = [unit('root'), ...times(100_000, (at) => unit(`u-${at}`, 'root'))]
    const restrictions = { organization: { unit: 'root', includeSubunits: true } }
    expect(
      told({
        catalog: { organizations: fan, licenses: [license('L-1', { restrictions })] },
        snapshots: [snapshot('pc-1', { organization: 'root/u-99999' }), snapshot('pc-2', { organization: 'u-7' })],
      }),
    ).toEqual(['L-1 by 3.2', 'L-1 by 3.2'])
  })

  test('a thousand orphans and a thousand cycles at once', () => {
    const organizations = times(1000, (at) => [unit(`o-${at}`, 'nowhere'), unit(`c-${at}`, `c-${at}`)]).flat()
    const found = contradictionsOf({ catalog: { organizations } })
    expect(found.filter(({ code }) => code === 'orphan').length).toBe(1000)
    expect(found.filter(({ code }) => code === 'hierarchy-cycle').length).toBe(1000)
  })
})

test('a tree may have several roots (row 94)', () => {
  const organizations = [unit('a'), unit('b'), unit('a1', 'a'), unit('b1', 'b')]
  const restrictions = { organization: { unit: 'b', includeSubunits: true } }
  expect(
    told({
      catalog: { organizations, licenses: [license('L-1', { restrictions })] },
      snapshots: ['a', 'a1', 'b', 'b1'].map((organization) => snapshot(organization, { organization })),
    }),
  ).toEqual(['unreconciled', 'unreconciled', 'L-1 by 3.2', 'L-1 by 3.2'])
})
