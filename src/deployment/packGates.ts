/**
 * The pack ladder: why a pack of the type is not the one that a license comes from (deployment.md, section 5, gates 7.1 to
 * 7.10). The second of the two pages that read like the manual.
 *
 * @since 0.1.0
 */
import type { PackReason } from '../record/DeploymentDecision.js'
import type { ProductPack } from '../record/ProductPack.js'
import { O } from '../prelude.js'
import { comparing, contramap, gate, gateOf, permits } from '../rule/Gate.js'
import type { Ladder } from '../rule/Ladder.js'
import * as Day from '../value/Day.js'
import * as Text from '../value/Text.js'
import { globalConditions, listed, packConditions } from './conditions.js'
import { holds, type Offer } from './subject.js'
import { lastDayOf, NEVER, UNLIMITED, type LastDay } from './validity.js'

/** A ladder of packs, with a pack offered to a device. */
export type PackLadder = Ladder<Offer, PackReason>

// -------------------------------------------------------------------------------------
// words
// -------------------------------------------------------------------------------------

export const dayText = (last: LastDay): string =>
  last === UNLIMITED ? 'unlimited' : last === NEVER ? 'never' : Day.show(last as Day.Day)

const scopeText = ({ umsIds = [], aldToken }: ProductPack): string =>
  `${umsIds.length === 0 ? 'no UMS ID' : listed(umsIds)}${aldToken === undefined ? '' : `, token ${aldToken}`}`

// -------------------------------------------------------------------------------------
// gates
// -------------------------------------------------------------------------------------

/** Does the pack last longer than what the device has? Whoever holds nothing has nothing to compare (ALD-66, 74). */
export const lastsLonger = (pack: ProductPack, last: LastDay): boolean => isLater(lastDayOf(pack), last)

export const isLater = (last: LastDay, than: LastDay): boolean => last > than

/** Is a license of the pack free, with so many of them allocated? One that is over-allocated has none (ALD-48). */
export const hasFree = ({ total }: ProductPack, allocated: number): boolean => isFree(allocated, total)

export const isFree = (allocated: number, total: number): boolean => allocated < total

const later = (clause: string) =>
  gate<Offer, PackReason>(
    'later',
    clause,
    'no-later-pack',
    ({ subject, pack }) => holds(subject) && !lastsLonger(pack, subject.last),
    ({ subject, pack }) => comparing(`later than ${dayText(subject.last)}`, dayText(lastDayOf(pack))),
  )

/** Is the pack assigned to the ID of this UMS, which the portal knows (ALD-2, 5)? */
const isAssigned = ({ subject: { ums }, pack }: Offer): boolean =>
  ums.has.packs && ums.umsIdRegistered && (pack.umsIds?.includes(ums.umsId) ?? false)

const scope = gateOf<Offer, PackReason>(
  'scope',
  'ALD-5, ALD-9',
  ['token-invalid', 'pack-not-assigned'],
  (offer) =>
    isAssigned(offer) || offer.pack.aldToken === 'valid'
      ? O.none
      : O.some(offer.pack.aldToken === 'invalid' ? 'token-invalid' : 'pack-not-assigned'),
  ({ subject: { ums }, pack }) =>
    comparing(
      `${Text.preview(ums.umsId)}${ums.umsIdRegistered ? '' : ' (not registered)'}, or a valid token`,
      scopeText(pack),
    ),
)

/** What a pack must be whether it assigns, renews or exchanges (gates 7.2 to 7.7). */
export const usable: PackLadder = [
  gate(
    'evaluation',
    'ALD-17',
    'evaluation-not-supported',
    ({ subject: { ums, os }, pack }) => pack.evaluation === true && !(ums.has.evaluations && os.isModern),
    ({ subject: { ums, device } }) =>
      comparing('UMS 12.01.110 and IGEL OS 11', `UMS ${ums.umsVersion} and IGEL OS ${device.osVersion}`),
  ),
  gate(
    'not retired',
    'ALD-54',
    'pack-retired',
    ({ pack: { status } }) => status === 'merged' || status === 'archived',
    ({ pack: { status = 'ready' } }) => comparing('ready', status),
  ),
  scope,
  gate('active', 'ALD-11', 'pack-deactivated', ({ pack: { active } }) => active === false),
  gate(
    'started',
    'ALD-51',
    'pack-not-started',
    ({ subject: { today }, pack: { starts } }) => starts !== undefined && starts > today,
    ({ subject: { today }, pack: { starts } }) =>
      comparing(`by ${Day.show(today)}`, starts === undefined ? 'started' : Day.show(starts)),
  ),
  gate(
    'not expired',
    'ALD-51',
    'pack-expired',
    ({ subject: { today }, pack }) => lastDayOf(pack) < today,
    ({ subject: { today }, pack }) => comparing(`${Day.show(today)} or later`, dayText(lastDayOf(pack))),
  ),
]

/** Whom a pack may serve: renewals do not ask (ALD-68). */
const selecting: PackLadder = [
  contramap(({ subject }: Offer) => ({ subject, candidate: subject.ums }))(
    permits<Offer['subject'], Offer['subject']['ums'], PackReason>(
      'ALD-41',
      'global-conditions-not-met',
      globalConditions,
    ),
  ),
  contramap(({ subject, pack }: Offer) => ({ subject, candidate: { pack, ums: subject.ums } }))(
    permits<Offer['subject'], { pack: ProductPack; ums: Offer['subject']['ums'] }, PackReason>(
      'ALD-36',
      'conditions-not-met',
      packConditions,
    ),
  ),
]

const free = gate<Offer, PackReason>(
  'free license',
  'ALD-48',
  'no-free-license',
  ({ pack, allocated }) => !hasFree(pack, allocated),
  ({ pack, allocated }) => comparing(`fewer than ${String(pack.total)} allocated`, String(allocated)),
)

/** The gates between the first and the last: neither the dates of a device nor the counts of the moment matter to them. */
export const settled: PackLadder = [...usable, ...selecting]

/**
 * The ladder of every pack of the type (gate 7). Its order is also what "the pack that came furthest" means (ALD-110).
 *
 * @since 0.1.0
 */
export const packLadder: PackLadder = [later('ALD-74'), ...settled, free]

/** The ladder of a pack that a device holds a license from: gate 5. */
export const renewalLadder: PackLadder = [later('ALD-66'), ...usable]
