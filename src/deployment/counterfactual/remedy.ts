/**
 * Remedies of the records that a deployment is decided by, as data: one change of one record each, small enough that a
 * technician can carry it out. No remedy holds a serial number.
 *
 * @since 0.1.0
 */
import { codec } from '../../record/Codec.js'
import * as Condition from '../../record/DistributionCondition.js'
import { byFields, type FieldsByKind } from '../../record/Kinds.js'
import * as LicenseType from '../../record/LicenseType.js'
import { count, day, oneOf, text, version } from '../../record/Scalar.js'
import { required, type Shape } from '../../record/Shape.js'
import { cheapestFirst } from '../../rule/Counterfactual.js'
import type { Count } from '../../value/Count.js'
import type { Day } from '../../value/Day.js'
import type { DeviceId, DirectoryId, PackId, ViewId } from '../../value/Id.js'
import type { Version } from '../../value/Version.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/**
 * The settings that are on or off.
 *
 * @since 0.1.0
 */
export type Switch =
  'umsIdRegistered' | 'licenseServerReachable' | 'automaticDeployment' | 'licenseExchange' | 'hardwareBundledDeployment'

interface OfDevice {
  readonly device: DeviceId
}

interface OfPack {
  readonly pack: PackId
}

/** What each kind of remedy says. */
interface Kinds {
  // The device
  readonly 'restore-device': OfDevice
  readonly 'report-unit-id': OfDevice
  readonly 'close-request': OfDevice & LicenseType.LicenseType
  readonly 'move-device': OfDevice & { readonly directory: DirectoryId }
  readonly 'add-to-view': OfDevice & { readonly view: ViewId }
  readonly 'update-os': OfDevice & { readonly osVersion: Version }
  readonly 'remove-licenses': OfDevice & LicenseType.LicenseType
  // The packs
  readonly 'activate-pack': OfPack
  readonly 'assign-pack': OfPack
  readonly 'renew-token': OfPack
  readonly 'add-condition': OfPack & { readonly condition: Condition.DistributionCondition }
  readonly 'enable-for-all': OfPack
  readonly 'add-licenses': OfPack & { readonly count: Count }
  readonly 'start-pack': OfPack & { readonly starts: Day }
  readonly 'extend-pack': OfPack & { readonly expires: Day }
  readonly 'restore-pack': OfPack
  // The settings
  readonly 'switch-on': { readonly setting: Switch }
  readonly 'add-global-condition': { readonly condition: Condition.DistributionCondition }
  readonly 'update-ums': { readonly umsVersion: Version }
  readonly 'lift-global-conditions': Record<never, never>
}

/**
 * A remedy, by its kind.
 *
 * - *The device*: `restore-device` takes it out of the recycle bin; `report-unit-id` stands for any unit ID, of which only
 *   that there is one counts; `close-request`; `move-device` to a directory, `add-to-view`; `update-os`; `remove-licenses`
 *   of a type.
 * - *The packs*: `activate-pack`; `assign-pack` to this UMS; `renew-token`; `add-condition` and `enable-for-all`;
 *   `add-licenses`; `start-pack`, `extend-pack`; `restore-pack` makes a retired one ready.
 * - *The settings*: `switch-on`; `add-global-condition`; `update-ums`; `lift-global-conditions`.
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

const device = required(text<DeviceId>())
const pack = required(text<PackId>())
const condition = required(Condition.shape)

const fieldsOf: FieldsByKind<Remedy> = {
  'restore-device': { device },
  'report-unit-id': { device },
  'close-request': { device, ...LicenseType.fields },
  'move-device': { device, directory: required(text()) },
  'add-to-view': { device, view: required(text()) },
  'update-os': { device, osVersion: required(version) },
  'activate-pack': { pack },
  'assign-pack': { pack },
  'renew-token': { pack },
  'add-condition': { pack, condition },
  'enable-for-all': { pack },
  'add-licenses': { pack, count: required(count) },
  'start-pack': { pack, starts: required(day) },
  'extend-pack': { pack, expires: required(day) },
  'restore-pack': { pack },
  'switch-on': {
    setting: required(
      oneOf<Switch>(
        'umsIdRegistered',
        'licenseServerReachable',
        'automaticDeployment',
        'licenseExchange',
        'hardwareBundledDeployment',
      ),
    ),
  },
  'add-global-condition': { condition },
  'update-ums': { umsVersion: required(version) },
  'remove-licenses': { device, ...LicenseType.fields },
  'lift-global-conditions': {},
}

/** The kinds, the cheapest first: the device before packs before settings; what takes something away comes last. */
export const kinds = Object.keys(fieldsOf) as ReadonlyArray<RemedyKind>

/** @internal */
export const shape: Shape<Remedy> = byFields(fieldsOf)

/**
 * The codec of a {@link Remedy}.
 *
 * @example
 * import assert from 'node:assert'
 * import { either as E } from 'fp-ts'
 * import { Deployment } from 'seatwise'
 *
 * const { decode, encode } = Deployment.Remedy
 * const remedy = { kind: 'add-condition', pack: 'P-1', condition: { directory: 'clinic' } }
 * assert.deepStrictEqual(E.map(encode)(decode(remedy)), E.right(remedy))
 * assert.strictEqual(E.isLeft(decode({ kind: 'switch-on', setting: 'everything' })), true)
 *
 * @since 0.1.0
 */
export const Remedy = codec<Remedy, unknown>('Remedy', shape)

// -------------------------------------------------------------------------------------
// order
// -------------------------------------------------------------------------------------

/** What tells a remedy from every other, and the cheaper first. */
export const { key: keyOf, compare: compareRemedies } = cheapestFirst(kinds, shape.write)

/** What a remedy changes. Two remedies of one thing are never made together. */
export const changedBy = (remedy: Remedy): string => {
  switch (remedy.kind) {
    case 'move-device':
      return remedy.kind
    case 'add-condition':
    case 'enable-for-all':
      return JSON.stringify(['distribution', remedy.pack])
    case 'add-global-condition':
    case 'lift-global-conditions':
      return 'global conditions'
    case 'update-os':
    case 'update-ums':
      return remedy.kind
    case 'extend-pack':
    case 'start-pack':
    case 'add-licenses':
      return JSON.stringify([remedy.kind, remedy.pack])
    case 'restore-device':
    case 'report-unit-id':
    case 'close-request':
    case 'add-to-view':
    case 'remove-licenses':
    case 'activate-pack':
    case 'assign-pack':
    case 'renew-token':
    case 'restore-pack':
    case 'switch-on':
      return keyOf(remedy)
  }
}
