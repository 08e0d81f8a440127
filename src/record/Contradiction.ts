/**
 * One id for several records: exact duplicates count once, and different contents are a contradiction, which leaves no
 * right answer (ALLOC-47, ALD-114).
 */
import { contentBy } from './Content.js'
import { showPath, type Rejection, type Step } from './Rejection.js'
import type { Shape } from './Shape.js'
import { areDistinct } from '../value/Distinct.js'

// -------------------------------------------------------------------------------------
// naming them
// -------------------------------------------------------------------------------------

/** Of a long list a hint names this many members. */
const NAMED = 12

export const named = (members: ReadonlyArray<string>): string => {
  const shown = members.slice(0, NAMED).join(', ')
  return members.length <= NAMED ? shown : `${shown} and ${String(members.length - NAMED)} more`
}

// -------------------------------------------------------------------------------------
// one id, different contents
// -------------------------------------------------------------------------------------

/** Records of a collection that are told apart by an id. */
export interface Records<A> {
  readonly collection: string
  readonly at: ReadonlyArray<Step>
  readonly records: ReadonlyArray<A>
  readonly id: (record: A) => string
  readonly shape: Shape<A>
}

/** The positions of the records of each id that comes more than once. */
const repeated = <A>({ records, id }: Records<A>): ReadonlyMap<string, ReadonlyArray<number>> => {
  // Nearly always every record stands once: then nobody asks where they stand.
  if (areDistinct(records, id)) return new Map()
  const first = new Map<string, number>()
  const positions = new Map<string, Array<number>>()
  records.forEach((record, position) => {
    const key = id(record)
    const earlier = first.get(key)
    if (earlier === undefined) first.set(key, position)
    else {
      const known = positions.get(key) ?? [earlier]
      known.push(position)
      positions.set(key, known)
    }
  })
  return positions
}

/** What comes of ids that stand more than once: contradictions, and where records stand that stood before. */
export interface Repeats {
  readonly contradictions: ReadonlyArray<Rejection>
  /** In the order of the places. */
  readonly places: ReadonlyArray<{ readonly id: string; readonly index: number }>
}

/** An id that stands for records of different content is one contradiction, all copies named. */
const contradictionsIn = <A>(
  given: Records<A>,
  repeats: ReadonlyMap<string, ReadonlyArray<number>>,
): ReadonlyArray<Rejection> =>
  [...repeats].flatMap(([id, positions]): ReadonlyArray<Rejection> => {
    const contents = positions.map((position) => contentBy(given.shape)(given.records[position] as A))
    const other = contents.findIndex((content) => content !== contents[0])
    const index = positions[other]
    if (index === undefined) return []
    const places = positions.map((position) => showPath([...given.at, position]))
    return [
      {
        code: 'contradiction',
        severity: 'error',
        path: showPath([...given.at, index]),
        collection: given.collection,
        index,
        id,
        hint: `one id stands for different records, at ${named(places)}; keep one of them`,
      },
    ]
  })

/** Looks through a collection once for both. */
export const repeatsIn = <A>(given: Records<A>): Repeats => {
  const repeats = repeated(given)
  return {
    contradictions: contradictionsIn(given, repeats),
    places: [...repeats]
      .flatMap(([id, positions]) => positions.slice(1).map((index) => ({ id, index })))
      .sort((a, b) => a.index - b.index),
  }
}

/** The ids that stand for records of different content. */
export const contradictory = <A>(given: Records<A>): ReadonlyArray<Rejection> =>
  contradictionsIn(given, repeated(given))

/** Every id once: of exact duplicates the first counts. */
export const distinct = <A>(records: ReadonlyArray<A>, id: (record: A) => string): ReadonlyArray<A> => {
  if (areDistinct(records, id)) return records
  const known = new Set<string>()
  return records.filter((record) => known.size < known.add(id(record)).size)
}
