/**
 * Edits, checked against the records and read as changes of what a synchronization is given. Edits are a set: all are
 * judged by the records as they are before any of them, and their order means nothing. So no two of them may say something
 * of the same license, unit, option or computer; and what they name must be there.
 *
 * @since 0.1.0
 */
import { E, type RNEA } from '../../prelude.js'
import { shape, type AllocationEdit } from '../../record/AllocationEdit.js'
import type { AllocationPolicy } from '../../record/AllocationPolicy.js'
import type { AuditSnapshot } from '../../record/AuditSnapshot.js'
import { subjects, tell, type Telling } from '../../record/EditFaults.js'
import type { Rejection } from '../../record/Rejection.js'
import { changed } from '../../record/Shape.js'
import type { SoftwareLicense } from '../../record/SoftwareLicense.js'
import type { Unit } from '../../record/Unit.js'
import type { ComputerId, UnitId } from '../../value/Id.js'
import { licensesById } from '../licenses.js'
import type { Options } from '../options.js'
import { policyOf } from '../synchronization/given.js'
import type { Given } from '../synchronization/run.js'
import type { Changes } from '../synchronization/session/records.js'
import { bought, checkAdded, chosenBy, FIELDS, retired, tellCircles, tellRejected, treesOf, unitOf } from './checks.js'
import type { Tree } from './checks.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/**
 * Another rule book: no record, so that no file can hold it.
 *
 * @since 0.1.0
 */
export interface BookChange {
  readonly kind: 'book'
  readonly rules: NonNullable<Options<string>['rules']>
}

/**
 * What can be asked about.
 *
 * @since 0.1.0
 */
export type WhatIfEdit = AllocationEdit | BookChange

/** Edits as changes of a session; options, where they are other ones, can touch everything. */
export interface Edited {
  readonly changes: Changes
  readonly options?: Pick<Given<string>, 'policy' | 'rules'>
}

/** What edits are judged by. */
export interface Grounds {
  readonly given: Given<string>
  /** The names of the rules, in their order. */
  readonly rules: ReadonlyArray<string>
}

// -------------------------------------------------------------------------------------
// all of them
// -------------------------------------------------------------------------------------

/** The rules of a book in another order; those that are not named are left out. */
const inOrder =
  (given: Given<string>['rules'], order: ReadonlyArray<string>): NonNullable<Given<string>['rules']> =>
  (criteria, documented) => {
    const book = given === undefined ? documented : given(criteria, documented)
    return order.flatMap((name) => book.filter((rule) => rule.name === name))
  }

const isEdit = (edit: unknown): edit is WhatIfEdit => {
  if (typeof edit !== 'object' || edit === null) return false
  const { kind, rules } = edit as Partial<BookChange>
  return kind === 'book' ? typeof rules === 'function' : shape.is(edit)
}

