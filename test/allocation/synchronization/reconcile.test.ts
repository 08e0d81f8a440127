/**
 * What a person does by hand (src/allocation/synchronization/reconcile.ts; ALLOC-63 to 65).
 */
import { either as E, function as F } from 'fp-ts'
import fc from 'fast-check'
import { Allocation } from 'seatwise'
import { expect, test } from 'vitest'
import { decodePast, pastWorld, withOptions, withoutRejections } from '../../generators/synchronization.js'

const right = <A>(either: E.Either<unknown, A>): A => {
  if (E.isLeft(either)) throw new Error(JSON.stringify(either.left))
  return either.right
}

const liveSoftware = ({ catalog: { software } }: Allocation.Given) => software.filter(({ retired }) => retired !== true)

test('a wish comes true exactly when the license is of the tracked software of the product, and not retired', () => {
  fc.assert(
    fc.property(pastWorld, (each) => {
      const given = decodePast(each)
      const reconcile = right(Allocation.reconcile(given))
      for (const { computer, installations = [] } of given.snapshots)
        for (const { id: installation, product } of installations)
          for (const license of given.catalog.licenses) {
            const software = liveSoftware(given).find(({ products }) => products.includes(product))
            const isAllowed = software?.id === license.software && license.retired !== true
            const wish = reconcile({ computer: computer.id, installation, license: license.id })
            expect(E.isRight(wish)).toBe(isAllowed)
            if (E.isLeft(wish))
              expect(wish.left.reason).toBe(
                software === undefined ? 'untracked' : software.id === license.software ? 'retired' : 'other-software',
              )
          }
    }),
    { numRuns: 150 },
  )
})

test('laws 1 and 2: what is reconciled is kept, with the violations that were told, and no other installation loses what it has', () => {
  fc.assert(
    fc.property(pastWorld.map(withoutRejections), fc.nat(), (each, choice) => {
      const given = decodePast(withOptions(each, { existing: 'keep', capacity: 'unlimited' }))
      const before = right(Allocation.run(given)).decisions
      const decision = before[choice % Math.max(1, before.length)]
      if (decision === undefined || decision.outcome === 'skipped') return
      for (const { id: license } of given.catalog.licenses) {
        const wish = right(Allocation.reconcile(given))({ ...decision, license })
        if (E.isLeft(wish)) continue
        const { allocations, allocation, replaced, violations } = wish.right
        expect(allocations).toContainEqual(allocation)
        expect(allocation).toMatchObject({ origin: 'manual', installation: decision.installation, license })
        const left = new Set(allocations.map((one) => JSON.stringify(one)))
        const gone = (given.allocations ?? []).filter((one) => !left.has(JSON.stringify(one)))
        expect(replaced).toEqual(expect.arrayContaining(gone))
        expect(replaced.every(({ installation }) => installation === decision.installation)).toBe(true)
        const after = right(Allocation.run({ ...given, allocations })).decisions
        for (const [place, one] of after.entries())
          if (one.computer === decision.computer && one.installation === decision.installation) {
            expect(one).toMatchObject({ outcome: 'kept', license })
            expect(one.violations ?? []).toEqual(violations)
          } else expect(one).toEqual(before[place])
      }
    }),
    { numRuns: 150 },
  )
})

test('an installation, a license or a product that nobody knows is refused with its reason', () => {
  const given = decodePast({
    catalog: {
      software: [{ id: 'visio', name: 'Visio', products: ['Visio 2024'] }],
      licenses: [
        { id: 'L-1', name: 'Visio', software: 'visio', metric: 'user', expires: '2020-01-01', entitlements: 0 },
      ],
    },
    snapshots: [
      {
        computer: { id: 'pc-1', name: 'PC-1' },
        installations: [
          { id: 'i-1', product: 'Visio 2024' },
          { id: 'i-2', product: 'Minesweeper' },
        ],
      },
    ],
    policy: { capacity: 'enforced', expired: 'excluded' },
    asOf: '2026-01-01',
    allocations: [],
    incomplete: [],
    rejectedLicenses: [],
  })
  const reason = (computer: string, installation: string, license: string) =>
    F.pipe(
      right(Allocation.reconcile(given))({ computer, installation, license }),
      E.match(
        (refused) => refused.reason,
        () => 'reconciled',
      ),
    )
  expect(reason('pc-9', 'i-1', 'L-1')).toBe('no-installation')
  expect(reason('pc-1', 'i-9', 'L-1')).toBe('no-installation')
  expect(reason('pc-1', 'i-2', 'L-1')).toBe('untracked')
  expect(reason('pc-1', 'i-1', 'L-9')).toBe('no-license')
  // Per user, expired and full: a person may all the same (ALLOC-64).
  expect(reason('pc-1', 'i-1', 'L-1')).toBe('reconciled')
})

test('in bulk a license gets exactly what the rules give it of the installations that nothing covers', () => {
  fc.assert(
    fc.property(pastWorld, (each) => {
      const given = decodePast(withOptions(each, { existing: 'keep' }))
      const { decisions, added, released } = right(Allocation.run(given))
      for (const { id: license } of given.catalog.licenses.slice(0, 3)) {
        const bulk = right(Allocation.allocateInBulk(given)(license))
        expect(bulk.added).toEqual(added.filter((one) => one.license === license))
        expect(released).toEqual(expect.arrayContaining([...bulk.released]))
        expect(bulk.allocations).toEqual(Allocation.next(given.allocations ?? [])(bulk))
        const got = decisions.filter((one) => one.outcome === 'allocated' && one.license === license).length
        const waiting = decisions.filter(({ outcome }) => outcome === 'allocated' || outcome === 'unreconciled').length
        expect(bulk.unreconciled.length).toBe(waiting - got)
      }
    }),
    { numRuns: 150 },
  )
})

test('in bulk no license goes over its entitlements, since what was abandoned is released with it', () => {
  const given = decodePast({
    catalog: {
      software: [{ id: 'visio', name: 'Visio', products: ['Visio 2024'] }],
      licenses: [{ id: 'L-1', name: 'Visio', software: 'visio', main: true, entitlements: 1 }],
    },
    snapshots: [
      { computer: { id: 'pc-1', name: 'PC-1' }, installations: [{ id: 'i-1', product: 'Visio 2024' }] },
      { computer: { id: 'pc-2', name: 'PC-2' }, installations: [] },
    ],
    policy: { capacity: 'enforced' },
    allocations: [
      { computer: 'pc-2', product: 'Visio 2024', license: 'L-1', origin: 'automatic', deallocateAutomatically: true },
    ],
    incomplete: [],
    rejectedLicenses: [],
  })
  const { allocations, released } = right(Allocation.allocateInBulk(given)('L-1'))
  expect([allocations, released].map((list) => list.map(({ computer }) => computer))).toEqual([['pc-1'], ['pc-2']])
})
