/**
 * From shapes to readers of values of unknown origin, and to io-ts codecs.
 */
import { E, t, type RNEA } from '../prelude.js'
import { defaultLimits, type Limits } from './Limits.js'
import { copy, type CopyFault } from './RawCopy.js'
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

/**
 * Copies a value of unknown origin and reads it by a shape: the value, or all its faults. Of the outermost record the
 * field `leaveOut` stays unread.
 */
export const readUnknown =
  <A>(shape: Shape<A>, limits: Limits, leaveOut?: string) =>
  (value: unknown): E.Either<RNEA.ReadonlyNonEmptyArray<Fault>, A> => {
    const copied = copy(value, limits.depth, leaveOut)
    if (E.isLeft(copied)) return E.left([copyFault(copied.left)])
    const reading: Reading = { limits, faults: [] }
    const read = shape.read(copied.right, reading)
    const [fault, ...faults] = reading.faults
    return fault === undefined ? E.right(read) : E.left([fault, ...faults])
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
