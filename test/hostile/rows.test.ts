/**
 * The table of hostile inputs against the tests in this folder: every row is tested here, or said to belong elsewhere.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { expect, test } from 'vitest'

/** Rows that no test of this folder names, and why. */
const elsewhere: Readonly<Record<number, string>> = {
  48: 'seats are summed up by compliance, which is a room of its own; here every single count is safe (rows 40 to 46)',
  52: 'product packs: deployment',
  105: 'directories and views: deployment',
  106: 'recycle bin and tenants: deployment',
  109: 'no comparator is taken from a caller',
  110: 'no comparator is taken from a caller',
  112: 'no asynchronous callback is taken from a caller',
  114: 'nothing can be aborted: decoding and deciding are plain functions',
}

/** The numbers in the sentences of tests, as in "(row 30)" and "(rows 64 and 69)". */
const named = (source: string): ReadonlyArray<number> =>
  [...source.matchAll(/^(?! ?\*).*['`].*\(rows? ([\d, and]+)[^)]*\)/gm)].flatMap(([, numbers = '']) =>
    [...numbers.matchAll(/\d+/g)].map(Number),
  )

const here = new URL('.', import.meta.url)

const tested = new Set(
  readdirSync(here)
    .filter((file) => file.endsWith('.test.ts') && file !== 'rows.test.ts')
    .flatMap((file) => named(readFileSync(new URL(file, here), 'utf8'))),
)

// The table is kept beside the repository, not in it.
const table = new URL('../../../shared/spec/hostile-inputs.md', import.meta.url)

test('no row is both tested and said to belong elsewhere', () => {
  expect(
    Object.keys(elsewhere)
      .map(Number)
      .filter((row) => tested.has(row)),
  ).toEqual([])
})

test('every row of the table is tested, or said to belong elsewhere', ({ skip }) => {
  skip(!existsSync(table), 'the table of hostile inputs is not here')
  const rows = [...readFileSync(table, 'utf8').matchAll(/^\| (\d+) \|/gm)].map(([, number]) => Number(number))
  expect(rows.length).toBeGreaterThan(80)
  expect(rows.filter((row) => !tested.has(row) && elsewhere[row] === undefined)).toEqual([])
  expect([...tested].filter((row) => !rows.includes(row))).toEqual([])
})
