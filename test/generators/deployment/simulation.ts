/**
 * Estates over time: what happens to them within hours, days or weeks. Instants are few, and checks fall due at some of
 * them, so that events, the checks of single devices and full checks meet.
 */
import fc from 'fast-check'
import type {
  SimulationGiven,
  WireChanges,
  WireDevice,
  WireEstate,
  WireEvent,
  WireProductPack,
  WireSettings,
  WireType,
} from '../../model/deployment.js'
import { present } from '../world.js'
import { ACTIONS, arrangedEstate, REASONS } from './target.js'
import { devicePlan, estateWith, packPlan, randomEstate, type Context } from './estate.js'
import {
  at,
  BASE,
  conditions,
  daysFrom,
  DEVICE_IDS,
  DIRECTORY_IDS,
  EXCHANGE_DAYS,
  GONE,
  isUms5,
  later,
  MANAGEMENT,
  offset,
  osVersion,
  PACK_IDS,
  REDIRECTION,
  UMS_ID,
  umsVersion,
  weighted,
  type Day,
} from './words.js'

const [MINUTE, HOUR, DAY] = [60, 3_600, 86_400] as const

// -------------------------------------------------------------------------------------
// instants
// -------------------------------------------------------------------------------------

/** How long to follow an estate, in seconds. UMS 5 checks every 5 minutes, so it is followed for hours only. */
type Span = { readonly name: 'hours' | 'days' | 'weeks'; readonly length: number }

const spanOf = (name: Span['name'], ...lengths: ReadonlyArray<number>): fc.Arbitrary<Span> =>
  fc.constantFrom(...lengths).map((length) => ({ name, length }))

const span: fc.Arbitrary<Span> = fc.oneof(
  { weight: 1, arbitrary: spanOf('hours', 2 * HOUR, HOUR, 25 * MINUTE) },
  { weight: 3, arbitrary: spanOf('days', DAY + HOUR, 3 * DAY, DAY, 2 * DAY + 5 * MINUTE) },
  { weight: 2, arbitrary: spanOf('weeks', 8 * DAY, 15 * DAY + HOUR, 31 * DAY, 40 * DAY) },
)

/** An instant by its distance from a full check, or from the beginning, in seconds. */
type Moment = (within: Span) => number

const moment: fc.Arbitrary<Moment> = fc
  .record({
    turn: fc.nat({ max: 59 }),
    beside: fc.constantFrom(
      0,
      30,
      -30,
      -10,
      5 * MINUTE,
      -5 * MINUTE,
      5 * MINUTE + 30,
      -1,
      HOUR,
      -HOUR,
      12 * HOUR,
      300.5,
    ),
    grid: fc.nat({ max: 15 }),
  })
  .map(({ turn, beside, grid }): Moment => ({ name, length }) => {
    if (name === 'hours')
      return turn % 4 === 0 ? Math.abs(beside) % length : (grid * 30 + (turn % 3) * 5 * MINUTE) % length
    const checks = Math.max(1, Math.floor(length / DAY))
    return Math.max(0, ((turn % checks) + 1) * DAY + beside)
  })

// -------------------------------------------------------------------------------------
// events
// -------------------------------------------------------------------------------------

/** What is known where an event is written down. */
type Scene = Context & { readonly estate: WireEstate; readonly isLong: boolean }

type EventPlan = (at: string, scene: Scene) => WireEvent

const flag = fc.constantFrom(true, true, false, null)

const someDevice = weighted<string>(DEVICE_IDS[0], 1, ...DEVICE_IDS.slice(1), 'new', 'unknown')

/** Mostly one that is there at first. */
const deviceOf = ({ devices }: WireEstate, choice: number, other: string): string =>
  devices.length === 0 || choice % 5 === 0 ? other : at(devices, choice).id

const packOf = ({ packs }: WireEstate, choice: number, other: string): string =>
  packs.length === 0 || choice % 5 === 0 ? other : at(packs, choice).id

const expiring = fc.oneof(offset, fc.integer({ min: 8, max: 60 }))

const ofDevice = fc.record({ choice: fc.nat({ max: 59 }), other: someDevice })

const register: fc.Arbitrary<EventPlan> = fc
  .record({ id: weighted<string>('new', 2, 'newer', ...DEVICE_IDS), device: devicePlan, isPlain: fc.boolean() })
  .map(({ id, device, isPlain }): EventPlan => (instant, { estate, ...context }) => {
    const made: Omit<WireDevice, 'id'> = device({ ...context, packs: estate.packs })
    const { licenses: _, ...unlicensed } = made
    return { at: instant, kind: 'register', device: { id, ...(isPlain ? unlicensed : made) } }
  })

