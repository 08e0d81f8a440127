/**
 * Group G of the properties, for a run: what would have to change, with its capacity and what stood before.
 */
import { either as E, option as O } from 'fp-ts'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Allocation } from 'seatwise'
import { shuffleLists } from '../generators/random.js'
import { rivalry } from '../generators/rivalry.js'
import { decodePast, denseWorld, pastWorld, withOptions, type PastWorld } from '../generators/synchronization.js'
import { exhaustInRun } from '../model/counterfactual.js'

const must = <A>(value: E.Either<unknown, A>): A => {
  if (E.isRight(value)) return value.right
  throw new Error(JSON.stringify(value.left))
}

type Question = {
  readonly given: PastWorld
  readonly computer: string
  readonly installation: string
  readonly license?: string
}

const ask = ({ given, computer, installation, license }: Question, bound: number, tries = Infinity) => {
  const would = must(Allocation.wouldAllocateInRun(decodePast(given)))
  const answered = would(computer, installation, { bound, tries, ...(license === undefined ? {} : { license }) })
  if (O.isNone(answered)) throw new Error('no such installation')
  return answered.value
}

const contested = fc.oneof({ weight: 2, arbitrary: rivalry }, { weight: 2, arbitrary: denseWorld }, pastWorld)

/** An installation, mostly one that goes without, with or without a license that it should have. */
const question: fc.Arbitrary<Question> = fc
  .record({ world: contested, pick: fc.nat(), which: fc.nat(), named: fc.boolean(), any: fc.nat({ max: 4 }) })
  .map(({ world, ...rest }) => ({ given: withOptions(world, { capacity: 'enforced' }), ...rest }))
  .filter(({ given }) => given.snapshots.some(({ installations = [] }) => installations.length > 0))
  .map(({ given, pick, which, named, any }): Question => {
    const { decisions } = must(Allocation.run(decodePast(given)))
    const without = decisions.filter(({ outcome }) => outcome === 'unreconciled')
    const some = any === 0 || without.length === 0 ? decisions : without
    const { computer, installation } = some[pick % some.length]!
    const license = given.catalog.licenses[which % Math.max(1, given.catalog.licenses.length)]?.id
    return { given, computer, installation, ...(named && license !== undefined ? { license } : {}) }
  })

/** The decision about an installation in a whole run. */
const outcome = (given: Allocation.Given, { computer, installation }: Question) =>
  E.map(({ decisions }: Allocation.Outcome) =>
    decisions.find((each) => each.computer === computer && each.installation === installation),
  )(Allocation.run(given))

const isWished = (decided: ReturnType<typeof outcome>, license: string | undefined): boolean =>
  E.isRight(decided) &&
  (decided.right?.outcome === 'allocated' || decided.right?.outcome === 'kept') &&
  (license === undefined || decided.right.license === license)

const after = (given: Allocation.Given, remedies: ReadonlyArray<Allocation.Remedy>): Allocation.Given =>
  remedies.reduce((records, remedy) => Allocation.applyRemedy(remedy)(records), given)

const nameOf = (remedies: ReadonlyArray<Allocation.Remedy>): string =>
  remedies
    .map((remedy) => (remedy.kind === 'add-entitlements' ? { ...remedy, count: 0 } : Allocation.Remedy.encode(remedy)))
    .map((wire) => JSON.stringify(wire))
    .sort()
    .join()

