/**
 * What a history says about the future: when packs run out, which devices lose cover and when.
 *
 * @since 0.1.0
 */
import type { DeploymentEvent } from '../../record/DeploymentEvent.js'
import type { Device } from '../../record/Device.js'
import type { Estate } from '../../record/Estate.js'
import * as LicenseType from '../../record/LicenseType.js'
import type { ProductPack } from '../../record/ProductPack.js'
import { changed } from '../../record/Shape.js'
import * as Day from '../../value/Day.js'
import type { DeviceId, PackId } from '../../value/Id.js'
import type { Instant } from '../../value/Instant.js'
import * as Text from '../../value/Text.js'
import { deviceAfter, packAfter, takesLicense } from '../apply.js'
import { hasFree } from '../packGates.js'
import { packFreed } from '../returns.js'
import { isHeld, lastValidDay, packsOf } from '../validity.js'
import { packMadeBy } from './events.js'
import type { History, Moment } from './history.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/**
 * How a pack does: the first instant at which no license of it is free, if that comes, and how many are allocated at the
 * horizon. A pack that is full at the start runs out at the start.
 *
 * @since 0.1.0
 */
export interface PackForecast {
  readonly pack: PackId
  readonly runsOut?: Instant
  readonly total: number
  readonly allocated: number
}

/**
 * A device that was licensed for a type loses its cover: `from` is the first day at whose end it is not licensed, `until`
 * the day on which it is licensed again, absent where it is not by the horizon. `packs` are the registered packs that it
 * held a license of the type from.
 *
 * @since 0.1.0
 */
export interface Lapse extends LicenseType.LicenseType {
  readonly device: DeviceId
  readonly from: Day.Day
  readonly until?: Day.Day
  readonly packs: ReadonlyArray<PackId>
}

/**
 * What becomes of packs and devices, by their ids; lapses by their days.
 *
 * @since 0.1.0
 */
export interface Forecast {
  readonly packs: ReadonlyArray<PackForecast>
  readonly lapses: ReadonlyArray<Lapse>
}

// -------------------------------------------------------------------------------------
// reading a history
// -------------------------------------------------------------------------------------

/** What a device holds of a type, as far as it has been told. */
interface Cover {
  readonly type: LicenseType.LicenseType
  readonly last: number
  /** The packs that the licenses of the type came from. */
  readonly packs: ReadonlyArray<PackId>
}

/** The estate as the moments tell it, with what was found on the way. */
interface Reading {
  readonly packs: Map<PackId, ProductPack>
  readonly devices: Map<DeviceId, Device>
  readonly ranOut: Map<PackId, Instant>
  readonly covers: Map<DeviceId, ReadonlyMap<string, Cover>>
  readonly lapses: Array<Lapse>
}

const coversOf = (device: Device): ReadonlyMap<string, Cover> => {
  const held = (device.licenses ?? []).filter(isHeld)
  return new Map(
    held.map((license) => {
      const type = LicenseType.of(license)
      const licenses = held.filter((each) => LicenseType.equals(each, type))
      return [LicenseType.show(type), { type, last: lastValidDay(device, type), packs: [...packsOf({ licenses })] }]
    }),
  )
}

/** A device that had a type until `last` has it again, or not, on a day: in between it had none. */
const close = (reading: Reading, id: DeviceId, cover: Cover, day: Day.Day, isBack: boolean): void => {
  const from = cover.last + 1
  if (from >= day) return
  const packs = cover.packs.filter((pack) => reading.packs.has(pack)).sort(Text.compare)
  const lapse = { device: id, ...cover.type, from: from as Day.Day, packs }
  reading.lapses.push(isBack ? { ...lapse, until: day } : lapse)
}

/**
 * Until when a device has a type, as told on a day: for as long as it now holds a license that is valid, or else for as long
 * as it had one, up to the day before. Whoever never had one has nothing to lose.
 */
const coverOn = (day: Day.Day, before: Cover | undefined, after: Cover | undefined): Cover | undefined => {
  if (after !== undefined && after.last >= day) return after
  return before === undefined ? undefined : { ...before, last: Math.min(before.last, day - 1) }
}

/** A device is another one from a day on. */
const put = (reading: Reading, device: Device, day: Day.Day): void => {
  const [before, after] = [reading.covers.get(device.id), coversOf(device)]
  const covers = new Map<string, Cover>()
  for (const name of new Set([...(before?.keys() ?? []), ...after.keys()])) {
    const had = before?.get(name)
    const cover = coverOn(day, had, after.get(name))
    if (cover === undefined) continue
    covers.set(name, cover)
    if (had !== undefined && cover.last >= day) close(reading, device.id, had, day, true)
  }
  reading.devices.set(device.id, device)
  reading.covers.set(device.id, covers)
}

const stock = (reading: Reading, pack: ProductPack, at: Instant): void => {
  reading.packs.set(pack.id, pack)
  if (!hasFree(pack, pack.allocated) && !reading.ranOut.has(pack.id)) reading.ranOut.set(pack.id, at)
}

