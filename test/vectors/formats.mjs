// @ts-check
// What a conformance vector of each format means: it passes when both readers decide as it expects.
import { either as E, option as O } from 'fp-ts'
import {
  Allocation,
  AllocationPolicy,
  AuditSnapshot,
  Catalog,
  Day,
  Decision,
  Deployment,
  DeploymentDecision,
  DeploymentEvent,
  Device,
  Estate,
  Instant,
  Version,
} from 'seatwise'

/** @typedef {{ id: string, title: string, cites: ReadonlyArray<string>, given: any, expect: any }} Vector */
/** @typedef {{ readonly id: string, readonly reader: string, readonly expected: unknown, readonly actual: unknown }} Failure */

/** A vector of a run that gives what an earlier run left, or asks about it, needs a whole synchronization. */
export const needsState = (
  /** @type {string} */ format,
  /** @type {Vector} */ { given: { allocations, policy = {} } },
) => format === 'allocation/1' && (allocations !== undefined || 'capacity' in policy || 'existing' in policy)

const LISTS = /** @type {const} */ (['violations', 'warnings'])

/** A decision as vectors compare it: lists that are absent are empty, and warnings and violations are sets. */
const comparable = (/** @type {any} */ decision, /** @type {boolean} */ withTied) => ({
  ...decision,
  ...Object.fromEntries(LISTS.map((list) => [list, [...(decision[list] ?? [])].sort()])),
  tied: withTied ? (decision.tied ?? []) : [],
})

const keyOf = (/** @type {any} */ { computer, installation }) => JSON.stringify([computer, installation])

/** JSON with the fields in one order. */
const canonical = (/** @type {unknown} */ value) =>
  JSON.stringify(value, (_, held) =>
    held !== null && typeof held === 'object' && !Array.isArray(held)
      ? Object.fromEntries(Object.entries(held).sort(([a], [b]) => (a < b ? -1 : 1)))
      : held,
  )

/** The decisions that differ, as what was expected and what came out. */
const differences = (/** @type {ReadonlyArray<any>} */ expected, /** @type {ReadonlyArray<any>} */ actual) => {
  const wanted = new Map(expected.map((decision) => [keyOf(decision), decision]))
  const found = new Map(actual.map((decision) => [keyOf(decision), decision]))
  const keys = [...new Set([...wanted.keys(), ...found.keys()])].sort()
  const differs = (/** @type {string} */ key) => {
    const [want, got] = [wanted.get(key), found.get(key)]
    if (want === undefined || got === undefined) return true
    const withTied = want.tied !== undefined
    return canonical(comparable(want, withTied)) !== canonical(comparable(got, withTied))
  }
  const different = keys.filter(differs)
  if (different.length === 0 && expected.length === actual.length) return O.none
  return O.some({
    expected: different.map((key) => wanted.get(key) ?? 'no decision'),
    actual: different.map((key) => found.get(key) ?? 'no decision'),
  })
}

const setOf = (/** @type {ReadonlyArray<unknown>} */ values) => JSON.stringify(values.map(canonical).sort())

const READERS = /** @type {const} */ (['reference', 'compiled'])

/**
 * Decides an allocation vector by one reader: its decisions, or what stands in the way.
 * @returns {E.Either<ReadonlyArray<unknown>, Allocation.Outcome>}
 */
const decide = (/** @type {Vector} */ { given }, /** @type {'reference' | 'compiled'} */ reader) => {
  const catalog = Catalog.decode(given.catalog)
  const snapshots = AuditSnapshot.decodeAll(given.snapshots)
  const allocations = Allocation.decodeAll(given.allocations ?? [])
  const policy = AllocationPolicy.AllocationPolicy.decode(given.policy ?? {})
  const asOf = given.asOf === undefined ? O.none : Day.parse(given.asOf)
  if (E.isLeft(policy)) return E.left(policy.left.map(({ message }) => message))
  if (given.asOf !== undefined && O.isNone(asOf)) return E.left([`asOf is no day: ${given.asOf}`])
  return Allocation.run({
    catalog: catalog.right,
    snapshots: snapshots.right,
    allocations: allocations.right,
    incomplete: snapshots.incomplete,
    rejectedLicenses: catalog.rejectedLicenses,
    policy: policy.right,
    reader,
    ...(O.isSome(asOf) ? { asOf: asOf.value } : {}),
  })
}

