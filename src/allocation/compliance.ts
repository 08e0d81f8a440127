/**
 * Compliance: how far the allocations, as they stand, agree with what the licenses allow (allocation.md, *Compliance*).
 * It does not ask by which rules they came about.
 *
 * Laws:
 *
 * 1. No figure depends on the order of any list
 * 2. `position` tells `available` from zero, whatever `compliant` says (COMP-15)
 *
 * @since 0.1.0
 */
import { E, RNEA } from '../prelude.js'
import type { Allocation } from '../record/Allocation.js'
import type { AuditSnapshot } from '../record/AuditSnapshot.js'
import type { Catalog } from '../record/Catalog.js'
import type { Decision } from '../record/Decision.js'
import type { Rejection } from '../record/Rejection.js'
import type { SoftwareLicense } from '../record/SoftwareLicense.js'
import { violated } from '../rule/Criterion.js'
import type { ComputerId, InstallationId, LicenseId, ProductId, SoftwareId } from '../value/Id.js'
import * as Text from '../value/Text.js'
import { contradictionsOfSnapshots } from './contradictions.js'
import { distinct } from '../record/Contradiction.js'
import type { LicenseCriterion, Subject } from './criteria.js'
import { licensesById, limitOf, retiredIn, upgradesIn } from './licenses.js'
import { prepare, type Prepared } from './prepare.js'
import { coversAny, installedOf, type Installed } from './synchronization/standing.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/**
 * How a license stands (COMP-14, 15, 19). `used` and `reconciled` count computers, or owners where the license is per
 * user. `available` and `position` are absent where the license is not limited; `available` may be negative.
 *
 * @since 0.1.0
 */
export interface LicenseCompliance {
  readonly license: LicenseId
  readonly used: number
  readonly reconciled: number
  readonly available?: number
  readonly compliant: boolean
  readonly position?: 'over-licensed' | 'balanced' | 'under-licensed'
}

/**
 * How a tracked software stands: compliant when all its licenses are (COMP-16), with the installations for which no
 * license was found; they change no license (COMP-18).
 *
 * @since 0.1.0
 */
export interface SoftwareCompliance {
  readonly software: SoftwareId
  readonly compliant: boolean
  readonly unreconciled: ReadonlyArray<UnreconciledInstallation>
}

/**
 * An installation that waits for a person.
 *
 * @since 0.1.0
 */
export interface UnreconciledInstallation {
  readonly computer: ComputerId
  readonly installation: InstallationId
  readonly product: ProductId
}

/**
 * The compliance of a catalog: a row for each license and for each tracked software, by id.
 *
 * @since 0.1.0
 */
export interface Compliance {
  readonly licenses: ReadonlyArray<LicenseCompliance>
  readonly software: ReadonlyArray<SoftwareCompliance>
}

/**
 * What compliance is told from: the records as they stand, the latest snapshot of each computer, and, for the
 * installations that are not reconciled, the decisions of a run.
 *
 * @since 0.1.0
 */
export interface Standings {
  readonly catalog: Catalog
  readonly snapshots: ReadonlyArray<AuditSnapshot>
  readonly allocations: ReadonlyArray<Allocation>
  readonly decisions?: ReadonlyArray<Decision<string>>
}

// -------------------------------------------------------------------------------------
// counting
// -------------------------------------------------------------------------------------

/** A computer that is counted for a license, and whether an allocation of the license covers something on it. */
interface Counted {
  readonly computer: ComputerId
  /** Absent for a computer without a snapshot. */
  readonly snapshot: AuditSnapshot | undefined
  isReconciled: boolean
}

/** The counted computers of each license: those that hold an allocation of it, less those given as retired (COMP-13). */
const countedComputers = (
  snapshots: ReadonlyMap<ComputerId, AuditSnapshot>,
  allocations: ReadonlyArray<Allocation>,
): ReadonlyMap<LicenseId, ReadonlyArray<Counted>> => {
  const counted = new Map<LicenseId, Map<ComputerId, Counted>>()
  const installed = new Map<ComputerId, Installed>()
  const installedOn = (computer: ComputerId): Installed => {
    const known = installed.get(computer) ?? installedOf(snapshots.get(computer)?.installations ?? [])
    installed.set(computer, known)
    return known
  }
  for (const allocation of allocations) {
    const snapshot = snapshots.get(allocation.computer)
    if (snapshot?.computer.retired === true) continue
    const ofLicense = counted.get(allocation.license) ?? new Map<ComputerId, Counted>()
    counted.set(allocation.license, ofLicense)
    const { computer } = allocation
    const each = ofLicense.get(computer) ?? { computer, snapshot, isReconciled: false }
    ofLicense.set(computer, each)
    each.isReconciled ||= coversAny(installedOn(computer), allocation)
  }
  return new Map(Array.from(counted, ([license, computers]) => [license, [...computers.values()]]))
}

