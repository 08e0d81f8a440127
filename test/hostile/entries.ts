/**
 * The nine ways by which records come in, made alike: what a hostile record does at one of them it must do at all.
 */
import { either as E } from 'fp-ts'
import { AuditSnapshot, Catalog, Estate, type Decoded, type Limits, type Rejection } from 'seatwise'

/** A raw record, still to be decoded. */
export interface Raw {
  [field: string]: unknown
}

/** What a decoder said, told in the terms of one collection. */
export interface Seen {
  readonly rejections: ReadonlyArray<Rejection.Rejection>
  /** The accepted records of the collection. */
  readonly accepted: ReadonlyArray<object>
  readonly ids: ReadonlyArray<string>
  readonly tally: Readonly<Record<'given' | 'accepted' | 'rejected' | 'duplicates', number>>
  /** All that came back, to be compared as a whole. */
  readonly whole: unknown
  readonly incomplete: ReadonlyArray<string>
}

/** A way by which records come in. */
export interface Entry {
  readonly collection: string
  readonly good: (id: string) => Raw
  /** Where the id of a record stands. */
  readonly idPath: ReadonlyArray<string>
  /** The fields that a record must have. */
  readonly required: ReadonlyArray<string>
  /** The path of a record in a rejection. */
  readonly path: (index: number) => string
  readonly decode: (records: unknown, limits?: Limits.Limits) => Seen
  /** The same for JSON text of the list of records. */
  readonly parse: (records: string, limits?: Limits.Limits) => Seen
}

/** No rejection may ever show this. */
export const SECRET = 'KEEP-ME-HIDDEN'

const keys = { serialNumber: `SN-${SECRET}-0001`, installationKey: `IK-${SECRET}-0002` }

const none = { given: 0, accepted: 0, rejected: 0, duplicates: 0 }

type Identified = { readonly id: string }

// -------------------------------------------------------------------------------------
// catalogs
// -------------------------------------------------------------------------------------

type CatalogField = 'organizations' | 'locations' | 'software' | 'licenses'

const seenInCatalog = (collection: CatalogField, decoded: ReturnType<typeof Catalog.decode>): Seen => {
  const accepted: ReadonlyArray<Identified> = decoded.right[collection] ?? []
  return {
    rejections: decoded.left,
    accepted,
    ids: accepted.map(({ id }) => id),
    tally: decoded.tallies.find((tally) => tally.collection === collection) ?? none,
    whole: decoded,
    incomplete: [],
  }
}

const inCatalog = (collection: CatalogField, required: ReadonlyArray<string>, good: (id: string) => Raw): Entry => ({
  collection,
  good,
  required,
  idPath: ['id'],
  path: (index) => `${collection}[${index}]`,
  decode: (records, limits) =>
    seenInCatalog(collection, Catalog.decode({ software: [], licenses: [], [collection]: records }, limits)),
  parse: (records, limits) => {
    // Of a field that comes twice JSON keeps the last one.
    const json = `{"software":[],"licenses":[],"${collection}":${records}}`
    return seenInCatalog(collection, Catalog.parse(json, limits))
  },
})

// -------------------------------------------------------------------------------------
// snapshots
// -------------------------------------------------------------------------------------

const seenInSnapshots = (decoded: AuditSnapshot.DecodedSnapshots): Seen => ({
  rejections: decoded.left,
  accepted: decoded.right,
  ids: decoded.right.map(({ computer }) => computer.id),
  tally: decoded.tallies.find(({ collection }) => collection === 'snapshots') ?? none,
  whole: decoded,
  incomplete: decoded.incomplete,
})

const seenInInstallations = (decoded: AuditSnapshot.DecodedSnapshots): Seen => {
  const accepted: ReadonlyArray<Identified> = decoded.right.flatMap(({ installations }) => installations ?? [])
  return {
    ...seenInSnapshots(decoded),
    accepted,
    ids: accepted.map(({ id }) => id),
    tally: decoded.tallies.find(({ collection }) => collection === 'installations') ?? none,
  }
}

const snapshots: Entry = {
  collection: 'snapshots',
  good: (id) => ({
    computer: { id, name: `PC ${id}`, kind: 'computer', retired: false },
    owner: 'Ann Lee',
    organization: 'sales',
    location: 'berlin',
    installations: [{ id: 'i-1', product: 'Visio 2024', ...keys }],
  }),
  idPath: ['computer', 'id'],
  required: ['computer'],
  path: (index) => `snapshots[${index}]`,
  decode: (records, limits) => seenInSnapshots(AuditSnapshot.decodeAll(records, limits)),
  parse: (records, limits) => seenInSnapshots(AuditSnapshot.parseAll(records, limits)),
}

/** The computer on which the installations of {@link installations} stand. */
export const COMPUTER = 'pc-1'

