/**
 * What is decided about: a device and a license type, on a day, under a UMS (ALD-108).
 */
import type { BundledLicense } from '../record/BundledLicense.js'
import type { Device, DeviceLicense } from '../record/Device.js'
import * as LicenseType from '../record/LicenseType.js'
import type { ProductPack } from '../record/ProductPack.js'
import type { PackId } from '../value/Id.js'
import type { Day } from '../value/Day.js'
import type { Placed } from './conditions.js'
import type { Os, Ums } from './ums.js'
import { lastValidDayOf, NEVER, type LastDay } from './validity.js'

/** What all subjects of one shelf have in common. */
export interface Kind {
  readonly ums: Ums
  readonly type: LicenseType.LicenseType
}

export interface Subject extends Kind, Placed {
  readonly today: Day
  readonly device: Device
  /** What the device holds by now: what the plan has already given it is among them (ALD-29). */
  readonly licenses: ReadonlyArray<DeviceLicense>
  readonly os: Os
  /** The last valid day of the type on the device: `NEVER`, where it holds none (ALD-107). */
  readonly last: LastDay
  /** The latest day that any pack of the type lasts until. */
  readonly latest: LastDay
  /** The pack of the type with an id. */
  readonly packById: (id: PackId) => ProductPack | undefined
  /** The bundled licenses of the type that are for this device by serial number or by separation. */
  readonly bundled: ReadonlyArray<BundledLicense>
}

/** An offer of a pack to a subject, with as many licenses of it allocated as there are at that moment (ALD-109). */
export interface Offer {
  readonly subject: Subject
  readonly pack: ProductPack
  readonly allocated: number
}

/** Does the device hold a license of the type, expired or not? */
export const holds = ({ last }: Subject): boolean => last !== NEVER

/** Is the device licensed for the type today (ALD-107)? */
export const isLicensed = ({ last, today }: Subject): boolean => last >= today

/** Is the device licensed for another type today? */
export const isLicensedFor = ({ licenses, today }: Subject, type: LicenseType.LicenseType): boolean =>
  lastValidDayOf(licenses, type) >= today
