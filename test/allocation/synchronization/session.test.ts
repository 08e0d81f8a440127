/**
 * The laws of sessions (src/allocation/synchronization/session/Session.ts): however changes come, the outcome is that of a full
 * run, and what no change can touch is not decided again.
 */
import { either as E, function as F, option as O } from 'fp-ts'
import fc from 'fast-check'
import { Allocation, AuditSnapshot, Catalog, Criterion, Day, Rule, type SoftwareLicense } from 'seatwise'
import { expect, test } from 'vitest'
import { decodePast, pastWorld, type PastWorld } from '../../generators/synchronization.js'

const { Session } = Allocation

const right = <A>(either: E.Either<unknown, A>): A => {
  if (E.isLeft(either)) throw new Error(JSON.stringify(either.left))
  return either.right
}

/** The outcome of a session, with that of a full run on what it was given. */
const expectFull = (session: Allocation.Session.Session): void => {
  expect(JSON.stringify(Session.outcome(session))).toBe(JSON.stringify(right(Allocation.run(Session.given(session)))))
}

/** Changes that a second world makes to a first one of the same domain, one kind after the other. */
const changesBetween = (
  before: Allocation.Given,
  after: Allocation.Given,
): ReadonlyArray<Allocation.Session.Changes> => {
  const software = new Set(before.catalog.software.map(({ id }) => id))
  const computers = new Set(after.snapshots.map(({ computer }) => computer.id))
  const licenses = new Map(
    after.catalog.licenses.filter((license) => software.has(license.software)).map((license) => [license.id, license]),
  )
  const [held = []] = [before.allocations]
  return [
    { snapshots: after.snapshots, incomplete: after.incomplete ?? [] },
    { licenses: [...licenses.values()] },
    { added: (after.allocations ?? []).slice(0, 3), released: held.slice(0, 2) },
    { withdrawnLicenses: before.catalog.licenses.slice(0, 1).map(({ id }) => id) },
    {
      withdrawn: before.snapshots.map(({ computer }) => computer.id).filter((id) => !computers.has(id)),
      released: held.slice(2),
    },
    {
      snapshots: before.snapshots.slice(0, 1),
      withdrawn: after.snapshots.slice(1, 2).map(({ computer }) => computer.id),
    },
  ]
}

/** Snapshots that contradict themselves are for other tests. */
const once = (each: PastWorld): PastWorld => ({
  ...each,
  snapshots: [...new Map(each.snapshots.map((one) => [one.computer.id, one])).values()],
})

test('law 1: the outcome of a session is that of a full run, after any change of any kind, and after going on', () => {
  fc.assert(
    fc.property(
      pastWorld.map(once),
      pastWorld.map(once),
      fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }),
      (a, b, advances) => {
        const [before, after] = [decodePast(a), decodePast(b)]
        let session = right(Session.start(before))
        expectFull(session)
        for (const [position, changes] of changesBetween(before, after).entries()) {
          const changed = Session.change(changes)(session)
          // What contradicts itself after a change does so for a full run, too.
          if (E.isLeft(changed)) continue
          session = advances[position] === true ? Session.advance(changed.right) : changed.right
          expectFull(session)
        }
      },
    ),
    { numRuns: 250 },
  )
})

const { right: catalog } = Catalog.decode({
  software: ['a', 'b', 'c'].map((id) => ({ id, name: id, products: [`p-${id}`] })),
  licenses: ['a', 'b', 'c'].map((id) => ({ id: `L-${id}`, name: id, software: id, main: true, entitlements: 2 })),
})

const audit = (id: string, products: ReadonlyArray<string>): ReadonlyArray<AuditSnapshot.AuditSnapshot> =>
  AuditSnapshot.decodeAll([
    { computer: { id, name: id }, installations: products.map((product) => ({ id: `i-${product}`, product })) },
  ]).right

/** What was given, edited by hand. */
const edited = (given: Allocation.Given, changes: Allocation.Session.Changes): Allocation.Given => {
  const {
    snapshots = [],
    incomplete = [],
    withdrawn = [],
    licenses = [],
    withdrawnLicenses = [],
    added = [],
    released = [],
  } = changes
  const changed = new Set([...snapshots.map(({ computer }) => computer.id), ...withdrawn])
  const gone = new Set([...licenses.map(({ id }) => id), ...withdrawnLicenses])
  const releasedOnes = new Set(released.map((one) => JSON.stringify(one)))
  return {
    ...given,
    snapshots: [...given.snapshots.filter(({ computer }) => !changed.has(computer.id)), ...snapshots],
    incomplete: [...(given.incomplete ?? []).filter((id) => !changed.has(id)), ...incomplete],
    catalog: { ...given.catalog, licenses: [...given.catalog.licenses.filter(({ id }) => !gone.has(id)), ...licenses] },
    allocations: [...(given.allocations ?? []).filter((one) => !releasedOnes.has(JSON.stringify(one))), ...added],
  }
}

