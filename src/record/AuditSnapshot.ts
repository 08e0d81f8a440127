/**
 * Decoding of audit snapshots (FORMAT, *Allocation*; ALLOC-86): what is good as a whole is taken whole; of a snapshot in
 * which something is wrong, its frame and each of its installations is read alone.
 *
 * Laws:
 *
 * 1. Alike: JSON text is decoded as the value that it stands for, and one snapshot as each of a list
 * 2. Isolation: a bad installation costs no other, and a bad snapshot no other
 *
 * @since 0.1.0
 */
import { E, O } from '../prelude.js'
import type { ComputerId } from '../value/Id.js'
import { readBy, readerOf, readFrom, takeBy, type Reader } from './Codec.js'
import {
  areDistinct,
  listFault,
  parseJson,
  readCollection,
  readOne,
  rejectedOf,
  type Collection,
} from './Collection.js'
import { contentBy } from './Content.js'
import type { Decoded, Tally } from './Decoded.js'
import { isAbsent } from './Guard.js'
import { defaultLimits, saneLimits, type Limits } from './Limits.js'
import { kindOf, property, type Origin } from './RawCopy.js'
import type { Step } from './Rejection.js'
import { acceptAll, closeReport, openReport, rejectInput, type Report } from './Report.js'
import { underField } from './Shape.js'
import { frameShape, installationShape, shape, type AuditSnapshot, type Installation } from './SnapshotCodec.js'

export { AuditSnapshot, type Computer, type Installation } from './SnapshotCodec.js'

// -------------------------------------------------------------------------------------
// many
// -------------------------------------------------------------------------------------

/**
 * Snapshots as they were decoded. The computers in `incomplete` had an installation rejected: their snapshots are
 * decided as far as they go, and count as not reported when allocations are released (ALLOC-86).
 *
 * @since 0.1.0
 */
export interface DecodedSnapshots extends Decoded<ReadonlyArray<AuditSnapshot>> {
  readonly incomplete: ReadonlyArray<ComputerId>
}

const installations = ({ origin, limits }: Report): Collection<Installation> => ({
  name: 'installations',
  read: readFrom(origin, installationShape, limits),
  id: ({ id }) => id,
  idPath: ['id'],
  content: contentBy(installationShape),
})

/** Where the snapshot of an index stands. */
type PathTo = (index: number) => ReadonlyArray<Step>

/** The snapshot of a frame that was just made for it. */
const withInstallations = (frame: object, installations: ReadonlyArray<Installation>): AuditSnapshot =>
  // Assigned, where there is nothing that the assignment could meet: that costs a tenth.
  ('installations' in Object.prototype
    ? { ...frame, installations }
    : Object.assign(frame, { installations })) as AuditSnapshot

/** What snapshots are read by: those that were parsed and are good, whole; others in parts. */
interface Parts {
  readonly report: Report
  readonly incomplete: Set<ComputerId>
  readonly pathTo: PathTo
  readonly whole: Reader<AuditSnapshot>
  readonly frame: Reader<Omit<AuditSnapshot, 'installations'>>
  readonly within: Collection<Installation>
}

type ReadSnapshot = ReturnType<Collection<AuditSnapshot>['read']>

/** Reads a snapshot in parts: the frame, and each installation alone. */
const readParts = ({ report, incomplete, pathTo, frame, within }: Parts, raw: unknown, index: number): ReadSnapshot => {
  const read = readBy(frame, raw)
  if (E.isLeft(read) && read.left[0].path.length === 0) return read
  const found = property(raw, 'installations')
  const isThere = E.isLeft(found) || !isAbsent(found.right)
  // A list that cannot be read is not an empty one: "nothing installed" would be a claim about the computer.
  const fault = isThere && kindOf(raw) === 'record' ? listFault(found) : O.none
  if (O.isSome(fault)) {
    const ofList = underField('installations', fault.value)
    return E.left(E.isLeft(read) ? [read.left[0], ...read.left.slice(1), ofList] : [ofList])
  }
  if (E.isLeft(read) || !isThere) return read
  const before = rejectedOf(report, within.name)
  const good = readCollection(report, within, [...pathTo(index), 'installations'], found, 'required')
  if (rejectedOf(report, within.name) > before) incomplete.add(read.right.computer.id)
  return E.right(withInstallations(read.right, good))
}

