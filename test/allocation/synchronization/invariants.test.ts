/**
 * The invariants of runs (src/allocation/synchronization/invariants/check.ts): none is broken by a run, and each is broken by a
 * result that is wrong in its way.
 */
import { either as E } from 'fp-ts'
import fc from 'fast-check'
import { Allocation, AuditSnapshot, Catalog, type Decision } from 'seatwise'
import { expect, test } from 'vitest'
import { READERS } from '../../generators/decide.js'
import { crowdedWorld, decodePast, pastWorld } from '../../generators/synchronization.js'

type Given = Allocation.Given
type Outcome = Allocation.Outcome
type Decided = Decision.Decision
type Record = Allocation.Allocation

const right = <A>(either: E.Either<unknown, A>): A => {
  if (E.isLeft(either)) throw new Error(JSON.stringify(either.left))
  return either.right
}

const anyWorld = fc.oneof(pastWorld, crowdedWorld)

test('no run breaks an invariant, by either reader', () => {
  fc.assert(
    fc.property(anyWorld, (each) => {
      const given = decodePast(each)
      for (const reader of READERS)
        expect(Allocation.checkInvariants(given)(right(Allocation.run({ ...given, reader })))).toEqual([])
    }),
    { numRuns: 300 },
  )
})

// -------------------------------------------------------------------------------------
// wrong results
// -------------------------------------------------------------------------------------

type Spoil = (outcome: Outcome, given: Given) => Outcome

const decisions =
  (change: (decision: Decided, given: Given) => unknown): Spoil =>
  (outcome, given) => ({
    ...outcome,
    decisions: outcome.decisions.map((decision) => change(decision, given) as Decided),
  })

/** Changes those decisions only that have an outcome. */
const when = (outcome: Decided['outcome'], change: (decision: Decided, given: Given) => unknown): Spoil =>
  decisions((decision, given) => (decision.outcome === outcome ? change(decision, given) : decision))

const licenseThat = (given: Given, holds: (license: Given['catalog']['licenses'][number]) => boolean | undefined) =>
  given.catalog.licenses.find((license) => holds(license) === true)?.id

const withLicense = (
  decision: Decided,
  given: Given,
  holds: (license: Given['catalog']['licenses'][number]) => boolean | undefined,
) => ({ ...decision, license: licenseThat(given, holds) ?? decision.license })

const released =
  (change: (outcome: Outcome, given: Given) => ReadonlyArray<Record>): Spoil =>
  (outcome, given) => ({ ...outcome, released: change(outcome, given) })

const added =
  (change: (allocation: Record) => unknown): Spoil =>
  (outcome) => ({ ...outcome, added: outcome.added.map((allocation) => change(allocation) as Record) })

const ledger =
  (change: (seats: Outcome['ledger'][number]['seats']) => Outcome['ledger'][number]['seats']): Spoil =>
  (outcome) => ({
    ...outcome,
    ledger: outcome.ledger.map(({ license, seats }) => ({ license, seats: change(seats) })),
  })

const reverse = <A>(list: ReadonlyArray<A>): ReadonlyArray<A> => [...list].reverse()

const everyGiven = released((_, { allocations = [] }) => allocations)

