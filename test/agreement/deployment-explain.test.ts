/**
 * What an explanation says is so by a model that was written from the rules alone, and a checker that knows nothing of
 * estates can tell from it what was decided.
 */
import fc from 'fast-check'
import { Day, Deployment } from 'seatwise'
import { expect, test } from 'vitest'
import { estateWorld, REASONS, TARGETS } from '../generators/deployment.js'
import { encodeDecision, explainAll, planOf } from '../generators/deployment/run.js'
import {
  dayOf,
  lastValidDay,
  packReasonsByModel,
  planStepsByModel,
  typesOf,
  type Step,
  type WireEstate,
  type WireReason,
} from '../model/deployment.js'

type Explanation = Deployment.DeviceExplanation

/** Every decision of a world beside the state that it was made on, by the model. */
const onEveryDecision = (
  holds: (explanation: Explanation, step: Step, given: WireEstate, now: string) => void,
  numRuns = 140,
): void => {
  fc.assert(
    fc.property(estateWorld, ({ estate, now }) => {
      const steps = planStepsByModel(estate, now)
      const explanations = explainAll(estate, now)
      expect(explanations).toHaveLength(steps.length)
      for (const [place, explanation] of explanations.entries()) holds(explanation, steps[place]!, estate, now)
    }),
    { numRuns },
  )
}

// -------------------------------------------------------------------------------------
// what it says is so
// -------------------------------------------------------------------------------------

test('the decision explained is the one planned', () => {
  fc.assert(
    fc.property(estateWorld, fc.boolean(), ({ estate, now }, isOfOne) => {
      const options = isOfOne ? { devices: estate.devices.slice(0, 1).map(({ id }) => id) } : {}
      const explained = explainAll(estate, now, options).map(({ decision }) => encodeDecision(decision))
      expect(explained).toEqual(planOf(estate, now, options).decisions)
    }),
    { numRuns: 140 },
  )
})

test('every pack of the type is there, as the model finds it when it is the turn of the device', () => {
  onEveryDecision(({ packs, lastValidDay: last }, { before, decision }, _, now) => {
    const { device, licenseType, addOn } = decision
    const expected = packReasonsByModel(before, now, device, licenseType, addOn)
    const told = packs.map(({ pack, turnedDown }) =>
      turnedDown === undefined ? { pack } : { pack, reason: turnedDown.reason },
    )
    expect([...told].sort((a, b) => (a.pack < b.pack ? -1 : 1))).toEqual(expected.packs)
    expect(last !== undefined).toBe(expected.isExchange)
    for (const { pack, allocated, total } of packs)
      expect({ allocated, total }).toEqual(
        (({ allocated: taken, total: all }) => ({ allocated: taken, total: all }))(
          before.packs.find(({ id }) => id === pack)!,
        ),
      )
  }, 210)
})

test('the day and the last valid day are those of the model', () => {
  onEveryDecision(({ today, lastValidDay: told }, { before, decision }, _, now) => {
    expect(Day.show(today)).toBe(dayOf(now))
    const last = lastValidDay(
      before.devices.find(({ id }) => id === decision.device)!,
      decision,
    )
    expect(told).toBe(last === -Infinity ? undefined : last === Infinity ? 'unlimited' : last)
  })
})

test('every bundled license of the type is there or counted, and no serial number is but masked', () => {
  onEveryDecision((explanation, { before, decision: { licenseType, addOn } }) => {
    const ofType = (before.bundled ?? []).filter((each) => each.licenseType === licenseType && addOn === undefined)
    const distinct = new Set(ofType.map((each) => JSON.stringify(Object.entries(each).sort())))
    expect(explanation.bundled.length + explanation.bundledElsewhere).toBe(distinct.size)
    const serials = ofType.map(({ serialNumber }) => serialNumber)
    for (const { serialNumber } of explanation.bundled) expect(serials).not.toContain(serialNumber)
  })
})

test('there is an explanation for each type of the estate, and none for any other', () => {
  fc.assert(
    fc.property(estateWorld, ({ estate, now }) => {
      const explained = explainAll(estate, now).map(({ decision }) => decision.device)
      expect(explained).toHaveLength(typesOf(estate).length * new Set(explained).size)
    }),
    { numRuns: 50 },
  )
})

// -------------------------------------------------------------------------------------
// what it says implies the decision
// -------------------------------------------------------------------------------------

/** The order of the pack gates (section 5). */
const FURTHER: ReadonlyArray<ReadonlyArray<WireReason>> = [
  ...(['no-later-pack', 'evaluation-not-supported', 'pack-retired'] as const).map((reason) => [reason]),
  ['token-invalid', 'pack-not-assigned'],
  ...(['pack-deactivated', 'pack-not-started', 'pack-expired'] as const).map((reason) => [reason]),
  ...(['global-conditions-not-met', 'conditions-not-met', 'no-free-license'] as const).map((reason) => [reason]),
]

const placeOf = (reason: WireReason): number => FURTHER.findIndex((reasons) => reasons.includes(reason))

const least = (left: string, right: string): number => (left < right ? -1 : 1)

/** The reason of the pack that came furthest. */
const furthest = (packs: Explanation['packs']): WireReason => {
  const turned = packs.flatMap(({ pack, turnedDown }) =>
    turnedDown === undefined ? [] : [{ pack, reason: turnedDown.reason, place: placeOf(turnedDown.reason) }],
  )
  const [first] = [...turned].sort((a, b) => b.place - a.place || least(a.pack, b.pack))
  return first?.reason ?? 'no-pack'
}

type Verdict = { readonly action: string; readonly reason?: string; readonly pack?: string | undefined }

