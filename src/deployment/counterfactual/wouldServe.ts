/**
 * What would have to change for a device to be served with a license type (properties.md, G3 to G5): all the smallest sets
 * of remedies up to a bound, each made and planned anew. A device is *served* when it is licensed for the type once the plan is
 * done.
 *
 * Laws:
 *
 * 1. Soundness: the plan of the estate with the remedies of an answer decides as the answer says
 * 2. Minimality: no proper subset of the remedies of an answer is enough
 * 3. Completeness: where there is no answer, no set of remedies of the space up to the bound is enough (space.ts)
 * 4. Irrelevance: the order of the records does not matter
 * 5. Secrecy: no serial number is in it
 *
 * @since 0.1.0
 */
import { E, O, type RNEA } from '../../prelude.js'
import type { DeploymentDecision } from '../../record/DeploymentDecision.js'
import type { Device } from '../../record/Device.js'
import type { Estate } from '../../record/Estate.js'
import * as LicenseType from '../../record/LicenseType.js'
import type { Rejection } from '../../record/Rejection.js'
import { boundOf, smallest, triesOf, withLeastAmounts, type Space } from '../../rule/Counterfactual.js'
import * as Day from '../../value/Day.js'
import type { DeviceId } from '../../value/Id.js'
import type { Instant } from '../../value/Instant.js'
import { typeOfBundled } from '../bundled.js'
import { plan, planRead, type Planned, type PlanOptions } from '../plan.js'
import { compareDevices } from '../turnOrder.js'
import { lastValidDay } from '../validity.js'
import type { WouldServe } from './answer.js'
import { applyRemedy } from './apply.js'
import { licenseCounts, withLeast } from './least.js'
import { neededBy } from './needed.js'
import { changedBy, compareRemedies, keyOf, type Remedy } from './remedy.js'
import { remediesFor, type Remedies } from './space.js'

// -------------------------------------------------------------------------------------
// cutting
// -------------------------------------------------------------------------------------

const WORKSPACE_EDITION: LicenseType.LicenseType = { licenseType: 'workspace-edition' }

/** The types that a decision about a type looks at: an add-on needs its base (ALD-29). */
const concerned = (type: LicenseType.LicenseType): ReadonlyArray<LicenseType.LicenseType> =>
  type.licenseType === 'add-on' ? [type, WORKSPACE_EDITION] : [type]

interface Cut {
  readonly estate: Estate
  /** Who is decided about. */
  readonly devices: ReadonlyArray<DeviceId>
}

/**
 * An estate with the devices whose turn is not after that of a device, and the packs of some types. Who comes later takes
 * nothing from it, and types are independent of each other but for the base of an add-on (ALD-28, 109).
 */
const cutTo = (
  estate: Estate,
  device: Device,
  type: LicenseType.LicenseType,
  chosen: ReadonlySet<string> | undefined,
): Cut => {
  const types = concerned(type)
  const isConcerned = (record: LicenseType.LicenseType): boolean =>
    types.some((each) => LicenseType.equals(each, record))
  const inTurn = estate.devices.filter((each) => compareDevices(each, device) <= 0)
  // A license that anybody holds makes a type one of the estate (ALD-108).
  const holders = types.flatMap((each) => {
    const holds = ({ licenses = [] }: Device): boolean => licenses.some((license) => LicenseType.equals(license, each))
    const holder = inTurn.some(holds) ? undefined : estate.devices.find(holds)
    return holder === undefined ? [] : [holder]
  })
  return {
    estate: {
      ...estate,
      packs: estate.packs.filter(isConcerned),
      devices: [...new Set([...inTurn, ...holders])],
      ...(estate.bundled === undefined
        ? {}
        : { bundled: estate.bundled.filter((each) => isConcerned(typeOfBundled(each))) }),
    },
    devices: inTurn.flatMap(({ id }) => (chosen?.has(id) === false ? [] : [id])),
  }
}

// -------------------------------------------------------------------------------------
// planning again
// -------------------------------------------------------------------------------------

/** What remedies make: the decisions about the device, and whether it is licensed when the plan is done. */
interface Made {
  readonly decision: DeploymentDecision | undefined
  readonly base: DeploymentDecision | undefined
  readonly isServed: boolean
}

const about =
  (device: string, type: LicenseType.LicenseType) =>
  (decision: DeploymentDecision): boolean =>
    decision.device === device && LicenseType.equals(decision, type)

