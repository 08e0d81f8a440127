/**
 * A distribution condition: a directory or a view, there is no other kind (ALD-37).
 *
 * @since 0.1.0
 */
import type { DirectoryId, ViewId } from '../value/Id.js'
import { codec } from './Codec.js'
import { isAbsent, refined, type Guard } from './Guard.js'
import { isRawRecord } from './RawCopy.js'
import { text } from './Scalar.js'
import { optional, record, refuse, required, type Shape } from './Shape.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/**
 * Met in a directory and everywhere below it (ALD-39).
 *
 * @since 0.1.0
 */
export interface DirectoryCondition {
  readonly directory: DirectoryId
}

/**
 * Met by the devices in a view (ALD-40).
 *
 * @since 0.1.0
 */
export interface ViewCondition {
  readonly view: ViewId
}

/**
 * A directory or a view.
 *
 * @since 0.1.0
 */
export type DistributionCondition = DirectoryCondition | ViewCondition

// -------------------------------------------------------------------------------------
// codec
// -------------------------------------------------------------------------------------

const ofDirectory: Shape<DirectoryCondition> = record<DirectoryCondition>({ directory: required(text()) })
const ofView: Shape<ViewCondition> = record<ViewCondition>({ view: required(text()) })

const ofEither = record<Partial<DirectoryCondition & ViewCondition>>({
  directory: optional(text()),
  view: optional(text()),
}).guard

const HINT = 'write one of directory and view'

/** @internal */
export const shape: Shape<DistributionCondition> = {
  is: (value): value is DistributionCondition => ofDirectory.is(value) !== ofView.is(value),
  read: (raw, reading) => {
    if (!isRawRecord(raw)) return ofDirectory.read(raw, reading)
    const [hasDirectory, hasView] = [!isAbsent(raw['directory']), !isAbsent(raw['view'])]
    if (hasDirectory && hasView) return refuse(reading, 'unknown-value', raw, HINT)
    // Of a condition with neither, what is told is wrong with the field that is there, or that a directory is missing.
    return hasView || (!hasDirectory && raw['directory'] === undefined && raw['view'] !== undefined)
      ? ofView.read(raw, reading)
      : ofDirectory.read(raw, reading)
  },
  write: (value) => ('directory' in value ? ofDirectory.write(value) : ofView.write(value)),
  guard:
    ofEither &&
    (refined(
      ofEither,
      (value) => Object.hasOwn(value, 'directory') !== Object.hasOwn(value, 'view'),
    ) as Guard<DistributionCondition>),
}

/**
 * The codec of a {@link DistributionCondition}.
 *
 * @example
 * import assert from 'node:assert'
 * import { either as E } from 'fp-ts'
 * import { DistributionCondition } from 'seatwise'
 *
 * const { decode } = DistributionCondition.DistributionCondition
 * assert.deepStrictEqual(decode({ view: 'kiosks' }), E.right({ view: 'kiosks' }))
 * assert.strictEqual(E.isLeft(decode({ view: 'kiosks', directory: 'clinic' })), true)
 *
 * @since 0.1.0
 */
export const DistributionCondition = codec<DistributionCondition, unknown>('DistributionCondition', shape)
