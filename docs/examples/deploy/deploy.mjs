// @ts-check
/**
 * The command `npm start` as far as deployment goes: from what the caller asks for to what it prints and the status it
 * ends with. Files are read by input.mjs, and the rest of this folder are functions from results to lines of text.
 */
import { resolve } from 'node:path'
import { either as E, function as F, readonlyArray as RA } from 'fp-ts'
import { Deployment, Instant } from 'seatwise'
import { counted, enumerated } from '../shared/layout.mjs'
import { NOTHING_DECIDED, refusedLines, rejectedLines, statusOf } from '../shared/status.mjs'
import * as Answers from './answers.mjs'
import * as Example from './example.mjs'
import * as Explained from './explained.mjs'
import * as Input from './input.mjs'
import { planned } from './planned.mjs'
import { report } from './report.mjs'
import * as Wire from './wire.mjs'
import { endOf, follow } from './year.mjs'

/**
 * What the caller asks for. `files` are the caller's own; without them it is the example's turn. With `until` the plan is
 * carried out and what follows is simulated.
 *
 * @typedef {object} Asked
 * @property {{ readonly estate: string, readonly events?: string }} [files]
 * @property {import('seatwise').Instant.Instant} now
 * @property {import('seatwise').Day.Day} [until]
 * @property {string} [device]
 * @property {import('./answers.mjs').Question} [question] instead of a plan
 * @property {boolean} json
 */

/**
 * @typedef {import('./input.mjs').Rejection} Rejection
 * @typedef {import('./planned.mjs').Planned} Planned
 */

/**
 * Events that lie before now: the estate is as it is then, and cannot be told what happened to it before.
 *
 * @param {ReadonlyArray<Input.Event>} events
 * @param {import('seatwise').Instant.Instant} now
 * @returns {ReadonlyArray<Rejection>}
 */
const earlyAmong = (events, now) =>
  events.flatMap(({ at }, index) =>
    at >= now
      ? []
      : [
          {
            code: 'range',
            severity: 'error',
            path: `events[${String(index)}].at`,
            collection: 'events',
            index,
            preview: Instant.show(at),
            hint: `give what happens from ${Instant.show(now)} on`,
          },
        ],
  )

/**
 * What there is to decide, or all that is wrong: with an estate that could not be read, with events, and with what they
 * mean for each other.
 *
 * @param {Input.Input} input
 * @param {Asked} asked
 * @returns {E.Either<ReadonlyArray<Rejection>, {
 *   readonly estate: import('seatwise').Estate.Estate,
 *   readonly rejected: number,
 *   readonly events: ReadonlyArray<Input.Event>,
 * }>}
 */
const sensible = ({ estate: decoded, events }, { now, until }) => {
  const faults = E.isLeft(events) ? events.left : earlyAmong(events.right, now)
  if (E.isLeft(decoded)) return E.left([...decoded.left, ...faults])
  const { right: estate, tallies } = decoded.right
  if (E.isLeft(events) || faults.length > 0) return E.left([...faults, ...Deployment.contradictionsOfEstate(estate)])
  // Nothing is simulated before it is read: this only asks.
  return F.pipe(
    Deployment.simulate(estate, events.right, until === undefined ? now : endOf(until), now),
    E.map(() => ({
      estate,
      rejected: tallies.reduce((sum, { rejected }) => sum + rejected, 0),
      events: events.right,
    })),
  )
}

/**
 * The refusal that is worth reading, or the device that was asked for.
 *
 * @param {Planned} plan
 * @param {Asked} asked
 */
const explanationsOf = (plan, { device, json }) =>
  device !== undefined
    ? Explained.ofDevice(plan, device)
    : E.right(json ? undefined : RA.fromOption(Explained.choose(plan)))

/**
 * Runs the command.
 *
 * @param {Asked} asked
 * @param {import('../shared/status.mjs').Surroundings} surroundings
 * @returns {import('../shared/status.mjs').Status}
 */
export const deploy = (asked, surroundings) => {
  const { files, now, until, device, question, json } = asked
  const { folder, canvas, print, tell } = surroundings
  const names = files ?? (until === undefined ? { estate: Example.files.estate } : Example.files)
  const input = Input.read(names, (name) => resolve(folder, name))
  if (E.isLeft(input)) {
    tell(input.left)
    return NOTHING_DECIDED
  }
  const { estate: decoded, events: decodedEvents } = input.right
  const rejections = E.isLeft(decoded) ? [] : decoded.right.left
  if (files === undefined) tell(['no estate given: this is the example of deployment, docs/examples/deployment-estate'])
  if (E.isRight(decoded)) {
    const { packs, devices, directories = [], bundled = [] } = decoded.right.right
    const read = [
      counted(devices.length, 'device'),
      counted(packs.length, 'product pack'),
      counted(bundled.length, 'bundled license'),
      counted(directories.length, 'directory', 'directories'),
      ...(E.isRight(decodedEvents) && 'events' in names ? [counted(decodedEvents.right.length, 'event')] : []),
    ]
    tell([`read ${enumerated(read)}`])
  }
  if (rejections.length > 0) tell(rejectedLines(rejections))
  if (question !== undefined && E.isRight(decoded))
    return Answers.answer(question, decoded.right.right, now, rejections, json, surroundings)

  /** @type {Array<string>} */
  const lines = []
  const decided = F.pipe(
    sensible(input.right, asked),
    E.bindTo('given'),
    E.bind('plan', ({ given: { estate, rejected } }) => planned(estate, now, rejected)),
    E.bind('year', ({ given: { events }, plan }) =>
      until === undefined
        ? E.right(undefined)
        : follow(plan.after, events, now, until, json ? (at, each) => lines.push(Wire.taken(at, each)) : undefined),
    ),
  )
  if (E.isLeft(decided)) {
    tell(refusedLines(decided.left))
    if (json) print(Wire.write({ rejections: [...rejections, ...decided.left] }))
    return NOTHING_DECIDED
  }

  const { plan, year } = decided.right
  const explanations = explanationsOf(plan, asked)
  if (E.isLeft(explanations)) {
    tell([explanations.left])
    return NOTHING_DECIDED
  }
  const found = explanations.right
  const all = [...rejections, ...plan.warnings]
  print(
    json
      ? Wire.write({
          rejections: all,
          planned: plan,
          ...(year === undefined ? {} : { year, lines }),
          ...(found === undefined ? {} : { explanations: found }),
        })
      : report(canvas, plan, {
          ...(found === undefined ? {} : { explanations: found }),
          ...(device === undefined ? {} : { asked: device }),
          ...(year === undefined ? {} : { year }),
        }),
  )
  return statusOf(all)
}
