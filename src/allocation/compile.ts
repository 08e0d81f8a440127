/**
 * From an installation to its outcome (ALLOC-81): compile once, decide many.
 *
 * Laws:
 *
 * 1. One decision for each installation given (ALLOC-1), by installation id (ALLOC-87)
 * 2. A decision depends on nothing but the catalog, the options, the computer and the installation (ALLOC-66)
 * 3. Both readers decide alike
 *
 * @since 0.1.0
 */
import { E, O, type RNEA } from '../prelude.js'
import type { AuditSnapshot, Installation } from '../record/AuditSnapshot.js'
import type { Catalog } from '../record/Catalog.js'
import type { Decision, Restriction, RuleName, Warning } from '../record/Decision.js'
import type { Rejection } from '../record/Rejection.js'
import type { SoftwareLicense } from '../record/SoftwareLicense.js'
import * as Compiled from '../rule/Compiled.js'
import { climb } from '../rule/Gate.js'
import type { Choice, MakeReaders } from '../rule/Reader.js'
import * as Reference from '../rule/Reference.js'
import { contradictionsOfSnapshots, distinct } from './contradictions.js'
import { computerGates, UNTRACKED, type Aside } from './gates.js'
import { choicesOf, type Choices, type Options } from './options.js'
import type { SnapshotPolicy } from './policy.js'
import { byProduct, prepare, type Prepared, type Shelf } from './prepare.js'
import { groups } from './rules.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/**
 * Decides the installations of a snapshot.
 *
 * @since 0.1.0
 */
export type Allocate<Name extends string = RuleName> = (snapshot: AuditSnapshot) => ReadonlyArray<Decision<Name>>

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

const setAside = climb(computerGates)

/** Sets the scene of a snapshot. What a snapshot shows is read once, from a copy that lives as long as the scene does. */
export const sceneOf = <Name extends string>(prepared: Prepared<Name>, given: AuditSnapshot): Scene => {
  const snapshot = { ...given }
  const aside = O.map(({ reason }: { readonly reason: Aside }) => reason)(setAside(snapshot))
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

/** A decision in the order of the wire format's fields; lists that would be empty are left out. */
const decision = <Name extends string>(
  { snapshot }: Scene,
  { id, product }: Installation,
  outcome: Aside | { readonly outcome: 'unreconciled' } | Choice<SoftwareLicense, Name>,
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
    // INVARIANT: the restricting criteria are named as the restrictions are.
    if (outcome.violates.length > 0) made.violations = outcome.violates as ReadonlyArray<Restriction>
  }
  if (warnings.length > 0) made.warnings = warnings
  if ('reason' in outcome) made.reason = outcome.reason
  return made
}

const UNRECONCILED = { outcome: 'unreconciled' } as const
const NO_WARNINGS: ReadonlyArray<Warning> = []

/** How an installation is decided: the first line of ALLOC-81 that applies, but for standing allocations. */
export const decideBy = <Name extends string>(prepared: Prepared<Name>, makeReaders: MakeReaders) => {
  const { book } = prepared.reading
  const firstMain = book.findIndex(({ group }) => group === groups.main)
  const reachesMain = new Set(firstMain === -1 ? [] : book.slice(firstMain).map(({ name }) => name))

  const products = byProduct(prepared.shelves)
  const live = new Map(Array.from(products.values(), (shelf) => [shelf, shelf.candidates]))
  const readers = makeReaders(prepared.reading)(live)
  const desks = new Map(
    Array.from(products, ([product, shelf]) => [product, { shelf, read: readers.get(shelf) ?? (() => O.none) }]),
  )

  return (scene: Scene, installation: Installation): Decision<Name> => {
    if (O.isSome(scene.aside)) return decision(scene, installation, scene.aside.value, NO_WARNINGS)
    const desk = desks.get(installation.product)
    if (desk === undefined) return decision(scene, installation, UNTRACKED, NO_WARNINGS)
    const choice = desk.read({ snapshot: scene.snapshot, installation })
    return O.isSome(choice)
      ? decision(scene, installation, choice.value, warningsOf(scene, desk.shelf, reachesMain.has(choice.value.rule)))
      : decision(scene, installation, UNRECONCILED, warningsOf(scene, desk.shelf, firstMain !== -1))
  }
}

// -------------------------------------------------------------------------------------
// snapshots
// -------------------------------------------------------------------------------------

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const installationsOf = ({ installations }: AuditSnapshot): ReadonlyArray<Installation> =>
  [...(installations ?? [])].sort((a, b) => compare(a.id, b.id))

const compileBy =
  <Name extends string>(choices: Choices<Name>) =>
  (catalog: Catalog): E.Either<RNEA.ReadonlyNonEmptyArray<Rejection>, Allocate<Name>> =>
    E.map((prepared: Prepared<Name>): Allocate<Name> => {
      const decide = decideBy(prepared, choices.reader === 'reference' ? Reference.readers : Compiled.readers)
      return (snapshot) => {
        const scene = sceneOf(prepared, snapshot)
        return installationsOf(snapshot).map((installation) => decide(scene, installation))
      }
    })(prepare(choices)(catalog))

