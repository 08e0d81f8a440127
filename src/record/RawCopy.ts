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

/** Where values come from: from JSON text, which makes plain data that nobody else has, or from who knows where. */
export type Origin = 'json' | 'unknown'

/** A record as it was copied. */
export interface RawRecord {
  readonly [field: string]: unknown
}

/** A record as it was gathered: its fields and what they held, in the order in which they stood. */
export interface RawFields {
  readonly keys: ReadonlyArray<string>
  readonly values: ReadonlyArray<unknown>
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

const DATE: Foreign = { foreign: 'date' }
const OTHER: Foreign = { foreign: 'other' }

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
  if (answers(value, Date.prototype.getTime)) return DATE
  return answers(value, Map.prototype.has) || answers(value, Set.prototype.has) ? OTHER : undefined
}

/** Is it one of the platform's own kinds of object? Told by prototypes alone, so that none of its code is run. */
const foreign = (value: object): Foreign | undefined => {
  let prototype: unknown = Object.getPrototypeOf(value)
  if (prototype === Object.prototype) return undefined
  for (let length = 0; length < LONGEST_CHAIN && typeof prototype === 'object' && prototype !== null; length += 1) {
    if (prototype === Date.prototype) return DATE
    if (platform.has(prototype)) return OTHER
    prototype = Object.getPrototypeOf(prototype)
  }
  return ofAnotherRealm(value)
}

/* eslint-enable no-restricted-globals, no-restricted-syntax, @typescript-eslint/unbound-method */

/** Does a copy hold a date here? */
export const isForeignDate = (value: unknown): boolean => value === DATE

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
  root: object
  readonly path: Array<Step>
  readonly depth: number
  readonly leaveOut: string | undefined
  /** What the fields of the root held: one list for all roots, since each is read before the next is gathered. */
  readonly held: Array<unknown>
  /** The field or entry that is being asked for, so that it is known if the question itself fails. */
  asked: Step | undefined
  /** What was met within the root; most records have no parts to be met. */
  met: Map<object, unknown> | undefined
  fault: CopyFault | undefined
}

const fail = (progress: Progress, code: CopyFault['code'], ...step: ReadonlyArray<Step>): undefined => {
  progress.fault ??= { code, path: [...progress.path, ...step] }
  return undefined
}

/** Reads one own data property of `owner` and gathers it. */
const gatherProperty = (progress: Progress, owner: object, key: Step): unknown => {
  progress.asked = key
  const descriptor = Object.getOwnPropertyDescriptor(owner, key)
  if (descriptor?.enumerable !== true) return fail(progress, 'missing', key)
  if (!('value' in descriptor)) return fail(progress, 'accessor', key)
  const value: unknown = descriptor.value
  if (typeof value === 'function') return SOME_FUNCTION
  return typeof value === 'object' && value !== null ? gatherPart(progress, value, key) : value
}

/** Stands for a function: the one given may be a proxy, which even a question may make throw. */
const SOME_FUNCTION = (): undefined => undefined

const gatherPart = (progress: Progress, part: object, key: Step): unknown => {
  // INVARIANT: an object that is still being gathered is marked by the progress itself, which nothing gathered can contain.
  const met = (progress.met ??= new Map<object, unknown>([[progress.root, progress]]))
  const before = met.get(part)
  if (before !== undefined) return before === progress ? fail(progress, 'cycle', key) : before
  progress.path.push(key)
  progress.asked = undefined
  if (progress.path.length > progress.depth) return fail(progress, 'depth')
  met.set(part, progress)
  const made = gatherObject(progress, part)
  met.set(part, made)
  if (progress.fault === undefined) progress.path.pop()
  return made
}

const gatherObject = (progress: Progress, value: object): unknown =>
  Array.isArray(value) ? gatherList(progress, value) : gatherRecord(progress, value)

