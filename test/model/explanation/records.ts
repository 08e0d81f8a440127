// What stands in the records, for the checker of explanations: texts, units, tracked software, licenses and their order.
// Read off allocation.md and FORMAT.md alone: it shares no line with the library, nor with the models of the decision.
import type { WireInstallation, WireLicense, WireSnapshot, WireSoftware, WireUnit } from '../allocation.js'
import type { Synchronization } from '../synchronization.js'

/** What a run is given, in the wire format. */
export type Records = Synchronization

/** An installation on a computer. */
export type Subject = { readonly snapshot: WireSnapshot; readonly installation: WireInstallation }

// -------------------------------------------------------------------------------------
// texts
// -------------------------------------------------------------------------------------

const NOTHING = ''

/** ALLOC-71, but for the letter case. */
const composed = (text: string | undefined): string => (text ?? NOTHING).trim().normalize('NFC')

/** ALLOC-71: the simple lower-case mapping, code point by code point; that of U+0130 is U+0069. */
const lowered = (text: string): string => {
  let all = NOTHING
  for (const codePoint of composed(text)) all += codePoint === '\u{130}' ? '\u{69}' : codePoint.toLowerCase()
  return all.normalize('NFC')
}

export const isNothing = (text: string | undefined): text is undefined => composed(text) === NOTHING

/** ALLOC-22, 32, 71: equal in their forms, and not blank. */
export const isSame = ({ policy }: Records, one: string | undefined, other: string | undefined): boolean => {
  if (isNothing(one) || isNothing(other)) return false
  const read = policy?.text === 'exact' ? composed : lowered
  return read(one) === read(other)
}

/** A blank optional text counts as absent (FORMAT). */
export const given = (text: string | undefined): string | undefined => (isNothing(text) ? undefined : text)

/** The day of a date or of an instant, which are in UTC (FORMAT). */
const dayOf = (date: string): string => date.slice(0, 'YYYY-MM-DD'.length)

// -------------------------------------------------------------------------------------
// order
// -------------------------------------------------------------------------------------

/** By UTF-16 code unit (ALLOC-17). */
export const before = (one: string, other: string): number => Number(one > other) - Number(one < other)

/** The keys of the name order, in their order (ALLOC-17). */
const NAME_ORDER: ReadonlyArray<readonly [string, (license: WireLicense) => string]> = [
  ['name', ({ name }) => lowered(name)],
  ['name as given', ({ name }) => name],
  ['id', ({ id }) => id],
]

/** The first key of the name order in which two licenses differ; which of them that puts first. */
export const nameOrder = (one: WireLicense, other: WireLicense): { readonly by: string; readonly order: number } => {
  for (const [by, key] of NAME_ORDER) {
    const order = before(key(one), key(other))
    if (order !== 0) return { by, order }
  }
  return { by: 'nothing', order: 0 }
}

// -------------------------------------------------------------------------------------
// units
// -------------------------------------------------------------------------------------

export type Kind = 'organization' | 'location'

/** What a reference means: nothing, or the units that the first step found which found any, each with those above it. */
export type Meaning = ReadonlyArray<ReadonlyArray<WireUnit>> | 'blank'

/** A unit and those above it, from the root down. */
const down = (units: ReadonlyMap<string, WireUnit>, unit: WireUnit): ReadonlyArray<WireUnit> => {
  const parent = units.get(given(unit.parent) ?? NOTHING)
  return parent === undefined ? [unit] : [...down(units, parent), unit]
}

