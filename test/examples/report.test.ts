/**
 * The report as lines, without a process: widths, numbers, paint, and which decision is worth explaining.
 */
import { either as E } from 'fp-ts'
import { Allocation, AllocationPolicy, AuditSnapshot, Catalog } from 'seatwise'
import { describe, expect, it } from 'vitest'
import { changes } from '../../docs/examples/allocate/changes.mjs'
import { choose, find } from '../../docs/examples/allocate/explained.mjs'
import {
  bar,
  counted,
  enumerated,
  gauge,
  listed,
  number,
  share,
  shorten,
  tables,
  width,
  wrapped,
} from '../../docs/examples/shared/layout.mjs'
import { report } from '../../docs/examples/allocate/report.mjs'
import { readWeeks } from '../../docs/examples/allocate/input.mjs'
import { synchronize } from '../../docs/examples/allocate/synchronize.mjs'
import { following } from '../../docs/examples/allocate/weeks.mjs'
import { example, weekFiles } from './cli.js'

const canvas = (columns: number) => ({ columns, paint: (_: string, text: string) => text })

const right = <A>(either: E.Either<unknown, A>): A => {
  if (E.isLeft(either)) throw new Error(JSON.stringify(either.left))
  return either.right
}

interface Given {
  readonly catalog: unknown
  readonly snapshots: unknown
  readonly allocations?: unknown
}

const runOf = (given: Given, policy: AllocationPolicy.AllocationPolicy = {}) => {
  const { right: catalog, rejectedLicenses } = Catalog.decode(given.catalog)
  const { right: snapshots, incomplete } = AuditSnapshot.decodeAll(given.snapshots)
  const { right: allocations } = Allocation.decodeAll(given.allocations ?? [])
  return right(synchronize({ catalog, snapshots, allocations, incomplete, rejectedLicenses, policy, rejected: 0 }))
}

const laterThan = (run: ReturnType<typeof runOf>) => right(following(run, right(readWeeks(weekFiles))))

const long = 'a name that goes on and on, and then some more, until nobody wants to read any further'

/** Many records whose names are all long. */
const verbose = {
  catalog: {
    organizations: [
      { id: 'a', name: long },
      { id: 'b', name: long },
    ],
    software: Array.from({ length: 30 }, (_, at) => ({
      id: `s-${String(at)}`,
      name: `${String(at)} 漢字 ${long}`,
      products: [`p-${String(at)}`],
    })),
    licenses: Array.from({ length: 30 }, (_, at) => ({
      id: `l-${String(at)}`,
      name: `${String(at)} ${long}`,
      software: `s-${String(at)}`,
      restrictions: { owners: [at % 3 === 0 ? 'Ann' : 'Bob'], organization: { unit: long }, location: { unit: long } },
    })),
  },
  snapshots: Array.from({ length: 30 }, (_, computer) => ({
    computer: { id: `pc-${String(computer)}`, name: long },
    owner: 'Ann',
    installations: Array.from({ length: 30 }, (__, at) => ({ id: `i-${String(at)}`, product: `p-${String(at)}` })),
  })),
}

describe('the report', () => {
  it.each([72, 80, 100, 120])('fits into %i columns', (columns) => {
    for (const given of [example, verbose]) {
      const run = runOf(given)
      const later = laterThan(run)
      const lines = [...report(canvas(columns), run), ...report(canvas(columns), run, { later })]
      expect(lines.filter((line) => width(line) > columns)).toEqual([])
      expect(lines.filter((line) => line !== line.trimEnd())).toEqual([])
    }
  })

  it('shows all fifteen rules, dim where nothing was decided', () => {
    const paint = (style: string, text: string) => `<${style}>${text}</>`
    const lines = report({ columns: 100, paint }, runOf({ ...verbose, snapshots: [] }))
    const rules = lines.filter((line) => /^ {2}<dim>\d(\.\d)?\s*<\/>/.test(line))
    expect(rules).toHaveLength(15)
    expect(report(canvas(100), runOf(example)).filter((line) => /^ {2}\d(\.\d)? {2,}/.test(line))).toHaveLength(15)
  })

  it('is capped, and says by how much', () => {
    const text = report(canvas(100), runOf(verbose)).join('\n')
    expect(text).toMatch(/Unreconciled: 600 installations[^]*and 10 more, which --json lists/)
    expect(text).toMatch(/ and \d+ more\n/)
  })

  it('says so where there is nothing to say', () => {
    const text = report(canvas(100), runOf({ catalog: { software: [], licenses: [] }, snapshots: [] })).join('\n')
    expect(text).toMatch(/Unreconciled: none[^]*Violations: none[^]*Warnings: none/)
  })

  it('names the references that mean several units', () => {
    const text = report(canvas(100), runOf(example)).join('\n')
    expect(text).toContain('`Support` means several organizations')
    expect(text).toContain('`Floor 2` means several locations')
  })

  it('tells computers of one name apart', () => {
    const named = (id: string) => ({ computer: { id, name: 'PC' }, installations: [{ id: 'i', product: 'P' }] })
    const catalog = { software: [{ id: 's', name: 'S', products: ['P'] }], licenses: [] }
    const text = report(canvas(100), runOf({ catalog, snapshots: [named('1'), named('2')] })).join('\n')
    expect(text).toContain('S  2  PC (1), PC (2)')
  })
})

