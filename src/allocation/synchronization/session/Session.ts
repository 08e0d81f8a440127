/**
 * A synchronization that goes on: an immutable value that holds a compiled catalog, the records and what was decided of
 * them. Changes make a new session, and only what they can touch is decided again.
 *
 * Laws:
 *
 * 1. The outcome of a session is that of a full run on what it was given: `outcome(s) = run(given(s))`
 * 2. A change is an edit of what was given: after {@link change}, `given` is as if it had been given so at first
 * 3. After {@link advance}, the allocations given are those that {@link next} tells
 *
 * The records are held as they were given: whoever changes one in place afterwards changes them under the session.
 * What is decided apart is a computer where capacity is unlimited, and connected tracked software where it is enforced
 * (ALLOC-85).
 *
 * @since 0.1.0
 */
import { E, type RNEA } from '../../../prelude.js'
import type { RuleName } from '../../../record/Decision.js'
import type { Rejection } from '../../../record/Rejection.js'
import type { ComputerId } from '../../../value/Id.js'
import { contradictionsOfSnapshots } from '../../contradictions.js'
import { distinct } from '../../../record/Contradiction.js'
import { join, partitionOf, partsByName } from '../parts.js'
import { replaceAllocations, replaceOptions, replaceSnapshots, type Changes, type Records } from './records.js'
import { byComputer, distinctAllocations } from '../allocations.js'
import { compileRun, ready, runOn, type Compiled, type Given, type Outcome } from '../run.js'
import { movedBetween } from './moved.js'
import { computersWith, partsWith, type Touched } from './touched.js'

export type { Changes } from './records.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/**
 * A session. Ask {@link given} and {@link outcome}; what is in it is its own affair.
 *
 * @since 0.1.0
 */
export interface Session<Name extends string = RuleName> {
  /** @internal */
  readonly options: Omit<Given<Name>, 'snapshots' | 'allocations' | 'incomplete'>
  /** @internal */
  readonly compiled: Compiled<Name>
  /** @internal */
  readonly records: Records
  /** The outcome of each part, by its name. @internal */
  readonly outcomes: ReadonlyMap<string, Outcome<Name>>
}

type Failed = RNEA.ReadonlyNonEmptyArray<Rejection>

// -------------------------------------------------------------------------------------
// asking
// -------------------------------------------------------------------------------------

/**
 * What a session was given, as a run would take it.
 *
 * @example
 * import assert from 'node:assert'
 * import { either as E, function as F } from 'fp-ts'
 * import { Allocation } from 'seatwise'
 *
 * const { Session } = Allocation
 * const started = Session.start({ catalog: { software: [], licenses: [] }, snapshots: [] })
 * assert.deepStrictEqual(F.pipe(started, E.map((session) => Session.given(session).snapshots)), E.right([]))
 *
 * @since 0.1.0
 */
export const given = <Name extends string>(session: Session<Name>): Given<Name> => {
  const { options, records } = session
  return {
    ...options,
    snapshots: [...records.snapshots.values()],
    allocations: [...records.allocations.values()].flat(),
    incomplete: [...records.incomplete],
  }
}

/**
 * What was decided of all that a session was given: the outcome of a full run.
 *
 * @example
 * import assert from 'node:assert'
 * import { either as E, function as F } from 'fp-ts'
 * import { Allocation } from 'seatwise'
 *
 * const { Session } = Allocation
 * const given: Allocation.Given = { catalog: { software: [], licenses: [] }, snapshots: [] }
 * assert.deepStrictEqual(F.pipe(Session.start(given), E.map(Session.outcome)), Allocation.run(given))
 *
 * @since 0.1.0
 */
export const outcome = <Name extends string>(session: Session<Name>): Outcome<Name> =>
  join([...session.outcomes.values()])

// -------------------------------------------------------------------------------------
// deciding again
// -------------------------------------------------------------------------------------

type Undecided<Name extends string> = Omit<Session<Name>, 'outcomes'>

const sideOf = ({ options: { catalog }, records }: Undecided<string>) => ({ catalog, records })

const ofComputer = <Name extends string>(
  { compiled, records }: Undecided<Name>,
  computer: ComputerId,
): Outcome<Name> => {
  const snapshot = records.snapshots.get(computer)
  const allocations = records.allocations.get(computer) ?? []
  return snapshot === undefined
    ? compiled.run([], compiled.elsewhere(allocations))
    : compiled.run([compiled.computer(snapshot, allocations, !records.incomplete.has(computer))], [])
}

