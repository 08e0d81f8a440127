// Whose turn came when, for the checker of explanations: what the explanations of a run claim to have been allocated, in
// the order of ALLOC-74, and from it who had taken the entitlements of a license (ALLOC-73).
import type { Allocation } from 'seatwise'
import type { WireLicense } from '../allocation.js'
import { RULE_ORDER } from './conditions.js'
import { countedWith, usersBefore } from './past.js'
import { before, type Records } from './records.js'

/** An installation at a rule. */
export type Turn = { readonly computer: string; readonly installation: string; readonly rule: string }

export type Taken = {
  readonly license: string
  readonly computer: string
  readonly rule?: string
  readonly installation?: string
}

/** Rule by rule, and at each rule by computer and then by installation (ALLOC-74); before all of them, by computer. */
const inTurn = (one: Omit<Taken, 'license'>, other: Omit<Taken, 'license'>): number =>
  RULE_ORDER.indexOf(one.rule ?? '') - RULE_ORDER.indexOf(other.rule ?? '') ||
  before(one.computer, other.computer) ||
  before(one.installation ?? '', other.installation ?? '')

/** What the explanations claim to have been allocated. */
export const takenBy = (explanations: ReadonlyArray<Allocation.Explanation>): ReadonlyArray<Taken> =>
  explanations
    .flatMap(({ decision: { outcome, license, rule, computer, installation } }): ReadonlyArray<Taken> =>
      outcome !== 'allocated' || license === undefined || rule === undefined
        ? []
        : [{ license, computer, rule, installation }],
    )
    .sort(inTurn)

/**
 * Who had taken the entitlements of a license, if it was full for a computer when it had its turn; of those whom one place
 * holds, the license itself comes first, and its upgrades by id.
 */
export const fullFor = (
  records: Records,
  taken: ReadonlyArray<Taken>,
  license: WireLicense,
  turn: Turn,
): { readonly entitlements: number; readonly seats: ReadonlyArray<Taken> } | undefined => {
  const { entitlements, metric } = license
  if (records.policy?.capacity !== 'enforced' || entitlements === undefined || metric === 'none') return undefined
  const usersOf = (id: string): ReadonlyArray<Taken> => {
    const seats = new Map<string, Taken>(
      usersBefore(records, id).map((computer) => [computer, { license: id, computer }]),
    )
    for (const each of taken)
      if (each.license === id && inTurn(each, turn) < 0 && !seats.has(each.computer)) seats.set(each.computer, each)
    return [...seats.values()]
  }
  if (usersOf(license.id).some(({ computer }) => computer === turn.computer)) return undefined
  const [own, ...upgrades] = countedWith(records, license)
  const seats = [own!, ...[...upgrades].sort(before)].flatMap(usersOf).sort(inTurn)
  return seats.length < entitlements ? undefined : { entitlements, seats }
}
