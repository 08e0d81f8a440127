/**
 * Worlds that are arranged: one rule must win for certain installations, or one outcome must be theirs. Left to chance a
 * rule such as 2.1, which needs four things to meet, would hardly ever decide.
 *
 * The target is a tracked software of its own, with licenses that match at the rule and at no earlier one, decoys that
 * match later or would match earlier but are no candidates, and computers that all show the same. Around it lies a random
 * world, which has no part in it.
 */
import fc from 'fast-check'
import {
  rules,
  type Rule,
  type WireLicense,
  type WirePolicy,
  type WireSnapshot,
  type WireUnit,
} from '../model/allocation.js'
import { equalSpellings, foldedSpellings, LICENSE_NAMES } from './vocabulary.js'
import { present, randomWorld, type World } from './world.js'

export const RULES: ReadonlyArray<Rule> = rules.map(([rule]) => rule)

export const OUTCOMES = ['unreconciled', 'untracked', 'hardware', 'retired-computer'] as const

export type Target = Rule | (typeof OUTCOMES)[number]

// -------------------------------------------------------------------------------------
// the fixed parts
// -------------------------------------------------------------------------------------

const SOFTWARE = 'target-software'
const PRODUCT = 'Target 1'
const [SERIAL, KEY, NAME, OWNER] = ['Target-SN-Ä', 'Target-IK-Ä', 'Target-PC-Ä', 'Tara Gét'] as const

/** The computers of the target are known by their ids. */
export const isOfTarget = (computer: string): boolean => computer.startsWith('target-')

/** A small tree of its own; the snapshots name the unit in the middle. */
const UNITS: ReadonlyArray<WireUnit> = [
  { id: 'target-low', name: 'Target Low', parent: 'target-middle' },
  { id: 'target-middle', name: 'Target Middle', parent: 'target-top' },
  { id: 'target-top', name: 'Target Top' },
  { id: 'target-side', name: 'Target Middling', parent: 'target-top' },
  { id: 'target-twin-1', name: 'Target Twin', parent: 'target-top' },
  { id: 'target-twin-2', name: 'Target Twin', parent: 'target-low' },
]

/** References to the unit in the middle that differ in how they are resolved. */
const HERE = ['target-middle', 'Target Top/Target Middle', 'Target Top\\Target Middle', 'Target Middle'] as const

const MATCHED = [
  ...HERE.flatMap((unit) => [{ unit }, { unit, includeSubunits: true }]),
  { unit: 'target-top', includeSubunits: true },
  { unit: 'Target Top', includeSubunits: true },
] as const

/** Beside, below and above the unit in the middle; blank, unknown and ambiguous. */
const VIOLATED = [
  { unit: 'target-side', includeSubunits: true },
  { unit: 'Target Top/Target Middle/Target Low', includeSubunits: true },
  { unit: 'target-top' },
  { unit: ' ' },
  { unit: 'Nowhere', includeSubunits: true },
  { unit: 'Target Twin' },
  { unit: 'Target Twin', includeSubunits: true },
] as const

// -------------------------------------------------------------------------------------
// licenses by what is made of each part of them
// -------------------------------------------------------------------------------------

type KeyState = 'equal' | 'unequal'
type DeviceState = 'absent' | 'name' | 'owner' | 'both' | 'violated'
type UnitState = 'absent' | 'matched' | 'violated'

/** What a license is to the computers of the target. */
export type Stance = {
  readonly SN: KeyState
  readonly IK: KeyState
  readonly device: DeviceState
  readonly ORG: UnitState
  readonly LOC: UnitState
  readonly main: boolean
}

/** How stances come out as records: spellings, blanks, and which of several ways to match or to violate. */
type Writing = { readonly spelling: number; readonly choice: number; readonly name: string }

const at = <A>(list: ReadonlyArray<A>, choice: number): A => list[choice % list.length]!

const unitIn = (state: UnitState, choice: number) => {
  if (state === 'absent') return undefined
  return state === 'matched' ? at(MATCHED, choice) : at(VIOLATED, choice)
}

