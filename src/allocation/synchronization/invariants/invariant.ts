/**
 * What an invariant of a run is: a code, the clause that it comes from, and a way to find where it is broken.
 */
import type { Allocation } from '../../../record/Allocation.js'
import * as Text from '../../../value/Text.js'
import type { Case, Facts } from './facts.js'
import type { Past } from './past.js'

/**
 * An invariant that does not hold of a run: its code, the clause that it comes from, and where it is broken: the ids of
 * what is wrong, as a JSON list that may stand in a report.
 *
 * @since 0.1.0
 */
export interface BrokenInvariant {
  readonly code: string
  readonly clause: string
  readonly at: string
}

/** What holds of every run, and where it does not hold of this one. */
export interface Invariant {
  readonly code: string
  readonly clause: string
  readonly broken: (facts: Facts) => ReadonlyArray<string>
}

// -------------------------------------------------------------------------------------
// places
// -------------------------------------------------------------------------------------

/** Ids as a place to look at: different ids make different places, whatever is in them. */
export const place = (...ids: ReadonlyArray<string>): string => Text.printable(JSON.stringify(ids))

/** The ids of an allocation, as a place to look at. */
export const placeOf = ({ computer, product, license, installation }: Allocation): string =>
  place(computer, product, license, ...(installation === undefined ? [] : [installation]))

/** The first of a list that comes after its turn, if any does. */
export const outOfTurn = <A>(list: ReadonlyArray<A>, compare: (a: A, b: A) => number): ReadonlyArray<A> => {
  const found = list.findIndex((each, position) => position > 0 && compare(list[position - 1] as A, each) > 0)
  return found === -1 ? [] : list.slice(found, found + 1)
}

export const isAscending = <A>(list: ReadonlyArray<A>, compare: (a: A, b: A) => number): boolean =>
  outOfTurn(list, compare).length === 0

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

export const invariant = (code: string, clause: string, broken: Invariant['broken']): Invariant => ({
  code,
  clause,
  broken,
})

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