const reboot: fc.Arbitrary<EventPlan> = ofDevice.map(({ choice, other }): EventPlan => (instant, { estate }) => ({
  at: instant,
  kind: 'reboot',
  device: deviceOf(estate, choice, other),
}))

type DeviceChanges = (scene: Scene) => WireChanges<WireDevice>

const deviceChanges: fc.Arbitrary<DeviceChanges> = fc.oneof(
  flag.map((inRecycleBin) => () => ({ inRecycleBin })),
  fc.constantFrom('unit', null).map((unitId) => () => ({ unitId })),
  fc.constantFrom(...DIRECTORY_IDS, null).map((directory) => () => ({ directory })),
  fc.constantFrom(null, [], ['V1'], ['V2', 'V3']).map((views) => () => ({ views })),
  osVersion.map((version) => () => ({ osVersion: version })),
  fc.constantFrom('S1', '0', null).map((serialNumber) => () => ({ serialNumber })),
  fc.nat({ max: 11 }).map((choice) => ({ types }: Scene) => ({ openRequests: choice > 5 ? [] : [at(types, choice)] })),
  fc.constant(() => ({ licenses: null })),
  devicePlan.map((device) => ({ estate, ...context }: Scene) => {
    const { licenses = [], views } = device({ ...context, packs: estate.packs })
    return present({ licenses, views })
  }),
)

const deviceEvent: fc.Arbitrary<EventPlan> = fc
  .record({ about: ofDevice, changes: deviceChanges })
  .map(({ about: { choice, other }, changes }): EventPlan => (instant, scene) => ({
    at: instant,
    kind: 'device',
    device: deviceOf(scene.estate, choice, other),
    changes: changes(scene),
  }))

const recentEnough = (version: string, isLong: boolean): string => (isLong && isUms5(version) ? '6.01.100' : version)

const settingsChanges: fc.Arbitrary<WireChanges<WireSettings>> = fc.oneof(
  flag.map((automaticDeployment) => ({ automaticDeployment })),
  flag.map((licenseExchange) => ({ licenseExchange })),
  flag.map((licenseServerReachable) => ({ licenseServerReachable })),
  flag.map((hardwareBundledDeployment) => ({ hardwareBundledDeployment })),
  flag.map((umsIdRegistered) => ({ umsIdRegistered })),
  umsVersion.map((version) => ({ umsVersion: version })),
  conditions.map((distributionConditions) => ({ distributionConditions })),
  fc.constantFrom(...EXCHANGE_DAYS).map((days) => ({ exchangeDaysBeforeExpiration: days ?? null })),
)

const settingsEvent: fc.Arbitrary<EventPlan> = settingsChanges.map((changes): EventPlan => (instant, { isLong }) => {
  const { umsVersion: version } = changes
  const kept = version === undefined || version === null ? {} : { umsVersion: recentEnough(version, isLong) }
  return { at: instant, kind: 'settings', changes: { ...changes, ...kept } }
})

/** What a refresh may say of a pack that is known: most of all that it was renewed. */
type PackChanges = (day: Day) => WireChanges<WireProductPack>

const packChanges: fc.Arbitrary<PackChanges> = fc.oneof(
  { weight: 3, arbitrary: expiring.map((days): PackChanges => (day) => ({ expires: day(days + 30) })) },
  { weight: 1, arbitrary: fc.constant<PackChanges>(() => ({ expires: null })) },
  { weight: 1, arbitrary: expiring.map((days): PackChanges => (day) => ({ expires: day(days) })) },
  {
    weight: 3,
    arbitrary: fc
      .constantFrom<WireChanges<WireProductPack>>(
        { total: 20 },
        { total: 2, allocated: 2 },
        { active: false },
        { active: true },
        { status: 'archived' },
        { status: null },
        { aldToken: 'invalid' },
        { aldToken: 'valid' },
        { distribution: null },
        { distribution: { method: 'enabled' } },
        {},
      )
      .map(
        (changes): PackChanges =>
          () =>
            changes,
      ),
  },
)

const refresh: fc.Arbitrary<EventPlan> = fc
  .record({
    choice: fc.nat({ max: 59 }),
    other: fc.constantFrom(...PACK_IDS, 'N'),
    isWhole: weighted(false, 4, true),
    whole: packPlan,
    changes: packChanges,
  })
  .map(({ choice, other, isWhole, whole, changes }): EventPlan => (instant, scene) => {
    const pack = packOf(scene.estate, choice, other)
    const isKnown = scene.estate.packs.some(({ id }) => id === pack)
    return { at: instant, kind: 'refresh', pack, changes: isKnown && !isWhole ? changes(scene.day) : whole(scene) }
  })

