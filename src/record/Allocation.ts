/**
 * An allocation: a license given to a computer for a product, by an earlier run or by a person (FORMAT, *Allocation*).
 *
 * @since 0.1.0
 */
import type { ComputerId, InstallationId, LicenseId, ProductId } from '../value/Id.js'
import { E, O } from '../prelude.js'
import { codec, readFrom } from './Codec.js'
import { parseJson, readCollection, type Collection } from './Collection.js'
import { contentBy } from './Content.js'
import type { Decoded } from './Decoded.js'
import { defaultLimits, type Limits } from './Limits.js'
import type { Origin } from './RawCopy.js'
import { closeReport, openReport, rejectInput, type Report } from './Report.js'
import { flag, oneOf, text } from './Scalar.js'
import { optional, record, required, type Shape } from './Shape.js'

/**
 * A license given to a computer for a product, and for one installation of it where `installation` names one.
 *
 * @since 0.1.0
 */
export interface Allocation {
  readonly computer: ComputerId
  readonly product: ProductId
  readonly license: LicenseId
  readonly installation?: InstallationId
  readonly origin: 'automatic' | 'manual'
  readonly deallocateAutomatically?: boolean
}

/** @internal */
export const shape: Shape<Allocation> = record<Allocation>({
  computer: required(text()),
  product: required(text()),
  license: required(text()),
  installation: optional(text()),
  origin: required(oneOf('automatic', 'manual')),
  deallocateAutomatically: optional(flag),
})

/**
 * The codec of an {@link Allocation}; its errors carry the codes of FORMAT's rejections.
 *
 * @example
 * import assert from 'node:assert'
 * import { either as E } from 'fp-ts'
 * import { Allocation } from 'seatwise'
 *
 * const given = { computer: 'pc-1', product: 'Visio 2024', license: 'L-1', origin: 'manual' }
 * assert.deepStrictEqual(Allocation.Allocation.decode(given), E.right(given))
 *
 * @since 0.1.0
 */
export const Allocation = codec<Allocation, unknown>('Allocation', shape)

// -------------------------------------------------------------------------------------
// decoding
// -------------------------------------------------------------------------------------

const collection = ({ limits, origin }: Report): Collection<Allocation> => ({
  name: 'allocations',
  read: readFrom(origin, shape, limits),
  // An allocation has no id; what it joins tells it from others well enough for a person.
  id: ({ computer, product, license }) => JSON.stringify([computer, product, license]),
  idPath: [],
  content: contentBy(shape),
})

const decodeFrom = (origin: Origin, input: unknown, limits: Limits): Decoded<ReadonlyArray<Allocation>> => {
  const report = openReport(limits, origin)
  return closeReport(report, readCollection(report, collection(report), ['allocations'], E.right(input), 'required'))
}

/**
 * Decodes a list of allocations of unknown origin, as an earlier run left it: every good one, and a rejection for every
 * fault (ALLOC-86). Exact duplicates are dropped with a warning.
 *
 * @example
 * import assert from 'node:assert'
 * import { Allocation } from 'seatwise'
 *
 * const { left, right } = Allocation.decodeAll([
 *   { computer: 'pc-1', product: 'Visio 2024', license: 'L-1', origin: 'manual' },
 *   { computer: 'pc-2', product: 'Visio 2024', license: 'L-1', origin: 'guessed' },
 * ])
 * assert.deepStrictEqual(right.map(({ computer }) => computer), ['pc-1'])
 * assert.deepStrictEqual(left.map(({ code, path }) => [code, path]), [['unknown-value', 'allocations[1].origin']])
 *
 * @since 0.1.0
 */
export const decodeAll = (input: unknown, limits: Limits = defaultLimits): Decoded<ReadonlyArray<Allocation>> =>
  decodeFrom('unknown', input, limits)

/**
 * Decodes a list of allocations from JSON text; a text that is no JSON is one rejection, `syntax`.
 *
 * @example
 * import assert from 'node:assert'
 * import { Allocation } from 'seatwise'
 *
 * assert.deepStrictEqual(Allocation.parseAll('[{"computer":').left.map(({ code }) => code), ['syntax'])
 *
 * @since 0.1.0
 */
export const parseAll = (json: string, limits: Limits = defaultLimits): Decoded<ReadonlyArray<Allocation>> => {
  const parsed = parseJson(json)
  if (O.isSome(parsed)) return decodeFrom('json', parsed.value, limits)
  const report = openReport(limits)
  rejectInput(report, 'allocations', 'syntax', 'write JSON: a list of allocations')
  return closeReport(report, [])
}
