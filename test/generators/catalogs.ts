/**
 * Catalogs of one tracked software, small enough that every snapshot that can make a difference can be tried: those built
 * from the catalog's own texts and units, with one stranger for each.
 */
import fc from 'fast-check'
import { AuditSnapshot, Text, type Catalog } from 'seatwise'
import { decode } from './decide.js'
import { policyAndDay, present, randomWorld, type World } from './world.js'

export const PRODUCT = 'Office 24'

/** A world of one tracked software and a few licenses, all for it; no snapshots. */
export const smallWorld = (licenses: number): fc.Arbitrary<World> =>
  randomWorld({ units: 4, licenses, computers: 0 }).map((world) => ({
    ...world,
    catalog: {
      ...world.catalog,
      software: [{ id: 'office', name: 'Office', products: [PRODUCT] }],
      licenses: world.catalog.licenses.map((license) => ({ ...license, software: 'office' })),
    },
  }))

const some = <A>(...values: ReadonlyArray<A>): fc.Arbitrary<A | undefined> =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight: 2, arbitrary: fc.constantFrom(...values) })

const unitOf = (...units: ReadonlyArray<string>) =>
  some(...units.flatMap((unit) => [{ unit }, { unit, includeSubunits: true }]))

/** A world in which licenses are in each other's way: they have few texts and units among them. */
export const crowdedWorld = (licenses: number): fc.Arbitrary<World> =>
  fc
    .record({
      licenses: fc.array(
        fc.record({
          name: fc.constantFrom('a', 'b', 'c', 'd'),
          serialNumber: some('A', 'B'),
          installationKey: some('K'),
          devices: some(['PC-1'], ['PC-2'], ['PC-1', 'PC-2']),
          owners: some(['Ann'], ['Ann', 'Bo']),
          organization: unitOf('acme', 'sales', 'emea', 'nowhere'),
          location: unitOf('hall', 'desk'),
          main: fc.boolean(),
          entitlements: fc.constantFrom(undefined, 1),
        }),
        { minLength: 2, maxLength: licenses },
      ),
      terms: policyAndDay,
    })
    .map(({ licenses: plans, terms }): World => ({
      ...terms,
      snapshots: [],
      catalog: {
        organizations: [
          { id: 'acme', name: 'Acme' },
          { id: 'sales', name: 'Sales', parent: 'acme' },
          { id: 'emea', name: 'EMEA', parent: 'sales' },
          { id: 'legal', name: 'Legal', parent: 'acme' },
        ],
        locations: [
          { id: 'hall', name: 'Hall' },
          { id: 'desk', name: 'Desk', parent: 'hall' },
        ],
        software: [{ id: 'office', name: 'Office', products: [PRODUCT] }],
        licenses: plans.map(({ devices, owners, organization, location, ...license }, place) =>
          present({
            id: `L-${String(place)}`,
            software: 'office',
            ...license,
            restrictions: present({ devices, owners, organization, location }),
          }),
        ),
      },
    }))

const STRANGER = 'nobody else has this'

/** One of each that compare alike, and a stranger. */
const tried = (texts: ReadonlyArray<string | undefined>, form: (text: string) => string): ReadonlyArray<string> => [
  ...new Map(
    texts.flatMap((text) => (text === undefined || Text.isBlank(text) ? [] : [[form(text), text] as const])),
  ).values(),
  STRANGER,
]

const product = <A, B>(some: ReadonlyArray<A>, others: ReadonlyArray<B>): ReadonlyArray<readonly [A, B]> =>
  some.flatMap((a) => others.map((b) => [a, b] as const))

/** Every snapshot that can make a difference, with an installation for every pair of a serial number and a key. */
export const everySnapshot = (
  catalog: Catalog.Catalog,
  mode: Text.TextMode,
): ReadonlyArray<AuditSnapshot.AuditSnapshot> => {
  const form = Text.form(mode)
  const { licenses, organizations = [], locations = [] } = catalog
  const restrictions = licenses.map((license) => license.restrictions ?? {})
  const keys = product(
    tried(
      licenses.map(({ serialNumber }) => serialNumber),
      form,
    ),
    tried(
      licenses.map(({ installationKey }) => installationKey),
      form,
    ),
  )
  const computers = product(
    product(
      tried(
        restrictions.flatMap(({ devices = [] }) => devices),
        form,
      ),
      tried(
        restrictions.flatMap(({ owners = [] }) => owners),
        form,
      ),
    ),
    product([STRANGER, ...organizations.map(({ id }) => id)], [STRANGER, ...locations.map(({ id }) => id)]),
  )
  const { left, right } = AuditSnapshot.decodeAll(
    computers.map(([[name, owner], [organization, location]], number) => ({
      computer: { id: `c-${String(number)}`, name },
      owner,
      organization,
      location,
      installations: keys.map(([serialNumber, installationKey], place) => ({
        id: `i-${String(place)}`,
        product: PRODUCT,
        serialNumber,
        installationKey,
      })),
    })),
  )
  if (left.length > 0) throw new Error(JSON.stringify(left[0]))
  return right
}

export { decode }
