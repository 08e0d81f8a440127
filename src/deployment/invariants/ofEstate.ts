/**
 * The invariants of the estate that a plan leaves, one line each: what the decisions did to its packs and devices, and that
 * nothing else has changed (deployment.md, section 11).
 */
import type { Device } from '../../record/Device.js'
import type { Estate } from '../../record/Estate.js'
import type { ProductPack } from '../../record/ProductPack.js'
import type { Case, Facts } from './facts.js'
import { isAmong, isAmongUndated } from './holdings.js'
import { invariant, place, type Invariant } from './invariant.js'
import { isRenewedBy } from './replay.js'
import { isSame } from './same.js'

// -------------------------------------------------------------------------------------
// pairs
// -------------------------------------------------------------------------------------

interface Pair<A> {
  readonly before: A
  readonly after: A
}

/** Records that were there and still are, by their ids. */
const pairsOf = <A extends { readonly id: string }>(
  before: ReadonlyMap<A['id'], A>,
  after: ReadonlyArray<A>,
): ReadonlyArray<Pair<A>> =>
  after.flatMap((record) => {
    const known = before.get(record.id)
    return known === undefined ? [] : [{ before: known, after: record }]
  })

/** An invariant of each pack that was there and still is. */
const ofEachPack = (
  code: string,
  clause: string,
  holds: (pair: Pair<ProductPack>, taken: number) => boolean,
): Invariant =>
  invariant(code, clause, ({ packs, plan, replayed }) =>
    pairsOf(packs, plan.estate.packs)
      .filter((pair) => !holds(pair, replayed.allocatedAt(pair.before, plan.decisions.length) - pair.before.allocated))
      .map(({ before }) => place(before.id)),
  )

/** An invariant of each device that was there and still is, by what was done for it. */
const ofEachDevice = (
  code: string,
  clause: string,
  holds: (pair: Pair<Device>, served: ReadonlyArray<Case>, facts: Facts) => boolean,
): Invariant =>
  invariant(code, clause, (facts) =>
    pairsOf(facts.devices, facts.plan.estate.devices)
      .filter((pair) => !holds(pair, facts.servedTo(pair.before.id), facts))
      .map(({ before }) => place(before.id)),
  )

// -------------------------------------------------------------------------------------
// what may change
// -------------------------------------------------------------------------------------

const withoutCount = ({ allocated: _, status: __, ...pack }: ProductPack): object => pack

const withoutLicenses = ({ licenses: _, ...device }: Device): object => device

/** Does a renewal of its pack move the last day of the license? */
const isMoved = (served: ReadonlyArray<Case>, license: NonNullable<Device['licenses']>[number]): boolean =>
  served.some(({ decision, pack }) => decision.action === 'renew' && pack !== undefined && isRenewedBy(pack)(license))

/** The ids of one list that the other does not have, or that it has twice. */
const lostOrMade = (before: Iterable<string>, after: ReadonlyArray<{ readonly id: string }>): ReadonlyArray<string> => {
  const left = new Set(before)
  const made = after.filter(({ id }) => !left.delete(id)).map(({ id }) => id)
  return [...left, ...made].map((id) => place(id))
}

/** The parts of an estate that no plan changes. */
const FIXED: ReadonlyArray<keyof Estate> = ['settings', 'directories', 'bundled']

// -------------------------------------------------------------------------------------
// invariants
// -------------------------------------------------------------------------------------

export const ofEstate: ReadonlyArray<Invariant> = [
  invariant('packs-stay', 'section 11', ({ packs, plan }) => lostOrMade(packs.keys(), plan.estate.packs)),
  ofEachPack(
    'allocated-as-given',
    'ALD-76',
    ({ before, after }, taken) => after.allocated === before.allocated + taken,
  ),
  ofEachPack(
    'within-the-total',
    'ALD-48',
    ({ before, after }) => after.allocated <= Math.max(after.total, before.allocated),
  ),
  ofEachPack(
    'activated-when-assigned',
    'ALD-52',
    ({ before, after }, taken) =>
      after.status === (before.status === 'not-yet-activated' && taken > 0 ? 'ready' : before.status),
  ),
  ofEachPack('packs-otherwise-the-same', 'section 11', ({ before, after }) =>
    isSame(withoutCount(before), withoutCount(after)),
  ),
  invariant('devices-stay', 'section 11', ({ devices, plan }) => lostOrMade(devices.keys(), plan.estate.devices)),
  ofEachDevice(
    'untouched-without-an-action',
    'section 11',
    ({ before, after }, served) => served.length > 0 || isSame(before, after),
  ),
  ofEachDevice('old-licenses-stay', 'ALD-75', ({ before, after }) =>
    isAmongUndated(before.licenses ?? [], after.licenses ?? []),
  ),
  ofEachDevice('days-moved-by-renewal-alone', 'ALD-66', ({ before, after }, served) =>
    isAmong(
      (before.licenses ?? []).filter((license) => !isMoved(served, license)),
      after.licenses ?? [],
    ),
  ),
  ofEachDevice('licenses-as-decided', 'section 11', ({ before, after }, _, { replayed }) => {
    const decided = replayed.licenses.get(before.id) ?? before.licenses ?? []
    const { licenses = [] } = after
    return licenses.length === decided.length && isAmong(decided, licenses)
  }),
  ofEachDevice('devices-otherwise-the-same', 'section 11', ({ before, after }) =>
    isSame(withoutLicenses(before), withoutLicenses(after)),
  ),
  invariant('rest-stays', 'section 11', ({ estate, plan }) =>
    FIXED.filter((part) => !isSame(estate[part], plan.estate[part])).map((part) => place(part)),
  ),
]