/** Takes a snapshot that was parsed, where it is good as a whole. */
const takeWhole = (reader: Reader<AuditSnapshot>, raw: unknown): AuditSnapshot | undefined => {
  const taken = takeBy(reader, raw)
  return taken?.installations === undefined || areDistinct(taken.installations) ? taken : undefined
}

const readSnapshot = (parts: Parts, raw: unknown, index: number): ReadSnapshot => {
  const taken = takeWhole(parts.whole, raw)
  if (taken === undefined) return readParts(parts, raw, index)
  if (taken.installations !== undefined) acceptAll(parts.report, 'installations', taken.installations.length)
  return E.right(taken)
}

const snapshots = (report: Report, incomplete: Set<ComputerId>, pathTo: PathTo): Collection<AuditSnapshot> => {
  const parts: Parts = {
    report,
    incomplete,
    pathTo,
    whole: readerOf(report.origin, shape, report.limits),
    frame: readerOf('unknown', frameShape, report.limits, 'installations'),
    within: installations(report),
  }
  return {
    name: 'snapshots',
    read: (raw, index) => readSnapshot(parts, raw, index),
    id: (snapshot) => snapshot.computer.id,
    idPath: ['computer', 'id'],
    content: contentBy(shape),
  }
}

const decodeAllFrom = (origin: Origin, input: unknown, limits: Limits): DecodedSnapshots => {
  const report = openReport(limits, origin)
  const incomplete = new Set<ComputerId>()
  const collection = snapshots(report, incomplete, (index) => ['snapshots', index])
  const right = readCollection(report, collection, ['snapshots'], E.right(input), 'required')
  return { ...closeReport(report, right), incomplete: [...incomplete] }
}

/**
 * Decodes a list of snapshots of unknown origin: every good snapshot with its good installations, and a rejection for
 * every fault (ALLOC-86). Exact duplicates are dropped with a warning.
 *
 * @example
 * import assert from 'node:assert'
 * import { AuditSnapshot } from 'seatwise'
 *
 * const { left, right, incomplete } = AuditSnapshot.decodeAll([
 *   { computer: { id: 'pc-1', name: 'PC-1' }, installations: [{ id: 'i-1', product: 'Visio' }, { id: 'i-2' }] },
 * ])
 * assert.deepStrictEqual(left.map(({ code, path }) => [code, path]), [['missing', 'snapshots[0].installations[1].product']])
 * assert.deepStrictEqual(right.map(({ installations }) => installations?.length), [1])
 * assert.deepStrictEqual(incomplete, ['pc-1'])
 *
 * @since 0.1.0
 */
export const decodeAll = (input: unknown, limits: Limits = defaultLimits): DecodedSnapshots =>
  decodeAllFrom('unknown', input, limits)

/**
 * Decodes a list of snapshots from JSON text; a text that is no JSON is one rejection, `syntax`.
 *
 * @example
 * import assert from 'node:assert'
 * import { AuditSnapshot } from 'seatwise'
 *
 * assert.deepStrictEqual(AuditSnapshot.parseAll('[{"computer":').left.map(({ code }) => code), ['syntax'])
 *
 * @since 0.1.0
 */
export const parseAll = (json: string, limits: Limits = defaultLimits): DecodedSnapshots => {
  const parsed = parseJson(json)
  if (O.isSome(parsed)) return decodeAllFrom('json', parsed.value, limits)
  const report = openReport(limits)
  rejectInput(report, 'snapshots', 'syntax', 'write JSON: a list of snapshots')
  return { ...closeReport(report, []), incomplete: [] }
}

