/**
 * Plants a bad record among good ones, at every position and in every quantity, and judges what the decoder says. What
 * holds for every hostile input is judged here once, so that a row of the table is a few lines.
 */
import { isDeepStrictEqual } from 'node:util'
import type { Limits, Rejection } from 'seatwise'
import { describe, expect, test } from 'vitest'
import { COMPUTER, SECRET, entries, type Entry, type Raw, type Seen } from './entries.js'

// -------------------------------------------------------------------------------------
// what holds for every input
// -------------------------------------------------------------------------------------

/** Controls, lines, lone surrogates, and whatever turns the direction of the writing. */
const UNPRINTABLE = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u

/** Every preview, path and hint can be shown, and none of them shows a key. */
export const expectShowable = (rejections: ReadonlyArray<Rejection.Rejection>): void => {
  const shown = rejections.filter(
    ({ preview = '', path, hint }) =>
      preview.length > 64 || UNPRINTABLE.test(preview) || UNPRINTABLE.test(path) || UNPRINTABLE.test(hint),
  )
  expect(shown, 'rejections that cannot be shown').toEqual([])
  expect(JSON.stringify(rejections).includes(SECRET), 'a rejection shows a key').toBe(false)
}

/** Of each collection as many records as were given were accepted, rejected or dropped as duplicates. */
export const expectConserved = ({ tally, ids }: Seen): void => {
  expect(tally.accepted + tally.rejected + tally.duplicates, 'records lost or made up').toBe(tally.given)
  expect(ids.length, 'accepted records that are not there').toBe(tally.accepted)
}

// -------------------------------------------------------------------------------------
// planting
// -------------------------------------------------------------------------------------

/** A fault that must be found: its code, and its path from the bad record on. */
export type Found = readonly [code: Rejection.Rejection['code'], path: string]

/** How a good record becomes a bad one, and what is said of it then. */
export interface Defect {
  /** Called anew for every copy, so that a value which answers differently the second time is new each time. */
  readonly spoil: (record: Raw) => unknown
  readonly found: ReadonlyArray<Found>
  /** Can JSON express the bad record? Then it is parsed, too, from `text` or else from the bad record itself. */
  readonly json?: true | ((record: Raw) => string)
  readonly limits?: Limits.Limits
}

interface Layout {
  readonly name: string
  readonly before: number
  readonly bad: number
  readonly after: number
}

const ONCE: ReadonlyArray<Layout> = [
  { name: 'first', before: 0, bad: 1, after: 4 },
  { name: 'in the middle', before: 2, bad: 1, after: 2 },
  { name: 'last', before: 4, bad: 1, after: 0 },
  { name: 'alone', before: 0, bad: 1, after: 0 },
]

const THOUSAND: Layout = { name: 'a thousand times', before: 1, bad: 1000, after: 1 }

/** Something is done to every place of a layout, by its number. */
const laidOut = <A>({ before, bad, after }: Layout, good: (place: number) => A, spoiled: (place: number) => A) =>
  Array.from({ length: before + bad + after }, (_, place) =>
    place >= before && place < before + bad ? spoiled(place) : good(place),
  )

const idAt = (place: number): string => `r-${place}`

interface Observation {
  readonly layout: Layout
  readonly by: 'decode' | 'parse'
  readonly seen: Seen
  readonly again: Seen
}

/** Decodes the defect in every layout, twice. Nothing is judged yet: a test may have to put the world in order first. */
export const observe = (
  entry: Entry,
  defect: Defect,
  layouts: ReadonlyArray<Layout> = [...ONCE, THOUSAND],
): ReadonlyArray<Observation> =>
  layouts.flatMap((layout) => {
    const decode = () => {
      const good = (place: number): unknown => entry.good(idAt(place))
      const spoiled = (place: number) => defect.spoil(entry.good(idAt(place)))
      return entry.decode(laidOut(layout, good, spoiled), defect.limits)
    }
    const { json } = defect
    const parse = () => {
      const good = (place: number) => JSON.stringify(entry.good(idAt(place)))
      const spoiled = (place: number) => {
        const record = entry.good(idAt(place))
        return typeof json === 'function' ? json(record) : JSON.stringify(defect.spoil(record))
      }
      return entry.parse(`[${laidOut(layout, good, spoiled).join()}]`, defect.limits)
    }
    return [
      { layout, by: 'decode' as const, seen: decode(), again: decode() },
      ...(json === undefined ? [] : [{ layout, by: 'parse' as const, seen: parse(), again: parse() }]),
    ]
  })

const MOST_REPORTED = 1000