describe('allocations', () => {
  const license = (id: string, more = {}) => ({ id, name: id, software: 's', ...more })
  const given = {
    catalog: {
      software: [{ id: 's', name: 'S', products: ['P', 'Q'] }],
      licenses: [license('main', { main: true }), license('old', { retired: true })],
    },
    snapshots: [
      { computer: { id: '1', name: 'ONE' }, installations: [{ id: 'i', product: 'P' }] },
      { computer: { id: '2', name: 'TWO' }, installations: [{ id: 'i', product: 'P' }] },
    ],
    allocations: [
      { computer: '1', product: 'P', license: 'old', origin: 'manual' },
      { computer: '1', product: 'Q', license: 'main', origin: 'automatic', deallocateAutomatically: true },
      { computer: '2', product: 'P', license: 'gone', origin: 'manual' },
      { computer: '2', product: 'Q', license: 'main', origin: 'manual' },
    ],
  }

  it('are told by license, with the cause of each release', () => {
    const text = report(canvas(100), runOf(given)).join('\n')
    expect(text).toContain('Allocations: 4 before, 3 released, 2 added, 3 now')
    expect(text).toMatch(/released {2}gone +1 {2}license not in the catalog: TWO/)
    expect(text).toMatch(/released {2}main +1 {2}no longer installed: ONE/)
    expect(text).toMatch(/released {2}old +1 {2}license retired: ONE/)
    expect(text).toMatch(/added {5}main +2 {2}ONE, TWO/)
  })

  it('that a policy decides anew say so', () => {
    const [main] = given.catalog.licenses
    const catalog = { ...given.catalog, licenses: [main, license('other', { main: true })] }
    const allocations = [{ computer: '1', product: 'P', license: 'other', origin: 'manual' }]
    const run = runOf({ ...given, catalog, allocations }, { existing: 'reevaluate-all' })
    expect(report(canvas(100), run).join('\n')).toMatch(/released {2}other +1 {2}decided anew: ONE/)
  })

  it('of a retired tracked software say so', () => {
    const software = [{ id: 's', name: 'S', products: ['P', 'Q'], retired: true }]
    const allocations = [{ computer: '1', product: 'P', license: 'main', origin: 'manual' }]
    const run = runOf({ ...given, catalog: { ...given.catalog, software }, allocations })
    expect(report(canvas(100), run).join('\n')).toMatch(/released {2}main +1 {2}software retired: ONE/)
  })
})

