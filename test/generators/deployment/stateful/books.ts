/**
 * The books of a UMS, kept by hand: of every pack how many licenses are out, of every device and type which licenses it
 * has and until when. Read off deployment.md alone, in days that are numbers, so that a year of it costs next to nothing.
 */
import {
  dayNumber,
  millisecondsOf,
  type WireBundledLicense,
  type WireCondition,
  type WireDevice,
  type WireDeviceLicense,
  type WireEstate,
  type WireProductPack,
  type WireSettings,
  type WireType,
} from '../../../model/deployment.js'

// -------------------------------------------------------------------------------------
// what is kept
// -------------------------------------------------------------------------------------

/** A type by its name; the ones here have no add-on but one. */
export type TypeName = string

export const nameOf = ({ licenseType, addOn }: WireType): TypeName =>
  licenseType === 'add-on' ? `${licenseType} ${addOn ?? ''}` : licenseType

export type Held = { readonly source: WireDeviceLicense['source']; readonly pack?: string | undefined; until: number }

export type Member = {
  record: WireDevice
  readonly registered: number
  /** By type. */
  readonly held: Map<TypeName, Array<Held>>
}

export type Account = {
  record: WireProductPack
  readonly type: TypeName
  starts: number
  until: number
  allocated: number
  /** What the portal last said of it, and what was done since (H11). */
  opened: number
  made: number
  released: number
}

export type Books = {
  settings: WireSettings
  knows: Knowledge
  readonly parents: ReadonlyMap<string, string | undefined>
  readonly bundled: ReadonlyArray<WireBundledLicense>
  readonly packs: Map<string, Account>
  readonly members: Map<string, Member>
}

/** Section 2: an absent date is later than any. */
const untilOf = ({ expires }: { readonly expires?: string | undefined }): number =>
  expires === undefined ? Infinity : dayNumber(expires)

const ranks = new Map<string, number>()

/** ALD-106: a version as a number; the ones here have three segments at most. */
const rankOf = (version: string): number => {
  const known = ranks.get(version)
  if (known !== undefined) return known
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number)
  const rank = (major * 1_000 + minor) * 1_000 + patch
  ranks.set(version, rank)
  return rank
}

const isAtLeast = (version: string, minimum: string): boolean => rankOf(version) >= rankOf(minimum)

type Knowledge = {
  readonly [Feature in 'packs' | 'selectiveDefaults' | 'exchange' | 'bundled' | 'clearing']: boolean
}

export const knowledgeOf = ({ umsVersion }: WireSettings): Knowledge => {
  const since = (version: string) => isAtLeast(umsVersion, version)
  return {
    packs: since('6.01.100'),
    selectiveDefaults: since('6.02.100'),
    // Exchange, evaluation licenses, global conditions and returns came together.
    exchange: since('12.01.110'),
    bundled: since('12.02.120'),
    clearing: since('12.13.100'),
  }
}

export const accountOf = (record: WireProductPack): Account => ({
  record,
  type: nameOf(record),
  starts: record.starts === undefined ? -Infinity : dayNumber(record.starts),
  until: untilOf(record),
  ...{ allocated: record.allocated, opened: record.allocated, made: 0, released: 0 },
})

export const memberOf = ({ licenses = [], ...record }: WireDevice): Member => {
  const held = new Map<TypeName, Array<Held>>()
  for (const { source, pack, ...license } of licenses) {
    const name = nameOf(license)
    held.set(name, [...(held.get(name) ?? []), { source, pack, until: untilOf(license) }])
  }
  return { record, registered: millisecondsOf(record.registered), held }
}

export const openBooks = ({ settings, directories = [], packs, devices, bundled = [] }: WireEstate): Books => ({
  settings,
  knows: knowledgeOf(settings),
  parents: new Map(directories.map(({ id, parent }) => [id, parent])),
  bundled,
  packs: new Map(packs.map((pack) => [pack.id, accountOf(pack)])),
  members: new Map(devices.map((device) => [device.id, memberOf(device)])),
})

