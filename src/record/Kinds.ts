/**
 * Records of several kinds, told apart by their `kind`, and lists of them that are taken whole or not at all.
 */
import { E, type RNEA } from '../prelude.js'
import { readUnknown } from './Codec.js'
import type { Limits } from './Limits.js'
import { isRawRecord } from './RawCopy.js'
import type { Rejection } from './Rejection.js'
import { closeReport, openReport, reject, rejectionOf } from './Report.js'
import { oneOf } from './Scalar.js'
import { list, record, refuse, required, type Fault, type Fields, type Shape } from './Shape.js'

interface Kind {
  readonly kind: string
}

/** The shape of a record that says by its kind which of these shapes it has. */
export const byKind = <A extends Kind>(shapes: {
  readonly [K in A['kind']]: Shape<Extract<A, { readonly kind: K }>>
}): Shape<A> => {
  const kind = record<Kind>({ kind: required(oneOf(...Object.keys(shapes))) })
  // INVARIANT: asked only for a kind that was read.
  const shapeOf = ({ kind: name }: Kind): Shape<A> => shapes[name as A['kind']] as unknown as Shape<A>
  return {
    is: (value): value is A => kind.is(value) && shapeOf(value).is(value),
    read: (raw, reading) => {
      const since = reading.faults.length
      const read = kind.read(raw, reading)
      return reading.faults.length > since || !isRawRecord(raw) ? (read as A) : shapeOf(read).read(raw, reading)
    },
    write: (value) => shapeOf(value).write(value),
  }
}

/** What the records of each kind have beside their kind. */
export type FieldsByKind<A extends Kind> = {
  readonly [K in A['kind']]: Fields<Omit<Extract<A, { readonly kind: K }>, 'kind'>>
}

/** The shape of a record that has the fields of its kind. */
export const byFields = <A extends Kind>(fields: FieldsByKind<A>): Shape<A> =>
  byKind<A>(
    // INVARIANT: a kind and the fields of that kind are those of one member of the union.
    Object.fromEntries(
      Object.entries<object>(fields).map(([kind, others]) => [
        kind,
        record({ kind: required(oneOf(kind)), ...others }),
      ]),
    ) as unknown as Parameters<typeof byKind<A>>[0],
  )

/** A shape whose values must pass a test as well. */
export const such = <A>(shape: Shape<A>, passes: (value: A) => boolean, hint: string): Shape<A> => ({
  is: (value): value is A => shape.is(value) && passes(value),
  read: (raw, reading) => {
    const since = reading.faults.length
    const value = shape.read(raw, reading)
    return reading.faults.length > since || passes(value) ? value : refuse(reading, 'unknown-value', undefined, hint)
  },
  write: shape.write,
})

/** Decodes a list of unknown origin as a whole, or says all that is wrong with it. */
export const decodeWhole =
  <A>(collection: string, shape: Shape<A>) =>
  (input: unknown, limits: Limits): E.Either<RNEA.ReadonlyNonEmptyArray<Rejection>, ReadonlyArray<A>> => {
    const report = openReport(limits)
    const rejectionAt = (fault: Fault): Rejection => {
      const [index] = fault.path
      return rejectionOf({ collection, path: [collection], ...(typeof index === 'number' ? { index } : {}) }, fault)
    }
    return E.mapLeft(([first, ...others]: RNEA.ReadonlyNonEmptyArray<Fault>): RNEA.ReadonlyNonEmptyArray<Rejection> => {
      for (const fault of others) reject(report, rejectionAt(fault))
      return [rejectionAt(first), ...closeReport(report, undefined).left]
    })(readUnknown(list(shape), report.limits)(input))
  }
