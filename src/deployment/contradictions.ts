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
import { contradictory, distinct, repeatedPlaces, type Records } from '../record/Contradiction.js'
import * as Settings from '../record/DeploymentSettings.js'
import * as Devices from '../record/Device.js'
import * as Directories from '../record/Directory.js'
import type { Estate } from '../record/Estate.js'
import * as Packs from '../record/ProductPack.js'
import { showPath, type Rejection } from '../record/Rejection.js'
import * as Instant from '../value/Instant.js'

// -------------------------------------------------------------------------------------
// options
// -------------------------------------------------------------------------------------

const fault = (code: Rejection['code'], path: string, hint: string): Rejection => ({
  code,
  severity: 'error',
  path,
  collection: path,
  hint,
})

/** What is wrong with an instant that a caller passes. */
export const faultsOfInstant = (name: string, instant: unknown): ReadonlyArray<Rejection> =>
  Instant.isInstant(instant) ? [] : [fault('instant', name, 'pass an instant: Instant.parse reads one')]

const LISTS = ['packs', 'devices', 'directories', 'bundled'] as const

/** Types are only as good as the caller's word. */
const faultsOfLists = (estate: Estate): ReadonlyArray<Rejection> =>
  LISTS.filter(
    (list) => !(Array.isArray(estate[list]) || (estate[list] === undefined && list !== 'packs' && list !== 'devices')),
  ).map((list) => fault('type', list, 'pass a list: Estate.decode reads an estate'))

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
export const contradictionsOfEstate = (estate: Estate): ReadonlyArray<Rejection> => {
  const lists = faultsOfLists(estate)
  if (lists.length > 0) return lists
  const settings = Settings.decode(estate.settings)
  const { directories, packs, devices } = collectionsOf(estate)
  return [
    ...(E.isLeft(settings) ? settings.left : []),
    ...contradictory(directories),
    ...contradictory(packs),
    ...contradictory(devices),
  ]
}

// -------------------------------------------------------------------------------------
// duplicates
// -------------------------------------------------------------------------------------

/** An estate in which every record stands once, with a warning for each that did not. */
export interface Distinct {
  readonly estate: Estate
  readonly warnings: ReadonlyArray<Rejection>
}

const warningsOf = <A>(given: Records<A>, isSecret: boolean): ReadonlyArray<Rejection> =>
  repeatedPlaces(given).map(({ id, index }) => ({
    code: 'duplicate',
    severity: 'warning',
    path: showPath([...given.at, index]),
    collection: given.collection,
    index,
    ...(isSecret ? {} : { id }),
    hint: 'the same record was given before, and counts once',
  }))

const once = <A>({ records, id }: Records<A>, warnings: ReadonlyArray<Rejection>): ReadonlyArray<A> =>
  warnings.length === 0 ? records : distinct(records, id)

/** INVARIANT: records of one id have one content, or the estate is a contradiction. */
const distinctIn = (estate: Estate): Distinct => {
  const { directories, packs, devices, bundled } = collectionsOf(estate)
  const [ofDirectories, ofPacks] = [warningsOf(directories, false), warningsOf(packs, false)]
  const [ofDevices, ofBundled] = [warningsOf(devices, false), warningsOf(bundled, true)]
  const warnings = [...ofDirectories, ...ofPacks, ...ofDevices, ...ofBundled]
  if (warnings.length === 0) return { estate, warnings }
  return {
    warnings,
    estate: {
      ...estate,
      packs: once(packs, ofPacks),
      devices: once(devices, ofDevices),
      ...(estate.directories === undefined ? {} : { directories: once(directories, ofDirectories) }),
      ...(estate.bundled === undefined ? {} : { bundled: once(bundled, ofBundled) }),
    },
  }
}

/** The estate as it is decided about, or all that is wrong with it and with what came beside it. */
export const readEstate = (
  estate: Estate,
  beside: ReadonlyArray<Rejection>,
): E.Either<RNEA.ReadonlyNonEmptyArray<Rejection>, Distinct> => {
  const [first, ...others] = [...contradictionsOfEstate(estate), ...beside]
  return first === undefined ? E.right(distinctIn(estate)) : E.left([first, ...others])
}
