/**
 * An estate in which certain devices would simply be assigned a license of a certain type from one pack, and ways to
 * change it.
 */
import type {
  LicenseType,
  WireBundledLicense,
  WireCondition,
  WireDevice,
  WireDeviceLicense,
  WireDirectory,
  WireProductPack,
  WireSettings,
  WireType,
} from '../../model/deployment.js'
import { present } from '../world.js'
import {
  ADD_ON,
  at,
  BASE,
  EARLIER_UMS,
  ELIGIBLE_OS,
  EXCHANGE_DAYS,
  EXCHANGE_UMS,
  GONE,
  RECENT_UMS,
  REDIRECTION,
  REGISTRATIONS,
  UMS_ID,
  type Day,
} from './words.js'

// -------------------------------------------------------------------------------------
// an estate in which devices would simply be assigned a license
// -------------------------------------------------------------------------------------

/** The pack, the devices and the view of the target are known by their ids. */
export const PACK = 'T'
const VIEW = 'target'

export const isOfTarget = (device: string): boolean => device.startsWith('target-')

/** The target, before and after something is broken. */
export type Arranged = {
  readonly settings: WireSettings
  readonly directories: ReadonlyArray<WireDirectory>
  readonly type: WireType
  readonly packs: ReadonlyArray<WireProductPack>
  readonly devices: ReadonlyArray<WireDevice>
  readonly bundled: ReadonlyArray<WireBundledLicense>
}

/** What chooses among several ways: numbers. */
export type Draft = {
  readonly type: number
  /** Which of the ways to break something. */
  readonly way: number
  readonly choice: number
  readonly choices: ReadonlyArray<number>
  readonly devices: ReadonlyArray<number>
  readonly isDecoyed: boolean
  readonly neighbor: ((day: Day) => WireDevice) | undefined
}

/** Three directories, the middle one of which has the devices; and one of which the estate knows nothing. */
const DIRECTORIES: ReadonlyArray<WireDirectory> = [
  { id: 'target-low', name: 'Target', parent: 'target-middle' },
  { id: 'target-middle', name: 'Target', parent: 'target-top' },
  { id: 'target-top', name: 'Target', parent: 'target-unlisted' },
  { id: 'target-side', name: 'Target', parent: 'target-side' },
]

const MET: ReadonlyArray<ReadonlyArray<WireCondition>> = [
  [{ directory: 'target-middle' }],
  [{ directory: 'target-top' }],
  [{ directory: 'target-unlisted' }],
  [{ view: VIEW }],
  [{ view: 'V9' }, { view: VIEW }],
]

export const UNMET: ReadonlyArray<ReadonlyArray<WireCondition>> = [
  [{ directory: 'target-low' }],
  [{ directory: 'target-side' }, { view: 'V9' }],
  [{ directory: 'Target' }],
  [{ view: 'target-middle' }],
  [{ directory: VIEW }],
]

const DEPLOYED: ReadonlyArray<LicenseType> = [
  ...(['workspace-edition', 'workspace-edition', 'enterprise-management-pack'] as const),
  ...(['udc3', 'ud-pocket', 'uma'] as const),
]

export const deployed = (type: number): WireType =>
  type % 4 === 0 ? at([REDIRECTION, REDIRECTION, ADD_ON], type) : { licenseType: at(DEPLOYED, type) }

export const isAddOn = ({ licenseType }: WireType): boolean => licenseType === 'add-on'

/** An add-on needs a base, which comes from nowhere and lasts. */
const baseFor = (type: WireType): ReadonlyArray<WireDeviceLicense> =>
  isAddOn(type) ? [{ ...BASE, source: 'pack', pack: GONE }] : []

