/**
 * Guards for the records of FORMAT.md, put together from a description and read in one pass. A shape is what a codec is
 * made of: of a raw value it says what it means, or else every fault with its path.
 *
 * Laws, for every shape:
 *
 * 1. Round trip: reading what `write` wrote gives the same value, without a fault
 * 2. Totality: `read` returns for every copied value
 * 3. Fresh values: what `read` returns shares no mutable part with the raw value
 *
 * A shape reads copies only (RawCopy), so that a field it reads is a plain data property of its own.
 */
import { E, O, t } from '../prelude.js'
import * as Count from '../value/Count.js'
import * as Day from '../value/Day.js'
import * as Text from '../value/Text.js'
import { copy, isRawRecord, type CopyFault } from './RawCopy.js'
import type { RecordFault, Step } from './Rejection.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/**
 * How much a record may hold. Texts are measured in UTF-16 code units, depth in levels of nesting; `rejections` are
 * reported in full for each collection, and all of them counted.
 *
 * @since 0.1.0
 */
export interface Limits {
  readonly text: number
  readonly depth: number
  readonly rejections: number
}

/**
 * Texts of 65,536 code units, 64 levels, 1,000 rejections (FORMAT, *Rejections and warnings*).
 *
 * @since 0.1.0
 */
export const defaultLimits: Limits = { text: 65_536, depth: 64, rejections: 1_000 }

/** A fault of a raw value. `value` is what was found; a secret one is only ever shown masked. */
export interface Fault {
  readonly code: RecordFault
  readonly path: ReadonlyArray<Step>
  readonly value: unknown
  readonly secret: boolean
  readonly hint: string
}

/** What is being collected while a record is read. */
export interface Reading {
  readonly limits: Limits
  readonly faults: Array<Fault>
}

/**
 * A shape of raw values.
 *
 * INVARIANT: what `read` returns means nothing when it added a fault; whoever calls it looks at the faults.
 */
export interface Shape<A> {
  readonly is: (value: unknown) => value is A
  readonly read: (raw: unknown, reading: Reading) => A
  readonly write: (value: A) => unknown
}

/** INVARIANT: the first fault is always added, so that a refused record is known by having one. */
const add = ({ faults, limits }: Reading, fault: Fault): void => {
  if (faults.length < Math.max(1, limits.rejections)) faults.push(fault)
}

/** Adds a fault; its result stands for the value that could not be read. */
const refuse = <A>(reading: Reading, code: RecordFault, value: unknown, hint: string, secret = false): A => {
  add(reading, { code, path: [], value, secret, hint })
  return undefined as A
}

/** Puts a step before the paths of the faults added since there were `since` of them. */
const underStep = ({ faults }: Reading, since: number, step: Step): void => {
  for (let index = since; index < faults.length; index += 1) {
    const fault = faults[index]
    if (fault !== undefined) faults[index] = { ...fault, path: [step, ...fault.path] }
  }
}

/** A fault as it is seen from the record that holds the value in a field. */
export const underField = (field: string, fault: Fault): Fault => ({ ...fault, path: [field, ...fault.path] })

const readUnder = <A>(shape: Shape<A>, raw: unknown, reading: Reading, step: Step): A => {
  const since = reading.faults.length
  const value = shape.read(raw, reading)
  if (reading.faults.length > since) underStep(reading, since, step)
  return value
}

// -------------------------------------------------------------------------------------
// texts, flags, numbers, days
// -------------------------------------------------------------------------------------

const textShape = <A extends string>(mayBeBlank: boolean, secret: boolean): Shape<A> => ({
  is: (value): value is A => typeof value === 'string' && (mayBeBlank || !Text.isBlank(value)),
  read: (raw, reading) => {
    if (typeof raw !== 'string') return refuse(reading, 'type', raw, 'write a text', secret)
    if (raw.length > reading.limits.text)
      return refuse(reading, 'too-long', raw, `keep it within ${String(reading.limits.text)} code units`, secret)
    if (!mayBeBlank && Text.isBlank(raw))
      return refuse(reading, 'blank', raw, 'write a character that is not white space')
    if (!Text.isWellFormed(raw)) return refuse(reading, 'ill-formed', raw, 'pair or remove the lone surrogate', secret)
    return raw as A
  },
  write: (value) => value,
})

