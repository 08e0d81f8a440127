/**
 * Claims that sound true and are false ("Tempting but FALSE" in the properties). Each is refuted by one world, so that
 * nobody builds on it, and no law of these tests may say it.
 */
import { expect, test } from 'vitest'
import type { WireLicense } from '../model/allocation.js'
import { decide } from '../generators/decide.js'
import type { World } from '../generators/world.js'

/** One installation from `Sales`, and some licenses of its software. */
const worldOf = (...licenses: ReadonlyArray<Omit<WireLicense, 'name' | 'software'>>): World => ({
  catalog: {
    organizations: [{ id: 'sales', name: 'Sales' }],
    software: [{ id: 's', name: 'Software', products: ['p'] }],
    licenses: licenses.map((license) => ({ name: license.id, software: 's', ...license })),
  },
  snapshots: [
    { computer: { id: 'c-1', name: 'PC-1' }, organization: 'Sales', installations: [{ id: 'i', product: 'p' }] },
  ],
  policy: {},
})

const ruleIn = (world: World): string | undefined => decide(world)[0]?.rule

test('to tighten a restriction does not only remove matches: a first one creates them (ALLOC-37)', () => {
  expect(ruleIn(worldOf({ id: 'l' }))).toBeUndefined()
  expect(ruleIn(worldOf({ id: 'l', restrictions: { organization: { unit: 'sales' } } }))).toBe('3.2')
})

test('to tighten a restriction does not only remove matches: a Device restriction moves a license up a group', () => {
  const organization = { unit: 'sales' }
  expect(ruleIn(worldOf({ id: 'l', restrictions: { organization } }))).toBe('3.2')
  expect(ruleIn(worldOf({ id: 'l', restrictions: { organization, devices: ['PC-1'] } }))).toBe('2.2')
})

test('to add a license may hurt where several main licenses mean none (ALLOC-80)', () => {
  const [one, two] = [
    { id: 'a', main: true },
    { id: 'b', main: true },
  ]
  const alone = { ...worldOf(one), policy: { severalMains: 'none' } } as const
  const together = { ...worldOf(one, two), policy: { severalMains: 'none' } } as const
  expect(decide(alone)[0]).toMatchObject({ outcome: 'allocated', rule: '4' })
  expect(decide(together)[0]).toMatchObject({ outcome: 'unreconciled', warnings: ['several-mains'] })
})

test('to remove a license that won nothing may change a winner where several main licenses mean none', () => {
  const mains = ['a', 'b'].map((id) => ({ id, main: true }))
  const given = { ...worldOf(...mains), policy: { severalMains: 'none' } } as const
  const [first] = given.catalog.licenses
  expect(decide(given)[0]?.license).toBeUndefined()
  expect(decide({ ...given, catalog: { ...given.catalog, licenses: [first!] } })[0]?.license).toBe('a')
})

test('a license is not kept within its entitlements by default: over-use is a result (ALLOC-54)', () => {
  const given = worldOf({ id: 'l', main: true, entitlements: 1 })
  const [snapshot] = given.snapshots
  const two = { ...given, snapshots: [snapshot!, { ...snapshot!, computer: { id: 'c-2', name: 'PC-2' } }] }
  expect(decide(two).map(({ license }) => license)).toEqual(['l', 'l'])
})

test('an unrestricted license does not match before the main license: it matches nothing (ALLOC-37)', () => {
  expect(decide(worldOf({ id: 'a' }, { id: 'main', main: true }))[0]).toMatchObject({ license: 'main', rule: '4' })
})
