/**
 * Desks: where the installations of a product are decided by the rules. Each has the shelf of a tracked software and somebody
 * who reads it. What the rules give at a desk is a *grant*.
 *
 * @since 0.1.0
 */
import { O } from '../prelude.js'
import type { AuditSnapshot, Installation } from '../record/AuditSnapshot.js'
import type { Decision, Restriction, Warning } from '../record/Decision.js'
import type { SoftwareLicense } from '../record/SoftwareLicense.js'
import { findFor, open, tiedOf, type Engine } from '../rule/compiled/Engine.js'
import { lineUp } from '../rule/compiled/Line.js'
import type { Choice, Reader } from '../rule/Reader.js'
import * as Reference from '../rule/Reference.js'
import type { ProductId } from '../value/Id.js'
import * as TextIndex from '../value/TextIndex.js'
import type { Subject } from './criteria.js'
import type { Choices } from './options.js'
import { byProduct, isLive, type Prepared, type Shelf } from './prepare.js'
import { everyShape, type Grant } from './decisions.js'
import { groups } from './rules.js'
import { NO_WARNINGS, SEVERAL_MAINS, together } from './warnings.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** The shelf of a tracked software, and who reads it. */
export interface Desk<Name extends string> {
  /** Its place among the desks, of which there is one for each shelf. */
  readonly place: number
  readonly shelf: Shelf
  readonly reader: Reader<Subject, SoftwareLicense, Name>
  /** The warnings of whatever no rule matches, whatever the snapshot is (ALLOC-83). */
  readonly warnings: ReadonlyArray<Warning>
}

/** The desks of a catalog. */
export interface Desks<Name extends string> {
  /** By their places. */
  readonly all: ReadonlyArray<Desk<Name>>
  /** The place of the desk of a product, or {@link NO_DESK}. */
  readonly placeOf: (product: ProductId) => number
  /**
   * Finds the desks of installations of a snapshot: the place of each, or {@link NO_DESK}, by its position. Those who have
   * one are in line, in their order, until others are admitted.
   */
  readonly admit: (snapshot: AuditSnapshot, installations: ReadonlyArray<Installation>) => Int32Array
  /** Lines up installations whose desks are known. */
  readonly lineUp: (subjects: ReadonlyArray<Subject>) => void
  /** What the rules give at a desk to the installation at a position of the line; nothing where no rule matches. */
  readonly grant: (desk: number, position: number) => Grant<Name> | undefined
  readonly grantOf: (shelf: Shelf, choice: Choice<SoftwareLicense, Name>) => Grant<Name>
  readonly engine: Engine<Subject, SoftwareLicense, Name>
  /** By the places of desks: the place of the shelf in the engine, or {@link WALKED}. */
  readonly shelves: Int32Array
  readonly shapes: ReadonlyArray<Decision<Name>>
}

/** What is said of a product that is in no tracked software that is not retired (ALLOC-3). */
export const NO_DESK = TextIndex.NOBODY

/** A shelf that the engine does not know: its rules are walked. */
export const WALKED = -1

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

const NOBODY: ReadonlyArray<never> = Object.freeze([])

