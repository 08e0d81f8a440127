/**
 * What somebody thinks of changing before licenses are allocated: to buy or retire licenses, to move units or computers,
 * another policy, another order of the rules. Edits are data, so that a file of them can be asked about.
 *
 * @since 0.1.0
 */
import type { E, RNEA } from '../prelude.js'
import type { Count } from '../value/Count.js'
import type { LicenseId, UnitId } from '../value/Id.js'
import * as Policy from './AllocationPolicy.js'
import { codec } from './Codec.js'
import { byFields, decodeWhole, such } from './Kinds.js'
import { defaultLimits, type Limits } from './Limits.js'
import type { Rejection } from './Rejection.js'
import { count, oneOf, text } from './Scalar.js'
import { changesOfOptions, list, optional, record, required, type Changes, type Shape } from './Shape.js'
import * as License from './SoftwareLicense.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/**
 * So many more entitlements of a license that is limited.
 *
 * @since 0.1.0
 */
export interface Purchase {
  readonly kind: 'buy'
  readonly license: LicenseId
  readonly entitlements: Count
}

/**
 * A new license, with an id that the catalog does not have.
 *
 * @since 0.1.0
 */
export interface LicenseAddition {
  readonly kind: 'add-license'
  readonly license: License.SoftwareLicense
}

/**
 * A license is retired.
 *
 * @since 0.1.0
 */
export interface LicenseRetirement {
  readonly kind: 'retire-license'
  readonly license: LicenseId
}

/**
 * A unit is moved under another parent, or made a root where none is given. Both are ids.
 *
 * @since 0.1.0
 */
export interface UnitMove {
  readonly kind: 'move-unit'
  readonly tree: 'organizations' | 'locations'
  readonly unit: UnitId
  readonly parent?: UnitId
}

/**
 * The computers of an organization, of a location, or of both at once, get another one, or both. References are those of
 * licenses and snapshots: ids, paths, unique names (ALLOC-72).
 *
 * @since 0.1.0
 */
export interface ComputersMove {
  readonly kind: 'move-computers'
  readonly of: Pick<License.Restrictions, 'organization' | 'location'>
  readonly to: { readonly organization?: string; readonly location?: string }
}

/**
 * Options of the policy change; null takes one back to its default.
 *
 * @since 0.1.0
 */
export interface PolicyChange {
  readonly kind: 'policy'
  readonly changes: Changes<Policy.AllocationPolicy>
}

/**
 * The rules are tried in this order; those that are not named are left out.
 *
 * @since 0.1.0
 */
export interface RuleOrder {
  readonly kind: 'rules'
  readonly order: ReadonlyArray<string>
}

/**
 * An edit, by its kind.
 *
 * @since 0.1.0
 */
export type AllocationEdit =
  Purchase | LicenseAddition | LicenseRetirement | UnitMove | ComputersMove | PolicyChange | RuleOrder

// -------------------------------------------------------------------------------------
// codec
// -------------------------------------------------------------------------------------

const isSome = ({ organization, location }: { readonly organization?: unknown; readonly location?: unknown }) =>
  organization !== undefined || location !== undefined

const HINT = 'name an organization, a location, or both'

/** @internal */
export const shape: Shape<AllocationEdit> = byFields<AllocationEdit>({
  buy: { license: required(text()), entitlements: required(count) },
  'add-license': { license: required(License.shape) },
  'retire-license': { license: required(text()) },
  'move-unit': {
    tree: required(oneOf('organizations', 'locations')),
    unit: required(text()),
    parent: optional(text()),
  },
  'move-computers': {
    of: required(
      such(
        record<ComputersMove['of']>({
          organization: optional(License.unitRestriction),
          location: optional(License.unitRestriction),
        }),
        isSome,
        HINT,
      ),
    ),
    to: required(
      such(record<ComputersMove['to']>({ organization: optional(text()), location: optional(text()) }), isSome, HINT),
    ),
  },
  policy: { changes: required(changesOfOptions(Policy.fields)) },
  rules: { order: required(list(text())) },
})

/**
 * The codec of an {@link AllocationEdit}.
 *
 * @example
 * import assert from 'node:assert'
 * import { either as E } from 'fp-ts'
 * import { Allocation } from 'seatwise'
 *
 * const given = { kind: 'buy', license: 'L-7', entitlements: 10 }
 * const { decode, encode } = Allocation.Edit.AllocationEdit
 * assert.deepStrictEqual(E.map(encode)(decode(given)), E.right(given))
 *
 * @since 0.1.0
 */
export const AllocationEdit = codec<AllocationEdit, unknown>('AllocationEdit', shape)

/**
 * Decodes a list of edits of unknown origin, or says all that is wrong with them: what follows from half of a plan is not
 * what was asked.
 *
 * @example
 * import assert from 'node:assert'
 * import { either as E } from 'fp-ts'
 * import { Allocation } from 'seatwise'
 *
 * const decoded = Allocation.Edit.decodeAll([
 *   { kind: 'retire-license', license: 'L-7' },
 *   { kind: 'buy', license: 'L-7', entitlements: -1 },
 * ])
 * const told = E.mapLeft((rejections: ReadonlyArray<{ code: string; path: string }>) => rejections.map(({ code, path }) => [code, path]))
 * assert.deepStrictEqual(told(decoded), E.left([['range', 'edits[1].entitlements']]))
 *
 * @since 0.1.0
 */
export const decodeAll = (
  input: unknown,
  limits: Limits = defaultLimits,
): E.Either<RNEA.ReadonlyNonEmptyArray<Rejection>, ReadonlyArray<AllocationEdit>> =>
  decodeWhole('edits', shape)(input, limits)
