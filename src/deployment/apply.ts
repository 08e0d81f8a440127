/**
 * What a decision changes on the device and on the pack (deployment.md, section 11).
 */
import type { BundledLicense } from '../record/BundledLicense.js'
import type { DeploymentOperation } from '../record/DeploymentOperation.js'
import type { Device, DeviceLicense } from '../record/Device.js'
import * as LicenseType from '../record/LicenseType.js'
import type { ProductPack } from '../record/ProductPack.js'
import type { Count } from '../value/Count.js'
import type { Instant } from '../value/Instant.js'
import * as Instants from '../value/Instant.js'
import { typeOfBundled } from './bundled.js'
import type { Deed } from './gates.js'
import { expiring, lastDayOf, type LastDay } from './validity.js'

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
  const given = new Map<ProductPack, DeviceLicense>()
  const renewed = new Map<ProductPack, DeviceLicense>()
  const licenseOf = (deed: Deed): DeviceLicense => {
    if (deed.action === 'deploy-bundled') return licenseBundled(deed.from)
    const isRenewal = deed.action === 'renew'
    const known = isRenewal ? renewed : given
    const license = known.get(deed.from) ?? licenseFrom(deed.from, isRenewal)
    known.set(deed.from, license)
    return license
  }
  return (device, deed) => {
    const license = licenseOf(deed)
    const key = `[${stamp},${JSON.stringify(LicenseType.show(license))},${JSON.stringify(device.id)},"${deed.action}"]`
    return { key, action: deed.action, device: device.id, license }
  }
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
    const { expires: _, ...lasting } = license
    return { ...lasting, ...expiring(last) }
  }

/** The device after an operation. */
export const deviceAfter = (device: Device, { action, license }: DeploymentOperation): Device => {
  const { licenses = [] } = device
  if (action !== 'renew') return { ...device, licenses: [...licenses, license] }
  const [isRenewed, move] = [isRenewedBy(license), movedTo(lastDayOf(license))]
  return { ...device, licenses: licenses.map((each) => (isRenewed(each) ? move(each) : each)) }
}

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
