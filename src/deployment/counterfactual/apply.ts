/**
 * Remedies applied to an estate.
 *
 * Laws:
 *
 * 1. Purity: the estate given stays as it is; what no remedy names is the same record afterward
 * 2. A remedy of a record that is not there changes nothing
 * 3. But for `add-licenses`, applied twice is applied once
 *
 * @since 0.1.0
 */
import type { DeploymentSettings } from '../../record/DeploymentSettings.js'
import type { Device } from '../../record/Device.js'
import type { DistributionCondition } from '../../record/DistributionCondition.js'
import type { Estate } from '../../record/Estate.js'
import * as LicenseType from '../../record/LicenseType.js'
import type { ProductPack } from '../../record/ProductPack.js'
import { changed } from '../../record/Shape.js'
import type { Count } from '../../value/Count.js'
import { conditionKey, conditionsOf } from '../places.js'
import type { Remedy } from './remedy.js'

// -------------------------------------------------------------------------------------
// records
// -------------------------------------------------------------------------------------

const changeDevice =
  (id: string, change: (device: Device) => Device) =>
  (estate: Estate): Estate => ({
    ...estate,
    devices: estate.devices.map((device) => (device.id === id ? change(device) : device)),
  })

const changePack =
  (id: string, change: (pack: ProductPack) => ProductPack) =>
  (estate: Estate): Estate => ({ ...estate, packs: estate.packs.map((pack) => (pack.id === id ? change(pack) : pack)) })

const changeSettings =
  (change: (settings: DeploymentSettings) => DeploymentSettings) =>
  (estate: Estate): Estate => ({ ...estate, settings: change(estate.settings) })

/** A list with an entry that it may have already. */
const including = <A>(list: ReadonlyArray<A> = [], entry: A): ReadonlyArray<A> =>
  list.includes(entry) ? list : [...list, entry]

const alsoOn = (
  conditions: ReadonlyArray<DistributionCondition> = [],
  condition: DistributionCondition,
): ReadonlyArray<DistributionCondition> =>
  conditions.some((each) => conditionKey(each) === conditionKey(condition)) ? conditions : [...conditions, condition]

// -------------------------------------------------------------------------------------
// applying
// -------------------------------------------------------------------------------------

/**
 * What an estate becomes by a remedy. Of several remedies, the answers of {@link wouldServe} mean them in the order given.
 *
 * @example
 * import assert from 'node:assert'
 * import { either as E, function as F } from 'fp-ts'
 * import { Deployment, Estate } from 'seatwise'
 *
 * const applied = F.pipe(
 *   Estate.decode({ settings: { umsVersion: '12.10.100', umsId: 'ums-1' }, packs: [], devices: [] }),
 *   E.chainW(({ right: estate }) => F.pipe(
 *     Deployment.Remedy.decode({ kind: 'switch-on', setting: 'automaticDeployment' }),
 *     E.map((remedy) => Deployment.applyRemedy(remedy)(estate).settings.automaticDeployment),
 *   )),
 * )
 * assert.deepStrictEqual(applied, E.right(true))
 *
 * @since 0.1.0
 */
export const applyRemedy = (remedy: Remedy): ((estate: Estate) => Estate) => {
  switch (remedy.kind) {
    case 'restore-device':
      return changeDevice(remedy.device, (device) => changed(device, { inRecycleBin: null }))
    case 'report-unit-id':
      return changeDevice(remedy.device, (device) => ({ ...device, unitId: device.unitId ?? device.id }))
    case 'close-request':
      return changeDevice(remedy.device, ({ openRequests = [], ...device }) => ({
        ...device,
        openRequests: openRequests.filter((open) => !LicenseType.equals(open, remedy)),
      }))
    case 'move-device':
      return changeDevice(remedy.device, (device) => ({ ...device, directory: remedy.directory }))
    case 'add-to-view':
      return changeDevice(remedy.device, (device) => ({ ...device, views: including(device.views, remedy.view) }))
    case 'update-os':
      return changeDevice(remedy.device, (device) => ({ ...device, osVersion: remedy.osVersion }))
    case 'remove-licenses':
      return changeDevice(remedy.device, ({ licenses = [], ...device }) => ({
        ...device,
        licenses: licenses.filter((license) => !LicenseType.equals(license, remedy)),
      }))
    case 'activate-pack':
      return changePack(remedy.pack, (pack) => changed(pack, { active: null }))
    case 'assign-pack':
      return (estate) =>
        changePack(remedy.pack, (pack) => ({ ...pack, umsIds: including(pack.umsIds, estate.settings.umsId) }))(estate)
    case 'renew-token':
      return changePack(remedy.pack, (pack) => ({ ...pack, aldToken: 'valid' }))
    case 'add-condition':
      return changePack(remedy.pack, (pack) => ({
        ...pack,
        distribution: {
          method: 'conditions',
          conditions: alsoOn(conditionsOf(pack), remedy.condition),
        },
      }))
    case 'enable-for-all':
      return changePack(remedy.pack, (pack) => ({ ...pack, distribution: { method: 'enabled' } }))
    case 'add-licenses':
      return changePack(remedy.pack, (pack) => ({ ...pack, total: (pack.total + remedy.count) as Count }))
    case 'start-pack':
      return changePack(remedy.pack, (pack) => ({ ...pack, starts: remedy.starts }))
    case 'extend-pack':
      return changePack(remedy.pack, (pack) => ({ ...pack, expires: remedy.expires }))
    case 'restore-pack':
      return changePack(remedy.pack, (pack) => changed(pack, { status: null }))
    case 'switch-on':
      return changeSettings((settings) => ({ ...settings, [remedy.setting]: true }))
    case 'add-global-condition':
      return changeSettings((settings) => ({
        ...settings,
        distributionConditions: alsoOn(settings.distributionConditions, remedy.condition),
      }))
    case 'update-ums':
      return changeSettings((settings) => ({ ...settings, umsVersion: remedy.umsVersion }))
    case 'lift-global-conditions':
      return changeSettings((settings) => changed(settings, { distributionConditions: null }))
  }
}