const runAllocation = (/** @type {Vector} */ vector) =>
  READERS.flatMap(
    /** @returns {ReadonlyArray<Failure>} */
    (reader) => {
      const decided = decide(vector, reader)
      const expected = vector.expect.decisions
      if (E.isLeft(decided)) return [{ id: vector.id, reader, expected, actual: decided.left }]
      const different = differences(expected, decided.right.decisions.map(Decision.Decision.encode))
      const released = setOf(
        decided.right.released.map(({ computer, product, license }) => ({ computer, product, license })),
      )
      const wanted = setOf(vector.expect.released ?? [])
      return [
        ...(O.isSome(different) ? [{ id: vector.id, reader, ...different.value }] : []),
        ...(released === wanted
          ? []
          : [{ id: vector.id, reader, expected: { released: wanted }, actual: { released } }]),
      ]
    },
  )

/** @returns {ReadonlyArray<Failure>} */
const runCompliance = (/** @type {Vector} */ { id, given, expect }) => {
  const judged = Allocation.compliance({
    catalog: Catalog.decode(given.catalog).right,
    snapshots: AuditSnapshot.decodeAll(given.snapshots).right,
    allocations: Allocation.decodeAll(given.allocations).right,
  })
  const actual = E.isLeft(judged) ? judged.left : judged.right.licenses
  return setOf(actual) === setOf(expect.licenses) ? [] : [{ id, reader: 'only', expected: expect.licenses, actual }]
}

// -------------------------------------------------------------------------------------
// deployment
// -------------------------------------------------------------------------------------

/** The value of a text that must be one. */
const read = (
  /** @type {string} */ name,
  /** @type {(text: string) => O.Option<any>} */ parse,
  /** @type {any} */ text,
) => {
  const parsed = typeof text === 'string' ? parse(text) : O.none
  if (O.isNone(parsed)) throw new Error(`${name} cannot be read: ${String(text)}`)
  return parsed.value
}

/** What a result holds, or the reason for a vector to fail. */
const held = (/** @type {E.Either<any, any>} */ result) => {
  if (E.isLeft(result)) throw new Error(JSON.stringify(result.left))
  return result.right
}

/** The estate of a vector, of which nothing may be rejected. */
const estateOf = (/** @type {any} */ given) => {
  const { left, right } = held(Estate.decode(given))
  const errors = left.filter((/** @type {any} */ { severity }) => severity === 'error')
  if (errors.length > 0) throw new Error(JSON.stringify(errors))
  return right
}

const deploymentKey = (/** @type {any} */ { at, device, licenseType, addOn }) =>
  JSON.stringify([at === undefined ? undefined : read('at', Instant.parse, at), device, licenseType, addOn])

/** Decisions by what they are about; `expires` is compared where the vector names it. */
const differentDecisions = (
  /** @type {ReadonlyArray<any>} */ expected,
  /** @type {ReadonlyArray<any>} */ actual,
  /** @type {boolean} */ whole,
) => {
  const found = new Map(actual.map((decision) => [deploymentKey(decision), decision]))
  const asNamed = (/** @type {any} */ want, /** @type {any} */ got) =>
    got === undefined
      ? undefined
      : Object.fromEntries(
          Object.entries(got).filter(([field]) => field !== 'at' && (field !== 'expires' || field in want)),
        )
  const wrong = expected.filter((want) => {
    const { at: _, ...wanted } = want
    return canonical(asNamed(want, found.get(deploymentKey(want)))) !== canonical(wanted)
  })
  const wantedKeys = new Set(expected.map(deploymentKey))
  const extra = whole ? actual.filter((decision) => !wantedKeys.has(deploymentKey(decision))) : []
  return wrong.length === 0 && extra.length === 0
    ? []
    : [{ expected: wrong, actual: [...wrong.map((want) => found.get(deploymentKey(want)) ?? 'no decision'), ...extra] }]
}

/** One comparison of a whole result. */
const same = (/** @type {string} */ id, /** @type {unknown} */ expected, /** @type {unknown} */ actual) =>
  canonical(expected) === canonical(actual) ? [] : [{ id, reader: 'only', expected, actual }]

const runDeployment = (/** @type {Vector} */ { id, given, expect }) =>
  READERS.flatMap((reader) => {
    const { decisions } = held(
      Deployment.plan(estateOf(given.estate), read('now', Instant.parse, given.now), { reader }),
    )
    const actual = decisions.map(DeploymentDecision.DeploymentDecision.encode)
    return differentDecisions(expect.decisions, actual, false).map((different) => ({ id, reader, ...different }))
  })

