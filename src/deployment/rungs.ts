/**
 * Rungs that only some kinds of subjects can be stopped by, so that the others need not be asked one by one: what a UMS
 * cannot do, and what a type is never asked, is known of every device alike.
 *
 * Law: of a kind of subjects, the rungs that concern it stop each of them where the whole ladder does, with the same reason
 * or answer.
 */
import { O } from '../prelude.js'
import type { Exit, Gate } from '../rule/Gate.js'
import type { Kind, Subject } from './subject.js'

/** A gate for one kind of subjects: all others pass it. */
interface Limited<Reason> extends Gate<Subject, Reason> {
  readonly concerns: (kind: Kind) => boolean
  /** What it asks of those whom it concerns. */
  readonly within: Gate<Subject, Reason>
}

/** A gate, or an exit. */
export type Rung<Reason, Answer> = Gate<Subject, Reason> | Limited<Reason> | Exit<Subject, Answer>

/** A gate that turns away nobody of other kinds. */
export const only = <Reason>(concerns: (kind: Kind) => boolean, within: Gate<Subject, Reason>): Limited<Reason> => ({
  ...within,
  concerns,
  within,
  refuses: (subject) => (concerns(subject) ? within.refuses(subject) : O.none),
})

/** A rung that only those come to who hold a license of the type, expired or not: all others pass it. */
export const ofHolders = <Of extends object>(rung: Of): Of & { readonly isForHolders: true } => ({
  ...rung,
  isForHolders: true,
})

/** The rungs of a ladder that can stop a subject that holds nothing. */
export const forNewcomers = <Reason, Answer>(
  rungs: ReadonlyArray<Rung<Reason, Answer>>,
): ReadonlyArray<Rung<Reason, Answer>> => rungs.filter((rung) => !('isForHolders' in rung))

/** The rungs of a ladder that can stop a subject of a kind. */
export const concerning = <Reason, Answer>(
  ladder: ReadonlyArray<Rung<Reason, Answer>>,
  kind: Kind,
): ReadonlyArray<Gate<Subject, Reason> | Exit<Subject, Answer>> =>
  ladder.flatMap((rung) => ('within' in rung ? (rung.concerns(kind) ? [rung.within] : []) : [rung]))