const license = (
  { SN, IK, device, ORG, LOC, main }: Stance,
  { spelling, choice, name }: Writing,
  policy: WirePolicy,
): Omit<WireLicense, 'id'> => {
  const spelled = (text: string): string =>
    at(policy.text === 'exact' ? equalSpellings(text) : foldedSpellings(text), spelling)
  const keyOf = (state: KeyState, key: string): string | undefined =>
    state === 'equal' ? spelled(key) : at([undefined, 'another', '', `${key}.`], choice)
  const byName = device === 'name' || device === 'both'
  const byOwner = device === 'owner' || device === 'both'
  const devices = byName ? ['Other', spelled(NAME)] : at([undefined, [' '], []], choice)
  const owners = byOwner ? [spelled(OWNER), ''] : at([undefined, []], choice)
  const others = device === 'violated' ? at([{ devices: ['Other'] }, { owners: [NAME] }], choice) : {}
  const [organization, location] = [unitIn(ORG, choice), unitIn(LOC, choice + 1)]
  return present({
    name,
    software: SOFTWARE,
    serialNumber: keyOf(SN, SERIAL),
    installationKey: keyOf(IK, KEY),
    restrictions: present({ devices, owners, ...others, organization, location }),
    ...(main ? { main } : {}),
  })
}

// -------------------------------------------------------------------------------------
// stances of a rule
// -------------------------------------------------------------------------------------

/** What a license may be to the computers, part by part. */
type Stances = { readonly [Part in keyof Stance]: ReadonlyArray<Stance[Part]> }

const ANY_DEVICE: ReadonlyArray<DeviceState> = ['absent', 'name', 'owner', 'both', 'violated']
const MET_DEVICE: ReadonlyArray<DeviceState> = ['absent', 'name', 'owner', 'both']
const ANY_UNIT: ReadonlyArray<UnitState> = ['absent', 'matched', 'violated']
const MET_UNIT: ReadonlyArray<UnitState> = ['absent', 'matched']

/** Stances that match at the rule, under the policy, and at no earlier one. */
const stancesOf = (rule: Rule, policy: WirePolicy): Stances => {
  const byKeys = (SN: KeyState, IK: KeyState): Stances => {
    const honored = policy.keyMatches === 'honor-restrictions'
    const units = honored ? MET_UNIT : ANY_UNIT
    return {
      SN: [SN],
      IK: [IK],
      device: honored ? MET_DEVICE : ANY_DEVICE,
      ORG: units,
      LOC: units,
      main: [false, true],
    }
  }
  // A unit that the rule does not name must not match, else an earlier rule would name it.
  const byUnits = (device: ReadonlyArray<DeviceState>, ORG: boolean, LOC: boolean): Stances => {
    const unmatched: ReadonlyArray<UnitState> = policy.restrictions === 'strict' ? ['absent'] : ['absent', 'violated']
    return {
      SN: ['unequal'],
      IK: ['unequal'],
      device,
      ORG: ORG ? ['matched'] : unmatched,
      LOC: LOC ? ['matched'] : unmatched,
      main: [false, true],
    }
  }
  switch (rule) {
    case '1.1':
      return byKeys('equal', 'equal')
    case '1.2':
      return byKeys('equal', 'unequal')
    case '1.3':
      return byKeys('unequal', 'equal')
    case '2.1':
      return byUnits(['name', 'both'], true, true)
    case '2.2':
      return byUnits(['name', 'both'], true, false)
    case '2.3':
      return byUnits(['name', 'both'], false, true)
    case '2.4':
      return byUnits(['name', 'both'], false, false)
    case '2.5':
      return byUnits(['owner'], true, true)
    case '2.6':
      return byUnits(['owner'], true, false)
    case '2.7':
      return byUnits(['owner'], false, true)
    case '2.8':
      return byUnits(['owner'], false, false)
    case '3.1':
      return byUnits(['absent'], true, true)
    case '3.2':
      return byUnits(['absent'], true, false)
    case '3.3':
      return byUnits(['absent'], false, true)
    case '4': {
      const unmatched = policy.mainLicense === 'honor-restrictions' ? [] : (['violated'] as const)
      return {
        SN: ['unequal'],
        IK: ['unequal'],
        device: ['absent', ...unmatched],
        ORG: ['absent', ...unmatched],
        LOC: ['absent', ...unmatched],
        main: [true],
      }
    }
  }
}

