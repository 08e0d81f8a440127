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
/** @typedef {import('seatwise').AllocationPolicy.AllocationPolicy} Policy */

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

/** @type {(count: number) => Array<number>} */
const upTo = (count) => Array.from({ length: count }, (_, index) => index)

// -------------------------------------------------------------------------------------
// units
// -------------------------------------------------------------------------------------

/**
 * A tree of about the given depth, equally wide everywhere; of depth 1, roots alone.
 *
 * @type {(kind: string, count: number, depth: number) => Array<WireUnit>}
 */
const forest = (kind, count, depth) => {
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
const chain = (kind, count) =>
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
  /** 1: all software alike; above: some has most of the licenses and installations. */
  skew: 1.5,
  organizations: 400,
  locations: 150,
  depth: 5,
}

/** @typedef {typeof ESTATE} EstateOptions */

const serialOf = (/** @type {number} */ number) => `SN-${(number * 7919 + 104729).toString(36).toUpperCase()}-${number}`
const keyOf = (/** @type {number} */ number) => `${(number * 104729 + 7919).toString(36).toUpperCase()}-KEY-${number}`
const deviceName = (/** @type {number} */ number) => `PC-${String(number).padStart(6, '0')}`
const ownerName = (/** @type {number} */ number) => `Owner ${number.toString(36)}`

/** @type {(chance: Chance, kind: 'org' | 'loc', count: number) => WireUnitRestriction} */
const restrictedTo = (chance, kind, count) => {
  const number = chance.below(count)
  return { unit: chance.is(0.8) ? `${kind}-${number}` : `${kind} no. ${number}`, includeSubunits: chance.is(0.6) }
}

/** @type {(chance: Chance, options: EstateOptions) => WireRestrictions} */
const restrictionsOf = (chance, { snapshots, organizations, locations }) => ({
  ...(chance.is(0.2) ? { devices: upTo(1 + chance.below(8, 2)).map(() => deviceName(chance.below(snapshots))) } : {}),
  ...(chance.is(0.1) ? { owners: upTo(1 + chance.below(5, 2)).map(() => ownerName(chance.below(snapshots))) } : {}),
  ...(chance.is(0.35) ? { organization: restrictedTo(chance, 'org', organizations) } : {}),
  ...(chance.is(0.2) ? { location: restrictedTo(chance, 'loc', locations) } : {}),
})

/** @type {(chance: Chance, options: EstateOptions, number: number, software: number) => WireLicense} */
const licenseOf = (chance, options, number, software) => ({
  id: `L-${number}`,
  name: `License ${(number * 31) % 9973} of software ${software}`,
  software: `S-${software}`,
  ...(chance.is(options.withKeys) ? { serialNumber: serialOf(chance.is(0.05) ? software : number) } : {}),
  ...(chance.is(options.withKeys / 2) ? { installationKey: keyOf(number) } : {}),
  ...(chance.is(0.6) ? { restrictions: restrictionsOf(chance, options) } : {}),
  ...(chance.is(0.06) ? { main: true } : {}),
  ...(chance.is(0.02) ? { metric: 'user' } : {}),
  ...(chance.is(0.02) ? { retired: true } : {}),
})

