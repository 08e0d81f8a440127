/**
 * Deployment: which device gets a license from which product pack, when it is renewed or exchanged, and why not
 * (deployment.md).
 *
 * @since 0.1.0
 */
export { analyze, type AnalysisOptions } from './analysis/analyze.js'
export { findingCodes, type Collection, type Finding, type FindingCode, type Witnesses } from './analysis/finding.js'
export { renderFinding, renderFindings } from './analysis/render.js'
export { contradictionsOfEstate } from './contradictions.js'
export type { BundledReason } from './bundled.js'
export { enact, type Enacted, type SkippedOperation, type SkipReason } from './enact.js'
export { explain } from './explain.js'
export { reasonTexts } from './explanation.js'
export type {
  BundledTrial,
  DeviceExplanation,
  ExplainDevice,
  GateStep,
  PackTrial,
  RankedPack,
  TurnedDown,
} from './explanation.js'
export { expiry, type Expiry, type ExpiryContext } from './expiry.js'
export { checkInvariants, invariantCodes } from './invariants/check.js'
export { lifecycle, standing, type Transition, type Standing } from './lifecycle.js'
export { consumption, coverage, type PackConsumption, type TypeCoverage } from './monitoring.js'
export { notifications, type Notification, type NotificationLimits } from './notifications.js'
export { plan, type Plan, type PlanOptions } from './plan.js'
export { outline } from './outline.js'
export { render } from './render.js'
export { deleteDevice, type Deleted, type Return } from './returns.js'
export { dueBy } from './schedule.js'
export { forecast, type Forecast, type Lapse, type PackForecast } from './simulation/forecast.js'
export { preventions, type Prevention } from './simulation/preventions.js'
export type { CheckMoment, EndMoment, EventMoment, History, Moment, StartMoment, Taken } from './simulation/history.js'
export { simulate } from './simulation/simulate.js'
export { gates, RULE_BOOK_VERSION, type GateRow } from './table.js'
export { features, type Feature } from './ums.js'
export type { BrokenInvariant } from '../rule/Invariant.js'
export * as Edit from '../record/DeploymentEdit.js'
export {
  apply,
  diff,
  reverse,
  type DeploymentDiff,
  type Planned,
  type PlannedCause,
  type PlannedDecision,
  type PlannedDecisionCause,
  type PlannedOperation,
} from './change/diff.js'
export { renderDiff } from './change/renderDiff.js'
export { renderWhatIf } from './change/renderWhatIf.js'
export {
  whatIf,
  type DeploymentWhatIf,
  type PackDifference,
  type PlanCoverage,
  type TypeDifference,
  type WorseOffDevice,
} from './change/whatIf.js'
export type {
  DeploymentAnswer,
  DeploymentCounterfactual,
  DeploymentQuestion,
  WouldServe,
} from './counterfactual/answer.js'
export { applyRemedy } from './counterfactual/apply.js'
export { Remedy, type RemedyKind, type Switch } from './counterfactual/remedy.js'
export { renderCounterfactual, renderRemedy } from './counterfactual/render.js'
export { wouldServe } from './counterfactual/wouldServe.js'
