// @ts-check
/**
 * What follows a plan, read from a simulation once, from its start to its end. Of its moments none is kept: what stays are
 * counts by month, a step for each day on which a pack changed, and the estate at the end.
 */
import { either as E, function as F } from 'fp-ts'
import { Day, Deployment, Instant, LicenseType } from 'seatwise'
import { compare } from '../shared/lists.mjs'

/**
 * @typedef {import('seatwise').Estate.Estate} Estate
 * @typedef {import('seatwise').ProductPack.ProductPack} Pack
 * @typedef {import('seatwise').DeploymentEvent.DeploymentEvent} Event
 * @typedef {import('seatwise').DeploymentDecision.DeploymentDecision} Decision
 * @typedef {import('seatwise').Rejection.Rejection} Rejection
 * @typedef {(at: Instant.Instant, decision: Decision) => void} Hear hears every decision that was taken
 */

/**
 * A pack at the end of a day on which it changed; without the pack from the day on which it was removed.
 *
 * @typedef {{ readonly day: Day.Day, readonly pack?: Pack }} Step
 */

/**
 * A pack through its days, from the first on which it was known.
 *
 * @typedef {{ readonly id: string, readonly type: LicenseType.LicenseType, readonly steps: ReadonlyArray<Step> }} Life
 */

/**
 * What was taken and what happened in a calendar month, such as 2026-11.
 *
 * @typedef {{ readonly month: string, readonly taken: Map<string, number>, readonly events: Map<string, number> }} Month
 */

/**
 * @typedef {object} Year
 * @property {Day.Day} from
 * @property {Day.Day} until
 * @property {number} events how many happened
 * @property {ReadonlyArray<Month>} months those in which anything happened, in their order
 * @property {ReadonlyArray<Life>} lives the packs, by type and id
 * @property {Deployment.Forecast} forecast
 * @property {ReadonlyArray<Deployment.Prevention>} preventions
 * @property {Estate} end
 * @property {ReadonlyArray<Decision>} waiting decisions at the end that found no free license
 */

// -------------------------------------------------------------------------------------
// reading
// -------------------------------------------------------------------------------------

const count = (/** @type {Map<string, number>} */ counts, /** @type {string} */ key) =>
  counts.set(key, (counts.get(key) ?? 0) + 1)

/** A record with its changes: null takes a field away. */
const changed = (/** @type {object} */ record, /** @type {object} */ changes) =>
  Object.fromEntries(Object.entries({ ...record, ...changes }).filter(([, value]) => value !== null))

/** Follows the packs of an estate through the moments of a simulation. */
const packsThrough = () => {
  const packs = /** @type {Map<string, Pack>} */ (new Map())
  const lives = /** @type {Map<string, Array<Step>>} */ (new Map())

  /** The last step of a day is the one that counts. */
  const step = (/** @type {string} */ id, /** @type {Day.Day} */ day, /** @type {Pack | undefined} */ pack) => {
    const steps = lives.get(id) ?? []
    if (steps.at(-1)?.day === day) steps.pop()
    steps.push(pack === undefined ? { day } : { day, pack })
    lives.set(id, steps)
    if (pack === undefined) packs.delete(id)
    else packs.set(id, pack)
  }

  const allocate = (/** @type {string | undefined} */ id, /** @type {Day.Day} */ day, /** @type {1 | -1} */ by) => {
    const pack = id === undefined ? undefined : packs.get(id)
    if (pack === undefined) return
    const allocated = /** @type {Pack['allocated']} */ (Math.max(0, pack.allocated + by))
    step(pack.id, day, { ...pack, allocated })
  }

  return {
    lives: () =>
      [...lives]
        .flatMap(([id, steps]) => {
          const pack = steps.find((each) => each.pack !== undefined)?.pack
          return pack === undefined ? [] : [{ id, type: LicenseType.of(pack), steps }]
        })
        .sort((a, b) => LicenseType.compare(a.type, b.type) || compare(a.id, b.id)),

    see: (/** @type {Deployment.Moment} */ moment) => {
      const day = Day.ofInstant(moment.at)
      if (moment.kind === 'end') return
      if (moment.kind === 'start') {
        for (const pack of moment.estate.packs) step(pack.id, day, pack)
        return
      }
      if (moment.kind === 'event') {
        const { event, deleted } = moment
        // What the event gives of an unknown pack is a whole one, or the simulation had been refused.
        if (event.kind === 'refresh')
          step(
            event.pack,
            day,
            /** @type {Pack} */ (changed(packs.get(event.pack) ?? { id: event.pack }, event.changes)),
          )
        if (event.kind === 'remove-pack' && packs.has(event.pack)) step(event.pack, day, undefined)
        for (const id of deleted?.freed ?? []) allocate(id, day, -1)
      }
      for (const { action, license } of moment.operations)
        if (action === 'assign' || action === 'exchange') allocate(license.pack, day, 1)
    },
  }
}

