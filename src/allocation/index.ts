/**
 * Allocation: installations found in audit snapshots are matched to license records by ordered rules, and the decision
 * says why (allocation.md).
 *
 * @since 0.1.0
 */
export { Allocation } from '../record/Allocation.js'
export { compile, run, type Allocate, type Given, type Outcome } from './compile.js'
export { contradictionsOfCatalog, contradictionsOfSnapshots } from './contradictions.js'
export type { Criteria, LicenseCriterion, Subject } from './criteria.js'
export { explain } from './explain.js'
export type {
  CandidateAttempt,
  Comparison,
  Deciding,
  ExcludedLicense,
  Explain,
  Explanation,
  FailedCondition,
  LicenseName,
  RuleTrial,
  Step,
  Violation,
} from './explanation.js'
export type { Aside, Exclusion } from './gates.js'
export type { Options } from './options.js'
export type { SnapshotPolicy } from './policy.js'
export { nameOrder } from './prepare.js'
export { render } from './render.js'
export { groups, RULE_BOOK_VERSION, type AllocationBook } from './rules.js'
export { table, type Row } from './table.js'
export { rule, group } from '../rule/Rule.js'