const folded = Text.form('case-insensitive')

/** The distinct owners of computers; a blank or unknown owner is not counted (COMP-6). */
const ownersOf = (counted: ReadonlyArray<Counted>): number =>
  new Set(counted.map(({ snapshot }) => folded(snapshot?.owner ?? '')).filter((owner) => owner !== '')).size

const positionOf = (available: number): NonNullable<LicenseCompliance['position']> =>
  available > 0 ? 'over-licensed' : available === 0 ? 'balanced' : 'under-licensed'

// -------------------------------------------------------------------------------------
// judging
// -------------------------------------------------------------------------------------

/** A criterion reads of an installation only its keys, and none of those that are judged here does. */
const onComputer = (snapshot: AuditSnapshot): Subject => ({
  snapshot,
  installation: { id: '' as InstallationId, product: '' as ProductId },
})

/** Does a counted computer violate a restriction? One without a snapshot violates whatever there is (COMP-20). */
const violates =
  (license: SoftwareLicense) =>
  (criterion: LicenseCriterion, { snapshot }: Counted): boolean =>
    snapshot === undefined ? asks(criterion, license) : violated(criterion)(license, onComputer(snapshot))

const asks = (criterion: LicenseCriterion, license: SoftwareLicense): boolean =>
  criterion.requires(license)._tag === 'Some'

/** The condition that the metric of a license makes (COMP-1 to 6). */
const meetsMetric = (
  [device, ...units]: ReadonlyArray<LicenseCriterion>,
  license: SoftwareLicense,
  counted: ReadonlyArray<Counted>,
): boolean => {
  const violating = (criteria: ReadonlyArray<LicenseCriterion>) =>
    counted.some((each) => criteria.some((criterion) => violates(license)(criterion, each)))
  switch (license.metric ?? 'installation') {
    case 'installation':
    case 'user':
    case 'none':
      return true
    case 'named-computer':
      return device !== undefined && asks(device, license) ? !violating([device]) : counted.length === 0
    case 'site':
      return units.some((criterion) => asks(criterion, license)) && !violating(units)
  }
}

/** A license that plays no part any more is in order (COMP-12). */
const retiredRow = ({ id }: SoftwareLicense): LicenseCompliance => ({
  license: id,
  used: 0,
  reconciled: 0,
  available: 0,
  compliant: true,
  position: 'balanced',
})

const judge = (
  restricting: ReadonlyArray<LicenseCriterion>,
  license: SoftwareLicense,
  counted: ReadonlyArray<Counted>,
  upgraded: number,
): LicenseCompliance => {
  const reconciledOnes = counted.filter(({ isReconciled }) => isReconciled)
  const amount = license.metric === 'user' ? ownersOf : ({ length }: ReadonlyArray<Counted>) => length
  const [used, reconciled] = [amount(counted), amount(reconciledOnes)]
  const limit = limitOf(license)
  const meets = meetsMetric(restricting, license, counted)
  if (limit === undefined) return { license: license.id, used, reconciled, compliant: meets }
  const available = limit - used - upgraded
  return {
    license: license.id,
    used,
    reconciled,
    available,
    compliant: meets && available >= 0,
    position: positionOf(available),
  }
}

/** By computer and installation, each once, in whatever order decisions are given. */
const inOrder = (waiting: ReadonlyArray<UnreconciledInstallation>): ReadonlyArray<UnreconciledInstallation> =>
  [...distinct(waiting, ({ computer, installation }) => JSON.stringify([computer, installation]))].sort(
    (a, b) => Text.compare(a.computer, b.computer) || Text.compare(a.installation, b.installation),
  )

