/**
 * What a decision changes on the device and on the pack (deployment.md, section 11).
 */
import type { BundledLicense } from '../record/BundledLicense.js'
import type { DeploymentOperation } from '../record/DeploymentOperation.js'
import type { Device, DeviceLicense } from '../record/Device.js'
import * as LicenseType from '../record/LicenseType.js'
import type { ProductPack } from '../record/ProductPack.js'
import type { Count } from '../value/Count.js'
import type { Day } from '../value/Day.js'
import type { DeviceId } from '../value/Id.js'
import type { Instant } from '../value/Instant.js'
import * as Instants from '../value/Instant.js'
import { typeOfBundled } from './bundled.js'
import type { Deed } from './gates.js'
import { expiring, lastDayOf, UNLIMITED, type LastDay } from './validity.js'

// -------------------------------------------------------------------------------------
// operations
// -------------------------------------------------------------------------------------

/** The license that a pack gives; renewed, the part of it that a renewal moves. */
const licenseFrom = (pack: ProductPack, isRenewal: boolean): DeviceLicense => ({
  ...LicenseType.of(pack),
  source: 'pack',
  pack: pack.id,
  ...(pack.evaluation === undefined || isRenewal ? {} : { evaluation: pack.evaluation }),
  ...expiring(lastDayOf(pack)),
})

const licenseBundled = (bundled: BundledLicense): DeviceLicense => ({
  ...typeOfBundled(bundled),
  source: 'bundled',
  ...expiring(lastDayOf(bundled)),
})

/**
 * Writes the operations of an instant. Licenses from one pack are one record, however many devices get one.
 *
 * INVARIANT: no two operations of an instant have one key: a device and type have one decision then.
 */
export const operationsAt = (at: Instant): ((device: Device, deed: Deed) => DeploymentOperation) => {
  const stamp = JSON.stringify(Instants.show(at))
  const given = new Map<ProductPack, Gift>()
  const renewed = new Map<ProductPack, Gift>()
  const giftOf = (license: DeviceLicense): Gift => ({
    license,
    opening: `[${stamp},${JSON.stringify(LicenseType.show(license))},`,
  })
  const gift = (deed: Deed): Gift => {
    if (deed.action === 'deploy-bundled') return giftOf(licenseBundled(deed.from))
    const isRenewal = deed.action === 'renew'
    const gifts = isRenewal ? renewed : given
    const known = gifts.get(deed.from)
    if (known !== undefined) return known
    const made = giftOf(licenseFrom(deed.from, isRenewal))
    gifts.set(deed.from, made)
    return made
  }
  // A device is often given several licenses, type by type.
  let [last, lastAction]: [DeviceId | undefined, Deed['action'] | undefined] = [undefined, undefined]
  let closing = ''
  return ({ id: device }, deed) => {
    const { action } = deed
    const { license, opening } = gift(deed)
    if (device !== last || action !== lastAction) {
      last = device
      lastAction = action
      closing = `${JSON.stringify(device)}${closings[action]}`
    }
    return { key: opening + closing, action, device, license }
  }
}

/** How the key of an operation ends. */
const closings: { readonly [K in Deed['action']]: string } = {
  assign: ',"assign"]',
  renew: ',"renew"]',
  exchange: ',"exchange"]',
  'deploy-bundled': ',"deploy-bundled"]',
}

/** A license, with how the key of every operation that gives it at an instant begins. */
interface Gift {
  readonly license: DeviceLicense
  readonly opening: string
}

// -------------------------------------------------------------------------------------
// applying them
// -------------------------------------------------------------------------------------

/** Is this one of the licenses that a renewal moves: of its type and from its pack? */
const isRenewedBy =
  (renewed: DeviceLicense) =>
  (license: DeviceLicense): boolean =>
    license.source === 'pack' && license.pack === renewed.pack && LicenseType.equals(license, renewed)

const movedTo =
  (last: LastDay) =>
  (license: DeviceLicense): DeviceLicense => {
    if (last !== UNLIMITED) return { ...license, expires: last as Day }
    const { expires: _, ...lasting } = license
    return lasting
  }

/** What a device holds after an operation. */
export const licensesAfter = (
  licenses: ReadonlyArray<DeviceLicense>,
  { action, license }: DeploymentOperation,
): ReadonlyArray<DeviceLicense> => {
  if (action !== 'renew') {
    // As long as it has to be: one that a license is pushed to would have room for many more.
    const held = new Array<DeviceLicense>(licenses.length + 1)
    for (let place = 0; place < licenses.length; place += 1) held[place] = licenses[place] ?? license
    held[licenses.length] = license
    return held
  }
  const [isRenewed, move] = [isRenewedBy(license), movedTo(lastDayOf(license))]
  return licenses.map((each) => (isRenewed(each) ? move(each) : each))
}

/**
 * The device with other licenses. Assigned, not spread with one field more: of objects made so, many a JavaScript engine
 * gives each a shape of its own, which takes as long as a decision.
 */
export const holding = (device: Device, licenses: ReadonlyArray<DeviceLicense>): Device =>
  Object.assign({}, device, { licenses })

/** The device after an operation. */
export const deviceAfter = (device: Device, operation: DeploymentOperation): Device =>
  holding(device, licensesAfter(device.licenses ?? [], operation))

/** Can the operation renew anything on the device? */
export const holdsRenewed = ({ licenses = [] }: Device, { license }: DeploymentOperation): boolean =>
  licenses.some(isRenewedBy(license))

/** Does the action take a license of the pack? A renewal takes none (ALD-68). */
export const takesLicense = ({ action }: Pick<DeploymentOperation, 'action'>): boolean =>
  action === 'assign' || action === 'exchange'

/** The pack with so many licenses allocated. The first assignment starts its term (ALD-52). */
export const packAfter = (pack: ProductPack, allocated: number): ProductPack =>
  allocated === pack.allocated
    ? pack
    : {
        ...pack,
        // INVARIANT: below `total`, which is a count, or one below a count.
        allocated: allocated as Count,
        ...(pack.status === 'not-yet-activated' && allocated > pack.allocated ? { status: 'ready' } : {}),
      }
