/**
 * Distribution conditions: whom the UMS lets have licenses at all, and whom a pack is for (deployment.md, section 7). Both
 * are criteria: conditions require a directory or a view, and a device shows the directories at and above it and its views.
 */
import type { Directory } from '../record/Directory.js'
import type { Device } from '../record/Device.js'
import type { DistributionCondition } from '../record/DistributionCondition.js'
import type { ProductPack } from '../record/ProductPack.js'
import * as Criterion from '../rule/Criterion.js'
import type { DirectoryId, ViewId } from '../value/Id.js'
import * as Text from '../value/Text.js'
import type { Ums } from './ums.js'

// -------------------------------------------------------------------------------------
// keys
// -------------------------------------------------------------------------------------

const directoryKey = (directory: DirectoryId): Criterion.Key => `directory:${directory}`
const viewKey = (view: ViewId): Criterion.Key => `view:${view}`

/** What a condition requires. */
export const conditionKey = (condition: DistributionCondition): Criterion.Key =>
  'directory' in condition ? directoryKey(condition.directory) : viewKey(condition.view)

/** INVARIANT: no device shows it, since keys of directories and views begin otherwise. */
const NOBODY: Criterion.Key = 'nobody'

// -------------------------------------------------------------------------------------
// directories
// -------------------------------------------------------------------------------------

/**
 * For each directory those of `chosen` that are at or above it (ALD-39). An unknown parent ends the way up; of a loop all
 * members are above each other. A directory that is not listed is still itself.
 *
 * INVARIANT: every directory is walked through once in all, however deep the trees are.
 */
export const directoriesAbove = (
  directories: ReadonlyArray<Directory>,
  chosen: ReadonlySet<DirectoryId>,
): ((directory: DirectoryId) => ReadonlyArray<DirectoryId>) => {
  const parents = new Map(directories.map(({ id, parent }) => [id, parent]))
  const known = new Map<DirectoryId, ReadonlyArray<DirectoryId>>()

  const walk = (start: DirectoryId): void => {
    const way: Array<DirectoryId> = []
    const places = new Map<DirectoryId, number>()
    let directory: DirectoryId | undefined = start
    while (directory !== undefined && !known.has(directory) && !places.has(directory)) {
      places.set(directory, way.length)
      way.push(directory)
      directory = parents.get(directory)
    }
    let above: ReadonlyArray<DirectoryId> = directory === undefined ? [] : (known.get(directory) ?? [])
    const loop = directory === undefined ? undefined : places.get(directory)
    if (loop !== undefined) {
      const members = way.splice(loop)
      above = members.filter((member) => chosen.has(member)).sort(Text.compare)
      for (const member of members) known.set(member, above)
    }
    for (let next = way.pop(); next !== undefined; next = way.pop()) {
      if (chosen.has(next)) above = [next, ...above]
      known.set(next, above)
    }
  }

  return (directory) => {
    if (!known.has(directory)) walk(directory)
    return known.get(directory) ?? []
  }
}

/**
 * What a device shows: the directories at and above it and its views, as far as any condition names them.
 *
 * INVARIANT: devices that show the same get the same list, so that what was found out about one is known of the others.
 */
export type Places = (device: Device) => ReadonlyArray<Criterion.Key>

const conditionsOf = ({ distribution }: ProductPack): ReadonlyArray<DistributionCondition> =>
  distribution?.method === 'conditions' ? distribution.conditions : []

const NOWHERE: ReadonlyArray<Criterion.Key> = []

