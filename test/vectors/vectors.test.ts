import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { Allocation, AllocationPolicy } from 'seatwise'
import { FORMATS, needsState, type Vector } from './formats.mjs'

const folder = fileURLToPath(new URL('./allocation', import.meta.url))
const runner = fileURLToPath(new URL('./run.mjs', import.meta.url))
const published = fileURLToPath(new URL('../../../shared/spec/vectors', import.meta.url))

interface VectorFile {
  readonly format: string
  readonly vectors: ReadonlyArray<Vector>
}

const read = (file: string): VectorFile => JSON.parse(readFileSync(file, 'utf8')) as VectorFile

const own = readdirSync(folder).map((file) => ({ file, ...read(join(folder, file)) }))
const ownVectors = own.flatMap(({ vectors }) => vectors)

const failuresOf = ({ format, vectors }: VectorFile) =>
  vectors.flatMap((vector): ReadonlyArray<unknown> => FORMATS[format]?.(vector) ?? [format])

describe('our own vectors', () => {
  test.each(own)('$file passes in both readers', (file) => {
    expect(failuresOf(file)).toEqual([])
  })

  test('have one id each', () => {
    const ids = ownVectors.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
  })

  test('cover every rule', () => {
    const rules = new Set(
      ownVectors.flatMap(({ expect: { decisions } }) =>
        (decisions as ReadonlyArray<{ rule?: string }>).map(({ rule }) => rule),
      ),
    )
    expect(Allocation.table.filter(({ rule }) => !rules.has(rule))).toEqual([])
  })

  test('cover every value of every policy of a single snapshot', () => {
    const covered = new Set(
      ownVectors.flatMap(({ given: { policy = {} } }) =>
        Object.entries(policy).map(([option, value]) => `${option}: ${value}`),
      ),
    )
    const others = [
      'restrictions: strict',
      'keyMatches: honor-restrictions',
      'mainLicense: honor-restrictions',
      'text: exact',
      'expired: excluded',
      'severalMains: none',
    ]
    expect(others.filter((value) => !covered.has(value))).toEqual([])
    for (const value of others) {
      const [option = '', word = ''] = value.split(': ')
      expect(AllocationPolicy.AllocationPolicy.is({ [option]: word })).toBe(true)
    }
  })

  test('cite every clause that leads to a decision of a fresh run', () => {
    const cited = new Set(ownVectors.flatMap(({ cites }) => cites))
    const clauses = [
      ...[1, 2, 3, 4, 7, 8, 9, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30],
      ...[31, 32, 33, 34, 35, 36, 37, 39, 40, 41, 42, 45, 46, 48, 49, 50, 51, 52, 53, 66, 67, 68, 69, 70, 71],
      ...[72, 79, 80, 81, 82, 83, 87],
    ]
    expect(clauses.filter((clause) => !cited.has(`ALLOC-${String(clause)}`))).toEqual([])
  })
})

describe.skipIf(!existsSync(published))('the published vectors of fresh runs (where they are present)', () => {
  test.each(['allocation.json', 'random-allocation.json'])('%s passes in both readers', (name) => {
    const { format, vectors } = read(join(published, name))
    expect(failuresOf({ format, vectors: vectors.filter((vector) => !needsState(vector)) })).toEqual([])
  })
})

describe('the command that runs vectors', () => {
  const scratch = mkdtempSync(join(tmpdir(), 'vectors-'))
  const written = (name: string, content: string): string => {
    const file = join(scratch, name)
    writeFileSync(file, content)
    return file
  }
  const run = (...args: ReadonlyArray<string>) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [runner, ...args], { encoding: 'utf8' })
    return { status, stderr, lines: stdout.trimEnd().split('\n') }
  }
  const lastLine = ({ lines }: { readonly lines: ReadonlyArray<string> }) => lines[lines.length - 1]
  const [sample] = ownVectors
  const file = (vectors: ReadonlyArray<unknown>, format = 'allocation/1') => JSON.stringify({ format, vectors })

  test('counts what passed and exits with 0', () => {
    const result = run(join(folder, 'keys.json'))
    expect([result.status, lastLine(result)]).toEqual([
      0,
      `${String(read(join(folder, 'keys.json')).vectors.length)} passed, 0 failed`,
    ])
  })

  test('names a vector that fails, with what was expected and what came out, and exits with 1', () => {
    const wrong = { ...sample, expect: { decisions: [] } }
    const result = run(written('wrong.json', file([wrong])))
    expect([result.status, lastLine(result)]).toEqual([1, '0 passed, 1 failed'])
    expect(result.lines.join('\n')).toContain(sample?.id)
    expect(result.lines.join('\n')).toMatch(/expected .*\n\s+actual/)
  })

  test.each([
    ['a file that is not there', () => join(scratch, 'nowhere.json')],
    ['a file that is no JSON', () => written('broken.json', '{')],
    ['a file that holds null', () => written('null.json', 'null')],
    ['an unknown format', () => written('format.json', file([sample], 'allocation/9'))],
    ['no vector at all', () => written('none.json', file([]))],
  ])('refuses %s', (_, name) => {
    const result = run(name())
    expect(result.status).not.toBe(0)
    expect(result.stderr).not.toBe('')
    expect(lastLine(result)).toBe('0 passed, 0 failed')
  })

  test('leaves out, with --fresh, what needs an earlier run, and says how many', () => {
    const stateful = { ...sample, given: { ...sample?.given, policy: { capacity: 'enforced' } } }
    const result = run('--fresh', written('stateful.json', file([sample, stateful])))
    expect(result.status).toBe(0)
    expect(result.lines.join('\n')).toContain('1 left out')
    expect(lastLine(result)).toBe('1 passed, 0 failed')
  })

  test('is what the package scripts call', () => {
    const scripts = execFileSync(process.execPath, ['-p', 'JSON.stringify(require("./package.json").scripts)'], {
      encoding: 'utf8',
      cwd: fileURLToPath(new URL('../..', import.meta.url)),
    })
    expect(scripts).toContain('test/vectors/run.mjs')
  })
})
