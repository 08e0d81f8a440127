// A model of a whole run and of compliance, read off allocation.md clause by clause: brute force, no caching. It shares
// the rules of a single installation with the model of fresh runs, and nothing with the library. Records are well-formed
// and without contradictions.
import {
  candidatesOf,
  compareByName,
  compareText,
  form,
  isBlank,
  matchesPerRule,
  rules,
  signs,
  softwareOf,
  violationsOf,
  warningsOf,
  withoutDuplicates,
  type Given,
  type Rule,
  type RuleMatches,
  type Violation,
  type WireCatalog,
  type WireDecision,
  type WireInstallation,
  type WireLicense,
  type WireSnapshot,
} from './allocation.js'

export type WireAllocation = {
  readonly computer: string
  readonly product: string
  readonly license: string
  readonly installation?: string | undefined
  readonly origin: 'automatic' | 'manual'
  readonly deallocateAutomatically?: boolean | undefined
}

/** `incomplete` and `rejectedLicenses` say what was given and could not be read (ALLOC-86). */
export type Synchronization = Given & {
  readonly allocations?: ReadonlyArray<WireAllocation> | undefined
  readonly incomplete?: ReadonlyArray<string> | undefined
  readonly rejectedLicenses?: ReadonlyArray<string> | 'any' | undefined
}

// -------------------------------------------------------------------------------------
// records
// -------------------------------------------------------------------------------------

/** FORMAT: a blank optional text counts as absent, and what is absent is not there. */
const normalized = ({ installation, deallocateAutomatically, ...rest }: WireAllocation): WireAllocation => ({
  ...rest,
  ...(isBlank(installation) ? {} : { installation }),
  ...(deallocateAutomatically === undefined ? {} : { deallocateAutomatically }),
})

const contentOf = ({
  computer,
  product,
  license,
  installation,
  origin,
  deallocateAutomatically,
}: WireAllocation): string =>
  JSON.stringify([computer, product, license, installation, origin, deallocateAutomatically])

/** ALLOC-47: exact duplicates count once. */
export const distinctAllocations = (allocations: ReadonlyArray<WireAllocation> = []): ReadonlyArray<WireAllocation> =>
  withoutDuplicates(allocations.map(normalized), contentOf)

/** ALLOC-87: by computer, product, license, installation; of equal ones the clause says no more. */
export const compareAllocations = (left: WireAllocation, right: WireAllocation): number =>
  compareText(left.computer, right.computer) ||
  compareText(left.product, right.product) ||
  compareText(left.license, right.license) ||
  compareText(left.installation ?? '', right.installation ?? '')

const distinctSnapshots = (snapshots: ReadonlyArray<WireSnapshot>): ReadonlyArray<WireSnapshot> =>
  withoutDuplicates(snapshots, ({ computer }) => computer.id)

const installationsOf = (snapshot: WireSnapshot): ReadonlyArray<WireInstallation> =>
  withoutDuplicates(snapshot.installations ?? [], ({ id }) => id)

const licenseOf = (catalog: WireCatalog, id: string): WireLicense | undefined =>
  catalog.licenses.find((license) => license.id === id)

/** ALLOC-7, COMP-12: a retired license, and a license of a retired tracked software. */
export const isRetired = (catalog: WireCatalog, license: WireLicense): boolean =>
  license.retired === true ||
  catalog.software.some((software) => software.id === license.software && software.retired === true)

/** ALLOC-73: the licenses that upgrade a license directly; one that names itself has no effect. */
const upgradesOf = (catalog: WireCatalog, original: WireLicense): ReadonlyArray<WireLicense> =>
  withoutDuplicates(catalog.licenses, ({ id }) => id).filter(
    (license) => license.upgradeFor === original.id && license.id !== original.id && !isRetired(catalog, license),
  )

// -------------------------------------------------------------------------------------
// allocations
// -------------------------------------------------------------------------------------

/** ALLOC-76: the same computer and product, and no installation or this one. */
export const covers = (allocation: WireAllocation, snapshot: WireSnapshot, installation: WireInstallation): boolean =>
  allocation.computer === snapshot.computer.id &&
  allocation.product === installation.product &&
  (allocation.installation === undefined || allocation.installation === installation.id)

/** What an allocation covers, in all given snapshots. */
const coveredBy = (
  snapshots: ReadonlyArray<WireSnapshot>,
  allocation: WireAllocation,
): ReadonlyArray<WireInstallation> =>
  distinctSnapshots(snapshots).flatMap((snapshot) =>
    installationsOf(snapshot).filter((installation) => covers(allocation, snapshot, installation)),
  )

