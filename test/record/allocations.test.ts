/**
 * Allocations that an earlier run or a person left, as they come in again; and what a catalog says of the licenses that
 * could not be read, so that nothing is released because of that (ALLOC-86).
 */
import { either as E } from 'fp-ts'
import fc from 'fast-check'
import { Allocation, Catalog, type Limits } from 'seatwise'
import { describe, expect, test } from 'vitest'
import { SECRET, type Raw } from '../hostile/entries.js'
import { expectShowable } from '../hostile/plant.js'
import { license } from '../hostile/worlds.js'
import { anything, good, goodOthers, type Recipe } from './arbitraries.js'

const allocation = (computer: string, more: Raw = {}): Raw => ({
  computer,
  product: 'Visio 2024',
  license: 'L-1',
  installation: 'i-1',
  origin: 'automatic',
  deallocateAutomatically: true,
  ...more,
})

const tallyOf = ({ tallies }: ReturnType<typeof Allocation.decodeAll>) => tallies[0]!

const computers = ({ right }: ReturnType<typeof Allocation.decodeAll>): ReadonlyArray<string> =>
  right.map(({ computer }) => computer)

const errors = ({ left }: ReturnType<typeof Allocation.decodeAll>) =>
  left.filter(({ severity }) => severity === 'error')

// -------------------------------------------------------------------------------------
// nothing is lost
// -------------------------------------------------------------------------------------

const made = (list: ReadonlyArray<Raw | Recipe>): ReadonlyArray<unknown> =>
  list.map((each) => (typeof each === 'function' ? each() : each))

const mixed: fc.Arbitrary<ReadonlyArray<Raw | Recipe>> = fc.array(fc.oneof(goodOthers.allocation, anything), {
  maxLength: 6,
})

test('every allocation is accepted, rejected with a reason, or dropped as a duplicate (B1)', () => {
  fc.assert(
    fc.property(mixed, (list) => {
      const seen = Allocation.decodeAll(made(list))
      const { collection, given, accepted, rejected, duplicates } = tallyOf(seen)
      expect([collection, given, accepted]).toEqual(['allocations', list.length, seen.right.length])
      expect(accepted + rejected + duplicates).toBe(given)
      const places = (severity: string) =>
        new Set(seen.left.filter((each) => each.severity === severity).map(({ index }) => index))
      expect([places('error').size, places('warning').size]).toEqual([rejected, duplicates])
      expectShowable(seen.left)
    }),
    { numRuns: 200 },
  )
})

test('whether an allocation is accepted does not depend on the others, and parts make up the whole (B2, B13)', () => {
  fc.assert(
    fc.property(mixed, fc.integer({ min: 1, max: 3 }), (list, size) => {
      const whole = Allocation.decodeAll(made(list))
      const parts = Array.from({ length: Math.ceil(list.length / size) }, (_, n) =>
        Allocation.decodeAll(made(list.slice(n * size, (n + 1) * size))),
      )
      const contents = (all: ReadonlyArray<Allocation.Allocation>) => new Set(all.map((each) => JSON.stringify(each)))
      expect(contents(parts.flatMap(({ right }) => right))).toEqual(contents(whole.right))
      expect(parts.reduce((sum, each) => sum + tallyOf(each).rejected, 0)).toBe(tallyOf(whole).rejected)
    }),
    { numRuns: 150 },
  )
})

test('what was accepted comes back the same through JSON (B4)', () => {
  fc.assert(
    fc.property(fc.array(goodOthers.allocation, { maxLength: 5 }), (list) => {
      const { right } = Allocation.decodeAll(list)
      const written = right.map((each) => Allocation.Allocation.encode(each))
      expect(Allocation.decodeAll(written)).toMatchObject({ left: [], right })
      expect(Allocation.parseAll(JSON.stringify(written))).toEqual(Allocation.decodeAll(written))
    }),
    { numRuns: 100 },
  )
})

// -------------------------------------------------------------------------------------
// what is wrong, and where
// -------------------------------------------------------------------------------------

