/**
 * From shapes to readers of values of unknown origin, and to io-ts codecs.
 */
import { E, t, type RNEA } from '../prelude.js'
import { defaultLimits, type Limits } from './Limits.js'
import { mayKeep, mayTake, type Guard, type Taking } from './Guard.js'
import { copy, gather, gatherer, spread, type CopyFault, type Gatherer, type Origin } from './RawCopy.js'
import type { Fault, Reading, Shape } from './Shape.js'

const copyHints: Readonly<Record<CopyFault['code'], string>> = {
  accessor: 'pass plain data: the field is a getter or setter',
  unreadable: 'pass plain data: reading the value failed',
  cycle: 'pass plain data: the value contains itself',
  depth: 'nest less deeply',
  missing: 'fill the hole in the list',
}

/** Where secrets stand. What is below them may be a part of one, a name of a field among it, and is not told. */
const SECRETS: ReadonlyArray<unknown> = ['serialNumber', 'installationKey']

const upToSecret = (path: CopyFault['path']): CopyFault['path'] => {
  const position = path.findIndex((step) => SECRETS.includes(step))
  return position === -1 ? path : path.slice(0, position + 1)
}

const copyFault = ({ code, path }: CopyFault): Fault => ({
  code,
  path: upToSecret(path),
  value: undefined,
  secret: true,
  hint: copyHints[code],
})

/** Reads what was gathered for its faults; where there is none after all, for its value. */
const readGathered = <A>(shape: Shape<A>, limits: Limits, gathered: unknown): Read<A> => {
  const copied = spread(gathered)
  if (E.isLeft(copied)) return E.left([copyFault(copied.left)])
  const reading: Reading = { limits, faults: [] }
  const read = shape.read(copied.right, reading)
  const [fault, ...faults] = reading.faults
  return fault === undefined ? E.right(read) : E.left([fault, ...faults])
}

/** A value, or all its faults. */
type Read<A> = E.Either<RNEA.ReadonlyNonEmptyArray<Fault>, A>

/** Reads values of an origin by a shape. It lives as long as one call of a decoder. */
export interface Reader<A> {
  readonly shape: Shape<A>
  readonly limits: Limits
  /** What was parsed may be kept by this guard, what was not may be taken by it. */
  readonly guard: Guard<A> | undefined
  readonly taking: Taking
  readonly gatherer: Gatherer
}

/** Of the outermost record the field `leaveOut` stays unread. */
export const readerOf = <A>(origin: Origin, shape: Shape<A>, limits: Limits, leaveOut?: string): Reader<A> => {
  const { guard } = shape
  const parsed = origin === 'json'
  const isOf =
    guard !== undefined &&
    // What was parsed has not been gone through: it may be nested too deeply.
    (parsed ? guard.depth <= limits.depth && mayKeep() : mayTake(guard))
  return {
    shape,
    limits,
    guard: isOf ? guard : undefined,
    taking: { limits, parsed },
    gatherer: gatherer(limits.depth, leaveOut),
  }
}

// Functions of the module, to which a reader is given: closures of a single call would be optimized anew for every call
// that comes after a collection of garbage.

/** Gathers a value of unknown origin and reads it. */
const readGathering = <A>({ shape, limits, guard, taking, gatherer }: Reader<A>, value: unknown): Read<A> => {
  const gathered = gather(gatherer, value)
  if (gatherer.fault !== undefined) return E.left([copyFault(gatherer.fault)])
  const taken = taking.parsed ? undefined : guard?.take(gathered, taking)
  return taken === undefined ? readGathered(shape, limits, gathered) : E.right(taken)
}

/**
 * Takes what `JSON.parse` has just made, as far as it is good, and keeps it where nothing need be changed. What is not
 * good, or was not parsed, is nothing here: {@link readBy} tells why.
 */
export const takeBy = <A>({ guard, limits, taking }: Reader<A>, value: unknown): A | undefined => {
  if (guard === undefined || !taking.parsed) return undefined
  if (guard.keeps(value, limits)) return value as A
  return mayTake(guard) ? guard.take(value, taking) : undefined
}

/** Reads a value. */
export const readBy = <A>(reader: Reader<A>, value: unknown): Read<A> => {
  const taken = takeBy(reader, value)
  return taken === undefined ? readGathering(reader, value) : E.right(taken)
}

/** Reads values of an origin by a shape. */
export const readFrom = <A>(origin: Origin, shape: Shape<A>, limits: Limits): ((value: unknown) => Read<A>) => {
  const reader = readerOf(origin, shape, limits)
  return (value) => readBy(reader, value)
}

/** Reads values of unknown origin by a shape. */
export const readUnknown = <A>(shape: Shape<A>, limits: Limits): ((value: unknown) => Read<A>) =>
  readFrom('unknown', shape, limits)

/** Takes what `JSON.parse` has just made by a shape. */
export const takeParsed = <A>(shape: Shape<A>, limits: Limits): ((value: unknown) => A | undefined) => {
  const reader = readerOf('json', shape, limits)
  return (value) => takeBy(reader, value)
}

/** The io-ts codec of a shape. Its errors carry the code and the hint as message, and the path in their context. */
export const codec = <A, Wire>(name: string, shape: Shape<A>): t.Type<A, Wire> =>
  new t.Type<A, Wire>(
    name,
    (value): value is A => {
      const copied = copy(value, defaultLimits.depth)
      return E.isRight(copied) && shape.is(copied.right)
    },
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