/** ALLOC-86: a license that was given and could not be read. */
const isRejected = ({ catalog, rejectedLicenses = [] }: Synchronization, license: string): boolean =>
  rejectedLicenses === 'any'
    ? !catalog.software.some(({ id }) => id === licenseOf(catalog, license)?.software)
    : rejectedLicenses.includes(license)

/** ALLOC-75, 86: every allocation that is not set aside stands; those of rejected licenses are untouched. */
export const isSetAside = (given: Synchronization, allocation: WireAllocation): boolean => {
  if (isRejected(given, allocation.license)) return false
  const license = licenseOf(given.catalog, allocation.license)
  if (license === undefined || isRetired(given.catalog, license)) return true
  const existing = given.policy?.existing ?? 'keep'
  return existing === 'reevaluate-all' || (existing === 'reevaluate-automatic' && allocation.origin === 'automatic')
}

/** ALLOC-81, lines 1 and 2. */
const isSkipped = ({ computer }: WireSnapshot): boolean => computer.kind === 'hardware' || computer.retired === true

/** ALLOC-84, 86: a snapshot is given, not skipped, lists installations, and none of them was rejected. */
export const isReported = ({ snapshots, incomplete = [] }: Synchronization, computer: string): boolean =>
  !incomplete.includes(computer) &&
  snapshots.some(
    (snapshot) => snapshot.computer.id === computer && !isSkipped(snapshot) && snapshot.installations !== undefined,
  )

/** ALLOC-58: the computer is reported, nothing is covered, the flag is set; ALLOC-86: unless the license was rejected. */
export const isReleasedAsGone = (given: Synchronization, allocation: WireAllocation): boolean =>
  isReported(given, allocation.computer) &&
  coveredBy(given.snapshots, allocation).length === 0 &&
  allocation.deallocateAutomatically === true &&
  !isRejected(given, allocation.license)

/** ALLOC-76: the standing allocations that cover an installation, the one that the decision uses first. */
export const standingFor = (
  given: Synchronization,
  snapshot: WireSnapshot,
  installation: WireInstallation,
): ReadonlyArray<WireAllocation> => {
  const compareLicenses = (left: string, right: string): number => {
    const [one, other] = [licenseOf(given.catalog, left), licenseOf(given.catalog, right)]
    // The name of a rejected license is not known. It comes last; no clause says so.
    if (one === undefined || other === undefined)
      return Number(one === undefined) - Number(other === undefined) || compareText(left, right)
    return compareByName(one, other)
  }
  return distinctAllocations(given.allocations)
    .filter((allocation) => !isSetAside(given, allocation) && covers(allocation, snapshot, installation))
    .sort(
      (left, right) =>
        Number(left.installation === undefined) - Number(right.installation === undefined) ||
        Number(left.origin === 'automatic') - Number(right.origin === 'automatic') ||
        compareLicenses(left.license, right.license),
    )
}

// -------------------------------------------------------------------------------------
// seats
// -------------------------------------------------------------------------------------

/** A computer that uses a license: before any rule was tried, or by an `allocated` decision. */
export type Use = {
  readonly license: string
  readonly computer: string
  readonly rule?: Rule
  readonly installation?: string
}

/** ALLOC-73: the uses before any rule is tried. */
const usesBefore = (given: Synchronization): ReadonlyArray<Use> => {
  const isOfRetiredComputer = ({ computer }: WireAllocation): boolean =>
    given.snapshots.some((snapshot) => snapshot.computer.id === computer && snapshot.computer.retired === true)
  const isAsideAndCovers = (allocation: WireAllocation): boolean =>
    isSetAside(given, allocation) &&
    isReported(given, allocation.computer) &&
    coveredBy(given.snapshots, allocation).length > 0
  return distinctAllocations(given.allocations)
    .filter((allocation) => !isReleasedAsGone(given, allocation))
    .filter((allocation) => !isAsideAndCovers(allocation))
    .filter((allocation) => !isOfRetiredComputer(allocation))
    .map(({ license, computer }) => ({ license, computer }))
}

/** ALLOC-73: the users of a license are computers, each once. */
export const usersOf = (uses: ReadonlyArray<Use>, license: string): ReadonlyArray<string> => [
  ...new Set(uses.filter((use) => use.license === license).map(({ computer }) => computer)),
]

