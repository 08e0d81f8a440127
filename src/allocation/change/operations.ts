/**
 * What a diff is made of: operations, each with its cause.
 *
 * @since 0.1.0
 */
import type { Allocation } from '../../record/Allocation.js'
import type { Decision, RuleName } from '../../record/Decision.js'
import type { ComputerId, InstallationId, LicenseId } from '../../value/Id.js'

/**
 * What a run settles: the decisions, and the allocations as they are then.
 *
 * @since 0.1.0
 */
export interface Settled<Name extends string = RuleName> {
  readonly decisions: ReadonlyArray<Decision<Name>>
  readonly allocations: ReadonlyArray<Allocation>
}

/**
 * Why an allocation is on one side alone: how what it covers stands on the other side. Nothing of it is found there, or it
 * has another license, none, or the same license by another allocation.
 *
 * @since 0.1.0
 */
export type AllocationCause =
  | { readonly code: 'not-found' }
  | { readonly code: 'other-license'; readonly license: LicenseId }
  | { readonly code: 'no-license'; readonly outcome: Decision['outcome'] }
  | { readonly code: 'same-license' }

/**
 * What changed about a decision, the weightiest first: the installation is found on one side alone, the outcome, the
 * license, the rule, or only what a person should look at (tied licenses, violations, warnings, the reason).
 *
 * @since 0.1.0
 */
export type DecisionCause = 'newly-found' | 'no-longer-found' | 'outcome' | 'license' | 'rule' | 'remarks'

/**
 * An allocation is released, or allocated.
 *
 * @since 0.1.0
 */
export interface AllocationOperation {
  readonly operation: 'release' | 'allocate'
  readonly allocation: Allocation
  readonly cause: AllocationCause
}

/**
 * The decision about an installation changes. It is absent on the side where the installation is not found.
 *
 * @since 0.1.0
 */
export interface DecisionOperation<Name extends string = RuleName> {
  readonly operation: 'decide'
  readonly computer: ComputerId
  readonly installation: InstallationId
  readonly before?: Decision<Name>
  readonly after?: Decision<Name>
  readonly cause: DecisionCause
}

/**
 * Operations in their order: what is released, what is allocated, each by computer, product, license and installation; then
 * the decisions, by computer and installation.
 *
 * @since 0.1.0
 */
export type AllocationDiff<Name extends string = RuleName> = ReadonlyArray<
  AllocationOperation | DecisionOperation<Name>
>
