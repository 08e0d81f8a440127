/**
 * The records that a session was given, and how changes replace them.
 */
import type { Allocation } from '../../../record/Allocation.js'
import type { AuditSnapshot } from '../../../record/AuditSnapshot.js'
import type { Catalog } from '../../../record/Catalog.js'
import type { SoftwareLicense } from '../../../record/SoftwareLicense.js'
import type { Unit } from '../../../record/Unit.js'
import type { ComputerId, LicenseId } from '../../../value/Id.js'
import type { Day } from '../../../value/Day.js'
import type { Given } from '../run.js'
import type { RejectedLicenses } from '../standing.js'
import { byComputer, distinctAllocations, next } from '../allocations.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** What was given, by computer. */
export interface Records {
  readonly snapshots: ReadonlyMap<ComputerId, AuditSnapshot>
  readonly allocations: ReadonlyMap<ComputerId, ReadonlyArray<Allocation>>
  readonly incomplete: ReadonlySet<ComputerId>
}

/**
 * What changes between one synchronization and the next. Snapshots and licenses take the place of those with the same id;
 * `incomplete` are those of the changed snapshots of which an installation was rejected. `withdrawn` are computers whose
 * snapshot is not given any more, which says nothing of what is installed there (ALLOC-84).
 *
 * @since 0.1.0
 */
export interface Changes {
  readonly snapshots?: ReadonlyArray<AuditSnapshot>
  readonly incomplete?: ReadonlyArray<ComputerId>
  readonly withdrawn?: ReadonlyArray<ComputerId>
  readonly licenses?: ReadonlyArray<SoftwareLicense>
  readonly withdrawnLicenses?: ReadonlyArray<LicenseId>
  /** Organizations and locations that take the place of those with the same id, or are added. */
  readonly organizations?: ReadonlyArray<Unit>
  readonly locations?: ReadonlyArray<Unit>
  readonly added?: ReadonlyArray<Allocation>
  readonly released?: ReadonlyArray<Allocation>
  /** The day on which expiry is judged from now on; everything is decided again. */
  readonly asOf?: Day
  /** The licenses that are rejected from now on; everything is decided again. A license that is given is no longer one. */
  readonly rejectedLicenses?: RejectedLicenses
}

// -------------------------------------------------------------------------------------
// replacing
// -------------------------------------------------------------------------------------

export const replaceSnapshots = (
  { snapshots, incomplete }: Records,
  { snapshots: changed = [], incomplete: nowIncomplete = [], withdrawn = [] }: Changes,
): Pick<Records, 'snapshots' | 'incomplete'> => {
  const after = new Map(snapshots)
  const stillIncomplete = new Set(incomplete)
  for (const id of withdrawn) {
    after.delete(id)
    stillIncomplete.delete(id)
  }
  for (const snapshot of changed) {
    after.set(snapshot.computer.id, snapshot)
    stillIncomplete.delete(snapshot.computer.id)
  }
  for (const id of nowIncomplete) stillIncomplete.add(id)
  return { snapshots: after, incomplete: stillIncomplete }
}

export const replaceAllocations = (
  allocations: Records['allocations'],
  { added = [], released = [] }: Pick<Changes, 'added' | 'released'>,
): Records['allocations'] => {
  if (added.length === 0 && released.length === 0) return allocations
  const after = new Map(allocations)
  const [coming, going] = [byComputer(added), byComputer(released)]
  for (const computer of new Set([...coming.keys(), ...going.keys()])) {
    const left = next(after.get(computer) ?? [])({
      released: going.get(computer) ?? [],
      added: coming.get(computer) ?? [],
    })
    if (left.length === 0) after.delete(computer)
    else after.set(computer, distinctAllocations(left))
  }
  return after
}

const replaceLicenses = (catalog: Catalog, { licenses = [], withdrawnLicenses = [] }: Changes): Catalog => {
  if (licenses.length === 0 && withdrawnLicenses.length === 0) return catalog
  const gone = new Set<LicenseId>([...withdrawnLicenses, ...licenses.map(({ id }) => id)])
  return { ...catalog, licenses: [...catalog.licenses.filter(({ id }) => !gone.has(id)), ...licenses] }
}

const replaceUnits = (
  catalog: Catalog,
  collection: 'organizations' | 'locations',
  units: ReadonlyArray<Unit> = [],
): Catalog => {
  if (units.length === 0) return catalog
  const changed = new Set(units.map(({ id }) => id))
  return { ...catalog, [collection]: [...(catalog[collection] ?? []).filter(({ id }) => !changed.has(id)), ...units] }
}

const replaceCatalog = (catalog: Catalog, changes: Changes): Catalog =>
  replaceUnits(
    replaceUnits(replaceLicenses(catalog, changes), 'organizations', changes.organizations),
    'locations',
    changes.locations,
  )

type Options = Omit<Given<string>, 'snapshots' | 'allocations' | 'incomplete'>

/** What a session was given besides its records, after a change. */
export const replaceOptions = <O extends Options>(options: O, changes: Changes): O => {
  const { asOf, rejectedLicenses = options.rejectedLicenses, licenses = [] } = changes
  const nowGood = new Set(licenses.map(({ id }) => id))
  return {
    ...options,
    catalog: replaceCatalog(options.catalog, changes),
    ...(asOf === undefined ? {} : { asOf }),
    ...(rejectedLicenses === undefined
      ? {}
      : { rejectedLicenses: rejectedLicenses === 'any' ? 'any' : rejectedLicenses.filter((id) => !nowGood.has(id)) }),
  }
}
