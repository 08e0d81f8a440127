// What surrounds a plan: when devices are checked, what deletion and expiry mean, what is reported and counted. Read off
// sections 12 to 15 and ALD-116 of deployment.md.
import { holdsFrom, isLicensed, planByModel, typesOf } from './plan.js'
import {
  compareText,
  dayNumber,
  instantOf,
  isAtLeast,
  isOfType,
  lastDay,
  millisecondsOf,
  normalizedEstate,
  type LicenseType,
  type WireAction,
  type WireDeletion,
  type WireDeviceLicense,
  type WireEstate,
  type WireReason,
  type WireSettings,
} from './records.js'

const MINUTE = 60_000

// -------------------------------------------------------------------------------------
// section 12: schedule
// -------------------------------------------------------------------------------------

export const AFTER_REGISTRATION = MINUTE / 2
export const AFTER_REBOOT = 5 * MINUTE

/** ALD-65. */
export const isCheckedAfterReboot = ({ umsVersion }: WireSettings): boolean => isAtLeast(umsVersion, '6')

/** ALD-65. */
export const betweenFullChecks = ({ umsVersion }: WireSettings): number =>
  isAtLeast(umsVersion, '6') ? 24 * 60 * MINUTE : 5 * MINUTE

export type ScheduleGiven = {
  readonly estate: WireEstate
  readonly device: string
  readonly lastFullCheck?: string | undefined
}

/** Section 12: is there anything to check for? */
export const isChecked = (settings: WireSettings): boolean => {
  const { umsVersion, automaticDeployment = false, hardwareBundledDeployment = false } = settings
  return (
    (automaticDeployment && isAtLeast(umsVersion, '5.08.100')) ||
    (hardwareBundledDeployment && isAtLeast(umsVersion, '12.02.120'))
  )
}

export const dueByByModel = (given: ScheduleGiven): { readonly dueBy: string | null } => {
  const { settings, devices } = normalizedEstate(given.estate)
  const device = devices.find(({ id }) => id === given.device)
  if (device === undefined || device.inRecycleBin === true || device.unitId === undefined) return { dueBy: null }
  if (!isChecked(settings)) return { dueBy: null }

  const registered = millisecondsOf(device.registered)
  const boot = device.lastBoot === undefined ? -Infinity : millisecondsOf(device.lastBoot)
  const full = given.lastFullCheck === undefined ? -Infinity : millisecondsOf(given.lastFullCheck)
  const dues = [
    ...(registered > full ? [registered + AFTER_REGISTRATION] : []),
    ...(isCheckedAfterReboot(settings) && boot > registered && boot > full ? [boot + AFTER_REBOOT] : []),
    ...(full > -Infinity ? [full + betweenFullChecks(settings)] : []),
  ]
  return { dueBy: instantOf(Math.min(...dues)) }
}

// -------------------------------------------------------------------------------------
// section 13: return
// -------------------------------------------------------------------------------------

export type Return = {
  readonly status: 'returned' | 'pending' | 'kept' | 'not-available'
  readonly onDevice: 'removed' | 'stays' | 'removed-at-next-connection'
  readonly packs: { readonly [pack: string]: number }
}

const returnStatus = (umsVersion: string, osVersion: string, deletion: WireDeletion): Return['status'] => {
  if (!deletion.deleteLicenses) return 'kept'
  if (!isAtLeast(osVersion, '12') || !isAtLeast(umsVersion, '12.01.110')) return 'not-available'
  return deletion.ilpReachable ? 'returned' : 'pending'
}