export const placesIn = (
  directories: ReadonlyArray<Directory>,
  packs: ReadonlyArray<ProductPack>,
  global: ReadonlyArray<DistributionCondition>,
): Places => {
  const conditions = [...global, ...packs.flatMap(conditionsOf)]
  const chosen = new Set(conditions.flatMap((each) => ('directory' in each ? [each.directory] : [])))
  const views = new Set(conditions.flatMap((each) => ('view' in each ? [each.view] : [])))
  const above = directoriesAbove(directories, chosen)
  const keysOf = new Map<DirectoryId, ReadonlyArray<Criterion.Key>>()
  const ofDirectory = (directory: DirectoryId): ReadonlyArray<Criterion.Key> => {
    const keys = keysOf.get(directory) ?? one(above(directory).map(directoryKey))
    keysOf.set(directory, keys)
    return keys
  }
  const shared = new Map<string, ReadonlyArray<Criterion.Key>>([['[]', NOWHERE]])
  const one = (keys: ReadonlyArray<Criterion.Key>): ReadonlyArray<Criterion.Key> => {
    const name = JSON.stringify(keys)
    const known = shared.get(name) ?? keys
    shared.set(name, known)
    return known
  }
  const ofViews = (keys: ReadonlyArray<Criterion.Key>, seen: ReadonlyArray<ViewId>): ReadonlyArray<Criterion.Key> =>
    one([
      ...keys,
      ...[...new Set(seen)]
        .filter((view) => views.has(view))
        .map(viewKey)
        .sort(Text.compare),
    ])
  return ({ directory, views: seen = [] }) => {
    const keys = directory === undefined || chosen.size === 0 ? NOWHERE : ofDirectory(directory)
    return seen.length === 0 || views.size === 0 ? keys : ofViews(keys, seen)
  }
}

// -------------------------------------------------------------------------------------
// criteria
// -------------------------------------------------------------------------------------

/** What the conditions look at. */
export interface Placed {
  readonly ums: Ums
  readonly device: Device
  readonly placesOf: Places
}

const shows = ({ device, placesOf }: Placed): ReadonlyArray<Criterion.Key> => placesOf(device)

const LISTED = 3

/** A few of the names, in an order of their own. */
export const listed = (names: ReadonlyArray<string>): string => {
  const some = [...names].sort(Text.compare).slice(0, LISTED).map(Text.preview).join(', ')
  return names.length <= LISTED ? some : `${some} and ${String(names.length - LISTED)} more`
}

const told = ({ device }: Placed): string =>
  listed([
    ...(device.directory === undefined ? [] : [directoryKey(device.directory)]),
    ...(device.views ?? []).map(viewKey),
  ]) || 'no directory and no view'

/** The global conditions: from UMS 12.01.110 on, and where there are any, the device must meet one (ALD-41). */
export const globalConditions: Criterion.Criterion<Placed, Ums> = Criterion.make<Placed, Ums>({
  name: 'global conditions',
  requires: ({ has, distributionConditions }) =>
    has.globalConditions ? distributionConditions.map(conditionKey) : undefined,
  shows,
  asked: ({ distributionConditions }) => listed(distributionConditions.map(conditionKey)),
  told,
})

/** A pack with the UMS that it is registered in, by whose version an absent distribution is read. */
export interface RegisteredPack {
  readonly pack: ProductPack
  readonly ums: Ums
}

/** What a pack is distributed by where it does not say (ALD-33, 34). */
const usualDistribution = ({ licenseType }: ProductPack, { has }: Ums): NonNullable<ProductPack['distribution']> =>
  licenseType === 'workspace-edition' || !has.selectiveDefaults
    ? { method: 'enabled' }
    : { method: 'conditions', conditions: [] }

const packKeys = ({ pack, ums }: RegisteredPack): ReadonlyArray<Criterion.Key> | undefined => {
  const distribution = pack.distribution ?? usualDistribution(pack, ums)
  // Before UMS 6.01.100 there are no conditions, and every pack counts as enabled (ALD-2).
  if (!ums.has.packs || distribution.method === 'enabled') return undefined
  // An empty list selects nobody (ALD-38).
  return distribution.conditions.length === 0 ? [NOBODY] : distribution.conditions.map(conditionKey)
}

/** The conditions of a pack: those of one that is enabled ask for nothing, else the device must meet one (ALD-32 to 38). */
export const packConditions: Criterion.Criterion<Placed, RegisteredPack> = Criterion.make<Placed, RegisteredPack>({
  name: 'conditions',
  requires: packKeys,
  shows,
  asked: (registered) => listed(packKeys(registered) ?? []),
  told,
})
