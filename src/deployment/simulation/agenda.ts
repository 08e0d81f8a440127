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
  readonly add: (entry: Entry) => void
  /** The time of the earliest entry; infinite, where there is none. */
  readonly next: () => number
  /** Takes away what is due at a time or before it. */
  readonly upTo: (time: number) => ReadonlyArray<Entry>
}

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

const byDue = (a: Entry, b: Entry): number => a.due - b.due

export const agendaOf = (given: ReadonlyArray<Entry>): Agenda => {
  let [entries, read]: readonly [Array<Entry>, number] = [[...given].sort(byDue), 0] as const
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
    add: (entry) => {
      entries.splice(after(entry.due), 0, entry)
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

/** The single checks that devices are due for at the start, as far as the last full check has not seen them (ALD-64, 65). */
export const dueAtStart = (ums: Ums, devices: ReadonlyArray<Device>, lastFullCheck: number): ReadonlyArray<Entry> => {
  const entries: Array<Entry> = []
  for (const device of devices) {
    const registered = dueByRegistration(device, lastFullCheck)
    const booted = dueByBoot(ums, device, lastFullCheck)
    if (registered !== undefined) entries.push({ due: registered, device: device.id })
    if (booted !== undefined) entries.push({ due: booted, device: device.id })
  }
  return entries
}
