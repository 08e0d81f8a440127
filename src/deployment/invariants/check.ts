/**
 * What holds of every plan, whatever it was made of, to be checked by whoever does not want to take our word for it: the
 * invariants of deployment.md, each with its code and clause. Each tells the places where it is broken.
 *
 * @since 0.1.0
 */
import { E } from '../../prelude.js'
import type { Estate } from '../../record/Estate.js'
import type { Rejection } from '../../record/Rejection.js'
import * as Generic from '../../rule/Invariant.js'
import * as Day from '../../value/Day.js'
import type { Instant } from '../../value/Instant.js'
import { faultsOfInstant, readEstate } from '../contradictions.js'
import type { Plan, PlanOptions } from '../plan.js'
import { factsOf } from './gather.js'
import { place, type Invariant } from './invariant.js'
import { ofBundled } from './ofBundled.js'
import { ofDecisions } from './ofDecisions.js'
import { ofDevices } from './ofDevices.js'
import { ofEstate } from './ofEstate.js'
import { ofOperations } from './ofOperations.js'
import { ofPacks } from './ofPacks.js'
import { ofReasons } from './ofReasons.js'

const invariants: ReadonlyArray<Invariant> = [
  ...ofDecisions,
  ...ofDevices,
  ...ofPacks,
  ...ofBundled,
  ...ofReasons,
  ...ofEstate,
  ...ofOperations,
]

const checkAll = Generic.check(invariants)

/** An estate that contradicts itself has no plan, so nothing else can be asked of what is passed for one. */
const noContradiction = Generic.invariant('no-contradiction', 'ALD-114', (faults: ReadonlyArray<Rejection>) =>
  faults.map(({ path }) => place(path)),
)

const checkContradictions = Generic.check([noContradiction])

/**
 * The invariants that are checked: their codes, and the clauses that they come from.
 *
 * @example
 * import assert from 'node:assert'
 * import { Deployment } from 'seatwise'
 *
 * assert.strictEqual(Deployment.invariantCodes.some(({ code }) => code === 'most-allocated'), true)
 *
 * @since 0.1.0
 */
export const invariantCodes: ReadonlyArray<Pick<Generic.BrokenInvariant, 'code' | 'clause'>> = [
  noContradiction,
  ...invariants,
].map(({ code, clause }) => ({ code, clause }))

/**
 * Checks a plan against what it was made of, decision by decision, in the turn of each: the invariants that do not hold, and
 * where. Of what {@link plan} gives there are none.
 *
 * @example
 * import assert from 'node:assert'
 * import { either as E, function as F } from 'fp-ts'
 * import { Deployment, Estate, Instant } from 'seatwise'
 *
 * const decoded = Estate.decode({
 *   settings: { umsVersion: '12.10.100', umsId: 'ums-1', automaticDeployment: true },
 *   packs: [
 *     { id: 'P-1', licenseType: 'workspace-edition', total: 50, allocated: 12, registered: '2026-02-01', umsIds: ['ums-1'] },
 *   ],
 *   devices: [{ id: 'd-1', unitId: '00E0C5000001', osVersion: '12.5.0', registered: '2026-03-10T08:00:00Z' }],
 * })
 * const told = F.pipe(
 *   E.Do,
 *   E.bind('now', () => E.fromOption(() => [])(Instant.parse('2026-03-10T12:00:00Z'))),
 *   E.bindW('estate', () => E.map(({ right }: { readonly right: Estate.Estate }) => right)(decoded)),
 *   E.bindW('plan', ({ estate, now }) => Deployment.plan(estate, now)),
 *   E.map(({ estate, now, plan }) => {
 *     const broken = Deployment.checkInvariants(estate, now)
 *     return [broken(plan), broken({ ...plan, operations: [] })]
 *   }),
 * )
 * const lost = { code: 'operation-for-each-action', clause: 'section 11', at: '["d-1","workspace-edition"]' }
 * assert.deepStrictEqual(told, E.right([[], [lost]]))
 *
 * @since 0.1.0
 */
export const checkInvariants = (
  given: Estate,
  now: Instant,
  { devices }: PlanOptions = {},
): ((plan: Plan) => ReadonlyArray<Generic.BrokenInvariant>) => {
  const read = readEstate(given, faultsOfInstant('now', now))
  return E.isLeft(read)
    ? () => checkContradictions(read.left)
    : (plan) => checkAll(factsOf({ given, estate: read.right.estate, today: Day.ofInstant(now), named: devices }, plan))
}
