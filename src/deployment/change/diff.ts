/**
 * What is between two plans, as operations that can be carried out on the one, taken back, and read: what is withdrawn from
 * a device, what it is given, and decisions that changed, each with its cause.
 *
 * Laws, where lists are taken as sets:
 *
 * 1. Effect: `apply(diff(a, b))(a) = b`
 * 2. Once: applying a diff twice is applying it once
 * 3. Reversal: `reverse(diff(a, b)) = diff(b, a)`, so that `apply(reverse(diff(a, b)))(b) = a`
 * 4. Nothing: `diff(a, a) = []`
 * 5. Irrelevance: the order of the lists does not matter
 * 6. Free before assign: what is withdrawn comes before what is given, so that no license is needed twice on the way
 *
 * @since 0.1.0
 */
import type { DeploymentAction, DeploymentDecision, DeploymentReason } from '../../record/DeploymentDecision.js'
import type { DeploymentOperation } from '../../record/DeploymentOperation.js'
import * as LicenseType from '../../record/LicenseType.js'
import type { DeviceId, PackId } from '../../value/Id.js'
import { alone, ascends, sideBySide } from '../../value/Lists.js'
import * as Text from '../../value/Text.js'
import type { Plan } from '../plan.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/**
 * Of a plan what it decides, and what is to be done.
 *
 * @since 0.1.0
 */
export type Planned = Pick<Plan, 'decisions' | 'operations'>

/**
 * Why an operation is planned on one side alone: what is decided about the device and the type on the other side. Nothing
 * is, or nothing is to be done, with the reason; or something else is planned there.
 *
 * @since 0.1.0
 */
export type PlannedCause =
  | { readonly code: 'not-decided' }
  | { readonly code: 'none'; readonly reason?: DeploymentReason }
  | { readonly code: 'planned'; readonly action: Exclude<DeploymentAction, 'none'>; readonly pack?: PackId }

/**
 * What changed about a decision, the weightiest first.
 *
 * @since 0.1.0
 */
export type PlannedDecisionCause = 'newly-decided' | 'no-longer-decided' | 'action' | 'pack' | 'expires' | 'reason'

/**
 * A planned operation is withdrawn, or given.
 *
 * @since 0.1.0
 */
export interface PlannedOperation {
  readonly operation: 'withdraw' | 'give'
  readonly planned: DeploymentOperation
  readonly cause: PlannedCause
}

/**
 * The decision about a device and a type changes. It is absent on the side where there is none.
 *
 * @since 0.1.0
 */
export interface PlannedDecision extends LicenseType.LicenseType {
  readonly operation: 'decide'
  readonly device: DeviceId
  readonly before?: DeploymentDecision
  readonly after?: DeploymentDecision
  readonly cause: PlannedDecisionCause
}

/**
 * Operations in their order: what is withdrawn, what is given, then the decisions; each by device and type.
 *
 * @since 0.1.0
 */
export type DeploymentDiff = ReadonlyArray<PlannedOperation | PlannedDecision>

// -------------------------------------------------------------------------------------
// one order
// -------------------------------------------------------------------------------------

interface Place extends LicenseType.LicenseType {
  readonly device: DeviceId
}

const byPlace = (a: Place, b: Place): number => Text.compare(a.device, b.device) || LicenseType.compare(a, b)

const keyOf = (place: Place): string => JSON.stringify([place.device, LicenseType.show(place)])

const contentOfDecision = ({ action, pack, expires, reason }: DeploymentDecision): string =>
  JSON.stringify([action, pack, expires, reason])

const contentOf = ({ key, action, device, license }: DeploymentOperation): string => {
  const { source, pack, evaluation, expires } = license
  return JSON.stringify([device, LicenseType.show(license), key, action, source, pack, evaluation, expires])
}

const placeOf = ({ device, license }: DeploymentOperation): Place => ({ device, ...LicenseType.of(license) })

