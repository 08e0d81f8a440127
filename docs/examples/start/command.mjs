// @ts-check
/**
 * The command `npm start`: from its arguments to what it prints and the status it ends with. Where that goes, to a terminal
 * or to a test, is the caller's affair; ../allocate and ../deploy are the two halves, and ../shared is what both need.
 */
import { either as E } from 'fp-ts'
import { decide } from '../allocate/decide.mjs'
import { deploy } from '../deploy/deploy.mjs'
import { CLEAN, NOTHING_DECIDED } from '../shared/status.mjs'
import * as Options from './options.mjs'
import { usage } from './usage.mjs'

/** @typedef {import('../shared/status.mjs').Status} Status */

/**
 * Runs the command. Of two halves the worse status counts.
 *
 * @param {ReadonlyArray<string>} args
 * @param {import('../shared/status.mjs').Surroundings} surroundings
 * @returns {Status}
 */
export const command = (args, surroundings) => {
  const options = Options.parse(args)
  if (E.isLeft(options)) {
    surroundings.tell([...options.left, '', usage])
    return NOTHING_DECIDED
  }
  const { help, allocation, deployment } = options.right
  if (help) {
    surroundings.print([usage])
    return CLEAN
  }
  const first = allocation === undefined ? CLEAN : decide(allocation, surroundings)
  if (allocation !== undefined && deployment !== undefined) surroundings.print([''])
  const second = deployment === undefined ? CLEAN : deploy(deployment, surroundings)
  return /** @type {Status} */ (Math.max(first, second))
}
