/**
 * Rejections as they come up while a collection is read, and the tallies. A report lives as long as one call of a decoder.
 */
import * as Text from '../value/Text.js'
import type { Decoded, Tally } from './Decoded.js'
import { saneLimits, type Limits } from './Limits.js'
import type { Origin } from './RawCopy.js'
import { showPath, type Rejection, type Step } from './Rejection.js'
import type { Fault } from './Shape.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** The tally of a collection while it is read, with what was reported of it and what was not. */
export type OpenTally = { -readonly [K in keyof Tally]: Tally[K] } & {
  reported: number
  unreported: number
  unreportedErrors: number
}

export interface Report {
  readonly limits: Limits
  /** Where the input comes from. */
  readonly origin: Origin
  readonly rejections: Array<Rejection>
  readonly tallies: Map<string, OpenTally>
}

// -------------------------------------------------------------------------------------
// opening and closing
// -------------------------------------------------------------------------------------

export const openReport = (limits: Limits, origin: Origin = 'unknown'): Report => ({
  limits: saneLimits(limits),
  origin,
  rejections: [],
  tallies: new Map(),
})

const summary = ({ collection, unreported, unreportedErrors }: OpenTally): ReadonlyArray<Rejection> =>
  unreported === 0
    ? []
    : [
        {
          code: 'too-many',
          severity: unreportedErrors === 0 ? 'warning' : 'error',
          path: collection,
          collection,
          hint: `${String(unreported)} further rejections are counted and not shown; mend those above first`,
        },
      ]

/** What was decoded, with everything that was reported on the way. */
export const closeReport = <A>({ rejections, tallies }: Report, right: A): Decoded<A> => {
  const all = [...tallies.values()]
  return {
    left: rejections.concat(all.flatMap(summary)),
    right,
    tallies: all.map(({ collection, given, accepted, rejected, duplicates }) => ({
      collection,
      given,
      accepted,
      rejected,
      duplicates,
    })),
  }
}

export const tallyOf = (report: Report, collection: string): OpenTally => {
  const known = report.tallies.get(collection)
  if (known !== undefined) return known
  const tally = {
    collection,
    given: 0,
    accepted: 0,
    rejected: 0,
    duplicates: 0,
    reported: 0,
    unreported: 0,
    unreportedErrors: 0,
  }
  report.tallies.set(collection, tally)
  return tally
}

/** Counts records that are all good. */
export const acceptAll = (report: Report, collection: string, count: number): void => {
  const tally = tallyOf(report, collection)
  tally.given += count
  tally.accepted += count
}

// -------------------------------------------------------------------------------------
// rejections
// -------------------------------------------------------------------------------------

export const reject = (report: Report, rejection: Rejection): void => {
  const tally = tallyOf(report, rejection.collection)
  if (tally.reported < report.limits.rejections) {
    report.rejections.push(rejection)
    tally.reported += 1
  } else {
    tally.unreported += 1
    if (rejection.severity === 'error') tally.unreportedErrors += 1
  }
}

/** Where a record stands. */
export interface Place {
  readonly collection: string
  readonly path: ReadonlyArray<Step>
  readonly index?: number
  readonly id?: string
}

/** What was found, as it may be shown. A secret may have been written as a number, too. */
const showFound = ({ value, secret }: Fault): string | undefined => {
  const show = secret ? Text.mask : Text.preview
  switch (typeof value) {
    case 'undefined':
      return undefined
    case 'string':
      return show(value)
    case 'number':
    case 'bigint':
    case 'boolean':
      return show(String(value))
    case 'object':
      return value === null ? 'null' : Array.isArray(value) ? 'a list' : 'an object'
    case 'function':
    case 'symbol':
      return `a ${typeof value}`
  }
}

/** The rejection of a fault of the record at a place. */
export const rejectionOf = (place: Place, fault: Fault): Rejection => {
  const preview = showFound(fault)
  return {
    code: fault.code,
    severity: 'error',
    path: showPath([...place.path, ...fault.path]),
    collection: place.collection,
    ...(place.index === undefined ? {} : { index: place.index }),
    ...(place.id === undefined ? {} : { id: place.id }),
    ...(preview === undefined ? {} : { preview }),
    hint: fault.hint,
  }
}

/** What is wrong with an argument as a whole, or with an option: no record, so that it has no place among others. */
export const refusalOf = (collection: string, code: Rejection['code'], path: string, hint: string): Rejection => ({
  code,
  severity: 'error',
  path,
  collection,
  hint,
})

/** The one rejection of an input that is no JSON text, or whose top is not what it should be. */
export const rejectInput = (report: Report, collection: string, code: Rejection['code'], hint: string): void => {
  reject(report, refusalOf(collection, code, '', hint))
}
