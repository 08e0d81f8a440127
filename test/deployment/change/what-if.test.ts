/**
 * Diffs of plans and what-if (src/deployment/change): the laws of diffs, on plans however far apart, and that what is told
 * of edits is what two full plans tell.
 */
import { either as E } from 'fp-ts'
import fc from 'fast-check'
import { Deployment } from 'seatwise'
import { expect, test } from 'vitest'
import { daysFrom, estateWorld } from '../../generators/deployment.js'
import { carriedOut, deploymentEditsOf } from '../../generators/deployment/edits.js'
import { decodeEstate, instant, must, planDecoded } from '../../generators/deployment/run.js'
import type { WireDevice, WireEstate, WireProductPack } from '../../model/deployment.js'

const { apply, diff, reverse } = Deployment

// -------------------------------------------------------------------------------------
// diffs
// -------------------------------------------------------------------------------------

const plan = estateWorld.map(({ estate, now }) => {
  const { decisions, operations } = planDecoded(decodeEstate(estate), now)
  // In the order that diffs leave.
  return apply([])({ decisions, operations })
})

test('law 1: applying what is between two plans to the one gives the other', () => {
  fc.assert(
    fc.property(plan, plan, (a, b) => {
      expect(apply(diff(a, b))(a)).toEqual(b)
    }),
  )
})

test('law 2: applying a diff twice, to whatever plan, is applying it once', () => {
  fc.assert(
    fc.property(plan, plan, plan, (a, b, c) => {
      const carryOut = apply(diff(a, b))
      expect(carryOut(carryOut(c))).toEqual(carryOut(c))
    }),
  )
})

test('law 3: reversing a diff takes it back, and is the diff the other way round', () => {
  fc.assert(
    fc.property(plan, plan, (a, b) => {
      const back = reverse(diff(a, b))
      expect(back).toEqual(diff(b, a))
      expect(apply(back)(b)).toEqual(a)
    }),
  )
})

test('laws 4 to 6: nothing is between a plan and itself; no order matters; what is withdrawn comes first', () => {
  fc.assert(
    fc.property(plan, plan, (a, b) => {
      expect(diff(a, structuredClone(a))).toEqual([])
      const turned = { decisions: [...a.decisions].reverse(), operations: [...a.operations].reverse() }
      expect(diff(turned, b)).toEqual(diff(a, b))
      const turns = diff(a, b).map(({ operation }) => ['withdraw', 'give', 'decide'].indexOf(operation))
      expect(turns).toEqual([...turns].sort())
      expect(Deployment.renderDiff(diff(a, b)).split('\n')).toHaveLength(diff(a, b).length + 1)
    }),
  )
})

// -------------------------------------------------------------------------------------
// what if
// -------------------------------------------------------------------------------------

const decoded = (edits: ReadonlyArray<object>) => must('edits', Deployment.Edit.decodeAll(edits))

const ask = (estate: WireEstate, now: string, edits: ReadonlyArray<object>) =>
  must('what if', Deployment.whatIf(decodeEstate(estate), instant(now)))(decoded(edits))

const asked = estateWorld.chain(({ estate, now }) =>
  fc.record({ estate: fc.constant(estate), now: fc.constant(now), edits: deploymentEditsOf(estate, now) }),
)

test('law 1: what is told is what two full plans tell, and who is worse off is found by comparing all decisions', () => {
  const kinds = new Set<string>()
  let worse = 0
  fc.assert(
    fc.property(asked, ({ estate, now, edits }) => {
      const told = ask(estate, now, edits)
      if (E.isLeft(told)) return
      for (const { kind } of edits) kinds.add(kind)
      const [from, to] = [estate, edits.reduce(carriedOut(estate), estate)].map(decodeEstate)
      const [before, after] = [from!, to!].map((each) => planDecoded(each, now))
      const answer = told.right
      const apart = ({ decisions, operations }: Deployment.Planned) => apply([])({ decisions, operations })
      expect(apart(answer.plan)).toEqual(apart(after!))
      expect(answer.diff).toEqual(diff(before!, after!))
      const expected = before!.decisions.flatMap((was) => {
        const is = after!.decisions.find(
          (each) => each.device === was.device && each.licenseType === was.licenseType && each.addOn === was.addOn,
        )
        return was.action !== 'none' && (is === undefined || is.action === 'none')
          ? [JSON.stringify([was.device, was.licenseType, was.addOn, was, is])]
          : []
      })
      worse += expected.length
      const names = answer.worseOff.map((each) =>
        JSON.stringify([each.device, each.licenseType, each.addOn, each.before, each.after]),
      )
      expect([...names].sort()).toEqual([...expected].sort())
      const rows = (each: typeof from, planned: Deployment.Plan | undefined) => ({
        packs: must('packs', Deployment.consumption(planned!.estate, instant(now))),
        types: must('types', Deployment.coverage(each!, instant(now))),
      })
      const [was, is] = [rows(from, before), rows(to, after)]
      const told2 = new Map(answer.packs.map((row) => [row.pack, row]))
      for (const { pack } of [...was.packs, ...is.packs]) {
        const [a, b] = [was, is].map(({ packs }) => packs.find((row) => row.pack === pack))
        const row = told2.get(pack)
        if (row === undefined) expect(a).toEqual(b)
        else expect([row.before, row.after]).toEqual([a, b])
      }
      for (const row of answer.types)
        for (const [side, types] of [
          [row.before, was.types],
          [row.after, is.types],
        ] as const)
          expect(side).toEqual(
            types.find(({ licenseType, addOn }) => licenseType === row.licenseType && addOn === row.addOn),
          )
      const { decisions, planned } = answer.coverage.after
      expect([decisions, planned]).toEqual([
        after!.decisions.length,
        after!.decisions.filter(({ action }) => action !== 'none').length,
      ])
    }),
    { numRuns: 500 },
  )
  expect(kinds.size).toBe(6)
  expect(worse).toBeGreaterThan(4)
})

