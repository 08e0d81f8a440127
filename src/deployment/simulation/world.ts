/**
 * The estate while a simulation goes on. It changes in place, and nobody outside sees it: histories tell it in records that
 * do not change. A check of all devices looks only at those that are not quiet (quiet.ts).
 */
import type { DeploymentDecision } from '../../record/DeploymentDecision.js'
import type { DeploymentOperation } from '../../record/DeploymentOperation.js'
import type { DeploymentSettings } from '../../record/DeploymentSettings.js'
import type { Device } from '../../record/Device.js'
import type { Estate } from '../../record/Estate.js'
import * as LicenseType from '../../record/LicenseType.js'
import type { ProductPack } from '../../record/ProductPack.js'
import * as Day from '../../value/Day.js'
import type { DeviceId, PackId } from '../../value/Id.js'
import type { Instant } from '../../value/Instant.js'
import { packAfter, takesLicense } from '../apply.js'
import { sceneOf, typesOf, type Scene } from '../decide.js'
import { hasFree } from '../packGates.js'
import { packFreed } from '../returns.js'
import { EVERY_ACTION, turnsAt, type Hearing } from '../turns.js'
import { umsOf, type Ums } from '../ums.js'
import type { Taken } from './history.js'
import {
  A_LICENSE,
  A_PACK,
  AWAKE,
  calendarOf,
  changesAfter,
  EVERYBODY,
  NOBODY,
  NOTHING,
  quietUntil,
  startingBetween,
  wantedBy,
} from './quiet.js'
import { compareSlots, slotsOf, type Slot } from './slots.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

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

interface GrowingTaken {
  readonly decisions: Array<DeploymentDecision>
  readonly operations: Array<DeploymentOperation>
}

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

export const worldOf = (given: Estate): World => {
  let { settings } = given
  let ums = umsOf(settings)
  const packs = new Map(given.packs.map((pack) => [pack.id, pack]))
  const slots = slotsOf(given.devices)
  let scene: Scene | undefined
  /** The first day on which the scene may say something else. */
  let sceneUntil: number = AWAKE
  /** Who has to be looked at though none of his days has come. */
  let restless: number = EVERYBODY
  /** How far the days were seen. */
  let seenUntil: number = AWAKE

  const stir = (who: number): void => {
    restless = Math.min(restless, who)
  }

  /**
   * Only of packs and bundled licenses can anything be given out, so only their types are decided. INVARIANT: on a later
   * day the shelves still say what they said, unless a pack has started or ended since.
   */
  const sceneOn = (today: Day.Day): Scene => {
    if (scene !== undefined && scene.today <= today && today < sceneUntil)
      scene = scene.today === today ? scene : { ...scene, today }
    else {
      const without = { ...given, settings, packs: [...packs.values()], devices: [] }
      scene = sceneOf(without, today, typesOf(without), 'compiled')
      sceneUntil = changesAfter(packs.values(), today)
    }
    return scene
  }

  /** What becomes another pack, or starts, concerns its holders and whoever looked for one. */
  const stirBy = (pack: ProductPack): void => {
    slots.holdersOf(pack.id).forEach(slots.wake)
    stir(A_PACK)
  }

  /** How a device takes its turn at an instant; whether anything was done for it. */
  const visits = (
    at: Instant,
    takes: ReadonlySet<Action>,
    taken: GrowingTaken,
    refusal?: Hearing['refusal'],
  ): ((slot: Slot) => boolean) => {
    const hearing: Hearing = {
      ...(refusal === undefined ? {} : { refusal }),
      operation: (operation, decision) => {
        taken.decisions.push(decision)
        taken.operations.push(operation)
        const pack = operation.license.pack === undefined ? undefined : packs.get(operation.license.pack)
        if (pack === undefined || !takesLicense(operation)) return
        packs.set(pack.id, packAfter(pack, pack.allocated + 1))
        const slot = slots.get(operation.device)
        if (slot !== undefined) slots.noteLicense(slot, pack.id)
      },
    }
    const turn = turnsAt(sceneOn(Day.ofInstant(at)), at, hearing, takes)
    return (slot) => {
      const after = turn(slot.device)
      if (after === slot.device) return false
      slots.replace(slot, after)
      slots.wake(slot)
      return true
    }
  }

  return {
    ums: () => ums,
    device: (id) => slots.get(id)?.device,
    pack: (id) => packs.get(id),
    estate: () => ({ ...given, settings, packs: [...packs.values()], devices: slots.devices() }),
    setSettings: (change) => {
      settings = change(settings)
      ums = umsOf(settings)
      scene = undefined
      stir(EVERYBODY)
    },
    setPack: (pack) => {
      // Of a type of which there was nothing to give out nobody was asked.
      const isKnown = scene?.shelves.some(({ type }) => LicenseType.equals(type, pack)) ?? false
      packs.set(pack.id, pack)
      scene = undefined
      if (isKnown) stirBy(pack)
      else stir(EVERYBODY)
    },
    removePack: (id) => {
      if (packs.delete(id)) scene = undefined
    },
    freeLicense: (id) => {
      const pack = packs.get(id)
      if (pack === undefined) return false
      const freed = packFreed(pack)
      packs.set(id, freed)
      // Only the count on its shelf is another one.
      for (const { shelf } of scene?.shelves ?? []) if (shelf.byId(id) !== undefined) shelf.count(id, freed.allocated)
      if (!hasFree(pack, pack.allocated) && hasFree(freed, freed.allocated)) stir(A_LICENSE)
      return true
    },
    setDevice: slots.put,
    noteBoot: (id, lastBoot) => {
      const slot = slots.get(id)
      if (slot !== undefined) slots.replace(slot, { ...slot.device, lastBoot })
    },
    removeDevice: slots.remove,
    holdersOf: (pack) => slots.holdersOf(pack).map(({ device: { id } }) => id),
    check: (at, devices, takes) => {
      const taken: GrowingTaken = { decisions: [], operations: [] }
      const chosen = [...devices].flatMap((id) => slots.get(id) ?? [])
      chosen.sort(compareSlots).forEach(visits(at, takes, taken))
      return taken
    },
    checkAll: (at) => {
      const taken: GrowingTaken = { decisions: [], operations: [] }
      const today = Day.ofInstant(at)
      if (today < seenUntil) stir(EVERYBODY)
      if (restless !== EVERYBODY) startingBetween(packs.values(), seenUntil, today).forEach(stirBy)
      const due = slots.due(today, restless)
      ;[restless, seenUntil] = [NOBODY, today]
      if (due.length === 0) return taken
      let wants: number = NOTHING
      const visit = visits(at, EVERY_ACTION, taken, (reason) => {
        wants = Math.max(wants, wantedBy(reason))
      })
      const calendar = calendarOf(ums, given.bundled !== undefined && given.bundled.length > 0)
      for (const slot of due) {
        wants = NOTHING
        const until = visit(slot) ? AWAKE : quietUntil(slot.device, today, calendar)
        slots.settle(slot, until, wants)
      }
      return taken
    },
  }
}
