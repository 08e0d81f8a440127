/**
 * Who competes for the licenses of a run, as a graph: each rival is an installation that went without a license, or the
 * installations of one computer that the rules gave one license, which use it once (ALLOC-67); they may go to every license
 * that some rule matches. Only tracked software of which something went without is looked at.
 *
 * INVARIANT: what the graph allows, ALLOC-73 allows. Every rival takes an entitlement of its own; computers that used a
 * license before the run keep it; an upgrade of a limited license gets no further computers, since each of them would count
 * against the original.
 */
import { O } from '../../prelude.js'
import type { AuditSnapshot, Installation } from '../../record/AuditSnapshot.js'
import type { Catalog } from '../../record/Catalog.js'
import type { Decision } from '../../record/Decision.js'
import type { SoftwareLicense } from '../../record/SoftwareLicense.js'
import * as Compiled from '../../rule/Compiled.js'
import type { Reader } from '../../rule/Reader.js'
import type { ComputerId, InstallationId, LicenseId } from '../../value/Id.js'
import { NOBODY, type Graph } from '../../value/Matching.js'
import type { Subject } from '../criteria.js'
import { byProduct, type Prepared, type Shelf } from '../prepare.js'
import type { Outcome } from '../synchronization/run.js'
import { roomIn, useOf } from './room.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** One who competes: what is installed, and the license that the rules gave it, by its place, or nobody's. */
export interface Rival<Name extends string> {
  readonly computer: ComputerId
  readonly subjects: ReadonlyArray<Subject>
  readonly reader: Reader<Subject, SoftwareLicense, Name>
  readonly given: number
}

export interface Rivals<Name extends string> {
  readonly rivals: ReadonlyArray<Rival<Name>>
  /** By their places. Behind them each rival has a place alone: a license that its computer used before the run. */
  readonly licenses: ReadonlyArray<SoftwareLicense>
  readonly graph: Graph
  /** The license that a rival has at a place. */
  readonly licenseAt: (one: number, place: number) => SoftwareLicense | undefined
}

// -------------------------------------------------------------------------------------
// what matches
// -------------------------------------------------------------------------------------

/** Every license that a rule matches a subject to, with the first rule that does; by rules, then in rank order. */
export const optionsOf = <Name extends string>(
  reader: Reader<Subject, SoftwareLicense, Name>,
  subject: Subject,
): ReadonlyMap<SoftwareLicense, Name> => {
  const found = new Map<SoftwareLicense, Name>()
  for (let match = reader.match(subject, 0); O.isSome(match); match = reader.match(subject, match.value.place + 1))
    for (const license of match.value.matching) if (!found.has(license)) found.set(license, match.value.rule)
  return found
}

// -------------------------------------------------------------------------------------
// rivals
// -------------------------------------------------------------------------------------

/** Finds the installations of decisions, which come computer by computer: each computer is looked at once. */
const finderOf = (snapshots: ReadonlyArray<AuditSnapshot>) => {
  const byComputer = new Map(snapshots.map((snapshot) => [snapshot.computer.id, snapshot]))
  let seen: AuditSnapshot | undefined
  let installations = new Map<InstallationId, Installation>()
  return ({ computer, installation: id }: Decision<string>): Subject | undefined => {
    if (seen?.computer.id !== computer) {
      const snapshot = byComputer.get(computer)
      // What a snapshot shows is read once, from a copy that lives as long as the search does.
      seen = snapshot === undefined ? undefined : { ...snapshot }
      installations = new Map(snapshot?.installations?.map((installation) => [installation.id, installation]))
    }
    const installation = installations.get(id)
    return seen === undefined || installation === undefined ? undefined : { snapshot: seen, installation }
  }
}

