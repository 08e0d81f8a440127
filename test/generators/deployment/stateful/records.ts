/**
 * The packs and devices of an estate that is followed over the years, and how it begins: lively, so that there is much to
 * give, to renew and to exchange, with all that may stand in the way now and then.
 */
import fc from 'fast-check'
import type { WireDevice, WireProductPack, WireSettings } from '../../../model/deployment.js'
import { present } from '../../world.js'
import { daysFrom, UMS_ID } from '../words.js'
import { BEGINNINGS, type Beginning } from './steps.js'

export const PACKS = ['B', 'a', 'A-10', 'A-2', 'A'] as const
export const DEVICES = ['d2', 'd10', 'D2', 'e'] as const

export const BASE = { licenseType: 'workspace-edition' as const }
export const LEGACY = { licenseType: 'udc3' as const }
export const REDIRECTION = { licenseType: 'add-on' as const, addOn: 'redirection' }

const TYPES = [
  BASE,
  BASE,
  BASE,
  BASE,
  LEGACY,
  LEGACY,
  REDIRECTION,
  REDIRECTION,
  { licenseType: 'isl' as const },
] as const

export const CONDITIONS = [
  { directory: 'north' },
  { directory: 'north-1' },
  { directory: 'south' },
  { view: 'V1' },
] as const
export const PLACES = ['north', 'north-1', 'south', null] as const

export const usually = <A>(usual: A, weight: number, ...others: ReadonlyArray<A>): fc.Arbitrary<A> =>
  fc.oneof({ weight, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: fc.constantFrom(...others) })

export const distribution = fc.oneof(
  { weight: 8, arbitrary: fc.constant({ method: 'enabled' as const }) },
  { weight: 1, arbitrary: fc.constant(undefined) },
  {
    weight: 3,
    arbitrary: fc
      .subarray([...CONDITIONS], { maxLength: 2 })
      .map((conditions) => ({ method: 'conditions' as const, conditions })),
  },
)

const scope = usually<Pick<WireProductPack, 'umsIds' | 'aldToken'>>(
  { umsIds: [UMS_ID] },
  20,
  ...[
    { aldToken: 'valid' as const },
    { aldToken: 'invalid' as const },
    {},
    { umsIds: ['U2'], aldToken: 'valid' as const },
  ],
)

const packPlan = fc.record({
  type: fc.constantFrom(...TYPES),
  counts: usually([4, 0], 3, [3, 1], [5, 2], [2, 0], [4, 3], [2, 2], [1, 2]),
  registered: fc.constantFrom(-400, -30, 0),
  starts: usually<number | undefined>(undefined, 9, 0, 1, 9),
  expires: fc.oneof(
    { weight: 1, arbitrary: fc.constant(undefined) },
    { weight: 14, arbitrary: fc.oneof(fc.integer({ min: -1, max: 30 }), fc.integer({ min: 20, max: 150 })) },
  ),
  evaluation: usually<boolean | undefined>(undefined, 19, true),
  status: usually<WireProductPack['status']>(undefined, 19, 'not-yet-activated', 'merged', 'archived'),
  distribution,
  scope,
})

const licensesOn = fc.constantFrom<(day: (days: number) => string) => WireDevice['licenses']>(
  ...[() => undefined, () => undefined, () => undefined, () => undefined, () => undefined, () => []],
  (day) => [{ licenseType: 'workspace-edition', source: 'starter', expires: day(30) }],
  (day) => [{ licenseType: 'workspace-edition', source: 'pack', pack: 'gone', expires: day(4) }],
  (day) => [{ licenseType: 'isl', source: 'pack', pack: 'gone', expires: day(12) }],
  () => [{ licenseType: 'udc3', source: 'pack', pack: 'gone' }],
)

/** A pack that is bought at an instant. */
export const newPack: fc.Arbitrary<(at: string) => Omit<WireProductPack, 'id'>> = packPlan.map(
  ({ type, counts, registered, starts, expires, scope: from, ...rest }) =>
    (at) => {
      const day = daysFrom(at)
      const [total = 0, allocated = 0] = counts
      const dated = (days: number | undefined) => (days === undefined ? undefined : day(days))
      return present({
        ...type,
        ...{ total, allocated, registered: day(registered), starts: dated(starts), expires: dated(expires) },
        ...{ ...rest, ...from },
      })
    },
)

/** A device that is installed at an instant. */
export const newDevice: fc.Arbitrary<(at: string) => Omit<WireDevice, 'id'>> = fc
  .record({
    osVersion: usually('12.5.0', 12, '11.08.440', '11.01.100', '10.06.227'),
    directory: fc.constantFrom(undefined, 'north', 'north-1', 'south'),
    serialNumber: usually<string | undefined>(undefined, 2, 'S1', 'S2'),
    unitId: usually<string | undefined>('unit', 25, undefined),
    licenses: licensesOn,
  })
  .map(
    ({ licenses, ...rest }) =>
      (at) =>
        present({ registered: at, ...rest, licenses: licenses(daysFrom(at)) }),
  )

const settings: fc.Arbitrary<WireSettings> = fc
  .record({
    umsVersion: usually('12.10.100', 6, '12.13.100', '12.01.110', '6.05.110'),
    automaticDeployment: usually(true, 9, false),
    licenseExchange: usually(true, 2, false),
    exchangeDaysBeforeExpiration: fc.constantFrom(undefined, undefined, 0, 3, 30),
    hardwareBundledDeployment: usually(false, 2, true),
  })
  .map((switches) => present({ umsId: UMS_ID, ...switches }))

export const beginning: fc.Arbitrary<Beginning> = fc
  .record({
    at: fc.constantFrom(...BEGINNINGS),
    settings,
    packs: fc.array(newPack, { minLength: 2, maxLength: PACKS.length }),
    devices: fc.array(newDevice, { minLength: 2, maxLength: DEVICES.length }),
  })
  .map(({ at, packs, devices, ...rest }) => ({
    ...{ at, ...rest },
    packs: packs.map((make, place) => ({ id: PACKS[place]!, ...make(at) })),
    devices: devices.map((make, place) => ({ id: DEVICES[place]!, ...make(at) })),
  }))
