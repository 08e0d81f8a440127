/**
 * Worlds: a catalog, snapshots and a policy in the wire format, without contradictions, so that every one of them can be
 * decided. Exact duplicates occur.
 */
import fc from 'fast-check'
import type {
  WireCatalog,
  WireInstallation,
  WireLicense,
  WirePolicy,
  WireRestriction,
  WireSnapshot,
  WireSoftware,
  WireUnit,
} from '../model/allocation.js'
import { reference, tree, type Reference } from './units.js'
import {
  AS_OF,
  COMPUTER_IDS,
  device,
  EXPIRIES,
  INSTALLATION_IDS,
  key,
  LICENSE_IDS,
  LICENSE_NAMES,
  LIVE_SOFTWARE,
  owner,
  PRODUCTS,
  RETIRED_SOFTWARE,
  sometimes,
  UNKNOWN_PRODUCT,
} from './vocabulary.js'

export type World = {
  readonly catalog: WireCatalog
  readonly snapshots: ReadonlyArray<WireSnapshot>
  readonly policy: WirePolicy
  readonly asOf?: string
}

/** A record without the fields that are undefined: in the wire format they are not there. */
export const present = <A extends object>(record: A): A =>
  Object.fromEntries(Object.entries(record).filter(([, held]) => held !== undefined)) as A

// -------------------------------------------------------------------------------------
// units
// -------------------------------------------------------------------------------------

type Units = { readonly organizations: ReadonlyArray<WireUnit>; readonly locations: ReadonlyArray<WireUnit> }

type UnitRestrictionPlan = { readonly unit: Reference; readonly includeSubunits: boolean | undefined }

const unitRestriction: fc.Arbitrary<UnitRestrictionPlan | undefined> = fc.option(
  fc.record({ unit: reference, includeSubunits: fc.constantFrom(true, false, undefined) }),
  { nil: undefined, freq: 2 },
)

const restrictionIn = (
  units: ReadonlyArray<WireUnit>,
  plan: UnitRestrictionPlan | undefined,
): WireRestriction | undefined =>
  plan === undefined ? undefined : present({ unit: plan.unit(units), includeSubunits: plan.includeSubunits })

// -------------------------------------------------------------------------------------
// licenses
// -------------------------------------------------------------------------------------

/** What a license says but for its id, as far as it needs the units of a world. */
export type LicensePlan = (units: Units) => Omit<WireLicense, 'id'>

const flag = (freq: number): fc.Arbitrary<boolean | undefined> =>
  fc.oneof({ weight: freq, arbitrary: fc.constantFrom(undefined, false) }, { weight: 1, arbitrary: fc.constant(true) })

const entries = (text: fc.Arbitrary<string>): fc.Arbitrary<ReadonlyArray<string> | undefined> =>
  fc.oneof(
    { weight: 3, arbitrary: fc.constant(undefined) },
    { weight: 2, arbitrary: fc.array(text, { minLength: 1, maxLength: 3 }) },
    { weight: 1, arbitrary: fc.constantFrom([], [' '], ['', '\t']) },
  )

export const licensePlan: fc.Arbitrary<LicensePlan> = fc
  .record({
    name: fc.constantFrom(...LICENSE_NAMES),
    software: fc.constantFrom(
      ...[...LIVE_SOFTWARE, LIVE_SOFTWARE[0], LIVE_SOFTWARE[0], RETIRED_SOFTWARE[0], 'of nobody'],
    ),
    serialNumber: sometimes(key),
    installationKey: sometimes(key),
    restrictions: fc.option(
      fc.record({
        devices: entries(device),
        owners: entries(owner),
        organization: unitRestriction,
        location: unitRestriction,
      }),
      { nil: undefined, freq: 5 },
    ),
    main: flag(2),
    metric: fc.constantFrom(undefined, 'installation', 'named-computer', 'site', 'none', undefined, 'user'),
    entitlements: fc.constantFrom(undefined, 0, 1, 25),
    upgradeFor: fc.constantFrom(undefined, ...LICENSE_IDS),
    expires: fc.constantFrom(undefined, ...EXPIRIES),
    retired: flag(9),
  })
  .map(
    ({ restrictions, ...license }): LicensePlan =>
      ({ organizations, locations }) =>
        present({
          ...license,
          restrictions:
            restrictions === undefined
              ? undefined
              : present({
                  devices: restrictions.devices,
                  owners: restrictions.owners,
                  organization: restrictionIn(organizations, restrictions.organization),
                  location: restrictionIn(locations, restrictions.location),
                }),
        }),
  )

// -------------------------------------------------------------------------------------
// software
// -------------------------------------------------------------------------------------

/** Every product is in one tracked software or in none; retired ones, several of them, may hold it besides. */
const software: fc.Arbitrary<ReadonlyArray<WireSoftware>> = fc
  .record({
    holders: fc.tuple(...PRODUCTS.map(() => fc.constantFrom(0, 1, 0, 2, 0, 1, LIVE_SOFTWARE.length))),
    retired: fc.tuple(...RETIRED_SOFTWARE.map(() => fc.subarray([...PRODUCTS]))),
    retiredFirst: fc.boolean(),
  })
  .map(({ holders, retired, retiredFirst }) => {
    const live = LIVE_SOFTWARE.map((id, position): WireSoftware => ({
      id,
      name: `Software ${id}`,
      products: PRODUCTS.filter((_, product) => holders[product] === position),
    }))
    const old = RETIRED_SOFTWARE.map((id, position): WireSoftware => ({
      id,
      name: `Software ${id}`,
      products: retired[position] ?? [],
      retired: true,
    }))
    return retiredFirst ? [...old, ...live] : [...live, ...old]
  })

