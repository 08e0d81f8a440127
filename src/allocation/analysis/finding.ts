/**
 * What can be found in a catalog: each finding by its code, with its witness (allocation.md). A catalog with findings is
 * decided all the same: what leaves no right answer is a contradiction, and told as one (ALLOC-47).
 *
 * @since 0.1.0
 */
import type { Day } from '../../value/Day.js'
import type { ComputerId, LicenseId, ProductId, SoftwareId, UnitId } from '../../value/Id.js'
import type * as Generic from '../../rule/Finding.js'
import { information, namesIn, warning } from '../../rule/FindingKind.js'

// -------------------------------------------------------------------------------------
// witnesses
// -------------------------------------------------------------------------------------

/**
 * Another license, and the rule that it matches.
 *
 * @since 0.1.0
 */
export interface Rival {
  readonly license: LicenseId
  readonly rule: string
}

/**
 * A rule that a license can match first, and the others of which one, at least, matches a rule, too, whenever it does.
 *
 * @since 0.1.0
 */
export interface Contest {
  readonly rule: string
  readonly rivals: ReadonlyArray<Rival>
}

/**
 * Why a license can never match a rule: the first condition that fails, and how. It does not ask for it, asks for what had
 * to be absent, is not so, or asks for what nobody can show.
 *
 * @since 0.1.0
 */
export interface Barred {
  readonly rule: string
  readonly condition: string
  readonly kind: 'not-asked' | 'not-absent' | 'not-so' | 'nobody'
}

interface OfLicense {
  readonly license: LicenseId
}

interface OfLicenses {
  readonly licenses: ReadonlyArray<LicenseId>
}

interface OfSoftware {
  readonly software: SoftwareId
}

/** A serial number or key that several licenses have; it is masked. */
interface Shared extends OfLicenses {
  readonly masked: string
}

/** What a serial number or key is, by the entry of the documented list that it is like; it is not shown itself. */
interface Placeheld extends OfLicense {
  readonly like: string
}

interface Referred extends OfLicenses {
  readonly reference: string
}

interface Ambiguous extends Referred {
  readonly units: ReadonlyArray<UnitId>
}

interface Overlapping extends OfSoftware {
  /** The licenses of the wider restriction, in name order. */
  readonly outer: ReadonlyArray<LicenseId>
  /** The licenses of restrictions within it that come after the first of the wider one, in name order. */
  readonly inner: ReadonlyArray<LicenseId>
}

/**
 * The witness of each code: ids, days and numbers by which the finding can be checked. Serial numbers and keys are masked.
 *
 * @since 0.1.0
 */
export interface Witnesses {
  readonly 'never-wins': OfLicense & { readonly contests: ReadonlyArray<Contest> }
  readonly 'wins-only-by-name': OfLicense & { readonly contests: ReadonlyArray<Contest> }
  readonly 'matches-no-rule': OfLicense & { readonly bars: ReadonlyArray<Barred> }
  readonly 'shelf-too-large': OfSoftware & { readonly candidates: number; readonly unasked: number }
  readonly 'shared-serial-number': Shared
  readonly 'shared-installation-key': Shared
  readonly 'serial-number-across-software': Shared
  readonly 'installation-key-across-software': Shared
  readonly 'placeholder-serial-number': Placeheld
  readonly 'placeholder-installation-key': Placeheld
  readonly 'masked-serial-number': Placeheld
  readonly 'masked-installation-key': Placeheld
  readonly 'unknown-organization': Referred
  readonly 'unknown-location': Referred
  readonly 'ambiguous-organization': Ambiguous
  readonly 'ambiguous-location': Ambiguous
  readonly 'blank-organization': OfLicenses
  readonly 'blank-location': OfLicenses
  readonly 'blank-device-restriction': OfLicense
  readonly 'overlapping-organizations': Overlapping
  readonly 'overlapping-locations': Overlapping
  readonly 'several-main-licenses': OfSoftware & OfLicenses
  readonly 'no-main-license': OfSoftware & OfLicenses
  readonly 'per-user-main-license': OfLicense
  readonly 'software-without-licenses': OfSoftware
  readonly 'software-without-products': OfSoftware
  readonly 'product-in-several-software': { readonly product: ProductId; readonly software: ReadonlyArray<SoftwareId> }
  readonly 'product-untracked': { readonly product: ProductId; readonly computers: ReadonlyArray<ComputerId> }
  readonly 'retired-software-with-licenses': OfSoftware & OfLicenses
  readonly 'unknown-software': OfSoftware & OfLicenses
  readonly 'unknown-upgrade': OfLicense & { readonly upgradeFor: LicenseId }
  readonly 'unknown-license': OfLicense & { readonly computers: ReadonlyArray<ComputerId> }
  readonly 'expired-license': OfLicense & { readonly expires: Day; readonly asOf: Day }
  readonly 'entitlements-exceeded': OfLicense & {
    readonly entitlements: number
    readonly used: number
    readonly upgrades: number
  }
}

