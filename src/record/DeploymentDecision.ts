/**
 * A deployment decision: what a plan says about one device and one license type (FORMAT, *Deployment*).
 *
 * @since 0.1.0
 */
import type { Day } from '../value/Day.js'
import type { DeviceId, PackId } from '../value/Id.js'
import { codec } from './Codec.js'
import * as LicenseType from './LicenseType.js'
import { day, oneOf, text } from './Scalar.js'
import { optional, record, required, type Shape } from './Shape.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/**
 * What is done for the device (deployment.md, section 11).
 *
 * @since 0.1.0
 */
export type DeploymentAction = 'assign' | 'renew' | 'exchange' | 'deploy-bundled' | 'none'

/**
 * Why a pack is not the one that the license comes from: the gate of the packs that it does not pass (deployment.md,
 * section 5).
 *
 * @since 0.1.0
 */
export type PackReason =
  | 'no-later-pack'
  | 'evaluation-not-supported'
  | 'pack-retired'
  | 'token-invalid'
  | 'pack-not-assigned'
  | 'pack-deactivated'
  | 'pack-not-started'
  | 'pack-expired'
  | 'global-conditions-not-met'
  | 'conditions-not-met'
  | 'no-free-license'

/**
 * Why nothing is done for the device, whatever packs there are.
 *
 * @since 0.1.0
 */
export type SubjectReason =
  | 'type-not-supported'
  | 'feature-not-available'
  | 'automatic-deployment-disabled'
  | 'in-recycle-bin'
  | 'no-unit-id'
  | 'os-not-eligible'
  | 'request-open'
  | 'base-license-present'
  | 'base-license-missing'
  | 'already-licensed'
  | 'exchange-disabled'
  | 'perpetual'
  | 'not-due'
  | 'no-pack'
  | 'license-server-unreachable'

/**
 * Why nothing is done.
 *
 * @since 0.1.0
 */
export type DeploymentReason = SubjectReason | PackReason

/**
 * The decision about one device and one license type. `pack` comes with `assign`, `renew` and `exchange`; `reason` with
 * `none`; `expires` is that of the new license, absent where that is unlimited and with `none`.
 *
 * @since 0.1.0
 */
export interface DeploymentDecision extends LicenseType.LicenseType {
  readonly device: DeviceId
  readonly action: DeploymentAction
  readonly pack?: PackId
  readonly expires?: Day
  readonly reason?: DeploymentReason
}

// -------------------------------------------------------------------------------------
// codec
// -------------------------------------------------------------------------------------

/** @internal */
export const shape: Shape<DeploymentDecision> = record<DeploymentDecision>({
  device: required(text()),
  ...LicenseType.fields,
  action: required(oneOf('assign', 'renew', 'exchange', 'deploy-bundled', 'none')),
  pack: optional(text()),
  expires: optional(day),
  reason: optional(
    oneOf(
      'type-not-supported',
      'feature-not-available',
      'automatic-deployment-disabled',
      'in-recycle-bin',
      'no-unit-id',
      'os-not-eligible',
      'request-open',
      'base-license-present',
      'base-license-missing',
      'already-licensed',
      'exchange-disabled',
      'perpetual',
      'not-due',
      'no-pack',
      'license-server-unreachable',
      'no-later-pack',
      'evaluation-not-supported',
      'pack-retired',
      'token-invalid',
      'pack-not-assigned',
      'pack-deactivated',
      'pack-not-started',
      'pack-expired',
      'global-conditions-not-met',
      'conditions-not-met',
      'no-free-license',
    ),
  ),
})

/**
 * The codec of a {@link DeploymentDecision}.
 *
 * @example
 * import assert from 'node:assert'
 * import { either as E } from 'fp-ts'
 * import { DeploymentDecision } from 'seatwise'
 *
 * const given = { device: 'd-1', licenseType: 'workspace-edition', action: 'assign', pack: 'P-1', expires: '2027-12-31' }
 * const { decode, encode } = DeploymentDecision.DeploymentDecision
 * assert.deepStrictEqual(E.map(encode)(decode(given)), E.right(given))
 *
 * @since 0.1.0
 */
export const DeploymentDecision = codec<DeploymentDecision, unknown>('DeploymentDecision', shape)
