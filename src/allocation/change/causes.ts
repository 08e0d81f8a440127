/**
 * Why something is on one side alone.
 */
import type { Allocation } from '../../record/Allocation.js'
import type { Decision } from '../../record/Decision.js'
import type { LicenseId } from '../../value/Id.js'
import { groupBy } from '../../value/Lists.js'
import type { AllocationCause, DecisionCause, DecisionOperation } from './operations.js'
import { isSame } from './sides.js'

/** What the installations of a product on a computer have. */
interface Had {
  readonly licenses: ReadonlyArray<LicenseId>
  readonly without: Decision['outcome'] | undefined
}

const hadBy = (decisions: ReadonlyArray<Decision<string>>): Had => ({
  // Two are enough to know one that is another.
  licenses: [...new Set(decisions.flatMap(({ license }) => license ?? []))].slice(0, 2),
  without: decisions.find(({ license }) => license === undefined)?.outcome,
})

const causeOf = (license: LicenseId, { licenses, without }: Had): AllocationCause => {
  const other = licenses.find((each) => each !== license)
  if (other !== undefined) return { code: 'other-license', license: other }
  if (without !== undefined) return { code: 'no-license', outcome: without }
  return { code: licenses.length === 0 ? 'not-found' : 'same-license' }
}

export const keyOf = (...ids: ReadonlyArray<string>): string => JSON.stringify(ids)

/** Tells how that which some allocations cover stands among decisions in their order. */
export const causesOf = (
  allocations: ReadonlyArray<Allocation>,
  all: ReadonlyArray<Decision<string>>,
): ((allocation: Allocation) => AllocationCause) => {
  const computers = new Set(allocations.map(({ computer }) => computer))
  const decisions = all.filter(({ computer }) => computers.has(computer))
  const ofProduct = groupBy(decisions, ({ computer, product }) => keyOf(computer, product))
  const had = new Map<string, Had>()
  const ofInstallation = new Map(decisions.map((each) => [keyOf(each.computer, each.product, each.installation), each]))
  return ({ computer, product, installation, license }) => {
    if (installation !== undefined) {
      const decision = ofInstallation.get(keyOf(computer, product, installation))
      return causeOf(license, hadBy(decision === undefined ? [] : [decision]))
    }
    const key = keyOf(computer, product)
    const known = had.get(key) ?? hadBy(ofProduct.get(key) ?? [])
    had.set(key, known)
    return causeOf(license, known)
  }
}

const decisionCause = (
  before: Decision<string> | undefined,
  after: Decision<string> | undefined,
): DecisionCause | undefined => {
  if (before === undefined) return 'newly-found'
  if (after === undefined) return 'no-longer-found'
  if (isSame(before, after)) return undefined
  if (before.outcome !== after.outcome) return 'outcome'
  if (before.license !== after.license) return 'license'
  return before.rule === after.rule ? 'remarks' : 'rule'
}

export const decided = <Name extends string>(
  before: Decision<Name> | undefined,
  after: Decision<Name> | undefined,
): ReadonlyArray<DecisionOperation<Name>> => {
  const { computer, installation } = before ?? after ?? {}
  const cause = decisionCause(before, after)
  if (computer === undefined || installation === undefined || cause === undefined) return []
  return [
    {
      operation: 'decide',
      computer,
      installation,
      ...(before === undefined ? {} : { before }),
      ...(after === undefined ? {} : { after }),
      cause,
    },
  ]
}
