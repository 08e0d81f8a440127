/**
 * The command-line example: what it prints where, and with which status it ends.
 */
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { either as E } from 'fp-ts'
import { Allocation, Decision } from 'seatwise'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  environment,
  example,
  fromRoot,
  main,
  readJson,
  requireBuild,
  run,
  runOn,
  shuffled,
  start,
  withFolder,
} from './cli.js'

beforeAll(requireBuild)

const small = {
  catalog: {
    software: [{ id: 'visio', name: 'Visio', products: ['Visio 2024'] }],
    licenses: [{ id: 'L-1', name: 'Visio Standard', software: 'visio', main: true }],
  },
  snapshots: [{ computer: { id: 'pc-1', name: 'PC-1' }, installations: [{ id: 'i-1', product: 'Visio 2024' }] }],
}

/** An allocation that covers the one installation. */
const held = { computer: 'pc-1', product: 'Visio 2024', license: 'L-1', installation: 'i-1', origin: 'manual' }

const badLicense = { id: 'L-2', name: 'Visio', software: 'visio', entitlements: 1.5 }

const parsed = ({ stdout }: { readonly stdout: string }) => JSON.parse(stdout)

describe('usage', () => {
  it.each([
    ['an unknown option', ['--licenses', 'x']],
    ['an argument that is no option', ['catalog.json']],
    ['an option without its value', ['--explain']],
    ['a catalog without snapshots', ['--catalog', 'x']],
    ['snapshots without a catalog', ['--snapshots', 'x']],
    ['allocations without the rest', ['--allocations', 'x']],
    ['a computer without an installation to explain', ['--computer', 'pc-1']],
    ['a day that the calendar does not have', ['--as-of', '2026-02-30']],
  ])('%s gets the usage on standard error and status 2', (_, args) => {
    const { status, stdout, stderr } = run(args)
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toContain('Usage: npm start')
  })

  it('help is on standard output', () => {
    const { status, stdout, stderr } = run(['--help'])
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(stdout).toContain('--snapshots FILE')
  })

  it('all that is wrong with the options is told at once', () => {
    const { stderr } = run(['--catalog', 'x', '--computer', 'y', '--as-of', 'z'])
    expect(stderr).toMatch(/--catalog needs[^]*--computer needs[^]*--as-of wants/)
  })
})

describe('the process', () => {
  it.each([
    ['a report', [], 0],
    ['data', ['--json'], 0],
    ['help', ['--help'], 0],
    ['a refusal', ['--explain', 'nothing'], 2],
    ['usage', ['--licenses', 'x'], 2],
  ])('prints %s where it belongs, and ends with the status of the command', (_, args, status) => {
    expect(start(args)).toEqual({ ...run(args), status })
  })

  it('ends with status 1 where a record was rejected', () => {
    withFolder((folder) => {
      writeFileSync(join(folder, 'catalog.json'), JSON.stringify({ ...small.catalog, licenses: [badLicense] }))
      writeFileSync(join(folder, 'snapshots.json'), JSON.stringify(small.snapshots))
      expect(start(['--catalog', 'catalog.json', '--snapshots', 'snapshots.json'], { cwd: folder }).status).toBe(1)
    })
  })
})

