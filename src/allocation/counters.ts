/**
 * Desks that answer with numbers: which rule and which license, by their places in two lists. Whether a shelf is read
 * compiled or walked, its numbers are the same.
 */
import { O } from '../prelude.js'
import { open, type Numbered } from '../rule/compiled/Engine.js'
import type { Met } from '../rule/compiled/Search.js'
import type { Verdicts } from '../rule/compiled/Verdicts.js'
import * as Reference from '../rule/Reference.js'
import type { LicenseId } from '../value/Id.js'
import type { Subject } from './criteria.js'
import { liveShelves, officeOf, type Office } from './decide.js'
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

/** Answers for one shelf. */
export interface Counter {
  readonly decide: (subject: Subject, rows: Rows, row: number) => void
  /** Where the shelf is read compiled: its candidates by numbers. */
  readonly numbered: Numbered<Subject> | undefined
  /** What makes the place of a license of a number. */
  readonly offset: number
}

/** The counters of an office. */
export interface Counters<Name extends string> {
  readonly office: Office<Name>
  /** By the places of desks. */
  readonly counters: ReadonlyArray<Counter>
  readonly rules: ReadonlyArray<Name>
  readonly licenses: ReadonlyArray<LicenseId>
  readonly verdicts: Verdicts
  /** Whom the last subject met. */
  readonly met: Met
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
  { reader }: Pick<Choices<Name>, 'reader'>,
): Counters<Name> => {
  const { reading } = prepared
  const shelves = liveShelves(prepared)
  const opened = open(reading)(reader === 'reference' ? new Map<never, never>() : shelves)
  const readers = reader === 'reference' ? Reference.readers(reading)(shelves) : opened.readers
  const { found, numbered, verdicts, met } = opened
  const placeOfRule = new Map(reading.book.map(({ name }, place) => [name, place]))
  const licenses: Array<LicenseId> = []
  const counters = Array.from(readers, ([shelf, { decide }]): Counter => {
    const first = licenses.length
    const own = numbered.get(shelf)
    for (const { id } of shelf.candidates) licenses.push(id)
    if (own === undefined) {
      const places = new Map(shelf.candidates.map((license, position) => [license, first + position]))
      return {
        numbered: undefined,
        offset: 0,
        decide: (subject, rows, row) => {
          const choice = decide(subject)
          if (O.isNone(choice)) answer(rows, row, UNRECONCILED, -1, -1)
          else {
            const { rule, winner } = choice.value
            answer(rows, row, ALLOCATED, placeOfRule.get(rule) ?? -1, places.get(winner) ?? -1)
          }
        },
      }
    }
    const offset = first - own.first
    return {
      numbered: own,
      offset,
      decide: (subject, rows, row) => {
        own.find(subject)
        if (found.winner === -1) answer(rows, row, UNRECONCILED, -1, -1)
        else answer(rows, row, ALLOCATED, found.rule, found.winner + offset)
      },
    }
  })
  return {
    office: officeOf(prepared, readers),
    counters,
    rules: reading.book.map(({ name }) => name),
    licenses,
    verdicts,
    met,
  }
}
