/**
 * The packs of one type while decisions are made: which of them a device gets a license from, and how many licenses of it
 * are allocated at that moment (ALD-109; deployment.md, sections 5 and 8).
 *
 * There are two readers of the pack ladder. The *reference* walks it for every pack, as it is told. The *compiled* one
 * climbs the settled gates once for all devices that are alike to them, and for each device only looks at dates and
 * counts. Law: both choose alike, and give the same reason where they choose none.
 */
import { E, O } from '../prelude.js'
import type { DeploymentReason } from '../record/DeploymentDecision.js'
import type { ProductPack } from '../record/ProductPack.js'
import { climb } from '../rule/Ladder.js'
import * as Ranking from '../rule/Ranking.js'
import { isFree, isLater, lastsLonger, packLadder, settled, type PackLadder } from './packGates.js'
import { packRanking, standingRanking } from './ranking.js'
import type { Offer, Subject } from './subject.js'
import { lastDayOf, NEVER, type LastDay } from './validity.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** A pack, or why there is none. */
export type Choice = E.Either<DeploymentReason, ProductPack>

/** The packs of a type, with live counts. */
export interface Shelf {
  /** In the order of their registration and ids. */
  readonly packs: ReadonlyArray<ProductPack>
  readonly byId: (id: string) => ProductPack | undefined
  readonly allocated: (pack: ProductPack) => number
  /** The pack that a subject would get a license from. */
  readonly choose: (subject: Subject) => Choice
  /** One more license of a pack is allocated. */
  readonly take: (pack: ProductPack) => void
  /** So many licenses of a pack are allocated. */
  readonly count: (id: string, allocated: number) => void
}

/** Which reader of the pack ladder decides. */
export type ReaderName = 'compiled' | 'reference'

/** How many licenses of each pack are allocated, by the position of the pack. */
type Counts = ReadonlyArray<number>

type MakeReader = (packs: ReadonlyArray<ProductPack>, counts: Counts) => Shelf['choose']

/** Where a pack was turned away: at which gate, counted from the first, and why. */
interface Turned {
  readonly place: number
  readonly pack: ProductPack
  readonly reason: DeploymentReason
}

const NO_PACK: Choice = E.left('no-pack')
const NO_LATER_PACK: Choice = E.left('no-later-pack')
const NO_FREE_LICENSE: Choice = E.left('no-free-license')

/** The first gate of a ladder that refuses an offer. */
const turnedAt = (ladder: PackLadder, offer: Offer): Turned | undefined => {
  for (const [place, gate] of ladder.entries()) {
    const refused = gate._tag === 'Gate' ? gate.refuses(offer) : O.none
    if (O.isSome(refused)) return { place, pack: offer.pack, reason: refused.value }
  }
  return undefined
}

/** The pack that came furthest; of those that came equally far the one with the smaller id (ALD-110). */
const furthest = (turned: ReadonlyArray<Turned>): Turned | undefined => {
  let best: Turned | undefined
  for (const each of turned)
    if (best === undefined || each.place > best.place || (each.place === best.place && each.pack.id < best.pack.id))
      best = each
  return best
}

// -------------------------------------------------------------------------------------
// the reference reader
// -------------------------------------------------------------------------------------

const refuses = climb(packLadder)
const ranked = Ranking.sort(packRanking)

const reference: MakeReader = (packs, counts) => (subject) => {
  const offers = packs.map((pack, position): Offer => ({ subject, pack, allocated: counts[position] ?? 0 }))
  const [best] = ranked(offers.filter((offer) => O.isNone(refuses(offer))))
  if (best !== undefined) return E.right(best.pack)
  const turned = furthest(offers.flatMap((offer) => turnedAt(packLadder, offer) ?? []))
  return turned === undefined ? NO_PACK : E.left(turned.reason)
}

// -------------------------------------------------------------------------------------
// the compiled reader
// -------------------------------------------------------------------------------------

