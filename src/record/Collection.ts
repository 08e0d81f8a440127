/**
 * Reading of collections, one record at a time, so that a bad one never costs a good one (ALLOC-86).
 */
import { E, O } from '../prelude.js'
import * as Text from '../value/Text.js'
import { isAbsent } from './Guard.js'
import type { Limits } from './Limits.js'
import { kindOf, listLength, presentIndices, property } from './RawCopy.js'
import type { Step } from './Rejection.js'
import { reject, rejectionOf, tallyOf, type OpenTally, type Place, type Report } from './Report.js'
import type { Fault } from './Shape.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** How the records of a collection are read, told apart and compared. */
export interface Collection<A> {
  readonly name: string
  readonly read: (raw: unknown, index: number) => E.Either<ReadonlyArray<Fault>, A>
  /** The id of a decoded record. */
  readonly id: (record: A) => string
  /** Where the id stands in a raw record. */
  readonly idPath: ReadonlyArray<Step>
  /** The content of a decoded record: equal contents make an exact duplicate. */
  readonly content: (record: A) => string
  /** Hears of every record that is rejected, by its id where that could be read. */
  readonly onRejected?: (id: string | undefined) => void
}

/** The id of a record that could not be read, as far as it has one that may be shown. */
const rawId = (raw: unknown, path: ReadonlyArray<Step>, limits: Limits): string | undefined => {
  let held: unknown = raw
  for (const step of path) {
    const next = property(held, step)
    if (E.isLeft(next)) return undefined
    held = next.right
  }
  return typeof held === 'string' && held.length <= limits.text && !Text.isBlank(held) ? held : undefined
}

/** So many ids are told apart without a table. */
const FEW = 64

/** A number from 0 to 127, of what is likely to differ between ids: their ends and their lengths. */
const tagOf = (id: string): number => {
  const { length } = id
  const end = id.charCodeAt(length - 1) + (id.charCodeAt(length - 2) << 7) + (id.charCodeAt(length - 3) << 14)
  return Math.imul(end ^ length, 0x9e3779b1) >>> 25
}

/** The ids that there were so far. */
interface Ids {
  readonly few: Array<string>
  /** The tags of them, 16 to an entry: an id with a tag that is new is new. */
  readonly tags: Array<number>
  many: Set<string> | undefined
}

const noIds = (): Ids => ({ few: [], tags: [0, 0, 0, 0, 0, 0, 0, 0], many: undefined })

/** Was the id there before? */
const isRepeated = (progress: Ids, id: string): boolean => {
  const { few, tags, many } = progress
  if (many !== undefined) {
    const { size } = many
    return many.add(id).size === size
  }
  const tag = tagOf(id)
  const block = tags[tag >> 4] ?? 0
  const bit = 1 << (tag & 15)
  if ((block & bit) !== 0 && few.includes(id)) return true
  tags[tag >> 4] = block | bit
  few.push(id)
  if (few.length > FEW) progress.many = new Set(few)
  return false
}

/** Does no record have the id of another? */
export const areDistinct = (records: ReadonlyArray<{ readonly id: string }>): boolean => {
  if (records.length > FEW) {
    const ids = noIds()
    return !records.some(({ id }) => isRepeated(ids, id))
  }
  // The tags so far, 32 to a number: in variables they cost nothing.
  let a = 0
  let b = 0
  let c = 0
  let d = 0
  let position = 0
  for (const { id } of records) {
    const tag = tagOf(id)
    const block = tag >> 5
    const bit = 1 << (tag & 31)
    const known = (block === 0 ? a : block === 1 ? b : block === 2 ? c : d) & bit
    if (known !== 0) for (let before = 0; before < position; before += 1) if (records[before]?.id === id) return false
    if (block === 0) a |= bit
    else if (block === 1) b |= bit
    else if (block === 2) c |= bit
    else d |= bit
    position += 1
  }
  return true
}

/** A list on its way through a collection. */
interface Pass<A> {
  readonly report: Report
  readonly collection: Collection<A>
  readonly at: ReadonlyArray<Step>
  readonly tally: OpenTally
  readonly accepted: Array<A>
  readonly ids: Ids
  /** From the first id that comes twice on: the first record of each id, and the contents of those that came twice. */
  twice: { readonly first: Map<string, A>; readonly contents: Map<string, Set<string>> } | undefined
}

/** Is the record exactly one that was accepted? Contents are only written out once an id comes twice. */
const isDuplicate = <A>(progress: Pass<A>, record: A): boolean => {
  const { id, content } = progress.collection
  const key = id(record)
  if (!isRepeated(progress.ids, key)) {
    progress.twice?.first.set(key, record)
    return false
  }
  // INVARIANT: up to the first id that comes twice, each of the accepted records has one of its own.
  progress.twice ??= { first: new Map(progress.accepted.map((earlier) => [id(earlier), earlier])), contents: new Map() }
  const { first, contents } = progress.twice
  const known = contents.get(key) ?? new Set([content(first.get(key) ?? record)])
  contents.set(key, known)
  const size = known.size
  return known.add(content(record)).size === size
}

const unreadable = (code: 'missing' | 'accessor' | 'unreadable'): Fault => ({
  code,
  path: [],
  value: undefined,
  secret: true,
  hint: code === 'missing' ? 'fill the hole in the list' : 'progress plain data: the entry cannot be read',
})

const placeIn = <A>({ collection, at }: Pass<A>, index: number, id?: string): Place => ({
  collection: collection.name,
  path: [...at, index],
  index,
  ...(id === undefined ? {} : { id }),
})

