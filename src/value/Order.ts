/**
 * Records in the order of their ids. An id is compared by a few of its characters first, those behind what all ids have in
 * common, as one number.
 *
 * Law: `byId(records)` is what a stable sort by `Text.compare` of the ids gives; the list itself where it is in order.
 */
import * as Text from './Text.js'

interface Identified {
  readonly id: string
}

/** How far the texts begin alike. */
const commonLength = (records: ReadonlyArray<Identified>): number => {
  const first = records[0]?.id ?? ''
  let length = first.length
  for (const { id } of records) {
    let at = 0
    while (at < length && id.charCodeAt(at) === first.charCodeAt(at)) at += 1
    length = at
  }
  return length
}

/** One more than a code unit, or 0 behind the end, so that a beginning comes before what it is the beginning of. */
const unitAt = (text: string, position: number): number => (position < text.length ? text.charCodeAt(position) + 1 : 0)

const BITS = 8
const MOST = (1 << BITS) - 1
const TOO_FAR = -1

/** Three code units in one number, or {@link TOO_FAR} where they are not of those that have so few bits. */
const unitsAt = (text: string, position: number): number => {
  const a = unitAt(text, position)
  const b = unitAt(text, position + 1)
  const c = unitAt(text, position + 2)
  return (a | b | c) > MOST ? TOO_FAR : (a << (2 * BITS)) | (b << BITS) | c
}

const compareIds = (a: Identified, b: Identified): number => Text.compare(a.id, b.id)

const bySort = <A extends Identified>(records: ReadonlyArray<A>): ReadonlyArray<A> => {
  const isSorted = records.every(
    (record, place) => place === 0 || compareIds(records[place - 1] ?? record, record) <= 0,
  )
  return isSorted ? records : [...records].sort(compareIds)
}

// -------------------------------------------------------------------------------------
// short lists
// -------------------------------------------------------------------------------------

/** The units of a record and its place among the records share a number that stays small: so many records, and no more. */
const PLACE_BITS = 6
const FEW = 1 << PLACE_BITS
const PLACE = FEW - 1

const byInsertion = <A extends Identified>(records: ReadonlyArray<A>): ReadonlyArray<A> => {
  const common = commonLength(records)
  const order: Array<number> = []
  let isSorted = true
  for (const record of records) {
    const given = order.length
    const units = unitsAt(record.id, common)
    if (units === TOO_FAR) return bySort(records)
    let place = given
    for (; place > 0; place -= 1) {
      const before = order[place - 1] ?? 0
      const unitsBefore = before >> PLACE_BITS
      if (unitsBefore < units) break
      if (unitsBefore === units && compareIds(records[before & PLACE] ?? record, record) <= 0) break
      isSorted = false
      order[place] = before
    }
    order[place] = (units << PLACE_BITS) | given
  }
  if (isSorted) return records
  const sorted: Array<A> = []
  for (const each of order) {
    const record = records[each & PLACE]
    if (record !== undefined) sorted.push(record)
  }
  return sorted
}

// -------------------------------------------------------------------------------------
// long lists
// -------------------------------------------------------------------------------------

/** So many places have room in an exact number beside four units. */
const ROOM = 2 ** 21

/** Sorts a list in place from a place on. */
const settle = (list: Array<Identified>, from: number): void => {
  if (list.length - from < 2) return
  let place = from
  for (const record of bySort(list.slice(from))) {
    // eslint-disable-next-line no-param-reassign -- the caller's own list
    list[place] = record
    place += 1
  }
}

/** Sorts the numbers of records, in which units come before places, and then those whose units are alike. */
const byNumbers = <A extends Identified>(records: ReadonlyArray<A>): ReadonlyArray<A> => {
  const common = commonLength(records)
  const numbers = new Float64Array(records.length)
  let place = 0
  let last = -1
  let isAscending = true
  for (const { id } of records) {
    const three = unitsAt(id, common)
    const fourth = unitAt(id, common + 3)
    if (three === TOO_FAR || fourth > MOST) return bySort(records)
    const units = three * (MOST + 1) + fourth
    numbers[place] = units * ROOM + place
    place += 1
    isAscending &&= units > last
    last = units
  }
  if (isAscending) return records
  numbers.sort()
  const sorted: Array<A> = []
  let from = 0
  last = -1
  for (const number of numbers) {
    const units = Math.floor(number / ROOM)
    if (units !== last) {
      settle(sorted, from)
      from = sorted.length
      last = units
    }
    const record = records[number - units * ROOM]
    if (record !== undefined) sorted.push(record)
  }
  settle(sorted, from)
  return sorted.every((record, position) => record === records[position]) ? records : sorted
}

// -------------------------------------------------------------------------------------
// any list
// -------------------------------------------------------------------------------------

/** Records in the order of their ids; those of one id in the order given. */
export const byId = <A extends Identified>(records: ReadonlyArray<A>): ReadonlyArray<A> =>
  records.length <= FEW ? byInsertion(records) : records.length < ROOM ? byNumbers(records) : bySort(records)
