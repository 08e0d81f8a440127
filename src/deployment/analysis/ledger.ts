/**
 * What the families of findings look at: an estate in which every record stands once, by id, on a day.
 */
import type { Device } from '../../record/Device.js'
import type { Estate } from '../../record/Estate.js'
import type { ProductPack } from '../../record/ProductPack.js'
import type { Day } from '../../value/Day.js'
import { byId } from '../../value/Order.js'
import { placesIn, type Place } from '../places.js'
import { umsOf, type Ums } from '../ums.js'

export interface Ledger {
  readonly estate: Estate
  readonly ums: Ums
  readonly today: Day
  /** In the order of their ids, as the devices. */
  readonly packs: ReadonlyArray<ProductPack>
  readonly devices: ReadonlyArray<Device>
  /** Where devices are, as far as conditions name it: every different list of places once. */
  readonly whereabouts: ReadonlyArray<ReadonlyArray<Place>>
}

const whereaboutsOf = (
  devices: ReadonlyArray<Device>,
  placesOf: (device: Device) => ReadonlyArray<Place>,
): ReadonlyArray<ReadonlyArray<Place>> => {
  const known = new Map<string, ReadonlyArray<Place>>()
  for (const device of devices) {
    const places = placesOf(device)
    known.set(places.map(({ number }) => String(number)).join(), places)
  }
  return [...known.values()]
}

export const ledgerOf = (estate: Estate, today: Day): Ledger => {
  const ums = umsOf(estate.settings)
  const packs = byId(estate.packs)
  const devices = byId(estate.devices)
  const placesOf = placesIn(estate.directories ?? [], packs, ums.distributionConditions)
  return { estate, ums, today, packs, devices, whereabouts: whereaboutsOf(devices, placesOf) }
}

export const idsOf = <Id extends string>(records: ReadonlyArray<{ readonly id: Id }>): ReadonlyArray<Id> =>
  records.map(({ id }) => id)
