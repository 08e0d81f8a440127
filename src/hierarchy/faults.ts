/**
 * What can be wrong with parent links: cycles, and parents that are no units (ALLOC-47).
 *
 * @since 0.1.0
 */
import type { RNEA } from '../prelude.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/**
 * What a hierarchy is built from: an id, a name and, but for a root, the id of the parent.
 *
 * @since 0.1.0
 */
export interface Node<Id extends string> {
  readonly id: Id
  readonly name: string
  readonly parent?: Id
}

/**
 * Why parent links do not make a forest (ALLOC-47). Of a cycle, the members in the order of the links, from the
 * smallest id on.
 *
 * @since 0.1.0
 */
export type HierarchyFault<Id extends string> =
  | { readonly _tag: 'Cycle'; readonly members: RNEA.ReadonlyNonEmptyArray<Id> }
  | { readonly _tag: 'Orphan'; readonly unit: Id; readonly parent: Id }

/** The nodes by id; of several with one id the first. */
export const nodesOf = <Id extends string>(units: ReadonlyArray<Node<Id>>): ReadonlyMap<string, Node<Id>> => {
  const nodes = new Map<string, Node<Id>>()
  for (const unit of units) if (!nodes.has(unit.id)) nodes.set(unit.id, unit)
  return nodes
}

// -------------------------------------------------------------------------------------
// finding them
// -------------------------------------------------------------------------------------

const orphans = <Id extends string>(nodes: ReadonlyMap<string, Node<Id>>): ReadonlyArray<HierarchyFault<Id>> => {
  const found: Array<HierarchyFault<Id>> = []
  for (const { id, parent } of nodes.values())
    if (parent !== undefined && !nodes.has(parent)) found.push({ _tag: 'Orphan', unit: id, parent })
  return found
}

/** Follows the links from each unit not seen before; a walk that meets itself has found a cycle, once. */
const cycles = <Id extends string>(nodes: ReadonlyMap<string, Node<Id>>): ReadonlyArray<HierarchyFault<Id>> => {
  const found: Array<HierarchyFault<Id>> = []
  const walkOf = new Map<Id, number>()
  let walk = 0
  for (const start of nodes.values()) {
    walk += 1
    let node: Node<Id> | undefined = start
    while (node !== undefined && !walkOf.has(node.id)) {
      walkOf.set(node.id, walk)
      node = node.parent === undefined ? undefined : nodes.get(node.parent)
    }
    if (node !== undefined && walkOf.get(node.id) === walk) found.push(cycleThrough(nodes, node.id))
  }
  return found
}

const cycleThrough = <Id extends string>(nodes: ReadonlyMap<string, Node<Id>>, start: Id): HierarchyFault<Id> => {
  const members: Array<Id> = []
  let first = 0
  for (
    let id: Id | undefined = start;
    id !== undefined && (members.length === 0 || id !== start);
    id = nodes.get(id)?.parent
  ) {
    members.push(id)
    if (id < (members[first] ?? id)) first = members.length - 1
  }
  const [head = start, ...tail] = [...members.slice(first), ...members.slice(0, first)]
  return { _tag: 'Cycle', members: [head, ...tail] }
}

const faultId = <Id extends string>(fault: HierarchyFault<Id>): Id => {
  switch (fault._tag) {
    case 'Cycle':
      return fault.members[0]
    case 'Orphan':
      return fault.unit
  }
}

/** All faults, by the smallest id involved. Linear in the nodes. */
export const faultsOf = <Id extends string>(nodes: ReadonlyMap<string, Node<Id>>): ReadonlyArray<HierarchyFault<Id>> =>
  [...cycles(nodes), ...orphans(nodes)].sort((a, b) => (faultId(a) < faultId(b) ? -1 : 1))
