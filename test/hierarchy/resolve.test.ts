/**
 * What a reference to a unit means (src/hierarchy/Hierarchy.ts; ALLOC-72), step by step. The laws are in test/laws.
 */
import { either as E } from 'fp-ts'
import { Hierarchy, Text } from 'seatwise'
import { describe, expect, test } from 'vitest'

type Unit = Hierarchy.Node<string>

const unit = (id: string, name: string, parent?: string): Unit => ({
  id,
  name,
  ...(parent === undefined ? {} : { parent }),
})

const built = (units: ReadonlyArray<Unit>, mode: Text.TextMode = 'case-insensitive'): Hierarchy.Hierarchy<string> => {
  const hierarchy = Hierarchy.build(Text.form(mode))(units)
  return E.isRight(hierarchy) ? hierarchy.right : expect.fail(JSON.stringify(hierarchy.left))
}

/** The ids that a reference means: one, several, or none. */
const meaning = (units: ReadonlyArray<Unit>, mode?: Text.TextMode) => {
  const resolve = Hierarchy.resolve(built(units, mode))
  return (reference: string): string => {
    const found = resolve(reference)
    switch (found._tag) {
      case 'Found':
        return found.unit
      case 'Ambiguous':
        return found.units.join('|')
      case 'Unknown':
        return 'unknown'
      case 'Blank':
        return 'blank'
    }
  }
}

const company: ReadonlyArray<Unit> = [
  unit('1', 'Acme'),
  unit('2', 'Sales', '1'),
  unit('3', 'Support', '2'),
  unit('4', 'Support', '1'),
  unit('5', 'Emea', '2'),
  unit('6', 'R&D', '1'),
]

describe('the first step that finds a unit decides (ALLOC-72)', () => {
  test('an id, exactly as given, before anything else', () => {
    const mean = meaning([...company, unit('Sales', 'Other'), unit('Acme/Sales', 'Another')])
    expect(mean('Sales')).toBe('Sales')
    expect(mean('sales')).toBe('2')
    expect(mean('Acme/Sales')).toBe('Acme/Sales')
    expect(mean('acme/Sales')).toBe('2')
    expect(mean(' Sales')).toBe('2')
  })

  test('a path, before a name', () => {
    const mean = meaning([...company, unit('7', 'Acme/Sales', '1')])
    expect(mean('Acme/Sales')).toBe('2')
    expect(mean('Acme/Acme/Sales')).toBe('unknown')
  })

  test('a root is its own path: it comes before units below others with its name', () => {
    const mean = meaning([...company, unit('7', 'Acme', '2')])
    expect(mean('Acme')).toBe('1')
    expect(mean('Acme/Sales/Acme')).toBe('7')
  })

  test('a name, of a unit at any depth', () => {
    const mean = meaning(company)
    expect(mean('Emea')).toBe('5')
    expect(mean('Sales')).toBe('2')
    expect(mean('r&d')).toBe('6')
  })

  test('a name with a separator in it, where no path leads anywhere', () => {
    const mean = meaning([...company, unit('7', 'Print/Scan', '1'), unit('8', 'A\\B')])
    expect(mean('Print/Scan')).toBe('7')
    expect(mean('print/scan')).toBe('7')
    expect(mean('Print\\Scan')).toBe('unknown')
    expect(mean('A\\B')).toBe('8')
    expect(mean('Acme/Print/Scan')).toBe('unknown')
  })
})

