/**
 * Worlds in which the order of the rules costs something: a few computers that want a few licenses of one tracked software, each
 * with one or two entitlements, and most computers match several of them by different rules.
 */
import fc from 'fast-check'
import type { PastWorld } from './synchronization.js'
import { present } from './world.js'

const NAMES = ['pc-a', 'pc-b', 'pc-c', 'pc-d', 'pc-e', 'pc-f'] as const
const OWNERS = ['ann', 'bob'] as const
const KEYS = ['key-1', 'key-2'] as const

const seldom = <A>(value: fc.Arbitrary<A>): fc.Arbitrary<A | undefined> => fc.option(value, { nil: undefined, freq: 2 })

const restrictions = fc
  .record({
    devices: seldom(fc.subarray([...NAMES], { minLength: 1, maxLength: 4 })),
    owners: seldom(fc.subarray([...OWNERS], { minLength: 1 })),
    organization: seldom(fc.constantFrom({ unit: 'top', includeSubunits: true }, { unit: 'low' })),
  })
  .map(present)

const license = fc.record({
  installationKey: seldom(fc.constantFrom(...KEYS)),
  restrictions: fc.option(restrictions, { nil: undefined, freq: 4 }),
  main: fc.constantFrom(undefined, undefined, true),
  entitlements: fc.constantFrom(1, 1, 1, 2, 2, undefined),
  upgradeFor: fc.oneof(
    { weight: 7, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: fc.constantFrom('L-0', 'L-1') },
  ),
})

const computer = fc.record({
  owner: fc.constantFrom(undefined, ...OWNERS),
  organization: fc.constantFrom(undefined, 'top', 'low'),
  keys: fc.array(seldom(fc.constantFrom(...KEYS)), { minLength: 1, maxLength: 2 }),
  had: fc.oneof({ weight: 6, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: fc.nat({ max: 3 }) }),
})

export const rivalry: fc.Arbitrary<PastWorld> = fc
  .record({
    licenses: fc.array(license, { minLength: 2, maxLength: 5 }),
    computers: fc.array(computer, { minLength: 3, maxLength: NAMES.length }),
    severalMains: fc.constantFrom(undefined, 'none' as const),
    restrictions: fc.constantFrom(undefined, 'strict' as const),
  })
  .map(({ licenses, computers, ...policy }): PastWorld => ({
    catalog: {
      organizations: [
        { id: 'top', name: 'Top' },
        { id: 'low', name: 'Low', parent: 'top' },
      ],
      software: [{ id: 's', name: 'S', products: ['p-0', 'p-1'] }],
      licenses: licenses.map((each, at) => {
        const id = `L-${String(at)}`
        return present({ id, name: id, software: 's', ...each })
      }),
    },
    snapshots: computers.map(({ keys, owner, organization }, at) =>
      present({
        computer: { id: `c-${String(at)}`, name: NAMES[at]! },
        owner,
        organization,
        installations: keys.map((installationKey, n) =>
          present({ id: `i-${String(n)}`, product: `p-${String(n)}`, installationKey }),
        ),
      }),
    ),
    policy: present({ capacity: 'enforced', ...policy }),
    allocations: computers.flatMap(({ had }, at) =>
      had === undefined
        ? []
        : [{ computer: `c-${String(at)}`, product: 'p-0', license: `L-${String(had)}`, origin: 'manual' as const }],
    ),
    incomplete: [],
    rejectedLicenses: [],
  }))
