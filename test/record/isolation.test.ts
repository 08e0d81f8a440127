/**
 * What was decoded belongs to nobody else, and what it was decoded from is asked for its data alone (properties B8, B9 and
 * B11).
 */
import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { collections, entries, entry } from '../hostile/entries.js'
import { good } from './arbitraries.js'
import { withValueAt } from './fields.js'

/** Every object within a value. */
const objectsIn = (value: unknown, found: Set<object> = new Set()): Set<object> => {
  if (typeof value !== 'object' || value === null || found.has(value)) return found
  found.add(value)
  Object.values(value).forEach((part) => objectsIn(part, found))
  return found
}

describe('what was decoded has nothing in common with what it was decoded from', () => {
  test.each(collections)('among %s, nor one record with another (B8)', (collection) => {
    const each = entry[collection]
    fc.assert(
      fc.property(fc.array(good[collection], { maxLength: 4 }), (records) => {
        const raw = records.map((record, at) => withValueAt(each.idPath, structuredClone(record), `r-${at}`))
        // Parts that the raw records share must not be shared by the decoded ones.
        const seen = each.decode(raw.concat(raw.map((record, at) => withValueAt(each.idPath, record, `s-${at}`))))
        const before = structuredClone(seen.whole)
        const theirs = objectsIn(raw)
        const ours = seen.accepted.map((record) => objectsIn(record))
        for (const objects of ours) expect([...objects].some((object) => theirs.has(object))).toBe(false)
        expect(ours.reduce((sum, { size }) => sum + size, 0)).toBe(
          new Set(ours.flatMap((objects) => [...objects])).size,
        )
        for (const object of theirs) for (const key of Object.keys(object)) Reflect.set(object, key, 'changed')
        expect(isDeepStrictEqual(seen.whole, before)).toBe(true)
      }),
    )
  })

  test.each(collections)('among %s, and leaves that as it was (B8)', (collection) => {
    fc.assert(
      fc.property(fc.array(good[collection], { maxLength: 4 }), (records) => {
        const before = fc.stringify(records)
        entry[collection].decode(records)
        expect(fc.stringify(records)).toBe(before)
      }),
    )
  })
})

/** A value of which every part reports what it is asked. */
const watched = (value: unknown, asked: (question: string) => void): unknown => {
  if (typeof value !== 'object' || value === null) return value
  const parts = Object.fromEntries(Object.entries(value).map(([key, part]) => [key, watched(part, asked)]))
  const target = Array.isArray(value) ? Object.values(parts) : parts
  return new Proxy(
    target,
    new Proxy(
      {},
      {
        get:
          (_, trap: string) =>
          (owner: object, ...rest: ReadonlyArray<never>) => {
            asked(typeof rest[0] === 'string' || typeof rest[0] === 'symbol' ? `${trap} ${String(rest[0])}` : trap)
            return (Reflect as unknown as Readonly<Record<string, (...all: ReadonlyArray<unknown>) => unknown>>)[
              trap
            ]?.(owner, ...rest)
          },
      },
    ),
  )
}

describe('of an object nothing is asked but its own data (B9)', () => {
  test.each(entries)('among $collection, and of each field once', (each) => {
    const questions: Array<string> = []
    const asked = (question: string): void => {
      questions.push(question)
    }
    const list = [each.good('r-1')]
    const seen = each.decode(watched(list, asked))
    expect(seen.whole).toEqual(each.decode(list).whole)
    const other = questions.filter(
      (question) => !/^(getPrototypeOf|ownKeys|getOwnPropertyDescriptor .*|get length)$/.test(question),
    )
    expect(other).toEqual([])
  })

  test.each(entries)('among $collection: a field that is asked twice cannot have two values', (each) => {
    // Each answer is another one: a value that was judged and one that was kept would differ.
    let answers = 0
    const unsteady = new Proxy(each.good('r-1'), {
      getOwnPropertyDescriptor: (target, key) => {
        const descriptor = Reflect.getOwnPropertyDescriptor(target, key)
        if (typeof descriptor?.value !== 'string') return descriptor
        answers += 1
        return { ...descriptor, value: answers % 2 === 0 ? 7 : `answer ${answers}` }
      },
    })
    const { accepted } = each.decode([unsteady])
    expect(JSON.stringify(accepted)).not.toContain('7')
  })
})

describe('the work is in proportion to the input (B11)', () => {
  test.each(entries)('among $collection: twice the records, twice the questions', (each) => {
    const cost = (count: number, record: (at: number) => unknown): number => {
      let questions = 0
      each.decode(Array.from({ length: count }, (_, at) => watched(record(at), () => (questions += 1))))
      return questions
    }
    const shapes: ReadonlyArray<(at: number) => unknown> = [
      (at) => each.good(`r-${at}`),
      () => each.good('same'),
      () => ({ name: 7 }),
      (at) => ({ ...each.good(`r-${at}`), extra: { a: [1, { b: 2 }] } }),
    ]
    for (const shape of shapes) expect(cost(64, shape)).toBe(2 * cost(32, shape))
  })
})
