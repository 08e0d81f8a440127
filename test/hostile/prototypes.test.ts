/**
 * Objects and where they come from (rows 1 to 6): only what is written on a record itself counts.
 */
import { createContext, runInContext } from 'node:vm'
import { describe, expect, test } from 'vitest'
import { entry, type Entry, type Raw } from './entries.js'
import { everywhere, expectHarmless, expectRejected, judge, observe } from './plant.js'
import { snapshot, told, unit, type World } from './worlds.js'

const absentFields = ({ required }: Entry) => required.map((field) => ['missing', `.${field}`] as const)

everywhere('an own `__proto__` in a record is an unknown field and becomes no prototype (row 1)', (entry) => {
  const evil = '{"id":"evil","name":"evil","main":true,"retired":true}'
  const odd = (record: Raw): unknown => JSON.parse(JSON.stringify(record).replace('{', `{"__proto__":${evil},`))
  expect(Object.hasOwn(odd({ id: '1' }) as Raw, '__proto__')).toBe(true)
  expectHarmless(entry, odd)
  for (const record of entry.decode([odd(entry.good('r-1'))]).accepted)
    expect(Object.getPrototypeOf(record)).toBe(Object.prototype)
})

describe('`__proto__` is an id like any other, and so is every name of Object.prototype (row 2)', () => {
  const names = [...Object.getOwnPropertyNames(Object.prototype), 'length', 'prototype']

  test.each(Object.values(entry))('among $collection', ({ decode, good, parse }) => {
    const records = names.map(good)
    expect(decode(records).ids).toEqual(names)
    expect(parse(JSON.stringify(records)).whole).toEqual(decode(records).whole)
  })

  test.each(names)('when licenses are allocated: %s', (name) => {
    const world = (reference: Raw, more: Raw, installation: Raw = {}): World => ({
      catalog: {
        organizations: [unit(name)],
        software: [{ id: name, name, products: [name] }],
        licenses: [{ id: name, name, software: name, ...reference }],
      },
      snapshots: [snapshot(name, more, { id: name, product: name, ...installation })],
    })
    expect(told(world({ serialNumber: name }, {}, { serialNumber: name }))).toEqual([`${name} by 1.2`])
    expect(told(world({ restrictions: { devices: [name] } }, {}))).toEqual([`${name} by 2.4`])
    expect(told(world({ restrictions: { owners: [name] } }, { owner: name }))).toEqual([`${name} by 2.8`])
    const organization = { unit: name, includeSubunits: true }
    expect(told(world({ restrictions: { organization } }, { organization: name }))).toEqual([`${name} by 3.2`])
    expect(told(world({}, {}))).toEqual(['unreconciled'])
  })
})

describe('what a polluted Object.prototype holds is in no record (row 4)', () => {
  const pollution: Raw = {
    computer: { id: 'x', name: 'x' },
    id: 'x',
    name: 'x',
    product: 'x',
    products: ['x'],
    software: 'x',
  }

  /** Pollutes while `work` is done, and judges nothing meanwhile: the judges would be polluted, too. */
  const polluted = <A>(property: (value: unknown) => PropertyDescriptor, work: () => A): A => {
    for (const [field, value] of Object.entries(pollution))
      Object.defineProperty(Object.prototype, field, { configurable: true, enumerable: true, ...property(value) })
    try {
      return work()
    } finally {
      for (const field of Object.keys(pollution)) Reflect.deleteProperty(Object.prototype, field)
    }
  }

  const pollutions: ReadonlyArray<readonly [string, (value: unknown) => PropertyDescriptor]> = [
    ['with values', (value) => ({ value, writable: true })],
    ['with values that cannot be written over', (value) => ({ value, writable: false })],
    ['with setters that swallow what they are given', (value) => ({ get: () => value, set: () => undefined })],
  ]

  test.each(pollutions)('missing fields are missing from a record, polluted %s', (_, property) => {
    for (const each of Object.values(entry)) {
      const defect = { spoil: () => ({}), found: absentFields(each), json: true } as const
      const seen = polluted(property, () => observe(each, defect))
      judge(each, defect, seen)
    }
  })

  test.each(pollutions)('good records come out as ever, polluted %s', (_, property) => {
    for (const { decode, good } of Object.values(entry)) {
      const records = [good('r-1'), good('r-2')]
      expect(polluted(property, () => decode(records).whole)).toEqual(decode(records).whole)
    }
  })
})

everywhere('inherited fields are not there (row 5)', (entry) => {
  expectRejected(entry, { spoil: (record) => Object.create(record), found: absentFields(entry) })
})

describe('a record is known by its fields, whatever made it (row 6)', () => {
  test.each(Object.values(entry))('without a prototype, among $collection', (entry) => {
    expectHarmless(entry, (record) => Object.assign(Object.create(null), record))
  })

  test.each(Object.values(entry))('of another realm, among $collection', (entry) => {
    const realm = createContext()
    expectHarmless(entry, (record) => runInContext(`(${JSON.stringify(record)})`, realm))
  })

  test.each(Object.values(entry))('made by a class, among $collection', (entry) => {
    class Row {
      constructor(record: Raw) {
        Object.assign(this, record)
      }
    }
    expectHarmless(entry, (record) => new Row(record))
  })

  test('in a list of another realm', () => {
    const seen = entry.licenses.decode(runInContext(JSON.stringify([entry.licenses.good('L-1')]), createContext()))
    expect([seen.ids, seen.rejections]).toEqual([['L-1'], []])
  })
})
