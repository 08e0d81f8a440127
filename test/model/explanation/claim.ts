// What the checkers of explanations are made of: a claim is held against what is so, and what differs is a complaint.
import type { Allocation } from 'seatwise'
import type { WireLicense } from '../allocation.js'
import type { Records, Subject } from './records.js'
import type { Taken } from './turns.js'

export type Explanation = Allocation.Explanation

/** What an explanation says and what is so. */
export type Complaint = { readonly about: string; readonly told: unknown; readonly so: unknown }

export type Complaints = ReadonlyArray<Complaint>

/** JSON with the fields in one order: what is absent is not there. */
const written = (value: unknown): string =>
  JSON.stringify(value, (_, held: unknown) =>
    typeof held === 'object' && held !== null && !Array.isArray(held)
      ? Object.fromEntries(Object.entries(held).sort(([one], [other]) => Number(one > other) - Number(one < other)))
      : held,
  )

export const holds = (about: string, told: unknown, so: unknown): Complaints =>
  written(told ?? null) === written(so ?? null) ? [] : [{ about, told, so }]

/** An explanation with what it is about, as the records have it. */
export type Case = {
  readonly records: Records
  readonly explanation: Explanation
  readonly subject: Subject
  readonly taken: ReadonlyArray<Taken>
  /** The candidates and the others of the tracked software, in name order (ALLOC-2, 4, 7, 79). */
  readonly candidates: ReadonlyArray<WireLicense>
  readonly others: ReadonlyArray<readonly [WireLicense, { readonly reason: string; readonly clause: string }]>
}
