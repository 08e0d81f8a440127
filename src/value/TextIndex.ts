/**
 * An index of texts by their forms: which of the known texts is this one?
 *
 * Law: `index(mode)(known)(text)` is what `known` has for `form(mode)(text)`, or -1.
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

/** Mixes the characters at some places, and the length, into 32 bits. Texts of ASCII that have one form are mixed alike. */
const mixer = (places: ReadonlyArray<number>): ((text: string) => number) => {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = places
  return (text) => {
    const left = (characterAt(text, a) << 16) ^ (characterAt(text, b) << 8) ^ characterAt(text, c)
    const right = (characterAt(text, d) << 16) ^ (characterAt(text, e) << 8) ^ characterAt(text, f)
    const mixed = Math.imul(left ^ Math.imul(text.length, 0x9e3779b1), 0x85ebca6b) ^ Math.imul(right, 0x2c1b3c6d)
    return mixed ^ (mixed >>> 15)
  }
}

/** Is the text of ASCII, and neither its first nor its last character white space or a control? */
const isPlain = (text: string): boolean => {
  const last = text.length - 1
  if (last < 0) return true
  if (text.charCodeAt(0) <= 0x20 || text.charCodeAt(last) <= 0x20) return false
  for (let position = 0; position <= last; position += 1) if (text.charCodeAt(position) > 0x7e) return false
  return true
}

// -------------------------------------------------------------------------------------
// the index
// -------------------------------------------------------------------------------------

/** More texts alike, or longer searches, mean that the characters tell too little, as somebody may have seen to. */
const MOST_ALIKE = 4
const LONGEST_SEARCH = 64

interface Table {
  /** Two words a slot: what the characters were mixed to, and the position of the text, counted from 1. */
  readonly slots: Int32Array
  readonly mask: number
  readonly texts: ReadonlyArray<string>
  readonly forms: ReadonlyArray<string>
  readonly numbers: Int32Array
  readonly mix: (text: string) => number
}

/** A table of the texts; none where their characters tell them not apart. */
const tableOf = (known: Known): Table | undefined => {
  const forms = [...known.keys()]
  const mix = mixer(tellingPlaces(forms))
  const mask = 2 ** Math.ceil(Math.log2(Math.max(2, 2 * forms.length))) - 1
  const slots = new Int32Array(2 * (mask + 1))
  for (const [position, form] of forms.entries()) {
    const mixed = mix(form)
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
    slots,
    mask,
    texts: written.map(({ text }) => text),
    forms,
    numbers: Int32Array.from(written, ({ number }) => number),
    mix,
  }
}

/** `form` says what texts are compared by; of a text for which `isPlain` holds the characters tell enough. */
const indexBy = (
  form: (text: string) => string,
  isPlain: (text: string) => boolean,
  known: Known,
): ((text: string) => number) => {
  const byForm = (text: string): number => known.get(form(text))?.number ?? NOBODY
  if (known.size === 0) return () => NOBODY
  const table = tableOf(known)
  if (table === undefined) return byForm
  const { slots, mask, texts, forms, numbers, mix } = table
  return (text) => {
    const mixed = mix(text)
    for (let slot = mixed & mask; ; slot = (slot + 1) & mask) {
      const position = (slots[2 * slot + 1] ?? 0) - 1
      // INVARIANT: the form of a plain text is plain, and its characters are mixed as those of the text are.
      if (position < 0) return isPlain(text) ? NOBODY : byForm(text)
      if (slots[2 * slot] === mixed && (texts[position] === text || forms[position] === form(text)))
        return numbers[position] ?? NOBODY
    }
  }
}

/** What the index says of a text whose form nobody knows. */
export const NOBODY = -1

/** The numbers of texts by their forms. */
export const index =
  (mode: Text.TextMode) =>
  (known: Known): ((text: string) => number) =>
    indexBy(Text.form(mode), isPlain, known)

/** The positions of texts in a list, compared as they are; of equal ones the last counts. */
export const positions = (texts: ReadonlyArray<string>): ((text: string) => number) =>
  indexBy(
    (text) => text,
    () => true,
    new Map(texts.map((text, number) => [text, { text, number }])),
  )
