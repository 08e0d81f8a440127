/**
 * How decisions are written. Their fields stand in the order of the wire format; lists that would be empty are left out.
 */
import type { AuditSnapshot, Installation } from '../record/AuditSnapshot.js'
import type { Decision, Restriction, Warning } from '../record/Decision.js'
import type { LicenseId } from '../value/Id.js'
import type { Aside } from './gates.js'
import { NO_WARNINGS, SEVERAL_MAINS, together } from './warnings.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** The computer of a decision, and the warnings that come from its snapshot. */
interface Seen {
  readonly snapshot: Pick<AuditSnapshot, 'computer'>
  readonly warnings: ReadonlyArray<Warning>
}

type Installed = Pick<Installation, 'id' | 'product'>

/** What the rules give: a license, by which rule, who else matched at it, and what the license violates (ALLOC-82). */
export interface Grant<Name extends string> {
  readonly license: LicenseId
  readonly rule: Name
  readonly tied: ReadonlyArray<LicenseId>
  readonly violations: ReadonlyArray<Restriction>
  /** The warnings that hold whatever the snapshot is (ALLOC-83). */
  readonly warnings: ReadonlyArray<Warning>
}

/** The license that a standing allocation has given an installation, and which of its restrictions are violated. */
export type Kept = Pick<Grant<string>, 'license' | 'violations'>

type Writable<A> = { -readonly [K in keyof A]: A[K] }

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

const unlicensed = <Name extends string>(
  { snapshot: { computer } }: Seen,
  { id, product }: Installed,
  outcome: Decision['outcome'],
): Writable<Decision<Name>> => ({ computer: computer.id, installation: id, product, outcome })

/** The rules are not asked. */
export const aside = <Name extends string>(
  seen: Seen,
  installed: Installed,
  { outcome, reason }: Aside,
): Decision<Name> => {
  const decision = unlicensed<Name>(seen, installed, outcome)
  if (reason !== undefined) decision.reason = reason
  return decision
}

/** A standing allocation decides. */
export const kept = <Name extends string>(
  seen: Seen,
  installed: Installed,
  { license, violations }: Kept,
): Decision<Name> => {
  const decision = unlicensed<Name>(seen, installed, 'kept')
  decision.license = license
  if (violations.length > 0) decision.violations = violations
  return decision
}

/** A rule decides. */
export const allocated = <Name extends string>(
  { snapshot, warnings }: Seen,
  { id, product }: Installed,
  grant: Grant<Name>,
): Decision<Name> => {
  const { license, rule, tied, violations } = grant
  const decision: Writable<Decision<Name>> = {
    computer: snapshot.computer.id,
    installation: id,
    product,
    outcome: 'allocated',
    license,
    rule,
  }
  if (tied.length > 0) decision.tied = tied
  if (violations.length > 0) decision.violations = violations
  const told = together(warnings, grant.warnings)
  if (told.length > 0) decision.warnings = told
  return decision
}

/** No rule matches; the warnings are those that hold whatever the snapshot is. */
export const unreconciled = <Name extends string>(
  seen: Seen,
  installed: Installed,
  warnings: ReadonlyArray<Warning>,
): Decision<Name> => {
  const decision = unlicensed<Name>(seen, installed, 'unreconciled')
  const told = together(seen.warnings, warnings)
  if (told.length > 0) decision.warnings = told
  return decision
}

// -------------------------------------------------------------------------------------
// shapes
// -------------------------------------------------------------------------------------

/**
 * A decision of every shape, to be held by whoever decides. What a just-in-time compiler knows of a shape is forgotten when
 * garbage is collected while there is no object of it, and with that goes the code that makes them: so whoever streams
 * snapshots, and keeps no decisions, would have it made again after each collection.
 */
export const everyShape = <Name extends string>(): ReadonlyArray<Decision<Name>> => {
  // INVARIANT: nobody reads what these are about.
  const seen = { snapshot: { computer: { id: '', name: '' } }, warnings: NO_WARNINGS } as unknown as Seen
  const installed = { id: '', product: '' } as unknown as Installed
  const grant = { license: '', rule: '', tied: [], violations: [], warnings: NO_WARNINGS } as unknown as Grant<Name>
  const either = [true, false]
  const some = ['device'] as const
  return [
    aside(seen, installed, { outcome: 'untracked' }),
    aside(seen, installed, { outcome: 'skipped', reason: 'retired-computer' }),
    unreconciled(seen, installed, NO_WARNINGS),
    unreconciled(seen, installed, SEVERAL_MAINS),
    ...[[], some].map((violations) => kept<Name>(seen, installed, { license: grant.license, violations })),
    ...either.flatMap((isTied) =>
      [[], some].flatMap((violations) =>
        [NO_WARNINGS, SEVERAL_MAINS].map((warnings) =>
          allocated(seen, installed, { ...grant, tied: isTied ? [grant.license] : [], violations, warnings }),
        ),
      ),
    ),
  ]
}
