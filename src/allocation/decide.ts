/**
 * Deciding one installation by a prepared catalog: the scene that its snapshot sets, the desk that its product goes to, and
 * the decision, with its warnings (ALLOC-3, 81 to 83). Nothing here knows what an earlier run left.
 *
 * @since 0.1.0
 */
import { O } from '../prelude.js'
import type { AuditSnapshot, Installation } from '../record/AuditSnapshot.js'
import type { Decision, Restriction, Warning } from '../record/Decision.js'
import { climb } from '../rule/Ladder.js'
import type { LicenseId } from '../value/Id.js'
import { byId } from '../value/Order.js'
import { desksOf, NO_DESK, type Desk, type Desks, type Grant } from './desks.js'
import { computerGates, UNTRACKED, type Aside } from './gates.js'
import type { Choices } from './options.js'
import type { Prepared } from './prepare.js'
import { BOTH, LOCATION, NO_WARNINGS, ORGANIZATION, together } from './warnings.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** What is known of a snapshot before its installations are looked at. */
export interface Scene {
  readonly snapshot: AuditSnapshot
  readonly aside: O.Option<Aside>
  /** The warnings that come from the snapshot, alphabetically. */
  readonly warnings: ReadonlyArray<Warning>
}

// -------------------------------------------------------------------------------------
// one installation
// -------------------------------------------------------------------------------------

const climbed = climb(computerGates)

/** Sets the scene of a snapshot. What a snapshot shows is read once, from a copy that lives as long as the scene does. */
export const sceneOf = <Name extends string>(
  { locations, organizations }: Prepared<Name>,
  given: AuditSnapshot,
): Scene => {
  const snapshot = { ...given }
  const aside = O.map(({ reason }: { readonly reason: Aside }) => reason)(climbed(snapshot))
  const isLocationAmbiguous = locations.isAmbiguous(snapshot.location)
  const isOrganizationAmbiguous = organizations.isAmbiguous(snapshot.organization)
  const [both, one] = isOrganizationAmbiguous ? [BOTH, ORGANIZATION] : [LOCATION, NO_WARNINGS]
  return { snapshot, aside, warnings: isLocationAmbiguous ? both : one }
}

/** The license that a standing allocation has given an installation, and which of its restrictions are violated. */
interface Kept {
  readonly license: LicenseId
  readonly violates: ReadonlyArray<string>
}

type Writable<A> = { -readonly [K in keyof A]: A[K] }

/**
 * A decision that names no license. The fields of decisions stand in the order of the wire format; lists that would be
 * empty are left out.
 */
const unlicensed = <Name extends string>(
  { snapshot: { computer } }: Scene,
  { id, product }: Installation,
  outcome: Decision['outcome'],
): Writable<Decision<Name>> => ({ computer: computer.id, installation: id, product, outcome })

/** How the decisions of a catalog are written. */
export interface Office<Name extends string> {
  readonly desks: Desks<Name>
  readonly aside: (scene: Scene, installation: Installation, reason: Aside) => Decision<Name>
  readonly kept: (scene: Scene, installation: Installation, kept: Kept) => Decision<Name>
  readonly allocated: (scene: Scene, installation: Installation, grant: Grant<Name>) => Decision<Name>
  readonly unreconciled: (scene: Scene, installation: Installation, desk: Desk<Name> | undefined) => Decision<Name>
}

/** Opens the office of a catalog. */
export const office = <Name extends string>(
  prepared: Prepared<Name>,
  choices: Pick<Choices<Name>, 'reader'>,
): Office<Name> => {
  const desks = desksOf(prepared, choices)
  return {
    desks,
    aside: (scene, installation, { outcome, reason }) => {
      const decision = unlicensed<Name>(scene, installation, outcome)
      if (reason !== undefined) decision.reason = reason
      return decision
    },
    kept: (scene, installation, { license, violates }) => {
      const decision = unlicensed<Name>(scene, installation, 'kept')
      decision.license = license
      // INVARIANT: the restricting criteria are named as the restrictions are.
      if (violates.length > 0) decision.violations = violates as ReadonlyArray<Restriction>
      return decision
    },
    allocated: ({ snapshot, warnings }, { id, product }, grant) => {
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
    },
    unreconciled: (scene, installation, desk) => {
      const decision = unlicensed<Name>(scene, installation, 'unreconciled')
      const told = together(scene.warnings, desk?.warnings ?? NO_WARNINGS)
      if (told.length > 0) decision.warnings = told
      return decision
    },
  }
}

/** Decides an installation by the first line of ALLOC-81 that applies, but for standing allocations. */
export const decideBy =
  <Name extends string>({ desks, aside, allocated, unreconciled }: Office<Name>) =>
  (scene: Scene, installation: Installation): Decision<Name> => {
    if (O.isSome(scene.aside)) return aside(scene, installation, scene.aside.value)
    const desk = desks.placeOf(installation.product)
    if (desk === NO_DESK) return aside(scene, installation, UNTRACKED)
    const grant = desks.grant(desk, { snapshot: scene.snapshot, installation })
    return grant === undefined
      ? unreconciled(scene, installation, desks.all[desk])
      : allocated(scene, installation, grant)
  }

/** The installations of a snapshot in the order of their ids (ALLOC-87). */
export const installationsOf = ({ installations = [] }: AuditSnapshot): ReadonlyArray<Installation> =>
  byId(installations)
