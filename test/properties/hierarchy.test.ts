/**
 * Group D of the properties: organizations and locations. A license that is restricted to one unit, and to nothing else,
 * matches at rule 3.2 or 3.3 exactly when the unit of the snapshot matches; so decisions show who matches whom.
 */
import { either as E } from 'fp-ts'
import fc from 'fast-check'
import { Allocation, Catalog, Hierarchy, Text, type Rejection } from 'seatwise'
import { expect, test } from 'vitest'
import { resolveUnit, type WireUnit } from '../model/allocation.js'
import { decide, decode, READERS, runWith } from '../generators/decide.js'
import { reference, tree } from '../generators/units.js'
import type { World } from '../generators/world.js'

type Kind = 'organization' | 'location'

const KINDS = [
  { kind: 'organization', rule: '3.2' },
  { kind: 'location', rule: '3.3' },
] as const

const treesOf = (kind: Kind, units: ReadonlyArray<WireUnit>): Pick<World['catalog'], 'organizations' | 'locations'> =>
  kind === 'organization' ? { organizations: units } : { locations: units }

/** Every license reference meets every snapshot reference: each has a tracked software, or a computer, of its own. */
const worldOf = (
  kind: Kind,
  units: ReadonlyArray<WireUnit>,
  includeSubunits: boolean,
  asked: ReadonlyArray<string>,
  shown: ReadonlyArray<string>,
): World => ({
  catalog: {
    ...treesOf(kind, units),
    software: asked.map((_, n) => ({ id: `s-${String(n)}`, name: 'Software', products: [`p-${String(n)}`] })),
    licenses: asked.map((unit, n) => ({
      id: `l-${String(n)}`,
      name: 'License',
      software: `s-${String(n)}`,
      restrictions: { [kind]: { unit, includeSubunits } },
    })),
  },
  snapshots: shown.map((unit, n) => ({
    computer: { id: `c-${String(n)}`, name: 'PC' },
    [kind]: unit,
    installations: asked.map((_, product) => ({ id: `i-${String(product)}`, product: `p-${String(product)}` })),
  })),
  policy: {},
})

/** The pairs of a license reference and a snapshot reference that match, told by their positions. */
const matchesOf = (given: World, rule: string): ReadonlySet<string> =>
  new Set(
    decide(given)
      .filter((decision) => decision.rule === rule)
      .map(({ computer, license }) => `${String(license)} ${computer}`),
  )

type Match = { readonly asked: string; readonly shown: string }

/** All pairs of units of which the second, in a snapshot, matches the first, in a license; told as `first < second`. */
const matrix = (kind: Kind, units: ReadonlyArray<WireUnit>, includeSubunits: boolean): ReadonlySet<string> => {
  const ids = units.map(({ id }) => id)
  const rule = KINDS.find((each) => each.kind === kind)!.rule
  const found = matchesOf(worldOf(kind, units, includeSubunits, ids, ids), rule)
  const pairs = ids.flatMap((asked, a) =>
    ids.map((shown, b) => ({ asked, shown, key: `l-${String(a)} c-${String(b)}` })),
  )
  return new Set(pairs.filter(({ key }) => found.has(key)).map(pair))
}

const pair = ({ asked, shown }: Match): string => `${asked} < ${shown}`

const allPairs = (units: ReadonlyArray<WireUnit>): ReadonlyArray<Match> =>
  units.flatMap(({ id: asked }) => units.map(({ id: shown }): Match => ({ asked, shown })))

/** Who is at or below whom, as a recursive query finds it: begin with the unit, add children until none is new. */
const atOrBelow = (units: ReadonlyArray<WireUnit>, top: string): ReadonlySet<string> => {
  const found = new Set([top])
  let before = 0
  while (before < found.size) {
    before = found.size
    for (const { id, parent } of units) if (parent !== undefined && found.has(parent)) found.add(id)
  }
  return found
}

const withParent = (
  units: ReadonlyArray<WireUnit>,
  unit: string,
  parent: string | undefined,
): ReadonlyArray<WireUnit> =>
  units.map(({ id, name, ...rest }) =>
    id === unit ? { id, name, ...(parent === undefined ? {} : { parent }) } : { id, name, ...rest },
  )

const someUnits = tree().filter((units) => units.length > 0)

/** A tree, one of its units, and another that it can be moved below. */
const move = fc
  .record({ units: tree().filter((units) => units.length > 1), pick: fc.nat(), below: fc.nat() })
  .map(({ units, pick, below }) => {
    const moved = units[pick % units.length]!.id
    const subtree = atOrBelow(units, moved)
    const targets = units.map(({ id }) => id).filter((id) => !subtree.has(id))
    // A root above all the others can be moved nowhere: it stays where it is.
    const target = targets.length === 0 ? undefined : targets[below % targets.length]
    return { units, moved, subtree, target }
  })

