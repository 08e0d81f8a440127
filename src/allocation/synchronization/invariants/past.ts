/**
 * The given allocations, each once, and what became of them (ALLOC-58, 73, 75, 84).
 */
import type { Allocation } from '../../../record/Allocation.js'
import type { AllocationPolicy } from '../../../record/AllocationPolicy.js'
import type { AuditSnapshot } from '../../../record/AuditSnapshot.js'
import type { ComputerId } from '../../../value/Id.js'
import { contentOf, distinctAllocations } from '../allocations.js'
import type { Given, Outcome } from '../run.js'
import { holdingIn, type Standing } from '../standing.js'
import { coveringIn } from './indexes.js'

/** A given allocation, and what became of it. */
export interface Past {
  readonly allocation: Allocation
  readonly standing: Standing
  /** Of a computer that was given as retired. */
  readonly isOfRetired: boolean
  /** Of a computer that was reported (ALLOC-84, 86). */
  readonly isReported: boolean
  /** Does it cover an installation that was found? */
  readonly isCovering: boolean
  readonly isReleased: boolean
}

const isReportedIn = (incomplete: ReadonlyArray<ComputerId>): ((snapshot: AuditSnapshot | undefined) => boolean) => {
  const isIncomplete = new Set(incomplete)
  return (snapshot) =>
    snapshot?.installations !== undefined &&
    snapshot.computer.kind !== 'hardware' &&
    snapshot.computer.retired !== true &&
    !isIncomplete.has(snapshot.computer.id)
}

/** What became of the given allocations; snapshots are by computer, each once. */
export const pastsIn = (
  { catalog, allocations = [], incomplete = [], rejectedLicenses = [] }: Given<string>,
  { existing = 'keep' }: AllocationPolicy,
  { released }: Outcome<string>,
  snapshots: ReadonlyMap<ComputerId, AuditSnapshot>,
): ReadonlyArray<Past> => {
  const gone = new Set(released.map(contentOf))
  const holdingOf = holdingIn(catalog, existing, rejectedLicenses)
  const isReported = isReportedIn(incomplete)
  const isCovering = coveringIn(snapshots.values())
  return distinctAllocations(allocations).map((allocation) => {
    const snapshot = snapshots.get(allocation.computer)
    return {
      allocation,
      standing: holdingOf(allocation).standing,
      isOfRetired: snapshot?.computer.retired === true,
      isReported: isReported(snapshot),
      isCovering: isCovering(allocation),
      isReleased: gone.has(contentOf(allocation)),
    }
  })
}

/** Is an allocation released because it covers nothing any more (ALLOC-58)? */
export const isAbandoned = ({ allocation, standing, isReported, isCovering }: Past): boolean =>
  standing !== 'untouched' && isReported && !isCovering && allocation.deallocateAutomatically === true

/** Is its computer a user of its license before any rule is tried (ALLOC-73)? */
export const isOfUse = (past: Past): boolean =>
  !past.isOfRetired && !isAbandoned(past) && !(past.standing === 'set-aside' && past.isReported && past.isCovering)
