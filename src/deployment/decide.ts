/**
 * One decision: the subject climbs its ladder, looks for a pack if it comes to the top, and orders (deployment.md, section
 * 5).
 */
import { O } from '../prelude.js'
import type { DeploymentDecision, DeploymentReason, SubjectReason } from '../record/DeploymentDecision.js'
import type { Device, DeviceLicense } from '../record/Device.js'
import type { Estate } from '../record/Estate.js'
import * as LicenseType from '../record/LicenseType.js'
import { climb } from '../rule/Ladder.js'
import type { Day } from '../value/Day.js'
import type { DeviceId } from '../value/Id.js'
import { groupBy } from '../value/Lists.js'
import type { Version } from '../value/Version.js'
import { bundledFor, typeOfBundled, type BundledFor } from './bundled.js'
import { orderLadder, subjectLadder, type Deed } from './gates.js'
import { shelfOf, type ReaderName, type Shelf } from './packs.js'
import { placesIn, type Places } from './places.js'
import { concerning, forNewcomers, type Rung } from './rungs.js'
import { holds, type Subject } from './subject.js'
import { osOf, umsOf, type Os, type Ums } from './ums.js'
import { lastValidDayOf, NEVER } from './validity.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** What is done, or why nothing is. */
export type Verdict = Deed | DeploymentReason

/** A type with its packs. */
export interface TypeShelf {
  readonly type: LicenseType.LicenseType
  readonly shelf: Shelf
  /** The rungs of the subject ladder that can stop anybody who is decided about here. */
  readonly rungs: ReadonlyArray<Rung<SubjectReason, Deed>>
  /** Those of them that can stop somebody who holds no license of the type. */
  readonly rungsOfNewcomers: ReadonlyArray<Rung<SubjectReason, Deed>>
  readonly bundledFor: BundledFor
}

/** An estate on a day, prepared for decisions. The counts on its shelves are live; all else of it stays as it is. */
export interface Scene {
  readonly ums: Ums
  readonly today: Day
  readonly shelves: ReadonlyArray<TypeShelf>
  readonly placesOf: Places
  readonly osOf: (version: Version) => Os
}

// -------------------------------------------------------------------------------------
// types
// -------------------------------------------------------------------------------------

/**
 * The types of an estate, in the order in which they are decided for a device: those of which a pack, a bundled license or
 * a license held by any device exists (ALD-108, 109).
 */
export const typesOf = ({ packs, devices, bundled = [] }: Estate): ReadonlyArray<LicenseType.LicenseType> => {
  const types = new Map<string, LicenseType.LicenseType>()
  const [names, addOns] = [new Set<string>(), new Set<string | undefined>()]
  const add = (record: LicenseType.LicenseType): void => {
    // Of millions of licenses hardly one is of a new type.
    if (record.licenseType === 'add-on' ? addOns.has(record.addOn) : names.has(record.licenseType)) return
    names.add(record.licenseType)
    if (record.licenseType === 'add-on') addOns.add(record.addOn)
    types.set(LicenseType.show(record), LicenseType.of(record))
  }
  packs.forEach(add)
  bundled.map(typeOfBundled).forEach(add)
  for (const { licenses } of devices) licenses?.forEach(add)
  return [...types.values()].sort(LicenseType.compare)
}

// -------------------------------------------------------------------------------------
// scenes
// -------------------------------------------------------------------------------------

const memoized = <A>(make: (version: Version) => A): ((version: Version) => A) => {
  const known = new Map<Version, A>()
  return (version) => {
    const found = known.get(version)
    if (found !== undefined) return found
    const made = make(version)
    known.set(version, made)
    return made
  }
}

/** Prepares an estate for the decisions of a day about the types given. */
export const sceneOf = (
  estate: Estate,
  today: Day,
  types: ReadonlyArray<LicenseType.LicenseType>,
  reader: ReaderName,
): Scene => {
  const ums = umsOf(estate.settings)
  const { directories = [], packs, bundled = [] } = estate
  const byType = groupBy(packs, LicenseType.show)
  const bundledByType = groupBy(bundled, (each) => LicenseType.show(typeOfBundled(each)))
  return {
    ums,
    today,
    shelves: types.map((type) => {
      const rungs = reader === 'reference' ? subjectLadder : concerning(subjectLadder, { ums, type })
      return {
        type,
        rungs,
        rungsOfNewcomers: reader === 'reference' ? subjectLadder : forNewcomers(rungs),
        shelf: shelfOf(byType.get(LicenseType.show(type)) ?? [], reader),
        bundledFor: bundledFor(bundledByType.get(LicenseType.show(type)) ?? []),
      }
    }),
    placesOf: placesIn(directories, packs, ums.distributionConditions),
    osOf: memoized(osOf),
  }
}

