/**
 * Desks that answer with numbers: which rule and which license, by their places in two lists. Whether a shelf is read
 * compiled or walked, its numbers are the same.
 */
import { O } from '../prelude.js'
import type { SoftwareLicense } from '../record/SoftwareLicense.js'
import { findFor } from '../rule/compiled/Engine.js'
import type { LicenseId } from '../value/Id.js'
import { desksOf, WALKED, type Desks } from './desks.js'
import type { Choices } from './options.js'
import type { Prepared } from './prepare.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** The rows that answers are written into. */
export interface Rows {
  readonly outcomes: Uint8Array
  readonly rules: Int16Array
  readonly licenses: Int32Array
}

/**
 * The outcomes of a batch, by their codes.
 *
 * @since 0.1.0
 */
export const outcomes = ['allocated', 'unreconciled', 'untracked', 'skipped'] as const

const codeOf = (outcome: (typeof outcomes)[number]): number => outcomes.indexOf(outcome)

export const ALLOCATED = codeOf('allocated')
export const UNRECONCILED = codeOf('unreconciled')
export const UNTRACKED = codeOf('untracked')
export const SKIPPED = codeOf('skipped')

/** The counters of a catalog. */
export interface Counters<Name extends string> {
  readonly desks: Desks<Name>
  readonly rules: ReadonlyArray<Name>
  readonly licenses: ReadonlyArray<LicenseId>
  /** Decides the installation at a position of the line at a desk, into a row. */
  readonly decide: (desk: number, position: number, rows: Rows, row: number) => void
}

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

/** Writes the answer of a row. */
export const answer = (rows: Rows, row: number, outcome: number, rule: number, license: number): void => {
  const { outcomes, rules, licenses } = rows
  outcomes[row] = outcome
  rules[row] = rule
  licenses[row] = license
}

/** Opens the counters of a catalog. */
export const countersOf = <Name extends string>(
  prepared: Prepared<Name>,
  choices: Pick<Choices<Name>, 'reader'>,
): Counters<Name> => {
  const { book } = prepared.reading
  const desks = desksOf(prepared, choices)
  const { engine, shelves, all } = desks
  const walked = all.filter(({ place }) => shelves[place] === WALKED)
  // INVARIANT: the licenses that the engine knows come first, in its numbers.
  const licenses = [...engine.candidates, ...walked.flatMap(({ shelf }) => shelf.candidates)]

  const placeOfRule = new Map(book.map(({ name }, place) => [name, place]))
  // Asked first when somebody walks.
  let numbers: ReadonlyMap<SoftwareLicense, number> | undefined
  const walk = (desk: number, position: number, rows: Rows, row: number): void => {
    const subject = engine.line.subjects[position]
    const choice = subject === undefined ? O.none : (all[desk]?.reader.decide(subject) ?? O.none)
    if (O.isNone(choice)) answer(rows, row, UNRECONCILED, -1, -1)
    else {
      const { rule, winner } = choice.value
      numbers ??= new Map(licenses.map((license, number) => [license, number]))
      answer(rows, row, ALLOCATED, placeOfRule.get(rule) ?? -1, numbers.get(winner) ?? -1)
    }
  }
  return {
    desks,
    rules: book.map(({ name }) => name),
    licenses: licenses.map(({ id }) => id),
    decide: (desk, position, rows, row) => {
      const shelf = shelves[desk] ?? WALKED
      if (shelf === WALKED) walk(desk, position, rows, row)
      else {
        findFor(engine, shelf, position)
        const { winner, rule } = engine.found
        if (winner === -1) answer(rows, row, UNRECONCILED, -1, -1)
        else answer(rows, row, ALLOCATED, rule, winner)
      }
    },
  }
}
