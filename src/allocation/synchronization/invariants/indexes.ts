/**
 * Records and results by what is asked of them. Each index is made once, so that a check takes time in proportion to what
 * is checked. An allocation covers by ALLOC-76, told here by keys: it names a product, or a product and one installation
 * of it.
 */
import type { Allocation } from '../../../record/Allocation.js'
import type { AuditSnapshot, Installation } from '../../../record/AuditSnapshot.js'
import type { Decision } from '../../../record/Decision.js'
import type { ComputerId, InstallationId, LicenseId } from '../../../value/Id.js'
import { groupBy } from '../../../value/Lists.js'

// -------------------------------------------------------------------------------------
// keys
// -------------------------------------------------------------------------------------

/** Several ids as one: different ids make different keys. What is absent is no id. */
export const keyOf = (...ids: ReadonlyArray<string | undefined>): string => JSON.stringify(ids)

type Scope = Pick<Allocation, 'product' | 'installation'>

const scopeOf = ({ product, installation }: Scope): ReadonlyArray<string> =>
  installation === undefined ? [product] : [product, installation]

/** Both ways in which an installation can be covered, the nearer one first. */
const scopesOf = ({ id, product }: Pick<Installation, 'id' | 'product'>): ReadonlyArray<ReadonlyArray<string>> => [
  [product, id],
  [product],
]

// -------------------------------------------------------------------------------------
// indexes
// -------------------------------------------------------------------------------------

/** An installation with the snapshot that tells of it. */
export interface Found {
  readonly snapshot: AuditSnapshot
  readonly installation: Installation
}

/** Installations by computer and id; of exact duplicates the first. */
export const foundIn = (
  snapshots: Iterable<AuditSnapshot>,
): ((computer: ComputerId, installation: InstallationId) => Found | undefined) => {
  const found = new Map<string, Found>()
  for (const snapshot of snapshots)
    for (const installation of snapshot.installations ?? []) {
      const key = keyOf(snapshot.computer.id, installation.id)
      if (!found.has(key)) found.set(key, { snapshot, installation })
    }
  return (computer, installation) => found.get(keyOf(computer, installation))
}

/** Does an allocation cover any installation of these snapshots? */
export const coveringIn = (snapshots: Iterable<AuditSnapshot>): ((allocation: Allocation) => boolean) => {
  const installed = new Set<string>()
  for (const { computer, installations = [] } of snapshots)
    for (const installation of installations)
      for (const scope of scopesOf(installation)) installed.add(keyOf(computer.id, ...scope))
  return (allocation) => installed.has(keyOf(allocation.computer, ...scopeOf(allocation)))
}

/** Does an installation that an allocation covers end the run with its license (ALLOC-78)? */
export const endingIn = (decisions: Iterable<Decision<string>>): ((allocation: Allocation) => boolean) => {
  const ended = new Set<string>()
  for (const { computer, installation, product, license } of decisions)
    if (license !== undefined)
      for (const scope of scopesOf({ id: installation, product })) ended.add(keyOf(computer, license, ...scope))
  return (allocation) => ended.has(keyOf(allocation.computer, allocation.license, ...scopeOf(allocation)))
}

/** Does any of these allocations, of this license, cover an installation? */
export const recordedIn = (
  allocations: Iterable<Allocation>,
): ((computer: ComputerId, license: LicenseId, installation: Installation) => boolean) => {
  const recorded = new Set<string>()
  for (const each of allocations) recorded.add(keyOf(each.computer, each.license, ...scopeOf(each)))
  return (computer, license, installation) =>
    scopesOf(installation).some((scope) => recorded.has(keyOf(computer, license, ...scope)))
}

const NONE: ReadonlySet<LicenseId> = new Set()

/**
 * The licenses of which an installation may keep one, by standing allocations: of those that name the installation if any
 * does, and among them of the manual ones if there are any (ALLOC-76).
 */
export const keepableIn = (
  standing: Iterable<Allocation>,
): ((computer: ComputerId, installation: Installation) => ReadonlySet<LicenseId>) => {
  const keepable = new Map<string, ReadonlySet<LicenseId>>()
  for (const [key, some] of groupBy(standing, (each) => keyOf(each.computer, ...scopeOf(each)))) {
    const manual = some.filter(({ origin }) => origin === 'manual')
    keepable.set(key, new Set((manual.length > 0 ? manual : some).map(({ license }) => license)))
  }
  return (computer, installation) => {
    for (const scope of scopesOf(installation)) {
      const found = keepable.get(keyOf(computer, ...scope))
      if (found !== undefined) return found
    }
    return NONE
  }
}
