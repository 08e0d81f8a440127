/**
 * The laws of diffs (src/allocation/change/diff.ts), on outcomes of worlds of one domain, however far they are apart.
 */
import { either as E } from 'fp-ts'
import fc from 'fast-check'
import { Allocation } from 'seatwise'
import { expect, test } from 'vitest'
import { decodePast, pastWorld } from '../../generators/synchronization.js'

const settledOf = (given: Allocation.Given): Allocation.Settled => {
  const outcome = Allocation.run(given)
  if (E.isLeft(outcome)) throw new Error(JSON.stringify(outcome.left))
  return Allocation.settled(given.allocations ?? [])(outcome.right)
}

const state = pastWorld.map((each) => settledOf(decodePast(each)))

const { apply, diff, reverse } = Allocation

test('law 1: applying what is between two outcomes to the one gives the other', () => {
  fc.assert(
    fc.property(state, state, (a, b) => {
      expect(apply(diff(a, b))(a)).toEqual(b)
    }),
  )
})

test('law 2: applying a diff twice, to whatever outcome, is applying it once', () => {
  fc.assert(
    fc.property(state, state, state, (a, b, c) => {
      const carryOut = apply(diff(a, b))
      expect(carryOut(carryOut(c))).toEqual(carryOut(c))
    }),
  )
})

test('law 3: reversing a diff takes it back, and is the diff the other way round', () => {
  fc.assert(
    fc.property(state, state, (a, b) => {
      const back = reverse(diff(a, b))
      expect(back).toEqual(diff(b, a))
      expect(reverse(back)).toEqual(diff(a, b))
      expect(apply(back)(b)).toEqual(a)
    }),
  )
})

test('law 4: between an outcome and itself there is nothing', () => {
  fc.assert(
    fc.property(state, (a) => {
      expect(diff(a, structuredClone(a))).toEqual([])
    }),
  )
})

test('law 5: the order of decisions and allocations, and what stands there twice, changes nothing', () => {
  const shuffled = ({ decisions, allocations }: Allocation.Settled) =>
    fc.record({
      decisions: fc.shuffledSubarray([...decisions], { minLength: decisions.length }),
      allocations: fc
        .shuffledSubarray([...allocations], { minLength: allocations.length })
        .map((all) => [...all, ...all.slice(0, 1)]),
    })
  const both = state.chain((each) => fc.tuple(fc.constant(each), shuffled(each)))
  fc.assert(
    fc.property(both, both, ([a, mixedA], [b, mixedB]) => {
      expect(diff(mixedA, mixedB)).toEqual(diff(a, b))
      expect(apply(diff(a, b))(mixedA)).toEqual(b)
    }),
  )
})

test('law 6: everything is released before anything is allocated, and decisions come last', () => {
  fc.assert(
    fc.property(state, state, (a, b) => {
      const turns = diff(a, b).map(({ operation }) => ['release', 'allocate', 'decide'].indexOf(operation))
      expect(turns).toEqual([...turns].sort())
    }),
  )
})

test('a cause is how what is covered stands on the other side', () => {
  const about = (cause: Allocation.AllocationCause, { decisions }: Allocation.Settled, each: Allocation.Allocation) => {
    const covered = decisions.filter(
      ({ computer, product, installation }) =>
        computer === each.computer &&
        product === each.product &&
        (each.installation === undefined || each.installation === installation),
    )
    const others = covered.flatMap(({ license }) => (license === undefined || license === each.license ? [] : license))
    switch (cause.code) {
      case 'not-found':
        return covered.length === 0
      case 'other-license':
        return others.includes(cause.license)
      case 'no-license':
        return others.length === 0 && covered.some(({ outcome }) => outcome === cause.outcome)
      case 'same-license':
        return covered.length > 0 && covered.every(({ license }) => license === each.license)
    }
  }
  fc.assert(
    fc.property(state, state, (a, b) => {
      for (const change of diff(a, b))
        if (change.operation !== 'decide')
          expect(about(change.cause, change.operation === 'release' ? b : a, change.allocation)).toBe(true)
    }),
  )
})

test('every operation has a line, and none names more than ids', () => {
  fc.assert(
    fc.property(state, state, (a, b) => {
      const changes = diff(a, b)
      expect(Allocation.renderDiff(changes).split('\n')).toHaveLength(changes.length + 1)
    }),
    { numRuns: 30 },
  )
})
