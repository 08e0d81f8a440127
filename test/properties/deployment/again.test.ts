/**
 * Plans one after the other, whole or in part: what planning again may still do (section 11), what is left where a plan
 * was cut off (F8), and that nothing is done twice (F9, F10).
 */
import fc from 'fast-check'
import { Deployment } from 'seatwise'
import { expect, test } from 'vitest'
import { arrangedFor, estateWorld, type EstateWorld } from '../../generators/deployment.js'
import {
  aboutOf,
  deviceIn,
  heldBy,
  lastDayHeld,
  onEveryOperation,
  onEveryPlan,
  outlastedWorld,
  steppedWorld,
} from '../../generators/deployment/every.js'
import { afterOperation } from '../../generators/deployment/replay.js'
import {
  canonical,
  decodeEstate,
  encodeEstate,
  encodeOperation,
  planDecoded,
  planOf,
  type Planned,
  type WireOperation,
} from '../../generators/deployment/run.js'
import { present } from '../../generators/world.js'
import { dayNumber, isAtLeast, normalizedEstate, type WireEstate } from '../../model/deployment.js'

/** Plans until nothing is done any more: the plans that did something, and one that did nothing. */
const untilRest = (estate: WireEstate, now: string): ReadonlyArray<Planned> => {
  const plans: Array<Planned> = []
  let state = estate
  do {
    const plan = planOf(state, now)
    plans.push(plan)
    state = plan.estate
    // Every action moves a last valid day on to the last one of a pack or of a bundled license: these are few.
    if (plans.length > estate.packs.length + (estate.bundled?.length ?? 0) + 2) throw new Error('no rest')
  } while (plans.at(-1)!.operations.length > 0)
  return plans
}

// -------------------------------------------------------------------------------------
// planning again
// -------------------------------------------------------------------------------------

test('planning again acts only where the plan before did, and only by what section 11 names (H6, law 4 of plans)', () => {
  let [exchanges, renewals] = [0, 0]
  onEveryPlan(
    (_, given, now) => {
      const plans = untilRest(given, now)
      for (const [place, { operations }] of plans.slice(1).entries())
        for (const operation of operations) {
          const about = aboutOf({ device: operation.device, ...operation.license })
          const first = plans[place]!.operations.find(
            ({ device, license }) => aboutOf({ device, ...license }) === about,
          )
          const { licenseExchange, exchangeDaysBeforeExpiration = 7 } = given.settings
          expect(first).toBeDefined()
          const { expires } = first!.license
          const isDue = expires !== undefined && dayNumber(expires) - dayNumber(now) <= exchangeDaysBeforeExpiration
          if (operation.action === 'exchange') expect([licenseExchange, isDue]).toEqual([true, true])
          else expect([operation.action, first!.action]).toEqual(['renew', 'deploy-bundled'])
          if (operation.action === 'renew') renewals += 1
          else exchanges += 1
        }
    },
    300,
    fc.oneof(
      { weight: 4, arbitrary: estateWorld },
      { weight: 1, arbitrary: outlastedWorld },
      { weight: 1, arbitrary: steppedWorld },
    ),
  )
  // Both happen, or the law would say nothing.
  expect([exchanges > 0, renewals > 0]).toEqual([true, true])
})

test('where exchange is off and no bundled license was given, planning again does nothing (section 11)', () => {
  onEveryPlan((_, estate, now) => {
    const given = { ...estate, settings: { ...estate.settings, licenseExchange: false } }
    const plan = planOf(given, now)
    const again = planOf(plan.estate, now)
    if (plan.operations.every(({ action }) => action !== 'deploy-bundled')) expect(again.operations).toEqual([])
    for (const { action } of again.decisions) expect(['none', 'renew']).toContain(action)
  })
})

test('planning never changes the estate it was given (section 11)', () => {
  fc.assert(
    fc.property(estateWorld, ({ estate, now }) => {
      const decoded = decodeEstate(estate)
      const before = JSON.stringify(encodeEstate(decoded))
      planDecoded(decoded, now)
      expect(JSON.stringify(encodeEstate(decoded))).toBe(before)
    }),
    { numRuns: 80 },
  )
})