// -------------------------------------------------------------------------------------
// one at a time
// -------------------------------------------------------------------------------------

/**
 * One snapshot as it was decoded: the snapshot with its good installations, or none where it was rejected. `incomplete`
 * tells that an installation was rejected; such a snapshot is decided as far as it goes, and counts as not reported when
 * allocations are released (ALLOC-86).
 *
 * @since 0.1.0
 */
export interface DecodedSnapshot extends Decoded<O.Option<AuditSnapshot>> {
  readonly incomplete: boolean
}

const decodeFrom = (origin: Origin, input: unknown, limits: Limits): DecodedSnapshot => {
  const report = openReport(limits, origin)
  const incomplete = new Set<ComputerId>()
  const right = readOne(
    report,
    snapshots(report, incomplete, () => []),
    input,
  )
  return { ...closeReport(report, right), incomplete: incomplete.size > 0 }
}

/**
 * Decodes one snapshot of unknown origin, as {@link decodeAll} decodes each of a list; paths lead from the snapshot on.
 * That the same snapshot was decoded before is for the caller to tell.
 *
 * @example
 * import assert from 'node:assert'
 * import { option as O } from 'fp-ts'
 * import { AuditSnapshot } from 'seatwise'
 *
 * const { left, right } = AuditSnapshot.decode({ computer: { id: 'pc-1' } })
 * assert.deepStrictEqual(left.map(({ code, path }) => [code, path]), [['missing', 'computer.name']])
 * assert.deepStrictEqual(right, O.none)
 *
 * @since 0.1.0
 */
export const decode = (input: unknown, limits: Limits = defaultLimits): DecodedSnapshot =>
  decodeFrom('unknown', input, limits)

/**
 * Decodes one snapshot from JSON text, for whoever reads them one by one, such as a line of NDJSON at a time; a text that
 * is no JSON is one rejection, `syntax`. That the same snapshot came before is for the caller to tell.
 *
 * @example
 * import assert from 'node:assert'
 * import { option as O } from 'fp-ts'
 * import { AuditSnapshot } from 'seatwise'
 *
 * const lines = [
 *   '{"computer":{"id":"pc-1","name":"PC-1"},"installations":[{"id":"i-1","product":"Visio"},{"id":"i-2"}]}',
 *   '{"computer":',
 * ]
 * const decoded = lines.map((line) => AuditSnapshot.parse(line))
 * assert.deepStrictEqual(decoded.map(({ right }) => O.isSome(right)), [true, false])
 * assert.deepStrictEqual(decoded.map(({ incomplete }) => incomplete), [true, false])
 * assert.deepStrictEqual(decoded.flatMap(({ left }) => left.map(({ code, path }) => [code, path])), [
 *   ['missing', 'installations[1].product'],
 *   ['syntax', ''],
 * ])
 *
 * @since 0.1.0
 */
export const parse = (json: string, limits: Limits = defaultLimits): DecodedSnapshot => {
  const parsed = parseJson(json)
  if (O.isSome(parsed)) {
    const taken = takeWhole(
      readerOf('json', shape, limits === defaultLimits ? limits : saneLimits(limits)),
      parsed.value,
    )
    return taken === undefined ? decodeFrom('json', parsed.value, limits) : wholly(taken)
  }
  const report = openReport(limits)
  rejectInput(report, 'snapshots', 'syntax', 'write JSON: a snapshot')
  return { ...closeReport(report, O.none), incomplete: false }
}

/** What is said of a snapshot that is good as a whole. */
const wholly = (snapshot: AuditSnapshot): DecodedSnapshot => ({
  left: [],
  right: O.some(snapshot),
  tallies: [
    allAccepted('snapshots', 1),
    ...(snapshot.installations === undefined ? [] : [allAccepted('installations', snapshot.installations.length)]),
  ],
  incomplete: false,
})

const allAccepted = (collection: string, given: number): Tally => ({
  collection,
  given,
  accepted: given,
  rejected: 0,
  duplicates: 0,
})
