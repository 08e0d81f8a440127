/**
 * Claims about deployment that sound true and are false ("Tempting but FALSE" in the properties). Each is refuted by one
 * estate, so that nobody builds on it, and no law of these tests may say it.
 */
import { Deployment } from 'seatwise'
import { expect, test } from 'vitest'
import { daysFrom } from '../../generators/deployment.js'
import { decodeEstate, encodeEstate, planDecoded, planOf } from '../../generators/deployment/run.js'
import type {
  WireAction,
  WireDevice,
  WireDeviceLicense,
  WireEstate,
  WireProductPack,
  WireSettings,
} from '../../model/deployment.js'

const NOW = '2026-03-10T12:00:00Z'

const on = daysFrom(NOW)

const estateOf = (
  packs: ReadonlyArray<Partial<WireProductPack> & Pick<WireProductPack, 'id' | 'total' | 'allocated'>>,
  devices: ReadonlyArray<Partial<WireDevice> & Pick<WireDevice, 'id'>>,
  settings: Partial<WireSettings> = {},
): WireEstate => ({
  settings: { umsVersion: '12.10.100', umsId: 'U1', automaticDeployment: true, ...settings },
  packs: packs.map((pack) => ({
    ...{ licenseType: 'workspace-edition', registered: '2025-01-01', expires: on(365), umsIds: ['U1'] },
    ...pack,
  })),
  devices: devices.map((device) => ({
    ...{ unitId: `unit-${device.id}`, osVersion: '12.5.0', registered: '2026-01-15T08:00:00Z' },
    ...device,
  })),
})

const held = (pack: string, days: number): WireDeviceLicense => ({
  ...{ licenseType: 'workspace-edition', source: 'pack', pack, expires: on(days) },
})

/** What is done for each device, `assign P` for instance. */
const deedsOf = (estate: WireEstate): Readonly<Record<string, string>> =>
  Object.fromEntries(
    planOf(estate, NOW).decisions.map(({ device, action, pack, reason }) => [
      device,
      [action, pack ?? reason].filter((word) => word !== undefined).join(' '),
    ]),
  )

const actionsOf = (estate: WireEstate): ReadonlyArray<WireAction> =>
  planOf(estate, NOW).decisions.map(({ action }) => action)

// -------------------------------------------------------------------------------------
// planning again
// -------------------------------------------------------------------------------------

test('to plan a planned estate may act: by an exchange, where the license just given is itself due (section 11)', () => {
  // Expiration dates do not rank: of P1 more is allocated, though P2 lasts longer.
  const estate = estateOf(
    [
      { id: 'P1', total: 9, allocated: 5, expires: on(3) },
      { id: 'P2', total: 9, allocated: 1 },
    ],
    [{ id: 'd', licenses: [held('gone', 1)] }],
    { licenseExchange: true },
  )
  const first = planOf(estate, NOW)
  expect(deedsOf(estate)).toEqual({ d: 'exchange P1' })
  expect(deedsOf(first.estate)).toEqual({ d: 'exchange P2' })
  expect(actionsOf(planOf(first.estate, NOW).estate)).toEqual(['none'])
})

test('to plan a planned estate may act: by a renewal, where a bundled license was given and a renewed pack lasts longer', () => {
  const estate = {
    ...estateOf([{ id: 'P', total: 9, allocated: 1 }], [{ id: 'd', serialNumber: 'S', licenses: [held('P', -1)] }], {
      hardwareBundledDeployment: true,
    }),
    bundled: [{ serialNumber: 'S', licenseType: 'workspace-edition' as const, expires: on(5) }],
  }
  expect(deedsOf(estate)).toEqual({ d: 'deploy-bundled' })
  expect(deedsOf(planOf(estate, NOW).estate)).toEqual({ d: 'renew P' })
})

test('with exchange on, a plan that is cut off and planned again need not end as the whole plan does (F8)', () => {
  const estate = estateOf(
    [
      { id: 'P1', total: 6, allocated: 5, expires: on(3) },
      { id: 'P2', total: 2, allocated: 1 },
    ],
    [
      { id: 'd1', licenses: [held('gone', 1)] },
      { id: 'd2', licenses: [held('gone', 1)] },
    ],
    { licenseExchange: true },
  )
  expect(deedsOf(estate)).toEqual({ d1: 'exchange P1', d2: 'exchange P2' })
  const decoded = decodeEstate(estate)
  const { operations } = planDecoded(decoded, NOW)
  const cutOff = encodeEstate(Deployment.enact(decoded, operations.slice(0, 1)).estate)
  // What d1 was given is itself due, and it takes the last license of P2 before it is the turn of d2.
  expect(deedsOf(cutOff)).toEqual({ d1: 'exchange P2', d2: 'none no-free-license' })
})