// -------------------------------------------------------------------------------------
// laws
// -------------------------------------------------------------------------------------

test.each(KINDS)('without sub-units a unit matches itself and no other (D1; $kind)', ({ kind }) => {
  fc.assert(
    fc.property(tree(), (units) => {
      const expected = allPairs(units).filter(({ asked, shown }) => asked === shown)
      expect(matrix(kind, units, false)).toEqual(new Set(expected.map(pair)))
    }),
    { numRuns: 80 },
  )
})

test.each(KINDS)(
  'with sub-units a unit matches itself and all below it, at any depth, and no other (D2; $kind)',
  ({ kind }) => {
    fc.assert(
      fc.property(tree(), (units) => {
        const expected = allPairs(units).filter(({ asked, shown }) => atOrBelow(units, asked).has(shown))
        expect(matrix(kind, units, true)).toEqual(new Set(expected.map(pair)))
      }),
      { numRuns: 120 },
    )
  },
)

test('moving a subtree changes nothing between units that are not in it (D3)', () => {
  fc.assert(
    fc.property(move, ({ units, moved, subtree, target }) => {
      const before = matrix('organization', units, true)
      const after = matrix('organization', withParent(units, moved, target), true)
      for (const each of allPairs(units).filter(({ asked, shown }) => !subtree.has(asked) && !subtree.has(shown)))
        expect(after.has(pair(each))).toBe(before.has(pair(each)))
    }),
    { numRuns: 100 },
  )
})

test('a unit put between a parent and its child changes nothing between those that were there (D4)', () => {
  fc.assert(
    fc.property(someUnits, fc.nat(), (units, pick) => {
      const { id: child, parent } = units[pick % units.length]!
      const between: WireUnit = { id: 'between', name: 'Between', ...(parent === undefined ? {} : { parent }) }
      const before = matrix('location', units, true)
      const after = matrix('location', [...withParent(units, child, 'between'), between], true)
      for (const each of allPairs(units)) expect(after.has(pair(each))).toBe(before.has(pair(each)))
    }),
    { numRuns: 60 },
  )
})

test('moving a unit below another makes exactly its subtree match there, and moving it away ends exactly that (D5)', () => {
  fc.assert(
    fc.property(move, ({ units, moved, subtree, target }) => {
      const apart = withParent(units, moved, undefined)
      const below = withParent(units, moved, target)
      const [before, after] = [apart, below].map((each) => matrix('organization', each, true))
      const gained = new Set([...after!].filter((each) => !before!.has(each)))
      const lost = [...before!].filter((each) => !after!.has(each))
      const above = units.map(({ id }) => id).filter((id) => target !== undefined && atOrBelow(apart, id).has(target))
      expect(gained).toEqual(new Set(above.flatMap((asked) => [...subtree].map((shown) => pair({ asked, shown })))))
      expect(lost).toEqual([])
    }),
    { numRuns: 60 },
  )
})

test.each(KINDS)(
  'to include sub-units never takes a match away, whatever the references are (D6; $kind)',
  ({ kind, rule }) => {
    const references = fc.array(reference, { minLength: 1, maxLength: 5 })
    fc.assert(
      fc.property(tree(), references, references, (units, asked, shown) => {
        const written = [asked, shown].map((plans) => plans.map((refer) => refer(units)))
        const matches = (includeSubunits: boolean) =>
          matchesOf(worldOf(kind, units, includeSubunits, written[0]!, written[1]!), rule)
        const [without, within] = [matches(false), matches(true)]
        for (const each of without) expect(within).toContain(each)
      }),
      { numRuns: 150 },
    )
  },
)

test('a unit above the license’s unit never matches (D7, ALLOC-41)', () => {
  fc.assert(
    fc.property(tree(), (units) => {
      const found = matrix('organization', units, true)
      for (const { asked, shown } of allPairs(units))
        if (asked !== shown && atOrBelow(units, shown).has(asked)) expect(found.has(pair({ asked, shown }))).toBe(false)
    }),
    { numRuns: 80 },
  )
})

test('a unit whose path begins with the letters of another is not below it (D7)', () => {
  const units = [
    { id: '1', name: 'Berlin' },
    { id: '2', name: 'Berlin2' },
    { id: '3', name: 'Berlin/Mitte', parent: '2' },
    { id: '4', name: 'Mitte', parent: '1' },
  ]
  const found = matchesOf(
    worldOf('location', units, true, ['Berlin'], ['Berlin2', 'Berlin2/Mitte', 'Berlin/Mitte']),
    '3.3',
  )
  expect([...found]).toEqual(['l-0 c-2'])
})

