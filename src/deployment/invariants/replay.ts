/**
 * A plan told again from its decisions alone: what each device held when its turn came, what it was given, and how many
 * licenses of each pack were allocated by then (deployment.md, section 11). Nothing of the estate and of the operations of
 * the plan is believed: they are judged by this.
 */
import type { DeploymentDecision } from '../../record/DeploymentDecision.js'
import type { Device, DeviceLicense } from '../../record/Device.js'
import * as LicenseType from '../../record/LicenseType.js'
import type { ProductPack } from '../../record/ProductPack.js'
import type { Day } from '../../value/Day.js'
import type { DeviceId, PackId } from '../../value/Id.js'
import { append } from '../../value/Lists.js'
import { osByVersion, type Os } from './bars.js'
import { heldOf, lastValidDay } from './holdings.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** A decision in its turn, with what was so of its device and type. */
export interface Case {
  readonly decision: DeploymentDecision
  /** How many decisions were made before it. */
  readonly position: number
  readonly device: Device
  /** The pack that the decision names, where the estate has it. */
  readonly pack: ProductPack | undefined
  readonly type: string
  readonly os: Os
  /** What the device holds of the type, starter licenses left out, and until when (ALD-26, 107). */
  readonly held: ReadonlyArray<DeviceLicense>
  readonly last: number
  /** All licenses of the device before it and after it. */
  readonly before: ReadonlyArray<DeviceLicense>
  readonly after: ReadonlyArray<DeviceLicense>
  /** What the device is given, or its licenses from the pack are renewed to. */
  readonly gift: DeviceLicense | undefined
}

export interface Replay {
  /** Of every device that the estate has. */
  readonly cases: ReadonlyArray<Case>
  /** The licenses of the devices about which there was a decision, when all is done. */
  readonly licenses: ReadonlyMap<DeviceId, ReadonlyArray<DeviceLicense>>
  /** How many licenses of a pack are allocated when so many decisions are made. */
  readonly allocatedAt: (pack: ProductPack, position: number) => number
}

// -------------------------------------------------------------------------------------
// effects
// -------------------------------------------------------------------------------------

/** Does the action take a license of the pack? A renewal takes none (ALD-68). */
const takesLicense = ({ action }: DeploymentDecision): boolean => action === 'assign' || action === 'exchange'

const expiring = ({ expires }: { readonly expires?: Day }): { readonly expires?: Day } =>
  expires === undefined ? {} : { expires }

const licenseBundled = (decision: DeploymentDecision): DeviceLicense => ({
  ...LicenseType.of(decision),
  source: 'bundled',
  ...expiring(decision),
})

const licenseFrom = (pack: ProductPack): DeviceLicense => ({
  ...LicenseType.of(pack),
  source: 'pack',
  pack: pack.id,
  ...(pack.evaluation === undefined ? {} : { evaluation: pack.evaluation }),
  ...expiring(pack),
})

/** What decisions give; licenses from one pack are one record, however many devices get one. */
const giving = (): ((decision: DeploymentDecision, pack: ProductPack | undefined) => DeviceLicense | undefined) => {
  const licenses = new Map<ProductPack, DeviceLicense>()
  return (decision, pack) => {
    if (decision.action === 'none') return undefined
    if (decision.action === 'deploy-bundled') return licenseBundled(decision)
    if (pack === undefined) return undefined
    const license = licenses.get(pack) ?? licenseFrom(pack)
    licenses.set(pack, license)
    return license
  }
}

/** Is it of the pack and of its type, so that a renewal of the pack moves its last day? */
export const isRenewedBy =
  (pack: ProductPack) =>
  (license: DeviceLicense): boolean =>
    license.source === 'pack' && license.pack === pack.id && LicenseType.equals(license, pack)

const redated = ({ expires: _, ...license }: DeviceLicense, pack: ProductPack): DeviceLicense => ({
  ...license,
  ...expiring(pack),
})

const afterwards = (
  { action }: DeploymentDecision,
  pack: ProductPack | undefined,
  gift: DeviceLicense | undefined,
  before: ReadonlyArray<DeviceLicense>,
): ReadonlyArray<DeviceLicense> => {
  if (gift === undefined) return before
  if (action !== 'renew' || pack === undefined) return [...before, gift]
  const isRenewed = isRenewedBy(pack)
  return before.map((license) => (isRenewed(license) ? redated(license, pack) : license))
}

// -------------------------------------------------------------------------------------
// replay
// -------------------------------------------------------------------------------------

/** How many numbers of an ascending list are below a bound. */
const countBelow = (ascending: ReadonlyArray<number>, bound: number): number => {
  let [low, high] = [0, ascending.length]
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if ((ascending[middle] ?? bound) < bound) low = middle + 1
    else high = middle
  }
  return low
}

/** Replays decisions; one about a device that the estate does not have changes no device. */
export const replay = (
  devices: ReadonlyMap<DeviceId, Device>,
  packs: ReadonlyMap<PackId, ProductPack>,
  decisions: ReadonlyArray<DeploymentDecision>,
): Replay => {
  const licenses = new Map<DeviceId, ReadonlyArray<DeviceLicense>>()
  const takings = new Map<PackId, Array<number>>()
  const cases: Array<Case> = []
  const osOf = osByVersion()
  const giftOf = giving()
  decisions.forEach((decision, position) => {
    const pack = decision.pack === undefined ? undefined : packs.get(decision.pack)
    if (pack !== undefined && takesLicense(decision)) {
      append(takings, pack.id, position)
    }
    const device = devices.get(decision.device)
    if (device === undefined) return
    const before = licenses.get(device.id) ?? device.licenses ?? []
    const gift = giftOf(decision, pack)
    const after = afterwards(decision, pack, gift, before)
    licenses.set(device.id, after)
    const held = heldOf(before, decision)
    cases.push({
      decision,
      position,
      device,
      pack,
      type: LicenseType.show(decision),
      os: osOf(device.osVersion),
      held,
      last: lastValidDay(held),
      before,
      after,
      gift,
    })
  })
  return {
    cases,
    licenses,
    allocatedAt: ({ id, allocated }, position) => allocated + countBelow(takings.get(id) ?? [], position),
  }
}
