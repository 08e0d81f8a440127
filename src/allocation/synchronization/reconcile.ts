/**
 * What a person does where the rules do not decide (allocation.md, *Manual reconciliation*): one installation with a
 * license of their choice, or one license in bulk.
 *
 * Laws:
 *
 * 1. What is reconciled is kept, unless its computer is skipped: a run with `existing: keep` on the new allocations keeps
 *    that license for it
 * 2. No other installation loses what it has
 *
 * @since 0.1.0
 */
import { E, F, type RNEA } from '../../prelude.js'
import type { Allocation } from '../../record/Allocation.js'
import * as Policy from '../../record/AllocationPolicy.js'
import type { AuditSnapshot } from '../../record/AuditSnapshot.js'
import type { Decision, Restriction, RuleName } from '../../record/Decision.js'
import type { Rejection } from '../../record/Rejection.js'
import type { SoftwareLicense } from '../../record/SoftwareLicense.js'
import type { ComputerId } from '../../value/Id.js'
import type { LicenseCriterion, Subject } from '../criteria.js'
import { licensesById } from '../licenses.js'
import { byProduct } from '../prepare.js'
import { violationsOf } from './computer.js'
import { byPlace, distinctAllocations, next } from './allocations.js'
import { append } from '../../value/Lists.js'
import { ready, run, type Compiled, type Given, type Outcome } from './run.js'
import { covers } from './standing.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/**
 * What a person wants: this installation to have this license. Ids, as they stand in the records.
 *
 * @since 0.1.0
 */
export interface Wish {
  readonly computer: string
  readonly installation: string
  readonly license: string
}

/**
 * Why a wish is refused: there is no such installation or license, the product is in no tracked software, the license is of
 * another one, or it is retired (ALLOC-63, 64).
 *
 * @since 0.1.0
 */
export type Unreconcilable = 'no-installation' | 'untracked' | 'no-license' | 'other-software' | 'retired'

/**
 * A wish that was refused, and the clause that refuses it.
 *
 * @since 0.1.0
 */
export interface Refused {
  readonly reason: Unreconcilable
  readonly clause: string
}

/**
 * A wish that came true: the allocations as they are now, the new one among them, those that it replaces, and the
 * restrictions of the license that are violated (ALLOC-64).
 *
 * @since 0.1.0
 */
export interface Reconciled {
  readonly allocations: ReadonlyArray<Allocation>
  readonly allocation: Allocation
  readonly replaced: ReadonlyArray<Allocation>
  readonly violations: ReadonlyArray<Restriction>
}

/**
 * What a bulk allocation came to: the allocations as they are now, what was released and added on the way, and the
 * installations that did not get the license.
 *
 * @since 0.1.0
 */
export interface BulkAllocation {
  readonly allocations: ReadonlyArray<Allocation>
  readonly released: ReadonlyArray<Allocation>
  readonly added: ReadonlyArray<Allocation>
  readonly unreconciled: ReadonlyArray<Pick<Decision, 'computer' | 'installation' | 'product'>>
}

// -------------------------------------------------------------------------------------
// one installation
// -------------------------------------------------------------------------------------

const refusal = (reason: Unreconcilable, clause: string): Refused => ({ reason, clause })

/**
 * Reconciles installations by hand. The new allocation is manual, names its installation, and takes the place of whatever
 * names that installation; an allocation for all installations of the product stays, and yields to it (ALLOC-76).
 *
 * @example
 * import assert from 'node:assert'
 * import { either as E, function as F } from 'fp-ts'
 * import { Allocation, AuditSnapshot, Catalog } from 'seatwise'
 *
 * const { right: catalog } = Catalog.decode({
 *   software: [{ id: 'visio', name: 'Visio', products: ['Visio 2024'] }],
 *   licenses: [
 *     { id: 'L-1', name: 'Visio', software: 'visio', restrictions: { owners: ['Bo Ek'] } },
 *     { id: 'L-2', name: 'Acrobat', software: 'acrobat' },
 *   ],
 * })
 * const { right: snapshots } = AuditSnapshot.decodeAll([
 *   { computer: { id: 'pc-1', name: 'PC-1' }, installations: [{ id: 'i-1', product: 'Visio 2024' }] },
 * ])
 * const reconcile = (license: string) => F.pipe(
 *   Allocation.reconcile({ catalog, snapshots }),
 *   E.chainW((wish) => wish({ computer: 'pc-1', installation: 'i-1', license })),
 * )
 * assert.deepStrictEqual(F.pipe(reconcile('L-1'), E.map(({ violations }) => violations)), E.right(['device']))
 * assert.deepStrictEqual(reconcile('L-2'), E.left({ reason: 'other-software', clause: 'ALLOC-63' }))
 *
 * @since 0.1.0
 */
export const reconcile = <Name extends string = RuleName>(
  given: Given<Name>,
): E.Either<RNEA.ReadonlyNonEmptyArray<Rejection>, (wish: Wish) => E.Either<Refused, Reconciled>> =>
  E.map(reconcileIn(given))(ready(given))