/** @type {(chance: Chance, options: EstateOptions, number: number, licensesOf: ReadonlyArray<ReadonlyArray<number>>) => WireSnapshot} */
const snapshotOf = (chance, options, number, licensesOf) => ({
  computer: {
    id: `C-${number}`,
    name: chance.is(0.1) ? deviceName(number).toLowerCase() : deviceName(number),
    ...(chance.is(0.01) ? { kind: 'hardware' } : {}),
    ...(chance.is(0.01) ? { retired: true } : {}),
  },
  ...(chance.is(0.9) ? { owner: ownerName(chance.below(options.snapshots)) } : {}),
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
    return licenseOf(chance, options, number, software)
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

// -------------------------------------------------------------------------------------
// shapes
// -------------------------------------------------------------------------------------

/**
 * A shape: what somebody would write who wants a reader to be slow. `size` licenses of one software, and snapshots that
 * all have it installed.
 *
 * @typedef {{ catalog: WireCatalog, parts: ReadonlyArray<string>, policy: Policy }} Shape
 */

/** @typedef {(index: number) => Omit<WireLicense, 'id' | 'name' | 'software'>} LicenseAt */
/** @typedef {(index: number) => Partial<Omit<WireSnapshot, 'installations'>> & { keys?: Partial<WireInstallation> }} SnapshotAt */

const SHAPE_SNAPSHOTS = 400
const SHAPE_INSTALLATIONS = 5

const STRICT = /** @type {const} */ ({
  restrictions: 'strict',
  keyMatches: 'honor-restrictions',
  mainLicense: 'honor-restrictions',
})

/** @type {(size: number, at: LicenseAt) => Array<WireLicense>} */
const licensesOfOne = (size, at) =>
  upTo(size).map((index) => ({ id: `L-${index}`, name: `License ${index}`, software: 'S', ...at(index) }))

/** @type {(at: SnapshotAt) => ReadonlyArray<string>} */
const snapshotsOfOne = (at) => {
  const snapshots = upTo(SHAPE_SNAPSHOTS).map((index) => {
    const { keys, ...given } = at(index)
    const installations = upTo(SHAPE_INSTALLATIONS).map((each) => ({ id: `i-${each}`, product: 'Product', ...keys }))
    return { computer: { id: `C-${index}`, name: `PC-${index}` }, ...given, installations }
  })
  return [JSON.stringify(snapshots)]
}

/** @type {(catalog: Partial<WireCatalog>, at: SnapshotAt, policy?: Policy) => Shape} */
const shape = (catalog, at, policy = {}) => ({
  catalog: {
    organizations: forest('org', 2, 1),
    locations: forest('loc', 2, 1),
    software: [{ id: 'S', name: 'Software', products: ['Product'] }],
    licenses: [],
    ...catalog,
  },
  parts: snapshotsOfOne(at),
  policy,
})

/** Spread over `size`, differently for each snapshot. */
const spread = (/** @type {number} */ index, /** @type {number} */ size) => (index * 7919) % size

const SHARED_DEVICES = upTo(10).map((index) => `PC-${index}`)
const sharedName = (/** @type {number} */ index) => ({ id: `C-${index}`, name: `PC-${index % 10}` })
const ORG = { organization: { unit: 'org-0' } }
const LOC = { location: { unit: 'loc-0' } }

/** @type {ReadonlyArray<{ name: string, make: (size: number) => Shape }>} */
export const shapes = [
  {
    name: 'serial numbers all different',
    make: (size) =>
      shape({ licenses: licensesOfOne(size, (index) => ({ serialNumber: serialOf(index) })) }, (index) => ({
        keys: { serialNumber: serialOf(spread(index, size)) },
      })),
  },
  {
    name: 'one serial number, all tied',
    make: (size) =>
      shape({ licenses: licensesOfOne(size, () => ({ serialNumber: 'SN-1' })) }, () => ({
        keys: { serialNumber: 'sn-1' },
      })),
  },
  {
    name: 'one serial number, installation keys decide',
    make: (size) =>
      shape(
        { licenses: licensesOfOne(size, (index) => ({ serialNumber: 'SN-1', installationKey: keyOf(index) })) },
        (index) => ({ keys: { serialNumber: 'SN-1', installationKey: keyOf(spread(index, size)) } }),
      ),
  },
  {
    name: 'one organization, all tied',
    make: (size) =>
      shape({ licenses: licensesOfOne(size, () => ({ restrictions: ORG })) }, () => ({ organization: 'org-0' })),
  },
  {
    name: 'one organization, installed elsewhere',
    make: (size) =>
      shape({ licenses: licensesOfOne(size, () => ({ restrictions: ORG })) }, () => ({ organization: 'org-1' })),
  },
  {
    name: 'one device list, all tied',
    make: (size) =>
      shape({ licenses: licensesOfOne(size, () => ({ restrictions: { devices: SHARED_DEVICES } })) }, (index) => ({
        computer: sharedName(index),
      })),
  },
  {
    name: 'one device list, organizations decide',
    make: (size) =>
      shape(
        {
          organizations: forest('org', size, 1),
          licenses: licensesOfOne(size, (index) => ({
            restrictions: { devices: SHARED_DEVICES, organization: { unit: `org-${index}` } },
          })),
        },
        (index) => ({ computer: sharedName(index), organization: `org-${spread(index, size)}` }),
      ),
  },
  {
    name: 'one license for 5,000 devices, the others for 3',
    make: (size) =>
      shape(
        {
          licenses: licensesOfOne(size, (license) => ({
            restrictions: { devices: upTo(license === 0 ? 5_000 : 3).map((index) => `PC-${license * 3 + index}`) },
          })),
        },
        (index) => ({ computer: { id: `C-${index}`, name: `PC-${spread(index, 5_000)}` } }),
      ),
  },
  {
    name: 'main licenses, all tied',
    make: (size) => shape({ licenses: licensesOfOne(size, () => ({ main: true })) }, () => ({})),
  },
  {
    name: 'strict: all restrictions different',
    make: (size) =>
      shape(
        {
          organizations: forest('org', size, 5),
          locations: forest('loc', size, 5),
          licenses: licensesOfOne(size, (index) => ({
            restrictions: {
              devices: [`PC-${index}`],
              organization: { unit: `org-${index}`, includeSubunits: index % 2 === 0 },
              location: { unit: `loc-${index}`, includeSubunits: index % 3 === 0 },
            },
          })),
        },
        (index) => {
          const number = spread(index, size)
          return {
            computer: { id: `C-${index}`, name: `PC-${number}` },
            organization: `org-${index % 2 === 0 ? number : spread(index, 7)}`,
            location: `loc-${number}`,
          }
        },
        STRICT,
      ),
  },
  {
    name: 'strict: every mix of restrictions',
    make: (size) =>
      shape(
        {
          organizations: forest('org', size, 5),
          locations: forest('loc', size, 5),
          licenses: licensesOfOne(size, (index) => ({
            main: index % 16 === 0,
            ...(index % 3 === 0 ? { serialNumber: serialOf(index % 100) } : {}),
            restrictions: {
              ...((index & 1) === 0 ? {} : { devices: [`PC-${index}`] }),
              ...((index & 2) === 0 ? {} : { owners: [ownerName(index)] }),
              ...((index & 4) === 0 ? {} : { organization: { unit: `org-${index}` } }),
              ...((index & 8) === 0 ? {} : { location: { unit: `loc-${index}` } }),
            },
          })),
        },
        (index) => ({
          computer: { id: `C-${index}`, name: `PC-${spread(index, size)}` },
          owner: ownerName(spread(index, size)),
          organization: `org-${spread(index, size)}`,
          location: `loc-${spread(index + 1, size)}`,
          keys: { serialNumber: serialOf(index % 150) },
        }),
        STRICT,
      ),
  },
  {
    name: 'strict: one organization and office, installed in another office',
    make: (size) =>
      shape(
        { licenses: licensesOfOne(size, () => ({ restrictions: { ...ORG, ...LOC } })) },
        () => ({ organization: 'org-0', location: 'loc-1' }),
        STRICT,
      ),
  },
  {
    name: 'strict: one shared device, installed in another organization',
    make: (size) =>
      shape(
        {
          licenses: licensesOfOne(size, (index) => ({
            restrictions: { devices: ['PC-0', `PC-${index + 1}`], ...ORG },
          })),
        },
        (index) => ({ computer: { id: `C-${index}`, name: 'PC-0' }, organization: 'org-1' }),
        STRICT,
      ),
  },
  {
    name: 'strict: one serial number, each on a device of its own',
    make: (size) =>
      shape(
        {
          licenses: licensesOfOne(size, (index) => ({
            serialNumber: 'SN-1',
            restrictions: { devices: [`PC-${index}`, `PC-${index}-B`] },
          })),
        },
        (index) => ({
          computer: { id: `C-${index}`, name: `PC-${spread(index, size)}` },
          keys: { serialNumber: 'SN-1' },
        }),
        STRICT,
      ),
  },
]

/**
 * One license for `size` devices.
 *
 * @type {(size: number) => Shape}
 */
export const longList = (size) =>
  shape(
    {
      licenses: licensesOfOne(10, (license) => ({
        restrictions: { devices: upTo(license === 0 ? size : 3).map((index) => `PC-${license * 3 + index}`) },
      })),
    },
    (index) => ({ computer: { id: `C-${index}`, name: `PC-${spread(index, size)}` } }),
  )

/**
 * Organizations and locations are one chain each, `size` units deep; the computers are in the lower half. Where
 * `everyUnit` is named, licenses of this one or of other software include each unit of the chains with all below it.
 *
 * @type {(size: number, everyUnit?: 'same-software' | 'other-software') => Shape}
 */
export const deep = (size, everyUnit) => {
  const included = (/** @type {number} */ number) => ({
    organization: { unit: `org-${number}`, includeSubunits: true },
    location: { unit: `loc-${spread(number, size)}`, includeSubunits: true },
  })
  const few = licensesOfOne(20, (index) => ({
    restrictions: { devices: [`PC-${index}`], ...included(spread(index + 1, size)) },
  }))
  const all = upTo(everyUnit === undefined ? 0 : size).map((index) => ({
    id: `E-${index}`,
    name: `Each ${index}`,
    software: everyUnit === 'same-software' ? 'S' : 'T',
    restrictions: { devices: [`PC-${index + 1_000}`], ...included(index) },
  }))
  return shape(
    {
      organizations: chain('org', size),
      locations: chain('loc', size),
      software: [
        { id: 'S', name: 'Software', products: ['Product'] },
        { id: 'T', name: 'Other software', products: ['Other product'] },
      ],
      licenses: [...few, ...all],
    },
    (index) => ({
      computer: { id: `C-${index}`, name: `PC-${index % 40}` },
      organization: `org-${size - 1 - spread(index, Math.ceil(size / 2))}`,
      location: `loc-${size - 1 - spread(index + 1, Math.ceil(size / 2))}`,
    }),
    STRICT,
  )
}

/**
 * `size` organizations of one name. The snapshots refer to it by name, which is ambiguous, and so do `size` licenses, or
 * ten.
 *
 * @type {(size: number, restricted: 'ten licenses' | 'all licenses') => Shape}
 */
export const namesakes = (size, restricted) =>
  shape(
    {
      organizations: [
        { id: 'top', name: 'Top' },
        ...upTo(size).map((index) => ({ id: `org-${index}`, name: 'Sales', parent: 'top' })),
      ],
      licenses: licensesOfOne(restricted === 'ten licenses' ? 10 : size, (index) => ({
        restrictions: { organization: { unit: index % 2 === 0 ? 'Sales' : 'Top/Sales' } },
      })),
    },
    () => ({ organization: 'Sales' }),
  )
