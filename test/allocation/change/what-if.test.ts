/**
 * What if (src/allocation/change/whatIf.ts): what is told is what two full runs tell, and what no edit can touch is not
 * decided again.
 */
import { either as E, function as F } from 'fp-ts'
import fc from 'fast-check'
import { Allocation, AuditSnapshot, Catalog, Criterion, Hierarchy, Rule, Text, type SoftwareLicense } from 'seatwise'
import { expect, test } from 'vitest'
import { carriedOut, editsOf } from '../../generators/edits.js'
import { decodePast, pastWorld, type PastWorld } from '../../generators/synchronization.js'

const right = <A>(either: E.Either<unknown, A>): A => {
  if (E.isLeft(either)) throw new Error(JSON.stringify(either.left))
  return either.right
}

const decoded = (edits: ReadonlyArray<object>) => right(Allocation.Edit.decodeAll(edits))

const ask = (given: Allocation.Given, edits: ReadonlyArray<object>) => right(Allocation.whatIf(given))(decoded(edits))

const answer = (given: Allocation.Given, ...edits: ReadonlyArray<object>) => right(ask(given, edits))

/** Snapshots that contradict themselves are for other tests. */
const once = (each: PastWorld): PastWorld => ({
  ...each,
  snapshots: [...new Map(each.snapshots.map((one) => [one.computer.id, one])).values()],
})

const asked = pastWorld
  .map((each) => decodePast(once(each)))
  .chain((given) => fc.record({ given: fc.constant(given), edits: editsOf(given) }))

/** Finds units as the library does: that is not what these tests are about. */
const meantIn =
  ({ catalog, policy }: Allocation.Given) =>
  (tree: 'organizations' | 'locations', reference: string): string | undefined => {
    const built = right(Hierarchy.build(Text.form(policy?.text ?? 'case-insensitive'))(catalog[tree] ?? []))
    const meaning = Hierarchy.resolve(built)(reference)
    return meaning._tag === 'Found' ? meaning.unit : undefined
  }

/** All that two full runs tell. */
const byFullRuns = (given: Allocation.Given, edits: ReadonlyArray<object>) => {
  const after = decoded(edits).reduce(carriedOut(given, meantIn(given)), given)
  const side = (each: Allocation.Given<string>) => {
    const outcome = right(Allocation.run(each))
    const settled = Allocation.settled(each.allocations ?? [])(outcome)
    const { catalog, snapshots } = each
    const { decisions } = outcome
    const compliance = right(Allocation.compliance({ catalog, snapshots, allocations: settled.allocations, decisions }))
    return { outcome, settled, compliance }
  }
  return { before: side(given), after: side(after) }
}

// -------------------------------------------------------------------------------------
// laws
// -------------------------------------------------------------------------------------

test('law 1: what is told is what two full runs tell', () => {
  const kinds = new Map<string, number>()
  fc.assert(
    fc.property(asked, ({ given, edits }) => {
      const told = ask(given, edits)
      if (E.isLeft(told)) return
      for (const { kind } of decoded(edits)) kinds.set(kind, (kinds.get(kind) ?? 0) + 1)
      const { before, after } = byFullRuns(given, edits)
      const { diff, outcome, coverage, licenses, software } = told.right
      expect(outcome).toEqual(after.outcome)
      expect(diff).toEqual(Allocation.diff<string>(before.settled, after.settled))
      const count = ({ decisions }: Allocation.Outcome<string>, ...outcomes: ReadonlyArray<string>) =>
        decisions.filter((decision) => outcomes.includes(decision.outcome)).length
      for (const side of ['before', 'after'] as const)
        expect(coverage[side]).toEqual({
          installations: { before, after }[side].outcome.decisions.length,
          covered: count({ before, after }[side].outcome, 'allocated', 'kept'),
          unreconciled: count({ before, after }[side].outcome, 'unreconciled'),
          untracked: count({ before, after }[side].outcome, 'untracked'),
          skipped: count({ before, after }[side].outcome, 'skipped'),
        })
      // Rows that are not told are equal, and those that are told are not.
      const toldOf = new Map(licenses.map((each) => [each.license, each]))
      const ids = [...before.compliance.licenses, ...after.compliance.licenses].map(({ license }) => license)
      for (const id of ids) {
        const [was, is] = [before, after].map((side) => side.compliance.licenses.find(({ license }) => license === id))
        const each = toldOf.get(id)
        if (each === undefined) expect(is).toEqual(was)
        else expect([each.before, each.after]).toEqual([was, is])
        if (each !== undefined) expect(is).not.toEqual(was)
      }
      for (const was of before.compliance.software) {
        const is = after.compliance.software.find((each) => each.software === was.software)!
        const each = software.find((row) => row.software === was.software)
        const rows = [was, is].map((row) => [row.compliant, row.unreconciled.length])
        if (each === undefined) expect(rows[0]).toEqual(rows[1])
        else
          expect([
            [each.compliant.before, each.unreconciled.before],
            [each.compliant.after, each.unreconciled.after],
          ]).toEqual(rows)
      }
    }),
    { numRuns: 250 },
  )
  expect([...kinds.keys()].sort()).toEqual(
    ['add-license', 'buy', 'move-computers', 'move-unit', 'policy', 'retire-license', 'rules'].sort(),
  )
})

