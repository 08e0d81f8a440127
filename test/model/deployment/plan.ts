// Needs, gates, packs and plans, read off sections 3 to 11 of deployment.md gate by gate: brute force, no caching.
import {
  compareText,
  compareTypes,
  dayNumber,
  isAtLeast,
  isOfType,
  lastDay,
  millisecondsOf,
  normalizedEstate,
  typeOf,
  type LicenseType,
  type WireAction,
  type WireBundledLicense,
  type WireCondition,
  type WireDeploymentDecision,
  type WireDevice,
  type WireDeviceLicense,
  type WireEstate,
  type WireProductPack,
  type WireReason,
  type WireType,
} from './records.js'

// -------------------------------------------------------------------------------------
// what a device holds
// -------------------------------------------------------------------------------------

/** ALD-26: *holds* leaves starter licenses out. */
export const holds = ({ licenses = [] }: WireDevice): ReadonlyArray<WireDeviceLicense> =>
  licenses.filter(({ source }) => source !== 'starter')

export const holdsOfType = (device: WireDevice, type: WireType): ReadonlyArray<WireDeviceLicense> =>
  holds(device).filter(isOfType(type))

export const holdsFrom = (device: WireDevice, pack: string): ReadonlyArray<WireDeviceLicense> =>
  holds(device).filter((license) => license.source === 'pack' && license.pack === pack)

/** ALD-107: the latest `expires` among the licenses of the type it holds; where it holds none, before any day. */
export const lastValidDay = (device: WireDevice, type: WireType): number =>
  Math.max(-Infinity, ...holdsOfType(device, type).map(lastDay))

/** ALD-107, 25. */
export const isLicensed = (device: WireDevice, type: WireType, today: number): boolean =>
  lastValidDay(device, type) >= today

// -------------------------------------------------------------------------------------
// distribution conditions
// -------------------------------------------------------------------------------------

/** ALD-39: the directory and everything above it; an unknown parent, or a loop, ends the way up. */
const wayUp = ({ directories = [] }: WireEstate, directory: string | undefined): ReadonlyArray<string> => {
  const way: Array<string> = []
  let here = directory
  while (here !== undefined && !way.includes(here)) {
    const id = here
    way.push(id)
    here = directories.find((each) => each.id === id)?.parent
  }
  return way
}

/** ALD-36, 38 to 40: it meets at least one of them. */
const meetsOneOf = (estate: WireEstate, device: WireDevice, conditions: ReadonlyArray<WireCondition>): boolean =>
  conditions.some((condition) =>
    'directory' in condition
      ? wayUp(estate, device.directory).includes(condition.directory)
      : (device.views ?? []).includes(condition.view),
  )

/** ALD-41. */
const meetsGlobalConditions = (estate: WireEstate, device: WireDevice): boolean => {
  const { umsVersion, distributionConditions = [] } = estate.settings
  if (!isAtLeast(umsVersion, '12.01.110')) return true
  return distributionConditions.length === 0 || meetsOneOf(estate, device, distributionConditions)
}

/** ALD-2, 32 to 36. */
const meetsConditionsOf = (pack: WireProductPack, estate: WireEstate, device: WireDevice): boolean => {
  const { umsVersion } = estate.settings
  if (!isAtLeast(umsVersion, '6.01.100')) return true
  if (pack.distribution === undefined)
    return pack.licenseType === 'workspace-edition' || !isAtLeast(umsVersion, '6.02.100')
  return pack.distribution.method === 'enabled' || meetsOneOf(estate, device, pack.distribution.conditions)
}

// -------------------------------------------------------------------------------------
// the pack gates
// -------------------------------------------------------------------------------------

/** ALD-2, 5. */
const mayUse = ({ settings }: WireEstate, pack: WireProductPack): boolean => {
  const { umsVersion, umsId, umsIdRegistered = true } = settings
  const isAssigned = isAtLeast(umsVersion, '6.01.100') && umsIdRegistered && (pack.umsIds ?? []).includes(umsId)
  return isAssigned || pack.aldToken === 'valid'
}

type Gate = readonly [passes: boolean, otherwise: WireReason]

