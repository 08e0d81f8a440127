/**
 * What an invariant may ask about a run: the records and the results, each found by its ids.
 *
 * Told anew from the records: which computers are reported, what an allocation covers and an installation may keep, which
 * licenses are candidates, and who used a license before the run. Shared with the code that decides is the vocabulary
 * alone: when a policy can be read, which records are duplicates, which licenses are retired or limited or upgrades,
 * which allocations are set aside, what stands after a run, and the orders of names, allocations and seats. A wrong word
 * there is wrong here too.
 */
import type { Allocation } from '../../../record/Allocation.js'
import type { AllocationPolicy } from '../../../record/AllocationPolicy.js'
import type { Installation } from '../../../record/AuditSnapshot.js'
import type { Decision } from '../../../record/Decision.js'
import type { SoftwareLicense } from '../../../record/SoftwareLicense.js'
import type { TrackedSoftware } from '../../../record/TrackedSoftware.js'
import type { ComputerId, LicenseId, ProductId } from '../../../value/Id.js'
import { distinct } from '../../../record/Contradiction.js'
import { licensesById, retiredIn } from '../../licenses.js'
import { next } from '../allocations.js'
import { policyOf } from '../given.js'
import type { Given, Outcome } from '../run.js'
import { candidatesIn, type Candidates } from './candidates.js'
import { endingIn, foundIn, keepableIn, keyOf, recordedIn, type Found } from './indexes.js'
import { pastsIn, type Past } from './past.js'
import { seatsIn, type LicenseSeat } from './seating.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** A decision with the records that it is about. */
export interface Case extends Found {
  readonly decision: Decision<string>
  /** The tracked software that holds the product, unless it is retired. */
  readonly software: TrackedSoftware | undefined
  readonly license: SoftwareLicense | undefined
}

export interface Facts {
  readonly given: Given<string>
  /** As it was read; one that cannot be read is empty. */
  readonly policy: AllocationPolicy
  readonly outcome: Outcome<string>
  readonly cases: ReadonlyArray<Case>
  readonly pasts: ReadonlyArray<Past>
  /** Every seat of the ledger of the run. */
  readonly seats: ReadonlyArray<LicenseSeat>
  readonly licenses: ReadonlyMap<LicenseId, SoftwareLicense>
  readonly isRetired: (license: SoftwareLicense) => boolean
  readonly candidatesOf: (software: TrackedSoftware | undefined) => Candidates
  /** Has a computer an allocation of a license that was rejected (ALLOC-86)? */
  readonly isUntouched: (computer: ComputerId, license: LicenseId) => boolean
  /** The licenses of which an installation keeps one; none where no standing allocation covers it (ALLOC-76). */
  readonly keepableBy: (computer: ComputerId, installation: Installation) => ReadonlySet<LicenseId>
  /** Does an installation that an allocation covers end the run with its license? */
  readonly isKeptUp: (allocation: Allocation) => boolean
  /** Does an allocation of the license cover an installation after the run? */
  readonly isRecorded: (computer: ComputerId, license: LicenseId, installation: Installation) => boolean
}

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

export const factsOf = (given: Given<string>, outcome: Outcome<string>): Facts => {
  const { catalog, asOf, allocations = [] } = given
  const policy = policyOf(given.policy)
  const licenses = licensesById(catalog)
  const live = new Map<ProductId, TrackedSoftware>(
    catalog.software
      .filter(({ retired }) => retired !== true)
      .flatMap((software) => software.products.map((product) => [product, software] as const)),
  )
  const snapshots = new Map(
    distinct(given.snapshots, ({ computer }) => computer.id).map((one) => [one.computer.id, one]),
  )
  const found = foundIn(snapshots.values())
  const pasts = pastsIn(given, policy, outcome, snapshots)
  const untouched = new Set(
    pasts
      .filter(({ standing }) => standing === 'untouched')
      .map(({ allocation: { computer, license } }) => keyOf(computer, license)),
  )
  return {
    given,
    policy,
    outcome,
    cases: outcome.decisions.flatMap((decision): ReadonlyArray<Case> => {
      const records = found(decision.computer, decision.installation)
      if (records === undefined) return []
      const { snapshot, installation } = records
      const license = decision.license === undefined ? undefined : licenses.get(decision.license)
      return [{ decision, snapshot, installation, software: live.get(installation.product), license }]
    }),
    pasts,
    seats: seatsIn(outcome.ledger),
    licenses,
    isRetired: retiredIn(catalog),
    candidatesOf: candidatesIn(catalog, policy, asOf),
    isUntouched: (computer, license) => untouched.has(keyOf(computer, license)),
    keepableBy: keepableIn(
      pasts.filter(({ standing }) => standing !== 'set-aside').map(({ allocation }) => allocation),
    ),
    isKeptUp: endingIn(outcome.decisions),
    isRecorded: recordedIn(next(allocations)(outcome)),
  }
}
