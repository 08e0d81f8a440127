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
import { furthest, turnedAt, type Choice, type MakeReader, type Turned } from './packReader.js'
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
  /** The latest day that a usable pack lasts until. */
  readonly latest: LastDay
  /** The usable packs that ask for no condition. */
  readonly forAll: Positions
  /** The usable packs that ask for one that is met at a place. */
  readonly at: (place: Place) => Positions
  /** The packs that are not usable, with the gate that turned each away. */
  readonly turned: ReadonlyArray<Turned>
}

/** What the candidate asks of a device; none where it asks for nothing. */
const keysOf = <C>({ requires }: Criterion<Placed, C>, candidate: C): ReadonlyArray<Key> | undefined =>
  O.toUndefined(requires(candidate))

/** What is found out about a place once. */
const perPlace = <A>(look: (place: Place) => A): ((place: Place) => A) => {
  const known: Array<A | undefined> = []
  return (place) => {
    const found = known[place.number]
    if (found !== undefined) return found
    // Without holes: a list that is filled from its end would become a slow one.
    while (known.length <= place.number) known.push(undefined)
    return (known[place.number] = look(place))
  }
}

const stockOf = (packs: ReadonlyArray<ProductPack>, subject: Subject): Stock => {
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
  const at = perPlace(({ keys }): Positions => {
    const [first, ...others] = keys.flatMap((key) => byKey.get(key) ?? [])
    if (first === undefined) return NO_PACKS
    return [...new Set([first, ...others])].sort((a, b) => a - b)
  })
  return { latest, forAll, at, turned }
}

// -------------------------------------------------------------------------------------
// refusals
// -------------------------------------------------------------------------------------

/** Why a device that needs a pack later than a day gets none that is not usable, by that day. */
const refusalsOf = (turned: ReadonlyArray<Turned>): ((last: LastDay) => Choice) => {
  const known = new Map<LastDay, Choice>()
  return (last) => {
    const refusal =
      known.get(last) ?? furthest(turned.filter(({ pack }) => lastsLonger(pack, last)))?.reason ?? 'no-later-pack'
    known.set(last, refusal)
    return refusal
  }
}

// -------------------------------------------------------------------------------------
// the reader
// -------------------------------------------------------------------------------------

/** Whether the global conditions are met at a place; there, where there are none. */
const globallyMet = (subject: Subject): ((place: Place) => boolean) | undefined => {
  const keys = keysOf(globalConditions, subject.ums)
  if (keys === undefined) return undefined
  const required = new Set(keys)
  return perPlace((place) => place.keys.some((key) => required.has(key)))
}

const readerOf = (packs: ReadonlyArray<ProductPack>, counts: ReadonlyArray<number>, first: Subject) => {
  const lasts = packs.map(lastDayOf)
  const totals = packs.map(({ total }): number => total)
  const { latest, forAll, at, turned } = stockOf(packs, first)
  const refusal = refusalsOf(turned)
  const isMet = globallyMet(first)

  return ({ device, placesOf, last }: Subject): Choice => {
    const places = placesOf(device)
    if (isMet !== undefined && !places.some(isMet))
      return isLater(latest, last) ? 'global-conditions-not-met' : refusal(last)
    let [best, most, someLater] = [-1, -1, false]
    for (let next = -1; next < places.length; next += 1) {
      const place = places[next]
      for (const position of place === undefined ? forAll : at(place)) {
        if (!isLater(lasts[position] ?? NEVER, last)) continue
        someLater = true
        const allocated = counts[position] ?? 0
        // INVARIANT: of packs of which equally much is allocated, the earlier position ranks first.
        if ((allocated > most || (allocated === most && position < best)) && isFree(allocated, totals[position] ?? 0)) {
          best = position
          most = allocated
        }
      }
    }
    const pack = packs[best]
    if (pack !== undefined) return pack
    if (someLater) return 'no-free-license'
    return isLater(latest, last) ? 'conditions-not-met' : refusal(last)
  }
}

export const compiled: MakeReader = (packs, counts) => {
  let modern: ((subject: Subject) => Choice) | undefined
  let older: ((subject: Subject) => Choice) | undefined
  return (subject) => {
    if (packs.length === 0) return 'no-pack'
    if (subject.os.isModern) return (modern ??= readerOf(packs, counts, subject))(subject)
    return (older ??= readerOf(packs, counts, subject))(subject)
  }
}
