/**
 * What an audit snapshot is: a computer, its owner, the user's department and office, and the installations found (FORMAT,
 * *Allocation*; ALLOC-38). How lists of them are decoded, or one alone, is in AuditSnapshot.ts.
 *
 * @since 0.1.0
 */
import type { ComputerId, InstallationId, ProductId } from '../value/Id.js'
import { codec } from './Codec.js'
import { keepsText, type Usual } from './Guard.js'
import { flag, oneOf, secretText, text } from './Scalar.js'
import { list, optional, record, required, type Shape } from './Shape.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/**
 * A computer; `kind` is `computer` where none is given (ALLOC-9).
 *
 * @since 0.1.0
 */
export interface Computer {
  readonly id: ComputerId
  readonly name: string
  readonly kind?: 'computer' | 'hardware'
  readonly retired?: boolean
}

/**
 * One product found on one computer, with the serial number and installation key if the audit could read them. The id is
 * unique on its computer.
 *
 * @since 0.1.0
 */
export interface Installation {
  readonly id: InstallationId
  readonly product: ProductId
  readonly serialNumber?: string
  readonly installationKey?: string
}

/**
 * What an audit found on one computer. `organization` is the user's department, `location` the office location, both
 * references (ALLOC-72). Absent `installations` mean "not reported", which is not "nothing installed" (ALLOC-84).
 *
 * @since 0.1.0
 */
export interface AuditSnapshot {
  readonly computer: Computer
  readonly owner?: string
  readonly organization?: string
  readonly location?: string
  readonly installations?: ReadonlyArray<Installation>
}

// -------------------------------------------------------------------------------------
// codec
// -------------------------------------------------------------------------------------

/**
 * Installations whose fields stand as we write them, every one filled in. Literals are made in a fraction of the time that
 * assigning field by field takes, and of installations there are more than of anything else.
 */
const usualInstallation: Usual<Installation> = ({ keys, values }, limits) => {
  if (keys[0] !== 'id' || keys[1] !== 'product' || keys.length > 4) return undefined
  const [id, product] = [values[0], values[1]]
  if (!keepsText(id, limits) || !keepsText(product, limits)) return undefined
  if (keys.length === 2) return { id: id as InstallationId, product: product as ProductId }
  const third = values[2]
  if (!keepsText(third, limits)) return undefined
  if (keys.length === 3)
    return keys[2] === 'serialNumber'
      ? { id: id as InstallationId, product: product as ProductId, serialNumber: third }
      : keys[2] === 'installationKey'
        ? { id: id as InstallationId, product: product as ProductId, installationKey: third }
        : undefined
  const fourth = values[3]
  return keys[2] === 'serialNumber' && keys[3] === 'installationKey' && keepsText(fourth, limits)
    ? { id: id as InstallationId, product: product as ProductId, serialNumber: third, installationKey: fourth }
    : undefined
}

/** @internal */
export const installationShape: Shape<Installation> = record<Installation>(
  {
    id: required(text()),
    product: required(text()),
    serialNumber: optional(secretText),
    installationKey: optional(secretText),
  },
  usualInstallation,
)

const computer: Shape<Computer> = record<Computer>({
  id: required(text()),
  name: required(text()),
  kind: optional(oneOf('computer', 'hardware')),
  retired: optional(flag),
})

/** All of a snapshot but its installations, each of which is a record to be rejected alone. */
const frame = {
  computer: required(computer),
  owner: optional(text()),
  organization: optional(text()),
  location: optional(text()),
}

/** @internal */
export const frameShape: Shape<Omit<AuditSnapshot, 'installations'>> =
  record<Omit<AuditSnapshot, 'installations'>>(frame)

/** @internal */
export const shape: Shape<AuditSnapshot> = record<AuditSnapshot>({
  ...frame,
  installations: optional(list(installationShape)),
})

/**
 * The codec of an {@link AuditSnapshot}, whole or not at all; `AuditSnapshot.decodeAll` keeps what is good beside what is not.
 *
 * @example
 * import assert from 'node:assert'
 * import { either as E } from 'fp-ts'
 * import { AuditSnapshot } from 'seatwise'
 *
 * const snapshot = { computer: { id: 'pc-1', name: 'PC-1' }, owner: 'Ann', installations: [{ id: 'i-1', product: 'Visio' }] }
 * assert.deepStrictEqual(AuditSnapshot.AuditSnapshot.decode(snapshot), E.right(snapshot))
 *
 * @since 0.1.0
 */
export const AuditSnapshot = codec<AuditSnapshot, unknown>('AuditSnapshot', shape)
