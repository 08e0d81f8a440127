/**
 * The laws of explained runs (src/allocation/synchronization/explain.ts): the explanation leads to the decision that was
 * made, and names who was there first.
 */
import { either as E, option as O } from 'fp-ts'
import fc from 'fast-check'
import { Allocation, AuditSnapshot, Catalog } from 'seatwise'
import { expect, test } from 'vitest'
import { shuffleFields, shuffleLists } from '../../generators/random.js'
import {
  crowdedWorld,
  decodePast,
  explainPast,
  pastWorld,
  withOptions,
  type PastWorld,
} from '../../generators/synchronization.js'

const right = <A>(either: E.Either<unknown, A>): A => {
  if (E.isLeft(either)) throw new Error(JSON.stringify(either.left))
  return either.right
}

/** Every decision of a run with its explanation. */
const explained = (given: Allocation.Given) => {
  const outcome = right(Allocation.run(given))
  const explain = right(Allocation.explainRun(given)(outcome))
  const all = outcome.decisions.map((decision) => {
    const explanation = explain(decision.computer, decision.installation)
    if (O.isNone(explanation)) throw new Error(`no explanation for ${JSON.stringify(decision)}`)
    return { decision, explanation: explanation.value }
  })
  return { outcome, all }
}

const enforced = (each: PastWorld) => decodePast(withOptions(each, { capacity: 'enforced' }))

const anyWorld = fc.oneof(pastWorld, crowdedWorld)

test('law 1: the decision that is explained is the one that the run made, and the evidence leads to it', () => {
  fc.assert(
    fc.property(anyWorld, (each) => {
      for (const { decision, explanation } of explained(decodePast(each)).all) {
        expect(explanation.decision).toEqual(decision)
        const { trials, deciding, untried, steps } = explanation
        const reached = steps.every(({ passed }) => passed)
        expect(reached).toBe(decision.outcome === 'allocated' || decision.outcome === 'unreconciled')
        const open = trials.map(({ candidates }) =>
          candidates.filter(({ failed, full }) => failed === undefined && full === undefined),
        )
        expect(open.slice(0, -1).every(({ length }) => length === 0)).toBe(true)
        const last = (open[open.length - 1] ?? []).map(({ license }) => license)
        if (decision.outcome === 'allocated') {
          expect(last).toEqual([decision.license, ...(decision.tied ?? [])])
          expect(trials[trials.length - 1]?.rule).toBe(decision.rule)
          expect(deciding?.winner.license).toBe(decision.license)
        } else {
          expect(last).toEqual([])
          expect(deciding).toBeUndefined()
          expect(untried).toEqual([])
        }
      }
    }),
    { numRuns: 200 },
  )
})

test('law 2: a full license is told with those who use it or an upgrade of it, in their order, and never with the computer itself', () => {
  fc.assert(
    fc.property(anyWorld, (each) => {
      const given = enforced(each)
      const licenses = new Map(given.catalog.licenses.map((license) => [license.id, license]))
      const { outcome, all } = explained(given)
      const seats = new Map(outcome.ledger.map((each) => [each.license, each.seats]))
      for (const { decision, explanation } of all)
        for (const { candidates } of explanation.trials)
          for (const { license, full } of candidates) {
            if (full === undefined) continue
            expect(full.entitlements).toBe(licenses.get(license)?.entitlements)
            expect(full.seats.length).toBeGreaterThanOrEqual(full.entitlements)
            for (const seat of full.seats) {
              expect(seat.license === license || licenses.get(seat.license)?.upgradeFor === license).toBe(true)
              expect(seat.license === license && seat.computer === decision.computer).toBe(false)
              expect(seats.get(seat.license)).toContainEqual(expect.objectContaining({ computer: seat.computer }))
            }
          }
    }),
    { numRuns: 150 },
  )
})

test('with unlimited capacity nothing is full, and without allocations nothing is kept', () => {
  fc.assert(
    fc.property(pastWorld, (each) => {
      const given = decodePast(withOptions({ ...each, allocations: [] }, { capacity: 'unlimited' }))
      for (const { explanation } of explained(given).all) {
        expect(explanation.covering).toEqual([])
        expect(explanation.trials.flatMap(({ candidates }) => candidates).every(({ full }) => full === undefined)).toBe(
          true,
        )
      }
    }),
    { numRuns: 80 },
  )
})

test('a kept installation tells which allocation it keeps, first, and which yield or are set aside', () => {
  fc.assert(
    fc.property(anyWorld, (each) => {
      for (const { decision, explanation } of explained(decodePast(each)).all) {
        const standings = explanation.covering.map(({ standing }) => standing)
        expect(standings.includes('kept')).toBe(decision.outcome === 'kept')
        if (decision.outcome === 'kept') expect(explanation.covering[0]?.license).toBe(decision.license)
        expect([...standings].sort((a, b) => ORDER.indexOf(a) - ORDER.indexOf(b))).toEqual(standings)
        const told = explanation.violations.map(({ restriction }) => restriction)
        expect(told).toEqual(decision.violations ?? [])
      }
    }),
    { numRuns: 200 },
  )
})

