/**
 * Which remedies are tried to have a device served, by the gate that they are for: what a gate asks for gives the values to
 * try, so that there are few (gates.ts, packGates.ts, bundled.ts).
 *
 * Completeness is told of this space:
 *
 * - of the device: out of the recycle bin, with a unit ID, the open request of the type closed, its licenses of
 *   the other base type removed for Workspace Edition, its system at the version that the type, an evaluation pack or a bundled license needs,
 *   in one of the first three directories and views that each list of conditions names
 * - of every pack of the type: active, assigned to this UMS, its token valid, started and lasting until the day of the plan,
 *   not retired; where it is not for everybody, open to the directory or one of the first three views of the device or to
 *   all; with as many more licenses as it lacks for this device, or for those refused before it, too
 * - of the UMS: each switch on, the versions that packs, exchange and bundled licenses came with; where there are global
 *   conditions, open by one more of them as a pack is, or without them
 *
 * No pack is added, and no license is taken from another device. For an add-on the remedies for Workspace Edition are among
 * them. Of answers that differ in amounts alone, more licenses or a later version, the least stays (least.ts).
 */
import type { Device } from '../../record/Device.js'
import type { DistributionCondition } from '../../record/DistributionCondition.js'
import type { Estate } from '../../record/Estate.js'
import * as LicenseType from '../../record/LicenseType.js'
import type { ProductPack } from '../../record/ProductPack.js'
import type { Count } from '../../value/Count.js'
import type { Day } from '../../value/Day.js'
import * as Text from '../../value/Text.js'
import * as Version from '../../value/Version.js'
import { bundledFor, typeOfBundled } from '../bundled.js'
import { distributionOf } from '../conditions.js'
import { conditionsOf } from '../places.js'
import { features, osOf, systems, umsOf } from '../ums.js'
import { lastDayOf } from '../validity.js'
import type { Remedy, Switch } from './remedy.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** The remedies of one device and type, by what they are good for. */
export interface Remedies {
  readonly restore: ReadonlyArray<Remedy>
  readonly unitId: ReadonlyArray<Remedy>
  readonly os: ReadonlyArray<Remedy>
  readonly request: ReadonlyArray<Remedy>
  readonly otherBase: ReadonlyArray<Remedy>
  readonly automatic: ReadonlyArray<Remedy>
  readonly exchange: ReadonlyArray<Remedy>
  readonly server: ReadonlyArray<Remedy>
  readonly ums: ReadonlyArray<Remedy>
  readonly bundled: ReadonlyArray<Remedy>
  readonly packs: ReadonlyArray<Remedy>
}

/** What is asked about. `waiting` are the devices before it that found no free license of the type. */
export interface Asked {
  readonly estate: Estate
  readonly device: Device
  readonly type: LicenseType.LicenseType
  readonly today: Day
  readonly waiting: number
}

// -------------------------------------------------------------------------------------
// values
// -------------------------------------------------------------------------------------

const only = (holds: boolean, remedy: () => Remedy): ReadonlyArray<Remedy> => (holds ? [remedy()] : [])

/** So many entries of a list are tried. */
const TRIED = 3

const firstOf = <A extends string>(texts: ReadonlyArray<A>): ReadonlyArray<A> =>
  [...new Set(texts)].sort(Text.compare).slice(0, TRIED)

/** INVARIANT: what is written here are versions. */
const versionOf = (text: string): Version.Version => text as Version.Version

const laterThan = (version: Version.Version, ...others: ReadonlyArray<string>): ReadonlyArray<Version.Version> =>
  [...new Set(others)].map(versionOf).filter((other) => Version.compare(other, version) > 0)

/** The directories and views that conditions name. */
const places = (conditions: ReadonlyArray<DistributionCondition>, { id: device, ...given }: Device) => [
  ...firstOf(conditions.flatMap((condition) => ('directory' in condition ? [condition.directory] : [])))
    .filter((directory) => directory !== given.directory)
    .map((directory): Remedy => ({ kind: 'move-device', device, directory })),
  ...firstOf(conditions.flatMap((condition) => ('view' in condition ? [condition.view] : [])))
    .filter((view) => given.views?.includes(view) !== true)
    .map((view): Remedy => ({ kind: 'add-to-view', device, view })),
]

/** The conditions that a device meets for certain. */
const metBy = ({ directory, views = [] }: Device): ReadonlyArray<DistributionCondition> => [
  ...(directory === undefined ? [] : [{ directory }]),
  ...firstOf(views).map((view) => ({ view })),
]

/**
 * A first condition would take such a pack from everybody else. The remedies may come to a UMS in which packs of most types
 * are for nobody at first (ALD-34).
 */
const isForAll = (pack: ProductPack): boolean => distributionOf(pack, true).method === 'enabled'

// -------------------------------------------------------------------------------------
// remedies
// -------------------------------------------------------------------------------------

const switching = ({ settings }: Estate, setting: Switch): ReadonlyArray<Remedy> =>
  only(!umsOf(settings)[setting], () => ({ kind: 'switch-on', setting }))