/** What the settled gates say to all devices that are alike to them. */
interface Profile {
  /** The packs that pass them, by their positions, in which they rank where equally much is allocated. */
  readonly open: ReadonlyArray<number>
  /** The others, with the gate that turned each away. */
  readonly turned: ReadonlyArray<Turned>
  /** What is said where no open pack is late enough, by the day that it has to be later than. */
  readonly refusals: Map<LastDay, Choice>
}

const profileOf = (packs: ReadonlyArray<ProductPack>, subject: Subject): Profile => {
  const open: Array<number> = []
  const turned: Array<Turned> = []
  for (const [position, pack] of packs.entries()) {
    const refused = turnedAt(settled, { subject, pack, allocated: pack.allocated })
    if (refused === undefined) open.push(position)
    else turned.push(refused)
  }
  return { open, turned, refusals: new Map() }
}

/** Why no pack is chosen where no open one is late enough. */
const refusalOf = (packs: ReadonlyArray<ProductPack>, { turned, refusals }: Profile, last: LastDay): Choice => {
  const known = refusals.get(last)
  if (known !== undefined) return known
  const best = furthest(turned.filter(({ pack }) => lastsLonger(pack, last)))
  const refusal = packs.length === 0 ? NO_PACK : best === undefined ? NO_LATER_PACK : E.left(best.reason)
  refusals.set(last, refusal)
  return refusal
}

/** More profiles than these are not worth their room. */
const MOST_PROFILES = 10_000

/**
 * The profiles of a shelf, made when they are first asked for.
 *
 * INVARIANT: all that the settled gates read of a device is its operating system and where it is, and devices that are at
 * the same places share one list of them. What else the gates read is the same for all subjects of a shelf.
 */
const profilesOf = (packs: ReadonlyArray<ProductPack>): ((subject: Subject) => Profile) => {
  const modern = new Map<unknown, Profile>()
  const older = new Map<unknown, Profile>()
  return (subject) => {
    const profiles = subject.os.isModern ? modern : older
    const places = subject.placesOf(subject.device)
    const known = profiles.get(places)
    if (known !== undefined) return known
    if (profiles.size >= MOST_PROFILES) profiles.clear()
    const profile = profileOf(packs, subject)
    profiles.set(places, profile)
    return profile
  }
}

const compiled: MakeReader = (packs, counts) => {
  const choices = packs.map((pack): Choice => E.right(pack))
  const lasts = packs.map(lastDayOf)
  const totals = packs.map(({ total }): number => total)
  const profileFor = profilesOf(packs)
  return (subject) => {
    if (packs.length === 0) return NO_PACK
    const { last } = subject
    const profile = profileFor(subject)
    let best = -1
    let most = -1
    let someLater = false
    for (const position of profile.open) {
      if (!isLater(lasts[position] ?? NEVER, last)) continue
      someLater = true
      const allocated = counts[position] ?? 0
      // INVARIANT: of packs of which equally much is allocated, the earlier position ranks first.
      if (allocated > most && isFree(allocated, totals[position] ?? 0)) {
        best = position
        most = allocated
      }
    }
    return choices[best] ?? (someLater ? NO_FREE_LICENSE : refusalOf(packs, profile, last))
  }
}

// -------------------------------------------------------------------------------------
// shelves
// -------------------------------------------------------------------------------------

const readers: { readonly [K in ReaderName]: MakeReader } = { compiled, reference }

const inOrder = Ranking.sort(standingRanking)

/** A shelf of the packs of one type. */
export const shelfOf = (given: ReadonlyArray<ProductPack>, reader: ReaderName): Shelf => {
  const packs = inOrder(given)
  const positions = new Map(packs.map(({ id }, position): readonly [string, number] => [id, position]))
  const counts = packs.map(({ allocated }): number => allocated)
  const allocated = (pack: ProductPack): number => counts[positions.get(pack.id) ?? -1] ?? pack.allocated
  const count = (id: string, number: number): void => {
    const position = positions.get(id)
    if (position !== undefined) counts[position] = number
  }
  return {
    packs,
    byId: (id) => packs[positions.get(id) ?? -1],
    allocated,
    choose: readers[reader](packs, counts),
    take: (pack) => {
      count(pack.id, allocated(pack) + 1)
    },
    count,
  }
}