// -------------------------------------------------------------------------------------
// findings
// -------------------------------------------------------------------------------------

/**
 * The codes of the findings in a catalog. They are final; further ones may come.
 *
 * @since 0.1.0
 */
export type FindingCode = keyof Witnesses

/**
 * The collections whose records a finding in a catalog names.
 *
 * @since 0.1.0
 */
export type Collection = 'software' | 'licenses' | 'organizations' | 'locations' | 'products' | 'computers'

/**
 * A finding in a catalog. Its code says which witness it has.
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
  'never-wins': warning('ALLOC-13 to 16'),
  'wins-only-by-name': information('ALLOC-15, ALLOC-17'),
  'matches-no-rule': warning('ALLOC-37'),
  'shelf-too-large': information('ALLOC-13'),
  'shared-serial-number': warning('ALLOC-15, ALLOC-20'),
  'shared-installation-key': warning('ALLOC-15, ALLOC-21'),
  'serial-number-across-software': information('ALLOC-2, ALLOC-20'),
  'installation-key-across-software': information('ALLOC-2, ALLOC-21'),
  'placeholder-serial-number': warning('ALLOC-20, ALLOC-71'),
  'placeholder-installation-key': warning('ALLOC-21, ALLOC-71'),
  'masked-serial-number': warning('ALLOC-20, ALLOC-71'),
  'masked-installation-key': warning('ALLOC-21, ALLOC-71'),
  'unknown-organization': warning('ALLOC-46'),
  'unknown-location': warning('ALLOC-46'),
  'ambiguous-organization': warning('ALLOC-46, ALLOC-72'),
  'ambiguous-location': warning('ALLOC-46, ALLOC-72'),
  'blank-organization': warning('ALLOC-45'),
  'blank-location': warning('ALLOC-45'),
  'blank-device-restriction': warning('ALLOC-36'),
  'overlapping-organizations': information('ALLOC-42'),
  'overlapping-locations': information('ALLOC-42'),
  'several-main-licenses': warning('ALLOC-52, ALLOC-80'),
  'no-main-license': information('ALLOC-51'),
  'per-user-main-license': warning('ALLOC-4'),
  'software-without-licenses': warning('ALLOC-51'),
  'software-without-products': warning('ALLOC-2'),
  'product-in-several-software': information('ALLOC-3, ALLOC-47'),
  'product-untracked': warning('ALLOC-3'),
  'retired-software-with-licenses': warning('ALLOC-7'),
  'unknown-software': warning('ALLOC-2'),
  'unknown-upgrade': information('ALLOC-73'),
  'unknown-license': warning('ALLOC-75'),
  'expired-license': warning('ALLOC-79'),
  'entitlements-exceeded': { severity: 'error', clause: 'COMP-8, COMP-14' },
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
