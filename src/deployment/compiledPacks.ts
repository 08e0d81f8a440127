/**
 * The compiled reader of the pack ladder. What a pack must be for anybody is asked once for all devices of one kind of
 * operating system; the two gates of conditions are criteria, so packs are found by the places that they are for; what is
 * left for each device are the dates and the counts of the packs that it can have.
 *
 * INVARIANT: all that the gates of usable packs read of a device is its operating system. What else they read is the same
 * for all subjects of a shelf until a pack starts or ends.
 */
import { O } from '../prelude.js'
import type { ProductPack } from '../record/ProductPack.js'
import type { Criterion, Key } from '../rule/Criterion.js'
import { append } from '../value/Lists.js'
import { globalConditions, packConditions, type Placed } from './conditions.js'
import { isFree, isLater, lastsLonger, usable } from './packGates.js'
import { furthest, turnedAt, type Choice, type Counts, type MakeReader, type Turned } from './packReader.js'
import type { Place } from './places.js'
import type { Subject } from './subject.js'
import { lastDayOf, NEVER, type LastDay } from './validity.js'

/** The positions of packs, ascending: the order in which they rank where equally much is allocated. */
type Positions = ReadonlyArray<number>

const NO_PACKS: Positions = []

// -------------------------------------------------------------------------------------
// usable packs
// -------------------------------------------------------------------------------------

/** What is known of the packs of a type for all devices of one kind of operating system. */
interface Stock {
  readonly packs: ReadonlyArray<ProductPack>
  readonly counts: Counts
  readonly lasts: Float64Array
  readonly totals: Float64Array
  /** The latest day that a usable pack lasts until. */
  readonly latest: LastDay
  /** The usable packs that ask for no condition. */
  readonly forAll: Positions
  /** The usable packs that ask for a condition, by what they ask for. */
  readonly byKey: ReadonlyMap<Key, Positions>
  /** The usable packs that ask for a condition that is met at a place, by the number of the place, as far as it was asked. */
  readonly byPlace: Array<Positions | undefined>
  /** What the global conditions ask for; nothing, where there are none. */
  readonly globalKeys: ReadonlySet<Key> | undefined
  /** Whether the global conditions are met at a place, as far as it was asked. */
  readonly isMetAt: Array<boolean | undefined>
  /** The packs that are not usable, with the gate that turned each away. */
  readonly turned: ReadonlyArray<Turned>
  /** Why a device that needs a pack later than a day gets none that is not usable, as far as it was asked. */
  readonly refusals: Map<LastDay, Choice>
  /** The pack for all that ranks first among those that have a license free, where it is known: none, where it is -1. */
  readonly known: { freest: number; isKnown: boolean }
}

/** What the candidate asks of a device; none where it asks for nothing. */
const keysOf = <C>({ requires }: Criterion<Placed, C>, candidate: C): ReadonlyArray<Key> | undefined =>
  O.toUndefined(requires(candidate))

const stockOf = (packs: ReadonlyArray<ProductPack>, counts: Counts, subject: Subject): Stock => {
  const turned: Array<Turned> = []
  const forAll: Array<number> = []
  const byKey = new Map<Key, Array<number>>()
  let latest: LastDay = NEVER
  for (const [position, pack] of packs.entries()) {
    const refused = turnedAt(usable, { subject, pack, allocated: pack.allocated })
    if (refused !== undefined) {
      turned.push(refused)
      continue
    }
    latest = Math.max(latest, lastDayOf(pack))
    const keys = keysOf(packConditions, { pack, ums: subject.ums })
    if (keys === undefined) forAll.push(position)
    else for (const key of new Set(keys)) append(byKey, key, position)
  }
  const globalKeys = keysOf(globalConditions, subject.ums)
  return {
    packs,
    counts,
    lasts: Float64Array.from(packs, lastDayOf),
    totals: Float64Array.from(packs, ({ total }) => total),
    latest,
    forAll,
    byKey,
    byPlace: [],
    globalKeys: globalKeys === undefined ? undefined : new Set(globalKeys),
    isMetAt: [],
    turned,
    refusals: new Map(),
    known: { freest: -1, isKnown: false },
  }
}

// -------------------------------------------------------------------------------------
// places
// -------------------------------------------------------------------------------------

/** Writes down what was found out about a place. Without holes: a list that is filled from its end would become a slow one. */
const note = <A>(list: Array<A | undefined>, { number }: Place, found: A): A => {
  const known = list
  while (known.length <= number) known.push(undefined)
  known[number] = found
  return found
}