export const simple = (day: Day, { choices, devices }: Draft, type: WireType): Arranged => {
  const pick = <A>(position: number, ...list: ReadonlyArray<A>): A => at(list, choices[position]!)
  const enabled = { method: 'enabled' as const }
  const selected = MET.map((list) => ({ method: 'conditions' as const, conditions: list }))
  const ways: ReadonlyArray<WireProductPack['distribution']> = [enabled, ...selected]
  const others =
    isAddOn(type) || type.licenseType === 'workspace-edition' ? [] : [{ ...BASE, source: 'starter' as const }]
  return {
    settings: present({
      umsVersion: pick(0, ...RECENT_UMS),
      umsId: UMS_ID,
      automaticDeployment: true,
      exchangeDaysBeforeExpiration: pick(1, ...EXCHANGE_DAYS),
      licenseServerReachable: pick(2, undefined, true),
      distributionConditions: pick(3, undefined, [], ...MET),
    }),
    directories: DIRECTORIES,
    type,
    packs: [
      present({
        id: PACK,
        ...type,
        total: 20,
        allocated: pick(4, 0, 3, 12),
        registered: day(-pick(5, 0, 1, 400)),
        starts: pick(6, undefined, undefined, day(-1), day(0)),
        expires: pick(7, undefined, day(0), day(50), day(365)),
        distribution: pick(8, ...ways),
        status: pick(9, undefined, 'ready', 'not-yet-activated'),
        active: pick(10, undefined, true),
        ...pick<Pick<WireProductPack, 'umsIds' | 'aldToken'>>(
          11,
          { umsIds: [UMS_ID] },
          { aldToken: 'valid' },
          { umsIds: [UMS_ID], aldToken: 'invalid' },
        ),
      }),
    ],
    devices: devices.map((each, position) => ({
      id: `target-${String((position * 7 + each) % 11)}${String(position)}`,
      unitId: `unit-${String(position)}`,
      osVersion: at(ELIGIBLE_OS, each),
      registered: at(REGISTRATIONS, each),
      directory: 'target-middle',
      views: [VIEW, 'V1'],
      licenses: [...baseFor(type), ...(each % 5 === 0 ? others : [])],
    })),
    bundled: [],
  }
}

// -------------------------------------------------------------------------------------
// ways to change it
// -------------------------------------------------------------------------------------

export const withSettings = (arranged: Arranged, settings: Partial<WireSettings>): Arranged => ({
  ...arranged,
  settings: { ...arranged.settings, ...settings },
})

export const withPack = (arranged: Arranged, change: (pack: WireProductPack) => WireProductPack): Arranged => ({
  ...arranged,
  packs: arranged.packs.map(change),
})

export const withDevices = (
  arranged: Arranged,
  change: (device: WireDevice, position: number) => WireDevice,
): Arranged => ({
  ...arranged,
  devices: arranged.devices.map(change),
})

export const holding = (
  arranged: Arranged,
  ...licenses: ReadonlyArray<Omit<WireDeviceLicense, 'licenseType'>>
): Arranged =>
  withDevices(arranged, (device) => ({
    ...device,
    licenses: [...(device.licenses ?? []), ...licenses.map((license) => ({ ...arranged.type, ...license }))],
  }))

/** Licenses from elsewhere, of which the last one expires so many days from today. */
export const lasting = (
  day: Day,
  days: number,
  choice: number,
): ReadonlyArray<Omit<WireDeviceLicense, 'licenseType'>> => {
  const expires = day(days)
  return at(
    [
      [{ source: 'pack', pack: GONE, expires }],
      [{ source: 'bundled', expires }],
      [{ source: 'pack', expires, evaluation: true }],
      [
        { source: 'pack', pack: GONE, expires },
        { source: 'starter', expires: day(300) },
        { source: 'bundled', expires: day(days - 20) },
      ],
    ],
    choice,
  )
}

/** Exchange is on, and licenses of the devices last so many days more or less than the days before expiration. */
export const exchangeable = (
  arranged: Arranged,
  day: Day,
  { choice, way }: Draft,
  days: ReadonlyArray<(limit: number) => number>,
): Arranged => {
  const limit = arranged.settings.exchangeDaysBeforeExpiration ?? 7
  const last = at(days, way)(limit)
  const on = withSettings(arranged, { licenseExchange: true, umsVersion: at(EXCHANGE_UMS, choice) })
  const expires = at([undefined, day(last + 1), day(last + 365)], way)
  const isCurrent = expires === undefined || expires >= day(0)
  return holding(
    withPack(on, (pack) => present({ ...pack, expires: isCurrent ? expires : day(0) })),
    ...lasting(day, last, choice),
  )
}

export const DUE: ReadonlyArray<(limit: number) => number> = [
  (limit) => limit,
  () => 0,
  () => -1,
  (limit) => limit - 1,
  () => -30,
]

