/**
 * A device that a UMS manages, with the licenses it holds (FORMAT, *Deployment*).
 *
 * @since 0.1.0
 */
import type { Day } from '../value/Day.js'
import type { DeviceId, DirectoryId, PackId, ViewId } from '../value/Id.js'
import type { Instant } from '../value/Instant.js'
import type { Version } from '../value/Version.js'
import { codec } from './Codec.js'
import * as LicenseType from './LicenseType.js'
import { day, flag, instant, oneOf, secretText, text, version } from './Scalar.js'
import { list, optional, record, required, type Fields, type Shape } from './Shape.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/**
 * A license that a device holds: from a pack, bundled with its hardware, or the starter license of its operating system.
 * `expires` is its last valid day; absent, it does not end.
 *
 * @since 0.1.0
 */
export interface DeviceLicense extends LicenseType.LicenseType {
  readonly source: 'pack' | 'starter' | 'bundled'
  readonly pack?: PackId
  readonly evaluation?: boolean
  readonly expires?: Day
}

/**
 * A device. Without a `unitId` nothing can be ordered for it (ALD-30); while a request for a type is open nothing more of
 * it is (ALD-55).
 *
 * @since 0.1.0
 */
export interface Device {
  readonly id: DeviceId
  readonly unitId?: string
  readonly osVersion: Version
  readonly registered: Instant
  readonly directory?: DirectoryId
  readonly views?: ReadonlyArray<ViewId>
  readonly serialNumber?: string
  readonly inRecycleBin?: boolean
  readonly lastBoot?: Instant
  readonly licenses?: ReadonlyArray<DeviceLicense>
  readonly openRequests?: ReadonlyArray<LicenseType.LicenseType>
}

// -------------------------------------------------------------------------------------
// codecs
// -------------------------------------------------------------------------------------

/** @internal */
export const licenseShape: Shape<DeviceLicense> = record<DeviceLicense>({
  ...LicenseType.fields,
  source: required(oneOf('pack', 'starter', 'bundled')),
  pack: optional(text()),
  evaluation: optional(flag),
  expires: optional(day),
})

/** @internal */
export const fields: Fields<Device> = {
  id: required(text()),
  unitId: optional(text()),
  osVersion: required(version),
  registered: required(instant),
  directory: optional(text()),
  views: optional(list(text<ViewId>())),
  serialNumber: optional(secretText),
  inRecycleBin: optional(flag),
  lastBoot: optional(instant),
  licenses: optional(list(licenseShape)),
  openRequests: optional(list(record<LicenseType.LicenseType>(LicenseType.fields))),
}

/** @internal */
export const shape: Shape<Device> = record<Device>(fields)

/**
 * The codec of a {@link DeviceLicense}.
 *
 * @example
 * import assert from 'node:assert'
 * import { either as E } from 'fp-ts'
 * import { Device } from 'seatwise'
 *
 * const given = { licenseType: 'udc3', source: 'pack', pack: 'P-1', expires: '2027-01-31' }
 * const { decode, encode } = Device.DeviceLicense
 * assert.deepStrictEqual(E.map(encode)(decode(given)), E.right(given))
 *
 * @since 0.1.0
 */
export const DeviceLicense = codec<DeviceLicense, unknown>('DeviceLicense', licenseShape)

/**
 * The codec of a {@link Device}, whole or not at all: what a device holds is not known while one of its licenses cannot be
 * read, and so nothing could be decided about it.
 *
 * @example
 * import assert from 'node:assert'
 * import { either as E } from 'fp-ts'
 * import { Device } from 'seatwise'
 *
 * const given = { id: 'd-1', unitId: '00E0C5000001', osVersion: '12.02.120', registered: '2026-01-15T08:00:00Z' }
 * const { decode, encode } = Device.Device
 * assert.deepStrictEqual(E.map(encode)(decode(given)), E.right(given))
 *
 * @since 0.1.0
 */
export const Device = codec<Device, unknown>('Device', shape)
