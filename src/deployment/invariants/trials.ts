/**
 * What a pack is turned down for, in the order in which it is asked (deployment.md, section 5, gates 7), and which packs of
 * a type come furthest. A gate is known by its number, since what is out of scope has two reasons and one gate (ALD-110).
 */
import type { PackReason } from '../../record/DeploymentDecision.js'
import type { ProductPack } from '../../record/ProductPack.js'
import * as Text from '../../value/Text.js'
import type { Case, Facts, Trial } from './facts.js'
import { lastDayOf } from './holdings.js'

// -------------------------------------------------------------------------------------
// what is asked of a pack
// -------------------------------------------------------------------------------------

type Asked = (pack: ProductPack, each: Case, facts: Facts) => boolean

export const isLater: Asked = (pack, { last }) => lastDayOf(pack) > last
export const isSupported: Asked = ({ evaluation }, { os }, { ums }) =>
  evaluation !== true || (ums.hasEvaluation && os.takesEvaluation)
export const isRetired: Asked = ({ status }) => status === 'merged' || status === 'archived'
export const isInScope: Asked = (pack, _, facts) => facts.isInScope(pack)
export const isActive: Asked = ({ active }) => active !== false
export const hasStarted: Asked = ({ starts }, _, { today }) => starts === undefined || starts <= today
export const isCurrent: Asked = (pack, _, { today }) => lastDayOf(pack) >= today
export const isSelected: Asked = (_, { device }, facts) => facts.isSelected(device)
export const isSelectedBy: Asked = (pack, { device }, facts) => facts.isSelectedBy(pack, device)
export const hasFree: Asked = (pack, { position }, { replayed }) => replayed.allocatedAt(pack, position) < pack.total

// -------------------------------------------------------------------------------------
// gates
// -------------------------------------------------------------------------------------

interface PackGate {
  readonly gate: number
  readonly reason: PackReason
  readonly stops: Asked
}

const gate = (number: number, reason: PackReason, stops: Asked): PackGate => ({ gate: number, reason, stops })

const not =
  (asked: Asked): Asked =>
  (pack, each, facts) =>
    !asked(pack, each, facts)

/** A renewal asks this of its pack, and no more (ALD-66). */
const ofUse: ReadonlyArray<PackGate> = [
  gate(2, 'evaluation-not-supported', not(isSupported)),
  gate(3, 'pack-retired', isRetired),
  gate(4, 'token-invalid', (pack, each, facts) => pack.aldToken === 'invalid' && !isInScope(pack, each, facts)),
  gate(4, 'pack-not-assigned', (pack, each, facts) => pack.aldToken !== 'invalid' && !isInScope(pack, each, facts)),
  gate(5, 'pack-deactivated', not(isActive)),
  gate(6, 'pack-not-started', not(hasStarted)),
  gate(7, 'pack-expired', not(isCurrent)),
]

const gates: ReadonlyArray<PackGate> = [
  // A device that holds a license of the type is to be exchanged (ALD-74); any other has no day that could be passed.
  gate(1, 'no-later-pack', (pack, each, facts) => each.held.length > 0 && !isLater(pack, each, facts)),
  ...ofUse,
  gate(8, 'global-conditions-not-met', not(isSelected)),
  gate(9, 'conditions-not-met', not(isSelectedBy)),
  gate(10, 'no-free-license', not(hasFree)),
]

export const isUsable: Asked = (pack, each, facts) => !ofUse.some(({ stops }) => stops(pack, each, facts))

const stopOf = (pack: ProductPack, each: Case, facts: Facts): PackGate | undefined =>
  gates.find(({ stops }) => stops(pack, each, facts))

// -------------------------------------------------------------------------------------
// trials
// -------------------------------------------------------------------------------------

/** A pack with the number of its licenses that are allocated when its turn comes. */
interface Counted {
  readonly pack: ProductPack
  readonly allocated: number
}

/** Of which more is allocated, or which is registered earlier, or whose id is smaller: negative (ALD-44 to 46). */
const compare = (a: Counted, b: Counted): number =>
  b.allocated - a.allocated || a.pack.registered - b.pack.registered || Text.compare(a.pack.id, b.pack.id)

interface Stopped {
  readonly pack: ProductPack
  readonly at: PackGate
}

/** Which came further, or has the smaller id: negative (ALD-110). */
const compareStopped = (a: Stopped, b: Stopped): number => b.at.gate - a.at.gate || Text.compare(a.pack.id, b.pack.id)

/** Tries every pack of the type, each by itself. */
export const trialOf = (each: Case, facts: Facts): Trial => {
  let best: Counted | undefined
  let furthest: Stopped | undefined
  for (const pack of facts.packsOf(each.type)) {
    const at = stopOf(pack, each, facts)
    if (at === undefined) {
      const passed = { pack, allocated: facts.replayed.allocatedAt(pack, each.position) }
      if (best === undefined || compare(passed, best) < 0) best = passed
    } else {
      const stopped = { pack, at }
      if (furthest === undefined || compareStopped(stopped, furthest) < 0) furthest = stopped
    }
  }
  return { best: best?.pack, furthest: furthest?.at.reason }
}

/** Is a pack of the type turned down for just this? */
export const isTurnedDownFor = (reason: PackReason, each: Case, facts: Facts): boolean =>
  facts.packsOf(each.type).some((pack) => stopOf(pack, each, facts)?.reason === reason)