const dated = ({ expires: _, ...pack }: WireProductPack, expires: string | undefined): WireProductPack =>
  present({ ...pack, expires })

/** A pack with a later date, or two of them. Neither conditions nor counts matter to a renewal. */
export const renewed = (arranged: Arranged, day: Day, { choice, way }: Draft): Arranged => {
  const first = withPack(arranged, (pack) => ({
    ...dated(pack, at([undefined, day(8), day(365)], way)),
    allocated: at([20, 21, 5], choice),
    distribution: { method: 'conditions' as const, conditions: at([...UNMET, []], choice) },
  }))
  const held = { source: 'pack' as const, pack: PACK, expires: day(at([-30, -1, 0, 1, 7], way)) }
  if (choice % 2 === 0) return holding(first, held)
  const id = at(['U', 'A'], way)
  const second = first.packs.map((pack) => ({
    ...dated(pack, at([undefined, day(8), day(9), day(400)], choice)),
    id,
  }))
  return holding({ ...first, packs: [...first.packs, ...second] }, held, { ...held, pack: id, expires: day(-9) })
}

export const LEGACY: ReadonlyArray<LicenseType> = ['udc3', 'uma', 'ud-pocket']

/** On versions on which conditions do not count yet, or count in another way. */
export const assignedOnEarlierUms = (arranged: Arranged, { choice }: Draft): Arranged => {
  const { licenseType } = arranged.type
  const unmet = at(UNMET, choice)
  const version = licenseType === 'workspace-edition' ? at(EARLIER_UMS, choice) : at(['6.02.99', '6.01.100'], choice)
  return LEGACY.includes(licenseType)
    ? withSettings(
        withPack(arranged, (pack) => ({
          ...pack,
          aldToken: 'valid',
          distribution: { method: 'conditions', conditions: unmet },
        })),
        { umsVersion: at(['5.08.100', '5.09.100', '6.01.99'], choice), distributionConditions: unmet },
      )
    : withSettings(
        withPack(arranged, ({ distribution: _, ...pack }) => pack),
        { umsVersion: version, distributionConditions: unmet },
      )
}

/** The pack is of no use to its devices, though it may last longer than what they have. */
export const unrenewable = (arranged: Arranged, day: Day, choice: number): Arranged =>
  withPack(arranged, ({ umsIds, ...pack }) => {
    const assigned = present({ ...pack, umsIds })
    return at<WireProductPack>(
      [
        { ...assigned, expires: day(-1), starts: day(-50) },
        { ...assigned, expires: day(-31), starts: day(-50) },
        { ...assigned, expires: day(9), starts: day(1) },
        { ...assigned, active: false },
        { ...assigned, status: 'archived' },
        { ...pack, aldToken: 'invalid' },
      ],
      choice,
    )
  })

/** Bundled licenses are deployed, but the one that would suit is not ready. */
export const withoutReadyBundled = (arranged: Arranged, day: Day, choice: number): Arranged => {
  const { licenseType } = arranged.type
  const bundled = arranged.devices.map((_, position) => ({ serialNumber: `T${String(position)}`, licenseType }))
  const ready = {
    ...withSettings(
      withDevices(arranged, (device, position) => ({ ...device, serialNumber: `T${String(position)}` })),
      { hardwareBundledDeployment: true },
    ),
    bundled,
  }
  return at(
    [
      withSettings(ready, { umsVersion: at(['12.02.119', '12.2.119', '12.01.110'], choice) }),
      withSettings(ready, { umsIdRegistered: false }),
      withSettings(ready, { hardwareBundledDeployment: false }),
      withDevices(ready, (device) => ({ ...device, osVersion: at(['12.1.999', '12.0.0', '11.08.439'], choice) })),
      { ...ready, bundled: bundled.map((each) => ({ ...each, expires: day(-1) })) },
      { ...ready, bundled: bundled.map((each) => ({ ...each, separatedTo: 'unknown' })) },
      { ...ready, bundled: bundled.map((each) => ({ ...each, serialNumber: each.serialNumber.toLowerCase() })) },
      {
        ...withDevices(ready, (device) => ({ ...device, serialNumber: '0' })),
        bundled: [{ serialNumber: '0', licenseType }],
      },
    ],
    choice,
  )
}
