import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import { either as E } from 'fp-ts'
import { Allocation, AllocationPolicy, AuditSnapshot, Catalog, DeploymentEvent, Estate } from 'seatwise'
import { FORMATS, needsState, type Vector } from './formats.mjs'

const DEPLOYMENT = ['deployment', 'schedule', 'return', 'expiry', 'notifications', 'simulation'] as const
const FOLDERS = ['allocation', 'compliance', ...DEPLOYMENT] as const
const here = fileURLToPath(new URL('.', import.meta.url))
const folder = join(here, 'allocation')
const runner = fileURLToPath(new URL('./run.mjs', import.meta.url))
const published = fileURLToPath(new URL('../../../shared/spec/vectors', import.meta.url))

interface VectorFile {
  readonly format: string
  readonly vectors: ReadonlyArray<Vector>
}

const read = (file: string): VectorFile => JSON.parse(readFileSync(file, 'utf8')) as VectorFile

const own = FOLDERS.flatMap((name) =>
  readdirSync(join(here, name)).map((file) => ({
    folder: name,
    file: `${name}/${file}`,
    ...read(join(here, name, file)),
  })),
)
const vectorsIn = (name: (typeof FOLDERS)[number]) =>
  own.filter((file) => file.folder === name).flatMap(({ vectors }) => vectors)
const runs = vectorsIn('allocation')
const judgements = vectorsIn('compliance')
const plans = vectorsIn('deployment')
const deployments = DEPLOYMENT.flatMap(vectorsIn)
const ownVectors = own.flatMap(({ vectors }) => vectors)

/** The clauses of one kind that fewer vectors cite than they should. */
const citedLessThan = (
  times: number,
  kind: 'ALLOC' | 'COMP' | 'ALD',
  clauses: ReadonlyArray<number>,
  vectors: ReadonlyArray<Vector>,
): ReadonlyArray<number> =>
  clauses.filter((clause) => vectors.filter(({ cites }) => cites.includes(`${kind}-${String(clause)}`)).length < times)

const isWarning = ({ severity }: { readonly severity: string }): boolean => severity === 'warning'

const decodedFully = ({ given }: Vector): boolean => {
  if (given.catalog === undefined) {
    const decoded = given.estate === undefined ? undefined : Estate.decode(given.estate)
    const isWhole = decoded === undefined || (E.isRight(decoded) && decoded.right.left.every(isWarning))
    return isWhole && E.isRight(DeploymentEvent.decodeAll(given.events ?? []))
  }
  const rejections = [
    ...Catalog.decode(given.catalog).left,
    ...AuditSnapshot.decodeAll(given.snapshots).left,
    ...Allocation.decodeAll(given.allocations ?? []).left,
  ]
  return rejections.every(isWarning)
}

const failuresOf = ({ format, vectors }: VectorFile) =>
  vectors.flatMap((vector): ReadonlyArray<unknown> => FORMATS[format]?.(vector) ?? [format])

