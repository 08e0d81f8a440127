/**
 * What happens to an estate while a simulation runs (FORMAT, *More vectors for deployment*; deployment.md, section 16).
 *
 * @since 0.1.0
 */
import { E, type RNEA } from '../prelude.js'
import type { DeviceId, PackId } from '../value/Id.js'
import type { Instant } from '../value/Instant.js'
import { codec, readUnknown } from './Codec.js'
import * as Settings from './DeploymentSettings.js'
import * as Devices from './Device.js'
import { defaultLimits, type Limits } from './Limits.js'
import * as Packs from './ProductPack.js'
import { isRawRecord } from './RawCopy.js'
import type { Rejection } from './Rejection.js'
import { closeReport, openReport, reject, rejectionOf } from './Report.js'
import { flag, instant, oneOf, text } from './Scalar.js'
import {
  changes,
  changesOfOptions,
  list,
  optional,
  record,
  refuse,
  required,
  type Changes,
  type Fault,
  type Shape,
} from './Shape.js'

export type { Changes }

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/**
 * A device is deleted from the UMS, with or without its licenses (deployment.md, section 13). `online`: is the device
 * connected? `ilpReachable`: can the license portal be reached?
 *
 * @since 0.1.0
 */
export interface Deletion {
  readonly device: DeviceId
  readonly deleteLicenses: boolean
  readonly online: boolean
  readonly ilpReachable: boolean
}

/**
 * A new device: its `registered` becomes the instant of the event. One whose id is known takes the place of that device.
 *
 * @since 0.1.0
 */
export interface Registration {
  readonly at: Instant
  readonly kind: 'register'
  readonly device: Devices.Device
}

/**
 * A device starts anew: its `lastBoot` becomes the instant of the event.
 *
 * @since 0.1.0
 */
export interface Reboot {
  readonly at: Instant
  readonly kind: 'reboot'
  readonly device: DeviceId
}

/**
 * Fields of a device change; null takes one away.
 *
 * @since 0.1.0
 */
export interface DeviceChange {
  readonly at: Instant
  readonly kind: 'device'
  readonly device: DeviceId
  readonly changes: Changes<Devices.Device>
}

/**
 * Settings change; null takes one back to its default.
 *
 * @since 0.1.0
 */
export interface SettingsChange {
  readonly at: Instant
  readonly kind: 'settings'
  readonly changes: Changes<Settings.DeploymentSettings>
}

/**
 * The record of a pack is fetched from the license portal again (ALD-13); a pack that is not known yet is added.
 *
 * @since 0.1.0
 */
export interface Refresh {
  readonly at: Instant
  readonly kind: 'refresh'
  readonly pack: PackId
  readonly changes: Changes<Packs.ProductPack>
}

/**
 * A pack is deleted in the UMS (ALD-10).
 *
 * @since 0.1.0
 */
export interface PackRemoval {
  readonly at: Instant
  readonly kind: 'remove-pack'
  readonly pack: PackId
}

/**
 * A device is deleted.
 *
 * @since 0.1.0
 */
export interface DeviceDeletion extends Deletion {
  readonly at: Instant
  readonly kind: 'delete'
}

/**
 * A check is started by hand, for the devices named or for all (ALD-115).
 *
 * @since 0.1.0
 */
export interface Check {
  readonly at: Instant
  readonly kind: 'check'
  readonly devices?: ReadonlyArray<DeviceId>
}

/**
 * An event, by its kind.
 *
 * @since 0.1.0
 */
export type DeploymentEvent =
  Registration | Reboot | DeviceChange | SettingsChange | Refresh | PackRemoval | DeviceDeletion | Check

// -------------------------------------------------------------------------------------
// codec
// -------------------------------------------------------------------------------------

const deletionFields = {
  device: required(text<DeviceId>()),
  deleteLicenses: required(flag),
  online: required(flag),
  ilpReachable: required(flag),
}

/** @internal */
export const deletionShape: Shape<Deletion> = record<Deletion>(deletionFields)

