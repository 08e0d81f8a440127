/**
 * The words of the generated worlds: few enough that records meet, tie and are mistaken for each other, and spelled in
 * the ways that ALLOC-71 does and does not even out.
 */
import fc from 'fast-check'

/** Spellings that are equal under `text: exact`, too: white space around, and the two normalization forms. */
export const equalSpellings = (text: string): ReadonlyArray<string> => [
  text,
  ` ${text}`,
  `${text}\u00a0\t`,
  text.normalize('NFD'),
  text.normalize('NFC'),
]

const lower = (text: string): string => Array.from(text, (codePoint) => codePoint.toLowerCase()).join('')

/** Spellings that are equal unless letter case counts. */
export const foldedSpellings = (text: string): ReadonlyArray<string> => [
  ...equalSpellings(text),
  lower(text),
  ` ${lower(text)} `,
]

/** A word as it stands, mostly; sometimes in a spelling that is equal, or equal but for its case. */
const wordOf = (words: ReadonlyArray<string>): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...words) },
    { weight: 1, arbitrary: fc.constantFrom(...words.flatMap(foldedSpellings)) },
    { weight: 1, arbitrary: fc.constantFrom(...words.map((word) => word.toUpperCase())) },
  )

/** Serial numbers and installation keys are drawn from the same words: one must never be taken for the other. */
export const KEYS = ['A-1', 'B-2', 'Ö-3', 'J\u030c-4'] as const

export const key = wordOf(KEYS)

/** Names of computers, and of people; the last two are both, since a device is never an owner. */
export const DEVICES = ['PC-1', 'Büro', 'pc-1.example.org', 'Kiosk'] as const
export const OWNERS = ['Ann Lee', 'Zoë', 'ΟΔΥΣΣΕΥΣ', 'Kiosk'] as const

export const device = wordOf(DEVICES)
export const owner = wordOf(OWNERS)

/** Blank texts count as absent, and equal nothing. */
export const blank = fc.constantFrom('', ' ', '\u3000\t')

/** A text that may be absent or blank. */
export const sometimes = (text: fc.Arbitrary<string>): fc.Arbitrary<string | undefined> =>
  fc.oneof(
    { weight: 4, arbitrary: text },
    { weight: 3, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: blank },
  )

/** License names: equal ones, ones that differ in case or form only, and digits that are characters. */
export const LICENSE_NAMES = ['Office', 'office', 'Office 2', 'Office 10', 'Ångström', 'A\u030angström'] as const

/** Ids, in no order that their position would give away; compared exactly, so that `l-1` is not `L-1`. */
export const LICENSE_IDS = ['L-2', 'L-10', 'L-1', 'l-1', 'É', 'L-3', 'a/b', 'L-4'] as const
export const COMPUTER_IDS = ['c-10', 'c-2', 'C-2', 'ü'] as const
export const INSTALLATION_IDS = ['i-2', 'i-10', 'I-2', 'i-1'] as const

export const LIVE_SOFTWARE = ['office', 'visio', 'Office'] as const
export const RETIRED_SOFTWARE = ['old', 'older'] as const

export const PRODUCTS = ['Office 24', 'Visio', 'office 24'] as const
export const UNKNOWN_PRODUCT = ' Visio'

/** Some of these ids are the names, or the paths, of other units; some names hold separators, some are equal. */
export const UNIT_IDS = ['u-1', 'Sales', 'u-2', 'Acme/Sales', 'acme', 'u-3', 'R', 'Sales '] as const
export const UNIT_NAMES = ['Sales', 'Acme', 'SALES', 'R/D', 'D', 'Café', 'Sales'] as const

/** The day the worlds turn around, and the days beside it. */
export const AS_OF = ['2026-05-15', '2026-05-15T23:30:00Z', '2026-05-15T00:00:00+00:00'] as const
export const EXPIRIES = ['2026-05-14', '2026-05-15', '2026-05-16', '2026-05-14T23:59:59.999Z'] as const
