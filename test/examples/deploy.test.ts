/**
 * Deployment on the command line: what it prints where, with which status it ends, and that the README of its example says
 * what is so.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { either as E, option as O } from 'fp-ts'
import {
  Day,
  Deployment,
  DeploymentDecision,
  DeploymentEvent,
  DeploymentOperation,
  Estate,
  Instant,
  LicenseType,
} from 'seatwise'
import { beforeAll, describe, expect, it } from 'vitest'
import { planned } from '../../docs/examples/deploy/planned.mjs'
import { actionTexts } from '../../docs/examples/deploy/actions.mjs'
import { report } from '../../docs/examples/deploy/report.mjs'
import { marksOf } from '../../docs/examples/deploy/timeline.mjs'
import { follow } from '../../docs/examples/deploy/year.mjs'
import { width } from '../../docs/examples/shared/layout.mjs'
import { fromRoot, hospital, requireBuild, run, runOnEstate, shuffled, start, withFolder, type Run } from './cli.js'

beforeAll(requireBuild)

const [NOW, UNTIL] = ['2026-11-20T08:00:00Z', '2027-11-20']
const now = ['--now', NOW]
const year = [...now, '--until', UNTIL]

const right = <A>(either: E.Either<unknown, A>): A => {
  if (E.isLeft(either)) throw new Error(JSON.stringify(either.left))
  return either.right
}

const some = <A>(option: O.Option<A>): A => right(E.fromOption(() => 'none')(option))

const parsed = ({ stdout }: Run) => JSON.parse(stdout)

const small = {
  settings: { umsVersion: '12.10.100', umsId: 'ums-1', automaticDeployment: true },
  packs: [
    {
      id: 'P-1',
      licenseType: 'workspace-edition',
      total: 1,
      allocated: 0,
      registered: '2026-02-01',
      expires: '2027-01-31',
      umsIds: ['ums-1'],
    },
  ],
  devices: ['d-1', 'd-2'].map((id, at) => ({
    id,
    unitId: `00E0C500000${at}`,
    osVersion: '12.5.0',
    registered: `2026-03-0${at + 1}T08:00:00Z`,
  })),
}

const badDevice = { id: 'd-3', osVersion: 'twelve', registered: '2026-03-10T08:00:00Z' }

const example = run([])
const estate = right(Estate.decode(hospital.estate)).right
const events = right(DeploymentEvent.decodeAll(hospital.events))
const [at, last] = [some(Instant.parse(NOW)), some(Day.parse(UNTIL))]
const plan = right(Deployment.plan(estate, at))
const horizon = (((last as number) + 1) * 86_400_000 - 1) as Instant.Instant

const planOf = (given: unknown) => right(planned(right(Estate.decode(given)).right, at, 0))

/** A plan and what follows it, with the decisions that were taken. */
const yearOf = (given: unknown, what: ReadonlyArray<DeploymentEvent.DeploymentEvent>, until = last) => {
  const made = planOf(given)
  const taken: Array<{ readonly at: string; readonly decision: DeploymentDecision.DeploymentDecision }> = []
  const after = right(
    follow(made.after, what, at, until, (when, decision) => taken.push({ at: Instant.show(when), decision })),
  )
  return { made, after, taken }
}

// A year of the example takes a second: it is gone through once, and by the whole command twice.
const { made, after, taken } = yearOf(hospital.estate, events)
const deployment = example.stdout.slice(example.stdout.indexOf('\nDeployment:') + 1)

const kindOf = ({ reason, action }: DeploymentDecision.DeploymentDecision): string => reason ?? action

/** The headings of a report: the lines that are not indented, up to a colon. */
const headings = (text: string) =>
  text
    .split('\n')
    .filter((line) => /^\S/.test(line))
    .map((line) => line.replace(/[:,].*/, ''))

const PLAN = ['Deployment', 'Decisions', 'Given out', 'Shortages', 'Nothing done', 'Coverage', 'Packs', 'Notifications']
const AFTER = [
  ...['What follows', 'Month by month', 'Packs through the days', 'Packs that run out', 'Lapses of cover'],
  'Renewals that would prevent them',
]

