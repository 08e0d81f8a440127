// A model of the allocation rules, read off allocation.md clause by clause: brute force, no caching, no imports.
// It covers fresh runs: well-formed records without contradictions, no earlier allocations, capacity unlimited. What takes
// more than that is in synchronization.ts, beside it.

export type Mode = 'case-insensitive' | 'exact'

export type WireUnit = { readonly id: string; readonly name: string; readonly parent?: string | undefined }

export type WireSoftware = {
  readonly id: string
  readonly name: string
  readonly products: ReadonlyArray<string>
  readonly retired?: boolean | undefined
}

export type WireRestriction = { readonly unit: string; readonly includeSubunits?: boolean | undefined }

export type WireLicense = {
  readonly id: string
  readonly name: string
  readonly software: string
  readonly serialNumber?: string | undefined
  readonly installationKey?: string | undefined
  readonly restrictions?:
    | {
        readonly devices?: ReadonlyArray<string> | undefined
        readonly owners?: ReadonlyArray<string> | undefined
        readonly organization?: WireRestriction | undefined
        readonly location?: WireRestriction | undefined
      }
    | undefined
  readonly main?: boolean | undefined
  readonly metric?: 'installation' | 'named-computer' | 'site' | 'user' | 'none' | undefined
  readonly entitlements?: number | undefined
  readonly upgradeFor?: string | undefined
  readonly expires?: string | undefined
  readonly retired?: boolean | undefined
}

export type WireCatalog = {
  readonly organizations?: ReadonlyArray<WireUnit> | undefined
  readonly locations?: ReadonlyArray<WireUnit> | undefined
  readonly software: ReadonlyArray<WireSoftware>
  readonly licenses: ReadonlyArray<WireLicense>
}

export type WireInstallation = {
  readonly id: string
  readonly product: string
  readonly serialNumber?: string | undefined
  readonly installationKey?: string | undefined
}

export type WireSnapshot = {
  readonly computer: {
    readonly id: string
    readonly name: string
    readonly kind?: 'computer' | 'hardware' | undefined
    readonly retired?: boolean | undefined
  }
  readonly owner?: string | undefined
  readonly organization?: string | undefined
  readonly location?: string | undefined
  readonly installations?: ReadonlyArray<WireInstallation> | undefined
}

export type WirePolicy = {
  readonly restrictions?: 'as-documented' | 'strict' | undefined
  readonly keyMatches?: 'ignore-restrictions' | 'honor-restrictions' | undefined
  readonly mainLicense?: 'ignore-restrictions' | 'honor-restrictions' | undefined
  readonly text?: Mode | undefined
  readonly capacity?: 'unlimited' | 'enforced' | undefined // a fresh run by this model knows 'unlimited' only
  readonly existing?: 'keep' | 'reevaluate-automatic' | 'reevaluate-all' | undefined // without effect in a fresh run
  readonly expired?: 'eligible' | 'excluded' | undefined
  readonly severalMains?: 'first-by-name' | 'none' | undefined
}

export type Rule =
  | ('1.1' | '1.2' | '1.3')
  | ('2.1' | '2.2' | '2.3' | '2.4' | '2.5' | '2.6' | '2.7' | '2.8')
  | ('3.1' | '3.2' | '3.3' | '4')

export type Violation = 'device' | 'organization' | 'location'

export type Warning = 'several-mains' | 'ambiguous-organization' | 'ambiguous-location'

export type WireDecision = {
  readonly computer: string
  readonly installation: string
  readonly product: string
  readonly outcome: 'allocated' | 'kept' | 'unreconciled' | 'untracked' | 'skipped'
  readonly license?: string
  readonly rule?: Rule
  readonly tied?: ReadonlyArray<string>
  readonly violations?: ReadonlyArray<Violation>
  readonly warnings?: ReadonlyArray<Warning>
  readonly reason?: 'hardware' | 'retired-computer'
}

export type Given = {
  readonly catalog: WireCatalog
  readonly snapshots: ReadonlyArray<WireSnapshot>
  readonly policy?: WirePolicy | undefined
  readonly asOf?: string | undefined
}

/** ALLOC-71: one code point for one; U+0130 is the only one whose full mapping is longer than its simple mapping. */
const simpleLowerCase = (codePoint: string): string => (codePoint === '\u0130' ? 'i' : codePoint.toLowerCase())

