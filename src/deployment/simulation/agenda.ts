/**
 * Which devices are to be checked when: an agenda of single checks, the earliest first.
 */
import type { Device } from '../../record/Device.js'
import type { DeviceId } from '../../value/Id.js'
import { dueByBoot, dueByRegistration } from '../schedule.js'
import type { Ums } from '../ums.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** A check of a device that was due when it was written down. */
export interface Entry {
  readonly due: number
  readonly device: DeviceId
}

/** Checks that were written down, the earliest first; at one time in the order in which they came. */
export interface Agenda {
  readonly add: (entries: ReadonlyArray<Entry>) => void
  /** The time of the earliest entry; infinite, where there is none. */
  readonly next: () => number
  /** Takes away what is due at a time or before it. */
  readonly upTo: (time: number) => ReadonlyArray<Entry>
}

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

const byDue = (a: Entry, b: Entry): number => a.due - b.due

export const emptyAgenda = (): Agenda => {
  let [entries, read]: readonly [Array<Entry>, number] = [[], 0] as const
  const after = (due: number): number => {
    let [low, high] = [read, entries.length]
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((entries[middle]?.due ?? Infinity) <= due) low = middle + 1
      else high = middle
    }
    return low
  }
  return {
    add: (added) => {
      const [one] = added
      if (one !== undefined && added.length === 1) entries.splice(after(one.due), 0, one)
      else entries = entries.slice(read).concat(added).sort(byDue)
      if (added.length !== 1) read = 0
    },
    next: () => entries[read]?.due ?? Infinity,
    upTo: (time) => {
      const end = after(time)
      const taken = entries.slice(read, end)
      read = end
      if (read > entries.length / 2) [entries, read] = [entries.slice(read), 0]
      return taken
    },
  }
}

/** The check that the registration of a device makes due (ALD-64). */
export const afterRegistration = (device: Device, lastFullCheck: number): ReadonlyArray<Entry> =>
  entryAt(device, dueByRegistration(device, lastFullCheck))

/** The check that the last boot of a device makes due (ALD-65). */
export const afterBoot = (ums: Ums, device: Device, lastFullCheck: number): ReadonlyArray<Entry> =>
  entryAt(device, dueByBoot(ums, device, lastFullCheck))

const entryAt = ({ id: device }: Device, due: number | undefined): ReadonlyArray<Entry> =>
  due === undefined ? [] : [{ due, device }]

/** Is what was written down still so: has the device not been started or registered anew, or seen by a full check? */
export const isStillDue = ({ due }: Entry, ums: Ums, device: Device, lastFullCheck: number): boolean =>
  dueByRegistration(device, lastFullCheck) === due || dueByBoot(ums, device, lastFullCheck) === due
