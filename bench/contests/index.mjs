// @ts-check
/**
 * The contests, in the order in which they are held: those in the same world one after the other.
 */
import { answers } from './answers.mjs'
import { cold } from './cold.mjs'
import { decoding } from './decoding.mjs'
import { deployment } from './deployment.mjs'
import { engine } from './engine.mjs'
import { memory } from './memory.mjs'
import { peers } from './peers.mjs'
import { synchronization } from './synchronization.mjs'
import { text } from './text.mjs'
import { workers } from './workers.mjs'

/** @typedef {import('../contest.mjs').Result} Result */
/** @typedef {import('../contest.mjs').Settings} Settings */

/** @type {Readonly<Record<string, (settings: Settings) => ReadonlyArray<Result> | Promise<ReadonlyArray<Result>>>>} */
export const CONTESTS = { engine, text, decoding, peers, workers, memory, synchronization, deployment, cold, answers }

/** What a quick measurement leaves out, if nobody asks for it: no target of speed is about it. @type {ReadonlyArray<string>} */
export const SLOW = ['answers']
