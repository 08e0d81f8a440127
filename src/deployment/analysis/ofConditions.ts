/**
 * Whom packs are for: conditions that nobody meets, on what nobody knows, and packs that never come first (ALD-34 to 46).
 */
import { O } from '../../prelude.js'
import * as LicenseType from '../../record/LicenseType.js'
import type { DistributionCondition } from '../../record/DistributionCondition.js'
import type { ProductPack } from '../../record/ProductPack.js'
import type { Key } from '../../rule/Criterion.js'
import * as Ranking from '../../rule/Ranking.js'
import type { PackId } from '../../value/Id.js'
import { append, groupBy } from '../../value/Lists.js'
import * as Text from '../../value/Text.js'
import { globalConditions, packConditions } from '../conditions.js'
import { hasFree } from '../packGates.js'
import type { Place } from '../places.js'
import { standingRanking } from '../ranking.js'
import { lastDayOf, NEVER } from '../validity.js'
import { finding, namesOf, type Finding } from './finding.js'
import { idsOf, type Ledger } from './ledger.js'
import { barOf } from './ofPacks.js'

// -------------------------------------------------------------------------------------
// who is met
// -------------------------------------------------------------------------------------

type Test = (places: ReadonlyArray<Place>) => boolean

/** Is one of the keys shown? Whoever asks for nothing is met anywhere. */
const meets = (keys: ReadonlyArray<Key> | undefined): Test => {
  if (keys === undefined) return () => true
  const asked = new Set(keys)
  return (places) => places.some((place) => place.keys.some((key) => asked.has(key)))
}

const selects = ({ ums }: Ledger, pack: ProductPack): Test =>
  meets(O.toUndefined(packConditions.requires({ pack, ums })))

const isSelective = ({ ums }: Ledger, pack: ProductPack): boolean => O.isSome(packConditions.requires({ pack, ums }))

const ofGlobal = ({ ums, whereabouts }: Ledger): ReadonlyArray<Finding> =>
  whereabouts.length === 0 || whereabouts.some(meets(O.toUndefined(globalConditions.requires(ums))))
    ? []
    : [
        finding('global-conditions-not-met', namesOf('settings', ['distributionConditions']), {
          conditions: ums.distributionConditions.length,
        }),
      ]

const ofSelections = (ledger: Ledger): ReadonlyArray<Finding> =>
  ledger.packs.flatMap((pack) => {
    const { id, distribution } = pack
    if (!isSelective(ledger, pack)) return []
    const isEmpty =
      distribution === undefined || (distribution.method === 'conditions' && distribution.conditions.length === 0)
    const isMet = selects(ledger, pack)
    // Without devices, nobody can say that conditions will not be met.
    if (!isEmpty && (ledger.whereabouts.length === 0 || ledger.whereabouts.some(isMet))) return []
    const why = distribution === undefined ? 'default-of-type' : isEmpty ? 'no-conditions' : 'not-met'
    return [finding('pack-for-nobody', namesOf('packs', [id]), { pack: id, why })]
  })

// -------------------------------------------------------------------------------------
// what is known
// -------------------------------------------------------------------------------------

const GLOBAL = 'distributionConditions'

interface Naming {
  readonly packs: ReadonlyArray<PackId>
  readonly isGlobal: boolean
}

const ofUnknown = ({ packs, ums, estate, devices }: Ledger): ReadonlyArray<Finding> => {
  const directories = new Map<string, Array<PackId | undefined>>()
  const views = new Map<string, Array<PackId | undefined>>()
  const note = (conditions: ReadonlyArray<DistributionCondition>, by: PackId | undefined): void => {
    for (const condition of conditions)
      if ('directory' in condition) append(directories, condition.directory, by)
      else append(views, condition.view, by)
  }
  for (const { id, distribution } of packs) if (distribution?.method === 'conditions') note(distribution.conditions, id)
  note(ums.distributionConditions, undefined)
  const listed = new Set<string>((estate.directories ?? []).map(({ id }) => id))
  const seen = new Set<string>(devices.flatMap((device) => device.views ?? []))
  const namingOf = (by: ReadonlyArray<PackId | undefined>): Naming => ({
    packs: [...new Set(by.flatMap((id) => (id === undefined ? [] : [id])))],
    isGlobal: by.includes(undefined),
  })
  const recordsOf = (collection: 'directories' | 'views', id: string, { packs: by, isGlobal }: Naming) => [
    ...namesOf(collection, [id]),
    ...namesOf('packs', by),
    ...namesOf('settings', isGlobal ? [GLOBAL] : []),
  ]
  type Directory = Extract<DistributionCondition, { readonly directory: unknown }>['directory']
  type View = Extract<DistributionCondition, { readonly view: unknown }>['view']
  return [
    ...Array.from(directories).flatMap(([id, by]) => {
      const naming = namingOf(by)
      return listed.has(id)
        ? []
        : [
            finding('unknown-directory', recordsOf('directories', id, naming), {
              // INVARIANT: the ids of conditions on directories are ids of directories; likewise of views.
              directory: id as Directory,
              ...naming,
            }),
          ]
    }),
    ...Array.from(views).flatMap(([id, by]) => {
      const naming = namingOf(by)
      return seen.has(id) || devices.length === 0
        ? []
        : [finding('unknown-view', recordsOf('views', id, naming), { view: id as View, ...naming })]
    }),
  ]
}

