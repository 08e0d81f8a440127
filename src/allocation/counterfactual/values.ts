/**
 * Which values remedies try: what one side asks for, as the other could show it.
 */
import type { Catalog } from '../../record/Catalog.js'
import type { SoftwareLicense } from '../../record/SoftwareLicense.js'
import type { Day } from '../../value/Day.js'
import type { UnitId } from '../../value/Id.js'
import * as Text from '../../value/Text.js'
import type { Options } from '../options.js'
import { indexed, type Indexed, type Named, type UnitsOf } from './cut.js'
import type { KeyName } from './remedy.js'

/** What remedies are derived from: how texts are compared, the day from which on licenses count as expired, the units. */
export interface Terms {
  readonly mode: Text.TextMode
  readonly excludedAsOf: Day | undefined
  readonly index: Indexed
}

export const KEYS: ReadonlyArray<KeyName> = ['serialNumber', 'installationKey']

export const KINDS = ['organization', 'location'] as const

export const isThere = (text: string | undefined): text is string => text !== undefined && !Text.isBlank(text)

/** So many entries of a list are tried. */
const TRIED = 3

/** The first texts of a list, code unit by code unit, one of each form, but for the form that is shown already. */
export const firstOf = (
  form: (text: string) => Text.Form,
  list: ReadonlyArray<string> = [],
  shown: string | undefined,
): ReadonlyArray<string> => {
  const known = new Set<string>(['', ...(shown === undefined ? [] : [form(shown)])])
  const some: Array<string> = []
  for (const text of [...list].sort(Text.compare)) {
    if (some.length === TRIED) break
    if (known.has(form(text))) continue
    known.add(form(text))
    some.push(text)
  }
  return some
}

/** The entries of a list that are of the form of a text. */
export const equalTo = (
  form: (text: string) => Text.Form,
  list: ReadonlyArray<string> = [],
  text: string | undefined,
): ReadonlyArray<string> =>
  isThere(text) ? [...new Set(list.filter((entry) => form(entry) === form(text)))].sort(Text.compare) : []

export const unitOf = ({ resolve }: UnitsOf, reference: string | undefined): UnitId | undefined => {
  const meaning = resolve(reference)
  return meaning._tag === 'Found' ? meaning.unit : undefined
}

/** The units to try for a restriction: its own and, where sub-units count, one below it that nobody asks for. */
export const unitsFor = (
  units: UnitsOf,
  kind: (typeof KINDS)[number],
  { restrictions }: SoftwareLicense,
  all: ReadonlyArray<SoftwareLicense>,
): ReadonlyArray<UnitId> => {
  const restriction = restrictions?.[kind]
  const unit = unitOf(units, restriction?.unit)
  if (unit === undefined) return []
  if (restriction?.includeSubunits !== true) return [unit]
  const asked = new Set(all.map((license) => unitOf(units, license.restrictions?.[kind]?.unit)))
  const below = units.below(unit).find((each) => !asked.has(each))
  return below === undefined ? [unit] : [unit, below]
}

/** The units that the remedies for some licenses may name, beside all of the tracked software. */
export const unitsNamed = (
  { index }: Terms,
  targets: ReadonlyArray<SoftwareLicense>,
  beside: ReadonlyArray<SoftwareLicense>,
): Named => ({
  organizations: targets.flatMap((license) => unitsFor(index.organizations, 'organization', license, beside)),
  locations: targets.flatMap((license) => unitsFor(index.locations, 'location', license, beside)),
})

/** The terms that the options of a decision, or of a run, come to on a catalog. */
export const termsOf = (
  { text = 'case-insensitive', expired, asOf }: Pick<Options<string>, 'text' | 'expired' | 'asOf'>,
  catalog: Catalog,
): Terms => ({ mode: text, excludedAsOf: expired === 'excluded' ? asOf : undefined, index: indexed(text, catalog) })