/** ALLOC-73: is the license full for the computer, and would it be without its upgrades? */
const fullness = (
  catalog: WireCatalog,
  uses: ReadonlyArray<Use>,
  license: WireLicense,
  computer: string,
): 'no' | 'by itself' | 'by upgrades' => {
  const users = usersOf(uses, license.id)
  if (license.entitlements === undefined || license.metric === 'none' || users.includes(computer)) return 'no'
  if (users.length >= license.entitlements) return 'by itself'
  const ofUpgrades = upgradesOf(catalog, license).reduce((sum, { id }) => sum + usersOf(uses, id).length, 0)
  return users.length + ofUpgrades >= license.entitlements ? 'by upgrades' : 'no'
}

// -------------------------------------------------------------------------------------
// a run
// -------------------------------------------------------------------------------------

/** A license that would have matched where or before the decision was made, had it not been full. */
export type PassedOver = {
  readonly computer: string
  readonly installation: string
  readonly license: string
  readonly because: 'by itself' | 'by upgrades'
}

export type SynchronizationResult = {
  readonly decisions: ReadonlyArray<WireDecision>
  readonly released: ReadonlyArray<WireAllocation>
  readonly added: ReadonlyArray<WireAllocation>
  readonly next: ReadonlyArray<WireAllocation>
  readonly uses: ReadonlyArray<Use>
  readonly passedOver: ReadonlyArray<PassedOver>
}

type Found = { readonly snapshot: WireSnapshot; readonly installation: WireInstallation }

const aboutOf = ({ snapshot, installation }: Found) => ({
  computer: snapshot.computer.id,
  installation: installation.id,
  product: installation.product,
})

/** ALLOC-82: the restrictions of a license that a snapshot violates; an unknown license has none. */
const violatedBy = ({ catalog, policy = {} }: Synchronization, id: string, { snapshot, installation }: Found) => {
  const license = licenseOf(catalog, id)
  const violations: ReadonlyArray<Violation> =
    license === undefined
      ? []
      : violationsOf(signs(catalog, license, snapshot, installation, policy.text ?? 'case-insensitive'))
  return violations.length === 0 ? {} : { violations }
}

/** ALLOC-81, lines 1 to 4: what is decided before any rule is tried. */
const decideBeforeRules = (given: Synchronization, found: Found): WireDecision | undefined => {
  const { snapshot, installation } = found
  const about = aboutOf(found)
  if (snapshot.computer.kind === 'hardware') return { ...about, outcome: 'skipped', reason: 'hardware' }
  if (snapshot.computer.retired === true) return { ...about, outcome: 'skipped', reason: 'retired-computer' }
  const [standing] = standingFor(given, snapshot, installation)
  if (standing !== undefined)
    return {
      ...about,
      outcome: 'kept',
      license: standing.license,
      ...violatedBy(given, standing.license, found),
    }
  if (softwareOf(given.catalog, installation.product) === undefined) return { ...about, outcome: 'untracked' }
  return undefined
}

type Pending = {
  readonly found: Found
  readonly candidates: ReadonlyArray<WireLicense>
  readonly perRule: ReadonlyArray<RuleMatches>
}

/** ALLOC-81, lines 5 and 6; ALLOC-73, 74: rule by rule, and in each of them by computer and installation. */
const decideByRules = (given: Synchronization, installations: ReadonlyArray<Found>, before: ReadonlyArray<Use>) => {
  const { catalog, policy = {} } = given
  const uses = [...before]
  const passedOver: Array<PassedOver> = []
  const decisions: Array<WireDecision> = []
  const warned = ({ found, candidates }: Pending, rule: Rule | undefined) => {
    const warnings = warningsOf(catalog, candidates, found.snapshot, rule, policy.text ?? 'case-insensitive')
    return warnings.length === 0 ? {} : { warnings }
  }
  let undecided = installations.map((found): Pending => {
    const candidates = candidatesOf(given, softwareOf(catalog, found.installation.product)!)
    return { found, candidates, perRule: matchesPerRule(given, candidates, found.snapshot, found.installation) }
  })
  for (const [rule] of rules) {
    undecided = undecided.filter((pending) => {
      const { found, perRule } = pending
      const about = aboutOf(found)
      const { matches } = perRule.find((each) => each.rule === rule)!
      const states = matches.map((license) => ({
        license,
        full: policy.capacity === 'enforced' ? fullness(catalog, uses, license, about.computer) : ('no' as const),
      }))
      const { computer, installation } = about
      for (const { license, full } of states)
        if (full !== 'no') passedOver.push({ computer, installation, license: license.id, because: full })
      const [winner, ...others] = states.filter(({ full }) => full === 'no').map(({ license }) => license.id)
      if (winner === undefined) return true
      uses.push({ license: winner, computer, rule, installation })
      decisions.push({
        ...about,
        outcome: 'allocated',
        license: winner,
        rule,
        ...(others.length === 0 ? {} : { tied: others }),
        ...violatedBy(given, winner, found),
        ...warned(pending, rule),
      })
      return false
    })
  }
  for (const pending of undecided)
    decisions.push({ ...aboutOf(pending.found), outcome: 'unreconciled', ...warned(pending, undefined) })
  return { decisions, uses, passedOver }
}

