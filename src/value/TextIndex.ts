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

/** How many characters say where to look, and how far from either end of a text they are. */
const CHARACTERS = 6
const REACH = 12
const SAMPLE = 256

/** The lower case of a letter of ASCII. Other characters may fall together, which is harmless here. */
const LOWER = 0x20

/** The position in a text that a place means: from the start, or from the end where it is negative. */
const positionOf = (length: number, place: number): number => (place < 0 ? length + place : place)

/** The places at which the texts differ most. */
const tellingPlaces = (texts: ReadonlyArray<string>): ReadonlyArray<number> => {
  const step = Math.max(1, Math.floor(texts.length / SAMPLE))
  const sample = texts.filter((_, index) => index % step === 0)
  const kinds = (place: number): number =>
    new Set(sample.map((text) => text.charCodeAt(positionOf(text.length, place)))).size
  return Array.from({ length: 2 * REACH }, (_, index) => index - REACH)
    .map((place) => ({ place, kinds: kinds(place) }))
    .sort((a, b) => b.kinds - a.kinds || a.place - b.place)
    .slice(0, CHARACTERS)
    .map(({ place }) => place)
}

/** The character at a place, in lower case; 0 beyond either end. */
const characterAt = (text: string, place: number): number => {
  const position = place < 0 ? text.length + place : place
  return position >= 0 && position < text.length ? text.charCodeAt(position) | LOWER : 0
}

/** Places at which texts are looked at: named, since a list would be gone through by its iterator. */
interface Places {
  readonly a: number
  readonly b: number
  readonly c: number
  readonly d: number
  readonly e: number
  readonly f: number
}

/** Mixes the characters at some places, and the length, into 32 bits. Texts of ASCII that have one form are mixed alike. */
const mix = (text: string, { a, b, c, d, e, f }: Places): number => {
  const left = (characterAt(text, a) << 16) ^ (characterAt(text, b) << 8) ^ characterAt(text, c)
  const right = (characterAt(text, d) << 16) ^ (characterAt(text, e) << 8) ^ characterAt(text, f)
  const mixed = Math.imul(left ^ Math.imul(text.length, 0x9e3779b1), 0x85ebca6b) ^ Math.imul(right, 0x2c1b3c6d)
  return mixed ^ (mixed >>> 15)
}

const BEYOND_PRINTABLE = /[^ -~]/

/** Is the text of printable ASCII, without white space around it? */
const isPlain = (text: string): boolean =>
  text.length === 0 ||
  (text.charCodeAt(0) > 0x20 && text.charCodeAt(text.length - 1) > 0x20 && !BEYOND_PRINTABLE.test(text))

// -------------------------------------------------------------------------------------
// the index
// -------------------------------------------------------------------------------------

/** More texts alike, or longer searches, mean that the characters tell too little, as somebody may have seen to. */
const MOST_ALIKE = 4
const LONGEST_SEARCH = 64

/** The texts of an index by their characters. */
interface Table {
  readonly places: Places
  /** Two words a slot: what the characters were mixed to, and the position of the text, counted from 1. */
  readonly slots: Int32Array
  readonly mask: number
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

const tableOf = (known: Known): Table | undefined => {
  const forms = [...known.keys()]
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = tellingPlaces(forms)
  const places: Places = { a, b, c, d, e, f }
  const mask = 2 ** Math.ceil(Math.log2(Math.max(2, 2 * forms.length))) - 1
  const slots = new Int32Array(2 * (mask + 1))
  for (const [position, form] of forms.entries()) {
    const mixed = mix(form, places)
    let slot = mixed & mask
    for (let searched = 0, alike = 0; slots[2 * slot + 1] !== 0; searched += 1) {
      if (slots[2 * slot] === mixed) alike += 1
      if (searched === LONGEST_SEARCH || alike === MOST_ALIKE) return undefined
      slot = (slot + 1) & mask
    }
    slots[2 * slot] = mixed
    slots[2 * slot + 1] = position + 1
  }
  const written = [...known.values()]
  return {
    places,
    slots,
    mask,
    texts: written.map(({ text }) => text),
    forms,
    numbers: Int32Array.from(written, ({ number }) => number),
  }
}

/** An index of texts that are known by their forms. */
export const index = (mode: Text.TextMode, known: Known): TextIndex => ({
  known,
  form: Text.form(mode),
  isExact: false,
  table: tableOf(known),
})

/** An index of the positions of texts in a list, compared as they are; of equal ones the last counts. */
export const positions = (texts: ReadonlyArray<string>): TextIndex => {
  const known = new Map(texts.map((text, number) => [text, { text, number }]))
  return { known, form: (text) => text, isExact: true, table: tableOf(known) }
}

/** What is said of a text whose form nobody knows. */
export const NOBODY = -1

/** The number of a text. A function of the index, not one that it holds: so it is one function for all indexes. */
export const numberOf = ({ known, form, isExact, table }: TextIndex, text: string): number => {
  if (table === undefined) return known.get(form(text))?.number ?? NOBODY
  const { places, slots, mask, texts, forms, numbers } = table
  const mixed = mix(text, places)
  for (let slot = mixed & mask; ; slot = (slot + 1) & mask) {
    const position = (slots[2 * slot + 1] ?? 0) - 1
    if (position < 0) break
    if (slots[2 * slot] === mixed && (texts[position] === text || forms[position] === form(text)))
      return numbers[position] ?? NOBODY
  }
  // INVARIANT: the form of a plain text is plain, and its characters are mixed as those of the text are.
  return isExact || isPlain(text) ? NOBODY : (known.get(form(text))?.number ?? NOBODY)
}
