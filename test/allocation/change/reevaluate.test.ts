/**
 * Re-evaluation with as little churn as may be (src/allocation/change/reevaluate.ts), against full runs and against the
 * definition, found by walking the rule book.
 */
import { either as E } from 'fp-ts'
import fc from 'fast-check'
import { Allocation } from 'seatwise'
import { expect, test } from 'vitest'
import { decodePast, pastWorld, withOptions } from '../../generators/synchronization.js'

const right = <A>(either: E.Either<unknown, A>): A => {
  if (E.isLeft(either)) throw new Error(JSON.stringify(either.left))
  return either.right
}

const MODES = ['keep', 'reevaluate-automatic', 'reevaluate-all'] as const

const world = fc
  .tuple(pastWorld, fc.constantFrom(...MODES))
  .map(([each, existing]) => decodePast(withOptions(each, { existing })))

/** The world with the mode that a re-evaluation takes. */
const full = (given: Allocation.Given): Allocation.Given => ({
  ...given,
  policy: {
    ...given.policy,
    existing: given.policy?.existing === 'reevaluate-all' ? 'reevaluate-all' : 'reevaluate-automatic',
  },
})

const texts = (list: ReadonlyArray<unknown>): ReadonlyArray<string> => list.map((each) => JSON.stringify(each))

const coversOf = (allocation: Allocation.Allocation, { snapshots }: Allocation.Given) =>
  snapshots
    .filter(({ computer }) => computer.id === allocation.computer)
    .flatMap(({ installations = [] }) => installations)
    .filter(
      ({ id, product }) =>
        product === allocation.product && (allocation.installation === undefined || allocation.installation === id),
    )

test('law 1: what is upheld is released only where it covers nothing any more and says that it goes then', () => {
  fc.assert(
    fc.property(world, (given) => {
      const { outcome, upheld } = right(Allocation.reevaluate(given))
      const released = new Set(texts(outcome.released))
      for (const each of upheld)
        if (released.has(JSON.stringify(each))) {
          expect(each.deallocateAutomatically).toBe(true)
          expect(coversOf(each, given)).toEqual([])
        }
    }),
  )
})

test('law 2: what is settled, and then what a full re-evaluation would change, is what that settles', () => {
  fc.assert(
    fc.property(world, (given) => {
      const { outcome, further } = right(Allocation.reevaluate(given))
      const settle = Allocation.settled(given.allocations ?? [])
      const whole = settle(right(Allocation.run(full(given))))
      const told = Allocation.apply(further)(settle(outcome))
      expect(told.allocations).toEqual(whole.allocations)
      // What keeps its license after all is told as kept, not as allocated anew.
      const verdict = ({ license }: { readonly license?: string }) => license
      expect(told.decisions.map(verdict)).toEqual(whole.decisions.map(verdict))
      told.decisions.forEach((decision, position) => {
        if (decision.outcome !== 'kept') expect(decision).toEqual(whole.decisions[position])
      })
    }),
  )
})

test('law 3: with nothing upheld it is a full re-evaluation', () => {
  fc.assert(
    fc.property(world, (given) => {
      const { outcome, upheld } = right(Allocation.reevaluate(given))
      if (upheld.length === 0) expect(outcome).toEqual(right(Allocation.run(full(given))))
    }),
  )
})

test('an allocation is upheld exactly when, by an explanation of each installation that it covers, a rule matches without a violation', () => {
  fc.assert(
    fc.property(world, (given) => {
      const { upheld, setAside } = right(Allocation.reevaluate(given))
      const { capacity: _capacity, existing: _existing, ...policy } = given.policy ?? {}
      const asOf = given.asOf === undefined ? {} : { asOf: given.asOf }
      for (const [all, isUpheld] of [
        [upheld, true],
        [setAside.map(({ allocation }) => allocation), false],
      ] as const)
        for (const allocation of all) {
          // Alone in the catalog, with nothing that could be chosen instead, the rules choose a license or match nothing.
          const catalog = {
            ...given.catalog,
            licenses: given.catalog.licenses.filter(({ id }) => id === allocation.license),
          }
          const mains = given.catalog.licenses.filter(({ main }) => main === true).length
          // Whether it is the only main license cannot be told of one alone.
          if (policy.severalMains === 'none' && mains > 1) continue
          const decide = right(Allocation.compile({ ...policy, ...asOf })(catalog))
          const snapshot = given.snapshots.find(({ computer }) => computer.id === allocation.computer)!
          const { kind: _kind, retired: _retired, ...computer } = snapshot.computer
          const covered = new Set(coversOf(allocation, given).map(({ id }) => id))
          const decisions = decide({ ...snapshot, computer }).filter(({ installation }) => covered.has(installation))
          const holds = decisions.every((each) => each.outcome === 'allocated' && each.violations === undefined)
          expect([holds, allocation]).toEqual([isUpheld, allocation])
        }
    }),
  )
})

test('violations that the last run told are not new', () => {
  fc.assert(
    fc.property(world, (given) => {
      const told = right(Allocation.run(full(given))).decisions
      const { setAside } = right(Allocation.reevaluate(given, told))
      const strict = right(Allocation.reevaluate(given))
      const [few, many] = [setAside, strict.setAside].map((list) => texts(list.map(({ allocation }) => allocation)))
      expect(many).toEqual(expect.arrayContaining([...few!]))
    }),
  )
})

test('where capacity is unlimited and an installation has one allocation at the most, no more is released and added than by a full re-evaluation', () => {
  fc.assert(
    fc.property(world, (each) => {
      const seen = new Set<string>()
      const given: Allocation.Given = {
        ...each,
        policy: { ...each.policy, capacity: 'unlimited' },
        allocations: (each.allocations ?? []).filter((allocation) => {
          const key = JSON.stringify([allocation.computer, allocation.product])
          return allocation.installation !== undefined && seen.size < seen.add(key).size
        }),
      }
      const least = right(Allocation.reevaluate(given)).outcome
      const whole = right(Allocation.run(full(given)))
      expect(texts(whole.released)).toEqual(expect.arrayContaining([...texts(least.released)]))
      expect(texts(whole.added)).toEqual(expect.arrayContaining([...texts(least.added)]))
    }),
  )
})

test('a policy that cannot be read is told as it was given', () => {
  const told = Allocation.reevaluate({
    catalog: { software: [], licenses: [] },
    snapshots: [],
    policy: { text: 'fuzzy' as 'exact' },
  })
  expect(E.isLeft(told) && told.left.map(({ code, path }) => [code, path])).toEqual([['unknown-value', 'policy.text']])
})
