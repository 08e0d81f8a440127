/**
 * Until when a license, a pack or a device is good, as days that compare as numbers (ALD-51, 107).
 */
import type { Device, DeviceLicense } from '../record/Device.js'
import * as LicenseType from '../record/LicenseType.js'
import type { Day } from '../value/Day.js'
import type { PackId } from '../value/Id.js'

/** A last valid day, with the two that are no days: unlimited is later than any day, and never is earlier (ALD-51). */
export type LastDay = number

export const UNLIMITED: LastDay = Infinity

/** The last valid day of what a device does not hold at all. */
export const NEVER: LastDay = -Infinity

/** The last valid day of a record, first and last day included (ALD-51). */
export const lastDayOf = ({ expires }: { readonly expires?: Day }): LastDay => expires ?? UNLIMITED

/** The field that a last valid day is written into: none, where it is unlimited. */
export const expiring = (last: LastDay): { readonly expires?: Day } =>
  last === UNLIMITED || last === NEVER ? {} : { expires: last as Day }

/** A starter license satisfies no need: *holds* leaves it out (ALD-26). */
export const isHeld = ({ source }: DeviceLicense): boolean => source !== 'starter'

const NOTHING: ReadonlyArray<DeviceLicense> = []

/** The packs that licenses came from, each once. */
export const packsOf = ({ licenses = NOTHING }: Pick<Device, 'licenses'>): ReadonlySet<PackId> =>
  new Set(licenses.flatMap(({ source, pack }) => (source === 'pack' && pack !== undefined ? [pack] : [])))

/** The last valid day of a type among licenses: the latest of those of that type that are held (ALD-107). */
export const lastValidDayOf = (licenses: ReadonlyArray<DeviceLicense>, type: LicenseType.LicenseType): LastDay => {
  let last = NEVER
  for (const license of licenses)
    if (isHeld(license) && LicenseType.equals(license, type)) last = Math.max(last, lastDayOf(license))
  return last
}

/** The last valid day of a type on a device. */
export const lastValidDay = ({ licenses = NOTHING }: Device, type: LicenseType.LicenseType): LastDay =>
  lastValidDayOf(licenses, type)

/** An exchange is due from so many days before the last valid day on, and stays due afterward (ALD-72). */
export const isDue = (last: LastDay, today: Day, exchangeDays: number): boolean => last - today <= exchangeDays
