// An estate over time, read off section 16 of deployment.md and ALD-115. Every registration, and on UMS 6 or later every
// reboot, is followed by a check of its own; full checks follow each other.
import {
  AFTER_REBOOT,
  AFTER_REGISTRATION,
  betweenFullChecks,
  deleted,
  isChecked,
  isCheckedAfterReboot,
} from './effects.js'
import { holdsFrom, stepsFor } from './plan.js'
import {
  changed,
  instantOf,
  millisecondsOf,
  normalizedDevice,
  normalizedEstate,
  normalizedPack,
  type WireAction,
  type WireDeploymentDecision,
  type WireDevice,
  type WireEstate,
  type WireEvent,
  type WireProductPack,
} from './records.js'

export type SimulationGiven = {
  readonly estate: WireEstate
  readonly lastFullCheck: string
  readonly events: ReadonlyArray<WireEvent>
  readonly horizon: string
}

export type TakenDecision = { readonly at: string } & WireDeploymentDecision

/**
 * A check of single devices, or of all, whether or not anything was taken. Where there is nothing to check for (section 12)
 * it need not be told.
 */
export type Check = {
  readonly at: string
  readonly kind: 'device-check' | 'full-check'
  readonly isForSomething: boolean
}

export type Simulation = {
  readonly decisions: ReadonlyArray<TakenDecision>
  readonly checks: ReadonlyArray<Check>
  readonly estate: WireEstate
}

const ALL: ReadonlyArray<WireAction> = ['assign', 'renew', 'exchange', 'deploy-bundled']
const NEEDED: ReadonlyArray<WireAction> = ['assign', 'deploy-bundled']

/** A check that is due for one device, after its registration or a reboot. */
type Pending = { readonly at: number; readonly device: string }

/** What an event does to the estate, before any check. */
const estateAfter = (estate: WireEstate, event: WireEvent): WireEstate => {
  const { devices, packs } = estate
  const withDevice = (id: string, change: (device: WireDevice) => WireDevice): WireEstate => ({
    ...estate,
    devices: devices.map((device) => (device.id === id ? change(device) : device)),
  })
  switch (event.kind) {
    case 'register': {
      // A device that registers under an id that is taken takes its place.
      const others = devices.filter(({ id }) => id !== event.device.id)
      return { ...estate, devices: [...others, normalizedDevice({ ...event.device, registered: event.at })] }
    }
    case 'reboot':
      return withDevice(event.device, (device) => ({ ...device, lastBoot: event.at }))
    case 'device':
      return withDevice(event.device, (device) =>
        normalizedDevice({ ...changed(device, event.changes), id: device.id }),
      )
    case 'settings':
      return { ...estate, settings: changed(estate.settings, event.changes) }
    case 'refresh': {
      const known = packs.find(({ id }) => id === event.pack)
      const refreshed = normalizedPack({ ...changed(known ?? ({} as WireProductPack), event.changes), id: event.pack })
      return {
        ...estate,
        packs: known === undefined ? [...packs, refreshed] : packs.map((each) => (each === known ? refreshed : each)),
      }
    }
    case 'remove-pack':
      return { ...estate, packs: packs.filter(({ id }) => id !== event.pack) }
    case 'delete':
      return deleted(estate, event)?.estate ?? estate
    case 'check':
      return estate
  }
}

/** The check that an event leads to later, if any. */
const pendingAfter = ({ settings, devices }: WireEstate, event: WireEvent): ReadonlyArray<Pending> => {
  const at = millisecondsOf(event.at)
  if (event.kind === 'register') return [{ at: at + AFTER_REGISTRATION, device: event.device.id }]
  if (event.kind !== 'reboot' || !isCheckedAfterReboot(settings)) return []
  return devices.some(({ id }) => id === event.device) ? [{ at: at + AFTER_REBOOT, device: event.device }] : []
}

/**
 * Section 16 names the checks that follow events. A device that registered or booted between the last full check and the
 * first event is due just the same: that is how we read section 12.
 */
const pendingAtStart = ({ settings, devices }: WireEstate, lastFullCheck: number): ReadonlyArray<Pending> =>
  devices.flatMap((device): ReadonlyArray<Pending> => {
    const registered = millisecondsOf(device.registered)
    const boot = device.lastBoot === undefined ? -Infinity : millisecondsOf(device.lastBoot)
    const isBootOfItsOwn = isCheckedAfterReboot(settings) && boot > registered && boot > lastFullCheck
    return [
      ...(registered > lastFullCheck ? [{ at: registered + AFTER_REGISTRATION, device: device.id }] : []),
      ...(isBootOfItsOwn ? [{ at: boot + AFTER_REBOOT, device: device.id }] : []),
    ]
  })

/** An estate, followed up to and including the horizon. */
export const simulateByModel = (given: SimulationGiven): Simulation => {
  const horizon = millisecondsOf(given.horizon)
  let estate = normalizedEstate(given.estate)
  let events = given.events
  let pending = pendingAtStart(estate, millisecondsOf(given.lastFullCheck))
  let nextFullCheck = millisecondsOf(given.lastFullCheck) + betweenFullChecks(estate.settings)
  const decisions: Array<TakenDecision> = []
  const checks: Array<Check> = []

  /** ALD-113: a check decides for its devices only, and takes the actions of its occasion. */
  const check = (at: number, devices: ReadonlyArray<string> | undefined, actions: ReadonlyArray<WireAction>) => {
    for (const { decision, after } of stepsFor(estate, instantOf(at), devices, actions)) {
      if (actions.includes(decision.action)) decisions.push({ at: instantOf(at), ...decision })
      estate = after
    }
  }

  const next = (): number =>
    Math.min(nextFullCheck, ...pending.map(({ at }) => at), ...events.map(({ at }) => millisecondsOf(at)))

  for (let at = next(); at <= horizon; at = next()) {
    const isNow = (event: { readonly at: string }): boolean => millisecondsOf(event.at) === at
    for (const event of events.filter(isNow)) {
      estate = estateAfter(estate, event)
      pending = [...pending, ...pendingAfter(estate, event)]
      if (event.kind === 'check') check(at, event.devices, ALL)
      if (event.kind === 'refresh') {
        const holders = estate.devices.filter((device) => holdsFrom(device, event.pack).length > 0)
        check(
          at,
          holders.map(({ id }) => id),
          ['renew'],
        )
      }
    }
    events = events.filter((event) => !isNow(event))

    const due = pending.filter((each) => each.at === at).map(({ device }) => device)
    if (due.length > 0) {
      check(at, due, NEEDED)
      checks.push({ at: instantOf(at), kind: 'device-check', isForSomething: isChecked(estate.settings) })
    }
    pending = pending.filter((each) => each.at !== at)

    if (nextFullCheck === at) {
      check(at, undefined, ALL)
      checks.push({ at: instantOf(at), kind: 'full-check', isForSomething: isChecked(estate.settings) })
      nextFullCheck = at + betweenFullChecks(estate.settings)
    }
  }
  return { decisions, checks, estate }
}
