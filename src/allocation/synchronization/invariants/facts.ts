/**
 * What an invariant may ask about a run: the records and the results, each found by its id. Everything is told from the
 * records anew; nothing comes from the code that decided.
 */
import type { Allocation } from '../../../record/Allocation.js'
import type { AuditSnapshot, Installation } from '../../../record/AuditSnapshot.js'
import type { Decision } from '../../../record/Decision.js'
import type { SoftwareLicense } from '../../../record/SoftwareLicense.js'
import type { TrackedSoftware } from '../../../record/TrackedSoftware.js'
import type { ComputerId, LicenseId, ProductId } from '../../../value/Id.js'
import { distinct } from '../../contradictions.js'
import { licensesById, retiredIn } from '../../licenses.js'
import { holdingIn, type Standing } from '../standing.js'
import { contentOf, distinctAllocations, next } from '../allocations.js'
import type { Given, Outcome } from '../run.js'
import type { Seat } from '../seats.js'

/** A decision with the records that it is about. */
export interface Case {
  readonly decision: Decision<string>
  readonly snapshot: AuditSnapshot
  readonly installation: Installation
  /** The tracked software that holds the product, unless it is retired. */
  readonly software: TrackedSoftware | undefined
  readonly license: SoftwareLicense | undefined
}

/** A given allocation, and what it is about. */
export interface Past {
  readonly allocation: Allocation
  readonly standing: Standing
  readonly snapshot: AuditSnapshot | undefined
  readonly isReleased: boolean
}

export interface Facts {
  readonly given: Given<string>
  readonly outcome: Outcome<string>
  readonly cases: ReadonlyArray<Case>
  readonly pasts: ReadonlyArray<Past>
  readonly pastsOf: (computer: ComputerId) => ReadonlyArray<Past>
  /** The allocations of a computer after the run. */
  readonly nextOf: (computer: ComputerId) => ReadonlyArray<Allocation>
  readonly seatsOf: (license: LicenseId) => ReadonlyArray<Seat<string>>
  readonly licenses: ReadonlyMap<LicenseId, SoftwareLicense>
  readonly isRetired: (license: SoftwareLicense) => boolean
  /** The candidates of a tracked software (ALLOC-2, 4, 7, 79). */
  readonly candidatesOf: (software: TrackedSoftware) => ReadonlyArray<SoftwareLicense>
  /** A computer that was reported (ALLOC-84, 86). */
  readonly isReported: (computer: ComputerId) => boolean
  readonly installationsOf: (computer: ComputerId) => ReadonlyArray<Installation>
  readonly decisionsOf: (computer: ComputerId) => ReadonlyArray<Decision<string>>
  readonly contentOf: (allocation: Allocation) => string
}

const group = <A, K>(all: ReadonlyArray<A>, key: (one: A) => K): ReadonlyMap<K, ReadonlyArray<A>> => {
  const groups = new Map<K, Array<A>>()
  for (const one of all) {
    const known = groups.get(key(one))
    if (known === undefined) groups.set(key(one), [one])
    else known.push(one)
  }
  return groups
}

export const factsOf = (given: Given<string>, outcome: Outcome<string>): Facts => {
  const { catalog, policy = {}, asOf, incomplete = [], rejectedLicenses = [] } = given
  const licenses = licensesById(catalog)
  const isRetired = retiredIn(catalog)
  const live = new Map<ProductId, TrackedSoftware>(
    catalog.software
      .filter(({ retired }) => retired !== true)
      .flatMap((software) => software.products.map((product) => [product, software] as const)),
  )
  const snapshots = new Map(
    distinct(given.snapshots, ({ computer }) => computer.id).map((one) => [one.computer.id, one]),
  )
  const isIncomplete = new Set(incomplete)
  const decisions = group(outcome.decisions, ({ computer }) => computer)
  const ofSoftware = group([...licenses.values()], ({ software }) => software)
  const released = new Set(outcome.released.map(contentOf))
  const standingOf = holdingIn(catalog, policy.existing ?? 'keep', rejectedLicenses)
  const pasts = distinctAllocations(given.allocations ?? []).map((allocation): Past => ({
    allocation,
    standing: standingOf(allocation).standing,
    snapshot: snapshots.get(allocation.computer),
    isReleased: released.has(contentOf(allocation)),
  }))
  const pastsOf = group(pasts, ({ allocation }) => allocation.computer)
  const after = group(next(given.allocations ?? [])(outcome), ({ computer }) => computer)
  const seats = new Map(outcome.ledger.map((each) => [each.license, each.seats]))
  return {
    given,
    outcome,
    cases: outcome.decisions.flatMap((decision): ReadonlyArray<Case> => {
      const snapshot = snapshots.get(decision.computer)
      const installation = snapshot?.installations?.find(({ id }) => id === decision.installation)
      if (snapshot === undefined || installation === undefined) return []
      const license = decision.license === undefined ? undefined : licenses.get(decision.license)
      return [{ decision, snapshot, installation, software: live.get(installation.product), license }]
    }),
    pasts,
    pastsOf: (computer) => pastsOf.get(computer) ?? [],
    nextOf: (computer) => after.get(computer) ?? [],
    seatsOf: (license) => seats.get(license) ?? [],
    licenses,
    isRetired,
    candidatesOf: ({ id }) =>
      (ofSoftware.get(id) ?? []).filter(
        (license) =>
          license.metric !== 'user' &&
          !isRetired(license) &&
          !(
            policy.expired === 'excluded' &&
            license.expires !== undefined &&
            asOf !== undefined &&
            license.expires < asOf
          ),
      ),
    isReported: (computer) => {
      const snapshot = snapshots.get(computer)
      return (
        snapshot?.installations !== undefined &&
        snapshot.computer.kind !== 'hardware' &&
        snapshot.computer.retired !== true &&
        !isIncomplete.has(computer)
      )
    },
    installationsOf: (computer) => snapshots.get(computer)?.installations ?? [],
    decisionsOf: (computer) => decisions.get(computer) ?? [],
    contentOf,
  }
}
