/**
 * What is asked and what is answered.
 *
 * @since 0.1.0
 */
import type { O } from '../../prelude.js'
import type { DeploymentDecision } from '../../record/DeploymentDecision.js'
import type * as LicenseType from '../../record/LicenseType.js'
import type { Remedy } from './remedy.js'

/**
 * What is asked. An answer has at most `bound` remedies: 2 where nothing is said, 4 at the most. At most `tries` sets of
 * remedies are tried, 1,000 where nothing is said, each of which is a plan of the devices up to the turn of the one asked
 * about.
 *
 * @since 0.1.0
 */
export interface DeploymentQuestion {
  readonly bound?: number
  readonly tries?: number
}

/**
 * Remedies that are enough together, in the order in which they are made, and the decision that follows.
 *
 * @since 0.1.0
 */
export interface DeploymentAnswer {
  readonly remedies: ReadonlyArray<Remedy>
  readonly decision: DeploymentDecision
}

/**
 * What would have to change. `decision` is the one that stands now. All answers are of one size, the smallest; an answer
 * without remedies says that the device is served already, and no answer that no remedies up to `bound` are enough, which is
 * less than what was asked for where there are more sets than were to be tried. They come in the order of their dearest
 * remedy, then of the next: the device is cheaper than packs, those than the settings.
 *
 * @since 0.1.0
 */
export interface DeploymentCounterfactual {
  readonly bound: number
  readonly decision: DeploymentDecision
  readonly answers: ReadonlyArray<DeploymentAnswer>
}

/**
 * Says what would have to change for a device to be served with a type; none, where the plan decides nothing about the two.
 *
 * @since 0.1.0
 */
export type WouldServe = (
  device: string,
  type: LicenseType.LicenseType,
  question?: DeploymentQuestion,
) => O.Option<DeploymentCounterfactual>