describe('files', () => {
  it.each([
    ['that does not exist', undefined, 'cannot be read'],
    ['that is no JSON', '{"software": [],\n"licenses": QX4T7-81KZM}', 'is not JSON'],
    ['that is empty', '', 'is not JSON'],
    ['that is no object', '[]', 'is no catalog'],
    ['that is not UTF-8', Buffer.from([0x22, 0xe9, 0x22]), 'is not UTF-8'],
  ])('a catalog %s is named in one line, with status 2', (_, content, problem) => {
    withFolder((folder) => {
      if (content !== undefined) writeFileSync(join(folder, 'my catalog.json'), content)
      writeFileSync(join(folder, 'snapshots.json'), '[]')
      const args = ['--catalog', 'my catalog.json', '--snapshots', 'snapshots.json']
      const { status, stdout, stderr } = run([...args, '--json'], folder)
      expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
      expect(stderr).toContain(`my catalog.json: ${problem}`)
      expect(stderr.trim().split('\n')).toHaveLength(1)
      expect(stderr).not.toContain('QX4T7')
    })
  })

  it('a folder in place of a file, and snapshots that are no list, are both told', () => {
    const { status, stderr } = withFolder((folder) => {
      mkdirSync(join(folder, 'catalog.json'))
      writeFileSync(join(folder, 'snapshots.json'), '{}')
      return run(['--catalog', 'catalog.json', '--snapshots', 'snapshots.json'], folder)
    })
    expect(status).toBe(2)
    expect(stderr).toMatch(/^catalog\.json: .*\nsnapshots\.json: is no list of snapshots\n$/)
  })

  it('allocations that are no list are told', () => {
    const { status, stdout, stderr } = runOn({ ...small, allocations: {} }, ['--json'])
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toBe('allocations.json: is no list of allocations\n')
  })

  it('a byte order mark is passed over', () => {
    const { status } = withFolder((folder) => {
      for (const name of ['catalog', 'snapshots'] as const)
        writeFileSync(join(folder, name), `\ufeff${JSON.stringify(small[name])}`)
      return run(['--catalog', 'catalog', '--snapshots', 'snapshots'], folder)
    })
    expect(status).toBe(0)
  })

  it('are read from where npm was called', () => {
    withFolder((folder) => {
      for (const name of ['catalog', 'snapshots'] as const)
        writeFileSync(join(folder, `${name}.json`), JSON.stringify(small[name]))
      const args = ['--catalog', 'catalog.json', '--snapshots', 'snapshots.json']
      expect(start(args, { cwd: fromRoot('.'), env: { INIT_CWD: folder } }).status).toBe(0)
      expect(start(args, { cwd: folder }).status).toBe(0)
      expect(start(args, { cwd: fromRoot('.') }).status).toBe(2)
    })
  })
})

describe('rejected records', () => {
  it('cost status 1, and the rest is decided', () => {
    const licenses = [...small.catalog.licenses, badLicense]
    const { status, stdout, stderr } = runOn({ ...small, catalog: { ...small.catalog, licenses } }, ['--json'])
    const { decisions, rejections } = JSON.parse(stdout)
    expect(status).toBe(1)
    expect(decisions).toMatchObject([{ outcome: 'allocated', license: 'L-1', rule: '4' }])
    expect(rejections).toMatchObject([{ code: 'range', path: 'licenses[1].entitlements', id: 'L-2' }])
    expect(stderr).toContain('error at licenses[1].entitlements (id `L-2`): range')
  })

  it('are told of allocations, too, and what is good of them stands', () => {
    const allocations = [held, { ...held, computer: 'pc-2', origin: 'guessed' }]
    const result = runOn({ ...small, allocations }, ['--json'])
    expect(result.status).toBe(1)
    expect(result.stderr).toContain('error at allocations[1].origin')
    expect(result.stderr).toContain('read 1 snapshot, 1 license and 1 allocation\n')
    expect(parsed(result)).toMatchObject({
      decisions: [{ outcome: 'kept', license: 'L-1' }],
      rejections: [{ code: 'unknown-value', path: 'allocations[1].origin' }],
      allocations: [held],
    })
    expect(runOn({ ...small, allocations }).stdout).toContain('1 record rejected')
  })

  it('release nothing: neither a license that could not be read, nor an installation', () => {
    const flagged = { ...held, deallocateAutomatically: true }
    const gone = { ...flagged, product: 'Visio 2021' }
    const snapshots = [{ ...small.snapshots[0], installations: [{ id: 'i-1', product: 'Visio 2024' }, { id: 'i-2' }] }]
    const ofBadLicense = { ...held, license: 'L-2' }
    const catalog = { ...small.catalog, licenses: [...small.catalog.licenses, badLicense] }
    const result = runOn({ catalog, snapshots, allocations: [ofBadLicense, gone] }, ['--json'])
    expect(result.status).toBe(1)
    expect(parsed(result)).toMatchObject({ decisions: [{ outcome: 'kept', license: 'L-2' }], released: [] })
    expect(parsed(result).allocations).toHaveLength(2)
    // The same records without the bad ones.
    const good = runOn({ ...small, allocations: [ofBadLicense, gone] }, ['--json'])
    expect(parsed(good)).toMatchObject({ decisions: [{ outcome: 'allocated' }], released: [gone, ofBadLicense] })
  })

  it('are counted in the report', () => {
    const licenses = [...small.catalog.licenses, badLicense]
    const { stdout } = runOn({ ...small, catalog: { ...small.catalog, licenses } })
    expect(stdout).toContain('1 record rejected')
  })

  it('an exact duplicate is a warning, and no failure', () => {
    const { status, stdout } = runOn({ ...small, snapshots: [...small.snapshots, ...small.snapshots] }, ['--json'])
    expect(status).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({
      decisions: [{}],
      rejections: [{ code: 'duplicate', severity: 'warning' }],
    })
  })

  it('many are told in part, and all of them in the data', () => {
    const licenses = Array.from({ length: 1_500 }, (_, at) => ({ ...badLicense, id: `L-${String(at)}` }))
    const result = runOn({ ...small, catalog: { ...small.catalog, licenses } }, ['--json'])
    expect(result.status).toBe(1)
    expect(parsed(result).rejections).toHaveLength(1_500)
    expect(result.stderr.split('\n').filter((line) => line.startsWith('error at'))).toHaveLength(20)
    expect(result.stderr).toContain('and 1,480 more')
  })
})

