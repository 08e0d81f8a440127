/**
 * The state that each decision of a plan was made on: the device as it was at that moment, and the counts of the packs
 * (ALD-109).
 */
import type { DeploymentOperation } from '../record/DeploymentOperation.js'
import type { Device } from '../record/Device.js'
import * as LicenseType from '../record/LicenseType.js'
import type { ProductPack } from '../record/ProductPack.js'
import { append } from '../value/Lists.js'
import { deviceAfter, takesLicense } from './apply.js'
import type { Plan } from './plan.js'

const keyOf = (device: string, type: LicenseType.LicenseType): string =>
  JSON.stringify([device, LicenseType.show(type)])

/** What a plan had done before each of its decisions. */
export interface Past {
  /** The place of a decision in the plan. */
  readonly placeOf: (device: string, type: LicenseType.LicenseType) => number | undefined
  readonly deviceAt: (device: Device, place: number) => Device
  readonly allocatedAt: (pack: ProductPack, place: number) => number
}

export const pastOf = ({ decisions, operations }: Plan): Past => {
  const places = new Map(decisions.map((decision, place) => [keyOf(decision.device, decision), place]))
  const placed = operations.map((operation) => ({
    operation,
    place: places.get(keyOf(operation.device, operation.license)) ?? Infinity,
  }))
  const ofDevice = new Map<string, Array<(typeof placed)[number]>>()
  const ofPack = new Map<string, Array<number>>()
  for (const each of placed) {
    const { device, license } = each.operation
    append(ofDevice, device, each)
    if (!takesLicense(each.operation) || license.pack === undefined) continue
    append(ofPack, license.pack, each.place)
  }
  return {
    placeOf: (device, type) => places.get(keyOf(device, type)),
    deviceAt: (device, place) =>
      (ofDevice.get(device.id) ?? [])
        .filter((each) => each.place < place)
        .reduce(
          (before: Device, { operation }: { readonly operation: DeploymentOperation }) =>
            deviceAfter(before, operation),
          device,
        ),
    allocatedAt: (pack, place) => pack.allocated + (ofPack.get(pack.id) ?? []).filter((taken) => taken < place).length,
  }
}