/** A whole run. */
export const synchronization = (given: Synchronization): SynchronizationResult => {
  const { snapshots } = given
  const allocations = distinctAllocations(given.allocations)

  const installations = distinctSnapshots(snapshots)
    .flatMap((snapshot) => installationsOf(snapshot).map((installation): Found => ({ snapshot, installation })))
    .sort(
      (left, right) =>
        compareText(left.snapshot.computer.id, right.snapshot.computer.id) ||
        compareText(left.installation.id, right.installation.id),
    )
  const early = installations.map((found) => ({ found, decision: decideBeforeRules(given, found) }))
  const pending = early.filter(({ decision }) => decision === undefined).map(({ found }) => found)
  const { decisions: late, uses, passedOver } = decideByRules(given, pending, usesBefore(given))
  const decisions = [...early.flatMap(({ decision }) => decision ?? []), ...late].sort(
    (left, right) => compareText(left.computer, right.computer) || compareText(left.installation, right.installation),
  )

  // ALLOC-78
  const isReleasedAsAside = (allocation: WireAllocation): boolean => {
    const covered = coveredBy(snapshots, allocation).map(({ id }) => id)
    return (
      isSetAside(given, allocation) &&
      isReported(given, allocation.computer) &&
      covered.length > 0 &&
      !decisions.some(
        (decision) =>
          decision.computer === allocation.computer &&
          covered.includes(decision.installation) &&
          decision.license === allocation.license,
      )
    )
  }
  const isReleased = (allocation: WireAllocation): boolean =>
    isReleasedAsGone(given, allocation) || isReleasedAsAside(allocation)
  const remaining = allocations.filter((allocation) => !isReleased(allocation))

  // ALLOC-61
  const added = installations.flatMap((found): ReadonlyArray<WireAllocation> => {
    const { computer, installation, product } = aboutOf(found)
    const decision = decisions.find((each) => each.computer === computer && each.installation === installation)
    if (decision?.outcome !== 'allocated' || decision.license === undefined) return []
    const { license } = decision
    const isCovered = remaining.some(
      (allocation) => allocation.license === license && covers(allocation, found.snapshot, found.installation),
    )
    return isCovered
      ? []
      : [{ computer, product, license, installation, origin: 'automatic', deallocateAutomatically: false }]
  })

  return {
    decisions,
    released: allocations.filter(isReleased).sort(compareAllocations),
    added: [...added].sort(compareAllocations),
    next: [...remaining, ...added].sort(compareAllocations),
    uses,
    passedOver,
  }
}

// -------------------------------------------------------------------------------------
// compliance
// -------------------------------------------------------------------------------------

export type ComplianceRow = {
  readonly license: string
  readonly used: number
  readonly reconciled: number
  readonly available?: number
  readonly compliant: boolean
  readonly position?: 'over-licensed' | 'balanced' | 'under-licensed'
}

export type SoftwareRow = {
  readonly software: string
  readonly compliant: boolean
  readonly unreconciled: ReadonlyArray<{
    readonly computer: string
    readonly installation: string
    readonly product: string
  }>
}

export type Standings = {
  readonly catalog: WireCatalog
  readonly snapshots: ReadonlyArray<WireSnapshot>
  readonly allocations: ReadonlyArray<WireAllocation>
  readonly decisions?: ReadonlyArray<WireDecision> | undefined
}

