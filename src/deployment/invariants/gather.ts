/**
 * Gathers the facts of a plan, from the records and from the decisions. Shared with the planner is the vocabulary alone: the
 * records, their types, days and versions, and which records are duplicates. A wrong word there is wrong here too.
 */
import type { Estate } from '../../record/Estate.js'
import * as LicenseType from '../../record/LicenseType.js'
import type { ProductPack } from '../../record/ProductPack.js'
import type { Day } from '../../value/Day.js'
import type { DeviceId, PackId } from '../../value/Id.js'
import { append } from '../../value/Lists.js'
import type { Plan } from '../plan.js'
import { umsOf, type Ums } from './bars.js'
import type { Case, Facts, Trial } from './facts.js'
import { bundlesIn } from './hardware.js'
import { replay } from './replay.js'
import { EVERYBODY, parentsIn, selectionIn, type Selecting, type Selection } from './selection.js'
import { trialOf } from './trials.js'

// -------------------------------------------------------------------------------------
// lists
// -------------------------------------------------------------------------------------

const byId = <A extends { readonly id: string }>(records: ReadonlyArray<A>): ReadonlyMap<A['id'], A> =>
  new Map(records.map((record) => [record.id, record]))

/** Things by a key; those without one are in no group. */
const groupedBy = <A, Key>(
  list: ReadonlyArray<A>,
  key: (each: A) => Key | undefined,
): ((key: Key) => ReadonlyArray<A>) => {
  const groups = new Map<Key, Array<A>>()
  for (const each of list) {
    const found = key(each)
    if (found !== undefined) append(groups, found, each)
  }
  return (wanted) => groups.get(wanted) ?? []
}

// -------------------------------------------------------------------------------------
// the estate
// -------------------------------------------------------------------------------------

/** The types of the packs, of the bundled licenses and of all that is held, starter licenses included (ALD-108). */
const typesIn = ({ packs, bundled = [], devices }: Estate): ReadonlySet<string> => {
  const types = new Set<string>(packs.map(LicenseType.show))
  for (const { licenseType } of bundled) types.add(LicenseType.show({ licenseType }))
  for (const { licenses = [] } of devices) for (const license of licenses) types.add(LicenseType.show(license))
  return types
}

/** Before UMS IDs there were, a valid token alone brings a pack into scope (ALD-2, 5). */
const inScope = ({ settings: { umsId, umsIdRegistered }, packs }: Estate, { hasUmsIds }: Ums): ReadonlySet<PackId> =>
  new Set(
    packs
      .filter(
        ({ aldToken, umsIds = [] }) =>
          aldToken === 'valid' || (hasUmsIds && umsIdRegistered !== false && umsIds.includes(umsId)),
      )
      .map(({ id }) => id),
  )

/** Whom a pack is for (ALD-32 to 35); before conditions there were, for every device (ALD-2). */
const selectionOf = (
  { licenseType, distribution }: ProductPack,
  { hasUmsIds, selectsNobody }: Ums,
  selecting: Selecting,
): Selection => {
  if (!hasUmsIds) return EVERYBODY
  if (distribution !== undefined)
    return distribution.method === 'enabled' ? EVERYBODY : selecting(distribution.conditions)
  return licenseType === 'workspace-edition' || !selectsNobody ? EVERYBODY : selecting([])
}

// -------------------------------------------------------------------------------------
// facts
// -------------------------------------------------------------------------------------

/** What a plan is made of. */
export interface Given {
  /** As it was given, and with every record once. */
  readonly given: Estate
  readonly estate: Estate
  readonly today: Day
  /** The devices that are decided about; all, where none are named. */
  readonly named: ReadonlyArray<DeviceId> | undefined
}

export const factsOf = ({ given, estate, today, named }: Given, plan: Plan): Facts => {
  const ums = umsOf(estate.settings.umsVersion)
  const { distributionConditions: globally = [] } = estate.settings
  const [devices, packs] = [byId(estate.devices), byId(estate.packs)]
  const selecting = selectionIn(parentsIn(estate.directories ?? []))
  const selections = new Map(estate.packs.map((pack) => [pack.id, selectionOf(pack, ums, selecting)]))
  const scope = inScope(estate, ums)
  const asked = new Set(named)
  const replayed = replay(devices, packs, plan.decisions)
  const { cases } = replayed
  const trials = new Map<Case, Trial>()
  const facts: Facts = {
    given,
    estate,
    plan,
    today,
    ums,
    devices,
    packs,
    types: typesIn(estate),
    packsOf: groupedBy(estate.packs, LicenseType.show),
    bundles: bundlesIn(estate.bundled ?? []),
    isInScope: ({ id }) => scope.has(id),
    isSelected: ums.hasGlobalConditions && globally.length > 0 ? selecting(globally) : EVERYBODY,
    isSelectedBy: ({ id }, device) => selections.get(id)?.(device) === true,
    isAsked: (device) => named === undefined || asked.has(device),
    casesOf: groupedBy(cases, ({ decision }) => decision.action),
    refusedFor: groupedBy(cases, ({ decision: { action, reason } }) => (action === 'none' ? reason : undefined)),
    servedTo: groupedBy(cases, ({ device, gift }) => (gift === undefined ? undefined : device.id)),
    trialOf: (each) => {
      const trial = trials.get(each) ?? trialOf(each, facts)
      trials.set(each, trial)
      return trial
    },
    replayed,
  }
  return facts
}
