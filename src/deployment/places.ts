/**
 * Where a device is: what it shows to the conditions, by its directory and by each of its views (deployment.md, section 7).
 */
import type { Device } from '../record/Device.js'
import type { Directory } from '../record/Directory.js'
import type { DistributionCondition } from '../record/DistributionCondition.js'
import type { ProductPack } from '../record/ProductPack.js'
import type { Key } from '../rule/Criterion.js'
import type { DirectoryId, ViewId } from '../value/Id.js'
import { directoriesAbove } from './directories.js'

// -------------------------------------------------------------------------------------
// keys
// -------------------------------------------------------------------------------------

export const directoryKey = (directory: DirectoryId): Key => `directory:${directory}`
export const viewKey = (view: ViewId): Key => `view:${view}`

/** What a condition requires. */
export const conditionKey = (condition: DistributionCondition): Key =>
  'directory' in condition ? directoryKey(condition.directory) : viewKey(condition.view)

// -------------------------------------------------------------------------------------
// places
// -------------------------------------------------------------------------------------

/** A place that conditions name: a directory with those above it, or a view, by the keys that a device there shows. */
export interface Place {
  /** Counted from 0, so that what is found out about a place can stand in a list. */
  readonly number: number
  readonly keys: ReadonlyArray<Key>
}

/**
 * The places where a device is, as far as any condition names them.
 *
 * INVARIANT: devices at one place share the record of it, so that what was found out about one is known of the others.
 */
export type Places = (device: Device) => ReadonlyArray<Place>

const NOWHERE: ReadonlyArray<Place> = []

/** The conditions that a pack names. */
export const conditionsOf = ({ distribution }: ProductPack): ReadonlyArray<DistributionCondition> =>
  distribution?.method === 'conditions' ? distribution.conditions : []

/** The places that the conditions of packs and the global ones name. */
export const placesIn = (
  directories: ReadonlyArray<Directory>,
  packs: ReadonlyArray<ProductPack>,
  global: ReadonlyArray<DistributionCondition>,
): Places => {
  const chosen = new Set<DirectoryId>()
  const views = new Map<ViewId, Place>()
  let places = 0
  const placeOf = (keys: ReadonlyArray<Key>): Place => ({ number: places++, keys })
  for (const conditions of [global, ...packs.map(conditionsOf)])
    for (const condition of conditions)
      if ('directory' in condition) chosen.add(condition.directory)
      else if (!views.has(condition.view)) views.set(condition.view, placeOf([viewKey(condition.view)]))

  const above = directoriesAbove(directories, chosen)
  const known = new Map<DirectoryId, ReadonlyArray<Place>>()
  // Directories below which nothing is chosen have one list of those above them.
  const shared = new Map<ReadonlyArray<DirectoryId>, ReadonlyArray<Place>>()
  const inDirectory = (directory: DirectoryId): ReadonlyArray<Place> => {
    const found = known.get(directory)
    if (found !== undefined) return found
    const ids = above(directory)
    const place = ids.length === 0 ? NOWHERE : (shared.get(ids) ?? [placeOf(ids.map(directoryKey))])
    shared.set(ids, place)
    known.set(directory, place)
    return place
  }

  const look = ({ directory, views: seen }: Device): ReadonlyArray<Place> => {
    const place = directory === undefined || chosen.size === 0 ? NOWHERE : inDirectory(directory)
    if (seen === undefined || seen.length === 0 || views.size === 0) return place
    const found = [...place]
    for (const view of seen) {
      const named = views.get(view)
      if (named !== undefined) found.push(named)
    }
    return found
  }

  // A device is asked about type by type.
  let [last, lastPlaces]: [Device | undefined, ReadonlyArray<Place>] = [undefined, NOWHERE]
  return (device) => {
    if (device !== last) {
      last = device
      lastPlaces = look(device)
    }
    return lastPlaces
  }
}
