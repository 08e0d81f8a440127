/**
 * The devices of a simulated estate, each in its slot: in the order of their turns, by the packs that they hold licenses from,
 * and with what has to happen before anything can be done for them (quiet.ts).
 */
import type { Device } from '../../record/Device.js'
import type { DeviceId, PackId } from '../../value/Id.js'
import { compareDevices, turnsOf } from '../turns.js'
import { packsOf } from '../validity.js'
import { ASLEEP, AWAKE, NOTHING } from './quiet.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** A device in its place. */
export interface Slot {
  device: Device
  /** The day before which the passing of days changes nothing for it. */
  quietUntil: number
  /** What it looked for in vain when all were checked. */
  wants: number
}

/** What was found out about the device is void: something about it is new. */
export const wake = (slot: Slot): void => {
  Object.assign(slot, { quietUntil: AWAKE })
}

export interface Slots {
  readonly get: (id: DeviceId) => Slot | undefined
  readonly devices: () => ReadonlyArray<Device>
  /** Adds a device, or puts it in the place of the one with its id. */
  readonly put: (device: Device) => void
  readonly remove: (id: DeviceId) => void
  /** In the order in which the devices take their turn; among them some that are gone, and sleep for good. */
  readonly inOrder: () => ReadonlyArray<Slot>
  /** A device holds licenses that it did not hold before. */
  readonly noteLicenses: (device: Device) => void
  /** Those that hold a license from a pack. */
  readonly holdersOf: (pack: PackId) => ReadonlyArray<Slot>
}

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

const slotOf = (device: Device): Slot => ({ device, quietUntil: AWAKE, wants: NOTHING })

const compare = (a: Slot, b: Slot): number => compareDevices(a.device, b.device)

/** The device is gone: nothing wakes the slot that it leaves. INVARIANT: whoever wants less than nothing is not looked at. */
const leave = (slot: Slot): void => {
  Object.assign(slot, { quietUntil: ASLEEP, wants: NOTHING - 1 })
}

const isThere = ({ wants }: Slot): boolean => wants >= NOTHING

/** A list in order with a few more: what is there already is moved as it stands. */
const merged = (order: ReadonlyArray<Slot>, added: ReadonlyArray<Slot>): ReadonlyArray<Slot> => {
  const all: Array<Slot> = []
  let next = 0
  for (const slot of added) {
    const place = placeOf(order, slot, next)
    for (const known of order.slice(next, place)) all.push(known)
    all.push(slot)
    next = place
  }
  for (const known of order.slice(next)) all.push(known)
  return all
}

/** The place behind all that come before a slot, from a place on. */
const placeOf = (order: ReadonlyArray<Slot>, slot: Slot, from: number): number => {
  let [low, high] = [from, order.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    const other = order[middle]
    if (other !== undefined && compare(other, slot) < 0) low = middle + 1
    else high = middle
  }
  return low
}

export const slotsOf = (given: ReadonlyArray<Device>): Slots => {
  // Slots are gone through in this order day by day, and so they are made in it.
  let order: ReadonlyArray<Slot> = turnsOf(given)
    .flatMap((place) => given[place] ?? [])
    .map(slotOf)
  const made = new Map(order.map((slot): readonly [DeviceId, Slot] => [slot.device.id, slot]))
  const slots = new Map<DeviceId, Slot>()
  for (const { id } of given) {
    const slot = made.get(id)
    if (slot !== undefined) slots.set(id, slot)
  }
  let added: Array<Slot> = []
  let gone = 0
  // Made when it is first asked for; a device that no longer holds a license from the pack may stand in it.
  let byPack: Map<PackId, Set<DeviceId>> | undefined

  const noteIn = (known: Map<PackId, Set<DeviceId>>, { id, licenses = [] }: Device): void => {
    for (const pack of packsOf({ licenses })) {
      const holders = known.get(pack)
      if (holders === undefined) known.set(pack, new Set([id]))
      else holders.add(id)
    }
  }

  const noteLicenses = (device: Device): void => {
    if (byPack !== undefined) noteIn(byPack, device)
  }

  const holders = (): ReadonlyMap<PackId, ReadonlySet<DeviceId>> => {
    if (byPack === undefined) {
      byPack = new Map()
      for (const { device } of slots.values()) noteIn(byPack, device)
    }
    return byPack
  }

  const remove = (slot: Slot): void => {
    leave(slot)
    gone += 1
  }

  return {
    get: (id) => slots.get(id),
    devices: () => Array.from(slots.values(), ({ device }) => device),
    put: (device) => {
      const known = slots.get(device.id)
      noteLicenses(device)
      if (known?.device.registered === device.registered) {
        known.device = device
        wake(known)
        return
      }
      if (known !== undefined) remove(known)
      const slot = slotOf(device)
      slots.set(device.id, slot)
      added.push(slot)
    },
    remove: (id) => {
      const known = slots.get(id)
      if (known === undefined) return
      slots.delete(id)
      remove(known)
    },
    inOrder: () => {
      if (gone > order.length / 2) {
        order = order.filter(isThere)
        gone = 0
      }
      if (added.length > 0) {
        order = merged(order, added.filter(isThere).sort(compare))
        added = []
      }
      return order
    },
    noteLicenses,
    holdersOf: (pack) =>
      [...(holders().get(pack) ?? [])].flatMap((id) => {
        const slot = slots.get(id)
        return slot !== undefined && packsOf(slot.device).has(pack) ? [slot] : []
      }),
  }
}
