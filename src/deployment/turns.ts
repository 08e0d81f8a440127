/**
 * Devices take their turns, and each decision is applied before the next is made (deployment.md, section 4).
 */
import { E } from '../prelude.js'
import type { DeploymentDecision } from '../record/DeploymentDecision.js'
import type { DeploymentOperation } from '../record/DeploymentOperation.js'
import type { Device } from '../record/Device.js'
import type { ProductPack } from '../record/ProductPack.js'
import type { Instant } from '../value/Instant.js'
import * as Text from '../value/Text.js'
import { deviceAfter, operationsAt, packAfter } from './apply.js'
import { decide, decisionOf, subjectOf, type Scene, type TypeShelf } from './decide.js'

/** Devices take their turn by registration, then by id (ALD-109). */
export const compareDevices = (a: Device, b: Device): number => a.registered - b.registered || Text.compare(a.id, b.id)

/** Hears what is decided about a device, type by type. */
export interface Hearing {
  readonly decision?: (decision: DeploymentDecision) => void
  readonly operation: (operation: DeploymentOperation, decision: DeploymentDecision) => void
}

/**
 * Decides about devices at an instant, type by type, each decision applied before the next is made (section 4). A decision
 * with an action that is not among those named is not applied (ALD-113).
 */
export const turnsAt = (
  scene: Scene,
  at: Instant,
  hearing: Hearing,
  takes: ReadonlySet<DeploymentDecision['action']>,
): ((device: Device) => Device) => {
  const operationOf = operationsAt(at)
  return (given) => {
    let device = given
    for (const typeShelf of scene.shelves) {
      const subject = subjectOf(scene, device, typeShelf)
      const verdict = decide(subject, typeShelf.shelf)
      if (E.isLeft(verdict)) {
        hearing.decision?.(decisionOf(subject, verdict))
        continue
      }
      const decision = decisionOf(subject, verdict)
      hearing.decision?.(decision)
      if (!takes.has(decision.action)) continue
      const { right: deed } = verdict
      const operation = operationOf(device, deed)
      if (deed.action === 'assign' || deed.action === 'exchange') typeShelf.shelf.take(deed.from)
      device = deviceAfter(device, operation)
      hearing.operation(operation, decision)
    }
    return device
  }
}

/** Every action that there is. */
export const EVERY_ACTION: ReadonlySet<DeploymentDecision['action']> = new Set<DeploymentDecision['action']>([
  'assign',
  'renew',
  'exchange',
  'deploy-bundled',
])

/** The packs of an estate with the counts that the shelves have come to. */
export const packsAfter = (
  packs: ReadonlyArray<ProductPack>,
  shelves: ReadonlyArray<TypeShelf>,
): ReadonlyArray<ProductPack> => {
  const changed = new Map<ProductPack, ProductPack>()
  for (const { shelf } of shelves)
    for (const pack of shelf.packs) {
      const after = packAfter(pack, shelf.allocated(pack))
      if (after !== pack) changed.set(pack, after)
    }
  return changed.size === 0 ? packs : packs.map((pack) => changed.get(pack) ?? pack)
}
