/**
 * Which of the packs that pass the pack gates: a total order with live counts (deployment.md, section 8). When a pack
 * expires plays no part in it (ALD-47).
 *
 * @since 0.1.0
 */
import type { ProductPack } from '../record/ProductPack.js'
import * as Ranking from '../rule/Ranking.js'
import type { Offer } from './subject.js'

/** First the pack of which most is allocated at that moment (ALD-44): the one key that changes while a plan is made. */
export const mostAllocated: Ranking.Rank<Offer> = Ranking.descending('allocated', ({ allocated }) => allocated)

/** Then the pack registered earlier, then the one with the smaller id (ALD-45, 46). */
export const standingRanking: Ranking.Ranking<ProductPack> = [
  Ranking.ascending('registered', ({ registered }) => registered),
  Ranking.ascending('id', ({ id }) => id),
]

/**
 * The order of the packs that are candidates (ALD-43 to 46).
 *
 * @since 0.1.0
 */
export const packRanking: Ranking.Ranking<Offer> = [
  mostAllocated,
  ...standingRanking.map(({ key, ...rank }) => ({ ...rank, key: ({ pack }: Offer) => key(pack) })),
]
