/**
 * What is to be done for a device, as data: for whoever carries it out, and for whoever looks at it later
 * (deployment.md, section 11).
 *
 * @since 0.1.0
 */
import type { DeviceId } from '../value/Id.js'
import { codec } from './Codec.js'
import * as Devices from './Device.js'
import { refined } from './Guard.js'
import { oneOf, text } from './Scalar.js'
import { record, refuse, required, type Shape } from './Shape.js'

/**
 * An operation: the device gets the `license`, or, with `renew`, its licenses of that type from that pack get the
 * expiration date of it. `key` is the same whenever the same operation is planned at the same instant, so that whoever
 * carries operations out can tell one that is done.
 *
 * @since 0.1.0
 */
export interface DeploymentOperation {
  readonly key: string
  readonly action: 'assign' | 'renew' | 'exchange' | 'deploy-bundled'
  readonly device: DeviceId
  readonly license: Devices.DeviceLicense
}

const fields: Shape<DeploymentOperation> = record<DeploymentOperation>({
  key: required(text()),
  action: required(oneOf('assign', 'renew', 'exchange', 'deploy-bundled')),
  device: required(text()),
  license: required(Devices.licenseShape),
})

/** A bundled license comes from hardware, any other from a pack: a license of another source is none that is given. */
const isGiven = ({ action, license: { source, pack } }: DeploymentOperation): boolean =>
  action === 'deploy-bundled' ? source === 'bundled' : source === 'pack' && pack !== undefined

/** @internal */
export const shape: Shape<DeploymentOperation> = {
  ...fields,
  is: (value): value is DeploymentOperation => fields.is(value) && isGiven(value),
  read: (raw, reading) => {
    const since = reading.faults.length
    const operation = fields.read(raw, reading)
    return reading.faults.length > since || isGiven(operation)
      ? operation
      : refuse(reading, 'unknown-value', undefined, 'give a bundled license with deploy-bundled, else one from a pack')
  },
  guard: fields.guard && refined(fields.guard, isGiven),
}

/**
 * The codec of a {@link DeploymentOperation}.
 *
 * @example
 * import assert from 'node:assert'
 * import { either as E } from 'fp-ts'
 * import { DeploymentOperation } from 'seatwise'
 *
 * const given = {
 *   key: 'k-1',
 *   action: 'assign',
 *   device: 'd-1',
 *   license: { licenseType: 'udc3', source: 'pack', pack: 'P-1', expires: '2027-01-31' },
 * }
 * const { decode, encode } = DeploymentOperation.DeploymentOperation
 * assert.deepStrictEqual(E.map(encode)(decode(given)), E.right(given))
 *
 * @since 0.1.0
 */
export const DeploymentOperation = codec<DeploymentOperation, unknown>('DeploymentOperation', shape)