const TEXTS: ReadonlyArray<readonly [unknown, string]> = [
  [7, 'type'],
  [['x'], 'type'],
  ['\ud800', 'ill-formed'],
  ['x'.repeat(65_537), 'too-long'],
]

const NEEDED = [...TEXTS, [undefined, 'missing'], ['', 'blank'], [' \u00a0', 'blank']] as const

const WRONG: Readonly<Record<string, ReadonlyArray<readonly [unknown, string]>>> = {
  computer: NEEDED,
  product: NEEDED,
  license: NEEDED,
  installation: TEXTS,
  origin: [
    [undefined, 'missing'],
    [7, 'type'],
    ['guessed', 'unknown-value'],
    ['Manual', 'unknown-value'],
  ],
  deallocateAutomatically: [
    ['true', 'type'],
    [1, 'type'],
  ],
}

describe('a fault is found where it is, and costs its own record alone (B6, B7)', () => {
  test.each(
    Object.entries(WRONG).flatMap(([field, values]) => values.map(([value, code]) => [field, code, value] as const)),
  )('%s: %s', (field, code, value) => {
    const seen = Allocation.decodeAll([allocation('c-1'), allocation('c-2', { [field]: value }), allocation('c-3')])
    expect(seen.left.map((each) => [each.code, each.path, each.collection, each.index, each.severity])).toEqual([
      [code, `allocations[1].${field}`, 'allocations', 1, 'error'],
    ])
    expect(computers(seen)).toEqual(['c-1', 'c-3'])
    expectShowable(seen.left)
  })

  test('all faults of a record are told', () => {
    const { left } = Allocation.decodeAll([{ computer: ' ', origin: 'guessed', deallocateAutomatically: 'no' }])
    expect(left.map(({ code, path }) => [code, path])).toEqual([
      ['blank', 'allocations[0].computer'],
      ['missing', 'allocations[0].product'],
      ['missing', 'allocations[0].license'],
      ['unknown-value', 'allocations[0].origin'],
      ['type', 'allocations[0].deallocateAutomatically'],
    ])
  })

  test('a rejection names the record as well as it can be told: an allocation has no id', () => {
    const named = Allocation.decodeAll([allocation('c-1'), allocation('c-1')]).left
    expect(named.map(({ code, path, severity, id }) => [code, path, severity, id])).toEqual([
      ['duplicate', 'allocations[1]', 'warning', '["c-1","Visio 2024","L-1"]'],
    ])
  })
})

test('what says nothing is absent, and unknown fields are left out', () => {
  const said = allocation('c-1', { installation: ' ', deallocateAutomatically: null, note: 'x', toJSON: 7 })
  expect(Allocation.decodeAll([said])).toMatchObject({
    left: [],
    right: [{ computer: 'c-1', product: 'Visio 2024', license: 'L-1', origin: 'automatic' }],
  })
  expect(Object.keys(Allocation.decodeAll([said]).right[0]!)).toEqual(['computer', 'product', 'license', 'origin'])
})

test('ids are kept as they are: none is trimmed or folded', () => {
  const ids = { computer: ' C ', product: 'A\u030a', license: '__proto__', installation: 'constructor' }
  expect(Allocation.decodeAll([allocation('', ids)]).right).toEqual([
    { ...ids, origin: 'automatic', deallocateAutomatically: true },
  ])
})

describe('an exact duplicate is dropped, and only an exact one (ALLOC-47)', () => {
  test('its fields may come in another order, and what says nothing may be written in several ways', () => {
    const one = allocation('c-1', { installation: undefined })
    const reversed = Object.fromEntries(Object.entries({ ...one, installation: '\t', more: 1 }).reverse())
    const { left, right } = Allocation.decodeAll([one, reversed, one])
    expect(left.map(({ code, path }) => [code, path])).toEqual([
      ['duplicate', 'allocations[1]'],
      ['duplicate', 'allocations[2]'],
    ])
    expect(right).toHaveLength(1)
  })

  test.each([{ installation: 'i-2' }, { origin: 'manual' }, { deallocateAutomatically: false }, { license: 'l-1' }])(
    'another one stands beside it: %o',
    (more) => {
      const { left, right } = Allocation.decodeAll([allocation('c-1'), allocation('c-1', more)])
      expect([left, right.length]).toEqual([[], 2])
    },
  )
})

