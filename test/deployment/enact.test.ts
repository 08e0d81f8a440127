/**
 * Operations are carried out once, and not at all where what they need is gone: each is told with its reason.
 */
import { either as E, option as O } from 'fp-ts'
import { Deployment, DeploymentOperation, Estate, Instant } from 'seatwise'
import { describe, expect, test } from 'vitest'

const must = <A>(result: E.Either<unknown, A>): A =>
  E.isRight(result) ? result.right : expect.fail(JSON.stringify(result.left))

const type = { licenseType: 'udc3' } as const
const held = { ...type, source: 'pack', pack: 'P', expires: '2026-06-30' }

const estateOf = (pack: object, device: object = {}) =>
  must(
    Estate.decode({
      settings: { umsVersion: '12.10.100', umsId: 'U' },
      packs: [
        { ...type, id: 'P', total: 3, allocated: 1, registered: '2025-01-01', status: 'not-yet-activated', ...pack },
      ],
      devices: [{ id: 'd', osVersion: '12.5.0', registered: '2026-01-15T08:00:00Z', ...device }],
    }),
  ).right

const operation = (fields: object) =>
  must(
    DeploymentOperation.DeploymentOperation.decode({
      key: 'k',
      action: 'assign',
      device: 'd',
      license: held,
      ...fields,
    }),
  )

/** What is told of an operation, and what it leaves: the counts, the status, and the last valid days of the device. */
const after = (estate: Estate.Estate, ...operations: ReadonlyArray<DeploymentOperation.DeploymentOperation>) => {
  const enacted = Deployment.enact(estate, operations)
  const wire = Estate.Estate.encode(enacted.estate) as {
    readonly packs: ReadonlyArray<{ readonly allocated: number; readonly status: string }>
    readonly devices: ReadonlyArray<{ readonly licenses?: ReadonlyArray<{ readonly expires?: string }> }>
  }
  return {
    skipped: enacted.skipped.map(({ reason }) => reason),
    packs: wire.packs.map(({ allocated, status }) => `${String(allocated)} ${status}`),
    licenses: wire.devices.flatMap(({ licenses = [] }) => licenses.map(({ expires }) => expires ?? 'unlimited')),
  }
}

describe('an assignment', () => {
  test('takes a license, starts the term of the pack, and is done once', () => {
    const [assign, again] = [operation({}), operation({ key: 'other' })]
    const done = { packs: ['2 ready'], licenses: ['2026-06-30'] }
    expect(after(estateOf({}), assign)).toEqual({ skipped: [], ...done })
    expect(after(estateOf({}), assign, again)).toEqual({ skipped: ['done'], ...done })
  })

  test.each([
    ['the pack is full by now', { total: 1 }, {}, {}, 'no-free-license'],
    ['the pack is over-allocated', { allocated: 9 }, {}, {}, 'no-free-license'],
    ['the pack is gone', { id: 'Q' }, {}, {}, 'unknown-pack'],
    ['the device is gone', {}, { id: 'e' }, {}, 'unknown-device'],
    [
      'the device has as much already',
      {},
      { licenses: [{ ...type, source: 'bundled', expires: '2026-06-30' }] },
      {},
      'done',
    ],
    ['the device has more already', {}, { licenses: [{ ...type, source: 'bundled' }] }, {}, 'done'],
    ['the pack is of another type by now', { licenseType: 'uma' }, {}, {}, 'unknown-pack'],
  ])('is skipped where %s', (_, pack, device, fields, reason) => {
    const estate = estateOf(pack, device)
    const enacted = Deployment.enact(estate, [operation(fields)])
    expect(enacted.skipped.map((each) => each.reason)).toEqual([reason])
    expect(enacted.estate).toBe(estate)
  })

  test('is carried out where a starter license or another type is all that the device has', () => {
    const licenses = [
      { ...type, source: 'starter', expires: '2027-01-01' },
      { licenseType: 'uma', source: 'pack', expires: '2027-01-01' },
    ]
    expect(after(estateOf({}, { licenses }), operation({})).skipped).toEqual([])
  })
})

describe('a renewal', () => {
  const renewed = operation({ action: 'renew', license: { ...held, expires: '2027-06-30' } })

  test('moves the licenses of that type from that pack, and takes none', () => {
    const licenses = [held, { ...held, pack: 'Q' }, { ...held, source: 'bundled' }, { ...held, expires: '2026-01-31' }]
    expect(after(estateOf({ total: 1 }, { licenses }), renewed)).toEqual({
      skipped: [],
      packs: ['1 not-yet-activated'],
      licenses: ['2027-06-30', '2026-06-30', '2026-06-30', '2027-06-30'],
    })
  })

  test('to a pack without end leaves the licenses without end', () => {
    const unlimited = operation({ action: 'renew', license: { ...type, source: 'pack', pack: 'P' } })
    expect(after(estateOf({}, { licenses: [held] }), unlimited, unlimited)).toEqual({
      skipped: ['done'],
      packs: ['1 not-yet-activated'],
      licenses: ['unlimited'],
    })
  })

  test.each([
    ['holds nothing', []],
    ['holds a license of another pack', [{ ...held, pack: 'Q' }]],
    ['holds a license that names the pack and is not from it', [{ ...held, source: 'bundled' }]],
  ])('is skipped where the device %s', (_, licenses) => {
    expect(after(estateOf({}, { licenses }), renewed).skipped).toEqual(['not-held'])
  })
})

test('a bundled license takes none of any pack', () => {
  const bundled = operation({
    action: 'deploy-bundled',
    license: { ...type, source: 'bundled', expires: '2029-01-31' },
  })
  expect(after(estateOf({ total: 0, allocated: 0 }), bundled)).toEqual({
    skipped: [],
    packs: ['0 not-yet-activated'],
    licenses: ['2029-01-31'],
  })
})

test('keys of a plan tell its operations apart, whatever is in the ids', () => {
  const now = O.getOrElseW(() => expect.fail())(Instant.parse('2026-03-10T12:00:00Z'))
  const addOns = ['a', 'a b', 'a","b']
  const ids = ['d', 'b d', 'b","d']
  const estate = must(
    Estate.decode({
      settings: { umsVersion: '12.10.100', umsId: 'U', automaticDeployment: true },
      packs: addOns.map((addOn) => ({
        id: addOn,
        licenseType: 'add-on',
        addOn,
        total: 9,
        allocated: 0,
        registered: '2025-01-01',
        umsIds: ['U'],
        distribution: { method: 'enabled' },
      })),
      devices: ids.map((id) => ({
        id,
        unitId: 'x',
        osVersion: '12.5.0',
        registered: '2026-01-15T08:00:00Z',
        licenses: [{ licenseType: 'workspace-edition', source: 'pack' }],
      })),
    }),
  ).right
  const { operations } = must(Deployment.plan(estate, now))
  expect(operations.length).toBe(9)
  expect(new Set(operations.map(({ key }) => key)).size).toBe(9)
  expect(operations.map(({ key }) => Array.isArray(JSON.parse(key)))).not.toContain(false)
})
