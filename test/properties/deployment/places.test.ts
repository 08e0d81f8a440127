/**
 * Packs are found by the places that they are for: with many places, packs and counts that run out, the compiled reader still
 * plans as the one that tries every pack on every device.
 */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { planOf } from '../../generators/deployment/run.js'
import type { WireCondition, WireDevice, WireEstate, WireProductPack } from '../../model/deployment.js'
import { present } from '../../generators/world.js'

const NOW = '2026-03-10T12:00:00Z'
const TYPES = [
  { licenseType: 'workspace-edition' },
  { licenseType: 'enterprise-management-pack' },
  { licenseType: 'add-on', addOn: 'redirection' },
] as const
const DAYS = ['2026-03-09', '2026-03-10', '2026-03-12', '2027-01-31', undefined] as const

const name = (kind: string, number: number): string => `${kind}-${String(number)}`

const condition: fc.Arbitrary<WireCondition> = fc.oneof(
  fc.nat({ max: 14 }).map((number) => ({ directory: name('dir', number) })),
  fc.nat({ max: 5 }).map((number) => ({ view: name('view', number) })),
)

/** Trees, chains and loops; directory 13 and 14 are named, and not listed. */
const directories = fc
  .array(fc.option(fc.nat({ max: 13 }), { nil: undefined, freq: 5 }), { minLength: 13, maxLength: 13 })
  .map((parents) =>
    parents.map((parent, number) =>
      present({
        id: name('dir', number),
        name: 'Floor',
        parent: parent === undefined ? undefined : name('dir', parent),
      }),
    ),
  )

const pack = fc.record({
  type: fc.constantFrom(...TYPES),
  total: fc.nat({ max: 4 }),
  allocated: fc.nat({ max: 2 }),
  registered: fc.constantFrom('2025-06-01', '2025-06-02'),
  expires: fc.constantFrom(...DAYS),
  evaluation: fc.constantFrom(undefined, undefined, true),
  active: fc.constantFrom(undefined, undefined, undefined, false),
  conditions: fc.option(fc.array(condition, { maxLength: 5 }), { nil: undefined, freq: 5 }),
})

const device = fc.record({
  osVersion: fc.constantFrom('12.5.0', '12.5.0', '11.01.110', '10.06.100'),
  directory: fc.option(fc.nat({ max: 14 }), { nil: undefined, freq: 6 }),
  views: fc.option(fc.array(fc.nat({ max: 6 }), { maxLength: 3 }), { nil: undefined, freq: 2 }),
  held: fc.option(fc.tuple(fc.constantFrom(...TYPES), fc.nat({ max: 19 }), fc.constantFrom(...DAYS)), { freq: 2 }),
})

const estate: fc.Arbitrary<WireEstate> = fc
  .record({
    directories,
    global: fc.oneof(fc.constant([]), fc.array(condition, { maxLength: 6 })),
    packs: fc.array(pack, { minLength: 6, maxLength: 20 }),
    devices: fc.array(device, { minLength: 6, maxLength: 20 }),
  })
  .map(({ directories: listed, global, packs, devices }) => ({
    settings: {
      umsVersion: '12.10.100',
      umsId: 'U',
      automaticDeployment: true,
      licenseExchange: true,
      distributionConditions: global,
    },
    directories: listed,
    packs: packs.map(({ type, conditions, ...rest }, number): WireProductPack =>
      present({
        id: name('P', number),
        ...type,
        ...rest,
        umsIds: ['U'],
        distribution:
          conditions === undefined ? { method: 'enabled' as const } : { method: 'conditions' as const, conditions },
      }),
    ),
    devices: devices.map(({ directory, views, held, osVersion }, number): WireDevice =>
      present({
        id: name('d', number),
        unitId: name('unit', number),
        osVersion,
        registered: '2026-01-15T08:00:00Z',
        directory: directory === undefined ? undefined : name('dir', directory),
        views: views?.map((view) => name('view', view)),
        licenses:
          held === null
            ? undefined
            : [present({ ...held[0], source: 'pack' as const, pack: name('P', held[1]), expires: held[2] })],
      }),
    ),
  }))

test('where devices are decides alike for both readers, whatever conditions name', () => {
  fc.assert(
    fc.property(estate, (given) => {
      expect(planOf(given, NOW, { reader: 'compiled' })).toEqual(planOf(given, NOW, { reader: 'reference' }))
    }),
    { numRuns: 150 },
  )
})