/** ALLOC-71: the form of a text; a text that is absent has the form of a blank one. */
export const form = (text: string | undefined, mode: Mode): string => {
  const composed = (text ?? '').trim().normalize('NFC')
  return mode === 'exact' ? composed : Array.from(composed).map(simpleLowerCase).join('').normalize('NFC')
}

/** ALLOC-71: a text whose form is empty is blank. */
export const isBlank = (text: string | undefined): boolean => form(text, 'exact') === ''

/** ALLOC-22, 32, 36, 71: two texts are equal when neither is blank and their forms are equal. */
export const sameText = (left: string | undefined, right: string | undefined, mode: Mode): boolean =>
  !isBlank(left) && !isBlank(right) && form(left, mode) === form(right, mode)

/** ALLOC-17: by UTF-16 code units, as JavaScript compares strings. */
export const compareText = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0)

/** ALLOC-17: by the case-insensitive form of the name, then the name as given, then the id. */
export const compareByName = (left: WireLicense, right: WireLicense): number =>
  compareText(form(left.name, 'case-insensitive'), form(right.name, 'case-insensitive')) ||
  compareText(left.name, right.name) ||
  compareText(left.id, right.id)

/** ALLOC-47: an exact duplicate is dropped; without contradictions, records with the same id are exact duplicates. */
export const withoutDuplicates = <Item>(
  items: ReadonlyArray<Item>,
  idOf: (item: Item) => string,
): ReadonlyArray<Item> =>
  items.filter((item, index) => items.findIndex((other) => idOf(other) === idOf(item)) === index)

/** ALLOC-72: the units from the root down to the unit itself (a blank parent is an absent one). */
export const lineOf = (units: ReadonlyArray<WireUnit>, unit: WireUnit): ReadonlyArray<WireUnit> => {
  const line = [unit]
  let parent = units.find((other) => other.id === unit.parent)
  while (parent !== undefined && line.length <= units.length) {
    const child = parent
    line.unshift(child)
    parent = units.find((other) => other.id === child.parent)
  }
  return line
}

/** ALLOC-72: the names from the root down to the unit equal the segments of the reference one for one. */
const isPathOf = (units: ReadonlyArray<WireUnit>, unit: WireUnit, reference: string, mode: Mode): boolean => {
  const names = lineOf(units, unit).map((member) => member.name)
  const segments = reference.split(/[/\\]/)
  return names.length === segments.length && names.every((name, index) => sameText(name, segments[index], mode))
}

export type Resolved =
  | { readonly kind: 'none' }
  | { readonly kind: 'one'; readonly unit: WireUnit }
  | { readonly kind: 'ambiguous'; readonly units: ReadonlyArray<WireUnit> }

/** ALLOC-72, 46: by id, else by path, else by name; a blank reference (ALLOC-32, 45) finds nothing. */
export const resolveUnit = (given: ReadonlyArray<WireUnit>, reference: string | undefined, mode: Mode): Resolved => {
  if (reference === undefined || isBlank(reference)) return { kind: 'none' }
  const units = withoutDuplicates(given, (unit) => unit.id)
  const byId = units.filter((unit) => unit.id === reference)
  const byPath = units.filter((unit) => isPathOf(units, unit, reference, mode))
  const byName = units.filter((unit) => sameText(unit.name, reference, mode))
  const found = byId.length > 0 ? byId : byPath.length > 0 ? byPath : byName
  const [first] = found
  if (first === undefined) return { kind: 'none' }
  return found.length === 1 ? { kind: 'one', unit: first } : { kind: 'ambiguous', units: found }
}

/** ORG and LOC; ALLOC-29, 32, 39, 40, 41, 45, 46: the very unit or, with `includeSubunits`, one above it. */
export const unitMatches = (
  units: ReadonlyArray<WireUnit>,
  restriction: WireRestriction | undefined,
  reference: string | undefined,
  mode: Mode,
): boolean => {
  const wanted = resolveUnit(units, restriction?.unit, mode)
  const actual = resolveUnit(units, reference, mode)
  if (wanted.kind !== 'one' || actual.kind !== 'one') return false
  if (wanted.unit.id === actual.unit.id) return true
  return restriction?.includeSubunits === true && lineOf(units, actual.unit).some((unit) => unit.id === wanted.unit.id)
}

export type Signs = {
  readonly SN: boolean
  readonly IK: boolean
  readonly DN: boolean
  readonly DO: boolean
  readonly ORG: boolean
  readonly LOC: boolean
  readonly hasDevice: boolean
  readonly hasOrganization: boolean
  readonly hasLocation: boolean
  readonly main: boolean
}