test('the root with its sub-units matches every unit of its tree, and none of another (D8)', () => {
  fc.assert(
    fc.property(tree(), (units) => {
      const found = matrix('location', units, true)
      for (const { id: root, parent } of units) {
        if (parent !== undefined) continue
        const inTree = atOrBelow(units, root)
        for (const { id: shown } of units) expect(found.has(pair({ asked: root, shown }))).toBe(inTree.has(shown))
      }
    }),
    { numRuns: 80 },
  )
})

test('organizations and locations are trees of their own: ids and names of the one mean nothing in the other', () => {
  fc.assert(
    fc.property(someUnits, fc.boolean(), (units, includeSubunits) => {
      const ids = units.map(({ id }) => id)
      const given = worldOf('organization', units, includeSubunits, ids, ids)
      const swapped: World = { ...given, catalog: { ...given.catalog, organizations: [], locations: units } }
      expect(decide(swapped).every(({ outcome }) => outcome === 'unreconciled')).toBe(true)
    }),
    { numRuns: 40 },
  )
})

// -------------------------------------------------------------------------------------
// cycles, depth, and references that mean nothing or too much
// -------------------------------------------------------------------------------------

test('every cycle is reported once, with its members, all of them in one failure (D9, ALLOC-47)', () => {
  const unit = (id: string, parent?: string) => ({
    id,
    name: id.toUpperCase(),
    ...(parent === undefined ? {} : { parent }),
  })
  const { right: catalog } = Catalog.decode({
    organizations: [unit('b', 'c'), unit('a', 'b'), unit('c', 'a'), unit('d', 'a'), unit('self', 'self'), unit('fine')],
    locations: [unit('y', 'x'), unit('x', 'y')],
    software: [],
    licenses: [],
  })
  const compiled = Allocation.compile()(catalog)
  const told: ReadonlyArray<Rejection.Rejection> = E.isLeft(compiled) ? compiled.left : []
  expect(told.map(({ code, collection, id }) => [code, collection, id])).toEqual([
    ['hierarchy-cycle', 'locations', 'x'],
    ['hierarchy-cycle', 'organizations', 'a'],
    ['hierarchy-cycle', 'organizations', 'self'],
  ])
  expect(told[0]?.hint).toContain('`x`, `y`')
  expect(told[1]?.hint).toContain('`a`, `b`, `c`')
})

test('a chain of 100,000 units is decoded and matched from end to end, by both readers (D10)', () => {
  const last = 99_999
  const units = Array.from({ length: last + 1 }, (_, n) => ({
    id: `u-${String(n)}`,
    name: `Unit ${String(n)}`,
    ...(n === 0 ? {} : { parent: `u-${String(n - 1)}` }),
  }))
  const ends = [`u-${String(last)}`, 'Unit 0']
  const decoded = decode(worldOf('organization', units, true, ['u-0', `Unit ${String(last)}`], ends))
  for (const reader of READERS) {
    const matches = runWith(reader)(decoded).filter(({ rule }) => rule === '3.2')
    expect(matches.map(({ computer, license }) => `${String(license)} ${computer}`).sort()).toEqual([
      'l-0 c-0',
      'l-0 c-1',
      'l-1 c-0',
    ])
  }
})

test('a chain of 100,000 units, each chosen, is walked from its end to its root', () => {
  const ids = Array.from({ length: 100_000 }, (_, n) => `u-${String(n)}`)
  const built = Hierarchy.build(Text.form('exact'))(
    ids.map((id, n) => ({ id, name: id, ...(n === 0 ? {} : { parent: ids[n - 1]! }) })),
  )
  const forest = E.isRight(built) ? built.right : expect.fail('no forest')
  expect(Hierarchy.lineageWithin(forest)(new Set(ids))(ids[99_999]!)).toHaveLength(100_000)
  expect(Hierarchy.lineage(forest)(ids[99_999]!).slice(-1)).toEqual([ids[0]])
})

test.each(KINDS)(
  'a reference that finds no unit, or several, matches nothing; several give a warning (D11, ALLOC-46; $kind)',
  ({ kind, rule }) => {
    const references = fc.array(reference, { minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(tree(), references, references, fc.boolean(), (units, plans, otherPlans, includeSubunits) => {
        const [asked, shown] = [plans, otherPlans].map((each) => each.map((refer) => refer(units)))
        const resolved = (text: string) => resolveUnit(units, text, 'case-insensitive').kind
        for (const decision of decide(worldOf(kind, units, includeSubunits, asked!, shown!))) {
          const [a, b] = [asked![Number(decision.installation.slice(2))]!, shown![Number(decision.computer.slice(2))]!]
          const meanings = [resolved(a), resolved(b)]
          if (decision.rule === rule) expect(meanings).toEqual(['one', 'one'])
          expect((decision.warnings ?? []).includes(`ambiguous-${kind}`)).toBe(meanings.includes('ambiguous'))
        }
      }),
      { numRuns: 200 },
    )
  },
)
