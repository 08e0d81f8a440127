/**
 * Group F of the properties: synchronizations one after the other, each on what the one before it left.
 */
import { either as E } from 'fp-ts'
import fc from 'fast-check'
import { Allocation, AuditSnapshot, Catalog } from 'seatwise'
import { expect, test } from 'vitest'
import { byInstallation, choiceOf, withoutDuplicates } from '../generators/change.js'
import { READERS } from '../generators/decide.js'
import { shuffleLists } from '../generators/random.js'
import {
  crowdedWorld,
  decodePast,
  denseWorld,
  pastWorld,
  RUN_OPTIONS,
  synchronize,
  synchronizeWith,
  withOptions,
  withoutRejections,
  type PastWorld,
  type Synchronized,
} from '../generators/synchronization.js'
import type { WireSnapshot } from '../model/allocation.js'
import { covers, isReported, isRetired, isSetAside, type WireAllocation } from '../model/synchronization.js'

// -------------------------------------------------------------------------------------
// worlds after worlds
// -------------------------------------------------------------------------------------

const keeping = (each: PastWorld): PastWorld => withOptions(each, { existing: 'keep' })

const then = (each: PastWorld, { next }: Synchronized): PastWorld => ({ ...each, allocations: next })

/** A change to one of two exact duplicates would make a contradiction of them. */
const distinct = (each: PastWorld): PastWorld => ({ ...each, ...withoutDuplicates(each) })

const changes = ({ released, added }: Synchronized) => ({ released, added })

const NOTHING = { released: [], added: [] }

const isIn =
  (list: ReadonlyArray<WireAllocation>) =>
  (allocation: WireAllocation): boolean =>
    list.some((each) => JSON.stringify(each) === JSON.stringify(allocation))

/** Given allocations as they come back: what is blank is absent, and duplicates count once. */
const given = (each: PastWorld): ReadonlyArray<WireAllocation> => synchronize({ ...each, snapshots: [] }).next

const installedOn = ({ snapshots }: PastWorld, allocation: WireAllocation) =>
  snapshots.flatMap((snapshot) =>
    (snapshot.installations ?? [])
      .filter((installation) => covers(allocation, snapshot, installation))
      .map((installation) => ({ computer: snapshot.computer.id, installation: installation.id })),
  )

/** The next audit: computers that were not audited, installations that went away, and such as were found. */
const nextAudit = (snapshots: ReadonlyArray<WireSnapshot>, moves: ReadonlyArray<number>) =>
  snapshots.flatMap((snapshot, position): ReadonlyArray<WireSnapshot> => {
    const move = moves[position % moves.length]!
    const { installations, ...rest } = snapshot
    const [first, ...others] = installations ?? []
    switch (move) {
      case 0:
        return []
      case 1:
        return [rest]
      case 2:
        return [{ ...rest, installations: [] }]
      case 3:
        return [{ ...rest, installations: others }]
      case 4:
        return first === undefined ? [snapshot] : [{ ...rest, installations: [...others, { ...first, id: 'i-new' }] }]
      default:
        return [snapshot]
    }
  })

const moves = fc.array(fc.nat({ max: 7 }), { minLength: 1, maxLength: 4 })

const pick = fc.nat({ max: 11 })

const computerOf = ({ snapshots }: PastWorld, choice: number): string | undefined =>
  snapshots[choice % Math.max(1, snapshots.length)]?.computer.id

// -------------------------------------------------------------------------------------
// again
// -------------------------------------------------------------------------------------

test('whatever synchronizations came before: run again, one allocates and releases nothing (F1, invariant 7)', () => {
  fc.assert(
    fc.property(
      fc.oneof(denseWorld, crowdedWorld).map(keeping),
      fc.array(moves, { minLength: 1, maxLength: 4 }),
      (each, audits) => {
        let state = each
        for (const audit of audits) {
          const world = { ...state, snapshots: nextAudit(each.snapshots, audit) }
          const first = synchronize(world)
          const second = synchronize(then(world, first))
          expect(changes(second)).toEqual(NOTHING)
          expect(second.next).toEqual(first.next)
          const kept = first.decisions.map(({ outcome, ...decision }) => ({
            ...choiceOf({ ...decision, outcome: outcome === 'allocated' ? 'kept' : outcome }),
            rule: undefined,
          }))
          expect(second.decisions.map(choiceOf)).toEqual(kept)
          // What waits for a person was tried again, and came out the same (ALLOC-62).
          const waiting = (outcome: Synchronized) =>
            outcome.decisions.filter(({ outcome: kind }) => kind === 'unreconciled')
          expect(waiting(second)).toEqual(waiting(first))
          state = then(world, first)
        }
      },
    ),
    { numRuns: 50 },
  )
})

