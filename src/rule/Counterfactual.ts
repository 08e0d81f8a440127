/**
 * The smallest remedies that make something true, by search: sets of remedies grow one remedy at a time, each set is made and asked
 * about, and the first size at which one holds is the answer, with all the sets of that size.
 *
 * Laws:
 *
 * 1. Soundness: of every set that is found, `holds` is true of what it makes
 * 2. Minimality: no proper subset of a set that is found holds, nor does any smaller set of the space
 * 3. Completeness: where `ways` leave out no remedy that every larger set needs, all sets of the smallest size are found
 * 4. One order: what is found depends on no order but that of `compare`
 */

import * as Text from '../value/Text.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** A space of remedies, and what is asked of what they make. */
export interface Space<Remedy, Made> {
  /** What the remedies make, in the order given. */
  readonly make: (remedies: ReadonlyArray<Remedy>) => Made
  readonly holds: (made: Made) => boolean
  /**
   * Which remedies to try next: a set grows along one way alone.
   *
   * INVARIANT: every set of the space that holds and grows out of these remedies contains one of the next ones of its way.
   */
  readonly ways: ReadonlyArray<(made: Made, remedies: ReadonlyArray<Remedy>) => ReadonlyArray<Remedy>>
  /** The cheaper first; zero for equal remedies only. */
  readonly compare: (a: Remedy, b: Remedy) => number
  /** Two remedies that change the same thing never stand in one set. */
  readonly changes: (remedy: Remedy) => string
  readonly key: (remedy: Remedy) => string
}

/** A set of remedies, the cheaper first, and what it makes. */
export interface Found<Remedy, Made> {
  readonly remedies: ReadonlyArray<Remedy>
  readonly made: Made
}

// -------------------------------------------------------------------------------------
// bounds
// -------------------------------------------------------------------------------------

/** How many remedies an answer has at the most where the caller does not say. */
export const USUAL_BOUND = 2

/** A search of larger sets would not end in time. */
export const LARGEST_BOUND = 4

/** A bound as it is kept to: a whole number up to the largest. What is none is the usual one. */
export const boundOf = (bound: number | undefined): number =>
  bound === undefined || !Number.isInteger(bound) || bound < 0 ? USUAL_BOUND : Math.min(bound, LARGEST_BOUND)

/** So many sets of remedies are tried where nothing is said. */
const USUAL_TRIES = 1_000

export const triesOf = (tries: number | undefined): number => (tries !== undefined && tries >= 0 ? tries : USUAL_TRIES)

// -------------------------------------------------------------------------------------
// search
// -------------------------------------------------------------------------------------

/** One order of remedies: the kinds as they are listed, the cheapest first; then what is written of them, as texts. */
export const cheapestFirst = <Remedy extends { readonly kind: string }>(
  kinds: ReadonlyArray<Remedy['kind']>,
  write: (remedy: Remedy) => unknown,
): Pick<Space<Remedy, unknown>, 'compare' | 'key'> => {
  const placeOf = new Map(kinds.map((kind, place) => [kind, place]))
  const key = (remedy: Remedy): string => JSON.stringify(write(remedy))
  return {
    key,
    compare: (a, b) => (placeOf.get(a.kind) ?? 0) - (placeOf.get(b.kind) ?? 0) || Text.compare(key(a), key(b)),
  }
}

/** Sets by their dearest remedy, then by the next dearest: what costs least comes first. */
export const byDearest =
  <Remedy>(compare: (a: Remedy, b: Remedy) => number) =>
  (a: ReadonlyArray<Remedy>, b: ReadonlyArray<Remedy>): number => {
    if (a.length !== b.length) return a.length - b.length
    for (let place = a.length - 1; place >= 0; place -= 1) {
      const [one, other] = [a[place], b[place]]
      const order = one === undefined || other === undefined ? 0 : compare(one, other)
      if (order !== 0) return order
    }
    return 0
  }

/** What a search came to: all sets of the smallest size that hold, and the size up to which every set was tried. */
export interface Searched<Remedy, Made> {
  readonly bound: number
  readonly found: ReadonlyArray<Found<Remedy, Made>>
}

/** The sets of a way that are larger by one remedy, by their names; none of them is made yet. */
const largerThan = <Remedy, Made>(
  { compare, changes, key }: Space<Remedy, Made>,
  next: Space<Remedy, Made>['ways'][number],
  sets: Iterable<Found<Remedy, Made>>,
): ReadonlyMap<string, ReadonlyArray<Remedy>> => {
  const larger = new Map<string, ReadonlyArray<Remedy>>()
  for (const { remedies, made } of sets) {
    const changed = new Set(remedies.map(changes))
    for (const remedy of next(made, remedies)) {
      if (changed.has(changes(remedy))) continue
      const more = [...remedies, remedy].sort(compare)
      larger.set(more.map(key).join('\u0000'), more)
    }
  }
  return larger
}

/**
 * The smallest sets of remedies that hold, up to the bound, in the order of {@link byDearest}; none, where there is none. A
 * size of which there are more sets than may still be tried is not begun.
 */
export const smallest =
  (bound: number, most = Infinity) =>
  <Remedy, Made>(space: Space<Remedy, Made>): Searched<Remedy, Made> => {
    const { make, holds, compare, ways } = space
    const order = byDearest(compare)
    const nothing: Found<Remedy, Made> = { remedies: [], made: make([]) }
    if (holds(nothing.made)) return { bound, found: [nothing] }
    let grown: ReadonlyArray<Iterable<Found<Remedy, Made>>> = ways.map(() => [nothing])
    let left = most
    for (let size = 1; size <= bound; size += 1) {
      const larger = ways.map((next, way) => largerThan(space, next, grown[way] ?? []))
      const sets = new Map(larger.flatMap((ofWay) => [...ofWay]))
      if (sets.size > left) return { bound: size - 1, found: [] }
      left -= sets.size
      const tried = new Map(Array.from(sets, ([name, remedies]) => [name, { remedies, made: make(remedies) }]))
      const found = [...tried.values()].filter(({ made }) => holds(made))
      if (found.length > 0) return { bound, found: found.sort((a, b) => order(a.remedies, b.remedies)) }
      grown = larger.map((ofWay) => [...ofWay.keys()].flatMap((name) => tried.get(name) ?? []))
    }
    return { bound, found: [] }
  }

/** How much a remedy brings, where less might do; and the remedy that brings so much. */
export interface Amounts<Remedy> {
  readonly amountOf: (remedy: Remedy) => number | undefined
  readonly withAmount: (remedy: Remedy, amount: number) => Remedy
}

/**
 * A set that holds, with as little as does: one less of any would not be enough. Between what is enough and what is not the
 * amounts are halved.
 */
export const withLeastAmounts =
  <Remedy, Made>(
    { make, holds }: Pick<Space<Remedy, Made>, 'make' | 'holds'>,
    { amountOf, withAmount }: Amounts<Remedy>,
  ) =>
  (found: Found<Remedy, Made>): Found<Remedy, Made> =>
    found.remedies.reduce((least, remedy, place) => {
      let [enough, amount, below] = [least, amountOf(remedy) ?? 0, 0]
      while (amount - below > 1) {
        const middle = Math.floor((below + amount) / 2)
        const remedies = enough.remedies.map((each, at) => (at === place ? withAmount(each, middle) : each))
        const made = make(remedies)
        if (holds(made)) [enough, amount] = [{ remedies, made }, middle]
        else below = middle
      }
      return enough
    }, found)