// -------------------------------------------------------------------------------------
// nothing twice
// -------------------------------------------------------------------------------------

test('no two operations of a plan are about one device and type, or have one key (F9, H6, ALD-55)', () => {
  onEveryPlan(({ operations }, given) => {
    const abouts = operations.map(({ device, license }) => aboutOf({ device, ...license }))
    expect(new Set(abouts).size).toBe(abouts.length)
    expect(new Set(operations.map(({ key }) => key)).size).toBe(operations.length)
    for (const { device, license } of operations)
      for (const open of deviceIn(given, device).openRequests ?? [])
        expect(aboutOf({ device, ...open })).not.toBe(aboutOf({ device, ...license }))
  })
})

test('every action moves the last valid day of the type on its device forward, and no later one undoes it (F9, section 11)', () => {
  onEveryOperation((operation, device, before) => {
    const after = afterOperation(before, operation)
    const { license } = operation
    const last = lastDayHeld(deviceIn(after, operation.device), license)
    expect(last > lastDayHeld(device, license)).toBe(true)
    expect(last).toBe(license.expires ?? 'unlimited')
    const kept = (device.licenses ?? []).filter(({ source, pack }) => source !== 'pack' || pack !== license.pack)
    expect(deviceIn(after, operation.device).licenses).toEqual(expect.arrayContaining([...kept]))
  })
})

// -------------------------------------------------------------------------------------
// carrying operations out
// -------------------------------------------------------------------------------------

type Case = { readonly world: EstateWorld; readonly cut: number; readonly loss: number }

const cases: fc.Arbitrary<Case> = fc.record({
  world: fc.oneof(
    { weight: 8, arbitrary: estateWorld },
    { weight: 1, arbitrary: outlastedWorld },
    { weight: 1, arbitrary: steppedWorld },
    { weight: 2, arbitrary: arrangedFor('renew') },
  ),
  cut: fc.double({ min: 0, max: 1, noNaN: true }),
  loss: fc.nat({ max: 7 }),
})

const cutAt = <A>(list: ReadonlyArray<A>, cut: number): ReadonlyArray<A> => list.slice(0, Math.round(cut * list.length))

/** The estate that operations meet when some time has passed since they were planned. */
const later = (estate: WireEstate, loss: number): WireEstate => {
  const { packs, devices } = estate
  switch (loss) {
    case 0:
      return { ...estate, packs: packs.slice(1) }
    case 1:
      return { ...estate, devices: devices.slice(1) }
    case 2:
      return { ...estate, packs: packs.map((pack) => ({ ...pack, total: Math.min(pack.total, pack.allocated + 1) })) }
    case 3:
      return { ...estate, devices: devices.map((device) => ({ ...device, licenses: [] })) }
    case 4:
      return { ...estate, packs: packs.map((pack) => ({ ...pack, total: pack.allocated })) }
    case 5: {
      const lasting = packs.map(({ licenseType, addOn }) => present({ licenseType, addOn, source: 'bundled' as const }))
      return {
        ...estate,
        devices: devices.map((device) => ({ ...device, licenses: [...(device.licenses ?? []), ...lasting] })),
      }
    }
    default:
      return estate
  }
}

const onCases = (holds: (estate: WireEstate, plan: Deployment.Plan, given: Case) => void, numRuns = 150): void => {
  fc.assert(
    fc.property(cases, (each) => {
      const estate = normalizedEstate(each.world.estate)
      holds(estate, planDecoded(decodeEstate(estate), each.world.now), each)
    }),
    { numRuns },
  )
}

test('enacting all operations of a plan on its estate gives the estate of the plan (law 1 of enact, law 3 of plans)', () => {
  onCases((estate, plan) => {
    const { estate: after, skipped } = Deployment.enact(decodeEstate(estate), plan.operations)
    expect(after).toEqual(plan.estate)
    expect(skipped).toEqual([])
  })
})

