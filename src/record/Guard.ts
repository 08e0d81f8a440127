/**
 * Guards: the quick half of a shape. A guard takes good values without a reason for any other; where it takes none, the
 * shape is asked, which knows the reasons.
 *
 * Laws, for the guard of every shape, every value and all limits:
 *
 * 1. Agreement: `take` gives what `read` gives, or nothing; it gives nothing for every value of which `read` tells a fault
 * 2. Identity: what `keeps` holds for is, as it is, what `read` would make of it: the same fields in the same order
 *
 * A guard goes through two kinds of values: what was gathered (RawCopy), and what `JSON.parse` has just made, which is plain
 * data that nobody else has: of that, what needs no change is kept.
 */
import * as Text from '../value/Text.js'
import type { Limits } from './Limits.js'
import { isGatheredRecord, type RawFields } from './RawCopy.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** How values are taken: up to which limits, and whether they are what `JSON.parse` has just made. */
export interface Taking {
  readonly limits: Limits
  readonly parsed: boolean
}

/** INVARIANT: no value that can be taken is undefined. */
export interface Guard<A> {
  /** How deep the parts of a value are nested: -1 where it has none, 0 where these have none. */
  readonly depth: number
  /** The names of its fields, and of those of its parts. */
  readonly names: ReadonlyArray<string>
  /** Is it a value that would be taken as it is? Only asked of what `JSON.parse` made. */
  readonly keeps: (value: unknown, limits: Limits) => boolean
  readonly take: (raw: unknown, taking: Taking) => A | undefined
}

/** May anything be kept? Not where somebody has added to Object.prototype what shows up among the fields of every object. */
export const mayKeep = (): boolean => {
  let shown = 0
  for (const _ in Object.prototype) shown += 1
  return shown === 0
}

/** May anything be taken? Not where somebody has added to Object.prototype what the assignment to a field would meet. */
export const mayTake = ({ names }: { readonly names: ReadonlyArray<string> }): boolean =>
  !names.some((name) => name in Object.prototype)

// -------------------------------------------------------------------------------------
// single values
// -------------------------------------------------------------------------------------

/** Is it a text that is not blank? */
export const keepsText = (value: unknown, limits: Limits): value is string =>
  typeof value === 'string' && value.length <= limits.text && !Text.isBlank(value) && Text.isWellFormed(value)

/** The guard of values that are kept as they are. */
export const kept = <A>(keeps: (value: unknown, limits: Limits) => value is A): Guard<A> => ({
  depth: -1,
  names: [],
  keeps,
  take: (raw, { limits }) => (keeps(raw, limits) ? raw : undefined),
})

/** The guard of texts that are not blank. */
export const text: Guard<string> = kept(keepsText)

/** Takes a part of a value. */
const takePart = <A>(guard: Guard<A>, part: unknown, taking: Taking): A | undefined =>
  taking.parsed && guard.depth >= 0 && guard.keeps(part, taking.limits) ? (part as A) : guard.take(part, taking)

/** The guard of values that are made of others. */
export const made = <A>(take: (raw: unknown) => A | undefined): Guard<A> => ({
  depth: -1,
  names: [],
  keeps: () => false,
  take,
})

/** The guard of values of another, of which only some will do. */
export const refined = <A>({ keeps, take, ...guard }: Guard<A>, accepts: (value: A) => boolean): Guard<A> => ({
  ...guard,
  // INVARIANT: what is kept is a value already.
  keeps: (value, limits) => keeps(value, limits) && accepts(value as A),
  take: (raw, taking) => {
    const value = take(raw, taking)
    return value !== undefined && accepts(value) ? value : undefined
  },
})

/** The guard of the values of either guard. */
export const either = <A, B>(one: Guard<A>, other: Guard<B>): Guard<A | B> => ({
  depth: Math.max(one.depth, other.depth),
  names: [...one.names, ...other.names],
  keeps: (value, limits) => one.keeps(value, limits) || other.keeps(value, limits),
  take: (raw, taking) => one.take(raw, taking) ?? other.take(raw, taking),
})

// -------------------------------------------------------------------------------------
// lists and records
// -------------------------------------------------------------------------------------

/** The guard of lists. */
export const list = <A>(entry: Guard<A>): Guard<ReadonlyArray<A>> => {
  const keeps = (value: unknown, limits: Limits): value is ReadonlyArray<A> => {
    if (!Array.isArray(value)) return false
    for (const one of value) if (!entry.keeps(one, limits)) return false
    return true
  }
  return {
    depth: entry.depth + 1,
    names: entry.names,
    keeps,
    take: (raw, taking) => {
      if (!Array.isArray(raw)) return undefined
      const taken: Array<A> = []
      for (const one of raw) {
        const value = takePart(entry, one, taking)
        if (value === undefined) return undefined
        taken.push(value)
      }
      return taken
    },
  }
}

