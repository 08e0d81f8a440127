/**
 * Group G of the properties, for allocation: what would have to change.
 */
import { either as E, option as O } from 'fp-ts'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Allocation, AuditSnapshot, Catalog, Day } from 'seatwise'
import { decode, type DecodedWorld } from '../generators/decide.js'
import { shuffleLists } from '../generators/random.js'
import { OUTCOMES, RULES, unarranged, worldWhere } from '../generators/target.js'
import { randomWorld, type World } from '../generators/world.js'
import { exhaust } from '../model/counterfactual.js'

// -------------------------------------------------------------------------------------
// asking
// -------------------------------------------------------------------------------------

type Answered = Allocation.AllocationCounterfactual

type Question = {
  readonly given: World
  readonly computer: string
  readonly installation: string
  readonly license?: string
}

const ask = (
  { given, computer, installation, license }: Question,
  bound: number,
  decoded: DecodedWorld = decode(given),
): Answered => {
  const would = Allocation.wouldAllocate(decoded.options)(decoded.catalog)
  if (E.isLeft(would)) throw new Error(JSON.stringify(would.left))
  const snapshot = decoded.snapshots.find((each) => each.computer.id === computer)!
  const answered = would.right(snapshot, installation, { bound, ...(license === undefined ? {} : { license }) })
  if (O.isNone(answered)) throw new Error('no such installation')
  return answered.value
}

/** A world with an installation, and any license of the catalog, or none, as what is asked for. */
const questionIn = (worlds: fc.Arbitrary<World>): fc.Arbitrary<Question> =>
  fc
    .record({ given: worlds, pick: fc.nat(), which: fc.nat(), named: fc.boolean() })
    .filter(({ given }) => given.snapshots.some(({ installations = [] }) => installations.length > 0))
    .map(({ given, pick, which, named }) => {
      const all = given.snapshots.flatMap(({ computer, installations = [] }) =>
        installations.map(({ id, product }) => ({ computer: computer.id, installation: id, product })),
      )
      const { product, ...about } = all[pick % all.length]!
      const holding = given.catalog.software.filter(({ products }) => products.includes(product)).map(({ id }) => id)
      const near = given.catalog.licenses.filter(({ software }) => holding.includes(software))
      const licenses = which % 5 === 0 || near.length === 0 ? given.catalog.licenses : near
      const license = licenses[which % Math.max(1, licenses.length)]?.id
      return { given, ...about, ...(named && license !== undefined ? { license } : {}) }
    })

const small = randomWorld({ units: 3, licenses: 3, computers: 2 })

const arranged = fc.oneof(...[...RULES, ...OUTCOMES].map(worldWhere))

/** Questions about a main license that comes last by name, beside licenses that match at a rule; or that has expired. */
const contested: fc.Arbitrary<Question> = fc
  .record({ given: fc.oneof(...RULES.map(worldWhere)), expired: fc.boolean() })
  .map(({ given, expired }): Question => {
    const { computer, installations = [] } = given.snapshots[given.snapshots.length - 1]!
    const license = {
      id: 'last',
      name: 'zzz',
      software: 'target-software',
      main: true,
      expires: expired ? '2026-05-14' : '2027-01-31',
    }
    return {
      given: {
        ...given,
        catalog: { ...given.catalog, licenses: [...given.catalog.licenses, license] },
        policy: { ...given.policy, severalMains: 'first-by-name' },
      },
      computer: computer.id,
      installation: installations[0]!.id,
      license: 'last',
    }
  })

/** Questions of every sort. */
const anyQuestion: fc.Arbitrary<Question> = fc.oneof(
  { weight: 4, arbitrary: questionIn(fc.oneof(unarranged, arranged)) },
  { weight: 1, arbitrary: contested },
)

const decideWhole = (
  { options }: DecodedWorld,
  { catalog, snapshots }: Allocation.Remediable,
  { computer, installation }: Question,
) =>
  E.map((decide: Allocation.Allocate) =>
    decide(snapshots.find((each) => each.computer.id === computer)!).find((each) => each.installation === installation),
  )(Allocation.compile(options)(catalog))

const properSubsets = <A>(list: ReadonlyArray<A>): ReadonlyArray<ReadonlyArray<A>> =>
  list
    .reduce<ReadonlyArray<ReadonlyArray<A>>>((some, one) => [...some, ...some.map((each) => [...each, one])], [[]])
    .filter(({ length }) => length < list.length)

const isWished = (answer: unknown, license: string | undefined): boolean => {
  const decision = E.isRight(answer as E.Either<unknown, unknown>)
    ? (answer as E.Right<{ outcome: string; license?: string }>).right
    : undefined
  return decision?.outcome === 'allocated' && (license === undefined || decision.license === license)
}

