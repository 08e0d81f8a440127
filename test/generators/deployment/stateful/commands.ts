/**
 * What people and portals do to an estate over the years, and how often.
 */
import fc from 'fast-check'
import type { WireEvent, WireSettings } from '../../../model/deployment.js'
import { present } from '../../world.js'
import { millisecondsIn } from './follow.js'
import {
  BASE,
  CONDITIONS,
  DEVICES,
  distribution,
  LEGACY,
  newDevice,
  newPack,
  PACKS,
  PLACES,
  REDIRECTION,
  usually,
} from './records.js'
import { count, crashMidPlan, happening, instantOf, tick, type Model, type Step } from './steps.js'

const delay = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(0, 0.001, 1, 30, 300, 3_600, 43_200, 86_370, 86_400, 90_000) },
  { weight: 1, arbitrary: fc.constant('next full check' as const) },
)

const pack = fc.constantFrom(...PACKS)
const device = fc.constantFrom(...DEVICES)

const addPack = fc.record({ id: pack, make: newPack, delay }).map(({ id, make, delay: then }) =>
  happening(
    `addPack ${id}`,
    then,
    (_, at) => [{ at, kind: 'refresh', pack: id, changes: make(at) }],
    // What has ended is bought anew.
    ({ packs, clock, watch: { books } }) =>
      !packs.has(id) || (books.packs.get(id)?.until ?? Infinity) < clock / millisecondsIn.day,
  ),
)

const hasPack =
  (id: string) =>
  ({ packs }: Model) =>
    packs.has(id)

const renewPack = fc.record({ id: pack, days: fc.integer({ min: 1, max: 90 }) }).map(({ id, days }): Step => ({
  ...happening(`renewPack ${id} ${String(days)}d`, 0, () => [], hasPack(id)),
  run: (model) => {
    count(model.tally.commands, 'renewPack')
    const known = model.watch.books.packs.get(id)?.until ?? -Infinity
    const today = Math.floor(model.clock / millisecondsIn.day)
    model.watch.unseen.set(id, Math.max(Number.isFinite(known) ? known : today, today) + days)
  },
}))

const refreshPacks = fc.record({ delay }).map(({ delay: then }) =>
  happening('refreshPacks', then, ({ packs, watch: { unseen } }, at) => {
    const renewed = [...unseen].filter(([id]) => packs.has(id))
    unseen.clear()
    return renewed.map(([id, until]): WireEvent => ({
      ...{ at, kind: 'refresh', pack: id },
      changes: { expires: instantOf(until * millisecondsIn.day).slice(0, 10) },
    }))
  }),
)

const refreshing = (name: string, id: string, changes: object, then: number | 'next full check'): Step =>
  happening(
    `${name} ${id} ${JSON.stringify(changes)}`,
    then,
    (_, at) => [{ at, kind: 'refresh', pack: id, changes }],
    hasPack(id),
  )

const changePack = (name: string, changes: fc.Arbitrary<object>): fc.Arbitrary<Step> =>
  fc.record({ id: pack, changes, delay }).map(({ id, changes: to, delay: then }) => refreshing(name, id, to, then))

const setting = (name: string, changes: fc.Arbitrary<Switch>): fc.Arbitrary<Step> =>
  fc
    .record({ changes, delay })
    .map(({ changes: to, delay: then }) =>
      happening(`${name} ${JSON.stringify(to)}`, then, (_, at) => [{ at, kind: 'settings', changes: to }]),
    )

const changeDevice = (name: string, changes: fc.Arbitrary<object>): fc.Arbitrary<Step> =>
  fc.record({ id: device, changes, delay }).map(({ id, changes: to, delay: then }) =>
    happening(
      `${name} ${id} ${JSON.stringify(to)}`,
      then,
      (_, at) => [{ at, kind: 'device', device: id, changes: to }],
      ({ devices }) => devices.has(id),
    ),
  )

const registerDevice = fc
  .record({ id: device, make: newDevice, delay })
  .map(({ id, make, delay: then }) =>
    happening(`registerDevice ${id}`, then, (_, at) => [{ at, kind: 'register', device: { id, ...make(at) } }]),
  )

const deleteDevice = fc
  .record({ id: device, deleteLicenses: usually(true, 3, false), online: fc.boolean(), delay })
  .map(({ id, delay: then, ...how }) =>
    happening(
      `deleteDevice ${id} ${JSON.stringify(how)}`,
      then,
      ({ isPortalUp }, at) => [{ at, kind: 'delete', device: id, ilpReachable: isPortalUp, ...how }],
      ({ devices }) => devices.has(id),
    ),
  )

const removePack = fc
  .record({ id: pack, delay })
  .map(({ id, delay: then }) =>
    happening(`removePack ${id}`, then, (_, at) => [{ at, kind: 'remove-pack', pack: id }], hasPack(id)),
  )

