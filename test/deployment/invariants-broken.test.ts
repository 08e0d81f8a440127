/**
 * Each invariant of plans is broken by something: by a plan that was tampered with, or by a plan that was made of another
 * estate than it is checked against. And it is told where.
 */
import { either as E } from 'fp-ts'
import { Deployment, Estate, Instant, type Id } from 'seatwise'
import { expect, test } from 'vitest'
import { REASONS } from '../generators/deployment.js'

type Plan = Deployment.Plan

const right = <A>(either: E.Either<unknown, A>): A => {
  if (E.isLeft(either)) throw new Error(JSON.stringify(either.left))
  return either.right
}

const now = right(E.fromOption(() => 'now')(Instant.parse('2026-03-10T12:00:00Z')))

// -------------------------------------------------------------------------------------
// estates
// -------------------------------------------------------------------------------------

const BASE = { licenseType: 'workspace-edition' } as const
const ADD_ON = { licenseType: 'add-on', addOn: 'a' } as const

/** What is changed of an estate in which the device `d` is assigned a license of the pack `P`. */
type Changes = {
  readonly settings?: object
  readonly pack?: object
  readonly packs?: ReadonlyArray<object>
  readonly device?: object
  readonly devices?: ReadonlyArray<object>
  readonly bundled?: ReadonlyArray<object>
  /** Every device twice, which no decoded estate has. */
  readonly isDoubled?: boolean
}

const PACK = {
  id: 'P',
  ...BASE,
  total: 5,
  allocated: 2,
  registered: '2026-01-01',
  expires: '2027-01-31',
  umsIds: ['U'],
}
const DEVICE = { id: 'd', unitId: 'unit', osVersion: '12.5.0', registered: '2026-02-01T00:00:00Z' }

const estateOf = ({
  settings,
  pack,
  packs = [],
  device,
  devices = [],
  bundled = [],
  isDoubled = false,
}: Changes): Estate.Estate => {
  const { left, right: estate } = right(
    Estate.decode({
      settings: { umsVersion: '12.10.100', umsId: 'U', automaticDeployment: true, ...settings },
      packs: [{ ...PACK, ...pack }, ...packs],
      devices: [{ ...DEVICE, ...device }, ...devices],
      bundled,
    }),
  )
  if (left.length > 0) throw new Error(JSON.stringify(left))
  return isDoubled ? { ...estate, devices: twice(estate.devices) } : estate
}

const twice = <A>(list: ReadonlyArray<A>) => [...list, ...list]

const held = (license: object) => ({ device: { licenses: [{ ...BASE, source: 'pack', pack: 'gone', ...license }] } })

const without = (field: keyof typeof PACK | keyof typeof DEVICE) => ({ [field]: undefined })

const EXCHANGE = { settings: { licenseExchange: true }, ...held({ expires: '2026-03-12' }) }
const RENEWAL = held({ pack: 'P', expires: '2026-03-12' })
const UPON_BASE = { pack: { ...ADD_ON, distribution: { method: 'enabled' } }, ...held({}) }

const ON = { settings: { hardwareBundledDeployment: true } }
const OWN = { serialNumber: 'S', ...BASE, expires: '2028-01-01' }
const BUNDLED = { ...ON, device: { serialNumber: 'S' }, bundled: [OWN] }

/** A second pack, a second device, a pack of add-ons. */
const Q = { ...PACK, id: 'Q' }
const EARLIER = { ...DEVICE, id: 'e', registered: '2026-01-01T00:00:00Z' }
const ADD_ONS = { ...Q, ...ADD_ON }

// -------------------------------------------------------------------------------------
// forgeries
// -------------------------------------------------------------------------------------

type Forge = (plan: Plan) => unknown

type Ways<A> = { readonly [K in keyof A]?: (value: A[K]) => unknown }

const changed = <A extends object>(record: A, ways: Ways<A>): A => ({
  ...record,
  ...Object.fromEntries(
    Object.entries(ways).map(([field, way]) => [
      field,
      (way as (value: unknown) => unknown)(Reflect.get(record, field)),
    ]),
  ),
})

const forge =
  (ways: Ways<Plan>): Forge =>
  (plan) =>
    changed(plan, ways)

const ofEstate = (ways: Ways<Estate.Estate>): Forge => forge({ estate: (estate) => changed(estate, ways) })

