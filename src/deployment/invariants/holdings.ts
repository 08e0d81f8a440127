/**
 * What a device holds of a type, and until when (deployment.md, sections 2 and 3). A last day is a number of days, so that
 * having none comes before all days and being unlimited after them (ALD-51, 107).
 */
import type { DeviceLicense } from '../../record/Device.js'
import * as LicenseType from '../../record/LicenseType.js'
import type { Day } from '../../value/Day.js'

// -------------------------------------------------------------------------------------
// last days
// -------------------------------------------------------------------------------------

export const NONE = Number.NEGATIVE_INFINITY
export const UNLIMITED = Number.POSITIVE_INFINITY

/** The last day of what may have no end: of a license, a pack, a bundled license or a decision. */
export const lastDayOf = ({ expires }: { readonly expires?: Day }): number => expires ?? UNLIMITED

const NOTHING: ReadonlyArray<DeviceLicense> = []

/** What is held of a type; starter licenses satisfy no need (ALD-26). */
export const heldOf = (
  licenses: ReadonlyArray<DeviceLicense>,
  type: LicenseType.LicenseType,
): ReadonlyArray<DeviceLicense> =>
  licenses.length === 0
    ? NOTHING
    : licenses.filter((license) => license.source !== 'starter' && LicenseType.equals(license, type))

/** The last valid day of licenses of one type (ALD-107). */
export const lastValidDay = (held: ReadonlyArray<DeviceLicense>): number =>
  held.reduce((last, license) => Math.max(last, lastDayOf(license)), NONE)

/** Is there a license of the type that is valid today (ALD-107)? */
export const isLicensed = (
  licenses: ReadonlyArray<DeviceLicense>,
  type: LicenseType.LicenseType,
  today: Day,
): boolean => lastValidDay(heldOf(licenses, type)) >= today

// -------------------------------------------------------------------------------------
// comparing what is held
// -------------------------------------------------------------------------------------

/** A license without its last day, as a text: equal for licenses that differ in nothing else. */
const undatedText = (license: DeviceLicense): string =>
  JSON.stringify([LicenseType.show(license), license.source, license.pack ?? null, license.evaluation === true])

/** A license as a text: equal for equal licenses. */
const datedText = (license: DeviceLicense): string => `${undatedText(license)} ${String(lastDayOf(license))}`

const isAlikeUndated = (one: DeviceLicense, other: DeviceLicense): boolean =>
  one === other ||
  (LicenseType.equals(one, other) &&
    one.source === other.source &&
    one.pack === other.pack &&
    (one.evaluation === true) === (other.evaluation === true))

const isAlike = (one: DeviceLicense, other: DeviceLicense): boolean =>
  isAlikeUndated(one, other) && one.expires === other.expires

type Compare = (some: ReadonlyArray<DeviceLicense>, others: ReadonlyArray<DeviceLicense>) => boolean

/** Is every one of some licenses among others, as often as it is among the first? */
const among =
  (text: (license: DeviceLicense) => string): Compare =>
  (some, others) => {
    const times = new Map<string, number>()
    for (const other of others.map(text)) times.set(other, (times.get(other) ?? 0) + 1)
    return some.map(text).every((each) => {
      const left = times.get(each) ?? 0
      times.set(each, left - 1)
      return left > 0
    })
  }

/** Nearly always licenses stand where they stood: then no texts are needed. */
const inPlaceOr =
  (isLike: (one: DeviceLicense, other: DeviceLicense) => boolean, otherwise: Compare): Compare =>
  (some, others) =>
    some.every((each, index) => {
      const other = others[index]
      return other !== undefined && isLike(each, other)
    }) || otherwise(some, others)

/** Are licenses among others just as they are? */
export const isAmong: Compare = inPlaceOr(isAlike, among(datedText))

/** Are licenses among others, whatever their last days have become? */
export const isAmongUndated: Compare = inPlaceOr(isAlikeUndated, among(undatedText))
