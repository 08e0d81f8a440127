/**
 * The invariants of what a run releases, adds and uses up, one line each (allocation.md).
 */
import type { SoftwareLicense } from '../../../record/SoftwareLicense.js'
import { limitOf } from '../../licenses.js'
import type { Facts, Past } from './facts.js'
import { invariant, isAllocated, isAscending, ofDecision, ofPast, placeOf, type Invariant } from './invariant.js'
import { byPlace } from '../allocations.js'
import { inOrder } from '../seats.js'
import { covers } from '../standing.js'

const coversAny = ({ installationsOf }: Facts, { allocation }: Past): boolean =>
  installationsOf(allocation.computer).some((installation) => covers(allocation, installation))

/** Does an installation that an allocation covers end the run with its license? */
const isKeptUp = ({ decisionsOf }: Facts, { allocation }: Past): boolean =>
  decisionsOf(allocation.computer).some(
    ({ license, installation: id, product }) => license === allocation.license && covers(allocation, { id, product }),
  )

/** Is an allocation to be released (ALLOC-58, 78, 86)? */
const isDue = (facts: Facts, past: Past): boolean =>
  past.standing !== 'untouched' &&
  facts.isReported(past.allocation.computer) &&
  (coversAny(facts, past)
    ? past.standing === 'set-aside' && !isKeptUp(facts, past)
    : past.allocation.deallocateAutomatically === true)

/** How many computers used a license before the run. */
const usedBefore = ({ seatsOf }: Facts, { id }: SoftwareLicense): number =>
  seatsOf(id).filter(({ rule }) => rule === undefined).length

export const ofAllocations: ReadonlyArray<Invariant> = [
  invariant('allocations-in-order', 'ALLOC-87', ({ outcome: { released, added } }) =>
    [released, added].flatMap((list) => (isAscending(list, byPlace) ? [] : list.slice(0, 1).map(placeOf))),
  ),
  invariant('released-was-given', 'ALLOC-78', ({ outcome: { released }, pasts, contentOf }) => {
    const given = new Set(pasts.map(({ allocation }) => contentOf(allocation)))
    return released.filter((each) => !given.has(contentOf(each))).map(placeOf)
  }),
  ofPast('released-when-due', 'ALLOC-58', (past, facts) => past.isReleased || !isDue(facts, past)),
  ofPast('released-only-when-due', 'ALLOC-78', (past, facts) => !past.isReleased || isDue(facts, past)),
  ofPast(
    'released-only-where-reported',
    'ALLOC-84',
    ({ isReleased, allocation }, { isReported }) => !isReleased || isReported(allocation.computer),
  ),
  ofPast('released-by-no-rejection', 'ALLOC-86', ({ isReleased, standing }) => !isReleased || standing !== 'untouched'),
  ofPast('manual-stays', 'ALLOC-57', (past, facts) => {
    const { allocation, standing, isReleased } = past
    const isOrdinary = facts.given.policy?.existing !== 'reevaluate-all' && standing === 'stands'
    return !isReleased || !isOrdinary || allocation.origin !== 'manual' || !coversAny(facts, past)
  }),
  invariant('added-as-automatic', 'ALLOC-61', ({ outcome: { added } }) =>
    added
      .filter(
        ({ origin, deallocateAutomatically, installation }) =>
          origin !== 'automatic' || deallocateAutomatically !== false || installation === undefined,
      )
      .map(placeOf),
  ),
  invariant('added-for-a-decision', 'ALLOC-61', ({ outcome: { added }, decisionsOf }) =>
    added
      .filter(
        ({ computer, license, installation }) =>
          !decisionsOf(computer).some(
            (each) => each.outcome === 'allocated' && each.license === license && each.installation === installation,
          ),
      )
      .map(placeOf),
  ),
  ofDecision(
    'allocated-and-recorded',
    'ALLOC-61',
    (each, facts) =>
      !isAllocated(each) ||
      facts
        .nextOf(each.decision.computer)
        .some((allocation) => allocation.license === each.decision.license && covers(allocation, each.installation)),
  ),
]

// -------------------------------------------------------------------------------------
// seats
// -------------------------------------------------------------------------------------

export const ofSeats: ReadonlyArray<Invariant> = [
  invariant('one-seat-a-computer', 'ALLOC-67', ({ outcome: { ledger } }) =>
    ledger
      .filter(({ seats }) => new Set(seats.map(({ computer }) => computer)).size !== seats.length)
      .map(({ license }) => license),
  ),
  invariant('seats-in-turn', 'ALLOC-74', ({ outcome: { ledger } }) =>
    ledger.filter(({ seats }) => !isAscending(seats, inOrder)).map(({ license }) => license),
  ),
  ofDecision('seat-for-the-allocated', 'ALLOC-73', (each, { seatsOf }) => {
    const { license, computer } = each.decision
    return !isAllocated(each) || (license !== undefined && seatsOf(license).some((seat) => seat.computer === computer))
  }),
  invariant('within-entitlements', 'ALLOC-73', (facts) =>
    facts.given.policy?.capacity !== 'enforced'
      ? []
      : [...facts.licenses.values()]
          .filter((license) => {
            const limit = limitOf(license)
            return limit !== undefined && facts.seatsOf(license.id).length > Math.max(limit, usedBefore(facts, license))
          })
          .map(({ id }) => id),
  ),
]
