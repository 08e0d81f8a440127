/**
 * Why an installation was decided as it was, as data: the gates it passed, who was no candidate and why, each rule tried
 * with each candidate and the first condition that it failed, the two sides compared, and what decided.
 *
 * @since 0.1.0
 */
import type { O } from '../prelude.js'
import type { Allocation } from '../record/Allocation.js'
import type { AuditSnapshot } from '../record/AuditSnapshot.js'
import type { Decision, RuleName } from '../record/Decision.js'
import type { ComputerId, InstallationId, LicenseId, SoftwareId } from '../value/Id.js'
import type { Comparison } from '../rule/Gate.js'
import type { FailureKind } from '../rule/Reference.js'
import type { Exclusion } from './gates.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/**
 * A license as a person knows it.
 *
 * @since 0.1.0
 */
export interface LicenseName {
  readonly license: LicenseId
  readonly name: string
}

/**
 * A gate before the rules, and whether it was passed (ALLOC-81).
 *
 * @since 0.1.0
 */
export interface Step {
  readonly gate: string
  readonly clause: string
  readonly passed: boolean
}

/**
 * A license of the tracked software that is no candidate (ALLOC-4, 7, 79).
 *
 * @since 0.1.0
 */
export interface ExcludedLicense extends LicenseName {
  readonly reason: Exclusion
  readonly clause: string
}

/**
 * The first condition of a rule that a candidate failed: the criterion, how it failed, and the two sides. A side that does
 * not matter is empty.
 *
 * @since 0.1.0
 */
export interface FailedCondition extends Comparison {
  readonly criterion: string
  readonly kind: FailureKind
}

/**
 * An entitlement that somebody else had taken: of the license itself, or of an upgrade that counts against it (ALLOC-73).
 * One that was taken before the run has no rule.
 *
 * @since 0.1.0
 */
export interface TakenSeat {
  readonly license: LicenseId
  readonly computer: ComputerId
  readonly rule?: string
  readonly installation?: InstallationId
}

/**
 * Why a candidate that matched was passed over: all its entitlements were taken when it was this installation's turn. The
 * seats are in the order in which they were taken, so the last is the one that this installation came too late for.
 *
 * @since 0.1.0
 */
export interface FullLicense {
  readonly entitlements: number
  readonly seats: ReadonlyArray<TakenSeat>
}

/**
 * A candidate at a rule: it matched, or `failed` says why not; or it matched, and `full` says who was there first.
 *
 * @since 0.1.0
 */
export interface CandidateAttempt extends LicenseName {
  readonly failed?: FailedCondition
  readonly full?: FullLicense
}

/**
 * An allocation from before the run that covers the installation: the one that it keeps, one that yields to that
 * (ALLOC-76), or one that is set aside (ALLOC-75). On a computer that is skipped all of them are untouched (ALLOC-84).
 *
 * @since 0.1.0
 */
export interface CoveringAllocation {
  readonly license: LicenseId
  /** Absent for a license that the catalog does not have. */
  readonly name?: string
  readonly origin: Allocation['origin']
  readonly installation?: InstallationId
  readonly standing: 'kept' | 'yields' | 'set-aside' | 'untouched'
}

/**
 * A rule that was tried on all candidates.
 *
 * @since 0.1.0
 */
export interface RuleTrial<Name extends string = RuleName> {
  readonly rule: Name
  readonly conditions: ReadonlyArray<string>
  readonly candidates: ReadonlyArray<CandidateAttempt>
}

/**
 * What decided: the rule, the winner, and each tied license with the key of the name order that put the winner first
 * (ALLOC-15, 17).
 *
 * @since 0.1.0
 */
export interface Deciding<Name extends string = RuleName> {
  readonly rule: Name
  readonly winner: LicenseName
  readonly tied: ReadonlyArray<LicenseName & { readonly after: string }>
}

/**
 * A restriction of the winner that the snapshot violates (ALLOC-82).
 *
 * @since 0.1.0
 */
export interface Violation extends Comparison {
  readonly restriction: string
}

/**
 * The explanation of a decision.
 *
 * @since 0.1.0
 */
export interface Explanation<Name extends string = RuleName> {
  readonly decision: Decision<Name>
  readonly computer: string
  readonly steps: ReadonlyArray<Step>
  /** Allocations from before the run, the one that is kept first; of a fresh decision there are none. */
  readonly covering: ReadonlyArray<CoveringAllocation>
  /** The tracked software that holds the product: the one that is not retired, or else a retired one. */
  readonly software?: { readonly id: SoftwareId; readonly name: string; readonly retired: boolean }
  readonly excluded: ReadonlyArray<ExcludedLicense>
  readonly trials: ReadonlyArray<RuleTrial<Name>>
  /** The rules that were not tried, since one before them decided (ALLOC-14). */
  readonly untried: ReadonlyArray<Name>
  readonly deciding?: Deciding<Name>
  readonly violations: ReadonlyArray<Violation>
}

/**
 * Explains the decision of a run about an installation, both by id; none, where there is no such installation.
 *
 * @since 0.1.0
 */
export type ExplainRun<Name extends string = RuleName> = (
  computer: string,
  installation: string,
) => O.Option<Explanation<Name>>

/**
 * Explains the decision about an installation of a snapshot; none, where the snapshot has no such installation.
 *
 * @since 0.1.0
 */
export type Explain<Name extends string = RuleName> = (
  snapshot: AuditSnapshot,
  installation: string,
) => O.Option<Explanation<Name>>