const unreconciledIn = ({
  catalog,
  decisions = [],
}: Standings): ReadonlyMap<SoftwareId, ReadonlyArray<UnreconciledInstallation>> => {
  const softwareOf = new Map(
    catalog.software
      .filter(({ retired }) => retired !== true)
      .flatMap(({ id, products }) => products.map((product) => [product, id] as const)),
  )
  const found = new Map<SoftwareId, Array<UnreconciledInstallation>>()
  for (const { outcome, computer, installation, product } of decisions) {
    const software = outcome === 'unreconciled' ? softwareOf.get(product) : undefined
    if (software === undefined) continue
    const waiting = found.get(software) ?? []
    found.set(software, waiting)
    waiting.push({ computer, installation, product })
  }
  return new Map(Array.from(found, ([software, waiting]) => [software, inOrder(waiting)]))
}

const judgeAll =
  (given: Standings) =>
  ({ reading: { restricting } }: Prepared<string>): Compliance => {
    const { catalog, snapshots, allocations } = given
    const latest = new Map(distinct(snapshots, ({ computer }) => computer.id).map((each) => [each.computer.id, each]))
    const counted = countedComputers(latest, allocations)
    const upgrades = upgradesIn(catalog)
    const isRetired = retiredIn(catalog)
    const licenses = [...licensesById(catalog).values()]
      .sort((a, b) => Text.compare(a.id, b.id))
      .map((license) => {
        if (isRetired(license)) return retiredRow(license)
        const upgraded = (upgrades.get(license.id) ?? []).reduce(
          (sum, { id }) => sum + (counted.get(id)?.length ?? 0),
          0,
        )
        return judge(restricting, license, counted.get(license.id) ?? [], upgraded)
      })
    const byId = licensesById(catalog)
    const inBreach = new Set(
      licenses.flatMap(({ license, compliant }) => (compliant ? [] : [byId.get(license)?.software])),
    )
    const unreconciled = unreconciledIn(given)
    return {
      licenses,
      software: distinct(catalog.software, ({ id }) => id)
        .map(({ id }) => ({ software: id, compliant: !inBreach.has(id), unreconciled: unreconciled.get(id) ?? [] }))
        .sort((a, b) => Text.compare(a.software, b.software)),
    }
  }

/**
 * Judges the licenses and the tracked software of a catalog, or says what contradicts itself (ALLOC-47; COMP-1 to 21).
 *
 * @example
 * import assert from 'node:assert'
 * import { either as E, function as F } from 'fp-ts'
 * import { Allocation, AuditSnapshot, Catalog } from 'seatwise'
 *
 * const { right: catalog } = Catalog.decode({
 *   software: [{ id: 'visio', name: 'Visio', products: ['Visio 2024'] }],
 *   licenses: [{ id: 'L-1', name: 'Visio', software: 'visio', entitlements: 1 }],
 * })
 * const { right: snapshots } = AuditSnapshot.decodeAll([
 *   { computer: { id: 'pc-1', name: 'PC-1' }, installations: [{ id: 'i-1', product: 'Visio 2024' }] },
 * ])
 * const { right: allocations } = Allocation.decodeAll([
 *   { computer: 'pc-1', product: 'Visio 2024', license: 'L-1', origin: 'automatic' },
 *   { computer: 'pc-2', product: 'Visio 2024', license: 'L-1', origin: 'manual' },
 * ])
 * const licenses = F.pipe(Allocation.compliance({ catalog, snapshots, allocations }), E.map(({ licenses }) => licenses))
 * assert.deepStrictEqual(licenses, E.right([
 *   { license: 'L-1', used: 2, reconciled: 1, available: -1, compliant: false, position: 'under-licensed' },
 * ]))
 *
 * @since 0.1.0
 */
export const compliance = (given: Standings): E.Either<RNEA.ReadonlyNonEmptyArray<Rejection>, Compliance> => {
  const prepared = prepare({ policy: {} })(given.catalog)
  const [first, ...others] = [
    ...(E.isLeft(prepared) ? prepared.left : []),
    ...contradictionsOfSnapshots(given.snapshots),
  ]
  return first === undefined ? E.map(judgeAll(given))(prepared) : E.left([first, ...others])
}
