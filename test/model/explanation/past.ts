// What earlier runs left, for the checker of explanations: which allocations cover an installation and how they stand
// (ALLOC-56, 75, 76, 84, 86), and who used a license before any rule was tried (ALLOC-58, 73).
import type { WireLicense, WireSnapshot } from '../allocation.js'
import type { WireAllocation } from '../synchronization.js'
import { before, given, isRetired, licensesOf, nameOrder, type Records, type Subject } from './records.js'

/** ALLOC-47: exact duplicates count once; a blank optional text is absent. */
export const allocationsOf = ({ allocations = [] }: Records): ReadonlyArray<WireAllocation> => {
  const all = new Map<string, WireAllocation>()
  for (const { computer, product, license, origin, deallocateAutomatically, ...rest } of allocations) {
    const installation = given(rest.installation)
    const allocation = { computer, product, license, origin, installation, deallocateAutomatically }
    all.set(JSON.stringify(allocation), allocation)
  }
  return [...all.values()]
}

/** ALLOC-8, 9, 81. */
export const isSkipped = ({ computer }: WireSnapshot): boolean =>
  computer.kind === 'hardware' || computer.retired === true

/** ALLOC-76. */
const isCovering = (allocation: WireAllocation, { snapshot, installation }: Subject): boolean =>
  allocation.computer === snapshot.computer.id &&
  allocation.product === installation.product &&
  [undefined, installation.id].includes(allocation.installation)

/** ALLOC-86: was the license given, and could it not be read? */
const isUnread = (records: Records, id: string): boolean => {
  const { rejectedLicenses = [], catalog } = records
  if (rejectedLicenses !== 'any') return rejectedLicenses.includes(id)
  const software = licensesOf(records).get(id)?.software
  return !catalog.software.some((each) => each.id === software)
}

/** ALLOC-75, 86. */
const isAside = (records: Records, { license: id, origin }: WireAllocation): boolean => {
  if (isUnread(records, id)) return false
  const license = licensesOf(records).get(id)
  if (license === undefined || isRetired(records, license)) return true
  const existing = records.policy?.existing
  return existing === 'reevaluate-all' || (existing === 'reevaluate-automatic' && origin === 'automatic')
}

/** ALLOC-76: of standing allocations the one that is kept comes first; a license that is not known comes after all others. */
const keeping =
  (records: Records) =>
  (one: WireAllocation, other: WireAllocation): number => {
    const licenses = licensesOf(records)
    const [left, right] = [licenses.get(one.license), licenses.get(other.license)]
    const named = Number(one.installation === undefined) - Number(other.installation === undefined)
    const made = Number(one.origin !== 'manual') - Number(other.origin !== 'manual')
    const known = Number(left === undefined) - Number(right === undefined)
    const byName = left === undefined || right === undefined ? 0 : nameOrder(left, right).order
    return named || made || known || byName || before(one.license, other.license)
  }

export type Covering = {
  readonly license: string
  readonly name?: string
  readonly origin: string
  readonly installation?: string
  readonly standing: string
}

/** The allocations that cover an installation, the one that is kept first and those that are set aside last. */
export const coveringOf = (records: Records, subject: Subject): ReadonlyArray<Covering> => {
  const licenses = licensesOf(records)
  const all = allocationsOf(records)
    .filter((allocation) => isCovering(allocation, subject))
    .sort(keeping(records))
  const standing = all.filter((allocation) => !isAside(records, allocation))
  const told = (word: string, { license, origin, installation }: WireAllocation): Covering => {
    const name = licenses.get(license)?.name
    return {
      license,
      ...(name === undefined ? {} : { name }),
      origin,
      ...(installation === undefined ? {} : { installation }),
      standing: word,
    }
  }
  // Of a computer that is skipped nothing is kept and nothing released (ALLOC-81, 84).
  if (isSkipped(subject.snapshot)) return all.map((allocation) => told('untouched', allocation))
  const [kept, ...others] = standing
  return [
    ...(kept === undefined ? [] : [told('kept', kept)]),
    ...others.map((allocation) => told('yields', allocation)),
    ...all.filter((allocation) => isAside(records, allocation)).map((allocation) => told('set-aside', allocation)),
  ]
}

// -------------------------------------------------------------------------------------
// users
// -------------------------------------------------------------------------------------

/** ALLOC-73: the licenses whose users count against the entitlements of a license: itself, and its direct upgrades. */
export const countedWith = (records: Records, license: WireLicense): ReadonlyArray<string> => [
  license.id,
  ...[...licensesOf(records).values()]
    .filter(({ id, upgradeFor }) => upgradeFor === license.id && id !== license.id)
    .filter((upgrade) => !isRetired(records, upgrade))
    .map(({ id }) => id),
]

/** ALLOC-58, 73, 84, 86: the computers that use a license before any rule is tried. */
export const usersBefore = (records: Records, license: string): ReadonlyArray<string> => {
  const { snapshots, incomplete = [] } = records
  const counts = (allocation: WireAllocation): boolean => {
    const { computer, deallocateAutomatically } = allocation
    const places = snapshots.filter((snapshot) => snapshot.computer.id === computer)
    if (places.some((snapshot) => snapshot.computer.retired === true)) return false
    const isReported =
      !incomplete.includes(computer) &&
      places.some((snapshot) => !isSkipped(snapshot) && snapshot.installations !== undefined)
    if (!isReported) return true
    const coversAny = places.some((snapshot) =>
      (snapshot.installations ?? []).some((installation) => isCovering(allocation, { snapshot, installation })),
    )
    if (coversAny) return !isAside(records, allocation)
    return deallocateAutomatically !== true || isUnread(records, license)
  }
  const users = allocationsOf(records).filter((allocation) => allocation.license === license && counts(allocation))
  return [...new Set(users.map(({ computer }) => computer))].sort(before)
}
