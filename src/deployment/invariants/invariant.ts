/**
 * Invariants of a plan: of each decision, of those with some action, and of the packs that licenses come from.
 */
import type { DeploymentAction, DeploymentReason } from '../../record/DeploymentDecision.js'
import type { ProductPack } from '../../record/ProductPack.js'
import * as Generic from '../../rule/Invariant.js'
import type { Case, Facts } from './facts.js'

/** What holds of every plan, and where it does not hold of this one. */
export type Invariant = Generic.Invariant<Facts>

export const { outOfTurn, place } = Generic

export const invariant: (code: string, clause: string, broken: Invariant['broken']) => Invariant = Generic.invariant

/** A decision as a place to look at: its device and its type. */
export const placeOf = ({ device, type }: Case): string => place(device.id, type)

type Holds = (each: Case, facts: Facts) => boolean

const brokenAmong = (cases: ReadonlyArray<Case>, holds: Holds, facts: Facts): ReadonlyArray<string> =>
  cases.filter((each) => !holds(each, facts)).map(placeOf)

/** An invariant of each decision. */
export const ofEach = (code: string, clause: string, holds: Holds): Invariant =>
  invariant(code, clause, (facts) => brokenAmong(facts.replayed.cases, holds, facts))

/** An invariant of each decision by which nothing is done. */
export const ofNone = (code: string, clause: string, holds: Holds): Invariant =>
  invariant(code, clause, (facts) => brokenAmong(facts.casesOf('none'), holds, facts))

/** An invariant of each decision by which nothing is done for the reason. */
export const ofReason = (reason: DeploymentReason, clause: string, holds: Holds): Invariant =>
  invariant(`reason-${reason}`, clause, (facts) => brokenAmong(facts.refusedFor(reason), holds, facts))

type Acting = Exclude<DeploymentAction, 'none'>

export const FROM_A_PACK: ReadonlyArray<Acting> = ['assign', 'renew', 'exchange']
export const FROM_ANYWHERE: ReadonlyArray<Acting> = [...FROM_A_PACK, 'deploy-bundled']

/** An invariant of each decision with one of these actions. */
export const ofAction = (code: string, clause: string, actions: ReadonlyArray<Acting>, holds: Holds): Invariant =>
  invariant(code, clause, (facts) => actions.flatMap((action) => brokenAmong(facts.casesOf(action), holds, facts)))

/** An invariant of the pack that each decision with one of these actions takes a license from, where there is that pack. */
export const ofPack = (
  code: string,
  clause: string,
  actions: ReadonlyArray<Acting>,
  holds: (pack: ProductPack, each: Case, facts: Facts) => boolean,
): Invariant =>
  ofAction(code, clause, actions, (each, facts) => each.pack === undefined || holds(each.pack, each, facts))