// -------------------------------------------------------------------------------------
// options
// -------------------------------------------------------------------------------------

describe('usage', () => {
  it.each([
    ['an estate without an instant', ['--estate', 'x'], '--estate needs --now'],
    ['events without an estate', ['--events', 'x', '--until', UNTIL], '--events needs --estate and --until'],
    ['events without an end', ['--estate', 'x', ...now, '--events', 'x'], '--events needs --estate and --until'],
    ['an instant that is none', ['--now', '2026-11-20'], '--now wants an instant'],
    ['an instant in another zone', ['--now', '2026-11-20T08:00:00+01:00'], '--now wants an instant'],
    ['an end that is no day', ['--until', '2027-02-30'], '--until wants a day'],
    ['an end before the instant', [...now, '--until', '2026-11-19'], 'not before 2026-11-20'],
    ['an end before the instant of the example', ['--until', '2026-11-19'], 'not before 2026-11-20'],
    [
      'an option of each half',
      ['--catalog', 'x', '--snapshots', 'x', '--device', 'y'],
      'give options of one of the two at a time',
    ],
    ['an unknown option', ['--devices', 'x'], "Unknown option '--devices'"],
    ['an option without its value', ['--device'], '--device'],
  ])('%s gets the usage on standard error and status 2', (_, args, problem) => {
    const { status, stdout, stderr } = run(args)
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr.slice(0, stderr.indexOf('Usage: npm start'))).toContain(problem)
  })

  it('options of both halves are named', () => {
    const { stderr } = run(['--explain', 'visio', '--policy', 'x', '--estate', 'x', ...now])
    expect(stderr).toMatch(/^--policy and --explain for allocation, --estate and --now for deployment: /)
  })

  it('help names every option', () => {
    const { status, stdout, stderr } = run(['--help', '--until', 'never'])
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    for (const option of ['--estate', '--now', '--until', '--events', '--device', '--json', '--catalog', '--explain'])
      expect(stdout).toMatch(new RegExp(`^  ${option} `, 'm'))
    expect(stdout.split('\n').filter((line) => line.length > 120)).toEqual([])
  })

  it('of one half shows that half alone', () => {
    expect(run(['--explain', 'autocad', '--computer', 'pc-pwm-001']).stdout).not.toContain('Deployment:')
    expect(run(['--json']).stderr).not.toContain('deployment')
    for (const args of [now, ['--device', 'gen-adm-07'], ['--until', '2026-11-30']]) {
      const { status, stdout } = run(args)
      expect(status).toBe(0)
      expect(stdout).toMatch(/^Deployment:/)
    }
  })
})

// -------------------------------------------------------------------------------------
// the example
// -------------------------------------------------------------------------------------

