/**
 * A catalog cut down to what one installation touches: the tracked software that holds its product, their licenses, and the
 * units that these and the snapshot refer to.
 *
 * Law: the cut catalog decides the installation as the whole one does, before and after every remedy of the space.
 *
 * INVARIANT: a reference means in the cut forest what it means in the whole one, since every unit that it can mean, by
 * path or by name, is there with all that is above it (ALLOC-72).
 */
import { E } from '../../prelude.js'
import * as Hierarchy from '../../hierarchy/Hierarchy.js'
import type { AuditSnapshot, Installation } from '../../record/AuditSnapshot.js'
import type { Catalog } from '../../record/Catalog.js'
import { distinct } from '../../record/Contradiction.js'
import type { SoftwareLicense } from '../../record/SoftwareLicense.js'
import type { TrackedSoftware } from '../../record/TrackedSoftware.js'
import type { Unit } from '../../record/Unit.js'
import type { ProductId, SoftwareId, UnitId } from '../../value/Id.js'
import { append } from '../../value/Lists.js'
import * as Text from '../../value/Text.js'
import { licensesById, sortOut } from '../licenses.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** The units of one kind, as remedies ask for them. */
export interface UnitsOf {
  readonly resolve: (reference: string | undefined) => Hierarchy.Resolution<UnitId>
  /** The units directly below a unit, by id. */
  readonly below: (unit: UnitId) => ReadonlyArray<UnitId>
  /** The units that references can mean, and all that is above them. */
  readonly cut: (references: Iterable<string>) => ReadonlyArray<Unit>
}

/** A catalog in which what a question touches is found without going through it. */
export interface Indexed {
  readonly organizations: UnitsOf
  readonly locations: UnitsOf
  readonly license: (id: string) => SoftwareLicense | undefined
  readonly software: (id: SoftwareId) => TrackedSoftware | undefined
  /** The tracked software that holds a product, by id, retired ones among them. */
  readonly holding: (product: ProductId) => ReadonlyArray<TrackedSoftware>
  readonly licensesOf: (software: SoftwareId) => ReadonlyArray<SoftwareLicense>
}

/** What one question is asked of. */
export interface Cut {
  readonly catalog: Catalog
  /** The snapshot with the one installation. */
  readonly snapshot: AuditSnapshot
  readonly installation: Installation
}

// -------------------------------------------------------------------------------------
// indexing
// -------------------------------------------------------------------------------------

const byId = (a: { readonly id: string }, b: { readonly id: string }): number => Text.compare(a.id, b.id)

const unitsOf = (form: (text: string) => Text.Form, units: ReadonlyArray<Unit>): UnitsOf => {
  const built = Hierarchy.build(form)(units)
  // INVARIANT: what contradicts itself was told when the catalog was prepared.
  const hierarchy: Hierarchy.Hierarchy<UnitId> = E.isRight(built)
    ? built.right
    : { form, nodes: new Map(), byName: new Map(), top: { units: [], below: new Map() } }
  const resolve = Hierarchy.resolve(hierarchy)
  const lineage = Hierarchy.lineage(hierarchy)
  const children = new Map<UnitId, Array<UnitId>>()
  for (const { id, parent } of hierarchy.nodes.values()) if (parent !== undefined) append(children, parent, id)
  return {
    resolve: (reference) => resolve(reference ?? ''),
    below: (unit) => [...(children.get(unit) ?? [])].sort(Text.compare),
    cut: (references) => {
      const kept = new Map<UnitId, Unit>()
      for (const reference of references) {
        const meaning = resolve(reference)
        const meant = meaning._tag === 'Found' ? [meaning.unit] : meaning._tag === 'Ambiguous' ? meaning.units : []
        for (const unit of meant.flatMap(lineage)) {
          const node = hierarchy.nodes.get(unit)
          if (node !== undefined) kept.set(unit, node)
        }
      }
      return [...kept.values()].sort(byId)
    },
  }
}

/** Indexes a catalog that does not contradict itself. */
export const indexed = (mode: Text.TextMode, catalog: Catalog): Indexed => {
  const form = Text.form(mode)
  const software = new Map<SoftwareId, TrackedSoftware>()
  const holders = new Map<ProductId, Array<TrackedSoftware>>()
  for (const each of distinct(catalog.software, ({ id }) => id)) {
    software.set(each.id, each)
    for (const product of new Set(each.products)) append(holders, product, each)
  }
  const licenses = licensesById(catalog)
  const { ofSoftware } = sortOut(catalog.licenses)
  return {
    organizations: unitsOf(form, catalog.organizations ?? []),
    locations: unitsOf(form, catalog.locations ?? []),
    license: (id) => licenses.get(id as SoftwareLicense['id']),
    software: (id) => software.get(id),
    holding: (product) => [...(holders.get(product) ?? [])].sort(byId),
    licensesOf: (id) => [...(ofSoftware.get(id) ?? [])].sort(byId),
  }
}

// -------------------------------------------------------------------------------------
// cutting
// -------------------------------------------------------------------------------------

/** Tracked software by id, each once. */
const once = (all: ReadonlyArray<TrackedSoftware>): ReadonlyArray<TrackedSoftware> =>
  [...new Map(all.map((one) => [one.id, one])).values()].sort(byId)

/** The units that a question may have to name besides those that the records name. */
export interface Named {
  readonly organizations: ReadonlyArray<UnitId>
  readonly locations: ReadonlyArray<UnitId>
}

/** A cut with some of its licenses alone, and the units that these, the snapshot and the remedies to come refer to. */
export const narrowed =
  ({ organizations, locations }: Indexed) =>
  (cut: Cut, licenses: ReadonlyArray<SoftwareLicense>, named: Named): Cut => {
    const unitsIn = (kind: 'organization' | 'location', units: UnitsOf, others: ReadonlyArray<UnitId>) => {
      const references = new Set<string>(others)
      const { [kind]: own } = cut.snapshot
      if (own !== undefined) references.add(own)
      for (const { restrictions } of licenses) {
        const restricted = restrictions?.[kind]
        if (restricted !== undefined) references.add(restricted.unit)
      }
      return units.cut(references)
    }
    return {
      ...cut,
      catalog: {
        ...cut.catalog,
        organizations: unitsIn('organization', organizations, named.organizations),
        locations: unitsIn('location', locations, named.locations),
        licenses,
      },
    }
  }

/**
 * Cuts a catalog down to the product of an installation, and to the tracked software of a license that is asked for. Where
 * tracked software is retired, what holds its products otherwise is there too: un-retiring it may contradict that.
 */
export const cutTo =
  (index: Indexed) =>
  (
    given: AuditSnapshot,
    installation: Installation,
    license: SoftwareLicense | undefined,
    named: (licenses: ReadonlyArray<SoftwareLicense>) => Named,
  ): Cut => {
    const own = license === undefined ? undefined : index.software(license.software)
    const touched = once([...index.holding(installation.product), ...(own === undefined ? [] : [own])])
    const beside = touched.flatMap(({ retired, products }) => (retired === true ? products.flatMap(index.holding) : []))
    const all = [...touched.flatMap(({ id }) => index.licensesOf(id)), ...(license === undefined ? [] : [license])]
    const licenses = [...new Map(all.map((one) => [one.id, one])).values()].sort(byId)
    const cut: Cut = {
      catalog: { software: once([...touched, ...beside]), licenses },
      snapshot: { ...given, installations: [installation] },
      installation,
    }
    return narrowed(index)(cut, licenses, named(licenses))
  }
