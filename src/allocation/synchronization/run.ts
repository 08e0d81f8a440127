/**
 * A whole synchronization: catalog, snapshots and what an earlier run left, to decisions and the allocations that follow
 * from them (allocation.md, *Limits*, *Repeat runs and deallocation*).
 *
 * Laws:
 *
 * 1. No result depends on the order of any list (ALLOC-68, 87)
 * 2. With `existing: keep`, a run on what a run left allocates and releases nothing (invariant 7)
 * 3. Of a computer whose snapshot lost a record, and of a license that was rejected, nothing is released (ALLOC-86)
 *
 * @since 0.1.0
 */
import { E, type RNEA } from '../../prelude.js'
import type { Allocation } from '../../record/Allocation.js'
import * as Policy from '../../record/AllocationPolicy.js'
import type { AuditSnapshot } from '../../record/AuditSnapshot.js'
import type { Catalog } from '../../record/Catalog.js'
import type { Decision, RuleName } from '../../record/Decision.js'
import type { Rejection } from '../../record/Rejection.js'
import type { ComputerId } from '../../value/Id.js'
import * as Text from '../../value/Text.js'
import { contradictionsOfSnapshots } from '../contradictions.js'
import { distinct } from '../../record/Contradiction.js'
import { desksOf } from '../desks.js'
import type { Options } from '../options.js'
import type { SnapshotPolicy } from '../policy.js'
import { prepare, type Prepared } from '../prepare.js'
import { byComputer } from './allocations.js'
import { faultsOf } from './given.js'
import { decideAtOnce, decideByRule, limitsIn, type Pending } from './capacity.js'
import { beforeRules, computerOf, settle, usedBefore, type Computer } from './computer.js'
import { openLedger, type OpenLedger, type SeatLedger } from './seats.js'
import { holdingIn, type Holding, type RejectedLicenses } from './standing.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/**
 * What a run is given: the records, the full policy, and the other options of {@link compile}. `allocations` are those
 * that stand before the run. `incomplete` and `rejectedLicenses` come from the decoders: what was given and could not
 * be read is not gone (ALLOC-86).
 *
 * @since 0.1.0
 */
export interface Given<Name extends string = RuleName> extends Omit<Options<Name>, keyof SnapshotPolicy> {
  readonly catalog: Catalog
  readonly snapshots: ReadonlyArray<AuditSnapshot>
  readonly allocations?: ReadonlyArray<Allocation>
  readonly policy?: Policy.AllocationPolicy
  readonly incomplete?: ReadonlyArray<ComputerId>
  readonly rejectedLicenses?: RejectedLicenses
}

/**
 * What a run decides, and what it changes (ALLOC-61, 87).
 *
 * @since 0.1.0
 */
export interface Outcome<Name extends string = RuleName> {
  /** By computer id, then installation id. */
  readonly decisions: ReadonlyArray<Decision<Name>>
  /** Given allocations that are released, by computer, product, license and installation. */
  readonly released: ReadonlyArray<Allocation>
  /** New allocations, in the same order. */
  readonly added: ReadonlyArray<Allocation>
  /** Who uses which license when the run has ended, as far as the run knows. */
  readonly ledger: SeatLedger<Name>
}

// -------------------------------------------------------------------------------------
// a compiled run
// -------------------------------------------------------------------------------------

/** A catalog and options made ready to synchronize computers by. */
export interface Compiled<Name extends string> {
  readonly computer: (snapshot: AuditSnapshot, allocations: ReadonlyArray<Allocation>, isComplete: boolean) => Computer
  readonly elsewhere: (allocations: ReadonlyArray<Allocation>) => ReadonlyArray<Holding>
  /** Runs over computers, in the order of their ids; `elsewhere` are the holdings of computers without a snapshot. */
  readonly run: (computers: ReadonlyArray<Computer>, elsewhere: ReadonlyArray<Holding>) => Outcome<Name>
  readonly isEnforced: boolean
  readonly prepared: Prepared<Name>
}

