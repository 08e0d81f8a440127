/**
 * Restrictions that lie one inside the other, by sub-units: where both match at one rule, name order decides and not
 * nearness (ALLOC-42). Told where the wider one comes first by name, so that it takes what the narrower one was for.
 */
import { O } from '../../prelude.js'
import type { SoftwareLicense } from '../../record/SoftwareLicense.js'
import type { Key } from '../../rule/Criterion.js'
import { append } from '../../value/Lists.js'
import type { LicenseCriterion } from '../criteria.js'
import { isLive, type Shelf } from '../prepare.js'
import { finding, namesOf, type Finding } from './finding.js'
import { idsOf, type Ledger } from './ledger.js'

const codes: Readonly<Record<string, 'overlapping-organizations' | 'overlapping-locations'>> = {
  organization: 'overlapping-organizations',
  location: 'overlapping-locations',
}

/** The candidates of a shelf by the one key that each asks for, in name order. */
const scopesOf = ({ requires }: LicenseCriterion, { candidates }: Shelf): ReadonlyMap<Key, ReadonlyArray<number>> => {
  const scopes = new Map<Key, Array<number>>()
  for (const [rank, license] of candidates.entries()) {
    const keys = O.toUndefined(requires(license))
    if (keys?.length === 1) append(scopes, keys[0], rank)
  }
  return scopes
}

/** What lies in each scope, by the nearest one around it. */
const nested = (
  entails: NonNullable<LicenseCriterion['entails']>,
  scopes: ReadonlyMap<Key, ReadonlyArray<number>>,
): ReadonlyMap<Key, ReadonlyArray<number>> => {
  const inner = new Map<Key, Array<number>>()
  for (const [key, ranks] of scopes) {
    const around = entails(key)?.find((outer) => outer !== key && scopes.has(outer) && !entails(outer)?.includes(key))
    if (around === undefined) continue
    const first = scopes.get(around)?.[0] ?? Infinity
    for (const rank of ranks) if (rank > first) append(inner, around, rank)
  }
  return inner
}

const ofShelf = (shelf: Shelf, criterion: LicenseCriterion): ReadonlyArray<Finding> => {
  const code = codes[criterion.name]
  if (criterion.entails === undefined || code === undefined) return []
  const scopes = scopesOf(criterion, shelf)
  if (scopes.size < 2) return []
  const at = (ranks: ReadonlyArray<number>): ReadonlyArray<SoftwareLicense> =>
    ranks.flatMap((rank) => shelf.candidates[rank] ?? [])
  const { id: software } = shelf.software
  return Array.from(nested(criterion.entails, scopes), ([key, ranks]) => {
    const outer = idsOf(at(scopes.get(key) ?? []))
    const inner = idsOf(at([...ranks].sort((a, b) => a - b)))
    const records = [...namesOf('software', [software]), ...namesOf('licenses', [...outer, ...inner])]
    return finding(code, records, { software, outer, inner })
  })
}

export const ofScopes = ({ prepared, shelves }: Ledger): ReadonlyArray<Finding> =>
  shelves
    .filter(isLive)
    .flatMap((shelf) => prepared.reading.restricting.flatMap((criterion) => ofShelf(shelf, criterion)))
