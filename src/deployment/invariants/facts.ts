/**
 * What an invariant may ask about a plan: the records of the estate by their ids, and each decision with what was so when
 * its turn came.
 */
import type { DeploymentAction, DeploymentReason, PackReason } from '../../record/DeploymentDecision.js'
import type { Device } from '../../record/Device.js'
import type { Estate } from '../../record/Estate.js'
import type { ProductPack } from '../../record/ProductPack.js'
import type { Day } from '../../value/Day.js'
import type { DeviceId, PackId } from '../../value/Id.js'
import type { Plan } from '../plan.js'
import type { Ums } from './bars.js'
import type { Bundles } from './hardware.js'
import type { Case, Replay } from './replay.js'

export type { Case } from './replay.js'

/** What became of the packs of the type when a device had its turn. */
export interface Trial {
  /** The best of the packs that pass (ALD-44 to 46). */
  readonly best: ProductPack | undefined
  /** What the pack that came furthest is turned down for (ALD-110). */
  readonly furthest: PackReason | undefined
}

export interface Facts {
  /** As it was given. */
  readonly given: Estate
  /** With every record once. */
  readonly estate: Estate
  readonly plan: Plan
  readonly today: Day
  readonly ums: Ums
  readonly devices: ReadonlyMap<DeviceId, Device>
  readonly packs: ReadonlyMap<PackId, ProductPack>
  /** Every type that there are decisions about (ALD-108), and the packs of each. */
  readonly types: ReadonlySet<string>
  readonly packsOf: (type: string) => ReadonlyArray<ProductPack>
  readonly bundles: Bundles
  /** May this UMS use the pack (ALD-2, 5)? */
  readonly isInScope: (pack: ProductPack) => boolean
  /** Does a device meet the global conditions, and those of a pack (section 7)? */
  readonly isSelected: (device: Device) => boolean
  readonly isSelectedBy: (pack: ProductPack, device: Device) => boolean
  /** Is there a decision to be made about the device (ALD-115)? */
  readonly isAsked: (device: DeviceId) => boolean
  readonly casesOf: (action: DeploymentAction) => ReadonlyArray<Case>
  readonly refusedFor: (reason: DeploymentReason) => ReadonlyArray<Case>
  /** What is done for a device. */
  readonly servedTo: (device: DeviceId) => ReadonlyArray<Case>
  readonly trialOf: (each: Case) => Trial
  readonly replayed: Replay
}
