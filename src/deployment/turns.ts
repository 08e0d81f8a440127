/**
 * Devices take their turns, and each decision is applied before the next is made (deployment.md, section 4).
 */
import type { DeploymentDecision, DeploymentReason } from '../record/DeploymentDecision.js'
import type { DeploymentOperation } from '../record/DeploymentOperation.js'
import type { Device } from '../record/Device.js'
import type { ProductPack } from '../record/ProductPack.js'
import type { Instant } from '../value/Instant.js'
import { holding, licensesAfter, operationsAt, packAfter } from './apply.js'
import {
  decide,
  decisionOf,
  subjectOf,
  take,
  turnOf,
  type MutableSubject,
  type Scene,
  type TypeShelf,
} from './decide.js'

/** Hears what is decided about a device, type by type. */
export interface Hearing {
  readonly decision?: (decision: DeploymentDecision) => void
  readonly refusal?: (reason: DeploymentReason) => void
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
  let subjects: ReadonlyArray<MutableSubject> | undefined
  return (device) => {
    const turn = turnOf(scene, device)
    let { licenses } = turn
    subjects ??= scene.shelves.map((typeShelf) => subjectOf(scene, turn, typeShelf))
    for (let position = 0; position < subjects.length; position += 1) {
      const place = subjects[position]
      const typeShelf = scene.shelves[position]
      if (place === undefined || typeShelf === undefined) continue
      const verdict = decide(take(place, turn, typeShelf, licenses), typeShelf)
      if (typeof verdict === 'string') {
        hearing.refusal?.(verdict)
        hearing.decision?.(decisionOf(device.id, typeShelf.type, verdict))
        continue
      }
      const decision = decisionOf(device.id, typeShelf.type, verdict)
      hearing.decision?.(decision)
      if (!takes.has(verdict.action)) continue
      const operation = operationOf(device, verdict)
      if (verdict.action === 'assign' || verdict.action === 'exchange') typeShelf.shelf.take(verdict.from)
      licenses = licensesAfter(licenses, operation)
      hearing.operation(operation, decision)
    }
    // The types that follow read the licenses of the turn: the device itself is made anew once.
    return licenses === turn.licenses ? device : holding(device, licenses)
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
