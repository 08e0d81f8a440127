/**
 * Edits applied to records.
 *
 * Laws:
 *
 * 1. Purity: the records given stay as they are; what no edit names is the same record afterward
 * 2. An edit of a record that is not there changes nothing
 * 3. But for `add-entitlements`, applied twice is applied once
 *
 * @since 0.1.0
 */
import type { AuditSnapshot, Installation } from '../../record/AuditSnapshot.js'
import type { Catalog } from '../../record/Catalog.js'
import type { Restrictions, SoftwareLicense } from '../../record/SoftwareLicense.js'
import type { TrackedSoftware } from '../../record/TrackedSoftware.js'
import type { Count } from '../../value/Count.js'
import type { Remedy, KeyName } from './remedy.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/**
 * The records that edits are applied to. What is given to {@link run} is such.
 *
 * @since 0.1.0
 */
export interface EditedRecords {
  readonly catalog: Catalog
  readonly snapshots: ReadonlyArray<AuditSnapshot>
}

// -------------------------------------------------------------------------------------
// records
// -------------------------------------------------------------------------------------

/** A record without some of its fields. */
const without = <A extends object>(record: A, ...fields: ReadonlyArray<keyof A & string>): A =>
  Object.fromEntries(
    Object.entries(record).filter(([field]) => !(fields as ReadonlyArray<string>).includes(field)),
  ) as A

/** A record with a field that is blank or not there taken away. */
const withKey = <A extends { readonly [K in KeyName]?: string }>(
  record: A,
  key: KeyName,
  value: string | undefined,
): A => (value === undefined ? without(record, key) : { ...record, [key]: value })

const changeSnapshot =
  (id: string, change: (snapshot: AuditSnapshot) => AuditSnapshot) =>
  <R extends EditedRecords>(records: R): R => ({
    ...records,
    snapshots: records.snapshots.map((snapshot) => (snapshot.computer.id === id ? change(snapshot) : snapshot)),
  })

const changeInstallation = (
  computer: string,
  id: string,
  change: (installation: Installation) => Installation,
): (<R extends EditedRecords>(records: R) => R) =>
  changeSnapshot(computer, (snapshot) =>
    snapshot.installations === undefined
      ? snapshot
      : {
          ...snapshot,
          installations: snapshot.installations.map((each) => (each.id === id ? change(each) : each)),
        },
  )

const changeSoftware =
  (id: string, change: (software: TrackedSoftware) => TrackedSoftware) =>
  <R extends EditedRecords>(records: R): R => ({
    ...records,
    catalog: {
      ...records.catalog,
      software: records.catalog.software.map((software) => (software.id === id ? change(software) : software)),
    },
  })

const changeLicense =
  (id: string, change: (license: SoftwareLicense) => SoftwareLicense) =>
  <R extends EditedRecords>(records: R): R => ({
    ...records,
    catalog: {
      ...records.catalog,
      licenses: records.catalog.licenses.map((license) => (license.id === id ? change(license) : license)),
    },
  })

const changeRestrictions = (
  id: string,
  change: (restrictions: Restrictions) => Restrictions,
): (<R extends EditedRecords>(records: R) => R) =>
  changeLicense(id, (license) => ({ ...license, restrictions: change(license.restrictions ?? {}) }))

/** A list with an entry that it may have already. */
const including = (list: ReadonlyArray<string> = [], entry: string): ReadonlyArray<string> =>
  list.includes(entry) ? list : [...list, entry]

const installationIn = (
  { snapshots }: EditedRecords,
  computer: string,
  installation: string,
): Installation | undefined =>
  snapshots.find((snapshot) => snapshot.computer.id === computer)?.installations?.find(({ id }) => id === installation)

const licenseIn = ({ catalog }: EditedRecords, id: string): SoftwareLicense | undefined =>
  catalog.licenses.find((license) => license.id === id)

// -------------------------------------------------------------------------------------
// applying
// -------------------------------------------------------------------------------------

/**
 * What records become by an edit. Of several edits, the answers of {@link wouldAllocate} mean them in the order given.
 *
 * @example
 * import assert from 'node:assert'
 * import { either as E } from 'fp-ts'
 * import { Allocation, AuditSnapshot, Catalog } from 'seatwise'
 *
 * const { right: catalog } = Catalog.decode({
 *   software: [{ id: 'visio', name: 'Visio', products: ['Visio 2024'] }],
 *   licenses: [{ id: 'L-1', name: 'Visio', software: 'visio' }],
 * })
 * const { right: snapshots } = AuditSnapshot.decodeAll([{ computer: { id: 'pc-1', name: 'PC-1', retired: true } }])
 * const edit = Allocation.Remedy.decode({ kind: 'unretire-computer', computer: 'pc-1' })
 * const after = E.map((one: Allocation.Remedy) => Allocation.applyRemedy(one)({ catalog, snapshots }).snapshots)(edit)
 * assert.deepStrictEqual(after, E.right([{ computer: { id: 'pc-1', name: 'PC-1' } }]))
 *
 * @since 0.1.0
 */