const removePack: fc.Arbitrary<EventPlan> = fc
  .record({ choice: fc.nat({ max: 59 }), other: fc.constantFrom(...PACK_IDS, GONE) })
  .map(({ choice, other }): EventPlan => (instant, { estate }) => ({
    at: instant,
    kind: 'remove-pack',
    pack: packOf(estate, choice, other),
  }))

const deletion: fc.Arbitrary<EventPlan> = fc
  .record({
    about: ofDevice,
    deleteLicenses: weighted(true, 3, false),
    online: fc.boolean(),
    ilpReachable: weighted(true, 3, false),
  })
  .map(({ about: { choice, other }, ...how }): EventPlan => (instant, { estate }) => ({
    at: instant,
    kind: 'delete',
    device: deviceOf(estate, choice, other),
    ...how,
  }))

const check: fc.Arbitrary<EventPlan> = fc
  .option(fc.uniqueArray(someDevice, { maxLength: 3 }), { nil: undefined, freq: 2 })
  .map(
    (devices): EventPlan =>
      (instant) =>
        present({ at: instant, kind: 'check' as const, devices }),
  )

const eventPlan: fc.Arbitrary<EventPlan> = fc.oneof(
  { weight: 3, arbitrary: register },
  { weight: 3, arbitrary: reboot },
  { weight: 3, arbitrary: deviceEvent },
  { weight: 3, arbitrary: settingsEvent },
  { weight: 4, arbitrary: refresh },
  { weight: 1, arbitrary: removePack },
  { weight: 2, arbitrary: deletion },
  { weight: 2, arbitrary: check },
)

// -------------------------------------------------------------------------------------
// flurries
// -------------------------------------------------------------------------------------

/** The device and the pack of a flurry, of a type that every version knows. */
const [RESTLESS, SUPPLY] = ['f', 'F'] as const

const restless: WireDevice = {
  ...{ id: RESTLESS, unitId: 'unit', osVersion: '12.5.0', registered: '2026-01-15T08:00:00Z' },
}

const supply: Omit<WireProductPack, 'id'> = {
  ...{ licenseType: 'udc3', total: 10, allocated: 1, registered: '2025-01-01' },
  ...{ distribution: { method: 'enabled' }, aldToken: 'valid', umsIds: [UMS_ID] },
}

const step = (weight: number, plan: EventPlan) => ({ weight, arbitrary: fc.constant(plan) })

const anyStep: fc.Arbitrary<EventPlan> = fc.oneof(
  step(4, (instant) => ({ at: instant, kind: 'reboot', device: RESTLESS })),
  step(2, (instant) => ({ at: instant, kind: 'register', device: restless })),
  step(1, (instant) => ({ at: instant, kind: 'remove-pack', pack: SUPPLY })),
  step(4, (instant) => ({ at: instant, kind: 'refresh', pack: SUPPLY, changes: supply })),
  step(1, (instant) => ({
    ...{ at: instant, kind: 'delete', device: RESTLESS },
    ...{ deleteLicenses: true, online: true, ilpReachable: true },
  })),
  step(2, (instant) => ({ at: instant, kind: 'settings', changes: { umsVersion: '12.10.100' } })),
  step(2, (instant, { isLong }) => ({
    ...{ at: instant, kind: 'settings' },
    changes: { umsVersion: isLong ? '12.10.100' : '5.09.100' },
  })),
)

type Flurry = {
  readonly isThere: boolean
  readonly steps: ReadonlyArray<{ readonly moment: Moment; readonly plan: EventPlan }>
}

/** Much about one device that needs a license, and one pack that has some, within minutes of a full check. */
const flurry: fc.Arbitrary<Flurry> = fc.record({
  isThere: fc.boolean(),
  steps: fc.array(
    fc.record({
      moment: fc.constantFrom(-240, -120, -60, -30, -20, -10, 0, 5, 10, 20, 30, 60, 120, 180, 240, 300, 305, 315).map(
        (seconds): Moment =>
          ({ name }) =>
            (name === 'hours' ? 10 * MINUTE : DAY) + seconds,
      ),
      plan: anyStep,
    }),
    { minLength: 3, maxLength: 7, size: 'max' },
  ),
})

/** A pack that may have been removed is refreshed with all that a pack must have. */
const complete = (events: ReadonlyArray<WireEvent>, { packs }: WireEstate): ReadonlyArray<WireEvent> =>
  events.map((event): WireEvent => {
    if (event.kind !== 'refresh') return event
    const isRemoved = events.some((other) => other.kind === 'remove-pack' && other.pack === event.pack)
    const known = packs.find(({ id }) => id === event.pack)
    if (!isRemoved || known === undefined) return event
    const { id: _, ...record } = known
    return { ...event, changes: { ...record, ...event.changes } }
  })