const each =
  (fields: object) =>
  (list: ReadonlyArray<object> | undefined): unknown =>
    list?.map((record) => ({ ...record, ...fields }))

const none = (): ReadonlyArray<never> => []
const reversed = <A>(list: ReadonlyArray<A>) => [...list].reverse()

const decided = (fields: object): Forge => forge({ decisions: each(fields) })
const refused = (reason: string): Forge => decided({ action: 'none', reason, pack: undefined, expires: undefined })

// -------------------------------------------------------------------------------------
// the table
// -------------------------------------------------------------------------------------

type Row = {
  readonly code: string
  /** Of what the plan was made, and with what it is checked. */
  readonly given: Changes
  readonly really?: Changes
  readonly asked?: ReadonlyArray<string>
  readonly forged?: Forge
  readonly at: ReadonlyArray<string>
}

const HERE = ['d', 'workspace-edition']

/** A plan is forged. */
const forged = (code: string, given: Changes, way: Forge, at: ReadonlyArray<string> = HERE): Row => ({
  code,
  given,
  forged: way,
  at,
})

/** A plan was made of another estate. */
const mistaken = (code: string, given: Changes, really: Changes, at: ReadonlyArray<string> = HERE): Row => ({
  code,
  given,
  really: { ...given, ...really },
  at,
})

