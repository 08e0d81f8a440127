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
