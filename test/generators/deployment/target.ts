/**
 * Estates that are arranged: one action must be taken, or one reason given, for certain devices and a certain type. Each
 * begins as an estate in which these devices would simply be assigned a license from one pack; then exactly that is broken
 * which stands in the way.
 */
import fc from 'fast-check'
import type { WireAction, WireEstate, WireReason, WireType } from '../../model/deployment.js'
import { present } from '../world.js'
import {
  assignedOnEarlierUms,
  deployed,
  DUE,
  exchangeable,
  holding,
  isAddOn,
  lasting,
  LEGACY,
  PACK,
  renewed,
  simple,
  UNMET,
  unrenewable,
  withDevices,
  withoutReadyBundled,
  withPack,
  withSettings,
  type Arranged,
  type Draft,
} from './arranged.js'
import { devicePlan, unarrangedEstateWorld, type EstateWorld } from './estate.js'
import {
  ADD_ON,
  at,
  BASE,
  daysFrom,
  EARLIER_UMS,
  ELIGIBLE_OS,
  EXCHANGE_UMS,
  GONE,
  MANAGEMENT,
  NOWS,
  OLD_UMS,
  REDIRECTION,
  UMS_5,
  UMS_ID,
  type Day,
} from './words.js'

export const ACTIONS = ['assign', 'renew', 'exchange', 'deploy-bundled'] as const

export const REASONS: ReadonlyArray<WireReason> = [
  ...(['automatic-deployment-disabled', 'exchange-disabled', 'not-due', 'already-licensed'] as const),
  ...(['base-license-present', 'base-license-missing', 'no-pack', 'pack-not-assigned', 'pack-deactivated'] as const),
  ...(['pack-not-started', 'pack-expired', 'pack-retired', 'token-invalid', 'no-free-license'] as const),
  ...(['no-later-pack', 'conditions-not-met', 'global-conditions-not-met', 'type-not-supported'] as const),
  ...(['evaluation-not-supported', 'feature-not-available', 'os-not-eligible', 'in-recycle-bin'] as const),
  ...(['no-unit-id', 'license-server-unreachable', 'request-open', 'perpetual'] as const),
]

export type Target = Exclude<WireAction, 'none'> | WireReason

export const TARGETS: ReadonlyArray<Target> = [...ACTIONS, ...REASONS]

// -------------------------------------------------------------------------------------
// what is broken
// -------------------------------------------------------------------------------------

/** The base and add-ons have a bar of their own, which would come first. */
const withoutBar: ReadonlyArray<WireType> = [MANAGEMENT, { licenseType: 'udc3' }, { licenseType: 'uma' }]