/**
 * Compiles a catalog into a function that decides a snapshot at a time, or says all that contradicts itself in the
 * catalog and the options (ALLOC-47). The function is plain: pass it to `flatMap`, an async iterator or a worker. It
 * expects a snapshot as {@link AuditSnapshot} decodes it; contradictions among snapshots are for {@link run} to find.
 *
 * Compiling is linear in the catalog. Deciding takes a few look-ups an installation, however many licenses other software
 * has.
 *
 * @example
 * import assert from 'node:assert'
 * import { either as E, function as F } from 'fp-ts'
 * import { Allocation, AuditSnapshot, Catalog } from 'seatwise'
 *
 * const { right: catalog } = Catalog.decode({
 *   software: [{ id: 'visio', name: 'Visio', products: ['Visio 2024'] }],
 *   licenses: [{ id: 'L-1', name: 'Visio Standard', software: 'visio', restrictions: { owners: ['Ann Lee'] } }],
 * })
 * const { right: snapshots } = AuditSnapshot.decodeAll([
 *   { computer: { id: 'pc-1', name: 'PC-1' }, owner: 'ann lee', installations: [{ id: 'i-1', product: 'Visio 2024' }] },
 * ])
 * const decisions = F.pipe(catalog, Allocation.compile({ restrictions: 'strict' }), E.map((decide) => snapshots.flatMap(decide)))
 * assert.deepStrictEqual(decisions, E.right([
 *   { computer: 'pc-1', installation: 'i-1', product: 'Visio 2024', outcome: 'allocated', license: 'L-1', rule: '2.8' },
 * ]))
 *
 * @since 0.1.0
 */
export const compile =
  <Name extends string = RuleName>(options: Options<Name> = {}) =>
  (catalog: Catalog): E.Either<RNEA.ReadonlyNonEmptyArray<Rejection>, Allocate<Name>> =>
    compileBy(choicesOf(options))(catalog)

/**
 * What a run is given: the records, and the options of {@link compile}.
 *
 * @since 0.1.0
 */
export interface Given<Name extends string = RuleName> extends Omit<Options<Name>, keyof SnapshotPolicy> {
  readonly catalog: Catalog
  readonly snapshots: ReadonlyArray<AuditSnapshot>
  readonly policy?: SnapshotPolicy
}

/**
 * What a run decides.
 *
 * @since 0.1.0
 */
export interface Outcome<Name extends string = RuleName> {
  /** By computer id, then installation id (ALLOC-87). */
  readonly decisions: ReadonlyArray<Decision<Name>>
}

const once = (snapshot: AuditSnapshot): AuditSnapshot =>
  snapshot.installations === undefined
    ? snapshot
    : { ...snapshot, installations: distinct(snapshot.installations, ({ id }) => id) }

/**
 * Decides all snapshots of a run, or says everything that contradicts itself: in the catalog, among the snapshots and in
 * the options (ALLOC-47). Exact duplicates count once; results come in one order, whatever the order of the input
 * (ALLOC-87).
 *
 * @example
 * import assert from 'node:assert'
 * import { either as E } from 'fp-ts'
 * import { Allocation, AuditSnapshot, Catalog } from 'seatwise'
 *
 * const { right: catalog } = Catalog.decode({ software: [], licenses: [] })
 * const { right: snapshots } = AuditSnapshot.decodeAll([
 *   { computer: { id: 'pc-2', name: 'PC-2', kind: 'hardware' }, installations: [{ id: 'i-1', product: 'Firmware' }] },
 *   { computer: { id: 'pc-1', name: 'PC-1' }, installations: [{ id: 'i-1', product: 'Visio' }] },
 * ])
 * assert.deepStrictEqual(Allocation.run({ catalog, snapshots }), E.right({
 *   decisions: [
 *     { computer: 'pc-1', installation: 'i-1', product: 'Visio', outcome: 'untracked' },
 *     { computer: 'pc-2', installation: 'i-1', product: 'Firmware', outcome: 'skipped', reason: 'hardware' },
 *   ],
 * }))
 *
 * @since 0.1.0
 */
export const run = <Name extends string = RuleName>({
  catalog,
  snapshots,
  policy = {},
  ...choices
}: Given<Name>): E.Either<RNEA.ReadonlyNonEmptyArray<Rejection>, Outcome<Name>> => {
  const compiled = compileBy<Name>({ policy, ...choices })(catalog)
  const [first, ...others] = [...(E.isLeft(compiled) ? compiled.left : []), ...contradictionsOfSnapshots(snapshots)]
  if (first !== undefined) return E.left([first, ...others])
  return E.map((decide: Allocate<Name>): Outcome<Name> => {
    const inOrder = [...distinct(snapshots, ({ computer }) => computer.id)].sort((a, b) =>
      compare(a.computer.id, b.computer.id),
    )
    return { decisions: inOrder.map(once).flatMap(decide) }
  })(compiled)
}