const decideComputers = <Name extends string>(
  session: Undecided<Name>,
  touched: Touched,
  before: ReadonlyMap<string, Outcome<Name>>,
): ReadonlyMap<string, Outcome<Name>> => {
  const outcomes = new Map(before)
  const { snapshots, allocations } = session.records
  for (const computer of new Set([...touched.computers, ...computersWith(sideOf(session), touched.licenses)]))
    if (snapshots.has(computer) || allocations.has(computer)) outcomes.set(computer, ofComputer(session, computer))
    else outcomes.delete(computer)
  return outcomes
}

/**
 * Decides again the parts that are not as they were.
 *
 * INVARIANT: a part whose name is stale on neither side has the content that the part of that name had before.
 */
const decideParts = <Name extends string>(
  session: Undecided<Name>,
  before: Session<Name>,
  touched: Touched,
): ReadonlyMap<string, Outcome<Name>> => {
  const stale = new Set([...partsWith(sideOf(before), touched), ...partsWith(sideOf(session), touched)])
  const whole = given({ ...session, outcomes: new Map() })
  return new Map(
    Array.from(partsByName(whole, partitionOf(whole)), ([name, part]) => {
      const known = stale.has(name) ? undefined : before.outcomes.get(name)
      return [name, known ?? runOn(session.compiled)(part)]
    }),
  )
}

const decideAgain = <Name extends string>(
  session: Undecided<Name>,
  before: Session<Name>,
  touched: Touched,
): Session<Name> => ({
  ...session,
  outcomes: session.compiled.isEnforced
    ? decideParts(session, before, touched)
    : decideComputers(session, touched, before.outcomes),
})

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

/**
 * Starts a session with a full run, or says everything that contradicts itself (ALLOC-47).
 *
 * @example
 * import assert from 'node:assert'
 * import { either as E, function as F } from 'fp-ts'
 * import { Allocation, AuditSnapshot, Catalog } from 'seatwise'
 *
 * const { Session } = Allocation
 * const { right: catalog } = Catalog.decode({
 *   software: [{ id: 'visio', name: 'Visio', products: ['Visio 2024'] }],
 *   licenses: [{ id: 'L-1', name: 'Visio', software: 'visio', main: true }],
 * })
 * const audit = (installations: ReadonlyArray<object>) =>
 *   AuditSnapshot.decodeAll([{ computer: { id: 'pc-1', name: 'PC-1' }, installations }]).right
 *
 * const outcomes = F.pipe(
 *   Session.start({ catalog, snapshots: audit([]) }),
 *   E.map(Session.advance),
 *   E.chain(Session.change({ snapshots: audit([{ id: 'i-1', product: 'Visio 2024' }]) })),
 *   E.map((session) => Session.outcome(session).decisions.map(({ outcome, license }) => [outcome, license])),
 * )
 * assert.deepStrictEqual(outcomes, E.right([['allocated', 'L-1']]))
 *
 * @since 0.1.0
 */
export const start = <Name extends string = RuleName>(given: Given<Name>): E.Either<Failed, Session<Name>> => {
  const { snapshots, allocations = [], incomplete = [], ...options } = given
  const compiled = ready(given)
  if (E.isLeft(compiled)) return compiled
  const records: Records = {
    snapshots: new Map(distinct(snapshots, ({ computer }) => computer.id).map((each) => [each.computer.id, each])),
    allocations: byComputer(distinctAllocations(allocations)),
    incomplete: new Set(incomplete),
  }
  return E.right(decideAll({ options, compiled: compiled.right, records }))
}

/** Decides everything, as if nothing had been decided before. */
const decideAll = <Name extends string>(session: Undecided<Name>): Session<Name> => {
  const nothing = { snapshots: new Map(), allocations: new Map(), incomplete: new Set<ComputerId>() }
  const { snapshots, allocations } = session.records
  const computers = new Set([...snapshots.keys(), ...allocations.keys()])
  return decideAgain(session, { ...session, records: nothing, outcomes: new Map() }, { computers, licenses: [] })
}

// -------------------------------------------------------------------------------------
// combinators
// -------------------------------------------------------------------------------------

/** A new day, or other licenses that were rejected, can touch anything. */
const changesAll = ({ asOf, rejectedLicenses }: Changes): boolean =>
  asOf !== undefined || rejectedLicenses !== undefined