/** A text that is not blank: a name, an id. */
export const text = <A extends string = string>(): Shape<A> => textShape<A>(false, false)

/** A text that may be blank. */
export const anyText: Shape<string> = textShape(true, false)

/** A serial number or installation key: never shown but masked. */
export const secretText: Shape<string> = textShape(false, true)

/** `true` or `false`. */
export const flag: Shape<boolean> = {
  is: (value): value is boolean => typeof value === 'boolean',
  read: (raw, reading) => (typeof raw === 'boolean' ? raw : refuse(reading, 'type', raw, 'write true or false')),
  write: (value) => value,
}

const countHint = 'write a whole number from 0 to 9007199254740991'

/** A whole number from 0 to 2^53 - 1. */
export const count: Shape<Count.Count> = {
  is: (value): value is Count.Count => typeof value === 'number' && E.isRight(Count.parse(value)),
  read: (raw, reading) => {
    if (typeof raw !== 'number') return refuse(reading, 'type', raw, countHint)
    const parsed = Count.parse(raw)
    return E.isRight(parsed) ? parsed.right : refuse(reading, parsed.left, raw, countHint)
  },
  write: (value) => value,
}

const isDate = (value: unknown): boolean => Object.prototype.toString.call(value) === '[object Date]'

/** A calendar day, written `YYYY-MM-DD`, or the UTC day of an instant. */
export const day: Shape<Day.Day> = {
  is: (value): value is Day.Day => typeof value === 'number' && Number.isSafeInteger(value),
  read: (raw, reading) => {
    const parsed = typeof raw === 'string' ? Day.parse(raw) : O.none
    if (O.isSome(parsed)) return parsed.value
    const code = typeof raw === 'string' || isDate(raw) ? 'date' : 'type'
    return refuse(reading, code, raw, 'write an existing day as YYYY-MM-DD, or an instant in UTC')
  },
  write: Day.show,
}

/** One of a few words. */
export const oneOf = <A extends string>(...values: ReadonlyArray<A>): Shape<A> => {
  const hint = `write one of ${values.join(', ')}`
  const is = (value: unknown): value is A => values.some((known) => known === value)
  return {
    is,
    read: (raw, reading) =>
      is(raw) ? raw : refuse(reading, typeof raw === 'string' ? 'unknown-value' : 'type', raw, hint),
    write: (value) => value,
  }
}

// -------------------------------------------------------------------------------------
// lists and records
// -------------------------------------------------------------------------------------

/** A list, every entry of one shape. */
export const list = <A>(entry: Shape<A>): Shape<ReadonlyArray<A>> => ({
  is: (value): value is ReadonlyArray<A> => Array.isArray(value) && value.every(entry.is),
  read: (raw, reading) =>
    Array.isArray(raw)
      ? raw.map((value: unknown, index) => readUnder(entry, value, reading, index))
      : refuse(reading, 'type', raw, 'write a list'),
  write: (values) => values.map(entry.write),
})

/** A field that must be there. */
export interface Required<A> {
  readonly optional: false
  readonly shape: Shape<A>
}

/** A field that may be absent: not there, null, or blank text. */
export interface Optional<A> {
  readonly optional: true
  readonly shape: Shape<A>
}

export const required = <A>(shape: Shape<A>): Required<A> => ({ optional: false, shape })

export const optional = <A>(shape: Shape<A>): Optional<A> => ({ optional: true, shape })

/** A field for every property of the record, optional exactly where the property is. */
export type Fields<A> = {
  readonly [K in keyof A]-?: Record<never, never> extends Pick<A, K>
    ? Optional<Exclude<A[K], undefined>>
    : Required<A[K]>
}

interface Field {
  readonly key: string
  readonly optional: boolean
  readonly shape: Shape<unknown>
}

/** Does a raw optional field count as absent: not there, null, or blank text? */
export const isAbsent = (raw: unknown): boolean =>
  raw === undefined || raw === null || (typeof raw === 'string' && Text.isBlank(raw))

