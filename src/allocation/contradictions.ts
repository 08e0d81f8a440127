/**
 * Contradictions between records leave no right answer, and are the one failure of a whole call, all of them listed
 * before any decision is made (ALLOC-47): an id given twice with different content, a cycle or an unknown parent among
 * units, a product in two tracked software, an option that needs a day and has none.
 *
 * Law: the contradictions do not depend on the order of any list, but for the places they name.
 *
 * @since 0.1.0
 */
import { faultsOf, nodesOf, type HierarchyFault } from '../hierarchy/faults.js'
import * as Snapshot from '../record/AuditSnapshot.js'
import { installationShape, shape as snapshotShape } from '../record/SnapshotCodec.js'
import type { Catalog } from '../record/Catalog.js'
import { areDistinct } from '../record/Collection.js'
import { contentBy } from '../record/Content.js'
import { contradictory, distinct, named, type Records } from '../record/Contradiction.js'
import { showPath, type Rejection } from '../record/Rejection.js'
import * as License from '../record/SoftwareLicense.js'
import * as Software from '../record/TrackedSoftware.js'
import * as Units from '../record/Unit.js'
import type { UnitId } from '../value/Id.js'
import * as Text from '../value/Text.js'
import { quoted } from '../value/Wording.js'

// -------------------------------------------------------------------------------------
// units
// -------------------------------------------------------------------------------------

/** What is wrong with the links of units, as rejections. */
export const ofHierarchy = (
  collection: 'organizations' | 'locations',
  units: ReadonlyArray<Units.Unit>,
): ((fault: HierarchyFault<UnitId>) => Rejection) => {
  let positions: ReadonlyMap<UnitId, number> | undefined
  const at = (id: UnitId): Pick<Rejection, 'severity' | 'path' | 'collection' | 'index' | 'id'> => {
    positions ??= new Map(units.map((unit, index) => [unit.id, index]))
    const index = positions.get(id) ?? 0
    return { severity: 'error', path: showPath([collection, index, 'parent']), collection, index, id }
  }
  return (fault) => {
    switch (fault._tag) {
      case 'Cycle': {
        const members = named(fault.members.map(quoted))
        return { code: 'hierarchy-cycle', ...at(fault.members[0]), hint: `the units are above each other: ${members}` }
      }
      case 'Orphan':
        return {
          code: 'orphan',
          ...at(fault.unit),
          preview: Text.preview(fault.parent),
          hint: 'name the id of a unit of the same tree as parent, or none',
        }
    }
  }
}

// -------------------------------------------------------------------------------------
// products
// -------------------------------------------------------------------------------------

const ambiguousProducts = (software: ReadonlyArray<Software.TrackedSoftware>): ReadonlyArray<Rejection> => {
  const first = new Map<string, string>()
  // Of products that are where they must not be: in what, and where they were seen there last.
  const several = new Map<string, { readonly ids: Set<string>; readonly index: number; readonly position: number }>()
  software.forEach(({ id, products, retired }, index) => {
    if (retired === true) return
    products.forEach((product, position) => {
      const holder = first.get(product)
      if (holder === undefined) first.set(product, id)
      if (holder === undefined || holder === id) return
      const ids = several.get(product)?.ids ?? new Set([holder])
      if (!ids.has(id)) several.set(product, { ids: ids.add(id), index, position })
    })
  })
  if (several.size === 0) return []
  return [...first.keys()].flatMap((product): ReadonlyArray<Rejection> => {
    const found = several.get(product)
    if (found === undefined) return []
    const { ids, index, position } = found
    return [
      {
        code: 'ambiguous-product',
        severity: 'error',
        path: showPath(['software', index, 'products', position]),
        collection: 'software',
        index,
        id: software[index]?.id ?? '',
        preview: Text.preview(product),
        hint: `the product is in several tracked software: ${named([...ids].map(quoted).sort())}; leave it in one, or retire the others`,
      },
    ]
  })
}

// -------------------------------------------------------------------------------------
// all of them
// -------------------------------------------------------------------------------------

/** Which of several records with one id counts must not depend on their order (ALLOC-68). */
const inOneOrder = (units: ReadonlyArray<Units.Unit>): ReadonlyArray<Units.Unit> => {
  if (distinct(units, idOf).length === units.length) return units
  const content = contentBy(Units.shape)
  return units
    .map((unit) => ({ unit, text: content(unit) }))
    .sort((a, b) => (a.text < b.text ? -1 : 1))
    .map(({ unit }) => unit)
}

const idOf = ({ id }: { readonly id: string }): string => id

/** The contradictions among records, of which each may be known to have an id of its own. */
const among = <A>(areKnownDistinct: boolean, given: Records<A>): ReadonlyArray<Rejection> =>
  areKnownDistinct ? [] : contradictory(given)

const byPlace = (a: Rejection, b: Rejection): number => {
  const [left, right] = [`${a.collection}\u0000${a.id ?? ''}`, `${b.collection}\u0000${b.id ?? ''}`]
  return left < right ? -1 : left > right ? 1 : 0
}

