/**
 * An estate: a UMS with its devices, and the licenses there are for them (FORMAT, *Deployment*).
 *
 * @since 0.1.0
 */
import { E, O, type RNEA } from '../prelude.js'
import * as Text from '../value/Text.js'
import * as Bundled from './BundledLicense.js'
import { codec, readFrom } from './Codec.js'
import { parseJson, readCollection, type Collection } from './Collection.js'
import { contentBy } from './Content.js'
import type { Decoded } from './Decoded.js'
import * as Settings from './DeploymentSettings.js'
import * as Devices from './Device.js'
import * as Directories from './Directory.js'
import { defaultLimits, type Limits } from './Limits.js'
import * as Packs from './ProductPack.js'
import { kindOf, property, type Origin } from './RawCopy.js'
import type { Rejection } from './Rejection.js'
import { closeReport, openReport, refusalOf, reject, rejectInput, rejectionOf, type Report } from './Report.js'
import { list, optional, record, required, type Fault, type Shape } from './Shape.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/**
 * A UMS by its settings, its directories and devices, the packs registered in it as they were at the last refresh, and the
 * bundled licenses.
 *
 * @since 0.1.0
 */
export interface Estate {
  readonly settings: Settings.DeploymentSettings
  readonly directories?: ReadonlyArray<Directories.Directory>
  readonly packs: ReadonlyArray<Packs.ProductPack>
  readonly devices: ReadonlyArray<Devices.Device>
  readonly bundled?: ReadonlyArray<Bundled.BundledLicense>
}

/** @internal */
export const shape: Shape<Estate> = record<Estate>({
  settings: required(Settings.shape),
  directories: optional(list(Directories.shape)),
  packs: required(list(Packs.shape)),
  devices: required(list(Devices.shape)),
  bundled: optional(list(Bundled.shape)),
})

/**
 * The codec of an {@link Estate}, whole or not at all; {@link decode} keeps what is good beside what is not.
 *
 * @example
 * import assert from 'node:assert'
 * import { either as E } from 'fp-ts'
 * import { Estate } from 'seatwise'
 *
 * const given = { settings: { umsVersion: '12.10.100', umsId: 'ums-1' }, packs: [], devices: [] }
 * assert.deepStrictEqual(Estate.Estate.decode(given), E.right(given))
 *
 * @since 0.1.0
 */
export const Estate = codec<Estate, unknown>('Estate', shape)

// -------------------------------------------------------------------------------------
// decoding
// -------------------------------------------------------------------------------------

const idOf = ({ id }: { readonly id: string }): string => id

const collection = <A>(
  name: keyof Estate,
  shape: Shape<A>,
  { origin, limits }: Report,
  id: (record: A) => string,
  idPath: Collection<A>['idPath'],
): Collection<A> => ({ name, read: readFrom(origin, shape, limits), id, idPath, content: contentBy(shape) })

const notAnEstate = { list: 'type', scalar: 'type', foreign: 'not-plain-object', unreadable: 'unreadable' } as const

const HINT = 'write an object with settings, packs and devices'

const unreadable = (code: 'accessor' | 'unreadable'): Fault => ({
  code,
  path: [],
  value: undefined,
  secret: true,
  hint: 'pass plain data: the settings cannot be read',
})

const missing: Fault = {
  code: 'missing',
  path: [],
  value: undefined,
  secret: false,
  hint: 'add the settings of the UMS',
}

