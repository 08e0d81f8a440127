/**
 * Guards (src/record/Guard.ts): the quick way through a record says what the slow one says, of every value, and JSON text
 * is decoded as the value is that it stands for.
 */
import { either as E, option as O } from 'fp-ts'
import fc from 'fast-check'
import { AuditSnapshot, Catalog, Limits, type Rejection } from 'seatwise'
import { describe, expect, test } from 'vitest'
import * as Allocation from '../../src/record/Allocation.js'
import * as Policy from '../../src/record/AllocationPolicy.js'
import * as Snapshot from '../../src/record/SnapshotCodec.js'
import * as Bundled from '../../src/record/BundledLicense.js'
import * as Catalogs from '../../src/record/Catalog.js'
import { readUnknown, takeParsed } from '../../src/record/Codec.js'
import { areDistinct } from '../../src/record/Collection.js'
import * as Decision from '../../src/record/Decision.js'
import * as DeploymentDecision from '../../src/record/DeploymentDecision.js'
import * as Operation from '../../src/record/DeploymentOperation.js'
import * as Settings from '../../src/record/DeploymentSettings.js'
import * as Device from '../../src/record/Device.js'
import * as Condition from '../../src/record/DistributionCondition.js'
import * as Estates from '../../src/record/Estate.js'
import * as Pack from '../../src/record/ProductPack.js'
import type { Fault, Shape } from '../../src/record/Shape.js'
import * as License from '../../src/record/SoftwareLicense.js'
import { collections, entry } from '../hostile/entries.js'
import { anything, good, goodDeployment, goodOthers } from './arbitraries.js'

// -------------------------------------------------------------------------------------
// values
// -------------------------------------------------------------------------------------

type Json = ReturnType<typeof JSON.parse>

/** What may stand where something else should. */
const odd: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(null, '', ' \t', '\u00a0', '\ud800', 'x\udc00', '\u{1f600}', 'long enough to be too long'),
  fc.constantFrom<unknown>(0, -0, 1.5, -1, 2 ** 53, true, false, [], {}, [null], [[]], [{}], { a: { b: { c: [1] } } }),
  fc.constantFrom<unknown>(
    '2024-02-30',
    '2026-01-31',
    '2026-01-31T12:00:00Z',
    '12.x',
    'enabled',
    'conditions',
    'add-on',
  ),
  fc.jsonValue({ maxDepth: 3 }),
)

/** JSON text of a value, negative zero and all; what JSON cannot say is zero, or left out. */
const textOf = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'bigint' ? 0 : Object.is(part, -0) ? 'negative zero' : part,
  ).replaceAll('"negative zero"', '-0')

/** A good value without the fields that nobody knows. */
const knownPart = (value: unknown): unknown =>
  JSON.parse(textOf(value), (key, part: unknown) => (key.startsWith('x-') ? undefined : part))

const objectsIn = (value: Json): ReadonlyArray<Json> =>
  typeof value === 'object' && value !== null ? [value, ...Object.values(value).flatMap(objectsIn)] : []

/** One change somewhere in a value: a field is taken away, written over, added or moved to the end. */
const change = fc.record({
  object: fc.nat(),
  field: fc.nat(),
  by: fc.oneof(fc.constantFrom('remove', 'move', 'proto'), fc.record({ write: odd }), fc.record({ add: odd })),
})

const changed = (value: unknown, changes: ReadonlyArray<{ object: number; field: number; by: Json }>): Json => {
  const made: Json = JSON.parse(textOf(value))
  for (const { object, field, by } of changes) {
    const objects = objectsIn(made)
    const one = objects[object % objects.length]
    const keys = Object.keys(one ?? {})
    const key = keys[field % keys.length]
    if (one === undefined || key === undefined) continue
    if (by === 'proto')
      Object.defineProperty(one, '__proto__', { value: { id: 'x' }, enumerable: true, writable: true })
    else if (typeof by === 'object' && 'add' in by)
      one[Array.isArray(one) ? one.length : 'more'] = structuredClone(by.add)
    else if (typeof by === 'object') one[key] = structuredClone(by.write)
    else if (Array.isArray(one)) one.splice(Number(key), 1)
    else {
      const held = one[key]
      Reflect.deleteProperty(one, key)
      if (by === 'move') one[key] = held
    }
  }
  return made
}

const limits: fc.Arbitrary<Limits.Limits> = fc.oneof(
  fc.constant(Limits.defaultLimits),
  fc.record({ text: fc.constantFrom(8, 20, 65_536), depth: fc.nat(4), rejections: fc.nat(3) }),
)

/** Equal, with the fields of each record in the same order. */
const expectSame = (one: unknown, other: unknown): void => {
  expect(one).toStrictEqual(other)
  expect(fc.stringify(one)).toBe(fc.stringify(other))
}

