/**
 * Snapshots in columns: for each installation the licenses that it meets in anything, with what is shown of what they ask
 * for. No rule is in them, so that deciding them is to find the first rule among a few verdicts.
 */
import { O } from '../prelude.js'
import type { AuditSnapshot } from '../record/AuditSnapshot.js'
import { NO_RULE, UNSEEN, type Verdicts } from '../rule/compiled/Verdicts.js'
import {
  ALLOCATED,
  answer,
  SKIPPED,
  UNRECONCILED,
  UNTRACKED,
  type Counter,
  type Counters,
  type Rows,
} from './counters.js'
import { sceneOf } from './decide.js'
import type { Prepared } from './prepare.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/**
 * Snapshots in columns, a row for each installation. Only the batch that made them can read them fast; they are to be kept,
 * not to be looked into.
 *
 * @since 0.1.0
 */
export interface Columns {
  readonly snapshots: ReadonlyArray<AuditSnapshot>
  /** How many rows there are. */
  readonly size: number
  /** The place of the desk that decides a row; below 0, why none does. */
  readonly desks: Int32Array
  /** Where the meetings of a row end; they begin where those of the row before end. */
  readonly ends: Int32Array
  /** Of each meeting the license, as a place in the list of the batch, and its verdict. */
  readonly licenses: Int32Array
  readonly verdicts: Int32Array
}

const NO_DESK = -1
const ASIDE = -2

/** A row that meets too much to be kept is decided from the snapshot. */
const MUCH = -3

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

/** Puts snapshots into columns. */
export const columnsOf = <Name extends string>(
  prepared: Prepared<Name>,
  { office: { deskOf }, counters, met }: Counters<Name>,
  snapshots: ReadonlyArray<AuditSnapshot>,
): Columns => {
  const desks: Array<number> = []
  const ends: Array<number> = []
  const licenses: Array<number> = []
  const verdicts: Array<number> = []
  for (const given of snapshots) {
    const { snapshot, aside } = sceneOf(prepared, given)
    for (const installation of snapshot.installations ?? []) {
      const place = O.isSome(aside) ? ASIDE : (deskOf(installation.product)?.place ?? NO_DESK)
      const counter = counters[place]
      const isKept = counter === undefined || counter.numbered?.meet !== undefined
      if (counter?.numbered?.meet !== undefined) {
        counter.numbered.meet({ snapshot, installation })
        for (let at = 0; at < met.count; at += 1) {
          licenses.push((met.numbers[at] ?? 0) + counter.offset)
          verdicts.push(met.verdicts[at] ?? 0)
        }
      }
      desks.push(isKept ? place : MUCH - place)
      ends.push(licenses.length)
    }
  }
  return {
    snapshots,
    size: desks.length,
    desks: Int32Array.from(desks),
    ends: Int32Array.from(ends),
    licenses: Int32Array.from(licenses),
    verdicts: Int32Array.from(verdicts),
  }
}

/** The first rule that matches a candidate of a verdict. */
const firstRule = ({ first, at }: Verdicts, verdict: number): number => {
  const rule = first[verdict] ?? UNSEEN
  return rule === UNSEEN ? (at(verdict).rules[0] ?? NO_RULE) : rule
}

/** By desk, what decides where nothing is met: the first rule that asks for nothing, and the license that it finds first. */
const unmet = (
  counters: ReadonlyArray<Counter>,
  verdicts: Verdicts,
): { readonly rules: Int16Array; readonly licenses: Int32Array } => {
  const rules = new Int16Array(counters.length).fill(NO_RULE)
  const licenses = new Int32Array(counters.length).fill(-1)
  counters.forEach(({ numbered, offset }, desk) => {
    if (numbered === undefined) return
    for (let number = numbered.first; number < numbered.first + numbered.size; number += 1) {
      const rule = firstRule(verdicts, numbered.unshown(number))
      if (rule >= (rules[desk] ?? NO_RULE)) continue
      rules[desk] = rule
      licenses[desk] = number + offset
    }
  })
  return { rules, licenses }
}

/** A function that decides columns into rows; `decideRow` decides one that met too much. */
export const columnDecider = <Name extends string>(
  { counters, verdicts }: Counters<Name>,
  decideRow: (row: number, desk: number, rows: Rows) => void,
): ((columns: Columns, rows: Rows) => void) => {
  const { first } = verdicts
  const byDesk = unmet(counters, verdicts)
  return (columns, rows) => {
    const { desks, ends, licenses, verdicts: met, size } = columns
    let meeting = 0
    for (let row = 0; row < size; row += 1) {
      const desk = desks[row] ?? NO_DESK
      const end = ends[row] ?? 0
      if (desk < 0) {
        if (desk <= MUCH) decideRow(row, MUCH - desk, rows)
        else answer(rows, row, desk === ASIDE ? SKIPPED : UNTRACKED, -1, -1)
        continue
      }
      let rule = byDesk.rules[desk] ?? NO_RULE
      let license = byDesk.licenses[desk] ?? -1
      for (; meeting < end; meeting += 1) {
        const verdict = met[meeting] ?? 0
        let own = first[verdict] ?? UNSEEN
        if (own === UNSEEN) own = firstRule(verdicts, verdict)
        const candidate = licenses[meeting] ?? -1
        if (own < rule || (own === rule && own !== NO_RULE && candidate < license)) {
          rule = own
          license = candidate
        }
      }
      if (rule === NO_RULE) answer(rows, row, UNRECONCILED, -1, -1)
      else answer(rows, row, ALLOCATED, rule, license)
    }
  }
}
