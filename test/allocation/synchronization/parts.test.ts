/**
 * The laws of parts (src/allocation/synchronization/parts.ts; ALLOC-85): a run in parts is the run of the whole, byte for
 * byte.
 */
import { either as E, function as F } from 'fp-ts'
import fc from 'fast-check'
import { Allocation, AuditSnapshot, Catalog } from 'seatwise'
import { expect, test } from 'vitest'
import { decodePast, pastWorld, withOptions } from '../../generators/synchronization.js'
import { shuffleLists } from '../../generators/random.js'

type Given = Allocation.Given

const runOf = (given: Given): Allocation.Outcome => {
  const outcome = Allocation.run(given)
  if (E.isLeft(outcome)) throw new Error(JSON.stringify(outcome.left))
  return outcome.right
}

const right = <A>(either: E.Either<unknown, A>): A => {
  if (E.isLeft(either)) throw new Error(JSON.stringify(either.left))
  return either.right
}

const bySoftware = (given: Given, most?: number) => right(Allocation.partsBySoftware(given, most))

const bytes = (value: unknown): string => JSON.stringify(value)

test('the joined parts of connected software are the whole, whatever the capacity', () => {
  fc.assert(
    fc.property(pastWorld, fc.nat(), (each, seed) => {
      const given = decodePast(each)
      const parts = shuffleLists(seed)(bySoftware(given, [undefined, 1, 2][seed % 3]))
      expect(bytes(Allocation.join(parts.map(runOf)))).toBe(bytes(runOf(given)))
    }),
    { numRuns: 400 },
  )
})

test('the joined parts by computer are the whole where capacity is unlimited, and there are none where it is enforced', () => {
  fc.assert(
    fc.property(pastWorld, fc.nat(), (each, seed) => {
      const given = decodePast(withOptions(each, { capacity: 'unlimited' }))
      for (const most of [undefined, 1, 2]) {
        const parts = right(Allocation.partsByComputer(given, most))
        expect(parts.length).toBeLessThanOrEqual(most ?? Infinity)
        expect(bytes(Allocation.join(shuffleLists(seed)(parts).map(runOf)))).toBe(bytes(runOf(given)))
      }
      const enforced = Allocation.partsByComputer(decodePast(withOptions(each, { capacity: 'enforced' })))
      expect(
        F.pipe(
          enforced,
          E.mapLeft((left) => left.map(({ path }) => path)),
        ),
      ).toEqual(E.left(['policy.capacity']))
    }),
    { numRuns: 300 },
  )
})

test('the next state of the whole is that of the joined parts', () => {
  fc.assert(
    fc.property(pastWorld, (each) => {
      const given = decodePast(each)
      const joined = Allocation.join(bySoftware(given).map(runOf))
      expect(Allocation.next(given.allocations ?? [])(joined)).toEqual(
        Allocation.next(given.allocations ?? [])(runOf(given)),
      )
    }),
    { numRuns: 150 },
  )
})

test('outcomes of parts are a commutative monoid', () => {
  const { concat, empty } = Allocation.getMonoid()
  fc.assert(
    fc.property(pastWorld, (each) => {
      const parts = bySoftware(decodePast(each)).map(runOf)
      const [a = empty, b = empty, c = empty] = parts
      expect(bytes(concat(a, empty))).toBe(bytes(a))
      expect(bytes(concat(empty, a))).toBe(bytes(a))
      expect(bytes(concat(a, b))).toBe(bytes(concat(b, a)))
      expect(bytes(concat(a, concat(b, c)))).toBe(bytes(concat(concat(a, b), c)))
      expect(bytes(parts.reduce(concat, empty))).toBe(bytes(Allocation.join(parts)))
    }),
    { numRuns: 200 },
  )
})

test('a split is a split: every installation and every allocation is in one part, and every list stays a list', () => {
  fc.assert(
    fc.property(pastWorld, (each) => {
      const given = decodePast({
        ...each,
        allocations: [...new Map(each.allocations.map((a) => [bytes(a), a])).values()],
      })
      const parts = bySoftware(given)
      const installed = ({ snapshots }: Given) =>
        snapshots.flatMap(({ computer, installations = [] }) => installations.map(({ id }) => bytes([computer.id, id])))
      expect(parts.flatMap(installed).sort()).toEqual(installed(given).sort())
      expect(parts.flatMap(({ allocations = [] }) => allocations.map(bytes)).sort()).toEqual(
        (given.allocations ?? []).map(bytes).sort(),
      )
      const isReported = new Map(given.snapshots.map((one) => [one.computer.id, one.installations !== undefined]))
      for (const { computer, installations } of parts.flatMap(({ snapshots }) => snapshots))
        expect(installations !== undefined).toBe(isReported.get(computer.id))
    }),
    { numRuns: 200 },
  )
})

test('software is in parts of its own unless an allocation or an upgrade connects it', () => {
  const software = ['a', 'b', 'c'].map((id) => ({ id, name: id, products: [`p-${id}`] }))
  const license = (id: string, own: string, upgradeFor?: string) => ({
    id,
    name: id,
    software: own,
    ...(upgradeFor === undefined ? {} : { upgradeFor }),
  })
  const partsOf = (licenses: ReadonlyArray<object>, allocations: ReadonlyArray<object>): ReadonlyArray<string> =>
    bySoftware(
      decodePast({
        catalog: { software, licenses: licenses as never },
        snapshots: [
          {
            computer: { id: 'pc-1', name: 'PC-1' },
            installations: ['a', 'b', 'c'].map((id) => ({ id: `i-${id}`, product: `p-${id}` })),
          },
        ],
        policy: {},
        allocations: allocations as never,
        incomplete: [],
        rejectedLicenses: [],
      }),
    )
      .map(({ snapshots }) =>
        snapshots.flatMap(({ installations = [] }) => installations.map(({ product }) => product)).join(' '),
      )
      .sort()
  const allocation = { computer: 'pc-1', product: 'p-a', license: 'L-c', origin: 'manual' }
  expect(partsOf([], [])).toEqual(['p-a', 'p-b', 'p-c'])
  expect(partsOf([license('L-c', 'c')], [allocation])).toEqual(['p-a p-c', 'p-b'])
  expect(partsOf([license('L-b', 'b'), license('L-c', 'c', 'L-b')], [])).toEqual(['p-a', 'p-b p-c'])
  expect(partsOf([license('L-b', 'b'), license('L-c', 'c', 'L-b')], [allocation])).toEqual(['p-a p-b p-c'])
})

test('what contradicts itself is told before it is split, also where nothing is to be decided', () => {
  const { right: catalog } = Catalog.decode({
    software: ['a', 'b'].map((id) => ({ id, name: id, products: [`p-${id}`] })),
    licenses: [],
  })
  const { right: snapshots } = AuditSnapshot.decodeAll(
    ['p-a', 'p-b'].map((product) => ({
      computer: { id: 'pc-1', name: 'PC-1' },
      installations: [{ id: 'i-1', product }],
    })),
  )
  const twice = { software: [...catalog.software, { ...catalog.software[0]!, name: 'another' }], licenses: [] }
  for (const given of [
    { catalog, snapshots },
    { catalog: twice, snapshots: [] },
  ]) {
    const whole = F.pipe(
      Allocation.run(given),
      E.mapLeft((left) => left.map(({ code }) => code)),
    )
    expect(E.isLeft(whole)).toBe(true)
    for (const split of [Allocation.partsBySoftware, Allocation.partsByComputer])
      expect(
        F.pipe(
          split(given),
          E.mapLeft((left) => left.map(({ code }) => code)),
        ),
      ).toEqual(whole)
  }
})
