/**
 * Remedies applied to records.
 *
 * Laws:
 *
 * 1. Purity: the records given stay as they are; what no remedy names is the same record afterward
 * 2. A remedy of a record that is not there changes nothing
 * 3. But for `add-entitlements`, applied twice is applied once
 *
 * @since 0.1.0
 */
import { changed } from '../../record/Shape.js'
import type { Count } from '../../value/Count.js'
import {
  changeInstallation,
  changeLicense,
  changeRestrictions,
  changeSnapshot,
  changeSoftware,
  including,
  installationIn,
  licenseIn,
  withKey,
  type Remediable,
} from './records.js'
import type { Remedy } from './remedy.js'

/**
 * What records become by a remedy. Of several remedies, the answers of {@link wouldAllocate} mean them in the order given.
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
 * const remedy = Allocation.Remedy.decode({ kind: 'unretire-computer', computer: 'pc-1' })
 * const after = E.map((one: Allocation.Remedy) => Allocation.applyRemedy(one)({ catalog, snapshots }).snapshots)(remedy)
 * assert.deepStrictEqual(after, E.right([{ computer: { id: 'pc-1', name: 'PC-1' } }]))
 *
 * @since 0.1.0
 */
export const applyRemedy =
  (remedy: Remedy) =>
  <R extends Remediable>(records: R): R => {
    switch (remedy.kind) {
      case 'count-as-computer':
        return changeSnapshot(remedy.computer, (snapshot) => ({
          ...snapshot,
          computer: changed(snapshot.computer, { kind: null }),
        }))(records)
      case 'unretire-computer':
        return changeSnapshot(remedy.computer, (snapshot) => ({
          ...snapshot,
          computer: changed(snapshot.computer, { retired: null }),
        }))(records)
      case 'rename-computer':
        return changeSnapshot(remedy.computer, (snapshot) => ({
          ...snapshot,
          computer: { ...snapshot.computer, name: remedy.name },
        }))(records)
      case 'set-location':
        return changeSnapshot(remedy.computer, (snapshot) => ({ ...snapshot, location: remedy.unit }))(records)
      case 'set-organization':
        return changeSnapshot(remedy.computer, (snapshot) => ({ ...snapshot, organization: remedy.unit }))(records)
      case 'set-owner':
        return changeSnapshot(remedy.computer, (snapshot) => ({ ...snapshot, owner: remedy.owner }))(records)
      case 'clear-location':
        return changeSnapshot(remedy.computer, (snapshot) => changed(snapshot, { location: null }))(records)
      case 'clear-organization':
        return changeSnapshot(remedy.computer, (snapshot) => changed(snapshot, { organization: null }))(records)
      case 'clear-owner':
        return changeSnapshot(remedy.computer, (snapshot) => changed(snapshot, { owner: null }))(records)
      case 'copy-key-to-installation': {
        const license = licenseIn(records, remedy.license)
        return license === undefined
          ? records
          : changeInstallation(remedy.computer, remedy.installation, (installation) =>
              withKey(installation, remedy.key, license[remedy.key]),
            )(records)
      }
      case 'clear-installation-key':
        return changeInstallation(remedy.computer, remedy.installation, (installation) =>
          withKey(installation, remedy.key, undefined),
        )(records)
      case 'track-product':
        return changeSoftware(remedy.software, (software) => ({
          ...software,
          products: software.products.includes(remedy.product)
            ? software.products
            : [...software.products, remedy.product],
        }))(records)
      case 'untrack-product':
        return changeSoftware(remedy.software, (software) => ({
          ...software,
          products: software.products.filter((product) => product !== remedy.product),
        }))(records)
      case 'unretire-software':
        return changeSoftware(remedy.software, (software) => changed(software, { retired: null }))(records)
      case 'add-entitlements':
        return changeLicense(remedy.license, (license) =>
          license.entitlements === undefined
            ? license
            : { ...license, entitlements: (license.entitlements + remedy.count) as Count },
        )(records)
      case 'mark-as-main':
        return changeLicense(remedy.license, (license) => ({ ...license, main: true }))(records)
      case 'unmark-as-main':
        return changeLicense(remedy.license, (license) => changed(license, { main: null }))(records)
      case 'unretire-license':
        return changeLicense(remedy.license, (license) => changed(license, { retired: null }))(records)
      case 'retire-license':
        return changeLicense(remedy.license, (license) => ({ ...license, retired: true }))(records)
      case 'count-installations':
        return changeLicense(remedy.license, (license) => ({ ...license, metric: 'installation' }))(records)
      case 'extend-license':
        return changeLicense(remedy.license, (license) => ({ ...license, expires: remedy.expires }))(records)
      case 'copy-key-to-license': {
        const installation = installationIn(records, remedy.computer, remedy.installation)
        return installation === undefined
          ? records
          : changeLicense(remedy.license, (license) => withKey(license, remedy.key, installation[remedy.key]))(records)
      }
      case 'clear-license-key':
        return changeLicense(remedy.license, (license) => withKey(license, remedy.key, undefined))(records)
      case 'add-device':
        return changeRestrictions(remedy.license, (restrictions) => ({
          ...restrictions,
          devices: including(restrictions.devices, remedy.device),
        }))(records)
      case 'add-owner':
        return changeRestrictions(remedy.license, (restrictions) => ({
          ...restrictions,
          owners: including(restrictions.owners, remedy.owner),
        }))(records)
      case 'remove-device':
        return changeRestrictions(remedy.license, ({ devices = [], ...restrictions }) => ({
          ...restrictions,
          devices: devices.filter((device) => device !== remedy.device),
        }))(records)
      case 'remove-owner':
        return changeRestrictions(remedy.license, ({ owners = [], ...restrictions }) => ({
          ...restrictions,
          owners: owners.filter((owner) => owner !== remedy.owner),
        }))(records)
      case 'restrict-to-unit':
        return changeRestrictions(remedy.license, (restrictions) => ({
          ...restrictions,
          [remedy.restriction]: { unit: remedy.unit },
        }))(records)
      case 'include-subunits':
        return changeRestrictions(remedy.license, (restrictions) => {
          const restricted = restrictions[remedy.restriction]
          return restricted === undefined
            ? restrictions
            : { ...restrictions, [remedy.restriction]: { ...restricted, includeSubunits: true } }
        })(records)
      case 'lift-restriction':
        return changeRestrictions(remedy.license, (restrictions) =>
          remedy.restriction === 'device'
            ? changed(restrictions, { devices: null, owners: null })
            : changed(restrictions, { [remedy.restriction]: null }),
        )(records)
    }
  }