/** Gates 7.1 to 7.10, in their order. */
const packGates = (
  estate: WireEstate,
  today: number,
  device: WireDevice,
  pack: WireProductPack,
  isExchange: boolean,
): ReadonlyArray<Gate> => {
  const knowsEvaluation = isAtLeast(estate.settings.umsVersion, '12.01.110') && isAtLeast(device.osVersion, '11')
  return [
    [!isExchange || lastDay(pack) > lastValidDay(device, pack), 'no-later-pack'],
    [pack.evaluation !== true || knowsEvaluation, 'evaluation-not-supported'],
    [pack.status !== 'merged' && pack.status !== 'archived', 'pack-retired'],
    [mayUse(estate, pack), pack.aldToken === 'invalid' ? 'token-invalid' : 'pack-not-assigned'],
    [pack.active !== false, 'pack-deactivated'],
    [pack.starts === undefined || dayNumber(pack.starts) <= today, 'pack-not-started'],
    [lastDay(pack) >= today, 'pack-expired'],
    [meetsGlobalConditions(estate, device), 'global-conditions-not-met'],
    [meetsConditionsOf(pack, estate, device), 'conditions-not-met'],
    [pack.allocated < pack.total, 'no-free-license'],
  ]
}

/** ALD-44 to 46. */
const compareByRank = (left: WireProductPack, right: WireProductPack): number =>
  right.allocated - left.allocated || compareText(left.registered, right.registered) || compareText(left.id, right.id)

/** Gate 7: the pack of section 8, or the reason of the pack that came furthest. */
const choosePack = (
  estate: WireEstate,
  today: number,
  device: WireDevice,
  type: WireType,
  isExchange: boolean,
): WireProductPack | WireReason => {
  const tested = estate.packs.filter(isOfType(type)).map((pack) => {
    const gates = packGates(estate, today, device, pack, isExchange)
    const failed = gates.findIndex(([passes]) => !passes)
    return { pack, failed, reason: gates[failed]?.[1] }
  })
  const [best] = tested
    .filter(({ reason }) => reason === undefined)
    .map(({ pack }) => pack)
    .sort(compareByRank)
  if (best !== undefined) return best
  const [furthest] = tested.sort(
    (left, right) => right.failed - left.failed || compareText(left.pack.id, right.pack.id),
  )
  return furthest?.reason ?? 'no-pack'
}

// -------------------------------------------------------------------------------------
// bundled licenses and renewal
// -------------------------------------------------------------------------------------

/** ALD-83: from 11.08.440 on version 11, from 12.2 on version 12. Of 13 it says nothing; we read "12.2 or later". */
const takesBundled = ({ osVersion }: WireDevice): boolean =>
  isAtLeast(osVersion, isAtLeast(osVersion, '12') ? '12.2' : '11.08.440')

/** ALD-85 to 87. */
const belongsTo = ({ id, serialNumber }: WireDevice, bundled: WireBundledLicense): boolean =>
  bundled.separatedTo === undefined
    ? serialNumber !== undefined && serialNumber !== '0' && serialNumber === bundled.serialNumber
    : bundled.separatedTo === id

/** ALD-82 to 88: the bundled license that is ready for a device and a type. */
const readyBundled = (
  { settings, bundled = [] }: WireEstate,
  today: number,
  device: WireDevice,
  type: WireType,
): WireBundledLicense | undefined => {
  const { umsVersion, umsIdRegistered = true, hardwareBundledDeployment = false } = settings
  if (!hardwareBundledDeployment || !isAtLeast(umsVersion, '12.02.120') || !umsIdRegistered) return undefined
  if (!takesBundled(device)) return undefined
  // Its type is its licenseType alone, whatever other fields the record has.
  const [last] = bundled
    .filter(({ licenseType }) => isOfType(type)({ licenseType }))
    .filter((license) => belongsTo(device, license) && lastDay(license) >= today)
    .sort((left, right) => (lastDay(left) < lastDay(right) ? 1 : lastDay(left) > lastDay(right) ? -1 : 0))
  return last
}

/** ALD-66, 68: gates 7.2 to 7.7, and no conditions. */
const renewedPack = (
  estate: WireEstate,
  today: number,
  device: WireDevice,
  type: WireType,
): WireProductPack | undefined => {
  const [last] = estate.packs
    .filter(isOfType(type))
    .filter(({ id }) => holdsFrom(device, id).some(isOfType(type)))
    .filter((pack) =>
      packGates(estate, today, device, pack, false)
        .slice(1, 7)
        .every(([passes]) => passes),
    )
    .filter((pack) => lastDay(pack) > lastValidDay(device, type))
    .sort((left, right) =>
      lastDay(left) === lastDay(right) ? compareText(left.id, right.id) : lastDay(left) < lastDay(right) ? 1 : -1,
    )
  return last
}

// -------------------------------------------------------------------------------------
// the gates
// -------------------------------------------------------------------------------------

const KNOWN_TO_UMS_5: ReadonlyArray<LicenseType> = ['udc3', 'uma', 'ud-pocket']