// -------------------------------------------------------------------------------------
// laws
// -------------------------------------------------------------------------------------

test('what is asked of the cut catalog stands now as the whole catalog decides it', () => {
  fc.assert(
    fc.property(anyQuestion, (question) => {
      const decoded = decode(question.given)
      expect(E.right(ask(question, 0, decoded).decision)).toEqual(decideWhole(decoded, decoded, question))
    }),
    { numRuns: 160 },
  )
})

test('the whole records with the remedies of an answer are decided as it says (G3), and no part of them suffices (G4)', () => {
  fc.assert(
    fc.property(anyQuestion, (question) => {
      const decoded = decode(question.given)
      const { answers, license, bound } = ask(question, 2, decoded)
      for (const { remedies, decision } of answers) {
        expect(remedies.length).toBe(answers[0]!.remedies.length)
        expect(remedies.length).toBeLessThanOrEqual(bound)
        const made = (some: typeof remedies) =>
          some.reduce<Allocation.Remediable>((records, remedy) => Allocation.applyRemedy(remedy)(records), decoded)
        const after = decideWhole(decoded, made(remedies), question)
        expect(after).toEqual(E.right(decision))
        expect(isWished(after, license)).toBe(true)
        for (const fewer of properSubsets(remedies))
          expect(isWished(decideWhole(decoded, made(fewer), question), license)).toBe(false)
      }
    }),
    { numRuns: 160 },
  )
})

const asWire = ({ remedies, decision }: Allocation.AllocationAnswer) => ({
  remedies: remedies.map((remedy) => JSON.stringify(Allocation.Remedy.encode(remedy))).sort(),
  license: decision.license,
  rule: decision.rule,
})

const agrees = (question: Question, bound: number): void => {
  const tried = exhaust(question.given, question.computer, question.installation, question.license, bound)
  const key = ({ remedies }: { readonly remedies: ReadonlyArray<string> }): string => remedies.join()
  const expected = tried
    .map(({ remedies, decision }) => ({
      remedies: remedies.map((remedy) => JSON.stringify(remedy)).sort(),
      license: decision.license,
      rule: decision.rule,
    }))
    .sort((a, b) => (key(a) < key(b) ? -1 : 1))
  const { answers } = ask(question, bound)
  expect(answers.map(asWire).sort((a, b) => (key(a) < key(b) ? -1 : 1))).toEqual(expected)
}

test('the answers are those of an exhaustive search, and none where that finds none: one remedy (G5)', () => {
  fc.assert(
    fc.property(anyQuestion, (question) => agrees(question, 1)),
    { numRuns: 160 },
  )
})

test('the answers are those of an exhaustive search, and none where that finds none: two remedies (G5)', () => {
  fc.assert(
    fc.property(fc.oneof(questionIn(small), anyQuestion), (question) => agrees(question, 2)),
    { numRuns: 60 },
  )
})

test('no order of the records matters', () => {
  fc.assert(
    fc.property(anyQuestion, fc.nat(), (question, seed) => {
      const { answers } = ask({ ...question, given: shuffleLists(seed)(question.given) }, 2)
      expect(answers).toEqual(ask(question, 2).answers)
    }),
    { numRuns: 100 },
  )
})

test('remedies survive their codec, and the text of each is a sentence of one line', () => {
  fc.assert(
    fc.property(questionIn(arranged), (question) => {
      for (const { remedies } of ask(question, 1).answers)
        for (const remedy of remedies) {
          const wire = JSON.parse(JSON.stringify(Allocation.Remedy.encode(remedy))) as unknown
          expect(Allocation.Remedy.decode(wire)).toEqual(E.right(remedy))
          expect(Allocation.renderRemedy(remedy)).toMatch(/^[a-z][^\n]+$/)
        }
    }),
    { numRuns: 100 },
  )
})

// -------------------------------------------------------------------------------------
// every kind of remedy
// -------------------------------------------------------------------------------------

/** Every kind but entitlements, which a single snapshot knows nothing of. */
const KINDS: ReadonlyArray<Allocation.RemedyKind> = [
  'count-as-computer',
  'unretire-computer',
  'set-location',
  'set-organization',
  'set-owner',
  'rename-computer',
  'copy-key-to-installation',
  'clear-location',
  'clear-organization',
  'clear-owner',
  'clear-installation-key',
  'track-product',
  'unretire-software',
  'untrack-product',
  'mark-as-main',
  'add-device',
  'add-owner',
  'include-subunits',
  'restrict-to-unit',
  'copy-key-to-license',
  'unretire-license',
  'count-installations',
  'extend-license',
  'lift-restriction',
  'remove-device',
  'remove-owner',
  'clear-license-key',
  'unmark-as-main',
  'retire-license',
]

