/**
 * Amounts of remedies: more licenses than are needed, and a later version than is needed, are no answers of their own.
 */
import type { Amounts, Found } from '../../rule/Counterfactual.js'
import type { Count } from '../../value/Count.js'
import * as Version from '../../value/Version.js'
import { changedBy, keyOf, type Remedy } from './remedy.js'

/** What a remedy changes and how, without how much. */
const changeOf = (remedy: Remedy): string =>
  remedy.kind === 'add-licenses' || remedy.kind === 'update-os' || remedy.kind === 'update-ums'
    ? changedBy(remedy)
    : keyOf(remedy)

/** Below zero where the first brings less of the same. */
const compareAmounts = (a: Remedy, b: Remedy): number => {
  if (a.kind === 'add-licenses' && b.kind === 'add-licenses') return a.count - b.count
  if (a.kind === 'update-os' && b.kind === 'update-os') return Version.compare(a.osVersion, b.osVersion)
  if (a.kind === 'update-ums' && b.kind === 'update-ums') return Version.compare(a.umsVersion, b.umsVersion)
  return 0
}

/** The remedies of a set, by what they change: two of one set never change the same. */
type Changes = ReadonlyMap<string, Remedy>

const isAtMost = (a: Changes, b: Changes): boolean =>
  a.size === b.size &&
  [...a].every(([change, one]) => {
    const other = b.get(change)
    return other !== undefined && compareAmounts(one, other) <= 0
  })

/** The sets beside which there is none with the same changes and nowhere a greater amount; the first of equal ones. */
export const withLeast = <Made>(found: ReadonlyArray<Found<Remedy, Made>>): ReadonlyArray<Found<Remedy, Made>> => {
  const changes = found.map(({ remedies }): Changes => new Map(remedies.map((remedy) => [changeOf(remedy), remedy])))
  return found.filter((_, place) => {
    const own = changes[place]
    const isSuperfluous = (each: Changes, at: number): boolean =>
      own !== undefined && at !== place && isAtMost(each, own) && (at < place || !isAtMost(own, each))
    return !changes.some(isSuperfluous)
  })
}

/** As few licenses as are enough. */
export const licenseCounts: Amounts<Remedy> = {
  amountOf: (remedy) => (remedy.kind === 'add-licenses' ? remedy.count : undefined),
  withAmount: (remedy, amount) => (remedy.kind === 'add-licenses' ? { ...remedy, count: amount as Count } : remedy),
}
