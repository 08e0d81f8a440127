/**
 * The law of the key index (src/rule/compiled/KeyIndex.ts), by brute force: a look-up finds every candidate that passes all
 * columns, ascending and once, and looks at no others where columns tell them apart.
 */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Shown } from '../../../src/rule/compiled/Board.js'
import { build, lookUp, type Column } from '../../../src/rule/compiled/KeyIndex.js'

type Code = ReadonlyArray<number>

interface Given {
  /** For each column the codes of each candidate, none for one that does not ask. */
  readonly columns: ReadonlyArray<{
    readonly lenient: boolean
    readonly required: ReadonlyArray<Code | undefined>
    readonly shown: Code
  }>
  readonly candidates: ReadonlyArray<number>
}

interface Size {
  readonly columns: number
  readonly candidates: number
  readonly codes: number
  readonly mostCodes: number
}

const given = ({ columns, candidates, codes, mostCodes }: Size): fc.Arbitrary<Given> => {
  const code = fc.nat({ max: codes - 1 })
  const column = fc.constantFrom(1, mostCodes).chain((most) =>
    fc.record({
      lenient: fc.boolean(),
      required: fc.array(
        fc.option(fc.uniqueArray(code, { minLength: 1, maxLength: most }), { nil: undefined, freq: 4 }),
        {
          minLength: candidates,
          maxLength: candidates,
        },
      ),
      shown: fc.array(code, { maxLength: 4 }),
    }),
  )
  return fc.record({
    columns: fc.array(column, { maxLength: columns }),
    candidates: fc.subarray(Array.from({ length: candidates }, (_, position) => position)),
  })
}

const passes = ({ lenient, required, shown }: Given['columns'][number], candidate: number): boolean => {
  const asked = required[candidate]
  return asked === undefined ? lenient : asked.some((code) => shown.includes(code))
}

/** Codes of different columns never meet: each has a hundred of its own. */
const apart = (column: number, codes: Code): Code => codes.map((code) => 100 * column + code)

const shownOf = (codes: Code): Shown => ({ codes: Int32Array.from(new Set(codes)), count: new Set(codes).size })

const marksOf = (shown: ReadonlyArray<Shown>): Uint8Array => {
  const marks = new Uint8Array(1_000)
  for (const { codes } of shown) for (const code of codes) marks[code] = 1
  return marks
}

const holds = ({ columns, candidates }: Given): void => {
  const shown = columns.map((column, n) => shownOf(apart(n, column.shown)))
  const made = columns.map(({ lenient, required }, n): Column => ({
    lenient,
    required: (candidate) => {
      const asked = required[candidate]
      return asked === undefined ? undefined : apart(n, asked)
    },
    shown: [shown[n]!],
  }))
  const found = lookUp(build(made, candidates), marksOf(shown))
  expect(found).toEqual([...new Set(found)].sort((a, b) => a - b))
  expect(candidates).toEqual(expect.arrayContaining([...found]))
  expect(found).toEqual(
    expect.arrayContaining(candidates.filter((candidate) => columns.every((column) => passes(column, candidate)))),
  )
}

test.each([
  ['a few candidates', { columns: 3, candidates: 6, codes: 3, mostCodes: 3 }, 1_500],
  ['many candidates with few codes', { columns: 4, candidates: 60, codes: 3, mostCodes: 2 }, 600],
  ['many candidates with many codes', { columns: 3, candidates: 60, codes: 40, mostCodes: 12 }, 300],
] as const)('a look-up among %s finds all that it should', (_, size, numRuns) => {
  fc.assert(fc.property(given(size), holds), { numRuns })
})

const upTo = (length: number) => Array.from({ length }, (_, position) => position)

test('a handful of candidates is left together, more are split', () => {
  const column: Column = { lenient: false, required: (candidate) => [candidate], shown: [] }
  expect(build([column], upTo(8))._tag).toBe('Few')
  expect(build([column], upTo(9))._tag).toBe('Split')
})

test('candidates that one column does not tell apart are split by another, and only those that match are found', () => {
  const digit = (divisor: number, shown: number): Column => ({
    lenient: false,
    required: (candidate) => apart(divisor, [Math.floor(candidate / divisor) % 10]),
    shown: [shownOf(apart(divisor, [shown]))],
  })
  const both = upTo(100).filter((candidate) => candidate % 10 === 7 && Math.floor(candidate / 5) % 10 === 9)
  const found = lookUp(
    build([digit(1, 7), digit(5, 9)], upTo(100)),
    marksOf([shownOf(apart(1, [7])), shownOf(apart(5, [9]))]),
  )
  expect(found).toEqual(both)
})

test('a column that tells no candidates apart still ends a look-up for who shows something else', () => {
  const same = (column: number, shown: number): Column => ({
    lenient: true,
    required: () => apart(column, [1]),
    shown: [shownOf(apart(column, [shown]))],
  })
  const marks = marksOf([shownOf(apart(1, [1])), shownOf(apart(2, [2]))])
  expect(lookUp(build([same(1, 1), same(2, 2)], upTo(100)), marks)).toEqual([])
})
