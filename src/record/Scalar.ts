/**
 * Shapes of single values: texts, flags, counts, days, instants, versions, words.
 */
import { E, O } from '../prelude.js'
import * as Count from '../value/Count.js'
import * as Day from '../value/Day.js'
import * as Instant from '../value/Instant.js'
import * as Text from '../value/Text.js'
import * as Version from '../value/Version.js'
import * as Guard from './Guard.js'
import { isForeignDate } from './RawCopy.js'
import { refuse, type Shape } from './Shape.js'

const textShape = <A extends string>(mayBeBlank: boolean, secret: boolean): Shape<A> => ({
  is: (value): value is A =>
    typeof value === 'string' && (mayBeBlank || !Text.isBlank(value)) && Text.isWellFormed(value),
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
  guard: mayBeBlank
    ? Guard.kept(
        (value, limits): value is A =>
          typeof value === 'string' && value.length <= limits.text && Text.isWellFormed(value),
      )
    : (Guard.text as Guard.Guard<A>),
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
  guard: Guard.kept((value) => typeof value === 'boolean'),
}

const countHint = 'write a whole number from 0 to 9007199254740991'

const isCount = (value: unknown): value is Count.Count =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0

/** A whole number from 0 to 2^53 - 1. */
export const count: Shape<Count.Count> = {
  is: (value): value is Count.Count => typeof value === 'number' && E.isRight(Count.parse(value)),
  read: (raw, reading) => {
    if (typeof raw !== 'number') return refuse(reading, 'type', raw, countHint)
    const parsed = Count.parse(raw)
    return E.isRight(parsed) ? parsed.right : refuse(reading, parsed.left, raw, countHint)
  },
  write: (value) => value,
  guard: {
    // Negative zero is zero, and thus not kept.
    ...Guard.kept((value): value is Count.Count => isCount(value) && !Object.is(value, -0)),
    take: (raw) => (!isCount(raw) ? undefined : raw === 0 ? (0 as Count.Count) : raw),
  },
}

/** A calendar day, written `YYYY-MM-DD`, or the UTC day of an instant. */
export const day: Shape<Day.Day> = {
  is: Day.isDay,
  read: (raw, reading) => {
    const parsed = typeof raw === 'string' ? Day.parse(raw) : O.none
    if (O.isSome(parsed)) return parsed.value
    const code = typeof raw === 'string' || isForeignDate(raw) ? 'date' : 'type'
    return refuse(reading, code, raw, 'write an existing day as YYYY-MM-DD, or an instant in UTC')
  },
  write: Day.show,
  guard: Guard.made((raw) => (typeof raw === 'string' ? O.toUndefined(Day.parse(raw)) : undefined)),
}

/** An instant in UTC. */
export const instant: Shape<Instant.Instant> = {
  is: Instant.isInstant,
  read: (raw, reading) => {
    const parsed = typeof raw === 'string' ? Instant.parse(raw) : O.none
    if (O.isSome(parsed)) return parsed.value
    const code = typeof raw === 'string' || isForeignDate(raw) ? 'instant' : 'type'
    return refuse(reading, code, raw, 'write an existing instant in UTC as YYYY-MM-DDTHH:MM:SSZ')
  },
  write: Instant.show,
  guard: Guard.made((raw) => (typeof raw === 'string' ? O.toUndefined(Instant.parse(raw)) : undefined)),
}

const versionHint = 'write numbers with dots between them, as in 12.10.100'

/** A version, kept as it is written. */
export const version: Shape<Version.Version> = {
  is: (value): value is Version.Version => typeof value === 'string' && O.isSome(Version.parse(value)),
  read: (raw, reading) => {
    if (typeof raw !== 'string') return refuse(reading, 'type', raw, versionHint)
    if (raw.length > reading.limits.text)
      return refuse(reading, 'too-long', raw, `keep it within ${String(reading.limits.text)} code units`)
    const parsed = Version.parse(raw)
    return O.isSome(parsed) ? parsed.value : refuse(reading, 'version', raw, versionHint)
  },
  write: (value) => value,
  guard: Guard.kept(
    (value, limits): value is Version.Version =>
      typeof value === 'string' && value.length <= limits.text && O.isSome(Version.parse(value)),
  ),
}

/** One of a few words. */
export const oneOf = <A extends string>(...values: ReadonlyArray<A>): Shape<A> => {
  const hint = `write one of ${values.join(', ')}`
  const is = (value: unknown): value is A => values.includes(value as A)
  return {
    is,
    read: (raw, reading) =>
      is(raw) ? raw : refuse(reading, typeof raw === 'string' ? 'unknown-value' : 'type', raw, hint),
    write: (value) => value,
    guard: Guard.kept(is),
  }
}