const osNeeded = (
  { licenseType }: LicenseType.LicenseType,
  { osVersion }: Device,
  packs: ReadonlyArray<ProductPack>,
): ReadonlyArray<Version.Version> =>
  laterThan(
    osVersion,
    ...(licenseType === 'workspace-edition' || packs.some(({ evaluation }) => evaluation === true)
      ? [systems.modern]
      : []),
    ...(licenseType === 'add-on' ? [systems.takingAddOns] : []),
  )

/** Remedies of a pack, by the gates 7.2 to 7.10. */
const ofPack = ({ estate, device, today, waiting }: Asked, pack: ProductPack): ReadonlyArray<Remedy> => {
  const { umsId } = estate.settings
  const of = { pack: pack.id }
  const short = Math.max(0, pack.allocated - pack.total) + 1
  const counts = [...new Set([short, short + waiting])]
  return [
    ...only(pack.status === 'merged' || pack.status === 'archived', () => ({ kind: 'restore-pack', ...of })),
    ...only(pack.umsIds?.includes(umsId) !== true, () => ({ kind: 'assign-pack', ...of })),
    ...only(pack.aldToken === 'invalid', () => ({ kind: 'renew-token', ...of })),
    ...only(pack.active === false, () => ({ kind: 'activate-pack', ...of })),
    ...only(pack.starts !== undefined && pack.starts > today, () => ({ kind: 'start-pack', ...of, starts: today })),
    ...only(lastDayOf(pack) < today, () => ({ kind: 'extend-pack', ...of, expires: today })),
    ...(isForAll(pack)
      ? []
      : [
          ...metBy(device).map((condition): Remedy => ({ kind: 'add-condition', ...of, condition })),
          { kind: 'enable-for-all', ...of } as const,
        ]),
    ...counts.map((count): Remedy => ({ kind: 'add-licenses', ...of, count: count as Count })),
    ...places(conditionsOf(pack), device),
  ]
}

/** A bundled license leads out; that of a device before it leaves a license of a pack. */
const ofBundled = ({ estate, device, type, today }: Asked): ReadonlyArray<Remedy> => {
  const { id, osVersion } = device
  const ofType = (estate.bundled ?? []).filter(
    (each) => LicenseType.equals(typeOfBundled(each), type) && lastDayOf(each) >= today,
  )
  if (ofType.length === 0) return []
  const isForIt = bundledFor(ofType)(device).length > 0
  return [
    ...switching(estate, 'hardwareBundledDeployment'),
    ...switching(estate, 'umsIdRegistered'),
    ...laterThan(estate.settings.umsVersion, features.bundledLicenses).map((umsVersion): Remedy => ({
      kind: 'update-ums',
      umsVersion,
    })),
    ...(isForIt
      ? laterThan(osVersion, osOf(osVersion).isTwelve ? systems.twelveTakingBundled : systems.elevenTakingBundled)
      : []
    ).map((version): Remedy => ({ kind: 'update-os', device: id, osVersion: version })),
  ]
}

const ISL: LicenseType.LicenseType = { licenseType: 'isl' }

/** The remedies by which a device may come to be served with a type. */
export const remediesFor = (asked: Asked): Remedies => {
  const { estate, device, type } = asked
  const { id, openRequests = [] } = device
  const packs = estate.packs.filter((pack) => LicenseType.equals(pack, type))
  const globals = estate.settings.distributionConditions ?? []
  const os = osNeeded(type, device, packs).map((osVersion): Remedy => ({ kind: 'update-os', device: id, osVersion }))
  const ums = laterThan(
    estate.settings.umsVersion,
    features.tokens,
    features.packs,
    features.evaluations,
    features.bundledLicenses,
  ).map((umsVersion): Remedy => ({ kind: 'update-ums', umsVersion }))
  return {
    restore: only(device.inRecycleBin === true, () => ({ kind: 'restore-device', device: id })),
    unitId: only(device.unitId === undefined, () => ({ kind: 'report-unit-id', device: id })),
    os,
    request: only(
      openRequests.some((open) => LicenseType.equals(open, type)),
      () => ({ kind: 'close-request', device: id, ...LicenseType.of(type) }),
    ),
    otherBase: only(type.licenseType === 'workspace-edition', () => ({ kind: 'remove-licenses', device: id, ...ISL })),
    automatic: switching(estate, 'automaticDeployment'),
    exchange: switching(estate, 'licenseExchange'),
    server: switching(estate, 'licenseServerReachable'),
    ums,
    bundled: ofBundled(asked),
    packs: [
      ...packs.flatMap((pack) => ofPack(asked, pack)),
      ...switching(estate, 'umsIdRegistered'),
      ...places(globals, device),
      ...(globals.length === 0
        ? []
        : [
            ...metBy(device).map((condition): Remedy => ({ kind: 'add-global-condition', condition })),
            { kind: 'lift-global-conditions' } as const,
          ]),
      ...os,
      ...ums,
    ],
  }
}
