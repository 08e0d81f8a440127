/**
 * A license that was sold with a piece of hardware and is found by its serial number (FORMAT, *Deployment*).
 *
 * @since 0.1.0
 */
import type { Day } from '../value/Day.js'
import type { DeviceId } from '../value/Id.js'
import { codec } from './Codec.js'
import * as LicenseType from './LicenseType.js'
import { day, secretText, text } from './Scalar.js'
import { optional, record, required, type Shape } from './Shape.js'

/**
 * A bundled license. One that was taken off its hardware is for the device `separatedTo` alone (ALD-87). Its type is the
 * `licenseType`.
 *
 * @since 0.1.0
 */
export interface BundledLicense {
  readonly serialNumber: string
  readonly licenseType: LicenseType.LicenseTypeName
  readonly expires?: Day
  readonly separatedTo?: DeviceId
}

/** @internal */
export const shape: Shape<BundledLicense> = record<BundledLicense>({
  serialNumber: required(secretText),
  licenseType: required(LicenseType.name),
  expires: optional(day),
  separatedTo: optional(text()),
})

/**
 * The codec of a {@link BundledLicense}; what it says never shows a serial number.
 *
 * @example
 * import assert from 'node:assert'
 * import { either as E } from 'fp-ts'
 * import { BundledLicense } from 'seatwise'
 *
 * const given = { serialNumber: '14D1F200A7', licenseType: 'workspace-edition', expires: '2029-06-30' }
 * const { decode, encode } = BundledLicense.BundledLicense
 * assert.deepStrictEqual(E.map(encode)(decode(given)), E.right(given))
 *
 * @since 0.1.0
 */
export const BundledLicense = codec<BundledLicense, unknown>('BundledLicense', shape)