const portal = fc.boolean().map((isUp): Step => ({
  ...happening(
    isUp ? 'portalUp' : 'portalDown',
    0,
    () => [],
    ({ isPortalUp }) => isPortalUp !== isUp,
  ),
  run: (model) => {
    count(model.tally.commands, isUp ? 'portalUp' : 'portalDown')
    model.isPortalUp = isUp
  },
}))

const reboot = fc
  .record({ id: device, delay })
  .map(({ id, delay: then }) => happening(`reboot ${id}`, then, (_, at) => [{ at, kind: 'reboot', device: id }]))

const checkByHand = fc
  .record({ devices: fc.option(fc.uniqueArray(device, { maxLength: 2 }), { nil: undefined }), delay })
  .map(({ devices, delay: then }) =>
    happening(`checkByHand ${JSON.stringify(devices)}`, then, (_, at) => [
      present({ at, kind: 'check' as const, devices }),
    ]),
  )

const someConditions = fc.subarray([...CONDITIONS], { maxLength: 3 })

type Switch = { readonly [Field in keyof WireSettings]?: WireSettings[Field] | null }

const days = fc.constantFrom(null, 0, 1, 3, 30)

const VERSIONS = usually('12.10.100', 6, '12.13.100', '12.02.119', '12.01.109', '6.02.99', '6.01.99')

/** How often each is drawn beside the others: most of a life is the passing of days. */
const WEIGHTED: ReadonlyArray<readonly [number, fc.Arbitrary<Step>]> = [
  [26, fc.integer({ min: 1, max: 28 }).map(tick)],
  [9, addPack],
  [6, registerDevice],
  [4, renewPack],
  [4, refreshPacks],
  [1, changePack('deactivate', fc.constant({ active: false }))],
  [2, changePack('activate', fc.constant({ active: true }))],
  [
    1,
    changePack(
      'setConditions',
      distribution.map((to) => ({ distribution: to ?? null })),
    ),
  ],
  [1, changePack('scope', usually<object>({ aldToken: 'valid' }, 3, { aldToken: 'invalid' }, { umsIds: [] }))],
  [1, changePack('count', usually<object>({ total: 5 }, 3, { total: 2, allocated: 3 }, { status: 'archived' }))],
  [1, changePack('extend', fc.constant({ expires: null }))],
  [1, removePack],
  [
    1,
    changeDevice('moveDevice', fc.constantFrom<object>(...PLACES.map((to) => ({ directory: to })), { views: ['V1'] })),
  ],
  [1, changeDevice('binDevice', fc.constant({ inRecycleBin: true }))],
  [2, changeDevice('unbinDevice', fc.constant({ inRecycleBin: null }))],
  [
    1,
    changeDevice(
      'openRequest',
      fc.constantFrom<object>({ openRequests: [BASE] }, { openRequests: [REDIRECTION, LEGACY] }),
    ),
  ],
  [2, changeDevice('userCancel', fc.constantFrom<object>({ openRequests: [] }, { openRequests: null }))],
  [
    1,
    changeDevice(
      'upgrade',
      usually<object>({ osVersion: '12.5.0' }, 3, { osVersion: '10.06.227' }, { unitId: 'unit' }),
    ),
  ],
  [2, deleteDevice],
  [
    1,
    setting(
      'setGlobalConditions',
      someConditions.map((to) => ({ distributionConditions: to })),
    ),
  ],
  [1, setting('noGlobalConditions', fc.constant({ distributionConditions: null }))],
  [1, setting('toggleDeployment', usually({ automaticDeployment: true }, 4, { automaticDeployment: false }))],
  [2, setting('toggleExchange', usually({ licenseExchange: true }, 2, { licenseExchange: false }))],
  [
    2,
    setting(
      'setExchangeDays',
      days.map((to) => ({ exchangeDaysBeforeExpiration: to })),
    ),
  ],
  [2, setting('service', usually<Switch>({ licenseServerReachable: null }, 3, { licenseServerReachable: false }))],
  [1, setting('bundled', fc.constantFrom({ hardwareBundledDeployment: true }, { hardwareBundledDeployment: false }))],
  [1, setting('umsId', usually({ umsIdRegistered: true }, 3, { umsIdRegistered: false }))],
  [
    2,
    setting(
      'umsVersion',
      VERSIONS.map((umsVersion) => ({ umsVersion })),
    ),
  ],
  [1, portal],
  [2, reboot],
  [2, checkByHand],
  [2, fc.tuple(fc.integer({ min: 1, max: 9 }), fc.nat({ max: 10 })).map(([down, cut]) => crashMidPlan(down, cut / 10))],
]

export const commands = WEIGHTED.flatMap(([weight, arbitrary]) => Array.from({ length: weight }, () => arbitrary))