test('also what a run in another mode left is at rest', () => {
  fc.assert(
    fc.property(pastWorld.map(withoutRejections), fc.constantFrom(...RUN_OPTIONS.existing), (each, existing) => {
      const first = synchronize(withOptions(each, { existing }))
      expect(changes(synchronize(keeping(then(each, first))))).toEqual(NOTHING)
    }),
    { numRuns: 60 },
  )
})

// -------------------------------------------------------------------------------------
// what is released
// -------------------------------------------------------------------------------------

test('with keep, what is released has the flag, or a license that is unknown or retired (F2, invariant 11)', () => {
  fc.assert(
    fc.property(pastWorld.map(keeping), (each) => {
      for (const { license, deallocateAutomatically } of synchronize(each).released) {
        const known = each.catalog.licenses.find(({ id }) => id === license)
        expect(deallocateAutomatically === true || known === undefined || isRetired(each.catalog, known)).toBe(true)
      }
    }),
    { numRuns: 60 },
  )
})

test('a manual allocation of a license that is there is replaced by reevaluate-all alone (F2, ALLOC-57)', () => {
  fc.assert(
    fc.property(pastWorld, fc.constantFrom('keep', 'reevaluate-automatic'), (world, existing) => {
      const each = withOptions(world, { existing })
      const { released, decisions } = synchronize(each)
      for (const allocation of given(each).filter(({ origin }) => origin === 'manual')) {
        const known = each.catalog.licenses.find(({ id }) => id === allocation.license)
        if (known === undefined || isRetired(each.catalog, known)) continue
        const covered = installedOn(each, allocation)
        if (covered.length > 0) expect(released).not.toContainEqual(allocation)
        for (const { computer, installation } of covered)
          expect(byInstallation(decisions).get(JSON.stringify([computer, installation]))?.outcome).toMatch(
            /^(kept|skipped)$/,
          )
      }
    }),
    { numRuns: 60 },
  )
})

test('an allocation that was set aside goes, unless its license comes out where it covers something (ALLOC-78)', () => {
  fc.assert(
    fc.property(pastWorld, (each) => {
      const { decisions, released, added } = synchronize(each)
      const decided = byInstallation(decisions)
      for (const allocation of given(each)) {
        const covered = installedOn(each, allocation)
        if (!isReported(each, allocation.computer) || covered.length === 0) continue
        const licenses = covered.map(
          ({ computer, installation }) => decided.get(JSON.stringify([computer, installation]))!.license,
        )
        const isReleased = isSetAside(each, allocation) && !licenses.includes(allocation.license)
        expect(isIn(released)(allocation)).toBe(isReleased)
        // What stays is not allocated once more (ALLOC-61).
        if (!isReleased)
          for (const { computer, installation } of covered)
            expect(
              added.filter(
                (one) =>
                  one.computer === computer && one.installation === installation && one.license === allocation.license,
              ),
            ).toEqual([])
      }
    }),
    { numRuns: 70 },
  )
})

test('an allocation of which nothing is found any more is released by its flag, and by nothing else (ALLOC-58, 59)', () => {
  fc.assert(
    fc.property(pastWorld.map(withoutRejections), (each) => {
      const { released } = synchronize(each)
      for (const allocation of given(each))
        if (isReported(each, allocation.computer) && installedOn(each, allocation).length === 0)
          expect(isIn(released)(allocation)).toBe(allocation.deallocateAutomatically === true)
    }),
    { numRuns: 70 },
  )
})

test('the allocations of a computer that is not reported are untouched (ALLOC-84)', () => {
  fc.assert(
    fc.property(pastWorld, (each) => {
      const { released, next } = synchronize(each)
      for (const allocation of given(each))
        if (!isReported(each, allocation.computer)) {
          expect(isIn(released)(allocation)).toBe(false)
          expect(isIn(next)(allocation)).toBe(true)
        }
    }),
    { numRuns: 60 },
  )
})

