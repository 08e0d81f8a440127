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

/** What stands in a copy for an object that is no record: only its kind is left of it. */
interface Foreign {
  readonly foreign: 'date' | 'other'
}

/* eslint-disable no-restricted-globals, no-restricted-syntax, @typescript-eslint/unbound-method -- prototypes are compared and asked for their kind; no clock and no state of the host is read */
const platform: ReadonlySet<unknown> = new Set<unknown>([
  Map.prototype,
  Set.prototype,
  WeakMap.prototype,
  WeakSet.prototype,
  WeakRef.prototype,
  Promise.prototype,
  RegExp.prototype,
  Error.prototype,
  String.prototype,
  Number.prototype,
  Boolean.prototype,
  Symbol.prototype,
  BigInt.prototype,
  ArrayBuffer.prototype,
  SharedArrayBuffer.prototype,
  DataView.prototype,
  Object.getPrototypeOf(Uint8Array.prototype),
])

/** A chain of prototypes is not followed further: that of a proxy need not end. */
const LONGEST_CHAIN = 100

/** A question that only an object of the kind answers, of whatever realm it is; no code of its own is run. */
const answers = (value: object, question: (key: unknown) => unknown): boolean => {
  try {
    Reflect.apply(question, value, [undefined])
    return true
  } catch {
    return false
  }
}

/** Maps, sets and dates of another realm, such as a frame or a sandbox. A plain object is no such thing at a glance. */
const ofAnotherRealm = (value: object): Foreign | undefined => {
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype === Object.prototype || prototype === null) return undefined
  if (answers(value, Date.prototype.getTime)) return { foreign: 'date' }
  return answers(value, Map.prototype.has) || answers(value, Set.prototype.has) ? { foreign: 'other' } : undefined
}

/** Is it one of the platform's own kinds of object? Told by prototypes alone, so that none of its code is run. */
const foreign = (value: object): Foreign | undefined => {
  let prototype: unknown = Object.getPrototypeOf(value)
  for (let length = 0; length < LONGEST_CHAIN && typeof prototype === 'object' && prototype !== null; length += 1) {
    if (prototype === Date.prototype) return { foreign: 'date' }
    if (platform.has(prototype)) return { foreign: 'other' }
    prototype = Object.getPrototypeOf(prototype)
  }
  return ofAnotherRealm(value)
}

/* eslint-enable no-restricted-globals, no-restricted-syntax, @typescript-eslint/unbound-method */

/** Does a copy hold a date here? Records of a copy have no prototype, what stands for a foreign object has one. */
export const isForeignDate = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  Object.getPrototypeOf(value) !== null &&
  'foreign' in value &&
  value.foreign === 'date'

/** What a value is, before it is gone through. */
export const kindOf = (value: unknown): 'record' | 'list' | 'foreign' | 'unreadable' | 'scalar' => {
  if (typeof value !== 'object' || value === null) return 'scalar'
  try {
    return Array.isArray(value) ? 'list' : foreign(value) === undefined ? 'record' : 'foreign'
  } catch {
    return 'unreadable'
  }
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
    descriptor?.enumerable !== true
      ? fail(progress, 'missing')
      : 'value' in descriptor
        ? copyValue(progress, descriptor.value)
        : fail(progress, 'accessor')
  if (progress.fault === undefined) progress.path.pop()
  return value
}

/** Stands for a function: the one given may be a proxy, which even a question may make throw. */
const SOME_FUNCTION = (): undefined => undefined

const copyValue = (progress: Progress, value: unknown): unknown => {
  if (typeof value === 'function') return SOME_FUNCTION
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
  const other = foreign(record)
  if (other !== undefined) return other
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
    if (descriptor?.enumerable !== true) return E.right(undefined)
    return 'value' in descriptor ? E.right(descriptor.value) : E.left('accessor')
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