/** COMP-13: the distinct computers that hold an allocation of the license, less those given as retired. */
const countedComputers = ({ allocations, snapshots }: Standings, license: WireLicense): ReadonlyArray<string> => [
  ...new Set(
    allocations
      .filter((allocation) => allocation.license === license.id)
      .map(({ computer }) => computer)
      .filter((id) => !snapshots.some(({ computer }) => computer.id === id && computer.retired === true)),
  ),
]

/** COMP-6: distinct owners; a blank or unknown one is not counted. */
const ownersOf = (snapshots: ReadonlyArray<WireSnapshot>, computers: ReadonlyArray<string>): number =>
  new Set(
    snapshots
      .filter(({ computer, owner }) => computers.includes(computer.id) && !isBlank(owner))
      .map(({ owner }) => form(owner, 'case-insensitive')),
  ).size

/** ALLOC-82 by computer; COMP-20: one without a snapshot violates every restriction. */
const violationsOn = ({ catalog, snapshots }: Standings, license: WireLicense, computer: string) => {
  const snapshot = snapshots.find((each) => each.computer.id === computer)
  const nowhere = { computer: { id: computer, name: '' } }
  return violationsOf(signs(catalog, license, snapshot ?? nowhere, { id: '', product: '' }, 'case-insensitive'))
}

/** COMP-1 to 6: the condition of the metric. */
const meetsMetric = (given: Standings, license: WireLicense): boolean => {
  const counted = countedComputers(given, license)
  const isViolated = (restriction: Violation): boolean =>
    counted.some((computer) => violationsOn(given, license, computer).includes(restriction))
  const { devices = [], owners = [], organization, location } = license.restrictions ?? {}
  switch (license.metric ?? 'installation') {
    case 'named-computer':
      return [...devices, ...owners].some((entry) => !isBlank(entry)) ? !isViolated('device') : counted.length === 0
    case 'site':
      return (
        (organization !== undefined || location !== undefined) && !isViolated('organization') && !isViolated('location')
      )
    default:
      return true
  }
}

const positionOf = (available: number): 'over-licensed' | 'balanced' | 'under-licensed' =>
  available > 0 ? 'over-licensed' : available === 0 ? 'balanced' : 'under-licensed'

const complianceOf = (given: Standings, license: WireLicense): ComplianceRow => {
  const { catalog, snapshots, allocations } = given
  // COMP-12
  if (isRetired(catalog, license))
    return { license: license.id, used: 0, reconciled: 0, available: 0, compliant: true, position: 'balanced' }
  const counted = countedComputers(given, license)
  const reconciled = counted.filter((computer) =>
    allocations.some(
      (allocation) =>
        allocation.license === license.id &&
        allocation.computer === computer &&
        coveredBy(snapshots, allocation).length > 0,
    ),
  )
  const count = (computers: ReadonlyArray<string>): number =>
    license.metric === 'user' ? ownersOf(snapshots, computers) : computers.length
  const figures = { license: license.id, used: count(counted), reconciled: count(reconciled) }
  const conforms = meetsMetric(given, license)
  // COMP-19, 5
  if (license.entitlements === undefined || license.metric === 'none') return { ...figures, compliant: conforms }
  // COMP-7, 14
  const ofUpgrades = upgradesOf(catalog, license).reduce((sum, each) => sum + countedComputers(given, each).length, 0)
  const available = license.entitlements - figures.used - ofUpgrades
  return { ...figures, available, compliant: available >= 0 && conforms, position: positionOf(available) }
}

export const complianceByModel = (
  standings: Standings,
): { readonly licenses: ReadonlyArray<ComplianceRow>; readonly software: ReadonlyArray<SoftwareRow> } => {
  const { catalog, decisions = [] } = standings
  const given = { ...standings, allocations: distinctAllocations(standings.allocations) }
  const licenses = withoutDuplicates(catalog.licenses, ({ id }) => id)
    .map((license) => complianceOf(given, license))
    .sort((left, right) => compareText(left.license, right.license))
  const software = withoutDuplicates(catalog.software, ({ id }) => id)
    .map(({ id }): SoftwareRow => ({
      software: id,
      // COMP-16
      compliant: licenses.every(({ license, compliant }) => compliant || licenseOf(catalog, license)?.software !== id),
      // COMP-18
      unreconciled: decisions
        .filter(({ outcome, product }) => outcome === 'unreconciled' && softwareOf(catalog, product)?.id === id)
        .map(({ computer, installation, product }) => ({ computer, installation, product })),
    }))
    .sort((left, right) => compareText(left.software, right.software))
  return { licenses, software }
}
