/**
 * Whole runs, and compliance, come out as they do by a model that was written from the rules alone and shares no code
 * with the library.
 */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { READERS } from '../generators/decide.js'
import {
  complianceByModel,
  complianceOf,
  decodePast,
  pastWorld,
  runWith,
  synchronizeByModel,
  type Synchronized,
} from '../generators/synchronization.js'
import type { WireAllocation } from '../model/synchronization.js'

/** The order of allocations that differ only in their origin or their flag is nobody's business (ALLOC-87). */
const sorted = ({ decisions, released, added, next }: Omit<Synchronized, 'ledger'>) => ({
  decisions,
  ...{ released: texts(released), added: texts(added), next: texts(next) },
})

const texts = (allocations: ReadonlyArray<WireAllocation>): ReadonlyArray<string> =>
  allocations
    .map(({ computer, product, license, installation, origin, deallocateAutomatically }) =>
      JSON.stringify({ computer, product, license, installation, origin, deallocateAutomatically }),
    )
    .sort()

test('both readers decide, release and add as the model does, and leave the same allocations', () => {
  fc.assert(
    fc.property(pastWorld, (each) => {
      const expected = sorted(synchronizeByModel(each))
      const given = decodePast(each)
      for (const reader of READERS) expect(sorted(runWith(reader)(given))).toEqual(expected)
    }),
    { numRuns: 500 },
  )
})

test('compliance is that of the model, before a run and after it', () => {
  fc.assert(
    fc.property(pastWorld, (each) => {
      const { decisions, next } = synchronizeByModel(each)
      for (const allocations of [each.allocations, next])
        expect(complianceOf({ ...each, allocations }, decisions)).toEqual(
          complianceByModel({ ...each, allocations, decisions }),
        )
    }),
    { numRuns: 300 },
  )
})