describe('compliance', () => {
  const license = (id: string, more = {}) => ({ id, name: id, software: 's', ...more })
  const given = (licenses: ReadonlyArray<unknown>, allocations: ReadonlyArray<readonly [string, string]>) => ({
    catalog: { software: [{ id: 's', name: 'S', products: ['P'] }], licenses },
    snapshots: ['1', '2', '3'].map((id) => ({ computer: { id, name: id }, installations: [] })),
    allocations: allocations.map(([computer, license]) => ({ computer, license, product: 'P', origin: 'manual' })),
  })
  const linesOf = (...args: Parameters<typeof given>) => {
    const lines = report(canvas(100), runOf(given(...args)))
    return lines.slice(lines.findIndex((line) => line.startsWith('Compliance')))
  }

  it('shows what is missing first, most of it first, then what is left, most of it first', () => {
    const lines = linesOf(
      [
        license('one left', { entitlements: 2 }),
        license('balanced', { entitlements: 1 }),
        license('two missing', { entitlements: 0 }),
        license('two left', { entitlements: 2 }),
        license('one missing', { entitlements: 0 }),
        license('free'),
        license('gone', { retired: true, entitlements: 5 }),
      ],
      [
        ['1', 'one left'],
        ['1', 'balanced'],
        ['1', 'two missing'],
        ['2', 'two missing'],
        ['1', 'one missing'],
        ['1', 'free'],
      ],
    )
    expect(lines).toEqual([
      'Compliance: 2 of 7 licenses not compliant',
      '  2 over-licensed, 1 balanced, 1 not limited, 1 retired',
      '  two missing  2/0  ▒▒▒▒▒▒▒▒▒▒  under-licensed by 2',
      '  one missing  1/0  ▒▒▒▒▒▒▒▒▒▒  under-licensed by 1',
      '  two left     0/2  ░░░░░░░░░░  over-licensed by 2',
      '  one left     1/2  █████░░░░░  over-licensed by 1',
      '  software not compliant  1  S',
    ])
  })

  it('tells upgrades from the use of the license itself', () => {
    const line = linesOf(
      [license('old', { entitlements: 2 }), license('new', { upgradeFor: 'old' })],
      [
        ['1', 'old'],
        ['2', 'old'],
        ['3', 'new'],
      ],
    ).find((each) => each.startsWith('  old'))
    expect(line).toBe('  old  2+1/2  ███████▒▒▒  under-licensed by 1, 1 upgrade')
  })

  it.each([
    ['named-computer', { restrictions: { devices: ['X'] } }, 'computer not named'],
    ['named-computer', {}, 'names no computer'],
    ['site', { restrictions: { location: { unit: 'x' } } }, 'outside its unit'],
    ['site', {}, 'names no unit'],
  ])('says why a license with metric %s and %o is not compliant', (metric, more, reason) => {
    const of = (limit: { readonly entitlements?: number }) =>
      linesOf([license('L', { metric, ...more, ...limit })], [['1', 'L']])[1]
    expect(of({ entitlements: 3 })).toBe(`  L  1/3  ███░░░░░░░  over-licensed by 2, ${reason}`)
    expect(of({ entitlements: 1 })).toBe(`  L  1/1  ██████████  balanced, ${reason}`)
    expect(of({})).toBe(`  L  1  ██████████  not limited, ${reason}`)
  })

  it('is painted: what is not compliant to be seen', () => {
    const paint = (style: string, text: string) => `<${style}>${text}</>`
    const run = runOf(given([license('a', { entitlements: 0 }), license('b', { entitlements: 1 })], [['1', 'a']]))
    const text = report({ columns: 100, paint }, run).join('\n')
    expect(text).toMatch(/<yellow>▒+<\/>/)
    expect(text).toMatch(/<green>░+<\/>/)
  })
})

describe('the weeks', () => {
  const run = runOf(example)
  const later = laterThan(run)
  const lines = report(canvas(100), run, { later })

  it('come after the first report, with the compliance of the last', () => {
    const headings = lines.filter((line) => /^[A-Z]/.test(line)).map((line) => line.replace(/:.*/, ''))
    expect(headings).toEqual([
      ...['Outcomes', 'Decisions by rule', 'Unreconciled', 'Violations', 'Warnings', 'Allocations'],
      ...['Three synchronizations', 'Week 1', 'Week 2', 'Compliance'],
    ])
    const compliance = (some: ReadonlyArray<string>) =>
      some.slice(some.findIndex((line) => line.startsWith('Compliance')))
    expect(compliance(lines)).toEqual(compliance(report(canvas(100), later.at(-1)!)))
  })

  it('name the computer, the cause and the license of every change', () => {
    const text = lines.join('\n')
    expect(text).toMatch(/released +PWM-NB-007 +no longer installed +Bluebeam Revu 21 Complete\n/)
    expect(text).toMatch(/ RTM-NB-005 +owner changed, rule 2\.6 +Civil 3D 2025 Field Survey\n/)
    expect(text).toMatch(/ RTM-NB-009 +no longer given +Creative Cloud/)
  })

  it('have no change where nothing changed, even when all is decided anew', () => {
    const nothing = { licenses: [], snapshots: [], removed: [], allocations: [] }
    const again = runOf(example, { existing: 'reevaluate-all' })
    for (const first of [run, again]) expect(changes(first, right(following(first, [nothing]))[0]!)).toEqual([])
  })
})

