/**
 * What if: the plan of an estate as it would be after some edits, beside that without them: the decisions that differ,
 * packs, coverage, and who would be worse off. To add a pack can take a license from a device: that of which most is
 * allocated comes first, and a device may find the one that it needs used up.
 *
 * Laws:
 *
 * 1. Truth: what is told is what two full plans tell, of the estate and of the same with the edits
 * 2. Nothing: no edits change nothing
 * 3. Irrelevance: edits are a set, so that their order does not matter
 *
 * @since 0.1.0
 */
import { E, F, type RNEA } from '../../prelude.js'
import type { DeploymentDecision } from '../../record/DeploymentDecision.js'
import type { DeploymentEdit } from '../../record/DeploymentEdit.js'
import type { Estate } from '../../record/Estate.js'
import * as LicenseType from '../../record/LicenseType.js'
import type { Rejection } from '../../record/Rejection.js'
import * as Day from '../../value/Day.js'
import type { DeviceId, PackId } from '../../value/Id.js'
import type { Instant } from '../../value/Instant.js'
import { sideBySide } from '../../value/Lists.js'
import * as Text from '../../value/Text.js'
import { consumptionOf, coverageOf, type PackConsumption, type TypeCoverage } from '../monitoring.js'
import { planRead, type Plan, type Planned as PlannedEstate } from '../plan.js'
import { lastValidDay } from '../validity.js'
import { diff, type DeploymentDiff } from './diff.js'
import { estateWith } from './edits.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/**
 * How many decisions there are, of devices and types: for how many something is planned, how many are licensed without, and
 * how many get nothing and have nothing.
 *
 * @since 0.1.0
 */
export interface PlanCoverage {
  readonly decisions: number
  readonly planned: number
  readonly licensed: number
  readonly unlicensed: number
}

/**
 * A pack that is used otherwise once the plan is carried out; absent on the side where the estate does not have it.
 *
 * @since 0.1.0
 */
export interface PackDifference {
  readonly pack: PackId
  readonly before?: PackConsumption
  readonly after?: PackConsumption
}

/**
 * A license type of which the coverage is another one; absent on the side where there is nothing of it.
 *
 * @since 0.1.0
 */
export interface TypeDifference extends LicenseType.LicenseType {
  readonly before?: TypeCoverage
  readonly after?: TypeCoverage
}

/**
 * A device that would be given a license, or have one renewed, and is given none with the edits. `isLicensed`: does it
 * have a license of the type that is valid today all the same? Without `after` there is nothing of the type any more.
 *
 * @since 0.1.0
 */
export interface WorseOffDevice extends LicenseType.LicenseType {
  readonly device: DeviceId
  readonly isLicensed: boolean
  readonly before: DeploymentDecision
  readonly after?: DeploymentDecision
}

/**
 * What edits would change. Lists are by id, or by device and type; rows that do not differ are not in them.
 *
 * @since 0.1.0
 */
export interface DeploymentWhatIf {
  readonly diff: DeploymentDiff
  readonly coverage: { readonly before: PlanCoverage; readonly after: PlanCoverage }
  readonly packs: ReadonlyArray<PackDifference>
  readonly types: ReadonlyArray<TypeDifference>
  readonly worseOff: ReadonlyArray<WorseOffDevice>
  /** The plan after the edits. */
  readonly plan: Plan
}

// -------------------------------------------------------------------------------------
// one side
// -------------------------------------------------------------------------------------

/** All that is told of one side. */
interface Side {
  readonly of: Estate
  readonly plan: Plan
  readonly coverage: PlanCoverage
  readonly packs: ReadonlyArray<PackConsumption>
  readonly types: ReadonlyArray<TypeCoverage>
  readonly isLicensed: (device: DeviceId, type: LicenseType.LicenseType) => boolean
}

type Failed = RNEA.ReadonlyNonEmptyArray<Rejection>

const sideAt =
  (now: Instant) =>
  ({ plan, of }: PlannedEstate): Side => {
    const today = Day.ofInstant(now)
    const devices = new Map(of.devices.map((device) => [device.id, device]))
    const isLicensed: Side['isLicensed'] = (id, type) => {
      const device = devices.get(id)
      return device !== undefined && lastValidDay(device, type) >= today
    }
    const coverage = { decisions: plan.decisions.length, planned: 0, licensed: 0, unlicensed: 0 }
    for (const decision of plan.decisions)
      coverage[
        decision.action !== 'none' ? 'planned' : isLicensed(decision.device, decision) ? 'licensed' : 'unlicensed'
      ] += 1
    const packs = consumptionOf(plan.estate, today)
    const types = [...coverageOf(of, today, plan.decisions)].sort(LicenseType.compare)
    return { of, plan, coverage, packs, types, isLicensed }
  }

