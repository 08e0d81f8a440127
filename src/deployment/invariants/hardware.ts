/**
 * The bundled licenses that there are for a device (deployment.md, section 10). They are found by keys, each once, and
 * known by their last days: one of several is valid today exactly when the one that lasts longest is (ALD-85).
 */
import type { BundledLicense } from '../../record/BundledLicense.js'
import type { Device } from '../../record/Device.js'
import * as LicenseType from '../../record/LicenseType.js'
import { lastDayOf, NONE } from './holdings.js'

/** The last day of what lasts longest for a device of a type, and whose it is. */
export interface Bundles {
  /** Of all whose serial number is that of the device, and of those moved to it. */
  readonly bySerial: (device: Device, type: string) => number
  /** Without serial numbers that match nothing (ALD-86). */
  readonly byRealSerial: (device: Device, type: string) => number
  /** And without those that were moved to another device (ALD-87). */
  readonly own: (device: Device, type: string) => number
}

/** By type, and within it by an id. */
type LastDays = ReadonlyMap<string, ReadonlyMap<string, number>>

/** Those without the id are left out. */
const latestBy = (
  bundled: ReadonlyArray<BundledLicense>,
  idOf: (license: BundledLicense) => string | undefined,
): LastDays => {
  const latest = new Map<string, Map<string, number>>()
  for (const license of bundled) {
    const id = idOf(license)
    if (id === undefined) continue
    const type = LicenseType.show({ licenseType: license.licenseType })
    const ofType = latest.get(type) ?? new Map<string, number>()
    latest.set(type, ofType.set(id, Math.max(ofType.get(id) ?? NONE, lastDayOf(license))))
  }
  return latest
}

const at = (latest: LastDays, type: string, id: string | undefined): number =>
  id === undefined ? NONE : (latest.get(type)?.get(id) ?? NONE)

const realSerialOf = ({ serialNumber }: Device): string | undefined => (serialNumber === '0' ? undefined : serialNumber)

export const bundlesIn = (bundled: ReadonlyArray<BundledLicense>): Bundles => {
  const moved = latestBy(bundled, ({ separatedTo }) => separatedTo)
  const onAny = latestBy(bundled, ({ serialNumber }) => serialNumber)
  const onHardware = latestBy(bundled, ({ serialNumber, separatedTo }) =>
    separatedTo === undefined ? serialNumber : undefined,
  )
  const withMoved =
    (others: (device: Device, type: string) => number) =>
    (device: Device, type: string): number =>
      Math.max(at(moved, type, device.id), others(device, type))
  return {
    bySerial: withMoved((device, type) => at(onAny, type, device.serialNumber)),
    byRealSerial: withMoved((device, type) => at(onAny, type, realSerialOf(device))),
    own: withMoved((device, type) => at(onHardware, type, realSerialOf(device))),
  }
}
