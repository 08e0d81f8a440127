/**
 * An organization or a location: each kind is a tree of its own, by parent links (FORMAT, *Allocation*).
 *
 * @since 0.1.0
 */
import type { UnitId } from '../value/Id.js'
import { codec } from './Codec.js'
import { text } from './Scalar.js'
import { optional, record, required, type Shape } from './Shape.js'

/**
 * A unit: an organization or a location. `parent` is the id of the unit above it.
 *
 * @since 0.1.0
 */
export interface Unit {
  readonly id: UnitId
  readonly name: string
  readonly parent?: UnitId
}

/** @internal */
export const shape: Shape<Unit> = record<Unit>({
  id: required(text()),
  name: required(text()),
  parent: optional(text()),
})

/**
 * The codec of a {@link Unit}; its errors carry the codes of FORMAT's rejections.
 *
 * @example
 * import assert from 'node:assert'
 * import { either as E } from 'fp-ts'
 * import { Unit } from 'seatwise'
 *
 * assert.deepStrictEqual(Unit.Unit.decode({ id: 'emea', name: 'EMEA', parent: '' }), E.right({ id: 'emea', name: 'EMEA' }))
 *
 * @since 0.1.0
 */
export const Unit = codec<Unit, unknown>('Unit', shape)