// -------------------------------------------------------------------------------------
// what a device has and may have
// -------------------------------------------------------------------------------------

const NOTHING: ReadonlyArray<Held> = []

/** ALD-107: the last valid day; before any day, where it holds none. */
export const lastOf = ({ held }: Member, type: TypeName): number => {
  let last = -Infinity
  for (const { source, until } of held.get(type) ?? NOTHING) if (source !== 'starter' && until > last) last = until
  return last
}

/** Section 5, gates 1.1, 1.2, 2 and 3. */
const mayHave = (books: Books, member: Member, type: TypeName, today: number): boolean => {
  const { record } = member
  if (type === 'isl' || type === 'icg') return false
  if (!books.knows.packs && type !== 'udc3') return false
  if (record.inRecycleBin === true || record.unitId === undefined) return false
  if (record.openRequests?.some((open) => nameOf(open) === type) === true) return false
  if (type === 'workspace-edition') return isAtLeast(record.osVersion, '11') && lastOf(member, 'isl') < today
  if (!type.startsWith('add-on')) return true
  return isAtLeast(record.osVersion, '11.01.110') && lastOf(member, 'workspace-edition') >= today
}

const meetsOneOf = ({ parents }: Books, { record }: Member, conditions: ReadonlyArray<WireCondition>): boolean =>
  conditions.some((condition) => {
    if ('view' in condition) return record.views?.includes(condition.view) === true
    for (let here = record.directory; here !== undefined; here = parents.get(here))
      if (here === condition.directory) return true
    return false
  })

/** Gates 7.2 to 7.7. */
const isUsable = (books: Books, { record, starts, until }: Account, member: Member, today: number): boolean => {
  if (starts > today || until < today) return false
  if (record.active === false || record.status === 'merged' || record.status === 'archived') return false
  if (record.evaluation === true && !(books.knows.exchange && isAtLeast(member.record.osVersion, '11'))) return false
  if (record.aldToken === 'valid') return true
  const { umsId, umsIdRegistered } = books.settings
  return books.knows.packs && umsIdRegistered !== false && record.umsIds?.includes(umsId) === true
}

/** Gates 7.8 and 7.9. */
const isSelected = (books: Books, { record, type }: Account, member: Member): boolean => {
  const { distributionConditions = [] } = books.settings
  const isBarred = books.knows.exchange && distributionConditions.length > 0
  if (isBarred && !meetsOneOf(books, member, distributionConditions)) return false
  if (!books.knows.packs) return true
  if (record.distribution === undefined) return type === 'workspace-edition' || !books.knows.selectiveDefaults
  return record.distribution.method === 'enabled' || meetsOneOf(books, member, record.distribution.conditions)
}

// -------------------------------------------------------------------------------------
// what is to be done
// -------------------------------------------------------------------------------------

export type Deed = {
  readonly action: 'assign' | 'renew' | 'exchange' | 'deploy-bundled'
  readonly pack?: string
  readonly until: number
}

/** Section 10. */
const readyBundled = (books: Books, { record }: Member, type: TypeName, today: number): number => {
  const { hardwareBundledDeployment, umsIdRegistered } = books.settings
  if (hardwareBundledDeployment !== true || umsIdRegistered === false || !books.knows.bundled) return -Infinity
  if (!isAtLeast(record.osVersion, record.osVersion.startsWith('11') ? '11.08.440' : '12.2')) return -Infinity
  let last = -Infinity
  for (const { licenseType, serialNumber, separatedTo, ...license } of books.bundled) {
    const isFor = separatedTo === undefined ? serialNumber === record.serialNumber : separatedTo === record.id
    if (licenseType === type && isFor && untilOf(license) >= today) last = Math.max(last, untilOf(license))
  }
  return last
}

const isBefore = (one: string, other: string): boolean => one < other