/**
 * Applies changes, and decides again what they can touch; or says what contradicts itself in them or in the catalog that
 * results (ALLOC-47). A change of licenses or units compiles the catalog anew.
 *
 * @example
 * import assert from 'node:assert'
 * import { either as E, function as F } from 'fp-ts'
 * import { Allocation, Catalog } from 'seatwise'
 *
 * const { Session } = Allocation
 * const visio = { id: 'visio', name: 'Visio', products: ['Visio 2024'] }
 * const { right: catalog } = Catalog.decode({ software: [visio], licenses: [] })
 * const { right: bought } = Catalog.decode({ software: [], licenses: [{ id: 'L-1', name: 'Visio', software: 'visio' }] })
 * const changed = F.pipe(
 *   Session.start({ catalog, snapshots: [] }),
 *   E.chain(Session.change({ licenses: bought.licenses })),
 *   E.map((session) => Session.given(session).catalog.licenses.length),
 * )
 * assert.deepStrictEqual(changed, E.right(1))
 *
 * @since 0.1.0
 */
export const change =
  (changes: Changes) =>
  <Name extends string>(session: Session<Name>): E.Either<Failed, Session<Name>> => {
    const options = replaceOptions(session.options, changes)
    const { catalog } = options
    const isSame = catalog === session.options.catalog && !changesAll(changes)
    const compiled = isSame ? E.right(session.compiled) : compileRun<Name>(options)
    const faults = contradictionsOfSnapshots(changes.snapshots ?? [])
    const [first, ...others] = [...(E.isLeft(compiled) ? compiled.left : []), ...faults]
    if (first !== undefined) return E.left([first, ...others])

    const changedIds = new Set([...(changes.licenses ?? []).map(({ id }) => id), ...(changes.withdrawnLicenses ?? [])])
    const moved = movedBetween(session.options, options, changes, session.records.snapshots)
    const licenses = [
      ...session.options.catalog.licenses.filter(({ id }) => changedIds.has(id)),
      ...(changes.licenses ?? []),
      ...moved.licenses,
    ]
    const computers = new Set([
      ...(changes.snapshots ?? []).map(({ computer }) => computer.id),
      ...(changes.incomplete ?? []),
      ...(changes.withdrawn ?? []),
      ...[...(changes.added ?? []), ...(changes.released ?? [])].map(({ computer }) => computer),
      ...moved.computers,
    ])
    const records = {
      ...replaceSnapshots(session.records, changes),
      allocations: replaceAllocations(session.records.allocations, changes),
    }
    return E.map((now: Compiled<Name>) => {
      const undecided = { options, compiled: now, records }
      return changesAll(changes) ? decideAll(undecided) : decideAgain(undecided, session, { computers, licenses })
    })(compiled)
  }

/**
 * Goes on to the next synchronization: the allocations that the last one left are those that the next one is given.
 * Where nothing was released or added, nothing is decided again.
 *
 * @example
 * import assert from 'node:assert'
 * import { either as E, function as F } from 'fp-ts'
 * import { Allocation, AuditSnapshot, Catalog } from 'seatwise'
 *
 * const { Session } = Allocation
 * const { right: catalog } = Catalog.decode({
 *   software: [{ id: 'visio', name: 'Visio', products: ['Visio 2024'] }],
 *   licenses: [{ id: 'L-1', name: 'Visio', software: 'visio', main: true }],
 * })
 * const { right: snapshots } = AuditSnapshot.decodeAll([
 *   { computer: { id: 'pc-1', name: 'PC-1' }, installations: [{ id: 'i-1', product: 'Visio 2024' }] },
 * ])
 * const outcomes = F.pipe(
 *   Session.start({ catalog, snapshots }),
 *   E.map((session) => [session, Session.advance(session)].map((each) => Session.outcome(each).decisions[0]?.outcome)),
 * )
 * assert.deepStrictEqual(outcomes, E.right(['allocated', 'kept']))
 *
 * @since 0.1.0
 */
export const advance = <Name extends string>(session: Session<Name>): Session<Name> => {
  const { added, released } = settled([...session.outcomes.values()])
  const records = {
    ...session.records,
    allocations: replaceAllocations(session.records.allocations, { added, released }),
  }
  const computers = new Set([...added, ...released].map(({ computer }) => computer))
  return decideAgain({ ...session, records }, session, { computers, licenses: [] })
}

const settled = (outcomes: ReadonlyArray<Outcome<string>>): Pick<Outcome<string>, 'added' | 'released'> => ({
  added: outcomes.flatMap(({ added }) => added),
  released: outcomes.flatMap(({ released }) => released),
})