// -------------------------------------------------------------------------------------
// anything
// -------------------------------------------------------------------------------------

test('there is an answer to anything, in place of the list, a record or a field (B3)', () => {
  const field = fc.constantFrom(...Object.keys(allocation('c')))
  fc.assert(
    fc.property(anything, field, (make, name) => {
      expectShowable(Allocation.decodeAll(make()).left)
      expectShowable(Allocation.decodeAll([make()]).left)
      const within = Allocation.decodeAll([allocation('c-1'), allocation('c-2', { [name]: make() })])
      expect(computers(within)[0]).toBe('c-1')
      expectShowable(within.left)
    }),
    { numRuns: 400 },
  )
})

test.each([undefined, null, 7, 'allocations', {}, new Map(), () => []])('%o is no list of allocations', (input) => {
  const seen = Allocation.decodeAll(input)
  expect(errors(seen).map(({ path }) => path)).toEqual(['allocations'])
  expect([seen.right, tallyOf(seen).given]).toEqual([[], 0])
})

test('there is an answer to any text in place of JSON (B3)', () => {
  fc.assert(
    fc.property(fc.oneof(fc.json(), fc.string()), (json) => {
      expectShowable(Allocation.parseAll(json).left)
    }),
    { numRuns: 100 },
  )
  expect(Allocation.parseAll('[{').left.map(({ code, path }) => [code, path])).toEqual([['syntax', '']])
})

describe('limits are the caller’s', () => {
  const limits: Limits.Limits = { text: 40, depth: 3, rejections: 2 }

  test('of text and of depth', () => {
    const codes = (record: Raw) => Allocation.decodeAll([record], limits).left.map(({ code }) => code)
    expect(codes(allocation('c'.repeat(40)))).toEqual([])
    expect(codes(allocation('c'.repeat(41)))).toEqual(['too-long'])
    expect(codes(allocation('c', { extra: [[[[]]]] }))).toEqual(['depth'])
  })

  test('of rejections: so many are told, and all are counted (B10)', () => {
    const faulty = Array.from({ length: 5 }, (_, n) => allocation(`c-${n}`, { origin: 7 }))
    const seen = Allocation.decodeAll([...faulty, allocation('good')], limits)
    expect(seen.left.map(({ code }) => code)).toEqual(['type', 'type', 'too-many'])
    expect(seen.left[2]!.hint).toMatch(/^3 /)
    expect([tallyOf(seen).rejected, computers(seen)]).toEqual([5, ['good']])
  })

  test('senseless ones are the usual ones', () => {
    const senseless = { text: Number.NaN, depth: -1, rejections: null } as unknown as Limits.Limits
    const list = [allocation('c-1'), allocation('c-2', { origin: 7 })]
    expect(Allocation.decodeAll(list, senseless)).toEqual(Allocation.decodeAll(list))
  })
})

// -------------------------------------------------------------------------------------
// licenses that could not be read
// -------------------------------------------------------------------------------------