/** For each invariant a way to be wrong that breaks it. */
const spoils: Readonly<{ [code: string]: Spoil }> = {
  'one-decision': (outcome) => ({ ...outcome, decisions: outcome.decisions.slice(1) }),
  'product-as-installed': decisions((decision) => ({ ...decision, product: 'another' })),
  'skipped-when-told': when('skipped', (decision) => ({ ...decision, outcome: 'unreconciled', reason: undefined })),
  'kept-when-covered': when('kept', (decision) => ({ ...decision, outcome: 'unreconciled', license: undefined })),
  'kept-as-allocated': when('kept', (decision) => ({ ...decision, license: 'L-nowhere' })),
  'untracked-without-software': when('untracked', (decision) => ({ ...decision, outcome: 'unreconciled' })),
  'license-when-found': when('allocated', (decision) => ({ ...decision, rule: undefined })),
  'allocated-to-a-candidate': when('allocated', (decision, given) =>
    withLicense(decision, given, ({ software }) => software !== given.catalog.software[0]?.id),
  ),
  'never-per-user': when('allocated', (decision, given) =>
    withLicense(decision, given, ({ metric }) => metric === 'user'),
  ),
  'never-retired': when('allocated', (decision, given) => withLicense(decision, given, ({ retired }) => retired)),
  'never-expired': when('allocated', (decision, given) =>
    withLicense(
      decision,
      given,
      ({ expires }) => expires !== undefined && given.asOf !== undefined && expires < given.asOf,
    ),
  ),
  'first-by-name': when('allocated', ({ tied: [first, ...tied] = [], ...decision }) =>
    first === undefined ? decision : { ...decision, license: first, tied: [...tied, decision.license] },
  ),
  'tied-with-allocated': when('allocated', (decision) => ({ ...decision, tied: [decision.license] })),
  'strict-without-violations': when('allocated', (decision) => ({ ...decision, violations: ['device'] })),
  'honored-by-keys': when('allocated', (decision) => ({ ...decision, violations: ['device'] })),
  'honored-by-the-main-license': when('allocated', (decision) => ({ ...decision, violations: ['device'] })),
  'main-license-is-main': when('allocated', (decision) => ({ ...decision, rule: '4' })),
  'no-main-left-over': when('allocated', ({ computer, installation, product }) => ({
    computer,
    installation,
    product,
    outcome: 'unreconciled',
  })),
  'violations-of-a-license': when('allocated', (decision) => ({ ...decision, violations: ['location', 'device'] })),
  'warnings-by-rules': when('kept', (decision) => ({ ...decision, warnings: ['several-mains'] })),
  'decisions-in-order': (outcome) => ({ ...outcome, decisions: reverse(outcome.decisions) }),
  'allocations-in-order': (outcome) => ({ ...outcome, added: reverse(outcome.added) }),
  'released-was-given': released(({ added: made }) => made),
  'released-when-due': released(() => []),
  'released-only-when-due': everyGiven,
  'released-only-where-reported': everyGiven,
  'released-by-no-rejection': everyGiven,
  'manual-stays': everyGiven,
  'added-as-automatic': added((allocation) => ({ ...allocation, origin: 'manual' })),
  'added-for-a-decision': added((allocation) => ({ ...allocation, installation: 'nowhere' })),
  'allocated-and-recorded': (outcome) => ({ ...outcome, added: [] }),
  'one-seat-a-computer': ledger((seats) => [...seats, ...seats]),
  'seats-in-turn': ledger(reverse),
  'seat-for-the-allocated': (outcome) => ({ ...outcome, ledger: [] }),
  'seats-as-decided': ledger((seats) =>
    seats.map((seat) => (seat.rule === undefined ? seat : { ...seat, rule: seat.rule === '4' ? '1.1' : '4' })),
  ),
  'ledger-as-given': ledger((seats) => seats.filter(({ rule }) => rule !== undefined)),
  'within-entitlements': ledger((seats) => [
    ...seats,
    ...['a', 'b', 'c', 'd'].map(
      (computer) => ({ computer, rule: '4', place: 99 }) as unknown as (typeof seats)[number],
    ),
  ]),
}

test('for every invariant there is a way to be wrong', () => {
  expect(Object.keys(spoils).sort()).toEqual(Allocation.invariantCodes.map(({ code }) => code).sort())
  expect(Allocation.invariantCodes.length).toBeGreaterThanOrEqual(20)
  for (const { clause } of Allocation.invariantCodes) expect(clause).toMatch(/^ALLOC-\d+$/)
})

const STRICT = {
  restrictions: 'strict',
  keyMatches: 'honor-restrictions',
  mainLicense: 'honor-restrictions',
} as const

