/**
 * What leaves no right answer is the one failure of a whole call, all of it told; everything else is none (ALD-114).
 */
import { either as E, option as O } from 'fp-ts'
import { Deployment, DeploymentEvent, Estate, Instant, type Rejection } from 'seatwise'
import { describe, expect, test } from 'vitest'

const settings = { umsVersion: '12.10.100', umsId: 'U', automaticDeployment: true }
const device = { id: 'd', unitId: 'x', osVersion: '12.5.0', registered: '2026-01-15T08:00:00Z' }
const pack = { id: 'P', licenseType: 'udc3', total: 9, allocated: 3, registered: '2025-01-01', umsIds: ['U'] }
const directory = { id: 'a', name: 'A' }

const instant = (text: string): Instant.Instant => O.getOrElseW(() => expect.fail(text))(Instant.parse(text))
const now = instant('2026-03-10T12:00:00Z')
const later = instant('2026-03-20T12:00:00Z')

const decode = (wire: object) => {
  const decoded = Estate.decode({ settings, packs: [], devices: [], ...wire })
  return E.isRight(decoded) ? decoded.right : expect.fail(JSON.stringify(decoded.left))
}

const told = (result: E.Either<ReadonlyArray<Rejection.Rejection>, unknown>) =>
  E.isRight(result) ? [] : result.left.map(({ code, path }) => `${code} ${path}`)

describe('of an estate', () => {
  test('a device, a pack and a directory with one id and different contents are told at once', () => {
    const { right } = decode({
      devices: [device, { ...device, osVersion: '11.0' }],
      packs: [pack, { ...pack, total: 8 }],
      directories: [directory, { ...directory, name: 'B' }],
    })
    const expected = ['contradiction directories[1]', 'contradiction packs[1]', 'contradiction devices[1]']
    expect(told(Deployment.plan(right, now))).toEqual(expected)
    expect(told(Deployment.simulate(right, [], later, now))).toEqual(expected)
    expect(told(Deployment.explain(right, now))).toEqual(expected)
    expect(told(Deployment.consumption(right, now))).toEqual(expected)
    expect(told(Deployment.coverage(right, now))).toEqual(expected)
    expect(told(Deployment.notifications(right, now))).toEqual(expected)
  })

  test('exact duplicates are dropped with a warning when they are decoded, and also when they are planned', () => {
    const bundled = { serialNumber: 'SECRET-SERIAL-1', licenseType: 'udc3' }
    const wire = {
      devices: [device, device],
      packs: [pack, pack],
      directories: [directory, directory],
      bundled: [bundled, bundled],
    }
    const { left, right } = decode(wire)
    expect(left.map(({ code, severity, path }) => [code, severity, path])).toEqual([
      ['duplicate', 'warning', 'directories[1]'],
      ['duplicate', 'warning', 'packs[1]'],
      ['duplicate', 'warning', 'devices[1]'],
      ['duplicate', 'warning', 'bundled[1]'],
    ])
    expect(JSON.stringify(left)).not.toContain('SECRET')

    const twice = {
      ...right,
      devices: [...right.devices, ...right.devices],
      packs: [...right.packs, ...right.packs],
      directories: [...(right.directories ?? []), ...(right.directories ?? [])],
      bundled: [...(right.bundled ?? []), ...(right.bundled ?? [])],
    }
    const plan = Deployment.plan(twice, now)
    const once = Deployment.plan(right, now)
    if (E.isLeft(plan) || E.isLeft(once)) return expect.fail()
    expect(plan.right.warnings.map(({ path }) => path)).toEqual([
      'directories[1]',
      'packs[1]',
      'devices[1]',
      'bundled[1]',
    ])
    expect(JSON.stringify(plan.right.warnings)).not.toContain('SECRET')
    expect({ ...plan.right, warnings: [] }).toEqual(once.right)
  })

  test('a pack that starts after it expires, a loop, an unlisted directory and an unknown pack are no failures', () => {
    const { left, right } = decode({
      devices: [{ ...device, directory: 'a', licenses: [{ licenseType: 'udc3', source: 'pack', pack: 'GONE' }] }],
      packs: [
        {
          ...pack,
          starts: '2026-05-01',
          expires: '2026-04-01',
          distribution: { method: 'conditions', conditions: [{ directory: 'nowhere' }] },
        },
      ],
      directories: [
        { ...directory, parent: 'b' },
        { id: 'b', name: 'B', parent: 'a' },
      ],
    })
    expect(left).toEqual([])
    expect(told(Deployment.plan(right, now))).toEqual([])
  })

  test('settings are not decoded in part: without them there is no estate, and all rejections are told', () => {
    const decoded = Estate.decode({
      settings: { umsVersion: 'latest', umsID: 'U' },
      packs: [{ ...pack, total: -1 }],
      devices: [],
    })
    expect(told(decoded)).toEqual([
      'unknown-option settings.umsID',
      'version settings.umsVersion',
      'missing settings.umsId',
      'range packs[0].total',
    ])
    for (const input of [null, [], 'x', 7]) expect(told(Estate.decode(input))).toEqual(['type '])
    expect(told(Estate.decode({ packs: [], devices: [] }))).toEqual(['missing settings'])
  })
})

