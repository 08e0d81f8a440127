// @ts-check
/**
 * Worlds to measure in: seeded, so that the same options give the same records on every machine. What comes out is the
 * wire format (FORMAT, *Allocation*); whoever measures decodes it with the library's own decoders.
 */

/** @typedef {{ id: string, name: string, parent?: string }} WireUnit */
/** @typedef {{ id: string, name: string, products: Array<string> }} WireSoftware */
/** @typedef {{ unit: string, includeSubunits?: boolean }} WireUnitRestriction */
/**
 * @typedef {{
 *   devices?: Array<string>
 *   owners?: Array<string>
 *   organization?: WireUnitRestriction
 *   location?: WireUnitRestriction
 * }} WireRestrictions
 */
/**
 * @typedef {{
 *   id: string
 *   name: string
 *   software: string
 *   serialNumber?: string
 *   installationKey?: string
 *   restrictions?: WireRestrictions
 *   main?: boolean
 *   metric?: string
 *   retired?: boolean
 *   entitlements?: number
 * }} WireLicense
 */
/**
 * @typedef {{
 *   organizations: Array<WireUnit>
 *   locations: Array<WireUnit>
 *   software: Array<WireSoftware>
 *   licenses: Array<WireLicense>
 * }} WireCatalog
 */
/** @typedef {{ id: string, product: string, serialNumber?: string, installationKey?: string }} WireInstallation */
/**
 * @typedef {{
 *   computer: { id: string, name: string, kind?: string, retired?: boolean }
 *   owner?: string
 *   organization?: string
 *   location?: string
 *   installations: Array<WireInstallation>
 * }} WireSnapshot
 */

// -------------------------------------------------------------------------------------
// chance
// -------------------------------------------------------------------------------------

/**
 * A small generator of numbers in [0, 1): 32 bits of state, a Weyl sequence mixed by multiplications. It has to be the
 * same everywhere, not good.
 *
 * @param {number} seed
 */
const chanceOf = (seed) => {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x9e3779b9) >>> 0
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad)
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97)
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32
  }
  return {
    /** A whole number below `count`; with a skew above 1 small numbers come more often. */
    below: (/** @type {number} */ count, skew = 1) => Math.floor(count * next() ** skew),
    /** True with this probability. */
    is: (/** @type {number} */ share) => next() < share,
  }
}

/** @typedef {ReturnType<typeof chanceOf>} Chance */

/**
 * The numbers below `count`.
 *
 * @type {(count: number) => Array<number>}
 */
export const upTo = (count) => Array.from({ length: count }, (_, index) => index)

// -------------------------------------------------------------------------------------
// units
// -------------------------------------------------------------------------------------

/**
 * A tree of about the given depth, equally wide everywhere; of depth 1, roots alone.
 *
 * @type {(kind: string, count: number, depth: number) => Array<WireUnit>}
 */
export const forest = (kind, count, depth) => {
  const width = Math.max(2, Math.ceil(count ** (1 / depth)))
  return upTo(count).map((index) => ({
    id: `${kind}-${index}`,
    name: `${kind} no. ${index}`,
    ...(index === 0 || depth === 1 ? {} : { parent: `${kind}-${Math.floor((index - 1) / width)}` }),
  }))
}

/**
 * One chain: unit 0 is the root, each other unit is below the one before.
 *
 * @type {(kind: string, count: number) => Array<WireUnit>}
 */
export const chain = (kind, count) =>
  upTo(count).map((index) => ({
    id: `${kind}-${index}`,
    name: `${kind} no. ${index}`,
    ...(index === 0 ? {} : { parent: `${kind}-${index - 1}` }),
  }))

// -------------------------------------------------------------------------------------
// an estate
// -------------------------------------------------------------------------------------

/** Snapshots are written in parts, so that a million installations need never stand in memory as JSON objects. */
const PART = 500

const ESTATE = {
  seed: 1,
  snapshots: 5_000,
  installationsPerSnapshot: 20,
  /** Tracked software, with two products each, all of which may be installed. */
  software: 500,
  licenses: 5_000,
  /** Licenses of tracked software that nobody has installed, ten each. */
  otherLicenses: 0,
  /** How many licenses, and how many installations, have a serial number. */
  withKeys: 0.4,
  /** How many licenses are limited to some computers. */
  limited: 0,
  /** 1: all software alike; above: some has most of the licenses and installations. */
  skew: 1.5,
  organizations: 400,
  locations: 150,
  depth: 5,
}

/** @typedef {typeof ESTATE} EstateOptions */

export const serialOf = (/** @type {number} */ number) =>
  `SN-${(number * 7919 + 104729).toString(36).toUpperCase()}-${number}`
export const keyOf = (/** @type {number} */ number) =>
  `${(number * 104729 + 7919).toString(36).toUpperCase()}-KEY-${number}`
const deviceName = (/** @type {number} */ number) => `PC-${String(number).padStart(6, '0')}`
export const ownerName = (/** @type {number} */ number) => `Owner ${number.toString(36)}`

/** Some people own far more than others. */
const ownerOf = (/** @type {Chance} */ chance) => ownerName(chance.below(2_000, 3))

/** @type {(chance: Chance, kind: 'org' | 'loc', count: number) => WireUnitRestriction} */
const restrictedTo = (chance, kind, count) => {
  const number = chance.below(count)
  return { unit: chance.is(0.8) ? `${kind}-${number}` : `${kind} no. ${number}`, includeSubunits: chance.is(0.6) }
}

