/**
 * Decisions beside all that they were made from: each installation that came to the rules, with its candidates and the
 * rules at which each of them matches, worked out from the signs of the model.
 */
import {
  candidatesOf,
  rules,
  signs,
  softwareOf,
  violationsOf,
  type Rule,
  type Signs,
  type Violation,
  type WireDecision,
  type WireInstallation,
  type WireLicense,
  type WirePolicy,
  type WireSnapshot,
} from '../model/allocation.js'
import type { World } from './world.js'

export type CandidateCase = {
  readonly license: WireLicense
  readonly signs: Signs
  readonly violations: ReadonlyArray<Violation>
  /** The rules at which it matches under the policy, in their order. */
  readonly matches: ReadonlyArray<Rule>
}

export type Case = {
  readonly decision: WireDecision
  readonly snapshot: WireSnapshot
  readonly installation: WireInstallation
  readonly candidates: ReadonlyArray<CandidateCase>
}

/** ALLOC-31, 69, 70, 80: may a license with these violations match at the rule? */
const permits = (policy: WirePolicy, rule: Rule, isViolated: boolean, mains: number): boolean => {
  if (rule === '4') {
    const tooMany = policy.severalMains === 'none' && mains > 1
    return !tooMany && !(isViolated && policy.mainLicense === 'honor-restrictions')
  }
  const honored = rule.startsWith('1.') ? policy.keyMatches === 'honor-restrictions' : policy.restrictions === 'strict'
  return !(isViolated && honored)
}

const caseOf = (world: World, decision: WireDecision): ReadonlyArray<Case> => {
  const { catalog, policy } = world
  const snapshot = world.snapshots.find(({ computer }) => computer.id === decision.computer)!
  const installation = snapshot.installations!.find(({ id }) => id === decision.installation)!
  const software = softwareOf(catalog, installation.product)
  if (decision.outcome === 'skipped' || software === undefined) return []
  const licenses = candidatesOf(world, software)
  const mains = licenses.filter(({ main }) => main === true).length
  const candidates = licenses.map((license): CandidateCase => {
    const sign = signs(catalog, license, snapshot, installation, policy.text ?? 'case-insensitive')
    const violations = violationsOf(sign)
    const matches = rules.flatMap(([rule, holds]) =>
      holds(sign) && permits(policy, rule, violations.length > 0, mains) ? [rule] : [],
    )
    return { license, signs: sign, violations, matches }
  })
  return [{ decision, snapshot, installation, candidates }]
}

/** The installations of a world that came to the rules, with their decisions. */
export const casesOf = (world: World, decisions: ReadonlyArray<WireDecision>): ReadonlyArray<Case> =>
  decisions.flatMap((decision) => caseOf(world, decision))

/** The place of a rule in their order. */
export const indexOf = (rule: string | undefined): number => rules.findIndex(([each]) => each === rule)

/** The place of the first rule at which a candidate matches; beyond all rules, where it matches at none. */
export const firstMatch = ({ matches }: CandidateCase): number =>
  matches[0] === undefined ? rules.length : indexOf(matches[0])
