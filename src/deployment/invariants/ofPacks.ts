/**
 * The invariants of the packs that licenses come from, one line each: that they may be used, and that none comes before them
 * (deployment.md, sections 6 to 9).
 */
import * as LicenseType from '../../record/LicenseType.js'
import type { ProductPack } from '../../record/ProductPack.js'
import * as Text from '../../value/Text.js'
import { isOrderedAs, isStoppedEarly } from './claims.js'
import type { Case, Facts } from './facts.js'
import { lastDayOf } from './holdings.js'
import { FROM_A_PACK, ofAction, ofEach, ofPack, type Invariant } from './invariant.js'
import { isBundledDue, isHeldFrom, renewalsOf } from './orders.js'
import {
  hasFree,
  hasStarted,
  isActive,
  isCurrent,
  isInScope,
  isLater,
  isRetired,
  isSelected,
  isSelectedBy,
  isSupported,
} from './trials.js'

/** What takes a license of its pack. A renewal takes none, and asks for no conditions (ALD-68). */
const TAKING = ['assign', 'exchange'] as const

type Count = (pack: ProductPack) => number

/** Unless the best of the packs that would have passed beats the one that was taken, by the counts of that moment. */
const unlessBeaten =
  (isBeaten: (best: ProductPack, pack: ProductPack, count: Count) => boolean) =>
  (pack: ProductPack, each: Case, { trialOf, replayed }: Facts): boolean => {
    const { best } = trialOf(each)
    return best === undefined || !isBeaten(best, pack, (one) => replayed.allocatedAt(one, each.position))
  }

export const ofPacks: ReadonlyArray<Invariant> = [
  ofAction('pack-is-registered', 'ALD-10', FROM_A_PACK, ({ pack }) => pack !== undefined),
  ofPack('pack-of-the-type', 'ALD-3', FROM_A_PACK, (pack, { type }) => LicenseType.show(pack) === type),
  ofPack('evaluation-supported', 'ALD-17', FROM_A_PACK, isSupported),
  ofPack('pack-not-retired', 'ALD-54', FROM_A_PACK, (...given) => !isRetired(...given)),
  ofPack('pack-in-scope', 'ALD-5', FROM_A_PACK, isInScope),
  ofPack('pack-active', 'ALD-11', FROM_A_PACK, isActive),
  ofPack('pack-started', 'ALD-51', FROM_A_PACK, hasStarted),
  ofPack('pack-not-expired', 'ALD-51', FROM_A_PACK, isCurrent),
  ofPack('global-conditions-met', 'ALD-41', TAKING, isSelected),
  ofPack('conditions-met', 'ALD-36', TAKING, isSelectedBy),
  ofPack('license-free', 'ALD-48', TAKING, hasFree),
  ofPack(
    'most-allocated',
    'ALD-44',
    TAKING,
    unlessBeaten((best, pack, count) => count(best) > count(pack)),
  ),
  ofPack(
    'then-registered-first',
    'ALD-45',
    TAKING,
    unlessBeaten((best, pack, count) => count(best) === count(pack) && best.registered < pack.registered),
  ),
  ofPack(
    'then-first-by-id',
    'ALD-46',
    TAKING,
    unlessBeaten(
      (best, pack, count) => count(best) === count(pack) && best.registered === pack.registered && best.id < pack.id,
    ),
  ),
  ofPack('exchanged-for-later', 'ALD-74', ['exchange'], isLater),
  ofPack('renewed-as-held', 'ALD-66', ['renew'], isHeldFrom),
  ofPack('renewed-for-longest', 'ALD-66', ['renew'], (pack, each, facts) =>
    renewalsOf(each, facts).every(
      (other) =>
        lastDayOf(other) < lastDayOf(pack) ||
        (lastDayOf(other) === lastDayOf(pack) && Text.compare(pack.id, other.id) <= 0),
    ),
  ),
  ofEach(
    'renewed-where-it-can-be',
    'ALD-73',
    (each, facts) =>
      isOrderedAs('renew', each) ||
      renewalsOf(each, facts).length === 0 ||
      isBundledDue(each, facts) ||
      isStoppedEarly(each, facts),
  ),
]
