/**
 * The words of the generated estates: few enough that records meet and tie, and around every boundary that the text names.
 */
import fc from 'fast-check'
import type { LicenseType, WireCondition, WireType } from '../../model/deployment.js'

export const at = <A>(list: ReadonlyArray<A>, choice: number): A => list[choice % list.length]!

/** One value mostly, and the others now and then. */
export const weighted = <A>(usual: A, weight: number, ...others: ReadonlyArray<A>): fc.Arbitrary<A> =>
  fc.oneof({ weight, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: fc.constantFrom(...others) })

// -------------------------------------------------------------------------------------
// days and instants
// -------------------------------------------------------------------------------------

const DAY = 24 * 60 * 60 * 1000

/** Ends of months and years, a leap day, and a night in which clocks are changed. */
export const NOWS = [
  '2026-03-10T12:00:00Z',
  '2026-12-31T23:59:59.999Z',
  '2027-01-01T00:00:00Z',
  '2028-02-29T00:00:00Z',
  '2026-03-29T01:30:00Z',
] as const

/** The day so many days from today. */
export type Day = (offset: number) => string

export const daysFrom =
  (now: string): Day =>
  (offset) =>
    new Date(Date.parse(now) + offset * DAY).toISOString().slice(0, 10)

/** The instant so many seconds later. */
export const later = (instant: string, seconds: number): string =>
  new Date(Date.parse(instant) + seconds * 1000).toISOString().replace('.000Z', 'Z')

/** Today and the days beside it, the days around the numbers of days below, and any that is not far. */
export const offset: fc.Arbitrary<number> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(0, -1, 1) },
  { weight: 3, arbitrary: fc.constantFrom(6, 7, 8) },
  { weight: 1, arbitrary: fc.constantFrom(2, 3, 4, 29, 30, 31) },
  { weight: 2, arbitrary: fc.integer({ min: -40, max: 40 }) },
)

export const farOffset = fc.oneof(fc.constantFrom(300, 365), offset)

export const EXCHANGE_DAYS = [undefined, 7, 0, 3, 30] as const

/** Instants of registration: some at once, some a little apart. */
export const REGISTRATIONS = [
  '2026-01-15T08:00:00Z',
  '2026-01-15T08:00:00.001Z',
  '2025-12-31T23:59:59Z',
  '2026-01-15T08:00:01Z',
] as const

// -------------------------------------------------------------------------------------
// versions
// -------------------------------------------------------------------------------------

/** Versions that know everything of the rules. */
export const RECENT_UMS = ['12.10.100', '12.02.120', '12.2.120', '12.13.100', '12.12.110', '12.10.100'] as const

/** From the day when conditions and evaluation licenses came on. */
export const EXCHANGE_UMS = [...RECENT_UMS, '12.01.110', '12.1.110', '12.02.119'] as const

/** Versions that deploy packs by UMS ID, before exchange. */
export const EARLIER_UMS = [
  '12.01.109',
  '6.10.150',
  '6.05.110',
  '6.05.109',
  '6.05.100',
  '6.04.100',
  '6.02.100',
] as const

export const OLD_UMS = ['6.02.99', '6.01.100', '6.1.100', '6.01.99', '6.0.0', '6'] as const

/** Versions that check every 5 minutes. */
export const UMS_5 = ['5.09.100', '5.08.100', '5.8.100', '5.08.99', '5.08.099', '5.07.100'] as const

export const isUms5 = (version: string): boolean => version.startsWith('5')

export const umsVersion: fc.Arbitrary<string> = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom(...RECENT_UMS) },
  { weight: 3, arbitrary: fc.constantFrom(...EXCHANGE_UMS) },
  { weight: 2, arbitrary: fc.constantFrom(...EARLIER_UMS) },
  { weight: 1, arbitrary: fc.constantFrom(...OLD_UMS) },
  { weight: 1, arbitrary: fc.constantFrom(...UMS_5) },
)

/** Systems that meet every bar, and those around one. */
export const ELIGIBLE_OS = ['12.5.0', '12.2', '12.02.0', '12.2.0'] as const
export const OTHER_OS = [
  ...['10.06.227', '10.99.999', '11', '11.0.0', '11.01.109', '11.01.110', '11.1.110', '11.08.439', '11.08.440'],
  ...['11.8.440', '11.10.100', '12', '12.0.0', '12.1.999', '12.02.1', '13.0.0'],
] as const

export const osVersion: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...ELIGIBLE_OS) },
  { weight: 1, arbitrary: fc.constantFrom(...OTHER_OS) },
)

// -------------------------------------------------------------------------------------
// types
// -------------------------------------------------------------------------------------

const only = (licenseType: LicenseType): WireType => ({ licenseType })

export const BASE = only('workspace-edition')
export const MANAGEMENT = only('enterprise-management-pack')
export const REDIRECTION: WireType = { licenseType: 'add-on', addOn: 'redirection' }
export const ADD_ON: WireType = only('add-on')

const AGENT: WireType = { licenseType: 'add-on', addOn: 'Agent' }

export const EVERY_TYPE: ReadonlyArray<WireType> = [
  ...[BASE, MANAGEMENT, REDIRECTION, ADD_ON, AGENT],
  ...(['udc3', 'ud-pocket', 'uma', 'isl', 'icg'] as const).map(only),
]

/** The types that meet in one estate: mostly one or two, of which the first has most records. */
export const TYPES_TOGETHER: ReadonlyArray<ReadonlyArray<WireType>> = [
  ...[[BASE], [BASE], [BASE, BASE, REDIRECTION], [BASE], [BASE, BASE, BASE, AGENT, ADD_ON], [BASE, BASE, MANAGEMENT]],
  ...[[MANAGEMENT], [only('udc3')], [only('uma'), only('udc3')], [only('ud-pocket')]],
]

/** With types that are not deployed, and all of them. */
export const FURTHER_TYPES: ReadonlyArray<ReadonlyArray<WireType>> = [
  ...[[BASE, BASE, only('isl')], [BASE, BASE, only('isl')], [BASE, BASE, only('icg')], EVERY_TYPE],
]

// -------------------------------------------------------------------------------------
// identifiers and selections
// -------------------------------------------------------------------------------------

/** Ids, in no order that their position would give away, and apart by case or by digits. */
export const PACK_IDS = ['B', 'a', 'A-10', 'A-2', 'A'] as const
export const DEVICE_IDS = ['d2', 'd10', 'D2', 'd1', 'e', 'd3'] as const
export const DIRECTORY_IDS = ['dir2', 'dir0', 'dir1', 'Dir1'] as const
export const SERIALS = ['S1', 'S2', 's1', '0'] as const
export const UMS_ID = 'U1'

/** A pack that no estate has. */
export const GONE = 'gone'

export const condition: fc.Arbitrary<WireCondition> = fc.oneof(
  fc.constantFrom(...DIRECTORY_IDS, ...DIRECTORY_IDS, 'nowhere', 'unlisted').map((directory) => ({ directory })),
  fc.constantFrom('V1', 'V2', 'V3').map((view) => ({ view })),
)

export const conditions = fc.array(condition, { maxLength: 3 })
