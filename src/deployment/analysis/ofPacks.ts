/**
 * Packs by themselves: their days, their counts, and the gates that turn everybody away (ALD-48, 51, gates 7.2 to 7.7).
 */
import type { Device } from '../../record/Device.js'
import type { PackReason } from '../../record/DeploymentDecision.js'
import type { ProductPack } from '../../record/ProductPack.js'
import { O } from '../../prelude.js'
import { climb, type Refusal } from '../../rule/Ladder.js'
import type { DeviceId } from '../../value/Id.js'
import type { Instant } from '../../value/Instant.js'
import type { Version } from '../../value/Version.js'
import { usable } from '../packGates.js'
import type { Offer } from '../subject.js'
import { osOf } from '../ums.js'
import { NEVER } from '../validity.js'
import { finding, namesOf, type Finding } from './finding.js'
import type { Ledger } from './ledger.js'

const OS_VERSION = '12.5.0' as Version

/** INVARIANT: all that the gates of usable packs read of a device is its operating system, and this one meets every bar. */
const ANYBODY: Device = { id: '' as DeviceId, osVersion: OS_VERSION, registered: 0 as Instant }

const offerOf = ({ ums, today }: Pick<Ledger, 'ums' | 'today'>, pack: ProductPack): Offer => ({
  pack,
  allocated: pack.allocated,
  subject: {
    ums,
    today,
    type: pack,
    device: ANYBODY,
    placesOf: () => [],
    licenses: [],
    os: osOf(OS_VERSION),
    last: NEVER,
    latest: NEVER,
    packById: () => undefined,
    bundled: [],
  },
})

const climbed = climb(usable)

/** The gate that turns every device away from a pack today, if any does. */
export const barOf = (ledger: Pick<Ledger, 'ums' | 'today'>, pack: ProductPack): Refusal<PackReason> | undefined =>
  O.toUndefined(climbed(offerOf(ledger, pack)))

const ofPack = (ledger: Ledger, pack: ProductPack): ReadonlyArray<Finding> => {
  const { id, starts, expires, total, allocated } = pack
  const records = namesOf('packs', [id])
  const bar = barOf(ledger, pack)
  return [
    ...(starts !== undefined && expires !== undefined && starts > expires
      ? [finding('pack-starts-after-it-expires', records, { pack: id, starts, expires })]
      : []),
    ...(allocated > total ? [finding('pack-over-allocated', records, { pack: id, total, allocated })] : []),
    ...(allocated === total ? [finding('pack-full', records, { pack: id, total, allocated })] : []),
    ...(bar === undefined ? [] : [finding('pack-unusable', records, { pack: id, reason: bar.reason, gate: bar.gate })]),
  ]
}

export const ofPacks = (ledger: Ledger): ReadonlyArray<Finding> => ledger.packs.flatMap((pack) => ofPack(ledger, pack))