/** A device as it takes its turn: with what it holds by now. */
export interface Turn {
  readonly device: Device
  readonly os: Os
  readonly licenses: ReadonlyArray<DeviceLicense>
}

const NO_LICENSES: ReadonlyArray<DeviceLicense> = []

export const turnOf = (scene: Scene, device: Device): Turn => ({
  device,
  os: scene.osOf(device.osVersion),
  licenses: device.licenses ?? NO_LICENSES,
})

/** A device and a type as they are decided about. */
export const subjectOf = (
  scene: Scene,
  { device, os, licenses }: Turn,
  { type, shelf, bundledFor: bundled }: TypeShelf,
): Subject => ({
  ums: scene.ums,
  today: scene.today,
  device,
  licenses,
  os,
  placesOf: scene.placesOf,
  type,
  last: lastValidDayOf(licenses, type),
  latest: shelf.latest,
  packById: shelf.byId,
  bundled: bundled(device),
})

/** A subject, for one device after the other to take its place: what is asked of it is asked before the next one does. */
export type MutableSubject = { -readonly [K in keyof Subject]: Subject[K] }

/** A device takes the place of another of the same scene and shelf. */
export const take = (
  place: MutableSubject,
  { device, os }: Turn,
  { type, bundledFor: bundled }: TypeShelf,
  licenses: Turn['licenses'],
): Subject => {
  const own = place
  own.device = device
  own.os = os
  own.licenses = licenses
  own.last = licenses.length === 0 ? NEVER : lastValidDayOf(licenses, type)
  own.bundled = bundled(device)
  return own
}

// -------------------------------------------------------------------------------------
// deciding
// -------------------------------------------------------------------------------------

/** What the ladder and the packs come to, before anything is ordered (gates 1 to 7). */
const wish = (subject: Subject, { rungs, rungsOfNewcomers, shelf }: TypeShelf): Verdict => {
  for (const rung of holds(subject) ? rungs : rungsOfNewcomers)
    if (rung._tag === 'Gate') {
      const refused = rung.refuses(subject)
      if (O.isSome(refused)) return refused.value
    } else {
      const led = rung.leads(subject)
      if (O.isSome(led)) return led.value
    }
  const from = shelf.choose(subject)
  return typeof from === 'string' ? from : { action: holds(subject) ? 'exchange' : 'assign', from }
}

/** Decides about a subject. No count changes until it is applied. */
export const decide = (subject: Subject, typeShelf: TypeShelf): Verdict => {
  const wished = wish(subject, typeShelf)
  if (typeof wished === 'string') return wished
  const refused = climbOrder(subject)
  return O.isSome(refused) ? refused.value.reason : wished
}

const climbOrder = climb(orderLadder)

/**
 * The decision as it is told. There is one for every device and type: the usual ones are written as a whole, which takes
 * less room than field by field.
 */
export const decisionOf = (
  device: DeviceId,
  { licenseType, addOn }: LicenseType.LicenseType,
  verdict: Verdict,
): DeploymentDecision => {
  if (typeof verdict === 'string')
    return addOn === undefined
      ? { device, licenseType, action: 'none', reason: verdict }
      : { device, licenseType, addOn, action: 'none', reason: verdict }
  const { action, from } = verdict
  const { expires } = from
  if (action !== 'deploy-bundled' && expires !== undefined)
    return addOn === undefined
      ? { device, licenseType, action, pack: from.id, expires }
      : { device, licenseType, addOn, action, pack: from.id, expires }
  return {
    device,
    licenseType,
    ...(addOn === undefined ? {} : { addOn }),
    action,
    ...(action === 'deploy-bundled' ? {} : { pack: from.id }),
    ...(expires === undefined ? {} : { expires }),
  }
}