/** The shelves of which something went without, and who of a run had to do with them. */
const contested = <Name extends string>({ shelves }: Prepared<Name>, decisions: ReadonlyArray<Decision<Name>>) => {
  const ofProduct = byProduct(shelves)
  const wanted = new Set<Shelf>()
  for (const { outcome, product } of decisions) {
    const shelf = outcome === 'unreconciled' ? ofProduct.get(product) : undefined
    if (shelf !== undefined) wanted.add(shelf)
  }
  const shelfOf = ({ outcome, product }: Decision<Name>): Shelf | undefined => {
    const shelf = outcome === 'unreconciled' || outcome === 'allocated' ? ofProduct.get(product) : undefined
    return shelf !== undefined && wanted.has(shelf) ? shelf : undefined
  }
  return { wanted, shelfOf }
}

/** The rivals of a run, in the order of their decisions, and where they may go. */
export const rivalsOf = <Name extends string>(
  prepared: Prepared<Name>,
  catalog: Catalog,
  snapshots: ReadonlyArray<AuditSnapshot>,
  { decisions, ledger }: Outcome<Name>,
): Rivals<Name> => {
  const { wanted, shelfOf } = contested(prepared, decisions)
  const shelves = new Map(Array.from(wanted, (shelf) => [shelf, shelf.candidates]))
  const readers = Compiled.readers(prepared.reading)(shelves)
  const licenses = [...shelves.values()].flat()
  const numbers = new Map(licenses.map((license, number) => [license.id, number]))
  const use = useOf(ledger)
  const find = finderOf(snapshots)

  const rivals: Array<Rival<Name> & { readonly subjects: Array<Subject> }> = []
  let together = new Map<LicenseId, Array<Subject>>()
  let last: ComputerId | undefined
  for (const decision of decisions) {
    const { computer, license } = decision
    // INVARIANT: decisions come computer by computer (ALLOC-87).
    if (computer !== last) together = new Map()
    last = computer
    const shelf = shelfOf(decision)
    const reader = shelf === undefined ? undefined : readers.get(shelf)
    // Whose computer used the license before takes nothing from anybody.
    const isFree = license !== undefined && use.before.get(license)?.has(computer) === true
    const subject = reader === undefined || isFree ? undefined : find(decision)
    if (reader === undefined || subject === undefined) continue
    const beside = license === undefined ? undefined : together.get(license)
    if (beside !== undefined) beside.push(subject)
    else {
      const subjects = [subject]
      if (license !== undefined) together.set(license, subjects)
      rivals.push({
        computer,
        subjects,
        reader,
        given: license === undefined ? NOBODY : (numbers.get(license) ?? NOBODY),
      })
    }
  }

  const given = new Int32Array(licenses.length)
  for (const rival of rivals) if (rival.given !== NOBODY) given[rival.given] = (given[rival.given] ?? 0) + 1
  const room = roomIn(catalog, use)
  const known: Array<ReadonlyArray<number> | undefined> = []
  const own: Array<SoftwareLicense | undefined> = []
  const placesOf = ({ computer, subjects, reader }: Rival<Name>, one: number): ReadonlyArray<number> => {
    const [options, ...others] = subjects.map((subject) => optionsOf(reader, subject))
    const common = [...(options?.keys() ?? [])].filter((license) => others.every((other) => other.has(license)))
    const isOwn = ({ id }: SoftwareLicense): boolean => use.before.get(id)?.has(computer) === true
    own[one] = common.find(isOwn)
    const places = common.filter((license) => !isOwn(license)).map(({ id }) => numbers.get(id) ?? NOBODY)
    return own[one] === undefined ? places : [licenses.length + one, ...places]
  }
  return {
    rivals,
    licenses,
    graph: {
      room: [...licenses.map((license, number) => room(license, given[number] ?? 0)), ...rivals.map(() => 1)],
      places: (one) => {
        const rival = rivals[one]
        return rival === undefined ? [] : (known[one] ??= placesOf(rival, one))
      },
    },
    licenseAt: (one, place) => (place === licenses.length + one ? own[one] : licenses[place]),
  }
}