/** The table of signs, and "Restrictions" above it; ALLOC-22, 26, 32, 36. */
export const signs = (
  catalog: WireCatalog,
  license: WireLicense,
  snapshot: WireSnapshot,
  installation: WireInstallation,
  mode: Mode,
): Signs => {
  const { devices = [], owners = [], organization, location } = license.restrictions ?? {}
  return {
    SN: sameText(license.serialNumber, installation.serialNumber, mode),
    IK: sameText(license.installationKey, installation.installationKey, mode),
    DN: devices.some((name) => sameText(name, snapshot.computer.name, mode)),
    DO: owners.some((owner) => sameText(owner, snapshot.owner, mode)),
    ORG: unitMatches(catalog.organizations ?? [], organization, snapshot.organization, mode),
    LOC: unitMatches(catalog.locations ?? [], location, snapshot.location, mode),
    hasDevice: [...devices, ...owners].some((entry) => !isBlank(entry)),
    hasOrganization: organization !== undefined,
    hasLocation: location !== undefined,
    main: license.main === true,
  }
}

/** The fifteen rules, in the order of ALLOC-12. */
export const rules: ReadonlyArray<readonly [Rule, (sign: Signs) => boolean]> = [
  ['1.1', (sign) => sign.SN && sign.IK],
  ['1.2', (sign) => sign.SN],
  ['1.3', (sign) => sign.IK],
  ['2.1', (sign) => sign.DN && sign.ORG && sign.LOC],
  ['2.2', (sign) => sign.DN && sign.ORG],
  ['2.3', (sign) => sign.DN && sign.LOC],
  ['2.4', (sign) => sign.DN],
  ['2.5', (sign) => sign.DO && sign.ORG && sign.LOC],
  ['2.6', (sign) => sign.DO && sign.ORG],
  ['2.7', (sign) => sign.DO && sign.LOC],
  ['2.8', (sign) => sign.DO],
  ['3.1', (sign) => !sign.hasDevice && sign.ORG && sign.LOC],
  ['3.2', (sign) => !sign.hasDevice && sign.ORG],
  ['3.3', (sign) => !sign.hasDevice && sign.LOC],
  ['4', (sign) => sign.main],
]

/** ALLOC-82: the violated restrictions, in the order of ALLOC-87. */
export const violationsOf = (sign: Signs): ReadonlyArray<Violation> => [
  ...(sign.hasDevice && !sign.DN && !sign.DO ? (['device'] as const) : []),
  ...(sign.hasOrganization && !sign.ORG ? (['organization'] as const) : []),
  ...(sign.hasLocation && !sign.LOC ? (['location'] as const) : []),
]

/** ALLOC-31, 69, 70, 80: what the policy forbids a license that meets the condition of a rule. */
const isForbidden = (rule: Rule, sign: Signs, mainCandidates: number, policy: WirePolicy): boolean => {
  const violated = violationsOf(sign).length > 0
  if (rule === '4' && policy.severalMains === 'none' && mainCandidates > 1) return true
  if (rule === '4') return violated && policy.mainLicense === 'honor-restrictions'
  if (rule.startsWith('1.')) return violated && policy.keyMatches === 'honor-restrictions'
  return violated && policy.restrictions === 'strict'
}

/** ALLOC-81 line 4, ALLOC-2, 3: the tracked software, not retired, that holds the product (ids are compared exactly). */
export const softwareOf = (catalog: WireCatalog, product: string): WireSoftware | undefined =>
  catalog.software.find((software) => software.retired !== true && software.products.includes(product))

/** ALLOC-79: the day it expires is before the day of `asOf` (of an instant, the UTC day counts). */
const isExcluded = (license: WireLicense, policy: WirePolicy, asOf: string | undefined): boolean =>
  policy.expired === 'excluded' &&
  asOf !== undefined &&
  license.expires !== undefined &&
  !isBlank(license.expires) &&
  license.expires.slice(0, 10) < asOf.slice(0, 10)

/** ALLOC-2, 4, 7, 79: the candidates of an installation of a product of this tracked software. */
export const candidatesOf = (given: Given, software: WireSoftware): ReadonlyArray<WireLicense> =>
  withoutDuplicates(given.catalog.licenses, (license) => license.id)
    .filter((license) => license.software === software.id)
    .filter((license) => license.metric !== 'user')
    .filter((license) => license.retired !== true)
    .filter((license) => !isExcluded(license, given.policy ?? {}, given.asOf))