const shapes: { readonly [K in DeploymentEvent['kind']]: Shape<Extract<DeploymentEvent, { kind: K }>> } = {
  register: record<Registration>({
    at: required(instant),
    kind: required(oneOf('register')),
    device: required(Devices.shape),
  }),
  reboot: record<Reboot>({ at: required(instant), kind: required(oneOf('reboot')), device: required(text()) }),
  device: record<DeviceChange>({
    at: required(instant),
    kind: required(oneOf('device')),
    device: required(text()),
    changes: required(changes(Devices.fields)),
  }),
  settings: record<SettingsChange>({
    at: required(instant),
    kind: required(oneOf('settings')),
    changes: required(changesOfOptions(Settings.fields)),
  }),
  refresh: record<Refresh>({
    at: required(instant),
    kind: required(oneOf('refresh')),
    pack: required(text()),
    changes: required(changes(Packs.fields)),
  }),
  'remove-pack': record<PackRemoval>({
    at: required(instant),
    kind: required(oneOf('remove-pack')),
    pack: required(text()),
  }),
  delete: record<DeviceDeletion>({ at: required(instant), kind: required(oneOf('delete')), ...deletionFields }),
  check: record<Check>({
    at: required(instant),
    kind: required(oneOf('check')),
    devices: optional(list(text<DeviceId>())),
  }),
}

const kind: Shape<Pick<DeploymentEvent, 'kind'>> = record<Pick<DeploymentEvent, 'kind'>>({
  kind: required(oneOf('register', 'reboot', 'device', 'settings', 'refresh', 'remove-pack', 'delete', 'check')),
})

const shapeOf = (event: Pick<DeploymentEvent, 'kind'>): Shape<DeploymentEvent> =>
  shapes[event.kind] as unknown as Shape<DeploymentEvent>

/** The id of a record is what it is known by; changes may repeat it, and not change it. */
const changesId = (event: DeploymentEvent): boolean =>
  (event.kind === 'device' && event.changes.id !== undefined && event.changes.id !== event.device) ||
  (event.kind === 'refresh' && event.changes.id !== undefined && event.changes.id !== event.pack)

/** @internal */
export const shape: Shape<DeploymentEvent> = {
  is: (value): value is DeploymentEvent => kind.is(value) && shapeOf(value).is(value) && !changesId(value),
  read: (raw, reading) => {
    const since = reading.faults.length
    const read = kind.read(raw, reading)
    if (reading.faults.length > since || !isRawRecord(raw)) return read as DeploymentEvent
    const event = shapeOf(read).read(raw, reading)
    if (reading.faults.length === since && changesId(event))
      return refuse(reading, 'unknown-value', undefined, 'leave the id out of the changes: it cannot be changed')
    return event
  },
  write: (value) => shapeOf(value).write(value),
}

/**
 * The codec of a {@link DeploymentEvent}.
 *
 * @example
 * import assert from 'node:assert'
 * import { either as E } from 'fp-ts'
 * import { DeploymentEvent } from 'seatwise'
 *
 * const given = { at: '2026-03-10T12:00:00Z', kind: 'device', device: 'd-1', changes: { directory: null, inRecycleBin: true } }
 * const { decode, encode } = DeploymentEvent.DeploymentEvent
 * assert.deepStrictEqual(E.map(encode)(decode(given)), E.right(given))
 *
 * @since 0.1.0
 */
export const DeploymentEvent = codec<DeploymentEvent, unknown>('DeploymentEvent', shape)

/**
 * Decodes a list of events of unknown origin, or says all that is wrong with them: what follows from a history with a hole
 * in it would be told wrongly, so one bad event is the failure of all (ALD-114).
 *
 * @example
 * import assert from 'node:assert'
 * import { either as E } from 'fp-ts'
 * import { DeploymentEvent } from 'seatwise'
 *
 * const decoded = DeploymentEvent.decodeAll([
 *   { at: '2026-03-10T12:00:00Z', kind: 'reboot', device: 'd-1' },
 *   { at: '2026-03-10', kind: 'remove-pack', pack: 'P-1' },
 * ])
 * const told = E.mapLeft((rejections: ReadonlyArray<{ code: string; path: string }>) => rejections.map(({ code, path }) => [code, path]))
 * assert.deepStrictEqual(told(decoded), E.left([['instant', 'events[1].at']]))
 *
 * @since 0.1.0
 */
export const decodeAll = (
  input: unknown,
  limits: Limits = defaultLimits,
): E.Either<RNEA.ReadonlyNonEmptyArray<Rejection>, ReadonlyArray<DeploymentEvent>> => {
  const report = openReport(limits)
  return E.mapLeft(([first, ...others]: RNEA.ReadonlyNonEmptyArray<Fault>): RNEA.ReadonlyNonEmptyArray<Rejection> => {
    const rejectionAt = (fault: Fault): Rejection => {
      const [index] = fault.path
      return rejectionOf(
        { collection: 'events', path: ['events'], ...(typeof index === 'number' ? { index } : {}) },
        fault,
      )
    }
    for (const fault of others) reject(report, rejectionAt(fault))
    return [rejectionAt(first), ...closeReport(report, undefined).left]
  })(readUnknown(list(shape), report.limits)(input))
}
