/**
 * Planning folded over time: an estate follows a list of events, and checks happen exactly when they are due
 * (deployment.md, section 16).
 *
 * @since 0.1.0
 */
import { E, type RNEA } from '../../prelude.js'
import type { DeploymentDecision } from '../../record/DeploymentDecision.js'
import type { DeploymentEvent } from '../../record/DeploymentEvent.js'
import type { Estate } from '../../record/Estate.js'
import type { ProductPack } from '../../record/ProductPack.js'
import type { Rejection } from '../../record/Rejection.js'
import { refusalOf } from '../../record/Report.js'
import { changed } from '../../record/Shape.js'
import type { Instant } from '../../value/Instant.js'
import { faultsOfInstant, readEstate, type Distinct } from '../contradictions.js'
import { EVERY_ACTION } from '../turns.js'
import { freedBy, returnOf } from '../returns.js'
import { AFTER_REBOOT, AFTER_REGISTRATION, fullCheckInterval, isWorthwhile } from '../schedule.js'
import { agendaOf, dueAtStart, type Agenda } from './agenda.js'
import { faultsOfEvents, inTime, packMadeBy } from './events.js'
import type { EventMoment, History, Moment, Taken } from './history.js'
import { worldOf, type World } from './world.js'

// -------------------------------------------------------------------------------------
// occasions
// -------------------------------------------------------------------------------------

type Action = DeploymentDecision['action']

/** Registration and reboot are for devices that need a license; the rest belongs to the full check (ALD-113). */
const OF_SINGLE_CHECKS: ReadonlySet<Action> = new Set<Action>(['assign', 'deploy-bundled'])

/** The refresh of a pack renews the devices that hold a license from it (ALD-66, 113). */
const OF_REFRESHES: ReadonlySet<Action> = new Set<Action>(['renew'])

// -------------------------------------------------------------------------------------
// events
// -------------------------------------------------------------------------------------

const NOTHING: Taken = { decisions: [], operations: [] }

/** What goes on: the estate, and the checks of single devices that are to come. */
interface Stage {
  readonly world: World
  readonly agenda: Agenda
}

const deleteFrom = (world: World, event: Extract<DeploymentEvent, { kind: 'delete' }>): EventMoment['deleted'] => {
  const device = world.device(event.device)
  if (device === undefined) return undefined
  const returned = returnOf({ ums: world.ums(), device, deletion: event })
  world.removeDevice(device.id)
  const freed = [...freedBy(returned, device)].filter(world.freeLicense)
  return { ...returned, freed }
}

/** What an event changes, and what is taken at once. One about a device or pack that is not there changes nothing. */
const happen = ({ world, agenda }: Stage, event: DeploymentEvent): Omit<EventMoment, 'kind' | 'at' | 'event'> => {
  switch (event.kind) {
    case 'register':
      world.setDevice({ ...event.device, registered: event.at })
      agenda.add({ due: event.at + AFTER_REGISTRATION, device: event.device.id })
      return NOTHING
    case 'reboot':
      if (world.device(event.device) === undefined) return NOTHING
      world.noteBoot(event.device, event.at)
      // On UMS 5 a reboot starts nothing (ALD-65).
      if (world.ums().has.dailyChecks) agenda.add({ due: event.at + AFTER_REBOOT, device: event.device })
      return NOTHING
    case 'device': {
      const device = world.device(event.device)
      if (device !== undefined) world.setDevice(changed(device, event.changes))
      return NOTHING
    }
    case 'settings':
      world.setSettings((settings) => changed(settings, event.changes))
      return NOTHING
    case 'refresh': {
      const known = world.pack(event.pack)
      // INVARIANT: a pack that is not known is complete, or the events were refused.
      world.setPack(known === undefined ? (packMadeBy(event) as ProductPack) : changed(known, event.changes))
      return world.check(event.at, new Set(world.holdersOf(event.pack)), OF_REFRESHES)
    }
    case 'remove-pack':
      world.removePack(event.pack)
      return NOTHING
    case 'delete': {
      const deleted = deleteFrom(world, event)
      return deleted === undefined ? NOTHING : { ...NOTHING, deleted }
    }
    case 'check':
      // Started by hand it takes all actions, and moves no schedule (ALD-115).
      return event.devices === undefined
        ? world.checkAll(event.at)
        : world.check(event.at, new Set(event.devices), EVERY_ACTION)
  }
}

// -------------------------------------------------------------------------------------
// time
// -------------------------------------------------------------------------------------