/** A field of a record, which may be absent where it is optional: not there, null, or blank text. */
export interface GuardedField {
  readonly key: string
  readonly optional: boolean
  readonly guard: Guard<unknown>
}

/** Does a raw optional field count as absent: not there, null, or blank text? */
export const isAbsent = (raw: unknown): boolean =>
  raw === undefined || raw === null || (typeof raw === 'string' && Text.isBlank(raw))

/**
 * Takes the most usual records of a kind at once, and nothing of others, which then are taken field by field.
 *
 * INVARIANT: it takes what would be taken field by field, or nothing.
 */
export type Usual<A> = (gathered: RawFields, limits: Limits) => A | undefined

/** The guard of records with these fields. Unknown fields stay out of what is taken, or are the reason to take nothing. */
export const record = <A>(
  guarded: ReadonlyArray<GuardedField>,
  unknown: 'ignored' | 'refused',
  usual?: Usual<A>,
): Guard<A> => {
  // Most fields are texts: asked directly, they are asked in half the time.
  const fields = guarded.map((field) => ({ ...field, isText: field.guard.keeps === keepsText }))
  const count = fields.length
  const required = fields.filter(({ optional }) => !optional).length

  const keeps = (value: unknown, limits: Limits): boolean => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
    let next = 0
    // INVARIANT: nothing that is enumerable is inherited, or nothing may be kept.
    for (const key in value) {
      let field: (typeof fields)[number] | undefined
      do {
        // Asked of no field beyond the last: that would cost more than all the others.
        if (next === count || field?.optional === false) return false
        field = fields[next++]
      } while (field?.key !== key)
      const held = (value as Readonly<Record<string, unknown>>)[key]
      if (!(field.isText ? keepsText(held, limits) : field.guard.keeps(held, limits))) return false
    }
    while (next < count) if (fields[next++]?.optional !== true) return false
    return true
  }

  /** Where a field stands in the description: most often from a position on. */
  const positionOf = (key: string, from: number): number => {
    for (let position = from; position < count; position += 1) if (fields[position]?.key === key) return position
    for (let position = 0; position < from; position += 1) if (fields[position]?.key === key) return position
    return -1
  }

  /** What was taken, with its fields in the order of the description. */
  const sorted = (taken: Readonly<Record<string, unknown>>): Record<string, unknown> => {
    const made: Record<string, unknown> = {}
    for (const { key } of fields) {
      const value = taken[key]
      if (value !== undefined) made[key] = value
    }
    return made
  }

  return {
    depth: fields.reduce((depth, { guard }) => Math.max(depth, guard.depth + 1), 0),
    names: [...new Set(fields.flatMap(({ key, guard }) => [key, ...guard.names]))],
    keeps,
    take: (raw, taking) => {
      if (typeof raw !== 'object' || raw === null) return undefined
      const { parsed, limits } = taking
      if (parsed ? Array.isArray(raw) : !isGatheredRecord(raw)) return undefined
      if (!parsed && usual !== undefined) {
        const atOnce = usual(raw as RawFields, limits)
        if (atOnce !== undefined) return atOnce
      }
      const keys = parsed ? Object.keys(raw) : (raw as RawFields).keys
      const taken: Record<string, unknown> = {}
      let next = 0
      let missing = required
      let inOrder = true
      let index = 0
      for (const key of keys) {
        const held = parsed ? (raw as Readonly<Record<string, unknown>>)[key] : (raw as RawFields).values[index++]
        const position = positionOf(key, next)
        const field = position === -1 ? undefined : fields[position]
        if (field === undefined) {
          // What was parsed has not been gone through: it may be nested too deeply.
          if (unknown === 'refused' || (parsed && typeof held === 'object' && held !== null)) return undefined
          continue
        }
        if (position < next) inOrder = false
        else next = position + 1
        const one = !field.isText ? takePart(field.guard, held, taking) : keepsText(held, limits) ? held : undefined
        // INVARIANT: nothing of the names of fields is inherited, or nothing may be taken.
        if (one !== undefined) {
          taken[field.key] = one
          if (!field.optional) missing -= 1
        } else if (!field.optional || !isAbsent(held)) return undefined
      }
      return missing > 0 ? undefined : ((inOrder ? taken : sorted(taken)) as A)
    },
  }
}