test('who is worse off is found by comparing every decision with every other', () => {
  let found = 0
  fc.assert(
    fc.property(asked, ({ given, edits }) => {
      const told = ask(given, edits)
      if (E.isLeft(told)) return
      const { before, after } = byFullRuns(given, edits)
      const rules: ReadonlyArray<string | undefined> = Allocation.table.map(({ rule }) => rule)
      const expected = before.outcome.decisions.flatMap((was, position) => {
        const is = after.outcome.decisions[position]!
        const later =
          was.rule !== undefined && is.rule !== undefined && rules.indexOf(is.rule) > rules.indexOf(was.rule)
        const ways = [
          ...(was.license !== undefined && is.license === undefined ? ['loses-license'] : []),
          ...(later ? ['later-rule'] : []),
          ...(is.license !== undefined &&
          was.license !== undefined &&
          (is.violations ?? []).length > (was.violations ?? []).length
            ? ['more-violations']
            : []),
        ]
        const { computer, installation, product } = was
        return ways.length === 0 ? [] : [{ computer, installation, product, ways, before: was, after: is }]
      })
      found += expected.length
      expect(told.right.worseOff).toEqual(expected)
    }),
    { numRuns: 200 },
  )
  expect(found).toBeGreaterThan(20)
})

test('law 2: no edits change nothing', () => {
  fc.assert(
    fc.property(pastWorld, (each) => {
      const { diff, licenses, software, worseOff, coverage } = answer(decodePast(once(each)))
      expect([diff, licenses, software, worseOff]).toEqual([[], [], [], []])
      expect(coverage.after).toEqual(coverage.before)
    }),
    { numRuns: 50 },
  )
})

test('law 3: the order of edits does not matter', () => {
  fc.assert(
    fc.property(asked, ({ given, edits }) => {
      const [there, back] = [ask(given, edits), ask(given, [...edits].reverse())]
      const codes = E.mapLeft((left: ReadonlyArray<{ readonly code: string }>) => new Set(left.map(({ code }) => code)))
      expect(codes(back)).toEqual(codes(there))
    }),
    { numRuns: 150 },
  )
})

test('every edit goes through its codec and comes back', () => {
  fc.assert(
    fc.property(asked, ({ edits }) => {
      const { encode } = Allocation.Edit.AllocationEdit
      expect(decoded(decoded(edits).map((edit) => encode(edit) as object))).toEqual(decoded(edits))
      expect(decoded(edits).every(Allocation.Edit.AllocationEdit.is)).toBe(true)
    }),
    { numRuns: 150 },
  )
})

// -------------------------------------------------------------------------------------
// examples
// -------------------------------------------------------------------------------------

const { right: catalog } = Catalog.decode({
  organizations: [
    { id: 'acme', name: 'Acme' },
    { id: 'sales', name: 'Sales', parent: 'acme' },
    { id: 'emea', name: 'EMEA', parent: 'sales' },
    { id: 'lab', name: 'Lab' },
  ],
  locations: [
    { id: 'berlin', name: 'Berlin' },
    { id: 'brisbane', name: 'Brisbane' },
  ],
  software: ['a', 'b'].map((id) => ({ id, name: id, products: [`p-${id}`] })),
  licenses: [
    {
      ...{ id: 'L-sales', name: 'Sales', software: 'a', entitlements: 2 },
      restrictions: { organization: { unit: 'sales', includeSubunits: true } },
    },
    { id: 'L-main', name: 'Main', software: 'a', main: true, entitlements: 1 },
    { id: 'L-b', name: 'B', software: 'b', main: true },
    { id: 'L-berlin', name: 'Berlin', software: 'b', restrictions: { location: { unit: 'berlin' } } },
    { id: 'L-gone', name: 'Gone', software: 'b', retired: true, entitlements: 5 },
  ],
})