/** The rejections that a layout calls for, as far as they are reported in full. */
const expected = (entry: Entry, { before, bad }: Layout, found: Defect['found']): ReadonlyArray<Found> =>
  Array.from({ length: bad }, (_, place) =>
    found.map(([code, path]): Found => [code, `${entry.path(before + place)}${path}`]),
  )
    .flat()
    .slice(0, MOST_REPORTED)

/** Judges what was observed: the bad records are rejected for what they are, and the good ones do not suffer. */
export const judge = (entry: Entry, { found }: Defect, observations: ReadonlyArray<Observation>): void => {
  for (const { layout, by, seen, again } of observations) {
    const where = `${entry.collection}, ${layout.name}, by ${by}`
    const { before, bad, after } = layout
    const reported = seen.rejections.filter(({ code }) => code !== 'too-many')
    const codes = reported.map(({ code, path }) => [code, path])
    const wanted = expected(entry, layout, found)
    if (!isDeepStrictEqual(codes, wanted)) expect(codes, where).toEqual(wanted)
    expect(
      reported.filter(({ collection, severity }) => collection !== entry.collection || severity !== 'error'),
      where,
    ).toEqual([])
    expect(seen.rejections.length - reported.length, `${where}: one summary`).toBe(
      bad * found.length > MOST_REPORTED ? 1 : 0,
    )

    expect(seen.tally, where).toMatchObject({ given: before + bad + after, accepted: before + after, rejected: bad })
    const good = laidOut(layout, idAt, () => '').filter((id) => id !== '')
    expect(seen.ids, `${where}: the good records`).toEqual(good)
    if (entry.collection === 'installations') expect(seen.incomplete, where).toEqual([COMPUTER])

    expectConserved(seen)
    expectShowable(seen.rejections)
    expect(isDeepStrictEqual(seen.whole, again.whole), `${where}: the same answer twice`).toBe(true)
  }
}

/** A bad record is rejected alone, for what it is, wherever it stands and however often. */
export const expectRejected = (entry: Entry, defect: Defect): void => {
  judge(entry, defect, observe(entry, defect))
}

/** The same but for the thousand: where a row has many variants, one of them in quantity is enough. */
export const expectRejectedOnce = (entry: Entry, defect: Defect): void => {
  judge(entry, defect, observe(entry, defect, ONCE))
}

/** Something odd about a record changes nothing: it is accepted as the plain record is. */
export const expectHarmless = (entry: Entry, odd: (record: Raw) => unknown): void => {
  const good = Array.from({ length: 5 }, (_, place) => entry.good(idAt(place)))
  const plain = entry.decode(good)
  expect(plain.rejections).toEqual([])
  for (const position of [0, 2, 4]) {
    const seen = entry.decode(good.map((record, place) => (place === position ? odd(entry.good(idAt(place))) : record)))
    expect(seen.rejections, entry.collection).toEqual([])
    expect(isDeepStrictEqual(seen.whole, plain.whole), `${entry.collection}: accepted as it is without`).toBe(true)
  }
  const all = entry.decode(good.map((_, place) => odd(entry.good(idAt(place)))))
  expect(isDeepStrictEqual(all.whole, plain.whole), `${entry.collection}: all of them odd`).toBe(true)
}

// -------------------------------------------------------------------------------------
// spoiling
// -------------------------------------------------------------------------------------

/** The record with another value at a path of fields. */
export const withField = (record: Raw, path: ReadonlyArray<string>, value: unknown): Raw => {
  const [field = '', ...rest] = path
  return { ...record, [field]: rest.length === 0 ? value : withField((record[field] ?? {}) as Raw, rest, value) }
}

/** The record with a property of any kind at a path of fields. */
export const withProperty = (record: Raw, path: ReadonlyArray<string>, property: PropertyDescriptor): Raw => {
  const [field = '', ...rest] = path
  if (rest.length > 0) return { ...record, [field]: withProperty((record[field] ?? {}) as Raw, rest, property) }
  return Object.defineProperty({ ...record }, field, { enumerable: true, configurable: true, ...property })
}

/** The path of a field as rejections write it, from the record on. */
export const dotted = (path: ReadonlyArray<string>): string => path.map((field) => `.${field}`).join('')

// -------------------------------------------------------------------------------------
// rows
// -------------------------------------------------------------------------------------

/** A row of the table that holds at each of the six ways in. */
export const everywhere = (sentence: string, holds: (entry: Entry) => void): void => {
  describe(sentence, () => {
    test.each(entries)('among $collection', holds)
  })
}