/** Opens the desks of a catalog, to be read compiled or by the reference reader. */
export const desksOf = <Name extends string>(
  prepared: Prepared<Name>,
  { reader }: Pick<Choices<Name>, 'reader'>,
): Desks<Name> => {
  const { reading, shelves: given } = prepared
  const { book } = reading
  const live = new Map(given.filter(isLive).map((shelf) => [shelf, shelf.candidates]))
  const firstMain = book.findIndex(({ group }) => group === groups.main)
  const asksMain = firstMain !== -1
  const reachesMain = new Set(asksMain ? book.slice(firstMain).map(({ name }) => name) : [])

  const isWalked = reader === 'reference'
  const { engine, places, readers } = open(reading)(isWalked ? new Map<never, never>() : live)
  const all = Array.from(isWalked ? Reference.readers(reading)(live) : readers, ([shelf, own], place): Desk<Name> => ({
    place,
    shelf,
    reader: own,
    warnings: together(shelf.ambiguous, shelf.severalMains && asksMain ? SEVERAL_MAINS : NO_WARNINGS),
  }))
  const shelves = Int32Array.from(all, ({ shelf }) => places.get(shelf) ?? WALKED)
  const placeOfShelf = new Map(all.map(({ place, shelf }) => [shelf, place]))
  const ofProducts = TextIndex.exact(
    new Map(Array.from(byProduct(given), ([product, shelf]) => [product, placeOfShelf.get(shelf) ?? NO_DESK] as const)),
  )

  const warningsAt = (shelf: Shelf | undefined, rule: Name): ReadonlyArray<Warning> =>
    shelf === undefined
      ? NO_WARNINGS
      : together(shelf.ambiguous, shelf.severalMains && reachesMain.has(rule) ? SEVERAL_MAINS : NO_WARNINGS)
  const grantOf = (shelf: Shelf, { winner, rule, tied, violates }: Choice<SoftwareLicense, Name>): Grant<Name> => ({
    license: winner.id,
    rule,
    tied: tied.length === 0 ? NOBODY : tied.map(({ id }) => id),
    // INVARIANT: the restricting criteria are named as the restrictions are.
    violations: violates as ReadonlyArray<Restriction>,
    warnings: warningsAt(shelf, rule),
  })

  // By the numbers of candidates, of rules, of verdicts and of desks: plain lists, of which the long ones are seldom asked.
  const ids = engine.candidates.map(({ id }) => id)
  const names = book.map(({ name }) => name)
  const violations: Array<ReadonlyArray<Restriction>> = []
  const isWarned = Uint8Array.from(all, ({ warnings }) => (warnings.length === 0 ? 0 : 1))
  const { found, verdicts } = engine
  const violationsAt = (verdict: number): ReadonlyArray<Restriction> =>
    (violations[verdict] ??= verdicts.at(verdict).violates as ReadonlyArray<Restriction>)

  const { line } = engine
  let admitted = new Int32Array(0)
  const admit = (snapshot: AuditSnapshot, installations: ReadonlyArray<Installation>): Int32Array => {
    const { length } = installations
    if (admitted.length < length) admitted = new Int32Array(2 * length)
    const subjects: Array<Subject> = []
    let position = 0
    for (const installation of installations) {
      const place = TextIndex.numberOf(ofProducts, installation.product)
      admitted[position] = place
      position += 1
      if (place !== NO_DESK) subjects.push({ snapshot, installation })
    }
    lineUp(line, subjects)
    return admitted
  }

  const walk = (place: number, position: number): Grant<Name> | undefined => {
    const [desk, subject] = [all[place], line.subjects[position]]
    const choice = subject === undefined ? O.none : (desk?.reader.decide(subject) ?? O.none)
    return desk === undefined || O.isNone(choice) ? undefined : grantOf(desk.shelf, choice.value)
  }
  const grant = (desk: number, position: number): Grant<Name> | undefined => {
    const shelf = shelves[desk] ?? WALKED
    if (shelf === WALKED) return walk(desk, position)
    findFor(engine, shelf, position)
    // A list is not asked for what is not in it: that takes as long as all the rest.
    if (found.winner === -1) return undefined
    const license = ids[found.winner]
    const rule = names[found.rule]
    if (license === undefined || rule === undefined) return undefined
    return {
      license,
      rule,
      tied: found.ties === 0 ? NOBODY : tiedOf(ids, found),
      violations: violationsAt(found.verdict),
      warnings: isWarned[desk] === 0 ? NO_WARNINGS : warningsAt(all[desk]?.shelf, rule),
    }
  }

  return {
    all,
    placeOf: (product) => TextIndex.numberOf(ofProducts, product),
    admit,
    lineUp: (subjects) => {
      lineUp(line, subjects)
    },
    grant,
    grantOf,
    engine,
    shelves,
    shapes: everyShape(),
  }
}
