/**
 * What somebody thinks of changing before licenses are deployed: to add, change or remove packs, to move directories or
 * devices, other settings. Edits are data, so that a file of them can be asked about.
 *
 * @since 0.1.0
 */
import type { E, RNEA } from '../prelude.js'
import type { DirectoryId, PackId } from '../value/Id.js'
import { codec } from './Codec.js'
import * as Settings from './DeploymentSettings.js'
import { byKind, decodeWhole, such } from './Kinds.js'
import { defaultLimits, type Limits } from './Limits.js'
import * as Packs from './ProductPack.js'
import type { Rejection } from './Rejection.js'
import { flag, oneOf, text } from './Scalar.js'
import { changes, changesOfOptions, optional, record, required, type Changes, type Shape } from './Shape.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/**
 * A new pack, with an id that the estate does not have.
 *
 * @since 0.1.0
 */
export interface PackAddition {
  readonly kind: 'add-pack'
  readonly pack: Packs.ProductPack
}

/**
 * Fields of a pack change, all but its id: another `total`, an earlier or later `expires`, other conditions; null takes an
 * optional one away.
 *
 * @since 0.1.0
 */
export interface PackChange {
  readonly kind: 'change-pack'
  readonly pack: PackId
  readonly changes: Changes<Packs.ProductPack>
}

/**
 * A pack is deleted in the UMS (ALD-10).
 *
 * @since 0.1.0
 */
export interface PackWithdrawal {
  readonly kind: 'remove-pack'
  readonly pack: PackId
}

/**
 * A directory is moved under another one, or made a root where none is given.
 *
 * @since 0.1.0
 */
export interface DirectoryMove {
  readonly kind: 'move-directory'
  readonly directory: DirectoryId
  readonly parent?: DirectoryId
}

/**
 * The devices in a directory are moved to another one; those in the directories below it, too, where that is asked.
 *
 * @since 0.1.0
 */
export interface DevicesMove {
  readonly kind: 'move-devices'
  readonly of: { readonly directory: DirectoryId; readonly includeSubdirectories?: boolean }
  readonly to: DirectoryId
}

/**
 * Settings change; null takes one back to its default.
 *
 * @since 0.1.0
 */
export interface SettingsEdit {
  readonly kind: 'settings'
  readonly changes: Changes<Settings.DeploymentSettings>
}

/**
 * An edit, by its kind.
 *
 * @since 0.1.0
 */
export type DeploymentEdit = PackAddition | PackChange | PackWithdrawal | DirectoryMove | DevicesMove | SettingsEdit

// -------------------------------------------------------------------------------------
// codec
// -------------------------------------------------------------------------------------

/** @internal */
export const shape: Shape<DeploymentEdit> = byKind<DeploymentEdit>({
  'add-pack': record<PackAddition>({ kind: required(oneOf('add-pack')), pack: required(Packs.shape) }),
  'change-pack': such(
    record<PackChange>({
      kind: required(oneOf('change-pack')),
      pack: required(text()),
      changes: required(changes(Packs.fields)),
    }),
    ({ pack, changes: { id = pack } }) => id === pack,
    'leave the id out of the changes: it cannot be changed',
  ),
  'remove-pack': record<PackWithdrawal>({ kind: required(oneOf('remove-pack')), pack: required(text()) }),
  'move-directory': record<DirectoryMove>({
    kind: required(oneOf('move-directory')),
    directory: required(text()),
    parent: optional(text()),
  }),
  'move-devices': record<DevicesMove>({
    kind: required(oneOf('move-devices')),
    of: required(record<DevicesMove['of']>({ directory: required(text()), includeSubdirectories: optional(flag) })),
    to: required(text()),
  }),
  settings: record<SettingsEdit>({
    kind: required(oneOf('settings')),
    changes: required(changesOfOptions(Settings.fields)),
  }),
})

/**
 * The codec of a {@link DeploymentEdit}.
 *
 * @example
 * import assert from 'node:assert'
 * import { either as E } from 'fp-ts'
 * import { Deployment } from 'seatwise'
 *
 * const given = { kind: 'change-pack', pack: 'P-1', changes: { total: 80, expires: '2026-12-31' } }
 * const { decode, encode } = Deployment.Edit.DeploymentEdit
 * assert.deepStrictEqual(E.map(encode)(decode(given)), E.right(given))
 *
 * @since 0.1.0
 */
export const DeploymentEdit = codec<DeploymentEdit, unknown>('DeploymentEdit', shape)

/**
 * Decodes a list of edits of unknown origin, or says all that is wrong with them: what follows from half of a plan is not
 * what was asked.
 *
 * @example
 * import assert from 'node:assert'
 * import { either as E } from 'fp-ts'
 * import { Deployment } from 'seatwise'
 *
 * const decoded = Deployment.Edit.decodeAll([{ kind: 'remove-pack', pack: ' ' }])
 * const told = E.mapLeft((rejections: ReadonlyArray<{ code: string; path: string }>) => rejections.map(({ code, path }) => [code, path]))
 * assert.deepStrictEqual(told(decoded), E.left([['blank', 'edits[0].pack']]))
 *
 * @since 0.1.0
 */
export const decodeAll = (
  input: unknown,
  limits: Limits = defaultLimits,
): E.Either<RNEA.ReadonlyNonEmptyArray<Rejection>, ReadonlyArray<DeploymentEdit>> =>
  decodeWhole('edits', shape)(input, limits)
