/**
 * The generators of deployment keep their promises: every arranged world has what it was arranged for, and nothing that a
 * decision can say is so rare that the laws would hardly ever see it.
 */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  isOfType,
  planByModel,
  simulateByModel,
  type SimulationGiven,
  type WireDeploymentDecision,
} from '../model/deployment.js'
import { arrangedFor, estateWorld, isOfTarget, simulationWorld, TARGETS } from './deployment.js'

const kindOf = ({ action, reason }: WireDeploymentDecision): string => reason ?? action

/** Counts, by what is counted. */
const tally = (found: ReadonlyArray<string>): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>()
  for (const each of found) counts.set(each, (counts.get(each) ?? 0) + 1)
  return counts
}

/** Whether a value is as JSON would give it back: no field of it is undefined. */
const isOfWire = (value: unknown): boolean =>
  typeof value !== 'object' || value === null
    ? value !== undefined
    : Object.values(value).every((held: unknown) => isOfWire(held))

test.each(TARGETS)('a world arranged for %s has it, by the model', (target) => {
  fc.assert(
    fc.property(arrangedFor(target), ({ estate, now, type }) => {
      const decisions = planByModel(estate, now).decisions.filter(isOfType(type))
      const ofTarget = decisions.filter(({ device }) => isOfTarget(device))
      expect(ofTarget.length).toBeGreaterThan(0)
      for (const decision of ofTarget) expect(kindOf(decision)).toBe(target)
    }),
    { numRuns: 20 },
  )
})

test('every action and every reason is common in generated worlds', () => {
  const worlds = fc.sample(estateWorld, { numRuns: 2_000, seed: 15 })
  const decisions = worlds.flatMap(({ estate, now }) => planByModel(estate, now).decisions)
  const counts = tally(decisions.map(kindOf))
  for (const kind of TARGETS) expect((counts.get(kind) ?? 0) / decisions.length, kind).toBeGreaterThanOrEqual(0.005)
  expect(decisions.filter(({ action }) => action === 'none').length / decisions.length).toBeGreaterThan(0.5)
  expect(worlds.every(isOfWire)).toBe(true)
})

const SPANS: ReadonlyArray<readonly [string, hours: number]> = [
  ['hours', 3],
  ['days', 3 * 24 + 1],
  ['weeks', 41 * 24],
]

/** What happens in a simulation, each thing once. */
const happeningsIn = (given: SimulationGiven): ReadonlyArray<string> => {
  const { estate, decisions } = simulateByModel(given)
  const { lastFullCheck, horizon, events } = given
  const hours = (Date.parse(horizon) - Date.parse(lastFullCheck)) / 3_600_000
  const isAtEvent = ({ at }: { readonly at: string }): boolean =>
    events.some((event) => Date.parse(event.at) === Date.parse(at))
  return [
    SPANS.find(([, longest]) => hours <= longest)![0],
    ...events.map(({ kind }) => `event: ${kind}`),
    ...decisions.map(({ action }) => action),
    ...decisions.filter(isAtEvent).map(({ action }) => `${action} at an event`),
    ...decisions.filter((each) => !isAtEvent(each)).map(({ action }) => `${action} at a check`),
    ...(decisions.length > 1 ? ['several actions'] : []),
    ...(events.some(({ at }, index) => events.slice(index + 1).some((other) => other.at === at))
      ? ['several events at one instant']
      : []),
    ...(estate.settings.umsVersion !== given.estate.settings.umsVersion ? ['another version'] : []),
  ]
}

const HAPPENINGS: ReadonlyArray<string> = [
  ...SPANS.map(([name]) => name),
  ...['register', 'reboot', 'device', 'settings', 'refresh', 'remove-pack', 'delete', 'check'].map(
    (kind) => `event: ${kind}`,
  ),
  ...['assign', 'renew', 'exchange', 'deploy-bundled'],
  ...['renew at an event', 'renew at a check', 'assign at an event', 'assign at a check', 'exchange at a check'],
  ...['several actions', 'several events at one instant', 'another version'],
]

test('every event and every action is common in generated simulations', () => {
  const worlds = fc.sample(simulationWorld, { numRuns: 400, seed: 16 })
  const counts = tally(worlds.flatMap((given) => [...new Set(happeningsIn(given))]))
  for (const kind of HAPPENINGS) expect((counts.get(kind) ?? 0) / worlds.length, kind).toBeGreaterThanOrEqual(0.03)
  expect(worlds.every(isOfWire)).toBe(true)
})
