/**
 * Options that make no sense, and policies that no single snapshot can answer, are refused before any decision is made,
 * all at once (ALLOC-47).
 */
import { either as E } from 'fp-ts'
import { Allocation, type Catalog, type Rejection } from 'seatwise'
import { expect, test } from 'vitest'

const catalog: Catalog.Catalog = { software: [], licenses: [] }

/** What callers without types, or with JSON in their hands, may pass. */
const compile = (options: object): ReadonlyArray<Rejection.Rejection> => {
  const compiled = Allocation.compile(options)(catalog)
  const explained = Allocation.explain(options)(catalog)
  const left = E.isLeft(compiled) ? compiled.left : []
  expect(E.isLeft(explained) ? explained.left : []).toEqual(left)
  return left
}

const told = (rejections: ReadonlyArray<Rejection.Rejection>) =>
  rejections.map(({ code, path, collection, severity }) => `${severity} ${code} ${collection} ${path}`)

test.each([{ capacity: 'enforced' }, { existing: 'reevaluate-automatic' }, { existing: 'reevaluate-all' }])(
  '%j takes a whole run to answer, and is refused',
  (policy) => {
    expect(told(compile(policy))).toEqual([`error unknown-option policy policy.${Object.keys(policy)[0]!}`])
  },
)

test.each([{ capacity: 'unlimited' }, { existing: 'keep' }, { capacity: 'unlimited', existing: 'keep' }])(
  '%j is what a snapshot is decided by anyway',
  (policy) => {
    expect(compile(policy)).toEqual([])
  },
)

test.each([
  [{ restriction: 'strict' }, ['error unknown-option policy policy.restriction']],
  [{ restrictions: 'Strict' }, ['error unknown-value policy policy.restrictions']],
  [{ text: 7 }, ['error type policy policy.text']],
  [{ toString: 'strict' }, ['error unknown-option policy policy.toString']],
  [{ expired: 'excluded' }, ['error as-of-missing policy asOf']],
  [{ asOf: '2026-05-15' }, ['error date policy asOf']],
  [{ asOf: NaN }, ['error date policy asOf']],
  [{ asOf: 1.5, expired: 'excluded' }, ['error date policy asOf']],
  [{ rules: [] }, ['error type policy rules']],
  [{ reader: 'fast' }, ['error unknown-value policy reader']],
  [{ reader: 'toString' }, ['error unknown-value policy reader']],
])('%j makes no sense', (options, expected) => {
  expect(told(compile(options))).toEqual(expected)
})

test('all that makes no sense is told at once, with what contradicts itself in the catalog', () => {
  const contradictory = {
    ...catalog,
    organizations: [{ id: 'a', name: 'A', parent: 'b' }],
  } as unknown as Catalog.Catalog
  const options: object = { text: 'fuzzy', keyMatches: 'honor', asOf: 'today', reader: 'none', rules: {} }
  const compiled = Allocation.compile(options)(contradictory)
  expect([...told(E.isLeft(compiled) ? compiled.left : [])].sort()).toEqual([
    'error date policy asOf',
    'error orphan organizations organizations[0].parent',
    'error type policy rules',
    'error unknown-value policy policy.keyMatches',
    'error unknown-value policy policy.text',
    'error unknown-value policy reader',
  ])
})

test('an option that is undefined is an option that is absent', () => {
  expect(compile({ restrictions: undefined, asOf: undefined, rules: undefined, reader: undefined })).toEqual([])
})

test('options are not changed, and may be frozen', () => {
  const options = Object.freeze({ restrictions: 'strict', reader: 'reference' } as const)
  expect(compile(options)).toEqual([])
  expect(options).toEqual({ restrictions: 'strict', reader: 'reference' })
})

// -------------------------------------------------------------------------------------
// whole runs
// -------------------------------------------------------------------------------------

type Call = (given: Allocation.Given) => E.Either<ReadonlyArray<Rejection.Rejection>, unknown>

const runs: ReadonlyArray<readonly [string, Call]> = [
  ['run', (given: Allocation.Given) => Allocation.run(given)],
  ['reconcile', (given: Allocation.Given) => Allocation.reconcile(given)],
  ['start', (given: Allocation.Given) => Allocation.Session.start(given)],
  ['parts', (given: Allocation.Given) => Allocation.partsBySoftware(given)],
]

test.each(runs)('%s refuses an option that there is not, and says where one of the policy belongs', (_, call) => {
  const given = { catalog, snapshots: [], capacity: 'enforced', bogus: 1 } as unknown as Allocation.Given
  const refused = call(given)
  expect(E.isLeft(refused) && refused.left.map(({ code, path, hint }) => [code, path, hint])).toEqual([
    ['unknown-option', 'capacity', 'write it into `policy`'],
    ['unknown-option', 'bogus', 'leave it out, or mend its name'],
  ])
})

test.each(runs)('%s refuses what is no list: its letters would be taken for ids', (_, call) => {
  const wrong = { snapshots: 'pc-1', allocations: null, incomplete: 'pc-1', rejectedLicenses: 'L-1' }
  const refused = call({ catalog, ...wrong } as unknown as Allocation.Given)
  expect(E.isLeft(refused) && refused.left.map(({ code, path }) => [code, path])).toEqual(
    Object.keys(wrong).map((list) => ['type', list]),
  )
})

test.each([null, 5, { capacity: 'some' }])(
  'a policy that is %j is refused by whole runs, too, and never throws',
  (policy) => {
    const given = { catalog, snapshots: [], policy } as unknown as Allocation.Given
    const isFine = policy === null
    for (const [, call] of runs) expect(E.isRight(call(given))).toBe(isFine)
    expect(E.isRight(Allocation.allocateInBulk(given)('L-1'))).toBe(isFine)
    expect(E.isRight(Allocation.explainRun(given)(Allocation.join([])))).toBe(isFine)
  },
)