// eslint-disable-next-line func-style -- arrow functions cannot yield
function* follow(
  estate: Estate,
  events: ReadonlyArray<DeploymentEvent>,
  horizon: Instant,
  lastFullCheck: Instant,
): Generator<Moment, void, undefined> {
  const world = worldOf(estate)
  const agenda = agendaOf(dueAtStart(world.ums(), estate.devices, lastFullCheck))
  let nextFullCheck = lastFullCheck + fullCheckInterval(world.ums())
  let [next, time] = [0, -Infinity]
  // Events before the last full check happen as they come, after a start that is before them.
  yield { kind: 'start', at: Math.min(lastFullCheck, events[0]?.at ?? lastFullCheck) as Instant, estate }

  for (;;) {
    const due = Math.min(events[next]?.at ?? Infinity, agenda.next(), nextFullCheck)
    time = Math.max(time, due)
    if (time > horizon) break
    const at = time as Instant
    for (let event = events[next]; event !== undefined && event.at <= time; event = events[++next])
      yield { kind: 'event', at, event, ...happen({ world, agenda }, event) }
    if (agenda.next() <= time) {
      const devices = new Set(agenda.upTo(time).map(({ device }) => device))
      yield { kind: 'device-check', at, ...world.check(at, devices, OF_SINGLE_CHECKS) }
    }
    if (nextFullCheck <= time) {
      // Where there is nothing to check for no check is due, but the rhythm goes on (section 12).
      if (isWorthwhile(world.ums())) yield { kind: 'full-check', at, ...world.checkAll(at) }
      nextFullCheck = time + fullCheckInterval(world.ums())
    }
  }
  yield { kind: 'end', at: horizon, estate: world.estate() }
}

const HORIZON_TOO_EARLY = refusalOf(
  'horizon',
  'range',
  'horizon',
  'pass an instant that is not before the last full check',
)

/**
 * Follows an estate from its last full check through a list of events, up to and including the horizon. The history is made
 * while it is read: a year of a hundred thousand devices needs the room of one day. An estate, an event or an instant that
 * makes no sense is the failure of the whole call (ALD-114).
 *
 * @example
 * import assert from 'node:assert'
 * import { either as E, function as F } from 'fp-ts'
 * import { Deployment, DeploymentEvent, Estate, Instant } from 'seatwise'
 *
 * const instant = (text: string) => E.fromOption(() => [])(Instant.parse(text))
 * const told = F.pipe(
 *   E.Do,
 *   E.bind('decoded', () =>
 *     Estate.decode({
 *       settings: { umsVersion: '12.10.100', umsId: 'ums-1', automaticDeployment: true },
 *       packs: [{ id: 'P-1', licenseType: 'workspace-edition', total: 5, allocated: 0, registered: '2026-02-01', umsIds: ['ums-1'] }],
 *       devices: [],
 *     }),
 *   ),
 *   E.bindW('events', () =>
 *     DeploymentEvent.decodeAll([
 *       {
 *         at: '2026-03-10T12:00:00Z',
 *         kind: 'register',
 *         device: { id: 'd-1', unitId: '00E0C5000001', osVersion: '12.5.0', registered: '2026-03-10T12:00:00Z' },
 *       },
 *     ]),
 *   ),
 *   E.bindW('from', () => instant('2026-03-10T03:00:00Z')),
 *   E.bindW('horizon', () => instant('2026-03-12T00:00:00Z')),
 *   E.chainW(({ decoded, events, from, horizon }) => Deployment.simulate(decoded.right, events, horizon, from)),
 *   E.map((history) => [...history].map(({ kind, at }) => `${Instant.show(at)} ${kind}`)),
 * )
 * assert.deepStrictEqual(
 *   told,
 *   E.right([
 *     '2026-03-10T03:00:00Z start',
 *     '2026-03-10T12:00:00Z event',
 *     '2026-03-10T12:00:30Z device-check',
 *     '2026-03-11T03:00:00Z full-check',
 *     '2026-03-12T00:00:00Z end',
 *   ]),
 * )
 *
 * @since 0.1.0
 */
export const simulate = (
  given: Estate,
  events: ReadonlyArray<DeploymentEvent>,
  horizon: Instant,
  lastFullCheck: Instant,
): E.Either<RNEA.ReadonlyNonEmptyArray<Rejection>, History> => {
  const beside = [
    ...faultsOfInstant('horizon', horizon),
    ...faultsOfInstant('lastFullCheck', lastFullCheck),
    ...(horizon < lastFullCheck ? [HORIZON_TOO_EARLY] : []),
    ...faultsOfEvents(events, given.packs),
  ]
  return E.map(({ estate }: Distinct): History => {
    const ordered = inTime(events)
    return { [Symbol.iterator]: () => follow(estate, ordered, horizon, lastFullCheck) }
  })(readEstate(given, beside))
}
