/**
 * The two sides of a run over the years: books and an estate. Events wait until a day passes; then the library is asked for
 * all that happens up to the next full checks, and followed moment by moment.
 */
import fc from 'fast-check'
import { Deployment, type Estate, type Instant } from 'seatwise'
import { expect } from 'vitest'
import {
  planByModel,
  type WireDevice,
  type WireEstate,
  type WireEvent,
  type WireProductPack,
  type WireSettings,
} from '../../../model/deployment.js'
import { decodeEstate, decodeEvents, encodeDecision, encodeEstate, must } from '../run.js'
import { daysFrom } from '../words.js'
import { follow, followOperations, followPlan, millisecondsIn, watchOf, type Watch } from './follow.js'
import { openBooks } from './books.js'

// -------------------------------------------------------------------------------------
// the two sides
// -------------------------------------------------------------------------------------

/** What was seen of all, over all runs. */
export type Tally = {
  days: number
  /** Full checks by what is special about their day. */
  readonly special: Map<string, number>
  readonly actions: Map<string, number>
  readonly reasons: Map<string, number>
  readonly commands: Map<string, number>
  ticks: number
}

export const emptyTally = (): Tally => ({
  ...{ days: 0, special: new Map(), actions: new Map(), reasons: new Map(), commands: new Map(), ticks: 0 },
})

export const count = (counts: Map<string, number>, key: string, by = 1): void => {
  counts.set(key, (counts.get(key) ?? 0) + by)
}

/** The model: the books, what waits to happen, and the time. */
export type Model = {
  readonly watch: Watch
  readonly tally: Tally
  /** Which ids there will be when all that waits has happened. */
  readonly packs: Set<string>
  readonly devices: Set<string>
  waiting: ReadonlyArray<WireEvent>
  clock: number
  isPortalUp: boolean
}

/** The library's side: nothing but an estate. */
export type Real = { estate: Estate.Estate }

export type Step = fc.Command<Model, Real>

export const instantOf = (milliseconds: number): string => new Date(milliseconds).toISOString().replace('.000Z', 'Z')

/** Something that happens so many seconds after what happened before it, if it can. */
export const happening = (
  name: string,
  delay: number | 'next full check',
  events: (model: Model, at: string) => ReadonlyArray<WireEvent>,
  can: (model: Model) => boolean = () => true,
): Step => ({
  check: can,
  run: (model) => {
    const { lastFullCheck } = model.watch
    const since = model.clock - lastFullCheck
    model.clock =
      delay === 'next full check'
        ? lastFullCheck + Math.ceil(since / millisecondsIn.day) * millisecondsIn.day
        : model.clock + delay * 1000
    count(model.tally.commands, name.split(' ')[0]!)
    if (delay === 'next full check') count(model.tally.special, 'an event at the instant of a full check')
    const added = events(model, instantOf(model.clock))
    model.waiting = [...model.waiting, ...added]
    for (const event of added) {
      if (event.kind === 'refresh') model.packs.add(event.pack)
      if (event.kind === 'remove-pack') model.packs.delete(event.pack)
      if (event.kind === 'register') model.devices.add(event.device.id)
      if (event.kind === 'delete') model.devices.delete(event.device)
    }
  },
  toString: () => `${name} +${String(delay)}`,
})

// -------------------------------------------------------------------------------------
// the passing of days
// -------------------------------------------------------------------------------------

const CLOCK_CHANGES: ReadonlySet<string> = new Set([
  ...['03-08', '03-12', '03-14', '03-26', '03-28', '03-29', '10-25', '10-29', '10-31', '11-01', '11-05', '11-07'],
])

const specialOf = (at: number): ReadonlyArray<string> => {
  const day = instantOf(at).slice(5, 10)
  const isLast = new Date(at + millisecondsIn.day).getUTCDate() === 1
  return [
    ...(day === '02-29' ? ['29 February'] : []),
    ...(isLast ? ['the end of a month'] : []),
    ...(day === '12-31' ? ['the end of a year'] : []),
    ...(CLOCK_CHANGES.has(day) ? ['a change of clocks'] : []),
  ]
}

/** What the library holds is what the books say, to the last license (H22). */
const compare = ({ watch: { books } }: Model, { estate }: Real): void => {
  const day = (until: number | undefined) => until ?? Infinity
  const told = [
    estate.packs.map(({ id, allocated, status = 'ready', expires }) => [id, allocated, status, day(expires)].join(' ')),
    estate.devices.flatMap(({ id, licenses = [] }) =>
      licenses.map(({ licenseType, addOn = '', source, pack = '', expires }) =>
        [id, licenseType, addOn, source, pack, day(expires)].join(' '),
      ),
    ),
    estate.devices.map(({ id }) => id),
  ]
  const kept = [
    [...books.packs.values()].map(({ record: { id, status = 'ready' }, allocated, until }) =>
      [id, allocated, status, until].join(' '),
    ),
    [...books.members.values()].flatMap(({ record: { id }, held }) =>
      [...held].flatMap(([type, all]) => {
        const [licenseType = '', addOn = ''] = type.split(' ')
        return all.map(({ source, pack = '', until }) => [id, licenseType, addOn, source, pack, until].join(' '))
      }),
    ),
    [...books.members.keys()],
  ]
  const [left, right] = [told, kept].map((rows) => JSON.stringify(rows.map((each) => [...each].sort())))
  if (left !== right)
    throw new Error(`H22: the counters stored are those of the books: ${String(left)} ${String(right)}`)
}

