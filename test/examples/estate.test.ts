/**
 * The example estate: it shows everything there is to show, and its README says of it what is so.
 */
import { readFileSync } from 'node:fs'
import { either as E, option as O } from 'fp-ts'
import { Allocation, AllocationPolicy, AuditSnapshot, Catalog, Day, Decision } from 'seatwise'
import { describe, expect, it } from 'vitest'
import { changes } from '../../docs/examples/allocate/changes.mjs'
import { standings } from '../../docs/examples/allocate/compliance.mjs'
import { figures } from '../../docs/examples/allocate/history.mjs'
import { readWeeks } from '../../docs/examples/allocate/input.mjs'
import { synchronize } from '../../docs/examples/allocate/synchronize.mjs'
import { following } from '../../docs/examples/allocate/weeks.mjs'
import { example, fromRoot, readJson, weekFiles } from './cli.js'

type Decision = Decision.Decision

const catalog = Catalog.decode(example.catalog)
const snapshots = AuditSnapshot.decodeAll(example.snapshots)
const allocations = Allocation.decodeAll(example.allocations)

const right = <A>(either: E.Either<unknown, A>): A => {
  if (E.isLeft(either)) throw new Error(JSON.stringify(either.left))
  return either.right
}

const runBy = (policy: AllocationPolicy.AllocationPolicy = {}, day?: string) => {
  const asOf = day === undefined ? O.none : Day.parse(day)
  return right(
    synchronize({
      catalog: catalog.right,
      snapshots: snapshots.right,
      allocations: allocations.right,
      incomplete: snapshots.incomplete,
      rejectedLicenses: catalog.rejectedLicenses,
      policy,
      ...(O.isSome(asOf) ? { asOf: asOf.value } : {}),
      rejected: 0,
    }),
  )
}

const firstRun = runBy()
const first: ReadonlyArray<Decision> = firstRun.decisions
const runs = [firstRun, ...right(following(firstRun, right(readWeeks(weekFiles))))]

const count = (holds: (decision: Decision) => unknown, decisions = first): number => decisions.filter(holds).length

// -------------------------------------------------------------------------------------
// the README
// -------------------------------------------------------------------------------------

const readme = readFileSync(fromRoot('docs/examples/estate/README.md'), 'utf8')

