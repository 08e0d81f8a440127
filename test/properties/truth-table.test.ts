/**
 * The fifteen rules as a truth table (C16): every way in which a license and an installation can stand to each other,
 * under every policy on restrictions, in both readers. Nothing is sampled, and what is expected is read off the table of
 * allocation.md, written out here as it stands there.
 */
import { Allocation } from 'seatwise'
import { expect, test } from 'vitest'
import { decideWith, READERS } from '../generators/decide.js'
import { OPTIONS, present, type World } from '../generators/world.js'

const TABLE = {
  '1.1': 'SN and IK',
  '1.2': 'SN',
  '1.3': 'IK',
  '2.1': 'DN, ORG and LOC',
  '2.2': 'DN and ORG',
  '2.3': 'DN and LOC',
  '2.4': 'DN',
  '2.5': 'DO, ORG and LOC',
  '2.6': 'DO and ORG',
  '2.7': 'DO and LOC',
  '2.8': 'DO',
  '3.1': 'no device, ORG and LOC',
  '3.2': 'no device, ORG',
  '3.3': 'no device, LOC',
  '4': 'the license is a main license',
} as const

type RuleName = keyof typeof TABLE

// An object of numbers and texts would put rule 4 first.
const RULES: ReadonlyArray<RuleName> = [
  ...(['1.1', '1.2', '1.3'] as const),
  ...(['2.1', '2.2', '2.3', '2.4', '2.5', '2.6', '2.7', '2.8'] as const),
  ...(['3.1', '3.2', '3.3', '4'] as const),
]

// -------------------------------------------------------------------------------------
// rows
// -------------------------------------------------------------------------------------

const KEYS = ['equal', 'unequal'] as const
const DEVICES = ['absent', 'name', 'owner', 'both', 'violated'] as const
const UNITS = ['absent', 'matched', 'violated'] as const
const MAINS = [false, true] as const

type Row = {
  readonly SN: (typeof KEYS)[number]
  readonly IK: (typeof KEYS)[number]
  readonly device: (typeof DEVICES)[number]
  readonly ORG: (typeof UNITS)[number]
  readonly LOC: (typeof UNITS)[number]
  readonly main: boolean
}

const ROWS: ReadonlyArray<Row> = KEYS.flatMap((SN) =>
  KEYS.flatMap((IK) =>
    DEVICES.flatMap((device) =>
      UNITS.flatMap((ORG) => UNITS.flatMap((LOC) => MAINS.map((main): Row => ({ SN, IK, device, ORG, LOC, main })))),
    ),
  ),
)

type Policy = Pick<World['policy'], 'restrictions' | 'keyMatches' | 'mainLicense'>

const POLICIES: ReadonlyArray<Policy> = OPTIONS.restrictions.flatMap((restrictions) =>
  OPTIONS.keyMatches.flatMap((keyMatches) =>
    OPTIONS.mainLicense.map((mainLicense): Policy => ({ restrictions, keyMatches, mainLicense })),
  ),
)

// -------------------------------------------------------------------------------------
// what is expected
// -------------------------------------------------------------------------------------

/** The signs of allocation.md, by their names in the table. */
const holds = (sign: string, { SN, IK, device, ORG, LOC, main }: Row): boolean => {
  switch (sign) {
    case 'SN':
      return SN === 'equal'
    case 'IK':
      return IK === 'equal'
    case 'DN':
      return device === 'name' || device === 'both'
    case 'DO':
      return device === 'owner' || device === 'both'
    case 'ORG':
      return ORG === 'matched'
    case 'LOC':
      return LOC === 'matched'
    case 'no device':
      return device === 'absent'
    case 'the license is a main license':
      return main
    default:
      throw new Error(`no sign: ${sign}`)
  }
}

const violationsOf = ({ device, ORG, LOC }: Row): ReadonlyArray<string> => [
  ...(device === 'violated' ? ['device'] : []),
  ...(ORG === 'violated' ? ['organization'] : []),
  ...(LOC === 'violated' ? ['location'] : []),
]

/** Does the policy look at violations at this rule? */
const honors = (policy: Policy, rule: RuleName): boolean => {
  if (rule === '4') return policy.mainLicense === 'honor-restrictions'
  return rule.startsWith('1.') ? policy.keyMatches === 'honor-restrictions' : policy.restrictions === 'strict'
}

