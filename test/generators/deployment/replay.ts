/**
 * What the moments of a history say, carried out on the estate of its start: read off FORMAT and sections 11 and 13 of
 * deployment.md, by nobody who decides anything.
 */
import {
  normalizedEstate,
  type WireDevice,
  type WireDeviceLicense,
  type WireEstate,
  type WireEvent,
  type WireProductPack,
} from '../../model/deployment.js'
import { present } from '../world.js'
import type { Simulated, WireMoment, WireOperation } from './run.js'

const isOfOneType = (
  one: Pick<WireDeviceLicense, 'licenseType' | 'addOn'>,
  other: Pick<WireDeviceLicense, 'licenseType' | 'addOn'>,
): boolean => one.licenseType === other.licenseType && (one.licenseType !== 'add-on' || one.addOn === other.addOn)

// -------------------------------------------------------------------------------------
// records
// -------------------------------------------------------------------------------------

const withPack = (estate: WireEstate, id: string, change: (pack: WireProductPack) => WireProductPack): WireEstate => ({
  ...estate,
  packs: estate.packs.map((pack) => (pack.id === id ? change(pack) : pack)),
})

const withDevice = (estate: WireEstate, id: string, change: (device: WireDevice) => WireDevice): WireEstate => ({
  ...estate,
  devices: estate.devices.map((device) => (device.id === id ? change(device) : device)),
})

/** Some fields of a record change; null takes one away. */
const changed = <A extends object>(record: A, changes: object): A =>
  Object.fromEntries(Object.entries({ ...record, ...changes }).filter(([, held]) => held !== null)) as A

/** Puts a record in the place of the one with its id, or after the others. */
const put = <A extends { readonly id: string }>(records: ReadonlyArray<A>, record: A): ReadonlyArray<A> =>
  records.some(({ id }) => id === record.id)
    ? records.map((each) => (each.id === record.id ? record : each))
    : [...records, record]

// -------------------------------------------------------------------------------------
// operations and events
// -------------------------------------------------------------------------------------

/** Section 11. */
export const afterOperation = (estate: WireEstate, { action, device, license }: WireOperation): WireEstate => {
  const { expires } = license
  const licensed = withDevice(estate, device, ({ licenses = [], ...rest }) => ({
    ...rest,
    licenses:
      action === 'renew'
        ? licenses.map((held) =>
            held.source === 'pack' && held.pack === license.pack && isOfOneType(held, license)
              ? present({ ...held, expires })
              : held,
          )
        : [...licenses, license],
  }))
  return action === 'assign' || action === 'exchange'
    ? withPack(licensed, license.pack ?? '', ({ status, ...pack }) =>
        present({
          ...pack,
          allocated: pack.allocated + 1,
          status: status === 'not-yet-activated' ? ('ready' as const) : status,
        }),
      )
    : licensed
}

const afterEvent = (estate: WireEstate, event: WireEvent, freed: ReadonlyArray<string>): WireEstate => {
  const { packs, devices, settings } = estate
  switch (event.kind) {
    case 'register':
      return { ...estate, devices: put(devices, { ...event.device, registered: event.at }) }
    case 'reboot':
      return withDevice(estate, event.device, (device) => ({ ...device, lastBoot: event.at }))
    case 'device':
      return withDevice(estate, event.device, (device) => changed(device, event.changes))
    case 'settings':
      return { ...estate, settings: changed(settings, event.changes) }
    case 'refresh': {
      const known = packs.find(({ id }) => id === event.pack) ?? { id: event.pack }
      return { ...estate, packs: put(packs, changed(known, event.changes) as WireProductPack) }
    }
    case 'remove-pack':
      return { ...estate, packs: packs.filter(({ id }) => id !== event.pack) }
    case 'delete':
      return freed.reduce<WireEstate>(
        (after, id) => withPack(after, id, (pack) => ({ ...pack, allocated: Math.max(0, pack.allocated - 1) })),
        { ...estate, devices: devices.filter(({ id }) => id !== event.device) },
      )
    case 'check':
      return estate
  }
}

/** The estate when an event has happened, before anything is taken on it. */
export const beforeTaking = (estate: WireEstate, { event, deleted }: WireMoment): WireEstate =>
  event === undefined ? estate : afterEvent(estate, event, deleted?.freed ?? [])

export const afterMoment = (estate: WireEstate, moment: WireMoment): WireEstate =>
  moment.operations.reduce(afterOperation, beforeTaking(estate, moment))

// -------------------------------------------------------------------------------------
// histories
// -------------------------------------------------------------------------------------

/** A moment, with the estate before it, the one on which it was decided, and the one after it. */
export type Scene = {
  readonly moment: WireMoment
  readonly before: WireEstate
  readonly decidedOn: WireEstate
  readonly after: WireEstate
}

export const scenesOf = ({ start, moments }: Pick<Simulated, 'start' | 'moments'>): ReadonlyArray<Scene> => {
  const scenes: Array<Scene> = []
  let before = start
  for (const moment of moments) {
    const after = afterMoment(before, moment)
    scenes.push({ moment, before, decidedOn: beforeTaking(before, moment), after })
    before = after
  }
  return scenes
}

/** How many licenses of each pack are allocated. */
export const allocatedIn = ({ packs }: WireEstate): Readonly<Record<string, number>> =>
  Object.fromEntries(packs.map(({ id, allocated }) => [id, allocated]))

export const replayed = ({ start, moments }: Pick<Simulated, 'start' | 'moments'>): WireEstate =>
  normalizedEstate(moments.reduce(afterMoment, start))