test('the worlds of these tests come to every kind of remedy', () => {
  const seen = new Map<string, number>()
  for (const asked of fc.sample(fc.oneof(anyQuestion, contested, questionIn(arranged)), { seed: 7, numRuns: 450 }))
    for (const { remedies } of ask(asked, 2).answers)
      for (const { kind } of remedies) seen.set(kind, (seen.get(kind) ?? 0) + 1)
  expect(KINDS.filter((kind) => !seen.has(kind))).toEqual([])
})

/** One installation and one or two licenses of its software; what would have to change for the first of them. */
const told = (
  license: object,
  {
    other,
    snapshot,
    installation,
    software,
    catalog,
    options,
    bound = 1,
  }: {
    readonly other?: object
    readonly snapshot?: object
    readonly installation?: object
    readonly software?: object
    readonly catalog?: object
    readonly options?: Allocation.Options
    readonly bound?: number
  } = {},
): ReadonlyArray<string> => {
  const { right: records } = Catalog.decode({
    organizations: [
      { id: 'acme', name: 'Acme' },
      { id: 'sales', name: 'Sales', parent: 'acme' },
    ],
    locations: [
      { id: 'au', name: 'Australia' },
      { id: 'bne', name: 'Brisbane', parent: 'au' },
      { id: 'syd', name: 'Sydney' },
    ],
    software: [{ id: 's', name: 'S', products: ['p'], ...software }],
    licenses: [
      { id: 'L', name: 'B', software: 's', ...license },
      ...(other === undefined ? [] : [{ id: 'M', name: 'A', software: 's', ...other }]),
    ],
    ...catalog,
  })
  const { right: snapshots } = AuditSnapshot.decodeAll([
    { computer: { id: 'c', name: 'PC-7' }, ...snapshot, installations: [{ id: 'i', product: 'p', ...installation }] },
  ])
  const would = Allocation.wouldAllocate(options)(records)
  const answered = E.isRight(would) ? would.right(snapshots[0]!, 'i', { license: 'L', bound }) : O.none
  return O.isNone(answered)
    ? []
    : answered.value.answers.map(({ remedies }) =>
        remedies.map((remedy) => Allocation.renderRemedy(remedy, records)).join(' + '),
      )
}

const honored = { mainLicense: 'honor-restrictions', restrictions: 'strict', keyMatches: 'honor-restrictions' } as const

test('of the snapshot', () => {
  expect(told({ main: true }, { snapshot: { computer: { id: 'c', name: 'PC-7', kind: 'hardware' } } })).toEqual([
    'count `c` as a computer, not as hardware',
  ])
  expect(told({ main: true }, { snapshot: { computer: { id: 'c', name: 'PC-7', retired: true } } })).toEqual([
    'un-retire the computer `c`',
  ])
  expect(told({ restrictions: { location: { unit: 'Brisbane' } } })).toContain('set the location of `c` to `Brisbane`')
  expect(told({ restrictions: { organization: { unit: 'Sales' } } })).toContain(
    'set the organization of `c` to `Sales`',
  )
  expect(told({ restrictions: { owners: ['Ann'] } })).toContain('set the owner of `c` to `Ann`')
  expect(told({ restrictions: { devices: ['PC-8'] } })).toContain('rename `c` to `PC-8`')
  expect(told({ serialNumber: 'SN-1234567890' })).toContain('give installation `i` of `c` the serial number of `L`')
})

test('cleared, where another license comes first', () => {
  const first = (snapshot: object, other: object) => told({ main: true }, { snapshot, other })
  expect(first({ location: 'Sydney' }, { restrictions: { location: { unit: 'Sydney' } } })).toContain(
    'clear the location of `c`',
  )
  expect(first({ organization: 'Sales' }, { restrictions: { organization: { unit: 'Sales' } } })).toContain(
    'clear the organization of `c`',
  )
  expect(first({ owner: 'Ann' }, { restrictions: { owners: ['ann'] } })).toEqual(
    expect.arrayContaining(['clear the owner of `c`', 'remove `ann` from the owners of `M`']),
  )
  expect(first({}, { restrictions: { devices: ['pc-7'] } })).toContain('remove `pc-7` from the devices of `M`')
  expect(
    told({ main: true }, { installation: { installationKey: 'IK-1' }, other: { installationKey: 'IK-1' } }),
  ).toEqual(
    expect.arrayContaining([
      'clear the installation key of installation `i` of `c`',
      'clear the installation key of `M`',
    ]),
  )
  expect(told({ main: true }, { other: { main: true } })).toEqual(
    expect.arrayContaining(['make `M` no main license', 'retire the license `M`']),
  )
})

