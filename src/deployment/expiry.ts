/**
 * What one license means for its device on a given day (deployment.md, section 14). Days are counted from the expiration
 * date: the day after is day 1.
 *
 * @since 0.1.0
 */
import type { DeviceLicense } from '../record/Device.js'
import type { Day } from '../value/Day.js'
import type { Version } from '../value/Version.js'
import { osOf } from './ums.js'
import { isHeld, lastDayOf, UNLIMITED } from './validity.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/**
 * On what device and day a license is looked at. `baseSystemReleased` is the day on which the installed base system was
 * released, `updateReleased` that of an update that is asked for.
 *
 * @since 0.1.0
 */
export interface ExpiryContext {
  readonly osVersion: Version
  readonly today: Day
  readonly baseSystemReleased?: Day
  readonly updateReleased?: Day
}

/**
 * What the device does with the license. `day` is, of a warning ahead of the end, how many days are left, and of grace
 * which of the 28 days it is; `updateAllowed` is there where an update was asked for.
 *
 * @since 0.1.0
 */
export interface Expiry {
  readonly state: 'valid' | 'warning' | 'grace' | 'locked'
  readonly day?: number
  readonly updateAllowed?: boolean
}

// -------------------------------------------------------------------------------------
// deciding
// -------------------------------------------------------------------------------------

/** IGEL OS 12 warns from so many days before the end (ALD-101). */
const WARNING_DAYS = 10

/** So many days an expired Workspace Edition license is still good for what is installed (ALD-98). */
const GRACE_DAYS = 28

/** Only Workspace Edition has a grace, and no evaluation and starter license (ALD-98, 100, 112). */
const hasGrace = (license: DeviceLicense): boolean =>
  license.licenseType === 'workspace-edition' && license.evaluation !== true && isHeld(license)

/** A base system that was released after the expiration date takes the grace away (ALD-99). */
const isOutgrown = (released: Day | undefined, last: number): boolean => released !== undefined && released > last

const stateOf = (license: DeviceLicense, { osVersion, today, baseSystemReleased }: ExpiryContext): Expiry => {
  const last = lastDayOf(license)
  const [isTwelve, left] = [osOf(osVersion).isTwelve, last - today]
  if (last === UNLIMITED) return { state: 'valid' }
  if (left >= 0) return isTwelve && left <= WARNING_DAYS ? { state: 'warning', day: left } : { state: 'valid' }
  if (!isTwelve) return { state: 'warning' }
  return hasGrace(license) && -left <= GRACE_DAYS && !isOutgrown(baseSystemReleased, last)
    ? { state: 'grace', day: -left }
    : { state: 'locked' }
}

/** While the license is valid; after it only before IGEL OS 12, and only what was released before it ended (ALD-102). */
const allowsUpdate = (license: DeviceLicense, { osVersion, today }: ExpiryContext, released: Day): boolean => {
  const last = lastDayOf(license)
  return last >= today || (!osOf(osVersion).isTwelve && released < last)
}

/**
 * What a license means for its device on a day (ALD-98 to 102, 112). Absent versions and dates of base system and update
 * take no part.
 *
 * @example
 * import assert from 'node:assert'
 * import { either as E, option as O } from 'fp-ts'
 * import { Day, Deployment, Device, Version } from 'seatwise'
 *
 * const license = Device.DeviceLicense.decode({ licenseType: 'workspace-edition', source: 'pack', expires: '2026-03-09' })
 * const [osVersion, today] = [Version.parse('12.5.0'), Day.parse('2026-03-10')]
 * if (E.isRight(license) && O.isSome(osVersion) && O.isSome(today))
 *   assert.deepStrictEqual(
 *     Deployment.expiry(license.right, { osVersion: osVersion.value, today: today.value }),
 *     { state: 'grace', day: 1 },
 *   )
 *
 * @since 0.1.0
 */
export const expiry = (license: DeviceLicense, context: ExpiryContext): Expiry => {
  const { updateReleased } = context
  const state = stateOf(license, context)
  return updateReleased === undefined
    ? state
    : { ...state, updateAllowed: allowsUpdate(license, context, updateReleased) }
}
