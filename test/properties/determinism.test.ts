/**
 * Group A of the properties: the same records give the same decisions, whatever they are written like, on whatever host,
 * and nothing but the decisions comes of it.
 */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import fc from 'fast-check'
import { AuditSnapshot, Catalog } from 'seatwise'
import { expect, test } from 'vitest'
import {
  byInstallation,
  renameDecision,
  renameIds,
  renamingOf,
  withoutDuplicates,
  type Renaming,
} from '../generators/change.js'
import { decide, decideWith, decode, explainAll, READERS, runWith } from '../generators/decide.js'
import { addFields, shuffleFields, shuffleLists } from '../generators/random.js'
import { world } from '../generators/target.js'
import type { World } from '../generators/world.js'

const bytes = (value: unknown): string => JSON.stringify(value)

test('the same world is decided the same way twice, and so is a deep clone of it (A1)', () => {
  fc.assert(
    fc.property(world, (each) => {
      const decided = bytes(decide(each))
      expect(bytes(decide(each))).toBe(decided)
      expect(bytes(decide(structuredClone(each)))).toBe(decided)
      const decoded = decode(each)
      expect(bytes(runWith('compiled')(decoded))).toBe(bytes(runWith('compiled')(structuredClone(decoded))))
    }),
    { numRuns: 200 },
  )
})

test.each(READERS)(
  'the order of any list changes nothing, not even the order of the results (A3, invariant 1; %s)',
  (reader) => {
    fc.assert(
      fc.property(world, fc.nat(), (each, seed) => {
        expect(bytes(decideWith(reader)(shuffleLists(seed)(each)))).toBe(bytes(decideWith(reader)(each)))
      }),
      { numRuns: 200 },
    )
  },
)

test('the order of the fields of a record changes nothing (A4)', () => {
  fc.assert(
    fc.property(world, fc.nat(), (each, seed) => {
      // Fields that look like integers come first, wherever they were put.
      const numbered = addFields(() => [
        ['10', 'ten'],
        ['2', 'two'],
      ])({ catalog: each.catalog, snapshots: each.snapshots })
      expect(bytes(decide({ ...each, ...shuffleFields(seed)(numbered) }))).toBe(bytes(decide(each)))
      expect(bytes(decide(shuffleFields(seed)(each)))).toBe(bytes(decide(each)))
    }),
    { numRuns: 200 },
  )
})

// -------------------------------------------------------------------------------------
// duplicates
// -------------------------------------------------------------------------------------

const warningsOf = ({ catalog, snapshots }: World): ReadonlyArray<string> =>
  [...Catalog.decode(catalog).left, ...AuditSnapshot.decodeAll(snapshots).left].map(
    ({ code, severity }) => `${severity} ${code}`,
  )

const withDuplicate = <A>(records: ReadonlyArray<A>, pick: number, seed: number): ReadonlyArray<A> =>
  records.length === 0
    ? records
    : [...records, shuffleFields(seed)(shuffleLists(seed)(records[pick % records.length]!))]

/** The world with one record given once more, if it has one: its lists and fields in another order. */
const duplicate = (given: World, collection: string, pick: number, seed: number): World => {
  switch (collection) {
    case 'organizations':
    case 'locations':
    case 'software':
    case 'licenses':
      return {
        ...given,
        catalog: { ...given.catalog, [collection]: withDuplicate<object>(given.catalog[collection] ?? [], pick, seed) },
      }
    case 'snapshots':
      return { ...given, snapshots: withDuplicate(given.snapshots, pick, seed) }
    default:
      return {
        ...given,
        snapshots: given.snapshots.map((snapshot, position) =>
          position === 0 && snapshot.installations !== undefined
            ? { ...snapshot, installations: withDuplicate(snapshot.installations, pick, seed) }
            : snapshot,
        ),
      }
  }
}

const COLLECTIONS = ['organizations', 'locations', 'software', 'licenses', 'snapshots', 'installations'] as const

test.each(COLLECTIONS)('an exact duplicate among the %s changes nothing and warns once (A5)', (collection) => {
  fc.assert(
    fc.property(world, fc.nat(), fc.nat(), (each, pick, seed) => {
      const once = withoutDuplicates(each)
      const twice = duplicate(once, collection, pick, seed)
      const isTwice = bytes(twice).length > bytes(once).length
      expect(decide(twice)).toEqual(decide(once))
      expect(warningsOf(twice)).toHaveLength(warningsOf(once).length + (isTwice ? 1 : 0))
      expect(new Set([...warningsOf(twice), 'warning duplicate'])).toEqual(new Set(['warning duplicate']))
    }),
    { numRuns: 60 },
  )
})

