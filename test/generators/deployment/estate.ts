/**
 * Estates in which nothing is arranged, in the wire format, without contradictions. Exact duplicates and blank texts occur.
 * Every record is a plan until the day, the types and the packs of its estate are known.
 */
import fc from 'fast-check'
import type {
  WireBundledLicense,
  WireDevice,
  WireDeviceLicense,
  WireDirectory,
  WireEstate,
  WireProductPack,
  WireSettings,
  WireType,
} from '../../model/deployment.js'
import { present } from '../world.js'
import {
  at,
  conditions,
  daysFrom,
  DEVICE_IDS,
  DIRECTORY_IDS,
  EVERY_TYPE,
  EXCHANGE_DAYS,
  farOffset,
  FURTHER_TYPES,
  GONE,
  NOWS,
  offset,
  osVersion,
  PACK_IDS,
  REGISTRATIONS,
  SERIALS,
  TYPES_TOGETHER,
  UMS_ID,
  umsVersion,
  weighted,
  type Day,
} from './words.js'

export type EstateWorld = { readonly estate: WireEstate; readonly now: string }

/** What the records of an estate have in common. */
export type Context = { readonly day: Day; readonly types: ReadonlyArray<WireType> }

type WithPacks = Context & { readonly packs: ReadonlyArray<WireProductPack> }

const flag = (weight: number): fc.Arbitrary<boolean | undefined> =>
  weighted<boolean | undefined>(undefined, weight, true, false)

// -------------------------------------------------------------------------------------
// settings and directories
// -------------------------------------------------------------------------------------

const settings: fc.Arbitrary<WireSettings> = fc
  .record({
    umsVersion,
    umsIdRegistered: flag(9),
    licenseServerReachable: flag(9),
    automaticDeployment: weighted<boolean | undefined>(true, 11, false, undefined),
    licenseExchange: fc.constantFrom(undefined, false, true, true, true),
    exchangeDaysBeforeExpiration: fc.constantFrom(...EXCHANGE_DAYS),
    hardwareBundledDeployment: fc.constantFrom(undefined, false, true),
    distributionConditions: fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom(undefined, []) },
      { weight: 1, arbitrary: conditions },
    ),
  })
  .map(({ umsVersion: version, ...rest }) => present({ umsVersion: version, umsId: UMS_ID, ...rest }))

/** Small trees; now and then a directory is in itself, in one below it, or in one that is not listed. */
const directories: fc.Arbitrary<ReadonlyArray<WireDirectory> | undefined> = fc.option(
  fc
    .array(fc.record({ name: fc.constantFrom('Berlin', 'Floor'), parent: fc.nat({ max: 9 }) }), {
      maxLength: DIRECTORY_IDS.length,
    })
    .map((plans) =>
      plans.map(({ name, parent }, position): WireDirectory => {
        const above = [undefined, ...DIRECTORY_IDS.slice(0, position), ...DIRECTORY_IDS.slice(0, position)]
        const usual = at(above, parent)
        const parentId = parent === 8 ? at(DIRECTORY_IDS, position + 1) : parent === 9 ? 'nowhere' : usual
        return present({ id: DIRECTORY_IDS[position]!, name, parent: parentId })
      }),
    ),
  { nil: undefined, freq: 4 },
)

// -------------------------------------------------------------------------------------
// packs
// -------------------------------------------------------------------------------------

type PackPlan = (context: Context) => Omit<WireProductPack, 'id'>

const SCOPES: ReadonlyArray<Pick<WireProductPack, 'umsIds' | 'aldToken'>> = [
  ...[{ umsIds: [UMS_ID] }, { umsIds: ['U2', UMS_ID] }, { aldToken: 'valid' }, { umsIds: [UMS_ID], aldToken: 'valid' }],
  ...[{ umsIds: [UMS_ID], aldToken: 'invalid' }, { umsIds: [], aldToken: 'invalid' }, { umsIds: ['U2'] }, {}],
] as const

/** Licenses and how many of them are allocated. */
const COUNTS = [
  ...[
    [10, 4],
    [1, 0],
    [2, 1],
    [10, 4],
    [10, 5],
    [2, 0],
    [3, 1],
  ],
  ...[
    [2, 2],
    [12, 13],
    [0, 0],
  ],
] as const

