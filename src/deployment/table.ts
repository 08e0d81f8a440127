/**
 * The gates as a table: what the documentation shows is read off the ladders that decide.
 *
 * @since 0.1.0
 */
import type { DeploymentReason } from '../record/DeploymentDecision.js'
import type { Ladder } from '../rule/Ladder.js'
import { orderLadder, subjectLadder } from './gates.js'
import { packLadder } from './packGates.js'

/**
 * The version of the gates and of what follows from them: it changes whenever the same records can lead to another decision.
 *
 * @since 0.1.0
 */
export const RULE_BOOK_VERSION = '1.0'

/**
 * A gate or an exit: its name, the clauses that it implements, and the reasons that it gives. An exit gives none.
 *
 * @since 0.1.0
 */
export interface GateRow {
  readonly kind: 'gate' | 'exit'
  readonly gate: string
  readonly clause: string
  readonly reasons: ReadonlyArray<DeploymentReason>
}

const rowsOf = <A, Reason extends DeploymentReason, Answer>(
  ladder: Ladder<A, Reason, Answer>,
): ReadonlyArray<GateRow> =>
  ladder.map((rung) => ({
    kind: rung._tag === 'Gate' ? 'gate' : 'exit',
    gate: rung.name,
    clause: rung.clause,
    reasons: rung._tag === 'Gate' ? rung.reasons : [],
  }))

/**
 * The three ladders in their order: of the device and type (gates 1 to 6), of each pack (gate 7), and of the order (gate 8).
 *
 * @example
 * import assert from 'node:assert'
 * import { Deployment } from 'seatwise'
 *
 * assert.deepStrictEqual(Deployment.gates.packs[0], {
 *   kind: 'gate',
 *   gate: 'later',
 *   clause: 'ALD-74',
 *   reasons: ['no-later-pack'],
 * })
 *
 * @since 0.1.0
 */
export const gates: { readonly [K in 'device' | 'packs' | 'order']: ReadonlyArray<GateRow> } = {
  device: rowsOf(subjectLadder),
  packs: rowsOf(packLadder),
  order: rowsOf(orderLadder),
}