// -------------------------------------------------------------------------------------
// estates and simulations
// -------------------------------------------------------------------------------------

const lively = estateWith(
  { packs: 4, leastDevices: 1, mostDevices: 4 },
  fc.constantFrom<ReadonlyArray<WireType>>(
    [BASE],
    [BASE, BASE, REDIRECTION],
    [BASE, MANAGEMENT],
    [{ licenseType: 'udc3' }],
  ),
)

/** An estate in which next to nothing stands in the way at first. */
const livelyEstate: fc.Arbitrary<(now: string) => WireEstate> = fc
  .record({ estate: lively, umsVersion: weighted('12.10.100', 3, '12.13.100', '6.10.150', '5.09.100') })
  .map(({ estate: estateOn, umsVersion: version }) => (now: string): WireEstate => {
    const { settings, packs, devices, ...rest } = estateOn(now)
    const { exchangeDaysBeforeExpiration } = settings
    return {
      ...rest,
      settings: present({
        ...{ umsVersion: version, umsId: UMS_ID, automaticDeployment: true },
        ...{ licenseExchange: true, hardwareBundledDeployment: true, exchangeDaysBeforeExpiration },
      }),
      packs: packs.map(({ status: _, active: __, starts: ___, ...pack }) => ({
        ...pack,
        distribution: { method: 'enabled' as const },
        aldToken: 'valid' as const,
      })),
      devices: devices.map(({ inRecycleBin: _, openRequests: __, ...device }) => ({ ...device, unitId: 'unit' })),
    }
  })

const estateOverTime: fc.Arbitrary<(now: string) => WireEstate> = fc.oneof(
  { weight: 5, arbitrary: livelyEstate },
  { weight: 2, arbitrary: arrangedEstate(ACTIONS) },
  { weight: 1, arbitrary: arrangedEstate(REASONS) },
  { weight: 1, arbitrary: randomEstate },
)

/** Registered, or booted, so many seconds after the last full check; not all that is recent came after it. */
const recentDevice: fc.Arbitrary<(lastFullCheck: string, device: WireDevice) => WireDevice> = fc
  .record({
    registered: fc.constantFrom(-3600, -1, 0, 0.001, 1, 20, 3600, undefined),
    lastBoot: fc.constantFrom(undefined, -60, 0, 0.001, 1, 30, 3600, 5000),
  })
  .map(({ registered, lastBoot }) => (lastFullCheck, device) => ({
    ...device,
    ...(registered === undefined ? {} : { registered: later(lastFullCheck, registered) }),
    ...(lastBoot === undefined ? {} : { lastBoot: later(lastFullCheck, lastBoot) }),
  }))

const BEGINNINGS = [
  '2026-03-10T03:00:00Z',
  '2026-12-30T23:59:40Z',
  '2028-02-27T12:00:00Z',
  '2026-03-28T00:00:00Z',
] as const

export const simulationWorld: fc.Arbitrary<SimulationGiven> = fc
  .record({
    estate: estateOverTime,
    lastFullCheck: fc.constantFrom(...BEGINNINGS),
    span,
    events: fc.array(fc.record({ moment, plan: eventPlan }), { maxLength: 12, size: 'max' }),
    flurry: fc.option(flurry, { nil: undefined, freq: 2 }),
    isShuffled: weighted(false, 9, true),
    recent: fc.option(recentDevice, { nil: undefined, freq: 2 }),
  })
  .map(({ estate: estateOn, lastFullCheck, span: within, events: others, flurry: around, isShuffled, recent }) => {
    const drawn = estateOn(lastFullCheck)
    // Exact duplicates are changed alike.
    const devices = drawn.devices.map((device) => recent?.(lastFullCheck, device) ?? device)
    const isLong = within.name !== 'hours'
    const { umsVersion: version, ...rest } = drawn.settings
    const estate: WireEstate = {
      ...drawn,
      settings: { ...rest, umsVersion: recentEnough(version, isLong) },
      devices: around?.isThere === true ? [...devices, restless] : devices,
    }
    const plans = around === undefined ? others : [...others.slice(0, 5), ...around.steps]
    const types = [...estate.packs.map(({ licenseType, addOn }) => present({ licenseType, addOn })), BASE]
    const scene: Scene = { day: daysFrom(lastFullCheck), types, estate, isLong }
    const events = plans.map(({ moment: when, plan }) => plan(later(lastFullCheck, when(within)), scene))
    // The list need not be in order; at one instant it is the order of the list that counts.
    const ordered = isShuffled ? events : [...events].sort((left, right) => Date.parse(left.at) - Date.parse(right.at))
    return {
      estate,
      lastFullCheck,
      events: complete(ordered, estate),
      horizon: later(lastFullCheck, within.length),
    }
  })