/** ALLOC-83, in the order of ALLOC-87. */
export const warningsOf = (
  catalog: WireCatalog,
  candidates: ReadonlyArray<WireLicense>,
  snapshot: WireSnapshot,
  decidingRule: Rule | undefined,
  mode: Mode,
): ReadonlyArray<Warning> => {
  const isAmbiguous = (kind: 'organization' | 'location', units: ReadonlyArray<WireUnit> = []): boolean =>
    [snapshot[kind], ...candidates.map((license) => license.restrictions?.[kind]?.unit)].some(
      (reference) => resolveUnit(units, reference, mode).kind === 'ambiguous',
    )
  const reachedRule4 = decidingRule === undefined || decidingRule === '4'
  const mains = candidates.filter((license) => license.main === true)
  return [
    ...(isAmbiguous('location', catalog.locations) ? (['ambiguous-location'] as const) : []),
    ...(isAmbiguous('organization', catalog.organizations) ? (['ambiguous-organization'] as const) : []),
    ...(reachedRule4 && mains.length > 1 ? (['several-mains'] as const) : []),
  ]
}

export type RuleMatches = { readonly rule: Rule; readonly matches: ReadonlyArray<WireLicense> }

/** ALLOC-13, 15: for each rule, the candidates that match at it under the policy, in name order. */
export const matchesPerRule = (
  { catalog, policy = {} }: Given,
  candidates: ReadonlyArray<WireLicense>,
  snapshot: WireSnapshot,
  installation: WireInstallation,
): ReadonlyArray<RuleMatches> => {
  const mode: Mode = policy.text === 'exact' ? 'exact' : 'case-insensitive'
  const mains = candidates.filter((license) => license.main === true).length
  const signed = candidates.map((license) => ({
    license,
    sign: signs(catalog, license, snapshot, installation, mode),
  }))
  return rules.map(([rule, condition]) => ({
    rule,
    matches: signed
      .filter(({ sign }) => condition(sign) && !isForbidden(rule, sign, mains, policy))
      .map(({ license }) => license)
      .sort(compareByName),
  }))
}

/** ALLOC-81: the outcome of one installation; ALLOC-13 to 18: the first rule that matches any candidate decides. */
const decide = (given: Given, snapshot: WireSnapshot, installation: WireInstallation): WireDecision => {
  const { catalog, policy = {} } = given
  const mode: Mode = policy.text === 'exact' ? 'exact' : 'case-insensitive'
  const about = { computer: snapshot.computer.id, installation: installation.id, product: installation.product }

  if (snapshot.computer.kind === 'hardware') return { ...about, outcome: 'skipped', reason: 'hardware' }
  if (snapshot.computer.retired === true) return { ...about, outcome: 'skipped', reason: 'retired-computer' }

  const software = softwareOf(catalog, installation.product)
  if (software === undefined) return { ...about, outcome: 'untracked' }

  const candidates = candidatesOf(given, software)
  const decided = matchesPerRule(given, candidates, snapshot, installation).find(({ matches }) => matches.length > 0)
  const [winner, ...others] = decided?.matches ?? []
  const warnings = warningsOf(catalog, candidates, snapshot, decided?.rule, mode)
  const warned = warnings.length > 0 ? { warnings } : {}
  if (decided === undefined || winner === undefined) return { ...about, outcome: 'unreconciled', ...warned }

  const tied = others.map((license) => license.id)
  const violations = violationsOf(signs(catalog, winner, snapshot, installation, mode))
  return {
    ...about,
    outcome: 'allocated',
    license: winner.id,
    rule: decided.rule,
    ...(tied.length > 0 ? { tied } : {}),
    ...(violations.length > 0 ? { violations } : {}),
    ...warned,
  }
}

/** ALLOC-1: one decision for each installation of each snapshot, in the order of ALLOC-87. */
export const model = (given: Given): ReadonlyArray<WireDecision> =>
  withoutDuplicates(given.snapshots, (snapshot) => snapshot.computer.id)
    .flatMap((snapshot) =>
      withoutDuplicates(snapshot.installations ?? [], (installation) => installation.id).map((installation) =>
        decide(given, snapshot, installation),
      ),
    )
    .sort(
      (left, right) => compareText(left.computer, right.computer) || compareText(left.installation, right.installation),
    )