// -------------------------------------------------------------------------------------
// scarcity
// -------------------------------------------------------------------------------------

const forViews = (...views: ReadonlyArray<string>) => ({
  method: 'conditions' as const,
  conditions: views.map((view) => ({ view })),
})

/** A is for view A, B for view B, and both are nearly used up; the first device may have A or X, the second either. */
const A = { id: 'A', total: 10, allocated: 5, registered: '2025-02-01', distribution: forViews('A') }
const B = { id: 'B', total: 6, allocated: 5, registered: '2025-01-01', distribution: forViews('B') }
const X = { id: 'X', total: 10, allocated: 9, registered: '2025-03-01', distribution: forViews('X') }

const CONTESTING = [
  { id: 'd1', views: ['A', 'X'] },
  { id: 'd2', views: ['A', 'B'] },
  { id: 'd3', views: ['B'] },
]

test('to add a pack may make a device lose, and lowers how many are served (ALD-44)', () => {
  expect(deedsOf(estateOf([A, B], CONTESTING))).toEqual({ d1: 'assign A', d2: 'assign A', d3: 'assign B' })
  // The first takes X now. So A and B have as much allocated, and the second takes the one registered earlier.
  expect(deedsOf(estateOf([A, B, X], CONTESTING))).toEqual({
    ...{ d1: 'assign X', d2: 'assign B', d3: 'none no-free-license' },
  })
  const served = (estate: WireEstate) => actionsOf(estate).filter((action) => action === 'assign').length
  expect([served(estateOf([A, B], CONTESTING)), served(estateOf([A, B, X], CONTESTING))]).toEqual([3, 2])
})

test('who goes first matters where licenses are scarce, and that is who registered first (ALD-109)', () => {
  const pack = { id: 'P', total: 1, allocated: 0 }
  const [first, second] = ['2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z']
  const estate = (one: string, other: string) =>
    estateOf(
      [pack],
      [
        { id: 'd1', registered: one },
        { id: 'd2', registered: other },
      ],
    )
  expect(deedsOf(estate(first, second))).toEqual({ d1: 'assign P', d2: 'none no-free-license' })
  expect(deedsOf(estate(second, first))).toEqual({ d1: 'none no-free-license', d2: 'assign P' })
})

test('one more free license may make a device lose, too: who took another pack before takes this one now', () => {
  const full = { ...X, allocated: 10 }
  expect(deedsOf(estateOf([A, B, full], CONTESTING))['d3']).toBe('assign B')
  expect(deedsOf(estateOf([A, B, { ...full, total: 11 }], CONTESTING))['d3']).toBe('none no-free-license')
})

// -------------------------------------------------------------------------------------
// renewal and exchange
// -------------------------------------------------------------------------------------

test('an exchange need not take the pack that lasts longest, nor save a license where the renewal comes later (ALD-47, 73)', () => {
  const packs = [
    { id: 'P1', total: 9, allocated: 5, expires: on(20) },
    { id: 'P2', total: 9, allocated: 1, expires: on(400) },
  ]
  const estate = estateOf(packs, [{ id: 'd', licenses: [held('gone', 1)] }], { licenseExchange: true })
  expect(deedsOf(estate)).toEqual({ d: 'exchange P1' })
})

test('a device need not get the longest cover that it could: what it is licensed for lets it wait (ALD-25)', () => {
  const estate = estateOf([{ id: 'P', total: 9, allocated: 1 }], [{ id: 'd', licenses: [held('gone', 0)] }])
  expect(deedsOf(estate)).toEqual({ d: 'none already-licensed' })
})

test('to switch the service on again need not serve as if it had never been down: what was free may have expired (H13)', () => {
  const estate = estateOf([{ id: 'P', total: 9, allocated: 1, expires: on(0) }], [{ id: 'd' }])
  const down = { ...estate, settings: { ...estate.settings, licenseServerReachable: false } }
  expect(deedsOf(down)).toEqual({ d: 'none license-server-unreachable' })
  expect(deedsOf(planOf(estate, NOW).estate)).toEqual({ d: 'none already-licensed' })
  const tomorrow = `${on(1)}T12:00:00Z`
  expect(planOf(estate, tomorrow).decisions.map(({ reason }) => reason)).toEqual(['pack-expired'])
})
