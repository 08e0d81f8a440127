/**
 * A forest of units (organizations, or locations), built from parent links: which unit does a reference mean, and which
 * units are above it (ALLOC-39 to 42, 46, 72).
 *
 * Laws:
 *
 * 1. Reflexivity: a unit is among its own `lineage`
 * 2. Transitivity: if b is in the lineage of a, and c in that of b, then c is in that of a
 * 3. Antisymmetry: two different units are never in each other's lineage
 * 4. Every id of the forest resolves to its own unit, whatever the names are
 *
 * Every walk is a loop, so that a chain of 100,000 units neither overflows the stack nor costs its square.
 *
 * @since 0.1.0
 */
import { E, type RNEA } from '../prelude.js'
import * as Text from '../value/Text.js'
import { faultsOf, nodesOf, type HierarchyFault, type Node } from './faults.js'

export type { HierarchyFault, Node }

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/**
 * What a reference means (ALLOC-72): one unit, several (*ambiguous*), none (*unknown*), or nothing at all (*blank*).
 *
 * @since 0.1.0
 */
export type Resolution<Id extends string> =
  | { readonly _tag: 'Found'; readonly unit: Id }
  | { readonly _tag: 'Ambiguous'; readonly units: RNEA.ReadonlyNonEmptyArray<Id> }
  | { readonly _tag: 'Unknown' }
  | { readonly _tag: 'Blank' }

/**
 * A forest of units with the form by which their names are compared.
 *
 * @since 0.1.0
 */
export interface Hierarchy<Id extends string> {
  readonly form: (text: string) => Text.Form
  readonly nodes: ReadonlyMap<string, Node<Id>>
  readonly byName: ReadonlyMap<Text.Form, ReadonlyArray<Id>>
  readonly top: Place<Id>
}

/**
 * The end of a path: the units that have it, by id, and the places below it. Units of one path share one place, so that
 * going down a path costs its length, however many units have it.
 *
 * @since 0.1.0
 */
export interface Place<Id extends string> {
  readonly units: ReadonlyArray<Id>
  readonly below: ReadonlyMap<Text.Form, Place<Id>>
}

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

interface GrowingPlace<Id extends string> {
  readonly units: Array<Id>
  readonly below: Map<Text.Form, GrowingPlace<Id>>
}

const newPlace = <Id extends string>(): GrowingPlace<Id> => ({ units: [], below: new Map() })

/** The value of a key, made when it is first asked for. */
const getOr = <K, V>(values: Map<K, V>, key: K, make: () => V): V => {
  const known = values.get(key)
  if (known !== undefined) return known
  const made = make()
  values.set(key, made)
  return made
}

/** The place of each unit below `top`. Every unit waits at most once for its parent, so that any chain is linear. */
const places = <Id extends string>(
  nodes: ReadonlyMap<string, Node<Id>>,
  nameOf: (node: Node<Id>) => Text.Form,
  top: GrowingPlace<Id>,
): ReadonlyMap<Id, GrowingPlace<Id>> => {
  const placeOf = new Map<Id, GrowingPlace<Id>>()
  for (const start of nodes.values()) {
    const waiting: Array<Node<Id>> = []
    let node: Node<Id> | undefined = start
    while (node !== undefined && !placeOf.has(node.id)) {
      waiting.push(node)
      node = nodeOf(nodes, node.parent)
    }
    let place = node === undefined ? top : (placeOf.get(node.id) ?? top)
    for (let unit = waiting.pop(); unit !== undefined; unit = waiting.pop()) {
      place = getOr<Text.Form, GrowingPlace<Id>>(place.below, nameOf(unit), newPlace)
      placeOf.set(unit.id, place)
    }
  }
  return placeOf
}

const nodeOf = <Id extends string>(nodes: ReadonlyMap<string, Node<Id>>, id: Id | undefined): Node<Id> | undefined =>
  id === undefined ? undefined : nodes.get(id)