/** ALLOC-72: by id, else by path, else by name. */
export const meaningOf = (records: Records, kind: Kind, reference: string | undefined): Meaning => {
  if (isNothing(reference)) return 'blank'
  const listed = (kind === 'organization' ? records.catalog.organizations : records.catalog.locations) ?? []
  const units = new Map(listed.map((unit) => [unit.id, unit]))
  const lines = Array.from(units.values(), (unit) => down(units, unit))
  const own = (line: ReadonlyArray<WireUnit>): WireUnit => line[line.length - 1]!
  const segments = reference.replaceAll('\\', '/').split('/')
  const steps: ReadonlyArray<(line: ReadonlyArray<WireUnit>) => boolean> = [
    (line) => own(line).id === reference,
    (line) =>
      line.length === segments.length && line.every(({ name }, place) => isSame(records, name, segments[place])),
    (line) => isSame(records, own(line).name, reference),
  ]
  return steps.map((step) => lines.filter(step)).find((found) => found.length > 0) ?? []
}

export const isAmbiguous = (records: Records, kind: Kind, reference: string | undefined): boolean => {
  const meaning = meaningOf(records, kind, reference)
  return meaning !== 'blank' && meaning.length > 1
}

/** The one unit that a reference means, with those above it. */
const lineOf = (records: Records, kind: Kind, reference: string | undefined): ReadonlyArray<WireUnit> | undefined => {
  const meaning = meaningOf(records, kind, reference)
  return meaning !== 'blank' && meaning.length === 1 ? meaning[0] : undefined
}

/** ORG and LOC: the very unit, or with its sub-units one above the snapshot's (ALLOC-39 to 41, 45, 46). */
export const isInUnit = (records: Records, kind: Kind, license: WireLicense, snapshot: WireSnapshot): boolean => {
  const restriction = license.restrictions?.[kind]
  const wanted = lineOf(records, kind, restriction?.unit)?.at(-1)
  const line = lineOf(records, kind, snapshot[kind])
  if (wanted === undefined || line === undefined) return false
  const place = line.findIndex(({ id }) => id === wanted.id)
  return place === line.length - 1 || (place >= 0 && restriction?.includeSubunits === true)
}

// -------------------------------------------------------------------------------------
// tracked software and licenses
// -------------------------------------------------------------------------------------

/** Of exact duplicates one (ALLOC-47). */
export const licensesOf = ({ catalog }: Records): ReadonlyMap<string, WireLicense> =>
  new Map(catalog.licenses.map((license) => [license.id, license]))

/** ALLOC-2, 3: the tracked software that holds a product; where only retired ones do, the first of them by id. */
export const holderOf = ({ catalog }: Records, product: string): WireSoftware | undefined => {
  const holders = catalog.software.filter(({ products }) => products.includes(product))
  const retired = holders.filter((software) => software.retired === true).sort((a, b) => before(a.id, b.id))
  return holders.find((software) => software.retired !== true) ?? retired[0]
}

/** The licenses of a tracked software, in name order (ALLOC-2, 17). */
export const licensesFor = (records: Records, software: string): ReadonlyArray<WireLicense> =>
  [...licensesOf(records).values()]
    .filter((license) => license.software === software)
    .sort((one, other) => nameOrder(one, other).order)

/** ALLOC-7, COMP-12. */
export const isRetired = ({ catalog }: Records, license: WireLicense): boolean =>
  license.retired === true || catalog.software.some(({ id, retired }) => id === license.software && retired === true)

/** Why a license of a tracked software is no candidate, and the clause that says so; nothing for a candidate. */
export const exclusionOf = (
  { policy, asOf }: Records,
  software: WireSoftware,
  license: WireLicense,
): { readonly reason: string; readonly clause: string } | undefined => {
  if (license.metric === 'user') return { reason: 'per-user', clause: 'ALLOC-4' }
  if (license.retired === true) return { reason: 'retired', clause: 'ALLOC-7' }
  if (software.retired === true) return { reason: 'retired-software', clause: 'ALLOC-7' }
  const expires = given(license.expires)
  const isExpired = expires !== undefined && asOf !== undefined && dayOf(expires) < dayOf(asOf)
  return policy?.expired === 'excluded' && isExpired ? { reason: 'expired', clause: 'ALLOC-79' } : undefined
}