const MATCHES_NOTHING: Stances = {
  SN: ['unequal'],
  IK: ['unequal'],
  device: ['absent', 'violated'],
  ORG: ['absent', 'violated'],
  LOC: ['absent', 'violated'],
  main: [false],
}

/** Everything equal and matched, so that it would win at once. */
const PERFECT: Stances = {
  SN: ['equal'],
  IK: ['equal'],
  device: ['both'],
  ORG: ['matched'],
  LOC: ['matched'],
  main: [true],
}

/** Why a perfect license is no candidate. */
const notCandidates = (policy: WirePolicy): ReadonlyArray<Partial<WireLicense>> => [
  { metric: 'user' },
  { retired: true },
  { software: 'of nobody' },
  ...(policy.expired === 'excluded' ? [{ expires: '2026-05-14' }] : []),
]

// -------------------------------------------------------------------------------------
// licenses of the target
// -------------------------------------------------------------------------------------

/** A license before rule and policy are known: numbers that choose among what these allow. */
type Draft = Writing & { readonly parts: ReadonlyArray<number>; readonly kind: number }

const draft: fc.Arbitrary<Draft> = fc.record({
  spelling: fc.nat({ max: 9 }),
  choice: fc.nat({ max: 59 }),
  name: fc.constantFrom(...LICENSE_NAMES),
  parts: fc.tuple(...Object.keys(PERFECT).map(() => fc.nat({ max: 59 }))),
  kind: fc.nat({ max: 59 }),
})

const written = (stances: Stances, each: Draft, policy: WirePolicy): Omit<WireLicense, 'id'> => {
  const [SN = 0, IK = 0, device = 0, ORG = 0, LOC = 0, main = 0] = each.parts
  const stance: Stance = {
    SN: at(stances.SN, SN),
    IK: at(stances.IK, IK),
    device: at(stances.device, device),
    ORG: at(stances.ORG, ORG),
    LOC: at(stances.LOC, LOC),
    main: at(stances.main, main),
  }
  return license(stance, each, policy)
}

/** A license that matches later than the rule or never, or that is no candidate however well it matches. */
const decoy = (rule: Rule | undefined, policy: WirePolicy, each: Draft): Omit<WireLicense, 'id'> => {
  const later = rule === undefined ? [] : RULES.slice(RULES.indexOf(rule) + 1)
  switch (each.kind % 3) {
    case 0:
      return { ...written(PERFECT, each, policy), ...at(notCandidates(policy), each.choice) }
    case 1:
      return written(later.length === 0 ? MATCHES_NOTHING : stancesOf(at(later, each.kind), policy), each, policy)
    default:
      return written(MATCHES_NOTHING, each, policy)
  }
}

const licensesOf = (
  target: Target,
  policy: WirePolicy,
  drafts: ReadonlyArray<Draft>,
  decoys: ReadonlyArray<Draft>,
): ReadonlyArray<Omit<WireLicense, 'id'>> => {
  const rule = RULES.find((each) => each === target)
  const others = decoys.map((each) => decoy(rule, policy, each))
  const noneOfSeveral = policy.severalMains === 'none'
  if (rule !== undefined) {
    const winners = rule === '4' && noneOfSeveral ? drafts.slice(0, 1) : drafts
    return [...others, ...winners.map((each) => written(stancesOf(rule, policy), each, policy))]
  }
  // Several main candidates, of which none may be chosen, leave an installation unreconciled, too.
  const mains = target === 'unreconciled' && noneOfSeveral && drafts.length > 1 ? drafts : []
  return [...others, ...mains.map((each) => written(stancesOf('4', policy), each, policy))]
}

