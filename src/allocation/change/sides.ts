/**
 * Outcomes in one order, in which two of them can be laid side by side.
 */
import type { Decision } from '../../record/Decision.js'
import type { ComputerId, InstallationId } from '../../value/Id.js'
import { ascends } from '../../value/Lists.js'
import * as Text from '../../value/Text.js'
import { byPlace, distinctAllocations } from '../synchronization/allocations.js'
import type { Settled } from './operations.js'

export interface Place {
  readonly computer: ComputerId
  readonly installation: InstallationId
}

export const byInstallation = (a: Place, b: Place): number =>
  Text.compare(a.computer, b.computer) || Text.compare(a.installation, b.installation)

/** What a person should look at, as a text. */
const remarksOf = ({ tied, violations, warnings }: Decision<string>): string =>
  tied === undefined && violations === undefined && warnings === undefined
    ? ''
    : JSON.stringify([tied, violations, warnings])

const contentOfDecision = (decision: Decision<string>): string => {
  const { computer, installation, product, outcome, license, rule, reason } = decision
  return JSON.stringify([computer, installation, product, outcome, license, rule, remarksOf(decision), reason])
}

export const isSame = (a: Decision<string>, b: Decision<string>): boolean =>
  a === b ||
  (a.computer === b.computer &&
    a.installation === b.installation &&
    a.product === b.product &&
    a.outcome === b.outcome &&
    a.license === b.license &&
    a.rule === b.rule &&
    a.reason === b.reason &&
    remarksOf(a) === remarksOf(b))

/** Decisions in their order, one for each installation. */
export const decisionsInOrder = <Name extends string>(
  decisions: ReadonlyArray<Decision<Name>>,
): ReadonlyArray<Decision<Name>> =>
  [...decisions]
    .sort((a, b) => byInstallation(a, b) || Text.compare(contentOfDecision(a), contentOfDecision(b)))
    .filter((each, position, all) => {
      const last = all[position - 1]
      return last === undefined || byInstallation(last, each) !== 0
    })

export const inOrder = <Name extends string>({ decisions, allocations }: Settled<Name>): Settled<Name> => ({
  // What a run made is in order.
  decisions: ascends(decisions, byInstallation) ? decisions : decisionsInOrder(decisions),
  allocations: ascends(allocations, byPlace) ? allocations : [...distinctAllocations(allocations)].sort(byPlace),
})