const making =
  ({ estate, devices }: Cut, now: Instant, { reader }: PlanOptions, id: DeviceId, type: LicenseType.LicenseType) =>
  (remedies: ReadonlyArray<Remedy>): Made => {
    const edited = remedies.reduce((made, remedy) => applyRemedy(remedy)(made), estate)
    const planned = plan(edited, now, { devices, ...(reader === undefined ? {} : { reader }) })
    if (E.isLeft(planned)) return { decision: undefined, base: undefined, isServed: false }
    const { decisions, estate: after } = planned.right
    const device = after.devices.find((each) => each.id === id)
    return {
      decision: decisions.find(about(id, type)),
      base: decisions.find(about(id, WORKSPACE_EDITION)),
      isServed: device !== undefined && lastValidDay(device, type) >= Day.ofInstant(now),
    }
  }

// -------------------------------------------------------------------------------------
// asking
// -------------------------------------------------------------------------------------

/**
 * Plans an estate and says what would have to change for a device of it to be served, or says what contradicts itself. The
 * remedies are made in the estate before the plan, so that devices whose turn comes earlier may profit from them, too.
 *
 * @example
 * import assert from 'node:assert'
 * import { either as E, function as F, option as O } from 'fp-ts'
 * import { Deployment, Estate, Instant } from 'seatwise'
 *
 * const decoded = Estate.decode({
 *   settings: { umsVersion: '12.10.100', umsId: 'ums-1', automaticDeployment: true },
 *   packs: [{ id: 'P-1', licenseType: 'udc3', total: 12, allocated: 3, registered: '2026-02-01', umsIds: ['ums-1'] }],
 *   devices: [{ id: 'd-1', unitId: '00E0C5000001', osVersion: '12.5.0', registered: '2026-03-10T08:00:00Z', directory: 'clinic' }],
 * })
 * const told = F.pipe(
 *   Instant.parse('2026-03-10T12:00:00Z'),
 *   E.fromOption(() => []),
 *   E.chainW((now) => F.pipe(decoded, E.chainW(({ right }) => Deployment.wouldServe(right, now)))),
 *   E.map((would) => F.pipe(
 *     would('d-1', { licenseType: 'udc3' }),
 *     O.map(({ answers }) => answers.map(({ remedies }) => remedies.map(Deployment.renderRemedy).join(', '))),
 *   )),
 * )
 * assert.deepStrictEqual(told, E.right(O.some([
 *   'add the directory `clinic` to the conditions of pack `P-1`',
 *   'enable pack `P-1` for all devices',
 * ])))
 *
 * @since 0.1.0
 */
export const wouldServe = (
  given: Estate,
  now: Instant,
  options: PlanOptions = {},
): E.Either<RNEA.ReadonlyNonEmptyArray<Rejection>, WouldServe> =>
  E.map(({ plan: { decisions }, of: estate }: Planned): WouldServe => {
    const devices = new Map(estate.devices.map((device): readonly [string, Device] => [device.id, device]))
    const chosen = options.devices === undefined ? undefined : new Set<string>(options.devices)
    return (id, type, { bound: asked, tries } = {}) => {
      const device = devices.get(id)
      const place = decisions.findIndex(about(id, type))
      const decision = decisions[place]
      if (device === undefined || decision === undefined) return O.none
      const before = decisions.slice(0, place)
      const waiting = (of: LicenseType.LicenseType): number =>
        before.filter((each) => each.action === 'none' && LicenseType.equals(each, of)).length
      const today = Day.ofInstant(now)
      const remediesOf = (of: LicenseType.LicenseType): Remedies =>
        remediesFor({ estate, device, type: of, today, waiting: waiting(of) })
      const own = remediesOf(type)
      const base = type.licenseType === 'add-on' ? remediesOf(WORKSPACE_EDITION) : undefined
      const space: Space<Remedy, Made> = {
        make: making(cutTo(estate, device, type, chosen), now, options, device.id, type),
        holds: ({ isServed }) => isServed,
        ways: [
          (made) =>
            made.decision === undefined
              ? []
              : neededBy(own, made.decision, () =>
                  made.base === undefined || base === undefined ? [] : neededBy(base, made.base, () => []),
                ),
        ],
        compare: compareRemedies,
        changes: changedBy,
        key: keyOf,
      }
      const { bound, found } = smallest(boundOf(asked), triesOf(tries))(space)
      return O.some({
        bound,
        decision,
        answers: withLeast(found.map(withLeastAmounts(space, licenseCounts))).flatMap(({ remedies, made }) =>
          made.decision === undefined ? [] : [{ remedies, decision: made.decision }],
        ),
      })
    }
  })(planRead(given, now, options))