/** The reasons of a plan now, now and then; and now and then all of it is compared with the model. */
const lookAt = ({ tally, watch }: Model, { estate }: Real): void => {
  tally.ticks += 1
  if (tally.ticks % 2 !== 0) return
  const now = watch.lastFullCheck as Instant.Instant
  const { decisions } = must('plan', Deployment.plan(estate, now))
  for (const { reason } of decisions) if (reason !== undefined) count(tally.reasons, reason)
  if (tally.ticks % 8 === 0)
    expect(decisions.map(encodeDecision)).toEqual(planByModel(encodeEstate(estate), instantOf(now)).decisions)
}

/** Lets all happen that waits, and so many full checks pass after it. */
const pass = (model: Model, real: Real, days: number): void => {
  const { watch, tally, waiting, clock } = model
  const from = watch.lastFullCheck
  const checks = Math.max(1, Math.ceil((clock - from) / millisecondsIn.day)) + days - 1
  const horizon = from + checks * millisecondsIn.day
  const history = must(
    'simulate',
    Deployment.simulate(real.estate, decodeEvents(waiting), horizon as Instant.Instant, from as Instant.Instant),
  )
  real.estate = follow(watch, history, waiting, (at) => {
    tally.days += 1
    for (const special of specialOf(at)) count(tally.special, special)
  })
  const { exchangeDaysBeforeExpiration = 7 } = watch.books.settings
  if (days > exchangeDaysBeforeExpiration) count(tally.special, 'a tick longer than the days before expiration')
  model.waiting = []
  model.clock = horizon
  compare(model, real)
  lookAt(model, real)
}

export const tick = (days: number): Step => ({
  check: () => true,
  run: (model, real) => {
    count(model.tally.commands, 'tick')
    pass(model, real, days)
  },
  toString: () => `tick ${String(days)}d`,
})

/** The service was down for days, comes back, and the plan that makes up for it crashes somewhere (F8, F10). */
export const crashMidPlan = (days: number, cut: number): Step => ({
  check: ({ watch }) => watch.books.settings.licenseServerReachable !== false,
  run: (model, real) => {
    count(model.tally.commands, 'crashMidPlan')
    const { watch } = model
    const { books } = watch
    const switched = (licenseServerReachable: boolean): WireEvent => ({
      ...{ at: instantOf(model.clock), kind: 'settings', changes: { licenseServerReachable } },
    })
    model.waiting = [...model.waiting, switched(false)]
    pass(model, real, days)
    books.settings = { ...books.settings, licenseServerReachable: true }
    const estate = { ...real.estate, settings: { ...real.estate.settings, licenseServerReachable: true } }

    const now = model.clock as Instant.Instant
    const whole = must('plan', Deployment.plan(estate, now))
    const done = whole.operations.slice(0, Math.round(cut * whole.operations.length))
    const crashed = Deployment.enact(estate, done).estate
    expect(Deployment.enact(crashed, done).estate).toEqual(crashed)
    followOperations(watch, now, whole.decisions.filter(({ action }) => action !== 'none').slice(0, done.length))
    const again = must('plan', Deployment.plan(crashed, now))
    followPlan(watch, now, again.decisions)
    const isSimple = whole.operations.every(({ action }) => action !== 'deploy-bundled')
    if (books.settings.licenseExchange !== true && isSimple) {
      expect(again.estate).toEqual(whole.estate)
      if (done.length > 0 && done.length < whole.operations.length) count(model.tally.special, 'a crash within a plan')
    }
    real.estate = again.estate
    compare(model, real)
  },
  toString: () => `crashMidPlan ${String(days)}d ${cut.toFixed(2)}`,
})

// -------------------------------------------------------------------------------------
// beginnings
// -------------------------------------------------------------------------------------

/** Before a leap day, before clocks are changed, at the end of a year; in the first and the last millisecond of a day. */
export const BEGINNINGS = [
  ...['2028-02-20T23:59:59.999Z', '2026-03-22T00:00:00Z', '2026-10-20T01:30:00Z', '2027-12-28T12:00:00Z'],
  ...['2032-02-27T00:00:00.001Z', '2027-03-10T02:30:00Z'],
] as const

export type Beginning = {
  readonly at: string
  readonly settings: WireSettings
  readonly packs: ReadonlyArray<WireProductPack>
  readonly devices: ReadonlyArray<WireDevice>
}

/** A UMS with directories and licenses that come with hardware. */
export const estateOf = ({ at, settings, packs, devices }: Beginning): WireEstate => {
  const on = daysFrom(at)
  return {
    ...{ settings, packs, devices },
    directories: [
      { id: 'north-1', name: 'Floor', parent: 'north' },
      { id: 'north', name: 'House' },
      { id: 'south', name: 'House' },
    ],
    bundled: [
      { serialNumber: 'S1', licenseType: 'workspace-edition', expires: on(40) },
      { serialNumber: 'S2', licenseType: 'workspace-edition', expires: on(90), separatedTo: 'd2' },
      { serialNumber: 'S2', licenseType: 'udc3', expires: on(20) },
    ],
  }
}

export const begin = (beginning: Beginning, tally: Tally): { readonly model: Model; readonly real: Real } => {
  const estate = estateOf(beginning)
  const at = Date.parse(beginning.at)
  return {
    model: {
      watch: watchOf(openBooks(estate), at, tally.actions),
      tally,
      packs: new Set(estate.packs.map(({ id }) => id)),
      devices: new Set(estate.devices.map(({ id }) => id)),
      ...{ waiting: [], clock: at, isPortalUp: true },
    },
    real: { estate: decodeEstate(estate) },
  }
}