const byId = (a: { readonly id: string }, b: { readonly id: string }): number => Text.compare(a.id, b.id)

/**
 * Builds the forest, or says all that is wrong with the links: each cycle once, with its members, and each unit whose
 * parent is no unit of the forest (ALLOC-47). Of several nodes with one id the first counts.
 *
 * @example
 * import assert from 'node:assert'
 * import { either as E } from 'fp-ts'
 * import { Hierarchy, Text } from 'seatwise'
 *
 * const build = Hierarchy.build(Text.form('case-insensitive'))
 * assert.deepStrictEqual(build([{ id: 'a', name: 'A', parent: 'b' }]), E.left([{ _tag: 'Orphan', unit: 'a', parent: 'b' }]))
 *
 * @since 0.1.0
 */
export const build =
  (form: (text: string) => Text.Form) =>
  <Id extends string>(
    units: ReadonlyArray<Node<Id>>,
  ): E.Either<RNEA.ReadonlyNonEmptyArray<HierarchyFault<Id>>, Hierarchy<Id>> => {
    const nodes = nodesOf(units)
    const [fault, ...faults] = faultsOf(nodes)
    if (fault !== undefined) return E.left([fault, ...faults])

    const byName = new Map<Text.Form, Array<Id>>()
    const top = newPlace<Id>()
    const placeOf = places(nodes, ({ name }) => form(name), top)
    // INVARIANT: units of one name or path stand in the order of their ids, in which ambiguous ones are told.
    for (const { id, name } of [...nodes.values()].sort(byId)) {
      getOr(byName, form(name), (): Array<Id> => []).push(id)
      placeOf.get(id)?.units.push(id)
    }
    return E.right({ form, nodes, byName, top })
  }

// -------------------------------------------------------------------------------------
// combinators
// -------------------------------------------------------------------------------------

const UNKNOWN: { readonly _tag: 'Unknown' } = { _tag: 'Unknown' }

const resolution = <Id extends string>(found: ReadonlyArray<Id>): Resolution<Id> => {
  const [unit] = found
  return unit === undefined
    ? UNKNOWN
    : found.length === 1
      ? { _tag: 'Found', unit }
      : { _tag: 'Ambiguous', units: found as RNEA.ReadonlyNonEmptyArray<Id> }
}

const SEPARATOR = /[/\\]/

/** The units with a path: down from the top, a place a segment. */
const byPath = <Id extends string>({ form, top }: Hierarchy<Id>, reference: string): ReadonlyArray<Id> => {
  let place: Place<Id> | undefined = top
  for (const segment of reference.split(SEPARATOR)) {
    place = place.below.get(form(segment))
    if (place === undefined) return []
  }
  return place.units
}

/**
 * Which unit does a reference mean (ALLOC-72)? The unit with exactly this id; else the units with this path, written
 * with `/` or `\` from the root down; else the units with this name.
 *
 * @example
 * import assert from 'node:assert'
 * import { either as E, function as F } from 'fp-ts'
 * import { Hierarchy, Text } from 'seatwise'
 *
 * const units = [
 *   { id: 'acme', name: 'Acme' },
 *   { id: 'sales', name: 'Sales', parent: 'acme' },
 *   { id: 'support', name: 'Support', parent: 'sales' },
 *   { id: 'support-2', name: 'Support', parent: 'acme' },
 * ]
 * const resolve = F.pipe(units, Hierarchy.build(Text.form('case-insensitive')), E.map(Hierarchy.resolve))
 * const meaning = (reference: string) => F.pipe(resolve, E.map((f) => f(reference)), E.toUnion)
 *
 * assert.deepStrictEqual(meaning('acme/sales'), { _tag: 'Found', unit: 'sales' })
 * assert.deepStrictEqual(meaning('Support'), { _tag: 'Ambiguous', units: ['support', 'support-2'] })
 * assert.deepStrictEqual(meaning('Legal'), { _tag: 'Unknown' })
 *
 * @since 0.1.0
 */