const compiled =
  <Name extends string>(given: Omit<Given<Name>, 'snapshots' | 'allocations'>, policy: Policy.AllocationPolicy) =>
  (prepared: Prepared<Name>): Compiled<Name> => {
    const { catalog, rejectedLicenses = [] } = given
    const { book } = prepared.reading
    const isEnforced = policy.capacity === 'enforced'
    const places = new Map(book.map(({ name }, place) => [name, place]))
    const limits = isEnforced ? limitsIn(catalog, prepared.licenses()) : undefined
    const desks = desksOf(prepared, given)
    const early = beforeRules(prepared)
    const holding = holdingIn(catalog, policy.existing ?? 'keep', rejectedLicenses, prepared.licenses())

    /** The decisions of the computers, each in the order of its installations. */
    const decideAll = (
      computers: ReadonlyArray<Computer>,
      ledger: OpenLedger<Name>,
    ): ReadonlyArray<ReadonlyArray<Decision<Name>>> => {
      const pending: Array<Pending<Name>> = []
      const decide = decideAtOnce(desks, places, ledger)
      const decisions = computers.map((computer) => {
        const made: Array<Decision<Name>> = []
        const ofComputer = limits === undefined ? [] : pending
        computer.installations.forEach((installation, position) => {
          const desk = desks.all[desks.placeOf(installation.product)]
          const decision = early(computer, installation, desk)
          if (decision !== undefined) made[position] = decision
          else if (desk !== undefined)
            ofComputer.push({
              scene: computer.scene,
              installation,
              desk,
              decided: (later) => {
                made[position] = later
              },
            })
        })
        if (limits === undefined) decide(ofComputer)
        return made
      })
      if (limits !== undefined) decideByRule(desks, book.length, limits(ledger), ledger, pending)
      return decisions
    }

    return {
      isEnforced,
      prepared,
      computer: (snapshot, allocations, isComplete) =>
        computerOf(prepared, snapshot, allocations.map(holding), isComplete),
      elsewhere: (allocations) => allocations.map(holding),
      run: (computers, elsewhere) => {
        const ledger = openLedger<Name>()
        for (const { allocation, license } of elsewhere)
          if (license !== undefined) ledger.take(license.id, { computer: allocation.computer })
        for (const computer of computers)
          for (const license of usedBefore(computer))
            ledger.take(license, { computer: computer.scene.snapshot.computer.id })
        const decisions = decideAll(computers, ledger)
        const all: Array<Decision<Name>> = []
        const [released, added]: readonly [Array<Allocation>, Array<Allocation>] = [[], []]
        for (const [position, computer] of computers.entries()) {
          const made = decisions[position] ?? []
          const settlement = settle(computer, made)
          for (const decision of made) all.push(decision)
          // INVARIANT: computers come by their ids, so that what is in order for each is in order for all.
          for (const allocation of settlement.released) released.push(allocation)
          for (const allocation of settlement.added) added.push(allocation)
        }
        return { decisions: all, released, added, ledger: ledger.close() }
      },
    }
  }

type Records = Pick<Given<string>, 'snapshots' | 'allocations' | 'incomplete'>

/** Compiles what does not change from one synchronization to the next, or says all that contradicts itself in it. */
export const compileRun = <Name extends string>(
  given: Omit<Given<Name>, 'snapshots' | 'allocations'>,
): E.Either<RNEA.ReadonlyNonEmptyArray<Rejection>, Compiled<Name>> => {
  const { catalog, asOf, rules, reader } = given
  const read = Policy.decode(given.policy ?? {})
  // A policy that cannot be read is told by `prepare`, beside everything else.
  const whole = E.isRight(read) ? read.right : {}
  const { capacity: _capacity, existing: _existing, ...ofSnapshot } = whole
  const options = E.isRight(read) ? ofSnapshot : (given.policy as SnapshotPolicy)
  return E.map(compiled(given, whole))(
    prepare<Name>({
      policy: options,
      ...(asOf === undefined ? {} : { asOf }),
      ...(rules === undefined ? {} : { rules }),
      ...(reader === undefined ? {} : { reader }),
    })(catalog),
  )
}