const isSame = (a: DeploymentOperation, b: DeploymentOperation): boolean =>
  a.device === b.device &&
  a.key === b.key &&
  a.action === b.action &&
  LicenseType.equals(a.license, b.license) &&
  (['source', 'pack', 'evaluation', 'expires'] as const).every((field) => a.license[field] === b.license[field])

const operationsOrder = (a: DeploymentOperation, b: DeploymentOperation): number =>
  isSame(a, b) ? 0 : byPlace(placeOf(a), placeOf(b)) || Text.compare(contentOf(a), contentOf(b))

/** Each once, in an order. */
const once = <A>(all: ReadonlyArray<A>, order: (a: A, b: A) => number, same = order): ReadonlyArray<A> =>
  ascends(all, same)
    ? all
    : [...all].sort(order).filter((each, position, sorted) => {
        const last = sorted[position - 1]
        return last === undefined || same(last, each) !== 0
      })

const inOrder = ({ decisions, operations }: Planned): Planned => ({
  decisions: once(
    decisions,
    (a, b) => byPlace(a, b) || Text.compare(contentOfDecision(a), contentOfDecision(b)),
    byPlace,
  ),
  operations: once(operations, operationsOrder),
})

// -------------------------------------------------------------------------------------
// causes
// -------------------------------------------------------------------------------------

const causeOf = (decision: DeploymentDecision | undefined): PlannedCause => {
  if (decision === undefined) return { code: 'not-decided' }
  const { action, pack, reason } = decision
  return action === 'none'
    ? { code: 'none', ...(reason === undefined ? {} : { reason }) }
    : { code: 'planned', action, ...(pack === undefined ? {} : { pack }) }
}

const decisionCause = (
  before: DeploymentDecision | undefined,
  after: DeploymentDecision | undefined,
): PlannedDecisionCause | undefined => {
  if (before === undefined) return 'newly-decided'
  if (after === undefined) return 'no-longer-decided'
  return (['action', 'pack', 'expires', 'reason'] as const).find((field) => before[field] !== after[field])
}

const decided = (
  before: DeploymentDecision | undefined,
  after: DeploymentDecision | undefined,
): ReadonlyArray<PlannedDecision> => {
  const place = before ?? after
  const cause = decisionCause(before, after)
  if (place === undefined || cause === undefined) return []
  return [
    {
      operation: 'decide',
      device: place.device,
      ...LicenseType.of(place),
      ...(before === undefined ? {} : { before }),
      ...(after === undefined ? {} : { after }),
      cause,
    },
  ]
}

// -------------------------------------------------------------------------------------
// diffs
// -------------------------------------------------------------------------------------

/**
 * What leads from one plan to another.
 *
 * @example
 * import assert from 'node:assert'
 * import { either as E, function as F } from 'fp-ts'
 * import { Deployment, Estate, Instant } from 'seatwise'
 *
 * const planOf = (allocated: number) => F.pipe(
 *   Estate.decode({
 *     settings: { umsVersion: '12.10.100', umsId: 'ums-1', automaticDeployment: true },
 *     packs: [{ id: 'P-1', licenseType: 'workspace-edition', total: 5, allocated, registered: '2026-02-01', umsIds: ['ums-1'] }],
 *     devices: [{ id: 'd-1', unitId: '00E0C5000001', osVersion: '12.5.0', registered: '2026-03-10T08:00:00Z' }],
 *   }),
 *   E.bindTo('decoded'),
 *   E.bindW('now', () => E.fromOption(() => [])(Instant.parse('2026-03-10T12:00:00Z'))),
 *   E.chainW(({ decoded: { right: estate }, now }) => Deployment.plan(estate, now)),
 * )
 * const told = F.pipe(
 *   E.Do,
 *   E.bind('before', () => planOf(4)),
 *   E.bindW('after', () => planOf(5)),
 *   E.map(({ before, after }) => Deployment.diff(before, after).map(({ operation, cause }) => [operation, cause])),
 * )
 * assert.deepStrictEqual(told, E.right([
 *   ['withdraw', { code: 'none', reason: 'no-free-license' }],
 *   ['decide', 'action'],
 * ]))
 *
 * @since 0.1.0
 */
