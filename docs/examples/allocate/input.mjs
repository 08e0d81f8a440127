// @ts-check
/**
 * Files, from bytes to records. Whatever stands in a file is of unknown origin: the decoders of the library take it as it
 * is, and what is wrong with a single record is their answer. What makes a whole file useless is said here.
 */
import { either as E, function as F } from 'fp-ts'
import { Allocation, AllocationPolicy, AuditSnapshot, Catalog } from 'seatwise'
import { all, fileIn, isObject, limits } from '../shared/files.mjs'

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

/**
 * Reads the files of a run, or says of each that is of no use what is wrong with it.
 *
 * @param {Names} names
 * @param {import('../shared/files.mjs').Locate} locate
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