const positionsAt = ({ byKey, byPlace }: Stock, place: Place): Positions => {
  const known = byPlace[place.number]
  if (known !== undefined) return known
  const found = new Set(place.keys.flatMap((key) => byKey.get(key) ?? []))
  return note(byPlace, place, found.size === 0 ? NO_PACKS : [...found].sort((a, b) => a - b))
}

const meetsGlobal = ({ globalKeys, isMetAt }: Stock, places: ReadonlyArray<Place>): boolean => {
  if (globalKeys === undefined) return true
  for (const place of places)
    if (
      isMetAt[place.number] ??
      note(
        isMetAt,
        place,
        place.keys.some((key) => globalKeys.has(key)),
      )
    )
      return true
  return false
}

// -------------------------------------------------------------------------------------
// ranks
// -------------------------------------------------------------------------------------

/**
 * The pack that ranks first of one and some others: of those that last longer than a day and have a license free.
 * INVARIANT: of packs of which equally much is allocated, the earlier position ranks first.
 */
const firstOf = ({ counts, lasts, totals }: Stock, positions: Positions, last: LastDay, one: number): number => {
  let best = one
  let most = one < 0 ? -1 : (counts[one] ?? 0)
  for (const position of positions) {
    const allocated = counts[position] ?? 0
    if (
      (allocated > most || (allocated === most && position < best)) &&
      isFree(allocated, totals[position] ?? 0) &&
      isLater(lasts[position] ?? NEVER, last)
    ) {
      best = position
      most = allocated
    }
  }
  return best
}

/** The first of the packs for all, for whoever holds nothing: any lasts longer than that. */
const freestOf = (stock: Stock): number => {
  const { known } = stock
  if (!known.isKnown) {
    known.freest = firstOf(stock, stock.forAll, NEVER, -1)
    known.isKnown = true
  }
  return known.freest
}

/** INVARIANT: the pack of which most is allocated stays the first when more of it is, as long as a license is free. */
const recount = (stock: Stock, position: number, isMore: boolean): void => {
  const { known, counts, totals } = stock
  if (position !== known.freest || !isMore || !isFree(counts[position] ?? 0, totals[position] ?? 0))
    known.isKnown = false
}

// -------------------------------------------------------------------------------------
// the reader
// -------------------------------------------------------------------------------------

const refusalOf = ({ turned, refusals }: Stock, last: LastDay): Choice => {
  const known = refusals.get(last)
  if (known !== undefined) return known
  const found = furthest(turned.filter(({ pack }) => lastsLonger(pack, last)))?.reason ?? 'no-later-pack'
  refusals.set(last, found)
  return found
}

const isAnyLater = ({ lasts }: Stock, positions: Positions, last: LastDay): boolean => {
  if (last === NEVER) return positions.length > 0
  for (const position of positions) if (isLater(lasts[position] ?? NEVER, last)) return true
  return false
}

/** Does any pack that the places meet the conditions of last longer than a day, free or not? */
const isAnyMet = (stock: Stock, places: ReadonlyArray<Place>, last: LastDay): boolean => {
  if (isAnyLater(stock, stock.forAll, last)) return true
  for (const place of places) if (isAnyLater(stock, positionsAt(stock, place), last)) return true
  return false
}

const chooseFrom = (stock: Stock, { device, placesOf, last }: Subject): Choice => {
  if (!isLater(stock.latest, last)) return refusalOf(stock, last)
  const places = placesOf(device)
  if (!meetsGlobal(stock, places)) return 'global-conditions-not-met'
  let best = last === NEVER ? freestOf(stock) : firstOf(stock, stock.forAll, last, -1)
  for (const place of places) {
    const positions = positionsAt(stock, place)
    if (positions.length > 0) best = firstOf(stock, positions, last, best)
  }
  // A list is not asked for what is not in it: that takes as long as all the rest.
  const pack = best < 0 ? undefined : stock.packs[best]
  return pack ?? (isAnyMet(stock, places, last) ? 'no-free-license' : 'conditions-not-met')
}

export const compiled: MakeReader = (packs, counts) => {
  let modern: Stock | undefined
  let older: Stock | undefined
  const before = [...counts]
  return {
    choose: (subject) => {
      if (packs.length === 0) return 'no-pack'
      return chooseFrom(
        subject.os.isModern
          ? (modern ??= stockOf(packs, counts, subject))
          : (older ??= stockOf(packs, counts, subject)),
        subject,
      )
    },
    recounted: (position) => {
      const allocated = counts[position] ?? 0
      const isMore = allocated > (before[position] ?? 0)
      before[position] = allocated
      if (modern !== undefined) recount(modern, position, isMore)
      if (older !== undefined) recount(older, position, isMore)
    },
  }
}
