/**
 * Every field of the records that come in, with values that are wrong for it and what is said of each: the source of
 * planted defects. Written from FORMAT.md, not from the shapes.
 */
import type { Rejection } from 'seatwise'
import { entry } from '../hostile/entries.js'

/** A value that is wrong for a field, made anew each time, and the code it is refused with. */
export interface Wrong {
  readonly make: () => unknown
  readonly code: Rejection.Rejection['code']
  readonly inJson: boolean
}

export interface Field {
  readonly collection: keyof typeof entry
  readonly path: ReadonlyArray<string | number>
  readonly wrong: ReadonlyArray<Wrong>
}

const wrong = (code: Wrong['code'], ...values: ReadonlyArray<unknown>): ReadonlyArray<Wrong> =>
  values.map((value) => ({ make: () => value, code, inJson: true }))

const wrongInMemory = (code: Wrong['code'], ...values: ReadonlyArray<() => unknown>): ReadonlyArray<Wrong> =>
  values.map((make) => ({ make, code, inJson: false }))

const noData = wrongInMemory(
  'type',
  () => () => 'x',
  () => Symbol('x'),
  () => 10n,
)

const objects = [
  ...wrong('type', []),
  ...wrongInMemory(
    'type',
    () => ({}),
    () => new Map(),
    () => new String('x'),
  ),
]

const numbers = wrong('type', 7, 0, -1.5)

const flags = wrong('type', true, false)

const badTexts = [...wrong('ill-formed', '\ud800', 'a\udfffb'), ...wrong('too-long', 'x'.repeat(65_537))]

const missing = wrongInMemory('missing', () => undefined)

// -------------------------------------------------------------------------------------
// kinds of fields
// -------------------------------------------------------------------------------------

const optionalText = [...badTexts, ...numbers, ...flags, ...objects, ...noData]
const listedText = [...optionalText, ...wrong('type', null)]
const anyText = [...listedText, ...missing]
const text = [...anyText, ...wrong('blank', '', ' ', '\u00a0\ufeff')]
const listedNonBlank = [...listedText, ...wrong('blank', '', '\t')]
const flag = [...wrong('type', 'yes', 'true', 0, 1), ...objects, ...noData]
const word = [
  ...wrong('unknown-value', 'none of these', ' computer', 'x'.repeat(70_000)),
  ...numbers,
  ...flags,
  ...objects,
  ...noData,
]
const count = [
  ...wrong('type', '7', '0x10', true),
  ...wrong('range', -1, 1.5),
  ...wrongInMemory(
    'range',
    () => Number.NaN,
    () => Infinity,
  ),
  ...wrong('unsafe-integer', 2 ** 53, 1e300),
  ...objects,
  ...noData,
]
const day = [
  ...wrong('date', '2024-02-30', '2024-02-01T12:00:00', 'tomorrow', 'x'.repeat(70_000)),
  ...wrongInMemory('date', () => new Date(0)),
  ...numbers,
  ...objects,
  ...noData,
]
const instant = [
  ...wrong(
    'instant',
    '2026-03-10',
    '2026-03-10T12:00:00',
    '2026-03-10T24:00:00Z',
    '2026-03-10T12:00:00+01:00',
    'x'.repeat(70_000),
  ),
  ...wrongInMemory('instant', () => new Date(0)),
  ...numbers,
  ...objects,
  ...noData,
]
const version = [
  ...wrong('version', 'latest', '12.', ' 12', '12.2-rc', '-1'),
  ...wrong('too-long', '1'.repeat(65_537)),
  ...numbers,
  ...objects,
  ...noData,
]
const notAList = [
  ...wrong('type', 'x', 7, true),
  ...wrongInMemory(
    'type',
    () => ({ 0: 'x' }),
    () => new Set(['x']),
  ),
  ...noData,
]
const list = [...notAList, ...wrong('type', null, ''), ...missing]
const notARecord = [
  ...wrong('type', 'x', 7, true, []),
  ...wrongInMemory(
    'not-plain-object',
    () => new Map(),
    () => new Date(0),
    () => new String('x'),
  ),
  ...noData,
]
const record = [...notARecord, ...wrong('type', null, ''), ...missing]

const fields = (
  collection: Field['collection'],
  described: Readonly<Record<string, ReadonlyArray<Wrong>>>,
): ReadonlyArray<Field> =>
  Object.entries(described).map(([path, each]) => ({
    collection,
    path: path.split('.').map((step) => (/^\d+$/.test(step) ? Number(step) : step)),
    wrong: each,
  }))

const unit = { id: text, name: text, parent: optionalText }