test('laws 2 and 3: no edits change nothing, and the order of edits does not matter', () => {
  fc.assert(
    fc.property(asked, ({ estate, now, edits }) => {
      const { diff: changes, packs, types, worseOff } = must('nothing', ask(estate, now, []))
      expect([changes, packs, types, worseOff]).toEqual([[], [], [], []])
      const [there, back] = [ask(estate, now, edits), ask(estate, now, [...edits].reverse())]
      expect(E.isLeft(back)).toBe(E.isLeft(there))
      if (E.isRight(there) && E.isRight(back)) expect(back.right.diff).toEqual(there.right.diff)
    }),
    { numRuns: 100 },
  )
})

test('every edit goes through its codec and comes back', () => {
  fc.assert(
    fc.property(asked, ({ edits }) => {
      const { encode, is } = Deployment.Edit.DeploymentEdit
      expect(decoded(decoded(edits).map((edit) => encode(edit) as object))).toEqual(decoded(edits))
      expect(decoded(edits).every(is)).toBe(true)
    }),
    { numRuns: 100 },
  )
})

// -------------------------------------------------------------------------------------
// examples
// -------------------------------------------------------------------------------------

const NOW = '2026-03-10T12:00:00Z'

const on = daysFrom(NOW)

const pack = (id: string, total: number, allocated: number, rest: Partial<WireProductPack> = {}): WireProductPack => ({
  ...{ id, total, allocated, licenseType: 'workspace-edition', registered: '2025-01-01', expires: on(365) },
  ...{ umsIds: ['U1'], ...rest },
})

const device = (id: string, directory: string, registered: string): WireDevice => ({
  ...{ id, unitId: `unit-${id}`, osVersion: '12.5.0', registered, directory },
})

const onlyIn = (directory: string): Partial<WireProductPack> => ({
  distribution: { method: 'conditions', conditions: [{ directory }] },
})

const estate: WireEstate = {
  settings: { umsVersion: '12.10.100', umsId: 'U1', automaticDeployment: true },
  directories: [
    { id: 'all', name: 'All' },
    { id: 'left', name: 'Left', parent: 'all' },
    { id: 'right', name: 'Right', parent: 'all' },
  ],
  packs: [pack('A', 10, 9, onlyIn('left')), pack('B', 6, 4, { registered: '2024-01-01' })],
  devices: [
    device('d1', 'left', '2026-01-01T08:00:00Z'),
    device('d2', 'right', '2026-01-02T08:00:00Z'),
    device('d3', 'left', '2026-01-03T08:00:00Z'),
  ],
}

const answer = (...edits: ReadonlyArray<object>) => must('answer', ask(estate, NOW, edits))

const deeds = ({ plan: { decisions } }: Deployment.DeploymentWhatIf) =>
  decisions.map(({ device: id, action, pack: from }) => [id, action, from].filter(Boolean).join(' '))

test('without an edit each is served', () => {
  expect(deeds(answer())).toEqual(['d1 assign A', 'd2 assign B', 'd3 assign B'])
})

test('an expired pack leaves its devices to another one, while that lasts', () => {
  const told = answer({ kind: 'change-pack', pack: 'A', changes: { expires: on(-1) } })
  expect(deeds(told)).toEqual(['d1 assign B', 'd2 assign B', 'd3 none'])
  expect(told.worseOff.map(({ device: id, after }) => [id, after?.reason])).toEqual([['d3', 'no-free-license']])
  expect(told.coverage).toMatchObject({ before: { planned: 3, unlicensed: 0 }, after: { planned: 2, unlicensed: 1 } })
})

