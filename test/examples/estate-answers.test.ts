/**
 * The answers of the example to single questions about deployment, as their users ask them.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { either as E } from 'fp-ts'
import { Deployment, DeploymentDecision, DeploymentOperation } from 'seatwise'
import { beforeAll, describe, expect, test } from 'vitest'
import { requireBuild, run, runOnEstate, withFolder } from './cli.js'

beforeAll(requireBuild)

const NOW = ['--now', '2026-11-20T08:00:00Z']

const estate = {
  settings: { umsVersion: '12.10.100', umsId: 'ums-1', automaticDeployment: true },
  packs: [
    { id: 'P-1', total: 1, starts: '2026-03-01', expires: '2027-01-31' },
    { id: 'P-2', total: 5, starts: '2026-12-01', expires: '2026-11-30', active: false },
  ].map((pack) => ({
    licenseType: 'workspace-edition',
    allocated: 0,
    registered: '2026-02-01',
    umsIds: ['ums-1'],
    ...pack,
  })),
  devices: ['d-1', 'd-2', 'd-3'].map((id) => ({
    id,
    unitId: `unit-${id}`,
    osVersion: '12.5.0',
    registered: `2026-03-0${id.slice(2)}T08:00:00Z`,
  })),
}
const broken = { ...estate, packs: [...estate.packs, ...estate.packs.map((pack) => ({ ...pack, total: 99 }))] }

const ask = (args: ReadonlyArray<string>, of: unknown = estate) => runOnEstate({ estate: of }, [...NOW, ...args])

describe('an analysis', () => {
  test('says what is wrong with an estate, and nothing of decisions', () => {
    const { status, stdout, stderr } = ask(['--analyze'])
    expect(status).toBe(0)
    expect(stdout).toContain('pack-starts-after-it-expires')
    expect(stdout).not.toContain('d-1')
    expect(stderr).toBe('read 3 devices, 2 product packs, 0 bundled licenses and 0 directories\n')
  })

  test('as JSON has the findings, their days as texts', () => {
    const { findings, rejections } = JSON.parse(ask(['--analyze', '--json']).stdout) as {
      readonly findings: ReadonlyArray<{ readonly code: string; readonly witness: unknown }>
      readonly rejections: ReadonlyArray<unknown>
    }
    expect(rejections).toEqual([])
    expect(findings.find(({ code }) => code === 'pack-starts-after-it-expires')?.witness).toEqual({
      pack: 'P-2',
      starts: '2026-12-01',
      expires: '2026-11-30',
    })
  })

  test('of nothing found says so', () => {
    const [first] = estate.packs
    expect(ask(['--analyze'], { ...estate, packs: [first] }).stdout).toBe('nothing was found in this estate\n')
  })

  test('without an option of deployment is about allocation', () => {
    expect(run(['--analyze']).stderr).toContain('this is the example estate')
    const { stdout, stderr } = run([...NOW, '--analyze'])
    expect(stderr).toContain('this is the example of deployment')
    expect(stdout).toContain('[pack-over-allocated; ALD-48]')
  })
})

describe('edits', () => {
  const edited = (edits: unknown, args: ReadonlyArray<string> = []) =>
    withFolder((folder) => {
      writeFileSync(join(folder, 'edits.json'), JSON.stringify(edits))
      writeFileSync(join(folder, 'estate.json'), JSON.stringify(estate))
      return run(['--estate', 'estate.json', ...NOW, '--what-if', 'edits.json', ...args], folder)
    })

  test('are answered by what they would change', () => {
    const { status, stdout } = edited([{ kind: 'change-pack', pack: 'P-1', changes: { total: 2 } }])
    expect(status).toBe(0)
    expect(stdout).toContain('1 → 2 of 3 decisions do something')
    expect(stdout).toContain('nobody would be worse off')
  })

  test('as JSON have operations and decisions in the wire format', () => {
    const told = JSON.parse(edited([{ kind: 'remove-pack', pack: 'P-1' }], ['--json']).stdout)
    expect(told.coverage.before).toMatchObject({ planned: 1 })
    expect(told.worseOff).toMatchObject([{ device: 'd-1', before: { pack: 'P-1', expires: '2027-01-31' } }])
    for (const { operation, planned, before, after } of told.diff) {
      if (operation !== 'decide') expect(E.isRight(DeploymentOperation.DeploymentOperation.decode(planned))).toBe(true)
      else
        for (const side of [before, after])
          expect(side === undefined || E.isRight(DeploymentDecision.DeploymentDecision.decode(side))).toBe(true)
    }
  })

  test('of which only reasons differ are in JSON, and no row of the text reads the same on both sides', () =>
    withFolder((folder) => {
      writeFileSync(join(folder, 'edits.json'), JSON.stringify([{ kind: 'remove-pack', pack: 'EMP-24-0310' }]))
      const answer = (args: ReadonlyArray<string> = []) =>
        run([...NOW, '--what-if', 'edits.json', ...args], folder).stdout
      expect(JSON.parse(answer(['--json'])).types).toMatchObject([{ licenseType: 'enterprise-management-pack' }])
      const text = answer()
      expect(text).toContain('`EMP-24-0310`: 13 of 12 allocated → not there')
      expect(text).not.toMatch(/: (.+) → \1$/m)
    }))

  test.each([
    ['an unknown pack', [{ kind: 'remove-pack', pack: 'P-9' }], 'edits[0].pack: unknown-value'],
    ['an edit of allocation', [{ kind: 'buy', license: 'L-1', entitlements: 1 }], 'edits[0]'],
    ['no list', {}, 'edits.json: is no list of edits'],
  ])('that are %s are told, and nothing is answered', (_, edits, told) => {
    const { status, stdout, stderr } = edited(edits)
    expect([status, stdout]).toEqual([2, ''])
    expect(stderr).toContain(told)
  })
})

describe('what would have to change', () => {
  test('is told of a device and a type, as all the smallest sets', () => {
    const { status, stdout } = ask(['--would-serve', 'd-3', '--type', 'workspace-edition'])
    expect(status).toBe(0)
    expect(stdout).toBe(
      [
        '`d-3`, workspace-edition: none, no license is free.',
        'To have it served, this is enough:',
        '  1. add 2 licenses to pack `P-1`: assign from pack `P-1`',
        '',
      ].join('\n'),
    )
  })

  test('without a type is told of each that is decided on for the device', () => {
    const [first, second] = estate.packs
    const packs = [
      first,
      { ...second, licenseType: 'udc3', assigned: false },
      { ...first, id: 'P-3', licenseType: 'isl' },
    ]
    const { status, stdout } = ask(['--would-serve', 'd-3'], { ...estate, packs })
    expect(status).toBe(0)
    expect(stdout).toBe(
      [
        // Nothing is deployed of this type, whatever changes.
        '`d-3`, isl: none, licenses of this type are not deployed automatically.',
        'No set of up to 2 remedies would have it served.',
        '',
        '`d-3`, udc3: none, the pack is deactivated.',
        'No set of up to 2 remedies would have it served.',
        'To look further, which takes longer, add --bound 3',
        '',
        '`d-3`, workspace-edition: none, no license is free.',
        'To have it served, this is enough:',
        '  1. add 2 licenses to pack `P-1`: assign from pack `P-1`',
        '',
      ].join('\n'),
    )
  })

  test('of a device that is served is nothing', () => {
    expect(ask(['--would-serve', 'd-1']).stdout).toContain('assign from pack `P-1`.\nNothing has to change.')
  })

  test('as JSON has remedies and decisions in the wire format', () => {
    const { counterfactuals } = JSON.parse(
      run(['--would-serve', 'gen-adm-07', '--type', 'workspace-edition', '--json']).stdout,
    )
    expect(counterfactuals).toHaveLength(1)
    const [{ bound, decision, answers }] = counterfactuals
    expect(bound).toBe(2)
    expect(decision).toMatchObject({ device: 'gen-adm-07', reason: 'no-free-license' })
    expect(answers.length).toBeGreaterThan(1)
    for (const answer of answers) {
      expect(E.isRight(DeploymentDecision.DeploymentDecision.decode(answer.decision))).toBe(true)
      for (const remedy of answer.remedies) expect(E.isRight(Deployment.Remedy.decode(remedy))).toBe(true)
    }
  })

  test('takes a bound', () => {
    const { stdout } = run(['--would-serve', 'gen-adm-07', '--type', 'enterprise-management-pack', '--bound', '1'])
    expect(stdout).toContain(
      'No single remedy would have it served.\nTo look further, which takes longer, add --bound 2',
    )
  })

  test.each([
    [['--would-serve', 'd-9'], 'the estate has no device with the id `d-9`'],
    [['--would-serve', 'd-1', '--type', 'udc3'], 'what is decided: `workspace-edition`'],
  ])('%s: what is nowhere is told', (args, told) => {
    const { status, stdout, stderr } = ask(args)
    expect([status, stdout]).toEqual([2, ''])
    expect(stderr).toContain(told)
  })

  test('an estate that contradicts itself has no answer, and JSON says why', () => {
    for (const question of [['--analyze'], ['--would-serve', 'd-1']]) {
      const { status, stdout, stderr } = ask([...question, '--json'], broken)
      expect(status).toBe(2)
      expect(stderr).toContain('nothing was decided, for')
      expect(JSON.parse(stdout).rejections.length).toBeGreaterThan(0)
    }
  })

  test('an estate without license types says so', () => {
    expect(ask(['--would-serve', 'd-1'], { ...estate, packs: [] }).stderr).toContain('no license type is in use')
  })

  test('is hinted at by the report, for the first shortage', () => {
    expect(run(NOW).stdout).toContain(
      'and what would help: --would-serve gen-er-board --type enterprise-management-pack',
    )
  })
})