describe('our own vectors', () => {
  test.each(own)('$file passes in every reader of its format', (file) => {
    expect(failuresOf(file)).toEqual([])
  })

  test('are in the format of their folder', () => {
    expect(own.filter(({ folder: name, format }) => format !== `${name}/1`)).toEqual([])
  })

  test('have no record that is rejected', () => {
    expect(ownVectors.filter((vector) => !decodedFully(vector))).toEqual([])
  })

  test('have one id each', () => {
    const ids = ownVectors.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
  })

  test('cover every rule', () => {
    const rules = new Set(
      runs.flatMap(({ expect: { decisions } }) =>
        (decisions as ReadonlyArray<{ rule?: string }>).map(({ rule }) => rule),
      ),
    )
    expect(Allocation.table.filter(({ rule }) => !rules.has(rule))).toEqual([])
  })

  test('cover every value of every policy that is not the default', () => {
    const covered = new Set(
      runs.flatMap(({ given: { policy = {} } }) =>
        Object.entries(policy).map(([option, value]) => `${option}: ${value}`),
      ),
    )
    const others = [
      'restrictions: strict',
      'keyMatches: honor-restrictions',
      'mainLicense: honor-restrictions',
      'text: exact',
      'capacity: enforced',
      'existing: reevaluate-automatic',
      'existing: reevaluate-all',
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
    const clauses = [
      ...[1, 2, 3, 4, 7, 8, 9, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30],
      ...[31, 32, 33, 34, 35, 36, 37, 39, 40, 41, 42, 45, 46, 48, 49, 50, 51, 52, 53, 66, 67, 68, 69, 70, 71],
      ...[72, 79, 80, 81, 82, 83, 87],
    ]
    const fresh = runs.filter((vector) => !needsState('allocation/1', vector))
    expect(citedLessThan(1, 'ALLOC', clauses, fresh)).toEqual([])
  })

  // No vector of a run can show what is said of other calls and of records that cannot be read (38, 47, 63, 64, 65, 86),
  // nor of the runs of parts beside that of the whole (85).
  test('cite every clause that leads to a decision of a repeated run, where it holds and where it ends', () => {
    const clauses = [54, 56, 57, 58, 59, 60, 61, 62, 66, 67, 68, 73, 74, 75, 76, 78, 84]
    const repeated = runs.filter((vector) => needsState('allocation/1', vector))
    expect(citedLessThan(2, 'ALLOC', clauses, repeated)).toEqual([])
  })

  // The rows are those of licenses: no vector can show a tracked software (COMP-16).
  test('cite every clause of compliance, where it holds and where it ends', () => {
    const clauses = [1, 2, 3, 4, 5, 6, 7, 8, 11, 12, 13, 14, 15, 18, 19, 20, 21]
    expect(citedLessThan(2, 'COMP', clauses, judgements)).toEqual([])
  })

  test('judge a license of every metric, and show every position', () => {
    const metrics = new Set(
      judgements.flatMap(({ given: { catalog } }) =>
        (catalog as { readonly licenses: ReadonlyArray<{ metric?: string }> }).licenses.map(({ metric }) => metric),
      ),
    )
    const positions = new Set(
      judgements.flatMap(({ expect: { licenses } }) =>
        (licenses as ReadonlyArray<{ position?: string }>).map(({ position }) => position),
      ),
    )
    expect([...metrics].sort()).toEqual(['installation', 'named-computer', 'none', 'site', 'user', undefined])
    expect([...positions].sort()).toEqual(['balanced', 'over-licensed', 'under-licensed', undefined])
  })

  // Section 18 leads to no decision, and no format shows what is monitored (116), analyzed (117) or fails whole (114).
  test('cite every clause of deployment that leads to a decision', () => {
    const clauses = [
      ...[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30],
      ...[32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 58, 59],
      ...[60, 64, 65, 66, 67, 68, 69, 70, 71, 72, 73, 74, 75, 76, 77, 78, 79, 80, 81, 82, 83, 84, 85, 86, 87, 88, 89],
      ...[90, 91, 92, 93, 94, 95, 96, 97, 98, 99, 100, 101, 102, 104, 106, 107, 108, 109, 110, 111, 112, 113, 115],
    ]
    expect(citedLessThan(1, 'ALD', clauses, deployments)).toEqual([])
  })

  test('expect every action and every reason of a deployment', () => {
    const decisions = plans.flatMap(
      ({ expect: expected }) =>
        expected.decisions as ReadonlyArray<{ readonly action: string; readonly reason?: string }>,
    )
    expect(new Set(decisions.map(({ action }) => action)).size).toBe(5)
    expect(new Set(decisions.flatMap(({ reason }) => reason ?? [])).size).toBe(26)
  })
})

describe.skipIf(!existsSync(published))('the published vectors (where they are present)', () => {
  test.each([
    'allocation.json',
    'random-allocation.json',
    'compliance.json',
    'deployment.json',
    'random-deployment.json',
    'schedule.json',
    'return.json',
    'expiry.json',
    'notifications.json',
    'simulation.json',
  ])('%s passes in every reader of its format', (name) => {
    expect(failuresOf(read(join(published, name)))).toEqual([])
  })
})

describe('the command that runs vectors', () => {
  const scratch = mkdtempSync(join(tmpdir(), 'vectors-'))
  afterAll(() => {
    rmSync(scratch, { recursive: true })
  })
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
  const sample = runs.find((vector) => !needsState('allocation/1', vector))
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

  test('leaves out nothing of compliance with --fresh: it has no runs', () => {
    const compliance = join(here, 'compliance', 'licenses.json')
    const result = run('--fresh', compliance)
    expect(result.status).toBe(0)
    expect(result.lines.join('\n')).toContain('0 left out')
    expect(lastLine(result)).toBe(`${String(read(compliance).vectors.length)} passed, 0 failed`)
  })

  test('names a row of compliance that is wrong', () => {
    const [judgement] = judgements
    const result = run(written('rows.json', file([{ ...judgement, expect: { licenses: [] } }], 'compliance/1')))
    expect([result.status, lastLine(result)]).toEqual([1, '0 passed, 1 failed'])
    expect(result.lines.join('\n')).toContain(judgement?.id)
  })

  test('is what the package scripts call', () => {
    const scripts = execFileSync(process.execPath, ['-p', 'JSON.stringify(require("./package.json").scripts)'], {
      encoding: 'utf8',
      cwd: fileURLToPath(new URL('../..', import.meta.url)),
    })
    expect(scripts).toContain('test/vectors/run.mjs')
  })
})
