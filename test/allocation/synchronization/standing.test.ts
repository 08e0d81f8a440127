/**
 * What stands on a computer (src/allocation/synchronization/standing.ts, computer.ts), where it has many allocations for one
 * product: few are gone through and many are looked up, and both are what ALLOC-76 and 78 say.
 */
import { either as E } from 'fp-ts'
import fc from 'fast-check'
import { Allocation, AuditSnapshot, Catalog } from 'seatwise'
import { expect, test } from 'vitest'
import { contentOf, distinctAllocations } from '../../../src/allocation/synchronization/allocations.js'
import { holdingIn, holdingsOf, keptBy } from '../../../src/allocation/synchronization/standing.js'

type Given = NonNullable<Allocation.Given['allocations']>[number]

const LICENSES = ['L-1', 'L-2', 'L-3', 'L-4']
const PRODUCTS = ['P-1', 'P-2']
const INSTALLATIONS = ['i-1', 'i-2', 'i-3', 'i-4', 'i-5', 'i-6']

/** L-3 is retired and L-4 is on no shelf of the products; L-9 is unknown. */
const { right: catalog } = Catalog.decode({
  organizations: [{ id: 'sales', name: 'Sales' }],
  software: [
    { id: 'S-1', name: 'S-1', products: PRODUCTS },
    { id: 'S-2', name: 'S-2', products: ['P-3'] },
  ],
  licenses: LICENSES.map((id, place) => ({
    id,
    name: `License ${String(9 - place)}`,
    software: id === 'L-4' ? 'S-2' : 'S-1',
    main: id === 'L-2',
    retired: id === 'L-3',
    restrictions: { organization: { unit: 'sales' }, devices: id === 'L-1' ? ['PC-2'] : [] },
  })),
})

const { right: snapshots } = AuditSnapshot.decodeAll([
  {
    computer: { id: 'pc-1', name: 'PC-1' },
    installations: INSTALLATIONS.map((id, place) => ({ id, product: PRODUCTS[place % 2 === 0 ? 0 : 1] })),
  },
])

const allocation = fc.record({
  computer: fc.constant('pc-1'),
  product: fc.constantFrom(...PRODUCTS),
  license: fc.constantFrom(...LICENSES, 'L-9'),
  installation: fc.option(fc.constantFrom(...INSTALLATIONS), { nil: undefined }),
  origin: fc.constantFrom('manual', 'automatic'),
  deallocateAutomatically: fc.boolean(),
}) as fc.Arbitrary<Given>

/** Up to a few times as many as are gone through, exact duplicates among them. */
const allocations = fc
  .tuple(fc.array(allocation, { maxLength: 16 }), fc.nat(6))
  .map(([some, again]) => [...some, ...some.slice(0, again).map((each) => ({ ...each }))])

const existing = fc.constantFrom('keep', 'reevaluate-automatic', 'reevaluate-all')

test('an installation keeps the first of those that cover it and stand, as ALLOC-76 orders them', () => {
  const installed = snapshots[0]?.installations ?? []
  const names = new Map<string, string>(catalog.licenses.map(({ id, name }) => [id, name]))
  const orderOf = ({ installation, origin, license }: Given): string =>
    JSON.stringify([
      installation === undefined ? 1 : 0,
      origin === 'manual' ? 0 : 1,
      names.has(license) ? 0 : 1,
      names.get(license) ?? '',
      license,
    ])
  fc.assert(
    fc.property(allocations, existing, (given, mode) => {
      const holding = holdingIn(catalog, mode, [])
      const holdings = holdingsOf(given.map(holding))
      for (const { id, product } of installed) {
        const [first] = given
          .filter((each) => each.product === product && (each.installation ?? id) === id)
          .filter((each) => holding(each).standing === 'stands')
          .map(orderOf)
          .sort()
        const kept = keptBy(holdings, { id, product })
        expect(kept === undefined ? undefined : orderOf(kept.allocation)).toBe(first)
      }
    }),
    { numRuns: 2_000 },
  )
})

test('a run adds what no remaining allocation covers with its license, releases nothing twice, and reads violations alike', () => {
  fc.assert(
    fc.property(allocations, existing, (given, mode) => {
      const runBy = (reader: 'compiled' | 'reference') => {
        const outcome = Allocation.run({ catalog, snapshots, allocations: given, policy: { existing: mode }, reader })
        if (E.isLeft(outcome)) throw new Error(JSON.stringify(outcome.left))
        return outcome.right
      }
      const outcome = runBy('compiled')
      expect(outcome).toEqual(runBy('reference'))
      const { decisions, released, added } = outcome
      const gone = new Set(released.map(contentOf))
      expect(gone.size).toBe(released.length)
      const remaining = distinctAllocations(given).filter((each) => !gone.has(contentOf(each)))
      const wanted = decisions.filter(
        ({ outcome: result, product, license, installation }) =>
          result === 'allocated' &&
          !remaining.some(
            (each) =>
              each.product === product &&
              each.license === license &&
              (each.installation === undefined || each.installation === installation),
          ),
      )
      const placeOf = ({ installation, license }: { readonly installation?: string; readonly license?: string }) =>
        `${installation ?? ''} ${license ?? ''}`
      expect(added.map(placeOf).sort()).toEqual(wanted.map(placeOf).sort())
      for (const { outcome: result, license, violations } of decisions)
        if (result === 'kept' && catalog.licenses.some(({ id }) => id === license))
          expect(violations).toEqual(license === 'L-1' ? ['device', 'organization'] : ['organization'])
    }),
    { numRuns: 1_000 },
  )
})
