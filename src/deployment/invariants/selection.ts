/**
 * Which devices a list of conditions selects: those that meet at least one (ALD-36, 38). A directory condition is met in
 * the directory and everywhere below it, by walking the parents (ALD-39); a view condition, by the views that the device
 * lists (ALD-40).
 */
import type { Device } from '../../record/Device.js'
import type { Directory } from '../../record/Directory.js'
import type { DistributionCondition } from '../../record/DistributionCondition.js'
import type { DirectoryId, ViewId } from '../../value/Id.js'

/** Is a device selected? */
export type Selection = (device: Device) => boolean

export const EVERYBODY: Selection = () => true

/** Whom a list of conditions selects. */
export type Selecting = (conditions: ReadonlyArray<DistributionCondition>) => Selection

type Parents = ReadonlyMap<DirectoryId, DirectoryId>

/** The directory above each that has one. */
export const parentsIn = (directories: ReadonlyArray<Directory>): Parents =>
  new Map(directories.flatMap(({ id, parent }) => (parent === undefined ? [] : [[id, parent] as const])))

/**
 * Is a directory one of those wanted, or below one? What was walked once is known.
 *
 * INVARIANT: a directory on the way is known as not below before its parent is looked at, so that a loop ends the way.
 */
const isBelowIn = (
  parents: Parents,
  wanted: ReadonlySet<DirectoryId>,
): ((directory: DirectoryId | undefined) => boolean) => {
  const known = new Map<DirectoryId, boolean>()
  return (directory) => {
    const way: Array<DirectoryId> = []
    let at = directory
    while (at !== undefined && !wanted.has(at) && !known.has(at)) {
      known.set(at, false)
      way.push(at)
      at = parents.get(at)
    }
    const isBelow = at !== undefined && (wanted.has(at) || known.get(at) === true)
    for (const each of way) known.set(each, isBelow)
    return isBelow
  }
}

/** Whom a list of conditions selects; an empty one selects nobody (ALD-38). */
export const selectionIn =
  (parents: Parents): Selecting =>
  (conditions) => {
    const views = new Set<ViewId>(conditions.flatMap((each) => ('view' in each ? [each.view] : [])))
    const isBelow = isBelowIn(
      parents,
      new Set(conditions.flatMap((each) => ('directory' in each ? [each.directory] : []))),
    )
    return (device) => isBelow(device.directory) || (device.views ?? []).some((view) => views.has(view))
  }
