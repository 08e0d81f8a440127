/**
 * The settings of a UMS, as far as deployment goes by them (FORMAT, *Deployment*). They are the only switches there are.
 *
 * @since 0.1.0
 */
import { E, RNEA } from '../prelude.js'
import type { Count } from '../value/Count.js'
import type { UmsId } from '../value/Id.js'
import type { Version } from '../value/Version.js'
import { codec, readUnknown } from './Codec.js'
import * as Condition from './DistributionCondition.js'
import { defaultLimits } from './Limits.js'
import type { Rejection } from './Rejection.js'
import { rejectionOf } from './Report.js'
import { count, flag, text, version } from './Scalar.js'
import { list, optional, options, required, type Fault, type Fields, type Shape } from './Shape.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/**
 * What a UMS is and how it is set.
 *
 * @since 0.1.0
 */
export interface DeploymentSettings {
  readonly umsVersion: Version
  /** The id of the UMS; in a High Availability network the main one (ALD-7). */
  readonly umsId: UmsId
  /** Is that id registered in the license portal? True unless it says otherwise (ALD-5, 84). */
  readonly umsIdRegistered?: boolean
  /** True unless it says otherwise (ALD-4). */
  readonly licenseServerReachable?: boolean
  /** Off unless it is switched on (ALD-1). */
  readonly automaticDeployment?: boolean
  /** Off unless it is switched on (ALD-71). */
  readonly licenseExchange?: boolean
  /** Days before the last valid day from which on an exchange is due; 7 where nothing is set (ALD-72). */
  readonly exchangeDaysBeforeExpiration?: Count
  /** Off unless it is switched on (ALD-82). */
  readonly hardwareBundledDeployment?: boolean
  /** The global conditions; none restrict nothing (ALD-41). */
  readonly distributionConditions?: ReadonlyArray<Condition.DistributionCondition>
}

// -------------------------------------------------------------------------------------
// codec
// -------------------------------------------------------------------------------------

/** @internal */
export const fields: Fields<DeploymentSettings> = {
  umsVersion: required(version),
  umsId: required(text()),
  umsIdRegistered: optional(flag),
  licenseServerReachable: optional(flag),
  automaticDeployment: optional(flag),
  licenseExchange: optional(flag),
  exchangeDaysBeforeExpiration: optional(count),
  hardwareBundledDeployment: optional(flag),
  distributionConditions: optional(list(Condition.shape)),
}

/** @internal */
export const shape: Shape<DeploymentSettings> = options<DeploymentSettings>(fields)

/**
 * The codec of {@link DeploymentSettings}. An unknown setting is an error, since a misspelled one would be lost.
 *
 * @example
 * import assert from 'node:assert'
 * import { either as E } from 'fp-ts'
 * import { DeploymentSettings } from 'seatwise'
 *
 * const given = { umsVersion: '12.10.100', umsId: 'ums-1', automaticDeployment: true }
 * const { decode } = DeploymentSettings.DeploymentSettings
 * assert.deepStrictEqual(decode(given), E.right(given))
 * assert.strictEqual(E.isLeft(decode({ ...given, automaticDeploymnt: true })), true)
 *
 * @since 0.1.0
 */
export const DeploymentSettings = codec<DeploymentSettings, unknown>('DeploymentSettings', shape)

/**
 * Decodes settings of unknown origin, or says all that is wrong with them as rejections.
 *
 * @example
 * import assert from 'node:assert'
 * import { either as E } from 'fp-ts'
 * import { DeploymentSettings } from 'seatwise'
 *
 * const wrong = DeploymentSettings.decode({ umsVersion: 'latest', umsId: 'ums-1' })
 * const told = E.mapLeft((rejections: ReadonlyArray<{ code: string; path: string }>) => rejections.map(({ code, path }) => [code, path]))
 * assert.deepStrictEqual(told(wrong), E.left([['version', 'settings.umsVersion']]))
 *
 * @since 0.1.0
 */
export const decode = (
  input: unknown,
  limits = defaultLimits,
): E.Either<RNEA.ReadonlyNonEmptyArray<Rejection>, DeploymentSettings> =>
  E.mapLeft(RNEA.map((fault: Fault) => rejectionOf({ collection: 'settings', path: ['settings'] }, fault)))(
    readUnknown(shape, limits)(input),
  )
