/**
 * What an invariant of a run is: a code, the clause that it comes from, and a way to find where it is broken.
 */
import type { Allocation } from '../../../record/Allocation.js'
import type { Case, Facts, Past } from './facts.js'

/**
 * An invariant that does not hold of a run: its code, the clause that it comes from, and where it is broken, by ids.
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
      .map(({ decision }) => `${decision.computer} ${decision.installation}`),
  )

/** An invariant of each allocation that was given. */
export const ofPast = (code: string, clause: string, holds: (each: Past, facts: Facts) => boolean): Invariant =>
  invariant(code, clause, (facts) =>
    facts.pasts.filter((each) => !holds(each, facts)).map(({ allocation }) => placeOf(allocation)),
  )

/** The ids of an allocation, as a place to look at. */
export const placeOf = ({ computer, product, license, installation }: Allocation): string =>
  [computer, product, license, ...(installation === undefined ? [] : [installation])].join(' ')

export const isAscending = <A>(list: ReadonlyArray<A>, compare: (a: A, b: A) => number): boolean =>
  list.every((each, position) => position === 0 || compare(list[position - 1] as A, each) <= 0)

export const isAllocated = ({ decision }: Case): boolean => decision.outcome === 'allocated'
