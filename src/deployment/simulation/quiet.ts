/**
 * What has to happen before anything can be done for a device, so that a check of all devices need not look at all of them.
 *
 * INVARIANT: a device for which nothing was done stays quiet
 *
 * - until the earliest of its days: the day after a license of it ends, and the day on which its exchange is due; and
 * - unless it, or a setting, becomes another; and
 * - unless a pack that it holds a license from becomes another or starts, for that may renew it (gate 5); and
 * - if it came to the packs and none passed (gate 7), unless any pack becomes another or starts; if one passed but for a free
 *   license, also unless one that had none is freed of one.
 *
 * That a pack ends or is removed, or that more of it is allocated, never turns `none` into an action. Whoever did not come to
 * the packs does not look at them.
 */
import type { DeploymentReason } from '../../record/DeploymentDecision.js'
import type { Device } from '../../record/Device.js'
import type { ProductPack } from '../../record/ProductPack.js'
import type { Day } from '../../value/Day.js'
import { packLadder } from '../packGates.js'

// -------------------------------------------------------------------------------------
// what is looked for
// -------------------------------------------------------------------------------------

/**
 * What a device looked for in vain, as a number that says how much can wake it: nothing, for it came to no pack; a pack, for
 * none passed; or, on top of that, no more than a free license of one.
 */
export const [NOTHING, A_PACK, A_LICENSE] = [0, 1, 2] as const

/** Who is looked at though none of his days has come: who wants at least that much. Everybody wants at least nothing. */
export const [EVERYBODY, NOBODY] = [NOTHING, A_LICENSE + 1] as const

const ofPacks: ReadonlySet<DeploymentReason> = new Set<DeploymentReason>([
  'no-pack',
  ...packLadder.flatMap((rung) => (rung._tag === 'Gate' ? rung.reasons : [])),
])

/** What is looked for in vain where nothing is done for a reason. */
export const wantedBy = (reason: DeploymentReason): number =>
  reason === 'no-free-license' ? A_LICENSE : ofPacks.has(reason) ? A_PACK : NOTHING

// -------------------------------------------------------------------------------------
// days
// -------------------------------------------------------------------------------------

/** Before every day and after every day, as whole numbers: they are compared for every device every day. */
export const [AWAKE, ASLEEP] = [-(2 ** 30), 2 ** 30] as const

/** The first day after today on which a license of the device ends, or comes so close to its end that it can be exchanged. */
export const quietUntil = ({ licenses = [] }: Device, today: Day, exchangeDays: number): number => {
  let until: number = ASLEEP
  for (const { expires } of licenses) {
    if (expires === undefined) continue
    if (expires - exchangeDays > today) until = Math.min(until, expires - exchangeDays)
    else if (expires >= today) until = Math.min(until, expires + 1)
  }
  return until
}

/** The packs that start after one day and by another. */
export const startingBetween = (
  packs: Iterable<ProductPack>,
  after: number,
  by: number,
): ReadonlyArray<ProductPack> => {
  const starting: Array<ProductPack> = []
  for (const pack of packs)
    if (pack.starts !== undefined && pack.starts > after && pack.starts <= by) starting.push(pack)
  return starting
}

/** The first day on which a pack is not what it was on a day: it starts, or has ended. */
export const changesAfter = (packs: Iterable<ProductPack>, day: number): number => {
  let first: number = ASLEEP
  for (const { starts, expires } of packs) {
    if (starts !== undefined && starts > day) first = Math.min(first, starts)
    if (expires !== undefined && expires >= day) first = Math.min(first, expires + 1)
  }
  return first
}
