/**
 * Snapshots in columns: for each installation the licenses that it meets in anything, with what is shown of what they ask
 * for. No rule is in them, so that deciding them is to find the first rule among a few verdicts.
 */
import { O } from '../prelude.js'
import type { AuditSnapshot } from '../record/AuditSnapshot.js'
import { meetFor, winsUnmet } from '../rule/compiled/Engine.js'
import { ruleOf } from '../rule/compiled/Found.js'
import { NO_RULE } from '../rule/compiled/Verdicts.js'
import { ALLOCATED, SKIPPED, UNRECONCILED, UNTRACKED, type Rows } from './counters.js'
import { sceneOf } from './decide.js'
import { NO_DESK, WALKED, type Desks } from './desks.js'
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

const ASIDE = -2

/** A row that meets too much to be kept is decided from the snapshot. */
const MUCH = -3

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

/** Puts snapshots into columns. */
export const columnsOf = <Name extends string>(
  prepared: Prepared<Name>,
  { admit, shelves, engine }: Desks<Name>,
  snapshots: ReadonlyArray<AuditSnapshot>,
): Columns => {
  const desks: Array<number> = []
  const ends: Array<number> = []
  const licenses: Array<number> = []
  const verdicts: Array<number> = []
  const { met } = engine
  for (const snapshot of snapshots) {
    const { aside } = sceneOf(prepared, snapshot)
    const { installations = [] } = snapshot
    const places = O.isSome(aside) ? undefined : admit(snapshot, installations)
    let position = 0
    for (let each = 0; each < installations.length; each += 1) {
      const desk = places === undefined ? ASIDE : (places[each] ?? NO_DESK)
      const shelf = desk < 0 ? WALKED : (shelves[desk] ?? WALKED)
      const isMet = shelf !== WALKED && meetFor(engine, shelf, position)
      if (isMet)
        for (let at = 0; at < met.count; at += 1) {
          licenses.push(met.numbers[at] ?? 0)
          verdicts.push(met.verdicts[at] ?? 0)
        }
      if (desk >= 0) position += 1
      desks.push(desk < 0 || isMet ? desk : MUCH - desk)
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

/** Decides a row of a desk from the snapshot. */
type DecideRow = (row: number, desk: number) => void

/** Opens the columns of desks: decides them into rows; a row that met too much is decided by `decideRow`. */
export const columnDecider = <Name extends string>({
  shelves,
  engine,
}: Desks<Name>): ((columns: Columns, rows: Rows, decideRow: DecideRow) => void) => {
  // Who wins at each desk where nothing is met.
  const unmetRules = Int16Array.from(shelves, (shelf) => winsUnmet(engine, shelf).rule)
  const unmetLicenses = Int32Array.from(shelves, (shelf) => winsUnmet(engine, shelf).winner)
  const { verdicts } = engine
  return ({ desks, ends, licenses: metLicenses, verdicts: met, size }, rows, decideRow) => {
    const { outcomes, rules, licenses } = rows
    // What most rows have is written at once.
    rules.fill(-1)
    licenses.fill(-1)
    let meeting = 0
    for (let row = 0; row < size; row += 1) {
      const desk = desks[row] ?? NO_DESK
      if (desk >= 0) {
        const end = ends[row] ?? 0
        let rule = unmetRules[desk] ?? NO_RULE
        let license = unmetLicenses[desk] ?? -1
        for (; meeting < end; meeting += 1) {
          const own = ruleOf(verdicts, met[meeting] ?? 0, 0)
          const candidate = metLicenses[meeting] ?? -1
          if (own < rule || (own === rule && candidate < license)) {
            rule = own
            license = candidate
          }
        }
        if (rule === NO_RULE) outcomes[row] = UNRECONCILED
        else {
          outcomes[row] = ALLOCATED
          rules[row] = rule
          licenses[row] = license
        }
      } else if (desk <= MUCH) decideRow(row, MUCH - desk)
      else outcomes[row] = desk === ASIDE ? SKIPPED : UNTRACKED
    }
  }
}