/** Gates 6.1 to 6.4. */
const refusedExchange = (
  { settings }: WireEstate,
  today: number,
  device: WireDevice,
  type: WireType,
): WireReason | undefined => {
  const { umsVersion, licenseExchange = false, exchangeDaysBeforeExpiration = 7 } = settings
  if (!licenseExchange) return isLicensed(device, type, today) ? 'already-licensed' : 'exchange-disabled'
  if (!isAtLeast(umsVersion, '12.01.110')) return 'feature-not-available'
  if (lastValidDay(device, type) === Infinity) return 'perpetual'
  if (lastValidDay(device, type) - today > exchangeDaysBeforeExpiration) return 'not-due'
  return undefined
}

/** Section 5: the gates from top to bottom; the first that it does not pass ends the decision. */
const decide = (estate: WireEstate, now: string, device: WireDevice, type: WireType): WireDeploymentDecision => {
  const { umsVersion, automaticDeployment = false, licenseServerReachable = true } = estate.settings
  const { licenseType } = type
  const today = dayNumber(now)
  const about = { device: device.id, ...(typeOf(type) as { licenseType: LicenseType; addOn?: string }) }

  const none = (reason: WireReason): WireDeploymentDecision => ({ ...about, action: 'none', reason })
  const order = (action: WireAction, from: WireProductPack | WireBundledLicense): WireDeploymentDecision =>
    licenseServerReachable
      ? {
          ...about,
          action,
          ...('id' in from ? { pack: from.id } : {}),
          ...(from.expires === undefined ? {} : { expires: from.expires }),
        }
      : none('license-server-unreachable')

  const bundled = isLicensed(device, type, today) ? undefined : readyBundled(estate, today, device, type)

  if (licenseType === 'icg' || licenseType === 'isl') return none('type-not-supported')
  if (!isAtLeast(umsVersion, KNOWN_TO_UMS_5.includes(licenseType) ? '5.08.100' : '6.01.100'))
    return none('feature-not-available')
  if (!automaticDeployment && bundled === undefined) return none('automatic-deployment-disabled')

  if (device.inRecycleBin === true) return none('in-recycle-bin')
  if (device.unitId === undefined) return none('no-unit-id')
  if (licenseType === 'workspace-edition' && !isAtLeast(device.osVersion, '11')) return none('os-not-eligible')
  if (licenseType === 'add-on' && !isAtLeast(device.osVersion, '11.01.110')) return none('os-not-eligible')

  if ((device.openRequests ?? []).some(isOfType(type))) return none('request-open')
  if (licenseType === 'workspace-edition' && isLicensed(device, { licenseType: 'isl' }, today))
    return none('base-license-present')
  if (licenseType === 'add-on' && !isLicensed(device, { licenseType: 'workspace-edition' }, today))
    return none('base-license-missing')

  if (bundled !== undefined) return order('deploy-bundled', bundled)

  const renewed = renewedPack(estate, today, device, type)
  if (renewed !== undefined) return order('renew', renewed)

  const isExchange = holdsOfType(device, type).length > 0
  const refused = isExchange ? refusedExchange(estate, today, device, type) : undefined
  if (refused !== undefined) return none(refused)

  const chosen = choosePack(estate, today, device, type, isExchange)
  return typeof chosen === 'string' ? none(chosen) : order(isExchange ? 'exchange' : 'assign', chosen)
}

// -------------------------------------------------------------------------------------
// after a decision
// -------------------------------------------------------------------------------------

const dated = (expires: string | undefined) => (expires === undefined ? {} : { expires })

/** Section 11: what the device has after a decision. */
const licensesAfter = (
  { licenses = [] }: WireDevice,
  { licenseType, addOn, action, expires }: WireDeploymentDecision,
  pack: WireProductPack | undefined,
): ReadonlyArray<WireDeviceLicense> => {
  const type = { licenseType, ...(addOn === undefined ? {} : { addOn }) }
  if (action === 'deploy-bundled') return [...licenses, { ...type, source: 'bundled', ...dated(expires) }]
  if (pack === undefined) return licenses
  if (action === 'renew')
    return licenses.map((license) => {
      const isRenewed = license.source === 'pack' && license.pack === pack.id && isOfType(type)(license)
      const { expires: _, ...undated } = license
      return isRenewed ? { ...undated, ...dated(pack.expires) } : license
    })
  const evaluation = pack.evaluation === undefined ? {} : { evaluation: pack.evaluation }
  return [...licenses, { ...type, source: 'pack', pack: pack.id, ...evaluation, ...dated(pack.expires) }]
}