const families: ReadonlyArray<readonly [string, Shape<unknown>, fc.Arbitrary<unknown>]> = (
  [
    ['snapshot', Snapshot.shape, good.snapshots],
    ['installation', Snapshot.installationShape, good.installations],
    ['catalog', Catalogs.shape, goodOthers.catalog],
    ['license', License.shape, good.licenses],
    ['allocation', Allocation.shape, goodOthers.allocation],
    ['decision', Decision.shape, goodOthers.decision],
    ['policy', Policy.shape, goodOthers.policy],
    ['estate', Estates.shape, goodDeployment.estate],
    ['pack', Pack.shape, good.packs],
    ['device', Device.shape, good.devices],
    ['settings', Settings.shape, goodDeployment.settings],
    ['bundled license', Bundled.shape, goodDeployment.bundled],
    ['condition', Condition.shape, goodDeployment.condition],
    ['operation', Operation.shape, goodDeployment.operation],
    ['deployment decision', DeploymentDecision.shape, goodDeployment.decision],
  ] as ReadonlyArray<readonly [string, unknown, fc.Arbitrary<unknown>]>
).map(([name, shape, records]) => [name, shape as Shape<unknown>, records])

// -------------------------------------------------------------------------------------
// laws
// -------------------------------------------------------------------------------------

describe.each(families)('a %s', (_, shape, records) => {
  const slow = { ...shape, guard: undefined }
  const raw = fc.tuple(records, fc.array(change, { maxLength: 3 })).map(([value, changes]) => changed(value, changes))

  test('has a guard, which takes whatever is good', () => {
    fc.assert(
      fc.property(records, (value) => {
        const parsed = knownPart(value)
        const expected = readUnknown(slow, Limits.defaultLimits)(parsed)
        expect(E.isRight(expected)).toBe(true)
        expectSame(E.right(takeParsed(shape, Limits.defaultLimits)(parsed)), expected)
      }),
    )
  })

  test('is read as slowly as quickly, with the same faults (law 1)', () => {
    fc.assert(
      fc.property(raw, limits, (value, within) => {
        expectSame(readUnknown(shape, within)(value), readUnknown(slow, within)(value))
      }),
      { numRuns: 500 },
    )
  })

  test('is read as slowly as quickly, whatever it is (law 1)', () => {
    fc.assert(
      fc.property(anything, (make) => {
        // What was found need not be the same: each is made anew.
        const told = (one: Shape<unknown>) =>
          E.mapLeft((faults: ReadonlyArray<Fault>) =>
            faults.map(({ value, ...fault }) => ({ ...fault, found: typeof value })),
          )(readUnknown(one, Limits.defaultLimits)(make()))
        expectSame(told(shape), told(slow))
      }),
    )
  })

  test('that was parsed is taken only if it is good, and kept only if it is what would be made (laws 1 and 2)', () => {
    fc.assert(
      fc.property(raw, limits, (value, within) => {
        const expected = readUnknown(slow, within)(value)
        const text = textOf(value)
        const parsed: unknown = JSON.parse(text)
        const taken = takeParsed(shape, within)(parsed)
        if (taken !== undefined) expectSame(E.right(taken), expected)
        else expect(textOf(parsed)).toBe(text)
      }),
      { numRuns: 500 },
    )
  })
})

test('installations are taken at once as field by field, in whatever order and with whatever texts', () => {
  const slow = { ...Snapshot.installationShape, guard: undefined }
  const fields = ['id', 'product', 'serialNumber', 'installationKey', 'found']
  const texts = fc.oneof(fc.constant('usual'), fc.constant('usual'), odd)
  fc.assert(
    fc.property(
      fc.oneof(fc.subarray(fields), fc.shuffledSubarray(fields)),
      fc.array(texts, { minLength: 5, maxLength: 5 }),
      limits,
      (keys, values, within) => {
        const raw = Object.fromEntries(keys.map((key, index) => [key, values[index]]))
        expectSame(readUnknown(Snapshot.installationShape, within)(raw), readUnknown(slow, within)(raw))
      },
    ),
    { numRuns: 1_000 },
  )
})

