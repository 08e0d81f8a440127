/**
 * What stands ready for a device when its turn comes: a bundled license (deployment.md, section 10), or the renewal of a
 * pack that it holds a license from (section 9).
 */
import * as LicenseType from '../../record/LicenseType.js'
import type { ProductPack } from '../../record/ProductPack.js'
import type { Case, Facts } from './facts.js'
import { lastDayOf } from './holdings.js'
import { isRenewedBy } from './replay.js'
import { isUsable } from './trials.js'

// -------------------------------------------------------------------------------------
// bundled licenses
// -------------------------------------------------------------------------------------

/** Is there a license bundled with the hardware of the device, or moved to it, that is valid today? */
const hasBundled = ({ device, type }: Case, { bundles, today }: Facts): boolean => bundles.own(device, type) >= today

/** Is the device licensed for the type today (ALD-107)? */
export const isLicensedToday = ({ last }: Case, { today }: Facts): boolean => last >= today

/** Is a bundled license to be deployed: is one ready, and does the device need it (ALD-82 to 88)? */
export const isBundledDue = (each: Case, facts: Facts): boolean =>
  facts.estate.settings.hardwareBundledDeployment === true &&
  facts.ums.hasBundled &&
  each.os.takesBundled &&
  facts.estate.settings.umsIdRegistered !== false &&
  !isLicensedToday(each, facts) &&
  hasBundled(each, facts)

// -------------------------------------------------------------------------------------
// renewals
// -------------------------------------------------------------------------------------

/** Does the device hold a license of the type from the pack? */
export const isHeldFrom = (pack: ProductPack, { held }: Case): boolean => held.some(isRenewedBy(pack))

/** The packs whose renewal takes the device further than it is (ALD-66). */
export const renewalsOf = (each: Case, facts: Facts): ReadonlyArray<ProductPack> =>
  [...new Set(each.held.flatMap(({ source, pack }) => (source === 'pack' && pack !== undefined ? [pack] : [])))]
    .flatMap((id) => facts.packs.get(id) ?? [])
    .filter((pack) => LicenseType.show(pack) === each.type)
    .filter((pack) => lastDayOf(pack) > each.last && isUsable(pack, each, facts))