/** @type {(chance: Chance, options: EstateOptions) => WireRestrictions} */
const restrictionsOf = (chance, { snapshots, organizations, locations }) => ({
  ...(chance.is(0.2) ? { devices: upTo(1 + chance.below(8, 2)).map(() => deviceName(chance.below(snapshots))) } : {}),
  ...(chance.is(0.2) ? { owners: upTo(1 + chance.below(8, 2)).map(() => ownerOf(chance)) } : {}),
  ...(chance.is(0.35) ? { organization: restrictedTo(chance, 'org', organizations) } : {}),
  ...(chance.is(0.2) ? { location: restrictedTo(chance, 'loc', locations) } : {}),
})

/** @type {(chance: Chance, options: EstateOptions, number: number, software: number, isFirst?: boolean) => WireLicense} */
const licenseOf = (chance, options, number, software, isFirst = false) => ({
  id: `L-${number}`,
  name: `License ${(number * 31) % 9973} of software ${software}`,
  software: `S-${software}`,
  ...(chance.is(options.withKeys) ? { serialNumber: serialOf(chance.is(0.05) ? software : number) } : {}),
  ...(chance.is(options.withKeys / 2) ? { installationKey: keyOf(number) } : {}),
  ...(chance.is(0.6) ? { restrictions: restrictionsOf(chance, options) } : {}),
  // Most software has one main license or none; several are a mistake that is told.
  ...(chance.is(isFirst ? 0.5 : 0.003) ? { main: true } : {}),
  ...(chance.is(0.02) ? { metric: 'user' } : {}),
  ...(chance.is(0.02) ? { retired: true } : {}),
  // Without limits no chance is taken, so that a world does not depend on an option that it does not use.
  ...(options.limited > 0 && chance.is(options.limited) ? { entitlements: 1 + chance.below(50, 2) } : {}),
})

/** @type {(chance: Chance, options: EstateOptions, number: number, licensesOf: ReadonlyArray<ReadonlyArray<number>>) => WireSnapshot} */
const snapshotOf = (chance, options, number, licensesOf) => ({
  computer: {
    id: `C-${number}`,
    name: chance.is(0.1) ? deviceName(number).toLowerCase() : deviceName(number),
    ...(chance.is(0.01) ? { kind: 'hardware' } : {}),
    ...(chance.is(0.01) ? { retired: true } : {}),
  },
  ...(chance.is(0.9) ? { owner: ownerOf(chance) } : {}),
  ...(chance.is(0.95) ? { organization: restrictedTo(chance, 'org', options.organizations).unit } : {}),
  ...(chance.is(0.95) ? { location: restrictedTo(chance, 'loc', options.locations).unit } : {}),
  installations: upTo(options.installationsPerSnapshot).map((index) => {
    if (chance.is(0.1)) return { id: `i-${index}`, product: `Freeware ${chance.below(1_000)}` }
    const software = chance.below(options.software, options.skew)
    const licenses = licensesOf[software] ?? []
    const owned = licenses[chance.below(licenses.length)] ?? number
    return {
      id: `i-${index}`,
      product: `Product ${software}.${chance.below(2)}`,
      ...(chance.is(options.withKeys) ? { serialNumber: serialOf(chance.is(0.7) ? owned : number + 10_000_000) } : {}),
      ...(chance.is(options.withKeys / 2) ? { installationKey: keyOf(owned) } : {}),
    }
  }),
})

/**
 * An estate as companies have them: some software is everywhere, some licenses have keys, some are restricted. The
 * snapshots come as JSON texts of a few hundred each, so that every measurement reads texts that nobody has read before.
 *
 * @param {Partial<EstateOptions>} chosen
 */
export const estate = (chosen) => {
  const options = { ...ESTATE, ...chosen }
  const chance = chanceOf(options.seed)
  /** @type {Array<Array<number>>} */
  const licensesOf = upTo(options.software).map(() => [])
  const licenses = upTo(options.licenses).map((number) => {
    const software = chance.below(options.software, options.skew)
    licensesOf[software]?.push(number)
    return licenseOf(chance, options, number, software, licensesOf[software]?.length === 1)
  })
  const others = Math.ceil(options.otherLicenses / 10)
  const software = upTo(options.software + others).map((number) => ({
    id: `S-${number}`,
    name: `Software ${number}`,
    products: [`Product ${number}.0`, `Product ${number}.1`],
  }))

  const ofSnapshots = chanceOf(options.seed + 1)
  /** @type {Array<string>} */
  const parts = []
  for (let from = 0; from < options.snapshots; from += PART) {
    const numbers = upTo(Math.min(PART, options.snapshots - from))
    parts.push(JSON.stringify(numbers.map((number) => snapshotOf(ofSnapshots, options, from + number, licensesOf))))
  }

  const ofOthers = chanceOf(options.seed + 2)
  /** @type {WireCatalog} */
  const catalog = {
    organizations: forest('org', options.organizations, options.depth),
    locations: forest('loc', options.locations, options.depth),
    software,
    licenses: [
      ...licenses,
      ...upTo(options.otherLicenses).map((number) =>
        licenseOf(ofOthers, options, options.licenses + number, options.software + (number % others)),
      ),
    ],
  }
  return { catalog, parts }
}
