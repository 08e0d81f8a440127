/**
 * What the UMS reports about its packs, on the state after the plan for an instant is applied (deployment.md, section 15).
 *
 * @since 0.1.0
 */
import { E, type RNEA } from '../prelude.js'
import type { Estate } from '../record/Estate.js'
import type { ProductPack } from '../record/ProductPack.js'
import type { Rejection } from '../record/Rejection.js'
import * as Count from '../value/Count.js'
import * as Day from '../value/Day.js'
import type { PackId } from '../value/Id.js'
import type { Instant } from '../value/Instant.js'
import * as Text from '../value/Text.js'
import { faultOfOption } from './contradictions.js'
import { hasFree } from './packGates.js'
import { plan } from './plan.js'
import { umsOf, type Feature, type Ums } from './ums.js'
import { lastDayOf, UNLIMITED } from './validity.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/**
 * What is reported of a pack, and how bad it is.
 *
 * @since 0.1.0
 */
export interface Notification {
  readonly kind: 'pack-used-up' | 'pack-over-allocated' | 'pack-low' | 'pack-expired' | 'pack-expiring'
  readonly class: 'warning' | 'error'
  readonly pack: PackId
}

/**
 * From when on a pack runs low, in licenses that are free, and expires soon, in days that are left. Where one is absent,
 * nothing of the kind is reported.
 *
 * @since 0.1.0
 */
export interface NotificationLimits {
  readonly lowStockLimit?: number
  readonly expiryWarningDays?: number
}

interface Case {
  readonly ums: Ums
  readonly today: Day.Day
  readonly limits: NotificationLimits
  readonly pack: ProductPack
}

interface Kind {
  readonly kind: Notification['kind']
  readonly since: Feature
  readonly class: (each: Case) => Notification['class']
  readonly isRaised: (each: Case) => boolean
}

// -------------------------------------------------------------------------------------
// kinds
// -------------------------------------------------------------------------------------

const error = (): 'error' => 'error'
const warning = (): 'warning' => 'warning'

const hasExpired = ({ pack, today }: Case): boolean => lastDayOf(pack) < today

/** The table of section 15, line by line (ALD-50, 104). */
const kinds: ReadonlyArray<Kind> = [
  {
    kind: 'pack-used-up',
    since: 'packNotifications',
    class: ({ ums }) => (ums.has.usedUpIsWarning ? 'warning' : 'error'),
    isRaised: ({ pack: { allocated, total } }) => allocated === total,
  },
  {
    kind: 'pack-over-allocated',
    since: 'stockNotifications',
    class: error,
    isRaised: ({ pack: { allocated, total } }) => allocated > total,
  },
  {
    kind: 'pack-low',
    since: 'stockNotifications',
    class: warning,
    isRaised: ({ pack, limits: { lowStockLimit } }) =>
      lowStockLimit !== undefined && hasFree(pack, pack.allocated) && pack.total - pack.allocated < lowStockLimit,
  },
  { kind: 'pack-expired', since: 'packNotifications', class: error, isRaised: hasExpired },
  {
    kind: 'pack-expiring',
    since: 'packNotifications',
    class: warning,
    isRaised: (each) =>
      each.limits.expiryWarningDays !== undefined &&
      !hasExpired(each) &&
      lastDayOf(each.pack) !== UNLIMITED &&
      lastDayOf(each.pack) - each.today <= each.limits.expiryWarningDays,
  },
]

// -------------------------------------------------------------------------------------
// raising them
// -------------------------------------------------------------------------------------

const isRetired = ({ status }: ProductPack): boolean => status === 'merged' || status === 'archived'

/** What is reported on an estate as it is, by the ids of the packs. */
const raised = (estate: Estate, today: Day.Day, limits: NotificationLimits): ReadonlyArray<Notification> => {
  const ums = umsOf(estate.settings)
  return [...estate.packs]
    .filter((pack) => !isRetired(pack))
    .sort((a, b) => Text.compare(a.id, b.id))
    .flatMap((pack) => {
      const each = { ums, today, limits, pack }
      return kinds
        .filter(({ since, isRaised }) => ums.has[since] && isRaised(each))
        .map((kind): Notification => ({ kind: kind.kind, class: kind.class(each), pack: pack.id }))
    })
}

const LIMITS: ReadonlyArray<keyof NotificationLimits> = ['lowStockLimit', 'expiryWarningDays']

const faultsOfLimits = (limits: NotificationLimits): ReadonlyArray<Rejection> =>
  Object.entries(limits).flatMap(([option, value]: readonly [string, unknown]): ReadonlyArray<Rejection> => {
    if (!LIMITS.some((known) => known === option))
      return [faultOfOption('unknown-option', option, `use one of ${LIMITS.join(', ')}`)]
    if (value === undefined) return []
    const count = typeof value === 'number' ? Count.parse(value) : E.left('type' as const)
    return E.isLeft(count) ? [faultOfOption(count.left, option, 'pass a whole number, 0 or more')] : []
  })

/**
 * The notifications about the packs of an estate once the plan for `now` is applied (ALD-50, 104). Packs that are merged or
 * archived are silent.
 *
 * @example
 * import assert from 'node:assert'
 * import { either as E, function as F } from 'fp-ts'
 * import { Deployment, Estate, Instant } from 'seatwise'
 *
 * const decoded = Estate.decode({
 *   settings: { umsVersion: '12.10.100', umsId: 'ums-1' },
 *   packs: [{ id: 'P-1', licenseType: 'workspace-edition', total: 12, allocated: 12, registered: '2026-02-01', expires: '2026-03-31' }],
 *   devices: [],
 * })
 * const told = F.pipe(
 *   Instant.parse('2026-03-10T12:00:00Z'),
 *   E.fromOption(() => []),
 *   E.chainW((now) => F.pipe(decoded, E.chainW(({ right }) => Deployment.notifications(right, now, { expiryWarningDays: 30 })))),
 *   E.map((notifications) => notifications.map(({ kind }) => kind)),
 * )
 * assert.deepStrictEqual(told, E.right(['pack-used-up', 'pack-expiring']))
 *
 * @since 0.1.0
 */
export const notifications = (
  estate: Estate,
  now: Instant,
  limits: NotificationLimits = {},
): E.Either<RNEA.ReadonlyNonEmptyArray<Rejection>, ReadonlyArray<Notification>> => {
  const [fault, ...faults] = faultsOfLimits(limits)
  if (fault !== undefined) return E.left([fault, ...faults])
  return E.map((planned: { readonly estate: Estate }) => raised(planned.estate, Day.ofInstant(now), limits))(
    plan(estate, now),
  )
}
