/**
 * Rule books of one's own: a criterion that the documents do not know takes its place beside the others, in both readers,
 * and its name in the types.
 */
import { either as E, function as F, readonlyArray as RA } from 'fp-ts'
import fc from 'fast-check'
import { Allocation, AuditSnapshot, Catalog, Criterion, Rule } from 'seatwise'
import { expect, expectTypeOf, test } from 'vitest'
import { costCenterBy, costCenters, type MakeBook } from '../generators/books.js'
import { decide, decode, READERS } from '../generators/decide.js'
import { RULES, world } from '../generators/target.js'
import { indexOf } from '../generators/cases.js'

const { right: catalog } = Catalog.decode({
  software: [{ id: 'cad', name: 'CAD', products: ['CAD 12'] }],
  licenses: [
    { id: 'L-1', name: 'By cost center', software: 'cad' },
    { id: 'L-2', name: 'By owner', software: 'cad', restrictions: { owners: ['Ann'] } },
    { id: 'L-3', name: 'Main', software: 'cad', main: true },
    { id: 'L-4', name: 'By device', software: 'cad', restrictions: { devices: ['pc-9'] } },
  ],
})

const computer = (id: string, owner?: string) => ({
  computer: { id, name: id },
  ...(owner === undefined ? {} : { owner }),
  installations: [{ id: 'i', product: 'CAD 12' }],
})

const { right: snapshots } = AuditSnapshot.decodeAll([computer('pc-1', 'Ann'), computer('pc-2'), computer('pc-3')])

const costCenter = costCenterBy(
  new Map([
    ['L-1', '4711'],
    ['L-4', '4711'],
    ['pc-1', '4711'],
    ['pc-2', '4711'],
  ]),
)

/** By cost center, right after the rules on devices, and so a rule of their group itself. */
const withCostCenter = {
  rules: (_: Allocation.Criteria, documented: Allocation.AllocationBook<Documented>) =>
    Rule.insertAfter('2.8', Allocation.rule('cost center', costCenter))(documented),
}

type Documented = (typeof Allocation.table)[number]['rule']

test.each(READERS)(
  'a rule on a cost center decides after those on devices and before those on units (%s)',
  (reader) => {
    const decisions = F.pipe(
      Allocation.compile({
        reader,
        rules: (_, documented) => Rule.insertAfter('2.8', Allocation.rule('cost center', costCenter))(documented),
      })(catalog),
      E.map((allocate) => snapshots.flatMap(allocate).map(({ license, rule, tied }) => [license, rule, tied])),
    )
    expect(decisions).toEqual(
      E.right([
        ['L-2', '2.8', undefined],
        ['L-1', 'cost center', ['L-4']],
        ['L-3', '4', undefined],
      ]),
    )
  },
)

test('the policy reaches a rule of one’s own by its group: strict counts what it violates (ALLOC-31)', () => {
  const strict = Allocation.run({ catalog, snapshots, policy: { restrictions: 'strict' }, ...withCostCenter })
  const decided = E.map(({ decisions }: Allocation.Outcome<string>) => decisions.map(({ rule, tied }) => [rule, tied]))
  // L-4 is restricted to another computer, and so no longer tied.
  expect(decided(strict)).toEqual(
    E.right([
      ['2.8', undefined],
      ['cost center', undefined],
      ['4', undefined],
    ]),
  )
})

test('an explanation names a rule of one’s own, and what it compared', () => {
  const explained = F.pipe(
    Allocation.explain(withCostCenter)(catalog),
    E.map((explain) => RA.compact(snapshots.slice(2).map((snapshot) => explain(snapshot, 'i')))),
    E.map((explanations) => explanations.flatMap(({ trials }) => trials).filter(({ rule }) => rule === 'cost center')),
  )
  const tried = E.map((trials: ReadonlyArray<Allocation.RuleTrial<string>>) =>
    trials.map(({ conditions, candidates }) => [
      conditions,
      candidates.map(({ license, failed }) => [license, failed?.kind]),
    ]),
  )
  const inNameOrder = [
    ['L-1', 'not-met'],
    ['L-4', 'not-met'],
    ['L-2', 'not-asked'],
    ['L-3', 'not-asked'],
  ]
  expect(tried(explained)).toEqual(E.right([[['cost center'], inNameOrder]]))
})

test('the name of a rule of one’s own is in the type of the decisions', () => {
  const own = Allocation.compile(withCostCenter)(catalog)
  if (E.isLeft(own)) expect.fail('no compiled catalog')
  expectTypeOf(own.right(snapshots[0]!)[0]!.rule).toEqualTypeOf<Documented | 'cost center' | undefined>()

  const run = Allocation.run({ catalog, snapshots, ...withCostCenter })
  if (E.isLeft(run)) expect.fail('no decisions')
  expectTypeOf(run.right.decisions[0]!.rule).toEqualTypeOf<Documented | 'cost center' | undefined>()

  const documented = Allocation.compile()(catalog)
  if (E.isRight(documented))
    expectTypeOf(documented.right(snapshots[0]!)[0]!.rule).toEqualTypeOf<Documented | undefined>()
  expectTypeOf<Documented>().toEqualTypeOf<
    '1.1' | '1.2' | '1.3' | '2.1' | '2.2' | '2.3' | '2.4' | '2.5' | '2.6' | '2.7' | '2.8' | '3.1' | '3.2' | '3.3' | '4'
  >()
  expect(run.right.decisions.map(({ rule }) => rule)).toContain('cost center')
})