test('what is added is what was allocated and nothing covered; what stays was given (ALLOC-61)', () => {
  fc.assert(
    fc.property(pastWorld, (each) => {
      const { decisions, released, added, next } = synchronize(each)
      const stayed = given(each).filter((allocation) => !isIn(released)(allocation))
      expect(next).toHaveLength(stayed.length + added.length)
      expect([...stayed, ...added].every(isIn(next))).toBe(true)
      const allocated = decisions.filter(({ outcome }) => outcome === 'allocated')
      for (const { computer, product, license, installation } of allocated)
        expect(
          next.some(
            (one) =>
              one.computer === computer &&
              one.product === product &&
              one.license === license &&
              (one.installation ?? installation) === installation,
          ),
        ).toBe(true)
      for (const { origin, deallocateAutomatically, ...place } of added) {
        expect([origin, deallocateAutomatically]).toEqual(['automatic', false])
        expect(allocated).toContainEqual(expect.objectContaining(place))
      }
    }),
    { numRuns: 60 },
  )
})

// -------------------------------------------------------------------------------------
// gone and back
// -------------------------------------------------------------------------------------

/** A world that has come to rest, and a reported computer of it. */
const atRest = (flagged: boolean) =>
  fc
    .record({ each: fc.oneof(denseWorld, crowdedWorld, pastWorld), choice: pick })
    .map(({ each, choice }) => ({ each: keeping(withoutRejections(each)), choice }))
    .map(({ each, choice }) => {
      const { next } = synchronize(each)
      const allocations = next.map((one) => ({ ...one, deallocateAutomatically: flagged }))
      const world = { ...each, allocations }
      const gone = computerOf(each, choice)
      const without = each.snapshots.map((snapshot) =>
        snapshot.computer.id === gone ? { ...snapshot, installations: [] } : snapshot,
      )
      return { world, gone, emptied: { ...world, snapshots: without } }
    })
    .filter(({ world, gone }) => gone !== undefined && isReported(world, gone))

test('gone and back without the flag: the same allocations, and nothing new (F7, ALLOC-60)', () => {
  fc.assert(
    fc.property(atRest(false), ({ world, emptied }) => {
      const before = synchronize(world)
      const away = synchronize(emptied)
      expect(changes(away)).toEqual(NOTHING)
      const back = synchronize(then(world, away))
      expect(changes(back)).toEqual(NOTHING)
      expect([back.decisions, back.next]).toEqual([before.decisions, before.next])
    }),
    { numRuns: 60 },
  )
})

test('gone and back with the flag: released, and then the rules start anew (F7, ALLOC-58, 60)', () => {
  fc.assert(
    fc.property(atRest(true), ({ world, gone, emptied }) => {
      const ofGone = ({ computer }: { readonly computer: string }): boolean => computer === gone
      const away = synchronize(emptied)
      expect(away.released.filter(ofGone)).toEqual(given(world).filter(ofGone))
      const back = synchronize(then(world, away))
      expect(back.decisions.filter(ofGone).every(({ outcome }) => outcome !== 'kept')).toBe(true)
      const fresh = synchronize({ ...world, allocations: away.next.filter((one) => !ofGone(one)) })
      expect(back).toEqual(fresh)
    }),
    { numRuns: 60 },
  )
})

// -------------------------------------------------------------------------------------
// parts
// -------------------------------------------------------------------------------------

const unlimited = (each: PastWorld): PastWorld => withOptions(each, { capacity: 'unlimited' })

test('in batches of computers, in any order, a synchronization comes to the same (F6, ALLOC-85)', () => {
  fc.assert(
    fc.property(pastWorld.map(unlimited), fc.nat(), fc.integer({ min: 1, max: 3 }), (each, seed, size) => {
      const whole = synchronize(each)
      const computers = shuffleLists(seed)([...new Set(each.snapshots.map(({ computer }) => computer.id))])
      const batches = Array.from({ length: Math.ceil(computers.length / size) }, (_, n) =>
        computers.slice(n * size, (n + 1) * size),
      )
      let state = { ...each, allocations: given(each) }
      const decisions = batches.flatMap((batch) => {
        const part = { ...state, snapshots: each.snapshots.filter(({ computer }) => batch.includes(computer.id)) }
        const outcome = synchronize(part)
        state = then(state, outcome)
        return outcome.decisions
      })
      expect(byInstallation(decisions)).toEqual(byInstallation(whole.decisions))
      expect(state.allocations).toEqual(whole.next)
    }),
    { numRuns: 60 },
  )
})

