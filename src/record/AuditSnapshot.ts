/**
 * An audit snapshot: a computer, its owner, the user's department and office, and the installations found (FORMAT,
 * *Allocation*; ALLOC-38).
 *
 * @since 0.1.0
 */
import { E, O } from '../prelude.js'
import type { ComputerId, InstallationId, ProductId } from '../value/Id.js'
import { contentBy } from './Content.js'
import { listFault, parseJson, readCollection, rejectedOf, type Collection } from './Collection.js'
import type { Decoded } from './Decoded.js'
import { closeReport, openReport, rejectInput, type Report } from './Report.js'
import { kindOf, property } from './RawCopy.js'
import { codec, readUnknown } from './Codec.js'
import { defaultLimits, type Limits } from './Limits.js'
import { flag, oneOf, secretText, text } from './Scalar.js'
import { isAbsent, list, optional, record, required, underField, type Shape } from './Shape.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/**
 * A computer; `kind` is `computer` where none is given (ALLOC-9).
 *
 * @since 0.1.0
 */
export interface Computer {
  readonly id: ComputerId
  readonly name: string
  readonly kind?: 'computer' | 'hardware'
  readonly retired?: boolean
}

/**
 * One product found on one computer, with the serial number and installation key if the audit could read them. The id is
 * unique on its computer.
 *
 * @since 0.1.0
 */
export interface Installation {
  readonly id: InstallationId
  readonly product: ProductId
  readonly serialNumber?: string
  readonly installationKey?: string
}

/**
 * What an audit found on one computer. `organization` is the user's department, `location` the office location, both
 * references (ALLOC-72). Absent `installations` mean "not reported", which is not "nothing installed" (ALLOC-84).
 *
 * @since 0.1.0
 */
export interface AuditSnapshot {
  readonly computer: Computer
  readonly owner?: string
  readonly organization?: string
  readonly location?: string
  readonly installations?: ReadonlyArray<Installation>
}

// -------------------------------------------------------------------------------------
// codec
// -------------------------------------------------------------------------------------

/** @internal */
export const installationShape: Shape<Installation> = record<Installation>({
  id: required(text()),
  product: required(text()),
  serialNumber: optional(secretText),
  installationKey: optional(secretText),
})

const computer: Shape<Computer> = record<Computer>({
  id: required(text()),
  name: required(text()),
  kind: optional(oneOf('computer', 'hardware')),
  retired: optional(flag),
})

/** All of a snapshot but its installations, each of which is a record to be rejected alone. */
const frame = {
  computer: required(computer),
  owner: optional(text()),
  organization: optional(text()),
  location: optional(text()),
}

const frameShape: Shape<Omit<AuditSnapshot, 'installations'>> = record<Omit<AuditSnapshot, 'installations'>>(frame)

/** @internal */
export const shape: Shape<AuditSnapshot> = record<AuditSnapshot>({
  ...frame,
  installations: optional(list(installationShape)),
})

/**
 * The codec of an {@link AuditSnapshot}, whole or not at all; {@link decodeAll} keeps what is good beside what is not.
 *
 * @example
 * import assert from 'node:assert'
 * import { either as E } from 'fp-ts'
 * import { AuditSnapshot } from 'seatwise'
 *
 * const snapshot = { computer: { id: 'pc-1', name: 'PC-1' }, owner: 'Ann', installations: [{ id: 'i-1', product: 'Visio' }] }
 * assert.deepStrictEqual(AuditSnapshot.AuditSnapshot.decode(snapshot), E.right(snapshot))
 *
 * @since 0.1.0
 */
export const AuditSnapshot = codec<AuditSnapshot, unknown>('AuditSnapshot', shape)

// -------------------------------------------------------------------------------------
// decoding
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

const installations = (limits: Limits): Collection<Installation> => ({
  name: 'installations',
  read: readUnknown(installationShape, limits),
  id: ({ id }) => id,
  idPath: ['id'],
  content: contentBy(installationShape),
})

const snapshots = (report: Report, incomplete: Set<ComputerId>): Collection<AuditSnapshot> => {
  const readFrame = readUnknown(frameShape, report.limits, 'installations')
  const within = installations(report.limits)
  return {
    name: 'snapshots',
    read: (raw, index) => {
      const read = readFrame(raw)
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
      const good = readCollection(report, within, ['snapshots', index, 'installations'], found, 'required')
      if (rejectedOf(report, within.name) > before) incomplete.add(read.right.computer.id)
      return E.right({ ...read.right, installations: good })
    },
    id: (snapshot) => snapshot.computer.id,
    idPath: ['computer', 'id'],
    content: contentBy(shape),
  }
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
export const decodeAll = (input: unknown, limits: Limits = defaultLimits): DecodedSnapshots => {
  const report = openReport(limits)
  const incomplete = new Set<ComputerId>()
  const right = readCollection(report, snapshots(report, incomplete), ['snapshots'], E.right(input), 'required')
  return { ...closeReport(report, right), incomplete: [...incomplete] }
}

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
  if (O.isSome(parsed)) return decodeAll(parsed.value, limits)
  const report = openReport(limits)
  rejectInput(report, 'snapshots', 'syntax', 'write JSON: a list of snapshots')
  return { ...closeReport(report, []), incomplete: [] }
}
