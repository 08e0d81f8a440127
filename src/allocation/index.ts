/**
 * Allocation: installations found in audit snapshots are matched to license records by ordered rules, and the decision
 * says why (allocation.md).
 *
 * @since 0.1.0
 */
export { Allocation, decodeAll, parseAll } from '../record/Allocation.js'
export { analyze, type AnalysisOptions } from './analysis/analyze.js'
export {
  findingCodes,
  type Barred,
  type Collection,
  type Contest,
  type Finding,
  type FindingCode,
  type Rival,
  type Witnesses,
} from './analysis/finding.js'
export { placeholders } from './analysis/placeholders.js'
export { renderFinding, renderFindings } from './analysis/render.js'
export { compileBatch, type Batch, type DecisionCodes } from './batch.js'
export type { Columns } from './columns.js'
export { outcomes } from './counters.js'
export { compile, type Allocate } from './compile.js'
export {
  compliance,
  type Compliance,
  type LicenseCompliance,
  type SoftwareCompliance,
  type Standings,
  type UnreconciledInstallation,
} from './compliance.js'
export { contradictionsOfCatalog, contradictionsOfSnapshot, contradictionsOfSnapshots } from './contradictions.js'
export type { Criteria, LicenseCriterion, Subject } from './criteria.js'
export { explain } from './explain.js'
export type {
  CandidateAttempt,
  CoveringAllocation,
  Deciding,
  ExcludedLicense,
  Explain,
  Explanation,
  ExplainRun,
  FailedCondition,
  FullLicense,
  LicenseName,
  RuleTrial,
  Step,
  TakenSeat,
  Violation,
} from './explanation.js'
export type { Aside, Exclusion } from './gates.js'
export type { Options } from './options.js'
export type { SnapshotPolicy } from './policy.js'
export { nameOrder } from './prepare.js'
export { outline } from './outline.js'
export { render } from './render.js'
export { groups, RULE_BOOK_VERSION, type AllocationBook } from './rules.js'
export { table, type Row } from './table.js'
export { explainRun } from './synchronization/explain.js'
export { checkInvariants, invariantCodes } from './synchronization/invariants/check.js'
export type { BrokenInvariant } from '../rule/Invariant.js'
export { getMonoid, join, partsByComputer, partsBySoftware } from './synchronization/parts.js'
export {
  allocateInBulk,
  reconcile,
  type BulkAllocation,
  type Reconciled,
  type Refused,
  type Unreconcilable,
  type Wish,
} from './synchronization/reconcile.js'
export type { LicenseSeats, Seat, SeatLedger } from './synchronization/seats.js'
export type { RejectedLicenses } from './synchronization/standing.js'
export { next, type Changed } from './synchronization/allocations.js'
export { run, type Given, type Outcome } from './synchronization/run.js'
export * as Session from './synchronization/session/Session.js'
export type { Comparison } from '../rule/Gate.js'
export { rule, group } from '../rule/Rule.js'
export { apply, diff, reverse, settled } from './change/diff.js'
export type {
  AllocationCause,
  AllocationDiff,
  AllocationOperation,
  DecisionCause,
  DecisionOperation,
  Settled,
} from './change/operations.js'
export { renderDiff } from './change/renderDiff.js'
export { reevaluate, type NotUpheld, type Reevaluation, type SetAside } from './change/reevaluate.js'
export * as Edit from '../record/AllocationEdit.js'
export type { BookChange, WhatIfEdit } from './change/edits.js'
export { renderWhatIf } from './change/renderWhatIf.js'
export {
  whatIf,
  type Coverage,
  type LicenseDifference,
  type SoftwareDifference,
  type WhatIf,
  type Worsening,
  type WorseOff,
} from './change/whatIf.js'
export { regret, type Bottleneck, type Moved, type Regret, type ServedAnew, type Swap } from './regret/regret.js'
export type {
  AllocationAnswer,
  AllocationCounterfactual,
  AllocationQuestion,
  WouldAllocate,
} from './counterfactual/answer.js'
export { applyRemedy } from './counterfactual/apply.js'
export { wouldAllocateInRun, type RunQuestion, type WouldAllocateInRun } from './counterfactual/inRun.js'
export type { Remediable } from './counterfactual/records.js'
export { Remedy, type RemedyKind, type KeyName } from './counterfactual/remedy.js'
export { renderCounterfactual, renderRemedy } from './counterfactual/render.js'
export { wouldAllocate } from './counterfactual/wouldAllocate.js'
