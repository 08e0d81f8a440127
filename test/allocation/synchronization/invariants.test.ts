/**
 * The invariants of runs (src/allocation/synchronization/invariants/check.ts): none is broken by a run, and each is broken by a
 * result that is wrong in its way.
 */
import { either as E } from 'fp-ts'
import fc from 'fast-check'
import { Allocation, type Decision } from 'seatwise'
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
