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
import type { Decision, Restriction } from '../../record/Decision.js'
import type { SoftwareLicense } from '../../record/SoftwareLicense.js'
import { violated } from '../../rule/Criterion.js'
import type { InstallationId, LicenseId, ProductId } from '../../value/Id.js'
import { distinct } from '../../record/Contradiction.js'
import { installationsOf, sceneOf, type Scene } from '../decide.js'
import { aside, kept as keep } from '../decisions.js'
import type { Desk } from '../desks.js'
import type { LicenseCriterion, Subject } from '../criteria.js'
import { UNTRACKED } from '../gates.js'
import { byPlace, type Changed } from './allocations.js'
import type { Prepared } from '../prepare.js'
import {
  coversAny,
  holdingsOf,
  installedOf,
  keptBy,
  namingWhere,
  type Holding,
  type Holdings,
  type Installed,
  type ProductHoldings,
} from './standing.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** A computer of which a snapshot was given, with the allocations that were given for it. */
export interface Computer {
  readonly scene: Scene
  /** By id, each once. */
  readonly installations: ReadonlyArray<Installation>
  /** Made when it is first asked for: few allocations depend on it. */
  readonly installed: () => Installed
  readonly holdings: Holdings
  /** What is not reported is not known to be gone (ALLOC-84, 86). */
  readonly isReported: boolean
}

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

/** Are the ids, in their order, all different? */
const areDistinct = (installations: ReadonlyArray<Installation>): boolean => {
  for (let position = 1; position < installations.length; position += 1)
    if (installations[position - 1]?.id === installations[position]?.id) return false
  return true
}

/** A value made when it is first asked for. */
const lazy = <A>(make: () => A): (() => A) => {
  let made: { readonly value: A } | undefined
  return () => (made ??= { value: make() }).value
}

/** A computer as its snapshot shows it. A snapshot that lost an installation to a rejection is not complete. */
export const computerOf = (
  prepared: Prepared<string>,
  given: AuditSnapshot,
  holdings: ReadonlyArray<Holding>,
  isComplete: boolean,
): Computer => {
  const listed = installationsOf(given)
  const isDistinct = areDistinct(listed)
  const installations = isDistinct ? listed : distinct(listed, ({ id }) => id)
  // A copy in any case: what readers remember of the snapshot of one run is not remembered in the next.
  const snapshot = isDistinct ? { ...given } : { ...given, installations }
  const scene = sceneOf(prepared, snapshot)
  return {
    scene,
    installations,
    installed: lazy(() => installedOf(installations)),
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

/**
 * The outcome of an installation, whose product has a desk or none, by the lines of ALLOC-81 that come before the rules;
 * none where the rules decide.
 */
export const beforeRules = <Name extends string>({ shelves, reading: { restricting } }: Prepared<Name>) => {
  const excluded = new Set<SoftwareLicense>()
  for (const shelf of shelves) for (const { license } of shelf.excluded) excluded.add(license)
  const violates = (
    license: SoftwareLicense | undefined,
    subject: Subject,
    desk: Desk<Name> | undefined,
  ): ReadonlyArray<string> => {
    if (license?.restrictions === undefined) return []
    // INVARIANT: what is on the shelf and not excluded is a candidate, of which its reader knows.
    return desk?.shelf.software.id === license.software && !excluded.has(license)
      ? desk.reader.violates(license, subject)
      : violationsOf(restricting, license, subject)
  }
  return (
    { scene, holdings }: Computer,
    installation: Installation,
    desk: Desk<Name> | undefined,
  ): Decision<Name> | undefined => {
    if (O.isSome(scene.aside)) return aside(scene, installation, scene.aside.value)
    const kept = keptBy(holdings, installation)
    if (kept !== undefined)
      return keep(scene, installation, {
        license: kept.allocation.license,
        // INVARIANT: the restricting criteria are named as the restrictions are.
        violations: violates(
          kept.license,
          { snapshot: scene.snapshot, installation },
          desk,
        ) as ReadonlyArray<Restriction>,
      })
    return desk === undefined ? aside(scene, installation, UNTRACKED) : undefined
  }
}

/** An allocation that covers nothing any more is released when its flag says so (ALLOC-58, 59, 86). */
const isAbandoned = (computer: Computer, holding: Holding): boolean =>
  computer.isReported &&
  holding.standing !== 'untouched' &&
  holding.allocation.deallocateAutomatically === true &&
  !coversAny(computer.installed(), holding.allocation)

/** The licenses that the computer uses before any rule is tried (ALLOC-73). */
export const usedBefore = (computer: Computer): ReadonlyArray<LicenseId> => {
  const used: Array<LicenseId> = []
  if (computer.scene.snapshot.computer.retired === true) return used
  for (const { all } of computer.holdings.values())
    for (const holding of all) {
      const { license, standing } = holding
      if (license === undefined) continue
      const isDecidedAnew =
        standing === 'set-aside' && computer.isReported && coversAny(computer.installed(), holding.allocation)
      if (!isDecidedAnew && !isAbandoned(computer, holding)) used.push(license.id)
    }
  return used
}

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
const isReplaced = (computer: Computer, ends: () => Ends, { standing, allocation }: Holding): boolean =>
  computer.isReported &&
  standing === 'set-aside' &&
  coversAny(computer.installed(), allocation) &&
  !isKeptUp(ends(), allocation)

/** Is an installation covered with a license by a holding that is not gone? */
const coverage = (holdings: Holdings, gone: ReadonlySet<Holding>) => {
  const forAll = new Map<ProductId, ReadonlySet<LicenseId>>()
  const licensesForAll = (product: ProductId, { all }: ProductHoldings): ReadonlySet<LicenseId> => {
    const known = forAll.get(product)
    if (known !== undefined) return known
    const unnamed = all.filter((holding) => holding.allocation.installation === undefined && !gone.has(holding))
    const licenses = new Set(unnamed.map(({ allocation }) => allocation.license))
    forAll.set(product, licenses)
    return licenses
  }
  return (license: LicenseId, product: ProductId, installation: InstallationId): boolean => {
    const some = holdings.get(product)
    if (some === undefined) return false
    const remains = (holding: Holding): boolean => holding.allocation.license === license && !gone.has(holding)
    return namingWhere(some, installation, remains) !== undefined || licensesForAll(product, some).has(license)
  }
}

/** What the decisions about a computer release, and what they add (ALLOC-58, 61, 78), each in the order of allocations. */
export const settle = (computer: Computer, decisions: ReadonlyArray<Decision<string>>): Changed => {
  const gone = new Set<Holding>()
  const ends = lazy(() => endsOf(decisions))
  for (const { all } of computer.holdings.values())
    for (const holding of all)
      if (isAbandoned(computer, holding) || isReplaced(computer, ends, holding)) gone.add(holding)
  const isCovered = coverage(computer.holdings, gone)
  const added: Array<Allocation> = []
  for (const { outcome, computer: id, product, license, installation } of decisions)
    if (outcome === 'allocated' && license !== undefined && !isCovered(license, product, installation))
      added.push({ computer: id, product, license, installation, origin: 'automatic', deallocateAutomatically: false })
  return {
    released: Array.from(gone, ({ allocation }) => allocation).sort(byPlace),
    added: added.sort(byPlace),
  }
}