const rows: ReadonlyArray<Row> = [
  mistaken('no-contradiction', {}, { devices: [{ ...DEVICE, unitId: 'other' }] }, ['devices[1]']),
  // decisions
  forged('one-decision', {}, forge({ decisions: none })),
  forged('decided-what-there-is', {}, decided({ device: 'x' }), ['x', 'workspace-edition']),
  { code: 'decided-whom-was-asked', given: {}, asked: ['e'], at: HERE },
  forged('devices-in-turn', { devices: [EARLIER] }, forge({ decisions: reversed }), ['e', 'workspace-edition']),
  forged('add-ons-last', { packs: [ADD_ONS] }, forge({ decisions: reversed })),
  forged('pack-with-what-comes-from-one', {}, decided({ pack: undefined })),
  forged('reason-with-none', {}, decided({ reason: 'not-due' })),
  forged('expires-with-the-pack', {}, decided({ expires: undefined })),
  forged('expires-with-an-action', { device: { inRecycleBin: true } }, decided({ expires: 20_000 })),
  mistaken('further-by-every-action', {}, held({})),
  // devices
  forged('type-is-deployed', { pack: { licenseType: 'isl' } }, decided({ action: 'assign', pack: 'P' }), ['d', 'isl']),
  mistaken('type-known-to-the-ums', {}, { settings: { umsVersion: '6.01.99' } }),
  mistaken('switched-on', {}, { settings: { automaticDeployment: false } }),
  mistaken('not-in-the-recycle-bin', {}, { device: { inRecycleBin: true } }),
  mistaken('bound-to-a-unit-id', {}, { device: without('unitId') }),
  mistaken('system-for-the-base', {}, { device: { osVersion: '10.99.999' } }),
  mistaken('system-for-add-ons', UPON_BASE, { device: { ...UPON_BASE.device, osVersion: '11.01.109' } }, [
    'd',
    'add-on a',
  ]),
  mistaken('no-open-request', {}, { device: { openRequests: [BASE] } }),
  mistaken('one-base', {}, held({ licenseType: 'isl' })),
  mistaken('add-on-upon-a-base', UPON_BASE, held({ expires: '2026-03-09' }), ['d', 'add-on a']),
  mistaken('license-server-reached', {}, { settings: { licenseServerReachable: false } }),
  mistaken('assigned-where-nothing-is-held', {}, held({ expires: '2026-03-09' })),
  mistaken('exchanged-where-one-is-held', EXCHANGE, held({ expires: '2026-03-12', source: 'starter' })),
  mistaken('exchange-switched-on', EXCHANGE, { settings: {} }),
  mistaken('exchange-known-to-the-ums', EXCHANGE, { settings: { ...EXCHANGE.settings, umsVersion: '12.01.109' } }),
  mistaken('exchanged-what-ends', EXCHANGE, held({})),
  mistaken('exchanged-when-due', EXCHANGE, held({ expires: '2026-03-18' })),
  // packs
  mistaken('pack-is-registered', {}, { pack: { id: 'Q' } }),
  mistaken('pack-of-the-type', {}, { pack: { licenseType: 'udc3' } }),
  mistaken('evaluation-supported', {}, { pack: { evaluation: true }, settings: { umsVersion: '12.01.109' } }),
  mistaken('pack-not-retired', {}, { pack: { status: 'merged' } }),
  mistaken('pack-in-scope', {}, { pack: { umsIds: ['V'], aldToken: 'invalid' } }),
  mistaken('pack-active', {}, { pack: { active: false } }),
  mistaken('pack-started', {}, { pack: { starts: '2026-03-11' } }),
  mistaken('pack-not-expired', {}, { pack: { expires: '2026-03-09' } }),
  mistaken('global-conditions-met', {}, { settings: { distributionConditions: [{ view: 'v' }] } }),
  mistaken('conditions-met', {}, { pack: { distribution: { method: 'conditions', conditions: [] } } }),
  mistaken('license-free', {}, { pack: { allocated: 5 } }),
  mistaken('most-allocated', {}, { packs: [{ ...Q, allocated: 3, registered: '2026-01-02' }] }),
  mistaken('then-registered-first', {}, { packs: [{ ...Q, registered: '2025-12-31' }] }),
  mistaken('then-first-by-id', {}, { packs: [{ ...PACK, id: 'A' }] }),
  mistaken('exchanged-for-later', EXCHANGE, { pack: { expires: '2026-03-12' } }),
  mistaken('renewed-as-held', RENEWAL, held({ pack: 'Q', expires: '2026-03-12' })),
  mistaken('renewed-for-longest', RENEWAL, {
    packs: [{ ...Q, expires: '2027-02-01' }],
    device: { licenses: [...RENEWAL.device.licenses, { ...BASE, source: 'pack', pack: 'Q', expires: '2026-03-01' }] },
  }),
  mistaken('renewed-where-it-can-be', EXCHANGE, RENEWAL),
  // bundled licenses
  mistaken('bundled-switched-on', BUNDLED, { settings: {} }),
  mistaken('bundled-known-to-the-ums', BUNDLED, { settings: { ...ON.settings, umsVersion: '12.02.119' } }),
  mistaken('system-for-the-bundled', BUNDLED, { device: { ...BUNDLED.device, osVersion: '12.1.999' } }),
  mistaken('bundled-by-a-registered-id', BUNDLED, { settings: { ...ON.settings, umsIdRegistered: false } }),
  mistaken('bundled-with-the-hardware', BUNDLED, { bundled: [{ ...OWN, serialNumber: 's' }] }),
  mistaken('bundled-by-a-real-serial', BUNDLED, {
    device: { serialNumber: '0' },
    bundled: [{ ...OWN, serialNumber: '0' }],
  }),
  mistaken('bundled-where-it-was-moved', BUNDLED, { bundled: [{ ...OWN, separatedTo: 'e' }] }),
  mistaken('bundled-valid-today', BUNDLED, { bundled: [{ ...OWN, expires: '2026-03-09' }] }),
  mistaken('bundled-for-longest', BUNDLED, { bundled: [OWN, { ...OWN, expires: '2028-01-02' }] }),
  mistaken('bundled-where-unlicensed', BUNDLED, {
    device: { ...BUNDLED.device, ...held({ expires: '2026-03-10' }).device },
  }),
  mistaken('bundled-before-packs', ON, BUNDLED),
  // reasons
  ...REASONS.map((reason) => forged(`reason-${reason}`, {}, refused(reason))),
  forged('first-reason', { device: { inRecycleBin: true, unitId: undefined } }, refused('no-unit-id')),
  forged('served-while-any-pack-would', { packs: [{ ...Q, allocated: 5 }] }, refused('no-free-license')),
  forged('furthest-pack', { pack: { active: false }, packs: [{ ...Q, allocated: 5 }] }, refused('pack-deactivated')),
  // estates
  forged('packs-stay', {}, ofEstate({ packs: none }), ['P']),
  forged('allocated-as-given', {}, ofEstate({ packs: each({ allocated: 2 }) }), ['P']),
  forged('within-the-total', {}, ofEstate({ packs: each({ allocated: 6 }) }), ['P']),
  forged(
    'activated-when-assigned',
    { pack: { status: 'not-yet-activated' } },
    ofEstate({ packs: each({ status: 'not-yet-activated' }) }),
    ['P'],
  ),
  forged('packs-otherwise-the-same', {}, ofEstate({ packs: each({ active: false }) }), ['P']),
  forged('devices-stay', {}, ofEstate({ devices: twice }), ['d']),
  forged('untouched-without-an-action', { pack: { active: false } }, ofEstate({ devices: each({ views: ['v'] }) }), [
    'd',
  ]),
  forged('old-licenses-stay', EXCHANGE, ofEstate({ devices: each({ licenses: [] }) }), ['d']),
  forged(
    'days-moved-by-renewal-alone',
    held({ licenseType: 'udc3' }),
    ofEstate({ devices: each(held({ licenseType: 'udc3', expires: 1 }).device) }),
    ['d'],
  ),
  forged('licenses-as-decided', {}, ofEstate({ devices: each({ licenses: [] }) }), ['d']),
  forged('devices-otherwise-the-same', {}, ofEstate({ devices: each({ osVersion: '12.6.0' }) }), ['d']),
  forged('rest-stays', {}, ofEstate({ settings: (settings) => ({ ...settings, umsId: 'V' }) }), ['settings']),
  // operations and warnings
  forged('operation-for-each-action', {}, forge({ operations: none })),
  forged('operation-as-decided', {}, forge({ operations: each({ license: { ...BASE, source: 'pack', pack: 'P' } }) })),
  forged('one-operation-a-type', {}, forge({ operations: twice })),
  forged('distinct-keys', { devices: [EARLIER] }, forge({ operations: each({ key: 'k' }) })),
  mistaken('duplicates-told', {}, { isDoubled: true }, ['devices']),
]

