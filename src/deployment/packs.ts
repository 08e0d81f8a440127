/**
 * The packs of one type while decisions are made, with as many licenses of each allocated as there are at that moment
 * (ALD-109).
 */
import type { ProductPack } from '../record/ProductPack.js'
import * as Ranking from '../rule/Ranking.js'
import { compiled } from './compiledPacks.js'
import { reference, type Choice, type MakeReader } from './packReader.js'
import { standingRanking } from './ranking.js'
import type { Subject } from './subject.js'
import { lastDayOf, NEVER, type LastDay } from './validity.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** The packs of a type, with live counts. */
export interface Shelf {
  /** In the order of their registration and ids. */
  readonly packs: ReadonlyArray<ProductPack>
  readonly byId: (id: string) => ProductPack | undefined
  /** The latest day that any of them lasts until. */
  readonly latest: LastDay
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
  const at = <A>(list: ReadonlyArray<A>, position: number | undefined): A | undefined =>
    position === undefined ? undefined : list[position]
  const allocated = (pack: ProductPack): number => at(counts, positions.get(pack.id)) ?? pack.allocated
  const { choose, recounted } = readers[reader](packs, counts)
  const recount = (position: number | undefined, number: number): void => {
    if (position === undefined) return
    counts[position] = number
    recounted(position)
  }
  // A pack that is chosen is mostly chosen again.
  let [last, lastPosition]: [ProductPack | undefined, number | undefined] = [undefined, undefined]
  return {
    packs,
    latest: packs.reduce((latest, pack) => Math.max(latest, lastDayOf(pack)), NEVER),
    byId: (id) => at(packs, positions.get(id)),
    allocated,
    choose,
    take: (pack) => {
      if (pack !== last) {
        last = pack
        lastPosition = positions.get(pack.id)
      }
      recount(lastPosition, (at(counts, lastPosition) ?? pack.allocated) + 1)
    },
    count: (id, number) => {
      recount(positions.get(id), number)
    },
  }
}
