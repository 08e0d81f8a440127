/**
 * The door for values of unknown origin (src/record/RawCopy.ts): its laws, on anything there is.
 */
import { either as E, option as O } from 'fp-ts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { copy, isRawRecord, listLength, presentIndices, property } from '../../src/record/RawCopy.js'
import { anything } from './arbitraries.js'

const copied = (value: unknown): unknown => {
  const result = copy(value, 64)
  return E.isRight(result) ? result.right : expect.fail(JSON.stringify(result.left))
}

const isPlain = (value: object): boolean => Array.isArray(value) || Object.getPrototypeOf(value) === null

describe('a copy', () => {
  test('holds nothing but values, lists, and records of its own that have no prototype (law 1)', () => {
    const check = (value: unknown, original: ReadonlySet<unknown>): void => {
      if (typeof value !== 'object' || value === null || !isPlain(value)) return
      expect(original.has(value)).toBe(false)
      for (const [, descriptor] of Object.entries(Object.getOwnPropertyDescriptors(value))) {
        expect('value' in descriptor).toBe(true)
        check(descriptor.value, original)
      }
    }
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        const objects = new Set<unknown>()
        JSON.stringify(value, (_, part: unknown) => {
          objects.add(part)
          return part
        })
        for (const part of objects) if (typeof part !== 'object' || part === null) objects.delete(part)
        check(copied(value), objects)
        expect(JSON.parse(JSON.stringify(copied(value)))).toEqual(JSON.parse(JSON.stringify(value)))
      }),
    )
  })

  test('of a copy is the same again (law 2)', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        const once = copied(value)
        expect(copied(once)).toStrictEqual(once)
      }),
    )
  })

  test('or a fault there is for every value (law 3)', () => {
    fc.assert(
      fc.property(anything, fc.constantFrom(0, 1, 64, 1e9), (make, depth) => {
        const result = copy(make(), depth)
        expect(E.isLeft(result) ? typeof result.left.code : 'string').toBe('string')
      }),
      { numRuns: 1000 },
    )
  })

  test('shares what was shared, once', () => {
    const part = { a: 1 }
    const made = copied({ one: part, two: [part] }) as { one: object; two: [object] }
    expect(made.one).toBe(made.two[0])
    expect(made.one).not.toBe(part)
  })

  test('leaves out one field of the outermost record, and of no other', () => {
    const value = { a: 1, b: { a: 2 } }
    expect(copy(value, 64, 'a')).toEqual(E.right({ b: { a: 2 } }))
    expect(isRawRecord(copied(value))).toBe(true)
  })

  test('keeps `__proto__` as a field', () => {
    const made = copied(JSON.parse('{"__proto__":{"a":1}}')) as object
    expect(Object.keys(made)).toEqual(['__proto__'])
    expect(Object.getPrototypeOf(made)).toBe(null)
  })

  test('tells where the fault is', () => {
    const cycle: Record<string, unknown> = {}
    cycle['a'] = [{ b: cycle }]
    const faults: ReadonlyArray<readonly [unknown, string, ReadonlyArray<string | number>]> = [
      [cycle, 'cycle', ['a', 0, 'b']],
      [{ a: [1, Object.defineProperty({}, 'x', { enumerable: true, get: () => 1 })] }, 'accessor', ['a', 1, 'x']],
      [{ a: new Array(2) }, 'missing', ['a', 0]],
      [{ a: { b: { c: {} } } }, 'depth', ['a', 'b', 'c']],
    ]
    for (const [value, code, path] of faults) expect(copy(value, 2)).toEqual(E.left({ code, path }))
  })
})

describe('a property', () => {
  test('is read where it is data of its own', () => {
    const owner = Object.defineProperty({ a: 1, b: undefined }, 'c', { enumerable: true, get: () => 1 })
    expect(property(owner, 'a')).toEqual(E.right(1))
    expect(property(owner, 'b')).toEqual(E.right(undefined))
    expect(property(owner, 'c')).toEqual(E.left('accessor'))
    expect(property(Object.create({ a: 1 }), 'a')).toEqual(E.right(undefined))
    for (const other of [null, undefined, 'text', 7, () => 1])
      expect(property(other, 'length')).toEqual(E.right(undefined))
  })

  test('of anything is there, or not, or cannot be read', () => {
    fc.assert(
      fc.property(anything, fc.oneof(fc.string(), fc.nat(3)), (make, key) => {
        const result = property(make(), key)
        if (E.isLeft(result)) expect(['accessor', 'unreadable']).toContain(result.left)
      }),
    )
  })
})

describe('a list', () => {
  test('has a length, and nothing else has', () => {
    expect(listLength([1, 2])).toEqual(O.some(2))
    expect(listLength(new Array(2 ** 32 - 1))).toEqual(O.some(2 ** 32 - 1))
    for (const other of [{ length: 2 }, 'ab', new Uint8Array(2), new Set([1]), null, undefined])
      expect(listLength(other)).toEqual(O.none)
    for (const length of [-1, 1.5, Number.NaN, 'many', undefined])
      expect(listLength(new Proxy([], { get: () => length }))).toEqual(O.none)
  })

  test('has its entries at indices, whatever else hangs on it', () => {
    const list = Object.assign(new Array<unknown>(5), {
      1: 'a',
      4: undefined,
      name: 'x',
      '01': 'x',
      '-1': 'x',
      '1.5': 'x',
    })
    expect(presentIndices(list)).toEqual([1, 4])
    expect(
      presentIndices(
        new Proxy([], {
          ownKeys: () => {
            throw new Error('no')
          },
        }),
      ),
    ).toEqual([])
  })
})
