/**
 * Laws that hold of every plan, operation or moment of the generated worlds.
 */
import fc from 'fast-check'
import {
  normalizedEstate,
  type SimulationGiven,
  type WireDevice,
  type WireEstate,
  type WireProductPack,
  type WireType,
} from '../../model/deployment.js'
import { arrangedFor, daysFrom, estateWorld, simulationWorld, type EstateWorld } from '../deployment.js'
import { PACK } from './arranged.js'
import { afterOperation, scenesOf, type Scene } from './replay.js'
import { planOf, simulated, type Planned, type Simulated, type WireOperation } from './run.js'

/** What a decision or an operation is about: a device and a type. */
export const aboutOf = ({ device, licenseType, addOn }: { readonly device: string } & WireType): string =>
  JSON.stringify([device, licenseType, addOn])

export const packIn = ({ packs }: WireEstate, id: string | undefined): WireProductPack =>
  packs.find((pack) => pack.id === id)!

export const deviceIn = ({ devices }: WireEstate, id: string): WireDevice => devices.find((each) => each.id === id)!

/** The licenses of a type that a device holds, starter licenses left out. */
export const heldBy = ({ licenses = [] }: WireDevice, type: WireType) =>
  licenses.filter(
    ({ licenseType, addOn, source }) =>
      source !== 'starter' && licenseType === type.licenseType && (licenseType !== 'add-on' || addOn === type.addOn),
  )

/** The last valid day of a type on a device, as text; `unlimited` is later than any day, and '' earlier. */
export const lastDayHeld = (device: WireDevice, type: WireType): string =>
  heldBy(device, type).reduce((last, { expires = 'unlimited' }) => (expires > last ? expires : last), '')

/** Worlds in which a bundled license is given, and a pack that the device held one from lasts longer. */
export const outlastedWorld: fc.Arbitrary<EstateWorld> = arrangedFor('deploy-bundled').map(({ estate, now, type }) => {
  const on = daysFrom(now)
  const isOfIt = ({ licenseType, addOn }: WireType) => licenseType === type.licenseType && addOn === type.addOn
  const expired = estate.packs
    .filter(isOfIt)
    .map(({ id }) => ({ ...type, source: 'pack' as const, pack: id, expires: on(-1) }))
  return {
    now,
    estate: {
      ...estate,
      settings: { ...estate.settings, automaticDeployment: true },
      packs: estate.packs.map((pack) => (isOfIt(pack) ? { ...pack, expires: on(900) } : pack)),
      devices: estate.devices.map((device) => ({ ...device, licenses: [...(device.licenses ?? []), ...expired] })),
    },
  }
})

/** Worlds in which licenses are exchanged, from packs of which some end so soon that what they give is itself due. */
export const steppedWorld: fc.Arbitrary<EstateWorld> = fc
  .record({
    world: arrangedFor('exchange'),
    steps: fc.array(fc.record({ days: fc.integer({ min: 0, max: 40 }), allocated: fc.nat({ max: 19 }) }), {
      minLength: 1,
      maxLength: 3,
    }),
  })
  .map(({ world: { estate, now, type }, steps }) => {
    const pack = estate.packs.find(({ id }) => id === PACK)!
    const further = steps.map(({ days, allocated }, place) => ({
      ...pack,
      ...{ id: `T-${String(place)}`, expires: daysFrom(now)(days), allocated },
    }))
    return { now, type, estate: { ...estate, packs: [...further, ...estate.packs] } }
  })

/** What laws of plans are tried on. */
const planWorld: fc.Arbitrary<EstateWorld> = fc.oneof(
  { weight: 8, arbitrary: estateWorld },
  { weight: 1, arbitrary: outlastedWorld },
  { weight: 1, arbitrary: steppedWorld },
)

export const onEveryPlan = (
  holds: (plan: Planned, given: WireEstate, now: string) => void,
  numRuns = 150,
  worlds: fc.Arbitrary<EstateWorld> = planWorld,
): void => {
  fc.assert(
    fc.property(worlds, ({ estate, now }) => {
      const given = normalizedEstate(estate)
      holds(planOf(given, now), given, now)
    }),
    { numRuns },
  )
}

/** Every operation beside the state that it was planned on: what a plan does, done step by step. */
export const onEveryOperation = (
  holds: (operation: WireOperation, device: WireDevice, before: WireEstate, given: WireEstate, now: string) => void,
  numRuns = 220,
): void => {
  onEveryPlan(({ operations }, given, now) => {
    let before = given
    for (const operation of operations) {
      holds(operation, deviceIn(before, operation.device), before, given, now)
      before = afterOperation(before, operation)
    }
  }, numRuns)
}

/** Every simulation beside its moments and the states around them. */
export const onEveryHistory = (
  holds: (scenes: ReadonlyArray<Scene>, history: Simulated, given: SimulationGiven) => void,
  numRuns = 80,
  worlds: fc.Arbitrary<SimulationGiven> = simulationWorld,
): void => {
  fc.assert(
    fc.property(worlds, (given) => {
      const history = simulated(given)
      holds(scenesOf(history), history, given)
    }),
    { numRuns },
  )
}