/** Section 11, ALD-52. */
const applied = (estate: WireEstate, decision: WireDeploymentDecision): WireEstate => {
  if (decision.action === 'none') return estate
  const takesOne = decision.action === 'assign' || decision.action === 'exchange'
  const pack = estate.packs.find(({ id }) => id === decision.pack)
  return {
    ...estate,
    packs: estate.packs.map((each) =>
      takesOne && each.id === decision.pack
        ? {
            ...each,
            allocated: each.allocated + 1,
            ...(each.status === 'not-yet-activated' ? { status: 'ready' as const } : {}),
          }
        : each,
    ),
    devices: estate.devices.map((device) =>
      device.id === decision.device ? { ...device, licenses: licensesAfter(device, decision, pack) } : device,
    ),
  }
}

// -------------------------------------------------------------------------------------
// plans
// -------------------------------------------------------------------------------------

/** ALD-108, in the order in which a device takes its turn with them. */
export const typesOf = ({ packs, devices, bundled = [] }: WireEstate): ReadonlyArray<WireType> => {
  const types = [
    ...packs.map(typeOf),
    ...bundled.map(({ licenseType }) => typeOf({ licenseType })),
    ...devices.flatMap(({ licenses = [] }) => licenses.map(typeOf)),
  ]
  return types.filter((type, index) => types.findIndex(isOfType(type)) === index).sort(compareTypes)
}

/** ALD-109. */
const inTheirOrder = (devices: ReadonlyArray<WireDevice>): ReadonlyArray<WireDevice> =>
  [...devices].sort(
    (left, right) =>
      millisecondsOf(left.registered) - millisecondsOf(right.registered) || compareText(left.id, right.id),
  )

/** One decision, and the estate before it was made and after it was applied. */
export type Step = {
  readonly before: WireEstate
  readonly decision: WireDeploymentDecision
  readonly after: WireEstate
}

/** ALD-108, 109: the decisions for some devices or for all; what is not among the actions is not taken (ALD-113). */
export const stepsFor = (
  estate: WireEstate,
  now: string,
  devices?: ReadonlyArray<string>,
  actions: ReadonlyArray<WireAction> = ['assign', 'renew', 'exchange', 'deploy-bundled'],
): ReadonlyArray<Step> => {
  const steps: Array<Step> = []
  let before = estate
  for (const { id } of inTheirOrder(estate.devices).filter((device) => devices?.includes(device.id) ?? true))
    for (const type of typesOf(estate)) {
      const device = before.devices.find((each) => each.id === id)!
      const decision = decide(before, now, device, type)
      const after = actions.includes(decision.action) ? applied(before, decision) : before
      steps.push({ before, decision, after })
      before = after
    }
  return steps
}

/** A plan, step by step. */
export const planStepsByModel = (
  estate: WireEstate,
  now: string,
  devices?: ReadonlyArray<string>,
): ReadonlyArray<Step> => stepsFor(normalizedEstate(estate), now, devices)

export type Plan = { readonly decisions: ReadonlyArray<WireDeploymentDecision>; readonly estate: WireEstate }

/** A plan: every decision, in the order in which they are made, and the estate after them. */
export const planByModel = (estate: WireEstate, now: string, devices?: ReadonlyArray<string>): Plan => {
  const steps = planStepsByModel(estate, now, devices)
  return {
    decisions: steps.map(({ decision }) => decision),
    estate: steps.at(-1)?.after ?? normalizedEstate(estate),
  }
}

export type PackReasons = {
  readonly isExchange: boolean
  readonly packs: ReadonlyArray<{ readonly pack: string; readonly reason?: WireReason }>
}

/** What the pack gates say of every pack of a type, by id, to a device that comes to gate 7 in this very estate. */
export const packReasonsByModel = (
  estate: WireEstate,
  now: string,
  device: string,
  licenseType: LicenseType,
  addOn?: string,
): PackReasons => {
  const type = typeOf({ licenseType, addOn })
  const state = normalizedEstate(estate)
  const found = state.devices.find(({ id }) => id === device)
  if (found === undefined) return { isExchange: false, packs: [] }
  const isExchange = holdsOfType(found, type).length > 0
  return {
    isExchange,
    packs: state.packs
      .filter(isOfType(type))
      .map((pack) => {
        const failed = packGates(state, dayNumber(now), found, pack, isExchange).find(([passes]) => !passes)
        return { pack: pack.id, ...(failed === undefined ? {} : { reason: failed[1] }) }
      })
      .sort((left, right) => compareText(left.pack, right.pack)),
  }
}