export const resolve =
  <Id extends string>(hierarchy: Hierarchy<Id>) =>
  (reference: string): Resolution<Id> => {
    const exact = hierarchy.nodes.get(reference)
    if (exact !== undefined) return { _tag: 'Found', unit: exact.id }
    const name = hierarchy.form(reference)
    if (name === '') return { _tag: 'Blank' }
    const paths = byPath(hierarchy, reference)
    return resolution(paths.length > 0 ? paths : (hierarchy.byName.get(name) ?? []))
  }

/**
 * The unit and all units above it, from the unit up to its root (ALLOC-40, 41); empty for an id that is no unit.
 *
 * @example
 * import assert from 'node:assert'
 * import { either as E, function as F } from 'fp-ts'
 * import { Hierarchy, Text } from 'seatwise'
 *
 * const lineage = F.pipe(
 *   [{ id: 'acme', name: 'Acme' }, { id: 'sales', name: 'Sales', parent: 'acme' }],
 *   Hierarchy.build(Text.form('exact')),
 *   E.map((hierarchy) => Hierarchy.lineage(hierarchy)('sales')),
 * )
 * assert.deepStrictEqual(lineage, E.right(['sales', 'acme']))
 *
 * @since 0.1.0
 */
export const lineage =
  <Id extends string>(hierarchy: Hierarchy<Id>) =>
  (unit: Id): ReadonlyArray<Id> => {
    const line: Array<Id> = []
    for (let node = hierarchy.nodes.get(unit); node !== undefined; node = nodeOf(hierarchy.nodes, node.parent))
      line.push(node.id)
    return line
  }

/**
 * The part of each lineage that lies in `chosen`: `lineageWithin(h)(chosen)(u) = lineage(h)(u)` less what is not chosen,
 * at the cost of that part alone. Applying it to `chosen` is linear in the units of the forest.
 *
 * @example
 * import assert from 'node:assert'
 * import { either as E, function as F } from 'fp-ts'
 * import { Hierarchy, Text } from 'seatwise'
 *
 * const line = F.pipe(
 *   [{ id: 'acme', name: 'Acme' }, { id: 'sales', name: 'Sales', parent: 'acme' }],
 *   Hierarchy.build(Text.form('exact')),
 *   E.map((hierarchy) => Hierarchy.lineageWithin(hierarchy)(new Set(['acme']))('sales')),
 * )
 * assert.deepStrictEqual(line, E.right(['acme']))
 *
 * @since 0.1.0
 */
export const lineageWithin =
  <Id extends string>(hierarchy: Hierarchy<Id>) =>
  (chosen: ReadonlySet<Id>): ((unit: Id) => ReadonlyArray<Id>) => {
    const nearest = nearestOf(hierarchy, chosen)
    return (unit) => {
      const line: Array<Id> = []
      for (let id = nearest.get(unit); id !== undefined;) {
        line.push(id)
        const parent = hierarchy.nodes.get(id)?.parent
        id = parent === undefined ? undefined : nearest.get(parent)
      }
      return line
    }
  }

/** For every unit the nearest chosen one at or above it. */
const nearestOf = <Id extends string>(
  hierarchy: Hierarchy<Id>,
  chosen: ReadonlySet<Id>,
): ReadonlyMap<Id, Id | undefined> => {
  const nearest = new Map<Id, Id | undefined>()
  for (const start of hierarchy.nodes.values()) {
    const waiting: Array<Id> = []
    let node: Node<Id> | undefined = start
    // INVARIANT: every unit waits at most once in all, so the walks together are linear however deep the forest is.
    while (node !== undefined && !nearest.has(node.id) && !chosen.has(node.id)) {
      waiting.push(node.id)
      node = nodeOf(hierarchy.nodes, node.parent)
    }
    const answer = node === undefined ? undefined : chosen.has(node.id) ? node.id : nearest.get(node.id)
    if (node !== undefined) nearest.set(node.id, answer)
    for (const id of waiting) nearest.set(id, answer)
  }
  return nearest
}