describe('of what comes beside an estate', () => {
  const { right: estate } = decode({ devices: [device], packs: [pack] })

  test.each([NaN, Infinity, '2026-03-10', undefined, 1.5])('an instant that is %s is refused', (value) => {
    const wrong = value as Instant.Instant
    expect(told(Deployment.plan(estate, wrong))).toEqual(['instant now'])
    expect(told(Deployment.explain(estate, wrong))).toEqual(['instant now'])
    expect(told(Deployment.consumption(estate, wrong))).toEqual(['instant now'])
    expect(told(Deployment.simulate(estate, [], wrong, wrong))).toEqual(['instant horizon', 'instant lastFullCheck'])
  })

  test('an option that does not exist is refused, and a device that does not exist is told', () => {
    const unknown = { device: ['d'] } as Deployment.PlanOptions
    expect(told(Deployment.plan(estate, now, unknown))).toEqual(['unknown-option device'])
    const reader = { reader: 'fast' } as unknown as Deployment.PlanOptions
    expect(told(Deployment.plan(estate, now, reader))).toEqual(['unknown-value reader'])
    const named = Deployment.plan(estate, now, {
      devices: ['d', 'e'] as unknown as Deployment.PlanOptions['devices'] & [],
    })
    if (E.isLeft(named)) return expect.fail()
    expect(named.right.warnings.map(({ code, path }) => [code, path])).toEqual([['unknown-value', 'devices[1]']])
    expect(named.right.decisions.map((decision) => decision.device)).toEqual(['d'])
  })

  test('a wrong event is the failure of all, whether it is decoded or passed', () => {
    const events = [
      { at: '2026-03-11T00:00:00Z', kind: 'reboot' },
      { at: 'soon', kind: 'remove-pack', pack: 'P' },
      { at: '2026-03-11T00:00:00Z', kind: 'explode' },
      { at: '2026-03-11T00:00:00Z', kind: 'settings', changes: { automaticDeploymnt: true } },
      { at: '2026-03-11T00:00:00Z', kind: 'settings', changes: { umsVersion: null } },
      { at: '2026-03-11T00:00:00Z', kind: 'device', device: 'd', changes: { id: 'e' } },
      { at: '2026-03-11T00:00:00Z', kind: 'register', device: { id: 'e' } },
    ]
    expect(told(DeploymentEvent.decodeAll(events))).toEqual([
      'missing events[0].device',
      'instant events[1].at',
      'unknown-value events[2].kind',
      'unknown-option events[3].changes.automaticDeploymnt',
      'type events[4].changes.umsVersion',
      'unknown-value events[5]',
      'missing events[6].device.osVersion',
      'missing events[6].device.registered',
    ])
    const passed = [{ at: 'soon', kind: 'check' }] as unknown as ReadonlyArray<DeploymentEvent.DeploymentEvent>
    expect(told(Deployment.simulate(estate, passed, later, now))).toEqual(['type events[0]'])
    const none = undefined as unknown as ReadonlyArray<DeploymentEvent.DeploymentEvent>
    expect(told(Deployment.simulate(estate, none, later, now))).toEqual(['type events'])
  })

  test('a refresh of a pack that is not known then must bring all of it', () => {
    const events = DeploymentEvent.decodeAll([
      { at: '2026-03-12T00:00:00Z', kind: 'refresh', pack: 'P', changes: { total: 10 } },
      { at: '2026-03-11T00:00:00Z', kind: 'remove-pack', pack: 'P' },
      { at: '2026-03-12T00:00:00Z', kind: 'refresh', pack: 'Q', changes: { ...pack, id: 'Q' } },
      { at: '2026-03-13T00:00:00Z', kind: 'refresh', pack: 'Q', changes: { total: 11, active: null } },
    ])
    if (E.isLeft(events)) return expect.fail(JSON.stringify(events.left))
    expect(told(Deployment.simulate(estate, events.right, later, now))).toEqual(['missing events[0].changes'])
  })
})

