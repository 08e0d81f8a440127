/**
 * The devices of a simulated estate, each in its slot: by the day on which it has to be looked at, by what it looked for in
 * vain, and by the packs that it holds licenses from (quiet.ts). Nobody goes through all devices to find a few.
 */
import type { Device } from '../../record/Device.js'
import { append } from '../../value/Lists.js'
import type { DeviceId, PackId } from '../../value/Id.js'
import { compareDevices, turnsOf } from '../turnOrder.js'
import { packsOf } from '../validity.js'
import { ASLEEP, AWAKE, EVERYBODY, NOBODY, NOTHING } from './quiet.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** A device in its place. */
export interface Slot {
  readonly device: Device
  /** The day before which the passing of days changes nothing for it. */
  readonly quietUntil: number
  /** What it looked for in vain when all were checked. */
  readonly wants: number
}

export interface Slots {
  readonly get: (id: DeviceId) => Slot | undefined
  readonly devices: () => ReadonlyArray<Device>
  /** Adds a device, or puts it in the place of the one with its id. */
  readonly put: (device: Device) => void
  readonly remove: (id: DeviceId) => void
  /** Puts a device in its own place, which plays no part in any decision that was made about it. */
  readonly replace: (slot: Slot, device: Device) => void
  /** What was found out about the device is void: something about it is new. */
  readonly wake: (slot: Slot) => void
  /** Nothing can be done for the device before a day, but what it wants may wake it. */
  readonly settle: (slot: Slot, until: number, wants: number) => void
  /** Those of whom a day has come, or who want at least that much, in the order of their turns. Each day comes once. */
  readonly due: (today: number, restless: number) => ReadonlyArray<Slot>
  /** A device was given a license from a pack. */
  readonly noteLicense: (slot: Slot, pack: PackId) => void
  /** Those that hold a license from a pack. */
  readonly holdersOf: (pack: PackId) => ReadonlyArray<Slot>
}

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

/** Slots are the one thing here that changes in place. */
type Changing = { -readonly [K in keyof Slot]: Slot[K] }

const slotOf = (device: Device): Slot => ({ device, quietUntil: AWAKE, wants: NOTHING })

/** By the order of their turns. */
export const compareSlots = (a: Slot, b: Slot): number => compareDevices(a.device, b.device)

const allInTurn = (slots: ReadonlyArray<Slot>): ReadonlyArray<Slot> => {
  const ordered: Array<Slot> = []
  for (const place of turnsOf(slots.map(({ device }) => device))) {
    const slot = slots[place]
    if (slot !== undefined) ordered.push(slot)
  }
  return ordered
}

export const slotsOf = (given: ReadonlyArray<Device>): Slots => {
  const slots = new Map<DeviceId, Slot>()
  for (const device of given) slots.set(device.id, slotOf(device))
  const byDay = new Map<number, Array<Slot>>()
  const wanting = new Set<Slot>()
  let [awake, seen]: [Array<Slot>, number] = [[], AWAKE]
  // Made when it is first asked for; who no longer holds a license from the pack may stand there, and who stands there twice.
  let byPack: Map<PackId, Array<Slot>> | undefined

  const noteAll = (index: Map<PackId, Array<Slot>>, slot: Slot): void => {
    for (const { source, pack } of slot.device.licenses ?? [])
      if (source === 'pack' && pack !== undefined) append(index, pack, slot)
  }

  const indexed = (): Map<PackId, Array<Slot>> => {
    const index = new Map<PackId, Array<Slot>>()
    for (const slot of slots.values()) noteAll(index, slot)
    return index
  }

  const wake = (slot: Slot): void => {
    const own: Changing = slot
    if (own.quietUntil !== AWAKE) awake.push(own)
    own.quietUntil = AWAKE
  }

  /** INVARIANT: whoever is in the list of a day that is not his any more is in that of his own, which lies behind today. */
  const dueBy = (today: number): ReadonlyArray<Slot> => {
    const found = awake.filter(({ quietUntil }) => quietUntil === AWAKE)
    awake = []
    if (today !== seen)
      for (const [day, waiting] of byDay)
        if (day <= today) {
          for (const slot of waiting) if (slot.quietUntil === day) found.push(slot)
          byDay.delete(day)
        }
    seen = today
    return found
  }

  return {
    get: (id) => slots.get(id),
    devices: () => Array.from(slots.values(), ({ device }) => device),
    put: (device) => {
      const known: Changing | undefined = slots.get(device.id)
      const slot = known ?? slotOf(device)
      if (known === undefined) {
        slots.set(device.id, slot)
        awake.push(slot)
      } else {
        known.device = device
        wake(known)
      }
      if (byPack !== undefined) noteAll(byPack, slot)
    },
    remove: (id) => {
      const known: Changing | undefined = slots.get(id)
      if (known === undefined) return
      slots.delete(id)
      wanting.delete(known)
      known.quietUntil = ASLEEP
    },
    replace: (slot, device) => {
      const own: Changing = slot
      own.device = device
    },
    wake,
    settle: (slot, until, wants) => {
      const own: Changing = slot
      if (until === AWAKE) awake.push(slot)
      else if (until < ASLEEP) append(byDay, until, slot)
      if (wants !== NOTHING) wanting.add(slot)
      else if (slot.wants !== NOTHING) wanting.delete(slot)
      own.quietUntil = until
      own.wants = wants
    },
    due: (today, restless) => {
      const ready = dueBy(today)
      if (restless === EVERYBODY) return allInTurn([...slots.values()])
      if (restless === NOBODY && ready.length === 0) return ready
      const woken = restless === NOBODY ? [] : [...wanting].filter(({ wants }) => wants >= restless)
      return [...new Set([...ready, ...woken])].sort(compareSlots)
    },
    noteLicense: (slot, pack) => {
      if (byPack !== undefined) append(byPack, pack, slot)
    },
    holdersOf: (pack) => {
      byPack ??= indexed()
      return [...new Set(byPack.get(pack))].filter(
        (slot) => slots.get(slot.device.id) === slot && packsOf(slot.device).has(pack),
      )
    },
  }
}
