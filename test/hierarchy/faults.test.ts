/**
 * What can be wrong with parent links (src/hierarchy/faults.ts; ALLOC-47).
 */
import { either as E } from 'fp-ts'
import { Hierarchy, Text } from 'seatwise'
import { describe, expect, test } from 'vitest'

/** Units written as `child>parent`, or `root`. */
const units = (...links: ReadonlyArray<string>): ReadonlyArray<Hierarchy.Node<string>> =>
  links.map((link) => {
    const [id = '', parent] = link.split('>')
    return { id, name: id, ...(parent === undefined ? {} : { parent }) }
  })

/** Faults as `a>b>c` for a cycle and `a>?x` for an orphan. */
const faults = (...links: ReadonlyArray<string>): ReadonlyArray<string> => {
  const built = Hierarchy.build(Text.form('exact'))(units(...links))
  if (E.isRight(built)) return []
  return built.left.map((fault) =>
    fault._tag === 'Cycle' ? fault.members.join('>') : `${fault.unit}>?${fault.parent}`,
  )
}

describe('a cycle', () => {
  test('is told once, with its members in the order of the links from the smallest id on', () => {
    expect(faults('c>a', 'a>b', 'b>c')).toEqual(['a>b>c'])
    expect(faults('b>c', 'c>a', 'a>b')).toEqual(['a>b>c'])
    expect(faults('a>c', 'c>b', 'b>a')).toEqual(['a>c>b'])
    expect(faults('z>y', 'y>x', 'x>m', 'm>z')).toEqual(['m>z>y>x'])
  })

  test('may be a single unit', () => {
    expect(faults('a>a')).toEqual(['a'])
    expect(faults('r', 'b>b', 'c>b')).toEqual(['b'])
  })

  test('does not contain the tails that lead into it', () => {
    expect(faults('t1>t2', 't2>a', 'a>b', 'b>a', 't3>b')).toEqual(['a>b'])
    expect(faults('a>b', 'b>c', 'c>b')).toEqual(['b>c'])
  })

  test('is told beside every other, by their smallest ids', () => {
    expect(faults('d>c', 'c>d', 'f>f', 'b>a', 'a>b', 'e>a')).toEqual(['a>b', 'c>d', 'f'])
  })

  test('orders ids by code unit, not as numbers or words', () => {
    expect(faults('10>9', '9>10')).toEqual(['10>9'])
    expect(faults('a>B', 'B>a')).toEqual(['B>a'])
    expect(faults('\u{1f600}>\uffff', '\uffff>\u{1f600}')).toEqual(['\u{1f600}>\uffff'])
  })
})

describe('an orphan', () => {
  test('is a unit whose parent is no unit', () => {
    expect(faults('a', 'b>x', 'c>b')).toEqual(['b>?x'])
    expect(faults('b>x', 'a>x')).toEqual(['a>?x', 'b>?x'])
  })

  test('is told beside cycles, all by the smallest id involved', () => {
    expect(faults('c>x', 'b>d', 'd>b', 'a>y')).toEqual(['a>?y', 'b>d', 'c>?x'])
  })
})

test('links without a fault make a forest, in whatever order they come', () => {
  expect(faults()).toEqual([])
  expect(faults('a', 'b')).toEqual([])
  expect(faults('c>b', 'b>a', 'a', 'd>a')).toEqual([])
})

test('all faults are told, whatever their number', () => {
  const many = Array.from({ length: 5000 }, (_, at) => [`o${at}>?`, `c${at}>c${at}`]).flat()
  expect(faults(...many).length).toBe(10_000)
})

test('a chain that ends in a cycle of a thousand is walked once', () => {
  const name = (at: number): string => String(at).padStart(6, '0')
  const ring = Array.from({ length: 1000 }, (_, at) => `${name(at)}>${name((at + 1) % 1000)}`)
  const tail = Array.from({ length: 50_000 }, (_, at) => `${name(at + 1000)}>${name(at === 0 ? 500 : at + 999)}`)
  const [cycle, ...others] = faults(...tail.reverse(), ...ring)
  expect(others).toEqual([])
  expect(cycle?.split('>')).toEqual(Array.from({ length: 1000 }, (_, at) => name(at)))
})