const installations: Entry = {
  collection: 'installations',
  good: (id) => ({ id, product: 'Visio 2024', ...keys }),
  idPath: ['id'],
  required: ['id', 'product'],
  path: (index) => `snapshots[0].installations[${index}]`,
  decode: (records, limits) =>
    seenInInstallations(
      AuditSnapshot.decodeAll([{ computer: { id: COMPUTER, name: 'PC-1' }, installations: records }], limits),
    ),
  parse: (records, limits) =>
    seenInInstallations(
      AuditSnapshot.parseAll(`[{"computer":{"id":"${COMPUTER}","name":"PC-1"},"installations":${records}}]`, limits),
    ),
}

// -------------------------------------------------------------------------------------
// estates
// -------------------------------------------------------------------------------------

type EstateField = 'directories' | 'packs' | 'devices'

const settings = { umsVersion: '12.10.100', umsId: 'ums-1' }

const seenInEstate = (collection: EstateField, decoded: ReturnType<typeof Estate.decode>): Seen => {
  // The settings are good, but for limits that nothing can keep.
  if (E.isLeft(decoded))
    return { rejections: decoded.left, accepted: [], ids: [], tally: none, whole: decoded, incomplete: [] }
  const { left, right, tallies }: Decoded.Decoded<Estate.Estate> = decoded.right
  const accepted: ReadonlyArray<Identified> = right[collection] ?? []
  return {
    rejections: left,
    accepted,
    ids: accepted.map(({ id }) => id),
    tally: tallies.find((tally) => tally.collection === collection) ?? none,
    whole: decoded.right,
    incomplete: [],
  }
}

const inEstate = (collection: EstateField, required: ReadonlyArray<string>, good: (id: string) => Raw): Entry => ({
  collection,
  good,
  required,
  idPath: ['id'],
  path: (index) => `${collection}[${index}]`,
  decode: (records, limits) =>
    seenInEstate(collection, Estate.decode({ settings, packs: [], devices: [], [collection]: records }, limits)),
  parse: (records, limits) => {
    const json = `{"settings":${JSON.stringify(settings)},"packs":[],"devices":[],"${collection}":${records}}`
    return seenInEstate(collection, Estate.parse(json, limits))
  },
})

// -------------------------------------------------------------------------------------
// all of them
// -------------------------------------------------------------------------------------

const unit = (id: string): Raw => ({ id, name: `Unit ${id}`, parent: 'acme' })

const licenses = inCatalog('licenses', ['id', 'name', 'software'], (id) => ({
  id,
  name: `License ${id}`,
  software: 'visio',
  ...keys,
  restrictions: {
    devices: ['PC-1', 'PC-2'],
    owners: ['Ann Lee'],
    organization: { unit: 'sales', includeSubunits: true },
    location: { unit: 'berlin' },
  },
  main: false,
  metric: 'installation',
  entitlements: 25,
  upgradeFor: 'L-0',
  expires: '2027-03-31',
  retired: false,
}))

const software = inCatalog('software', ['id', 'name', 'products'], (id) => ({
  id,
  name: `Software ${id}`,
  products: ['Visio 2021', 'Visio 2024'],
  retired: false,
}))

export const entry = {
  licenses,
  software,
  organizations: inCatalog('organizations', ['id', 'name'], unit),
  locations: inCatalog('locations', ['id', 'name'], unit),
  snapshots,
  installations,
  directories: inEstate('directories', ['id', 'name'], unit),
  packs: inEstate('packs', ['id', 'licenseType', 'total', 'allocated', 'registered'], (id) => ({
    id,
    licenseType: 'add-on',
    addOn: '90meter',
    evaluation: false,
    total: 50,
    allocated: 12,
    registered: '2026-02-01',
    starts: '2026-02-01',
    expires: '2027-01-31',
    distribution: { method: 'conditions', conditions: [{ directory: 'wards' }, { view: 'kiosks' }] },
    active: true,
    status: 'ready',
    umsIds: ['ums-1', 'ums-2'],
    aldToken: 'valid',
  })),
  devices: inEstate('devices', ['id', 'osVersion', 'registered'], (id) => ({
    id,
    unitId: '00E0C5000014',
    osVersion: '12.02.120',
    registered: '2026-01-15T08:00:00Z',
    directory: 'surgery',
    views: ['kiosks', 'night'],
    serialNumber: keys.serialNumber,
    inRecycleBin: false,
    lastBoot: '2026-03-10T06:00:00Z',
    licenses: [
      { licenseType: 'udc3', source: 'pack', pack: 'P-1', evaluation: true, expires: '2027-01-31' },
      { licenseType: 'add-on', addOn: '90meter', source: 'bundled' },
    ],
    openRequests: [{ licenseType: 'add-on', addOn: '90meter' }],
  })),
} satisfies Readonly<Record<string, Entry>>

export const entries: ReadonlyArray<Entry> = Object.values(entry)

/** The collections that records come in by. */
export const collections = Object.keys(entry) as ReadonlyArray<keyof typeof entry>
