/**
 * The law of the key index (src/rule/KeyIndex.ts), by brute force: a look-up finds exactly the candidates that pass every
 * column, ascending and once.
 */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { build, lookUp, type Column } from '../../src/rule/KeyIndex.js'
import { codesOf } from '../../src/rule/Numbered.js'

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

const columnOf = ({ lenient, required, shown }: Given['columns'][number]): Column<unknown> => ({
  lenient,
  required: (candidate) => {
    const asked = required[candidate]
    return asked === undefined ? undefined : codesOf(asked)
  },
  shown: () => codesOf(shown),
})

const holds = ({ columns, candidates }: Given): void => {
  const found = lookUp(build(columns.map(columnOf), candidates), 'any subject')
  expect(found).toEqual(candidates.filter((candidate) => columns.every((column) => passes(column, candidate))))
}

test.each([
  ['a few candidates', { columns: 3, candidates: 6, codes: 3, mostCodes: 3 }, 1_500],
  ['many candidates with few codes', { columns: 4, candidates: 60, codes: 3, mostCodes: 2 }, 600],
  ['many candidates with many codes', { columns: 3, candidates: 60, codes: 40, mostCodes: 12 }, 300],
] as const)('a look-up among %s finds exactly those it should', (_, size, numRuns) => {
  fc.assert(fc.property(given(size), holds), { numRuns })
})

test('a handful of candidates is left together, more are split', () => {
  const column: Column<unknown> = {
    lenient: false,
    required: (candidate) => codesOf([candidate]),
    shown: () => codesOf([]),
  }
  const upTo = (length: number) => Array.from({ length }, (_, position) => position)
  expect(build([column], upTo(8))._tag).toBe('Few')
  expect(build([column], upTo(9))._tag).toBe('Split')
})

test('candidates that one column does not tell apart are split by another, and only those that match are looked at', () => {
  const looked: Array<number> = []
  const digit = (divisor: number): Column<ReadonlyArray<number>> => ({
    lenient: false,
    required: (candidate) => {
      looked.push(candidate)
      return codesOf([Math.floor(candidate / divisor) % 10])
    },
    shown: (subject) => codesOf([subject[divisor === 1 ? 1 : 0]!]),
  })
  const index = build(
    [digit(10), digit(1)],
    Array.from({ length: 100 }, (_, position) => position),
  )
  looked.length = 0
  expect(lookUp(index, [4, 7])).toEqual([47])
  expect(looked).toEqual([])
})

test('a column that tells no candidates apart still ends a look-up for who shows something else', () => {
  const looked: Array<number> = []
  const same = (code: number): Column<unknown> => ({
    lenient: true,
    required: (candidate) => {
      looked.push(candidate)
      return codesOf([1])
    },
    shown: () => codesOf([code]),
  })
  const index = build(
    [same(1), same(2)],
    Array.from({ length: 100 }, (_, position) => position),
  )
  looked.length = 0
  expect(lookUp(index, 'any subject')).toEqual([])
  expect(looked).toEqual([])
})