/** What a field says that must be there: nothing is wrong, too. */
const needed = (each: ReadonlyArray<Wrong>, absent: Wrong['code']): ReadonlyArray<Wrong> => [
  ...each,
  ...wrong(absent, null),
  ...missing,
]

const type = (at: string) => ({ [`${at}licenseType`]: needed(word, 'type'), [`${at}addOn`]: optionalText })

/** All fields, in the order of FORMAT.md. */
export const allFields: ReadonlyArray<Field> = [
  ...fields('organizations', unit),
  ...fields('locations', unit),
  ...fields('software', { id: text, name: text, products: list, 'products.1': listedNonBlank, retired: flag }),
  ...fields('licenses', {
    id: text,
    name: text,
    software: text,
    serialNumber: optionalText,
    installationKey: optionalText,
    restrictions: notARecord,
    'restrictions.devices': notAList,
    'restrictions.devices.0': listedText,
    'restrictions.owners': notAList,
    'restrictions.owners.0': listedText,
    'restrictions.organization': notARecord,
    'restrictions.organization.unit': anyText,
    'restrictions.organization.includeSubunits': flag,
    'restrictions.location': notARecord,
    'restrictions.location.unit': anyText,
    main: flag,
    metric: word,
    entitlements: count,
    upgradeFor: optionalText,
    expires: day,
    retired: flag,
  }),
  ...fields('snapshots', {
    computer: record,
    'computer.id': text,
    'computer.name': text,
    'computer.kind': word,
    'computer.retired': flag,
    owner: optionalText,
    organization: optionalText,
    location: optionalText,
    installations: notAList,
  }),
  ...fields('installations', {
    id: text,
    product: text,
    serialNumber: optionalText,
    installationKey: optionalText,
  }),
  ...fields('directories', unit),
  ...fields('packs', {
    id: text,
    ...type(''),
    evaluation: flag,
    total: needed(count, 'type'),
    allocated: needed(count, 'type'),
    registered: needed(day, 'type'),
    starts: day,
    expires: day,
    distribution: notARecord,
    'distribution.method': needed(word, 'type'),
    'distribution.conditions': list,
    'distribution.conditions.0': wrong('type', 'x', 7, null),
    'distribution.conditions.0.directory': text,
    'distribution.conditions.1.view': [...listedText, ...wrong('blank', '', ' ')],
    active: flag,
    status: word,
    umsIds: notAList,
    'umsIds.1': listedNonBlank,
    aldToken: word,
  }),
  ...fields('devices', {
    id: text,
    unitId: optionalText,
    osVersion: needed(version, 'type'),
    registered: needed(instant, 'type'),
    directory: optionalText,
    views: notAList,
    'views.0': listedNonBlank,
    serialNumber: optionalText,
    inRecycleBin: flag,
    lastBoot: instant,
    licenses: notAList,
    'licenses.0': wrong('type', 'x', 7, null),
    ...type('licenses.1.'),
    'licenses.0.source': needed(word, 'type'),
    'licenses.0.pack': optionalText,
    'licenses.0.evaluation': flag,
    'licenses.0.expires': day,
    openRequests: notAList,
    ...type('openRequests.0.'),
  }),
]

// -------------------------------------------------------------------------------------
// paths
// -------------------------------------------------------------------------------------

type Step = string | number

/** A path as rejections write it, from the record on. */
export const written = (path: ReadonlyArray<Step>): string =>
  path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join('')

/** The steps of a written path. */
export const stepsOf = (path: string): ReadonlyArray<Step> =>
  [...path.matchAll(/\[(\d+)\]|\["([^"]*)"\]|\.?([A-Za-z_$][\w$]*)/g)].map(([, index, quoted, name]) =>
    index === undefined ? (quoted ?? name ?? '') : Number(index),
  )

/** What stands at a path; an absent field is undefined. */
export const valueAt = (path: ReadonlyArray<Step>, value: unknown): unknown =>
  path.reduce<unknown>(
    (held, step) =>
      typeof held === 'object' && held !== null ? (held as Readonly<Record<Step, unknown>>)[step] : undefined,
    value,
  )

/** The value with another one at a path; what is on the way there and cannot hold it is left as it is. */
export const withValueAt = (path: ReadonlyArray<Step>, value: unknown, changed: unknown): unknown => {
  const [step, ...rest] = path
  if (step === undefined) return changed
  if (Array.isArray(value))
    return value.map((each: unknown, at) => (at === step ? withValueAt(rest, each, changed) : each))
  if (typeof value !== 'object' || value === null) return value
  return { ...value, [step]: withValueAt(rest, (value as Readonly<Record<Step, unknown>>)[step], changed) }
}