describe('nothing is decided', () => {
  const contradictory = {
    ...small,
    catalog: {
      ...small.catalog,
      organizations: [{ id: 'sales', name: 'Sales', parent: 'acme' }],
      licenses: [...small.catalog.licenses, { id: 'L-1', name: 'Visio Professional', software: 'visio' }],
    },
    snapshots: [...small.snapshots, { computer: { id: 'pc-1', name: 'PC-2' } }],
  }

  it('where records contradict each other: all of it is told', () => {
    const { status, stdout, stderr } = runOn(contradictory)
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toMatch(/contradiction[^]*orphan[^]*contradiction/)
  })

  it('and JSON says why, beside what was rejected', () => {
    const licenses = [...contradictory.catalog.licenses, badLicense]
    const result = runOn({ ...contradictory, catalog: { ...contradictory.catalog, licenses } }, ['--json'])
    const { decisions, rejections } = parsed(result)
    expect(result.status).toBe(2)
    expect(Object.keys(parsed(result))).toEqual(['decisions', 'rejections', 'released', 'allocations'])
    expect(decisions).toEqual([])
    const codes = rejections.map(({ code }: { readonly code: string }) => code)
    expect(codes.sort()).toEqual(['contradiction', 'contradiction', 'orphan', 'range'])
  })

  it('and what stood before still stands', () => {
    const allocations = [
      { ...held, computer: 'pc-2' },
      { ...held, license: 'gone', deallocateAutomatically: true },
    ]
    for (const given of [contradictory, { ...small, policy: { text: 'loose' } }]) {
      const result = runOn({ ...given, allocations }, ['--json'])
      expect(result.status).toBe(2)
      expect(parsed(result)).toMatchObject({ released: [], allocations })
    }
  })

  it.each([
    ['an unknown option', { restriction: 'strict' }, ['policy.restriction']],
    ['an unknown value', { restrictions: 'lax' }, ['policy.restrictions']],
    [
      'several mistakes',
      { restriction: 'strict', text: 1, severalMains: 'first' },
      ['restriction', 'text', 'severalMains'],
    ],
    ['an option that is none of the policy', { reader: 'reference', asOf: '2026-01-31' }, ['reader', 'asOf']],
    ['expiry without a day', { expired: 'excluded' }, ['asOf']],
  ])('by a policy with %s', (_, policy, paths) => {
    const result = runOn({ ...small, policy }, ['--json'])
    const { decisions, rejections } = parsed(result)
    expect(result.status).toBe(2)
    expect(decisions).toEqual([])
    expect(
      rejections.map(({ path }: { readonly path: string }) => path.replace(/^policy\.(?=\w+$)/, '')).sort(),
    ).toEqual(paths.map((path) => path.replace(/^policy\./, '')).sort())
    for (const path of paths) expect(result.stderr).toContain(path)
  })

  it('by a policy that is no object', () => {
    const { status, stdout, stderr } = runOn({ ...small, policy: ['strict'] }, ['--json'])
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toContain('policy.json: is no policy')
  })

  it('contradictions are told beside the mistakes of a policy', () => {
    const { stderr } = runOn({ ...contradictory, policy: { text: 'loose' } })
    expect(stderr).toMatch(/policy\.text[^]*contradiction[^]*orphan/)
  })
})