/** Runs that are in order. Most invariants of a policy need that policy; all others hold by any. */
const sound = fc
  .sample(anyWorld, { numRuns: 80, seed: 11 })
  .map(decodePast)
  .flatMap((given) => [given, { ...given, policy: {} }, { ...given, policy: { ...given.policy, ...STRICT } }])
  .flatMap((given) => {
    const outcome = Allocation.run(given)
    return E.isLeft(outcome) ? [] : [{ given, outcome: outcome.right }]
  })

test.each(Object.entries(spoils))('%s is broken by a result that is wrong in its way', (code, spoil) => {
  const isFound = sound.some(({ given, outcome }) =>
    Allocation.checkInvariants(given)(spoil(outcome, given)).some((broken) => broken.code === code),
  )
  expect(isFound).toBe(true)
})

// -------------------------------------------------------------------------------------
// worlds told by hand
// -------------------------------------------------------------------------------------

const VISIO = { id: 'visio', name: 'Visio', products: ['Visio 2024'] }

const pc = (id: string, more: object = {}) => ({
  computer: { id, name: id, ...more },
  installations: [{ id: 'i-1', product: 'Visio 2024' }],
})

const held = (computer: string, license: string, more: object = {}) => ({
  computer,
  product: 'Visio 2024',
  license,
  origin: 'automatic',
  ...more,
})

const givenBy = (
  licenses: ReadonlyArray<object>,
  snapshots: ReadonlyArray<object>,
  allocations: ReadonlyArray<object>,
  policy: Given['policy'] = { capacity: 'enforced' },
): Given => ({
  catalog: Catalog.decode({
    software: [VISIO],
    licenses: licenses.map((license) => ({ name: 'Visio', software: 'visio', main: true, ...license })),
  }).right,
  snapshots: AuditSnapshot.decodeAll(snapshots).right,
  allocations: Allocation.decodeAll(allocations).right,
  policy,
})

const brokenIn = (given: Given, outcome: Outcome, ...codes: ReadonlyArray<string>) =>
  Allocation.checkInvariants(given)(outcome)
    .filter(({ code }) => codes.includes(code))
    .map(({ code, at }) => [code, at])

type Seat = Outcome['ledger'][number]['seats'][number]

const ledgerOf = (ledger: Readonly<{ [license: string]: ReadonlyArray<object> }>) =>
  Object.entries(ledger).map(([license, seats]) => ({
    license: license as Outcome['ledger'][number]['license'],
    seats: seats as ReadonlyArray<Seat>,
  }))

const taken = (computer: string) => ({ computer, rule: '4', place: 14, installation: 'i-1' })

// -------------------------------------------------------------------------------------
// entitlements
// -------------------------------------------------------------------------------------

test('a seat beyond the entitlements is told by who used the license before, whatever the ledger says', () => {
  const given = givenBy([{ id: 'L-1', entitlements: 2 }], [pc('pc-2'), pc('pc-3')], [held('pc-1', 'L-1')])
  const outcome = right(Allocation.run(given))
  const codes = ['within-entitlements', 'ledger-as-given'] as const
  const spoiled = (seats: ReadonlyArray<object>) =>
    brokenIn(given, { ...outcome, ledger: ledgerOf({ 'L-1': seats }) }, ...codes)

  expect(Allocation.checkInvariants(given)(outcome)).toEqual([])
  expect(spoiled([{ computer: 'pc-1' }, taken('pc-2')])).toEqual([])
  expect(spoiled([{ computer: 'pc-1' }, taken('pc-2'), taken('pc-3')])).toEqual([
    ['within-entitlements', '["L-1","pc-3"]'],
  ])
  expect(spoiled([taken('pc-2'), taken('pc-3')])).toEqual([
    ['ledger-as-given', '["L-1","pc-1"]'],
    ['within-entitlements', '["L-1","pc-3"]'],
  ])
  expect(spoiled([{ computer: 'pc-1' }, { computer: 'pc-2' }, { computer: 'pc-3' }])).toEqual([
    ['ledger-as-given', '["L-1","pc-2"]'],
    ['ledger-as-given', '["L-1","pc-3"]'],
  ])
})