/** Counts what was taken and what happened, month by month. */
const monthsThrough = () => {
  const months = /** @type {Map<string, Month>} */ (new Map())
  const monthOf = (/** @type {Instant.Instant} */ at) => {
    const month = Instant.show(at).slice(0, 7)
    const known = months.get(month) ?? { month, taken: new Map(), events: new Map() }
    months.set(month, known)
    return known
  }
  return {
    months: () => [...months.values()],
    see: (/** @type {Deployment.Moment} */ moment) => {
      if (moment.kind === 'start' || moment.kind === 'end') return
      if (moment.kind === 'event') count(monthOf(moment.at).events, moment.event.kind)
      for (const { action } of moment.decisions) count(monthOf(moment.at).taken, action)
    },
  }
}

/**
 * The moments as they are, each seen on its way to whoever reads them.
 *
 * @param {Deployment.History} history
 * @param {(moment: Deployment.Moment) => void} see
 * @returns {Generator<Deployment.Moment, void, undefined>}
 */
const watched = function* (history, see) {
  for (const moment of history) {
    see(moment)
    yield moment
  }
}

// -------------------------------------------------------------------------------------
// the year
// -------------------------------------------------------------------------------------

/** The last instant of a day. */
export const endOf = (/** @type {Day.Day} */ day) => /** @type {Instant.Instant} */ ((day + 1) * 86_400_000 - 1)

/**
 * Follows an estate from its last full check, which is now, to the end of a day; or says why that makes no sense.
 *
 * @param {Estate} estate
 * @param {ReadonlyArray<Event>} events
 * @param {Instant.Instant} now
 * @param {Day.Day} until
 * @param {Hear} [hear]
 * @returns {E.Either<ReadonlyArray<Rejection>, Year>}
 */
export const follow = (estate, events, now, until, hear) => {
  const horizon = endOf(until)
  return F.pipe(
    Deployment.simulate(estate, events, horizon, now),
    E.map((history) => {
      const [packs, months] = [packsThrough(), monthsThrough()]
      let [happened, end] = [0, estate]
      const see = (/** @type {Deployment.Moment} */ moment) => {
        packs.see(moment)
        months.see(moment)
        if (moment.kind === 'event') happened += 1
        if (moment.kind === 'end') end = moment.estate
        else if (moment.kind !== 'start' && hear !== undefined)
          for (const decision of moment.decisions) hear(moment.at, decision)
      }
      const forecast = Deployment.forecast(watched(history, see))
      const from = Day.ofInstant(now)
      return { from, until, events: happened, months: months.months(), lives: packs.lives(), forecast, end }
    }),
    E.bind('preventions', () => Deployment.preventions(estate, events, horizon, now)),
    E.bind('waiting', ({ end }) =>
      F.pipe(
        Deployment.plan(end, horizon),
        E.map(({ decisions }) => decisions.filter(({ reason }) => reason === 'no-free-license')),
      ),
    ),
  )
}
