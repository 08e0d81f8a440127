/**
 * The compiled reader and the reference reader decide every world alike (design.md, *Obligations between the parts*).
 */
import { either as E } from 'fp-ts'
import fc from 'fast-check'
import { Allocation } from 'seatwise'
import { expect, test } from 'vitest'
import { ownBook } from '../generators/books.js'
import { decideWith, decode } from '../generators/decide.js'
import { world } from '../generators/target.js'

test('the compiled reader decides as the reference reader does', () => {
  fc.assert(
    fc.property(world, (each) => {
      expect(decideWith('compiled')(each)).toEqual(decideWith('reference')(each))
    }),
    { numRuns: 1_200 },
  )
})

test('both readers decide alike by rules of one’s own, in an order of one’s own', () => {
  fc.assert(
    fc.property(world, ownBook, (each, rules) => {
      const { catalog, snapshots, options } = decode(each)
      const decide = (reader: 'compiled' | 'reference') =>
        E.map((allocate: Allocation.Allocate<string>) => snapshots.flatMap(allocate))(
          Allocation.compile<string>({ ...options, rules, reader })(catalog),
        )
      expect(E.isRight(decide('compiled'))).toBe(true)
      expect(decide('compiled')).toEqual(decide('reference'))
    }),
    { numRuns: 700 },
  )
})
