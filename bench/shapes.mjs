// @ts-check
/**
 * Shapes: what somebody would write who wants a reader to be slow. Licenses of one software, and snapshots that all have
 * it installed.
 */
import { chain, forest, keyOf, ownerName, serialOf, upTo } from './worlds.mjs'

/** @typedef {import('./worlds.mjs').WireCatalog} WireCatalog */
/** @typedef {import('./worlds.mjs').WireLicense} WireLicense */
/** @typedef {import('./worlds.mjs').WireSnapshot} WireSnapshot */
/** @typedef {import('./worlds.mjs').WireInstallation} WireInstallation */
/** @typedef {import('seatwise').AllocationPolicy.AllocationPolicy} Policy */

/**
 * A catalog, snapshots as JSON texts, and the policy to decide by.
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
    name: 'strict: one serial number and one shared device, installed on devices of their own',
    make: (size) =>
      shape(
        {
          licenses: licensesOfOne(size, (index) => ({
            serialNumber: 'SN-1',
            restrictions: { devices: ['PC-shared', `PC-${index}`] },
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
