/**
 * Records with one of them changed: all others stay the same records.
 */
import type { AuditSnapshot, Installation } from '../../record/AuditSnapshot.js'
import type { Catalog } from '../../record/Catalog.js'
import type { Restrictions, SoftwareLicense } from '../../record/SoftwareLicense.js'
import { changed, type Changes } from '../../record/Shape.js'
import type { TrackedSoftware } from '../../record/TrackedSoftware.js'
import type { KeyName } from './remedy.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/**
 * The records that remedies are applied to. What is given to {@link run} is such.
 *
 * @since 0.1.0
 */
export interface Remediable {
  readonly catalog: Catalog
  readonly snapshots: ReadonlyArray<AuditSnapshot>
}

// -------------------------------------------------------------------------------------
// records
// -------------------------------------------------------------------------------------

/** A record with another key, or without that key. */
export const withKey = <A extends { readonly [K in KeyName]?: string }>(
  record: A,
  key: KeyName,
  value: string | undefined,
): A =>
  // INVARIANT: a key is a field that may be absent.
  changed(record, { [key]: value ?? null } as Changes<A>)

export const changeSnapshot =
  (id: string, change: (snapshot: AuditSnapshot) => AuditSnapshot) =>
  <R extends Remediable>(records: R): R => ({
    ...records,
    snapshots: records.snapshots.map((snapshot) => (snapshot.computer.id === id ? change(snapshot) : snapshot)),
  })

export const changeInstallation = (
  computer: string,
  id: string,
  change: (installation: Installation) => Installation,
): (<R extends Remediable>(records: R) => R) =>
  changeSnapshot(computer, (snapshot) =>
    snapshot.installations === undefined
      ? snapshot
      : {
          ...snapshot,
          installations: snapshot.installations.map((each) => (each.id === id ? change(each) : each)),
        },
  )

export const changeSoftware =
  (id: string, change: (software: TrackedSoftware) => TrackedSoftware) =>
  <R extends Remediable>(records: R): R => ({
    ...records,
    catalog: {
      ...records.catalog,
      software: records.catalog.software.map((software) => (software.id === id ? change(software) : software)),
    },
  })

export const changeLicense =
  (id: string, change: (license: SoftwareLicense) => SoftwareLicense) =>
  <R extends Remediable>(records: R): R => ({
    ...records,
    catalog: {
      ...records.catalog,
      licenses: records.catalog.licenses.map((license) => (license.id === id ? change(license) : license)),
    },
  })

export const changeRestrictions = (
  id: string,
  change: (restrictions: Restrictions) => Restrictions,
): (<R extends Remediable>(records: R) => R) =>
  changeLicense(id, (license) => ({ ...license, restrictions: change(license.restrictions ?? {}) }))

/** A list with an entry that it may have already. */
export const including = (list: ReadonlyArray<string> = [], entry: string): ReadonlyArray<string> =>
  list.includes(entry) ? list : [...list, entry]

export const installationIn = (
  { snapshots }: Remediable,
  computer: string,
  installation: string,
): Installation | undefined =>
  snapshots.find((snapshot) => snapshot.computer.id === computer)?.installations?.find(({ id }) => id === installation)

export const licenseIn = ({ catalog }: Remediable, id: string): SoftwareLicense | undefined =>
  catalog.licenses.find((license) => license.id === id)