test('explanations of runs do not depend on the order of any list or field, and are what a file holds of them (G6, ALLOC-68)', () => {
  fc.assert(
    fc.property(anyWorld, fc.nat(), (each, seed) => {
      const explanations = explainPast(each)
      for (const shuffled of [shuffleLists(seed)(each), shuffleFields(seed)(each)]) {
        expect(explainPast(shuffled)).toStrictEqual(explanations)
        expect(explainPast(shuffled).map(Allocation.render)).toEqual(explanations.map(Allocation.render))
      }
      expect(JSON.parse(JSON.stringify(explanations))).toStrictEqual(explanations)
    }),
    { numRuns: 100 },
  )
})

test('upgrades that one computer had before the run are told in one order, whatever that of the catalog (ALLOC-68)', () => {
  const upgrade = (id: string) => ({ id, name: 'Upgrade', software: 'visio', upgradeFor: 'L-1' })
  const licenses = [
    { id: 'L-1', name: 'Visio', software: 'visio', main: true, entitlements: 2 },
    ...['L-3', 'L-2'].map(upgrade),
  ]
  const told = (ordered: ReadonlyArray<object>) => {
    const { right: catalog } = Catalog.decode({
      software: [{ id: 'visio', name: 'Visio', products: ['Visio 2024'] }],
      licenses: ordered,
    })
    const { right: snapshots } = AuditSnapshot.decodeAll([
      { computer: { id: 'pc-1', name: 'PC-1' }, installations: [{ id: 'i-1', product: 'Visio 2024' }] },
    ])
    const { right: allocations } = Allocation.decodeAll(
      ['L-3', 'L-2'].map((license) => ({ computer: 'pc-2', product: 'Visio 2024', license, origin: 'manual' })),
    )
    const [first] = explained({ catalog, snapshots, allocations, policy: { capacity: 'enforced' } }).all
    return first?.explanation.trials[14]?.candidates.flatMap(
      ({ full }) => full?.seats.map(({ license }) => license) ?? [],
    )
  }
  expect(told(licenses)).toEqual(['L-2', 'L-3'])
  expect(told([...licenses].reverse())).toEqual(['L-2', 'L-3'])
})

test('what covers an installation of a skipped computer is untouched: nothing there is kept (ALLOC-81, 84)', () => {
  fc.assert(
    fc.property(anyWorld, (each) => {
      for (const { decision, explanation } of explained(decodePast(each)).all)
        for (const { standing } of explanation.covering)
          expect(standing === 'untouched').toBe(decision.outcome === 'skipped')
    }),
    { numRuns: 100 },
  )
})

const ORDER: ReadonlyArray<string> = ['kept', 'yields', 'set-aside', 'untouched']

test('a technician reads who took the last entitlement, and what stood before', () => {
  const { right: catalog } = Catalog.decode({
    software: [{ id: 'visio', name: 'Visio', products: ['Visio 2024'] }],
    licenses: [
      { id: 'L-1', name: 'Visio', software: 'visio', main: true, entitlements: 2, serialNumber: 'SN-4711-0815' },
      { id: 'L-2', name: 'Visio Upgrade', software: 'visio', upgradeFor: 'L-1' },
      { id: 'L-3', name: 'Visio Old', software: 'visio', retired: true },
    ],
  })
  const { right: snapshots } = AuditSnapshot.decodeAll(
    ['pc-1', 'pc-2', 'pc-3', 'pc-4'].map((id) => ({
      computer: { id, name: id.toUpperCase() },
      installations: [{ id: 'i-1', product: 'Visio 2024', ...(id === 'pc-3' ? { serialNumber: 'sn-4711-0815' } : {}) }],
    })),
  )
  const { right: allocations } = Allocation.decodeAll([
    { computer: 'pc-2', product: 'Visio 2024', license: 'L-2', origin: 'manual' },
    { computer: 'pc-4', product: 'Visio 2024', license: 'L-3', installation: 'i-1', origin: 'automatic' },
  ])
  const given: Allocation.Given = { catalog, snapshots, allocations, policy: { capacity: 'enforced' } }
  const text = (computer: string): string => {
    const found = explained(given).all.find(({ decision }) => decision.computer === computer)
    return found === undefined ? '' : Allocation.render(found.explanation)
  }
  expect(text('pc-3')).toContain('allocated `Visio` (L-1) by rule 1.2')
  // pc-2 uses the upgrade, pc-3 comes by a better rule: for pc-1 nothing is left.
  expect(text('pc-1')).toContain('unreconciled')
  expect(text('pc-1')).toContain(
    '`Visio` (L-1) – full: 2 of 2 entitlements taken, the last by pc-3 (installation i-1) by rule 1.2',
  )
  expect(text('pc-2')).toContain('kept: a standing allocation covers it')
  expect(text('pc-2')).toContain('`Visio Upgrade` (L-2) – manual, for every installation of the product: kept')
  expect(text('pc-4')).toContain('`Visio Old` (L-3) – automatic, for this installation: set aside (ALLOC-75)')
  expect(['pc-1', 'pc-2', 'pc-3', 'pc-4'].map(text).join('\n')).not.toMatch(/4711/)
})
