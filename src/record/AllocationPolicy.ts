/**
 * The policy of allocation (allocation.md, *Policy options*): eight options, each with a default, independent of each
 * other.
 *
 * @since 0.1.0
 */
import type { TextMode } from '../value/Text.js'
import { E, RNEA } from '../prelude.js'
import { codec, readUnknown } from './Codec.js'
import { defaultLimits } from './Limits.js'
import type { Rejection } from './Rejection.js'
import { rejectionOf } from './Report.js'
import { oneOf } from './Scalar.js'
import { optional, options, type Fault, type Fields, type Shape } from './Shape.js'

/**
 * How licenses are allocated. Every option may be absent; its default is named first.
 *
 * @since 0.1.0
 */
export interface AllocationPolicy {
  /** What counts in groups 2 and 3: what a rule names, or every restriction (ALLOC-30, 31). */
  readonly restrictions?: 'as-documented' | 'strict'
  /** Whether restrictions count in group 1 (ALLOC-23, 69). */
  readonly keyMatches?: 'ignore-restrictions' | 'honor-restrictions'
  /** Whether restrictions count at rule 4 (ALLOC-50, 70). */
  readonly mainLicense?: 'ignore-restrictions' | 'honor-restrictions'
  /** How texts are compared (ALLOC-71). */
  readonly text?: TextMode
  /** Whether entitlements limit allocation (ALLOC-54, 73). */
  readonly capacity?: 'unlimited' | 'enforced'
  /** What becomes of earlier allocations (ALLOC-56, 75). */
  readonly existing?: 'keep' | 'reevaluate-automatic' | 'reevaluate-all'
  /** Whether an expired license is a candidate, by the day of the run (ALLOC-11, 79). */
  readonly expired?: 'eligible' | 'excluded'
  /** What rule 4 does with several main candidates (ALLOC-52, 80). */
  readonly severalMains?: 'first-by-name' | 'none'
}

/** @internal */
export const fields: Fields<AllocationPolicy> = {
  restrictions: optional(oneOf('as-documented', 'strict')),
  keyMatches: optional(oneOf('ignore-restrictions', 'honor-restrictions')),
  mainLicense: optional(oneOf('ignore-restrictions', 'honor-restrictions')),
  text: optional(oneOf('case-insensitive', 'exact')),
  capacity: optional(oneOf('unlimited', 'enforced')),
  existing: optional(oneOf('keep', 'reevaluate-automatic', 'reevaluate-all')),
  expired: optional(oneOf('eligible', 'excluded')),
  severalMains: optional(oneOf('first-by-name', 'none')),
}

/** @internal */
export const shape: Shape<AllocationPolicy> = options<AllocationPolicy>(fields)

/**
 * The codec of an {@link AllocationPolicy}. An unknown option is an error, since a misspelled one would be lost.
 *
 * @example
 * import assert from 'node:assert'
 * import { either as E } from 'fp-ts'
 * import { AllocationPolicy } from 'seatwise'
 *
 * const { decode } = AllocationPolicy.AllocationPolicy
 * assert.deepStrictEqual(decode({ restrictions: 'strict' }), E.right({ restrictions: 'strict' }))
 * assert.strictEqual(E.isLeft(decode({ restriction: 'strict' })), true)
 *
 * @since 0.1.0
 */
export const AllocationPolicy = codec<AllocationPolicy, unknown>('AllocationPolicy', shape)

/**
 * Decodes a policy of unknown origin, or says all that is wrong with it as rejections.
 *
 * @example
 * import assert from 'node:assert'
 * import { either as E } from 'fp-ts'
 * import { AllocationPolicy } from 'seatwise'
 *
 * const wrong = AllocationPolicy.decode({ restriction: 'strict', text: 'fuzzy' })
 * const told = E.mapLeft((rejections: ReadonlyArray<{ code: string; path: string }>) => rejections.map(({ code, path }) => [code, path]))
 * assert.deepStrictEqual(told(wrong), E.left([['unknown-option', 'policy.restriction'], ['unknown-value', 'policy.text']]))
 *
 * @since 0.1.0
 */
export const decode = (input: unknown): E.Either<RNEA.ReadonlyNonEmptyArray<Rejection>, AllocationPolicy> =>
  E.mapLeft(RNEA.map((fault: Fault) => rejectionOf({ collection: 'policy', path: ['policy'] }, fault)))(
    readUnknown(shape, defaultLimits)(input),
  )
