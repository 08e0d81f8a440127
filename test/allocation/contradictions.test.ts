/**
 * Contradictions (ALLOC-47): each kind is found wherever it is planted, all of them come in one failure, and nothing else
 * does. Exact duplicates are no contradictions.
 */
import { either as E } from 'fp-ts'
import fc from 'fast-check'
import { Allocation, AllocationPolicy, AuditSnapshot, Catalog, Day, type Rejection } from 'seatwise'
import { expect, test } from 'vitest'
import type { WireCatalog, WireSnapshot } from '../model/allocation.js'
import { withoutDuplicates } from '../generators/change.js'
import { decide, READERS } from '../generators/decide.js'
import { shuffleLists } from '../generators/random.js'
import { unarranged } from '../generators/target.js'
import type { World } from '../generators/world.js'

/** What a run says of a world that may contradict itself. */
const contradictions = (
  { catalog, snapshots, policy, asOf }: World,
  reader: (typeof READERS)[number] = 'compiled',
): ReadonlyArray<Rejection.Rejection> => {
  const decoded = AllocationPolicy.AllocationPolicy.decode(policy)
  const day = asOf === undefined ? undefined : Day.parse(asOf)
  const run = Allocation.run({
    catalog: Catalog.decode(catalog).right,
    snapshots: AuditSnapshot.decodeAll(snapshots).right,
    policy: E.isRight(decoded) ? decoded.right : {},
    ...(day?._tag === 'Some' ? { asOf: day.value } : {}),
    reader,
  })
  return E.isLeft(run) ? run.left : []
}

type Told = readonly [code: string, collection: string, id: string | undefined]

const told = ({ code, collection, id, preview }: Rejection.Rejection): Told =>
  // Which of the two software is named is a matter of place; the product is what matters.
  code === 'ambiguous-product' ? [code, collection, preview] : [code, collection, id]

const inOrder = (all: ReadonlyArray<Told>): ReadonlyArray<string> => all.map((each) => JSON.stringify(each)).sort()

// -------------------------------------------------------------------------------------
// planting
// -------------------------------------------------------------------------------------

type Planted = {
  readonly catalog?: Partial<WireCatalog>
  readonly snapshots?: ReadonlyArray<WireSnapshot>
  readonly told: Told
}

const unit = (id: string, parent?: string) => ({ id, name: id, ...(parent === undefined ? {} : { parent }) })

const software = (id: string, products: ReadonlyArray<string>, name = id) => ({ id, name, products })

const snapshot = (id: string, name: string, products: ReadonlyArray<string>): WireSnapshot => ({
  computer: { id, name },
  installations: products.map((product) => ({ id: 'twice', product })),
})

/** Every kind of contradiction, with records that nothing else refers to. */
const PLANTED: ReadonlyArray<Planted> = [
  ...(['organizations', 'locations'] as const).flatMap((collection): ReadonlyArray<Planted> => [
    {
      catalog: { [collection]: [unit('p1', 'p2'), unit('p2', 'p3'), unit('p3', 'p1')] },
      told: ['hierarchy-cycle', collection, 'p1'],
    },
    { catalog: { [collection]: [unit('q1', 'q1'), unit('q2', 'q1')] }, told: ['hierarchy-cycle', collection, 'q1'] },
    { catalog: { [collection]: [unit('r1', 'nobody'), unit('r2', 'r1')] }, told: ['orphan', collection, 'r1'] },
    {
      catalog: { [collection]: [unit('t1'), { id: 't1', name: 'another' }] },
      told: ['contradiction', collection, 't1'],
    },
  ]),
  {
    catalog: { software: [software('v1', [], 'one'), software('v1', [], 'another')] },
    told: ['contradiction', 'software', 'v1'],
  },
  {
    catalog: { software: [software('w1', ['both']), software('w2', ['one', 'both'])] },
    told: ['ambiguous-product', 'software', 'both'],
  },
  {
    catalog: {
      licenses: ['x', 'x', 'y'].map((serialNumber) => ({ id: 'z1', name: 'Z', software: 'z', serialNumber })),
    },
    told: ['contradiction', 'licenses', 'z1'],
  },
  { snapshots: [snapshot('c1', 'one', []), snapshot('c1', 'another', [])], told: ['contradiction', 'snapshots', 'c1'] },
  { snapshots: [snapshot('c2', 'PC', ['one', 'another'])], told: ['contradiction', 'installations', 'twice'] },
]

