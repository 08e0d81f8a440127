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
import type { Subject } from './criteria.js'
import { computerGates, UNTRACKED, type Aside } from './gates.js'
import { byProduct, type Prepared, type Shelf } from './prepare.js'
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

/** Sets the scene of a snapshot. What a snapshot shows is read once, from a copy that lives as long as the scene does. */
export const sceneOf = <Name extends string>(prepared: Prepared<Name>, given: AuditSnapshot): Scene => {
  const snapshot = { ...given }
  const aside = O.map(({ reason }: { readonly reason: Aside }) => reason)(climbed(snapshot))
  const warnings: ReadonlyArray<Warning> = [
    ...(prepared.locations.isAmbiguous(snapshot.location) ? (['ambiguous-location'] as const) : []),
    ...(prepared.organizations.isAmbiguous(snapshot.organization) ? (['ambiguous-organization'] as const) : []),
  ]
  return { snapshot, aside, warnings }
}

/**
 * The warnings of a decision by rules (ALLOC-83): ambiguous units of the snapshot and of any candidate, and several main
 * candidates where the rules of the main license were reached.
 */
const warningsOf = (scene: Scene, shelf: Shelf, mainReached: boolean): ReadonlyArray<Warning> => {
  const severalMains = mainReached && shelf.severalMains
  if (scene.warnings.length === 0 && !severalMains) return shelf.ambiguous
  return [
    ...new Set<Warning>([...scene.warnings, ...shelf.ambiguous, ...(severalMains ? (['several-mains'] as const) : [])]),
  ].sort()
}

/** The license that a standing allocation has given an installation, and which of its restrictions are violated. */
interface Kept {
  readonly outcome: 'kept'
  readonly license: LicenseId
  readonly violates: ReadonlyArray<string>
}

/** A decision in the order of the wire format's fields; lists that would be empty are left out. */
const decision = <Name extends string>(
  { snapshot }: Scene,
  { id, product }: Installation,
  outcome: Aside | Kept | { readonly outcome: 'unreconciled' } | Choice<SoftwareLicense, Name>,
  warnings: ReadonlyArray<Warning>,
): Decision<Name> => {
  const made: { -readonly [K in keyof Decision<Name>]: Decision<Name>[K] } = {
    computer: snapshot.computer.id,
    installation: id,
    product,
    outcome: 'outcome' in outcome ? outcome.outcome : 'allocated',
  }
  if ('winner' in outcome) {
    made.license = outcome.winner.id
    made.rule = outcome.rule
    if (outcome.tied.length > 0) made.tied = outcome.tied.map((license) => license.id)
  } else if ('license' in outcome) made.license = outcome.license
  // INVARIANT: the restricting criteria are named as the restrictions are.
  if ('violates' in outcome && outcome.violates.length > 0)
    made.violations = outcome.violates as ReadonlyArray<Restriction>
  if (warnings.length > 0) made.warnings = warnings
  if ('reason' in outcome) made.reason = outcome.reason
  return made
}

const UNRECONCILED = { outcome: 'unreconciled' } as const
const NO_WARNINGS: ReadonlyArray<Warning> = []

/** Where the installations of a product are decided: the shelf of its tracked software, and who reads it. */
export interface Desk<Name extends string> {
  readonly shelf: Shelf
  readonly reader: Reader<Subject, SoftwareLicense, Name>
}

/** How the installations of a catalog are decided. */
export interface Office<Name extends string> {
  /** The desk of a product; none for a product that is in no tracked software that is not retired (ALLOC-3). */
  readonly deskOf: (product: ProductId) => Desk<Name> | undefined
  readonly aside: (scene: Scene, installation: Installation, reason: Aside) => Decision<Name>
  readonly kept: (scene: Scene, installation: Installation, kept: Omit<Kept, 'outcome'>) => Decision<Name>
  readonly allocated: (
    scene: Scene,
    installation: Installation,
    shelf: Shelf,
    choice: Choice<SoftwareLicense, Name>,
  ) => Decision<Name>
  readonly unreconciled: (scene: Scene, installation: Installation, shelf: Shelf) => Decision<Name>
}

/** Opens the desks of a catalog, with readers of a kind. */
export const office = <Name extends string>(prepared: Prepared<Name>, makeReaders: MakeReaders): Office<Name> => {
  const { book } = prepared.reading
  const firstMain = book.findIndex(({ group }) => group === groups.main)
  const reachesMain = new Set(firstMain === -1 ? [] : book.slice(firstMain).map(({ name }) => name))

  const products = byProduct(prepared.shelves)
  const live = new Map(Array.from(products.values(), (shelf) => [shelf, shelf.candidates]))
  const readers = makeReaders(prepared.reading)(live)
  const desks = new Map<ProductId, Desk<Name>>()
  for (const [product, shelf] of products) {
    const reader = readers.get(shelf)
    if (reader !== undefined) desks.set(product, { shelf, reader })
  }

  return {
    deskOf: (product) => desks.get(product),
    aside: (scene, installation, reason) => decision(scene, installation, reason, NO_WARNINGS),
    kept: (scene, installation, kept) => decision(scene, installation, { outcome: 'kept', ...kept }, NO_WARNINGS),
    allocated: (scene, installation, shelf, choice) =>
      decision(scene, installation, choice, warningsOf(scene, shelf, reachesMain.has(choice.rule))),
    unreconciled: (scene, installation, shelf) =>
      decision(scene, installation, UNRECONCILED, warningsOf(scene, shelf, firstMain !== -1)),
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
export const installationsOf = ({ installations }: AuditSnapshot): ReadonlyArray<Installation> =>
  [...(installations ?? [])].sort(byId)
