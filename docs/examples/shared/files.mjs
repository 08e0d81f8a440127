// @ts-check
/**
 * Files, from bytes to JSON. What makes a whole file useless is said here; what is wrong with a single record is the
 * answer of the library's decoders.
 */
import { readFileSync } from 'node:fs'
import { either as E, function as F } from 'fp-ts'
import { Limits, Text } from 'seatwise'

// -------------------------------------------------------------------------------------
// from bytes to JSON
// -------------------------------------------------------------------------------------

const reasons = /** @type {Readonly<Record<string, string>>} */ ({
  ENOENT: 'there is no such file',
  EISDIR: 'it is a directory',
  EACCES: 'permission denied',
})

const reasonOf = (/** @type {unknown} */ error) => {
  const { code = '', message } = /** @type {NodeJS.ErrnoException} */ (error)
  return reasons[code] ?? Text.printable(message)
}

/**
 * Where JSON ends to be JSON. The parser's own message quotes the text, and there may be keys in it.
 *
 * @param {string} json
 * @param {unknown} error
 */
const placeOf = (json, error) => {
  const position = /at position (\d+)/.exec(String(error))?.[1]
  if (position === undefined) return ''
  const before = json.slice(0, Number(position)).split('\n')
  return `, line ${String(before.length)}, column ${String((before.at(-1) ?? '').length + 1)}`
}

/**
 * Reads a JSON file, or says in one line why it cannot be read.
 *
 * @param {string} file the path to read
 * @param {string} name the path as the caller knows it
 * @returns {E.Either<string, unknown>}
 */
const readJson = (file, name) => {
  const problem = (/** @type {string} */ text) => `${Text.printable(name)}: ${text}`
  return F.pipe(
    E.tryCatch(
      () => readFileSync(file),
      (error) => problem(`cannot be read, ${reasonOf(error)}`),
    ),
    // A name in another encoding would be changed silently, and then match nothing.
    E.chain((bytes) =>
      E.tryCatch(
        () => new TextDecoder('utf-8', { fatal: true }).decode(bytes),
        () => problem('is not UTF-8 text'),
      ),
    ),
    E.chain((text) =>
      E.tryCatch(
        () => /** @type {unknown} */ (JSON.parse(text)),
        (error) => problem(`is not JSON${placeOf(text, error)}`),
      ),
    ),
  )
}

// -------------------------------------------------------------------------------------
// what a file should hold
// -------------------------------------------------------------------------------------

export const isObject = (/** @type {unknown} */ value) =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The library reports 1,000 rejections of a collection in full; whoever mends a file wants them all. */
export const limits = { ...Limits.defaultLimits, rejections: Number.MAX_SAFE_INTEGER }

/** @typedef {(name: string) => string} Locate from a name as the caller wrote it to a path */

/**
 * A file that holds what it should, or what is wrong with it.
 *
 * @param {Locate} locate
 */
export const fileIn =
  (locate) =>
  (/** @type {string} */ name, /** @type {(value: unknown) => boolean} */ is, /** @type {string} */ wanted) =>
    F.pipe(
      readJson(locate(name), name),
      E.filterOrElse(is, () => `${Text.printable(name)}: ${wanted}`),
    )

/** All contents, or all that is wrong with the files. */
export const all = (/** @type {ReadonlyArray<E.Either<string, unknown>>} */ files) => {
  const problems = files.flatMap((each) => (E.isLeft(each) ? [each.left] : []))
  return problems.length > 0 ? E.left(problems) : E.right(files.map(E.toUnion))
}