/** How to break, by what should come out; each is given the estate of a type that suits it. */
const broken = (target: Target, day: Day, draft: Draft): Arranged => {
  const { type: typeDraft, choice, way } = draft
  const arranged = simple(day, draft, deployed(typeDraft))
  const of = (types: ReadonlyArray<WireType>): Arranged => simple(day, draft, at(types, typeDraft))
  switch (target) {
    case 'assign':
      return way % 4 === 0 ? assignedOnEarlierUms(arranged, draft) : arranged
    case 'renew':
      return renewed(arranged, day, draft)
    case 'exchange':
      return exchangeable(arranged, day, draft, DUE)
    case 'deploy-bundled': {
      const able = of([BASE, MANAGEMENT, { licenseType: 'uma' }, ADD_ON])
      return {
        ...withSettings(
          withDevices(able, (device, position) => ({
            ...device,
            osVersion: at([...ELIGIBLE_OS, '11.08.440', '11.8.440', '13.0.0'], way + position),
            serialNumber: `T${String(position)}`,
          })),
          { hardwareBundledDeployment: true, automaticDeployment: choice % 2 === 0 },
        ),
        bundled: able.devices.flatMap(({ id }, position) => [
          { serialNumber: `T${String(position)}`, licenseType: able.type.licenseType, expires: day(0) },
          present({
            ...at([{ serialNumber: `T${String(position)}` }, { serialNumber: '0', separatedTo: id }], way),
            licenseType: able.type.licenseType,
            expires: at([undefined, day(0), day(30)], choice + position),
          }),
          {
            serialNumber: `T${String(position)}`,
            licenseType: able.type.licenseType,
            expires: day(at([-1, 1], choice)),
          },
        ]),
      }
    }
    case 'automatic-deployment-disabled': {
      const { automaticDeployment: _, ...off } = arranged.settings
      return { ...arranged, settings: way % 2 === 0 ? off : { ...off, automaticDeployment: false } }
    }
    case 'exchange-disabled':
      return way % 2 === 0
        ? holding(arranged, ...lasting(day, at([-1, -30], way), choice))
        : holding(unrenewable(arranged, day, choice), { source: 'pack', pack: PACK, expires: day(-31) })
    case 'already-licensed':
      return holding(arranged, ...lasting(day, at([0, 1, 300], way), choice))
    case 'not-due':
      return exchangeable(arranged, day, draft, [(limit) => limit + 1, (limit) => limit + 40])
    case 'perpetual':
      return holding(exchangeable(arranged, day, draft, DUE), { source: at(['pack', 'bundled'] as const, way) })
    case 'no-later-pack': {
      const due = exchangeable(arranged, day, draft, [(limit) => limit, () => 0])
      const last = Math.max(0, at([due.settings.exchangeDaysBeforeExpiration ?? 7, 0], way))
      return withPack(due, (pack) => ({ ...pack, expires: day(at([last, last - 1], choice)) }))
    }
    case 'base-license-present':
      return withDevices(of([BASE]), (device) => ({
        ...device,
        licenses: [
          present({ licenseType: 'isl', source: 'pack', pack: GONE, expires: at([undefined, day(0), day(9)], way) }),
        ],
      }))
    case 'base-license-missing':
      return withDevices(of([REDIRECTION, ADD_ON]), (device) => ({
        ...device,
        licenses: at(
          [[], [{ ...BASE, source: 'pack', pack: GONE, expires: day(-1) }], [{ ...BASE, source: 'starter' }]],
          way,
        ),
      }))
    case 'no-pack':
      return way % 2 === 0
        ? holding({ ...arranged, packs: [] }, { source: 'starter', expires: day(at([-1, 20], way)) })
        : withoutReadyBundled({ ...of([BASE, MANAGEMENT, ADD_ON]), packs: [] }, day, choice)
    case 'pack-not-assigned':
      return at(
        [
          withPack(arranged, ({ aldToken: _, ...pack }) => ({ ...pack, umsIds: at([[], ['U2'], ['u1']], choice) })),
          withPack(arranged, ({ aldToken: _, umsIds: __, ...pack }) => pack),
          withSettings(
            withPack(arranged, ({ aldToken: _, ...pack }) => ({ ...pack, umsIds: [UMS_ID] })),
            { umsIdRegistered: false },
          ),
        ],
        way,
      )
    case 'token-invalid':
      return withPack(arranged, ({ umsIds: _, ...pack }) => ({
        ...pack,
        aldToken: 'invalid' as const,
        ...at([{}, { umsIds: ['U2'] }], way),
      }))
    case 'pack-retired':
      return withPack(arranged, (pack) => ({ ...pack, status: at(['merged', 'archived'] as const, way) }))
    case 'pack-deactivated':
      return withPack(arranged, (pack) => ({ ...pack, active: false }))
    case 'pack-not-started':
      return withPack(arranged, (pack) => ({ ...pack, starts: day(at([1, 40], way)) }))
    case 'pack-expired':
      return withPack(arranged, ({ starts: _, ...pack }) => ({ ...pack, expires: day(at([-1, -40], way)) }))
    case 'no-free-license':
      return withPack(arranged, (pack) => ({
        ...pack,
        ...at(
          [
            { total: 4, allocated: 4 },
            { total: 10, allocated: 12 },
            { total: 0, allocated: 0 },
          ],
          way,
        ),
      }))
    case 'conditions-not-met':
      return way % 3 === 0 && arranged.type.licenseType !== 'workspace-edition'
        ? withSettings(
            withPack(arranged, ({ distribution: _, ...pack }) => pack),
            at([{}, { umsVersion: '6.02.100' }], choice),
          )
        : withPack(arranged, (pack) => ({
            ...pack,
            distribution: { method: 'conditions' as const, conditions: at([...UNMET, []], choice) },
          }))
    case 'global-conditions-not-met':
      return withSettings(arranged, { umsVersion: at(EXCHANGE_UMS, way), distributionConditions: at(UNMET, choice) })
    case 'type-not-supported':
      return of([{ licenseType: 'icg' }, { licenseType: 'isl' }])
    case 'evaluation-not-supported':
      return way % 2 === 0
        ? withSettings(
            withPack(arranged, (pack) => ({ ...pack, evaluation: true })),
            { umsVersion: at(EARLIER_UMS, choice) },
          )
        : withDevices(
            withPack(of(withoutBar), (pack) => ({ ...pack, evaluation: true })),
            (device) => ({
              ...device,
              osVersion: '10.06.227',
            }),
          )
    case 'feature-not-available': {
      const isLegacy = LEGACY.includes(arranged.type.licenseType)
      const tooOld = isLegacy ? ['5.07.100', '5.08.99'] : [...UMS_5, '6.01.99', OLD_UMS[4]]
      return way % 2 === 0
        ? withSettings(arranged, { umsVersion: at(tooOld, choice) })
        : withSettings(exchangeable(arranged, day, draft, DUE), { umsVersion: at(EARLIER_UMS, choice) })
    }
    case 'os-not-eligible': {
      const barred = of([BASE, REDIRECTION])
      return withDevices(barred, (device) => ({
        ...device,
        osVersion: at(isAddOn(barred.type) ? ['11.01.109', '11.0.0', '10.99.999'] : ['10.99.999', '10.06.227'], way),
      }))
    }
    case 'in-recycle-bin':
      return withDevices(arranged, (device) => ({ ...device, inRecycleBin: true }))
    case 'no-unit-id':
      return withDevices(arranged, ({ unitId: _, ...device }) => ({ ...device, ...at([{}, { unitId: ' ' }], way) }))
    case 'license-server-unreachable':
      return withSettings(arranged, { licenseServerReachable: false })
    case 'request-open':
      return withDevices(arranged, (device) => ({ ...device, openRequests: [{ licenseType: 'icg' }, arranged.type] }))
  }
}