test('another total, another directory, other settings, and a pack that is gone', () => {
  expect(deeds(answer({ kind: 'change-pack', pack: 'A', changes: { total: 9 } }))).toEqual([
    'd1 assign B',
    'd2 assign B',
    'd3 none',
  ])
  const move = { kind: 'move-devices', of: { directory: 'right' }, to: 'left' }
  expect(deeds(answer(move, { kind: 'change-pack', pack: 'A', changes: { total: 12 } }))).toEqual([
    'd1 assign A',
    'd2 assign A',
    'd3 assign A',
  ])
  const within = { kind: 'move-directory', directory: 'right', parent: 'left' }
  expect(deeds(answer(within, { kind: 'change-pack', pack: 'A', changes: { total: 12 } }))[1]).toBe('d2 assign A')
  expect(answer({ kind: 'settings', changes: { automaticDeployment: null } }).worseOff).toHaveLength(3)
  expect(answer({ kind: 'remove-pack', pack: 'B' }).packs.map(({ pack: id, after }) => [id, after])).toEqual([
    ['B', undefined],
  ])
})

test('to add a pack can take a license from a device (properties: tempting but false)', () => {
  const views = (id: string): Partial<WireProductPack> => ({
    distribution: { method: 'conditions', conditions: [{ view: id }] },
  })
  const world: WireEstate = {
    ...estate,
    packs: [pack('A', 10, 5, views('a')), pack('B', 6, 5, { registered: '2024-01-01', ...views('b') })],
    devices: [
      { ...device('d1', 'x', '2026-01-01T08:00:00Z'), views: ['a', 'x'] },
      { ...device('d2', 'x', '2026-01-02T08:00:00Z'), views: ['a', 'b'] },
      { ...device('d3', 'x', '2026-01-03T08:00:00Z'), views: ['b'] },
    ],
  }
  const told = must('added', ask(world, NOW, [{ kind: 'add-pack', pack: pack('X', 10, 9, views('x')) }]))
  expect(deeds(told)).toEqual(['d1 assign X', 'd2 assign B', 'd3 none'])
  expect(told.worseOff.map(({ device: id, before, isLicensed }) => [id, before.pack, isLicensed])).toEqual([
    ['d3', 'B', false],
  ])
  expect(Deployment.renderWhatIf(told).split('\n').slice(0, 3)).toEqual([
    '3 → 2 of 3 decisions do something, 0 need nothing, 0 → 1 stay without a license',
    '  1 would be worse off:',
    expect.stringContaining('`d3`, workspace-edition: assign from `B`'),
  ])
})

test('what is not there is named, and what contradicts another edit is told', () => {
  const faults = (...edits: ReadonlyArray<object>) => {
    const told = ask(estate, NOW, edits)
    return E.isLeft(told) ? told.left.map(({ code, path }) => `${code} ${path}`) : []
  }
  expect(
    faults(
      { kind: 'change-pack', pack: 'C', changes: { total: 1 } },
      { kind: 'remove-pack', pack: 'D' },
      { kind: 'move-directory', directory: 'up', parent: 'down' },
      { kind: 'move-devices', of: { directory: 'in' }, to: 'out' },
    ),
  ).toEqual([
    'unknown-value edits[0].pack',
    'unknown-value edits[1].pack',
    'unknown-value edits[2].directory',
    'unknown-value edits[2].parent',
    'unknown-value edits[3].to',
    'unknown-value edits[3].of.directory',
  ])
  expect(faults({ kind: 'remove-pack', pack: 'A' }, { kind: 'change-pack', pack: 'A', changes: { total: 1 } })).toEqual(
    ['contradiction edits[1].pack'],
  )
  expect(faults({ kind: 'add-pack', pack: pack('A', 1, 0) })).toEqual(['contradiction edits[0].pack.id'])
  expect(faults({ kind: 'move-directory', directory: 'all', parent: 'left' })).toEqual([
    'contradiction edits[0].parent',
  ])
  expect(
    faults(
      { kind: 'move-devices', of: { directory: 'all', includeSubdirectories: true }, to: 'left' },
      { kind: 'move-devices', of: { directory: 'left' }, to: 'right' },
    ),
  ).toEqual(['contradiction edits[1].of'])
  expect(
    faults(
      { kind: 'settings', changes: { licenseExchange: true } },
      { kind: 'settings', changes: { licenseExchange: false } },
    ),
  ).toEqual(['contradiction edits[1].changes.licenseExchange'])
  const question = must('question', Deployment.whatIf(decodeEstate(estate), instant(NOW)))
  expect(E.isLeft(question([7] as never))).toBe(true)
  expect(E.isLeft(question({} as never))).toBe(true)
  const badId = Deployment.Edit.decodeAll([{ kind: 'change-pack', pack: 'A', changes: { id: 'B' } }])
  expect(E.isLeft(badId) && badId.left.map(({ code }) => code)).toEqual(['unknown-value'])
})
