/**
 * Tracked software joins products, for example several versions, to the licenses that cover them (ALLOC-2, 3).
 *
 * @since 0.1.0
 */
import type { ProductId, SoftwareId } from '../value/Id.js'
import { codec } from './Codec.js'
import { flag, text } from './Scalar.js'
import { list, optional, record, required, type Shape } from './Shape.js'

/**
 * A tracked software and its products.
 *
 * @since 0.1.0
 */
export interface TrackedSoftware {
  readonly id: SoftwareId
  readonly name: string
  readonly products: ReadonlyArray<ProductId>
  readonly retired?: boolean
}

/** @internal */
export const shape: Shape<TrackedSoftware> = record<TrackedSoftware>({
  id: required(text()),
  name: required(text()),
  products: required(list(text<ProductId>())),
  retired: optional(flag),
})

/**
 * The codec of a {@link TrackedSoftware}; its errors carry the codes of FORMAT's rejections.
 *
 * @example
 * import assert from 'node:assert'
 * import { either as E } from 'fp-ts'
 * import { TrackedSoftware } from 'seatwise'
 *
 * const visio = { id: 'visio', name: 'Visio', products: ['Visio 2021', 'Visio 2024'] }
 * assert.deepStrictEqual(TrackedSoftware.TrackedSoftware.decode(visio), E.right(visio))
 *
 * @since 0.1.0
 */
export const TrackedSoftware = codec<TrackedSoftware, unknown>('TrackedSoftware', shape)