const audit = (id: string, organization: string, location: string, ...products: ReadonlyArray<string>) => ({
  ...{ computer: { id, name: id }, organization, location },
  installations: products.map((product) => ({ id: `i-${product}`, product })),
})

const { right: snapshots } = AuditSnapshot.decodeAll([
  audit('pc-1', 'emea', 'Berlin', 'p-a', 'p-b'),
  audit('pc-2', 'Acme/Sales', 'berlin', 'p-a'),
  audit('pc-3', 'lab', 'brisbane', 'p-a'),
  audit('pc-4', 'lab', 'brisbane', 'p-a', 'p-b'),
])

const given: Allocation.Given = { catalog, snapshots, policy: { capacity: 'enforced' } }

const decisionsOf = ({ outcome }: Allocation.WhatIf) =>
  outcome.decisions.map(({ computer, product, license = '-' }) => `${computer} ${product} ${license}`)

test('without an edit, the last one finds no license', () => {
  expect(decisionsOf(answer(given))).toEqual([
    'pc-1 p-a L-sales',
    'pc-1 p-b L-berlin',
    'pc-2 p-a L-sales',
    'pc-3 p-a L-main',
    'pc-4 p-a -',
    'pc-4 p-b L-b',
  ])
})

test('to buy one more serves the last one', () => {
  const told = answer(given, { kind: 'buy', license: 'L-main', entitlements: 1 })
  expect(decisionsOf(told)[4]).toBe('pc-4 p-a L-main')
  expect(told.coverage.after.unreconciled).toBe(0)
  expect(told.software).toEqual([
    { software: 'a', compliant: { before: true, after: true }, unreconciled: { before: 1, after: 0 } },
  ])
  expect(told.licenses.map(({ license, after }) => [license, after?.used])).toEqual([['L-main', 2]])
})

test('to add a license serves whom it matches', () => {
  const license = { id: 'L-lab', name: 'Lab', software: 'a', restrictions: { organization: { unit: 'Lab' } } }
  const told = answer(given, { kind: 'add-license', license })
  expect(decisionsOf(told).filter((each) => each.includes('L-lab'))).toEqual(['pc-3 p-a L-lab', 'pc-4 p-a L-lab'])
  expect(told.licenses.map(({ license: id, before }) => [id, before?.used])).toEqual([
    ['L-lab', undefined],
    ['L-main', 1],
  ])
})

test('to retire a license leaves its computers to the main license, by a later rule, or without any', () => {
  const told = answer(given, { kind: 'retire-license', license: 'L-sales' })
  expect(told.worseOff.map(({ computer, product, ways }) => [computer, product, ...ways])).toEqual([
    ['pc-1', 'p-a', 'later-rule'],
    ['pc-2', 'p-a', 'loses-license'],
    ['pc-3', 'p-a', 'loses-license'],
  ])
})

test('a unit moves with what is below it, and what its path meant is meant no more', () => {
  const told = answer(given, { kind: 'move-unit', tree: 'organizations', unit: 'sales', parent: 'lab' })
  // `Acme/Sales` is the path of no unit now.
  expect(decisionsOf(told).slice(0, 3)).toEqual(['pc-1 p-a L-sales', 'pc-1 p-b L-berlin', 'pc-2 p-a L-main'])
  const apart = answer(given, { kind: 'move-unit', tree: 'organizations', unit: 'emea' })
  expect(decisionsOf(apart)[0]).toBe('pc-1 p-a L-main')
})

test('the computers of a department move, with those below it where that is asked', () => {
  const move = (includeSubunits: boolean) =>
    answer(given, {
      ...{ kind: 'move-computers', of: { organization: { unit: 'sales', includeSubunits } } },
      to: { location: 'brisbane' },
    })
  expect(decisionsOf(move(true))[1]).toBe('pc-1 p-b L-b')
  expect(decisionsOf(move(false))[1]).toBe('pc-1 p-b L-berlin')
})

