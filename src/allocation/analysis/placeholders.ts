/**
 * Serial numbers and installation keys that are none: what people and firmware write where there is nothing to write, and
 * what a report hides. They are compared like any other (hence a finding, and no silent correction): two of them are equal.
 *
 * @since 0.1.0
 */
import * as Text from '../../value/Text.js'

/**
 * The list: a text is a placeholder when its case-insensitive form is one of these.
 *
 * @since 0.1.0
 */
export const placeholders: ReadonlyArray<string> = [
  ...['n/a', 'na', 'n.a.', 'n/v', 'none', 'no', 'nil', 'null', 'undefined', 'unknown', 'empty', 'blank', 'missing'],
  ...['-', '--', '.', '?', '0', 'x', 'tbd', 'tba', 'tbc', 'todo', 'test', 'default', 'default string', 'invalid'],
  ...[
    'not available',
    'not applicable',
    'not specified',
    'not assigned',
    'not known',
    'not set',
    'no key',
    'no serial',
  ],
  ...['none specified', 'no serial number', 'serial', 'serial number', 'serialnumber', 'key', 'license key'],
  ...['to be filled by o.e.m.', 'to be filled by oem', 'to be filled', 'o.e.m.', 'oem', 'system serial number'],
  ...['base board serial number', 'chassis serial number', '12345', '123456', '1234567', '12345678', '123456789'],
  ...['1234567890', '0123456789', '12345-12345-12345-12345-12345', '12345-67890', 'abc123', 'volume', 'vlk', 'mak'],
]

const known: ReadonlySet<string> = new Set(placeholders)

const folded = Text.form('case-insensitive')

/** What hides characters: three or more stars, dots or the like in a row. */
const HIDDEN = /[*•●∗＊▪■#…]{3,}/u

/** What stands between the groups of a key. */
const SEPARATORS = /[\s._:/-]+/u

const FEWEST_REPEATED = 3

/** Is it one character at least three times, and nothing else but what stands between groups? */
const isRepeated = (form: string): boolean => {
  const characters = form.split(SEPARATORS).join('')
  const [first = ''] = characters
  return first === ''
    ? form.length >= FEWEST_REPEATED
    : characters.length >= FEWEST_REPEATED * first.length &&
        characters === first.repeat(characters.length / first.length)
}

const CROSSED_OUT = /^x{4,}$/

/** Are two or more of its groups nothing but x: how keys are hidden in print? */
const isCrossedOut = (form: string): boolean =>
  form.split(SEPARATORS).filter((group) => CROSSED_OUT.test(group)).length > 1

/** What a serial number or key is, where it is none: a placeholder or a masked one, and what it is like. */
export interface Suspicion {
  readonly kind: 'placeholder' | 'masked'
  readonly like: string
}

/** A serial number or key that is none, by what it is like. */
export const suspicionOf = (text: string): Suspicion | undefined => {
  const form = folded(text)
  if (form === '') return undefined
  if (known.has(form)) return { kind: 'placeholder', like: form }
  if (HIDDEN.test(form)) return { kind: 'masked', like: 'hidden characters' }
  if (isRepeated(form)) return { kind: 'placeholder', like: 'one character, repeated' }
  return isCrossedOut(form) ? { kind: 'masked', like: 'groups of x' } : undefined
}
