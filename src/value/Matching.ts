/**
 * The most that can be served where each may go to some places and each place has room for so many: a maximum matching of a
 * bipartite graph with capacities, found from a given one by augmenting paths, all shortest ones at once (Hopcroft and Karp).
 *
 * Laws:
 *
 * 1. Nobody who was served before goes without after, and no place gets fewer or more than it has room for
 * 2. Maximal: who is wanting may go nowhere but to the places in want, and those have less room than there are wanting
 *    (König): `served = all - (wanting - room of the places in want)`
 * 3. Chains: each begins with one who is served anew; carried out in any order, any of them, they never need more room than
 *    there is, and all of them serve as many as the matching
 */

/** Nowhere. */
export const NOBODY = -1

/** Who may go where: the places of each, asked for often, but only of those who matter. */
export interface Graph {
  readonly places: (one: number) => ReadonlyArray<number>
  readonly room: ArrayLike<number>
}

/** The place of each, or {@link NOBODY}; and whom, and which places, no chain can help any more. */
export interface Matching {
  readonly placeOf: Int32Array
  readonly isWanting: (one: number) => boolean
  readonly isInWant: (place: number) => boolean
}

/** Not reached from anyone who is not served. */
const FAR = -1

interface Search {
  readonly graph: Graph
  readonly placeOf: Int32Array
  /** Who is at each place. */
  readonly at: ReadonlyArray<Array<number>>
  /** How far each, and each place, is from the nearest who is not served. */
  readonly depth: Int32Array
  readonly placeDepth: Int32Array
  /** How many of the places of each, and of those at each place, this round has looked at. */
  readonly looked: Int32Array
  readonly placeLooked: Int32Array
}

const hasRoom = ({ graph, at }: Search, place: number): boolean => (at[place]?.length ?? 0) < (graph.room[place] ?? 0)

/** Measures how far everything is, up to the nearest room: is there any? */
const measure = (search: Search): boolean => {
  const { graph, placeOf, at, depth, placeDepth } = search
  depth.fill(FAR)
  placeDepth.fill(FAR)
  const queue: Array<number> = []
  placeOf.forEach((place, one) => {
    if (place !== NOBODY) return
    depth[one] = 0
    queue.push(one)
  })
  let nearest = Infinity
  for (const one of queue) {
    const far = depth[one] ?? FAR
    if (far > nearest) break
    for (const place of graph.places(one)) {
      if (placeDepth[place] !== FAR) continue
      placeDepth[place] = far
      if (hasRoom(search, place)) nearest = far
      else
        for (const other of at[place] ?? []) {
          depth[other] = far + 1
          queue.push(other)
        }
    }
  }
  return nearest !== Infinity
}

/** Serves one who is not served along a shortest way to room, if one is left in this round. */
const augment = (search: Search, first: number): void => {
  const { graph, placeOf, at, depth, placeDepth, looked, placeLooked } = search
  const way = [first]
  for (let one = way.at(-1); one !== undefined; one = way.at(-1)) {
    const place = graph.places(one)[looked[one] ?? 0]
    if (place === undefined) {
      way.pop()
      continue
    }
    const isAhead = placeDepth[place] === depth[one]
    if (isAhead && hasRoom(search, place)) {
      // Each takes the place that the next one leaves, and the last one the room.
      at[place]?.push(one)
      let to = place
      for (let step = way.length - 1; step >= 0; step -= 1) {
        const mover = way[step] ?? NOBODY
        const from = placeOf[mover] ?? NOBODY
        placeOf[mover] = to
        // INVARIANT: who is on a way was looked at last at the place that they leave, where nobody has moved since.
        const before = way[step - 1]
        if (before !== undefined) (at[from] ?? [])[(placeLooked[from] ?? 0) - 1] = before
        to = from
      }
      return
    }
    const next = isAhead ? at[place]?.[placeLooked[place] ?? 0] : undefined
    if (next === undefined) looked[one] = (looked[one] ?? 0) + 1
    else {
      placeLooked[place] = (placeLooked[place] ?? 0) + 1
      if (depth[next] === (depth[one] ?? 0) + 1) way.push(next)
    }
  }
}

/** Serves as many as can be, from a matching on. What is given is not changed. */
export const maximum = (before: ArrayLike<number>, graph: Graph): Matching => {
  const placeOf = Int32Array.from(before)
  const at = Array.from(graph.room, (): Array<number> => [])
  placeOf.forEach((place, one) => at[place]?.push(one))
  const all = placeOf.length
  const search: Search = {
    graph,
    placeOf,
    at,
    depth: new Int32Array(all),
    placeDepth: new Int32Array(at.length),
    looked: new Int32Array(all),
    placeLooked: new Int32Array(at.length),
  }
  while (measure(search)) {
    search.looked.fill(0)
    search.placeLooked.fill(0)
    for (let one = 0; one < all; one += 1) if (placeOf[one] === NOBODY) augment(search, one)
  }
  return {
    placeOf,
    isWanting: (one) => search.depth[one] !== FAR,
    isInWant: (place) => search.placeDepth[place] !== FAR,
  }
}

/**
 * What leads from a matching to a larger one that serves everybody whom it serves: for each who is served anew, a chain of
 * those who move, each to make room for the one before. Who would only change places with others stays.
 */
export const chains = (before: ArrayLike<number>, after: ArrayLike<number>): ReadonlyArray<ReadonlyArray<number>> => {
  const leaving = new Map<number, Array<number>>()
  for (let one = before.length - 1; one >= 0; one -= 1) {
    const from = before[one] ?? NOBODY
    if (from === NOBODY || from === after[one]) continue
    const known = leaving.get(from)
    if (known === undefined) leaving.set(from, [one])
    else known.push(one)
  }
  const found: Array<ReadonlyArray<number>> = []
  for (let first = 0; first < before.length; first += 1) {
    if (before[first] !== NOBODY || after[first] === NOBODY) continue
    const chain: Array<number> = []
    for (let one: number | undefined = first; one !== undefined; one = leaving.get(after[one] ?? NOBODY)?.pop())
      chain.push(one)
    found.push(chain)
  }
  return found
}
