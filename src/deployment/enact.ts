/**
 * Carrying operations out on the records of an estate: all of a plan, or as far as it got (deployment.md, section 11).
 *
 * Laws:
 *
 * 1. Effect: enacting all operations of a plan on its estate gives the estate of the plan
 * 2. Once: enacting operations twice is enacting them once
 * 3. Composition: enacting a prefix and then all of it is enacting all of it
 *
 * @since 0.1.0
 */
import { E } from '../prelude.js'
import type { DeploymentOperation } from '../record/DeploymentOperation.js'
import type { Device } from '../record/Device.js'
import type { Estate } from '../record/Estate.js'
import * as LicenseType from '../record/LicenseType.js'
import type { ProductPack } from '../record/ProductPack.js'
import { deviceAfter, holdsRenewed, packAfter, takesLicense } from './apply.js'
import { readEstate } from './contradictions.js'
import { hasFree } from './packGates.js'
import { lastDayOf, lastValidDay } from './validity.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/**
 * Why an operation was not carried out: it is `done`, since the device is licensed for as long already (every operation
 * moves the last valid day forward); or the device, the license to renew or the pack is gone, or the pack is of another type;
 * or it has no free license any more; or the estate contradicts itself, so that nothing can be carried out on it.
 *
 * @since 0.1.0
 */
export type SkipReason = 'done' | 'unknown-device' | 'unknown-pack' | 'not-held' | 'no-free-license' | 'contradiction'

/**
 * An operation that was not carried out.
 *
 * @since 0.1.0
 */
export interface SkippedOperation {
  readonly operation: DeploymentOperation
  readonly reason: SkipReason
}

/**
 * The estate as it is then, and what was not carried out.
 *
 * @since 0.1.0
 */
export interface Enacted {
  readonly estate: Estate
  readonly skipped: ReadonlyArray<SkippedOperation>
}

// -------------------------------------------------------------------------------------
// enacting
// -------------------------------------------------------------------------------------

/**
 * Applies operations to an estate, in their order. One that is done already changes nothing, and one whose device or pack
 * is gone or full by now is skipped with a reason.
 *
 * @example
 * import assert from 'node:assert'
 * import { either as E, function as F } from 'fp-ts'
 * import { Deployment, DeploymentOperation, Estate } from 'seatwise'
 *
 * const decoded = Estate.decode({
 *   settings: { umsVersion: '12.10.100', umsId: 'ums-1' },
 *   packs: [],
 *   devices: [{ id: 'd-1', osVersion: '12.5.0', registered: '2026-03-10T08:00:00Z' }],
 * })
 * const operation = DeploymentOperation.DeploymentOperation.decode({
 *   key: 'k-1', action: 'deploy-bundled', device: 'd-1', license: { licenseType: 'workspace-edition', source: 'bundled' },
 * })
 * const twice = F.pipe(
 *   E.Do,
 *   E.bind('estate', () => F.pipe(decoded, E.map(({ right }) => right), E.mapLeft(() => 'estate'))),
 *   E.bind('operation', () => F.pipe(operation, E.mapLeft(() => 'operation'))),
 *   E.map(({ estate, operation }) => Deployment.enact(estate, [operation, operation])),
 *   E.map(({ estate, skipped }) => [estate.devices.map(({ licenses }) => licenses?.length), skipped.map(({ reason }) => reason)]),
 * )
 * assert.deepStrictEqual(twice, E.right([[1], ['done']]))
 *
 * @since 0.1.0
 */
export const enact = (given: Estate, operations: ReadonlyArray<DeploymentOperation>): Enacted => {
  const read = readEstate(given, [])
  if (E.isLeft(read))
    return { estate: given, skipped: operations.map((operation) => ({ operation, reason: 'contradiction' })) }
  const { estate } = read.right
  const wanted = new Set(operations.map(({ device }) => device))
  const devices = new Map<string, Device>(
    estate.devices.filter(({ id }) => wanted.has(id)).map((device) => [device.id, device]),
  )
  const packs = new Map<string, ProductPack>(estate.packs.map((pack) => [pack.id, pack]))
  const skipped: Array<SkippedOperation> = []

  /** Changes the device and the pack, or says why not. */
  const apply = (operation: DeploymentOperation): SkipReason | undefined => {
    const { action, license } = operation
    const device = devices.get(operation.device)
    if (device === undefined) return 'unknown-device'
    if (action === 'renew' && !holdsRenewed(device, operation)) return 'not-held'
    if (lastValidDay(device, license) >= lastDayOf(license)) return 'done'
    if (takesLicense(operation)) {
      const pack = license.pack === undefined ? undefined : packs.get(license.pack)
      if (pack === undefined || !LicenseType.equals(pack, license)) return 'unknown-pack'
      if (!hasFree(pack, pack.allocated)) return 'no-free-license'
      packs.set(pack.id, packAfter(pack, pack.allocated + 1))
    }
    devices.set(device.id, deviceAfter(device, operation))
    return undefined
  }

  for (const operation of operations) {
    const reason = apply(operation)
    if (reason !== undefined) skipped.push({ operation, reason })
  }
  if (skipped.length === operations.length) return { estate, skipped }
  return {
    estate: {
      ...estate,
      packs: estate.packs.map((pack) => packs.get(pack.id) ?? pack),
      devices: estate.devices.map((device) => devices.get(device.id) ?? device),
    },
    skipped,
  }
}
