/**
 * One decision: the subject climbs its ladder, looks for a pack if it comes to the top, and orders (deployment.md, section
 * 5).
 */
import { E, O } from '../prelude.js'
import type { BundledLicense } from '../record/BundledLicense.js'
import type { DeploymentDecision, DeploymentReason } from '../record/DeploymentDecision.js'
import type { Device } from '../record/Device.js'
import type { Estate } from '../record/Estate.js'
import * as LicenseType from '../record/LicenseType.js'
import type { ProductPack } from '../record/ProductPack.js'
import { climb } from '../rule/Ladder.js'
import type { Day } from '../value/Day.js'
import { groupBy } from '../value/Lists.js'
import type { Version } from '../value/Version.js'
import { bundledFor, typeOfBundled } from './bundled.js'
import { placesIn, type Places } from './conditions.js'
import { orderLadder, subjectLadder, type Deed } from './gates.js'
import { shelfOf, type ReaderName, type Shelf } from './packs.js'
import { holds, type Subject } from './subject.js'
import { osOf, umsOf, type Os, type Ums } from './ums.js'
import { lastValidDay } from './validity.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** What is done, or why nothing is. */
export type Verdict = E.Either<DeploymentReason, Deed>

/** A type with its packs. */
export interface TypeShelf {
  readonly type: LicenseType.LicenseType
  readonly shelf: Shelf
  /** Can a bundled license be of this type? */
  readonly isBundled: boolean
}

/** An estate on a day, prepared for decisions. The counts on its shelves are live; all else of it stays as it is. */
export interface Scene {
  readonly ums: Ums
  readonly today: Day
  readonly shelves: ReadonlyArray<TypeShelf>
  readonly placesOf: Places
  readonly osOf: (version: Version) => Os
  readonly bundledFor: (device: Device) => ReadonlyArray<BundledLicense>
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
  const add = (record: LicenseType.LicenseType): void => {
    // Of millions of licenses hardly one is of a new type, and only an add-on has a name to put together.
    if (record.licenseType !== 'add-on' && types.has(record.licenseType)) return
    const name = LicenseType.show(record)
    if (!types.has(name)) types.set(name, LicenseType.of(record))
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
    const made = known.get(version) ?? make(version)
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
  const bundledTypes = new Set(bundled.map(typeOfBundled).map(LicenseType.show))
  return {
    ums,
    today,
    shelves: types.map((type) => ({
      type,
      shelf: shelfOf(byType.get(LicenseType.show(type)) ?? [], reader),
      isBundled: bundledTypes.has(LicenseType.show(type)),
    })),
    placesOf: placesIn(directories, packs, ums.distributionConditions),
    osOf: memoized(osOf),
    bundledFor: bundledFor(bundled),
  }
}

const NOTHING_BUNDLED: ReadonlyArray<BundledLicense> = []

/** A device and a type as they are decided about. */
export const subjectOf = (scene: Scene, device: Device, { type, shelf, isBundled }: TypeShelf): Subject => ({
  ums: scene.ums,
  today: scene.today,
  device,
  os: scene.osOf(device.osVersion),
  placesOf: scene.placesOf,
  type,
  last: lastValidDay(device, type),
  packById: shelf.byId,
  bundled: isBundled
    ? scene.bundledFor(device).filter((bundled) => LicenseType.equals(typeOfBundled(bundled), type))
    : NOTHING_BUNDLED,
})

// -------------------------------------------------------------------------------------
// deciding
// -------------------------------------------------------------------------------------

const climbSubject = climb(subjectLadder)
const climbOrder = climb(orderLadder)

const fromPack =
  (subject: Subject) =>
  (from: ProductPack): Deed => ({ action: holds(subject) ? 'exchange' : 'assign', from })

/** What the ladder and the packs come to, before anything is ordered (gates 1 to 7). */
const wish = (subject: Subject, shelf: Shelf): Verdict => {
  const stop = climbSubject(subject)
  if (O.isNone(stop)) return E.map(fromPack(subject))(shelf.choose(subject))
  return 'reason' in stop.value ? E.left(stop.value.reason) : E.right(stop.value.answer)
}

/** Decides about a subject. No count changes until it is applied. */
export const decide = (subject: Subject, shelf: Shelf): Verdict => {
  const wished = wish(subject, shelf)
  if (E.isLeft(wished)) return wished
  const refused = climbOrder(subject)
  return O.isSome(refused) ? E.left(refused.value.reason) : wished
}

type Writable<A> = { -readonly [K in keyof A]: A[K] }

/** The decision as it is told: written field by field, since there is one for every device and type. */
export const decisionOf = ({ device, type }: Subject, verdict: Verdict): DeploymentDecision => {
  const action = E.isLeft(verdict) ? 'none' : verdict.right.action
  const decision: Writable<DeploymentDecision> =
    type.addOn === undefined
      ? { device: device.id, licenseType: type.licenseType, action }
      : { device: device.id, licenseType: type.licenseType, addOn: type.addOn, action }
  if (E.isLeft(verdict)) {
    decision.reason = verdict.left
    return decision
  }
  const { right: deed } = verdict
  if (deed.action !== 'deploy-bundled') decision.pack = deed.from.id
  if (deed.from.expires !== undefined) decision.expires = deed.from.expires
  return decision
}