export const applyRemedy =
  (edit: Remedy) =>
  <R extends EditedRecords>(records: R): R => {
    switch (edit.kind) {
      case 'count-as-computer':
        return changeSnapshot(edit.computer, (snapshot) => ({
          ...snapshot,
          computer: without(snapshot.computer, 'kind'),
        }))(records)
      case 'unretire-computer':
        return changeSnapshot(edit.computer, (snapshot) => ({
          ...snapshot,
          computer: without(snapshot.computer, 'retired'),
        }))(records)
      case 'rename-computer':
        return changeSnapshot(edit.computer, (snapshot) => ({
          ...snapshot,
          computer: { ...snapshot.computer, name: edit.name },
        }))(records)
      case 'set-location':
        return changeSnapshot(edit.computer, (snapshot) => ({ ...snapshot, location: edit.unit }))(records)
      case 'set-organization':
        return changeSnapshot(edit.computer, (snapshot) => ({ ...snapshot, organization: edit.unit }))(records)
      case 'set-owner':
        return changeSnapshot(edit.computer, (snapshot) => ({ ...snapshot, owner: edit.owner }))(records)
      case 'clear-location':
        return changeSnapshot(edit.computer, (snapshot) => without(snapshot, 'location'))(records)
      case 'clear-organization':
        return changeSnapshot(edit.computer, (snapshot) => without(snapshot, 'organization'))(records)
      case 'clear-owner':
        return changeSnapshot(edit.computer, (snapshot) => without(snapshot, 'owner'))(records)
      case 'copy-key-to-installation': {
        const license = licenseIn(records, edit.license)
        return license === undefined
          ? records
          : changeInstallation(edit.computer, edit.installation, (installation) =>
              withKey(installation, edit.key, license[edit.key]),
            )(records)
      }
      case 'clear-installation-key':
        return changeInstallation(edit.computer, edit.installation, (installation) => without(installation, edit.key))(
          records,
        )
      case 'track-product':
        return changeSoftware(edit.software, (software) => ({
          ...software,
          products: software.products.includes(edit.product) ? software.products : [...software.products, edit.product],
        }))(records)
      case 'untrack-product':
        return changeSoftware(edit.software, (software) => ({
          ...software,
          products: software.products.filter((product) => product !== edit.product),
        }))(records)
      case 'unretire-software':
        return changeSoftware(edit.software, (software) => without(software, 'retired'))(records)
      case 'add-entitlements':
        return changeLicense(edit.license, (license) =>
          license.entitlements === undefined
            ? license
            : { ...license, entitlements: (license.entitlements + edit.count) as Count },
        )(records)
      case 'mark-as-main':
        return changeLicense(edit.license, (license) => ({ ...license, main: true }))(records)
      case 'unmark-as-main':
        return changeLicense(edit.license, (license) => without(license, 'main'))(records)
      case 'unretire-license':
        return changeLicense(edit.license, (license) => without(license, 'retired'))(records)
      case 'retire-license':
        return changeLicense(edit.license, (license) => ({ ...license, retired: true }))(records)
      case 'count-installations':
        return changeLicense(edit.license, (license) => ({ ...license, metric: 'installation' }))(records)
      case 'extend-license':
        return changeLicense(edit.license, (license) => ({ ...license, expires: edit.expires }))(records)
      case 'copy-key-to-license': {
        const installation = installationIn(records, edit.computer, edit.installation)
        return installation === undefined
          ? records
          : changeLicense(edit.license, (license) => withKey(license, edit.key, installation[edit.key]))(records)
      }
      case 'clear-license-key':
        return changeLicense(edit.license, (license) => without(license, edit.key))(records)
      case 'add-device':
        return changeRestrictions(edit.license, (restrictions) => ({
          ...restrictions,
          devices: including(restrictions.devices, edit.device),
        }))(records)
      case 'add-owner':
        return changeRestrictions(edit.license, (restrictions) => ({
          ...restrictions,
          owners: including(restrictions.owners, edit.owner),
        }))(records)
      case 'remove-device':
        return changeRestrictions(edit.license, ({ devices = [], ...restrictions }) => ({
          ...restrictions,
          devices: devices.filter((device) => device !== edit.device),
        }))(records)
      case 'remove-owner':
        return changeRestrictions(edit.license, ({ owners = [], ...restrictions }) => ({
          ...restrictions,
          owners: owners.filter((owner) => owner !== edit.owner),
        }))(records)
      case 'restrict-to-unit':
        return changeRestrictions(edit.license, (restrictions) => ({
          ...restrictions,
          [edit.restriction]: { unit: edit.unit },
        }))(records)
      case 'include-subunits':
        return changeRestrictions(edit.license, (restrictions) => {
          const restricted = restrictions[edit.restriction]
          return restricted === undefined
            ? restrictions
            : { ...restrictions, [edit.restriction]: { ...restricted, includeSubunits: true } }
        })(records)
      case 'lift-restriction':
        return changeRestrictions(edit.license, (restrictions) =>
          edit.restriction === 'device'
            ? without(restrictions, 'devices', 'owners')
            : without(restrictions, edit.restriction),
        )(records)
    }
  }