describe('a catalog tells which licenses could not be read', () => {
  const visio = { id: 'visio', name: 'Visio', products: ['Visio 2024'] }
  const rejectedOf = (catalog: unknown, limits?: Limits.Limits) => Catalog.decode(catalog, limits).rejectedLicenses
  const bad = (id: unknown): Raw => license('', { id, entitlements: -1, serialNumber: SECRET })

  test('none, where all could', () => {
    expect(rejectedOf({ software: [visio], licenses: [license('L-1'), license('L-2')] })).toEqual([])
  })

  test('those that were rejected, each once, as their ids were given', () => {
    const licenses = [license('L-1'), bad('L-2'), bad(' L-3 '), bad('L-2')]
    expect(rejectedOf({ software: [visio], licenses })).toEqual(['L-2', ' L-3 '])
  })

  test('also when no more rejections are told', () => {
    const licenses = [bad('L-1'), bad('L-2')]
    expect(rejectedOf({ software: [visio], licenses }, { text: 100, depth: 9, rejections: 0 })).toEqual(['L-1', 'L-2'])
  })

  test.each([undefined, null, 7, '', ' ', ['L-1'], {}])('any, where the id of one is %o', (id) => {
    expect(rejectedOf({ software: [visio], licenses: [license('L-1'), bad(id)] })).toBe('any')
  })

  test.each([7, null, 'L-1', undefined])('any, where one is %o', (record) => {
    expect(rejectedOf({ software: [visio], licenses: [license('L-1'), record] })).toBe('any')
  })

  test.each([7, null, {}, undefined])('any, where %o stands for all of them', (licenses) => {
    expect(rejectedOf({ software: [visio], licenses })).toBe('any')
  })

  test.each([7, null, [], new Date(0)])('any, where %o stands for the catalog', (catalog) => {
    expect(rejectedOf(catalog)).toBe('any')
    expect(Catalog.parse('{').rejectedLicenses).toBe('any')
  })

  test('those of a tracked software that was rejected, but not those of one that nobody gave', () => {
    const licenses = [license('L-1'), license('L-2', { software: 'project' }), license('L-3', { software: 'gone' })]
    const software = [visio, { id: 'project', name: 7, products: [] }]
    expect(rejectedOf({ software, licenses })).toEqual(['L-2'])
  })

  test('those of every tracked software that is not there, where one was rejected and has no id', () => {
    const licenses = [license('L-1'), license('L-2', { software: 'project' }), license('L-3', { software: 'gone' })]
    expect(rejectedOf({ software: [visio, { name: 'Project' }], licenses })).toEqual(['L-2', 'L-3'])
    expect(rejectedOf({ software: 7, licenses })).toEqual(['L-1', 'L-2', 'L-3'])
  })

  test('each license that was given is accepted, or told here (ALLOC-86)', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(good.licenses, anything), { maxLength: 5 }), (list) => {
        const { right, rejectedLicenses, tallies } = Catalog.decode({ software: [], licenses: made(list) })
        const { rejected } = tallies.find(({ collection }) => collection === 'licenses')!
        if (rejectedLicenses !== 'any') expect(rejectedLicenses.length === 0).toBe(rejected === 0)
        else expect(rejected).toBeGreaterThan(0)
        expect(right.licenses.length + rejected).toBeLessThanOrEqual(list.length)
      }),
      { numRuns: 150 },
    )
  })
})

test('an allocation of a license that could not be read stays, and is kept, with either kind of list (ALLOC-86)', () => {
  const { right: allocations } = Allocation.decodeAll([allocation('c-1'), allocation('c-2', { installation: 'gone' })])
  for (const id of ['L-1', undefined]) {
    const { right: catalog, rejectedLicenses } = Catalog.decode({
      software: [{ id: 'visio', name: 'Visio', products: ['Visio 2024'] }],
      licenses: [license('', { id, entitlements: 0.5 })],
    })
    const snapshots = ['c-1', 'c-2'].map((computer) => ({
      computer: { id: computer, name: computer },
      installations: [{ id: 'i-1', product: 'Visio 2024' }],
    })) as unknown as Parameters<typeof Allocation.run>[0]['snapshots']
    const run = Allocation.run({ catalog, rejectedLicenses, snapshots, allocations })
    const told = E.map(({ decisions, released, added }: Allocation.Outcome) => [
      decisions.map(({ computer, outcome }) => [computer, outcome]),
      released,
      added,
    ])(run)
    expect(told).toEqual(
      E.right([
        [
          ['c-1', 'kept'],
          ['c-2', 'unreconciled'],
        ],
        [],
        [],
      ]),
    )
  }
})
