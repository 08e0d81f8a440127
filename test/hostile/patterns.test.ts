/**
 * Texts that would be hard for a pattern, or be taken for one (rows 84 to 88).
 */
import { describe, expect, test } from 'vitest'
import { dotted, everywhere, expectRejectedOnce, withField } from './plant.js'
import { license, snapshot, told, unit, meet } from './worlds.js'

everywhere('a text that would be hard for a pattern is refused by its length, or read in one pass (row 84)', (each) => {
  for (const text of [
    'A'.repeat(100_000),
    `${'A1-'.repeat(33_333)}!`,
    `x${' '.repeat(100_000)}x`,
    '\u0000'.repeat(100_000),
  ])
    expectRejectedOnce(each, {
      spoil: (record) => withField(record, each.idPath, text),
      found: [['too-long', dotted(each.idPath)]],
      json: true,
    })
  const longest = `x${' '.repeat(65_534)}x`
  expect(each.decode([withField(each.good('r-1'), each.idPath, longest)]).tally.accepted).toBe(1)
})

test('what looks like a pattern is a text like any other (row 85)', () => {
  for (const pattern of ['.*', '^S', '(a+)+$', '*', 'S?', '[A-Z]', '%', '_']) {
    expect(meet(pattern, 'S-1')).toBe(false)
    expect(meet(pattern, pattern)).toBe(true)
  }
})

test('serial numbers that say nothing are compared as they are (row 86)', () => {
  for (const serial of ['0', 'None', 'To be filled by O.E.M.', 'System Serial Number', '00000000', 'N/A', 'unknown']) {
    expect(meet(serial, serial.toUpperCase())).toBe(true)
    expect(meet(serial, `${serial}0`)).toBe(false)
  }
})

describe('a path means the unit at its end, and no text that begins alike (row 88)', () => {
  const organizations = [
    unit('r', undefined, 'Acme'),
    unit('b', 'r', 'Berlin'),
    unit('b2', 'r', 'Berlin2'),
    unit('m', 'b', 'Mitte'),
    unit('s', undefined, 'A\\B'),
  ]
  const within = (restriction: string, organization: string) =>
    told({
      catalog: {
        organizations,
        licenses: [license('L-1', { restrictions: { organization: { unit: restriction, includeSubunits: true } } })],
      },
      snapshots: [snapshot('pc-1', { organization })],
    })[0] === 'L-1 by 3.2'

  test.each([
    ['Acme/Berlin', 'b', true],
    ['Acme\\Berlin', 'Acme/Berlin/Mitte', true],
    [' acme / BERLIN ', 'm', true],
    ['Acme/Berlin', 'b2', false],
    ['Acme/Berlin', 'Acme/Berlin2', false],
    ['Acme/Berlin/', 'b', false],
    ['Acme\\Berlin\\', 'b', false],
    ['/Acme/Berlin', 'b', false],
    ['Acme//Berlin', 'b', false],
    ['Berlin/Mitte', 'm', false],
    ['Acme/Berl', 'b', false],
    ['A\\B', 's', true],
    ['A/B', 's', false],
    ['/', 'r', false],
    ['.', 'r', false],
    ['Acme/../Acme', 'r', false],
  ])('%j and a snapshot in %j', (restriction, organization, expected) => {
    expect(within(restriction, organization)).toBe(expected)
  })
})
