/**
 * Outcomes in one order, in which two of them can be laid side by side.
 *
 * @internal
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

const contentOfDecision = (decision: Decision<string>): string => {
  const { computer, installation, product, outcome, license, rule, tied, violations, warnings, reason } = decision
  return JSON.stringify([computer, installation, product, outcome, license, rule, tied, violations, warnings, reason])
}

export const isSame = (a: Decision<string>, b: Decision<string>): boolean =>
  a === b || contentOfDecision(a) === contentOfDecision(b)

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
