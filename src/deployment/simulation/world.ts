/**
 * The estate while a simulation goes on. It changes in place, and nobody outside sees it: histories tell it in records that
 * do not change. A check of all devices looks only at those that are not quiet.
 */
import type { DeploymentDecision } from '../../record/DeploymentDecision.js'
import type { DeploymentOperation } from '../../record/DeploymentOperation.js'
import type { DeploymentSettings } from '../../record/DeploymentSettings.js'
import type { Device } from '../../record/Device.js'
import type { Estate } from '../../record/Estate.js'
import type { ProductPack } from '../../record/ProductPack.js'
import * as Day from '../../value/Day.js'
import type { DeviceId, PackId } from '../../value/Id.js'
import type { Instant } from '../../value/Instant.js'
import { packAfter, takesLicense } from '../apply.js'
import { packFreed } from '../returns.js'
import { sceneOf, typesOf, type Scene } from '../decide.js'
import { compareDevices, EVERY_ACTION, turnsAt, type Hearing } from '../turns.js'
import { umsOf, type Ums } from '../ums.js'
import { packsOf } from '../validity.js'
import type { Taken } from './history.js'
import { ASLEEP, AWAKE, changesBetween, quietUntil, startsBetween } from './quiet.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** A device in its place, and the day before which nothing can be done for it. */
interface Slot {
  device: Device
  quietUntil: number
}

/** The days that a device was seen for are void: something about it is new. */
const wake = (slot: Slot, device: Device): void => {
  Object.assign(slot, { device, quietUntil: AWAKE })
}

type Action = DeploymentDecision['action']

export interface World {
  readonly ums: () => Ums
  readonly device: (id: DeviceId) => Device | undefined
  readonly pack: (id: PackId) => ProductPack | undefined
  readonly estate: () => Estate
  readonly setSettings: (change: (settings: DeploymentSettings) => DeploymentSettings) => void
  /** Adds a pack, or puts it in the place of the one with its id. */
  readonly setPack: (pack: ProductPack) => void
  readonly removePack: (id: PackId) => void
  /** One license less is allocated of a pack; false, where it is not registered. */
  readonly freeLicense: (id: PackId) => boolean
  /** Adds a device, or puts it in the place of the one with its id. What was decided about it holds no longer. */
  readonly setDevice: (device: Device) => void
  /** Writes down what takes no part in any decision. */
  readonly noteBoot: (id: DeviceId, at: Instant) => void
  readonly removeDevice: (id: DeviceId) => void
  readonly holdersOf: (pack: PackId) => ReadonlyArray<DeviceId>
  /** Decides about some devices, in their order, and takes the actions named. */
  readonly check: (at: Instant, devices: ReadonlySet<DeviceId>, takes: ReadonlySet<Action>) => Taken
  /** Decides about all devices, in their order, and takes every action. */
  readonly checkAll: (at: Instant) => Taken
}

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