export const packPlan: fc.Arbitrary<PackPlan> = fc
  .record({
    type: fc.nat({ max: 11 }),
    strayType: weighted<WireType | undefined>(undefined, 15, ...EVERY_TYPE),
    evaluation: weighted<boolean | undefined>(undefined, 6, true, true, false),
    counts: fc.constantFrom(...COUNTS),
    registered: fc.constantFrom(-400, -400, -30, -1, 0),
    starts: fc.oneof({ weight: 6, arbitrary: fc.constantFrom(undefined, -30) }, { weight: 1, arbitrary: offset }),
    expires: fc.oneof({ weight: 5, arbitrary: farOffset }, { weight: 1, arbitrary: fc.constant(undefined) }),
    distribution: fc.oneof(
      { weight: 2, arbitrary: fc.constant(undefined) },
      { weight: 2, arbitrary: fc.constant({ method: 'enabled' as const }) },
      { weight: 2, arbitrary: conditions.map((list) => ({ method: 'conditions' as const, conditions: list })) },
    ),
    active: weighted<boolean | undefined>(undefined, 9, true, false),
    status: weighted<WireProductPack['status']>(undefined, 5, 'ready', 'not-yet-activated', 'merged', 'archived'),
    scope: fc.oneof(
      { weight: 3, arbitrary: fc.constant(SCOPES[0]) },
      { weight: 2, arbitrary: fc.constantFrom(...SCOPES) },
    ),
  })
  .map(
    ({ type, strayType, counts: [total = 0, allocated = 0], registered, starts, expires, scope, ...rest }): PackPlan =>
      ({ day, types }) => {
        const { licenseType, addOn } = strayType ?? at(types, type)
        return present({
          licenseType,
          addOn,
          total,
          allocated,
          registered: day(registered),
          starts: starts === undefined ? undefined : day(starts),
          expires: expires === undefined ? undefined : day(expires),
          ...rest,
          ...scope,
        })
      },
  )

// -------------------------------------------------------------------------------------
// devices
// -------------------------------------------------------------------------------------

type LicensePlan = (context: WithPacks) => WireDeviceLicense

const licensePlan: fc.Arbitrary<LicensePlan> = fc
  .record({
    from: fc.oneof(
      { weight: 3, arbitrary: fc.constant('pack') },
      { weight: 5, arbitrary: fc.constantFrom('gone', 'mistyped', 'mislabeled', 'nameless', 'bundled', 'starter') },
    ),
    choice: fc.nat({ max: 59 }),
    expires: fc.oneof({ weight: 7, arbitrary: offset }, { weight: 1, arbitrary: fc.constant(undefined) }),
    evaluation: flag(6),
  })
  .map(({ from, choice, expires, evaluation }): LicensePlan => ({ day, types, packs }) => {
    const pack = packs.length === 0 ? undefined : at(packs, choice)
    const isTyped = from === 'pack' || from === 'mislabeled'
    const { licenseType, addOn } = (isTyped ? pack : undefined) ?? at(types, choice)
    const named = isTyped || from === 'mistyped' ? (pack?.id ?? GONE) : undefined
    const isOfPack = from !== 'bundled' && from !== 'starter' && from !== 'mislabeled'
    return present({
      licenseType,
      addOn,
      source: isOfPack ? ('pack' as const) : from === 'starter' ? from : ('bundled' as const),
      pack: from === 'gone' ? GONE : named,
      evaluation,
      expires: expires === undefined ? undefined : day(expires),
    })
  })

export type DevicePlan = (context: WithPacks) => Omit<WireDevice, 'id'>

export const devicePlan: fc.Arbitrary<DevicePlan> = fc
  .record({
    unitId: weighted<string | undefined>('unit', 19, undefined, ' '),
    osVersion,
    registered: fc.constantFrom(...REGISTRATIONS),
    directory: weighted<string | undefined>(
      undefined,
      3,
      ...DIRECTORY_IDS,
      ...DIRECTORY_IDS,
      'nowhere',
      'unlisted',
      ' ',
    ),
    views: fc.oneof(fc.constant(undefined), fc.subarray(['V1', 'V2', 'V3'])),
    serialNumber: fc.constantFrom(undefined, ...SERIALS, ' '),
    inRecycleBin: flag(19),
    lastBoot: fc.constantFrom(undefined, undefined, '2026-01-15T08:00:00Z', '2026-03-01T06:30:00Z'),
    licenses: fc.oneof(
      { weight: 3, arbitrary: fc.constant(undefined) },
      { weight: 4, arbitrary: fc.array(licensePlan, { maxLength: 3 }) },
    ),
    openRequests: fc.oneof(
      { weight: 14, arbitrary: fc.constantFrom(undefined, []) },
      { weight: 1, arbitrary: fc.array(fc.nat({ max: 59 }), { minLength: 1, maxLength: 2 }) },
    ),
  })
  .map(
    ({ licenses, openRequests, ...rest }): DevicePlan =>
      (context) =>
        present({
          ...rest,
          licenses: licenses?.map((license) => license(context)),
          openRequests: openRequests?.map((choice) => at(context.types, choice)),
        }),
  )

