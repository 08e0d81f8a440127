/**
 * What edits of an allocation may be faulted for: they name what is not there, say something of one thing twice, or ask
 * for what makes no sense.
 */
import { E } from '../../prelude.js'
import * as Hierarchy from '../../hierarchy/Hierarchy.js'
import type { ComputersMove, LicenseAddition, Purchase, UnitMove } from '../../record/AllocationEdit.js'
import type { AuditSnapshot } from '../../record/AuditSnapshot.js'
import type { Catalog } from '../../record/Catalog.js'
import { tell, type Telling } from '../../record/EditFaults.js'
import type { Step } from '../../record/Rejection.js'
import type { SoftwareLicense, UnitRestriction } from '../../record/SoftwareLicense.js'
import type { Unit } from '../../record/Unit.js'
import { isAboveItself } from '../../value/Circle.js'
import * as Count from '../../value/Count.js'
import type { LicenseId, UnitId } from '../../value/Id.js'
import * as Text from '../../value/Text.js'
import { retiredIn } from '../licenses.js'
import { policyOf } from '../synchronization/given.js'
import type { Given } from '../synchronization/run.js'

// -------------------------------------------------------------------------------------
// units
// -------------------------------------------------------------------------------------

export type Tree = UnitMove['tree']

/** The trees as they are before the edits. Those of a session do not contradict themselves. */
export const treesOf = ({ catalog, policy }: Given<string>) => {
  const form = Text.form(policyOf(policy).text ?? 'case-insensitive')
  const resolved = (collection: Tree) => {
    const built = Hierarchy.build(form)(catalog[collection] ?? [])
    const none = { _tag: 'Unknown' } as const
    return E.isLeft(built)
      ? { resolve: (): Hierarchy.Resolution<UnitId> => none, within: () => () => [] as ReadonlyArray<UnitId> }
      : { resolve: Hierarchy.resolve(built.right), within: Hierarchy.lineageWithin(built.right) }
  }
  return { organizations: resolved('organizations'), locations: resolved('locations') }
}

type Trees = ReturnType<typeof treesOf>

const treeOf = { organization: 'organizations', location: 'locations' } as const

export const FIELDS = ['organization', 'location'] as const

/** The unit that a reference means, where it means one. */
export const unitOf = (
  telling: Telling,
  trees: Trees,
  field: (typeof FIELDS)[number],
  reference: string,
  index: number,
  path: ReadonlyArray<Step>,
): UnitId | undefined => {
  const meaning = trees[treeOf[field]].resolve(reference)
  if (meaning._tag === 'Found') return meaning.unit
  const hint =
    meaning._tag === 'Ambiguous'
      ? `several units are called so: name the id of one`
      : `name ${field === 'organization' ? 'an organization' : 'a location'} of the catalog`
  tell(telling, 'unknown-value', index, path, hint, reference)
  return undefined
}

/** Moved units that would be above themselves. */
export const tellCircles = (
  telling: Telling,
  units: ReadonlyArray<Unit>,
  moves: ReadonlyMap<UnitId, { readonly index: number; readonly parent: UnitId | undefined }>,
): void => {
  const parents = new Map(units.map(({ id, parent }) => [id, parent]))
  for (const [id, { parent }] of moves) parents.set(id, parent)
  for (const [id, { index }] of moves)
    if (isAboveItself(parents, id))
      tell(telling, 'contradiction', index, ['parent'], 'the unit would be above itself: name another parent', id)
}

// -------------------------------------------------------------------------------------
// licenses
// -------------------------------------------------------------------------------------

export const bought = (
  telling: Telling,
  catalog: Catalog,
  license: SoftwareLicense,
  { entitlements }: Purchase,
  index: number,
): SoftwareLicense | undefined => {
  const { entitlements: before, metric } = license
  if (retiredIn(catalog)(license))
    tell(telling, 'contradiction', index, ['license'], 'the license is retired: add another one', license.id)
  else if (before === undefined || metric === 'none')
    tell(telling, 'contradiction', index, ['license'], 'the license is not limited: leave the edit out', license.id)
  else {
    const sum = Count.parse(before + entitlements)
    if (E.isRight(sum)) return { ...license, entitlements: sum.right }
    tell(telling, sum.left, index, ['entitlements'], 'buy fewer: so many cannot be counted')
  }
  return undefined
}

/** A license that is retired, unless it is so already. */
export const retired = (telling: Telling, license: SoftwareLicense, index: number): SoftwareLicense | undefined => {
  if (license.retired !== true) return { ...license, retired: true }
  tell(telling, 'contradiction', index, ['license'], 'the license is retired already', license.id)
  return undefined
}

/** Of a license that could not be read nothing is known that could be edited (ALLOC-86). */
export const tellRejected = (
  telling: Telling,
  { rejectedLicenses = [] }: Given<string>,
  license: LicenseId,
  index: number,
  path: ReadonlyArray<Step>,
): void => {
  if (rejectedLicenses === 'any' || !rejectedLicenses.includes(license)) return
  const hint = 'the license, or its tracked software, was rejected: mend the record first'
  tell(telling, 'contradiction', index, path, hint, license)
}

export const checkAdded = (
  telling: Telling,
  catalog: Catalog,
  trees: Trees,
  { license }: LicenseAddition,
  index: number,
): void => {
  const at = (field: string) => ['license', field]
  if (catalog.licenses.some(({ id }) => id === license.id))
    tell(telling, 'contradiction', index, at('id'), 'the catalog has a license of this id: give it another', license.id)
  if (!catalog.software.some(({ id }) => id === license.software))
    tell(telling, 'unknown-value', index, at('software'), 'name a tracked software of the catalog', license.software)
  if (license.upgradeFor !== undefined && !catalog.licenses.some(({ id }) => id === license.upgradeFor))
    tell(telling, 'unknown-value', index, at('upgradeFor'), 'name a license of the catalog', license.upgradeFor)
  for (const field of FIELDS) {
    const unit = license.restrictions?.[field]?.unit
    if (unit !== undefined && !Text.isBlank(unit))
      unitOf(telling, trees, field, unit, index, ['license', 'restrictions', field, 'unit'])
  }
}

// -------------------------------------------------------------------------------------
// computers
// -------------------------------------------------------------------------------------

/** Does a snapshot's reference mean the unit, or one below it? */
const meansWithin = (
  { resolve, within }: Trees[Tree],
  unit: UnitId,
  { includeSubunits }: UnitRestriction,
): ((reference: string | undefined) => boolean) => {
  const above = within(new Set([unit]))
  return (reference) => {
    const meaning = resolve(reference ?? '')
    if (meaning._tag !== 'Found') return false
    return includeSubunits === true ? above(meaning.unit).length > 0 : meaning.unit === unit
  }
}

/** Whom a move of computers chooses; nobody where it names what is not there. */
export const chosenBy = (
  telling: Telling,
  trees: Trees,
  { of }: ComputersMove,
  index: number,
): ((snapshot: AuditSnapshot) => boolean) => {
  const tests = FIELDS.flatMap((field): ReadonlyArray<(snapshot: AuditSnapshot) => boolean> => {
    const restriction = of[field]
    if (restriction === undefined) return []
    const unit = unitOf(telling, trees, field, restriction.unit, index, ['of', field, 'unit'])
    if (unit === undefined) return [() => false]
    const means = meansWithin(trees[treeOf[field]], unit, restriction)
    return [(snapshot) => means(snapshot[field])]
  })
  return (snapshot) => tests.every((test) => test(snapshot))
}
