/**
 * The laws of regret (src/allocation/regret/regret.ts), by the reference reader, by counting seats anew, and by exhaustive
 * search.
 */
import { either as E, option as O } from 'fp-ts'
import fc from 'fast-check'
import { Allocation, Reference, type AuditSnapshot, type SoftwareLicense } from 'seatwise'
import { expect, test } from 'vitest'
import { byProduct, prepare } from '../../src/allocation/prepare.js'
import { rivalry } from '../generators/rivalry.js'
import { shuffleFields, shuffleLists } from '../generators/random.js'
import {
  crowdedWorld,
  decodePast,
  denseWorld,
  pastWorld,
  withOptions,
  type PastWorld,
} from '../generators/synchronization.js'

const must = <A>(value: E.Either<unknown, A>): A => {
  if (E.isRight(value)) return value.right
  throw new Error(JSON.stringify(value.left))
}

const enforced = (each: PastWorld): Allocation.Given => decodePast(withOptions(each, { capacity: 'enforced' }))

const world = fc.oneof({ weight: 3, arbitrary: rivalry }, { weight: 1, arbitrary: fc.oneof(crowdedWorld, pastWorld) })

/** The licenses that the reference reader matches an installation to, each with its first rule. */
const matcherOf = ({ catalog, snapshots, policy = {}, asOf }: Allocation.Given) => {
  const { capacity: _capacity, existing: _existing, ...options } = policy
  const prepared = must(prepare({ policy: options, ...(asOf === undefined ? {} : { asOf }) })(catalog))
  const shelves = byProduct(prepared.shelves)
  const readers = Reference.readers(prepared.reading)(
    new Map([...shelves.values()].map((shelf) => [shelf, shelf.candidates])),
  )
  return (computer: string, id: string): ReadonlyMap<string, string> => {
    const snapshot = snapshots.find((each) => each.computer.id === computer)!
    const installation = snapshot.installations!.find((each) => each.id === id)!
    const shelf = shelves.get(installation.product)
    const reader = shelf === undefined ? undefined : readers.get(shelf)
    const found = new Map<string, string>()
    let match = reader?.match({ snapshot, installation }, 0) ?? O.none
    while (O.isSome(match)) {
      const { matching, rule, place } = match.value
      for (const license of matching) if (!found.has(license.id)) found.set(license.id, rule)
      match = reader!.match({ snapshot, installation }, place + 1)
    }
    return found
  }
}

type Assignment = ReadonlyMap<string, string>

const keyOf = (computer: string, installation: string): string => JSON.stringify([computer, installation])

const computerOf = (key: string): string => (JSON.parse(key) as [string, string])[0]

/** What the rules gave. */
const assignmentOf = ({ decisions }: Allocation.Outcome): Assignment =>
  new Map(
    decisions.flatMap(({ outcome, computer, installation, license }) =>
      outcome === 'allocated' ? [[keyOf(computer, installation), license!] as const] : [],
    ),
  )

const applied = (given: Assignment, swaps: ReadonlyArray<Allocation.Swap>): Assignment => {
  const made = new Map(given)
  for (const { served, moved } of swaps) {
    made.set(keyOf(served.computer, served.installation), served.license)
    for (const { computer, installation, to } of moved) made.set(keyOf(computer, installation), to)
  }
  return made
}

/** How many computers use each license, and its upgrades, under an assignment. */
const useOf = ({ catalog }: Allocation.Given, { ledger }: Allocation.Outcome, assignment: Assignment) => {
  const users = new Map<string, Set<string>>()
  const add = (license: string, computer: string) =>
    users.set(license, (users.get(license) ?? new Set<string>()).add(computer))
  for (const { license, seats } of ledger)
    for (const { computer, rule } of seats) if (rule === undefined) add(license, computer)
  for (const [key, license] of assignment) add(license, computerOf(key))
  const retired = new Set(catalog.software.flatMap(({ id, retired: is }) => (is === true ? [id] : [])))
  const isUpgrade = (of: string) => (each: SoftwareLicense.SoftwareLicense) =>
    each.upgradeFor === of && each.id !== of && each.retired !== true && !retired.has(each.software)
  return (id: string): number => {
    const upgrades = new Set(catalog.licenses.filter(isUpgrade(id)).map((each) => each.id))
    return [id, ...upgrades].reduce((sum, each) => sum + (users.get(each)?.size ?? 0), 0)
  }
}

const limitOf = ({ metric, entitlements }: SoftwareLicense.SoftwareLicense): number =>
  metric === 'none' ? Infinity : (entitlements ?? Infinity)

const within = (given: Allocation.Given, outcome: Allocation.Outcome, assignment: Assignment): void => {
  const before = useOf(given, outcome, assignmentOf(outcome))
  const after = useOf(given, outcome, assignment)
  for (const license of given.catalog.licenses)
    expect(after(license.id), license.id).toBeLessThanOrEqual(Math.max(limitOf(license), before(license.id)))
}

