/**
 * The invariants of what is to be done, one line each: it is what was decided, in the same order, and nothing of it twice
 * (deployment.md, section 11). And one of the warnings.
 */
import type { DeploymentDecision } from '../../record/DeploymentDecision.js'
import type { DeploymentOperation } from '../../record/DeploymentOperation.js'
import type { DeviceLicense } from '../../record/Device.js'
import type { Estate } from '../../record/Estate.js'
import * as LicenseType from '../../record/LicenseType.js'
import { isAmong } from './holdings.js'
import { invariant, place, type Invariant } from './invariant.js'

const placeOfDecision = (decision: DeploymentDecision): string => place(decision.device, LicenseType.show(decision))

const placeOf = ({ device, license }: DeploymentOperation): string => place(device, LicenseType.show(license))

const isActing = ({ action }: DeploymentDecision): boolean => action !== 'none'

const isOf = (operation: DeploymentOperation, decision: DeploymentDecision): boolean =>
  operation.action === decision.action &&
  operation.device === decision.device &&
  LicenseType.equals(operation.license, decision)

/** Where decisions and operations part, if they do. */
const partingOf = (
  decisions: ReadonlyArray<DeploymentDecision>,
  operations: ReadonlyArray<DeploymentOperation>,
): ReadonlyArray<string> => {
  const parting = decisions.findIndex((decision, index) => {
    const operation = operations[index]
    return operation === undefined || !isOf(operation, decision)
  })
  return parting === -1
    ? operations.slice(decisions.length).map(placeOf)
    : decisions.slice(parting, parting + 1).map(placeOfDecision)
}

/** A renewal moves the last days of licenses and nothing else, so of its license nothing else counts. */
const moved = ({ evaluation: _, ...license }: DeviceLicense): DeviceLicense => license

/** Is it the license that was decided on? */
const isGiven = ({ action, license }: DeploymentOperation, gift: DeviceLicense | undefined): boolean =>
  gift !== undefined && (action === 'renew' ? isAmong([moved(license)], [moved(gift)]) : isAmong([license], [gift]))

/** Those whose text one before them has. */
const repeated = <A>(list: ReadonlyArray<A>, text: (each: A) => string): ReadonlyArray<A> => {
  const known = new Set<string>()
  return list.filter((each) => known.size === known.add(text(each)).size)
}

const LISTS = ['directories', 'packs', 'devices', 'bundled'] as const

const lengthOf = (list: (typeof LISTS)[number], estate: Estate): number => (estate[list] ?? []).length

export const ofOperations: ReadonlyArray<Invariant> = [
  invariant('operation-for-each-action', 'section 11', ({ plan: { decisions, operations } }) =>
    partingOf(decisions.filter(isActing), operations),
  ),
  invariant('operation-as-decided', 'section 11', ({ servedTo, plan: { operations } }) =>
    operations
      .filter((operation) => {
        const { device, license } = operation
        return !servedTo(device).some(
          ({ decision, gift }) => LicenseType.equals(decision, license) && isGiven(operation, gift),
        )
      })
      .map(placeOf),
  ),
  invariant('one-operation-a-type', 'ALD-55', ({ plan: { operations } }) =>
    repeated(operations, ({ device, license }) => JSON.stringify([device, LicenseType.show(license)])).map(placeOf),
  ),
  invariant('distinct-keys', 'section 11', ({ plan: { operations } }) =>
    repeated(operations, ({ key }) => key).map(placeOf),
  ),
  invariant('duplicates-told', 'ALD-114', ({ given, estate, plan: { warnings } }) =>
    LISTS.filter((list) => {
      const told = warnings.filter(({ code, collection }) => code === 'duplicate' && collection === list)
      return told.length !== lengthOf(list, given) - lengthOf(list, estate)
    }).map((list) => place(list)),
  ),
]