describe('the results', () => {
  it('as JSON are decisions, rejections, allocations and compliance in the wire format, and nothing else', () => {
    const result = run(['--json'])
    expect(result.status).toBe(0)
    const found = parsed(result)
    expect(Object.keys(found)).toEqual(['decisions', 'rejections', 'released', 'allocations', 'compliance'])
    for (const decision of found.decisions) {
      expect(Decision.Decision.decode(decision)).toEqual(E.right(decision))
    }
    for (const name of ['released', 'allocations'])
      expect(Allocation.decodeAll(found[name])).toMatchObject({ left: [], right: found[name] })
    expect(Object.keys(found.compliance)).toEqual(['licenses', 'software'])
    expect(found.compliance.licenses).toHaveLength(example.catalog.licenses.length)
    expect(found.compliance.software).toHaveLength(example.catalog.software.length)
  })

  it('are those of the first synchronization, as JSON', () => {
    expect(run(['--json']).stdout).toBe(runOn(example, ['--json']).stdout)
    expect(run(['--as-of', '2026-01-31']).stdout).toContain('Three synchronizations')
    expect(runOn(example).stdout).not.toContain('synchronizations')
  })

  it('go into the next run, which keeps what it finds', () => {
    const { decisions, allocations } = parsed(run(['--json']))
    const again = parsed(runOn({ ...example, allocations }, ['--json']))
    expect(again.released).toEqual([])
    expect(again.allocations).toEqual(allocations)
    const licenses = ({ license }: { readonly license?: string }) => license
    expect(again.decisions.map(licenses)).toEqual(decisions.map(licenses))
    expect(again.decisions.filter(({ outcome }: Decision.Decision) => outcome === 'allocated')).toEqual([])
  })

  it('obey the options of whole runs', () => {
    const catalog = { ...small.catalog, licenses: [{ ...small.catalog.licenses[0], entitlements: 1 }] }
    const snapshots = [...small.snapshots, { ...small.snapshots[0], computer: { id: 'pc-2', name: 'PC-2' } }]
    const outcomes = (policy: unknown) =>
      parsed(
        runOn({ catalog, snapshots, allocations: [{ ...held, computer: 'pc-2' }], policy }, ['--json']),
      ).decisions.map(({ outcome }: Decision.Decision) => outcome)
    expect(outcomes({})).toEqual(['allocated', 'kept'])
    expect(outcomes({ capacity: 'enforced' })).toEqual(['unreconciled', 'kept'])
    expect(outcomes({ existing: 'reevaluate-all' })).toEqual(['allocated', 'allocated'])
    expect(outcomes({ existing: 'reevaluate-all', capacity: 'enforced' })).toEqual(['allocated', 'unreconciled'])
  })

  it('do not depend on the order of anything in the files', () => {
    const shuffledFiles = shuffled(example) as typeof example
    expect(runOn(shuffledFiles, ['--json']).stdout).toBe(run(['--json']).stdout)
    expect(runOn(shuffledFiles).stdout).toBe(runOn(example).stdout)
  })

  it('are written whole to whoever reads slowly, and cut short for whoever stops', async () => {
    const installations = Array.from({ length: 20_000 }, (_, at) => ({ id: `i-${String(at)}`, product: 'Visio 2024' }))
    const snapshots = [{ ...small.snapshots[0], installations }]
    expect(parsed(runOn({ ...small, snapshots }, ['--json'])).decisions).toHaveLength(20_000)

    const status = await new Promise<{ code: number | null; told: string }>((done) => {
      const child = spawn(process.execPath, [main, '--json'], { env: environment() })
      let told = ''
      child.stderr.on('data', (chunk: Buffer) => (told += chunk.toString()))
      child.stdout.destroy()
      child.on('close', (code) => done({ code, told }))
    })
    expect(status.code).toBe(0)
    expect(status.told).not.toMatch(/EPIPE|Error/)
  })

  it('of an empty estate are a report, too', () => {
    const { status, stdout } = runOn({ catalog: { software: [], licenses: [] }, snapshots: [] })
    expect(status).toBe(0)
    expect(stdout).toContain('0 computers, 0 installations, 0 licenses')
  })
})

