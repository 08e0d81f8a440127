/**
 * Kinds of findings, for whoever lists the codes of theirs.
 */
import type { Kind, RecordName } from './Finding.js'

/** A kind of findings that records hardly mean. */
export const warning = (clause: string): Kind => ({ severity: 'warning', clause })

/** A kind of findings of which a person has to say what they mean. */
export const information = (clause: string): Kind => ({ severity: 'information', clause })

/** Names records of one of some collections. */
export const namesIn =
  <Collection extends string>() =>
  (collection: Collection, ids: ReadonlyArray<string>): ReadonlyArray<RecordName<Collection>> =>
    ids.map((id) => ({ collection, id }))