test('types are not trusted where nothing could go on: lists that are none, settings that are none', () => {
  const { right: estate } = decode({})
  const forged = { ...estate, devices: undefined, bundled: 'x' } as unknown as Estate.Estate
  expect(told(Deployment.plan(forged, now))).toEqual(['type devices', 'type bundled'])
  const unset = { ...estate, settings: undefined } as unknown as Estate.Estate
  expect(told(Deployment.plan(unset, now))).toEqual(['type settings'])
})

test('an event that would change an id is refused, whether it is decoded or passed', () => {
  const { right: estate } = decode({ devices: [device, { ...device, id: 'e' }], packs: [pack] })
  const given = [
    { at: now, kind: 'device', device: 'd', changes: { id: 'e' } },
    { at: now, kind: 'refresh', pack: 'P', changes: { id: 'Q' } },
  ] as unknown as ReadonlyArray<DeploymentEvent.DeploymentEvent>
  expect(given.map(DeploymentEvent.DeploymentEvent.is)).toEqual([false, false])
  expect(told(Deployment.simulate(estate, given, later, now))).toEqual(['type events[0]', 'type events[1]'])
})

test('what stands under an unknown setting is never shown: it may be a serial number', () => {
  const decoded = Estate.decode({
    settings: { ...settings, serialNumber: '14D1F200A7-SECRET' },
    packs: [],
    devices: [],
  })
  expect(told(decoded)).toEqual(['unknown-option settings.serialNumber'])
  expect(JSON.stringify(decoded)).not.toContain('14D1F200A7')
})

describe('of an estate that is deleted from or carried out on', () => {
  const deletion = { device: 'd', deleteLicenses: true, online: true, ilpReachable: true }
  const deleteFrom = (estate: Estate.Estate, given: object = deletion) =>
    Deployment.deleteDevice(estate, given as DeploymentEvent.Deletion)
  const held = { licenseType: 'udc3', source: 'pack', pack: 'P' }
  const { right: estate } = decode({ devices: [{ ...device, licenses: [held] }], packs: [pack] })
  const twice = {
    ...estate,
    devices: [...estate.devices, ...estate.devices],
    packs: [...estate.packs, ...estate.packs],
  }
  const [first] = estate.devices
  const contrary = { ...estate, devices: first === undefined ? [] : [first, { ...first, inRecycleBin: true }] }

  test('contradictions are told by a deletion, and duplicates free a license once', () => {
    expect(told(deleteFrom(contrary))).toEqual(['contradiction devices[1]'])
    expect(told(deleteFrom(estate, { device: 'd' }))).toEqual(['type deletion'])
    expect(told(deleteFrom(estate, { ...deletion, device: 'x' }))).toEqual(['unknown-value deletion.device'])
    const [once, again] = [deleteFrom(estate), deleteFrom(twice)]
    expect(again).toEqual(once)
  })

  test('nothing is carried out on contradictions, and on duplicates the same as on each once', () => {
    const { right: free } = decode({
      settings,
      devices: [{ ...device, unitId: 'x' }],
      packs: [{ ...pack, distribution: { method: 'enabled' } }],
    })
    const plan = Deployment.plan(free, now)
    if (E.isLeft(plan)) return expect.fail()
    const { operations } = plan.right
    expect(operations.length).toBe(1)
    const doubled = { ...free, devices: [...free.devices, ...free.devices], packs: [...free.packs, ...free.packs] }
    expect(Deployment.enact(doubled, operations)).toEqual(Deployment.enact(free, operations))
    const enacted = Deployment.enact(contrary, operations)
    expect([enacted.estate, enacted.skipped.map(({ reason }) => reason)]).toEqual([contrary, ['contradiction']])
  })
})