test('of the tracked software', () => {
  expect(told({ main: true }, { software: { products: [] } })).toEqual(['add `p` to the tracked software `s`'])
  expect(told({ main: true }, { software: { retired: true } })).toEqual(['un-retire the tracked software `s`'])
  const software = [
    { id: 's', name: 'S', products: [] },
    { id: 'other', name: 'Other', products: ['p'] },
  ]
  expect(told({ main: true }, { catalog: { software }, bound: 2 })).toEqual([
    'add `p` to the tracked software `s` + remove `p` from the tracked software `other`',
  ])
  expect(told({ main: true }, { catalog: { software } })).toEqual([])
})

test('of the license', () => {
  const sales = { snapshot: { organization: 'Sales', owner: 'Ann' } }
  expect(told({})).toContain('make `L` a main license')
  expect(told({})).toContain('add `PC-7` to the devices of `L`')
  expect(told({}, sales)).toContain('add `Ann` to the owners of `L`')
  expect(told({}, sales)).toContain('restrict `L` to the organization `Sales`')
  expect(told({ restrictions: { organization: { unit: 'Acme' } } }, sales)).toContain(
    'include sub-units in the organization of `L`',
  )
  expect(told({}, { installation: { installationKey: 'IK' } })).toContain(
    'give `L` the installation key of installation `i` of `c`',
  )
  expect(told({ main: true, retired: true })).toEqual(['un-retire the license `L`'])
  expect(told({ main: true, metric: 'user' })).toEqual(['set the metric of `L` to `installation`'])
  expect(told({ main: true, restrictions: { location: { unit: 'Brisbane' } } }, { options: honored })).toContain(
    'lift the location restriction of `L`',
  )
})

test('an expired license is extended to the day asked about', () => {
  const asOf = Day.parse('2026-05-15')
  const options = O.isSome(asOf) ? { expired: 'excluded' as const, asOf: asOf.value } : {}
  expect(told({ main: true, expires: '2026-05-14' }, { options })).toEqual(['extend `L` to 2026-05-15'])
  expect(told({ main: true, expires: '2026-05-15' }, { options })).toEqual([''])
})

test('no serial number or installation key is in an answer, nor in its text', () => {
  const secret = 'QX4T7-81KZM-22PWD'
  const { right: catalog } = Catalog.decode({
    software: [{ id: 's', name: 'S', products: ['p'] }],
    licenses: [
      { id: 'L', name: 'L', software: 's', serialNumber: secret, installationKey: secret },
      { id: 'M', name: 'M', software: 's', serialNumber: `${secret}-2` },
    ],
  })
  const { right: snapshots } = AuditSnapshot.decodeAll([
    { computer: { id: 'c', name: 'PC-7' }, installations: [{ id: 'i', product: 'p', serialNumber: `${secret}-2` }] },
  ])
  const would = Allocation.wouldAllocate()(catalog)
  const answered = E.isRight(would) ? would.right(snapshots[0]!, 'i', { license: 'L', bound: 2 }) : O.none
  if (O.isNone(answered)) throw new Error('there is an answer')
  expect(answered.value.answers.length).toBeGreaterThan(1)
  expect(JSON.stringify(answered.value) + Allocation.renderCounterfactual(answered.value, catalog)).not.toContain(
    '22PWD',
  )
})

test('who asks for what is not there gets no answer, and a bound that is none is the usual one', () => {
  const { right: catalog } = Catalog.decode({ software: [{ id: 's', name: 'S', products: ['p'] }], licenses: [] })
  const { right: snapshots } = AuditSnapshot.decodeAll([
    { computer: { id: 'c', name: 'C' }, installations: [{ id: 'i', product: 'p' }] },
  ])
  const would = Allocation.wouldAllocate()(catalog)
  if (E.isLeft(would)) throw new Error('no contradiction')
  expect(would.right(snapshots[0]!, 'j')).toEqual(O.none)
  expect(would.right(snapshots[0]!, 'i', { license: 'L' })).toEqual(O.none)
  const boundOf = (bound: number) => O.toUndefined(would.right(snapshots[0]!, 'i', { bound }))?.bound
  expect([NaN, -1, 1.5, Infinity, 0, 3, 99].map(boundOf)).toEqual([2, 2, 2, 2, 0, 3, 4])
  const answered = would.right(snapshots[0]!, 'i', { bound: 1 })
  expect(O.isSome(answered) ? Allocation.renderCounterfactual(answered.value) : '').toBe(
    '`p` on `c` (installation i) is unreconciled now.\nNo single remedy would have it allocated.',
  )
})

test('what contradicts itself is told, as compiling tells it', () => {
  const { right: catalog } = Catalog.decode({
    software: [
      { id: 'a', name: 'A', products: ['p'] },
      { id: 'b', name: 'B', products: ['p'] },
    ],
    licenses: [],
  })
  expect(Allocation.wouldAllocate()(catalog)).toEqual(Allocation.compile()(catalog))
})