/** A device is deleted: what section 13 says of it, and the estate without it. A device that is not there is not deleted. */
export const deleted = (
  estate: WireEstate,
  deletion: WireDeletion,
): (Omit<Return, 'packs'> & { readonly estate: WireEstate }) | undefined => {
  const { umsVersion } = estate.settings
  const device = estate.devices.find(({ id }) => id === deletion.device)
  if (device === undefined) return undefined
  const status = returnStatus(umsVersion, device.osVersion, deletion)
  const offline = isAtLeast(umsVersion, '12.13.100') ? 'removed-at-next-connection' : 'stays'
  return {
    status,
    onDevice: status === 'kept' || status === 'not-available' ? 'stays' : deletion.online ? 'removed' : offline,
    estate: {
      ...estate,
      packs: estate.packs.map((pack) =>
        status === 'returned' && holdsFrom(device, pack.id).length > 0
          ? { ...pack, allocated: Math.max(0, pack.allocated - 1) }
          : pack,
      ),
      devices: estate.devices.filter(({ id }) => id !== deletion.device),
    },
  }
}

export type ReturnGiven = { readonly estate: WireEstate; readonly deletion: WireDeletion }

export const returnByModel = ({ estate, deletion }: ReturnGiven): Return => {
  const done = deleted(normalizedEstate(estate), deletion)
  if (done === undefined) throw new Error(`no device ${deletion.device}`)
  return {
    status: done.status,
    onDevice: done.onDevice,
    packs: Object.fromEntries(done.estate.packs.map(({ id, allocated }) => [id, allocated])),
  }
}

// -------------------------------------------------------------------------------------
// section 14: expiry
// -------------------------------------------------------------------------------------

export type ExpiryGiven = {
  readonly license: WireDeviceLicense
  readonly osVersion: string
  readonly today: string
  readonly baseSystemReleased?: string | undefined
  readonly updateReleased?: string | undefined
}

export type Expiry = {
  readonly state: 'valid' | 'warning' | 'grace' | 'locked'
  readonly day?: number
  readonly updateAllowed?: boolean
}

const GRACE = 28
const WARNING = 10

/** ALD-98 to 102, 112. */
const expiryState = ({ license, osVersion, today, baseSystemReleased }: ExpiryGiven): Expiry => {
  const daysLeft = lastDay(license) - dayNumber(today)
  if (!isAtLeast(osVersion, '12')) return { state: daysLeft >= 0 ? 'valid' : 'warning' }
  if (daysLeft > WARNING) return { state: 'valid' }
  if (daysLeft >= 0) return { state: 'warning', day: daysLeft }
  const hasGrace =
    license.licenseType === 'workspace-edition' &&
    license.source !== 'starter' &&
    license.evaluation !== true &&
    !(baseSystemReleased !== undefined && dayNumber(baseSystemReleased) > lastDay(license))
  return hasGrace && -daysLeft <= GRACE ? { state: 'grace', day: -daysLeft } : { state: 'locked' }
}

export const expiryByModel = (given: ExpiryGiven): Expiry => {
  const { license, osVersion, today, updateReleased } = given
  if (updateReleased === undefined) return expiryState(given)
  const isValid = lastDay(license) >= dayNumber(today)
  const isEarlier = dayNumber(updateReleased) < lastDay(license)
  return { ...expiryState(given), updateAllowed: isValid || (!isAtLeast(osVersion, '12') && isEarlier) }
}

// -------------------------------------------------------------------------------------
// section 15: notifications
// -------------------------------------------------------------------------------------

export type NotificationsGiven = {
  readonly estate: WireEstate
  readonly now: string
  readonly lowStockLimit?: number | undefined
  readonly expiryWarningDays?: number | undefined
}

export type Notification = {
  readonly kind: 'pack-used-up' | 'pack-over-allocated' | 'pack-low' | 'pack-expiring' | 'pack-expired'
  readonly class: 'warning' | 'error'
  readonly pack: string
}