const plant = (given: World, planted: ReadonlyArray<Planted>): World => ({
  ...given,
  catalog: {
    organizations: [
      ...(given.catalog.organizations ?? []),
      ...planted.flatMap(({ catalog }) => catalog?.organizations ?? []),
    ],
    locations: [...(given.catalog.locations ?? []), ...planted.flatMap(({ catalog }) => catalog?.locations ?? [])],
    software: [...given.catalog.software, ...planted.flatMap(({ catalog }) => catalog?.software ?? [])],
    licenses: [...given.catalog.licenses, ...planted.flatMap(({ catalog }) => catalog?.licenses ?? [])],
  },
  snapshots: [...given.snapshots, ...planted.flatMap(({ snapshots }) => snapshots ?? [])],
})

test.each(PLANTED.map((planted) => ({ planted, kind: planted.told.join(' ') })))(
  'one contradiction is found alone ($kind)',
  ({ planted }) => {
    const empty: World = { catalog: { software: [], licenses: [] }, snapshots: [], policy: {} }
    for (const reader of READERS)
      expect(contradictions(plant(empty, [planted]), reader).map(told)).toEqual([planted.told])
  },
)

test('all contradictions are told in one failure, none is missed and none invented, in any order of the lists', () => {
  fc.assert(
    fc.property(unarranged, fc.subarray([...PLANTED]), fc.nat(), fc.boolean(), (given, planted, seed, withoutDay) => {
      const world = shuffleLists(seed)(plant(given, planted))
      const { asOf, ...rest } = world
      const asked = withoutDay ? { ...rest, policy: { ...world.policy, expired: 'excluded' as const } } : world
      const expected = [
        ...planted.map((each) => each.told),
        ...(withoutDay ? [['as-of-missing', 'policy', undefined] as const] : []),
      ]
      const found = contradictions(asked)
      expect(inOrder(found.map(told))).toEqual(inOrder(expected))
      expect(found.every(({ severity, hint }) => severity === 'error' && hint !== '')).toBe(true)
      expect(asOf === undefined || typeof asOf === 'string').toBe(true)
    }),
    { numRuns: 250 },
  )
})

test('a contradiction names a place where it stands, among the records as they are given', () => {
  fc.assert(
    fc.property(unarranged, fc.subarray([...PLANTED], { minLength: 1 }), fc.nat(), (given, planted, seed) => {
      const { catalog, snapshots } = shuffleLists(seed)(plant(given, planted))
      const { right: decoded } = Catalog.decode(catalog)
      const { right: decodedSnapshots } = AuditSnapshot.decodeAll(snapshots)
      const run = Allocation.run({ catalog: decoded, snapshots: decodedSnapshots })
      for (const { path, id } of E.isLeft(run) ? run.left : []) {
        let holder: unknown = { ...decoded, snapshots: decodedSnapshots }
        const ids = (path.match(/[^.[\]]+/g) ?? []).flatMap((step) => {
          holder = (holder as Readonly<Record<string, unknown>>)[step]
          const { id: own, computer } = Object(holder) as {
            readonly id?: string
            readonly computer?: { readonly id: string }
          }
          return [own, computer?.id]
        })
        expect(holder, path).toBeDefined()
        expect(ids, path).toContain(id)
      }
    }),
    { numRuns: 150 },
  )
})

// -------------------------------------------------------------------------------------
// order
// -------------------------------------------------------------------------------------

/** Catalogs of few ids, in which anything may be the same, different, above itself or nowhere. */
const confused = fc
  .record({
    organizations: fc.array(
      fc.record({
        id: fc.constantFrom('a', 'b', 'c'),
        name: fc.constantFrom('A', 'B'),
        parent: fc.constantFrom('', 'a', 'b', 'c', 'd'),
      }),
      { maxLength: 4 },
    ),
    software: fc.array(
      fc.record({
        id: fc.constantFrom('s', 't'),
        name: fc.constantFrom('S', 'T'),
        products: fc.subarray(['p', 'q']),
        retired: fc.boolean(),
      }),
      { maxLength: 4 },
    ),
    licenses: fc.array(
      fc.record({
        id: fc.constantFrom('l', 'm'),
        name: fc.constantFrom('L', 'M'),
        software: fc.constantFrom('s', 't'),
      }),
      { maxLength: 3 },
    ),
  })
  .map((catalog) => structuredClone(catalog))

