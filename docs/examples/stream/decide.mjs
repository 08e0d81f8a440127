// @ts-check
/**
 * From lines to decisions: each line is parsed, decoded and decided by itself, and then forgotten.
 *
 * Law: what is said of a line depends on no other line. A computer that comes twice is decided twice.
 */
import { either as E, option as O } from 'fp-ts'
import { Allocation, AuditSnapshot } from 'seatwise'

/**
 * What is said of a line. A snapshot of which an installation was rejected has decisions about the others.
 *
 * @typedef {object} Answer
 * @property {number} line
 * @property {ReadonlyArray<import('seatwise').Decision.Decision>} decisions
 * @property {ReadonlyArray<import('seatwise').Rejection.Rejection>} rejections
 */

/**
 * How far it has come: lines that were answered, decisions about installations, rejections.
 *
 * @typedef {{ readonly lines: number, readonly decisions: number, readonly rejections: number }} Progress
 */

/**
 * @typedef {object} Listening
 * @property {AbortSignal} [signal] ends the stream between two lines by throwing its reason, as Node's streams do
 * @property {(progress: Progress) => void} [progress] called for every line, before the next is asked for
 */

/** @type {(decide: Allocation.Allocate, line: import('./lines.mjs').Line) => Answer} */
const answer = (decide, { line, text }) => {
  if (E.isLeft(text)) return { line, decisions: [], rejections: [text.left] }
  const { left, right } = AuditSnapshot.parse(text.right)
  if (O.isNone(right)) return { line, decisions: [], rejections: left }
  // Two different installations of one id leave no right answer, and `decide` takes it that somebody has looked.
  const contradictions = Allocation.contradictionsOfSnapshot(right.value)
  return contradictions.length > 0
    ? { line, decisions: [], rejections: [...left, ...contradictions] }
    : { line, decisions: decide(right.value), rejections: left }
}

/**
 * Decides lines as they are asked for: no line is read before the last one's answer was taken.
 *
 * @param {Allocation.Allocate} decide
 * @param {AsyncIterable<import('./lines.mjs').Line>} lines
 * @param {Listening} [listening]
 * @returns {AsyncGenerator<Answer, void, void>}
 */
export async function* decideLines(decide, lines, { signal, progress } = {}) {
  let count = { lines: 0, decisions: 0, rejections: 0 }
  signal?.throwIfAborted()
  for await (const line of lines) {
    signal?.throwIfAborted()
    const answered = answer(decide, line)
    yield answered
    count = {
      lines: count.lines + 1,
      decisions: count.decisions + answered.decisions.length,
      rejections: count.rejections + answered.rejections.length,
    }
    progress?.(count)
    signal?.throwIfAborted()
  }
}
