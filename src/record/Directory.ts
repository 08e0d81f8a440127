/**
 * A directory of devices: the tree in which a UMS keeps them (FORMAT, *Deployment*).
 *
 * @since 0.1.0
 */
import type { DirectoryId } from '../value/Id.js'
import { codec } from './Codec.js'
import { text } from './Scalar.js'
import { optional, record, required, type Shape } from './Shape.js'

/**
 * A directory. `parent` is the id of the directory above it; one that is not known, or a loop, ends the way up (ALD-39).
 *
 * @since 0.1.0
 */
export interface Directory {
  readonly id: DirectoryId
  readonly name: string
  readonly parent?: DirectoryId
}

/** @internal */
export const shape: Shape<Directory> = record<Directory>({
  id: required(text()),
  name: required(text()),
  parent: optional(text()),
})

/**
 * The codec of a {@link Directory}; its errors carry the codes of FORMAT's rejections.
 *
 * @example
 * import assert from 'node:assert'
 * import { either as E } from 'fp-ts'
 * import { Directory } from 'seatwise'
 *
 * const given = { id: 'clinic', name: 'Clinic', parent: 'sites' }
 * assert.deepStrictEqual(Directory.Directory.decode(given), E.right(given))
 *
 * @since 0.1.0
 */
export const Directory = codec<Directory, unknown>('Directory', shape)
