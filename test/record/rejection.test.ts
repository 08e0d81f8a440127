/**
 * Rejections as people read them (src/record/Rejection.ts).
 */
import { AuditSnapshot, Catalog, Rejection } from 'seatwise'
import { describe, expect, test } from 'vitest'
import { entry } from '../hostile/entries.js'
import { snapshot } from '../hostile/worlds.js'
import { stepsOf } from './fields.js'

describe('a path', () => {
  test.each([
    [[], ''],
    [['licenses'], 'licenses'],
    [['licenses', 3], 'licenses[3]'],
    [['licenses', 3, 'restrictions', 'organization', 'unit'], 'licenses[3].restrictions.organization.unit'],
    [['snapshots', 0, 'installations', 12, 'id'], 'snapshots[0].installations[12].id'],
    [['a', '_b', '$c', 'd1'], 'a._b.$c.d1'],
    [[0, 1], '[0][1]'],
    [['licenses', 'two words'], 'licenses["two words"]'],
    [['licenses', '1st'], 'licenses["1st"]'],
    [['licenses', 'a.b'], 'licenses["a.b"]'],
    [['licenses', ''], 'licenses[""]'],
    [['licenses', 'größe'], 'licenses["größe"]'],
    [['two words'], '["two words"]'],
    [['__proto__'], '__proto__'],
  ])('%j is written %j', (steps, path) => {
    expect(Rejection.showPath(steps)).toBe(path)
    expect(stepsOf(path)).toEqual(steps)
  })

  test('is printable and short, whatever the fields are called', () => {
    expect(Rejection.showPath(['a', 'b\n\u202ec'])).toBe('a["b\\u{a}\\u{202e}c"]')
    expect(Rejection.showPath(['a', 'x'.repeat(100)])).toBe(`a["${'x'.repeat(63)}…"]`)
    expect(Rejection.showPath(['a', 'x'.repeat(64)])).toBe(`a.${'x'.repeat(64)}`)
    expect(Rejection.showPath(['a', `${'x'.repeat(64)}\n`]).length).toBeLessThan(75)
  })
})

describe('a rejection on one line', () => {
  const rejection: Rejection.Rejection = {
    code: 'type',
    severity: 'error',
    path: 'licenses[0].software',
    collection: 'licenses',
    index: 0,
    id: 'L-1',
    preview: '7',
    hint: 'write a text',
  }

  test('says where, of which record, what, and what to do', () => {
    expect(Rejection.render(rejection)).toBe('error at licenses[0].software (id `L-1`): type, found `7`; write a text')
  })

  test('leaves out what is not known', () => {
    const { id: _id, preview: _preview, index: _index, ...less } = rejection
    expect(Rejection.render(less)).toBe('error at licenses[0].software: type; write a text')
    expect(Rejection.render({ ...less, path: '', severity: 'warning' })).toBe(
      'warning at the input: type; write a text',
    )
  })

  test('shows an id that is long or cannot be printed in part and in escapes', () => {
    expect(Rejection.render({ ...rejection, id: 'a\r\nb' })).toContain('(id `a\\u{d}\\u{a}b`)')
    expect(Rejection.render({ ...rejection, id: 'x'.repeat(1000) }).length).toBeLessThan(200)
  })
})

describe('a rejection names its record', () => {
  test('by the id that it has, as far as that is one', () => {
    const idsOf = (records: ReadonlyArray<unknown>) => entry.licenses.decode(records).rejections.map(({ id }) => id)
    expect(idsOf([{ id: 'L-1', software: 'x' }])).toEqual(['L-1'])
    expect(idsOf([{ id: 7, name: 'x', software: 'x' }])).toEqual([undefined])
    expect(idsOf([{ id: ' ', name: 'x', software: 'x' }])).toEqual([undefined])
    expect(idsOf([{ id: 'x'.repeat(65_537), name: 'x', software: 'x' }])).toEqual([undefined])
    expect(idsOf([{ id: 'x'.repeat(65_536), name: 7, software: 'x' }])).toEqual(['x'.repeat(65_536)])
    expect(idsOf([7, null, 'L-1'])).toEqual([undefined, undefined, undefined])
    expect(idsOf([Object.create({ id: 'inherited', name: 'x', software: 'x' })])).toEqual([
      undefined,
      undefined,
      undefined,
    ])
    expect(idsOf([Object.defineProperty({ name: 'x' }, 'id', { get: () => 'x', enumerable: true })])).toEqual([
      undefined,
    ])
  })

  test('by collection and index, also within a snapshot', () => {
    const { left } = AuditSnapshot.decodeAll([
      snapshot('pc-0'),
      snapshot('pc-1', { installations: [{ id: 'i-0', product: 'P' }, { id: 'i-1' }] }),
      { computer: { id: 'pc-2' } },
    ])
    expect(left).toMatchObject([
      { collection: 'installations', index: 1, id: 'i-1', path: 'snapshots[1].installations[1].product' },
      { collection: 'snapshots', index: 2, id: 'pc-2', path: 'snapshots[2].computer.name' },
    ])
  })

  test('and what was found', () => {
    const previewOf = (value: unknown) =>
      entry.licenses.decode([{ id: 'L', name: value, software: 'x' }]).rejections.map(({ preview }) => preview)
    expect(previewOf(7)).toEqual(['7'])
    expect(previewOf(-0)).toEqual(['0'])
    expect(previewOf(Number.NaN)).toEqual(['NaN'])
    expect(previewOf(10n)).toEqual(['10'])
    expect(previewOf(true)).toEqual(['true'])
    expect(previewOf(null)).toEqual(['null'])
    expect(previewOf([1, 2])).toEqual(['a list'])
    expect(previewOf({ a: 1 })).toEqual(['an object'])
    expect(previewOf(() => 'x')).toEqual(['a function'])
    expect(previewOf(Symbol('x'))).toEqual(['a symbol'])
    expect(previewOf(undefined)).toEqual([undefined])
    expect(previewOf('a\ud800')).toEqual(['a\\u{d800}'])
    expect(previewOf(' \t')).toEqual([' \\u{9}'])
  })
})

describe('rejections and tallies', () => {
  test('stand in the order of the input, collection by collection', () => {
    const bad = { id: 7, name: 'x' }
    const { left, tallies } = Catalog.decode({
      licenses: [bad],
      software: [{ ...bad, products: [] }],
      locations: [bad, bad],
      organizations: [bad],
    })
    expect(left.map(({ path }) => path)).toEqual([
      'organizations[0].id',
      'locations[0].id',
      'locations[1].id',
      'software[0].id',
      'licenses[0].id',
      'licenses[0].software',
    ])
    expect(tallies.map(({ collection, given, rejected }) => [collection, given, rejected])).toEqual([
      ['organizations', 1, 1],
      ['locations', 2, 2],
      ['software', 1, 1],
      ['licenses', 1, 1],
    ])
  })

  test('count a record with several faults once', () => {
    expect(entry.licenses.decode([{}]).tally).toMatchObject({ given: 1, accepted: 0, rejected: 1 })
    expect(entry.licenses.decode([{}]).rejections.length).toBe(3)
  })
})
