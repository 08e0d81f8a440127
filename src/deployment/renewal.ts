/**
 * Renewal: a device gets the new term of a pack that it holds a license from (deployment.md, section 9).
 */
import { O } from '../prelude.js'
import type { DeviceLicense } from '../record/Device.js'
import * as LicenseType from '../record/LicenseType.js'
import type { ProductPack } from '../record/ProductPack.js'
import { climb } from '../rule/Ladder.js'
import * as Ranking from '../rule/Ranking.js'
import { lastsLonger, renewalLadder } from './packGates.js'
import type { Offer, Subject } from './subject.js'
import { lastDayOf } from './validity.js'

/** The pack that a license of the type came from, if it is registered and still of that type. */
const packOf = ({ type, packById }: Subject, license: DeviceLicense): ProductPack | undefined =>
  license.source === 'pack' && license.pack !== undefined && LicenseType.equals(license, type)
    ? packById(license.pack)
    : undefined

/** Of several renewed packs the one that expires last, then the one with the smaller id (ALD-66). */
export const renewalRanking: Ranking.Ranking<Offer> = [
  Ranking.descending('expires', ({ pack }) => lastDayOf(pack)),
  Ranking.ascending('id', ({ pack }) => pack.id),
]

const ranked = Ranking.sort(renewalRanking)

/** The packs of the type that the device holds a license from, each once, in the order in which they would renew it. */
export const renewable = (subject: Subject): ReadonlyArray<Offer> =>
  ranked(
    [...new Set(subject.licenses.flatMap((license) => packOf(subject, license) ?? []))].map((pack) => ({
      subject,
      pack,
      allocated: pack.allocated,
    })),
  )

const refuses = climb(renewalLadder)
const { compare } = Ranking.toOrd(renewalRanking)

/** The pack by which the license of the subject is renewed. Most packs were not, so that is asked first. */
export const renewedPack = (subject: Subject): ProductPack | undefined => {
  let best: Offer | undefined
  for (const license of subject.licenses) {
    const pack = packOf(subject, license)
    if (pack === undefined || !lastsLonger(pack, subject.last)) continue
    const offer: Offer = { subject, pack, allocated: pack.allocated }
    if ((best === undefined || compare(offer, best) < 0) && O.isNone(refuses(offer))) best = offer
  }
  return best?.pack
}
