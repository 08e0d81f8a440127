/**
 * The door for values of unknown origin: each object is copied once into one of our own, so that nothing behind it can
 * change, throw or answer differently afterwards (hostile inputs 1 to 22).
 *
 * Laws:
 *
 * 1. What comes out holds no getter, no inherited field, no cycle, and nothing that the caller can reach
 * 2. `copy(copy(a)) = copy(a)`
 * 3. Total: for every value there is a copy or a fault, and no code of the value's own is run but a proxy's traps
 *
 * Only own enumerable data properties are read, each once. Objects that are no records (a `Date`, a `Map`) and values that
 * are no data (a function) come out as they are: whoever reads the copy asks for texts, numbers, booleans, lists and
 * records, and finds them to be none of these.
 */
import { E, O } from '../prelude.js'
import type { Step } from './Rejection.js'

/** A record as it was copied. */
export interface RawRecord {
  readonly [field: string]: unknown
}

/** Why a value cannot be copied, and where in it. */
export interface CopyFault {
  readonly code: 'accessor' | 'unreadable' | 'cycle' | 'depth' | 'missing'
  readonly path: ReadonlyArray<Step>
}

const BUILT_IN =
  /^\[object (?:Date|Map|Set|WeakMap|WeakSet|WeakRef|Promise|RegExp|Error|String|Number|Boolean|Symbol|BigInt|ArrayBuffer|SharedArrayBuffer|DataView|\w+Array)\]$/

/** Is it a record: neither a list nor one of the platform's own kinds of object? */
const isRecordLike = (value: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || prototype === Object.prototype || !BUILT_IN.test(Object.prototype.toString.call(value))
}

/** Is the value a record that {@link copy} made? It makes them without a prototype. */
export const isRawRecord = (value: unknown): value is RawRecord =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === null

/** What a copy in progress knows: where it is, what it has met, and the first fault. */
interface Progress {
  readonly path: Array<Step>
  readonly met: Map<object, unknown>
  readonly depth: number
  readonly leaveOut: string | undefined
  fault: CopyFault | undefined
}

const fail = (progress: Progress, code: CopyFault['code']): undefined => {
  progress.fault ??= { code, path: [...progress.path] }
  return undefined
}

/** Reads one own data property of `owner` and copies it. */
const copyProperty = (progress: Progress, owner: object, key: Step): unknown => {
  progress.path.push(key)
  const descriptor = Object.getOwnPropertyDescriptor(owner, key)
  const value =
    descriptor === undefined
      ? fail(progress, 'missing')
      : 'value' in descriptor
        ? copyValue(progress, descriptor.value)
        : fail(progress, 'accessor')
  if (progress.fault === undefined) progress.path.pop()
  return value
}

const copyValue = (progress: Progress, value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return value
  const before = progress.met.get(value)
  // INVARIANT: an object that is still being copied is marked by the progress itself, which no copy can contain.
  if (before !== undefined) return before === progress ? fail(progress, 'cycle') : before
  if (progress.path.length > progress.depth) return fail(progress, 'depth')
  progress.met.set(value, progress)
  const made = Array.isArray(value) ? copyList(progress, value) : copyRecord(progress, value)
  progress.met.set(value, made)
  return made
}

const copyList = (progress: Progress, list: ReadonlyArray<unknown>): unknown => {
  const made: Array<unknown> = []
  const length = list.length
  for (let index = 0; index < length && progress.fault === undefined; index += 1)
    made.push(copyProperty(progress, list, index))
  return made
}

const copyRecord = (progress: Progress, record: object): unknown => {
  if (!isRecordLike(record)) return record
  const made = Object.create(null) as Record<string, unknown>
  for (const key of Object.keys(record)) {
    if (progress.path.length === 0 && key === progress.leaveOut) continue
    made[key] = copyProperty(progress, record, key)
    if (progress.fault !== undefined) break
  }
  return made
}

/**
 * Copies a value, at most `depth` levels deep; of the outermost record the field `leaveOut` stays behind, for whoever
 * copies it piece by piece.
 */
export const copy = (value: unknown, depth: number, leaveOut?: string): E.Either<CopyFault, unknown> => {
  const progress: Progress = { path: [], met: new Map(), depth, leaveOut, fault: undefined }
  try {
    const made = copyValue(progress, value)
    return progress.fault === undefined ? E.right(made) : E.left(progress.fault)
  } catch {
    return E.left({ code: 'unreadable', path: progress.path })
  }
}

/**
 * The own data property of an object, uncopied: how a collection is found and gone through before its records are
 * copied one at a time. Absent where there is none, or where `owner` is no object.
 */
export const property = (owner: unknown, key: Step): E.Either<'accessor' | 'unreadable', unknown> => {
  if (typeof owner !== 'object' || owner === null) return E.right(undefined)
  try {
    const descriptor = Object.getOwnPropertyDescriptor(owner, key)
    return descriptor === undefined || 'value' in descriptor ? E.right(descriptor?.value) : E.left('accessor')
  } catch {
    return E.left('unreadable')
  }
}

/** The length of a list; none for everything else, a revoked proxy among it. */
export const listLength = (value: unknown): O.Option<number> => {
  try {
    if (!Array.isArray(value)) return O.none
    const length: unknown = value.length
    return typeof length === 'number' && Number.isSafeInteger(length) && length >= 0 ? O.some(length) : O.none
  } catch {
    return O.none
  }
}

/** The indices at which a list has an entry, ascending: how to pass over a hole of any width at once. */
export const presentIndices = (list: object): ReadonlyArray<number> => {
  try {
    return Object.keys(list).flatMap((key) => (/^(?:0|[1-9]\d{0,9})$/.test(key) ? [Number(key)] : []))
  } catch {
    return []
  }
}
