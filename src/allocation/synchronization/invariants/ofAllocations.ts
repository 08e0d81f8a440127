/**
 * The invariants of what a run releases and adds, one line each (allocation.md).
 */
import { byPlace, contentOf } from '../allocations.js'
import type { Facts } from './facts.js'
import { keyOf } from './indexes.js'
import { invariant, isAllocated, ofDecision, ofPast, outOfTurn, placeOf, type Invariant } from './invariant.js'
import { isAbandoned, type Past } from './past.js'

/** Is an allocation to be released (ALLOC-58, 78, 86)? */
const isDue = ({ isKeptUp }: Facts, past: Past): boolean => {
  const { allocation, standing, isReported, isCovering } = past
  return isAbandoned(past) || (standing === 'set-aside' && isReported && isCovering && !isKeptUp(allocation))
}

export const ofAllocations: ReadonlyArray<Invariant> = [
  invariant('allocations-in-order', 'ALLOC-87', ({ outcome: { released, added } }) =>
    [released, added].flatMap((list) => outOfTurn(list, byPlace).map(placeOf)),
  ),
  invariant('released-was-given', 'ALLOC-78', ({ outcome: { released }, pasts }) => {
    const given = new Set(pasts.map(({ allocation }) => contentOf(allocation)))
    return released.filter((each) => !given.has(contentOf(each))).map(placeOf)
  }),
  ofPast('released-when-due', 'ALLOC-58', (past, facts) => past.isReleased || !isDue(facts, past)),
  ofPast('released-only-when-due', 'ALLOC-78', (past, facts) => !past.isReleased || isDue(facts, past)),
  ofPast('released-only-where-reported', 'ALLOC-84', ({ isReleased, isReported }) => !isReleased || isReported),
  ofPast('released-by-no-rejection', 'ALLOC-86', ({ isReleased, standing }) => !isReleased || standing !== 'untouched'),
  ofPast('manual-stays', 'ALLOC-57', ({ allocation, standing, isReleased, isCovering }, { policy }) => {
    const isOrdinary = policy.existing !== 'reevaluate-all' && standing === 'stands'
    return !isReleased || !isOrdinary || allocation.origin !== 'manual' || !isCovering
  }),
  invariant('added-as-automatic', 'ALLOC-61', ({ outcome: { added } }) =>
    added
      .filter(
        ({ origin, deallocateAutomatically, installation }) =>
          origin !== 'automatic' || deallocateAutomatically !== false || installation === undefined,
      )
      .map(placeOf),
  ),
  invariant('added-for-a-decision', 'ALLOC-61', ({ outcome: { added, decisions } }) => {
    const allocated = new Set(
      decisions
        .filter(({ outcome }) => outcome === 'allocated')
        .map(({ computer, license, installation }) => keyOf(computer, license, installation)),
    )
    return added
      .filter(({ computer, license, installation }) => !allocated.has(keyOf(computer, license, installation)))
      .map(placeOf)
  }),
  ofDecision('allocated-and-recorded', 'ALLOC-61', (each, { isRecorded }) => {
    const { computer, license } = each.decision
    return !isAllocated(each) || (license !== undefined && isRecorded(computer, license, each.installation))
  }),
]
