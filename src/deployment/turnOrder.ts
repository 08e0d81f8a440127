/**
 * The order in which devices take their turn: by registration, then by id (ALD-109). A hundred thousand devices are put in
 * order as numbers, in which a key and a place stand together, so that none of them is looked up while others are compared.
 *
 * Law: `turnsOf(devices)` are the places of `devices` sorted by `compareDevices`; equals stay in the order of the places.
 */
import type { Device } from '../record/Device.js'
import * as Text from '../value/Text.js'

/** Devices take their turn by registration, then by id (ALD-109). */
export const compareDevices = (a: Device, b: Device): number => a.registered - b.registered || Text.compare(a.id, b.id)

/** Below this, comparing is as fast. */
const FEW = 24

/** Whole numbers below this are exact, and so are their quotients by a power of two. */
const EXACT = 2 ** 53

/** The smallest power of two that is not below a number. */
const roomFor = (count: number): number => 2 ** Math.ceil(Math.log2(Math.max(1, count)))

// -------------------------------------------------------------------------------------
// numbers
// -------------------------------------------------------------------------------------

/** The numbers from 0 on. */
const upTo = (count: number): Float64Array => {
  const numbers = new Float64Array(count)
  for (let number = 0; number < count; number += 1) numbers[number] = number
  return numbers
}

/** Places in an order, with the number of the one that stands as the n-th. */
interface Ordered {
  readonly places: Float64Array
  readonly numbers: Float64Array
}

/**
 * The places of numbers that are whole, not negative and each below `bound`, in the order of these; none, where they are too
 * large to be packed.
 */
const byNumber = (given: Float64Array, bound: number): Ordered | undefined => {
  const room = roomFor(given.length)
  if (!(bound * room <= EXACT)) return undefined
  const packed = new Float64Array(given.length)
  for (let place = 0; place < packed.length; place += 1) packed[place] = (given[place] ?? 0) * room + place
  packed.sort()
  const [places, numbers] = [new Float64Array(packed.length), new Float64Array(packed.length)]
  for (let position = 0; position < packed.length; position += 1) {
    const each = packed[position] ?? 0
    const number = Math.floor(each / room)
    numbers[position] = number
    places[position] = each - number * room
  }
  return { places, numbers }
}

/** Goes through the runs of equal numbers that are longer than one. */
const eachRun = (numbers: Float64Array, run: (from: number, to: number) => void): void => {
  for (let from = 0; from < numbers.length;) {
    let to = from + 1
    while (to < numbers.length && numbers[to] === numbers[from]) to += 1
    if (to - from > 1) run(from, to)
    from = to
  }
}

// -------------------------------------------------------------------------------------
// texts
// -------------------------------------------------------------------------------------

/** So many units of a text are looked at behind what all texts begin with, and only units below this are counted. */
const [LOOKED_AT, UNITS] = [16, 128] as const

/** How many units all texts begin with. */
const commonLength = (texts: ReadonlyArray<string>): number => {
  const first = texts[0] ?? ''
  let length = first.length
  for (const text of texts) {
    let same = 0
    while (same < length && text.charCodeAt(same) === first.charCodeAt(same)) same += 1
    length = same
  }
  return length
}

/** The rank of each unit that stands in the texts, from 1, with how many ranks there are; none, where one is not counted. */
const alphabetOf = (texts: ReadonlyArray<string>, from: number): readonly [Uint8Array, number] | undefined => {
  const ranks = new Uint8Array(UNITS)
  for (const text of texts)
    for (let at = from; at < text.length && at < from + LOOKED_AT; at += 1) {
      const unit = text.charCodeAt(at)
      if (unit >= UNITS) return undefined
      ranks[unit] = 1
    }
  let count = 1
  for (const [unit, isUsed] of ranks.entries()) if (isUsed === 1) ranks[unit] = count++
  return [ranks, count]
}

/** The places of texts in the order of these. */
const byText = (texts: ReadonlyArray<string>): Float64Array => {
  const from = commonLength(texts)
  const alphabet = texts.length < FEW ? undefined : alphabetOf(texts, from)
  const textAt = (place: number): string => texts[place] ?? ''
  const compare = (a: number, b: number): number => Text.compare(textAt(a), textAt(b)) || a - b
  if (alphabet === undefined) return upTo(texts.length).sort(compare)
  const [ranks, count] = alphabet
  // INVARIANT: a text that has ended ranks before all that go on, so numbers ascend as texts do.
  const most = EXACT / roomFor(texts.length)
  let [units, bound] = [0, 1]
  while (units < LOOKED_AT && bound * count <= most) [units, bound] = [units + 1, bound * count]
  const given = new Float64Array(texts.length)
  for (let place = 0; place < texts.length; place += 1) {
    const text = textAt(place)
    let number = 0
    for (let at = from; at < from + units; at += 1)
      number = number * count + (at < text.length ? (ranks[text.charCodeAt(at)] ?? 0) : 0)
    given[place] = number
  }
  const ordered = byNumber(given, bound)
  if (ordered === undefined) return upTo(texts.length).sort(compare)
  const { places, numbers } = ordered
  eachRun(numbers, (first, end) => places.subarray(first, end).sort(compare))
  return places
}

// -------------------------------------------------------------------------------------
// devices
// -------------------------------------------------------------------------------------

/** The places of devices in the order in which they take their turn. */
export const turnsOf = (devices: ReadonlyArray<Device>): Float64Array => {
  const given = new Float64Array(devices.length)
  let [first, last, areWhole] = [Infinity, -Infinity, true]
  let place = 0
  for (const { registered } of devices) {
    if (registered < first) first = registered
    if (registered > last) last = registered
    areWhole &&= Number.isSafeInteger(registered)
    given[place++] = registered
  }
  for (place = 0; place < given.length; place += 1) given[place] = (given[place] ?? 0) - first
  const ordered = areWhole ? byNumber(given, last - first + 1) : undefined
  if (ordered === undefined)
    return Float64Array.from(
      [...devices.entries()].sort(([, a], [, b]) => compareDevices(a, b)),
      ([each]) => each,
    )
  const { places, numbers } = ordered
  eachRun(numbers, (from, to) => {
    const ids: Array<string> = []
    for (let position = from; position < to; position += 1) ids.push(devices[places[position] ?? 0]?.id ?? '')
    const before = places.slice(from, to)
    for (const [position, each] of byText(ids).entries()) places[from + position] = before[each] ?? 0
  })
  return places
}