const decideBy = (each: Parameters<typeof decide>[0], rules: MakeBook, reader: (typeof READERS)[number]) => {
  const decoded = decode(each)
  return F.pipe(
    Allocation.compile<string>({ ...decoded.options, rules, reader })(decoded.catalog),
    E.map((allocate) => decoded.snapshots.flatMap(allocate)),
  )
}

test('a book of one’s own that is the documented one decides as none does', () => {
  fc.assert(
    fc.property(world, (each) => {
      const decisions = decideBy(each, (_, documented) => documented, 'compiled')
      const inOrder = E.map((all: ReadonlyArray<{ readonly computer: string }>) =>
        [...all].sort((a, b) => (a.computer < b.computer ? -1 : a.computer > b.computer ? 1 : 0)),
      )(decisions)
      expect(inOrder).toEqual(E.right(decide(each)))
    }),
    { numRuns: 150 },
  )
})

test('a rule at the end of the book decides only what was unreconciled before', () => {
  fc.assert(
    fc.property(world, costCenters, (each, centers) => {
      const appended: MakeBook = (_, documented) => [...documented, Rule.rule('cost center', costCenterBy(centers))]
      for (const reader of READERS) {
        const before = decideBy(each, (_, documented) => documented, reader)
        const after = decideBy(each, appended, reader)
        if (E.isLeft(before) || E.isLeft(after)) expect.fail('no decisions')
        after.right.forEach((decision, position) => {
          if (decision.rule !== 'cost center') expect(decision).toEqual(before.right[position])
          else expect(before.right[position]?.outcome).toBe('unreconciled')
        })
      }
    }),
    { numRuns: 150 },
  )
})

test('without a rule the installations that it decided go to a later rule, or to none', () => {
  fc.assert(
    fc.property(world, fc.constantFrom(...RULES), (each, left) => {
      const without: MakeBook = (_, documented) => Rule.without(left)(documented)
      const before = decideBy(each, (_, documented) => documented, 'compiled')
      const after = decideBy(each, without, 'compiled')
      if (E.isLeft(before) || E.isLeft(after)) expect.fail('no decisions')
      before.right.forEach((decision, position) => {
        const now = after.right[position]!
        expect(now.rule).not.toBe(left)
        if (decision.rule !== left) expect([now.license, now.rule]).toEqual([decision.license, decision.rule])
        else if (now.rule !== undefined) expect(indexOf(now.rule)).toBeGreaterThan(indexOf(left))
      })
    }),
    { numRuns: 150 },
  )
})

test('a book in which two rules share a name is refused, since a decision could not say which of them decided', () => {
  const twice = Allocation.compile({
    rules: ({ main, serialNumber }, documented) => [
      ...documented,
      Allocation.rule('4', serialNumber),
      Allocation.rule('mine', main),
      Allocation.rule('mine', serialNumber),
    ],
  })(catalog)
  expect(E.isLeft(twice) && twice.left.map(({ code, path, hint }) => [code, path, hint])).toEqual([
    ['contradiction', 'rules', 'give each rule a name of its own: several are called `4`'],
    ['contradiction', 'rules', 'give each rule a name of its own: several are called `mine`'],
  ])
})

test.each(READERS)('a snapshot that its owner has changed since is decided as it is now (%s)', (reader) => {
  const changing = {
    ...computer('pc-7', 'Ann'),
    installations: [0, 1].map((n) => ({ id: `i-${String(n)}`, product: 'CAD 12' })),
  }
  const [snapshot] = AuditSnapshot.decodeAll([changing]).right
  // A criterion of the whole subject, so that installations cannot be read beforehand.
  const installed = Criterion.make<Allocation.Subject, (typeof catalog.licenses)[number]>({
    name: 'installed',
    requires: () => ['i-1'],
    shows: ({ installation }) => [installation.id],
  })
  const decisions = F.pipe(
    Allocation.compile({
      reader,
      rules: (_, documented) => [...documented.slice(0, -1), Allocation.rule('mine', installed)],
    })(catalog),
    E.map((allocate) => {
      const before = allocate(snapshot!).map(({ rule }) => rule)
      Object.assign(snapshot!, { owner: 'Bo' })
      return [before, allocate(snapshot!).map(({ rule }) => rule)]
    }),
  )
  expect(decisions).toEqual(
    E.right([
      ['2.8', '2.8'],
      [undefined, 'mine'],
    ]),
  )
})
