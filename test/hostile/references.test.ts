/**
 * References that lead nowhere or in circles, and words that mean nothing (rows 100 to 104).
 */
import { describe, expect, test } from 'vitest'
import { entry, type Raw } from './entries.js'
import { expectHarmless, expectRejected } from './plant.js'
import { decisionsOf, license, snapshot, told, unit } from './worlds.js'

const times = <A>(count: number, make: (place: number) => A): Array<A> =>
  Array.from({ length: count }, (_, at) => make(at))

test('upgrades may point at themselves, at each other, or in a long row: only direct ones count (row 100)', () => {
  const upgrades = [
    license('A', { upgradeFor: 'B' }),
    license('B', { upgradeFor: 'A' }),
    license('C', { upgradeFor: 'C' }),
    license('D', { upgradeFor: 'nowhere', main: true }),
    ...times(10_000, (at) => license(`E-${at}`, { upgradeFor: `E-${at + 1}` })),
  ]
  expect(told({ catalog: { licenses: upgrades }, snapshots: [snapshot('pc-1')] })).toEqual(['D by 4'])
})

describe('main licenses', () => {
  test('two: the first by name, with a warning (row 101, ALLOC-52)', () => {
    const licenses = [license('L-2', { main: true }), license('L-1', { main: true })]
    expect(decisionsOf({ catalog: { licenses }, snapshots: [snapshot('pc-1')] })).toMatchObject([
      { outcome: 'allocated', license: 'L-1', rule: '4', tied: ['L-2'], warnings: ['several-mains'] },
    ])
  })

  test('none: a person decides (row 101, ALLOC-51)', () => {
    expect(told({ catalog: { licenses: [license('L-1')] }, snapshots: [snapshot('pc-1')] })).toEqual(['unreconciled'])
  })
})

describe('a restriction without a value is violated, and an empty list is none (row 102)', () => {
  const decide = (restrictions: Raw) =>
    decisionsOf({
      catalog: { organizations: [unit('sales')], licenses: [license('L-1', { restrictions, main: true })] },
      snapshots: [snapshot('pc-1', { organization: 'sales', owner: 'Ann' })],
    })[0]

  test('a blank unit (ALLOC-45)', () => {
    for (const blank of ['', ' ', '\ufeff']) {
      const decision = decide({ organization: { unit: blank, includeSubunits: true } })
      expect([decision?.rule, decision?.violations]).toEqual(['4', ['organization']])
    }
    expectRejected(entry.licenses, {
      spoil: (record) => ({ ...record, restrictions: { organization: {} } }),
      found: [['missing', '.restrictions.organization.unit']],
      json: true,
    })
  })

  test('no devices and no owners (ALLOC-36)', () => {
    for (const lists of [
      {},
      { devices: [], owners: [] },
      { devices: ['', ' '] },
      { owners: ['\u00a0'], devices: null },
    ])
      expect(decide({ ...lists, organization: { unit: 'sales' } })?.rule).toBe('3.2')
  })

  test('a device or a unit that nobody knows is no error', () => {
    expect(decide({ devices: ['pc-unknown'] })?.violations).toEqual(['device'])
    expect(decide({ organization: { unit: 'nowhere' } })?.violations).toEqual(['organization'])
    expect(
      told({ catalog: { licenses: [license('L', { software: 'nowhere', main: true })] }, snapshots: [snapshot('a')] }),
    ).toEqual(['unreconciled'])
  })
})

describe('a word that is none of the few is rejected, and not guessed (row 104)', () => {
  test.each([
    'Installation',
    'INSTALLATION',
    ' installation',
    'processor',
    'installation\u0000',
    '__proto__',
    'toString',
  ])('metric %j', (metric) => {
    expectRejected(entry.licenses, {
      spoil: (record) => ({ ...record, metric }),
      found: [['unknown-value', '.metric']],
      json: true,
    })
  })

  test.each(['Computer', 'printer', 'constructor'])('kind %j', (kind) => {
    expectRejected(entry.snapshots, {
      spoil: (record) => ({ ...record, computer: { ...(record['computer'] as Raw), kind } }),
      found: [['unknown-value', '.computer.kind']],
      json: true,
    })
  })

  test('and every word of the format is accepted', () => {
    for (const metric of ['installation', 'named-computer', 'site', 'user', 'none'])
      expect(entry.licenses.decode([{ ...entry.licenses.good('L-1'), metric }]).rejections).toEqual([])
    expectHarmless(entry.organizations, (record) => ({ ...record, metric: 'x', kind: 'x' }))
  })
})
