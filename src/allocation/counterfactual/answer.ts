/**
 * What is asked and what is answered, of a single decision and of a run.
 *
 * @since 0.1.0
 */
import type { O } from '../../prelude.js'
import type { AuditSnapshot } from '../../record/AuditSnapshot.js'
import type { Decision, RuleName } from '../../record/Decision.js'
import type { ComputerId, InstallationId, LicenseId } from '../../value/Id.js'
import type { Remedy } from './remedy.js'

/**
 * What is asked: would the installation be allocated `license`, or, where none is named, any license? An answer has at
 * most `bound` remedies: 2 where nothing is said, 4 at the most.
 *
 * @since 0.1.0
 */
export interface AllocationQuestion {
  readonly license?: string
  readonly bound?: number
}

/**
 * Remedies that are enough together, in the order in which they are made, and the decision that follows.
 *
 * @since 0.1.0
 */
export interface AllocationAnswer<Name extends string = RuleName> {
  readonly remedies: ReadonlyArray<Remedy>
  readonly decision: Decision<Name>
}

/**
 * What would have to change. `decision` is the one that stands now. All answers are of one size, the smallest; an answer
 * without remedies says that it is so already, and no answer that no remedies up to `bound` are enough. They come in the order of
 * their dearest remedy, then of the next: the snapshot is cheaper than the tracked software, that than licenses, and adding
 * than removing.
 *
 * @since 0.1.0
 */
export interface AllocationCounterfactual<Name extends string = RuleName> {
  readonly computer: ComputerId
  readonly installation: InstallationId
  readonly license?: LicenseId
  readonly bound: number
  readonly decision: Decision<Name>
  readonly answers: ReadonlyArray<AllocationAnswer<Name>>
}

/**
 * Says what would have to change for an installation of a snapshot; none, where the snapshot has no such installation, or
 * the catalog no such license.
 *
 * @since 0.1.0
 */
export type WouldAllocate<Name extends string = RuleName> = (
  snapshot: AuditSnapshot,
  installation: string,
  question?: AllocationQuestion,
) => O.Option<AllocationCounterfactual<Name>>
