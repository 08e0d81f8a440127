// @ts-check
/**
 * Actions in a few words each, as they stand in a table; for reasons the library has words.
 */

/** @typedef {import('seatwise').DeploymentDecision.DeploymentAction} Action */

/** @type {ReadonlyArray<Exclude<Action, 'none'>>} */
export const ACTIONS = ['assign', 'deploy-bundled', 'renew', 'exchange']

/** @type {Readonly<Record<Action, string>>} */
export const actionTexts = {
  assign: 'gets a license from a pack',
  'deploy-bundled': 'gets the license that came with its hardware',
  renew: 'its pack was renewed, and so is its license',
  exchange: 'its license ends, and another pack has one',
  none: 'nothing to do, or nothing that can be done',
}
