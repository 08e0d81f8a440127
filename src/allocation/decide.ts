/**
 * Deciding one installation by a prepared catalog: the scene that its snapshot sets, the desk that its product goes to, and
 * the decision, with its warnings (ALLOC-3, 81 to 83). Nothing here knows what an earlier run left.
 *
 * @since 0.1.0
 */
import { O } from '../prelude.js'
import type { AuditSnapshot, Installation } from '../record/AuditSnapshot.js'
import type { Decision, Restriction, Warning } from '../record/Decision.js'
import type { SoftwareLicense } from '../record/SoftwareLicense.js'
import { climb } from '../rule/Ladder.js'
import type { Choice, MakeReaders, Reader } from '../rule/Reader.js'
import type { LicenseId, ProductId } from '../value/Id.js'
import * as Text from '../value/Text.js'
import * as TextIndex from '../value/TextIndex.js'
import type { Subject } from './criteria.js'
import { computerGates, UNTRACKED, type Aside } from './gates.js'
import { byProduct, isLive, type Prepared, type Shelf } from './prepare.js'
import { groups } from './rules.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** What is known of a snapshot before its installations are looked at. */
export interface Scene {
  readonly snapshot: AuditSnapshot
  readonly aside: O.Option<Aside>
  /** The warnings that come from the snapshot, alphabetically. */
  readonly warnings: ReadonlyArray<Warning>
}

// -------------------------------------------------------------------------------------
// one installation
// -------------------------------------------------------------------------------------

const climbed = climb(computerGates)

/** Warnings that many decisions have. */
const warnings = (...some: ReadonlyArray<Warning>): ReadonlyArray<Warning> => Object.freeze(some)

const NO_WARNINGS = warnings()
const LOCATION = warnings('ambiguous-location')
const ORGANIZATION = warnings('ambiguous-organization')
const BOTH = warnings(...LOCATION, ...ORGANIZATION)
const SEVERAL_MAINS = warnings('several-mains')

/** Sets the scene of a snapshot. What a snapshot shows is read once, from a copy that lives as long as the scene does. */
export const sceneOf = <Name extends string>(
  { locations, organizations }: Prepared<Name>,
  given: AuditSnapshot,
): Scene => {
  const snapshot = { ...given }
  const aside = O.map(({ reason }: { readonly reason: Aside }) => reason)(climbed(snapshot))
  const isLocationAmbiguous = locations.isAmbiguous(snapshot.location)
  const isOrganizationAmbiguous = organizations.isAmbiguous(snapshot.organization)
  const [both, one] = isOrganizationAmbiguous ? [BOTH, ORGANIZATION] : [LOCATION, NO_WARNINGS]
  return { snapshot, aside, warnings: isLocationAmbiguous ? both : one }
}

/**
 * The warnings of a decision by rules (ALLOC-83): ambiguous units of the snapshot and of any candidate, and several main
 * candidates where the rules of the main license were reached.
 */
const warningsOf = (
  ofSnapshot: ReadonlyArray<Warning>,
  { ambiguous }: Shelf,
  severalMains: boolean,
): ReadonlyArray<Warning> => {
  if (ofSnapshot.length === 0 && !severalMains) return ambiguous
  if (ofSnapshot.length === 0 && ambiguous.length === 0) return SEVERAL_MAINS
  return [...new Set([...ofSnapshot, ...ambiguous, ...(severalMains ? SEVERAL_MAINS : NO_WARNINGS)])].sort()
}

/** The license that a standing allocation has given an installation, and which of its restrictions are violated. */
interface Kept {
  readonly license: LicenseId
  readonly violates: ReadonlyArray<string>
}

type Writable<A> = { -readonly [K in keyof A]: A[K] }

/**
 * A decision that names no license. The fields of decisions stand in the order of the wire format; lists that would be
 * empty are left out.
 */
const unlicensed = <Name extends string>(
  { snapshot: { computer } }: Scene,
  { id, product }: Installation,
  outcome: Decision['outcome'],
): Writable<Decision<Name>> => ({ computer: computer.id, installation: id, product, outcome })

/** Where the installations of a product are decided: the shelf of its tracked software, and who reads it. */
export interface Desk<Name extends string> {
  /** Its place among the desks, of which there is one for each shelf. */
  readonly place: number
  readonly shelf: Shelf
  readonly reader: Reader<Subject, SoftwareLicense, Name>
}