describe('the decision that is explained', () => {
  it('is one by a rule on restrictions, with rivals', () => {
    const { catalog, decisions } = runOf(example)
    const chosen = choose(catalog, decisions)
    expect(chosen?.rule).toMatch(/^[23]\./)
    expect(chosen?.tied).toBeDefined()
  })

  it('is any there is, where there is no better one', () => {
    const { catalog, decisions } = runOf({ catalog: { software: [], licenses: [] }, snapshots: verbose.snapshots })
    expect(choose(catalog, decisions)).toBe(decisions[0])
    expect(choose(catalog, [])).toBeUndefined()
  })

  it('is found by its ids', () => {
    const { snapshots } = runOf(example)
    const found = find(snapshots, { installation: 'autocad', computer: 'pc-pwm-001' })
    expect(E.isRight(found) && found.right.snapshot.computer.id).toBe('pc-pwm-001')
  })
})

describe('lines', () => {
  it('numbers have their thousands set apart', () => {
    expect([0, 999, 1_000, 4_121, 1_234_567].map(number)).toEqual(['0', '999', '1,000', '4,121', '1,234,567'])
    expect([counted(1, 'license'), counted(2, 'license')]).toEqual(['1 license', '2 licenses'])
  })

  it('a share never says nothing of something, nor all of a part', () => {
    expect([share(0, 9), share(1, 100_000), share(1, 3), share(99_999, 100_000), share(9, 9), share(0, 0)]).toEqual([
      '0 %',
      '0.1 %',
      '33.3 %',
      '99.9 %',
      '100.0 %',
      '0 %',
    ])
  })

  it('a bar is as long as its part, and to be seen', () => {
    expect([bar(0, 8, 4), bar(1, 1_000, 4), bar(1, 4, 4), bar(3, 8, 4), bar(8, 8, 4), bar(0, 0, 4)]).toEqual([
      '',
      '▏',
      '█',
      '█▌',
      '████',
      '',
    ])
  })

  it('a gauge tells what is used, what is left and what is over the limit', () => {
    expect([gauge(1, 2, 4), gauge(0, 2, 4), gauge(4, 2, 4), gauge(2, 2, 4), gauge(1, 0, 4), gauge(0, 0, 4)]).toEqual([
      '██░░',
      '░░░░',
      '██▒▒',
      '████',
      '▒▒▒▒',
      '',
    ])
    expect([gauge(1, 1_000, 4), gauge(999, 1_000, 4), gauge(1_001, 1_000, 4)]).toEqual(['█░░░', '███░', '███▒'])
  })

  it('tables under each other have their columns aligned, and each says what it leaves out', () => {
    const lists = [
      {
        rows: [
          ['a', '1'],
          ['b', '2'],
        ],
        most: 1,
      },
      { rows: [], most: 1 },
      { rows: [['long', '3']], most: 1 },
    ]
    expect(tables(canvas(100), 'll', lists)).toEqual(['  a     1', '  and 1 more, which --json lists', '  long  3'])
  })

  it('a list shows what fits, and how many more there are', () => {
    const names = ['ant', 'bee', 'cat', 'dog']
    expect([100, 18, 17, 12, 5].map((columns) => listed(names, columns))).toEqual([
      'ant, bee, cat, dog',
      'ant, bee, cat, dog',
      'ant and 3 more',
      'ant and 3 m…',
      'ant …',
    ])
    expect(listed([], 10)).toBe('')
    expect(enumerated(['a'])).toBe('a')
    expect(enumerated(['a', 'b', 'c'])).toBe('a, b and c')
  })

  it('widths are those of a terminal', () => {
    expect(['abc', 'é', 'e\u0301', '漢字', '😀'].map(width)).toEqual([3, 1, 1, 4, 2])
    expect(shorten('漢字漢字', 5)).toBe('漢字…')
  })

  it('a long line goes on further in', () => {
    expect(wrapped('  one two three', 9)).toEqual(['  one two', '      three'])
    expect(wrapped('', 9)).toEqual([''])
  })
})
