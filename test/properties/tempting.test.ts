/**
 * Claims that sound true and are false ("Tempting but FALSE" in the properties). Each is refuted by one world, so that
 * nobody builds on it, and no law of these tests may say it.
 */
import { expect, test } from 'vitest'
import type { WireLicense } from '../model/allocation.js'
import { decide } from '../generators/decide.js'
import { complianceOf, synchronize, type PastWorld } from '../generators/synchronization.js'
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

// -------------------------------------------------------------------------------------
// whole runs
// -------------------------------------------------------------------------------------

const withPast = (world: World, past: Partial<PastWorld> = {}): PastWorld => ({
  ...world,
  allocations: [],
  incomplete: [],
  rejectedLicenses: [],
  ...past,
})

/**
 * License A is for the serial number of i-1 alone; B for that, too, and for both computers by name. Both installations of
 * c-1 can have either, the one on c-0 only B, of which there is one.
 */
const contested = (entitlementsOfA: number): PastWorld =>
  withPast({
    catalog: {
      software: [{ id: 's', name: 'Software', products: ['p'] }],
      licenses: [
        { id: 'A', name: 'A', software: 's', serialNumber: 'X', entitlements: entitlementsOfA },
        {
          id: 'B',
          name: 'B',
          software: 's',
          serialNumber: 'X',
          restrictions: { devices: ['PC-0', 'PC-1'] },
          entitlements: 1,
        },
      ],
    },
    snapshots: [
      { computer: { id: 'c-0', name: 'PC-0' }, installations: [{ id: 'i-3', product: 'p' }] },
      {
        computer: { id: 'c-1', name: 'PC-1' },
        installations: [
          { id: 'i-1', product: 'p', serialNumber: 'X' },
          { id: 'i-2', product: 'p' },
        ],
      },
    ],
    policy: { capacity: 'enforced' },
  })

const licensesIn = (world: PastWorld) =>
  Object.fromEntries(synchronize(world).decisions.map(({ installation, license }) => [installation, license]))

test('one more entitlement may make an installation lose, where they are enforced (ALLOC-74)', () => {
  expect(licensesIn(contested(0))).toEqual({ 'i-1': 'B', 'i-2': 'B', 'i-3': undefined })
  expect(licensesIn(contested(1))).toEqual({ 'i-1': 'A', 'i-2': undefined, 'i-3': 'B' })
})

test('an installation that waits may match a license that a later one holds by the same rule (ALLOC-73)', () => {
  // B is full for c-0 when its turn comes; c-1, which is later in the order, has it already.
  const { decisions } = synchronize(contested(0))
  expect(decisions.map(({ installation, outcome, rule }) => [installation, outcome, rule])).toEqual([
    ['i-3', 'unreconciled', undefined],
    ['i-1', 'allocated', '1.2'],
    ['i-2', 'allocated', '2.4'],
  ])
})

test('with keep, what comes of a synchronization is not what would come of a fresh one: history matters (ALLOC-56)', () => {
  const before = withPast(worldOf({ id: 'b', main: true }))
  const { next } = synchronize(before)
  const now = withPast(worldOf({ id: 'a', main: true }, { id: 'b', main: true }))
  expect(synchronize({ ...now, allocations: next }).decisions[0]).toMatchObject({ outcome: 'kept', license: 'b' })
  expect(synchronize(now).decisions[0]).toMatchObject({ outcome: 'allocated', license: 'a' })
})

const onTwoComputers = (...licenses: ReadonlyArray<Omit<WireLicense, 'name' | 'software'>>): World => {
  const given = worldOf(...licenses)
  const [snapshot] = given.snapshots
  return { ...given, snapshots: [snapshot!, { ...snapshot!, computer: { id: 'c-2', name: 'PC-2' } }] }
}

test('a license may be used more often than it may be by default, and where that was so before (ALLOC-54, 73)', () => {
  const over = { license: 'l', used: 2, reconciled: 2, available: -1, compliant: false, position: 'under-licensed' }
  const given = withPast(onTwoComputers({ id: 'l', main: true, entitlements: 1 }))
  const { next } = synchronize(given)
  expect(complianceOf({ ...given, allocations: next }).licenses).toEqual([over])
  // What stands is not taken away, whether or not entitlements are enforced.
  const later: PastWorld = { ...given, allocations: next, policy: { capacity: 'enforced' } }
  expect(synchronize(later).next).toEqual(next)
  expect(complianceOf({ ...later, allocations: synchronize(later).next }).licenses).toEqual([over])
})

test('a license that was within its entitlements may go beyond them, even enforced, by its upgrades (COMP-7, 8)', () => {
  // The upgrade's own limit is its own affair: it does not ask the original.
  const given = withPast(
    onTwoComputers(
      { id: 'original', restrictions: { devices: ['PC-1'] }, entitlements: 1 },
      { id: 'upgrade', restrictions: { devices: ['PC-2'] }, upgradeFor: 'original' },
    ),
    { policy: { capacity: 'enforced' } },
  )
  const { decisions, next } = synchronize(given)
  expect(decisions.map(({ license }) => license)).toEqual(['original', 'upgrade'])
  expect(complianceOf({ ...given, allocations: next }).licenses[0]).toMatchObject({
    license: 'original',
    available: -1,
  })
})

test('a second run is not at rest when the one before it re-evaluates: it allocates anew, and releases nothing (ALLOC-75)', () => {
  const given = withPast(worldOf({ id: 'l', main: true }), { policy: { existing: 'reevaluate-all' } })
  const again = { ...given, allocations: synchronize(given).next }
  const { decisions, released, added } = synchronize(again)
  expect(decisions.map(({ outcome }) => outcome)).toEqual(['allocated'])
  expect([released, added]).toEqual([[], []])
})