test('enacting twice is enacting once, whatever has changed since (F10, law 2 of enact)', () => {
  let skips = 0
  onCases((estate, { operations }, { loss }) => {
    const once = Deployment.enact(decodeEstate(later(estate, loss)), operations)
    const twice = Deployment.enact(once.estate, operations)
    expect(twice.estate).toEqual(once.estate)
    expect(twice.skipped).toHaveLength(operations.length)
    expect(Deployment.enact(decodeEstate(later(estate, loss)), [...operations, ...operations]).estate).toEqual(
      once.estate,
    )
    skips += once.skipped.length
  })
  expect(skips).toBeGreaterThan(0)
})

test('enacting a prefix and then all of it is enacting all of it, whatever has changed since (law 3 of enact)', () => {
  onCases((estate, { operations }, { cut, loss }) => {
    const given = decodeEstate(later(estate, loss))
    const part = Deployment.enact(given, cutAt(operations, cut))
    expect(Deployment.enact(part.estate, operations).estate).toEqual(Deployment.enact(given, operations).estate)
  })
})

/** Why an operation cannot be carried out on an estate, by the words of the reasons. */
const hindrance = (estate: WireEstate, { action, device: id, license }: WireOperation): string | undefined => {
  const device = estate.devices.find((each) => each.id === id)
  if (device === undefined) return 'unknown-device'
  const isHeld = heldBy(device, license).some(({ source, pack }) => source === 'pack' && pack === license.pack)
  if (action === 'renew' && !isHeld) return 'not-held'
  if (lastDayHeld(device, license) >= (license.expires ?? 'unlimited')) return 'done'
  if (action !== 'assign' && action !== 'exchange') return undefined
  const pack = estate.packs.find((each) => each.id === license.pack)
  if (pack === undefined) return 'unknown-pack'
  return pack.allocated < pack.total ? undefined : 'no-free-license'
}

test('what cannot be carried out any more is named with its reason, and all else is carried out', () => {
  const seen = new Set<string>()
  onCases((estate, { operations }, { loss }) => {
    const given = later(estate, loss)
    const { estate: after, skipped } = Deployment.enact(decodeEstate(given), operations)
    const reasons = new Map(skipped.map(({ operation, reason }) => [operation.key, reason]))
    let state = given
    for (const operation of operations.map(encodeOperation)) {
      const expected = hindrance(state, operation)
      expect(reasons.get(operation.key)).toBe(expected)
      if (expected === undefined) state = afterOperation(state, operation)
      else seen.add(expected)
    }
    expect(canonical(encodeEstate(after))).toEqual(canonical(state))
  }, 400)
  expect([...seen].sort()).toEqual(['done', 'no-free-license', 'not-held', 'unknown-device', 'unknown-pack'])
})

test('whatever part of a plan was carried out: planned again, with exchange off, all ends in the same state (F8)', () => {
  onCases((given, _, { world: { now }, cut }) => {
    const estate = { ...given, settings: { ...given.settings, licenseExchange: false } }
    const decoded = decodeEstate(estate)
    const { operations } = planDecoded(decoded, now)
    const crashed = encodeEstate(Deployment.enact(decoded, cutAt(operations, cut)).estate)
    const [whole, recovered] = [planOf(estate, now).estate, planOf(crashed, now).estate]
    // After a bundled license planning again may renew, so that such plans are compared when they are at rest.
    const isBundled = operations.some(({ action }) => action === 'deploy-bundled')
    const compared = (state: WireEstate) => canonical(isBundled ? untilRest(state, now).at(-1)!.estate : state)
    expect(compared(recovered)).toEqual(compared(whole))
  }, 190)
})

test('operations can be told apart by their keys over time: the same one has the same, another one another (F10)', () => {
  onCases((estate, { operations }, { world: { now } }) => {
    expect(planDecoded(decodeEstate(estate), now).operations).toEqual(operations)
    const tomorrow = planOf(estate, new Date(Date.parse(now) + 1).toISOString()).operations
    const keys = new Set(operations.map(({ key }) => key))
    for (const { key } of tomorrow) expect(keys.has(key)).toBe(false)
  }, 60)
})

test('a version that knows no exchange is at rest after one plan, or two where a bundled license was given', () => {
  onEveryPlan((_, given, now) => {
    if (isAtLeast(given.settings.umsVersion, '12.01.110')) return
    expect(untilRest(given, now).length).toBeLessThanOrEqual(2)
  }, 80)
})
