/**
 * Characters that do harm where they are written or shown (rows 80 to 82).
 */
import { AuditSnapshot, Catalog, Rejection } from 'seatwise'
import { describe, expect, test } from 'vitest'
import { entries, entry, type Raw } from './entries.js'
import { dotted, expectHarmless, expectRejected, expectRejectedOnce, expectShowable, withField } from './plant.js'
import { meet } from './worlds.js'

describe('half a character is refused: it would become another one when it is encoded (row 80)', () => {
  const halves = ['\ud800', 'a\udbff', '\udc00b', '\udfff\ud800', 'x\ud83dx']

  test.each(entries)('in ids, among $collection', (each) => {
    for (const half of halves)
      expectRejectedOnce(each, {
        spoil: (record) => withField(record, each.idPath, half),
        found: [['ill-formed', dotted(each.idPath)]],
        json: true,
      })
    expectRejected(each, {
      spoil: (record) => withField(record, each.idPath, '\ud800'),
      found: [['ill-formed', dotted(each.idPath)]],
      json: true,
    })
    expectHarmless(each, (record) => ({ ...record, extra: '\ud800', '\ud800': 1 }))
  })

  test('in every other text of a license', () => {
    const list = (half: string) => ['PC-1', half]
    const fields: ReadonlyArray<readonly [ReadonlyArray<string>, (half: string) => unknown, string]> = [
      [['name'], (half) => half, '.name'],
      [['software'], (half) => half, '.software'],
      [['serialNumber'], (half) => half, '.serialNumber'],
      [['installationKey'], (half) => half, '.installationKey'],
      [['upgradeFor'], (half) => half, '.upgradeFor'],
      [['restrictions', 'devices'], list, '.restrictions.devices[1]'],
      [['restrictions', 'owners'], list, '.restrictions.owners[1]'],
      [['restrictions', 'organization', 'unit'], (half) => half, '.restrictions.organization.unit'],
    ]
    for (const [path, value, found] of fields)
      expectRejectedOnce(entry.licenses, {
        spoil: (record) => withField(record, path, value('\ud800')),
        found: [['ill-formed', found]],
        json: true,
      })
  })

  test('and a pair is a character', () => {
    expect(meet('\ud83d\ude00', '\ud83d\ude00')).toBe(true)
    expect(meet('\ud801\udc00', '\ud801\udc28')).toBe(true)
  })
})

describe('a byte order mark before JSON is passed over (row 81)', () => {
  test.each(entries)('of $collection', ({ decode, good }) => {
    const catalog = { software: [], licenses: [] }
    expect(Catalog.parse(`\ufeff${JSON.stringify(catalog)}`)).toEqual(Catalog.decode(catalog))
    expect(AuditSnapshot.parseAll('\ufeff[]')).toEqual(AuditSnapshot.decodeAll([]))
    expect(decode([good('r-1')]).ids).toEqual(['r-1'])
  })

  test('one, and only before it', () => {
    for (const json of ['\ufeff\ufeff[]', '[\ufeff]', '\ufeff'])
      expect(AuditSnapshot.parseAll(json).left.map(({ code }) => code)).toEqual(['syntax'])
  })
})

describe('nothing that is shown breaks a line, colors a terminal or turns the writing (row 82)', () => {
  const evil = [
    '\u202egnp.exe',
    '\u001b[31mred',
    'one\r\ntwo',
    '\u0000',
    '\u0085',
    '\u2028',
    '\u2066x\u2069',
    '\u200fx',
  ]

  test.each(entries)('among $collection', (each) => {
    for (const text of evil) {
      const bad = { ...withField(each.good(`id ${text} id`), ['extra'], { [text]: null }), name: 7, product: 7 }
      const cyclic: Raw = { ...bad, [text]: {} }
      ;(cyclic[text] as Raw)['again'] = cyclic
      const { rejections } = each.decode([bad, cyclic, { ...each.good(text), [text]: undefined }, text, { [text]: 1 }])
      expectShowable(rejections)
      // The id is data, as it was given; one line of text is not.
      for (const line of rejections.map(Rejection.render))
        expect(line).toMatch(/^[^\p{Cc}\p{Zl}\p{Zp}\u200f\u202a-\u202e\u2066-\u2069]*$/u)
    }
  })

  test('and the texts themselves are kept as they are', () => {
    for (const text of evil)
      expect(entry.licenses.decode([entry.licenses.good(`id ${text}`)]).ids).toEqual([`id ${text}`])
  })
})
