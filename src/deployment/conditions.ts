/**
 * Distribution conditions: whom the UMS lets have licenses at all, and whom a pack is for (deployment.md, section 7). Both
 * are criteria: conditions require a directory or a view, and a device shows the directories at and above it and its views.
 */
import type { Device } from '../record/Device.js'
import type { ProductPack } from '../record/ProductPack.js'
import * as Criterion from '../rule/Criterion.js'
import * as Text from '../value/Text.js'
import { conditionKey, directoryKey, viewKey, type Places } from './places.js'
import type { Ums } from './ums.js'

// -------------------------------------------------------------------------------------
// keys
// -------------------------------------------------------------------------------------

/** INVARIANT: no device shows it, since keys of directories and views begin otherwise. */
const NOBODY: Criterion.Key = 'nobody'

// -------------------------------------------------------------------------------------
// criteria
// -------------------------------------------------------------------------------------

/** What the conditions look at. */
export interface Placed {
  readonly ums: Ums
  readonly device: Device
  readonly placesOf: Places
}

const shows = ({ device, placesOf }: Placed): ReadonlyArray<Criterion.Key> =>
  placesOf(device).flatMap(({ keys }) => keys)

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

/** What a pack is distributed by, also where it does not say: that depends on whether the UMS is selective (ALD-33, 34). */
export const distributionOf = (
  { distribution, licenseType }: ProductPack,
  isSelective: boolean,
): NonNullable<ProductPack['distribution']> =>
  distribution ??
  (licenseType === 'workspace-edition' || !isSelective
    ? { method: 'enabled' }
    : { method: 'conditions', conditions: [] })

const packKeys = ({ pack, ums }: RegisteredPack): ReadonlyArray<Criterion.Key> | undefined => {
  const distribution = distributionOf(pack, ums.has.selectiveDefaults)
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