/**
 * The contradictions within a catalog, by collection and id.
 *
 * @example
 * import assert from 'node:assert'
 * import { Allocation, Catalog } from 'seatwise'
 *
 * const { right: catalog } = Catalog.decode({
 *   organizations: [{ id: 'sales', name: 'Sales', parent: 'acme' }],
 *   software: [{ id: 'a', name: 'A', products: ['P'] }, { id: 'b', name: 'B', products: ['P'] }],
 *   licenses: [],
 * })
 * const codes = Allocation.contradictionsOfCatalog(catalog).map(({ code, path }) => [code, path])
 * assert.deepStrictEqual(codes, [['orphan', 'organizations[0].parent'], ['ambiguous-product', 'software[1].products[0]']])
 *
 * @since 0.1.0
 */
export const contradictionsOfCatalog = (catalog: Catalog): ReadonlyArray<Rejection> =>
  contradictionsIn(catalog, { software: false, licenses: false })

/**
 * The same, for whoever knows already in which collections no two records have one id.
 *
 * @internal
 */
export const contradictionsIn = (
  catalog: Catalog,
  areDistinct: { readonly software: boolean; readonly licenses: boolean },
): ReadonlyArray<Rejection> => {
  const { organizations = [], locations = [], software, licenses } = catalog
  const units = (collection: 'organizations' | 'locations', records: ReadonlyArray<Units.Unit>) => [
    ...contradictory({ collection, at: [collection], records, id: idOf, shape: Units.shape }),
    ...faultsOf(nodesOf(inOneOrder(records))).map(ofHierarchy(collection, records)),
  ]
  return [
    ...units('organizations', organizations),
    ...units('locations', locations),
    ...among(areDistinct.software, {
      collection: 'software',
      at: ['software'],
      records: software,
      id: idOf,
      shape: Software.shape,
    }),
    ...ambiguousProducts(software),
    ...among(areDistinct.licenses, {
      collection: 'licenses',
      at: ['licenses'],
      records: licenses,
      id: idOf,
      shape: License.shape,
    }),
  ].sort(byPlace)
}

/** Installations of one id and different content, in the snapshot that stands at a place. */
const contradictionsWithin = (
  { installations = [] }: Snapshot.AuditSnapshot,
  at: Records<Snapshot.Installation>['at'],
): ReadonlyArray<Rejection> =>
  // Nearly always every installation has an id of its own: then nothing is made to tell.
  areDistinct(installations)
    ? []
    : contradictory<Snapshot.Installation>({
        collection: 'installations',
        at: [...at, 'installations'],
        records: installations,
        id: idOf,
        shape: installationShape,
      })

/**
 * The contradictions within one snapshot, for whoever decides snapshots one by one: an installation twice with different
 * content. Paths lead from the snapshot on.
 *
 * @example
 * import assert from 'node:assert'
 * import { option as O } from 'fp-ts'
 * import { Allocation, AuditSnapshot } from 'seatwise'
 *
 * const { right } = AuditSnapshot.decode({
 *   computer: { id: 'pc-1', name: 'PC-1' },
 *   installations: [{ id: 'i-1', product: 'Visio' }, { id: 'i-1', product: 'Project' }],
 * })
 * const found = O.isSome(right) ? Allocation.contradictionsOfSnapshot(right.value) : []
 * assert.deepStrictEqual(found.map(({ path }) => path), ['installations[1]'])
 *
 * @since 0.1.0
 */
export const contradictionsOfSnapshot = (snapshot: Snapshot.AuditSnapshot): ReadonlyArray<Rejection> =>
  [...contradictionsWithin(snapshot, [])].sort(byPlace)

/**
 * The contradictions among snapshots: a computer in two different snapshots, or an installation twice in one with
 * different content.
 *
 * @example
 * import assert from 'node:assert'
 * import { Allocation, AuditSnapshot } from 'seatwise'
 *
 * const { right: snapshots } = AuditSnapshot.decodeAll([
 *   { computer: { id: 'pc-1', name: 'PC-1' } },
 *   { computer: { id: 'pc-1', name: 'PC-2' } },
 * ])
 * assert.deepStrictEqual(Allocation.contradictionsOfSnapshots(snapshots).map(({ id }) => id), ['pc-1'])
 *
 * @since 0.1.0
 */
export const contradictionsOfSnapshots = (snapshots: ReadonlyArray<Snapshot.AuditSnapshot>): ReadonlyArray<Rejection> =>
  [
    ...contradictory<Snapshot.AuditSnapshot>({
      collection: 'snapshots',
      at: ['snapshots'],
      records: snapshots,
      id: ({ computer }) => computer.id,
      shape: snapshotShape,
    }),
    ...snapshots.flatMap((snapshot, index) => contradictionsWithin(snapshot, ['snapshots', index])),
  ].sort(byPlace)