test('each computer with its own allocations is a part of the whole (ALLOC-85)', () => {
  fc.assert(
    fc.property(pastWorld.map(unlimited), (each) => {
      const whole = synchronize(each)
      const computers = new Set([
        ...each.snapshots.map(({ computer }) => computer.id),
        ...each.allocations.map(({ computer }) => computer),
      ])
      const parts = [...computers].sort().map((id) =>
        synchronize({
          ...each,
          snapshots: each.snapshots.filter(({ computer }) => computer.id === id),
          allocations: each.allocations.filter(({ computer }) => computer === id),
        }),
      )
      for (const part of ['decisions', 'released', 'added', 'next'] as const)
        expect(parts.flatMap((outcome): ReadonlyArray<unknown> => outcome[part])).toEqual(whole[part])
    }),
    { numRuns: 60 },
  )
})

/** Groups of tracked software, and licenses, that have to do with one another (ALLOC-85); what is of none is alone. */
const connected = ({ catalog, allocations }: PastWorld): ReadonlyArray<ReadonlySet<string>> => {
  const live = (product: string): string =>
    catalog.software.find(({ retired, products }) => retired !== true && products.includes(product))?.id ??
    `product ${product}`
  const softwareOf = (id: string): string => catalog.licenses.find((one) => one.id === id)?.software ?? `license ${id}`
  const links = [
    ...catalog.software.map(({ id }) => [id]),
    ...catalog.licenses.map(({ software, upgradeFor }) =>
      upgradeFor === undefined ? [software] : [software, softwareOf(upgradeFor)],
    ),
    ...allocations.map(({ product, license }) => [live(product), softwareOf(license)]),
  ]
  return links.reduce<ReadonlyArray<ReadonlySet<string>>>((groups, link) => {
    const touched = groups.filter((group) => link.some((each) => group.has(each)))
    const joined = new Set([...link, ...touched.flatMap((group) => [...group])])
    return [...groups.filter((group) => !touched.includes(group)), joined]
  }, [])
}

test('by connected tracked software the parts are the whole, also with entitlements enforced (F5, ALLOC-85)', () => {
  fc.assert(
    fc.property(pastWorld, (each) => {
      const live = (product: string): string | undefined =>
        each.catalog.software.find(({ retired, products }) => retired !== true && products.includes(product))?.id
      const groups = connected(each)
      const whole = synchronize(each)
      const parts = [...groups, undefined].map((group) => {
        // What belongs to no group is a part of its own, so that nothing is left out.
        const isHere = (place: string): boolean =>
          group === undefined ? !groups.some((one) => one.has(place)) : group.has(place)
        const isOfPart = (product: string): boolean => isHere(live(product) ?? `product ${product}`)
        return synchronize({
          ...each,
          snapshots: each.snapshots.map((snapshot) =>
            snapshot.installations === undefined
              ? snapshot
              : { ...snapshot, installations: snapshot.installations.filter(({ product }) => isOfPart(product)) },
          ),
          allocations: each.allocations.filter(({ product }) => isOfPart(product)),
        })
      })
      for (const part of ['decisions', 'released', 'added', 'next'] as const) {
        const joined = parts.flatMap((outcome): ReadonlyArray<unknown> => outcome[part])
        expect(joined).toHaveLength(whole[part].length)
        expect(joined).toEqual(expect.arrayContaining([...whole[part]]))
      }
    }),
    { numRuns: 50 },
  )
})

test('with keep, only the computers that changed need to be run again (F4)', () => {
  fc.assert(
    fc.property(
      pastWorld.map((each) => distinct(keeping(unlimited(each)))),
      moves,
      (each, audit) => {
        const state = then(each, synchronize(each))
        const audited = { ...state, snapshots: nextAudit(each.snapshots, audit) }
        const changed = audited.snapshots.filter((snapshot) => !each.snapshots.includes(snapshot))
        const whole = synchronize(audited)
        const delta = synchronize({ ...audited, snapshots: changed })
        expect(changes(delta)).toEqual(changes(whole))
        expect(delta.next).toEqual(whole.next)
      },
    ),
    { numRuns: 60 },
  )
})

