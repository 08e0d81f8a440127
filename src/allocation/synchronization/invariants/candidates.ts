/**
 * The candidates of tracked software, told once for all their installations (ALLOC-2, 4, 7, 79).
 */
import type { AllocationPolicy } from '../../../record/AllocationPolicy.js'
import type { Catalog } from '../../../record/Catalog.js'
import type { SoftwareLicense } from '../../../record/SoftwareLicense.js'
import type { TrackedSoftware } from '../../../record/TrackedSoftware.js'
import type { Day } from '../../../value/Day.js'
import type { LicenseId, SoftwareId } from '../../../value/Id.js'
import { licensesById, retiredIn } from '../../licenses.js'

/** What is asked of the candidates of a tracked software: which they are, and whether a main license is among them. */
export interface Candidates {
  readonly ids: ReadonlySet<LicenseId>
  readonly hasMain: boolean
}

const NONE: Candidates = { ids: new Set(), hasMain: false }

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

/** Is a license expired on the day of the run, where that is asked for (ALLOC-79)? */
export const isExpired = ({ expired }: AllocationPolicy, asOf: Day | undefined, license: SoftwareLicense): boolean =>
  expired === 'excluded' && license.expires !== undefined && asOf !== undefined && license.expires < asOf

/** The candidates of a tracked software; none of what is in no tracked software. */
export const candidatesIn = (
  catalog: Catalog,
  policy: AllocationPolicy,
  asOf: Day | undefined,
): ((software: TrackedSoftware | undefined) => Candidates) => {
  const isRetired = retiredIn(catalog)
  const candidates = new Map<SoftwareId, { readonly ids: Set<LicenseId>; readonly hasMain: boolean }>()
  for (const license of licensesById(catalog).values()) {
    if (license.metric === 'user' || isRetired(license) || isExpired(policy, asOf, license)) continue
    const { ids, hasMain } = candidates.get(license.software) ?? { ids: new Set(), hasMain: false }
    candidates.set(license.software, { ids: ids.add(license.id), hasMain: hasMain || license.main === true })
  }
  return (software) => (software === undefined ? undefined : candidates.get(software.id)) ?? NONE
}
