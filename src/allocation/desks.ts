/**
 * Desks: where the installations of a product are decided by the rules. Each has the shelf of a tracked software and somebody
 * who reads it; what the rules give at a desk, a *grant*, is made once where it depends on nothing but the license.
 *
 * @since 0.1.0
 */
import { O } from '../prelude.js'
import type { Restriction, Warning } from '../record/Decision.js'
import type { SoftwareLicense } from '../record/SoftwareLicense.js'
import { find, open, type Engine } from '../rule/compiled/Engine.js'
import type { Choice, Reader } from '../rule/Reader.js'
import * as Reference from '../rule/Reference.js'
import type { LicenseId, ProductId } from '../value/Id.js'
import * as TextIndex from '../value/TextIndex.js'
import type { Subject } from './criteria.js'
import type { Choices } from './options.js'
import { byProduct, isLive, type Prepared, type Shelf } from './prepare.js'
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

/** What the rules give: a license, by which rule, who else matched at it, and what the license violates (ALLOC-82). */
export interface Grant<Name extends string> {
  readonly license: LicenseId
  readonly rule: Name
  readonly tied: ReadonlyArray<LicenseId>
  readonly violations: ReadonlyArray<Restriction>
  /** The warnings that hold whatever the snapshot is (ALLOC-83). */
  readonly warnings: ReadonlyArray<Warning>
}

/** The desks of a catalog. */
export interface Desks<Name extends string> {
  /** By their places. */
  readonly all: ReadonlyArray<Desk<Name>>
  /** The place of the desk of a product, or {@link NO_DESK}. */
  readonly placeOf: (product: ProductId) => number
  /** What the rules give at a desk; nothing where no rule matches. */
  readonly grant: (desk: number, subject: Subject) => Grant<Name> | undefined
  readonly grantOf: (shelf: Shelf, choice: Choice<SoftwareLicense, Name>) => Grant<Name>
  readonly engine: Engine<Subject, SoftwareLicense, Name>
  /** By the places of desks: the place of the shelf in the engine, or {@link WALKED}. */
  readonly shelves: Int32Array
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

  const grantOf = (
    { ambiguous, severalMains }: Shelf,
    { winner, rule, tied, violates }: Choice<SoftwareLicense, Name>,
  ): Grant<Name> => ({
    license: winner.id,
    rule,
    tied: tied.length === 0 ? NOBODY : tied.map(({ id }) => id),
    // INVARIANT: the restricting criteria are named as the restrictions are.
    violations: violates as ReadonlyArray<Restriction>,
    warnings: together(ambiguous, severalMains && reachesMain.has(rule) ? SEVERAL_MAINS : NO_WARNINGS),
  })

  // By the numbers of candidates: what was given, and the verdict on which it was. Where nobody is tied that is all it depends on.
  const grants: Array<Grant<Name> | undefined> = engine.candidates.map(() => undefined)
  const verdicts = new Int32Array(engine.candidates.length).fill(-1)
  const { found } = engine
  const grant = (desk: number, subject: Subject): Grant<Name> | undefined => {
    const shelf = shelves[desk] ?? WALKED
    if (shelf !== WALKED) {
      find(engine, shelf, subject, 0)
      const { winner, verdict, ties } = found
      if (winner === -1) return undefined
      if (ties === 0 && verdicts[winner] === verdict) return grants[winner]
    }
    return grantAnew(desk, subject)
  }
  const grantAnew = (place: number, subject: Subject): Grant<Name> | undefined => {
    const desk = all[place]
    const choice = desk?.reader.decide(subject)
    if (desk === undefined || choice === undefined || O.isNone(choice)) return undefined
    const made = Object.freeze(grantOf(desk.shelf, choice.value))
    if (shelves[place] !== WALKED && made.tied.length === 0) {
      grants[found.winner] = made
      verdicts[found.winner] = found.verdict
    }
    return made
  }

  return {
    all,
    placeOf: (product) => TextIndex.numberOf(ofProducts, product),
    grant,
    grantOf,
    engine,
    shelves,
  }
}