const expectedRule = (row: Row, policy: Policy): RuleName | undefined =>
  RULES.find(
    (rule) =>
      TABLE[rule].split(/, | and /).every((sign) => holds(sign, row)) &&
      !(honors(policy, rule) && violationsOf(row).length > 0),
  )

// -------------------------------------------------------------------------------------
// a world with every row
// -------------------------------------------------------------------------------------

const unit = { absent: undefined, matched: { unit: 'here' }, violated: { unit: 'there' } } as const

const devices = {
  absent: {},
  name: { devices: ['pc-1', 'pc-2'] },
  owner: { owners: ['Ann'] },
  both: { devices: ['pc-1'], owners: ['Ann'] },
  violated: { devices: ['pc-2'], owners: ['Ben'] },
} as const

/** Each row has a product of its own, with a tracked software and a license of its own; one computer has them all. */
const worldOf = (policy: Policy): World => ({
  catalog: {
    organizations: ['here', 'there'].map((id) => ({ id, name: id })),
    locations: ['here', 'there'].map((id) => ({ id, name: id })),
    software: ROWS.map((_, row) => ({ id: `s-${String(row)}`, name: 'Software', products: [`p-${String(row)}`] })),
    licenses: ROWS.map(({ SN, IK, device, ORG, LOC, main }, row) => ({
      id: `l-${String(row)}`,
      name: 'License',
      software: `s-${String(row)}`,
      serialNumber: SN === 'equal' ? 'serial' : 'other serial',
      installationKey: IK === 'equal' ? 'key' : 'other key',
      restrictions: present({ ...devices[device], organization: unit[ORG], location: unit[LOC] }),
      main,
    })),
  },
  snapshots: [
    {
      computer: { id: 'c', name: 'PC-1' },
      owner: 'ann',
      organization: 'here',
      location: 'here',
      installations: ROWS.map((_, row) => ({
        id: `i-${String(row)}`,
        product: `p-${String(row)}`,
        serialNumber: 'serial',
        installationKey: 'key',
      })),
    },
  ],
  policy,
})

test('the table has 2 × 2 × 5 × 3 × 3 × 2 rows, and 8 policies are tried on it', () => {
  expect([ROWS.length, POLICIES.length]).toEqual([360, 8])
})

const CELLS = READERS.flatMap((reader) => POLICIES.map((policy) => ({ reader, ...policy })))

test.each(CELLS)(
  'the rules are those of the table (C16; $reader reader, $restrictions, keys $keyMatches, main $mainLicense)',
  ({ reader, ...policy }) => {
    const decisions = new Map(decideWith(reader)(worldOf(policy)).map((each) => [each.installation, each]))
    const found = ROWS.map((_, row) => {
      const { outcome, rule, license, violations = [] } = decisions.get(`i-${String(row)}`)!
      return { row, outcome, rule, license, violations }
    })
    const expected = ROWS.map((each, row) => {
      const rule = expectedRule(each, policy)
      return rule === undefined
        ? { row, outcome: 'unreconciled', rule, license: undefined, violations: [] }
        : { row, outcome: 'allocated', rule, license: `l-${String(row)}`, violations: violationsOf(each) }
    })
    expect(found).toEqual(expected)
  },
)

test('every rule decides some row, under some policy', () => {
  const deciding = new Set(POLICIES.flatMap((policy) => ROWS.map((row) => expectedRule(row, policy))))
  expect([...RULES, undefined].filter((rule) => !deciding.has(rule))).toEqual([])
})

test('the table of the library is the table of the rules (ALLOC-12)', () => {
  const words: Readonly<Record<string, string>> = {
    SN: 'serial number',
    IK: 'installation key',
    DN: 'device name',
    DO: 'device owner',
    ORG: 'organization',
    LOC: 'location',
    'no device': 'no device',
    'the license is a main license': 'main license',
  }
  expect(Allocation.table.map(({ rule, conditions }) => [rule, conditions])).toEqual(
    RULES.map((rule) => [rule, TABLE[rule].split(/, | and /).map((sign) => words[sign])]),
  )
  expect(Allocation.table.map(({ group }) => group)).toEqual(RULES.map((rule) => Number(rule.charAt(0))))
})