/** In the order of the packs, and for each of them in the order of the table. */
export const notificationsByModel = (
  given: NotificationsGiven,
): { readonly notifications: ReadonlyArray<Notification> } => {
  const { estate, now, lowStockLimit, expiryWarningDays } = given
  const { settings, packs } = planByModel(estate, now).estate
  const from = (version: string): boolean => isAtLeast(settings.umsVersion, version)
  const raised = packs
    .filter(({ status }) => status !== 'merged' && status !== 'archived')
    .flatMap((pack) => {
      const free = pack.total - pack.allocated
      const daysLeft = lastDay(pack) - dayNumber(now)
      const isLow = lowStockLimit !== undefined && free > 0 && free < lowStockLimit
      const isExpiring =
        expiryWarningDays !== undefined && daysLeft >= 0 && daysLeft < Infinity && daysLeft <= expiryWarningDays
      const usedUpClass = from('6.05.110') ? 'warning' : 'error'
      const kinds: ReadonlyArray<readonly [boolean, Notification['kind'], Notification['class']]> = [
        [free === 0 && from('6.04.100'), 'pack-used-up', usedUpClass],
        [free < 0 && from('6.05.100'), 'pack-over-allocated', 'error'],
        [isLow && from('6.05.100'), 'pack-low', 'warning'],
        [daysLeft < 0 && from('6.04.100'), 'pack-expired', 'error'],
        [isExpiring && from('6.04.100'), 'pack-expiring', 'warning'],
      ]
      return kinds.filter(([isRaised]) => isRaised).map(([, kind, of]) => ({ kind, class: of, pack: pack.id }))
    })
  return { notifications: raised }
}

// -------------------------------------------------------------------------------------
// ALD-116: monitoring
// -------------------------------------------------------------------------------------

export type Consumption = {
  readonly pack: string
  readonly total: number
  readonly allocated: number
  readonly free: number
  /** The devices that hold a license from it, by id. */
  readonly holders: ReadonlyArray<string>
  /** Of those, the ones whose license from it is valid today. */
  readonly valid: ReadonlyArray<string>
}

/** In the order of the packs. */
export const consumptionByModel = (estate: WireEstate, now: string): ReadonlyArray<Consumption> => {
  const { packs, devices } = normalizedEstate(estate)
  return packs.map(({ id, total, allocated }) => {
    const holders = devices.filter((device) => holdsFrom(device, id).length > 0)
    const valid = holders.filter((device) => holdsFrom(device, id).some((each) => lastDay(each) >= dayNumber(now)))
    const [all, ofToday] = [holders, valid].map((some) => some.map((device) => device.id).sort(compareText))
    return { pack: id, total, allocated, free: Math.max(0, total - allocated), holders: all!, valid: ofToday! }
  })
}

export type Coverage = {
  readonly licenseType: LicenseType
  readonly addOn?: string
  readonly licensed: number
  readonly notLicensed: number
  /** Of the devices that are not licensed, those that are about to be, by the action. */
  readonly actions: { readonly [Action in WireAction]?: number }
  /** Of the devices that are not licensed, those with a decision `none`, by its reason. */
  readonly reasons: { readonly [Reason in WireReason]?: number }
}

const counted = (found: ReadonlyArray<string>): Readonly<Record<string, number>> =>
  Object.fromEntries(found.map((each) => [each, found.filter((other) => other === each).length]))

/** Of the estate as it is given, before its plan is applied; in the order of the types. */
export const coverageByModel = (estate: WireEstate, now: string): ReadonlyArray<Coverage> => {
  const state = normalizedEstate(estate)
  const { decisions } = planByModel(estate, now)
  return typesOf(state).map(({ licenseType, addOn }) => {
    const type = { licenseType, ...(addOn === undefined ? {} : { addOn }) }
    const notLicensed = state.devices.filter((device) => !isLicensed(device, type, dayNumber(now)))
    const ofThem = decisions.filter(({ device }) => notLicensed.some(({ id }) => id === device)).filter(isOfType(type))
    return {
      ...type,
      licensed: state.devices.length - notLicensed.length,
      notLicensed: notLicensed.length,
      actions: counted(ofThem.filter(({ action }) => action !== 'none').map(({ action }) => action)),
      reasons: counted(ofThem.flatMap(({ reason }) => (reason === undefined ? [] : [reason]))),
    }
  })
}
