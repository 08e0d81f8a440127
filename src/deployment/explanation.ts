/**
 * Why a device got a license, or why not, as data: every gate that it came to, the bundled licenses and renewals that were
 * passed over, every pack with the gate that turned it down, the two sides compared, and the ranking of those that
 * remained.
 *
 * @since 0.1.0
 */
import type { O } from '../prelude.js'
import type { DeploymentDecision, DeploymentReason, PackReason, SubjectReason } from '../record/DeploymentDecision.js'
import type { LicenseType } from '../record/LicenseType.js'
import type { Day } from '../value/Day.js'
import type { PackId } from '../value/Id.js'
import type { Comparison } from '../rule/Gate.js'
import type { BundledReason } from './bundled.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/**
 * A gate or an exit that the decision came to. What did not pass a gate ended there with its reason; what did not pass an
 * exit left there with an action.
 *
 * @since 0.1.0
 */
export interface GateStep extends Comparison {
  readonly gate: string
  readonly clause: string
  readonly passed: boolean
  readonly reason?: SubjectReason
  readonly action?: Exclude<DeploymentDecision['action'], 'none'>
}

/**
 * The gate that turned something down, and why.
 *
 * @since 0.1.0
 */
export interface TurnedDown<Reason extends string> extends Comparison {
  readonly gate: string
  readonly clause: string
  readonly reason: Reason
}

/**
 * A pack as it stood when it was the device's turn: with so many licenses allocated, turned down, or not.
 *
 * @since 0.1.0
 */
export interface PackTrial {
  readonly pack: PackId
  readonly total: number
  readonly allocated: number
  readonly turnedDown?: TurnedDown<PackReason>
}

/**
 * A bundled license of the type that has to do with the device, by its serial number or since it was separated for it:
 * turned down, or not. Its serial number is masked.
 *
 * @since 0.1.0
 */
export interface BundledTrial {
  readonly serialNumber: string
  readonly expires?: Day
  readonly turnedDown?: TurnedDown<BundledReason>
}

/**
 * A pack that remained, in the order of the ranking; `after` is the key that put it behind the first (ALD-44 to 46).
 *
 * @since 0.1.0
 */
export interface RankedPack {
  readonly pack: PackId
  readonly allocated: number
  readonly registered: Day
  readonly after?: string
}

/**
 * The explanation of a decision about a device and a license type.
 *
 * @since 0.1.0
 */
export interface DeviceExplanation {
  readonly decision: DeploymentDecision
  readonly today: Day
  /** The last valid day of the type on the device, where it holds a license of it. */
  readonly lastValidDay?: Day | 'unlimited'
  readonly steps: ReadonlyArray<GateStep>
  /** The bundled licenses of the type that have to do with the device; asked only where it is not licensed for the type. */
  readonly bundled: ReadonlyArray<BundledTrial>
  /** How many other bundled licenses of the type there are: for other hardware and other devices. */
  readonly bundledElsewhere: number
  /** Every pack of the type that the device holds a license from. */
  readonly renewals: ReadonlyArray<PackTrial>
  /** Every pack of the type, each tested by itself, whether or not the decision came to the packs. */
  readonly packs: ReadonlyArray<PackTrial>
  /** Did the decision come to the packs (gate 7)? */
  readonly packsAsked: boolean
  /** The packs that passed every gate, in their order. */
  readonly ranking: ReadonlyArray<RankedPack>
}

/**
 * Explains the decision of a plan about a device and a license type; none, where the plan has no such decision.
 *
 * @since 0.1.0
 */
export type ExplainDevice = (device: string, type: LicenseType) => O.Option<DeviceExplanation>

/**
 * The reasons in words, for whoever knows licenses and not this library.
 *
 * @since 0.1.0
 */
export const reasonTexts: { readonly [K in DeploymentReason]: string } = {
  'type-not-supported': 'licenses of this type are not deployed automatically',
  'feature-not-available': 'this version of the UMS cannot do it',
  'automatic-deployment-disabled': 'automatic deployment is off',
  'in-recycle-bin': 'the device is in the recycle bin',
  'no-unit-id': 'the device has no unit ID',
  'os-not-eligible': 'the operating system is too old for this type',
  'request-open': 'a request for this type is still open',
  'base-license-present': 'the device has the other base license',
  'base-license-missing': 'the device has no Workspace Edition to build on',
  'already-licensed': 'the device is licensed already',
  'exchange-disabled': 'its license has expired, and exchange is off',
  perpetual: 'its license does not end',
  'not-due': 'its license lasts too long to be exchanged yet',
  'no-pack': 'there is no pack of this type',
  'license-server-unreachable': 'the license server cannot be reached',
  'no-later-pack': 'no pack lasts longer than its license',
  'evaluation-not-supported': 'evaluation licenses cannot be deployed here',
  'pack-retired': 'the pack was merged or archived',
  'token-invalid': 'the token of the pack is not valid any more',
  'pack-not-assigned': 'the pack is not assigned to this UMS',
  'pack-deactivated': 'the pack is deactivated',
  'pack-not-started': 'the pack has not started yet',
  'pack-expired': 'the pack has expired',
  'global-conditions-not-met': 'the device does not meet the global conditions',
  'conditions-not-met': 'the device does not meet the conditions of the pack',
  'no-free-license': 'no license is free',
}