/** What is given, without the order of any list and without what is there twice. */
const asSets = ({ snapshots, incomplete = [], catalog: { licenses }, allocations = [] }: Allocation.Given) =>
  [snapshots, incomplete, licenses, allocations].map((list) =>
    [...new Set(list.map((one) => JSON.stringify(one)))].sort(),
  )

test('law 2: a change is an edit of what was given', () => {
  fc.assert(
    fc.property(pastWorld.map(once), pastWorld.map(once), (a, b) => {
      const [before, after] = [decodePast(a), decodePast(b)]
      const session = right(Session.start(before))
      for (const changes of changesBetween(before, after)) {
        const changed = Session.change(changes)(session)
        // A computer that is changed and withdrawn at once is changed.
        const withdrawn = (changes.withdrawn ?? []).filter(
          (id) => !(changes.snapshots ?? []).some(({ computer }) => computer.id === id),
        )
        if (E.isRight(changed))
          expect(asSets(Session.given(changed.right))).toEqual(
            asSets(edited(Session.given(session), { ...changes, withdrawn })),
          )
      }
    }),
    { numRuns: 150 },
  )
})

test('a snapshot that is given whole is no longer incomplete, and what it lacks can be released', () => {
  const gone = Allocation.decodeAll([
    { computer: 'pc-1', product: 'p-a', license: 'L-a', origin: 'automatic', deallocateAutomatically: true },
  ]).right
  const [snapshot] = audit('pc-1', ['p-b'])
  const incomplete = [snapshot!.computer.id]
  const session = right(Session.start({ catalog, snapshots: audit('pc-1', ['p-b']), allocations: gone, incomplete }))
  expect(Session.outcome(session).released).toEqual([])
  const whole = right(Session.change({ snapshots: audit('pc-1', ['p-b']) })(session))
  expect(Session.outcome(whole).released).toEqual(gone)
  const again = right(Session.change({ snapshots: audit('pc-1', ['p-b']), incomplete })(whole))
  expect(Session.outcome(again).released).toEqual([])
})

test('law 3: going on gives the allocations that the run left, and with what is kept it changes nothing more', () => {
  fc.assert(
    fc.property(pastWorld.map(once), (each) => {
      const session = right(Session.start(decodePast(each)))
      const left = Allocation.next(Session.given(session).allocations ?? [])(Session.outcome(session))
      const advanced = Session.advance(session)
      const inOrder = Allocation.next(Session.given(advanced).allocations ?? [])({ released: [], added: [] })
      expect(inOrder).toEqual(left)
      expectFull(advanced)
    }),
    { numRuns: 200 },
  )
})

test('a session is a value: changing it, or going on from it, leaves it as it was', () => {
  fc.assert(
    fc.property(pastWorld.map(once), pastWorld.map(once), (a, b) => {
      const session = right(Session.start(decodePast(a)))
      const before = JSON.stringify([Session.given(session), Session.outcome(session)])
      changesBetween(decodePast(a), decodePast(b)).forEach((changes) => Session.change(changes)(session))
      Session.advance(session)
      expect(JSON.stringify([Session.given(session), Session.outcome(session)])).toBe(before)
    }),
    { numRuns: 80 },
  )
})

// -------------------------------------------------------------------------------------
// what is decided again
// -------------------------------------------------------------------------------------

/** A book that writes down whom it was asked about. */
const watched = () => {
  const asked = new Set<string>()
  const watch = Criterion.make<Allocation.Subject, SoftwareLicense.SoftwareLicense>({
    name: 'watch',
    requires: () => ['never shown'],
    shows: ({ snapshot, installation }) => {
      asked.add(`${snapshot.computer.id} ${installation.product}`)
      return []
    },
  })
  const rules: NonNullable<Allocation.Options<string>['rules']> = (_, documented) => [
    Rule.rule('watch', watch),
    ...documented,
  ]
  const askedBy = <A>(run: () => A): readonly [A, ReadonlyArray<string>] => {
    asked.clear()
    const result = run()
    return [result, [...asked].sort()]
  }
  return { rules, askedBy }
}