test('the users of an upgrade use up its original, unless the upgrade is retired', () => {
  const excess = (upgrade: object) => {
    const given = givenBy(
      [
        { id: 'L-1', entitlements: 1 },
        { id: 'L-2', main: false, upgradeFor: 'L-1', ...upgrade },
      ],
      [pc('pc-2')],
      [held('pc-1', 'L-2')],
    )
    const ledger = ledgerOf({ 'L-1': [taken('pc-2')], 'L-2': [{ computer: 'pc-1' }] })
    return brokenIn(given, { ...right(Allocation.run(given)), ledger }, 'within-entitlements')
  }
  expect(excess({})).toEqual([['within-entitlements', '["L-1","pc-2"]']])
  expect(excess({ retired: true })).toEqual([])
  expect(excess({ upgradeFor: 'L-2' })).toEqual([])
})

test('a license that was over its entitlements before the run stays so, and an unlimited one has no excess', () => {
  const before = [held('pc-1', 'L-1'), held('pc-2', 'L-1')]
  for (const policy of [{ capacity: 'enforced' }, { capacity: 'unlimited' }] as const) {
    const given = givenBy([{ id: 'L-1', entitlements: 1 }], [pc('pc-1'), pc('pc-3')], before, policy)
    expect(Allocation.checkInvariants(given)(right(Allocation.run(given)))).toEqual([])
  }
})

test.each([
  ['a computer without a snapshot', true, [], {}, {}],
  ['a computer that was found as it was', true, [pc('pc-1')], {}, {}],
  ['hardware', true, [pc('pc-1', { kind: 'hardware' })], {}, {}],
  ['a retired computer', false, [pc('pc-1', { retired: true })], {}, {}],
  [
    'a product that is gone, and whose flag is set',
    false,
    [pc('pc-1')],
    { product: 'Visio 2019', deallocateAutomatically: true },
    {},
  ],
  ['a product that is gone, and whose flag is not set', true, [pc('pc-1')], { product: 'Visio 2019' }, {}],
  ['an allocation that is decided anew', false, [pc('pc-1')], {}, { existing: 'reevaluate-all' }],
  [
    'an allocation of a computer without a snapshot, all being decided anew',
    true,
    [],
    {},
    { existing: 'reevaluate-all' },
  ],
] as const)('who uses a license before the run: %s: %s', (_, isUser, snapshots, allocation, policy) => {
  const given = givenBy([{ id: 'L-1', main: false }], snapshots, [held('pc-1', 'L-1', allocation)], policy)
  const outcome = right(Allocation.run(given))
  const wrong = isUser ? {} : { 'L-1': [{ computer: 'pc-1' }] }
  expect(Allocation.checkInvariants(given)(outcome)).toEqual([])
  expect(brokenIn(given, { ...outcome, ledger: ledgerOf(wrong) }, 'ledger-as-given')).toEqual([
    ['ledger-as-given', '["L-1","pc-1"]'],
  ])
})

test('a seat that was taken is of a decision: of its computer, installation, license and rule', () => {
  const given = givenBy([{ id: 'L-1' }], [pc('pc-1')], [])
  const outcome = right(Allocation.run(given))
  const spoiled = (seat: object, license = 'L-1') =>
    brokenIn(
      given,
      { ...outcome, ledger: ledgerOf({ [license]: [{ ...taken('pc-1'), ...seat }] }) },
      'seats-as-decided',
    )
  expect(spoiled({})).toEqual([])
  for (const seat of [{ installation: 'i-2' }, { installation: undefined }, { rule: '3.1' }])
    expect(spoiled(seat)).toEqual([['seats-as-decided', '["L-1","pc-1"]']])
  expect(spoiled({ computer: 'pc-2' })).toEqual([['seats-as-decided', '["L-1","pc-2"]']])
  expect(spoiled({}, 'L-2')).toEqual([['seats-as-decided', '["L-2","pc-1"]']])
})