const runSchedule = (/** @type {Vector} */ { id, given, expect }) => {
  const estate = estateOf(given.estate)
  const device = estate.devices.find((/** @type {any} */ each) => each.id === given.device)
  const last = given.lastFullCheck === undefined ? undefined : read('lastFullCheck', Instant.parse, given.lastFullCheck)
  const due = Deployment.dueBy(estate.settings, device, last)
  const wanted = expect.dueBy === null ? O.none : Instant.parse(expect.dueBy)
  return same(id, wanted, due)
}

const runReturn = (/** @type {Vector} */ { id, given, expect }) => {
  const { status, onDevice, estate } = held(Deployment.deleteDevice(estateOf(given.estate), given.deletion))
  const packs = Object.fromEntries(estate.packs.map((/** @type {any} */ pack) => [pack.id, pack.allocated]))
  return same(id, expect, { status, onDevice, packs })
}

const runExpiry = (/** @type {Vector} */ { id, given, expect }) => {
  const day = (/** @type {'baseSystemReleased' | 'updateReleased'} */ name) =>
    given[name] === undefined ? {} : { [name]: read(name, Day.parse, given[name]) }
  const expiry = Deployment.expiry(held(Device.DeviceLicense.decode(given.license)), {
    osVersion: read('osVersion', Version.parse, given.osVersion),
    today: read('today', Day.parse, given.today),
    ...day('baseSystemReleased'),
    ...day('updateReleased'),
  })
  return same(id, expect, expiry)
}

const runNotifications = (/** @type {Vector} */ { id, given, expect }) => {
  const { lowStockLimit, expiryWarningDays } = given
  const raised = held(
    Deployment.notifications(estateOf(given.estate), read('now', Instant.parse, given.now), {
      ...(lowStockLimit === undefined ? {} : { lowStockLimit }),
      ...(expiryWarningDays === undefined ? {} : { expiryWarningDays }),
    }),
  )
  return setOf(raised) === setOf(expect.notifications)
    ? []
    : [{ id, reader: 'only', expected: expect.notifications, actual: raised }]
}

const runSimulation = (/** @type {Vector} */ { id, given, expect }) => {
  const history = held(
    Deployment.simulate(
      estateOf(given.estate),
      held(DeploymentEvent.decodeAll(given.events)),
      read('horizon', Instant.parse, given.horizon),
      read('lastFullCheck', Instant.parse, given.lastFullCheck),
    ),
  )
  const moments = [...history]
  const actual = moments.flatMap((moment) =>
    (moment.decisions ?? []).map((/** @type {any} */ decision) => ({
      at: Instant.show(moment.at),
      .../** @type {object} */ (DeploymentDecision.DeploymentDecision.encode(decision)),
    })),
  )
  const { estate } = moments[moments.length - 1]
  const packs = Object.fromEntries(estate.packs.map((/** @type {any} */ pack) => [pack.id, pack.allocated]))
  const holdings = new Map(estate.devices.map((/** @type {any} */ device) => [device.id, device.licenses?.length ?? 0]))
  const named = Object.keys(expect.held ?? {})
  return [
    ...differentDecisions(expect.decisions, actual, true).map((different) => ({ id, reader: 'only', ...different })),
    ...same(id, expect.packs, packs),
    ...same(id, expect.held ?? {}, Object.fromEntries(named.map((device) => [device, holdings.get(device)]))),
  ]
}

/** A vector that cannot be run fails, and says why. */
const orFails =
  (/** @type {(vector: Vector) => ReadonlyArray<Failure>} */ run) =>
  /** @returns {ReadonlyArray<Failure>} */
  (/** @type {Vector} */ vector) => {
    try {
      return run(vector)
    } catch (error) {
      return [{ id: vector.id, reader: 'only', expected: vector.expect, actual: String(error) }]
    }
  }

/** @type {Readonly<Record<string, (vector: Vector) => ReadonlyArray<Failure>>>} */
export const FORMATS = {
  'allocation/1': runAllocation,
  'compliance/1': runCompliance,
  'deployment/1': orFails(runDeployment),
  'schedule/1': orFails(runSchedule),
  'return/1': orFails(runReturn),
  'expiry/1': orFails(runExpiry),
  'notifications/1': orFails(runNotifications),
  'simulation/1': orFails(runSimulation),
}
