/**
 * Laws of forests of units (src/hierarchy/Hierarchy.ts): who is above whom, by an independent closure of the parent
 * links, and which unit a reference means, by a model written from ALLOC-72.
 */
import { either as E } from 'fp-ts'
import fc from 'fast-check'
import { Hierarchy, Text } from 'seatwise'
import { expect, test } from 'vitest'
import { resolveUnit, type WireUnit } from '../model/allocation.js'
import { reference, tree } from '../generators/units.js'
import { shuffleLists } from '../generators/random.js'

type Node = Hierarchy.Node<string>

const nodes = (units: ReadonlyArray<WireUnit>): ReadonlyArray<Node> =>
  units.map(({ id, name, parent }) => ({ id, name, ...(parent === undefined ? {} : { parent }) }))

const MODES = ['case-insensitive', 'exact'] as const

const forestOf = (units: ReadonlyArray<WireUnit>, mode: Text.TextMode = 'exact'): Hierarchy.Hierarchy<string> => {
  const built = Hierarchy.build(Text.form(mode))(nodes(units))
  if (E.isRight(built)) return built.right
  throw new Error(JSON.stringify(built.left))
}

/** Pairs of a unit and one at or above it: the reflexive and transitive closure of the links, by Warshall's algorithm. */
const closure = (units: ReadonlyArray<WireUnit>): ReadonlySet<string> => {
  const ids = units.map(({ id }) => id)
  const pairs = new Set(units.flatMap(({ id, parent = id }) => [`${id}>${id}`, `${id}>${parent}`]))
  for (const middle of ids)
    for (const low of ids)
      for (const high of ids)
        if (pairs.has(`${low}>${middle}`) && pairs.has(`${middle}>${high}`)) pairs.add(`${low}>${high}`)
  return pairs
}

// -------------------------------------------------------------------------------------
// lineage
// -------------------------------------------------------------------------------------

test('law 1: a unit is in its own lineage, first of all', () => {
  fc.assert(
    fc.property(tree(), (units) => {
      const lineage = Hierarchy.lineage(forestOf(units))
      for (const { id } of units) expect(lineage(id)[0]).toBe(id)
    }),
    { numRuns: 300 },
  )
})

test('law 2: what is above a unit above a unit is above that unit', () => {
  fc.assert(
    fc.property(tree(), (units) => {
      const lineage = Hierarchy.lineage(forestOf(units))
      for (const { id } of units)
        for (const above of lineage(id)) for (const higher of lineage(above)) expect(lineage(id)).toContain(higher)
    }),
    { numRuns: 300 },
  )
})

test('law 3: two units are never above each other', () => {
  fc.assert(
    fc.property(tree(), (units) => {
      const lineage = Hierarchy.lineage(forestOf(units))
      for (const { id } of units)
        for (const above of lineage(id)) expect(lineage(above).includes(id)).toBe(above === id)
    }),
    { numRuns: 300 },
  )
})

test('a lineage is the closure of the parent links, each unit once, from the unit up to its root', () => {
  fc.assert(
    fc.property(tree(), (units) => {
      const lineage = Hierarchy.lineage(forestOf(units))
      const pairs = closure(units)
      const isAbove = (low: string, high: string): boolean => pairs.has(`${low}>${high}`)
      for (const { id } of units) {
        const line = lineage(id)
        expect([...line].sort()).toEqual(
          units
            .map((each) => each.id)
            .filter((each) => isAbove(id, each))
            .sort(),
        )
        for (let position = 1; position < line.length; position += 1)
          expect(isAbove(line[position - 1]!, line[position]!)).toBe(true)
      }
      expect(lineage('no unit')).toEqual([])
    }),
    { numRuns: 300 },
  )
})

test('a lineage within chosen units is the lineage less what is not chosen', () => {
  fc.assert(
    fc.property(
      tree().chain((units) => fc.tuple(fc.constant(units), fc.subarray(units.map(({ id }) => id)))),
      ([units, chosen]) => {
        const forest = forestOf(units)
        const within = Hierarchy.lineageWithin(forest)(new Set(chosen))
        for (const { id } of units)
          expect(within(id)).toEqual(Hierarchy.lineage(forest)(id).filter((each) => chosen.includes(each)))
        expect(within('no unit')).toEqual([])
      },
    ),
    { numRuns: 500 },
  )
})

// -------------------------------------------------------------------------------------
// references
// -------------------------------------------------------------------------------------

