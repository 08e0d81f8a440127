/**
 * An index of texts by their forms: which of the known texts is this one?
 *
 * Law: `numberOf(index(mode, known), text)` is what `known` has for `form(mode)(text)`, or -1.
 *
 * Bringing a text into its form and hashing it as a whole costs more than all else that is done with it. So a few of its
 * characters say where to look, and a text that is written as it is known is recognized by comparing it. Only texts of
 * ordinary characters without white space around them are done with so soon: of all others the form is taken.
 */
import * as Text from './Text.js'

/** A text as somebody wrote it, by its form, with its number. */
export type Known = ReadonlyMap<string, { readonly text: string; readonly number: number }>

// -------------------------------------------------------------------------------------
// where to look
// -------------------------------------------------------------------------------------

/** How many characters say where to look, where few tell the texts apart and where they do not; how far from an end they are. */
const FEW = 4
const MANY = 8
const REACH = 12

/** So many texts are looked at to find where they differ, one every so often: a stride of chance, since texts may be counted. */
const SAMPLE = 2_048
const STRIDE = 0x9e3779b1

/** The lower case of a letter of ASCII. Other characters may fall together, which is harmless here. */
const LOWER = 0x20
const LOWER_FOUR = 0x20202020

/** The character at a place, counted from the end where it is negative, in lower case; 0 beyond either end. */
const characterAt = (text: string, place: number): number => {
  const position = place < 0 ? text.length + place : place
  return position >= 0 && position < text.length ? text.charCodeAt(position) | LOWER : 0
}

const FACTOR = 0x85ebca6b

/** Counts how many different numbers a list has, again and again, for lists up to a length. */
const kindsCounter = (longest: number): ((numbers: Int32Array) => number) => {
  const size = 2 ** Math.ceil(Math.log2(2 * longest + 2))
  const [seen, stamps] = [new Int32Array(size), new Int32Array(size)]
  let stamp = 0
  return (numbers) => {
    stamp += 1
    let kinds = 0
    for (const number of numbers) {
      const mixed = Math.imul(number, FACTOR)
      let slot = (mixed ^ (mixed >>> 15)) & (size - 1)
      while (stamps[slot] === stamp && seen[slot] !== number) slot = (slot + 1) & (size - 1)
      if (stamps[slot] === stamp) continue
      stamps[slot] = stamp
      seen[slot] = number
      kinds += 1
    }
    return kinds
  }
}

/** Places that together tell the texts apart best, found one after the other: what one tells, another need not. */
const tellingPlaces = (texts: ReadonlyArray<string>): ReadonlyArray<number> => {
  const size = Math.min(SAMPLE, texts.length)
  const sample = Array.from(
    { length: size },
    (_, index) => texts[size === texts.length ? index : (Math.imul(index, STRIDE) >>> 0) % texts.length] ?? '',
  )
  const kindsOf = kindsCounter(size)

  const alone = Array.from({ length: 2 * REACH }, (_, index) => index - REACH).map((place) => {
    const characters = Int32Array.from(sample, (text) => characterAt(text, place))
    return { place, characters, kinds: kindsOf(characters) }
  })
  const candidates = alone.sort((a, b) => b.kinds - a.kinds || a.place - b.place)
  const chosen: Array<number> = []
  let told: Int32Array = Int32Array.from(sample, ({ length }) => length)
  let toldApart = 0
  while (chosen.length < MANY && toldApart < size) {
    let best: { readonly place: number; readonly numbers: Int32Array; readonly kinds: number } | undefined
    for (const { place, characters } of candidates) {
      if (chosen.includes(place)) continue
      const numbers = told.map((number, index) => Math.imul(number, FACTOR) + (characters[index] ?? 0))
      const kinds = kindsOf(numbers)
      if (best === undefined || kinds > best.kinds) best = { place, numbers, kinds }
      // More than all cannot be told apart.
      if (kinds === size) break
    }
    if (best === undefined) break
    chosen.push(best.place)
    told = best.numbers
    toldApart = best.kinds
  }
  return chosen
}

/** Places at which texts are looked at: named, since a list would be gone through by its iterator. */
interface Places {
  readonly a: number
  readonly b: number
  readonly c: number
  readonly d: number
  /** Where four characters tell too little, these are looked at, too. */
  readonly isMore: boolean
  readonly e: number
  readonly f: number
  readonly g: number
  readonly h: number
  /** Texts that are shorter have not all of the places. */
  readonly least: number
}

/** The code unit at a place, which the text has. */
const unitAt = (text: string, place: number): number => text.charCodeAt(place < 0 ? text.length + place : place)

/** Four units in lower case, each with bits of its own where it is of ASCII. */
const unitsAt = (text: string, a: number, b: number, c: number, d: number): number =>
  ((unitAt(text, a) << 24) ^ (unitAt(text, b) << 16) ^ (unitAt(text, c) << 8) ^ unitAt(text, d)) | LOWER_FOUR

/** Mixes all characters likewise. */
const mixAll = (text: string): number => {
  let mixed = text.length
  for (let position = 0; position < text.length; position += 1)
    mixed = Math.imul(mixed ^ (text.charCodeAt(position) | LOWER), FACTOR)
  return mixed ^ (mixed >>> 15)
}

