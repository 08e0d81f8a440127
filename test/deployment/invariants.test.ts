/**
 * The invariants of plans (src/deployment/invariants/check.ts) on generated estates: no plan breaks one, and whoever changes
 * any one of its decisions does.
 */
import { either as E } from 'fp-ts'
import fc from 'fast-check'
import { Deployment, Estate, Instant, type DeploymentDecision, type Id } from 'seatwise'
import { expect, test } from 'vitest'
import { ACTIONS, estateWorld, REASONS, type EstateWorld } from '../generators/deployment.js'

type Decision = DeploymentDecision.DeploymentDecision

const right = <A>(either: E.Either<unknown, A>): A => {
  if (E.isLeft(either)) throw new Error(JSON.stringify(either.left))
  return either.right
}

const decode = ({ estate, now }: EstateWorld) => ({
  estate: right(Estate.decode(estate)).right,
  now: right(E.fromOption(() => now)(Instant.parse(now))),
})

const planned = (estate: Estate.Estate, now: Instant.Instant, options: Deployment.PlanOptions = {}) =>
  right(Deployment.plan(estate, now, options))

test('no plan breaks an invariant, by either reader', () => {
  fc.assert(
    fc.property(estateWorld, fc.constantFrom('compiled', 'reference'), (world, reader) => {
      const { estate, now } = decode(world)
      expect(Deployment.checkInvariants(estate, now, { reader })(planned(estate, now, { reader }))).toEqual([])
    }),
    { numRuns: 300 },
  )
})

test('no plan for some of the devices breaks an invariant', () => {
  fc.assert(
    fc.property(estateWorld, fc.infiniteStream(fc.boolean()), (world, isNamed) => {
      const { estate, now } = decode(world)
      const named = estate.devices.map(({ id }) => id).filter(() => isNamed.next().value)
      const devices = [...named, 'nobody' as Id.DeviceId]
      expect(Deployment.checkInvariants(estate, now, { devices })(planned(estate, now, { devices }))).toEqual([])
    }),
    { numRuns: 100 },
  )
})

const twice = <A>(list: ReadonlyArray<A>) => [...list, ...list]

test('no plan of an estate in which every record stands twice breaks an invariant', () => {
  fc.assert(
    fc.property(estateWorld, (world) => {
      const { estate: single, now } = decode(world)
      const { packs, devices, directories = [], bundled = [] } = single
      const lists = {
        packs: twice(packs),
        devices: twice(devices),
        directories: twice(directories),
        bundled: twice(bundled),
      }
      const estate = { ...single, ...lists }
      expect(Deployment.checkInvariants(estate, now)(planned(estate, now))).toEqual([])
    }),
    { numRuns: 50 },
  )
})

test('a plan of a planned estate breaks none either', () => {
  fc.assert(
    fc.property(estateWorld, (world) => {
      const { estate: given, now } = decode(world)
      const { estate } = planned(given, now)
      expect(Deployment.checkInvariants(estate, now)(planned(estate, now))).toEqual([])
    }),
    { numRuns: 100 },
  )
})

// -------------------------------------------------------------------------------------
// one decision changed
// -------------------------------------------------------------------------------------

/** Every other decision about the same device and type that is of the right form. */
const others = (
  { packs }: Estate.Estate,
  { device, licenseType, addOn, ...decided }: Decision,
): ReadonlyArray<object> => {
  const about = { device, licenseType, ...(addOn === undefined ? {} : { addOn }) }
  const expiring = ({ expires }: { readonly expires?: unknown }) => (expires === undefined ? {} : { expires })
  return [
    ...REASONS.map((reason) => ({ action: 'none', reason })),
    ...ACTIONS.filter((action) => action !== 'deploy-bundled').flatMap((action) =>
      packs.map((pack) => ({ action, pack: pack.id, ...expiring(pack) })),
    ),
    { action: 'deploy-bundled', ...expiring(decided) },
  ]
    .filter((other) => !isSame(other, decided))
    .map((other) => ({ ...about, ...other }))
}

const isSame = (one: object, other: object): boolean =>
  Object.keys({ ...one, ...other }).every((field) => Object.is(Reflect.get(one, field), Reflect.get(other, field)))

test('whoever changes a decision breaks an invariant there', () => {
  const isTold = (world: EstateWorld, choice: number) => {
    const { estate, now } = decode(world)
    const plan = planned(estate, now)
    const position = choice % Math.max(1, plan.decisions.length)
    const decision = plan.decisions[position]
    if (decision === undefined) return
    const check = Deployment.checkInvariants(estate, now)
    const at = JSON.stringify([
      decision.device,
      decision.licenseType === 'add-on' && decision.addOn !== undefined
        ? `add-on ${decision.addOn}`
        : decision.licenseType,
    ])
    for (const other of others(estate, decision)) {
      const decisions = plan.decisions.map((each, index) => (index === position ? (other as Decision) : each))
      const broken = check({ ...plan, decisions }).filter(({ code }) => !code.startsWith('operation-'))
      expect(broken.map((each) => each.at)).toContain(at)
    }
  }
  fc.assert(fc.property(estateWorld, fc.nat(), isTold), { numRuns: 100 })
})

// -------------------------------------------------------------------------------------
// codes
// -------------------------------------------------------------------------------------

test('codes are unique, clauses are those of the text, and every reason has its invariant', () => {
  const codes = Deployment.invariantCodes.map(({ code }) => code)
  expect(new Set(codes).size).toBe(codes.length)
  expect(codes.length).toBeGreaterThanOrEqual(30)
  for (const reason of REASONS) expect(codes).toContain(`reason-${reason}`)
  for (const { clause } of Deployment.invariantCodes) {
    const [, kind, number] = /^(ALD-|section )(\d+)$/.exec(clause) ?? []
    expect(Number(number)).toBeGreaterThanOrEqual(1)
    expect(Number(number)).toBeLessThanOrEqual(kind === 'ALD-' ? 117 : 18)
  }
})