describe('the example', () => {
  it('shows deployment beside allocation', () => {
    expect(example.status).toBe(0)
    expect(example.stdout).toMatch(
      /^42 computers[^]*\nThree synchronizations[^]*\nCompliance[^]*\n\nDeployment: 77 devices/,
    )
    expect(example.stderr).toContain(
      'read 77 devices, 17 product packs, 5 bundled licenses, 20 directories and 31 events',
    )
  })

  it('prints every part', () => {
    expect(headings(deployment)).toEqual([...PLAN, 'One refusal explained', ...AFTER])
    expect(headings(run(now).stdout)).toEqual([...PLAN, 'One refusal explained'])
  })

  it('has every action, and more than fifteen reasons, each told in words', () => {
    const kinds = new Set(plan.decisions.map(kindOf))
    for (const action of ['assign', 'renew', 'exchange', 'deploy-bundled']) expect(kinds).toContain(action)
    expect(kinds.size - 4).toBeGreaterThanOrEqual(15)
    for (const kind of kinds) {
      const texts: Readonly<Record<string, string>> = { ...actionTexts, ...Deployment.reasonTexts }
      expect(example.stdout).toMatch(new RegExp(`^  ${kind} +\\d+ .*${texts[kind] ?? 'no text'}$`, 'm'))
    }
  })

  it('names who finds no free license, and explains one of them', () => {
    expect(example.stdout).toMatch(/\nShortages: [^]*\n {2}workspace-edition +1 {2}gen-adm-07\n/)
    expect(example.stdout).toMatch(
      /\nOne refusal explained\n {2}`workspace-edition` for `gen-adm-07`: .*no-free-license/,
    )
  })

  it('tells when packs run out, and which renewal would have prevented a lapse', () => {
    expect(example.stdout).toMatch(/\n {2}on 2026-12-09 {3}WE-25-0462 {3}workspace-edition\n/)
    expect(example.stdout).toMatch(/\n {2}2027-07-01 {2}to 2027-07-16 {2}workspace-edition +7 {2}mqc-room-04, /)
    expect(example.stdout).toMatch(/\n {2}WE-25-0462 {3}by 2027-06-30 +7 lapses {2}mqc-room-04, /)
    expect(example.stdout).toMatch(/\n {2}WE-25-0462 {3}▓!█+┤»█+ {2}12 to 14\/14 /)
    expect(example.stdout).toMatch(/\n {2}2027-01 +10 +0 +36 +1 +0 {2}/)
  })

  it('is what files of the same content give, whatever the order of anything in them', () => {
    // Events of one instant happen in the order of the list; the example has none.
    expect(new Set(events.map((event) => event.at)).size).toBe(events.length)
    const other = shuffled(hospital) as typeof hospital
    expect(runOnEstate(other, year).stdout).toBe(deployment)
    const more = ['--until', '2026-12-31', '--device', 'osl-rec-04', '--json']
    expect(runOnEstate(other, [...now, ...more]).stdout).toBe(run(more).stdout)
  })

  it('is the same in a process of its own', () => {
    const args = ['--device', 'gen-cart-03']
    expect(start(args)).toEqual(run(args))
  })
})

// -------------------------------------------------------------------------------------
// the data
// -------------------------------------------------------------------------------------

