/**
 * Changes to worlds, of which a law says what they may change in the decisions.
 */
import type { WireDecision, WireLicense, WireSnapshot, WireUnit } from '../model/allocation.js'
import { present, type World } from './world.js'

export const withPolicy = (world: World, policy: World['policy']): World => ({
  ...world,
  policy: { ...world.policy, ...policy },
})

export const mapLicenses = (world: World, change: (license: WireLicense) => WireLicense): World => ({
  ...world,
  catalog: { ...world.catalog, licenses: world.catalog.licenses.map(change) },
})

export const filterLicenses = (world: World, keep: (license: WireLicense) => boolean): World => ({
  ...world,
  catalog: { ...world.catalog, licenses: world.catalog.licenses.filter(keep) },
})

/** The world without a license. */
export const without = (world: World, license: WireLicense): World =>
  filterLicenses(world, ({ id }) => id !== license.id)

const once = <A>(records: ReadonlyArray<A>, id: (record: A) => string): ReadonlyArray<A> =>
  records.filter((record, position) => records.findIndex((each) => id(each) === id(record)) === position)

/** A world without its exact duplicates, for changes that would make two different records of them. */
export const withoutDuplicates = (world: World): World => ({
  ...world,
  catalog: {
    ...world.catalog,
    organizations: once(world.catalog.organizations ?? [], ({ id }) => id),
    licenses: once(world.catalog.licenses, ({ id }) => id),
  },
  snapshots: once(world.snapshots, ({ computer }) => computer.id),
})

/** What a decision says about who got what, and why; not what else was worth a look. */
export const choiceOf = ({ computer, installation, outcome, license, rule }: WireDecision) => ({
  computer,
  installation,
  outcome,
  license,
  rule,
})

/** Decisions by computer and installation. */
export const byInstallation = (decisions: ReadonlyArray<WireDecision>): ReadonlyMap<string, WireDecision> =>
  new Map(decisions.map((decision) => [JSON.stringify([decision.computer, decision.installation]), decision]))

/** Decisions before and after a change, side by side. */
export const sideBySide = (
  before: ReadonlyArray<WireDecision>,
  after: ReadonlyArray<WireDecision>,
): ReadonlyArray<readonly [WireDecision, WireDecision]> => {
  const found = byInstallation(after)
  return Array.from(byInstallation(before), ([key, decision]) => [decision, found.get(key)!] as const)
}

// -------------------------------------------------------------------------------------
// texts
// -------------------------------------------------------------------------------------

/** A kind of text that rules compare. */
export type TextKind = 'serialNumber' | 'installationKey' | 'device' | 'owner' | 'unit name' | 'unit reference'

/** Changes every text that rules compare; references are changed with the units that they refer into. */
export const mapTexts = (
  world: World,
  change: (text: string, kind: TextKind, units: ReadonlyArray<WireUnit>) => string,
): World => {
  const { organizations = [], locations = [] } = world.catalog
  const maybe = (text: string | undefined, kind: TextKind, units: ReadonlyArray<WireUnit> = []): string | undefined =>
    text === undefined ? undefined : change(text, kind, units)
  const restriction = (restricted: { readonly unit: string } | undefined, units: ReadonlyArray<WireUnit>) =>
    restricted === undefined ? undefined : { ...restricted, unit: change(restricted.unit, 'unit reference', units) }
  const ofUnits = (units: ReadonlyArray<WireUnit>): ReadonlyArray<WireUnit> =>
    units.map((unit) => ({ ...unit, name: change(unit.name, 'unit name', units) }))
  const ofLicense = ({ restrictions, ...license }: WireLicense): WireLicense =>
    present({
      ...license,
      serialNumber: maybe(license.serialNumber, 'serialNumber'),
      installationKey: maybe(license.installationKey, 'installationKey'),
      restrictions:
        restrictions === undefined
          ? undefined
          : present({
              devices: restrictions.devices?.map((name) => change(name, 'device', [])),
              owners: restrictions.owners?.map((name) => change(name, 'owner', [])),
              organization: restriction(restrictions.organization, organizations),
              location: restriction(restrictions.location, locations),
            }),
    })
  const ofSnapshot = (snapshot: WireSnapshot): WireSnapshot =>
    present({
      ...snapshot,
      computer: { ...snapshot.computer, name: change(snapshot.computer.name, 'device', []) },
      owner: maybe(snapshot.owner, 'owner'),
      organization: maybe(snapshot.organization, 'unit reference', organizations),
      location: maybe(snapshot.location, 'unit reference', locations),
      installations: snapshot.installations?.map((installation) =>
        present({
          ...installation,
          serialNumber: maybe(installation.serialNumber, 'serialNumber'),
          installationKey: maybe(installation.installationKey, 'installationKey'),
        }),
      ),
    })
  return {
    ...world,
    catalog: {
      ...world.catalog,
      organizations: ofUnits(organizations),
      locations: ofUnits(locations),
      licenses: world.catalog.licenses.map(ofLicense),
    },
    snapshots: world.snapshots.map(ofSnapshot),
  }
}

