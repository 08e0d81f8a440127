/**
 * Explaining a decision of a plan: the two ladders are climbed once more on the state that the decision was made on, and
 * every rung is written down.
 *
 * Laws:
 *
 * 1. Honesty: the decision explained is the one of the plan, and follows from the steps, the packs and the ranking
 * 2. Completeness: every pack of the type is there, turned down or ranked
 * 3. Secrecy: no serial number is in it but masked
 *
 * @since 0.1.0
 */
import { E, O, type RNEA } from '../prelude.js'
import type { BundledLicense } from '../record/BundledLicense.js'
import type { DeploymentDecision } from '../record/DeploymentDecision.js'
import type { Device } from '../record/Device.js'
import type { Estate } from '../record/Estate.js'
import * as LicenseType from '../record/LicenseType.js'
import type { Rejection } from '../record/Rejection.js'
import { trail, type Ladder, type Passage } from '../rule/Ladder.js'
import * as Ranking from '../rule/Ranking.js'
import * as Day from '../value/Day.js'
import type { Instant } from '../value/Instant.js'
import * as Text from '../value/Text.js'
import { bundledLadder, typeOfBundled } from './bundled.js'
import { sceneOf, subjectOf, turnOf, typesOf, type Scene, type TypeShelf } from './decide.js'
import type {
  BundledTrial,
  DeviceExplanation,
  ExplainDevice,
  GateStep,
  PackTrial,
  RankedPack,
  TurnedDown,
} from './explanation.js'
import { orderLadder, subjectLadder, type Deed } from './gates.js'
import { packLadder, renewalLadder } from './packGates.js'
import { pastOf, type Past } from './past.js'
import { planRead, type PlanOptions } from './plan.js'
import { packRanking } from './ranking.js'
import { renewable } from './renewal.js'
import type { Offer, Subject } from './subject.js'
import { lastDayOf, NEVER, UNLIMITED } from './validity.js'

// -------------------------------------------------------------------------------------
// evidence
// -------------------------------------------------------------------------------------

/** The gate of a ladder that turned a value down, with the two sides; none, where it passed them all. */
const turnedDown = <A, Reason extends string>(ladder: Ladder<A, Reason>, value: A): TurnedDown<Reason> | undefined => {
  const passages = trail(ladder)(value)
  const last = passages[passages.length - 1]
  if (last === undefined || last.passed || last.rung._tag === 'Exit') return undefined
  const { name: gate, clause, refuses, compares } = last.rung
  const reason = refuses(value)
  return O.isNone(reason) ? undefined : { gate, clause, reason: reason.value, ...compares(value) }
}

const stepOf =
  (subject: Subject) =>
  ({ rung, passed }: Passage<Subject, NonNullable<GateStep['reason']>, Deed>): GateStep => {
    const { name: gate, clause } = rung
    if (rung._tag === 'Gate') {
      const refused = rung.refuses(subject)
      const step = { gate, clause, passed, ...rung.compares(subject) }
      return O.isSome(refused) ? { ...step, reason: refused.value } : step
    }
    const led = rung.leads(subject)
    const step = { gate, clause, passed, asked: '', told: '' }
    return O.isSome(led) ? { ...step, action: led.value.action } : step
  }

const packTrial = (ladder: Ladder<Offer, NonNullable<PackTrial['turnedDown']>['reason']>, offer: Offer): PackTrial => {
  const { pack, allocated } = offer
  const refused = turnedDown(ladder, offer)
  const trial = { pack: pack.id, total: pack.total, allocated }
  return refused === undefined ? trial : { ...trial, turnedDown: refused }
}

const bundledTrial =
  (subject: Subject) =>
  (bundled: BundledLicense): BundledTrial => {
    const refused = turnedDown(bundledLadder, { subject, bundled })
    return {
      serialNumber: Text.mask(bundled.serialNumber),
      ...(bundled.expires === undefined ? {} : { expires: bundled.expires }),
      ...(refused === undefined ? {} : { turnedDown: refused }),
    }
  }

/** Has a bundled license to do with a device: by its serial number, or since it was separated for it? */
const concerns =
  ({ id, serialNumber }: Device) =>
  (bundled: BundledLicense): boolean =>
    bundled.separatedTo === id || bundled.serialNumber === serialNumber

/** In an order of their own: the last to expire first, as they are chosen (ALD-85); that of the records means nothing. */
const bundledOrder = Ranking.sort<BundledLicense>([
  Ranking.descending('expires', lastDayOf),
  Ranking.ascending('separated', ({ separatedTo = '' }) => separatedTo),
  Ranking.ascending('serial number', ({ serialNumber }) => serialNumber),
])

const decidedBy = Ranking.decidedBy(packRanking)

