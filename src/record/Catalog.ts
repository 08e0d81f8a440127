/**
 * A catalog: the organizations and locations, the tracked software and the licenses (FORMAT, *Allocation*).
 *
 * @since 0.1.0
 */
import { O, type E } from '../prelude.js'
import { contentBy } from './Content.js'
import { parseJson, readCollection, type Collection } from './Collection.js'
import type { LicenseId } from '../value/Id.js'
import type { Decoded } from './Decoded.js'
import { closeReport, openReport, rejectInput, type Report } from './Report.js'
import { kindOf, property, type Origin } from './RawCopy.js'
import { codec, readFrom } from './Codec.js'
import { defaultLimits, type Limits } from './Limits.js'
import { list, optional, record, required, type Shape } from './Shape.js'
import * as License from './SoftwareLicense.js'
import * as Software from './TrackedSoftware.js'
import * as Units from './Unit.js'

/**
 * What licenses there are, for which software, and the units that they can be restricted to.
 *
 * @since 0.1.0
 */
export interface Catalog {
  readonly organizations?: ReadonlyArray<Units.Unit>
  readonly locations?: ReadonlyArray<Units.Unit>
  readonly software: ReadonlyArray<Software.TrackedSoftware>
  readonly licenses: ReadonlyArray<License.SoftwareLicense>
}

/** @internal */
export const shape: Shape<Catalog> = record<Catalog>({
  organizations: optional(list(Units.shape)),
  locations: optional(list(Units.shape)),
  software: required(list(Software.shape)),
  licenses: required(list(License.shape)),
})

/**
 * The codec of a {@link Catalog}, whole or not at all; {@link decode} keeps what is good beside what is not.
 *
 * @example
 * import assert from 'node:assert'
 * import { either as E } from 'fp-ts'
 * import { Catalog } from 'seatwise'
 *
 * assert.deepStrictEqual(Catalog.Catalog.decode({ software: [], licenses: [] }), E.right({ software: [], licenses: [] }))
 *
 * @since 0.1.0
 */
export const Catalog = codec<Catalog, unknown>('Catalog', shape)

/**
 * A catalog as it was decoded. `rejectedLicenses` are the licenses that were given and are not in it, or whose tracked
 * software is not: what they were allocated to is no more released than if they were there (ALLOC-86). It is `any` where
 * one of them has no id that could be read, so that it may be any license that the catalog does not have, or has without
 * its tracked software.
 *
 * @since 0.1.0
 */
export interface DecodedCatalog extends Decoded<Catalog> {
  readonly rejectedLicenses: ReadonlyArray<LicenseId> | 'any'
}

/** The ids of the records of a collection that were rejected; nothing stands for one whose id could not be read. */
type Lost = Set<string | undefined>

const collection = <A extends { readonly id: string }>(
  name: keyof Catalog,
  shape: Shape<A>,
  { origin, limits }: Report,
  lost: Lost,
): Collection<A> => ({
  name,
  read: readFrom(origin, shape, limits),
  id: ({ id }) => id,
  idPath: ['id'],
  content: contentBy(shape),
  onRejected: (id) => {
    lost.add(id)
  },
})

/** The licenses of which something was rejected: the license itself, or the tracked software that it names. */
const rejectedLicenses = (
  { software, licenses }: Pick<Catalog, 'software' | 'licenses'>,
  lostLicenses: Lost,
  lostSoftware: Lost,
): DecodedCatalog['rejectedLicenses'] => {
  if (lostLicenses.has(undefined)) return 'any'
  const known = new Set(software.map(({ id }) => id))
  const inDoubt = licenses.filter(
    (license) => !known.has(license.software) && (lostSoftware.has(undefined) || lostSoftware.has(license.software)),
  )
  // INVARIANT: the ids of rejected licenses are ids of licenses.
  return [...new Set([...(lostLicenses as Set<LicenseId>), ...inDoubt.map(({ id }) => id)])]
}

const notACatalog = { list: 'type', scalar: 'type', foreign: 'not-plain-object', unreadable: 'unreadable' } as const

const decodeFrom = (origin: Origin, input: unknown, limits: Limits): DecodedCatalog => {
  const report = openReport(limits, origin)
  const kind = kindOf(input)
  if (kind !== 'record') rejectInput(report, 'catalog', notACatalog[kind], 'write an object with software and licenses')
  const at = (name: keyof Catalog): E.Either<'accessor' | 'unreadable', unknown> =>
    property(kind === 'record' ? input : { software: [], licenses: [] }, name)
  const [lostSoftware, lostLicenses]: readonly [Lost, Lost] = [new Set(), new Set()]
  const read = <A extends { readonly id: string }>(
    name: keyof Catalog,
    shape: Shape<A>,
    presence: 'required' | 'optional',
    lost: Lost = new Set(),
  ) => readCollection(report, collection(name, shape, report, lost), [name], at(name), presence)
  const catalog = {
    organizations: read('organizations', Units.shape, 'optional'),
    locations: read('locations', Units.shape, 'optional'),
    software: read('software', Software.shape, 'required', lostSoftware),
    licenses: read('licenses', License.shape, 'required', lostLicenses),
  }
  if (kind !== 'record') lostLicenses.add(undefined)
  return { ...closeReport(report, catalog), rejectedLicenses: rejectedLicenses(catalog, lostLicenses, lostSoftware) }
}

/**
 * Decodes a catalog of unknown origin: every good record, and a rejection for every fault of a bad one (ALLOC-86). Exact
 * duplicates are dropped with a warning; what contradicts another record is for `Allocation.compile` and
 * `Allocation.run` to say (ALLOC-47).
 *
 * @example
 * import assert from 'node:assert'
 * import { Catalog } from 'seatwise'
 *
 * const { left, right } = Catalog.decode({
 *   software: [{ id: 'visio', name: 'Visio', products: ['Visio 2024'] }],
 *   licenses: [{ id: 'L-1', name: 'Visio', software: 'visio' }, { id: 'L-2', name: 'Visio', software: 'visio', entitlements: 1.5 }],
 * })
 * assert.deepStrictEqual(left.map(({ code, path, preview }) => [code, path, preview]), [['range', 'licenses[1].entitlements', '1.5']])
 * assert.deepStrictEqual(right.licenses.map(({ id }) => id), ['L-1'])
 *
 * @since 0.1.0
 */
export const decode = (input: unknown, limits: Limits = defaultLimits): DecodedCatalog =>
  decodeFrom('unknown', input, limits)

/**
 * Decodes a catalog from JSON text; a text that is no JSON is one rejection, `syntax`.
 *
 * @example
 * import assert from 'node:assert'
 * import { Catalog } from 'seatwise'
 *
 * assert.deepStrictEqual(Catalog.parse('{"software":[],"licenses":[]}').left, [])
 * assert.deepStrictEqual(Catalog.parse('{"software":').left.map(({ code }) => code), ['syntax'])
 *
 * @since 0.1.0
 */
export const parse = (json: string, limits: Limits = defaultLimits): DecodedCatalog => {
  const parsed = parseJson(json)
  if (O.isSome(parsed)) return decodeFrom('json', parsed.value, limits)
  const report = openReport(limits)
  rejectInput(report, 'catalog', 'syntax', 'write JSON: an object with software and licenses')
  return { ...closeReport(report, { software: [], licenses: [] }), rejectedLicenses: 'any' }
}
