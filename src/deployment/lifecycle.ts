/**
 * How a device stands with a license type, and what takes it from one standing to another: the life of a device's license
 * (deployment.md, sections 3, 9 and 11).
 *
 * Laws:
 *
 * 1. Time alone takes a license only from valid to due to expired
 * 2. Every action of a plan is a transition of {@link lifecycle}
 *
 * @since 0.1.0
 */
import type { DeploymentSettings } from '../record/DeploymentSettings.js'
import type { DeploymentOperation } from '../record/DeploymentOperation.js'
import type { Device } from '../record/Device.js'
import type { LicenseType } from '../record/LicenseType.js'
import type { Day } from '../value/Day.js'
import { umsOf } from './ums.js'
import { isDue, lastValidDay, NEVER, UNLIMITED } from './validity.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/**
 * How a device stands with a type: it holds no license of it (starter licenses count for nothing, ALD-26), one that is
 * valid, one that is valid and due for exchange (ALD-72), one that has expired, or one without end.
 *
 * @since 0.1.0
 */
export type Standing = 'none' | 'valid' | 'due' | 'expired' | 'unlimited'

/**
 * What takes a device from one standing to another: an action, or the passing of days.
 *
 * @since 0.1.0
 */
export interface Transition {
  readonly from: Standing
  readonly to: Standing
  readonly by: DeploymentOperation['action'] | 'time'
}

// -------------------------------------------------------------------------------------
// standings
// -------------------------------------------------------------------------------------

/**
 * How a device stands with a type on a day.
 *
 * @example
 * import assert from 'node:assert'
 * import { either as E, option as O } from 'fp-ts'
 * import { Day, Deployment, DeploymentSettings, Device } from 'seatwise'
 *
 * const settings = DeploymentSettings.decode({ umsVersion: '12.10.100', umsId: 'ums-1' })
 * const device = Device.Device.decode({
 *   id: 'd-1', osVersion: '12.5.0', registered: '2026-01-10T12:00:00Z',
 *   licenses: [{ licenseType: 'udc3', source: 'pack', pack: 'P-1', expires: '2026-03-16' }],
 * })
 * const today = Day.parse('2026-03-10')
 * if (E.isRight(settings) && E.isRight(device) && O.isSome(today))
 *   assert.strictEqual(Deployment.standing(settings.right, device.right, { licenseType: 'udc3' }, today.value), 'due')
 *
 * @since 0.1.0
 */
export const standing = (settings: DeploymentSettings, device: Device, type: LicenseType, today: Day): Standing => {
  const last = lastValidDay(device, type)
  if (last === NEVER) return 'none'
  if (last === UNLIMITED) return 'unlimited'
  if (last < today) return 'expired'
  return isDue(last, today, umsOf(settings).exchangeDaysBeforeExpiration) ? 'due' : 'valid'
}

// -------------------------------------------------------------------------------------
// transitions
// -------------------------------------------------------------------------------------

const LASTING: ReadonlyArray<Standing> = ['valid', 'due', 'unlimited']

const transitions = (
  by: Transition['by'],
  from: ReadonlyArray<Standing>,
  to: ReadonlyArray<Standing> = LASTING,
): ReadonlyArray<Transition> => from.flatMap((one) => to.map((other) => ({ from: one, to: other, by })))

/**
 * The transitions that there are. A renewal of a valid license leaves it valid, since it never comes nearer to its end; no
 * action leads to an expired one.
 *
 * @example
 * import assert from 'node:assert'
 * import { Deployment } from 'seatwise'
 *
 * assert.deepStrictEqual(
 *   Deployment.lifecycle.filter(({ by }) => by === 'time'),
 *   [{ from: 'valid', to: 'due', by: 'time' }, { from: 'due', to: 'expired', by: 'time' }],
 * )
 *
 * @since 0.1.0
 */
export const lifecycle: ReadonlyArray<Transition> = [
  ...transitions('assign', ['none']),
  ...transitions('deploy-bundled', ['none', 'expired']),
  ...transitions('renew', ['valid'], ['valid', 'unlimited']),
  ...transitions('renew', ['due', 'expired']),
  ...transitions('exchange', ['due', 'expired']),
  ...transitions('time', ['valid'], ['due']),
  ...transitions('time', ['due'], ['expired']),
]
