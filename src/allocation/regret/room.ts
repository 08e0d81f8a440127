/**
 * How many computers a license has room for in a search for more than the rules gave (ALLOC-73).
 *
 * Laws:
 *
 * 1. There is room for all to whom the rules gave it
 * 2. Whatever fills the room takes no license over its entitlements that was within them, and no original either
 */
import type { Catalog } from '../../record/Catalog.js'
import type { SoftwareLicense } from '../../record/SoftwareLicense.js'
import type { ComputerId, LicenseId } from '../../value/Id.js'
import { licensesById, limitOf, upgradesIn } from '../licenses.js'
import type { SeatLedger } from '../synchronization/seats.js'

/** As many as anybody asks for. */
const UNLIMITED = 2 ** 31 - 1

/** Who used which license before the run, and how many use it now. */
export interface Use {
  readonly before: ReadonlyMap<LicenseId, ReadonlySet<ComputerId>>
  readonly now: ReadonlyMap<LicenseId, number>
}

export const useOf = (ledger: SeatLedger<string>): Use => ({
  before: new Map(
    ledger.map(({ license, seats }) => [
      license,
      new Set(seats.flatMap(({ computer, rule }) => (rule === undefined ? [computer] : []))),
    ]),
  ),
  now: new Map(ledger.map(({ license, seats }) => [license, seats.length])),
})

/** How many rivals a license has room for, when the rules gave it to so many of them. */
export const roomIn = (catalog: Catalog, { before, now }: Use) => {
  const licenses = licensesById(catalog)
  const upgrades = upgradesIn(catalog, licenses)
  return (license: SoftwareLicense, given: number): number => {
    const { id, upgradeFor } = license
    const original = upgradeFor === undefined || upgradeFor === id ? undefined : licenses.get(upgradeFor)
    if (original !== undefined && limitOf(original) !== undefined) return given
    const limit = limitOf(license)
    if (limit === undefined) return UNLIMITED
    const ofUpgrades = (upgrades.get(id) ?? []).reduce((sum, upgrade) => sum + (now.get(upgrade.id) ?? 0), 0)
    return Math.max(given, limit - (before.get(id)?.size ?? 0) - ofUpgrades)
  }
}