// -------------------------------------------------------------------------------------
// places
// -------------------------------------------------------------------------------------

test('places are lists of ids: no two are alike, and none can color a terminal or turn the writing', () => {
  const placesOf = (...snapshots: ReadonlyArray<readonly [string, string]>) => {
    const given = givenBy(
      [],
      snapshots.map(([id, installation]) => ({
        computer: { id, name: 'PC' },
        installations: [{ id: installation, product: 'Visio 2024' }],
      })),
      [],
    )
    const outcome = right(Allocation.run(given))
    const wrong = {
      ...outcome,
      decisions: outcome.decisions.map((each) => ({ ...each, product: 'x' as typeof each.product })),
    }
    const products = brokenIn(given, wrong, 'product-as-installed').map(([, at]) => at)
    const decided = brokenIn(given, { ...outcome, decisions: [] }, 'one-decision').map(([, at]) => at)
    expect([...decided].sort()).toEqual([...products].sort())
    return products
  }
  expect(placesOf(['a b', 'c'], ['a', 'b c'])).toEqual(['["a","b c"]', '["a b","c"]'])
  expect(placesOf(['a","b', 'c'], ['a', 'b","c'])).toEqual(['["a","b\\",\\"c"]', '["a\\",\\"b","c"]'])
  expect(placesOf(['\u202epc', '\u009b31m'])).toEqual(['["\\u{202e}pc","\\u{9b}31m"]'])
  expect(placesOf(['\\u{202e}pc', 'i\n1'])).toEqual(['["\\\\u{202e}pc","i\\n1"]'])
})

test('results that are out of order are told by what comes after its turn', () => {
  const given = givenBy([{ id: 'L-1' }], [pc('pc-1'), pc('pc-2')], [])
  const outcome = right(Allocation.run(given))
  const wrong = { ...outcome, decisions: reverse(outcome.decisions), added: reverse(outcome.added) }
  expect(brokenIn(given, wrong, 'decisions-in-order', 'allocations-in-order')).toEqual([
    ['decisions-in-order', '["pc-1","i-1"]'],
    ['allocations-in-order', '["pc-1","Visio 2024","L-1","i-1"]'],
  ])
})

// -------------------------------------------------------------------------------------
// policies
// -------------------------------------------------------------------------------------

test.each<readonly [string, unknown]>([
  ['null', null],
  ['a number', 5],
  ['a list', []],
  [
    'a getter that throws',
    {
      get capacity() {
        throw new Error('read')
      },
    },
  ],
  [
    'a proxy that throws',
    new Proxy(
      {},
      {
        get: () => {
          throw new Error('read')
        },
        ownKeys: () => {
          throw new Error('read')
        },
      },
    ),
  ],
  ['an inherited option', Object.create({ capacity: 'enforced' })],
  ['an unknown option', { capacities: 'enforced' }],
  ['an unknown value', { capacity: 'enforced', existing: 'toString' }],
])('a policy that cannot be read counts as the empty one: %s', (_, policy) => {
  const given = givenBy([{ id: 'L-1', entitlements: 1 }], [pc('pc-1'), pc('pc-2')], [held('pc-3', 'L-1')], {})
  const outcome = right(Allocation.run(given))
  const forged = { ...given, policy: policy as NonNullable<Given['policy']> }
  const lost: Outcome = { decisions: [], released: outcome.added, added: [], ledger: [] }
  expect(Allocation.checkInvariants(forged)(outcome)).toEqual([])
  expect(Allocation.checkInvariants(forged)(lost)).toEqual(Allocation.checkInvariants(given)(lost))
})