describe('as JSON', () => {
  it('a plan is decisions and operations in the wire format, and what they come to', () => {
    const { status, stdout } = run([...now, '--json'])
    expect(status).toBe(0)
    const results = JSON.parse(stdout)
    expect(Object.keys(results)).toEqual([
      ...['decisions', 'operations', 'rejections', 'coverage', 'consumption', 'notifications'],
    ])
    const decode = DeploymentDecision.DeploymentDecision.decode
    expect(results.decisions.map((decision: unknown) => right(decode(decision)))).toEqual(plan.decisions)
    const operations = results.operations.map((each: unknown) =>
      right(DeploymentOperation.DeploymentOperation.decode(each)),
    )
    expect(Deployment.enact(estate, operations)).toEqual({ estate: plan.estate, skipped: [] })
    expect(results.coverage).toEqual(right(Deployment.coverage(estate, at)))
    expect(results.consumption).toEqual(right(Deployment.consumption(plan.estate, at)))
  })

  const shown = run(['--until', '2026-12-31', '--json'])
  const found = parsed(shown)

  it('what follows is the decisions that were taken, each with its instant, and the forecast', () => {
    expect(Object.keys(found).slice(6)).toEqual(['taken', 'forecast', 'preventions'])
    const expected = yearOf(hospital.estate, events, some(Day.parse('2026-12-31')))
    expect(expected.taken.length).toBeGreaterThan(5)
    expect(
      found.taken.map(({ at: instant, ...decision }: { readonly at: string }) => ({
        at: instant,
        decision: right(DeploymentDecision.DeploymentDecision.decode(decision)),
      })),
    ).toEqual(expected.taken)
    const dayOf = (text: string) => some(Day.parse(text))
    const lapseOf = ({ from, until, ...lapse }: { readonly from: string; readonly until?: string }) => ({
      ...lapse,
      from: dayOf(from),
      ...(until === undefined ? {} : { until: dayOf(until) }),
    })
    expect(found.forecast.lapses.map(lapseOf)).toEqual(expected.after.forecast.lapses)
    expect(
      found.forecast.packs.map(({ runsOut, ...pack }: { readonly runsOut?: string }) => ({
        ...pack,
        ...(runsOut === undefined ? {} : { runsOut: some(Instant.parse(runsOut)) }),
      })),
    ).toEqual(expected.after.forecast.packs)
    expect(
      found.preventions.map(({ by, prevents, ...each }: { readonly by: string; readonly prevents: Array<never> }) => ({
        ...each,
        by: dayOf(by),
        prevents: prevents.map(lapseOf),
      })),
    ).toEqual(expected.after.preventions)
  })

  it('a year is read as the library reads it', () => {
    const history = right(Deployment.simulate(plan.estate, events, horizon, at))
    expect(after.forecast).toEqual(Deployment.forecast(history))
    expect(taken.map(({ decision }) => decision)).toEqual(
      [...history].flatMap((moment) => ('decisions' in moment ? moment.decisions : [])),
    )
  })

  it('explanations come only where a device was asked for, and their days are texts', () => {
    const { explanations } = parsed(run(['--json', '--device', 'osl-rec-04']))
    expect(explanations).toHaveLength(new Set(plan.decisions.map(LicenseType.show)).size)
    const ofBase = explanations.find(
      ({ decision }: { readonly decision: { readonly licenseType: string } }) =>
        decision.licenseType === 'workspace-edition',
    )
    expect(ofBase).toMatchObject({
      decision: { device: 'osl-rec-04', action: 'deploy-bundled', expires: '2029-10-31' },
      today: '2026-11-20',
    })
  })

  it('one record is one line', () => {
    const lines = shown.stdout.split('\n').filter((line) => /^ {4}\{/.test(line))
    expect(lines.filter((line) => line.includes('"action":"none"'))).toHaveLength(
      plan.decisions.filter(({ action }) => action === 'none').length,
    )
  })
})

describe('a device', () => {
  it('is explained for every license type, at the end', () => {
    const { status, stdout } = run(['--device', 'gen-lab-03', '--until', '2026-12-31'])
    expect(status).toBe(0)
    expect(headings(stdout)).toEqual([...PLAN, ...AFTER, 'Explained'])
    const explained = stdout.slice(stdout.indexOf('\nExplained: 11 license types'))
    const types = plan.decisions.filter(({ device }) => device === 'gen-lab-03').map(LicenseType.show)
    expect([...explained.matchAll(/^ {2}`(.*)` for `gen-lab-03`: /gm)].map(([, type]) => type)).toEqual(types)
    expect(types).toHaveLength(11)
  })

  it.each([
    ['that the estate does not have', 'gen-er-99'],
    ['with the empty id', ''],
    ['whose id only looks alike', 'GEN-ER-01'],
  ])('%s is refused with status 2', (_, id) => {
    for (const args of [[], ['--json']]) {
      const { status, stdout, stderr } = run(['--device', id, ...args])
      expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
      expect(stderr).toContain(`the estate has no device with the id \`${id}\``)
    }
  })
})

// -------------------------------------------------------------------------------------
// files of the caller
// -------------------------------------------------------------------------------------

describe('files', () => {
  it.each([
    ['that does not exist', undefined, 'cannot be read, there is no such file'],
    ['that is no JSON', '{"settings": R9K70215}', 'is not JSON'],
    ['that is no object', '[]', 'is no estate'],
    ['that is not UTF-8', Buffer.from([0x22, 0xe9, 0x22]), 'is not UTF-8'],
  ])('an estate %s is named in one line, with status 2', (_, content, problem) => {
    withFolder((folder) => {
      if (content !== undefined) writeFileSync(join(folder, 'my estate.json'), content)
      const { status, stdout, stderr } = run(['--estate', 'my estate.json', ...now, '--json'], folder)
      expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
      expect(stderr).toContain(`my estate.json: ${problem}`)
      expect(stderr.trim().split('\n')).toHaveLength(1)
      expect(stderr).not.toContain('R9K70215')
    })
  })

  it('all that is wrong with both is told', () => {
    const { status, stderr } = runOnEstate({ estate: [], events: {} }, year)
    expect(status).toBe(2)
    expect(stderr).toMatch(/^estate\.json: is no estate.*\nevents\.json: is no list of events\n$/)
  })

  it('a rejected record costs status 1, and the rest is decided', () => {
    const given = { estate: { ...small, devices: [...small.devices, badDevice] } }
    const result = runOnEstate(given, [...now, '--json'])
    expect(result.status).toBe(1)
    expect(parsed(result)).toMatchObject({
      decisions: [
        { device: 'd-1', action: 'assign', pack: 'P-1', expires: '2027-01-31' },
        { device: 'd-2', action: 'none', reason: 'no-free-license' },
      ],
      rejections: [{ code: 'version', path: 'devices[2].osVersion', id: 'd-3' }],
    })
    const { status, stdout, stderr } = runOnEstate(given, now)
    expect(status).toBe(1)
    expect(stderr).toContain('error at devices[2].osVersion (id `d-3`): version')
    expect(stdout).toContain('1 record rejected')
  })

  it('an exact duplicate is a warning, and no failure', () => {
    const given = { estate: { ...small, devices: [...small.devices, ...small.devices] } }
    const result = runOnEstate(given, [...now, '--json'])
    expect(result.status).toBe(0)
    expect(parsed(result).decisions).toHaveLength(2)
    expect(parsed(result).rejections).toMatchObject([{ code: 'duplicate', severity: 'warning' }, { code: 'duplicate' }])
  })

  it('without settings nothing is decided, and JSON says why', () => {
    const { packs, devices } = small
    const result = runOnEstate({ estate: { packs, devices: [badDevice, ...devices] } }, [...now, '--json'])
    expect(result.status).toBe(2)
    expect(Object.keys(parsed(result))).toEqual(['decisions', 'operations', 'rejections'])
    expect(parsed(result)).toMatchObject({ decisions: [], operations: [] })
    expect(parsed(result).rejections.map(({ path }: { readonly path: string }) => path)).toEqual([
      'settings',
      'devices[0].osVersion',
    ])
    expect(result.stderr).toMatch(/^nothing was decided, for 2 reasons:\n/)
  })

  it('contradictions are told, beside what is wrong with events', () => {
    const devices = [...small.devices, { ...small.devices[0], inRecycleBin: true }]
    const given = { estate: { ...small, devices }, events: [{ at: 'now', kind: 'reboot', device: 'd-1' }] }
    const result = runOnEstate(given, [...year, '--json'])
    expect(result.status).toBe(2)
    expect(parsed(result).rejections).toMatchObject([
      { code: 'instant', path: 'events[0].at' },
      { code: 'contradiction', path: 'devices[2]' },
    ])
    expect(runOnEstate({ estate: given.estate }, now)).toMatchObject({ status: 2, stdout: '' })
  })

  it.each([
    ['of an unknown kind', { at: NOW, kind: 'upgrade' }, 'events[0].kind'],
    ['about a pack that nobody knows', { at: NOW, kind: 'refresh', pack: 'P-9', changes: {} }, 'events[0].changes'],
    ['before now', { at: '2026-11-20T07:59:59Z', kind: 'reboot', device: 'd-1' }, 'events[0].at'],
  ])('an event %s is the failure of all', (_, event, path) => {
    const result = runOnEstate({ estate: small, events: [event] }, [...year, '--json'])
    expect(result.status).toBe(2)
    expect(parsed(result)).toMatchObject({ decisions: [], rejections: [{ path }] })
    expect(result.stderr).toContain(`error at ${path}`)
  })

  it('an estate with nothing in it is a report, too', () => {
    const nothing = { settings: small.settings, packs: [], devices: [] }
    const { status, stdout } = runOnEstate({ estate: nothing, events: [] }, year)
    expect(status).toBe(0)
    expect(stdout).toContain('Deployment: 0 devices, 0 product packs, 0 bundled licenses, 0 directories')
    expect(stdout).toMatch(/Given out: nothing[^]*Lapses of cover: none/)
    const quiet = runOnEstate({ estate: { settings: small.settings, packs: [], devices: small.devices } }, year)
    expect(quiet.stdout).toContain('Nothing done: 0 decisions')
  })

  it('are simulated without events, up to the end of the day', () => {
    const { stdout } = runOnEstate({ estate: small }, [...now, '--until', '2027-02-01'])
    expect(stdout).toContain('What follows, from 2026-11-20 to 2027-02-01, with 0 events')
    expect(stdout).toMatch(/Lapses of cover: 1 lapse on 1 device\n {2}2027-02-01 {2}and stays so/)
    expect(runOnEstate({ estate: small }, [...now, '--until', '2027-01-31']).stdout).toContain('Lapses of cover: none')
  })
})

// -------------------------------------------------------------------------------------
// lines
// -------------------------------------------------------------------------------------

const canvas = (columns: number) => ({ columns, paint: (_: string, text: string) => text })

const long = 'a name that goes on and on, 漢字 and then some more, until nobody wants to read any further'

/** Many packs, types and devices whose names are all long, and large counts. */
const verbose = {
  settings: { ...small.settings, umsVersion: '12.13.100', licenseExchange: true },
  packs: Array.from({ length: 30 }, (_, pack) => ({
    ...small.packs[0],
    ...(pack % 3 === 0 ? {} : { licenseType: 'add-on', addOn: `${String(pack)} ${long}` }),
    distribution: { method: 'enabled' },
    id: `${String(pack)} ${long}`,
    total: 1_234_567,
    allocated: 1_234_560,
  })),
  devices: Array.from({ length: 12 }, (_, device) => ({ ...small.devices[0], id: `${String(device)} ${long}` })),
}

describe('the report', () => {
  const large = yearOf(verbose, [])

  it.each([72, 80, 100, 120])('fits into %i columns', (columns) => {
    for (const [of, year] of [
      [made, after],
      [large.made, large.after],
    ] as const) {
      const lines = report(canvas(columns), of, { year })
      expect(lines.filter((line) => width(line) > columns)).toEqual([])
      expect(lines.filter((line) => line !== line.trimEnd())).toEqual([])
    }
  })

  it('is as wide with color as without', () => {
    const paint = (style: string, text: string) => `<${style}>${text}</>`
    const painted = report({ columns: 80, paint }, made, { year: after })
    const plain = report(canvas(80), made, { year: after })
    expect(painted.map((line) => line.replace(/<\w+>|<\/>/g, '').trimEnd())).toEqual(plain)
    expect(painted.join('\n')).toMatch(/<yellow>!█+/)
  })

  it('is capped, and says by how much', () => {
    const text = report(canvas(100), large.made).join('\n')
    expect(text).toMatch(/Packs: [^]* {2}and 6 more, which --json lists/)
  })

  it.each([
    ['2026-11-20', 1],
    ['2027-12-31', 14],
    ['2028-01-01', 5],
    ['2036-11-20', 11],
  ])('a time up to %s has %i rows of months', (day, rows) => {
    const short = yearOf(small, [], some(Day.parse(day)))
    const text = report(canvas(80), short.made, { year: short.after }).join('\n')
    const section = text.slice(text.indexOf('Month by month'), text.indexOf('Packs through'))
    expect(section.split('\n').filter((line) => /^ {2}(from )?\d{4}-\d\d /.test(line))).toHaveLength(rows)
  })

  it('marks what happens to a pack', () => {
    const marksFor = (pack: string) => {
      const life = after.lives.find(({ id }) => id === pack)!
      return marksOf(life, after).map(({ day, mark }) => `${mark} ${Day.show(day as Day.Day)}`)
    }
    expect(marksFor('WE-21-0098')).toEqual(['× 2026-12-07'])
    expect(marksFor('WE-24-1180')).toEqual(['! 2026-11-20', '» 2027-01-12', '! 2027-01-26', '! 2027-03-10'])
    expect(marksFor('WE-25-0462')).toEqual(['! 2026-12-09', '┤ 2027-06-30', '» 2027-07-16'])
    expect(marksFor('WE-26-0731')).toEqual(['├ 2027-03-01', '! 2027-06-20'])
    expect(marksFor('WE-27-0915')).toEqual(['├ 2027-09-06', '! 2027-09-20'])
  })
})

describe('the packs of a year', () => {
  it('end as the simulation says', () => {
    const ends = after.lives.flatMap(({ steps }) => steps.at(-1)?.pack ?? [])
    const byId = (packs: ReadonlyArray<{ readonly id: string }>) =>
      Object.fromEntries(packs.map((pack) => [pack.id, pack]))
    expect(byId(ends)).toEqual(byId(after.end.packs))
  })
})

// -------------------------------------------------------------------------------------
// what nobody may see
// -------------------------------------------------------------------------------------

describe('secrets', () => {
  it('no serial number is in any output', () => {
    const serials: ReadonlyArray<string> = [
      ...[...hospital.estate.devices, ...hospital.estate.bundled],
      ...hospital.events.flatMap(({ device }: { readonly device: unknown }) => device ?? []),
    ]
      .map(({ serialNumber }) => serialNumber)
      .filter((serial) => typeof serial === 'string')
    expect(serials.length).toBeGreaterThan(80)
    const asked = ['--device', 'osl-rec-04']
    const shown = [example, run(asked), run([...asked, '--until', '2026-12-31', '--json'])]
      .flatMap(({ stdout, stderr }) => [stdout, stderr])
      .join('\n')
    expect(shown).toContain('****')
    expect(serials.filter((serial) => shown.includes(serial))).toEqual([])
  })

  it('nor in what is said about a bad record', () => {
    const bundled = [{ serialNumber: 'R9K70215-33841-7C', licenseType: 'workspace' }]
    const given = { estate: { ...small, bundled, devices: [{ ...badDevice, serialNumber: 4_711_000_123_456 }] } }
    for (const args of [now, [...now, '--json']]) {
      const { status, stdout, stderr } = runOnEstate(given, args)
      expect(status).toBe(1)
      expect(stdout + stderr).not.toMatch(/R9K70215|33841|4711000/)
    }
  })
})

describe('texts from the records', () => {
  // eslint-disable-next-line no-control-regex -- these are what a terminal must not get
  const raw = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/

  const evil = 'x\u001b[31m\u009b2J\r\n\u0007\u202eexe\u2028\u2066\u061c$(id)'
  const hostile = {
    settings: { ...small.settings, umsId: evil },
    directories: [{ id: evil, name: evil }],
    packs: [
      { ...small.packs[0], id: evil, umsIds: [evil] },
      { ...small.packs[0], id: `${evil}2`, licenseType: 'add-on', addOn: evil, umsIds: [evil] },
    ],
    devices: [
      ...small.devices.map((device) => ({ ...device, id: `${device.id}${evil}`, directory: evil, views: [evil] })),
      { ...badDevice, id: evil },
    ],
    bundled: [{ serialNumber: evil, licenseType: 'workspace-edition', separatedTo: evil }],
  }

  it('do not reach the terminal as they are', () => {
    const happening = [{ at: NOW, kind: 'remove-pack', pack: evil }]
    for (const args of [year, [...year, '--json'], [...year, '--device', `d-2${evil}`], [...year, '--device', evil]]) {
      const { stdout, stderr } = runOnEstate({ estate: hostile, events: happening }, args)
      expect(stdout + stderr).not.toBe('')
      expect(stdout).not.toMatch(raw)
      expect(stderr).not.toMatch(raw)
    }
    for (const args of [
      ['--now', evil],
      ['--until', evil],
      [...now, '--estate', evil],
      ['--device', evil],
    ])
      expect(run(args).stderr).not.toMatch(raw)
  })

  it('are no words for a shell', () => {
    expect(runOnEstate({ estate: hostile }, now).stdout).not.toMatch(/--device.*\$\(id\)/)
  })
})

// -------------------------------------------------------------------------------------
// the README
// -------------------------------------------------------------------------------------

const readme = readFileSync(fromRoot('docs/examples/deployment-estate/README.md'), 'utf8')

/** The rows of the tables under a heading, without the one of the titles: their cells, without the marks of Markdown. */
const tables = (heading: string): ReadonlyArray<ReadonlyArray<ReadonlyArray<string>>> =>
  (readme.split(/^## /m).find((text) => text.startsWith(heading)) ?? '')
    .split(/\n\n/)
    .filter((block) => block.startsWith('|'))
    .map((block) =>
      block
        .trim()
        .split('\n')
        .slice(2)
        .map((row) =>
          row
            .split('|')
            .slice(1, -1)
            .map((cell) => cell.trim().replaceAll('`', '')),
        ),
    )

describe('the README of the example', () => {
  it('counts the records', () => {
    expect(readme.replace(/\s+/g, ' ')).toContain(
      `${estate.devices.length} devices in ${estate.directories?.length} directories, ${estate.packs.length} product packs, ${estate.bundled?.length} bundled licenses`,
    )
    expect(readme).toContain(`an array of ${events.length} \`DeploymentEvent\``)
  })

  it('counts the decisions', () => {
    const [rows = []] = tables('What a plan')
    const kinds = plan.decisions.map(kindOf)
    expect(rows.map(([kind]) => kind)).toHaveLength(new Set(kinds).size)
    for (const [kind, count] of rows)
      expect([kind, kinds.filter((each) => each === kind).length]).toEqual([kind, Number(count)])
  })

  const [examples = []] = tables('One example of each')

  it('has one example of each', () => {
    expect([...new Set(examples.map(([kind]) => kind))].sort()).toEqual([...new Set(plan.decisions.map(kindOf))].sort())
  })

  it.each(examples.map(([kind = '', device = '', type = '']) => [kind, device, type] as const))(
    'is right about %s: %s, %s',
    (kind, device, type) => {
      const decision = plan.decisions.find((each) => each.device === device && LicenseType.show(each) === type)
      expect(decision === undefined ? 'no decision' : kindOf(decision)).toBe(kind)
    },
  )

  const [happened = [], counts = [], out = [], lapses = []] = tables('What happens in the year')

  it('tells every event', () => {
    const about = (event: DeploymentEvent.DeploymentEvent) => {
      switch (event.kind) {
        case 'register':
          return event.device.id
        case 'refresh':
        case 'remove-pack':
          return event.pack
        case 'settings':
          return ''
        case 'check':
          return (event.devices ?? []).join(', ')
        case 'device':
        case 'reboot':
        case 'delete':
          return event.device
      }
    }
    expect(happened.map((row) => row.slice(0, 3))).toEqual(
      events.map((event) => [Instant.show(event.at), event.kind, about(event)]),
    )
  })

  it('counts what is taken', () => {
    const count = (action: string) => taken.filter(({ decision }) => decision.action === action).length
    expect(counts).toEqual([['assign', 'deploy-bundled', 'renew', 'exchange'].map(count).map(String)])
  })

  it('tells which packs run out, and who takes the last license', () => {
    const later = after.forecast.packs.filter(({ runsOut }) => runsOut !== undefined && runsOut > at)
    expect(out.map(([pack, day]) => `${pack} ${day}`).sort()).toEqual(
      later.map(({ pack, runsOut = at }) => `${pack} ${Instant.show(runsOut).slice(0, 10)}`).sort(),
    )
    for (const [pack, day = '', who = ''] of out) {
      const takers = taken.filter(
        ({ at: when, decision }) => decision.pack === pack && when.startsWith(day) && decision.action !== 'renew',
      )
      expect(takers.at(-1)?.decision.device).toBe(/^[\w-]+/.exec(who)?.[0])
    }
  })

  it('tells the lapses, and the renewals that would have prevented them', () => {
    const keyOf = ({ from, until, ...type }: Deployment.Lapse) =>
      [Day.show(from), until === undefined ? '' : Day.show(until), LicenseType.show(type)].join(' ')
    const keys = after.forecast.lapses.map(keyOf)
    expect([...new Set(keys)]).toEqual(lapses.map((row) => row.slice(0, 3).join(' ')))
    for (const [from = '', until = '', type = '', count, renewal = ''] of lapses) {
      const key = [from, until, type].join(' ')
      expect([key, keys.filter((each) => each === key).length]).toEqual([key, Number(count)])
      const renewals = after.preventions
        .filter(({ prevents }) => prevents.some((each) => keyOf(each) === key))
        .map(({ pack, by }) => `${pack} by ${Day.show(by)}`)
      if (renewal.startsWith('none')) expect(renewals).toEqual([])
      else expect(renewals).toContain(renewal)
    }
  })
})