// -------------------------------------------------------------------------------------
// the target in a world
// -------------------------------------------------------------------------------------

/** Where the product of the target is, if anywhere. */
const softwareOf = (target: Target, choice: number) => {
  const live = { id: SOFTWARE, name: 'Target', products: ['Target 0', PRODUCT] }
  return target === 'untracked'
    ? at(
        [
          { ...live, retired: true },
          { ...live, products: ['target 1'] },
          { ...live, products: [] },
        ],
        choice,
      )
    : live
}

const snapshotsOf = (target: Target, count: number, spelling: number): ReadonlyArray<WireSnapshot> =>
  Array.from({ length: count }, (_, position): WireSnapshot => ({
    computer: {
      id: `target-${String((position + spelling) % 4)}`,
      name: NAME,
      ...(target === 'hardware' ? { kind: 'hardware' as const, ...(position === 1 ? { retired: true } : {}) } : {}),
      ...(target === 'retired-computer' ? { retired: true } : {}),
    },
    owner: OWNER,
    organization: at(HERE, spelling),
    location: at(HERE, spelling + 1),
    installations: (spelling % 2 === 0 ? ['i-2', 'i-10'] : ['i-1']).map((id) => ({
      id,
      product: PRODUCT,
      serialNumber: at(equalSpellings(SERIAL), spelling),
      installationKey: at(equalSpellings(KEY), spelling),
    })),
  }))

const around = randomWorld({ units: 2, licenses: 2, computers: 1 })

/** A world in which a rule must win, or an outcome must come out, for the computers of the target. */
export const worldWhere = (target: Target): fc.Arbitrary<World> =>
  fc
    .record({
      world: around,
      drafts: fc.array(draft, { minLength: 1, maxLength: 4 }),
      decoys: fc.array(draft, { maxLength: 3 }),
      count: fc.integer({ min: 1, max: 4 }),
      spelling: fc.nat({ max: 9 }),
      rotation: fc.nat({ max: 10 }),
    })
    .map(({ world: { catalog, snapshots, ...terms }, drafts, decoys, count, spelling, rotation }): World => ({
      catalog: {
        organizations: [...(catalog.organizations ?? []), ...UNITS],
        locations: [...(catalog.locations ?? []), ...UNITS],
        software: [...catalog.software, softwareOf(target, spelling)],
        licenses: [
          ...catalog.licenses,
          ...licensesOf(target, terms.policy, drafts, decoys).map((each, position) => ({
            id: `T-${String((position * 7 + rotation) % 11)}`,
            ...each,
          })),
        ],
      },
      snapshots: [...snapshots, ...snapshotsOf(target, count, spelling)],
      ...terms,
    }))

/** A world in which nothing is arranged, as large as they come. */
export const unarranged = randomWorld({ units: 8, licenses: 7, computers: 3 })

/** The worlds that the laws are tried on: random ones, and arranged ones for every rule and outcome. */
export const world: fc.Arbitrary<World> = fc.oneof(
  { weight: 5, arbitrary: unarranged },
  { weight: 24, arbitrary: fc.oneof(...RULES.map(worldWhere)) },
  { weight: 3, arbitrary: fc.oneof(...OUTCOMES.map(worldWhere)) },
)

/** A world in which several main licenses would compete by name, and one of its licenses. */
export const worldAndLicense: fc.Arbitrary<{ readonly given: World; readonly license: WireLicense }> = fc
  .record({ given: world, pick: fc.nat() })
  .filter(({ given }) => given.catalog.licenses.length > 0)
  .map(({ given, pick }) => ({
    given: { ...given, policy: { ...given.policy, severalMains: 'first-by-name' } },
    license: given.catalog.licenses[pick % given.catalog.licenses.length]!,
  }))
