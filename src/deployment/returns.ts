/**
 * What happens to the licenses of a device that is deleted from the UMS (deployment.md, section 13).
 *
 * @since 0.1.0
 */
import { E, O, type RNEA } from '../prelude.js'
import { deletionShape, type Deletion } from '../record/DeploymentEvent.js'
import type { Device } from '../record/Device.js'
import type { Estate } from '../record/Estate.js'
import type { ProductPack } from '../record/ProductPack.js'
import type { Rejection } from '../record/Rejection.js'
import { refusalOf } from '../record/Report.js'
import { gate } from '../rule/Gate.js'
import { climb, type Ladder } from '../rule/Ladder.js'
import type { Count } from '../value/Count.js'
import type { PackId } from '../value/Id.js'
import * as Text from '../value/Text.js'
import { readEstate } from './contradictions.js'
import { osOf, umsOf, type Ums } from './ums.js'
import { packsOf } from './validity.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/**
 * What becomes of the licenses in the license portal, and what on the device.
 *
 * @since 0.1.0
 */
export interface Return {
  readonly status: 'returned' | 'pending' | 'kept' | 'not-available'
  readonly onDevice: 'removed' | 'stays' | 'removed-at-next-connection'
}

/**
 * A device that was deleted: what became of its licenses, the packs that each got one back, and the estate without it.
 *
 * @since 0.1.0
 */
export interface Deleted extends Return {
  readonly freed: ReadonlyArray<PackId>
  readonly estate: Estate
}

interface Case {
  readonly ums: Ums
  readonly device: Device
  readonly deletion: Deletion
}

// -------------------------------------------------------------------------------------
// gates
// -------------------------------------------------------------------------------------

const mayReturn = ({ ums, device }: Case): boolean => ums.has.returns && osOf(device.osVersion).isTwelve

/** Why licenses are not returned; the first line that applies decides. */
const returnLadder: Ladder<Case, Return['status']> = [
  gate('to be deleted', 'ALD-90', 'kept', ({ deletion }) => !deletion.deleteLicenses),
  gate('available', 'ALD-89, ALD-91', 'not-available', (each) => !mayReturn(each)),
  gate('portal', 'ALD-92', 'pending', ({ deletion }) => !deletion.ilpReachable),
]

const refuses = climb(returnLadder)

/** Whether the portal is reached changes nothing on the device (deployment.md, section 13). */
const onDevice = (each: Case): Return['onDevice'] => {
  if (!each.deletion.deleteLicenses || !mayReturn(each)) return 'stays'
  if (each.deletion.online) return 'removed'
  return each.ums.has.offlineReturns ? 'removed-at-next-connection' : 'stays'
}

/** What becomes of the licenses of a device. */
export const returnOf = (each: Case): Return => ({
  status: O.match(
    (): Return['status'] => 'returned',
    ({ reason }: { readonly reason: Return['status'] }) => reason,
  )(refuses(each)),
  onDevice: onDevice(each),
})

/** The packs that get a license back: each counts the unit ID of a device once (ALD-89). */
export const freedBy = ({ status }: Return, device: Device): ReadonlySet<PackId> =>
  status === 'returned' ? packsOf(device) : NO_PACKS

const NO_PACKS: ReadonlySet<PackId> = new Set()

/** The pack with one license less allocated, never below 0 (deployment.md, section 13). */
export const packFreed = (pack: ProductPack): ProductPack => ({
  ...pack,
  allocated: Math.max(0, pack.allocated - 1) as Count,
})

// -------------------------------------------------------------------------------------
// deleting
// -------------------------------------------------------------------------------------

const NO_DELETION = refusalOf(
  'deletion',
  'type',
  'deletion',
  'pass the id of a device, and whether its licenses are deleted, it is online and the portal can be reached',
)

const unknownDevice = ({ device }: Deletion): Rejection => ({
  ...refusalOf('deletion', 'unknown-value', 'deletion.device', 'name the id of a device of the estate'),
  preview: Text.preview(device),
})

/**
 * Deletes a device from an estate, with or without its licenses. An estate that has no such device is
 * an error, as one that contradicts itself is (ALD-114). A pack counts a unit ID once, however many licenses the device holds
 * from it (ALD-89).
 *
 * @example
 * import assert from 'node:assert'
 * import { either as E, function as F } from 'fp-ts'
 * import { Deployment, DeploymentEvent, Estate } from 'seatwise'
 *
 * const decoded = Estate.decode({
 *   settings: { umsVersion: '12.10.100', umsId: 'ums-1' },
 *   packs: [{ id: 'P-1', licenseType: 'workspace-edition', total: 50, allocated: 12, registered: '2026-02-01' }],
 *   devices: [
 *     {
 *       id: 'd-1', osVersion: '12.5.0', registered: '2026-03-10T08:00:00Z',
 *       licenses: [{ licenseType: 'workspace-edition', source: 'pack', pack: 'P-1' }],
 *     },
 *   ],
 * })
 * const given = { at: '2026-06-01T09:00:00Z', kind: 'delete', device: 'd-1', deleteLicenses: true, online: true, ilpReachable: true }
 * const event = DeploymentEvent.DeploymentEvent.decode(given)
 * if (E.isRight(decoded) && E.isRight(event) && event.right.kind === 'delete') {
 *   const deleted = F.pipe(
 *     Deployment.deleteDevice(decoded.right.right, event.right),
 *     E.map(({ status, onDevice, estate }) => [status, onDevice, estate.packs.map(({ allocated }) => allocated)]),
 *   )
 *   assert.deepStrictEqual(deleted, E.right(['returned', 'removed', [11]]))
 * }
 *
 * @since 0.1.0
 */
export const deleteDevice = (
  given: Estate,
  deletion: Deletion,
): E.Either<RNEA.ReadonlyNonEmptyArray<Rejection>, Deleted> => {
  const read = readEstate(given, deletionShape.is(deletion) ? [] : [NO_DELETION])
  if (E.isLeft(read)) return read
  const { estate } = read.right
  const device = estate.devices.find(({ id }) => id === deletion.device)
  if (device === undefined) return E.left([unknownDevice(deletion)])
  const returned = returnOf({ ums: umsOf(estate.settings), device, deletion })
  const held = freedBy(returned, device)
  return E.right({
    ...returned,
    freed: estate.packs.filter(({ id }) => held.has(id)).map(({ id }) => id),
    estate: {
      ...estate,
      packs: held.size === 0 ? estate.packs : estate.packs.map((pack) => (held.has(pack.id) ? packFreed(pack) : pack)),
      devices: estate.devices.filter(({ id }) => id !== deletion.device),
    },
  })
}