export const diff = (before: Planned, after: Planned): DeploymentDiff => {
  const [from, to] = [inOrder(before), inOrder(after)]
  const [withdrawn, given] = alone(sideBySide(from.operations, to.operations, operationsOrder))
  const operations = (
    operation: PlannedOperation['operation'],
    all: ReadonlyArray<DeploymentOperation>,
    decisions: ReadonlyArray<DeploymentDecision>,
  ): ReadonlyArray<PlannedOperation> => {
    const devices = new Set(all.map(({ device }) => device))
    const ofPlace = new Map(
      decisions.flatMap((decision) => (devices.has(decision.device) ? [[keyOf(decision), decision]] : [])),
    )
    return all.map((planned) => ({ operation, planned, cause: causeOf(ofPlace.get(keyOf(placeOf(planned)))) }))
  }
  return [
    ...operations('withdraw', withdrawn, to.decisions),
    ...operations('give', given, from.decisions),
    ...sideBySide(from.decisions, to.decisions, byPlace).flatMap(([left, right]) => decided(left, right)),
  ]
}

const reversedOperations = { withdraw: 'give', give: 'withdraw' } as const

const reversedCause = (cause: PlannedDecisionCause): PlannedDecisionCause =>
  cause === 'newly-decided' ? 'no-longer-decided' : cause === 'no-longer-decided' ? 'newly-decided' : cause

const reversed = (change: DeploymentDiff[number]): DeploymentDiff[number] => {
  if (change.operation !== 'decide') return { ...change, operation: reversedOperations[change.operation] }
  const { before, after, cause, ...place } = change
  return {
    ...place,
    ...(after === undefined ? {} : { before: after }),
    ...(before === undefined ? {} : { after: before }),
    cause: reversedCause(cause),
  }
}

const turns = { withdraw: 0, give: 1, decide: 2 } as const

/**
 * The diff that takes another back.
 *
 * @example
 * import assert from 'node:assert'
 * import { Deployment } from 'seatwise'
 *
 * const nothing: Deployment.Planned = { decisions: [], operations: [] }
 * assert.deepStrictEqual(Deployment.reverse(Deployment.diff(nothing, nothing)), [])
 *
 * @since 0.1.0
 */
export const reverse = (changes: DeploymentDiff): DeploymentDiff =>
  changes.map(reversed).sort((a, b) => turns[a.operation] - turns[b.operation])

/**
 * Carries a diff out on what was planned: the decisions and operations that there are then, by device and type. On the
 * records of an estate `enact` carries out operations.
 *
 * @example
 * import assert from 'node:assert'
 * import { Deployment } from 'seatwise'
 *
 * const nothing: Deployment.Planned = { decisions: [], operations: [] }
 * assert.deepStrictEqual(Deployment.apply([])(nothing), nothing)
 *
 * @since 0.1.0
 */
export const apply =
  (changes: DeploymentDiff) =>
  (before: Planned): Planned => {
    const start = inOrder(before)
    const operations = new Map(start.operations.map((each) => [contentOf(each), each]))
    const decisions = new Map(start.decisions.map((each) => [keyOf(each), each]))
    for (const change of changes)
      switch (change.operation) {
        case 'withdraw':
          operations.delete(contentOf(change.planned))
          break
        case 'give':
          operations.set(contentOf(change.planned), change.planned)
          break
        case 'decide':
          if (change.after === undefined) decisions.delete(keyOf(change))
          else decisions.set(keyOf(change), change.after)
      }
    return inOrder({ decisions: [...decisions.values()], operations: [...operations.values()] })
  }
