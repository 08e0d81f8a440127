/**
 * The answers of the example to single questions about allocation, as their users ask them.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Allocation } from 'seatwise'
import { either as E } from 'fp-ts'
import { beforeAll, describe, expect, test } from 'vitest'
import { requireBuild, run, runOn, withFolder } from './cli.js'

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

test('an answer that cannot be given says why in JSON, too', () => {
  const { status, stdout } = ask(['--what-if', 'edits.json', '--json'], [{ kind: 'steal', license: 'L-1' }])
  expect(status).toBe(2)
  expect(JSON.parse(stdout).rejections).toMatchObject([{ path: 'edits[0].kind' }])
})

test('the day on which a license expired is a text in JSON', () => {
  const [license] = catalog.licenses
  const { stdout } = runOn({ catalog: { ...catalog, licenses: [{ ...license, expires: '2025-12-31' }] }, snapshots }, [
    '--analyze',
    '--as-of',
    '2026-01-31',
    '--json',
  ])
  const { findings } = JSON.parse(stdout) as { readonly findings: ReadonlyArray<{ code: string; witness: unknown }> }
  expect(findings.find(({ code }) => code === 'expired-license')?.witness).toEqual({
    license: 'L-1',
    expires: '2025-12-31',
    asOf: '2026-01-31',
  })
})

describe('what would have to change', () => {
  const branch = {
    locations: [
      { id: 'bne', name: 'Brisbane' },
      { id: 'syd', name: 'Sydney' },
    ],
    software: catalog.software,
    licenses: [
      { id: 'L-7', name: 'Visio Brisbane', software: 'visio', restrictions: { location: { unit: 'bne' } } },
      { id: 'L-8', name: 'Visio', software: 'visio', restrictions: { owners: ['Bo Ek'] }, entitlements: 1 },
    ],
  }
  const audits = ['Sydney', 'Brisbane', 'Sydney'].map((location, at) => ({
    computer: { id: `pc-${at + 1}`, name: `DESK-${at + 1}` },
    location,
    ...(at === 0 ? {} : { owner: 'Bo Ek' }),
    installations: [
      { id: 'i-1', product: 'Visio 2024' },
      { id: `i-${at + 2}`, product: 'Notepad' },
    ],
  }))
  const would = (args: ReadonlyArray<string>, more: object = {}) =>
    runOn({ catalog: branch, snapshots: audits, ...more }, args)
  const STRICT = { restrictions: 'strict', mainLicense: 'honor-restrictions' }

  test('is told as all the smallest sets, with the names of what is spoken of', () => {
    const { status, stdout } = would(['--would-allocate', 'i-1', '--computer', 'pc-1', '--license', 'L-7'], {
      policy: STRICT,
    })
    expect(status).toBe(0)
    expect(stdout).toBe(
      [
        '`Visio 2024` on `pc-1` (installation i-1) is unreconciled now.',
        'To have it allocated `L-7`, any one of these is enough:',
        '  1. set the location of `pc-1` to `Brisbane`: allocated `L-7` by rule 3.3',
        '  2. restrict `L-7` to the location `Sydney`: allocated `L-7` by rule 3.3',
        '',
        'Named here',
        '  pc-1  DESK-1',
        '  L-7   Visio Brisbane',
        '',
      ].join('\n'),
    )
  })

  test('as JSON has remedies in the wire format', () => {
    const told = JSON.parse(would(['--would-allocate', 'i-1', '--computer', 'pc-1', '--json']).stdout)
    expect(told).toMatchObject({ computer: 'pc-1', installation: 'i-1', bound: 2, rejections: [] })
    expect(told.decision.outcome).toBe('unreconciled')
    expect(told.answers.length).toBeGreaterThan(0)
    for (const { remedies } of told.answers)
      for (const remedy of remedies) expect(E.isRight(Allocation.Remedy.decode(remedy))).toBe(true)
  })

  test('the computer may be left out where no other has the installation, and is asked for where others do', () => {
    expect(would(['--would-allocate', 'i-2', '--license', 'L-7', '--bound', '1']).stdout).toContain(
      '`Notepad` on `pc-1` (installation i-2) is untracked now.\nNo single remedy',
    )
    const { status, stdout, stderr } = would(['--would-allocate', 'i-1', '--json'])
    expect([status, stdout]).toEqual([2, ''])
    expect(stderr).toContain('name one of them with --computer: pc-1, pc-2, pc-3')
  })

  test.each([
    [['--would-allocate', 'i-9'], 'no computer has an installation with the id `i-9`'],
    [['--would-allocate', 'i-1', '--computer', 'pc-9'], 'there is no snapshot of a computer with the id `pc-9`'],
    [['--would-allocate', 'i-2', '--license', 'L-9'], 'the catalog has no license with the id `L-9`'],
  ])('%s: what is nowhere is told', (args, told) => {
    const { status, stdout, stderr } = would(args)
    expect([status, stdout]).toEqual([2, ''])
    expect(stderr).toContain(told)
  })

  test('is hinted at by the report, for the first unreconciled installation', () => {
    expect(would([]).stdout).toContain('and what would help: --would-allocate i-1 --computer pc-1')
  })

  test('where there is no answer, it says how to look further', () => {
    expect(would(['--would-allocate', 'i-2', '--license', 'L-7', '--bound', '1']).stdout).toContain('add --bound 2')
    expect(would(['--would-allocate', 'i-2', '--license', 'L-7', '--bound', '4']).stdout).not.toContain('add --bound')
    expect(would(['--would-allocate', 'i-2']).stdout).toContain('name a license with --license')
  })

  test('an allocation that stands is in the way of another license', () => {
    const allocations = [{ computer: 'pc-1', product: 'Visio 2024', license: 'L-8', origin: 'manual' }]
    const args = ['--would-allocate', 'i-1', '--computer', 'pc-1']
    const { stdout } = would(args, { allocations, policy: STRICT })
    expect(stdout).toContain('is kept `L-8` now.\nNothing has to change.')
    const other = would([...args, '--license', 'L-7'], { allocations, policy: STRICT }).stdout
    expect(other).toMatch(/1\. set the location of `pc-1` to `Brisbane`, and retire the license `L-8`: allocated `L-7`/)
  })

  test('where a license is full, one more entitlement is an answer', () => {
    const policy = { capacity: 'enforced' }
    const { stdout } = would(['--would-allocate', 'i-1', '--computer', 'pc-3'], { policy })
    expect(stdout).toContain('is unreconciled now.\n')
    expect(stdout).toContain('add 1 entitlement to `L-8`: allocated `L-8` by rule 2.8\n')
  })
})

describe('regret', () => {
  const records = {
    catalog: {
      organizations: [{ id: 'sales', name: 'Sales' }],
      software: catalog.software,
      licenses: [
        { id: 'L-1', name: 'Visio', software: 'visio', main: true, installationKey: 'QX7-21', entitlements: 1 },
        {
          id: 'L-2',
          name: 'Visio for Sales',
          software: 'visio',
          entitlements: 1,
          restrictions: { organization: { unit: 'sales' } },
        },
      ],
    },
    snapshots: ['Sales', 'Legal', 'Legal'].map((organization, at) => ({
      computer: { id: `pc-${at + 1}`, name: `pc-${at + 1}` },
      organization,
      installations: [{ id: 'i', product: 'Visio 2024', ...(at === 0 ? { installationKey: 'QX7-21' } : {}) }],
    })),
  }

  test('names the swaps in the order of carrying them out, and where to buy', () => {
    const { status, stdout } = runOn(records, ['--regret'])
    expect(status).toBe(0)
    expect(stdout.replace(/\n +(?=\()/g, ' ')).toBe(
      [
        'with capacity enforced 1 installation gets a license; by 1 swap 2 could:',
        '  1. `pc-1` (installation i) goes from `L-1` to `L-2` by rule 3.2, then `pc-2` (installation i) gets',
        '      `L-1` by rule 4',
        '1 of 2 contenders goes without all the same, since they match this license alone: buy for it',
        '  `L-1`, with 1 entitlement for them',
        '',
      ].join('\n'),
    )
  })

  test('as JSON is the swaps and the proof', () => {
    const { served, optimum, regret, swaps, proof, unmatched } = JSON.parse(
      runOn(records, ['--regret', '--json']).stdout,
    )
    expect({ served, optimum, regret, unmatched }).toEqual({ served: 1, optimum: 2, regret: 1, unmatched: 0 })
    expect(swaps).toMatchObject([{ served: { computer: 'pc-2' }, moved: [{ computer: 'pc-1', to: 'L-2' }] }])
    expect(proof.licenses).toEqual([{ license: 'L-1', entitlements: 1 }])
  })

  test('that is none says so, on the example', () => {
    const { status, stdout } = run(['--regret'])
    expect(status).toBe(0)
    expect(stdout).toContain('and no swap would serve more')
  })
})

describe('a certificate', () => {
  const certificate = (args: ReadonlyArray<string> = []) =>
    JSON.parse(run(['--certificate', '--json', ...args]).stdout).certificate as Record<string, string>

  test('is hashes of the records, the policy and the results', () => {
    const lines = run(['--certificate']).stdout.trimEnd().split('\n')
    expect(lines.map((line) => line.trim().split(/ +/))).toEqual(Object.entries(certificate()))
    expect(lines.at(-1)).toMatch(/^ {2}certificate {2}[0-9a-f]{64}$/)
  })

  test('is another one for another day', () => {
    const [first, second] = [certificate(), certificate(['--as-of', '2026-11-01'])]
    expect(second).not.toEqual(first)
    expect(second['records']).toBe(first['records'])
  })
})

describe('options that do not go together', () => {
  test.each([
    [['--bound', '5', '--would-allocate', 'x'], '--bound wants a number from 1 to 4, not `5`'],
    [['--bound', '2'], '--bound needs --would-allocate or --would-serve beside it'],
    [['--license', 'L-1'], '--license needs --would-allocate beside it'],
    [['--computer', 'pc-1', '--analyze'], '--computer needs --explain or --would-allocate beside it'],
    [['--type', 'udc3'], '--type needs --would-serve beside it'],
    [['--explain', 'x', '--would-allocate', 'x'], '--explain and --would-allocate ask for different answers'],
    [['--regret', '--certificate', '--analyze'], '--analyze, --regret and --certificate ask for different answers'],
    [['--would-serve', 'd', '--analyze'], '--analyze and --would-serve ask for different answers'],
    [['--would-serve', 'd', '--device', 'd'], '--device and --would-serve ask for different answers'],
    [['--analyze', '--until', '2027-01-01'], '--until and --analyze ask for different answers'],
    [['--would-serve', 'd', '--would-allocate', 'i'], 'give options of one of the two at a time'],
  ])('%s', (args, told) => {
    const { status, stdout, stderr } = run(args)
    expect([status, stdout]).toEqual([2, ''])
    expect(stderr.slice(0, stderr.indexOf('Usage: npm start'))).toContain(told)
  })

  test('each option is in the help', () => {
    const { stdout } = run(['--help'])
    for (const option of ['would-allocate', 'license', 'would-serve', 'type', 'bound', 'regret', 'certificate'])
      expect(stdout).toMatch(new RegExp(`^  --${option}\\b`, 'm'))
  })
})