const rejectRecord = <A>(progress: Pass<A>, raw: unknown, index: number, faults: ReadonlyArray<Fault>): void => {
  const { report, collection, tally } = progress
  tally.rejected += 1
  const id = rawId(raw, collection.idPath, report.limits)
  collection.onRejected?.(id)
  const where = placeIn(progress, index, id)
  for (const fault of faults) reject(report, rejectionOf(where, fault))
}

const dropDuplicate = <A>(progress: Pass<A>, record: A, index: number): void => {
  const { tally } = progress
  tally.duplicates += 1
  reject(progress.report, {
    ...rejectionOf(placeIn(progress, index, progress.collection.id(record)), unreadable('missing')),
    code: 'duplicate',
    severity: 'warning',
    hint: 'the same record was given before, and counts once',
  })
}

const readEntry = <A>(progress: Pass<A>, raw: unknown, index: number): void => {
  const result = progress.collection.read(raw, index)
  if (E.isLeft(result)) rejectRecord(progress, raw, index, result.left)
  else if (isDuplicate(progress, result.right)) dropDuplicate(progress, result.right, index)
  else {
    const { tally } = progress
    tally.accepted += 1
    progress.accepted.push(result.right)
  }
}

/** Rejects the entries from `index` up to `next` without going through those that are counted only. */
const refuse = <A>(
  progress: Pass<A>,
  code: 'missing' | 'accessor' | 'unreadable',
  index: number,
  next: number,
): void => {
  const { report, collection, tally } = progress
  tally.rejected += next - index
  collection.onRejected?.(undefined)
  const shown = Math.min(next, index + Math.max(0, report.limits.rejections - tally.reported))
  for (let hole = index; hole < shown; hole += 1) reject(report, rejectionOf(placeIn(progress, hole), unreadable(code)))
  tally.unreported += next - shown
  tally.unreportedErrors += next - shown
}

/**
 * Reads a list of records one at a time. A record that is exactly one read before is dropped with a warning; one with a
 * known id and other content is accepted, since a contradiction is for the whole call to say (ALLOC-47).
 */
const readEach = <A>(
  report: Report,
  collection: Collection<A>,
  at: ReadonlyArray<Step>,
  list: object,
  length: number,
): ReadonlyArray<A> => {
  const tally = tallyOf(report, collection.name)
  tally.given += length
  const pass: Pass<A> = { report, collection, at, tally, accepted: [], ids: noIds(), twice: undefined }
  const isParsed = report.origin === 'json'
  let present: ReadonlyArray<number> | undefined
  for (let index = 0, ahead = 0; index < length;) {
    // A list that was parsed has an entry everywhere.
    const raw = isParsed ? E.right((list as ReadonlyArray<unknown>)[index]) : property(list, index)
    if (E.isLeft(raw)) refuse(pass, raw.left, index, ++index)
    else if (raw.right !== undefined) readEntry(pass, raw.right, index++)
    else {
      // A hole may be as wide as the list: the next entry is looked up, not searched for.
      present ??= presentIndices(list)
      while (ahead < present.length && (present[ahead] ?? length) <= index) ahead += 1
      const next = Math.min(length, present[ahead] ?? length)
      refuse(pass, 'missing', index, next)
      index = next
    }
  }
  return pass.accepted
}

/** Reads one record that is no entry of a list. */
export const readOne = <A>(report: Report, collection: Collection<A>, raw: unknown): O.Option<A> => {
  const tally = tallyOf(report, collection.name)
  tally.given += 1
  const result = collection.read(raw, 0)
  if (E.isRight(result)) {
    tally.accepted += 1
    return O.some(result.right)
  }
  tally.rejected += 1
  const id = rawId(raw, collection.idPath, report.limits)
  const place = { collection: collection.name, path: [], ...(id === undefined ? {} : { id }) }
  for (const fault of result.left) reject(report, rejectionOf(place, fault))
  return O.none
}

/** How many records of a collection have been rejected so far. */
export const rejectedOf = (report: Report, collection: string): number => report.tallies.get(collection)?.rejected ?? 0

/** Why a value cannot be gone through as a list of records. */
export const listFault = (found: E.Either<'accessor' | 'unreadable', unknown>): O.Option<Fault> => {
  if (E.isLeft(found)) return O.some({ ...unreadable(found.left), hint: 'pass plain data: the list cannot be read' })
  if (O.isSome(listLength(found.right))) return O.none
  if (kindOf(found.right) === 'unreadable')
    return O.some({ ...unreadable('unreadable'), hint: 'pass plain data: the list cannot be read' })
  const code = found.right === undefined ? 'missing' : 'type'
  return O.some({ code, path: [], value: found.right, secret: true, hint: 'write a list of records' })
}

/**
 * Reads a collection: a list of records, which may be absent when it is optional. Anything but a list is one rejection
 * at the place of the list.
 */
export const readCollection = <A>(
  report: Report,
  collection: Collection<A>,
  at: ReadonlyArray<Step>,
  found: E.Either<'accessor' | 'unreadable', unknown>,
  presence: 'required' | 'optional',
): ReadonlyArray<A> => {
  tallyOf(report, collection.name)
  if (presence === 'optional' && E.isRight(found) && isAbsent(found.right)) return []
  const fault = listFault(found)
  if (O.isSome(fault)) {
    collection.onRejected?.(undefined)
    reject(report, rejectionOf({ collection: collection.name, path: at }, fault.value))
  } else if (E.isRight(found) && typeof found.right === 'object' && found.right !== null)
    return readEach(report, collection, at, found.right, O.getOrElse(() => 0)(listLength(found.right)))
  return []
}

/** Parses JSON text for a decoder; a leading byte order mark is passed over. What the parser says is not shown: it quotes. */
export const parseJson = (json: string): O.Option<unknown> => {
  try {
    return O.some(JSON.parse(json.startsWith('\ufeff') ? json.slice(1) : json))
  } catch {
    return O.none
  }
}
