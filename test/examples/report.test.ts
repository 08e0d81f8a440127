/**
 * The report as lines, without a process: widths, numbers, paint, and which decision is worth explaining.
 */
import { either as E } from 'fp-ts'
import { Allocation, AuditSnapshot, Catalog } from 'seatwise'
import { describe, expect, it } from 'vitest'
import { choose, find } from '../../docs/examples/allocate/explained.mjs'
import {
  bar,
  counted,
  enumerated,
  listed,
  number,
  share,
  shorten,
  width,
  wrapped,
} from '../../docs/examples/allocate/layout.mjs'
import { report } from '../../docs/examples/allocate/report.mjs'
import { example } from './cli.js'

const canvas = (columns: number) => ({ columns, paint: (_: string, text: string) => text })

const runOf = (given: { readonly catalog: unknown; readonly snapshots: unknown }) => {
  const { right: catalog } = Catalog.decode(given.catalog)
  const { right: snapshots } = AuditSnapshot.decodeAll(given.snapshots)
  const outcome = Allocation.run({ catalog, snapshots })
  if (E.isLeft(outcome)) throw new Error(JSON.stringify(outcome.left))
  return { catalog, snapshots, policy: {}, decisions: outcome.right.decisions, rejected: 0 }
}

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
      const lines = report(canvas(columns), runOf(given), undefined, false)
      expect(lines.filter((line) => width(line) > columns)).toEqual([])
      expect(lines.filter((line) => line !== line.trimEnd())).toEqual([])
    }
  })

  it('shows all fifteen rules, dim where nothing was decided', () => {
    const paint = (style: string, text: string) => `<${style}>${text}</>`
    const lines = report({ columns: 100, paint }, runOf({ ...verbose, snapshots: [] }), undefined, false)
    const rules = lines.filter((line) => /^ {2}<dim>\d(\.\d)?\s*<\/>/.test(line))
    expect(rules).toHaveLength(15)
    expect(
      report(canvas(100), runOf(example), undefined, false).filter((line) => /^ {2}\d(\.\d)? {2,}/.test(line)),
    ).toHaveLength(15)
  })

  it('is capped, and says by how much', () => {
    const text = report(canvas(100), runOf(verbose), undefined, false).join('\n')
    expect(text).toMatch(/Unreconciled: 600 installations[^]*and 10 more, which --json lists/)
    expect(text).toMatch(/ and \d+ more\n/)
  })

  it('says so where there is nothing to say', () => {
    const text = report(
      canvas(100),
      runOf({ catalog: { software: [], licenses: [] }, snapshots: [] }),
      undefined,
      false,
    ).join('\n')
    expect(text).toMatch(/Unreconciled: none[^]*Violations: none[^]*Warnings: none/)
  })

  it('names the references that mean several units', () => {
    const text = report(canvas(100), runOf(example), undefined, false).join('\n')
    expect(text).toContain('`Support` means several organizations')
    expect(text).toContain('`Floor 2` means several locations')
  })

  it('tells computers of one name apart', () => {
    const named = (id: string) => ({ computer: { id, name: 'PC' }, installations: [{ id: 'i', product: 'P' }] })
    const catalog = { software: [{ id: 's', name: 'S', products: ['P'] }], licenses: [] }
    const text = report(canvas(100), runOf({ catalog, snapshots: [named('1'), named('2')] }), undefined, false).join(
      '\n',
    )
    expect(text).toContain('S  2  PC (1), PC (2)')
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
