/**
 * The warnings of decisions (ALLOC-83), alphabetically. Many decisions have the same ones, and share them.
 */
import type { Warning } from '../record/Decision.js'

const warnings = (...some: ReadonlyArray<Warning>): ReadonlyArray<Warning> => Object.freeze(some)

export const NO_WARNINGS = warnings()
export const LOCATION = warnings('ambiguous-location')
export const ORGANIZATION = warnings('ambiguous-organization')
export const BOTH = warnings(...LOCATION, ...ORGANIZATION)
export const SEVERAL_MAINS = warnings('several-mains')

/** The warnings of either, each once. */
export const together = (some: ReadonlyArray<Warning>, others: ReadonlyArray<Warning>): ReadonlyArray<Warning> => {
  if (some.length === 0) return others
  if (others.length === 0) return some
  return [...new Set([...some, ...others])].sort()
}
