/**
 * Daily checks look only at whom something can have changed for. What they take is what a plan of everybody takes on each of
 * the days: licenses end, come due for exchange, end beside a bundled one that is ready, or end that kept a device from
 * another type.
 */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonical, planOf, simulated } from '../../generators/deployment/run.js'
import { present } from '../../generators/world.js'
import type { WireDevice, WireDeviceLicense, WireEstate, WireEvent, WireSettings } from '../../model/deployment.js'

const START = Date.parse('2026-03-10T03:00:00Z')
const DAYS = 16
const instantOn = (day: number, hours = 0): string =>
  new Date(START + (day * 24 + hours) * 3_600_000).toISOString().replace('.000Z', 'Z')
const dayOn = (day: number): string => instantOn(day).slice(0, 10)

const expiring = fc.option(fc.integer({ min: -3, max: DAYS + 3 }).map(dayOn), { nil: undefined, freq: 6 })

const license: fc.Arbitrary<WireDeviceLicense> = fc
  .record({
    licenseType: fc.constantFrom(
      'isl' as const,
      'isl' as const,
      'workspace-edition' as const,
      'udc3' as const,
      'add-on' as const,
    ),
    source: fc.constantFrom('pack' as const, 'pack' as const, 'bundled' as const, 'starter' as const),
    pack: fc.constantFrom('P-0', 'P-1', 'P-2', 'gone'),
    expires: expiring,
  })
  .map(({ pack, ...rest }) =>
    present({
      ...rest,
      pack: rest.source === 'pack' ? pack : undefined,
      addOn: rest.licenseType === 'add-on' ? 'redirection' : undefined,
    }),
  )

const device = fc.record({
  osVersion: fc.constantFrom('12.5.0', '12.5.0', '10.06.100'),
  serialNumber: fc.constantFrom(undefined, 'S-1', 'S-1', 'S-2'),
  licenses: fc.array(license, { maxLength: 2 }),
})

const settings = fc.record({
  licenseExchange: fc.boolean(),
  exchangeDaysBeforeExpiration: fc.constantFrom(0, 1, 7),
  hardwareBundledDeployment: fc.constantFrom(true, true, false),
})

const estate = fc
  .record({
    settings,
    version: fc.constantFrom('12.10.100', '12.10.100', '12.01.100'),
    packs: fc.array(
      fc.record({
        licenseType: fc.constantFrom('workspace-edition' as const, 'udc3' as const, 'add-on' as const),
        total: fc.constantFrom(0, 1, 5),
        starts: fc.constantFrom(undefined, undefined, dayOn(4)),
        expires: expiring,
      }),
      { minLength: 1, maxLength: 4 },
    ),
    devices: fc.array(device, { minLength: 1, maxLength: 5 }),
    bundled: fc.array(
      fc.record({
        licenseType: fc.constantFrom('workspace-edition' as const, 'udc3' as const),
        serialNumber: fc.constantFrom('S-1', 'S-1', 'S-2'),
        expires: expiring,
      }),
      { maxLength: 3 },
    ),
  })
  .map(({ settings: switches, version, packs, devices, bundled }): WireEstate => ({
    settings: { umsVersion: version, umsId: 'U', automaticDeployment: true, ...switches },
    packs: packs.map(({ starts, expires, ...rest }, number) =>
      present({
        id: `P-${String(number)}`,
        ...rest,
        addOn: rest.licenseType === 'add-on' ? 'redirection' : undefined,
        allocated: 0,
        registered: '2026-01-01',
        starts,
        expires,
        umsIds: ['U'],
        distribution: { method: 'enabled' as const },
      }),
    ),
    devices: devices.map((each, number): WireDevice =>
      present({
        id: `d-${String(number)}`,
        unitId: `00E0C50000${String(10 + number)}`,
        registered: '2026-01-10T12:00:00Z',
        ...each,
      }),
    ),
    bundled: bundled.map(present),
  }))

const switching = fc.option(fc.tuple(fc.integer({ min: 1, max: DAYS - 2 }), settings), { nil: undefined, freq: 2 })

test('daily checks take what a plan of everybody takes on each of the days', () => {
  let taken = 0
  fc.assert(
    fc.property(estate, switching, (given, change) => {
      const events: ReadonlyArray<WireEvent> =
        change === undefined ? [] : [{ at: instantOn(change[0], 6), kind: 'settings', changes: change[1] }]
      const { moments, end } = simulated({
        estate: given,
        events,
        lastFullCheck: instantOn(0),
        horizon: instantOn(DAYS),
      })
      let now = given
      for (let day = 1; day <= DAYS; day += 1) {
        const { operations, estate: after } = planOf(now, instantOn(day))
        const told = moments.find(({ kind, at }) => kind === 'full-check' && at === instantOn(day))
        expect(told?.operations).toEqual(operations)
        taken += day > 1 ? operations.length : 0
        const changed: WireSettings = change?.[0] === day ? { ...after.settings, ...change[1] } : after.settings
        now = { ...after, settings: changed }
      }
      expect(canonical(end)).toEqual(canonical(now))
    }),
    { numRuns: 250 },
  )
  expect(taken).toBeGreaterThan(50)
})

const asleep: WireDevice = {
  id: 'd',
  unitId: '00E0C5000010',
  osVersion: '12.5.0',
  registered: '2026-01-10T12:00:00Z',
  serialNumber: 'S-1',
}

test.each([
  ['isl', 'assign'],
  ['workspace-edition', 'deploy-bundled'],
] as const)(
  'the end of a license of %s wakes its device, which is served the day after (%s)',
  (licenseType, action) => {
    const given: WireEstate = {
      settings: { umsVersion: '12.10.100', umsId: 'U', automaticDeployment: true, hardwareBundledDeployment: true },
      packs: [
        {
          id: 'P',
          licenseType: 'workspace-edition',
          total: 5,
          allocated: 0,
          registered: '2026-01-01',
          umsIds: ['U'],
        },
      ],
      devices: [{ ...asleep, licenses: [{ licenseType, source: 'pack', pack: 'gone', expires: dayOn(6) }] }],
      bundled: licenseType === 'isl' ? [] : [{ serialNumber: 'S-1', licenseType }],
    }
    const { decisions } = simulated({
      estate: given,
      events: [],
      lastFullCheck: instantOn(0),
      horizon: instantOn(DAYS),
    })
    expect(decisions.map((decision) => [decision.at, decision.action])).toEqual([[instantOn(7), action]])
  },
)
