/**
 * What can be found in an estate: each finding by its code, with its witness (deployment.md). An estate with findings is
 * planned all the same: what leaves no right answer is a contradiction, and told as one (ALD-114).
 *
 * @since 0.1.0
 */
import type { PackReason } from '../../record/DeploymentDecision.js'
import type { LicenseType } from '../../record/LicenseType.js'
import type * as Generic from '../../rule/Finding.js'
import { information, namesIn, warning } from '../../rule/FindingKind.js'
import type { Day } from '../../value/Day.js'
import type { DeviceId, DirectoryId, PackId, ViewId } from '../../value/Id.js'

// -------------------------------------------------------------------------------------
// witnesses
// -------------------------------------------------------------------------------------

interface OfPack {
  readonly pack: PackId
}

interface Counted extends OfPack {
  readonly total: number
  readonly allocated: number
}

/** Who names a directory or a view: packs, and the global conditions. */
interface Naming {
  readonly packs: ReadonlyArray<PackId>
  readonly isGlobal: boolean
}

/**
 * The witness of each code: ids, days and numbers by which the finding can be checked. Serial numbers are masked.
 *
 * @since 0.1.0
 */
export interface Witnesses {
  readonly 'pack-starts-after-it-expires': OfPack & { readonly starts: Day; readonly expires: Day }
  readonly 'pack-full': Counted
  readonly 'pack-over-allocated': Counted
  readonly 'pack-unusable': OfPack & { readonly reason: PackReason; readonly gate: string }
  readonly 'pack-for-nobody': OfPack & { readonly why: 'no-conditions' | 'default-of-type' | 'not-met' }
  /** Each of these, at a place where a device can have the pack, ranks before it while it has a license free. */
  readonly 'pack-never-first': OfPack & { readonly rivals: ReadonlyArray<PackId> }
  readonly 'tenants-share-packs': { readonly open: ReadonlyArray<PackId>; readonly packs: ReadonlyArray<PackId> }
  readonly 'unknown-directory': Naming & { readonly directory: DirectoryId }
  readonly 'unknown-view': Naming & { readonly view: ViewId }
  readonly 'directory-loop': { readonly directories: ReadonlyArray<DirectoryId> }
  readonly 'global-conditions-not-met': { readonly conditions: number }
  readonly 'unknown-pack': OfPack & { readonly devices: ReadonlyArray<DeviceId> }
  readonly 'type-without-packs': { readonly type: LicenseType; readonly devices: number }
  readonly 'type-not-deployed': { readonly type: LicenseType; readonly packs: ReadonlyArray<PackId> }
  readonly 'shared-serial-number': { readonly masked: string; readonly devices: ReadonlyArray<DeviceId> }
  readonly 'deployment-off': { readonly packs: number }
  readonly 'license-server-unreachable': { readonly packs: number }
  readonly 'exchange-unknown': { readonly umsVersion: string }
  readonly 'bundled-deployment-off': { readonly bundled: number }
}

// -------------------------------------------------------------------------------------
// findings
// -------------------------------------------------------------------------------------

/**
 * The codes of the findings in an estate. They are final; further ones may come.
 *
 * @since 0.1.0
 */
export type FindingCode = keyof Witnesses

/**
 * The collections whose records a finding in an estate names.
 *
 * @since 0.1.0
 */
export type Collection = 'packs' | 'devices' | 'directories' | 'views' | 'types' | 'settings'

/**
 * A finding in an estate. Its code says which witness it has.
 *
 * @since 0.1.0
 */
export type Finding = { [Code in FindingCode]: Generic.Finding<Code, Collection, Witnesses[Code]> }[FindingCode]

/**
 * What every finding of a code has: how much it matters, and the clause.
 *
 * @since 0.1.0
 */
export const findingCodes: { readonly [Code in FindingCode]: Generic.Kind } = {
  'pack-starts-after-it-expires': warning('ALD-51, ALD-114'),
  'pack-full': information('ALD-48'),
  'pack-over-allocated': { severity: 'error', clause: 'ALD-48' },
  'pack-unusable': information('ALD-110'),
  'pack-for-nobody': warning('ALD-34 to 40'),
  'pack-never-first': information('ALD-43 to 46'),
  'tenants-share-packs': warning('ALD-117'),
  'unknown-directory': warning('ALD-39, ALD-114'),
  'unknown-view': warning('ALD-40'),
  'directory-loop': warning('ALD-39, ALD-114'),
  'global-conditions-not-met': warning('ALD-41'),
  'unknown-pack': information('ALD-10, ALD-114'),
  'type-without-packs': information('ALD-108'),
  'type-not-deployed': information('ALD-2, ALD-21'),
  'shared-serial-number': warning('ALD-85'),
  'deployment-off': warning('ALD-1'),
  'license-server-unreachable': warning('ALD-4'),
  'exchange-unknown': warning('ALD-71'),
  'bundled-deployment-off': information('ALD-82, ALD-83'),
}

/** A record that a finding names. */
export type Named = Generic.RecordName<Collection>

export const namesOf = namesIn<Collection>()

/** A finding by its code, the records involved and the witness. */
export const finding = <Code extends FindingCode>(
  code: Code,
  records: ReadonlyArray<Named>,
  witness: Witnesses[Code],
): Finding =>
  // INVARIANT: the witness is that of the code.
  ({ code, ...findingCodes[code], records, witness }) as Generic.Finding<Code, Collection, Witnesses[Code]> as Finding