const snapshots = [...audit('pc-1', ['p-a', 'p-b']), ...audit('pc-2', ['p-b']), ...audit('pc-3', ['p-c'])]

test('where capacity is unlimited, only the computers that a change touches are decided again', () => {
  const { rules, askedBy } = watched()
  const [session, first] = askedBy(() => right(Session.start({ catalog, snapshots, rules })))
  expect(first).toEqual(['pc-1 p-a', 'pc-1 p-b', 'pc-2 p-b', 'pc-3 p-c'])

  const changed = (changes: Allocation.Session.Changes) => askedBy(() => right(Session.change(changes)(session)))[1]
  expect(changed({ snapshots: audit('pc-2', ['p-a']) })).toEqual(['pc-2 p-a'])
  expect(changed({ snapshots: audit('pc-9', ['p-a']) })).toEqual(['pc-9 p-a'])
  expect(changed({ withdrawn: snapshots.slice(0, 1).map(({ computer }) => computer.id) })).toEqual([])
  expect(changed({ licenses: catalog.licenses.slice(2) })).toEqual(['pc-3 p-c'])
})

test('once everything is kept, going on decides nothing again', () => {
  const { rules, askedBy } = watched()
  const session = F.pipe(right(Session.start({ catalog, snapshots, rules })), Session.advance)
  expect(Session.outcome(session).decisions.every(({ outcome }) => outcome === 'kept')).toBe(true)
  expect(askedBy(() => Session.advance(session))[1]).toEqual([])
})

test('where capacity is enforced, only the connected software that a change touches is decided again', () => {
  const { rules, askedBy } = watched()
  const policy = { capacity: 'enforced' } as const
  const session = right(Session.start({ catalog, snapshots, rules, policy }))
  const changed = (changes: Allocation.Session.Changes) => askedBy(() => right(Session.change(changes)(session)))[1]
  expect(changed({ snapshots: audit('pc-3', ['p-c', 'p-a']) })).toEqual(['pc-1 p-a', 'pc-3 p-a', 'pc-3 p-c'])
  expect(changed({ licenses: catalog.licenses.slice(1, 2) })).toEqual(['pc-1 p-b', 'pc-2 p-b'])
})

test('what contradicts itself in a change is told, and the session is as it was', () => {
  const session = right(Session.start({ catalog, snapshots }))
  const twice = [...audit('pc-1', ['p-a']), ...audit('pc-1', ['p-b'])]
  expect(
    F.pipe(
      session,
      Session.change({ snapshots: twice }),
      E.mapLeft((left) => left.map(({ code }) => code)),
    ),
  ).toEqual(E.left(['contradiction']))
})

test('a new day is a change, and so is a license that can be read at last', () => {
  const expiring = Catalog.decode({
    software: [{ id: 'a', name: 'a', products: ['p-a'] }],
    licenses: [{ id: 'L-a', name: 'a', software: 'a', main: true, expires: '2026-01-31' }],
  }).right
  const day = (text: string) => {
    const read = Day.parse(text)
    return O.isSome(read) ? { asOf: read.value } : {}
  }
  const policy = { expired: 'excluded' } as const
  const january = right(
    Session.start({ catalog: expiring, snapshots: audit('pc-1', ['p-a']), policy, ...day('2026-01-31') }),
  )
  const february = right(Session.change(day('2026-02-01'))(january))
  expect([january, february].map((session) => Session.outcome(session).decisions[0]?.outcome)).toEqual([
    'allocated',
    'unreconciled',
  ])
  expectFull(february)

  const abandoned = Allocation.decodeAll([
    { computer: 'pc-1', product: 'p-b', license: 'L-b', origin: 'automatic', deallocateAutomatically: true },
  ]).right
  const licenses = catalog.licenses.filter(({ software }) => software === 'b')
  const unread = right(
    Session.start({
      catalog: { ...catalog, licenses: catalog.licenses.filter((one) => !licenses.includes(one)) },
      snapshots: audit('pc-1', ['p-a']),
      allocations: abandoned,
      rejectedLicenses: licenses.map(({ id }) => id),
    }),
  )
  expect(Session.outcome(unread).released).toEqual([])
  const read = right(Session.change({ licenses })(unread))
  expect(Session.outcome(read).released).toEqual(abandoned)
  expectFull(read)
})
