/**
 * For every value there is an answer, and it can be shown (properties B3 and B10).
 */
import { either as E } from 'fp-ts'
import fc from 'fast-check'
import { AllocationPolicy, AuditSnapshot, Catalog, type Limits, type Rejection } from 'seatwise'
import { describe, expect, test } from 'vitest'
import { collections, entries, entry } from '../hostile/entries.js'
import { expectConserved, expectShowable } from '../hostile/plant.js'
import { anything } from './arbitraries.js'
import { allFields, stepsOf, withValueAt, written } from './fields.js'

const collection = fc.constantFrom(...collections)

/** Answers an input of any kind, and does not mind. */
const answers = (rejections: (value: unknown) => ReadonlyArray<Rejection.Rejection>) =>
  fc.property(anything, (make) => {
    expectShowable(rejections(make()))
  })

describe('there is an answer', () => {
  test('to anything in place of a catalog (B3)', () => {
    fc.assert(
      answers((value) => Catalog.decode(value).left),
      { numRuns: 1000 },
    )
  })

  test('to anything in place of a list of snapshots (B3)', () => {
    fc.assert(
      answers((value) => AuditSnapshot.decodeAll(value).left),
      { numRuns: 1000 },
    )
  })

  test('to anything in place of a policy (B3)', () => {
    const rejections = (value: unknown) => {
      const decoded = AllocationPolicy.decode(value)
      return E.isLeft(decoded) ? decoded.left : []
    }
    fc.assert(answers(rejections), { numRuns: 1000 })
  })

  test.each(collections)('to anything in place of a list, a record or a field, among %s (B3)', (name) => {
    const { decode, good } = entry[name]
    const paths = allFields.filter((field) => field.collection === name).map(({ path }) => written(path))
    fc.assert(
      fc.property(anything, fc.constantFrom(...paths), (make, path) => {
        expectShowable(decode(make()).rejections)
        expectShowable(decode([make()]).rejections)
        expectShowable(decode([withValueAt(stepsOf(path), good('r-1'), make())]).rejections)
      }),
      { numRuns: 500 },
    )
  })

  test('to any text in place of JSON (B3)', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.json(),
          fc.string(),
          fc.json().map((json) => json.slice(0, -1)),
        ),
        (json) => {
          expectShowable(Catalog.parse(json).left)
          expectShowable(AuditSnapshot.parseAll(json).left)
          expect(Catalog.parse(json)).toEqual(Catalog.parse(json))
        },
      ),
    )
  })

  test('whatever the limits are (B3)', () => {
    const limit = fc.constantFrom(-1, 0, 1, 2.5, 1e9, Infinity, Number.NaN)
    const limits: fc.Arbitrary<Limits.Limits> = fc.record({ text: limit, depth: limit, rejections: limit })
    fc.assert(
      fc.property(collection, anything, limits, (name, make, tight) => {
        const { decode, good } = entry[name]
        const seen = decode([make(), good('r-1'), make()], tight)
        expectConserved(seen)
        expectShowable(seen.rejections)
      }),
      { numRuns: 500 },
    )
  })
})

test.each([undefined, Number.NaN, null, 'many', 0, -1])(
  'a bad record is not accepted when %s rejections are to be reported',
  (rejections) => {
    for (const each of entries) {
      const limits = { text: 65_536, depth: 64, rejections } as Limits.Limits
      const seen = each.decode([each.good('r-1'), { name: 7 }], limits)
      expect([seen.ids, seen.tally.rejected]).toEqual([['r-1'], 1])
    }
  },
)

test('of each collection so many rejections are reported as the limit says, and all are counted (B10)', () => {
  const unlimited: Limits.Limits = { text: 65_536, depth: 64, rejections: 1e9 }
  const faulty = fc.constantFrom<unknown>(7, { id: 7 }, {}, { id: 'x', name: 'x', products: [7, 7, 7, 7] }, undefined, {
    computer: {},
  })
  fc.assert(
    fc.property(collection, fc.array(faulty, { maxLength: 8 }), fc.nat(10), (name, records, rejections) => {
      const each = entry[name]
      const all = each.decode(records, unlimited)
      const some = each.decode(records, { ...unlimited, rejections })
      const shown = some.rejections.filter(({ code }) => code !== 'too-many')
      expect(shown).toEqual(all.rejections.slice(0, rejections))
      const hidden = all.rejections.length - shown.length
      const summary = some.rejections.filter(({ code }) => code === 'too-many')
      expect(summary.map(({ hint, collection }) => [collection, parseInt(hint, 10)])).toEqual(
        hidden === 0 ? [] : [[each.collection, hidden]],
      )
      expect(some.tally).toEqual(all.tally)
      expect(some.accepted).toEqual(all.accepted)
    }),
  )
})

test('the limits are the caller’s: of text and of depth', () => {
  for (const each of entries) {
    const tight = { text: 40, depth: 3, rejections: 10 }
    const record = withValueAt(each.idPath, each.good('r-1'), 'x'.repeat(41))
    expect(each.decode([record], tight).rejections.map(({ code }) => code)).toEqual(['too-long'])
    expect(each.decode([{ ...each.good('r-1'), extra: [[[[]]]] }], tight).rejections.map(({ code }) => code)).toEqual([
      'depth',
    ])
    expect(each.parse(JSON.stringify([record]), tight).whole).toEqual(each.decode([record], tight).whole)
    expect(each.decode([each.good('r-1')], tight).rejections).toEqual([])
  }
})