/** The faults of a value that is no record at all. It may be anything, a key among it, and is shown masked. */
const refuseRecord = <A>(raw: unknown, reading: Reading): A =>
  refuse(
    reading,
    typeof raw === 'object' && raw !== null && !Array.isArray(raw) ? 'not-plain-object' : 'type',
    raw,
    'write a record: an object with the fields of the format',
    true,
  )

/** A record with these fields. Unknown fields are ignored, and kept out of the result. */
export const record = <A extends object>(description: Fields<A>): Shape<A> => {
  const fields = Object.entries(description).map(([key, field]): Field => ({
    key,
    ...(field as Required<unknown> | Optional<unknown>),
  }))
  return {
    is: (value): value is A =>
      typeof value === 'object' &&
      value !== null &&
      fields.every(({ key, optional, shape }) => {
        const held = (value as Readonly<Record<string, unknown>>)[key]
        return held === undefined ? optional : shape.is(held)
      }),
    read: (raw, reading) => {
      if (!isRawRecord(raw)) return refuseRecord(raw, reading)
      const made: Record<string, unknown> = {}
      for (const { key, optional, shape } of fields) {
        const held = raw[key]
        if (optional ? !isAbsent(held) : held !== undefined) made[key] = readUnder(shape, held, reading, key)
        else if (!optional)
          add(reading, { code: 'missing', path: [key], value: undefined, secret: false, hint: 'add the field' })
      }
      return made as A
    },
    write: (value) => {
      const written: Record<string, unknown> = {}
      for (const { key, shape } of fields) {
        const held = (value as Readonly<Record<string, unknown>>)[key]
        if (held !== undefined) written[key] = shape.write(held)
      }
      return written
    },
  }
}

/** A record of options: as {@link record}, but an unknown field is a fault, since a misspelled option would be lost. */
export const options = <A extends object>(description: Fields<A>): Shape<A> => {
  const shape = record(description)
  const known = Object.keys(description)
  return {
    ...shape,
    read: (raw, reading) => {
      if (isRawRecord(raw))
        for (const key of Object.keys(raw))
          if (!known.includes(key)) {
            const hint = `use one of ${known.join(', ')}`
            add(reading, { code: 'unknown-option', path: [key], value: raw[key], secret: false, hint })
          }
      return shape.read(raw, reading)
    },
  }
}

// -------------------------------------------------------------------------------------
// reading
// -------------------------------------------------------------------------------------

const copyHints: Readonly<Record<CopyFault['code'], string>> = {
  accessor: 'pass plain data: the field is a getter or setter',
  unreadable: 'pass plain data: reading the value failed',
  cycle: 'pass plain data: the value contains itself',
  depth: 'nest less deeply',
  missing: 'fill the hole in the list',
}

const copyFault = ({ code, path }: CopyFault): Fault => ({
  code,
  path,
  value: undefined,
  secret: true,
  hint: copyHints[code],
})

/**
 * Copies a value of unknown origin and reads it by a shape: the value, or all its faults. Of the outermost record the
 * field `leaveOut` stays unread.
 */
export const readUnknown =
  <A>(shape: Shape<A>, limits: Limits, leaveOut?: string) =>
  (value: unknown): E.Either<ReadonlyArray<Fault>, A> => {
    const copied = copy(value, limits.depth, leaveOut)
    if (E.isLeft(copied)) return E.left([copyFault(copied.left)])
    const reading: Reading = { limits, faults: [] }
    const read = shape.read(copied.right, reading)
    return reading.faults.length === 0 ? E.right(read) : E.left(reading.faults)
  }

/** The io-ts codec of a shape. Its errors carry the code and the hint as message, and the path in their context. */
export const codec = <A, Wire>(name: string, shape: Shape<A>): t.Type<A, Wire> =>
  new t.Type<A, Wire>(
    name,
    shape.is,
    (value, context) => {
      const read = readUnknown(shape, defaultLimits)(value)
      return E.isRight(read)
        ? t.success(read.right)
        : t.failures(
            read.left.map(({ code, path, value: found, secret, hint }) => ({
              value: secret ? undefined : found,
              context: [...context, ...path.map((step) => ({ key: String(step), type: t.unknown }))],
              message: `${code}: ${hint}`,
            })),
          )
    },
    (value) => shape.write(value) as Wire,
  )
