// @ts-check
/**
 * Lines of text from a stream of bytes, one at a time.
 *
 * Laws:
 *
 * 1. However the bytes are cut into chunks, the lines are the same
 * 2. Of the bytes no more is held than a chunk and a line of `most`, whatever the stream has in it
 */
import { either as E } from 'fp-ts'

/**
 * A line and its number, from 1; instead of its text a rejection, where there is no telling what it says.
 *
 * @typedef {{ readonly line: number, readonly text: E.Either<import('seatwise').Rejection.Rejection, string> }} Line
 */

/** A line may have so many bytes: room for some ten thousand installations. */
export const MOST = 1 << 20

const LINE_FEED = 10
const CARRIAGE_RETURN = 13

/** @type {(code: 'too-long' | 'ill-formed', hint: string) => import('seatwise').Rejection.Rejection} */
const rejection = (code, hint) => ({ code, severity: 'error', path: '', collection: 'snapshots', hint })

/**
 * The part of a line that came with earlier chunks. It is copied, so that no chunk is kept for the sake of its end.
 *
 * @param {number} most
 */
const heldBack = (most) => {
  let bytes = Buffer.alloc(0)
  let length = 0
  let isTooLong = false
  return {
    /** @type {(piece: Uint8Array) => void} */
    add: (piece) => {
      // INVARIANT: nothing is held of a line that is too long.
      isTooLong ||= length + piece.length > most
      if (isTooLong) {
        length = 0
        return
      }
      if (length + piece.length > bytes.length) {
        const larger = Buffer.alloc(Math.min(most, Math.max(2 * bytes.length, length + piece.length)))
        bytes.copy(larger, 0, 0, length)
        bytes = larger
      }
      bytes.set(piece, length)
      length += piece.length
    },
    isEmpty: () => length === 0 && !isTooLong,
    /** The whole line, or nothing if it is too long; what comes next is another line. */
    take: () => {
      const line = isTooLong ? undefined : bytes.subarray(0, length)
      length = 0
      isTooLong = false
      return line
    },
  }
}

/**
 * The lines of a stream. They end with a line feed, before which a carriage return may stand; the last need not end at all.
 * Blank lines are counted and left out.
 *
 * @param {AsyncIterable<Uint8Array> | Iterable<Uint8Array>} chunks
 * @param {number} [most] bytes that a line may have
 * @returns {AsyncGenerator<Line, void, void>}
 */
export async function* linesOf(chunks, most = MOST) {
  // A name in another encoding would be changed silently, and then match nothing.
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const tooLong = rejection('too-long', `write a line of at most ${String(most)} bytes`)
  const illFormed = rejection('ill-formed', 'write UTF-8 text')

  /** @type {(bytes: Uint8Array | undefined) => Line['text']} */
  const read = (bytes) => {
    if (bytes === undefined || bytes.length > most) return E.left(tooLong)
    const end = bytes.at(-1) === CARRIAGE_RETURN ? bytes.length - 1 : bytes.length
    try {
      return E.right(decoder.decode(bytes.subarray(0, end)))
    } catch {
      return E.left(illFormed)
    }
  }

  const held = heldBack(most)
  let line = 0
  for await (const chunk of chunks) {
    let start = 0
    for (let end = chunk.indexOf(LINE_FEED); end !== -1; end = chunk.indexOf(LINE_FEED, start)) {
      const piece = chunk.subarray(start, end)
      start = end + 1
      line += 1
      if (!held.isEmpty()) held.add(piece)
      const text = read(held.isEmpty() ? piece : held.take())
      if (E.isLeft(text) || text.right.trim() !== '') yield { line, text }
    }
    if (start < chunk.length) held.add(chunk.subarray(start))
  }
  if (held.isEmpty()) return
  const text = read(held.take())
  if (E.isLeft(text) || text.right.trim() !== '') yield { line: line + 1, text }
}
