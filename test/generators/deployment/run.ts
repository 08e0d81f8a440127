/**
 * From estates and simulations in the wire format to what the library makes of them, in the wire format again.
 */
import { either as E, option as O } from 'fp-ts'
import {
  Day,
  Deployment,
  DeploymentDecision,
  DeploymentEvent,
  DeploymentOperation,
  Estate,
  Instant,
  Rejection,
} from 'seatwise'
import type {
  SimulationGiven,
  TakenDecision,
  WireAction,
  WireDeploymentDecision,
  WireDeviceLicense,
  WireEstate,
  WireEvent,
} from '../../model/deployment.js'
import { READERS, type ReaderName } from '../decide.js'

export { READERS, type ReaderName }

// -------------------------------------------------------------------------------------
// reading
// -------------------------------------------------------------------------------------

/** What only a fault of the test itself can make impossible. */
export const must = <A>(what: string, value: E.Either<unknown, A>): A => {
  if (E.isRight(value)) return value.right
  throw new Error(`${what}: ${JSON.stringify(value.left)}`)
}

export const parsed =
  <A>(what: string, parse: (text: string) => O.Option<A>) =>
  (text: string): A =>
    must(`${what} ${text}`, E.fromOption(() => 'cannot be read')(parse(text)))

export const instant = parsed('instant', Instant.parse)
export const day = parsed('day', Day.parse)

/** An estate as the library reads it. Duplicates warn; anything worse is a fault of the generators. */
export const decodeEstate = (given: WireEstate): Estate.Estate => {
  const { left, right } = must('estate', Estate.decode(given))
  const errors = left.filter(({ severity }) => severity === 'error')
  if (errors.length > 0) throw new Error(errors.map(Rejection.render).join('\n'))
  return right
}

export const decodeEvents = (given: ReadonlyArray<WireEvent>): ReadonlyArray<DeploymentEvent.DeploymentEvent> =>
  must('events', DeploymentEvent.decodeAll(given))

export const encodeEstate = (estate: Estate.Estate): WireEstate => Estate.Estate.encode(estate) as WireEstate

/** One form of all estates that mean the same: in which order records stand, and whether an empty list does, says nothing. */
export const canonical = ({ settings, directories = [], packs, devices, bundled = [] }: WireEstate) => {
  const byId = <A extends { readonly id: string }>(records: ReadonlyArray<A>) =>
    Object.fromEntries(records.map((record) => [record.id, record]))
  return {
    settings,
    directories: byId(directories),
    packs: byId(packs),
    devices: byId(devices),
    bundled: [...new Set(bundled.map((each) => JSON.stringify(Object.entries(each).sort())))].sort(),
  }
}

// -------------------------------------------------------------------------------------
// plans
// -------------------------------------------------------------------------------------

export type WireOperation = {
  readonly key: string
  readonly action: Exclude<WireAction, 'none'>
  readonly device: string
  readonly license: WireDeviceLicense
}

export type Planned = {
  readonly decisions: ReadonlyArray<WireDeploymentDecision>
  readonly operations: ReadonlyArray<WireOperation>
  readonly estate: WireEstate
}

export type RunOptions = { readonly devices?: ReadonlyArray<string> | undefined; readonly reader?: ReaderName }

const optionsOf = ({ devices, reader }: RunOptions): Deployment.PlanOptions => ({
  ...(devices === undefined ? {} : { devices: devices as NonNullable<Deployment.PlanOptions['devices']> }),
  ...(reader === undefined ? {} : { reader }),
})

export const encodeDecision = (decision: DeploymentDecision.DeploymentDecision): WireDeploymentDecision =>
  DeploymentDecision.DeploymentDecision.encode(decision) as WireDeploymentDecision

export const encodeOperation = (operation: DeploymentOperation.DeploymentOperation): WireOperation =>
  DeploymentOperation.DeploymentOperation.encode(operation) as WireOperation

export const planDecoded = (estate: Estate.Estate, now: string, options: RunOptions = {}): Deployment.Plan =>
  must('plan', Deployment.plan(estate, instant(now), optionsOf(options)))

export const planOf = (estate: WireEstate, now: string, options: RunOptions = {}): Planned => {
  const plan = planDecoded(decodeEstate(estate), now, options)
  return {
    decisions: plan.decisions.map(encodeDecision),
    operations: plan.operations.map(encodeOperation),
    estate: encodeEstate(plan.estate),
  }
}

export type Explained = Deployment.DeviceExplanation

/** Explains the decisions of a plan, in their order. */
export const explainAll = (
  estate: WireEstate,
  now: string,
  options: RunOptions = {},
): ReadonlyArray<Deployment.DeviceExplanation> => {
  const decoded = decodeEstate(estate)
  const explain = must('explain', Deployment.explain(decoded, instant(now), optionsOf(options)))
  return planDecoded(decoded, now, options).decisions.map((decision) =>
    must('explanation', E.fromOption(() => decision)(explain(decision.device, decision))),
  )
}

// -------------------------------------------------------------------------------------
// simulations
// -------------------------------------------------------------------------------------

/** A moment of a history between its start and its end. */
export type WireMoment = {
  readonly kind: 'event' | 'device-check' | 'full-check'
  readonly at: string
  readonly event?: WireEvent
  readonly deleted?: Deployment.Return & { readonly freed: ReadonlyArray<string> }
  readonly decisions: ReadonlyArray<WireDeploymentDecision>
  readonly operations: ReadonlyArray<WireOperation>
}

export type Simulated = {
  readonly start: WireEstate
  readonly moments: ReadonlyArray<WireMoment>
  readonly end: WireEstate
  /** All that was decided and taken, with its instants. */
  readonly decisions: ReadonlyArray<TakenDecision>
}

export const historyOf = ({ estate, events, horizon, lastFullCheck }: SimulationGiven): Deployment.History =>
  must(
    'simulate',
    Deployment.simulate(decodeEstate(estate), decodeEvents(events), instant(horizon), instant(lastFullCheck)),
  )

export const wireMoment = (moment: Deployment.EventMoment | Deployment.CheckMoment): WireMoment => ({
  kind: moment.kind,
  at: Instant.show(moment.at),
  ...(moment.kind === 'event' ? { event: DeploymentEvent.DeploymentEvent.encode(moment.event) as WireEvent } : {}),
  ...(moment.kind === 'event' && moment.deleted !== undefined ? { deleted: moment.deleted } : {}),
  decisions: moment.decisions.map(encodeDecision),
  operations: moment.operations.map(encodeOperation),
})

export const simulated = (given: SimulationGiven): Simulated => {
  const all = [...historyOf(given)]
  const [first, last] = [all[0], all.at(-1)]
  if (first?.kind !== 'start' || last?.kind !== 'end') throw new Error('a history has a start and an end')
  const moments = all.flatMap((moment) =>
    moment.kind === 'start' || moment.kind === 'end' ? [] : [wireMoment(moment)],
  )
  return {
    start: encodeEstate(first.estate),
    moments,
    end: encodeEstate(last.estate),
    decisions: moments.flatMap(({ at, decisions }) => decisions.map((decision) => ({ at, ...decision }))),
  }
}
