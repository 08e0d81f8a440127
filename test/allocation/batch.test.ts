/**
 * Laws of batches (src/allocation/batch.ts): their rows are what `compile` decides, and columns say what snapshots say.
 */
import { either as E } from 'fp-ts'
import fc from 'fast-check'
import { Allocation, type AuditSnapshot, type Catalog, type Decision } from 'seatwise'
import { expect, test } from 'vitest'
import { decode, READERS } from '../generators/decide.js'
import { world } from '../generators/target.js'

const right = <A>(made: E.Either<unknown, A>): A =>
  E.isRight(made) ? made.right : expect.fail(JSON.stringify(made.left))

const batchOf = (options: Allocation.Options, catalog: Catalog.Catalog): Allocation.Batch =>
  right(Allocation.compileBatch(options)(catalog))

/** What `compile` decides, snapshot by snapshot and installation by installation in the order given. */
const decided = (
  options: Allocation.Options,
  catalog: Catalog.Catalog,
  snapshots: ReadonlyArray<AuditSnapshot.AuditSnapshot>,
): ReadonlyArray<Decision.Decision> => {
  const allocate = right(Allocation.compile(options)(catalog))
  return snapshots.flatMap((snapshot) =>
    (snapshot.installations ?? []).flatMap((installation) => allocate({ ...snapshot, installations: [installation] })),
  )
}

/** The rows of codes in words. */
const told = ({ rules, licenses }: Allocation.Batch, codes: Allocation.DecisionCodes) =>
  Array.from({ length: codes.size }, (_, row) => ({
    outcome: Allocation.outcomes[codes.outcomes[row]!],
    rule: rules[codes.rules[row]!],
    license: licenses[codes.licenses[row]!],
    decision: codes.decision(row),
  }))

const expected = (decisions: ReadonlyArray<Decision.Decision>) =>
  decisions.map((decision) => ({
    outcome: decision.outcome,
    rule: decision.rule,
    license: decision.license,
    decision,
  }))

test.each(READERS)('law 1: a row decides its installation as `compile` does (%s)', (reader) => {
  fc.assert(
    fc.property(world, (each) => {
      const { catalog, snapshots, options } = decode(each)
      const batch = batchOf({ ...options, reader }, catalog)
      expect(told(batch, batch.decide(snapshots))).toEqual(expected(decided(options, catalog, snapshots)))
    }),
    { numRuns: 200 },
  )
})

test.each(READERS)('law 2: columns are decided as their snapshots are, again and again (%s)', (reader) => {
  fc.assert(
    fc.property(world, (each) => {
      const { catalog, snapshots, options } = decode(each)
      const batch = batchOf({ ...options, reader }, catalog)
      const columns = batch.columns(snapshots)
      const rows = told(batch, batch.decide(snapshots))
      expect(columns.size).toBe(rows.length)
      expect(told(batch, batch.decideColumns(columns))).toEqual(rows)
      expect(told(batch, batch.decideColumns(columns))).toEqual(rows)
    }),
    { numRuns: 200 },
  )
})

test('columns that another batch made are decided by the snapshots in them', () => {
  fc.assert(
    fc.property(world, world, (one, other) => {
      const { catalog, snapshots, options } = decode(one)
      const others = decode(other)
      const batch = batchOf(options, catalog)
      const foreign = batchOf(others.options, others.catalog).columns(snapshots)
      expect(told(batch, batch.decideColumns(foreign))).toEqual(told(batch, batch.decide(snapshots)))
    }),
    { numRuns: 100 },
  )
})

test('licenses that very many ask for are decided in columns, too', () => {
  const number = Array.from({ length: 200 }, (_, n) => n)
  const catalog = right(
    E.right({
      software: [{ id: 's', name: 'S', products: ['P'] }],
      licenses: number.map((n) => ({
        id: `L-${String(n)}`,
        name: `L ${String(n).padStart(3, '0')}`,
        software: 's',
        restrictions: { owners: ['Ann'], devices: [`PC-${String(n)}`] },
      })),
    } as unknown as Catalog.Catalog),
  )
  const snapshots = number.slice(100, 105).map((n) => ({
    computer: { id: `c-${String(n)}`, name: `pc-${String(n)}` },
    owner: n % 2 === 0 ? 'Ann' : 'Bo',
    installations: [{ id: 'i', product: 'P' }],
  })) as unknown as ReadonlyArray<AuditSnapshot.AuditSnapshot>
  const batch = batchOf({}, catalog)
  const rows = told(batch, batch.decideColumns(batch.columns(snapshots)))
  expect(rows).toEqual(expected(decided({ reader: 'reference' }, catalog, snapshots)))
  expect(rows.map(({ license }) => license)).toEqual(['L-100', 'L-101', 'L-102', 'L-103', 'L-104'])
})

test('a row that there is not has no decision', () => {
  const { decide } = batchOf({}, { software: [], licenses: [] })
  const { size, decision } = decide([])
  expect([size, decision(0), decision(-1), decision(0.5), decision(NaN)]).toEqual([0, ...Array(4).fill(undefined)])
})

test('a catalog that contradicts itself is refused as `compile` refuses it', () => {
  const catalog: Catalog.Catalog = { software: [], licenses: [] }
  const options = { expired: 'excluded' } as const
  const [one, other] = [Allocation.compileBatch(options)(catalog), Allocation.compile(options)(catalog)]
  expect(E.isLeft(one)).toBe(true)
  expect(one).toEqual(other)
})