describe('JSON text is decoded as the value that it stands for', () => {
  test.each(collections)('among %s', (collection) => {
    const { decode, parse } = entry[collection]
    const id = fc.constantFrom('a', 'b', 'c')
    fc.assert(
      fc.property(
        fc.array(fc.tuple(good[collection], fc.option(id, { nil: undefined }), fc.array(change, { maxLength: 1 }))),
        limits,
        (records, within) => {
          const given = records.map(([record, same, changes]) =>
            changed(same === undefined || !('id' in record) ? record : { ...record, id: same }, changes),
          )
          const json = textOf(given)
          expectSame(parse(json, within).whole, decode(JSON.parse(json), within).whole)
        },
      ),
    )
  })

  test('and so is one snapshot of many', () => {
    const told = (rejections: ReadonlyArray<Rejection.Rejection>) =>
      rejections.map(({ index, path, ...rest }) =>
        path.startsWith('snapshots[0]')
          ? { ...rest, path: path.replace(/^snapshots\[0\]\.?/, '') }
          : { ...rest, index, path },
      )
    const withoutIndex = (rejections: ReadonlyArray<Rejection.Rejection>) =>
      rejections.map(({ index: _, ...rest }) => rest)
    fc.assert(
      fc.property(good.snapshots, fc.array(change, { maxLength: 3 }), limits, (record, changes, within) => {
        const snapshot: unknown = changed(record, changes)
        if (snapshot === undefined) return
        const json = textOf(snapshot)
        const one = AuditSnapshot.parse(json, within)
        const all = AuditSnapshot.parseAll(`[${json}]`, within)
        expectSame(one, AuditSnapshot.decode(JSON.parse(json), within))
        expectSame(O.isSome(one.right) ? [one.right.value] : [], all.right)
        expectSame(one.incomplete, all.incomplete.length > 0)
        expectSame(one.tallies, all.tallies)
        expectSame(
          withoutIndex(one.left).map(({ path, ...rest }) => ({ ...rest, path })),
          told(all.left).map(({ path, ...rest }) => {
            const { index: _, ...others } = rest as Partial<Rejection.Rejection>
            return { ...others, path }
          }),
        )
      }),
      { numRuns: 500 },
    )
  })

  test('what was parsed shares nothing with what is parsed again', () => {
    const json = '{"computer":{"id":"pc-1","name":"PC-1"},"installations":[{"id":"i-1","product":"Visio"}]}'
    const [one, other] = [AuditSnapshot.parse(json), AuditSnapshot.parse(json)]
    expect(one).toEqual(other)
    expect(O.toUndefined(one.right)).not.toBe(O.toUndefined(other.right))
    expect(AuditSnapshot.parse(`\ufeff${json}`)).toEqual(one)
  })

  test('a field that comes twice counts as it was written last, and an own `__proto__` not at all', () => {
    const json =
      '{"computer":{"id":"pc-0","id":"pc-1","name":"PC-1"},"__proto__":{"owner":"Eve"},"installations":[{"id":"i-1","product":"Visio","__proto__":7}]}'
    const { left, right } = AuditSnapshot.parse(json)
    expect(left).toEqual([])
    expectSame(
      right,
      O.some({ computer: { id: 'pc-1', name: 'PC-1' }, installations: [{ id: 'i-1', product: 'Visio' }] }),
    )
  })
})

describe('a polluted Object.prototype changes nothing of what is parsed', () => {
  const json = '{"computer":{"id":"pc-1","name":"PC-1"},"installations":[{"id":"i-1","product":"Visio"},{"id":"i-2"}]}'
  const nulls = json.replace('"name"', '"retired":null,"name"')
  const catalog =
    '{"software":[],"licenses":[{"id":"L-1","name":"L","software":"s","expires":"2026-01-31"},{"id":"L-2"}]}'
  const work = () => [
    AuditSnapshot.parse(json),
    AuditSnapshot.parse(nulls),
    AuditSnapshot.parseAll(`[${json},${nulls}]`),
    AuditSnapshot.decodeAll([JSON.parse(json), JSON.parse(nulls)]),
    Catalog.parse(catalog),
  ]
  const names = ['product', 'owner', 'installations', 'serialNumber', 'name', 'software', 'expires', 'retired', 'other']

  test.each([
    ['values', { value: 'evil', writable: true, enumerable: true }],
    ['values that do not show', { value: 'evil', writable: true, enumerable: false }],
    ['values that cannot be written over', { value: 'evil', writable: false, enumerable: true }],
    ['setters', { get: () => 'evil', set: () => undefined, enumerable: false }],
  ] as const)('by %s', (_, descriptor) => {
    const expected = work()
    for (const name of names) {
      let seen: unknown
      Object.defineProperty(Object.prototype, name, { configurable: true, ...descriptor })
      try {
        seen = work()
      } finally {
        Reflect.deleteProperty(Object.prototype, name)
      }
      expectSame(seen, expected)
    }
  })
})

describe('ids', () => {
  test('are distinct or are not, however many and however alike', () => {
    const id = fc.oneof(
      fc.string({ minLength: 1, maxLength: 3 }),
      fc.nat(200).map((number) => `inst-${String(number)}`),
      fc.constantFrom('constructor', '__proto__', 'x'.repeat(300)),
    )
    fc.assert(
      fc.property(fc.array(id, { maxLength: 150 }), fc.boolean(), (given, unique) => {
        const ids = unique ? [...new Set(given)] : given
        expect(areDistinct(ids.map((each) => ({ id: each })))).toBe(new Set(ids).size === ids.length)
      }),
      { numRuns: 500 },
    )
  })
})