// -------------------------------------------------------------------------------------
// the target in a world
// -------------------------------------------------------------------------------------

/** A pack of the same type that fails early, and reasons that would not be given if there were one. */
const DECOY = { id: 'T-decoy', total: 9, allocated: 8, registered: '2025-01-01', status: 'merged' as const }
const UNDECOYED: ReadonlyArray<Target> = ['no-later-pack', 'evaluation-not-supported', 'no-pack']

const draft: fc.Arbitrary<Draft> = fc.record({
  type: fc.nat({ max: 59 }),
  way: fc.nat({ max: 59 }),
  choice: fc.nat({ max: 59 }),
  choices: fc.array(fc.nat({ max: 59 }), { minLength: 12, maxLength: 12 }),
  devices: fc.array(fc.nat({ max: 59 }), { minLength: 1, maxLength: 4 }),
  isDecoyed: fc.boolean(),
  neighbor: fc.option(
    devicePlan.map((device) => (day: Day) => ({ id: 'neighbor', ...device({ day, types: [BASE], packs: [] }) })),
    { nil: undefined, freq: 2 },
  ),
})

export type ArrangedWorld = EstateWorld & { readonly type: WireType }

/** An estate in which an action must be taken, or a reason given, for the devices of the target and its type. */
const arranged = (target: Target): fc.Arbitrary<(now: string) => ArrangedWorld> =>
  draft.map((drawn) => (now: string): ArrangedWorld => {
    const day = daysFrom(now)
    const { type, settings, directories, packs, devices, bundled } = broken(target, day, drawn)
    const decoys = drawn.isDecoyed && !UNDECOYED.includes(target) ? [{ ...DECOY, ...type }] : []
    const neighbors = drawn.neighbor === undefined ? [] : [drawn.neighbor(day)]
    const estate: WireEstate = {
      settings,
      directories,
      packs: [...decoys, ...packs],
      devices: [...neighbors, ...devices],
      ...(bundled.length === 0 ? {} : { bundled }),
    }
    return { now, type, estate }
  })

export const arrangedFor = (target: Target): fc.Arbitrary<ArrangedWorld> =>
  fc.record({ now: fc.constantFrom(...NOWS), world: arranged(target) }).map(({ now, world }) => world(now))

/** An estate arranged for one of them. */
export const arrangedEstate = (targets: ReadonlyArray<Target>): fc.Arbitrary<(now: string) => WireEstate> =>
  fc.oneof(...targets.map(arranged)).map((world) => (now) => world(now).estate)

const arrangedEstateWorld: fc.Arbitrary<EstateWorld> = fc
  .record({ now: fc.constantFrom(...NOWS), estate: arrangedEstate(TARGETS) })
  .map(({ now, estate }) => ({ now, estate: estate(now) }))

/** The worlds that the laws are tried on: random ones, and arranged ones for every action and reason. */
export const estateWorld: fc.Arbitrary<EstateWorld> = fc.oneof(
  { weight: 2, arbitrary: unarrangedEstateWorld },
  { weight: 1, arbitrary: arrangedEstateWorld },
)
