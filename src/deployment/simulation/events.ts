/**
 * What is asked of a simulation, read before it begins: one event that makes no sense would tell all that follows wrongly
 * (ALD-114).
 */
import type { DeploymentEvent } from '../../record/DeploymentEvent.js'
import * as Events from '../../record/DeploymentEvent.js'
import * as Packs from '../../record/ProductPack.js'
import type { Rejection } from '../../record/Rejection.js'
import { refusalOf } from '../../record/Report.js'
import { changed } from '../../record/Shape.js'
import type { PackId } from '../../value/Id.js'

/** INVARIANT: the pack that a refresh makes of an unknown one has the id that the event names. */
export const packMadeBy = ({ pack: id, changes }: Events.Refresh): unknown =>
  changed<object>({ id }, { ...changes, id })

const fault = (code: Rejection['code'], index: number, path: string, hint: string): Rejection => ({
  ...refusalOf('events', code, `events[${String(index)}]${path}`, hint),
  index,
})

/** In the order of their instants, those of one instant in the order of the list (section 16). */
export const inTime = <A extends { readonly at: number }>(events: ReadonlyArray<A>): ReadonlyArray<A> =>
  [...events].sort((a, b) => a.at - b.at)

/** A refresh of a pack that is not known then must bring all that makes a pack. */
const faultsOfRefreshes = (
  events: ReadonlyArray<DeploymentEvent>,
  known: ReadonlyArray<PackId>,
): ReadonlyArray<Rejection> => {
  const there = new Set(known)
  const faults: Array<Rejection> = []
  for (const { event, index } of inTime(events.map((event, index) => ({ event, index, at: event.at })))) {
    if (event.kind === 'remove-pack') there.delete(event.pack)
    if (event.kind !== 'refresh') continue
    if (!there.has(event.pack) && !Packs.shape.is(packMadeBy(event)))
      faults.push(fault('missing', index, '.changes', 'the pack is not known yet: give all the fields of one'))
    there.add(event.pack)
  }
  return faults
}

/** All that is wrong with a list of events. Types are only as good as the caller's word. */
export const faultsOfEvents = (events: unknown, known: ReadonlyArray<Packs.ProductPack>): ReadonlyArray<Rejection> => {
  if (!Array.isArray(events))
    return [refusalOf('events', 'type', 'events', 'pass a list: DeploymentEvent.decodeAll reads one')]
  const faults = events.flatMap((event: unknown, index) =>
    Events.shape.is(event) ? [] : [fault('type', index, '', 'pass an event: DeploymentEvent.decodeAll reads them')],
  )
  // INVARIANT: packs that are no list are the estate's own failure.
  const packs = Array.isArray(known) ? known.map(({ id }: Packs.ProductPack) => id) : []
  return faults.length > 0 ? faults : faultsOfRefreshes(events as ReadonlyArray<DeploymentEvent>, packs)
}
