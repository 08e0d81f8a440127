/**
 * What can be monitored: the consumption of each pack, and the coverage of each license type (ALD-116). Whether a device
 * has fetched its license, no record says.
 *
 * @since 0.1.0
 */
import { E, type RNEA } from '../prelude.js'
import type { DeploymentAction, DeploymentReason } from '../record/DeploymentDecision.js'
import type { Estate } from '../record/Estate.js'
import * as LicenseType from '../record/LicenseType.js'
import type { Rejection } from '../record/Rejection.js'
import * as Day from '../value/Day.js'
import type { PackId } from '../value/Id.js'
import type { Instant } from '../value/Instant.js'
import * as Text from '../value/Text.js'
import { faultsOfInstant, readEstate, type Distinct } from './contradictions.js'
import { typesOf } from './decide.js'
import { plan, type Plan } from './plan.js'
import { lastDayOf, lastValidDay, packsOf } from './validity.js'

// -------------------------------------------------------------------------------------
// consumption
// -------------------------------------------------------------------------------------

/**
 * How far a pack is used: its counts, how many devices of the estate hold a license from it, and on how many of them that
 * license is valid today.
 *
 * @since 0.1.0
 */
export interface PackConsumption {
  readonly pack: PackId
  readonly total: number
  readonly allocated: number
  /** Never below 0, however many are allocated. */
  readonly free: number
  readonly holders: number
  readonly validHolders: number
}

const count = <K>(counts: Map<K, number>, key: K): void => {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}

/**
 * The consumption of every pack of an estate, by the ids of the packs.
 *
 * @example
 * import assert from 'node:assert'
 * import { either as E, function as F } from 'fp-ts'
 * import { Deployment, Estate, Instant } from 'seatwise'
 *
 * const decoded = Estate.decode({
 *   settings: { umsVersion: '12.10.100', umsId: 'ums-1' },
 *   packs: [{ id: 'P-1', licenseType: 'workspace-edition', total: 10, allocated: 12, registered: '2026-02-01' }],
 *   devices: [],
 * })
 * const rows = F.pipe(
 *   Instant.parse('2026-03-10T12:00:00Z'),
 *   E.fromOption(() => []),
 *   E.chainW((now) => F.pipe(decoded, E.chainW(({ right }) => Deployment.consumption(right, now)))),
 * )
 * assert.deepStrictEqual(rows, E.right([{ pack: 'P-1', total: 10, allocated: 12, free: 0, holders: 0, validHolders: 0 }]))
 *
 * @since 0.1.0
 */
export const consumption = (
  estate: Estate,
  now: Instant,
): E.Either<RNEA.ReadonlyNonEmptyArray<Rejection>, ReadonlyArray<PackConsumption>> =>
  E.map(({ estate: read }: Distinct) => consumptionOf(read, Day.ofInstant(now)))(
    readEstate(estate, faultsOfInstant('now', now)),
  )

/** The consumption of an estate that has every record once. */
export const consumptionOf = ({ packs, devices }: Estate, today: Day.Day): ReadonlyArray<PackConsumption> => {
  const [holders, validHolders] = [new Map<PackId, number>(), new Map<PackId, number>()]
  for (const { licenses = [] } of devices) {
    for (const pack of packsOf({ licenses })) count(holders, pack)
    for (const pack of packsOf({ licenses: licenses.filter((each) => lastDayOf(each) >= today) }))
      count(validHolders, pack)
  }
  return [...packs]
    .sort((a, b) => Text.compare(a.id, b.id))
    .map(({ id: pack, total, allocated }) => ({
      pack,
      total,
      allocated,
      free: Math.max(0, total - allocated),
      holders: holders.get(pack) ?? 0,
      validHolders: validHolders.get(pack) ?? 0,
    }))
}

// -------------------------------------------------------------------------------------
// coverage
// -------------------------------------------------------------------------------------

/**
 * How many devices are licensed for a type today and how many are not: of those, how many get a license by the plan for
 * now, by its action, and how many get none, by the reason.
 *
 * @since 0.1.0
 */
export interface TypeCoverage extends LicenseType.LicenseType {
  readonly licensed: number
  readonly unlicensed: number
  readonly actions: { readonly [K in DeploymentAction]?: number }
  readonly reasons: { readonly [K in DeploymentReason]?: number }
}

const inOneOrder = (counts: ReadonlyMap<string, number>): Readonly<Record<string, number>> =>
  Object.fromEntries([...counts].sort(([a], [b]) => Text.compare(a, b)))

/** The coverage of an estate by the decisions of its plan. */
export const coverageOf = (
  estate: Estate,
  today: Day.Day,
  decisions: Plan['decisions'],
): ReadonlyArray<TypeCoverage> => {
  const devices = new Map(estate.devices.map((device) => [device.id, device]))
  const rows = new Map(
    typesOf(estate).map((type) => [
      LicenseType.show(type),
      { type, licensed: 0, unlicensed: 0, actions: new Map<string, number>(), reasons: new Map<string, number>() },
    ]),
  )
  for (const decision of decisions) {
    const [row, device] = [rows.get(LicenseType.show(decision)), devices.get(decision.device)]
    if (row === undefined || device === undefined) continue
    if (lastValidDay(device, row.type) >= today) row.licensed += 1
    else {
      row.unlicensed += 1
      if (decision.reason === undefined) count(row.actions, decision.action)
      else count(row.reasons, decision.reason)
    }
  }
  return [...rows.values()].map(({ type, licensed, unlicensed, actions, reasons }) => ({
    ...type,
    licensed,
    unlicensed,
    actions: inOneOrder(actions),
    reasons: inOneOrder(reasons),
  }))
}

/**
 * The coverage of every license type of an estate as it is, with the decisions of the plan for now: whoever is not licensed
 * is about to be, or has a reason.
 *
 * @example
 * import assert from 'node:assert'
 * import { either as E, function as F } from 'fp-ts'
 * import { Deployment, Estate, Instant } from 'seatwise'
 *
 * const decoded = Estate.decode({
 *   settings: { umsVersion: '12.10.100', umsId: 'ums-1', automaticDeployment: true },
 *   packs: [{ id: 'P-1', licenseType: 'workspace-edition', total: 12, allocated: 12, registered: '2026-02-01', umsIds: ['ums-1'] }],
 *   devices: [{ id: 'd-1', unitId: '00E0C5000001', osVersion: '12.5.0', registered: '2026-03-10T08:00:00Z' }],
 * })
 * const rows = F.pipe(
 *   Instant.parse('2026-03-10T12:00:00Z'),
 *   E.fromOption(() => []),
 *   E.chainW((now) => F.pipe(decoded, E.chainW(({ right }) => Deployment.coverage(right, now)))),
 * )
 * const expected = { licenseType: 'workspace-edition', licensed: 0, unlicensed: 1, actions: {}, reasons: { 'no-free-license': 1 } }
 * assert.deepStrictEqual(rows, E.right([expected]))
 *
 * @since 0.1.0
 */
export const coverage = (
  estate: Estate,
  now: Instant,
): E.Either<RNEA.ReadonlyNonEmptyArray<Rejection>, ReadonlyArray<TypeCoverage>> =>
  E.map(({ decisions }: Plan) => coverageOf(estate, Day.ofInstant(now), decisions))(plan(estate, now))