// -------------------------------------------------------------------------------------
// ids
// -------------------------------------------------------------------------------------

test('ids renamed in their order rename the decisions and nothing else (A6)', () => {
  fc.assert(
    fc.property(world, (each) => {
      const rename = renamingOf(each, (places) => places)
      const renamed = decide(renameIds(each, rename))
      expect(renamed).toEqual(decide(each).map((decision) => renameDecision(decision, rename)))
    }),
    { numRuns: 250 },
  )
})

test('ids renamed in any order change a winner only for one that it was tied with (A6)', () => {
  fc.assert(
    fc.property(world, fc.nat(), (each, seed) => {
      const rename: Renaming = renamingOf(each, shuffleLists(seed))
      const renamed = byInstallation(decide(renameIds(each, rename)))
      for (const decision of byInstallation(decide(each).map((one) => renameDecision(one, rename))).entries()) {
        const [key, before] = decision
        const after = renamed.get(key)!
        expect([after.outcome, after.rule, after.warnings]).toEqual([before.outcome, before.rule, before.warnings])
        if (after.license !== before.license) {
          expect(before.tied).toContain(after.license)
          expect(after.tied).toContain(before.license)
        }
      }
    }),
    { numRuns: 250 },
  )
})

// -------------------------------------------------------------------------------------
// purity
// -------------------------------------------------------------------------------------

const freeze = <A>(value: A): A => {
  if (typeof value === 'object' && value !== null) {
    Object.freeze(value)
    Object.values(value).forEach(freeze)
  }
  return value
}

/** The own properties of what everybody shares, by name, each as its descriptor. */
const shared = (): ReadonlyMap<string, unknown> => {
  const holders = {
    Object,
    Array,
    String,
    Number,
    Boolean,
    Function,
    RegExp,
    Date,
    Map,
    Set,
    Promise,
    Symbol,
    Error,
    JSON,
    Math,
    globalThis,
  }
  const all = Object.entries(holders).flatMap(([name, holder]) => [
    [name, holder] as const,
    ...('prototype' in holder ? [[`${name}.prototype`, holder.prototype as object] as const] : []),
  ])
  return new Map(
    all.flatMap(([name, holder]) =>
      Reflect.ownKeys(holder).flatMap((key) =>
        Object.entries(Object.getOwnPropertyDescriptor(holder, key)!).map(
          ([field, value]) => [`${name}.${String(key)} ${field}`, value] as const,
        ),
      ),
    ),
  )
}

const changes = (before: ReadonlyMap<string, unknown>, after: ReadonlyMap<string, unknown>): ReadonlyArray<string> =>
  [...new Set([...before.keys(), ...after.keys()])].filter(
    (name) => before.has(name) !== after.has(name) || !Object.is(before.get(name), after.get(name)),
  )

test('frozen records are decided alike, no record is changed, and nothing that is shared is either (A8)', () => {
  // Some of the host's globals are made when they are first looked at, and make others.
  shared()
  fc.assert(
    fc.property(world, (each) => {
      const before = structuredClone(each)
      const decided = decide(each)
      const [first, second] = [freeze(structuredClone(each)), freeze(structuredClone(each))]

      // Nothing but the library runs between the two looks: what a test runner adds on its way is its own affair.
      const globals = shared()
      const decoded = freeze(decode(first))
      const decidedFrozen = READERS.map((reader) => runWith(reader)(decoded))
      const explained = explainAll(second)
      const changed = changes(globals, shared())

      expect(changed).toEqual([])
      for (const decisions of decidedFrozen) expect(decisions).toEqual(decided)
      expect(explained.map(({ decision }) => decision)).toEqual(decided)
      expect(each).toEqual(before)
    }),
    { numRuns: 100 },
  )
})

/** Replaces properties while a function runs. */
const replacing = <A>(replaced: ReadonlyArray<readonly [object, string, unknown]>, run: () => A): A => {
  const before = replaced.map(([holder, name]) => Object.getOwnPropertyDescriptor(holder, name)!)
  try {
    for (const [holder, name, value] of replaced)
      Object.defineProperty(holder, name, { value, configurable: true, writable: true })
    return run()
  } finally {
    replaced.forEach(([holder, name], position) => Object.defineProperty(holder, name, before[position]!))
  }
}

