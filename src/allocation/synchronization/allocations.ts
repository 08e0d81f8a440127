/**
 * Lists of allocations: their one order, each once, by computer, and what a run makes of them (ALLOC-61, 87).
 *
 * @since 0.1.0
 */
import type { Allocation } from '../../record/Allocation.js'
import type { ComputerId } from '../../value/Id.js'
import * as Text from '../../value/Text.js'
import { distinct } from '../../record/Contradiction.js'

/** A flag that is absent and one that is off mean the same, and are told apart all the same: the order is total. */
const flagRank = ({ deallocateAutomatically }: Allocation): number =>
  deallocateAutomatically === undefined ? 0 : deallocateAutomatically ? 2 : 1

/** Allocations by computer, product, license and installation (ALLOC-87); what is equal in all of these, by the rest. */
export const byPlace = (a: Allocation, b: Allocation): number =>
  Text.compare(a.computer, b.computer) ||
  Text.compare(a.product, b.product) ||
  Text.compare(a.license, b.license) ||
  Text.compare(a.installation ?? '', b.installation ?? '') ||
  Text.compare(a.origin, b.origin) ||
  flagRank(a) - flagRank(b)

/** The content of an allocation as one text: equal texts mean an exact duplicate (ALLOC-47). */
export const contentOf = (allocation: Allocation): string => {
  const { computer, product, license, installation, origin, deallocateAutomatically } = allocation
  return JSON.stringify([computer, product, license, installation, origin, deallocateAutomatically])
}

/** Allocations, each once: an exact duplicate counts for nothing (ALLOC-47). */
export const distinctAllocations = (allocations: ReadonlyArray<Allocation>): ReadonlyArray<Allocation> =>
  distinct(allocations, contentOf)

/** Allocations by computer. Those of one mostly stand together. */
export const byComputer = (allocations: ReadonlyArray<Allocation>): Map<ComputerId, ReadonlyArray<Allocation>> => {
  const groups = new Map<ComputerId, Array<Allocation>>()
  let last: ComputerId | undefined
  let group: Array<Allocation> = []
  for (const allocation of allocations) {
    const { computer } = allocation
    if (computer !== last) {
      group = groups.get(computer) ?? []
      if (group.length === 0) groups.set(computer, group)
      last = computer
    }
    group.push(allocation)
  }
  return groups
}

/**
 * What a run changes.
 *
 * @since 0.1.0
 */
export interface Changed {
  readonly released: ReadonlyArray<Allocation>
  readonly added: ReadonlyArray<Allocation>
}

/**
 * The allocations after a run: the given ones less the released ones, and the new ones (ALLOC-61), by computer, product,
 * license and installation.
 *
 * @example
 * import assert from 'node:assert'
 * import { either as E, function as F } from 'fp-ts'
 * import { Allocation, AuditSnapshot, Catalog } from 'seatwise'
 *
 * const { right: catalog } = Catalog.decode({
 *   software: [{ id: 'visio', name: 'Visio', products: ['Visio 2024'] }],
 *   licenses: [{ id: 'L-1', name: 'Visio', software: 'visio', main: true }],
 * })
 * const { right: snapshots } = AuditSnapshot.decodeAll([
 *   { computer: { id: 'pc-1', name: 'PC-1' }, installations: [{ id: 'i-1', product: 'Visio 2024' }] },
 * ])
 * const again = F.pipe(
 *   Allocation.run({ catalog, snapshots }),
 *   E.map(Allocation.next([])),
 *   E.chain((allocations) => Allocation.run({ catalog, snapshots, allocations })),
 *   E.map(({ decisions }) => decisions.map(({ outcome }) => outcome)),
 * )
 * assert.deepStrictEqual(again, E.right(['kept']))
 *
 * @since 0.1.0
 */
export const next =
  (allocations: ReadonlyArray<Allocation>) =>
  ({ released, added }: Changed): ReadonlyArray<Allocation> => {
    const gone = new Set(released.map(contentOf))
    return [...distinctAllocations(allocations).filter((each) => !gone.has(contentOf(each))), ...added].sort(byPlace)
  }