export const worldOf = (given: Estate): World => {
  let { settings } = given
  let ums = umsOf(settings)
  const packs = new Map(given.packs.map((pack) => [pack.id, pack]))
  const slots = new Map(
    given.devices.map((device): readonly [DeviceId, Slot] => [device.id, { device, quietUntil: AWAKE }]),
  )
  let order = [...slots.values()]
  let isInOrder = false
  let scene: Scene | undefined
  /** Whether anything but the passing of days can have changed a decision, and how far the days were seen. */
  let [isRestless, seenUntil, quietestUntil]: readonly [boolean, number, number] = [true, AWAKE, AWAKE] as const

  const estate = (): Estate => ({
    ...given,
    settings,
    packs: [...packs.values()],
    devices: [...slots.values()].map(({ device }) => device),
  })

  /**
   * Only of packs and bundled licenses can anything be given out, so only their types are decided. INVARIANT: on a later
   * day the shelves still say what they said, unless a pack has started or ended since.
   */
  const sceneOn = (today: Day.Day): Scene => {
    if (scene !== undefined && scene.today <= today && !changesBetween(packs.values(), scene.today, today))
      scene = scene.today === today ? scene : { ...scene, today }
    else {
      const without = { ...given, settings, packs: [...packs.values()], devices: [] }
      scene = sceneOf(without, today, typesOf(without), 'compiled')
    }
    return scene
  }

  /** A pack or a setting is another one: every device may get another decision. */
  const stir = (): void => {
    scene = undefined
    isRestless = true
  }

  const inOrder = (): ReadonlyArray<Slot> => {
    if (!isInOrder) {
      // From the order before, which is nearly that of now: then sorting is one pass.
      order = order
        .filter((slot) => slots.get(slot.device.id) === slot)
        .sort((a, b) => compareDevices(a.device, b.device))
      isInOrder = true
    }
    return order
  }

  /** How a device takes its turn at an instant; whether anything was done for it. */
  const visits = (at: Instant, takes: ReadonlySet<Action>, taken: GrowingTaken): ((slot: Slot) => boolean) => {
    const hearing: Hearing = {
      operation: (operation, decision) => {
        taken.decisions.push(decision)
        taken.operations.push(operation)
        const pack = operation.license.pack === undefined ? undefined : packs.get(operation.license.pack)
        if (pack !== undefined && takesLicense(operation)) packs.set(pack.id, packAfter(pack, pack.allocated + 1))
      },
    }
    const turn = turnsAt(sceneOn(Day.ofInstant(at)), at, hearing, takes)
    return (slot) => {
      const after = turn(slot.device)
      if (after === slot.device) return false
      wake(slot, after)
      quietestUntil = AWAKE
      return true
    }
  }

  return {
    ums: () => ums,
    device: (id) => slots.get(id)?.device,
    pack: (id) => packs.get(id),
    estate,
    setSettings: (change) => {
      settings = change(settings)
      ums = umsOf(settings)
      stir()
    },
    setPack: (pack) => {
      packs.set(pack.id, pack)
      stir()
    },
    removePack: (id) => {
      if (packs.delete(id)) stir()
    },
    freeLicense: (id) => {
      const pack = packs.get(id)
      if (pack === undefined) return false
      const freed = packFreed(pack)
      packs.set(id, freed)
      // Only the count on its shelf is another one; but whoever found no free license may find one now.
      for (const { shelf } of scene?.shelves ?? []) if (shelf.byId(id) !== undefined) shelf.count(id, freed.allocated)
      isRestless = true
      return true
    },
    setDevice: (device) => {
      const slot = slots.get(device.id)
      quietestUntil = AWAKE
      if (slot?.device.registered !== device.registered) isInOrder = false
      if (slot === undefined) {
        const added = { device, quietUntil: AWAKE }
        slots.set(device.id, added)
        order.push(added)
      } else wake(slot, device)
    },
    noteBoot: (id, lastBoot) => {
      const slot = slots.get(id)
      if (slot !== undefined) slot.device = { ...slot.device, lastBoot }
    },
    removeDevice: (id) => {
      if (slots.delete(id)) isInOrder = false
    },
    holdersOf: (pack) =>
      [...slots.values()].flatMap(({ device: { id, licenses = [] } }) => (packsOf({ licenses }).has(pack) ? [id] : [])),
    check: (at, devices, takes) => {
      const taken: GrowingTaken = { decisions: [], operations: [] }
      const chosen = [...devices].flatMap((id) => slots.get(id) ?? [])
      chosen.sort((a, b) => compareDevices(a.device, b.device)).forEach(visits(at, takes, taken))
      return taken
    },
    checkAll: (at) => {
      const taken: GrowingTaken = { decisions: [], operations: [] }
      const today = Day.ofInstant(at)
      const everybody = isRestless || today < seenUntil || startsBetween(packs.values(), seenUntil, today)
      if (!everybody && today < quietestUntil) return taken
      const visit = visits(at, EVERY_ACTION, taken)
      let quietest: number = ASLEEP
      for (const slot of inOrder()) {
        if ((everybody || today >= slot.quietUntil) && !visit(slot))
          slot.quietUntil = quietUntil(slot.device, today, ums.exchangeDaysBeforeExpiration)
        quietest = Math.min(quietest, slot.quietUntil)
      }
      isRestless = false
      seenUntil = today
      quietestUntil = quietest
      return taken
    },
  }
}

interface GrowingTaken {
  readonly decisions: Array<DeploymentDecision>
  readonly operations: Array<DeploymentOperation>
}
