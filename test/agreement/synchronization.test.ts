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
} from '../generators/synchronization.js'

test('both readers decide, release and add as the model does, and leave the same allocations', () => {
  fc.assert(
    fc.property(pastWorld, (each) => {
      const { decisions, released, added, next } = synchronizeByModel(each)
      const given = decodePast(each)
      for (const reader of READERS) {
        const found = runWith(reader)(given)
        expect({ ...found, ledger: [] }).toEqual({ decisions, released, added, next, ledger: [] })
      }
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
    { numRuns: 500 },
  )
})