const reconcileIn =
  <Name extends string>(given: Given<Name>) =>
  ({ prepared }: Compiled<Name>) => {
    const computers: ReadonlyMap<string, AuditSnapshot> = new Map(
      given.snapshots.map((each) => [each.computer.id, each]),
    )
    const licenses: ReadonlyMap<string, SoftwareLicense> = licensesById(given.catalog)
    const shelves = byProduct(prepared.shelves)
    const { restricting } = prepared.reading

    const installationOf = (wish: Wish): E.Either<Refused, Subject> => {
      const snapshot = computers.get(wish.computer)
      const installation = snapshot?.installations?.find(({ id }) => id === wish.installation)
      return snapshot === undefined || installation === undefined
        ? E.left(refusal('no-installation', 'ALLOC-63'))
        : E.right({ snapshot, installation })
    }

    return (wish: Wish): E.Either<Refused, Reconciled> =>
      F.pipe(
        E.Do,
        E.bind('subject', () => installationOf(wish)),
        E.bind('shelf', ({ subject }) =>
          E.fromNullable(refusal('untracked', 'ALLOC-63'))(shelves.get(subject.installation.product)),
        ),
        E.bind('license', () => E.fromNullable(refusal('no-license', 'ALLOC-63'))(licenses.get(wish.license))),
        E.filterOrElse(
          ({ license, shelf }) => license.software === shelf.software.id,
          () => refusal('other-software', 'ALLOC-63'),
        ),
        E.filterOrElse(
          ({ license }) => license.retired !== true,
          () => refusal('retired', 'ALLOC-64'),
        ),
        E.map(({ subject, license }) => reconciled(given.allocations ?? [], subject, license, restricting)),
      )
  }

/** INVARIANT: of the manual allocations that name an installation one is left, so that no name order decides between them. */
const reconciled = (
  allocations: ReadonlyArray<Allocation>,
  subject: Subject,
  license: SoftwareLicense,
  restricting: ReadonlyArray<LicenseCriterion>,
): Reconciled => {
  const { snapshot, installation } = subject
  const replaced = [...distinctAllocations(allocations)]
    .sort(byPlace)
    .filter(
      (each) =>
        each.computer === snapshot.computer.id && each.installation === installation.id && covers(each, installation),
    )
  const allocation: Allocation = {
    computer: snapshot.computer.id,
    product: installation.product,
    license: license.id,
    installation: installation.id,
    origin: 'manual',
    deallocateAutomatically: false,
  }
  return {
    allocations: next(allocations)({ released: replaced, added: [allocation] }),
    allocation,
    replaced,
    // INVARIANT: the restricting criteria are named as the restrictions are.
    violations: violationsOf(restricting, license, subject) as ReadonlyArray<Restriction>,
  }
}

// -------------------------------------------------------------------------------------
// one license
// -------------------------------------------------------------------------------------

/**
 * Allocates one license in bulk to the installations that no allocation keeps: the rules decide on all of them, and of
 * what they say the results that name this license are kept (ALLOC-65). The rest stay unreconciled. What covers nothing
 * any more, or nothing but what now has this license, is released as a run would release it.
 *
 * @example
 * import assert from 'node:assert'
 * import { either as E, function as F } from 'fp-ts'
 * import { Allocation, AuditSnapshot, Catalog } from 'seatwise'
 *
 * const { right: catalog } = Catalog.decode({
 *   software: [{ id: 'visio', name: 'Visio', products: ['Visio 2024'] }],
 *   licenses: [{ id: 'L-1', name: 'Visio', software: 'visio', restrictions: { owners: ['Bo Ek'] } }],
 * })
 * const { right: snapshots } = AuditSnapshot.decodeAll([
 *   { computer: { id: 'pc-1', name: 'PC-1' }, owner: 'Bo Ek', installations: [{ id: 'i-1', product: 'Visio 2024' }] },
 *   { computer: { id: 'pc-2', name: 'PC-2' }, owner: 'Ann Lee', installations: [{ id: 'i-1', product: 'Visio 2024' }] },
 * ])
 * const counts = F.pipe(
 *   Allocation.allocateInBulk({ catalog, snapshots })('L-1'),
 *   E.map(({ added, unreconciled }) => [added.length, unreconciled.map(({ computer }) => computer)]),
 * )
 * assert.deepStrictEqual(counts, E.right([1, ['pc-2']]))
 *
 * @since 0.1.0
 */
export const allocateInBulk =
  <Name extends string = RuleName>(given: Given<Name>) =>
  (license: string): E.Either<RNEA.ReadonlyNonEmptyArray<Rejection>, BulkAllocation> =>
    F.pipe(
      Policy.decode(given.policy ?? {}),
      E.chain((policy) => run({ ...given, policy: { ...policy, existing: 'keep' } })),
      E.map(keepOnly(given.allocations ?? [], license)),
    )

/** Of the outcome of a run, what concerns one license. */
const keepOnly =
  (allocations: ReadonlyArray<Allocation>, license: string) =>
  ({ decisions, added, released }: Outcome<string>): BulkAllocation => {
    const got = (decision: Decision<string>): boolean =>
      decision.outcome === 'allocated' && decision.license === license
    const waiting = decisions.filter((each) => each.outcome === 'unreconciled' || each.outcome === 'allocated')
    const without = new Map<ComputerId, Array<Decision<string>>>()
    for (const decision of waiting) if (!got(decision)) append(without, decision.computer, decision)
    const isNeeded = (allocation: Allocation): boolean =>
      (without.get(allocation.computer) ?? []).some(({ installation: id, product }) =>
        covers(allocation, { id, product }),
      )
    const changed = {
      released: released.filter((allocation) => !isNeeded(allocation)),
      added: added.filter((allocation) => allocation.license === license),
    }
    return {
      allocations: next(allocations)(changed),
      ...changed,
      unreconciled: waiting
        .filter((decision) => !got(decision))
        .map(({ computer, installation, product }) => ({ computer, installation, product })),
    }
  }