test('no clock, chance, locale or time zone is asked (A2, A9)', () => {
  const worlds = fc.sample(world, { numRuns: 100, seed: 9 })
  const decideAll = () => worlds.map((each) => [decide(each), explainAll(each)])
  const expected = decideAll()

  const asked: Array<string> = []
  const ask = (what: string) => (): never => {
    asked.push(what)
    throw new Error(`${what} was asked`)
  }
  const methods = (holder: object, ...names: ReadonlyArray<string>) =>
    names.map((name) => [holder, name, ask(name)] as const)
  const withoutClock = new Proxy(Date, {
    construct: (target, values: ReadonlyArray<unknown>) =>
      values.length === 0 ? ask('new Date()')() : (Reflect.construct(target, values) as Date),
    apply: ask('Date()'),
  })
  const replaced: ReadonlyArray<readonly [object, string, unknown]> = [
    ...methods(Date, 'now', 'parse'),
    ...methods(
      Date.prototype,
      'getTimezoneOffset',
      'getFullYear',
      'getMonth',
      'getDate',
      'getHours',
      'toString',
      'toLocaleString',
      'toLocaleDateString',
    ),
    ...methods(Math, 'random'),
    ...methods(String.prototype, 'localeCompare', 'toLocaleLowerCase', 'toLocaleUpperCase'),
    ...methods(Number.prototype, 'toLocaleString'),
    ...methods(Array.prototype, 'toLocaleString'),
    [globalThis, 'Intl', new Proxy({}, { get: ask('Intl') })],
    [globalThis, 'Date', withoutClock],
  ]
  const found = replacing(replaced, decideAll)
  expect(asked).toEqual([])
  expect(found).toEqual(expected)
})

test('the host’s time zone, locale and process play no part (A2)', ({ skip }) => {
  const built = new URL('../../dist/esm/index.js', import.meta.url)
  if (!existsSync(built)) skip('there is no dist: npm run build makes it')

  const script = `
    import { createHash } from 'node:crypto'
    import { readFileSync } from 'node:fs'
    const { Allocation, AllocationPolicy, AuditSnapshot, Catalog, Day } = await import(${bytes(built.href)})
    const hash = createHash('sha256')
    for (const world of JSON.parse(readFileSync(0, 'utf8'))) {
      const { right: catalog } = Catalog.decode(world.catalog)
      const { right: snapshots } = AuditSnapshot.decodeAll(world.snapshots)
      const { right: policy } = AllocationPolicy.AllocationPolicy.decode(world.policy)
      const asOf = world.asOf === undefined ? {} : { asOf: Day.parse(world.asOf).value }
      const run = Allocation.run({ catalog, snapshots, policy, ...asOf })
      const { right: explain } = Allocation.explain({ ...policy, ...asOf })(catalog)
      hash.update(JSON.stringify(run))
      for (const snapshot of snapshots)
        for (const { id } of snapshot.installations ?? []) hash.update(Allocation.render(explain(snapshot, id).value))
    }
    console.log(process.env.TZ, hash.digest('hex'))
  `
  const input = bytes(fc.sample(world, { numRuns: 40, seed: 2 }))
  // Every zone and every locale: Turkish lower-cases I in its own way, Swedish sorts in its own order.
  const hosts = [
    { TZ: 'UTC', LC_ALL: 'C' },
    { TZ: 'Pacific/Apia', LC_ALL: 'sv_SE.UTF-8' },
    { TZ: 'Asia/Kathmandu', LC_ALL: 'tr_TR.UTF-8' },
    { TZ: 'America/New_York', LC_ALL: 'C' },
    { TZ: 'UTC', LC_ALL: 'tr_TR.UTF-8' },
  ]
  const digests = hosts.map((host) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
      input,
      encoding: 'utf8',
      env: { ...process.env, ...host, LANG: host.LC_ALL },
    })
    expect(status, stderr).toBe(0)
    const [zone, digest] = stdout.trim().split(' ')
    expect(zone).toBe(host.TZ)
    expect(digest).toMatch(/^[0-9a-f]{64}$/)
    return digest
  })
  expect(new Set(digests).size).toBe(1)
})

test('unknown fields of records change nothing, whatever their names are (A10)', () => {
  const strange = [
    'toJSON',
    'then',
    'constructor',
    '__proto__',
    'hasOwnProperty',
    'length',
    'valueOf',
    'Symbol.iterator',
    'ID',
  ]
  const held = fc.constantFrom<unknown>('L-1', 7, null, true, ['x'], { id: 'L-1', unit: 'u-1' }, () => 'called')
  fc.assert(
    fc.property(world, fc.subarray(strange, { minLength: 1 }), held, (each, names, value) => {
      const unknownFields = addFields(() => names.map((name) => [name, value] as const))
      const { catalog, snapshots } = unknownFields({ catalog: each.catalog, snapshots: each.snapshots })
      expect(decide({ ...each, catalog, snapshots })).toEqual(decide(each))
    }),
    { numRuns: 200 },
  )
})