test('another policy, another order of the rules, and another book', () => {
  const told = answer(given, { kind: 'policy', changes: { capacity: null } })
  expect(told.coverage.after.unreconciled).toBe(0)
  const mainFirst = answer(given, { kind: 'rules', order: ['4', '3.1', '3.2'] })
  expect(decisionsOf(mainFirst)[0]).toBe('pc-1 p-a L-main')
  expect(mainFirst.worseOff.map(({ computer, ways }) => [computer, ...ways])).toEqual([
    ['pc-1', 'later-rule'],
    ['pc-1', 'later-rule'],
    ['pc-3', 'loses-license'],
  ])
  const book = right(
    right(Allocation.whatIf(given))([{ kind: 'book', rules: (_, documented) => documented.slice(0, 3) }]),
  )
  expect(book.coverage.after.covered).toBe(0)
})

// -------------------------------------------------------------------------------------
// edits that cannot be
// -------------------------------------------------------------------------------------

const faults = (...edits: ReadonlyArray<object>) => {
  const told = ask(given, edits)
  return E.isLeft(told) ? told.left.map(({ code, path }) => `${code} ${path}`) : []
}

test('what is not there is named, with a hint', () => {
  expect(
    faults(
      { kind: 'buy', license: 'L-9', entitlements: 1 },
      { kind: 'retire-license', license: 'L-8' },
      { kind: 'add-license', license: { id: 'L-n', name: 'n', software: 'c', upgradeFor: 'L-7' } },
      { kind: 'move-unit', tree: 'locations', unit: 'sales', parent: 'acme' },
      { kind: 'move-computers', of: { location: { unit: 'Rome' } }, to: { organization: 'HR' } },
      { kind: 'rules', order: ['1.1', '5.1', '1.1'] },
    ),
  ).toEqual([
    'unknown-value edits[0].license',
    'unknown-value edits[1].license',
    'unknown-value edits[2].license.software',
    'unknown-value edits[2].license.upgradeFor',
    'unknown-value edits[3].unit',
    'unknown-value edits[3].parent',
    'unknown-value edits[4].of.location.unit',
    'unknown-value edits[4].to.organization',
    'unknown-value edits[5].order[1]',
    'contradiction edits[5].order[2]',
  ])
})

test('what contradicts itself, or another edit, or what is so already, is a contradiction', () => {
  const buy = { kind: 'buy', license: 'L-main', entitlements: 1 }
  const license = { id: 'L-n', name: 'n', software: 'a' }
  const up = (unit: string, parent: string) => ({ kind: 'move-unit', tree: 'organizations', unit, parent })
  const to = (organization: string) => ({
    ...{ kind: 'move-computers', of: { location: { unit: 'berlin' } } },
    to: { organization },
  })
  const contradictions = (...edits: ReadonlyArray<object>) => faults(...edits).map((each) => each.split(' '))
  expect(contradictions(buy, buy)).toEqual([['contradiction', 'edits[1].license']])
  expect(contradictions(buy, { kind: 'retire-license', license: 'L-main' })).toHaveLength(1)
  expect(contradictions({ kind: 'buy', license: 'L-b', entitlements: 1 })).toHaveLength(1)
  expect(contradictions({ kind: 'buy', license: 'L-gone', entitlements: 1 })).toHaveLength(1)
  expect(contradictions({ kind: 'retire-license', license: 'L-gone' })).toHaveLength(1)
  expect(contradictions({ kind: 'add-license', license: { ...license, id: 'L-b' } })).toHaveLength(1)
  expect(contradictions({ kind: 'add-license', license }, { kind: 'add-license', license })).toHaveLength(1)
  expect(contradictions(up('acme', 'emea'))).toEqual([['contradiction', 'edits[0].parent']])
  expect(contradictions(up('lab', 'emea'), up('sales', 'lab'))).toHaveLength(2)
  expect(contradictions(to('lab'), to('acme'))).toEqual([['contradiction', 'edits[1].to.organization']])
  expect(
    contradictions(
      { kind: 'policy', changes: { text: 'exact' } },
      { kind: 'policy', changes: { text: null, capacity: 'unlimited' } },
    ),
  ).toEqual([['contradiction', 'edits[1].changes.text']])
  expect(contradictions({ kind: 'rules', order: ['4'] }, { kind: 'rules', order: ['4'] })).toHaveLength(1)
  expect(contradictions({ kind: 'buy', license: 'L-main', entitlements: Number.MAX_SAFE_INTEGER })).toHaveLength(1)
  expect(contradictions({ kind: 'policy', changes: { expired: 'excluded' } })).toEqual([['as-of-missing', 'asOf']])
})

