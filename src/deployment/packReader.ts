/**
 * What reads the pack ladder for a subject: which pack of the type it gets a license from, or why none (deployment.md,
 * sections 5 and 8). There are two readers. The *reference*, here, walks the ladder for every pack, as it is told; the
 * *compiled* one is in compiledPacks.ts. Law: both choose alike, and give the same reason where they choose none.
 */
import { O } from '../prelude.js'
import type { DeploymentReason } from '../record/DeploymentDecision.js'
import type { ProductPack } from '../record/ProductPack.js'
import { climb } from '../rule/Ladder.js'
import * as Ranking from '../rule/Ranking.js'
import { packLadder, type PackLadder } from './packGates.js'
import { packRanking } from './ranking.js'
import type { Offer, Subject } from './subject.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** A pack, or why there is none. */
export type Choice = ProductPack | DeploymentReason

/** How many licenses of each pack are allocated, by the position of the pack. */
export type Counts = ReadonlyArray<number>

/** What reads the ladder for one subject after the other. */
export interface PackReader {
  readonly choose: (subject: Subject) => Choice
  /** The count of the pack at a position is another one. */
  readonly recounted: (position: number) => void
}

/** A reader of packs that stand in the order in which they rank where equally much is allocated. */
export type MakeReader = (packs: ReadonlyArray<ProductPack>, counts: Counts) => PackReader

/** Where a pack was turned away: at which gate, counted from the first, and why. */
export interface Turned {
  readonly place: number
  readonly pack: ProductPack
  readonly reason: DeploymentReason
}

// -------------------------------------------------------------------------------------
// what is turned away
// -------------------------------------------------------------------------------------

/** The first gate of a ladder that refuses an offer. */
export const turnedAt = (ladder: PackLadder, offer: Offer): Turned | undefined => {
  for (const [place, gate] of ladder.entries()) {
    const refused = gate._tag === 'Gate' ? gate.refuses(offer) : O.none
    if (O.isSome(refused)) return { place, pack: offer.pack, reason: refused.value }
  }
  return undefined
}

/** The pack that came furthest; of those that came equally far the one with the smaller id (ALD-110). */
export const furthest = (turned: ReadonlyArray<Turned>): Turned | undefined => {
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

export const reference: MakeReader = (packs, counts) => ({
  choose: (subject) => {
    const offers = packs.map((pack, position): Offer => ({ subject, pack, allocated: counts[position] ?? 0 }))
    const [best] = ranked(offers.filter((offer) => O.isNone(refuses(offer))))
    return best?.pack ?? furthest(offers.flatMap((offer) => turnedAt(packLadder, offer) ?? []))?.reason ?? 'no-pack'
  },
  recounted: () => undefined,
})
