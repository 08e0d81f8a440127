/**
 * Remedies of the records that an allocation is decided by, as data: one change of one record each, small enough that a
 * technician can carry it out. No remedy holds a serial number or installation key: a key is named by the license, or by the
 * installation, that it is copied from.
 *
 * @since 0.1.0
 */
import { codec } from '../../record/Codec.js'
import { byFields, type FieldsByKind } from '../../record/Kinds.js'
import { count, day, oneOf, text } from '../../record/Scalar.js'
import { required, type Shape } from '../../record/Shape.js'
import { cheapestFirst } from '../../rule/Counterfactual.js'
import type { Count } from '../../value/Count.js'
import type { Day } from '../../value/Day.js'
import type { ComputerId, InstallationId, LicenseId, ProductId, SoftwareId, UnitId } from '../../value/Id.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/**
 * The two keys of a license (ALLOC-19).
 *
 * @since 0.1.0
 */
export type KeyName = 'serialNumber' | 'installationKey'

/** What each kind of remedy says. */
interface Kinds {
  // The snapshot
  readonly 'count-as-computer': OfComputer
  readonly 'unretire-computer': OfComputer
  readonly 'set-location': OfComputer & { readonly unit: UnitId }
  readonly 'set-organization': OfComputer & { readonly unit: UnitId }
  readonly 'set-owner': OfComputer & { readonly owner: string }
  readonly 'rename-computer': OfComputer & { readonly name: string }
  readonly 'copy-key-to-installation': OfInstallation & OfLicense & OfKey
  readonly 'clear-location': OfComputer
  readonly 'clear-organization': OfComputer
  readonly 'clear-owner': OfComputer
  readonly 'clear-installation-key': OfInstallation & OfKey
  // The tracked software
  readonly 'track-product': OfProduct
  readonly 'unretire-software': { readonly software: SoftwareId }
  readonly 'untrack-product': OfProduct
  // The licenses
  readonly 'add-entitlements': OfLicense & { readonly count: Count }
  readonly 'mark-as-main': OfLicense
  readonly 'add-device': OfLicense & { readonly device: string }
  readonly 'add-owner': OfLicense & { readonly owner: string }
  readonly 'include-subunits': OfLicense & { readonly restriction: 'organization' | 'location' }
  readonly 'restrict-to-unit': OfLicense & { readonly restriction: 'organization' | 'location'; readonly unit: UnitId }
  readonly 'copy-key-to-license': OfInstallation & OfLicense & OfKey
  readonly 'unretire-license': OfLicense
  readonly 'count-installations': OfLicense
  readonly 'extend-license': OfLicense & { readonly expires: Day }
  readonly 'lift-restriction': OfLicense & { readonly restriction: 'device' | 'organization' | 'location' }
  readonly 'remove-device': OfLicense & { readonly device: string }
  readonly 'remove-owner': OfLicense & { readonly owner: string }
  readonly 'clear-license-key': OfLicense & OfKey
  readonly 'unmark-as-main': OfLicense
  readonly 'retire-license': OfLicense
}

interface OfComputer {
  readonly computer: ComputerId
}

interface OfInstallation extends OfComputer {
  readonly installation: InstallationId
}

interface OfLicense {
  readonly license: LicenseId
}

interface OfProduct {
  readonly software: SoftwareId
  readonly product: ProductId
}

interface OfKey {
  readonly key: KeyName
}

/**
 * A remedy, by its kind.
 *
 * - *The snapshot*: `count-as-computer` takes a computer for a computer, not for hardware; `unretire-computer`;
 *   `set-location`, `set-organization`, `set-owner` and `rename-computer`; `copy-key-to-installation` gives the
 *   installation the key of a license; `clear-location`, `clear-organization`, `clear-owner`, `clear-installation-key`.
 * - *The tracked software*: `track-product`, `unretire-software`, `untrack-product`.
 * - *The licenses*: `add-entitlements`; `mark-as-main`; `add-device` and `add-owner`; `include-subunits` and
 *   `restrict-to-unit`; `copy-key-to-license` gives the license the key of the installation; `unretire-license`;
 *   `count-installations` takes the license off its metric `user`; `extend-license`; `lift-restriction`, where `device` is
 *   devices and owners alike; `remove-device`, `remove-owner`, `clear-license-key`, `unmark-as-main`, `retire-license`.
 *
 * @since 0.1.0
 */
export type Remedy = { readonly [Kind in keyof Kinds]: { readonly kind: Kind } & Kinds[Kind] }[keyof Kinds]

/**
 * The kinds of remedies.
 *
 * @since 0.1.0
 */
export type RemedyKind = keyof Kinds

// -------------------------------------------------------------------------------------
// codec
// -------------------------------------------------------------------------------------

const computer = required(text<ComputerId>())
const installation = required(text<InstallationId>())
const license = required(text<LicenseId>())
const software = required(text<SoftwareId>())
const product = required(text<ProductId>())
const unit = required(text<UnitId>())
const key = required(oneOf<KeyName>('serialNumber', 'installationKey'))
const ofUnits = required(oneOf('organization', 'location'))
const name = required(text())

const fieldsOf: FieldsByKind<Remedy> = {
  'count-as-computer': { computer },
  'unretire-computer': { computer },
  'set-location': { computer, unit },
  'set-organization': { computer, unit },
  'set-owner': { computer, owner: name },
  'rename-computer': { computer, name },
  'copy-key-to-installation': { computer, installation, license, key },
  'clear-location': { computer },
  'clear-organization': { computer },
  'clear-owner': { computer },
  'clear-installation-key': { computer, installation, key },
  'track-product': { software, product },
  'unretire-software': { software },
  'untrack-product': { software, product },
  'add-entitlements': { license, count: required(count) },
  'mark-as-main': { license },
  'add-device': { license, device: name },
  'add-owner': { license, owner: name },
  'include-subunits': { license, restriction: ofUnits },
  'restrict-to-unit': { license, restriction: ofUnits, unit },
  'copy-key-to-license': { computer, installation, license, key },
  'unretire-license': { license },
  'count-installations': { license },
  'extend-license': { license, expires: required(day) },
  'lift-restriction': { license, restriction: required(oneOf('device', 'organization', 'location')) },
  'remove-device': { license, device: name },
  'remove-owner': { license, owner: name },
  'clear-license-key': { license, key },
  'unmark-as-main': { license },
  'retire-license': { license },
}

/** The kinds, the cheapest first: the snapshot before the tracked software before licenses, adding before removing. */
export const kinds = Object.keys(fieldsOf) as ReadonlyArray<RemedyKind>

/** @internal */
export const shape: Shape<Remedy> = byFields(fieldsOf)

/**
 * The codec of a {@link Remedy}.
 *
 * @example
 * import assert from 'node:assert'
 * import { either as E } from 'fp-ts'
 * import { Allocation } from 'seatwise'
 *
 * const { decode, encode } = Allocation.Remedy
 * const remedy = { kind: 'add-device', license: 'L-2', device: 'PC-7' }
 * assert.deepStrictEqual(E.map(encode)(decode(remedy)), E.right(remedy))
 * assert.strictEqual(E.isLeft(decode({ kind: 'add-device', license: 'L-2' })), true)
 *
 * @since 0.1.0
 */
export const Remedy = codec<Remedy, unknown>('Remedy', shape)

// -------------------------------------------------------------------------------------
// order
// -------------------------------------------------------------------------------------

/** What tells a remedy from every other, and the cheaper first. */
export const { key: keyOf, compare: compareRemedies } = cheapestFirst(kinds, shape.write)
