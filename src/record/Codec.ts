/**
 * From shapes to readers of values of unknown origin, and to io-ts codecs.
 */
import { E, t, type RNEA } from '../prelude.js'
import { defaultLimits, type Limits } from './Limits.js'
import { mayKeep, mayTake, type Guard } from './Guard.js'
import { copy, gatherer, spread, type CopyFault, type Origin } from './RawCopy.js'
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

/**
 * Gathers a value of unknown origin and reads it by a shape. Of the outermost record the field `leaveOut` stays unread.
 */
export const readUnknown = <A>(shape: Shape<A>, limits: Limits, leaveOut?: string): ((value: unknown) => Read<A>) => {
  const { guard } = shape
  const gather = gatherer(limits.depth, leaveOut)
  const taking = { limits, parsed: false }
  const takes = guard !== undefined && mayTake(guard)
  return (value) => {
    const gathered = gather(value)
    if (E.isLeft(gathered)) return E.left([copyFault(gathered.left)])
    const taken = takes ? guard.take(gathered.right, taking) : undefined
    return taken === undefined ? readGathered(shape, limits, gathered.right) : E.right(taken)
  }
}

/**
 * Takes what `JSON.parse` has just made, as far as it is good, and keeps it where nothing need be changed. What is not
 * good is nothing here: {@link readUnknown} tells why.
 */
export const takeParsed = <A>(
  { guard }: { readonly guard?: Guard<A> | undefined },
  limits: Limits,
): ((value: unknown) => A | undefined) => {
  if (guard === undefined || guard.depth > limits.depth || !mayKeep()) return () => undefined
  const taking = { limits, parsed: true }
  let takes: boolean | undefined
  return (value) => {
    if (guard.keeps(value, limits)) return value as A
    takes ??= mayTake(guard)
    return takes ? guard.take(value, taking) : undefined
  }
}

/** Reads values of an origin by a shape. */
export const readFrom = <A>(origin: Origin, shape: Shape<A>, limits: Limits): ((value: unknown) => Read<A>) => {
  const read = readUnknown(shape, limits)
  if (origin === 'unknown') return read
  const take = takeParsed(shape, limits)
  return (value) => {
    const taken = take(value)
    return taken === undefined ? read(value) : E.right(taken)
  }
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
