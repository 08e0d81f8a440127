/**
 * One computer in a run: what an audit found on it, what an earlier run left on it, and what becomes of that
 * (ALLOC-58 to 61, 76, 78, 81, 84).
 *
 * Law: what is released and added on a computer depends on nothing but its own records and decisions.
 *
 * @since 0.1.0
 */
import { O } from '../../prelude.js'
import type { Allocation } from '../../record/Allocation.js'
import type { AuditSnapshot, Installation } from '../../record/AuditSnapshot.js'
import type { Decision } from '../../record/Decision.js'
import type { SoftwareLicense } from '../../record/SoftwareLicense.js'
import { violated } from '../../rule/Criterion.js'
import type { InstallationId, LicenseId, ProductId } from '../../value/Id.js'
import { distinct } from '../../record/Contradiction.js'
import { installationsOf, sceneOf, type Office, type Scene } from '../decide.js'
import { NO_DESK } from '../desks.js'
import type { LicenseCriterion, Subject } from '../criteria.js'
import { UNTRACKED } from '../gates.js'
import type { Changed } from './allocations.js'
import type { Prepared } from '../prepare.js'
import { coversAny, holdingsOf, installedOf, keptBy, type Holding, type Holdings, type Installed } from './standing.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** A computer of which a snapshot was given, with the allocations that were given for it. */
export interface Computer {
  readonly scene: Scene
  /** By id, each once. */
  readonly installations: ReadonlyArray<Installation>
  readonly installed: Installed
  readonly holdings: Holdings
  /** What is not reported is not known to be gone (ALLOC-84, 86). */
  readonly isReported: boolean
}

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

const once = (snapshot: AuditSnapshot): AuditSnapshot =>
  snapshot.installations === undefined
    ? snapshot
    : { ...snapshot, installations: distinct(snapshot.installations, ({ id }) => id) }

/** A computer as its snapshot shows it. A snapshot that lost an installation to a rejection is not complete. */
export const computerOf = (
  prepared: Prepared<string>,
  given: AuditSnapshot,
  holdings: ReadonlyArray<Holding>,
  isComplete: boolean,
): Computer => {
  const snapshot = once(given)
  const scene = sceneOf(prepared, snapshot)
  const installations = installationsOf(snapshot)
  return {
    scene,
    installations,
    // Only what was allocated before asks what is installed.
    installed: installedOf(holdings.length === 0 ? [] : installations),
    holdings: holdingsOf(holdings),
    isReported: isComplete && O.isNone(scene.aside) && snapshot.installations !== undefined,
  }
}

// -------------------------------------------------------------------------------------
// before the rules
// -------------------------------------------------------------------------------------

/** The names of the restrictions of a license that a subject violates (ALLOC-82). */
export const violationsOf = (
  restricting: ReadonlyArray<LicenseCriterion>,
  license: SoftwareLicense | undefined,
  subject: Subject,
): ReadonlyArray<string> =>
  license?.restrictions === undefined
    ? []
    : restricting.filter((criterion) => violated(criterion)(license, subject)).map(({ name }) => name)

/** The outcome of an installation by the lines of ALLOC-81 that come before the rules; none where the rules decide. */
export const beforeRules =
  <Name extends string>(office: Office<Name>, restricting: ReadonlyArray<LicenseCriterion>) =>
  ({ scene, holdings }: Computer, installation: Installation): Decision<Name> | undefined => {
    if (O.isSome(scene.aside)) return office.aside(scene, installation, scene.aside.value)
    const kept = keptBy(holdings, installation)
    if (kept !== undefined)
      return office.kept(scene, installation, {
        license: kept.allocation.license,
        violates: violationsOf(restricting, kept.license, { snapshot: scene.snapshot, installation }),
      })
    return office.desks.placeOf(installation.product) === NO_DESK
      ? office.aside(scene, installation, UNTRACKED)
      : undefined
  }

/** An allocation that covers nothing any more is released when its flag says so (ALLOC-58, 59, 86). */
const isAbandoned = (computer: Computer, holding: Holding): boolean =>
  computer.isReported &&
  holding.standing !== 'untouched' &&
  holding.allocation.deallocateAutomatically === true &&
  !coversAny(computer.installed, holding.allocation)

/** The licenses that the computer uses before any rule is tried (ALLOC-73). */
export const usedBefore = (computer: Computer): ReadonlyArray<LicenseId> =>
  computer.scene.snapshot.computer.retired === true
    ? []
    : [...computer.holdings.values()]
        .flatMap(({ all }) => all)
        .flatMap((holding) => {
          const { license, standing } = holding
          const isDecidedAnew =
            standing === 'set-aside' && computer.isReported && coversAny(computer.installed, holding.allocation)
          return license === undefined || isDecidedAnew || isAbandoned(computer, holding) ? [] : [license.id]
        })

// -------------------------------------------------------------------------------------
// after the rules
// -------------------------------------------------------------------------------------

/** The licenses with which the installations of a computer end, by product and by installation. */
interface Ends {
  readonly ofProduct: ReadonlyMap<ProductId, ReadonlySet<LicenseId>>
  readonly ofInstallation: ReadonlyMap<InstallationId, Decision<string>>
}

const endsOf = (decisions: ReadonlyArray<Decision<string>>): Ends => {
  const ofProduct = new Map<ProductId, Set<LicenseId>>()
  for (const { product, license } of decisions)
    if (license !== undefined) {
      const known = ofProduct.get(product) ?? new Set()
      ofProduct.set(product, known.add(license))
    }
  return { ofProduct, ofInstallation: new Map(decisions.map((decision) => [decision.installation, decision])) }
}

/** Does anything that an allocation covers end with its license? */
const isKeptUp = ({ ofProduct, ofInstallation }: Ends, { product, license, installation }: Allocation): boolean => {
  if (installation === undefined) return ofProduct.get(product)?.has(license) === true
  const decision = ofInstallation.get(installation)
  return decision?.product === product && decision.license === license
}

/** A set-aside allocation is released unless what it covers ends the run with its license after all (ALLOC-78). */
const isReplaced = (computer: Computer, ends: Ends, { standing, allocation }: Holding): boolean =>
  computer.isReported &&
  standing === 'set-aside' &&
  coversAny(computer.installed, allocation) &&
  !isKeptUp(ends, allocation)

const keyOf = (license: LicenseId, product: ProductId, installation: InstallationId | undefined): string =>
  JSON.stringify([license, product, installation])

/** What the decisions about a computer release, and what they add (ALLOC-58, 61, 78). */
export const settle = (computer: Computer, decisions: ReadonlyArray<Decision<string>>): Changed => {
  const released: Array<Allocation> = []
  const remaining = new Set<string>()
  if (computer.holdings.size > 0) {
    const ends = endsOf(decisions)
    for (const { all } of computer.holdings.values())
      for (const holding of all) {
        const { license, product, installation } = holding.allocation
        if (isAbandoned(computer, holding) || isReplaced(computer, ends, holding)) released.push(holding.allocation)
        else remaining.add(keyOf(license, product, installation))
      }
  }
  const isCovered = (license: LicenseId, product: ProductId, installation: InstallationId): boolean =>
    remaining.size > 0 &&
    (remaining.has(keyOf(license, product, installation)) || remaining.has(keyOf(license, product, undefined)))
  const added: Array<Allocation> = []
  for (const { outcome, computer: id, product, license, installation } of decisions)
    if (outcome === 'allocated' && license !== undefined && !isCovered(license, product, installation))
      added.push({ computer: id, product, license, installation, origin: 'automatic', deallocateAutomatically: false })
  return { released, added }
}
