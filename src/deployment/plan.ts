/**
 * A plan: one decision for every device and every license type of an estate at an instant, each applied before the next is
 * made (deployment.md, section 4).
 *
 * Laws:
 *
 * 1. One decision for every device and type (ALD-108)
 * 2. Irrelevance: the order of the records does not matter
 * 3. Effect: `enact(estate, operations)` gives the estate of the plan
 * 4. Rest: planning the estate of a plan acts only as section 11 allows
 *
 * @since 0.1.0
 */
import { E, type RNEA } from '../prelude.js'
import type { DeploymentDecision } from '../record/DeploymentDecision.js'
import type { DeploymentOperation } from '../record/DeploymentOperation.js'
import type { Device } from '../record/Device.js'
import type { Estate } from '../record/Estate.js'
import type { Rejection } from '../record/Rejection.js'
import * as Day from '../value/Day.js'
import type { DeviceId } from '../value/Id.js'
import type { Instant } from '../value/Instant.js'
import * as Text from '../value/Text.js'
import { faultOfOption, faultsOfInstant, readEstate, type Distinct } from './contradictions.js'
import { sceneOf, typesOf } from './decide.js'
import type { ReaderName } from './packs.js'
import { turnsOf } from './turnOrder.js'
import { EVERY_ACTION, packsAfter, turnsAt, type Hearing } from './turns.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/**
 * The options of a plan. `devices` names those that are decided about, for an assignment that is started by hand
 * (ALD-115); all, where it is absent. `reader` is `compiled` unless the slow, literal `reference` is asked for; both
 * decide alike.
 *
 * @since 0.1.0
 */
export interface PlanOptions {
  readonly devices?: ReadonlyArray<DeviceId>
  readonly reader?: ReaderName
}

/**
 * A plan: the decisions in the order in which they were made, what is to be done, the estate when it is done, and what a
 * person should know of the input.
 *
 * @since 0.1.0
 */
export interface Plan {
  readonly decisions: ReadonlyArray<DeploymentDecision>
  readonly operations: ReadonlyArray<DeploymentOperation>
  readonly estate: Estate
  readonly warnings: ReadonlyArray<Rejection>
}

// -------------------------------------------------------------------------------------
// plan
// -------------------------------------------------------------------------------------

const OPTIONS: ReadonlySet<string> = new Set<keyof PlanOptions>(['devices', 'reader'])

const faultsOfOptions = ({ devices, reader, ...others }: PlanOptions): ReadonlyArray<Rejection> => [
  ...Object.keys(others)
    .filter((option) => !OPTIONS.has(option))
    .map((option) => faultOfOption('unknown-option', option, `use one of ${[...OPTIONS].join(', ')}`)),
  ...(devices === undefined || Array.isArray(devices)
    ? []
    : [faultOfOption('type', 'devices', 'pass a list of device ids')]),
  ...(reader === undefined || ['compiled', 'reference'].includes(reader)
    ? []
    : [faultOfOption('unknown-value', 'reader', 'use one of compiled, reference')]),
]

/** Named devices that the estate does not have get no decision; nobody should think that they did. */
const unknownDevices = (named: ReadonlyArray<DeviceId>, devices: ReadonlyArray<Device>): ReadonlyArray<Rejection> => {
  const known = new Set(devices.map(({ id }) => id))
  return named.flatMap((id, index): ReadonlyArray<Rejection> =>
    known.has(id)
      ? []
      : [
          {
            code: 'unknown-value',
            severity: 'warning',
            path: `devices[${String(index)}]`,
            collection: 'options',
            index,
            preview: Text.preview(id),
            hint: 'name the id of a device of the estate',
          },
        ],
  )
}

/**
 * Plans an estate at an instant: which device gets a license from which product pack, and why not (deployment.md). Started
 * by hand for some devices, it decides about those alone (ALD-115).
 *
 * What planning again may still do is an exchange, where the license just given is itself due, or a renewal, where a
 * bundled license was given and a renewed pack lasts longer (section 11).
 *
 * @example
 * import assert from 'node:assert'
 * import { either as E, function as F } from 'fp-ts'
 * import { Deployment, Estate, Instant } from 'seatwise'
 *
 * const decoded = Estate.decode({
 *   settings: { umsVersion: '12.10.100', umsId: 'ums-1', automaticDeployment: true },
 *   packs: [
 *     { id: 'P-1', licenseType: 'workspace-edition', total: 50, allocated: 12, registered: '2026-02-01', expires: '2027-01-31', umsIds: ['ums-1'] },
 *   ],
 *   devices: [{ id: 'd-1', unitId: '00E0C5000001', osVersion: '12.5.0', registered: '2026-03-10T08:00:00Z' }],
 * })
 * const plan = F.pipe(
 *   Instant.parse('2026-03-10T12:00:00Z'),
 *   E.fromOption(() => []),
 *   E.chainW((now) => F.pipe(decoded, E.chainW(({ right: estate }) => Deployment.plan(estate, now)))),
 * )
 * const told = F.pipe(plan, E.map(({ decisions, estate }) => [decisions.map(({ device, action, pack }) => [device, action, pack]), estate.packs.map(({ allocated }) => allocated)]))
 * assert.deepStrictEqual(told, E.right([[['d-1', 'assign', 'P-1']], [13]]))
 *
 * @since 0.1.0
 */
export const plan = (
  given: Estate,
  now: Instant,
  options: PlanOptions = {},
): E.Either<RNEA.ReadonlyNonEmptyArray<Rejection>, Plan> =>
  E.map(({ plan: planned }: Planned) => planned)(planRead(given, now, options))

/** A plan with the estate that it was made of, in which every record stands once. */
export interface Planned {
  readonly plan: Plan
  readonly of: Estate
}

export const planRead = (
  given: Estate,
  now: Instant,
  options: PlanOptions,
): E.Either<RNEA.ReadonlyNonEmptyArray<Rejection>, Planned> =>
  E.map(({ estate, warnings }: Distinct): Planned => {
    const { devices: named, reader = 'compiled' } = options
    const scene = sceneOf(estate, Day.ofInstant(now), typesOf(estate), reader)
    const decisions: Array<DeploymentDecision> = []
    const operations: Array<DeploymentOperation> = []
    const devices = [...estate.devices]
    let isSame = true
    const hearing: Hearing = {
      decision: (decision) => {
        decisions.push(decision)
      },
      operation: (operation) => {
        operations.push(operation)
      },
    }
    const turn = turnsAt(scene, now, hearing, EVERY_ACTION)
    const chosen = named === undefined ? undefined : new Set(named)
    for (const place of turnsOf(devices)) {
      const device = devices[place]
      if (device === undefined || chosen?.has(device.id) === false) continue
      const after = turn(device)
      if (after === device) continue
      devices[place] = after
      isSame = false
    }
    const after: Estate = isSame ? estate : { ...estate, packs: packsAfter(estate.packs, scene.shelves), devices }
    const told = named === undefined ? warnings : [...warnings, ...unknownDevices(named, estate.devices)]
    return { plan: { decisions, operations, estate: after, warnings: told }, of: estate }
  })(readEstate(given, [...faultsOfInstant('now', now), ...faultsOfOptions(options)]))