/** Mixes the characters at some places, and the length, into 32 bits. Texts of ASCII that have one form are mixed alike. */
const mix = (text: string, places: Places | undefined): number => {
  const { length } = text
  if (places === undefined || length < places.least) return mixAll(text)
  const { a, b, c, d, isMore } = places
  let mixed = Math.imul(unitsAt(text, a, b, c, d) ^ Math.imul(length, STRIDE), FACTOR)
  if (isMore) mixed ^= Math.imul(unitsAt(text, places.e, places.f, places.g, places.h), 0x2c1b3c6d)
  return mixed ^ (mixed >>> 15)
}

const isPrintable = (unit: number): boolean => unit >= 0x20 && unit <= 0x7e

/** Is the text of printable ASCII, without white space around it? */
const isPlain = (text: string): boolean => {
  const { length } = text
  for (let position = 0; position < length; position += 1) if (!isPrintable(text.charCodeAt(position))) return false
  return length === 0 || (text.charCodeAt(0) > 0x20 && text.charCodeAt(length - 1) > 0x20)
}

// -------------------------------------------------------------------------------------
// the index
// -------------------------------------------------------------------------------------

/** More texts alike, or longer searches, mean that the characters tell too little, as somebody may have seen to. */
const MOST_ALIKE = 4
const LONGEST_SEARCH = 64

/**
 * A slot is one word: the position of the text, counted from 1, and above it some of what its characters were mixed to. So a
 * table takes little room, and to look into it is seldom to wait for it.
 */
const TAG = 24
const POSITION = (1 << TAG) - 1

const tagOf = (mixed: number): number => mixed & ~POSITION

/** The texts of an index by their characters. */
interface Table {
  /** None where all characters are mixed. */
  readonly places: Places | undefined
  readonly slots: Int32Array
  /** Of as many slots as there are, which is a power of two, less one. */
  readonly mask: number
  /** By positions: the text, its form, and the number. */
  readonly texts: ReadonlyArray<string>
  readonly forms: ReadonlyArray<string>
  readonly numbers: Int32Array
}

/** An index of texts. */
export interface TextIndex {
  readonly known: Known
  readonly form: (text: string) => string
  /** Are texts compared as they are? Then whatever is not in the table is not known. */
  readonly isExact: boolean
  /** None where the characters of the texts tell them not apart. */
  readonly table: Table | undefined
}

/** A table by the characters at some places, or by all: none where they tell too little. */
const tableBy = (places: Places | undefined, known: Known): Table | undefined => {
  if (known.size >= POSITION) return undefined
  const mask = 2 ** Math.ceil(Math.log2(1.5 * known.size + 2)) - 1
  const slots = new Int32Array(mask + 1)
  const texts: Array<string> = []
  const forms: Array<string> = []
  const numbers = new Int32Array(known.size)
  for (const [form, { text, number }] of known) {
    const mixed = mix(form, places)
    let slot = mixed & mask
    for (let searched = 0, alike = 0; slots[slot] !== 0; searched += 1) {
      if (tagOf(slots[slot] ?? 0) === tagOf(mixed)) alike += 1
      if (searched === LONGEST_SEARCH || alike === MOST_ALIKE) return undefined
      slot = (slot + 1) & mask
    }
    numbers[texts.length] = number
    forms.push(form)
    texts.push(text)
    slots[slot] = tagOf(mixed) | texts.length
  }
  return { places, slots, mask, texts, forms, numbers }
}

/** The first of the places, so many. */
const placesOf = (all: ReadonlyArray<number>, count: number): Places => {
  const some = all.slice(0, count)
  const at = (position: number): number => some[position] ?? some[0] ?? 0
  return {
    a: at(0),
    b: at(1),
    c: at(2),
    d: at(3),
    isMore: some.length > FEW,
    e: at(4),
    f: at(5),
    g: at(6),
    h: at(7),
    least: Math.max(1, ...some.map((place) => (place < 0 ? -place : place + 1))),
  }
}

const tableOf = (known: Known): Table | undefined => {
  const all = tellingPlaces([...known.keys()])
  return tableBy(placesOf(all, FEW), known) ?? tableBy(placesOf(all, MANY), known) ?? tableBy(undefined, known)
}

/** An index of texts that are known by their forms. */
export const index = (mode: Text.TextMode, known: Known): TextIndex => ({
  known,
  form: Text.form(mode),
  isExact: false,
  table: tableOf(known),
})

/** An index of numbers by texts, which are compared as they are. */
export const exact = (numbers: ReadonlyMap<string, number>): TextIndex => {
  const known = new Map(Array.from(numbers, ([text, number]) => [text, { text, number }]))
  return { known, form: (text) => text, isExact: true, table: tableOf(known) }
}

/** What is said of a text whose form nobody knows. */
export const NOBODY = -1

/** The number of a text. A function of the index, not one that it holds: so it is one function for all indexes. */
export const numberOf = ({ known, form, isExact, table }: TextIndex, text: string): number => {
  if (table === undefined) return known.get(form(text))?.number ?? NOBODY
  const { places, slots, mask, texts, forms, numbers } = table
  const mixed = mix(text, places)
  for (let at = mixed & mask; ; at = (at + 1) & mask) {
    const slot = slots[at] ?? 0
    if (slot === 0) break
    if (tagOf(slot) !== tagOf(mixed)) continue
    const position = (slot & POSITION) - 1
    if (texts[position] === text || forms[position] === form(text)) return numbers[position] ?? NOBODY
  }
  // INVARIANT: the form of a plain text is plain, and its characters are mixed as those of the text are.
  return isExact || isPlain(text) ? NOBODY : (known.get(form(text))?.number ?? NOBODY)
}
