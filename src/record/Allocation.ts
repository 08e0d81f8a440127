/**
 * An allocation: a license given to a computer for a product, by an earlier run or by a person (FORMAT, *Allocation*).
 *
 * @since 0.1.0
 */
import type { ComputerId, InstallationId, LicenseId, ProductId } from '../value/Id.js'
import { codec } from './Codec.js'
import { flag, oneOf, text } from './Scalar.js'
import { optional, record, required, type Shape } from './Shape.js'

/**
 * A license given to a computer for a product, and for one installation of it where `installation` names one.
 *
 * @since 0.1.0
 */
export interface Allocation {
  readonly computer: ComputerId
  readonly product: ProductId
  readonly license: LicenseId
  readonly installation?: InstallationId
  readonly origin: 'automatic' | 'manual'
  readonly deallocateAutomatically?: boolean
}

/** @internal */
export const shape: Shape<Allocation> = record<Allocation>({
  computer: required(text()),
  product: required(text()),
  license: required(text()),
  installation: optional(text()),
  origin: required(oneOf('automatic', 'manual')),
  deallocateAutomatically: optional(flag),
})

/**
 * The codec of an {@link Allocation}; its errors carry the codes of FORMAT's rejections.
 *
 * @example
 * import assert from 'node:assert'
 * import { either as E } from 'fp-ts'
 * import { Allocation } from 'seatwise'
 *
 * const given = { computer: 'pc-1', product: 'Visio 2024', license: 'L-1', origin: 'manual' }
 * assert.deepStrictEqual(Allocation.Allocation.decode(given), E.right(given))
 *
 * @since 0.1.0
 */
export const Allocation = codec<Allocation, unknown>('Allocation', shape)
