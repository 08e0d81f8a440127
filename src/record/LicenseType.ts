/**
 * What is deployed: a license type, and of add-ons also which one (deployment.md, section 1).
 *
 * @since 0.1.0
 */
import * as Text from '../value/Text.js'
import { oneOf, text } from './Scalar.js'
import { optional, required, type Shape } from './Shape.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/**
 * The type of a license, as the license portal names it. Of `isl` and `icg` nothing is deployed (ALD-21).
 *
 * @since 0.1.0
 */
export type LicenseTypeName =
  'workspace-edition' | 'enterprise-management-pack' | 'add-on' | 'udc3' | 'ud-pocket' | 'uma' | 'isl' | 'icg'

/**
 * A type of license: two add-ons are two types. `addOn` says nothing of any other type.
 *
 * @since 0.1.0
 */
export interface LicenseType {
  readonly licenseType: LicenseTypeName
  readonly addOn?: string
}

const NAMES: ReadonlyArray<LicenseTypeName> = [
  'workspace-edition',
  'enterprise-management-pack',
  'add-on',
  'udc3',
  'ud-pocket',
  'uma',
  'isl',
  'icg',
]

// -------------------------------------------------------------------------------------
// shapes
// -------------------------------------------------------------------------------------

/** @internal */
export const name: Shape<LicenseTypeName> = oneOf(...NAMES)

/** @internal */
export const fields = { licenseType: required(name), addOn: optional(text()) }

// -------------------------------------------------------------------------------------
// combinators
// -------------------------------------------------------------------------------------

/**
 * The type alone of a record that has one: two records are of one type exactly when these texts are equal.
 *
 * @example
 * import assert from 'node:assert'
 * import { LicenseType } from 'seatwise'
 *
 * assert.strictEqual(LicenseType.show({ licenseType: 'udc3', addOn: 'ignored' }), 'udc3')
 * assert.strictEqual(LicenseType.show({ licenseType: 'add-on', addOn: '90meter' }), 'add-on 90meter')
 *
 * @since 0.1.0
 */
export const show = ({ licenseType, addOn }: LicenseType): string =>
  licenseType === 'add-on' && addOn !== undefined ? `${licenseType} ${addOn}` : licenseType

/**
 * The type of a record that has one, without the rest of the record.
 *
 * @example
 * import assert from 'node:assert'
 * import { LicenseType } from 'seatwise'
 *
 * assert.deepStrictEqual(LicenseType.of({ licenseType: 'udc3', addOn: 'ignored' }), { licenseType: 'udc3' })
 *
 * @since 0.1.0
 */
export const of = ({ licenseType, addOn }: LicenseType): LicenseType =>
  licenseType === 'add-on' && addOn !== undefined ? { licenseType, addOn } : { licenseType }

/**
 * Are two records of one type?
 *
 * @example
 * import assert from 'node:assert'
 * import { LicenseType } from 'seatwise'
 *
 * assert.strictEqual(LicenseType.equals({ licenseType: 'uma' }, { licenseType: 'uma' }), true)
 * assert.strictEqual(LicenseType.equals({ licenseType: 'add-on', addOn: 'a' }, { licenseType: 'add-on', addOn: 'b' }), false)
 *
 * @since 0.1.0
 */
export const equals = (a: LicenseType, b: LicenseType): boolean =>
  a.licenseType === b.licenseType && (a.licenseType !== 'add-on' || a.addOn === b.addOn)

/**
 * The order in which the types of one device are decided: add-ons after all others, since they need a base (ALD-29, 109).
 *
 * @example
 * import assert from 'node:assert'
 * import { LicenseType } from 'seatwise'
 *
 * const types: ReadonlyArray<LicenseType.LicenseType> = [{ licenseType: 'add-on', addOn: 'a' }, { licenseType: 'uma' }]
 * assert.deepStrictEqual([...types].sort(LicenseType.compare).map(LicenseType.show), ['uma', 'add-on a'])
 *
 * @since 0.1.0
 */
export const compare = (a: LicenseType, b: LicenseType): number =>
  Number(a.licenseType === 'add-on') - Number(b.licenseType === 'add-on') ||
  Text.compare(a.licenseType, b.licenseType) ||
  (a.licenseType === 'add-on' ? compareAddOns(a.addOn, b.addOn) : 0)

/** An add-on without a name comes first. */
const compareAddOns = (a: string | undefined, b: string | undefined): number =>
  a === undefined || b === undefined ? Number(a !== undefined) - Number(b !== undefined) : Text.compare(a, b)
