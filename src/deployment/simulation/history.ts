/**
 * What a simulation tells: moments, one after the other (deployment.md, section 16).
 *
 * Laws:
 *
 * 1. Every change of the estate has exactly one moment: what the moments say, applied to the estate of the first, gives the
 *    estate of the last
 * 2. Moments come in the order of their instants; at one instant events, then checks of single devices, then the full check
 *
 * @since 0.1.0
 */
import type { DeploymentDecision } from '../../record/DeploymentDecision.js'
import type { DeploymentEvent } from '../../record/DeploymentEvent.js'
import type { DeploymentOperation } from '../../record/DeploymentOperation.js'
import type { Estate } from '../../record/Estate.js'
import type { Instant } from '../../value/Instant.js'
import type { PackId } from '../../value/Id.js'
import type { Return } from '../returns.js'

/**
 * The decisions that were taken at a moment, without `none`, and what was done by them.
 *
 * @since 0.1.0
 */
export interface Taken {
  readonly decisions: ReadonlyArray<DeploymentDecision>
  readonly operations: ReadonlyArray<DeploymentOperation>
}

/**
 * The estate from which the simulation starts, at its last full check.
 *
 * @since 0.1.0
 */
export interface StartMoment {
  readonly kind: 'start'
  readonly at: Instant
  readonly estate: Estate
}

/**
 * An event, with what was taken at once: renewals at a refresh (ALD-66), anything at a check that was started by hand
 * (ALD-115); and of a deletion what became of the licenses.
 *
 * @since 0.1.0
 */
export interface EventMoment extends Taken {
  readonly kind: 'event'
  readonly at: Instant
  readonly event: DeploymentEvent
  readonly deleted?: Return & { readonly freed: ReadonlyArray<PackId> }
}

/**
 * A check: of single devices after their registration or reboot, or of all.
 *
 * @since 0.1.0
 */
export interface CheckMoment extends Taken {
  readonly kind: 'device-check' | 'full-check'
  readonly at: Instant
}

/**
 * The estate as it is at the horizon.
 *
 * @since 0.1.0
 */
export interface EndMoment {
  readonly kind: 'end'
  readonly at: Instant
  readonly estate: Estate
}

/**
 * A moment of a simulation.
 *
 * @since 0.1.0
 */
export type Moment = StartMoment | EventMoment | CheckMoment | EndMoment

/**
 * A history, from its start to its end. It is made while it is read and can be read again: nothing of it is kept.
 *
 * @since 0.1.0
 */
export type History = Iterable<Moment>
