/**
 * What a decision changes on the device and on the pack (deployment.md, section 11).
 */
import type { DeploymentOperation } from '../record/DeploymentOperation.js'
import type { Device, DeviceLicense } from '../record/Device.js'
import * as LicenseType from '../record/LicenseType.js'
import type { ProductPack } from '../record/ProductPack.js'
import type { Count } from '../value/Count.js'
import type { Instant } from '../value/Instant.js'
import * as Instants from '../value/Instant.js'
import type { Deed } from './gates.js'
import { expiring, lastDayOf } from './validity.js'

// -------------------------------------------------------------------------------------
// operations
// -------------------------------------------------------------------------------------

/** The license that a deed gives, or, when it renews, the one that is renewed as it then is. */
const licenseOf = (deed: Deed, type: LicenseType.LicenseType, pack: ProductPack | undefined): DeviceLicense => {
  if (deed.action === 'deploy-bundled') return { ...type, source: 'bundled', ...expiring(deed.last) }
  return {
    ...type,
    source: 'pack',
    pack: deed.pack,
    ...(pack?.evaluation === undefined || deed.action === 'renew' ? {} : { evaluation: pack.evaluation }),
    ...expiring(deed.last),
  }
}

export const operationOf = (
  at: Instant,
  device: Device,
  type: LicenseType.LicenseType,
  deed: Deed,
  pack: ProductPack | undefined,
): DeploymentOperation => ({
  key: JSON.stringify([Instants.show(at), device.id, LicenseType.show(type), deed.action]),
  action: deed.action,
  device: device.id,
  license: licenseOf(deed, type, pack),
})

// -------------------------------------------------------------------------------------
// applying them
// -------------------------------------------------------------------------------------

/** Is this one of the licenses that a renewal moves: of its type and from its pack? */
const isRenewedBy =
  (renewed: DeviceLicense) =>
  (license: DeviceLicense): boolean =>
    license.source === 'pack' && license.pack === renewed.pack && LicenseType.equals(license, renewed)

const movedTo =
  (last: number) =>
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