const rankingOf = (offers: ReadonlyArray<Offer>): ReadonlyArray<RankedPack> => {
  const ranked = Ranking.sort(packRanking)(offers)
  const [first] = ranked
  return ranked.map((offer) => {
    const { pack, allocated } = offer
    const after = first === undefined || offer === first ? undefined : decidedBy(first, offer)
    const row = { pack: pack.id, allocated, registered: pack.registered }
    return after === undefined ? row : { ...row, after }
  })
}

// -------------------------------------------------------------------------------------
// explaining
// -------------------------------------------------------------------------------------

const explanationOf = (
  scene: Scene,
  typeShelf: TypeShelf,
  all: ReadonlyArray<BundledLicense>,
  past: Past,
  given: Device,
  place: number,
  decision: DeploymentDecision,
): DeviceExplanation => {
  const subject = subjectOf(scene, turnOf(scene, past.deviceAt(given, place)), typeShelf)
  const ofType = all.filter((bundled) => LicenseType.equals(typeOfBundled(bundled), subject.type))
  const concerning = ofType.filter(concerns(given))
  const climbed = trail(subjectLadder)(subject)
  const atTop = climbed.every(({ passed }) => passed)
  const offers = typeShelf.shelf.packs.map((pack): Offer => ({
    subject,
    pack,
    allocated: past.allocatedAt(pack, place),
  }))
  const packs = offers.map((offer) => packTrial(packLadder, offer))
  const remaining = offers.filter((_, position) => packs[position]?.turnedDown === undefined)
  const last = climbed[climbed.length - 1]
  const orders = atTop ? remaining.length > 0 : last?.rung._tag === 'Exit'
  return {
    decision,
    today: scene.today,
    ...(subject.last === NEVER
      ? {}
      : { lastValidDay: subject.last === UNLIMITED ? 'unlimited' : (subject.last as Day.Day) }),
    steps: [...climbed, ...(orders ? trail(orderLadder)(subject) : [])].map(stepOf(subject)),
    bundled: bundledOrder(concerning).map(bundledTrial(subject)),
    bundledElsewhere: ofType.length - concerning.length,
    renewals: renewable(subject).map((offer) =>
      packTrial(renewalLadder, { ...offer, allocated: past.allocatedAt(offer.pack, place) }),
    ),
    packs,
    packsAsked: atTop,
    ranking: rankingOf(remaining),
  }
}

/**
 * Plans an estate and explains the decisions of the plan: for a device and a license type every gate that it came to, and
 * every pack with the gate that turned it down.
 *
 * @example
 * import assert from 'node:assert'
 * import { either as E, function as F, option as O } from 'fp-ts'
 * import { Deployment, Estate, Instant } from 'seatwise'
 *
 * const decoded = Estate.decode({
 *   settings: { umsVersion: '12.10.100', umsId: 'ums-1', automaticDeployment: true },
 *   packs: [{ id: 'P-1', licenseType: 'udc3', total: 12, allocated: 3, registered: '2026-02-01', umsIds: ['ums-1'] }],
 *   devices: [{ id: 'd-1', unitId: '00E0C5000001', osVersion: '12.5.0', registered: '2026-03-10T08:00:00Z' }],
 * })
 * const turnedDown = F.pipe(
 *   Instant.parse('2026-03-10T12:00:00Z'),
 *   E.fromOption(() => []),
 *   E.chainW((now) => F.pipe(decoded, E.chainW(({ right }) => Deployment.explain(right, now)))),
 *   E.map((explain) => F.pipe(
 *     explain('d-1', { licenseType: 'udc3' }),
 *     O.map(({ packs }) => packs.map(({ pack, turnedDown }) => [pack, turnedDown?.clause, turnedDown?.reason])),
 *   )),
 * )
 * assert.deepStrictEqual(turnedDown, E.right(O.some([['P-1', 'ALD-36', 'conditions-not-met']])))
 *
 * @since 0.1.0
 */
export const explain = (
  given: Estate,
  now: Instant,
  options: PlanOptions = {},
): E.Either<RNEA.ReadonlyNonEmptyArray<Rejection>, ExplainDevice> => {
  const planned = planRead(given, now, options)
  if (E.isLeft(planned)) return planned
  const { plan, of: estate } = planned.right
  const past = pastOf(plan)
  const scene = sceneOf(estate, Day.ofInstant(now), typesOf(estate), 'reference')
  const devices = new Map(estate.devices.map((device): readonly [string, Device] => [device.id, device]))
  return E.right((id, type) => {
    const [place, device] = [past.placeOf(id, type), devices.get(id)]
    const typeShelf = scene.shelves.find((each) => LicenseType.equals(each.type, type))
    const decision = place === undefined ? undefined : plan.decisions[place]
    if (place === undefined || device === undefined || typeShelf === undefined || decision === undefined) return O.none
    return O.some(explanationOf(scene, typeShelf, estate.bundled ?? [], past, device, place, decision))
  })
}
