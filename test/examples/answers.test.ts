/**
 * The answers of the example to single questions: `--analyze` and `--what-if`, as their users ask them.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { requireBuild, run, withFolder } from './cli.js'

beforeAll(requireBuild)

const catalog = {
  software: [{ id: 'visio', name: 'Visio', products: ['Visio 2024'] }],
  licenses: [
    { id: 'L-1', name: 'Visio A', software: 'visio', restrictions: { owners: ['Ann Lee'] }, entitlements: 1 },
    { id: 'L-2', name: 'Visio B', software: 'visio', restrictions: { owners: ['ann lee'] } },
  ],
}
const snapshots = ['pc-1', 'pc-2'].map((id) => ({
  computer: { id, name: id },
  owner: 'Ann Lee',
  installations: [{ id: 'i-1', product: 'Visio 2024' }],
}))

const ask = (question: ReadonlyArray<string>, edits: unknown = []) =>
  withFolder((folder) => {
    for (const [name, content] of Object.entries({ catalog, snapshots, edits }))
      writeFileSync(join(folder, `${name}.json`), JSON.stringify(content))
    return run(['--catalog', 'catalog.json', '--snapshots', 'snapshots.json', ...question], folder)
  })

test('an analysis says which license never wins, and nothing of decisions', () => {
  const { status, stdout } = ask(['--analyze'])
  expect(status).toBe(0)
  expect(stdout).toContain('license `L-2` never wins')
  expect(stdout).not.toContain('pc-1')
})

test('an analysis as JSON has the findings with their witnesses', () => {
  const { findings, rejections } = JSON.parse(ask(['--analyze', '--json']).stdout) as {
    readonly findings: ReadonlyArray<{ readonly code: string; readonly witness: unknown }>
    readonly rejections: ReadonlyArray<unknown>
  }
  expect(findings.map(({ code }) => code)).toContain('never-wins')
  for (const { witness } of findings) expect(witness).toBeDefined()
  expect(rejections).toEqual([])
})

test('edits are answered by what they would change', () => {
  const { status, stdout } = ask(['--what-if', 'edits.json'], [{ kind: 'retire-license', license: 'L-1' }])
  expect(status).toBe(0)
  expect(stdout).toContain('allocated `L-1` by rule 2.8 → allocated `L-2` by rule 2.8')
  expect(stdout).toContain('nobody would be worse off')
})

test('who would be worse off is named, also as JSON', () => {
  const edits = ['L-1', 'L-2'].map((license) => ({ kind: 'retire-license', license }))
  expect(ask(['--what-if', 'edits.json'], edits).stdout).toContain('worse off')
  const { worseOff } = JSON.parse(ask(['--what-if', 'edits.json', '--json'], edits).stdout) as {
    readonly worseOff: ReadonlyArray<{ readonly computer: string; readonly ways: ReadonlyArray<string> }>
  }
  expect(worseOff.map(({ computer, ways }) => [computer, ways])).toEqual([
    ['pc-1', ['loses-license']],
    ['pc-2', ['loses-license']],
  ])
})

test.each([
  ['an unknown license', [{ kind: 'buy', license: 'L-9', entitlements: 1 }], 'edits[0].license: unknown-value'],
  ['an unknown kind of edit', [{ kind: 'steal', license: 'L-1' }], 'edits[0]'],
  ['no list', { kind: 'buy' }, 'edits.json: is no list of edits'],
])('%s is told, and nothing is answered', (_, edits, told) => {
  const { status, stdout, stderr } = ask(['--what-if', 'edits.json'], edits)
  expect([status, stdout]).toEqual([2, ''])
  expect(stderr).toContain(told)
})

test('one question is asked at a time', () => {
  const { status, stderr } = ask(['--what-if', 'edits.json', '--analyze'])
  expect(status).toBe(2)
  expect(stderr).toContain('give one of them')
})