// -------------------------------------------------------------------------------------
// run
// -------------------------------------------------------------------------------------

/**
 * Runs a whole synchronization, or says everything that contradicts itself: in the catalog, among the snapshots and in
 * the options (ALLOC-47). Exact duplicates count once; results come in one order, whatever the order of the input
 * (ALLOC-87).
 *
 * @example
 * import assert from 'node:assert'
 * import { either as E } from 'fp-ts'
 * import { Allocation, AuditSnapshot, Catalog } from 'seatwise'
 *
 * const { right: catalog } = Catalog.decode({
 *   software: [{ id: 'visio', name: 'Visio', products: ['Visio 2024'] }],
 *   licenses: [{ id: 'L-1', name: 'Visio', software: 'visio', main: true, entitlements: 1 }],
 * })
 * const { right: snapshots } = AuditSnapshot.decodeAll([
 *   { computer: { id: 'pc-2', name: 'PC-2' }, installations: [{ id: 'i-1', product: 'Visio 2024' }] },
 *   { computer: { id: 'pc-1', name: 'PC-1' }, installations: [{ id: 'i-1', product: 'Visio 2024' }] },
 * ])
 * const run = Allocation.run({ catalog, snapshots, policy: { capacity: 'enforced' } })
 * assert.deepStrictEqual(run, E.right({
 *   decisions: [
 *     { computer: 'pc-1', installation: 'i-1', product: 'Visio 2024', outcome: 'allocated', license: 'L-1', rule: '4' },
 *     { computer: 'pc-2', installation: 'i-1', product: 'Visio 2024', outcome: 'unreconciled' },
 *   ],
 *   released: [],
 *   added: [{
 *     computer: 'pc-1', product: 'Visio 2024', license: 'L-1', installation: 'i-1',
 *     origin: 'automatic', deallocateAutomatically: false,
 *   }],
 *   ledger: [{ license: 'L-1', seats: [{ computer: 'pc-1', rule: '4', place: 14, installation: 'i-1' }] }],
 * }))
 *
 * @since 0.1.0
 */
export const run = <Name extends string = RuleName>(
  given: Given<Name>,
): E.Either<RNEA.ReadonlyNonEmptyArray<Rejection>, Outcome<Name>> =>
  E.map((compiledRun: Compiled<Name>) => runOn(compiledRun)(given))(ready(given))

/** A run made ready, or everything that is wrong with its options or contradicts itself in its records. */
export const ready = <Name extends string>(
  given: Given<Name>,
): E.Either<RNEA.ReadonlyNonEmptyArray<Rejection>, Compiled<Name>> => {
  const [fault, ...faults] = faultsOf({ ...given })
  // What is no list cannot be gone through.
  if (fault !== undefined) return E.left([fault, ...faults])
  const compiledRun = compileRun(given)
  const [first, ...others] = [
    ...(E.isLeft(compiledRun) ? compiledRun.left : []),
    ...contradictionsOfSnapshots(given.snapshots),
  ]
  return first === undefined ? compiledRun : E.left([first, ...others])
}

/** Runs records that do not contradict themselves, or a part of such. */
export const runOn =
  <Name extends string>(compiledRun: Compiled<Name>) =>
  ({ snapshots, allocations = [], incomplete = [] }: Records): Outcome<Name> => {
    const left = byComputer(allocations)
    const isIncomplete = new Set(incomplete)
    const computers = [...distinct(snapshots, ({ computer }) => computer.id)]
      .sort((a, b) => Text.compare(a.computer.id, b.computer.id))
      .map((snapshot) => {
        const { id } = snapshot.computer
        return compiledRun.computer(snapshot, left.get(id) ?? [], !isIncomplete.has(id))
      })
    for (const { scene } of computers) left.delete(scene.snapshot.computer.id)
    return compiledRun.run(computers, compiledRun.elsewhere([...left.values()].flat()))
  }
