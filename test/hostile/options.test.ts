/**
 * Options, and calls in between calls (rows 108 and 113).
 */
import { either as E } from 'fp-ts'
import { Allocation, AllocationPolicy } from 'seatwise'
import { describe, expect, test } from 'vitest'
import { entry } from './entries.js'
import { expectShowable } from './plant.js'
import { decodeWorld, license, runWorld, snapshot } from './worlds.js'

const times = <A>(count: number, make: (place: number) => A): Array<A> =>
  Array.from({ length: count }, (_, at) => make(at))

describe('an option that is unknown or makes no sense is refused before any work (row 108)', () => {
  /** A catalog that contradicts itself: were it looked at, its contradictions would be told, too. */
  const refusals = (policy: unknown): ReadonlyArray<ReadonlyArray<string>> => {
    const spread = Allocation.compile(policy as Allocation.Options)({ software: [], licenses: [] })
    const outcome = runWorld({ policy: policy as Allocation.SnapshotPolicy })
    const decoded = AllocationPolicy.decode(policy)
    const [byCompile, byRun, byDecode] = [spread, outcome, decoded].map((each) =>
      E.isLeft(each) ? each.left.map(({ code, path }) => [code, path]) : [],
    )
    expect(byRun).toEqual(byDecode)
    expect(byCompile).toEqual(byDecode)
    for (const each of [outcome, decoded]) if (E.isLeft(each)) expectShowable(each.left)
    return byDecode!
  }

  test.each<readonly [string, unknown, ReadonlyArray<ReadonlyArray<string>>]>([
    ['a misspelled option', { restriction: 'strict' }, [['unknown-option', 'policy.restriction']]],
    ['an option in capitals', { Restrictions: 'strict' }, [['unknown-option', 'policy.Restrictions']]],
    ['`__proto__`', JSON.parse('{"__proto__":{"restrictions":"strict"}}'), [['unknown-option', 'policy.__proto__']]],
    ['an unknown value', { text: 'fuzzy' }, [['unknown-value', 'policy.text']]],
    ['a value of the wrong type', { severalMains: 1 }, [['type', 'policy.severalMains']]],
    ['a list', { keyMatches: ['honor-restrictions'] }, [['type', 'policy.keyMatches']]],
    ['true', { mainLicense: true }, [['type', 'policy.mainLicense']]],
    [
      'several at once',
      { foo: 1, bar: 2, restrictions: 'Strict' },
      [
        ['unknown-option', 'policy.foo'],
        ['unknown-option', 'policy.bar'],
        ['unknown-value', 'policy.restrictions'],
      ],
    ],
  ])('%s', (_, policy, expected) => {
    expect(refusals(policy)).toEqual(expected)
  })

  test('options that are absent, null or blank are at their defaults', () => {
    for (const policy of [{}, { text: undefined }, { text: null }, { restrictions: ' ' }])
      expect(refusals(policy)).toEqual([])
  })

  test('inherited options are none', () => {
    expect(refusals(Object.create({ restriction: 'strict' }))).toEqual([])
    const inherited = Object.create({ restrictions: 'strict' }) as Allocation.SnapshotPolicy
    expect(AllocationPolicy.decode(inherited)).toEqual(E.right({}))
  })

  test('expiry without a day, and a reader or a rule book of the wrong kind', () => {
    const compile = (options: unknown) => {
      const compiled = Allocation.compile(options as Allocation.Options)({ software: [], licenses: [] })
      return E.isLeft(compiled) ? compiled.left.map(({ code, path }) => [code, path]) : []
    }
    expect(compile({ expired: 'excluded' })).toEqual([['as-of-missing', 'asOf']])
    expect(compile({ reader: 'fast' })).toEqual([['unknown-value', 'reader']])
    expect(compile({ rules: [] })).toEqual([['type', 'rules']])
    expect(compile({ expired: 'excluded', reader: 'fast', oops: 1 }).length).toBe(3)
  })

  test('what is no object is no policy', () => {
    for (const policy of ['strict', 7, [], new Map(), new Date(0)])
      expect(E.isLeft(AllocationPolicy.decode(policy))).toBe(true)
  })
})

test('compiling and deciding share nothing: calls in between calls change no answer (row 113)', () => {
  const { catalog, snapshots } = decodeWorld({
    catalog: { licenses: [license('L-1', { serialNumber: 'S' }), license('L-2', { main: true })] },
    snapshots: times(50, (at) => snapshot(`pc-${at}`, {}, at % 2 === 0 ? { serialNumber: 's' } : {})),
  })
  const compile = (options: Allocation.Options) => {
    const compiled = Allocation.compile(options)(catalog)
    return E.isRight(compiled) ? compiled.right : expect.fail('contradiction')
  }
  const alone = snapshots.map(compile({}))
  const others = [compile({}), compile({ text: 'exact' }), compile({ reader: 'reference' })] as const
  const between = snapshots.map((each) => others.map((decide) => decide(each)))
  expect(between.map(([decisions]) => decisions)).toEqual(alone)
  expect(between.map(([, , decisions]) => decisions)).toEqual(alone)
  expect([...snapshots].reverse().map(compile({})).reverse()).toEqual(alone)
})

test('decoding may be entered anew while it is at work (row 113)', () => {
  const records = times(3, (at) => entry.licenses.good(`L-${at}`))
  const expected = entry.licenses.decode(records).whole
  const nosy = records.map(
    (record) =>
      new Proxy(record, {
        ownKeys: (target) => {
          expect(entry.licenses.decode([...records, { id: 'bad' }]).ids.length).toBe(3)
          return Reflect.ownKeys(target)
        },
      }),
  )
  expect(entry.licenses.decode(nosy).whole).toEqual(expected)
})
