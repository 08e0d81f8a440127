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
import { E, type RNEA } from '../prelude.js'
import type { AuditSnapshot } from '../record/AuditSnapshot.js'
import type { Catalog } from '../record/Catalog.js'
import type { Decision, RuleName } from '../record/Decision.js'
import type { Rejection } from '../record/Rejection.js'
import { decideAllBy, installationsOf, sceneOf } from './decide.js'
import { desksOf } from './desks.js'
import { choicesOf, type Options } from './options.js'
import { prepare, type Prepared } from './prepare.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/**
 * Decides the installations of a snapshot.
 *
 * @since 0.1.0
 */
export type Allocate<Name extends string = RuleName> = (snapshot: AuditSnapshot) => ReadonlyArray<Decision<Name>>

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

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
    E.map((prepared: Prepared<Name>): Allocate<Name> => {
      const decide = decideAllBy(desksOf(prepared, options))
      return (snapshot) => decide(sceneOf(prepared, snapshot), installationsOf(snapshot))
    })(prepare(choicesOf(options))(catalog))
