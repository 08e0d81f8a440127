/**
 * Which renewal would prevent that devices lose cover: each is simulated, none is guessed.
 *
 * @since 0.1.0
 */
import { E, type RNEA } from '../../prelude.js'
import type { DeploymentEvent, Refresh } from '../../record/DeploymentEvent.js'
import type { Estate } from '../../record/Estate.js'
import * as LicenseType from '../../record/LicenseType.js'
import type { Rejection } from '../../record/Rejection.js'
import * as Day from '../../value/Day.js'
import type { PackId } from '../../value/Id.js'
import type { Instant } from '../../value/Instant.js'
import { groupBy } from '../../value/Lists.js'
import * as Text from '../../value/Text.js'
import { DAY } from '../schedule.js'
import { forecast, type Lapse } from './forecast.js'
import type { History } from './history.js'
import { simulate } from './simulate.js'

/**
 * A renewal of a pack that would prevent lapses: refreshed on the day `by` at the latest, with an expiration date that is
 * not before the horizon. Each of these was simulated.
 *
 * @since 0.1.0
 */
export interface Prevention {
  readonly pack: PackId
  readonly by: Day.Day
  readonly prevents: ReadonlyArray<Lapse>
}

const keyOf = ({ device, ...lapse }: Lapse): string => JSON.stringify([device, LicenseType.show(lapse)])

/** Do two lapses of one device and type have a day in common? */
const overlap = (a: Lapse, b: Lapse): boolean => a.from < (b.until ?? Infinity) && b.from < (a.until ?? Infinity)

/** The renewal of a pack on a day, to a date by which nothing lapses before the horizon. */
const renewalOn = (pack: PackId, day: Day.Day, horizon: Instant, lastFullCheck: Instant): Refresh => ({
  at: Math.max(day * DAY, lastFullCheck) as Instant,
  kind: 'refresh',
  pack,
  changes: { expires: Day.ofInstant(horizon) },
})

/**
 * The renewals that would prevent lapses. For each pack that a lapsing device holds a license from, the simulation is run
 * again with the pack renewed on the last day before the first of these lapses; a lapse of which no day is left then was
 * prevented.
 * The time is that of a simulation for each such pack.
 *
 * @example
 * import assert from 'node:assert'
 * import { either as E, function as F } from 'fp-ts'
 * import { Day, Deployment, Estate, Instant } from 'seatwise'
 *
 * const instant = (text: string) => E.fromOption(() => [])(Instant.parse(text))
 * const renewals = F.pipe(
 *   E.Do,
 *   E.bind('decoded', () =>
 *     Estate.decode({
 *       settings: { umsVersion: '12.10.100', umsId: 'ums-1', automaticDeployment: true },
 *       packs: [
 *         { id: 'P-1', licenseType: 'workspace-edition', total: 9, allocated: 1, registered: '2025-05-01', expires: '2026-04-30', umsIds: ['ums-1'] },
 *       ],
 *       devices: [
 *         {
 *           id: 'd-1', unitId: '00E0C5000001', osVersion: '12.5.0', registered: '2026-01-10T12:00:00Z',
 *           licenses: [{ licenseType: 'workspace-edition', source: 'pack', pack: 'P-1', expires: '2026-04-30' }],
 *         },
 *       ],
 *     }),
 *   ),
 *   E.bindW('from', () => instant('2026-03-10T03:00:00Z')),
 *   E.bindW('horizon', () => instant('2026-12-31T00:00:00Z')),
 *   E.chainW(({ decoded, from, horizon }) => Deployment.preventions(decoded.right, [], horizon, from)),
 *   E.map((found) => found.map(({ pack, by, prevents }) => `${pack} by ${Day.show(by)} keeps ${String(prevents.length)} covered`)),
 * )
 * assert.deepStrictEqual(renewals, E.right(['P-1 by 2026-04-30 keeps 1 covered']))
 *
 * @since 0.1.0
 */
export const preventions = (
  estate: Estate,
  events: ReadonlyArray<DeploymentEvent>,
  horizon: Instant,
  lastFullCheck: Instant,
): E.Either<RNEA.ReadonlyNonEmptyArray<Rejection>, ReadonlyArray<Prevention>> =>
  E.map((history: History): ReadonlyArray<Prevention> => {
    const { lapses } = forecast(history)
    const packs = [...new Set(lapses.flatMap((lapse) => lapse.packs))].sort(Text.compare)
    return packs.flatMap((pack): ReadonlyArray<Prevention> => {
      const concerned = lapses.filter((lapse) => lapse.packs.includes(pack))
      const by = concerned.reduce((first, { from }) => Math.min(first, from - 1), Infinity) as Day.Day
      const renewal = renewalOn(pack, by, horizon, lastFullCheck)
      const renewed = simulate(estate, [...events, renewal], horizon, lastFullCheck)
      if (E.isLeft(renewed)) return []
      const left = groupBy(forecast(renewed.right).lapses, keyOf)
      const prevents = concerned.filter((lapse) => !(left.get(keyOf(lapse)) ?? []).some((each) => overlap(each, lapse)))
      return prevents.length === 0 ? [] : [{ pack, by, prevents }]
    })
  })(simulate(estate, events, horizon, lastFullCheck))