test('the contradictions of a catalog do not depend on the order of any list, but for the places they name', () => {
  fc.assert(
    fc.property(confused, fc.nat(), (given, seed) => {
      const found = (catalog: unknown) =>
        inOrder(Allocation.contradictionsOfCatalog(Catalog.decode(catalog).right).map(told))
      expect(found(shuffleLists(seed)(given))).toEqual(found(given))
    }),
    { numRuns: 1_500 },
  )
})

// -------------------------------------------------------------------------------------
// duplicates
// -------------------------------------------------------------------------------------

test('exact duplicates that were never decoded count once, too (ALLOC-47)', () => {
  fc.assert(
    fc.property(unarranged, (each) => {
      const given = withoutDuplicates(each)
      const { right: catalog } = Catalog.decode(given.catalog)
      const { right: snapshots } = AuditSnapshot.decodeAll(given.snapshots)
      const twice = <A>(records: ReadonlyArray<A>): ReadonlyArray<A> => [...records, ...records]
      const run = Allocation.run({
        catalog: {
          organizations: twice(catalog.organizations ?? []),
          locations: twice(catalog.locations ?? []),
          software: twice(catalog.software),
          licenses: twice(catalog.licenses),
        },
        snapshots: twice(
          snapshots.map((one) =>
            one.installations === undefined ? one : { ...one, installations: twice(one.installations) },
          ),
        ),
      })
      expect(E.map(({ decisions }: Allocation.Outcome) => decisions)(run)).toEqual(
        E.right(decide({ ...given, policy: {} })),
      )
    }),
    { numRuns: 150 },
  )
})

test('a record that differs in nothing but the order of its lists is an exact duplicate (ALLOC-68)', () => {
  const license = (devices: ReadonlyArray<string>) => ({ id: 'l', name: 'L', software: 's', restrictions: { devices } })
  const { left, right } = Catalog.decode({
    software: [software('s', ['p', 'q']), software('s', ['q', 'p'])],
    licenses: [license(['a', 'b']), license(['b', 'a'])],
  })
  expect(left.map(({ code, severity }) => [code, severity])).toEqual([
    ['duplicate', 'warning'],
    ['duplicate', 'warning'],
  ])
  expect([right.software.length, right.licenses.length]).toEqual([1, 1])
})

test('a product in a retired tracked software, too, or twice in one, is no contradiction', () => {
  const given: World = {
    catalog: { software: [software('a', ['p', 'p']), { ...software('b', ['p']), retired: true }], licenses: [] },
    snapshots: [],
    policy: {},
  }
  expect(contradictions(given)).toEqual([])
})

test('a contradiction hides behind no number of duplicates', () => {
  const { right: records } = Catalog.decode({
    organizations: [
      { id: 'a', name: 'A' },
      { id: 'a', name: 'B' },
    ],
    software: [],
    licenses: [],
  })
  const [first, other] = records.organizations ?? []
  const told = (organizations: ReadonlyArray<typeof first>) =>
    Allocation.contradictionsOfCatalog({
      ...records,
      organizations: organizations.flatMap((each) => each ?? []),
    }).map(({ code, id }) => [code, id])
  expect(told([first, first, first])).toEqual([])
  for (const place of [1, 2, 3]) {
    const organizations = [first, first, first]
    organizations.splice(place, 0, other)
    expect(told(organizations)).toEqual([['contradiction', 'a']])
  }
})

test('those of one snapshot are those of a list of it, told from the snapshot on', () => {
  const installation = fc.record({
    id: fc.constantFrom('i-1', 'i-2', 'i-3'),
    product: fc.constantFrom('Visio', 'Project'),
  })
  const apart = (text: string) => text.replaceAll('snapshots[0].', '')
  fc.assert(
    fc.property(fc.option(fc.array(installation, { maxLength: 6 }), { nil: undefined }), (installations) => {
      const raw = { computer: { id: 'pc-1', name: 'PC-1' }, ...(installations === undefined ? {} : { installations }) }
      const { right: snapshots } = AuditSnapshot.decodeAll([raw])
      expect(snapshots.flatMap(Allocation.contradictionsOfSnapshot)).toEqual(
        Allocation.contradictionsOfSnapshots(snapshots).map((each) => ({
          ...each,
          path: apart(each.path),
          hint: apart(each.hint),
        })),
      )
    }),
  )
})