// -------------------------------------------------------------------------------------
// order
// -------------------------------------------------------------------------------------

test.each(READERS)(
  'the order of no list changes anything, the ledger included, nor the order of results (ALLOC-68, 87; %s)',
  (reader) => {
    fc.assert(
      fc.property(fc.oneof(pastWorld, crowdedWorld), fc.nat(), (each, seed) => {
        expect(JSON.stringify(synchronizeWith(reader)(shuffleLists(seed)(each)))).toBe(
          JSON.stringify(synchronizeWith(reader)(each)),
        )
      }),
      { numRuns: 60 },
    )
  },
)

test('nor that of allocations of which one says that its flag is not set, and one says nothing (ALLOC-68, 87)', () => {
  const one = { computer: 'c', product: 'p', license: 'L', origin: 'automatic' } as const
  const { right: allocations } = Allocation.decodeAll([one, { ...one, deallocateAutomatically: false }])
  const nothing = { released: [], added: [] }
  expect(Allocation.next([...allocations].reverse())(nothing)).toEqual(Allocation.next(allocations)(nothing))
})

test('allocations come by computer, product, license and installation, and decisions by installation (ALLOC-87)', () => {
  const compare = (one: ReadonlyArray<string>, other: ReadonlyArray<string>): number => {
    const at = one.findIndex((text, position) => text !== other[position])
    return at < 0 ? 0 : one[at]! < other[at]! ? -1 : 1
  }
  const isSorted = (keys: ReadonlyArray<ReadonlyArray<string>>): boolean =>
    keys.every((key, position) => position === 0 || compare(keys[position - 1]!, key) <= 0)
  fc.assert(
    fc.property(pastWorld, (each) => {
      const { decisions, released, added, next } = synchronize(each)
      for (const list of [released, added, next])
        expect(isSorted(list.map((one) => [one.computer, one.product, one.license, one.installation ?? '']))).toBe(true)
      expect(isSorted(decisions.map(({ computer, installation }) => [computer, installation]))).toBe(true)
    }),
    { numRuns: 60 },
  )
})

test('allocations given twice count once (ALLOC-47)', () => {
  fc.assert(
    fc.property(pastWorld, (each) => {
      const given = decodePast(each)
      const twice = { ...given, allocations: [...(given.allocations ?? []), ...(given.allocations ?? [])] }
      expect(Allocation.run(twice)).toEqual(Allocation.run(given))
      const outcome = Allocation.run(given)
      if (E.isRight(outcome))
        expect(Allocation.next(twice.allocations)(outcome.right)).toEqual(
          Allocation.next(given.allocations ?? [])(outcome.right),
        )
    }),
    { numRuns: 60 },
  )
})

// -------------------------------------------------------------------------------------
// rejections
// -------------------------------------------------------------------------------------

type Raw = Readonly<Record<string, unknown>>

/** What can be wrong with a record: a field, or so much that not even its id can be told. */
const SPOILED = [
  (record: Raw): unknown => ({ ...record, name: 7, computer: 7, product: 7 }),
  (record: Raw): unknown => ({ ...record, id: 7, computer: 7 }),
  (record: Raw): unknown => [record],
] as const

type Spoil = {
  readonly what: 'licenses' | 'software' | 'snapshots' | 'installations'
  readonly at: number
  readonly how: number
}

const spoil: fc.Arbitrary<Spoil> = fc.record({
  what: fc.constantFrom('licenses', 'software', 'snapshots', 'installations'),
  at: fc.nat({ max: 11 }),
  how: fc.nat({ max: SPOILED.length - 1 }),
})

const spoiled = (records: ReadonlyArray<object>, { at, how }: Spoil): ReadonlyArray<unknown> =>
  records.map((record, position) => (position === at % records.length ? SPOILED[how]!(record as Raw) : record))