// -------------------------------------------------------------------------------------
// tenants
// -------------------------------------------------------------------------------------

/**
 * Packs in scope through tokens, one of which is for everybody. Records do not say which token is whose: where all are of
 * one client, there is nothing to worry about.
 */
const ofTenants = (ledger: Ledger): ReadonlyArray<Finding> => {
  const through = ledger.packs.filter((pack) => pack.aldToken === 'valid' && barOf(ledger, pack) === undefined)
  const open = idsOf(through.filter((pack) => !isSelective(ledger, pack)))
  if (open.length === 0 || through.length < 2) return []
  const packs = idsOf(through)
  return [finding('tenants-share-packs', namesOf('packs', packs), { open, packs })]
}

// -------------------------------------------------------------------------------------
// who comes first
// -------------------------------------------------------------------------------------

const inTurn = Ranking.sort<ProductPack>([
  Ranking.descending('allocated', ({ allocated }) => allocated),
  ...standingRanking,
])

/**
 * For each pack, those that rank before it wherever a device can have it: they have a license free, last at least as long
 * (so that whom the pack serves in exchange, they serve, too), and are for evaluation only where it is. Each license that
 * they give puts them further ahead, so that the pack is never the first while they have one.
 */
const rivalsIn = (ledger: Ledger, given: ReadonlyArray<ProductPack>): ReadonlyMap<ProductPack, ReadonlySet<PackId>> => {
  const packs = inTurn(given.filter((pack) => hasFree(pack, pack.allocated) && barOf(ledger, pack) === undefined)).map(
    (pack) => ({ pack, isMet: selects(ledger, pack) }),
  )
  const meetsGlobal = meets(O.toUndefined(globalConditions.requires(ledger.ums)))
  const rivals = new Map<ProductPack, Set<PackId> | undefined>()
  let open = packs.length
  for (const places of ledger.whereabouts) {
    // INVARIANT: those that come first at some place are settled; when all are, nothing is left to ask.
    if (open === 0) break
    if (!meetsGlobal(places)) continue
    let [longest, longestOwned]: [ProductPack | undefined, ProductPack | undefined] = [undefined, undefined]
    for (const { pack, isMet } of packs) {
      if (!isMet(places)) continue
      const last = lastDayOf(pack)
      const ahead = pack.evaluation === true ? longest : longestOwned
      if (!rivals.has(pack)) rivals.set(pack, new Set())
      const known = rivals.get(pack)
      if (ahead !== undefined && lastDayOf(ahead) >= last) known?.add(ahead.id)
      else if (known !== undefined) {
        rivals.set(pack, undefined)
        open -= 1
      }
      if (last > (longest === undefined ? NEVER : lastDayOf(longest))) longest = pack
      if (pack.evaluation !== true && last > (longestOwned === undefined ? NEVER : lastDayOf(longestOwned)))
        longestOwned = pack
    }
  }
  return new Map(Array.from(rivals).flatMap(([pack, found]) => (found === undefined ? [] : [[pack, found] as const])))
}

const ofRanks = (ledger: Ledger): ReadonlyArray<Finding> =>
  Array.from(groupBy(ledger.packs, LicenseType.show).values()).flatMap((packs) =>
    Array.from(rivalsIn(ledger, packs), ([{ id }, found]) => {
      const rivals = [...found].sort(Text.compare)
      return finding('pack-never-first', namesOf('packs', [id, ...rivals]), { pack: id, rivals })
    }),
  )

export const ofConditions = (ledger: Ledger): ReadonlyArray<Finding> => [
  ...ofGlobal(ledger),
  ...ofSelections(ledger),
  ...ofUnknown(ledger),
  ...ofTenants(ledger),
  ...ofRanks(ledger),
]