// -------------------------------------------------------------------------------------
// ids
// -------------------------------------------------------------------------------------

/** New ids for old ones, kind by kind; what is no id of the kind stays as it is. */
export type Renaming = { readonly [Kind in keyof Ids]: (id: string) => string }

type Ids = {
  readonly organization: ReadonlyArray<string>
  readonly location: ReadonlyArray<string>
  readonly software: ReadonlyArray<string>
  readonly product: ReadonlyArray<string>
  readonly license: ReadonlyArray<string>
  readonly computer: ReadonlyArray<string>
  readonly installation: ReadonlyArray<string>
}

const idsOf = ({ catalog, snapshots }: World): Ids => {
  const installations = snapshots.flatMap((snapshot) => snapshot.installations ?? [])
  return {
    organization: (catalog.organizations ?? []).map(({ id }) => id),
    location: (catalog.locations ?? []).map(({ id }) => id),
    software: catalog.software.map(({ id }) => id),
    product: [...catalog.software.flatMap(({ products }) => products), ...installations.map(({ product }) => product)],
    license: catalog.licenses.map(({ id }) => id),
    computer: snapshots.map(({ computer }) => computer.id),
    installation: installations.map(({ id }) => id),
  }
}

/** Ids that no record of a generated world has; `order` says which place each of the sorted old ids gets. */
export const renamingOf = (world: World, order: (places: ReadonlyArray<number>) => ReadonlyArray<number>): Renaming => {
  const rename = (ids: ReadonlyArray<string>) => {
    const old = [...new Set(ids)].sort()
    const places = order(old.map((_, place) => place))
    const renamed = new Map(old.map((id, place) => [id, `renamed ${String(places[place]).padStart(3, '0')}`]))
    return (id: string): string => renamed.get(id) ?? id
  }
  const ids = idsOf(world)
  return {
    organization: rename(ids.organization),
    location: rename(ids.location),
    software: rename(ids.software),
    product: rename(ids.product),
    license: rename(ids.license),
    computer: rename(ids.computer),
    installation: rename(ids.installation),
  }
}

const renameUnits = (units: ReadonlyArray<WireUnit> | undefined, rename: (id: string) => string) =>
  units?.map((unit) =>
    present({ ...unit, id: rename(unit.id), parent: unit.parent === undefined ? undefined : rename(unit.parent) }),
  )

/** Renames every id of a world, and every reference that is an id. */
export const renameIds = ({ catalog, snapshots, ...terms }: World, rename: Renaming): World => ({
  ...terms,
  catalog: present({
    organizations: renameUnits(catalog.organizations, rename.organization),
    locations: renameUnits(catalog.locations, rename.location),
    software: catalog.software.map((software) => ({
      ...software,
      id: rename.software(software.id),
      products: software.products.map(rename.product),
    })),
    licenses: catalog.licenses.map(({ restrictions, ...license }) =>
      present({
        ...license,
        id: rename.license(license.id),
        software: rename.software(license.software),
        upgradeFor: license.upgradeFor === undefined ? undefined : rename.license(license.upgradeFor),
        restrictions:
          restrictions === undefined
            ? undefined
            : present({
                ...restrictions,
                organization:
                  restrictions.organization === undefined
                    ? undefined
                    : { ...restrictions.organization, unit: rename.organization(restrictions.organization.unit) },
                location:
                  restrictions.location === undefined
                    ? undefined
                    : { ...restrictions.location, unit: rename.location(restrictions.location.unit) },
              }),
      }),
    ),
  }),
  snapshots: snapshots.map((snapshot) =>
    present({
      ...snapshot,
      computer: { ...snapshot.computer, id: rename.computer(snapshot.computer.id) },
      organization: snapshot.organization === undefined ? undefined : rename.organization(snapshot.organization),
      location: snapshot.location === undefined ? undefined : rename.location(snapshot.location),
      installations: snapshot.installations?.map((installation) => ({
        ...installation,
        id: rename.installation(installation.id),
        product: rename.product(installation.product),
      })),
    }),
  ),
})

/** Renames every id of a decision. */
export const renameDecision = (decision: WireDecision, rename: Renaming): WireDecision =>
  present({
    ...decision,
    computer: rename.computer(decision.computer),
    installation: rename.installation(decision.installation),
    product: rename.product(decision.product),
    license: decision.license === undefined ? undefined : rename.license(decision.license),
    tied: decision.tied?.map(rename.license),
  }) as WireDecision