// -------------------------------------------------------------------------------------
// two sides
// -------------------------------------------------------------------------------------

/** Rows are made by one hand, with their fields in one order. */
const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

const packsBetween = (before: Side, after: Side): ReadonlyArray<PackDifference> =>
  sideBySide(before.packs, after.packs, (a, b) => Text.compare(a.pack, b.pack)).flatMap(([was, is]) => {
    const pack = (was ?? is)?.pack
    if (pack === undefined || isSame(was, is)) return []
    return [{ pack, ...(was === undefined ? {} : { before: was }), ...(is === undefined ? {} : { after: is }) }]
  })

const typesBetween = (before: Side, after: Side): ReadonlyArray<TypeDifference> =>
  sideBySide(before.types, after.types, LicenseType.compare).flatMap(([was, is]) => {
    const type = was ?? is
    if (type === undefined || isSame(was, is)) return []
    return [
      {
        ...LicenseType.of(type),
        ...(was === undefined ? {} : { before: was }),
        ...(is === undefined ? {} : { after: is }),
      },
    ]
  })

const worseOffIn = (changes: DeploymentDiff, { isLicensed }: Side): ReadonlyArray<WorseOffDevice> =>
  // INVARIANT: who would be worse off is decided otherwise, and so is in the diff.
  changes.flatMap((change): ReadonlyArray<WorseOffDevice> => {
    if (change.operation !== 'decide') return []
    const { before, after, device } = change
    if (before === undefined || before.action === 'none' || (after !== undefined && after.action !== 'none')) return []
    return [
      {
        device,
        ...LicenseType.of(change),
        isLicensed: isLicensed(device, change),
        before,
        ...(after === undefined ? {} : { after }),
      },
    ]
  })

const between = (before: Side, after: Side): DeploymentWhatIf => {
  const changes = diff(before.plan, after.plan)
  return {
    diff: changes,
    coverage: { before: before.coverage, after: after.coverage },
    packs: packsBetween(before, after),
    types: typesBetween(before, after),
    worseOff: worseOffIn(changes, after),
    plan: after.plan,
  }
}

/**
 * Asks what the plan of an estate would come to after edits; or says everything that contradicts itself in the estate
 * (ALD-114), and then in the edits: an unknown record is `unknown-value`, and two edits of one thing a `contradiction`.
 *
 * The first plan is made once, for all questions.
 *
 * @example
 * import assert from 'node:assert'
 * import { either as E, function as F } from 'fp-ts'
 * import { Deployment, Estate, Instant } from 'seatwise'
 *
 * const decoded = Estate.decode({
 *   settings: { umsVersion: '12.10.100', umsId: 'ums-1', automaticDeployment: true },
 *   packs: [{ id: 'P-1', licenseType: 'workspace-edition', total: 4, allocated: 4, registered: '2026-02-01', umsIds: ['ums-1'] }],
 *   devices: [{ id: 'd-1', unitId: '00E0C5000001', osVersion: '12.5.0', registered: '2026-03-10T08:00:00Z' }],
 * })
 * const counts = F.pipe(
 *   E.Do,
 *   E.bind('now', () => E.fromOption(() => [])(Instant.parse('2026-03-10T12:00:00Z'))),
 *   E.bindW('decoded', () => decoded),
 *   E.bindW('ask', ({ now, decoded: { right: estate } }) => Deployment.whatIf(estate, now)),
 *   E.bindW('edits', () => Deployment.Edit.decodeAll([{ kind: 'change-pack', pack: 'P-1', changes: { total: 5 } }])),
 *   E.chainW(({ ask, edits }) => ask(edits)),
 *   E.map(({ coverage: { before, after }, worseOff }) => [before.planned, after.planned, worseOff.length]),
 * )
 * assert.deepStrictEqual(counts, E.right([0, 1, 0]))
 *
 * @since 0.1.0
 */
export const whatIf = (
  estate: Estate,
  now: Instant,
): E.Either<Failed, (edits: ReadonlyArray<DeploymentEdit>) => E.Either<Failed, DeploymentWhatIf>> =>
  F.pipe(
    planRead(estate, now, {}),
    E.map(sideAt(now)),
    E.map(
      (before) => (edits) =>
        F.pipe(
          estateWith(before.of, edits),
          E.chain((edited) => planRead(edited, now, {})),
          E.map(sideAt(now)),
          E.map((after) => between(before, after)),
        ),
    ),
  )