/** How the installations of a catalog are decided. */
export interface Office<Name extends string> {
  /** The desk of a product; none for a product that is in no tracked software that is not retired (ALLOC-3). */
  readonly deskOf: (product: ProductId) => Desk<Name> | undefined
  readonly aside: (scene: Scene, installation: Installation, reason: Aside) => Decision<Name>
  readonly kept: (scene: Scene, installation: Installation, kept: Kept) => Decision<Name>
  readonly allocated: (
    scene: Scene,
    installation: Installation,
    shelf: Shelf,
    choice: Choice<SoftwareLicense, Name>,
  ) => Decision<Name>
  readonly unreconciled: (scene: Scene, installation: Installation, shelf: Shelf) => Decision<Name>
}

/** The shelves of the products that are tracked, with their candidates. */
export const liveShelves = <Name extends string>({
  shelves,
}: Prepared<Name>): ReadonlyMap<Shelf, ReadonlyArray<SoftwareLicense>> =>
  new Map(shelves.filter(isLive).map((shelf) => [shelf, shelf.candidates]))

/** The readers of a shelf each. */
export type ShelfReaders<Name extends string> = ReadonlyMap<Shelf, Reader<Subject, SoftwareLicense, Name>>

/** Opens the desks of a catalog, with readers of a kind. */
export const office = <Name extends string>(prepared: Prepared<Name>, makeReaders: MakeReaders): Office<Name> =>
  officeOf(prepared, makeReaders(prepared.reading)(liveShelves(prepared)))

/** Opens the desks of a catalog, with readers of their shelves. */
export const officeOf = <Name extends string>(prepared: Prepared<Name>, readers: ShelfReaders<Name>): Office<Name> => {
  const { book } = prepared.reading
  const firstMain = book.findIndex(({ group }) => group === groups.main)
  const reachesMain = new Set(firstMain === -1 ? [] : book.slice(firstMain).map(({ name }) => name))

  const products = byProduct(prepared.shelves)
  const desks = new Map<Shelf, Desk<Name>>()
  for (const [shelf, reader] of readers) desks.set(shelf, { place: desks.size, shelf, reader })
  const ofProducts = Array.from(products.values(), (shelf) => desks.get(shelf))
  const positions = TextIndex.positions([...products.keys()])

  return {
    deskOf: (product) => ofProducts[TextIndex.numberOf(positions, product)],
    aside: (scene, installation, { outcome, reason }) => {
      const decision = unlicensed<Name>(scene, installation, outcome)
      if (reason !== undefined) decision.reason = reason
      return decision
    },
    kept: (scene, installation, { license, violates }) => {
      const decision = unlicensed<Name>(scene, installation, 'kept')
      decision.license = license
      if (violates.length > 0) decision.violations = violates as ReadonlyArray<Restriction>
      return decision
    },
    allocated: ({ snapshot, warnings }, { id, product }, shelf, { winner, rule, tied, violates }) => {
      const decision: Writable<Decision<Name>> = {
        computer: snapshot.computer.id,
        installation: id,
        product,
        outcome: 'allocated',
        license: winner.id,
        rule,
      }
      if (tied.length > 0) decision.tied = tied.map((license) => license.id)
      // INVARIANT: the restricting criteria are named as the restrictions are.
      if (violates.length > 0) decision.violations = violates as ReadonlyArray<Restriction>
      const told = warningsOf(warnings, shelf, shelf.severalMains && reachesMain.has(rule))
      if (told.length > 0) decision.warnings = told
      return decision
    },
    unreconciled: (scene, installation, shelf) => {
      const decision = unlicensed<Name>(scene, installation, 'unreconciled')
      const told = warningsOf(scene.warnings, shelf, shelf.severalMains && firstMain !== -1)
      if (told.length > 0) decision.warnings = told
      return decision
    },
  }
}

/** Decides an installation by the first line of ALLOC-81 that applies, but for standing allocations. */
export const decideBy =
  <Name extends string>({ deskOf, aside, allocated, unreconciled }: Office<Name>) =>
  (scene: Scene, installation: Installation): Decision<Name> => {
    if (O.isSome(scene.aside)) return aside(scene, installation, scene.aside.value)
    const desk = deskOf(installation.product)
    if (desk === undefined) return aside(scene, installation, UNTRACKED)
    const choice = desk.reader.decide({ snapshot: scene.snapshot, installation })
    return O.isSome(choice)
      ? allocated(scene, installation, desk.shelf, choice.value)
      : unreconciled(scene, installation, desk.shelf)
  }

const byId = (a: Installation, b: Installation): number => Text.compare(a.id, b.id)

/** The installations of a snapshot in the order of their ids (ALLOC-87). */
export const installationsOf = ({ installations = [] }: AuditSnapshot): ReadonlyArray<Installation> => {
  for (let position = 1; position < installations.length; position += 1) {
    const [before, after] = [installations[position - 1], installations[position]]
    if (before !== undefined && after !== undefined && before.id > after.id) return [...installations].sort(byId)
  }
  return installations
}