// -------------------------------------------------------------------------------------
// snapshots
// -------------------------------------------------------------------------------------

/** What a snapshot says but for the id of its computer. */
type SnapshotPlan = (id: string, units: Units) => WireSnapshot

const installations: fc.Arbitrary<ReadonlyArray<WireInstallation> | undefined> = fc.oneof(
  { weight: 1, arbitrary: fc.constantFrom(undefined, []) },
  {
    weight: 7,
    arbitrary: fc
      .array(
        fc.record({
          product: fc.constantFrom(...PRODUCTS, ...PRODUCTS, PRODUCTS[0], UNKNOWN_PRODUCT),
          serialNumber: sometimes(key),
          installationKey: sometimes(key),
        }),
        { minLength: 1, maxLength: INSTALLATION_IDS.length },
      )
      .map((found) => found.map((each, position) => present({ id: INSTALLATION_IDS[position]!, ...each }))),
  },
)

const snapshotPlan: fc.Arbitrary<SnapshotPlan> = fc
  .record({
    name: device,
    kind: fc.oneof(
      { weight: 9, arbitrary: fc.constantFrom(undefined, 'computer' as const) },
      { weight: 1, arbitrary: fc.constant('hardware' as const) },
    ),
    retired: flag(9),
    owner: sometimes(owner),
    organization: fc.option(reference, { nil: undefined, freq: 5 }),
    location: fc.option(reference, { nil: undefined, freq: 5 }),
    installations,
  })
  .map(
    ({ name, kind, retired, organization, location, ...rest }): SnapshotPlan =>
      (id, units) =>
        present({
          computer: present({ id, name, kind, retired }),
          ...rest,
          organization: organization?.(units.organizations),
          location: location?.(units.locations),
        }),
  )

// -------------------------------------------------------------------------------------
// policies
// -------------------------------------------------------------------------------------

/** The options that concern a single snapshot, by their two values, the default first. */
export const OPTIONS = {
  restrictions: ['as-documented', 'strict'],
  keyMatches: ['ignore-restrictions', 'honor-restrictions'],
  mainLicense: ['ignore-restrictions', 'honor-restrictions'],
  text: ['case-insensitive', 'exact'],
  expired: ['eligible', 'excluded'],
  severalMains: ['first-by-name', 'none'],
} as const

const option = <Value extends string>(values: ReadonlyArray<Value>): fc.Arbitrary<Value | undefined> =>
  fc.constantFrom(undefined, ...values)

export const policy: fc.Arbitrary<WirePolicy> = fc.oneof(
  { weight: 1, arbitrary: fc.constant({}) },
  {
    weight: 4,
    arbitrary: fc
      .record({
        restrictions: option(OPTIONS.restrictions),
        keyMatches: option(OPTIONS.keyMatches),
        mainLicense: option(OPTIONS.mainLicense),
        text: option(OPTIONS.text),
        expired: option(OPTIONS.expired),
        severalMains: option(OPTIONS.severalMains),
      })
      .map(present),
  },
)

const asOf = fc.constantFrom(undefined, ...AS_OF)

/** A policy with the day that it needs. */
export const policyAndDay: fc.Arbitrary<Pick<World, 'policy' | 'asOf'>> = fc
  .record({ policy, asOf })
  .map(({ policy: chosen, asOf: day }) => {
    const needed = day ?? (chosen.expired === 'excluded' ? AS_OF[0] : undefined)
    return { policy: chosen, ...(needed === undefined ? {} : { asOf: needed }) }
  })

// -------------------------------------------------------------------------------------
// worlds
// -------------------------------------------------------------------------------------

/** How large a world may become. */
export type Size = { readonly units: number; readonly licenses: number; readonly computers: number }

/** The first record twice: an exact duplicate, which is dropped with a warning. */
const twice = <A>(records: ReadonlyArray<A>, isTwice: boolean): ReadonlyArray<A> =>
  isTwice ? [...records, ...records.slice(0, 1)] : records

const duplicated = fc.oneof({ weight: 9, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) })

/** A world in which nothing is arranged: everything may or may not meet. */
export const randomWorld = ({ units, licenses, computers }: Size): fc.Arbitrary<World> =>
  fc
    .record({
      organizations: tree(units),
      locations: tree(units),
      software,
      licenses: fc.array(licensePlan, { maxLength: licenses }),
      rotation: fc.nat({ max: LICENSE_IDS.length - 1 }),
      snapshots: fc.array(snapshotPlan, { maxLength: computers }),
      terms: policyAndDay,
      licenseTwice: duplicated,
      snapshotTwice: duplicated,
      unitTwice: duplicated,
    })
    .map((plan): World => {
      const within = { organizations: plan.organizations, locations: plan.locations }
      return {
        catalog: {
          organizations: twice(plan.organizations, plan.unitTwice),
          locations: plan.locations,
          software: plan.software,
          licenses: twice(
            plan.licenses.map((license, position) => ({
              id: LICENSE_IDS[(position + plan.rotation) % LICENSE_IDS.length]!,
              ...license(within),
            })),
            plan.licenseTwice,
          ),
        },
        snapshots: twice(
          plan.snapshots.map((snapshot, position) => snapshot(COMPUTER_IDS[position]!, within)),
          plan.snapshotTwice,
        ),
        ...plan.terms,
      }
    })
