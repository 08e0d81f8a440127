/**
 * The invariants of the decisions as such, one line each: which there are, in which order, and what each of them says
 * (deployment.md, sections 4 and 11).
 */
import type { DeploymentDecision } from '../../record/DeploymentDecision.js'
import type { Device } from '../../record/Device.js'
import * as LicenseType from '../../record/LicenseType.js'
import type { DeviceId } from '../../value/Id.js'
import * as Text from '../../value/Text.js'
import type { Facts } from './facts.js'
import { heldOf, lastValidDay } from './holdings.js'
import {
  FROM_A_PACK,
  FROM_ANYWHERE,
  invariant,
  ofAction,
  ofEach,
  outOfTurn,
  place,
  placeOf,
  type Invariant,
} from './invariant.js'

const isFromPack = ({ action }: DeploymentDecision): boolean => FROM_A_PACK.some((each) => each === action)

const isAddOn = ({ licenseType }: LicenseType.LicenseType): boolean => licenseType === 'add-on'

/** By registration, then by id (ALD-109). */
const compareTurns = (a: Device, b: Device): number => a.registered - b.registered || Text.compare(a.id, b.id)

/** How often there is a decision about each device and type. */
const timesIn = (decisions: ReadonlyArray<DeploymentDecision>): ReadonlyMap<DeviceId, ReadonlyMap<string, number>> => {
  const times = new Map<DeviceId, Map<string, number>>()
  for (const decision of decisions) {
    const type = LicenseType.show(decision)
    const ofDevice = times.get(decision.device) ?? new Map<string, number>()
    times.set(decision.device, ofDevice.set(type, (ofDevice.get(type) ?? 0) + 1))
  }
  return times
}

/** Where there is not one decision about a device and a type, though there should be (ALD-108). */
const notDecidedOnce = ({ estate, plan, types, isAsked }: Facts): ReadonlyArray<string> => {
  const times = timesIn(plan.decisions)
  return estate.devices
    .filter(({ id }) => isAsked(id))
    .flatMap(({ id }) => {
      const ofDevice = times.get(id)
      return [...types].filter((type) => ofDevice?.get(type) !== 1).map((type) => place(id, type))
    })
}

export const ofDecisions: ReadonlyArray<Invariant> = [
  invariant('one-decision', 'ALD-108', notDecidedOnce),
  invariant('decided-what-there-is', 'ALD-108', ({ plan, devices, types }) =>
    plan.decisions
      .filter((decision) => !devices.has(decision.device) || !types.has(LicenseType.show(decision)))
      .map((decision) => place(decision.device, LicenseType.show(decision))),
  ),
  ofEach('decided-whom-was-asked', 'ALD-115', ({ device }, { isAsked }) => isAsked(device.id)),
  invariant('devices-in-turn', 'ALD-109', ({ replayed: { cases } }) =>
    outOfTurn(cases, (a, b) => compareTurns(a.device, b.device)).map(placeOf),
  ),
  invariant('add-ons-last', 'ALD-109', ({ replayed: { cases } }) =>
    cases
      .filter(({ decision, device }, index) => {
        const previous = index === 0 ? undefined : cases[index - 1]
        return previous?.device === device && isAddOn(previous.decision) && !isAddOn(decision)
      })
      .map(placeOf),
  ),
  ofEach(
    'pack-with-what-comes-from-one',
    'section 11',
    ({ decision }) => (decision.pack !== undefined) === isFromPack(decision),
  ),
  ofEach(
    'reason-with-none',
    'section 5',
    ({ decision: { action, reason } }) => (reason !== undefined) === (action === 'none'),
  ),
  ofAction(
    'expires-with-the-pack',
    'section 11',
    FROM_A_PACK,
    ({ decision, pack }) => pack === undefined || decision.expires === pack.expires,
  ),
  ofEach(
    'expires-with-an-action',
    'section 11',
    ({ decision: { action, expires } }) => action !== 'none' || expires === undefined,
  ),
  ofAction(
    'further-by-every-action',
    'section 11',
    FROM_ANYWHERE,
    ({ after, last, decision }) => lastValidDay(heldOf(after, decision)) > last,
  ),
]
