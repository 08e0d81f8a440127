/**
 * A software license: its keys, restrictions, metric and entitlements (FORMAT, *Allocation*).
 *
 * @since 0.1.0
 */
import type { Count } from '../value/Count.js'
import type { Day } from '../value/Day.js'
import type { LicenseId, SoftwareId } from '../value/Id.js'
import { codec } from './Codec.js'
import { anyText, count, day, flag, oneOf, secretText, text } from './Scalar.js'
import { list, optional, record, required, type Shape } from './Shape.js'

/**
 * An Organization or Location restriction. `unit` is a reference: an id, a path or a name (ALLOC-72); a blank one never
 * matches (ALLOC-45).
 *
 * @since 0.1.0
 */
export interface UnitRestriction {
  readonly unit: string
  readonly includeSubunits?: boolean
}

/**
 * What a license is restricted to. `devices` are computer names, `owners` their owners; together they are the Device
 * restriction.
 *
 * @since 0.1.0
 */
export interface Restrictions {
  readonly devices?: ReadonlyArray<string>
  readonly owners?: ReadonlyArray<string>
  readonly organization?: UnitRestriction
  readonly location?: UnitRestriction
}

/**
 * What the use of a license is counted by; `installation` where none is given.
 *
 * @since 0.1.0
 */
export type Metric = 'installation' | 'named-computer' | 'site' | 'user' | 'none'

/**
 * A software license. `entitlements` is a number of computers, absent where the license is not limited; `expires` is the
 * last valid day; `upgradeFor` the license that this one upgrades.
 *
 * @since 0.1.0
 */
export interface SoftwareLicense {
  readonly id: LicenseId
  readonly name: string
  readonly software: SoftwareId
  readonly serialNumber?: string
  readonly installationKey?: string
  readonly restrictions?: Restrictions
  readonly main?: boolean
  readonly metric?: Metric
  readonly entitlements?: Count
  readonly upgradeFor?: LicenseId
  readonly expires?: Day
  readonly retired?: boolean
}

/** @internal */
export const unitRestriction = record<UnitRestriction>({ unit: required(anyText), includeSubunits: optional(flag) })

const restrictions = record<Restrictions>({
  devices: optional(list(anyText)),
  owners: optional(list(anyText)),
  organization: optional(unitRestriction),
  location: optional(unitRestriction),
})

/** @internal */
export const shape: Shape<SoftwareLicense> = record<SoftwareLicense>({
  id: required(text()),
  name: required(text()),
  software: required(text()),
  serialNumber: optional(secretText),
  installationKey: optional(secretText),
  restrictions: optional(restrictions),
  main: optional(flag),
  metric: optional(oneOf('installation', 'named-computer', 'site', 'user', 'none')),
  entitlements: optional(count),
  upgradeFor: optional(text()),
  expires: optional(day),
  retired: optional(flag),
})

/**
 * The codec of a {@link SoftwareLicense}; its errors carry the codes of FORMAT's rejections and show no key.
 *
 * @example
 * import assert from 'node:assert'
 * import { either as E } from 'fp-ts'
 * import { SoftwareLicense } from 'seatwise'
 *
 * const license = { id: 'L-1', name: 'Visio Standard', software: 'visio', entitlements: 25, expires: '2027-03-31' }
 * const decoded = SoftwareLicense.SoftwareLicense.decode(license)
 * assert.deepStrictEqual(E.map(SoftwareLicense.SoftwareLicense.encode)(decoded), E.right(license))
 *
 * @since 0.1.0
 */
export const SoftwareLicense = codec<SoftwareLicense, unknown>('SoftwareLicense', shape)