const bundledPlan: fc.Arbitrary<(context: Context) => WireBundledLicense> = fc
  .record({
    serialNumber: fc.constantFrom(...SERIALS),
    type: fc.nat({ max: 11 }),
    expires: fc.oneof({ weight: 5, arbitrary: offset }, { weight: 1, arbitrary: fc.constant(undefined) }),
    separatedTo: weighted<string | undefined>(undefined, 4, ...DEVICE_IDS, ' '),
  })
  .map(
    ({ serialNumber, type, expires, separatedTo }) =>
      ({ day, types }) =>
        present({
          serialNumber,
          licenseType: at(types, type).licenseType,
          expires: expires === undefined ? undefined : day(expires),
          separatedTo,
        }),
  )

// -------------------------------------------------------------------------------------
// estates
// -------------------------------------------------------------------------------------

/** The first record twice: an exact duplicate, which is dropped with a warning. */
const twice = <A>(records: ReadonlyArray<A>, isTwice: boolean): ReadonlyArray<A> =>
  isTwice ? [...records, ...records.slice(0, 1)] : records

/** How large an estate may become; the ids of its packs and devices begin somewhere in the list. */
export type Size = { readonly packs: number; readonly leastDevices: number; readonly mostDevices: number }

const somePacks = (most: number): fc.Arbitrary<ReadonlyArray<PackPlan>> =>
  fc.oneof(
    { weight: 9, arbitrary: fc.array(packPlan, { minLength: 1, maxLength: most }) },
    { weight: 1, arbitrary: fc.constant([]) },
  )

export const estateWith = (
  { packs: mostPacks, leastDevices, mostDevices }: Size,
  types: fc.Arbitrary<ReadonlyArray<WireType>>,
): fc.Arbitrary<(now: string) => WireEstate> =>
  fc
    .record({
      settings,
      directories,
      types,
      packs: somePacks(mostPacks),
      devices: fc.array(devicePlan, { minLength: leastDevices, maxLength: mostDevices }),
      bundled: fc.option(fc.array(bundledPlan, { maxLength: 3 }), { nil: undefined, freq: 2 }),
      rotation: fc.nat({ max: 29 }),
      duplicated: weighted('none', 20, 'pack', 'device', 'directory'),
    })
    .map((plan) => (now: string): WireEstate => {
      const context = { day: daysFrom(now), types: plan.types }
      const idAt = (ids: ReadonlyArray<string>, position: number): string => at(ids, position + plan.rotation)
      const packs = plan.packs.map((pack, position) => ({ id: idAt(PACK_IDS, position), ...pack(context) }))
      const devices = plan.devices.map((device, position) => ({
        id: idAt(DEVICE_IDS, position),
        ...device({ ...context, packs }),
      }))
      return present({
        settings: plan.settings,
        directories:
          plan.directories === undefined ? undefined : twice(plan.directories, plan.duplicated === 'directory'),
        packs: twice(packs, plan.duplicated === 'pack'),
        devices: twice(devices, plan.duplicated === 'device'),
        bundled: plan.bundled?.map((bundled) => bundled(context)),
      })
    })

const someTypes = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...TYPES_TOGETHER) },
  { weight: 1, arbitrary: fc.constantFrom(...FURTHER_TYPES) },
)

export const randomEstate = estateWith({ packs: 4, leastDevices: 1, mostDevices: 5 }, someTypes)

/** An estate in which nothing is arranged: everything may or may not meet. */
export const unarrangedEstateWorld: fc.Arbitrary<EstateWorld> = fc
  .record({ now: fc.constantFrom(...NOWS), estate: randomEstate })
  .map(({ now, estate }) => ({ now, estate: estate(now) }))
