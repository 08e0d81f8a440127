/**
 * The licenses of a catalog, as runs and compliance ask for them: by id, retired or not, limited or not, and upgraded by
 * which others (ALLOC-7, 73).
 *
 * @since 0.1.0
 */
import type { Catalog } from '../record/Catalog.js'
import type { SoftwareLicense, UnitRestriction } from '../record/SoftwareLicense.js'
import type { LicenseId, SoftwareId } from '../value/Id.js'
import { distinct } from '../record/Contradiction.js'
import { areDistinct } from '../value/Distinct.js'
import { append } from '../value/Lists.js'

/** The licenses of a catalog by id; of exact duplicates the first. */
export const licensesById = ({ licenses }: Pick<Catalog, 'licenses'>): ReadonlyMap<LicenseId, SoftwareLicense> => {
  const byId = new Map<LicenseId, SoftwareLicense>()
  for (const license of licenses) if (!byId.has(license.id)) byId.set(license.id, license)
  return byId
}

/** The licenses of a catalog as compiling needs them, found in one look at each. */
export interface Sorted {
  /** Has each an id of its own? */
  readonly areDistinct: boolean
  /** Of exact duplicates the first. */
  readonly ofSoftware: ReadonlyMap<SoftwareId, ReadonlyArray<SoftwareLicense>>
  readonly organizations: ReadonlyArray<UnitRestriction>
  readonly locations: ReadonlyArray<UnitRestriction>
}

const idOf = ({ id }: SoftwareLicense): LicenseId => id

/** Sorts out licenses: by tracked software, and what they are restricted to. */
export const sortOut = (given: ReadonlyArray<SoftwareLicense>): Sorted => {
  const isEachOnce = areDistinct(given, idOf)
  const licenses = isEachOnce ? given : distinct(given, idOf)
  const ofSoftware = new Map<SoftwareId, Array<SoftwareLicense>>()
  const organizations: Array<UnitRestriction> = []
  const locations: Array<UnitRestriction> = []
  for (const license of licenses) {
    const { software, restrictions } = license
    append(ofSoftware, software, license)
    if (restrictions === undefined) continue
    if (restrictions.organization !== undefined) organizations.push(restrictions.organization)
    if (restrictions.location !== undefined) locations.push(restrictions.location)
  }
  return { areDistinct: isEachOnce, ofSoftware, organizations, locations }
}

/** The licenses of a catalog that play no part any more: retired, or of a retired tracked software (ALLOC-7). */
export const retiredIn = ({ software }: Catalog): ((license: SoftwareLicense) => boolean) => {
  const retired = new Set(software.flatMap((each) => (each.retired === true ? [each.id] : [])))
  return (license) => license.retired === true || retired.has(license.software)
}

/** How many computers may use a license; nothing for one that is not limited (ALLOC-73, COMP-19). */
export const limitOf = ({ entitlements, metric }: SoftwareLicense): number | undefined =>
  metric === 'none' ? undefined : entitlements

/** The direct upgrades of each license: neither retired nor of a retired tracked software (ALLOC-73). */
export const upgradesIn = (
  catalog: Catalog,
  licenses = licensesById(catalog),
): ReadonlyMap<LicenseId, ReadonlyArray<SoftwareLicense>> => {
  const isRetired = retiredIn(catalog)
  const upgrades = new Map<LicenseId, Array<SoftwareLicense>>()
  for (const license of licenses.values()) {
    const { id, upgradeFor } = license
    if (upgradeFor === undefined || upgradeFor === id || isRetired(license)) continue
    append(upgrades, upgradeFor, license)
  }
  return upgrades
}