/** The decision, from nothing but the evidence. */
const impliedBy = ({ steps, packs, packsAsked, ranking, lastValidDay: last }: Explanation): Verdict => {
  const failed = steps.filter(({ passed, action }) => !passed && action === undefined)
  const [refused] = failed
  if (refused?.reason !== undefined) return { action: 'none', reason: refused.reason }
  const taken = steps.find(({ action }) => action !== undefined)?.action
  if (taken !== undefined) return { action: taken }
  if (!packsAsked) throw new Error('nothing was decided')
  if (ranking[0] === undefined) return { action: 'none', reason: furthest(packs) }
  return { action: last === undefined ? 'assign' : 'exchange', pack: ranking[0].pack }
}

test('the steps, the packs and the ranking imply the decision', () => {
  onEveryDecision((explanation) => {
    const { decision, steps, packsAsked, ranking, packs } = explanation
    const { action, reason, pack } = impliedBy(explanation)
    expect(decision).toMatchObject({ action, ...(reason === undefined ? {} : { reason }) })
    if (pack !== undefined) expect(decision.pack).toBe(pack)
    // A decision ends at its first refusal; what comes after an exit is the order.
    const refusals = steps.filter(({ reason: told }) => told !== undefined)
    expect(refusals).toEqual(reason !== undefined && refusals.length > 0 ? [steps.at(-1)] : [])
    const orders = steps.filter(({ clause }) => clause === 'ALD-4')
    const isOrdered = action !== 'none' || reason === 'license-server-unreachable'
    expect(orders.length).toBe(isOrdered ? 1 : 0)
    expect(packsAsked).toBe(steps.every(({ passed, clause }) => passed || clause === 'ALD-4'))
    const open = packs.filter(({ turnedDown }) => turnedDown === undefined).map((each) => each.pack)
    expect(ranking.map((each) => each.pack).sort()).toEqual([...open].sort())
  }, 210)
})

test('the packs that remain are ranked by allocation, registration and id, each behind the first by the first that differs', () => {
  onEveryDecision(({ ranking }) => {
    const [first, ...others] = ranking
    for (const [place, each] of others.entries()) {
      const before = ranking[place]!
      const order =
        before.allocated - each.allocated || each.registered - before.registered || (before.pack < each.pack ? 1 : -1)
      expect(order).toBeGreaterThan(0)
      const key =
        each.allocated !== first!.allocated ? 'allocated' : each.registered !== first!.registered ? 'registered' : 'id'
      expect(each.after).toBe(key)
    }
    expect(first?.after).toBeUndefined()
  })
})

test('an exit was taken where something was open, and passed where nothing was (gates 4 and 5)', () => {
  onEveryDecision(({ steps, bundled, renewals, decision, lastValidDay: last, today }) => {
    const open = bundled.filter(({ turnedDown }) => turnedDown === undefined)
    const isLicensed = last === 'unlimited' || (last !== undefined && last >= today)
    for (const { clause, passed, action } of steps) {
      if (clause === 'ALD-88') expect(passed).toBe(isLicensed || open.length === 0)
      if (clause === 'ALD-66') expect(passed).toBe(renewals.every(({ turnedDown }) => turnedDown !== undefined))
      if (action === 'deploy-bundled' && decision.action === action)
        expect(decision.expires).toBe(
          open.some(({ expires }) => expires === undefined)
            ? undefined
            : Math.max(...open.map(({ expires }) => Number(expires))),
        )
      if (action === 'renew' && decision.action === action)
        expect(renewals.find(({ pack }) => pack === decision.pack)?.turnedDown).toBeUndefined()
    }
  })
})

// -------------------------------------------------------------------------------------
// the rules it cites
// -------------------------------------------------------------------------------------

/** The rules of the table in section 5, by reason. */
const CITED: { readonly [Reason in WireReason]?: ReadonlyArray<number> } = {
  ...{ 'type-not-supported': [21], 'feature-not-available': [2, 14, 71], 'automatic-deployment-disabled': [1, 66, 88] },
  ...{ 'in-recycle-bin': [23], 'no-unit-id': [30], 'os-not-eligible': [15, 16], 'request-open': [55] },
  ...{ 'base-license-present': [27], 'base-license-missing': [29], 'already-licensed': [25, 71, 81] },
  ...{ 'exchange-disabled': [25, 71, 81], perpetual: [80], 'not-due': [72], 'license-server-unreachable': [4] },
  ...{ 'no-later-pack': [74, 66], 'evaluation-not-supported': [17], 'pack-retired': [54], 'token-invalid': [5, 9] },
  ...{ 'pack-not-assigned': [5, 9], 'pack-deactivated': [11], 'pack-not-started': [51], 'pack-expired': [51] },
  ...{ 'global-conditions-not-met': [41], 'conditions-not-met': [36], 'no-free-license': [48] },
}

test('every reason cites the rules that the table names for it', () => {
  const seen = new Set<string>()
  onEveryDecision(({ steps, packs, renewals, decision }) => {
    const turned = [...packs, ...renewals].flatMap(({ turnedDown }) => turnedDown ?? [])
    for (const { reason, clause } of [...steps, ...turned]) {
      if (reason === undefined) continue
      seen.add(reason)
      for (const rule of clause.split(', ')) expect(CITED[reason]).toContain(Number(rule.replace('ALD-', '')))
    }
    if (decision.reason === 'no-pack') seen.add('no-pack')
  }, 280)
  expect([...seen].sort()).toEqual([...REASONS].sort())
  expect(REASONS).toHaveLength(26)
  expect(TARGETS).toHaveLength(30)
})
