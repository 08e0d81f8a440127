/**
 * Deciding one installation by a prepared catalog: the scene that its snapshot sets, the desk that its product goes to, and
 * the decision, with its warnings (ALLOC-3, 81 to 83). Nothing here knows what an earlier run left.
 *
 * @since 0.1.0
 */
import { O } from '../prelude.js'
import type { AuditSnapshot, Installation } from '../record/AuditSnapshot.js'
import type { Decision, Warning } from '../record/Decision.js'
import { climb } from '../rule/Ladder.js'
import { byId } from '../value/Order.js'
import { allocated, aside, unreconciled } from './decisions.js'
import { NO_DESK, type Desks } from './desks.js'
import { computerGates, UNTRACKED, type Aside } from './gates.js'
import type { Prepared } from './prepare.js'
import { BOTH, LOCATION, NO_WARNINGS, ORGANIZATION } from './warnings.js'

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

/** Sets the scene of a snapshot. */
export const sceneOf = <Name extends string>(
  { locations, organizations }: Prepared<Name>,
  snapshot: AuditSnapshot,
): Scene => {
  const aside = O.map(({ reason }: { readonly reason: Aside }) => reason)(climbed(snapshot))
  const isLocationAmbiguous = locations.isAmbiguous(snapshot.location)
  const isOrganizationAmbiguous = organizations.isAmbiguous(snapshot.organization)
  const [both, one] = isOrganizationAmbiguous ? [BOTH, ORGANIZATION] : [LOCATION, NO_WARNINGS]
  return { snapshot, aside, warnings: isLocationAmbiguous ? both : one }
}

/** Decides the installation at a position of the line, whose desk is known (ALLOC-81). */
const decideAt = <Name extends string>(
  desks: Desks<Name>,
  scene: Scene,
  installation: Installation,
  desk: number,
  position: number,
): Decision<Name> => {
  if (desk === NO_DESK) return aside(scene, installation, UNTRACKED)
  const grant = desks.grant(desk, position)
  return grant === undefined
    ? unreconciled(scene, installation, desks.all[desk]?.warnings ?? NO_WARNINGS)
    : allocated(scene, installation, grant)
}

/** Decides an installation by the first line of ALLOC-81 that applies, but for standing allocations. */
export const decideBy =
  <Name extends string>(desks: Desks<Name>) =>
  (scene: Scene, installation: Installation): Decision<Name> =>
    O.isSome(scene.aside)
      ? aside(scene, installation, scene.aside.value)
      : decideAt(desks, scene, installation, desks.admit(scene.snapshot, [installation])[0] ?? NO_DESK, 0)

/** Decides installations of one scene likewise, in their order. */
export const decideAllBy =
  <Name extends string>(desks: Desks<Name>) =>
  (scene: Scene, installations: ReadonlyArray<Installation>): ReadonlyArray<Decision<Name>> => {
    if (O.isSome(scene.aside)) {
      const { value } = scene.aside
      return installations.map((installation) => aside(scene, installation, value))
    }
    const places = desks.admit(scene.snapshot, installations)
    const decisions: Array<Decision<Name>> = []
    let position = 0
    for (const installation of installations) {
      const desk = places[decisions.length] ?? NO_DESK
      decisions.push(decideAt(desks, scene, installation, desk, position))
      if (desk !== NO_DESK) position += 1
    }
    return decisions
  }

/** The installations of a snapshot in the order of their ids (ALLOC-87). */
export const installationsOf = ({ installations = [] }: AuditSnapshot): ReadonlyArray<Installation> =>
  byId(installations)
