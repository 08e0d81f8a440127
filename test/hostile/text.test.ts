/**
 * Text as it is compared (rows 72 to 78): kept as it was given, and equal to another by one declared form.
 */
import { Catalog } from 'seatwise'
import { describe, expect, test } from 'vitest'
import { entries, entry, type Raw } from './entries.js'
import { dotted, expectRejected, expectRejectedOnce, withField } from './plant.js'
import { license, snapshot, told, meet } from './worlds.js'

const blanks = ['', ' ', '   ', '\t', '\r\n', '\u00a0', '\u3000', '\ufeff', '\u2028', ' \u00a0\t\ufeff']

describe('white space alone is blank (row 72)', () => {
  test.each(entries)('and no id, among $collection', (each) => {
    for (const blank of blanks)
      expectRejectedOnce(each, {
        spoil: (record) => withField(record, each.idPath, blank),
        found: [['blank', dotted(each.idPath)]],
        json: true,
      })
    expectRejected(each, {
      spoil: (record) => withField(record, each.idPath, '\u00a0'),
      found: [['blank', dotted(each.idPath)]],
      json: true,
    })
  })

  test('and nothing at all in a field that may be absent', () => {
    const optional = [
      ['licenses', ['serialNumber', 'installationKey', 'restrictions', 'main', 'metric', 'entitlements', 'upgradeFor']],
      ['licenses', ['expires', 'retired']],
      ['software', ['retired']],
      ['organizations', ['parent']],
      ['snapshots', ['owner', 'organization', 'location', 'installations']],
      ['installations', ['serialNumber', 'installationKey']],
    ] as const
    for (const [collection, fields] of optional)
      for (const field of fields) {
        const { good, decode, parse } = entry[collection]
        const without = Object.fromEntries(Object.entries(good('r-1')).filter(([key]) => key !== field))
        for (const absent of [...blanks, null, undefined]) {
          const seen = decode([{ ...without, [field]: absent }])
          expect(seen.whole, field).toEqual(decode([without]).whole)
          expect(parse(JSON.stringify([{ ...without, [field]: absent }])).whole, field).toEqual(seen.whole)
        }
      }
  })

  test('and matches nothing, not even another blank (ALLOC-22, 32, 36)', () => {
    for (const blank of blanks) {
      expect(meet(blank, blank)).toBe(false)
      const world = (restrictions: Raw, more: Raw) => ({
        catalog: { licenses: [license('L-1', { restrictions })] },
        snapshots: [snapshot('pc-1', more)],
      })
      expect(told(world({ owners: [blank] }, { owner: blank }))).toEqual(['unreconciled'])
      expect(told(world({ devices: [blank] }, {}))).toEqual(['unreconciled'])
      expect(told(world({ organization: { unit: blank } }, { organization: blank }))).toEqual(['unreconciled'])
    }
  })
})

describe('characters that nobody sees are kept, and make a difference (row 73)', () => {
  const unseen = ['\u200b', '\u200d', '\u180e', '\u0000', '\u00ad', '\u2060', '\u001f']

  test.each(entries)('in ids, among $collection', (each) => {
    const ids = ['A1', ...unseen.flatMap((character) => [`A${character}1`, `A1${character}`, `${character}A1`])]
    const seen = each.decode(ids.map(each.good))
    expect([seen.ids, seen.rejections]).toEqual([ids, []])
    expect(each.parse(JSON.stringify(ids.map(each.good))).ids).toEqual(ids)
  })

  test('in what is compared', () => {
    for (const character of unseen) {
      expect(meet(`A${character}1`, 'A1')).toBe(false)
      expect(meet(`A1${character}`, 'A1')).toBe(false)
      expect(meet(`A${character}1`, `A${character}1`)).toBe(true)
    }
  })
})

describe('composed and decomposed letters', () => {
  test.each(entries)('make different ids, among $collection (row 74)', ({ decode, good }) => {
    expect(decode(['\u00e9', 'e\u0301'].map(good)).ids).toEqual(['\u00e9', 'e\u0301'])
  })

  test('make equal texts, as form C has it, and are kept as they were (row 74)', () => {
    expect(meet('Caf\u00e9', 'Cafe\u0301')).toBe(true)
    expect(meet('Caf\u00e9', 'Cafe\u0301', 'exact')).toBe(true)
    expect(meet('Caf\u00e9', 'Cafe')).toBe(false)
    const { right } = Catalog.decode({ software: [], licenses: [license('L', { name: 'Cafe\u0301' })] })
    expect(right.licenses[0]?.name).toBe('Cafe\u0301')
  })
})

test('no compatibility form is made: a ligature of 18 characters stays one (row 76)', () => {
  const bomb = '\ufdfa'
  expect(meet(bomb, bomb)).toBe(true)
  expect(meet(bomb, bomb.normalize('NFKC'))).toBe(false)
  expect(meet('\ufb01', 'fi')).toBe(false)
  for (const each of entries)
    expectRejectedOnce(each, {
      spoil: (record) => withField(record, each.idPath, bomb.repeat(1_000_000)),
      found: [['too-long', dotted(each.idPath)]],
    })
})

describe('letter case is simple, and the same everywhere', () => {
  test('in Turkish, too: dotted and dotless i (row 77)', () => {
    expect(meet('\u0130zmir', 'izmir')).toBe(true)
    expect(meet('I', 'i')).toBe(true)
    expect(meet('\u0131', 'i')).toBe(false)
    expect(meet('\u0131', 'I')).toBe(false)
    expect(meet('\u0130', 'i\u0307')).toBe(false)
  })

  test('sharp s, final sigma, Kelvin sign, long s (row 78)', () => {
    expect(meet('\u00df', 'ss')).toBe(false)
    expect(meet('\u1e9e', '\u00df')).toBe(true)
    expect(meet('\u0391\u03a3', '\u03b1\u03c3')).toBe(true)
    expect(meet('\u0391\u03a3', '\u03b1\u03c2')).toBe(false)
    expect(meet('\u212a', 'k')).toBe(true)
    expect(meet('\u017f', 's')).toBe(false)
    for (const [upper, lower] of [
      ['\u1e9e', '\u00df'],
      ['I', 'i'],
      ['\u03a3', '\u03c3'],
    ] as const)
      expect(meet(upper, lower, 'exact')).toBe(false)
  })
})