describe('an explanation', () => {
  it('comes with the report, of the decision that was asked for', () => {
    const { status, stdout } = run(['--explain', 'autocad', '--computer', 'pc-pwm-001'])
    expect(status).toBe(0)
    expect(stdout).toMatch(/\nExplained\n {2}`Autodesk AutoCAD 2025` on `PWM-WS-001`/)
    // What was asked for is at the end, where whoever asked looks for it.
    expect(stdout.indexOf('\nExplained')).toBeGreaterThan(stdout.indexOf('\nCompliance'))
  })

  it('tells what stood before, and which licenses were full', () => {
    const { stdout: kept } = run(['--explain', 'bluebeam', '--computer', 'pc-pwm-007'])
    expect(kept).toMatch(/\nExplained\n[^]*`Bluebeam Revu 21 Complete` \(lic-bluebeam-complete\) – automatic.*: kept\n/)
    const licenses = [{ ...small.catalog.licenses[0], entitlements: 0 }]
    const given = { ...small, catalog: { ...small.catalog, licenses }, policy: { capacity: 'enforced' } }
    expect(runOn(given, ['--explain', 'i-1']).stdout).toContain('full: 0 of 0 entitlements taken')
  })

  it('comes with the JSON only where it was asked for', () => {
    const result = run(['--json', '--explain', 'autocad', '--computer', 'pc-pwm-001'])
    expect(Object.keys(parsed(result)).at(-1)).toBe('explanation')
    expect(parsed(result).explanation.decision).toMatchObject({ computer: 'pc-pwm-001', installation: 'autocad' })
  })

  it('needs the computer where several have that installation, and names them', () => {
    const { status, stdout, stderr } = run(['--explain', 'office'])
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    for (const { computer, installations = [] } of example.snapshots)
      expect(stderr.includes(computer.id)).toBe(
        installations.some(({ id }: { readonly id: string }) => id === 'office'),
      )
  })

  it.each([
    ['an installation that nobody has', ['--explain', 'nothing']],
    ['a computer that there is not', ['--explain', 'office', '--computer', 'nobody']],
    ['an installation that this computer does not have', ['--explain', 'office', '--computer', 'pc-sin-007']],
    ['the empty id', ['--explain', '']],
  ])('of %s is refused with status 2', (_, args) => {
    const { status, stdout, stderr } = run(args)
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toMatch(/no computer|no snapshot|does not have/)
  })

  it('never shows a key or serial number', () => {
    const secrets: ReadonlyArray<string> = [
      ...example.catalog.licenses,
      ...example.snapshots.flatMap(({ installations = [] }) => installations),
    ]
      .flatMap(({ serialNumber, installationKey }) => [serialNumber, installationKey])
      .filter((secret) => typeof secret === 'string')
      .map((secret: string) => secret.trim().toLowerCase())
      // What is as short as the end of a masked one may be met by chance.
      .filter((secret) => secret.length > 4)
    expect(secrets.length).toBeGreaterThan(40)
    const explanations = [
      ['autocad', 'pc-pwm-005'],
      ['office', 'pc-pwm-006'],
    ].flatMap(([installation = '', computer = '']) => {
      const asked = ['--explain', installation, '--computer', computer]
      return [run(asked), run([...asked, '--json'])]
    })
    expect(explanations.map(({ status }) => status)).toEqual([0, 0, 0, 0])
    const shown = explanations.flatMap(({ stdout, stderr }) => [stdout, stderr]).join('\n')
    expect(shown).toContain('****')
    expect(secrets.filter((secret) => shown.toLowerCase().includes(secret))).toEqual([])
  })
})