test.each(MODES)('law 4: every id means its own unit, whatever the names are (%s)', (mode) => {
  fc.assert(
    fc.property(tree(), (units) => {
      const resolve = Hierarchy.resolve(forestOf(units, mode))
      for (const { id } of units) expect(resolve(id)).toEqual({ _tag: 'Found', unit: id })
    }),
    { numRuns: 300 },
  )
})

test.each(MODES)('a reference means what the model says: by id, else by path, else by name (%s)', (mode) => {
  fc.assert(
    fc.property(tree(), fc.array(reference, { minLength: 1, maxLength: 6 }), (units, references) => {
      const resolve = Hierarchy.resolve(forestOf(units, mode))
      for (const refer of references) {
        const text = refer(units)
        const expected = resolveUnit(units, text, mode)
        const meaning = resolve(text)
        switch (meaning._tag) {
          case 'Found':
            expect(expected).toMatchObject({ kind: 'one', unit: { id: meaning.unit } })
            break
          case 'Ambiguous':
            expect(expected.kind).toBe('ambiguous')
            expect(meaning.units).toEqual(
              expected.kind === 'ambiguous' ? expected.units.map(({ id }) => id).sort() : [],
            )
            break
          case 'Unknown':
            expect(expected.kind).toBe('none')
            expect(Text.isBlank(text)).toBe(false)
            break
          case 'Blank':
            expect(Text.isBlank(text)).toBe(true)
        }
      }
    }),
    { numRuns: 800 },
  )
})

test('the order in which units are given plays no part', () => {
  fc.assert(
    fc.property(tree(), fc.array(reference, { maxLength: 4 }), fc.nat(), (units, references, seed) => {
      const shuffled = shuffleLists(seed)(units)
      const [before, after] = [forestOf(units), forestOf(shuffled)]
      for (const refer of references)
        expect(Hierarchy.resolve(after)(refer(units))).toEqual(Hierarchy.resolve(before)(refer(units)))
      for (const { id } of units) expect(Hierarchy.lineage(after)(id)).toEqual(Hierarchy.lineage(before)(id))
    }),
    { numRuns: 300 },
  )
})

test('a name with separators is no path, and a path into names with separators is found only by its segments', () => {
  const forest = forestOf([
    { id: '1', name: 'R/D' },
    { id: '2', name: 'R' },
    { id: '3', name: 'D', parent: '2' },
    { id: '4', name: 'X', parent: '1' },
  ])
  const resolve = Hierarchy.resolve(forest)
  // The path R, D comes before the name R/D; the unit X below R/D has no path that a reference could write.
  expect(resolve('R/D')).toEqual({ _tag: 'Found', unit: '3' })
  expect(resolve('R/D/X')).toEqual({ _tag: 'Unknown' })
})

// -------------------------------------------------------------------------------------
// what is no forest
// -------------------------------------------------------------------------------------

/** Any links whatever: cycles, loops and parents that do not exist. */
const graph: fc.Arbitrary<ReadonlyArray<Node>> = fc.array(fc.nat({ max: 10 }), { maxLength: 8 }).map((parents) =>
  parents.map((parent, n) => ({
    id: `u${String(n)}`,
    name: 'U',
    ...(parent > 8 ? {} : { parent: `u${String(parent)}` }),
  })),
)

test('each cycle is told once, with its members from the smallest on; each unknown parent once', () => {
  fc.assert(
    fc.property(graph, fc.nat(), (units, seed) => {
      const parents = new Map(units.map(({ id, parent }) => [id, parent]))
      // A unit is on a cycle exactly when one gets back to it; the cycle begins at its smallest member.
      const cycleFrom = (id: string): ReadonlyArray<string> | undefined => {
        const walked = [id]
        for (let at = parents.get(id); at !== undefined && walked.length <= units.length; at = parents.get(at)) {
          if (at === id) return walked
          walked.push(at)
        }
        return undefined
      }
      const cycles = units.flatMap(({ id }) => {
        const members = cycleFrom(id)
        return members?.every((member) => id <= member) === true ? [{ _tag: 'Cycle', members }] : []
      })
      const orphans = units.flatMap(({ id, parent }) =>
        parent !== undefined && !parents.has(parent) ? [{ _tag: 'Orphan', unit: id, parent }] : [],
      )
      const built = Hierarchy.build(Text.form('exact'))(shuffleLists(seed)(units))
      const faults: ReadonlyArray<object> = E.isLeft(built) ? built.left : []
      expect(faults).toHaveLength(cycles.length + orphans.length)
      expect(faults).toEqual(expect.arrayContaining([...cycles, ...orphans]))
    }),
    { numRuns: 1_000 },
  )
})
