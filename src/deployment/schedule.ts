/**
 * When a device is checked next (deployment.md, section 12).
 *
 * @since 0.1.0
 */
import { O } from '../prelude.js'
import type { DeploymentSettings } from '../record/DeploymentSettings.js'
import type { Device } from '../record/Device.js'
import * as Instants from '../value/Instant.js'
import type { Instant } from '../value/Instant.js'
import { deploysBundled, umsOf, type Ums } from './ums.js'

// -------------------------------------------------------------------------------------
// occasions
// -------------------------------------------------------------------------------------

const SECOND = 1_000
const MINUTE = 60 * SECOND

/** A day, in milliseconds. */
export const DAY = 24 * 60 * MINUTE

/** How long after its registration a new device is served (ALD-64). */
export const AFTER_REGISTRATION = 30 * SECOND

/** How long after a reboot a device is served (ALD-65). */
export const AFTER_REBOOT = 5 * MINUTE

/** How long after a full check the next one is (ALD-65). */
export const fullCheckInterval = ({ has }: Ums): number => (has.dailyChecks ? DAY : 5 * MINUTE)

/** A time that lies before every instant: that of a full check that has never been. */
export const NEVER_CHECKED = -Infinity

/** When the registration of a device makes a check due; not where a full check has seen it. */
export const dueByRegistration = ({ registered }: Device, lastFullCheck: number): number | undefined =>
  registered > lastFullCheck ? registered + AFTER_REGISTRATION : undefined

/** When the last boot of a device makes a check due: on UMS 6 or later, if neither its registration nor a full check came after. */
export const dueByBoot = ({ has }: Ums, { registered, lastBoot }: Device, lastFullCheck: number): number | undefined =>
  has.dailyChecks && lastBoot !== undefined && lastBoot > registered && lastBoot > lastFullCheck
    ? lastBoot + AFTER_REBOOT
    : undefined

/** Is there anything to check for: automatic deployment or bundled licenses, on and known to the version? */
export const isWorthwhile = (ums: Ums): boolean => (ums.automaticDeployment && ums.has.tokens) || deploysBundled(ums)

/**
 * The instant by which a device is checked (ALD-64, 65): the earliest of 30 seconds after its registration, 5 minutes after
 * its last boot, and 24 hours (before UMS 6: 5 minutes) after the last full check, as far as the last full check has not
 * covered them. It may lie in the past: then the check is overdue. None, where no check happens.
 *
 * @example
 * import assert from 'node:assert'
 * import { either as E, function as F, option as O } from 'fp-ts'
 * import { Deployment, DeploymentSettings, Device, Instant } from 'seatwise'
 *
 * const settings = DeploymentSettings.decode({ umsVersion: '12.10.100', umsId: 'ums-1', automaticDeployment: true })
 * const device = Device.Device.decode({ id: 'd-1', unitId: '00E0C5000001', osVersion: '12.5.0', registered: '2026-03-10T12:00:00Z' })
 * if (E.isRight(settings) && E.isRight(device)) {
 *   const due = F.pipe(Deployment.dueBy(settings.right, device.right), O.map(Instant.show))
 *   assert.deepStrictEqual(due, O.some('2026-03-10T12:00:30Z'))
 * }
 *
 * @since 0.1.0
 */
export const dueBy = (settings: DeploymentSettings, device: Device, lastFullCheck?: Instant): O.Option<Instant> => {
  const ums = umsOf(settings)
  if (device.inRecycleBin === true || device.unitId === undefined || !isWorthwhile(ums)) return O.none
  const last = lastFullCheck ?? NEVER_CHECKED
  const due = Math.min(
    dueByRegistration(device, last) ?? Infinity,
    dueByBoot(ums, device, last) ?? Infinity,
    lastFullCheck === undefined ? Infinity : lastFullCheck + fullCheckInterval(ums),
  )
  return O.fromPredicate(Instants.isInstant)(due)
}
