/**
 * Re-evaluation with as little churn as may be. A full re-evaluation sets every allocation aside that it may, so that a new
 * license with an earlier name takes over what nobody complained about. Here an allocation is *upheld* where its license
 * still matches everything that it covers by some rule of the book, whichever, and violates nothing there that it did not
 * violate before; only the others are set aside and decided.
 *
 * Laws:
 *
 * 1. What is upheld is not released, unless it covers nothing any more and says that it goes then (ALLOC-58)
 * 2. What a full re-evaluation would change is `further`: applied to what is settled here, it gives what that would settle
 * 3. With nothing upheld, this is a full re-evaluation
 *
 * Upheld is also what is over its limit: a computer that uses a license is not turned away from it (ALLOC-73).
 *
 * @since 0.1.0
 */
import { E, type RNEA } from '../../prelude.js'
import type { Allocation } from '../../record/Allocation.js'
import type { AuditSnapshot, Installation } from '../../record/AuditSnapshot.js'
import * as Policy from '../../record/AllocationPolicy.js'
import { distinct } from '../../record/Contradiction.js'
import type { Decision, RuleName } from '../../record/Decision.js'
import type { Rejection } from '../../record/Rejection.js'
import type { SoftwareLicense } from '../../record/SoftwareLicense.js'
import { matches } from '../../rule/Rule.js'
import type { ComputerId } from '../../value/Id.js'
import { groupBy } from '../../value/Lists.js'
import * as Text from '../../value/Text.js'
import { byProduct } from '../prepare.js'
import { byComputer, byPlace, distinctAllocations } from '../synchronization/allocations.js'
import { computerOf, violationsOf } from '../synchronization/computer.js'
import { ready, runOn, type Compiled, type Given, type Outcome } from '../synchronization/run.js'
import { covers, holdingIn, type Holding } from '../synchronization/standing.js'
import { diff, settled } from './diff.js'
import type { AllocationDiff } from './operations.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/**
 * Why an allocation is not upheld: its license is no candidate any more for something that it covers, no rule matches it
 * there, or it violates what it did not violate before.
 *
 * @since 0.1.0
 */
export type NotUpheld = 'no-candidate' | 'no-rule' | 'new-violation'

/**
 * An allocation that was set aside, and why.
 *
 * @since 0.1.0
 */
export interface SetAside {
  readonly allocation: Allocation
  readonly reason: NotUpheld
}

/**
 * What a re-evaluation came to: its outcome, the allocations that were upheld and those set aside, by computer, product,
 * license and installation, and what a full re-evaluation would change in it.
 *
 * @since 0.1.0
 */
export interface Reevaluation<Name extends string = RuleName> {
  readonly outcome: Outcome<Name>
  readonly upheld: ReadonlyArray<Allocation>
  readonly setAside: ReadonlyArray<SetAside>
  readonly further: AllocationDiff<Name>
}

// -------------------------------------------------------------------------------------
// upholding
// -------------------------------------------------------------------------------------

type Judge = (holding: Holding, covered: ReadonlyArray<Installation>, snapshot: AuditSnapshot) => NotUpheld | undefined

/** Judges an allocation by what it covers. What is not known to have been violated before is a new violation. */
const judgeIn = <Name extends string>(
  { prepared }: Compiled<Name>,
  earlier: ReadonlyArray<Decision<string>>,
): Judge => {
  const { book, restricting } = prepared.reading
  const shelves = byProduct(prepared.shelves)
  const candidates = new Set<SoftwareLicense>(prepared.shelves.flatMap((shelf) => shelf.candidates))
  const known = new Map(
    earlier.map((each) => [JSON.stringify([each.computer, each.installation, each.license]), each.violations ?? []]),
  )
  return ({ license }, covered, snapshot) => {
    const faults = covered.flatMap((installation): ReadonlyArray<NotUpheld> => {
      const shelf = shelves.get(installation.product)
      if (license === undefined || shelf?.software.id !== license.software || !candidates.has(license))
        return ['no-candidate']
      const subject = { snapshot, installation }
      if (!book.some((rule) => matches(rule)(license, subject))) return ['no-rule']
      const before: ReadonlyArray<string> =
        known.get(JSON.stringify([snapshot.computer.id, installation.id, license.id])) ?? []
      return violationsOf(restricting, license, subject).every((each) => before.includes(each)) ? [] : ['new-violation']
    })
    return (['no-candidate', 'no-rule', 'new-violation'] as const).find((fault) => faults.includes(fault))
  }
}

