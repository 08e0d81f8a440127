/**
 * A decision: what a run says about one installation (FORMAT, *Allocation*).
 *
 * @since 0.1.0
 */
import type { ComputerId, InstallationId, LicenseId, ProductId } from '../value/Id.js'
import { codec } from './Codec.js'
import { oneOf, text } from './Scalar.js'
import { list, optional, record, required, type Shape } from './Shape.js'

/**
 * The fifteen documented rules, in their order (ALLOC-12).
 *
 * @since 0.1.0
 */
export type RuleName =
  '1.1' | '1.2' | '1.3' | '2.1' | '2.2' | '2.3' | '2.4' | '2.5' | '2.6' | '2.7' | '2.8' | '3.1' | '3.2' | '3.3' | '4'

/**
 * A kind of restriction that a license can have and a snapshot can violate (ALLOC-82).
 *
 * @since 0.1.0
 */
export type Restriction = 'device' | 'organization' | 'location'

/**
 * What a person should look at beside a decision (ALLOC-83).
 *
 * @since 0.1.0
 */
export type Warning = 'several-mains' | 'ambiguous-organization' | 'ambiguous-location'

/**
 * The decision about one installation. `license` comes with `allocated` and `kept`, `rule` with `allocated`, `reason`
 * with `skipped`; `tied` are the other licenses that matched at that rule, in name order. A list that would be empty is
 * absent.
 *
 * @since 0.1.0
 */
export interface Decision<Rule extends string = RuleName> {
  readonly computer: ComputerId
  readonly installation: InstallationId
  readonly product: ProductId
  readonly outcome: 'allocated' | 'kept' | 'unreconciled' | 'untracked' | 'skipped'
  readonly license?: LicenseId
  readonly rule?: Rule
  readonly tied?: ReadonlyArray<LicenseId>
  readonly violations?: ReadonlyArray<Restriction>
  readonly warnings?: ReadonlyArray<Warning>
  readonly reason?: 'hardware' | 'retired-computer'
}

/** @internal */
export const shape: Shape<Decision> = record<Decision>({
  computer: required(text()),
  installation: required(text()),
  product: required(text()),
  outcome: required(oneOf('allocated', 'kept', 'unreconciled', 'untracked', 'skipped')),
  license: optional(text()),
  rule: optional(
    oneOf('1.1', '1.2', '1.3', '2.1', '2.2', '2.3', '2.4', '2.5', '2.6', '2.7', '2.8', '3.1', '3.2', '3.3', '4'),
  ),
  tied: optional(list(text<LicenseId>())),
  violations: optional(list(oneOf('device', 'organization', 'location'))),
  warnings: optional(list(oneOf('several-mains', 'ambiguous-organization', 'ambiguous-location'))),
  reason: optional(oneOf('hardware', 'retired-computer')),
})

/**
 * The codec of a {@link Decision} by the fifteen rules.
 *
 * @example
 * import assert from 'node:assert'
 * import { either as E } from 'fp-ts'
 * import { Decision } from 'seatwise'
 *
 * const decision = { computer: 'pc-1', installation: 'i-1', product: 'Visio 2024', outcome: 'untracked' }
 * assert.deepStrictEqual(Decision.Decision.decode(decision), E.right(decision))
 *
 * @since 0.1.0
 */
export const Decision = codec<Decision, unknown>('Decision', shape)