/** Reads edits as changes, or says all that is wrong with them. */
export const editsIn = (
  { given, rules: names }: Grounds,
  edits: ReadonlyArray<WhatIfEdit>,
): E.Either<RNEA.ReadonlyNonEmptyArray<Rejection>, Edited> => {
  const { catalog, incomplete = [] } = given
  const telling: Telling = { faults: [] }
  const claim = subjects(telling)
  const trees = treesOf(given)
  const licenses = licensesById(catalog)
  const ids = { organizations: new Map<UnitId, Unit>(), locations: new Map<UnitId, Unit>() }
  for (const tree of ['organizations', 'locations'] as const)
    for (const unit of catalog[tree] ?? []) ids[tree].set(unit.id, unit)

  const licensesNow: Array<SoftwareLicense> = []
  const moves = {
    organizations: new Map<UnitId, { readonly index: number; readonly parent: UnitId | undefined }>(),
    locations: new Map<UnitId, { readonly index: number; readonly parent: UnitId | undefined }>(),
  }
  const snapshots = new Map<ComputerId, AuditSnapshot>()
  let { rules } = given
  let policy = policyOf(given.policy)
  const read = (edit: WhatIfEdit, index: number): void => {
    switch (edit.kind) {
      case 'buy':
      case 'retire-license': {
        const license = licenses.get(edit.license)
        if (license === undefined)
          return tell(telling, 'unknown-value', index, ['license'], 'name a license of the catalog', edit.license)
        const after =
          edit.kind === 'buy' ? bought(telling, catalog, license, edit, index) : retired(telling, license, index)
        tellRejected(telling, given, license.id, index, ['license'])
        if (claim(index, ['license'], 'license', edit.license) && after !== undefined) licensesNow.push(after)
        return
      }
      case 'add-license': {
        const { id } = edit.license
        checkAdded(telling, catalog, trees, edit, index)
        tellRejected(telling, given, id, index, ['license', 'id'])
        if (claim(index, ['license', 'id'], 'license', id)) licensesNow.push(edit.license)
        return
      }
      case 'move-unit': {
        const { tree, unit, parent } = edit
        const hint = `name the id of a unit among the ${tree}`
        if (!ids[tree].has(unit)) tell(telling, 'unknown-value', index, ['unit'], hint, unit)
        if (parent !== undefined && !ids[tree].has(parent))
          tell(telling, 'unknown-value', index, ['parent'], hint, parent)
        if (claim(index, ['unit'], `unit of the ${tree}`, unit)) moves[tree].set(unit, { index, parent })
        return
      }
      case 'move-computers': {
        const isChosen = chosenBy(telling, trees, edit, index)
        for (const field of FIELDS) {
          const reference = edit.to[field]
          if (reference !== undefined) unitOf(telling, trees, field, reference, index, ['to', field])
        }
        const { organization, location } = edit.to
        for (const snapshot of given.snapshots) {
          const { id } = snapshot.computer
          if (!isChosen(snapshot)) continue
          for (const field of FIELDS)
            if (edit.to[field] !== undefined) claim(index, ['to', field], `${field} of a computer`, id)
          snapshots.set(id, {
            ...(snapshots.get(id) ?? snapshot),
            ...(organization === undefined ? {} : { organization }),
            ...(location === undefined ? {} : { location }),
          })
        }
        return
      }
      case 'policy': {
        for (const option of Object.keys(edit.changes)) claim(index, ['changes', option], 'option', option)
        policy = changed<AllocationPolicy>(policy, edit.changes)
        return
      }
      case 'rules': {
        if (!claim(index, [], 'rule book', '')) return
        edit.order.forEach((name, position) => {
          const at = ['order', position]
          if (!names.includes(name))
            tell(telling, 'unknown-value', index, at, `use the names of rules: ${names.join(', ')}`, name)
          else if (edit.order.indexOf(name) !== position)
            tell(telling, 'contradiction', index, at, 'name every rule once', name)
        })
        rules = inOrder(given.rules, edit.order)
        return
      }
      case 'book':
        if (!claim(index, [], 'rule book', '')) return
        rules = edit.rules
    }
  }

  if (!Array.isArray(edits)) tell(telling, 'type', 0, [], 'pass a list of edits')
  else
    edits.forEach((edit, index) => {
      if (isEdit(edit)) read(edit, index)
      else tell(telling, 'type', index, [], 'pass an edit: Edit.decodeAll reads edits')
    })
  for (const tree of ['organizations', 'locations'] as const) tellCircles(telling, catalog[tree] ?? [], moves[tree])
  const [first, ...others] = telling.faults
  if (first !== undefined) return E.left([first, ...others])

  const isForAll = edits.some(({ kind }) => kind === 'policy' || kind === 'rules' || kind === 'book')
  const unitsNow = (tree: Tree): ReadonlyArray<Unit> =>
    Array.from(moves[tree], ([id, { parent }]): Unit => {
      const { name = '' } = ids[tree].get(id) ?? {}
      return { id, name, ...(parent === undefined ? {} : { parent }) }
    })
  return E.right({
    changes: {
      licenses: licensesNow,
      snapshots: [...snapshots.values()],
      incomplete: incomplete.filter((id) => snapshots.has(id)),
      ...(moves.organizations.size === 0 ? {} : { organizations: unitsNow('organizations') }),
      ...(moves.locations.size === 0 ? {} : { locations: unitsNow('locations') }),
    },
    ...(isForAll ? { options: { policy, ...(rules === undefined ? {} : { rules }) } } : {}),
  })
}