/** A run over records of which some cannot be read, all the way from the decoders. */
const runSpoiled = (each: PastWorld, spoils: ReadonlyArray<Spoil>) => {
  let { software, licenses }: { software: ReadonlyArray<unknown>; licenses: ReadonlyArray<unknown> } = each.catalog
  let snapshots: ReadonlyArray<unknown> = each.snapshots
  for (const one of spoils) {
    const { what, at } = one
    if (what === 'licenses') licenses = spoiled(licenses as ReadonlyArray<object>, one)
    else if (what === 'software') software = spoiled(software as ReadonlyArray<object>, one)
    else if (what === 'snapshots') snapshots = spoiled(snapshots as ReadonlyArray<object>, one)
    else
      snapshots = (snapshots as ReadonlyArray<WireSnapshot>).map((snapshot, position) =>
        position === at % snapshots.length && snapshot.installations !== undefined
          ? { ...snapshot, installations: spoiled(snapshot.installations, one) }
          : snapshot,
      )
  }
  const catalog = Catalog.decode({ ...each.catalog, software, licenses })
  const audited = AuditSnapshot.decodeAll(snapshots)
  const outcome = Allocation.run({
    ...decodePast(each),
    catalog: catalog.right,
    rejectedLicenses: catalog.rejectedLicenses,
    snapshots: audited.right,
    incomplete: audited.incomplete,
  })
  return { catalog, audited, outcome: E.isRight(outcome) ? outcome.right : expect.fail(JSON.stringify(outcome.left)) }
}

test('with keep, nothing is released that would stay if every record could be read (ALLOC-86)', () => {
  fc.assert(
    fc.property(
      pastWorld.map((each) => distinct(keeping(withoutRejections(each)))),
      fc.array(spoil, { minLength: 1, maxLength: 3 }),
      (each, spoils) => {
        const whole = synchronize(each)
        const { outcome } = runSpoiled(each, spoils)
        const released = outcome.released.map((one) => Allocation.Allocation.encode(one) as WireAllocation)
        expect(released.filter((one) => !isIn(whole.released)(one))).toEqual([])
      },
    ),
    { numRuns: 120 },
  )
})

test('the allocations of what could not be read are untouched in every mode, and what they cover is kept (ALLOC-86)', () => {
  fc.assert(
    fc.property(
      pastWorld.map((each) => distinct(withoutRejections(each))),
      fc.array(spoil, { minLength: 1, maxLength: 3 }),
      (each, spoils) => {
        const { catalog, audited, outcome } = runSpoiled(each, spoils)
        const { rejectedLicenses } = catalog
        const isRejected = (license: string): boolean =>
          rejectedLicenses === 'any'
            ? !catalog.right.software.some(
                ({ id }) => id === catalog.right.licenses.find((one) => one.id === license)?.software,
              )
            : rejectedLicenses.some((id) => id === license)
        for (const { computer, license } of outcome.released) {
          expect(isRejected(license)).toBe(false)
          expect(audited.incomplete).not.toContain(computer)
          expect(audited.right.map((one) => one.computer.id)).toContain(computer)
        }
        for (const decision of outcome.decisions) {
          if (decision.outcome === 'skipped') continue
          const covering = given(each).filter(
            (one) =>
              one.computer === decision.computer &&
              one.product === decision.product &&
              (one.installation ?? decision.installation) === decision.installation,
          )
          if (covering.some(({ license }) => isRejected(license))) expect(decision.outcome).toBe('kept')
        }
      },
    ),
    { numRuns: 70 },
  )
})

test('a license whose tracked software could not be read is untouched, also beside one that has no id (ALLOC-86)', () => {
  const catalog = Catalog.decode({
    software: [{ id: 's', name: 7, products: ['p'] }],
    licenses: [{ id: 'L-1', name: 'L-1', software: 's', main: true }, { name: 'L-2' }],
  })
  const { right: snapshots } = AuditSnapshot.decodeAll([
    { computer: { id: 'c', name: 'PC' }, installations: [{ id: 'i', product: 'p' }] },
  ])
  const { right: allocations } = Allocation.decodeAll([
    { computer: 'c', product: 'p', license: 'L-1', origin: 'automatic' },
  ])
  const outcome = Allocation.run({
    catalog: catalog.right,
    rejectedLicenses: catalog.rejectedLicenses,
    snapshots,
    allocations,
    policy: { existing: 'reevaluate-automatic' },
  })
  expect(E.map(({ released }: Allocation.Outcome) => released)(outcome)).toEqual(E.right([]))
})
