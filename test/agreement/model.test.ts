/**
 * Both readers decide as a model does that was written from the rules alone and shares no code with them.
 */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decideByModel, decideWith } from '../generators/decide.js'
import { world } from '../generators/target.js'

test('both readers decide as the model does', () => {
  fc.assert(
    fc.property(world, (each) => {
      const decisions = decideByModel(each)
      expect(decideWith('compiled')(each)).toEqual(decisions)
      expect(decideWith('reference')(each)).toEqual(decisions)
    }),
    { numRuns: 600 },
  )
})