const gatherList = (progress: Progress, list: ReadonlyArray<unknown>): unknown => {
  const made: Array<unknown> = []
  const length = list.length
  for (let index = 0; index < length && progress.fault === undefined; index += 1)
    made.push(gatherProperty(progress, list, index))
  return made
}

const gatherRecord = (progress: Progress, record: object): Foreign | RawFields => {
  const other = foreign(record)
  if (other !== undefined) return other
  const keys = Object.keys(record)
  if (progress.leaveOut !== undefined && progress.path.length === 0) {
    const index = keys.lastIndexOf(progress.leaveOut)
    if (index !== -1) keys.splice(index, 1)
  }
  // As long as it will be: an array that grows takes room for many more.
  const values = progress.path.length === 0 ? progress.held : new Array<unknown>(keys.length)
  let index = 0
  for (const key of keys) {
    values[index++] = gatherProperty(progress, record, key)
    if (progress.fault !== undefined) break
  }
  return { keys, values }
}

/** Gathers values one after the other; `fault` tells why the last one could not be gathered. */
export type Gatherer = Progress

/**
 * What gathers values, each at most `depth` levels deep. Of an outermost record the field `leaveOut` stays behind, for
 * whoever reads it piece by piece.
 */
export const gatherer = (depth: number, leaveOut?: string): Gatherer => ({
  root: platform,
  path: [],
  depth,
  leaveOut,
  held: [],
  asked: undefined,
  met: undefined,
  fault: undefined,
})

/**
 * Gathers a value: what {@link copy} copies, records as {@link RawFields}, which are quicker made; {@link spread} makes the
 * copy of it. What was gathered is good until the next is, and means nothing where there is a fault.
 */
export const gather = (progress: Gatherer, value: unknown): unknown => {
  progress.fault = undefined
  if (typeof value !== 'object' || value === null) return typeof value === 'function' ? SOME_FUNCTION : value
  progress.root = value
  if (progress.path.length > 0) progress.path.length = 0
  progress.asked = undefined
  progress.met = undefined
  try {
    return gatherObject(progress, value)
  } catch {
    const { path, asked } = progress as Readonly<Progress>
    progress.fault = { code: 'unreadable', path: asked === undefined ? [...path] : [...path, asked] }
    return undefined
  }
}

/** Is something that was gathered a record? */
export const isGatheredRecord = (value: unknown): value is RawFields =>
  typeof value === 'object' && value !== null && value !== DATE && value !== OTHER && !Array.isArray(value)

const spreadPart = (part: unknown, done: Map<object, unknown>): unknown => {
  if (typeof part !== 'object' || part === null || part === DATE || part === OTHER) return part
  const before = done.get(part)
  if (before !== undefined) return before
  const made = isGatheredRecord(part) ? spreadRecord(part, done) : spreadList(part as ReadonlyArray<unknown>, done)
  done.set(part, made)
  return made
}

const spreadList = (list: ReadonlyArray<unknown>, done: Map<object, unknown>): unknown =>
  list.map((entry) => spreadPart(entry, done))

const spreadRecord = ({ keys, values }: RawFields, done: Map<object, unknown>): RawRecord => {
  const made = Object.create(null) as Record<string, unknown>
  for (const [position, key] of keys.entries()) made[key] = spreadPart(values[position], done)
  return made
}

/** The copy of what was gathered: what was shared is shared in it, too. */
export const spread = (gathered: unknown): E.Either<CopyFault, unknown> => {
  try {
    return E.right(spreadPart(gathered, new Map()))
  } catch {
    // Nested as deep as the stack is high, where the caller allows any depth.
    return E.left({ code: 'unreadable', path: [] })
  }
}

/** Copies a value, as {@link gather} gathers it. */
export const copy = (value: unknown, depth: number, leaveOut?: string): E.Either<CopyFault, unknown> => {
  const progress = gatherer(depth, leaveOut)
  const gathered = gather(progress, value)
  const { fault } = progress
  return fault === undefined ? spread(gathered) : E.left(fault)
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