const happen = (reading: Reading, at: Instant, event: DeploymentEvent, freed: ReadonlyArray<PackId>): void => {
  const { packs, devices } = reading
  const day = Day.ofInstant(at)
  switch (event.kind) {
    case 'register':
      put(reading, { ...event.device, registered: event.at }, day)
      return
    case 'device': {
      const device = devices.get(event.device)
      if (device !== undefined) put(reading, changed(device, event.changes), day)
      return
    }
    case 'refresh': {
      const known = packs.get(event.pack)
      stock(reading, known === undefined ? (packMadeBy(event) as ProductPack) : changed(known, event.changes), at)
      return
    }
    case 'remove-pack':
      packs.delete(event.pack)
      return
    case 'delete':
      for (const cover of reading.covers.get(event.device)?.values() ?? [])
        close(reading, event.device, cover, day, false)
      devices.delete(event.device)
      reading.covers.delete(event.device)
      for (const id of freed) {
        const pack = packs.get(id)
        if (pack !== undefined) packs.set(id, packFreed(pack))
      }
      return
    case 'reboot':
    case 'settings':
    case 'check':
  }
}

const readingOf = ({ packs, devices }: Estate, at: Instant): Reading => {
  const startDay = Day.ofInstant(at)
  const reading: Reading = {
    packs: new Map(),
    devices: new Map(),
    ranOut: new Map(),
    covers: new Map(),
    lapses: [],
  }
  for (const pack of packs) stock(reading, pack, at)
  for (const device of devices) put(reading, device, startDay)
  return reading
}

const read = (reading: Reading, moment: Exclude<Moment, { kind: 'start' | 'end' }>): void => {
  const { at } = moment
  if (moment.kind === 'event') happen(reading, at, moment.event, moment.deleted?.freed ?? [])
  for (const operation of moment.operations) {
    const device = reading.devices.get(operation.device)
    const pack = operation.license.pack === undefined ? undefined : reading.packs.get(operation.license.pack)
    if (device !== undefined) put(reading, deviceAfter(device, operation), Day.ofInstant(at))
    if (pack !== undefined && takesLicense(operation)) stock(reading, packAfter(pack, pack.allocated + 1), at)
  }
}

const byDay = (a: Lapse, b: Lapse): number =>
  a.from - b.from || Text.compare(a.device, b.device) || LicenseType.compare(a, b)

/** What is left open at the horizon: the day after it is the first that is not told. */
const closeAll = (reading: Reading, horizon: Instant): void => {
  const after = (Day.ofInstant(horizon) + 1) as Day.Day
  for (const [id, covers] of reading.covers)
    for (const cover of covers.values()) close(reading, id, cover, after, false)
}

/**
 * Reads a history to its end: when each pack runs out, and which devices lose cover, when and for how long. A device that was
 * not covered at the start loses nothing. Only the estate is kept in mind, not the history.
 *
 * @example
 * import assert from 'node:assert'
 * import { either as E, function as F, option as O } from 'fp-ts'
 * import { Day, Deployment, Estate, Instant } from 'seatwise'
 *
 * const instant = (text: string) => E.fromOption(() => [])(Instant.parse(text))
 * const lapses = F.pipe(
 *   E.Do,
 *   E.bind('decoded', () =>
 *     Estate.decode({
 *       settings: { umsVersion: '12.10.100', umsId: 'ums-1', automaticDeployment: true },
 *       packs: [],
 *       devices: [
 *         {
 *           id: 'd-1', unitId: '00E0C5000001', osVersion: '12.5.0', registered: '2026-01-10T12:00:00Z',
 *           licenses: [{ licenseType: 'workspace-edition', source: 'pack', pack: 'P-9', expires: '2026-04-30' }],
 *         },
 *       ],
 *     }),
 *   ),
 *   E.bindW('from', () => instant('2026-03-10T03:00:00Z')),
 *   E.bindW('horizon', () => instant('2026-12-31T00:00:00Z')),
 *   E.chainW(({ decoded, from, horizon }) => Deployment.simulate(decoded.right, [], horizon, from)),
 *   E.map((history) => Deployment.forecast(history).lapses.map(({ device, from }) => `${device} from ${Day.show(from)}`)),
 * )
 * assert.deepStrictEqual(lapses, E.right(['d-1 from 2026-05-01']))
 *
 * @since 0.1.0
 */
export const forecast = (history: History): Forecast => {
  let reading: Reading | undefined
  for (const moment of history) {
    if (moment.kind === 'start') reading = readingOf(moment.estate, moment.at)
    else if (reading !== undefined && moment.kind !== 'end') read(reading, moment)
    else if (reading !== undefined) closeAll(reading, moment.at)
  }
  if (reading === undefined) return { packs: [], lapses: [] }
  const { packs, ranOut, lapses } = reading
  return {
    packs: [...packs.values()]
      .sort((a, b) => Text.compare(a.id, b.id))
      .map(({ id: pack, total, allocated }) => {
        const runsOut = ranOut.get(pack)
        return { pack, total, allocated, ...(runsOut === undefined ? {} : { runsOut }) }
      }),
    lapses: lapses.sort(byDay),
  }
}
