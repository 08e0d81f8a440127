/**
 * What leaves no right answer: a device, pack or directory given twice with different content, settings that make no
 * sense, no instant. These are the one failure of a whole call, all of them listed (ALD-114). An exact duplicate is
 * dropped with a warning.
 *
 * @since 0.1.0
 */
import { E, type RNEA } from '../prelude.js'
import * as Bundled from '../record/BundledLicense.js'
import { contentBy } from '../record/Content.js'
import { distinct, repeatsIn, type Records, type Repeats } from '../record/Contradiction.js'
import * as Settings from '../record/DeploymentSettings.js'
import * as Devices from '../record/Device.js'
import * as Directories from '../record/Directory.js'
import type { Estate } from '../record/Estate.js'
import * as Packs from '../record/ProductPack.js'
import { showPath, type Rejection } from '../record/Rejection.js'
import { refusalOf } from '../record/Report.js'
import * as Instant from '../value/Instant.js'
import * as Text from '../value/Text.js'

// -------------------------------------------------------------------------------------
// options
// -------------------------------------------------------------------------------------

/** What is wrong with an option. */
export const faultOfOption = (code: Rejection['code'], option: string, hint: string): Rejection =>
  refusalOf('options', code, Text.preview(option), hint)

/** What is wrong with an instant that a caller passes. */
export const faultsOfInstant = (name: string, instant: unknown): ReadonlyArray<Rejection> =>
  Instant.isInstant(instant) ? [] : [refusalOf(name, 'instant', name, 'pass an instant: Instant.parse reads one')]

const LISTS = ['packs', 'devices', 'directories', 'bundled'] as const

/** Types are only as good as the caller's word. */
const faultsOfLists = (estate: Estate): ReadonlyArray<Rejection> =>
  LISTS.filter(
    (list) => !(Array.isArray(estate[list]) || (estate[list] === undefined && list !== 'packs' && list !== 'devices')),
  ).map((list) => refusalOf(list, 'type', list, 'pass a list: Estate.decode reads an estate'))

// -------------------------------------------------------------------------------------
// records
// -------------------------------------------------------------------------------------

const idOf = ({ id }: { readonly id: string }): string => id

interface Collections {
  readonly directories: Records<Directories.Directory>
  readonly packs: Records<Packs.ProductPack>
  readonly devices: Records<Devices.Device>
  readonly bundled: Records<Bundled.BundledLicense>
}

const collectionsOf = ({ directories = [], packs, devices, bundled = [] }: Estate): Collections => ({
  directories: {
    collection: 'directories',
    at: ['directories'],
    records: directories,
    id: idOf,
    shape: Directories.shape,
  },
  packs: { collection: 'packs', at: ['packs'], records: packs, id: idOf, shape: Packs.shape },
  devices: { collection: 'devices', at: ['devices'], records: devices, id: idOf, shape: Devices.shape },
  // A bundled license is known by all that it says.
  bundled: {
    collection: 'bundled',
    at: ['bundled'],
    records: bundled,
    id: contentBy(Bundled.shape),
    shape: Bundled.shape,
  },
})

/**
 * The contradictions of an estate: its settings, and the records that are given twice with different content.
 *
 * @example
 * import assert from 'node:assert'
 * import { either as E } from 'fp-ts'
 * import { Deployment, Estate } from 'seatwise'
 *
 * const device = { id: 'd-1', osVersion: '12.5.0', registered: '2026-01-15T08:00:00Z' }
 * const contradictions = E.map(({ right }: { readonly right: Estate.Estate }) =>
 *   Deployment.contradictionsOfEstate(right).map(({ code, path }) => [code, path]),
 * )
 * const decoded = Estate.decode({
 *   settings: { umsVersion: '12.10.100', umsId: 'ums-1' },
 *   packs: [],
 *   devices: [device, { ...device, inRecycleBin: true }],
 * })
 * assert.deepStrictEqual(contradictions(decoded), E.right([['contradiction', 'devices[1]']]))
 *
 * @since 0.1.0
 */
export const contradictionsOfEstate = (estate: Estate): ReadonlyArray<Rejection> => readRecords(estate).contradictions

// -------------------------------------------------------------------------------------
// duplicates
// -------------------------------------------------------------------------------------

/** An estate in which every record stands once, with a warning for each that did not. */
export interface Distinct {
  readonly estate: Estate
  readonly warnings: ReadonlyArray<Rejection>
}

const warningsOf = <A>(given: Records<A>, { places }: Repeats, isSecret: boolean): ReadonlyArray<Rejection> =>
  places.map(({ id, index }) => ({
    code: 'duplicate',
    severity: 'warning',
    path: showPath([...given.at, index]),
    collection: given.collection,
    index,
    ...(isSecret ? {} : { id }),
    hint: 'the same record was given before, and counts once',
  }))

const once = <A>({ records, id }: Records<A>, { places }: Repeats): ReadonlyArray<A> =>
  places.length === 0 ? records : distinct(records, id)

/** What an estate comes to: its contradictions, or, where there are none, its records each once. */
interface Read {
  readonly contradictions: ReadonlyArray<Rejection>
  readonly distinct: () => Distinct
}

const readRecords = (estate: Estate): Read => {
  const lists = faultsOfLists(estate)
  if (lists.length > 0) return { contradictions: lists, distinct: () => ({ estate, warnings: [] }) }
  const settings = Settings.decode(estate.settings)
  const collections = collectionsOf(estate)
  const directories = repeatsIn(collections.directories)
  const packs = repeatsIn(collections.packs)
  const devices = repeatsIn(collections.devices)
  return {
    contradictions: [
      ...(E.isLeft(settings) ? settings.left : []),
      ...directories.contradictions,
      ...packs.contradictions,
      ...devices.contradictions,
    ],
    // INVARIANT: asked only where there is no contradiction, so that records of one id have one content.
    distinct: () => {
      const bundled = repeatsIn(collections.bundled)
      const warnings = [
        ...warningsOf(collections.directories, directories, false),
        ...warningsOf(collections.packs, packs, false),
        ...warningsOf(collections.devices, devices, false),
        ...warningsOf(collections.bundled, bundled, true),
      ]
      if (warnings.length === 0) return { estate, warnings }
      return {
        warnings,
        estate: {
          ...estate,
          packs: once(collections.packs, packs),
          devices: once(collections.devices, devices),
          ...(estate.directories === undefined ? {} : { directories: once(collections.directories, directories) }),
          ...(estate.bundled === undefined ? {} : { bundled: once(collections.bundled, bundled) }),
        },
      }
    },
  }
}

/** The estate as it is decided about, or all that is wrong with it and with what came beside it. */
export const readEstate = (
  estate: Estate,
  beside: ReadonlyArray<Rejection>,
): E.Either<RNEA.ReadonlyNonEmptyArray<Rejection>, Distinct> => {
  const read = readRecords(estate)
  const [first, ...others] = [...read.contradictions, ...beside]
  return first === undefined ? E.right(read.distinct()) : E.left([first, ...others])
}
