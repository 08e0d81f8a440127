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
import * as Guard from './Guard.js'
import { defaultLimits, type Limits } from './Limits.js'
import { isRawRecord } from './RawCopy.js'
import type { RecordFault, Step } from './Rejection.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

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
  /** Takes good values quickly; where there is none, all are read. */
  readonly guard?: Guard.Guard<A> | undefined
}

const add = ({ faults }: Reading, fault: Fault): void => {
  faults.push(fault)
}

/** Adds a fault; its result stands for the value that could not be read. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- the type is that of the missing value
export const refuse = <A>(reading: Reading, code: RecordFault, value: unknown, hint: string, secret = false): A => {
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
  guard: entry.guard === undefined ? undefined : Guard.list(entry.guard),
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

/** The faults of a value that is no record at all. It may be anything, a key among it, and is shown masked. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- the type is that of the missing record
const refuseRecord = <A>(raw: unknown, reading: Reading): A =>
  refuse(
    reading,
    typeof raw === 'object' && raw !== null && !Array.isArray(raw) ? 'not-plain-object' : 'type',
    raw,
    'write a record: an object with the fields of the format',
    true,
  )

const fieldsOf = (description: object): ReadonlyArray<Field> =>
  Object.entries(description).map(([key, field]) => ({ key, ...(field as Required<unknown> | Optional<unknown>) }))

/** Would the guard take a text that counts as absent? */
const takesBlank = ({ optional, guard }: Guard.GuardedField): boolean =>
  optional && guard.take(' ', { limits: defaultLimits, parsed: false }) !== undefined

/** The guard of a record, where all its fields have one. */
const guardOf = <A>(
  fields: ReadonlyArray<Field>,
  unknown: 'ignored' | 'refused',
  usual?: Guard.Usual<A>,
): Guard.Guard<A> | undefined => {
  const guarded = fields.flatMap(({ key, optional, shape: { guard } }) =>
    guard === undefined ? [] : [{ key, optional, guard }],
  )
  return guarded.length === fields.length && !guarded.some(takesBlank)
    ? Guard.record(guarded, unknown, usual)
    : undefined
}

/** A record with these fields. Unknown fields are ignored, and kept out of the result. */
export const record = <A extends object>(description: Fields<A>, usual?: Guard.Usual<A>): Shape<A> => {
  const fields = fieldsOf(description)
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
      // Made of entries: assigning would run a setter that somebody put on Object.prototype.
      const made: Array<readonly [string, unknown]> = []
      for (const { key, optional, shape } of fields) {
        const held = raw[key]
        if (optional ? !Guard.isAbsent(held) : held !== undefined)
          made.push([key, readUnder(shape, held, reading, key)])
        else if (!optional)
          add(reading, { code: 'missing', path: [key], value: undefined, secret: false, hint: 'add the field' })
      }
      return Object.fromEntries(made) as A
    },
    write: (value) => {
      const written: Array<readonly [string, unknown]> = []
      for (const { key, shape } of fields) {
        const held = (value as Readonly<Record<string, unknown>>)[key]
        if (held !== undefined) written.push([key, shape.write(held)])
      }
      return Object.fromEntries(written)
    },
    guard: guardOf<A>(fields, 'ignored', usual),
  }
}

/** A record as {@link record} reads it, but an unknown field is a fault, since a misspelled option would be lost. */
const knownOnly = <A>(description: object, shape: Shape<A>, guard: Guard.Guard<A> | undefined): Shape<A> => {
  const known = Object.keys(description)
  return {
    ...shape,
    guard,
    read: (raw, reading) => {
      if (isRawRecord(raw))
        for (const key of Object.keys(raw))
          if (!known.includes(key)) {
            const hint = `use one of ${known.join(', ')}`
            // What stands under a name that nobody knows may be anything, a key among it.
            add(reading, { code: 'unknown-option', path: [key], value: raw[key], secret: true, hint })
          }
      return shape.read(raw, reading)
    },
  }
}

/** A record of options. */
export const options = <A extends object>(description: Fields<A>): Shape<A> =>
  knownOnly(description, record(description), guardOf(fieldsOf(description), 'refused'))

/**
 * New values for fields of a record; null takes an optional field away.
 *
 * @since 0.1.0
 */
export type Changes<A> = {
  readonly [K in keyof A]?: Record<never, never> extends Pick<A, K> ? Exclude<A[K], undefined> | null : A[K]
}

/** Changes of a record: any of its fields. What counts as absent in a record takes the field away here. */
export const changes = <A extends object>(description: Fields<A>): Shape<Changes<A>> => {
  const fields = fieldsOf(description)
  return {
    is: (value): value is Changes<A> =>
      typeof value === 'object' &&
      value !== null &&
      fields.every(({ key, optional, shape }) => {
        const held = (value as Readonly<Record<string, unknown>>)[key]
        return held === undefined || (held === null ? optional : shape.is(held))
      }),
    read: (raw, reading) => {
      if (!isRawRecord(raw)) return refuseRecord(raw, reading)
      const made: Array<readonly [string, unknown]> = []
      for (const { key, optional, shape } of fields) {
        const held = raw[key]
        if (held === undefined) continue
        if (optional && Guard.isAbsent(held)) made.push([key, null])
        else made.push([key, readUnder(shape, held, reading, key)])
      }
      return Object.fromEntries(made) as Changes<A>
    },
    write: (value) => {
      const written: Array<readonly [string, unknown]> = []
      for (const { key, shape } of fields) {
        const held = (value as Readonly<Record<string, unknown>>)[key]
        if (held !== undefined) written.push([key, held === null ? null : shape.write(held)])
      }
      return Object.fromEntries(written)
    },
  }
}

/** Changes of options, where an unknown one is a fault. */
export const changesOfOptions = <A extends object>(description: Fields<A>): Shape<Changes<A>> =>
  knownOnly(description, changes(description), undefined)

/** A record with some fields changed; one that is changed to null is taken away. */
export const changed = <A extends object>(record: A, { ...fields }: Changes<A>): A =>
  Object.fromEntries(Object.entries({ ...record, ...fields }).filter(([, value]) => value !== null)) as A