/** Section 8. */
const ranksBefore = (one: Account, other: Account): boolean =>
  one.allocated !== other.allocated
    ? one.allocated > other.allocated
    : one.record.registered !== other.record.registered
      ? isBefore(one.record.registered, other.record.registered)
      : isBefore(one.record.id, other.record.id)

/** Section 5 from gate 4 on, for a device and a type on a day: what is to be done, if anything. */
export const deedOf = (books: Books, member: Member, type: TypeName, today: number): Deed | undefined => {
  const { settings } = books
  if (settings.licenseServerReachable === false || !mayHave(books, member, type, today)) return undefined
  const last = lastOf(member, type)
  const bundled = last >= today ? -Infinity : readyBundled(books, member, type, today)
  if (bundled >= today) return { action: 'deploy-bundled', until: bundled }
  if (settings.automaticDeployment !== true) return undefined

  const sources = member.held.get(type) ?? NOTHING
  let renewed: Account | undefined
  for (const { source, pack } of sources) {
    const account = source === 'pack' && pack !== undefined ? books.packs.get(pack) : undefined
    if (account?.type !== type || account.until <= last) continue
    if (!isUsable(books, account, member, today)) continue
    const isFirst =
      renewed === undefined ||
      account.until > renewed.until ||
      (account.until === renewed.until && isBefore(account.record.id, renewed.record.id))
    if (isFirst) renewed = account
  }
  if (renewed !== undefined) return { action: 'renew', pack: renewed.record.id, until: renewed.until }

  if (last > -Infinity) {
    const { licenseExchange, exchangeDaysBeforeExpiration = 7 } = settings
    if (licenseExchange !== true || !books.knows.exchange) return undefined
    if (last === Infinity || last - today > exchangeDaysBeforeExpiration) return undefined
  }
  let chosen: Account | undefined
  for (const account of books.packs.values())
    if (
      account.type === type &&
      account.until > last &&
      account.allocated < account.record.total &&
      (chosen === undefined || ranksBefore(account, chosen)) &&
      isUsable(books, account, member, today) &&
      isSelected(books, account, member)
    )
      chosen = account
  if (chosen === undefined) return undefined
  return { action: last > -Infinity ? 'exchange' : 'assign', pack: chosen.record.id, until: chosen.until }
}

/** Section 11. */
export const enter = (books: Books, member: Member, type: TypeName, { action, pack, until }: Deed): void => {
  const held = member.held.get(type) ?? []
  const account = pack === undefined ? undefined : books.packs.get(pack)
  if (action === 'renew') {
    for (const each of held) if (each.source === 'pack' && each.pack === pack) each.until = until
  } else if (action === 'deploy-bundled') member.held.set(type, [...held, { source: 'bundled', until }])
  else if (account !== undefined) {
    member.held.set(type, [...held, { source: 'pack', pack, until }])
    account.allocated += 1
    account.made += 1
    if (account.record.status === 'not-yet-activated') account.record = { ...account.record, status: 'ready' }
  }
}

/** Section 12: is there anything to check for? Every version here knows packs. */
export const isChecked = ({ settings, knows }: Books): boolean =>
  settings.automaticDeployment === true || (settings.hardwareBundledDeployment === true && knows.bundled)

/** ALD-109. */
export const inTurn = (books: Books): ReadonlyArray<Member> =>
  [...books.members.values()].sort(
    (one, other) => one.registered - other.registered || (isBefore(one.record.id, other.record.id) ? -1 : 1),
  )

/** ALD-108, 109: of these types alone anything can be given; the add-on comes last. */
export const typesIn = ({ packs, bundled }: Books): ReadonlyArray<TypeName> =>
  [...new Set([...[...packs.values()].map(({ type }) => type), ...bundled.map(({ licenseType }) => licenseType)])].sort(
    (one, other) => Number(one.startsWith('add-on')) - Number(other.startsWith('add-on')) || (one < other ? -1 : 1),
  )
