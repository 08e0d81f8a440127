// @ts-check
/**
 * Files, from bytes to records. Whatever stands in a file is of unknown origin: the decoders of the library take it as it
 * is, and what is wrong with a single record is their answer. What makes a whole file useless is said here.
 */
import { readFileSync } from 'node:fs'
import { either as E, function as F } from 'fp-ts'
import { Allocation, AllocationPolicy, AuditSnapshot, Catalog, Limits, Text } from 'seatwise'

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
// from JSON to records
// -------------------------------------------------------------------------------------

const isObject = (/** @type {unknown} */ value) => typeof value === 'object' && value !== null && !Array.isArray(value)

/** The library reports 1,000 rejections of a collection in full; whoever mends a file wants them all. */
const limits = { ...Limits.defaultLimits, rejections: Number.MAX_SAFE_INTEGER }

/**
 * What the files say. The policy may be wrong while the records are good; all of it is told at once.
 *
 * @typedef {object} Input
 * @property {import('seatwise').Catalog.Catalog} catalog
 * @property {ReadonlyArray<import('seatwise').AuditSnapshot.AuditSnapshot>} snapshots
 * @property {ReadonlyArray<import('seatwise').Allocation.Allocation>} allocations
 * @property {ReadonlyArray<import('seatwise').Id.ComputerId>} incomplete computers of which an installation was rejected
 * @property {import('seatwise').Allocation.RejectedLicenses} rejectedLicenses
 * @property {ReadonlyArray<import('seatwise').Rejection.Rejection>} rejections
 * @property {number} rejected how many records were rejected; one can have several rejections
 * @property {E.Either<
 *   ReadonlyArray<import('seatwise').Rejection.Rejection>,
 *   import('seatwise').AllocationPolicy.AllocationPolicy
 * >} policy
 */

/**
 * The names of files, as the caller wrote them.
 *
 * @typedef {object} Names
 * @property {string} catalog
 * @property {string} snapshots
 * @property {string} [allocations]
 * @property {string} [policy]
 */

/** @typedef {(name: string) => string} Locate from a name as the caller wrote it to a path */

/**
 * A file that holds what it should, or what is wrong with it.
 *
 * @param {Locate} locate
 */
const fileIn =
  (locate) =>
  (/** @type {string} */ name, /** @type {(value: unknown) => boolean} */ is, /** @type {string} */ wanted) =>
    F.pipe(
      readJson(locate(name), name),
      E.filterOrElse(is, () => `${Text.printable(name)}: ${wanted}`),
    )

/** All contents, or all that is wrong with the files. */
const all = (/** @type {ReadonlyArray<E.Either<string, unknown>>} */ files) => {
  const problems = files.flatMap((each) => (E.isLeft(each) ? [each.left] : []))
  return problems.length > 0 ? E.left(problems) : E.right(files.map(E.toUnion))
}

/**
 * Reads the files of a run, or says of each that is of no use what is wrong with it.
 *
 * @param {Names} names
 * @param {Locate} locate
 * @returns {E.Either<ReadonlyArray<string>, Input>}
 */
export const read = (names, locate) => {
  const file = fileIn(locate)
  return F.pipe(
    all([
      file(names.catalog, isObject, 'is no catalog, which is an object with software and licenses'),
      file(names.snapshots, Array.isArray, 'is no list of snapshots'),
      names.allocations === undefined
        ? E.right([])
        : file(names.allocations, Array.isArray, 'is no list of allocations'),
      names.policy === undefined
        ? E.right({})
        : file(names.policy, isObject, 'is no policy, which is an object of options'),
    ]),
    E.map(([rawCatalog, rawSnapshots, rawAllocations, rawPolicy]) => {
      const catalog = Catalog.decode(rawCatalog, limits)
      const snapshots = AuditSnapshot.decodeAll(rawSnapshots, limits)
      const allocations = Allocation.decodeAll(rawAllocations, limits)
      const decoded = [catalog, snapshots, allocations]
      return {
        catalog: catalog.right,
        snapshots: snapshots.right,
        allocations: allocations.right,
        incomplete: snapshots.incomplete,
        rejectedLicenses: catalog.rejectedLicenses,
        rejections: decoded.flatMap(({ left }) => left),
        rejected: decoded.flatMap(({ tallies }) => tallies).reduce((sum, tally) => sum + tally.rejected, 0),
        policy: AllocationPolicy.decode(rawPolicy),
      }
    }),
  )
}

/**
 * Reads the changes of weeks, each of which is a file of its own: an object with licenses, snapshots, removed computers
 * and allocations.
 *
 * @param {ReadonlyArray<string>} names
 * @returns {E.Either<ReadonlyArray<string>, ReadonlyArray<import('./weeks.mjs').Week>>}
 */
export const readWeeks = (names) =>
  F.pipe(
    all(names.map((name) => fileIn(F.identity)(name, isObject, 'is no week of changes'))),
    E.map((weeks) =>
      weeks.map((raw) => {
        const {
          licenses = [],
          snapshots = [],
          removed = [],
          allocations = [],
        } = /** @type {Partial<Record<string, ReadonlyArray<unknown>>>} */ (raw)
        return {
          licenses: Catalog.decode({ software: [], licenses }, limits).right.licenses,
          snapshots: AuditSnapshot.decodeAll(snapshots, limits).right,
          removed: removed.map(String),
          allocations: Allocation.decodeAll(allocations, limits).right,
        }
      }),
    ),
  )