test('what is no edit is told, whatever it is', () => {
  const told = right(Allocation.whatIf(given))([undefined, { kind: 'sell' }, 7] as never)
  expect(E.isLeft(told) && told.left.map(({ code, path }) => [code, path])).toEqual([
    ['type', 'edits[0]'],
    ['type', 'edits[1]'],
    ['type', 'edits[2]'],
  ])
  expect(E.isLeft(right(Allocation.whatIf(given))({} as never))).toBe(true)
  const codes = F.pipe(
    Allocation.Edit.decodeAll([{ kind: 'sell' }, { kind: 'move-computers', of: {}, to: { location: 'x' } }]),
    E.mapLeft((left) => left.map(({ code, path }) => [code, path])),
  )
  expect(codes).toEqual(
    E.left([
      ['unknown-value', 'edits[0].kind'],
      ['unknown-value', 'edits[1].of'],
    ]),
  )
})

// -------------------------------------------------------------------------------------
// what is decided again
// -------------------------------------------------------------------------------------

test('only what an edit can touch is decided again', () => {
  const asked = new Set<string>()
  const watch = Criterion.make<Allocation.Subject, SoftwareLicense.SoftwareLicense>({
    name: 'watch',
    requires: () => ['never shown'],
    shows: ({ snapshot, installation }) => {
      asked.add(`${snapshot.computer.id} ${installation.product}`)
      return []
    },
  })
  const rules: NonNullable<Allocation.Options<string>['rules']> = (_, documented) => [
    Rule.rule('watch', watch),
    ...documented,
  ]
  const askedBy = (capacity: 'enforced' | 'unlimited', ...edits: ReadonlyArray<object>) => {
    const question = right(Allocation.whatIf({ ...given, rules, policy: { capacity } }))
    asked.clear()
    right(question(decoded(edits)))
    return [...asked].sort()
  }
  const buy = { kind: 'buy', license: 'L-main', entitlements: 1 }
  const ofA = ['pc-1 p-a', 'pc-2 p-a', 'pc-3 p-a', 'pc-4 p-a']
  expect(askedBy('enforced', buy)).toEqual(ofA)
  const move = { kind: 'move-unit', tree: 'organizations', unit: 'emea', parent: 'lab' }
  expect(askedBy('unlimited', move)).toEqual(['pc-1 p-a', 'pc-1 p-b'])
  expect(askedBy('unlimited', { kind: 'move-unit', tree: 'locations', unit: 'brisbane', parent: 'berlin' })).toEqual([
    'pc-3 p-a',
    'pc-4 p-a',
    'pc-4 p-b',
  ])
  expect(
    askedBy('unlimited', {
      ...{ kind: 'move-computers', of: { organization: { unit: 'emea' } } },
      to: { organization: 'lab' },
    }),
  ).toEqual(['pc-1 p-a', 'pc-1 p-b'])
})

test('the text begins with the counts and names who would be worse off', () => {
  const lines = Allocation.renderWhatIf(answer(given, { kind: 'retire-license', license: 'L-sales' })).split('\n')
  expect(lines.slice(0, 5)).toEqual([
    '5 → 3 of 6 installations have a license, 1 → 3 unreconciled, 0 untracked, 0 skipped',
    '  3 would be worse off:',
    '    `pc-1` (installation i-p-a), `p-a`, matched by a later rule: allocated `L-sales` by rule 3.2 → allocated `L-main` by rule 4',
    '    `pc-2` (installation i-p-a), `p-a`, loses its license: allocated `L-sales` by rule 3.2 → unreconciled',
    '    `pc-3` (installation i-p-a), `p-a`, loses its license: allocated `L-main` by rule 4 → unreconciled',
  ])
})
