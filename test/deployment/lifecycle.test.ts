/**
 * The life of a device's license is what the documentation draws: every transition of it happens, and none but those.
 */
import { either as E, option as O } from 'fp-ts'
import fc from 'fast-check'
import { Day, Deployment, DeploymentDecision, Estate, Instant, LicenseType } from 'seatwise'
import { expect, test } from 'vitest'
import { estateWorld } from '../generators/deployment.js'

const decoded = (wire: unknown): Estate.Estate => {
  const estate = Estate.decode(wire)
  return E.isRight(estate) ? estate.right.right : expect.fail(JSON.stringify(estate.left))
}

const instant = (text: string): Instant.Instant => O.getOrElseW(() => expect.fail(text))(Instant.parse(text))

const transitionText = ({ from, by, to }: Deployment.Transition): string => `${from} –${by}→ ${to}`

const DAY = 86_400_000

/** What a plan does to standings, decision by decision, and what a day does to those it leaves. */
const transitionsOf = (estate: Estate.Estate, now: Instant.Instant): ReadonlyArray<string> => {
  const plan = Deployment.plan(estate, now)
  if (E.isLeft(plan)) return expect.fail(JSON.stringify(plan.left))
  const [today, tomorrow] = [Day.ofInstant(now), Day.ofInstant((now + DAY) as Instant.Instant)]
  const devicesOf = (each: Estate.Estate) => new Map(each.devices.map((device) => [device.id, device]))
  const [before, after] = [devicesOf(estate), devicesOf(plan.right.estate)]
  return plan.right.decisions.flatMap((decision) => {
    const standing = (devices: typeof before, day: Day.Day): Deployment.Standing => {
      const device = devices.get(decision.device) ?? expect.fail()
      return Deployment.standing(estate.settings, device, LicenseType.of(decision), day)
    }
    const [from, to, later] = [standing(before, today), standing(after, today), standing(after, tomorrow)]
    return [
      ...(decision.action === 'none' ? [] : [transitionText({ from, by: decision.action, to })]),
      ...(decision.action === 'none' && from !== to ? ['a transition without an action'] : []),
      ...(to === later ? [] : [transitionText({ from: to, by: 'time', to: later })]),
    ]
  })
}

const drawn = Deployment.lifecycle.map(transitionText)

test('whatever happens to a license is drawn, and time alone takes it only from valid to due to expired', () => {
  const seen = new Set<string>()
  fc.assert(
    fc.property(estateWorld, ({ estate, now }) => {
      for (const transition of transitionsOf(decoded(estate), instant(now))) {
        expect(drawn).toContain(transition)
        seen.add(transition)
      }
    }),
    { numRuns: 400 },
  )
})

// -------------------------------------------------------------------------------------
// one world for each transition
// -------------------------------------------------------------------------------------

const NOW = '2026-03-10T12:00:00Z'

/** Last valid days by the standing that they mean on that day. */
const lasting: Readonly<Record<string, object>> = {
  valid: { expires: '2026-06-30' },
  due: { expires: '2026-03-12' },
  expired: { expires: '2026-03-01' },
  unlimited: {},
}

/** What a new license has to last to lead to a standing, later than any license with the standing before. */
const leading: Readonly<Record<string, object>> = {
  valid: { expires: '2026-09-30' },
  due: { expires: '2026-03-14' },
  unlimited: {},
}

const type = { licenseType: 'workspace-edition' } as const

const worldOf = ({ from, by, to }: Deployment.Transition): unknown => {
  const isBundled = by === 'deploy-bundled'
  const held = from === 'none' ? [] : [{ ...type, source: 'pack', pack: 'OLD', ...lasting[from] }]
  const pack = {
    ...type,
    id: by === 'renew' ? 'OLD' : 'NEW',
    total: 9,
    allocated: 3,
    registered: '2025-01-01',
    umsIds: ['U'],
    ...leading[to],
  }
  return {
    settings: {
      umsVersion: '12.10.100',
      umsId: 'U',
      automaticDeployment: !isBundled,
      licenseExchange: by === 'exchange',
      hardwareBundledDeployment: isBundled,
    },
    packs: isBundled || by === 'time' ? [] : [pack],
    devices: [
      {
        id: 'd',
        unitId: '00E0C5000001',
        osVersion: '12.5.0',
        registered: '2026-01-15T08:00:00Z',
        serialNumber: 'S-1',
        licenses: held,
      },
    ],
    bundled: isBundled ? [{ ...type, serialNumber: 'S-1', ...leading[to] }] : [],
  }
}

test.each(Deployment.lifecycle.filter(({ by }) => by !== 'time').map((each) => [transitionText(each), each] as const))(
  'there is a world in which %s',
  (text, transition) => {
    expect(transitionsOf(decoded(worldOf(transition)), instant(NOW))).toContain(text)
  },
)

test.each([
  ['valid –time→ due', '2026-03-10T12:00:00Z', '2026-03-18'],
  ['due –time→ expired', '2026-03-10T12:00:00Z', '2026-03-10'],
])('there is a day on which %s', (text, now, expires) => {
  const world = decoded({
    settings: { umsVersion: '12.10.100', umsId: 'U' },
    packs: [],
    devices: [
      {
        id: 'd',
        osVersion: '12.5.0',
        registered: '2026-01-15T08:00:00Z',
        licenses: [{ ...type, source: 'pack', expires }],
      },
    ],
  })
  expect(transitionsOf(world, instant(now))).toContain(text)
})

// -------------------------------------------------------------------------------------
// gates
// -------------------------------------------------------------------------------------

test('the tables of gates name every reason that a decision can have, and no other', () => {
  const { device, packs, order } = Deployment.gates
  const named = new Set([...device, ...packs, ...order].flatMap(({ reasons }) => reasons))
  const isReason = (reason: string): boolean =>
    DeploymentDecision.DeploymentDecision.is({ device: 'd', licenseType: 'uma', action: 'none', reason })
  expect([...named].every(isReason)).toBe(true)
  // That there is no pack at all is no gate of any pack.
  expect(named.size + 1).toBe(26)
  expect(isReason('no-pack')).toBe(true)
})