describe('a path', () => {
  const mean = meaning(company)

  test.each([
    ['Acme/Sales/Support', '3'],
    ['Acme\\Sales\\Support', '3'],
    ['Acme/Sales\\Support', '3'],
    ['ACME/sales/SUPPORT', '3'],
    [' Acme / Sales / Support ', '3'],
    ['Acme/Support', '4'],
    ['Acme', '1'],
    ['Sales/Support', 'unknown'],
    ['Acme/Sales/', 'unknown'],
    ['/Acme/Sales', 'unknown'],
    ['Acme//Sales', 'unknown'],
    ['Acme/Sal', 'unknown'],
    ['Acme/Sales/Support/More', 'unknown'],
    ['/', 'unknown'],
    ['\\\\', 'unknown'],
  ])('%j means %s', (reference, expected) => {
    expect(mean(reference)).toBe(expected)
  })

  test('of letters in another case is none where letter case counts', () => {
    const exact = meaning(company, 'exact')
    expect(exact('ACME/Sales')).toBe('unknown')
    expect(exact(' Acme / Sales ')).toBe('2')
    expect(exact('emea')).toBe('unknown')
  })

  test('of composed letters is that of decomposed ones', () => {
    const caf = meaning([unit('1', 'Caf\u00e9'), unit('2', 'Bar', '1')], 'exact')
    expect(caf('Cafe\u0301/Bar')).toBe('2')
  })
})

describe('a reference that means several units is ambiguous (ALLOC-46)', () => {
  test('by name', () => {
    expect(meaning(company)('support')).toBe('3|4')
  })

  test('by path, where siblings have one name, and on to what is below them', () => {
    const twins = [unit('r', 'Acme'), unit('b', 'Sales', 'r'), unit('a', 'SALES', 'r'), unit('c', 'Emea', 'a')]
    const mean = meaning(twins)
    expect(mean('Acme/Sales')).toBe('a|b')
    expect(mean('Acme/Sales/Emea')).toBe('c')
    expect(meaning([...twins, unit('d', 'emea', 'b')])('acme/sales/emea')).toBe('c|d')
  })

  test('by the name of several roots', () => {
    expect(meaning([unit('2', 'Acme'), unit('1', 'acme')])('ACME')).toBe('1|2')
    expect(meaning([unit('2', 'Acme'), unit('1', 'acme')], 'exact')('Acme')).toBe('2')
  })

  test('but an id is never', () => {
    expect(meaning([unit('x', 'a'), unit('a', 'x'), unit('b', 'x')])('x')).toBe('x')
  })
})

describe('a reference that means nothing', () => {
  test('is blank, or unknown', () => {
    const mean = meaning(company)
    for (const blank of ['', ' ', '\t\u00a0', '\ufeff']) expect(mean(blank)).toBe('blank')
    for (const unknown of ['Legal', 'Acme/Legal', '\u200b', '__proto__', 'constructor'])
      expect(mean(unknown)).toBe('unknown')
    expect(meaning([])('Acme')).toBe('unknown')
  })
})

describe('the lineage of a unit', () => {
  test('is the unit and all above it, up to the root', () => {
    const line = Hierarchy.lineage(built(company))
    expect(line('3')).toEqual(['3', '2', '1'])
    expect(line('1')).toEqual(['1'])
    expect(line('nobody')).toEqual([])
  })

  test('within chosen units is what of it was chosen', () => {
    const within = (...chosen: ReadonlyArray<string>) => Hierarchy.lineageWithin(built(company))(new Set(chosen))
    expect(within('1', '3')('3')).toEqual(['3', '1'])
    expect(within('1', '2')('3')).toEqual(['2', '1'])
    expect(within('4')('3')).toEqual([])
    expect(within()('3')).toEqual([])
    expect(within('1')('nobody')).toEqual([])
  })
})

test('of several nodes with one id the first counts', () => {
  const hierarchy = built([unit('a', 'First'), unit('a', 'Second'), unit('b', 'B', 'a')])
  expect(Hierarchy.resolve(hierarchy)('First/B')).toEqual({ _tag: 'Found', unit: 'b' })
  expect(Hierarchy.resolve(hierarchy)('Second')).toEqual({ _tag: 'Unknown' })
})

test('ids may be any text', () => {
  const units = [unit('__proto__', 'P'), unit('constructor', 'C', '__proto__'), unit('/', 'S', 'constructor')]
  const mean = meaning(units)
  expect([mean('__proto__'), mean('P/C'), mean('/'), mean('P/C/S')]).toEqual(['__proto__', 'constructor', '/', '/'])
  expect(Hierarchy.lineage(built(units))('/')).toEqual(['/', 'constructor', '__proto__'])
})