describe('texts from the records', () => {
  // eslint-disable-next-line no-control-regex -- these are what a terminal must not get
  const raw = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/

  const evil = 'x\u001b[31m\u009b2J\r\n\u0007\u202eexe\u2028\u2066\u061c$(id)'
  const hostile = {
    catalog: {
      organizations: [
        { id: `a${evil}`, name: evil },
        { id: `b${evil}`, name: evil },
      ],
      software: [{ id: evil, name: evil, products: [evil, `${evil}2`] }, { id: 7 }],
      licenses: [
        { id: evil, name: evil, software: evil, restrictions: { owners: [evil], organization: { unit: evil } } },
        { id: `${evil}2`, name: evil, software: evil, restrictions: { owners: [evil] } },
        { id: `${evil}3`, name: evil, software: evil, entitlements: evil },
      ],
    },
    snapshots: [
      {
        computer: { id: evil, name: evil },
        owner: evil,
        organization: evil,
        installations: [
          { id: evil, product: evil },
          { id: `${evil}3`, product: `${evil}4` },
        ],
      },
      { computer: { id: `${evil}2`, name: evil }, installations: [{ id: evil, product: evil }] },
    ],
    allocations: [
      { computer: evil, product: evil, license: `${evil}4`, origin: 'manual' },
      { computer: evil, product: `${evil}5`, license: evil, origin: 'manual', deallocateAutomatically: true },
      { computer: `${evil}2`, product: evil, license: `${evil}3`, origin: 'manual' },
      { computer: evil, product: evil, license: evil, origin: evil },
    ],
  }

  it('do not reach the terminal as they are', () => {
    for (const args of [
      [],
      ['--json'],
      ['--explain', evil],
      ['--explain', evil, '--computer', evil],
      ['--explain', evil, '--computer', evil, '--json'],
      ['--explain', `${evil}nobody`],
      ['--as-of', evil],
      [`--${evil}`],
      ['--policy', evil],
    ]) {
      const { stdout, stderr } = runOn(hostile, args)
      expect(stdout + stderr).not.toBe('')
      expect(stdout).not.toMatch(raw)
      expect(stderr).not.toMatch(raw)
    }
    const contradictory = {
      ...hostile,
      policy: { [evil]: evil },
      snapshots: hostile.snapshots.concat(hostile.snapshots[0]!),
    }
    contradictory.snapshots.push({ ...hostile.snapshots[1]!, computer: { id: evil, name: 'y' } })
    const { status, stdout, stderr } = runOn(contradictory, ['--json'])
    expect(status).toBe(2)
    expect(stdout + stderr).not.toMatch(raw)
  })

  it('are the same in JSON as in the file', () => {
    expect(parsed(runOn(hostile, ['--json'])).decisions[0]).toMatchObject({ computer: evil, product: evil })
  })

  it('are no words for a shell', () => {
    expect(runOn(hostile).stdout).not.toMatch(/--explain.*\$\(id\)/)
  })
})

describe('a real inventory', () => {
  const estate = fromRoot('../shared/data/estate')
  const files = ['--catalog', join(estate, 'catalog.json'), '--snapshots', join(estate, 'snapshots.json')]

  it.skipIf(!existsSync(estate))(`is decided to its end (skipped without ${estate})`, () => {
    const result = run([...files, '--json'])
    expect(result.status).toBe(0)
    expect(parsed(result).decisions).toHaveLength(4_121)
    expect(parsed(result).rejections).toEqual([])
    const installed = readJson(join(estate, 'snapshots.json')).flatMap(({ installations = [] }) => installations)
    expect(installed).toHaveLength(4_121)
    expect(run(files).stdout).toContain('18 computers, 4,121 installations')
  })
})
