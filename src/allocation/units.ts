/**
 * Organizations, or locations, as keys that meet. A license restricted to a unit requires `is:unit`, or `within:unit`
 * where the restriction includes sub-units; a snapshot shows `is:` its unit and `within:` that unit and every unit above
 * it. A reference that is blank, unknown or ambiguous requires a key that nobody shows, and shows none (ALLOC-32, 45, 46).
 *
 * @since 0.1.0
 */
import { E, type RNEA } from '../prelude.js'
import * as Hierarchy from '../hierarchy/Hierarchy.js'
import type { UnitRestriction } from '../record/SoftwareLicense.js'
import type { Unit } from '../record/Unit.js'
import type { UnitId } from '../value/Id.js'
import { memo, recall } from '../value/Memo.js'
import * as Text from '../value/Text.js'
import { quoted } from '../value/Wording.js'

/**
 * Units of one kind: the keys of restrictions and references, what a reference means, whether it is ambiguous, and how it is
 * told. `entailed` are the keys that whoever shows a key shows besides; nothing at all of a key that nobody shows.
 *
 * @since 0.1.0
 */
export interface UnitKeys {
  readonly required: (restriction: UnitRestriction) => string
  readonly shown: (reference: string | undefined) => ReadonlyArray<string>
  readonly entailed: (key: string) => ReadonlyArray<string> | undefined
  readonly meaning: (reference: string) => Hierarchy.Resolution<UnitId>
  readonly isAmbiguous: (reference: string | undefined) => boolean
  readonly tell: (reference: string | undefined) => string
}

const NOBODY = 'nobody'
const IS = 'is:'
const WITHIN = 'within:'
const isKey = (unit: UnitId): string => `${IS}${unit}`
const withinKey = (unit: UnitId): string => `${WITHIN}${unit}`

/** A key that is shown at a unit is shown with those of all units above; below a unit that has none below, there is only it. */
const entailedBy = (
  units: ReadonlyArray<Unit>,
  above: (unit: UnitId) => ReadonlyArray<UnitId>,
): UnitKeys['entailed'] => {
  let parents: ReadonlySet<UnitId> | undefined
  const isLeaf = (unit: UnitId): boolean => {
    parents ??= new Set(units.flatMap(({ parent }) => (parent === undefined ? [] : [parent])))
    return !parents.has(unit)
  }
  return (key) => {
    if (key === NOBODY) return undefined
    if (key.startsWith(IS)) return above(key.slice(IS.length) as UnitId).map(withinKey)
    const unit = key.slice(WITHIN.length) as UnitId
    return [...(isLeaf(unit) ? [isKey(unit)] : []), ...above(unit).map(withinKey)]
  }
}

/**
 * The keys of a forest. Only units that one of the `restrictions` includes with its sub-units get a `within` key: what
 * nobody requires need not be shown, and a long way up costs nothing.
 *
 * @internal
 */
export const unitKeys =
  (form: (text: string) => Text.Form) =>
  (
    units: ReadonlyArray<Unit>,
    restrictions: ReadonlyArray<UnitRestriction>,
  ): E.Either<RNEA.ReadonlyNonEmptyArray<Hierarchy.HierarchyFault<UnitId>>, UnitKeys> =>
    E.map((hierarchy: Hierarchy.Hierarchy<UnitId>): UnitKeys => {
      const resolve = Hierarchy.resolve(hierarchy)
      const sharesNames = [...hierarchy.byName.values()].some((sharing) => sharing.length > 1)
      const ambiguities = memo<string | undefined, boolean>()
      const isAmbiguous = (reference: string | undefined): boolean =>
        recall(ambiguities, reference, () => resolve(reference ?? '')._tag === 'Ambiguous')
      // Many restrictions are to one unit: each reference is resolved once.
      const references = new Set<string>()
      for (const { unit, includeSubunits } of restrictions) if (includeSubunits === true) references.add(unit)
      const included = new Set<UnitId>()
      for (const reference of references) {
        const meaning = resolve(reference)
        if (meaning._tag === 'Found') included.add(meaning.unit)
      }
      const above = Hierarchy.lineageWithin(hierarchy)(included)
      const requiredBy = (key: (unit: UnitId) => string): ((reference: string) => string) => {
        const keys = memo<string, string>()
        return (reference) =>
          recall(keys, reference, () => {
            const meaning = resolve(reference)
            return meaning._tag === 'Found' ? key(meaning.unit) : NOBODY
          })
      }
      const [requiredIs, requiredWithin] = [requiredBy(isKey), requiredBy(withinKey)]

      return {
        required: ({ unit, includeSubunits }) => (includeSubunits === true ? requiredWithin : requiredIs)(unit),
        shown: (reference) => {
          const meaning = resolve(reference ?? '')
          return meaning._tag === 'Found' ? [isKey(meaning.unit), ...above(meaning.unit).map(withinKey)] : []
        },
        entailed: entailedBy(units, above),
        meaning: resolve,
        // Units of one path have one name, too.
        isAmbiguous: sharesNames ? isAmbiguous : () => false,
        tell: (reference) => tell(hierarchy, reference ?? ''),
      }
    })(Hierarchy.build(form)(units))

const tell = (hierarchy: Hierarchy.Hierarchy<UnitId>, reference: string): string => {
  const meaning = Hierarchy.resolve(hierarchy)(reference)
  const name = quoted(reference)
  switch (meaning._tag) {
    case 'Blank':
      return 'none'
    case 'Unknown':
      return `${name} (no such unit)`
    case 'Ambiguous':
      return `${name} (ambiguous: ${String(meaning.units.length)} units)`
    case 'Found': {
      const path = Hierarchy.lineage(hierarchy)(meaning.unit)
        .map((id) => hierarchy.nodes.get(id)?.name ?? id)
        .reverse()
      return quoted(path.slice(-4).join('/'))
    }
  }
}