/** The rows of the table under a heading: their cells, without the marks of Markdown. */
const tables = (heading: string): ReadonlyArray<ReadonlyArray<ReadonlyArray<string>>> => {
  const section = readme.split(/^## /m).find((text) => text.startsWith(heading)) ?? ''
  return section
    .split(/\n\n/)
    .filter((block) => block.startsWith('|'))
    .map((block) =>
      block
        .trim()
        .split('\n')
        .map((row) => row.split('|').slice(1, -1))
        .map((cells) => cells.map((cell) => cell.trim().replaceAll('`', '')))
        .filter((cells) => !cells.every((cell) => /^-+$/.test(cell))),
    )
}

describe('the example estate', () => {
  it('has about forty computers and three hundred installations, all of them good', () => {
    expect([...catalog.left, ...snapshots.left, ...allocations.left]).toEqual([])
    expect(snapshots.right.length).toBeGreaterThanOrEqual(40)
    expect(first.length).toBeGreaterThanOrEqual(300)
    const given = snapshots.right.reduce((sum, { installations = [] }) => sum + installations.length, 0)
    expect(first).toHaveLength(given)
  })

  it('reaches every rule and every outcome of a first run', () => {
    expect(Allocation.table.filter(({ rule }) => count((decision) => decision.rule === rule) === 0)).toEqual([])
    for (const outcome of ['allocated', 'kept', 'unreconciled', 'untracked', 'skipped'])
      expect(count((decision) => decision.outcome === outcome)).toBeGreaterThan(0)
  })

  it('has weeks of good records', () => {
    for (const file of weekFiles) {
      const { licenses, snapshots, allocations = [] } = readJson(file)
      const decoded = [
        Catalog.decode({ software: [], licenses }),
        AuditSnapshot.decodeAll(snapshots),
        Allocation.decodeAll(allocations),
      ]
      expect(decoded.flatMap(({ left }) => left)).toEqual([])
    }
  })

  it('has weeks in which everything happens that can', () => {
    const kinds = runs.flatMap((run, at) => (at === 0 ? [] : changes(runs[at - 1]!, run))).map(({ kind }) => kind)
    expect([...new Set(kinds)].sort()).toEqual(
      ['license', 'computer', 'untouched', 'kept', 'violated', 'allocated', 'stays', 'released', 'unreconciled'].sort(),
    )
  })

  it('is left as it is by a run on what the last one left', () => {
    const { catalog, snapshots, allocations } = runs.at(-1)!
    const again = right(Allocation.run({ catalog, snapshots, allocations }))
    expect([again.released, again.added]).toEqual([[], []])
  })
})

describe('its README', () => {
  it('counts the records', () => {
    const { organizations = [], locations = [], software, licenses } = catalog.right
    const flat = readme.replace(/\s+/g, ' ')
    expect(flat).toContain(
      `${organizations.length} organizations, ${locations.length} locations, ${software.length} tracked software, ${licenses.length} licenses`,
    )
    expect(flat).toContain(`an array of ${snapshots.right.length} \`AuditSnapshot\`: ${first.length} installations`)
    const byHand = allocations.right.filter(({ origin }) => origin === 'manual').length
    const given = allocations.right.length
    expect(flat).toContain(`an array of ${given} \`Allocation\``)
    expect(flat).toContain(`${byHand} by hand, ${given - byHand} by an earlier run`)
  })

  it('counts what a first run decides', () => {
    const [outcomes = [], [rules = [], allocated = []] = []] = tables('What a first run decides')
    for (const [name = '', installations] of outcomes.slice(1)) {
      const [outcome, reason] = name.split(', ')
      expect([name, Number(installations)]).toEqual([
        name,
        count((decision) => decision.outcome === outcome && decision.reason === reason),
      ])
    }
    expect(outcomes.slice(1).reduce((sum, row) => sum + Number(row[1]), 0)).toBe(first.length)
    expect(rules.slice(1)).toEqual(Allocation.table.map(({ rule }) => rule))
    expect(allocated.slice(1).map(Number)).toEqual(rules.slice(1).map((name) => count(({ rule }) => rule === name)))
  })

  it('counts ties, violations and warnings', () => {
    const flat = readme.replace(/\s+/g, ' ')
    const violations = (kind: Decision.Restriction) => count((decision) => decision.violations?.includes(kind))
    const warnings = (kind: Decision.Warning) => count((decision) => decision.warnings?.includes(kind))
    const all = violations('location') + violations('organization') + violations('device')
    expect(flat).toContain(`${count(({ tied }) => tied)} of the decisions are tied`)
    expect(flat).toContain(
      `violated ${all} times: location ${violations('location')}, organization ${violations('organization')}, device ${violations('device')}`,
    )
    for (const kind of ['ambiguous-organization', 'ambiguous-location', 'several-mains'] as const)
      expect(flat).toContain(`\`${kind}\` ${warnings(kind)}`)
  })

  const examples = (tables('One example of each')[0] ?? []).slice(1)

  it('has examples of all rules', () => {
    const kinds = examples.map(([kind]) => kind)
    expect(Allocation.table.filter(({ rule }) => !kinds.includes(rule))).toEqual([])
  })

  it.each(examples.map(([kind = '', computer = '', installation = '']) => [kind, computer, installation] as const))(
    'is right about %s: %s, %s',
    (kind, computer, installation) => {
      const snapshot = snapshots.right.find((each) => each.computer.id === computer)
      const decision = first.find((each) => each.computer === computer && each.installation === installation)
      expect(snapshot).toBeDefined()
      if (kind === 'no decision, not reported') return expect(snapshot?.installations).toBeUndefined()
      if (kind === 'no decision, nothing installed') return expect(snapshot?.installations).toEqual([])
      const [what = '', which = ''] = kind.split(/,? /)
      if (what === 'tied') return expect(decision?.tied?.length).toBeGreaterThan(0)
      if (what === 'violation') return expect(decision?.violations).toContain(which)
      if (what === 'warning') return expect(decision?.warnings).toContain(which)
      if (what === 'skipped') return expect(decision).toMatchObject({ outcome: what, reason: which })
      return expect([decision?.outcome, decision?.rule]).toContain(what)
    },
  )

  const policies = (tables('What the policies change')[0] ?? []).slice(1)

  const allThree = {
    restrictions: 'strict',
    keyMatches: 'honor-restrictions',
    mainLicense: 'honor-restrictions',
  } as const

  it.each(policies.map(([text = '', changed = '', at = '', now = '']) => [text, changed, at, now] as const))(
    'is right about the policy %s',
    (text, changed, at, now) => {
      const [, option = '', value = '', day] = /^(\w+): ([\w-]+)(?:, asOf (\S+))?$/.exec(text) ?? []
      const policy = text === 'all three' ? allThree : { [option]: value }
      const second = runBy(policy, day).decisions
      const differs = ({ outcome, license, rule }: Decision, at: number) =>
        outcome !== second[at]?.outcome || license !== second[at].license || rule !== second[at].rule
      expect(first.filter(differs)).toHaveLength(Number(changed))

      const [computer, installation] = at.split('/')
      const decision = second.find((each) => each.computer === computer && each.installation === installation)
      if (now.startsWith('unreconciled')) expect(decision?.outcome).toBe('unreconciled')
      const rule = /at (\d(?:\.\d)?)/.exec(now)?.[1]
      if (rule !== undefined) expect(decision?.rule).toBe(rule)
    },
  )

  const fates = (tables('What became of the earlier allocations')[0] ?? []).slice(1)

  it('tells of each earlier allocation what became of it', () => {
    const keep = first.filter(({ outcome }) => outcome === 'kept')
    const fateOf = (allocation: Allocation.Allocation) => {
      const { computer, license } = allocation
      if (firstRun.released.includes(allocation)) return 'released'
      return keep.some((decision) => decision.computer === computer && decision.license === license)
        ? 'kept'
        : 'untouched'
    }
    expect(fates.map((cells) => cells.slice(0, 3))).toEqual(
      allocations.right.map((allocation) => [allocation.computer, allocation.license, fateOf(allocation)]),
    )
  })

  const [weeks = [], changed = []] = tables('Three synchronizations').map((rows) => rows.slice(1))

  it('counts what each synchronization does', () => {
    expect(weeks).toEqual(runs.map((run, at) => [at, ...figures(run)].map(String)))
  })

  it('tells every change of the weeks', () => {
    expect(changed).toEqual(
      runs.flatMap((run, at) =>
        at === 0
          ? []
          : changes(runs[at - 1]!, run).map(({ kind, computer = '', cause, names }) => [
              String(at),
              kind,
              computer,
              cause,
              names.join(', '),
            ]),
      ),
    )
  })

  const last = runs.at(-1)!

  it('counts what is not compliant at the end', () => {
    const { breached } = standings(last)
    const under = breached.filter(({ row }) => row.position === 'under-licensed').length
    expect(readme.replace(/\s+/g, ' ')).toContain(
      `${breached.length} of ${last.catalog.licenses.length} licenses are not compliant: ${under} are under-licensed, and in ${breached.length - under} nothing is missing`,
    )
  })

  const rows = (tables('Compliance at the end')[0] ?? []).slice(1)

  it.each(rows.map((cells) => [cells[0] ?? '', cells] as const))('is right about how %s stands', (id, cells) => {
    const license = last.catalog.licenses.find((each) => each.id === id)
    const row = last.compliance.licenses.find((each) => each.license === id)
    const upgrades = new Set(last.catalog.licenses.filter(({ upgradeFor }) => upgradeFor === id).map((each) => each.id))
    expect(cells.slice(1, 7)).toEqual([
      license?.metric ?? 'installation',
      String(row?.used),
      String(new Set(last.allocations.filter((each) => upgrades.has(each.license)).map((each) => each.computer)).size),
      String(license?.entitlements),
      row?.position ?? 'not limited',
      row?.compliant === true ? 'yes' : 'no',
    ])
  })
})