test('every swap gives licenses that the rule matches, chains them, and serves one more within all entitlements', () => {
  let swapped = 0
  let longest = 0
  fc.assert(
    fc.property(world, fc.nat(), (each, choice) => {
      const given = enforced(each)
      const outcome = must(Allocation.run(given))
      const { served, optimum, regret, swaps } = must(Allocation.regret(given))
      const matches = matcherOf(given)
      const start = assignmentOf(outcome)
      expect([served, optimum - served, regret]).toEqual([start.size, swaps.length, swaps.length])
      for (const { served: anew, moved } of swaps) {
        swapped += 1
        longest = Math.max(longest, moved.length)
        expect(start.has(keyOf(anew.computer, anew.installation))).toBe(false)
        expect(matches(anew.computer, anew.installation).get(anew.license)).toBe(anew.rule)
        const reached = [anew.license]
        for (const { computer, installation, from, to, rule } of moved) {
          expect(start.get(keyOf(computer, installation))).toBe(from)
          expect(reached).toContain(from)
          expect(from).not.toBe(to)
          expect(matches(computer, installation).get(to)).toBe(rule)
          reached.push(to)
        }
      }
      const some = swaps.filter((_, at) => ((choice >>> (at % 31)) & 1) === 1)
      for (const list of [swaps, some, ...swaps.map((swap) => [swap])]) {
        const after = applied(start, list)
        expect(after.size).toBe(start.size + list.length)
        within(given, outcome, after)
      }
    }),
    { numRuns: 300 },
  )
  expect(swapped).toBeGreaterThan(20)
  expect(longest).toBeGreaterThan(0)
})

test('the proof holds: its contenders match its licenses and no other, and are more than there are entitlements', () => {
  let contended = 0
  fc.assert(
    fc.property(world, (each) => {
      const given = enforced(each)
      const outcome = must(Allocation.run(given))
      const { swaps, proof, unmatched } = must(Allocation.regret(given))
      const matches = matcherOf(given)
      const full = new Set<string>(proof.licenses.map(({ license }) => license))
      const room = proof.licenses.reduce((sum, { entitlements }) => sum + entitlements, 0)
      for (const { computer, installations } of proof.contenders) {
        contended += 1
        const options = installations.map((installation) => [...matches(computer, installation).keys()])
        const common = options[0]!.filter((license) => options.every((others) => others.includes(license)))
        expect(common.length).toBeGreaterThan(0)
        for (const license of common) expect(full.has(license), license).toBe(true)
      }
      const without = outcome.decisions.filter((decision) => decision.outcome === 'unreconciled')
      expect(without.length).toBe(swaps.length + unmatched + proof.contenders.length - room)
      expect(unmatched).toBe(
        without.filter(({ computer, installation }) => matches(computer, installation).size === 0).length,
      )
    }),
    { numRuns: 300 },
  )
  expect(contended).toBeGreaterThan(100)
})

// -------------------------------------------------------------------------------------
// exhaustive search
// -------------------------------------------------------------------------------------

/** One installation a computer, no upgrades: where the model leaves nothing out. */
const simple = (each: PastWorld): PastWorld => ({
  ...each,
  catalog: {
    ...each.catalog,
    licenses: each.catalog.licenses.map(({ upgradeFor: _upgradeFor, ...license }) => license),
  },
  snapshots: each.snapshots.map((snapshot) =>
    snapshot.installations === undefined
      ? snapshot
      : { ...snapshot, installations: snapshot.installations.slice(0, 1) },
  ),
})

test('no assignment serves more, of all that there are', () => {
  let regretted = 0
  fc.assert(
    fc.property(fc.oneof(denseWorld, rivalry, rivalry), (each) => {
      const given = enforced(simple(each))
      const outcome = must(Allocation.run(given))
      const { optimum, regret } = must(Allocation.regret(given))
      if (regret > 0) regretted += 1
      const matches = matcherOf(given)
      const licenses = new Map(given.catalog.licenses.map((license) => [String(license.id), license]))
      const before = new Map(
        outcome.ledger.map(({ license, seats }) => [
          String(license),
          new Set(seats.flatMap(({ computer, rule }) => (rule === undefined ? [String(computer)] : []))),
        ]),
      )
      const open = outcome.decisions.filter(({ outcome: kind }) => kind === 'allocated' || kind === 'unreconciled')
      const most = (at: number, users: ReadonlyMap<string, ReadonlySet<string>>): number => {
        const decision = open[at]
        if (decision === undefined) return 0
        const options = [...matches(decision.computer, decision.installation).keys()].flatMap((id) => {
          const used = users.get(id) ?? new Set<string>()
          const next = new Set([...used, String(decision.computer)])
          const fits = next.size === used.size || next.size <= limitOf(licenses.get(id)!)
          return fits ? [1 + most(at + 1, new Map([...users, [id, next]]))] : []
        })
        return Math.max(most(at + 1, users), ...options)
      }
      expect(optimum).toBe(most(0, before))
    }),
    { numRuns: 300 },
  )
  expect(regretted).toBeGreaterThan(5)
})

// -------------------------------------------------------------------------------------
// what it does not depend on
// -------------------------------------------------------------------------------------

test('neither the order of the records nor the reader nor the capacity of the policy changes anything', () => {
  fc.assert(
    fc.property(world, fc.nat(), (each, seed) => {
      const given = decodePast(each)
      const found = Allocation.regret(given)
      expect(Allocation.regret(decodePast(shuffleFields(seed)(shuffleLists(seed)(each))))).toEqual(found)
      expect(Allocation.regret({ ...given, reader: 'reference' })).toEqual(found)
      expect(Allocation.regret(enforced(each))).toEqual(found)
    }),
    { numRuns: 100 },
  )
})

test('records that contradict themselves are rejections', () => {
  const snapshots = ['one', 'two'].map((name) => ({
    computer: { id: 'c', name },
  })) as unknown as ReadonlyArray<AuditSnapshot.AuditSnapshot>
  const refused = Allocation.regret({ catalog: { software: [], licenses: [] }, snapshots })
  expect(E.isLeft(refused) && refused.left.map(({ code }) => code)).toEqual(['contradiction'])
})