const decodeFrom = (
  origin: Origin,
  input: unknown,
  limits: Limits,
): E.Either<RNEA.ReadonlyNonEmptyArray<Rejection>, Decoded<Estate>> => {
  const report = openReport(limits, origin)
  const kind = kindOf(input)
  if (kind !== 'record') {
    rejectInput(report, 'estate', notAnEstate[kind], HINT)
    return failed(closeReport(report, undefined).left)
  }
  const read = <A>(
    name: keyof Estate,
    shape: Shape<A>,
    presence: 'required' | 'optional',
    id: (record: A) => string,
    idPath: Collection<A>['idPath'],
  ) => readCollection(report, collection(name, shape, report, id, idPath), [name], property(input, name), presence)

  const found = property(input, 'settings')
  const place = { collection: 'settings', path: ['settings'] }
  const settings: E.Either<ReadonlyArray<Fault>, Settings.DeploymentSettings> = E.isLeft(found)
    ? E.left([unreadable(found.left)])
    : found.right === undefined
      ? E.left([missing])
      : readFrom(origin, Settings.shape, report.limits)(found.right)
  if (E.isLeft(settings)) for (const fault of settings.left) reject(report, rejectionOf(place, fault))

  const rest = {
    directories: read('directories', Directories.shape, 'optional', idOf, ['id']),
    packs: read('packs', Packs.shape, 'required', idOf, ['id']),
    devices: read('devices', Devices.shape, 'required', idOf, ['id']),
    // A bundled license has no id, and the serial number that it is found by is never shown.
    bundled: read('bundled', Bundled.shape, 'optional', ({ serialNumber }) => Text.mask(serialNumber), []),
  }
  return E.isLeft(settings)
    ? failed(closeReport(report, undefined).left)
    : E.right(closeReport(report, { settings: settings.right, ...rest }))
}

/**
 * Decodes an estate of unknown origin: every good record, and a rejection for every fault of a bad one, which is rejected
 * alone (ALD-114). Exact duplicates are dropped with a warning; what contradicts another record is for
 * `Deployment.plan` to say. Without settings there is no estate: then all rejections are the answer.
 *
 * @example
 * import assert from 'node:assert'
 * import { either as E, function as F } from 'fp-ts'
 * import { Estate } from 'seatwise'
 *
 * const device = { id: 'd-1', osVersion: '12.5.0', registered: '2026-01-15T08:00:00Z' }
 * const decoded = Estate.decode({
 *   settings: { umsVersion: '12.10.100', umsId: 'ums-1' },
 *   packs: [],
 *   devices: [device, { ...device, id: 'd-2', osVersion: 'twelve' }],
 * })
 * const told = F.pipe(decoded, E.map(({ left, right }) => [left.map(({ code, path }) => [code, path]), right.devices.length]))
 * assert.deepStrictEqual(told, E.right([[['version', 'devices[1].osVersion']], 1]))
 *
 * @since 0.1.0
 */
export const decode = (
  input: unknown,
  limits: Limits = defaultLimits,
): E.Either<RNEA.ReadonlyNonEmptyArray<Rejection>, Decoded<Estate>> => decodeFrom('unknown', input, limits)

const unknownFault = refusalOf('settings', 'missing', 'settings', HINT)

/** INVARIANT: whoever calls it has rejected something. */
const failed = <A>([first = unknownFault, ...rest]: ReadonlyArray<Rejection>): E.Either<
  RNEA.ReadonlyNonEmptyArray<Rejection>,
  A
> => E.left([first, ...rest])

/**
 * Decodes an estate from JSON text; a text that is no JSON is one rejection, `syntax`.
 *
 * @example
 * import assert from 'node:assert'
 * import { either as E } from 'fp-ts'
 * import { Estate } from 'seatwise'
 *
 * const told = E.mapLeft((rejections: ReadonlyArray<{ code: string }>) => rejections.map(({ code }) => code))
 * assert.deepStrictEqual(told(Estate.parse('{"settings":')), E.left(['syntax']))
 *
 * @since 0.1.0
 */
export const parse = (
  json: string,
  limits: Limits = defaultLimits,
): E.Either<RNEA.ReadonlyNonEmptyArray<Rejection>, Decoded<Estate>> => {
  const parsed = parseJson(json)
  if (O.isSome(parsed)) return decodeFrom('json', parsed.value, limits)
  const report = openReport(limits)
  rejectInput(report, 'estate', 'syntax', `write JSON: ${HINT.slice('write '.length)}`)
  return failed(closeReport(report, undefined).left)
}
