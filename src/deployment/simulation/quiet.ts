/**
 * Which days matter to a device, so that a check of all devices need not look at all of them.
 *
 * INVARIANT: what a decision depends on besides the device, the packs and the settings is which of these days have come: the
 * day after a license of the device ends, the day on which its exchange is due, and the day on which a pack starts. That a
 * pack ends, or that more of it is allocated, never turns `none` into an action. So a device for which nothing was done
 * stays quiet until the earliest of its days, unless a pack starts, or an event changes the device, a pack or the settings.
 */
import type { Device } from '../../record/Device.js'
import type { ProductPack } from '../../record/ProductPack.js'
import type { Day } from '../../value/Day.js'

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

/** Does a pack start after one day and by another? */
export const startsBetween = (packs: Iterable<ProductPack>, after: number, by: number): boolean => {
  for (const { starts } of packs) if (starts !== undefined && starts > after && starts <= by) return true
  return false
}

/** Does a pack start or end between two days, so that it is not on the later day what it was on the earlier? */
export const changesBetween = (packs: Iterable<ProductPack>, before: number, now: number): boolean => {
  for (const { starts, expires } of packs)
    if (
      (starts !== undefined && starts > before && starts <= now) ||
      (expires !== undefined && expires >= before && expires < now)
    )
      return true
  return false
}