test('for every invariant there is a row', () => {
  expect(rows.map(({ code }) => code).sort()).toEqual(Deployment.invariantCodes.map(({ code }) => code).sort())
})

test.each(rows)('$code is broken, and told where', ({ code, given, really = given, asked, forged: way, at }) => {
  const [before, estate] = [estateOf(given), estateOf(really)]
  const plan = right(Deployment.plan(before, now))
  expect(Deployment.checkInvariants(before, now)(plan)).toEqual([])

  const options = asked === undefined ? {} : { devices: asked as ReadonlyArray<Id.DeviceId> }
  const broken = Deployment.checkInvariants(estate, now, options)(way === undefined ? plan : (way(plan) as Plan))
  expect(broken.filter((one) => one.code === code).map((one) => one.at)).toEqual([JSON.stringify(at)])
})

// -------------------------------------------------------------------------------------
// moments
// -------------------------------------------------------------------------------------

const REFUSED = { action: 'none', reason: 'no-free-license', pack: undefined, expires: undefined }

/** Where a plan breaks an invariant, when its decisions are changed, each in its way. */
const placesOf = (code: string, given: Changes, ...ways: ReadonlyArray<object>) => {
  const estate = estateOf(given)
  const plan = right(Deployment.plan(estate, now))
  const decisions = plan.decisions.map((decision, position) => ({ ...decision, ...ways[position] }))
  return Deployment.checkInvariants(
    estate,
    now,
  )({ ...plan, decisions })
    .filter((broken) => broken.code === code)
    .map(({ at }) => at)
}

test('what is free is told by what was given until then', () => {
  const last = { pack: { total: 3 }, devices: [EARLIER] }
  const taken = { action: 'assign', reason: undefined, pack: 'P' }
  expect(placesOf('license-free', last, {}, taken)).toEqual([JSON.stringify(HERE)])
  expect(placesOf('license-free', last, REFUSED, taken)).toEqual([])
  expect(placesOf('served-while-any-pack-would', last, REFUSED)).toEqual([
    '["e","workspace-edition"]',
    JSON.stringify(HERE),
  ])
  expect(placesOf('served-while-any-pack-would', last, {}, {})).toEqual([])
})

test('an add-on is told by the base that was given until then', () => {
  const both = { packs: [{ ...ADD_ONS, distribution: { method: 'enabled' } }] }
  expect(placesOf('add-on-upon-a-base', both)).toEqual([])
  expect(placesOf('add-on-upon-a-base', both, REFUSED)).toEqual(['["d","add-on a"]'])
  expect(placesOf('reason-base-license-missing', both, {}, { ...REFUSED, reason: 'base-license-missing' })).toEqual([
    '["d","add-on a"]',
  ])
})
