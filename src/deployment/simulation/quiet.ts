/**
 * What has to happen before anything can be done for a device, so that a check of all devices need not look at all of them.
 *
 * INVARIANT: a device for which nothing was done stays quiet
 *
 * - until the earliest of its days: where licenses are exchanged, the day on which that of one of its licenses is due; where
 *   bundled licenses are deployed, the day after one of its licenses ends, for a bundled one can follow it (gate 4); and the
 *   day after a license ends that keeps it from another type (gate 3); and
 * - unless it, or a setting, becomes another; and
 * - unless a pack that it holds a license from becomes another or starts, for that may renew it (gate 5); and
 * - if it came to the packs and none passed (gate 7), unless any pack becomes another or starts; if one passed but for a free
 *   license, also unless one that had none is freed of one.
 *
 * That a pack ends or is removed, or that more of it is allocated, never turns `none` into an action, nor does the end of a
 * license else: who held it holds it still, expired, and who needed it as a base has none. Whoever did not come to the packs
 * does not look at them.
 */
import type { DeploymentReason } from '../../record/DeploymentDecision.js'
import type { Device } from '../../record/Device.js'
import type { ProductPack } from '../../record/ProductPack.js'
import type { Day } from '../../value/Day.js'
import { packLadder } from '../packGates.js'
import { deploysBundled, type Ums } from '../ums.js'

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

/** Which days of a license matter. */
export interface Calendar {
  /** So many days before its end a license can be exchanged; never, where none is. */
  readonly exchangeDays: number
  /** Whether anything may follow the end of any license. */
  readonly mindsEnds: boolean
}

export const calendarOf = (ums: Ums, hasBundled: boolean): Calendar => ({
  exchangeDays: ums.licenseExchange && ums.has.exchange ? ums.exchangeDaysBeforeExpiration : -Infinity,
  mindsEnds: hasBundled && deploysBundled(ums),
})

/** The first day after today on which a license of the device can be exchanged, or ends so that something may follow. */
export const quietUntil = ({ licenses }: Device, today: Day, { exchangeDays, mindsEnds }: Calendar): number => {
  let until: number = ASLEEP
  if (licenses === undefined) return until
  for (const { licenseType, expires } of licenses) {
    if (expires === undefined) continue
    const due = expires - exchangeDays
    if (due > today && due < until) until = due
    if ((mindsEnds || licenseType === 'isl') && expires >= today && expires < until) until = expires + 1
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
