/**
 * Invariants of a run: of each decision, and of each allocation that was given.
 */
import type { Allocation } from '../../../record/Allocation.js'
import * as Generic from '../../../rule/Invariant.js'
import type { Case, Facts } from './facts.js'
import type { Past } from './past.js'

/** What holds of every run, and where it does not hold of this one. */
export type Invariant = Generic.Invariant<Facts>

export const { isAscending, outOfTurn, place } = Generic

export const invariant: (code: string, clause: string, broken: Invariant['broken']) => Invariant = Generic.invariant

/** The ids of an allocation, as a place to look at. */
export const placeOf = ({ computer, product, license, installation }: Allocation): string =>
  place(computer, product, license, ...(installation === undefined ? [] : [installation]))

/** An invariant of each decision. */
export const ofDecision = (code: string, clause: string, holds: (each: Case, facts: Facts) => boolean): Invariant =>
  invariant(code, clause, (facts) =>
    facts.cases
      .filter((each) => !holds(each, facts))
      .map(({ decision }) => place(decision.computer, decision.installation)),
  )

/** An invariant of each allocation that was given. */
export const ofPast = (code: string, clause: string, holds: (each: Past, facts: Facts) => boolean): Invariant =>
  invariant(code, clause, (facts) =>
    facts.pasts.filter((each) => !holds(each, facts)).map(({ allocation }) => placeOf(allocation)),
  )

export const isAllocated = ({ decision }: Case): boolean => decision.outcome === 'allocated'