/** The outcome where the allocations that a judge upholds stand, and the others are set aside. */
const upholding = <Name extends string>(
  given: Given<Name>,
  compiled: Compiled<Name>,
  isDoubted: (allocation: Allocation) => boolean,
  judge: Judge,
): Omit<Reevaluation<Name>, 'further'> => {
  const { catalog, snapshots, allocations = [], incomplete = [], rejectedLicenses = [] } = given
  const standing = holdingIn(catalog, 'keep', rejectedLicenses, compiled.prepared.licenses())
  const [upheld, setAside]: readonly [Array<Allocation>, Array<SetAside>] = [[], []]
  const left = byComputer(distinctAllocations(allocations))
  const isIncomplete = new Set<ComputerId>(incomplete)

  const computers = [...distinct(snapshots, ({ computer }) => computer.id)]
    .sort((a, b) => Text.compare(a.computer.id, b.computer.id))
    .map((snapshot) => {
      const { id } = snapshot.computer
      const ofProduct = groupBy(
        distinct(snapshot.installations ?? [], (each) => each.id),
        ({ product }) => product,
      )
      const holdings = (left.get(id) ?? []).map((allocation): Holding => {
        const holding = standing(allocation)
        if (holding.standing !== 'stands' || !isDoubted(allocation)) return holding
        const covered = (ofProduct.get(allocation.product) ?? []).filter((each) => covers(allocation, each))
        const reason = judge(holding, covered, snapshot)
        if (reason === undefined) {
          upheld.push(allocation)
          return holding
        }
        setAside.push({ allocation, reason })
        return { ...holding, standing: 'set-aside' }
      })
      return computerOf(compiled.prepared, snapshot, holdings, !isIncomplete.has(id))
    })
  for (const { scene } of computers) left.delete(scene.snapshot.computer.id)
  return {
    outcome: compiled.run(computers, compiled.elsewhere([...left.values()].flat())),
    upheld: upheld.sort(byPlace),
    setAside: setAside.sort((a, b) => byPlace(a.allocation, b.allocation)),
  }
}

/** A full re-evaluation says `allocated` of what keeps its license after all: that is no change. */
const unchanged = <Name extends string>(
  least: ReadonlyArray<Decision<Name>>,
  full: ReadonlyArray<Decision<Name>>,
): ReadonlyArray<Decision<Name>> =>
  // INVARIANT: both runs decide the same installations, in one order.
  full.map((decision, position) => {
    const kept = least[position]
    return kept?.outcome === 'kept' && kept.license === decision.license ? kept : decision
  })

/**
 * Re-evaluates what stands with as little churn as may be, or says everything that contradicts itself (ALLOC-47). Automatic
 * allocations are doubted; manual ones only with `existing: reevaluate-all` (ALLOC-57). `earlier` are the decisions of
 * the last run: the violations that they tell are not new.
 *
 * @example
 * import assert from 'node:assert'
 * import { either as E, function as F } from 'fp-ts'
 * import { Allocation, AuditSnapshot, Catalog } from 'seatwise'
 *
 * const { right: catalog } = Catalog.decode({
 *   software: [{ id: 'visio', name: 'Visio', products: ['Visio 2024'] }],
 *   licenses: [
 *     { id: 'L-1', name: 'Visio for all', software: 'visio', main: true },
 *     { id: 'L-2', name: 'Visio for Ann', software: 'visio', restrictions: { owners: ['Ann Lee'] } },
 *   ],
 * })
 * const { right: snapshots } = AuditSnapshot.decodeAll([
 *   { computer: { id: 'pc-1', name: 'PC-1' }, owner: 'Ann Lee', installations: [{ id: 'i-1', product: 'Visio 2024' }] },
 * ])
 * const { right: allocations } = Allocation.decodeAll([
 *   { computer: 'pc-1', product: 'Visio 2024', license: 'L-1', origin: 'automatic' },
 * ])
 * const told = F.pipe(
 *   Allocation.reevaluate({ catalog, snapshots, allocations }),
 *   E.map(({ outcome, further }) => [outcome.released.length, further.map(({ operation }) => operation)]),
 * )
 * // L-2 was bought for Ann since. A full re-evaluation would move her; nothing forces it.
 * assert.deepStrictEqual(told, E.right([0, ['release', 'allocate', 'decide']]))
 *
 * @since 0.1.0
 */
export const reevaluate = <Name extends string = RuleName>(
  given: Given<Name>,
  earlier: ReadonlyArray<Decision<string>> = [],
): E.Either<RNEA.ReadonlyNonEmptyArray<Rejection>, Reevaluation<Name>> => {
  const policy = Policy.decode(given.policy ?? {})
  const existing =
    E.isRight(policy) && policy.right.existing === 'reevaluate-all' ? 'reevaluate-all' : 'reevaluate-automatic'
  const isDoubted = ({ origin }: Allocation): boolean => existing === 'reevaluate-all' || origin === 'automatic'
  // A policy that cannot be read is told as it was given.
  const doubting: Given<Name> = E.isLeft(policy) ? given : { ...given, policy: { ...policy.right, existing } }
  return E.map((compiled: Compiled<Name>): Reevaluation<Name> => {
    const least = upholding(doubting, compiled, isDoubted, judgeIn(compiled, earlier))
    const full = runOn(compiled)(doubting)
    const settle = settled(given.allocations ?? [])
    return {
      ...least,
      further: diff(
        settle(least.outcome),
        settle({ ...full, decisions: unchanged(least.outcome.decisions, full.decisions) }),
      ),
    }
  })(ready(doubting))
}
