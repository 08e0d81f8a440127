/**
 * Laws of `compile` (src/allocation/compile.ts), and what `run` adds to it.
 */
import { either as E } from 'fp-ts'
import fc from 'fast-check'
import { Allocation } from 'seatwise'
import { expect, test } from 'vitest'
import { decode, READERS, runWith } from '../generators/decide.js'
import { world } from '../generators/target.js'

const compiled = (options: Allocation.Options, catalog: ReturnType<typeof decode>['catalog']): Allocation.Allocate => {
  const allocate = Allocation.compile(options)(catalog)
  return E.isRight(allocate) ? allocate.right : expect.fail('no compiled catalog')
}

test.each(READERS)('law 1: one decision for each installation, by installation id (ALLOC-1, 87; %s)', (reader) => {
  fc.assert(
    fc.property(world, (each) => {
      const { catalog, snapshots, options } = decode(each)
      const allocate = compiled({ ...options, reader }, catalog)
      for (const snapshot of snapshots) {
        const decisions = allocate(snapshot)
        expect(decisions.map(({ installation }) => installation)).toEqual(
          (snapshot.installations ?? []).map(({ id }) => id).sort(),
        )
        expect(decisions.every(({ computer }) => computer === snapshot.computer.id)).toBe(true)
      }
    }),
    { numRuns: 150 },
  )
})

test.each(READERS)(
  'law 2: an installation is decided by itself, whatever else is on the computer (ALLOC-66; %s)',
  (reader) => {
    fc.assert(
      fc.property(world, (each) => {
        const { catalog, snapshots, options } = decode(each)
        const allocate = compiled({ ...options, reader }, catalog)
        for (const snapshot of snapshots) {
          const together = allocate(snapshot)
          const alone = (snapshot.installations ?? []).flatMap((one) => allocate({ ...snapshot, installations: [one] }))
          expect(new Set(together.map((one) => JSON.stringify(one)))).toEqual(
            new Set(alone.map((one) => JSON.stringify(one))),
          )
        }
      }),
      { numRuns: 150 },
    )
  },
)

test('law 3: both readers decide every snapshot alike', () => {
  fc.assert(
    fc.property(world, (each) => {
      const { catalog, snapshots, options } = decode(each)
      const [fast, slow] = READERS.map((reader) => compiled({ ...options, reader }, catalog))
      for (const snapshot of snapshots) expect(fast!(snapshot)).toEqual(slow!(snapshot))
    }),
    { numRuns: 150 },
  )
})

test('a run decides its snapshots as a compiled catalog does, in the order of computer ids (ALLOC-87)', () => {
  fc.assert(
    fc.property(world, (each) => {
      const decoded = decode(each)
      const allocate = compiled(decoded.options, decoded.catalog)
      const byId = [...decoded.snapshots].sort((a, b) => (a.computer.id < b.computer.id ? -1 : 1))
      expect(runWith('compiled')(decoded)).toEqual(byId.flatMap((snapshot) => allocate(snapshot)))
    }),
    { numRuns: 150 },
  )
})

test('a compiled catalog forgets: asked again, after others, it says the same', () => {
  fc.assert(
    fc.property(world, (each) => {
      const { catalog, snapshots, options } = decode(each)
      const allocate = compiled(options, catalog)
      const first = snapshots.map(allocate)
      expect([...snapshots].reverse().map(allocate).reverse()).toEqual(first)
    }),
    { numRuns: 100 },
  )
})

test('a snapshot that was changed in place is looked at anew', () => {
  const { catalog, snapshots } = decode({
    catalog: {
      organizations: [
        { id: 'a', name: 'A' },
        { id: 'b', name: 'B' },
      ],
      software: [{ id: 's', name: 'S', products: ['p'] }],
      licenses: [
        { id: 'l', name: 'L', software: 's', serialNumber: '1', restrictions: { organization: { unit: 'a' } } },
      ],
    },
    snapshots: [{ computer: { id: 'c', name: 'C' }, organization: 'b', installations: [{ id: 'i', product: 'p' }] }],
    policy: {},
  })
  const allocate = compiled({}, catalog)
  const snapshot = structuredClone(snapshots[0]!) as {
    organization: string
    installations: Array<{ serialNumber?: string }>
  } & (typeof snapshots)[0]
  expect(allocate(snapshot)[0]?.rule).toBeUndefined()
  snapshot.organization = 'a'
  expect(allocate(snapshot)[0]?.rule).toBe('3.2')
  snapshot.installations[0]!.serialNumber = '1'
  expect(allocate(snapshot)[0]?.rule).toBe('1.2')
})

test('what decisions share cannot be changed through one of them', () => {
  const { catalog, snapshots } = decode({
    policy: {},
    catalog: {
      organizations: [
        { id: 'a', name: 'Sales' },
        { id: 'b', name: 'Sales' },
      ],
      software: [{ id: 's', name: 'S', products: ['P'] }],
      licenses: [1, 2].map((n) => ({ id: `L-${String(n)}`, name: `L ${String(n)}`, software: 's', main: true })),
    },
    snapshots: [1, 2].map((n) => ({
      computer: { id: `c-${String(n)}`, name: 'PC' },
      ...(n === 1 ? { organization: 'Sales' } : {}),
      installations: [{ id: 'i', product: 'P' }],
    })),
  })
  const allocate = compiled({}, catalog)
  const told = () => JSON.stringify(snapshots.map(allocate))
  const before = told()
  for (const { warnings, violations } of snapshots.flatMap((snapshot) => allocate(snapshot)))
    for (const list of [warnings, violations])
      try {
        ;(list as unknown as Array<string>).push('mine')
      } catch {
        continue
      }
  expect(told()).toBe(before)
})