test('the whole run with the remedies of an answer decides as it says (G3), and with nothing less (G4)', () => {
  const tally = { bought: 0, without: 0 }
  fc.assert(
    fc.property(question, (asked) => {
      const given = decodePast(asked.given)
      const { answers, decision, bound } = ask(asked, 2, 300)
      expect(E.right(decision)).toEqual(outcome(given, asked))
      if (answers.length === 0) tally.without += 1
      for (const { remedies, decision: then } of answers) {
        expect(remedies.length).toBe(answers[0]!.remedies.length)
        expect(remedies.length).toBeLessThanOrEqual(bound)
        const decided = outcome(after(given, remedies), asked)
        expect(decided).toEqual(E.right(then))
        expect(isWished(decided, asked.license)).toBe(true)
        for (const one of remedies) {
          const others = remedies.filter((each) => each !== one)
          expect(isWished(outcome(after(given, others), asked), asked.license)).toBe(false)
          if (one.kind !== 'add-entitlements') continue
          tally.bought += 1
          if (one.count === 1) continue
          const fewer = { ...one, count: (one.count - 1) as typeof one.count }
          const less = remedies.map((each) => (each === one ? fewer : each))
          expect(isWished(outcome(after(given, less), asked), asked.license)).toBe(false)
        }
      }
    }),
    { numRuns: 160, seed: 5 },
  )
  expect(Math.min(tally.bought, tally.without)).toBeGreaterThan(5)
})

test('the answers are those of an exhaustive search by the model, and none where that finds none: one remedy (G5)', () => {
  fc.assert(
    fc.property(question, (asked) => {
      const { given, computer, installation, license } = asked
      const names = ask(asked, 1).answers.map(({ remedies }) => nameOf(remedies))
      expect(names.sort()).toEqual(exhaustInRun(given, computer, installation, license, 1))
    }),
    { numRuns: 120 },
  )
})

test('the answers are those of an exhaustive search by the model, and none where that finds none: two remedies (G5)', () => {
  fc.assert(
    fc.property(question, (asked) => {
      const { given, computer, installation, license } = asked
      const names = ask(asked, 2).answers.map(({ remedies }) => nameOf(remedies))
      expect(names.sort()).toEqual(exhaustInRun(given, computer, installation, license, 2))
    }),
    { numRuns: 25 },
  )
})

test('no order of the records matters', () => {
  fc.assert(
    fc.property(question, fc.nat(), (asked, seed) => {
      expect(ask({ ...asked, given: shuffleLists(seed)(asked.given) }, 1)).toEqual(ask(asked, 1))
    }),
    { numRuns: 60 },
  )
})

const VISIO = {
  catalog: {
    software: [{ id: 'visio', name: 'Visio', products: ['Visio 2024'] }],
    licenses: [
      { id: 'L-7', name: 'Visio', software: 'visio', main: true, entitlements: 1 },
      { id: 'L-8', name: 'Visio', software: 'visio', main: true, retired: true },
    ],
  },
  snapshots: ['pc-1', 'pc-2', 'pc-3'].map((id) => ({
    computer: { id, name: id },
    installations: [{ id: 'i-1', product: 'Visio 2024' }],
  })),
  allocations: [],
  incomplete: [],
  rejectedLicenses: [],
  policy: { capacity: 'enforced' },
} satisfies PastWorld

test('as many entitlements are told as it takes, since others come first', () => {
  const told = (computer: string) =>
    ask({ given: VISIO, computer, installation: 'i-1' }, 1).answers.map(({ remedies }) =>
      remedies.map((remedy) => Allocation.renderRemedy(remedy)).join(),
    )
  expect(told('pc-1')).toEqual([''])
  expect(told('pc-2')).toContain('add 1 entitlement to `L-7`')
  expect(told('pc-3')).toContain('add 2 entitlements to `L-7`')
  expect(told('pc-3')).toContain('un-retire the license `L-8`')
})

test('what the run does not decide has no answer, nor a license that is not there', () => {
  const would = must(Allocation.wouldAllocateInRun(decodePast(VISIO)))
  expect(would('pc-9', 'i-1')).toEqual(O.none)
  expect(would('pc-1', 'i-9')).toEqual(O.none)
  expect(would('pc-1', 'i-1', { license: 'L-9' })).toEqual(O.none)
})

test('records that contradict themselves are told, as by the run', () => {
  const { catalog, ...others } = decodePast(VISIO)
  const twice = { ...catalog, software: [...catalog.software, { ...catalog.software[0]!, name: 'Another' }] }
  const given = { ...others, catalog: twice }
  expect(E.isLeft(Allocation.wouldAllocateInRun(given))).toBe(true)
  expect(Allocation.wouldAllocateInRun(given)).toEqual(Allocation.run(given))
})
