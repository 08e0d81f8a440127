/**
 * A product pack: a number of licenses of one type, of which some are bound to devices (FORMAT, *Deployment*).
 *
 * @since 0.1.0
 */
import type { Count } from '../value/Count.js'
import type { Day } from '../value/Day.js'
import type { PackId, UmsId } from '../value/Id.js'
import { codec } from './Codec.js'
import * as Condition from './DistributionCondition.js'
import { either } from './Guard.js'
import * as LicenseType from './LicenseType.js'
import { isRawRecord } from './RawCopy.js'
import { count, day, flag, oneOf, text } from './Scalar.js'
import { list, optional, record, required, type Fields, type Shape } from './Shape.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/**
 * Whom a pack is for: every device, or those that meet at least one condition (ALD-35, 36).
 *
 * @since 0.1.0
 */
export type Distribution =
  | { readonly method: 'enabled' }
  | { readonly method: 'conditions'; readonly conditions: ReadonlyArray<Condition.DistributionCondition> }

/**
 * A product pack as it was at the last refresh. It is valid from `starts` to `expires`, both included, and without end
 * where `expires` is absent (ALD-51); `active` unless it says otherwise (ALD-11); `ready` unless `status` says otherwise.
 * An absent `distribution` is that of its type (ALD-33, 34).
 *
 * @since 0.1.0
 */
export interface ProductPack extends LicenseType.LicenseType {
  readonly id: PackId
  readonly evaluation?: boolean
  readonly total: Count
  readonly allocated: Count
  readonly registered: Day
  readonly starts?: Day
  readonly expires?: Day
  readonly distribution?: Distribution
  readonly active?: boolean
  readonly status?: 'ready' | 'not-yet-activated' | 'merged' | 'archived'
  /** The UMS IDs that the pack is assigned to (ALD-5). */
  readonly umsIds?: ReadonlyArray<UmsId>
  /** Present where the pack is registered through a token (ALD-5, 9). */
  readonly aldToken?: 'valid' | 'invalid'
}

// -------------------------------------------------------------------------------------
// codec
// -------------------------------------------------------------------------------------

type ByConditions = Extract<Distribution, { method: 'conditions' }>

const method: Shape<Pick<Distribution, 'method'>> = record<Pick<Distribution, 'method'>>({
  method: required(oneOf('enabled', 'conditions')),
})

const byConditions: Shape<ByConditions> = record<ByConditions>({
  // Of a method that cannot be read, conditions are told in full: they say which one was meant.
  method: required(oneOf('enabled', 'conditions') as Shape<'conditions'>),
  conditions: required(list(Condition.shape)),
})

/** Every distribution by the method that it says it has. */
const byMethod = [
  record<ByConditions>({
    method: required(oneOf('conditions')),
    conditions: required(list(Condition.shape)),
  }).guard,
  record<Exclude<Distribution, ByConditions>>({ method: required(oneOf('enabled')) }).guard,
] as const

const distribution: Shape<Distribution> = {
  is: (value): value is Distribution => method.is(value) && (value.method === 'enabled' || byConditions.is(value)),
  read: (raw, reading) =>
    isRawRecord(raw) &&
    (raw['method'] === 'conditions' || (raw['method'] !== 'enabled' && raw['conditions'] !== undefined))
      ? byConditions.read(raw, reading)
      : (method.read(raw, reading) as Distribution),
  write: (value) => (value.method === 'enabled' ? method.write(value) : byConditions.write(value)),
  guard: byMethod[0] && byMethod[1] && either(byMethod[0], byMethod[1]),
}

/** @internal */
export const fields: Fields<ProductPack> = {
  id: required(text()),
  ...LicenseType.fields,
  evaluation: optional(flag),
  total: required(count),
  allocated: required(count),
  registered: required(day),
  starts: optional(day),
  expires: optional(day),
  distribution: optional(distribution),
  active: optional(flag),
  status: optional(oneOf('ready', 'not-yet-activated', 'merged', 'archived')),
  umsIds: optional(list(text<UmsId>())),
  aldToken: optional(oneOf('valid', 'invalid')),
}

/** @internal */
export const shape: Shape<ProductPack> = record<ProductPack>(fields)

/**
 * The codec of a {@link ProductPack}; its errors carry the codes of FORMAT's rejections.
 *
 * @example
 * import assert from 'node:assert'
 * import { either as E } from 'fp-ts'
 * import { ProductPack } from 'seatwise'
 *
 * const given = { id: 'P-1', licenseType: 'workspace-edition', total: 50, allocated: 12, registered: '2026-02-01' }
 * const { decode, encode } = ProductPack.ProductPack
 * assert.deepStrictEqual(E.map(encode)(decode(given)), E.right(given))
 *
 * @since 0.1.0
 */
export const ProductPack = codec<ProductPack, unknown>('ProductPack', shape)
