/**
 * What would have to change, by trying everything: every set of remedies of the documented space, made on the wire format and
 * decided by the model. It shares nothing with the library but the names of the remedies.
 */
import {
  compareText,
  form,
  isBlank,
  model,
  resolveUnit,
  sameText,
  withoutDuplicates,
  type Mode,
  type WireDecision,
  type WireInstallation,
  type WireLicense,
  type WireRestriction,
  type WireSnapshot,
} from './allocation.js'
import type { World } from '../generators/world.js'
import { synchronization, type Synchronization } from './synchronization.js'

/** A remedy as it goes over the wire, and what it makes of a world. */
export type Trial = {
  readonly remedy: { readonly kind: string; readonly [field: string]: unknown }
  readonly make: (world: World) => World
}

export type Exhausted = { readonly remedies: ReadonlyArray<Trial['remedy']>; readonly decision: WireDecision }

const KEYS = ['serialNumber', 'installationKey'] as const
const KINDS = ['organization', 'location'] as const

// -------------------------------------------------------------------------------------
// changes of one record
// -------------------------------------------------------------------------------------

const omit = <A extends object>(record: A, ...fields: ReadonlyArray<string>): A =>
  Object.fromEntries(Object.entries(record).filter(([field]) => !fields.includes(field))) as A

const onSnapshot =
  (id: string, change: (snapshot: WireSnapshot) => WireSnapshot): Trial['make'] =>
  (world) => ({ ...world, snapshots: world.snapshots.map((each) => (each.computer.id === id ? change(each) : each)) })

const onInstallation = (
  computer: string,
  id: string,
  change: (installation: WireInstallation) => WireInstallation,
): Trial['make'] =>
  onSnapshot(computer, (snapshot) => ({
    ...snapshot,
    installations: (snapshot.installations ?? []).map((each) => (each.id === id ? change(each) : each)),
  }))

const onLicense =
  (id: string, change: (license: WireLicense) => WireLicense): Trial['make'] =>
  (world) => ({
    ...world,
    catalog: {
      ...world.catalog,
      licenses: world.catalog.licenses.map((each) => (each.id === id ? change(each) : each)),
    },
  })

const onSoftware =
  (
    id: string,
    change: (software: World['catalog']['software'][number]) => World['catalog']['software'][number],
  ): Trial['make'] =>
  (world) => ({
    ...world,
    catalog: {
      ...world.catalog,
      software: world.catalog.software.map((each) => (each.id === id ? change(each) : each)),
    },
  })

const restricted = (
  id: string,
  change: (restrictions: NonNullable<WireLicense['restrictions']>) => object,
): Trial['make'] =>
  onLicense(id, (license) => ({
    ...license,
    restrictions: change(license.restrictions ?? {}),
  }))

const installationOf = (world: World, computer: string, id: string): WireInstallation =>
  world.snapshots.find((each) => each.computer.id === computer)!.installations!.find((each) => each.id === id)!

// -------------------------------------------------------------------------------------
// the space
// -------------------------------------------------------------------------------------

const modeOf = ({ policy }: World): Mode => (policy.text === 'exact' ? 'exact' : 'case-insensitive')

/** The licenses that stand beside a license for the product: of the software that holds it, and of the license's own. */
const beside = ({ catalog }: World, product: string, license: WireLicense | undefined): ReadonlyArray<WireLicense> => {
  const software = new Set(catalog.software.filter(({ products }) => products.includes(product)).map(({ id }) => id))
  if (license !== undefined) software.add(license.software)
  return withoutDuplicates(catalog.licenses, ({ id }) => id).filter((each) => software.has(each.software))
}

const showing = (
  world: World,
  snapshot: WireSnapshot,
  installation: WireInstallation,
  license: WireLicense,
  named: string | undefined,
): ReadonlyArray<Trial> => {
  const mode = modeOf(world)
  const computer = snapshot.computer.id
  const all = beside(
    world,
    installation.product,
    world.catalog.licenses.find(({ id }) => id === named),
  )
  const firstThree = (list: ReadonlyArray<string> = []): ReadonlyArray<string> =>
    [...list]
      .filter((text) => !isBlank(text))
      .sort(compareText)
      .filter((text, place, sorted) => sorted.findIndex((other) => form(other, mode) === form(text, mode)) === place)
  const units = KINDS.flatMap((kind) => {
    const forest = withoutDuplicates(world.catalog[`${kind}s`] ?? [], ({ id }) => id)
    const unitOf = (restriction: WireRestriction | undefined): string | undefined => {
      const resolved = resolveUnit(forest, restriction?.unit, mode)
      return resolved.kind === 'one' ? resolved.unit.id : undefined
    }
    const restriction = license.restrictions?.[kind]
    const own = unitOf(restriction)
    if (own === undefined) return []
    const asked = all.map((each) => unitOf(each.restrictions?.[kind]))
    const below = forest
      .filter(({ id, parent }) => parent === own && !asked.includes(id))
      .map(({ id }) => id)
      .sort(compareText)
    const tried = restriction?.includeSubunits === true ? [own, ...below.slice(0, 1)] : [own]
    return tried.map((unit) => ({
      remedy: { kind: `set-${kind}`, computer, unit },
      make: onSnapshot(computer, (each) => ({ ...each, [kind]: unit })),
    }))
  })
  // A text of the form that is shown already changes nothing, and makes room for the next.
  const without = (shown: string | undefined, list: ReadonlyArray<string> | undefined) =>
    firstThree(list)
      .filter((text) => !sameText(text, shown, mode))
      .slice(0, 3)
  return [
    ...units,
    ...without(snapshot.owner, license.restrictions?.owners).map((owner) => ({
      remedy: { kind: 'set-owner', computer, owner },
      make: onSnapshot(computer, (each) => ({ ...each, owner })),
    })),
    ...without(snapshot.computer.name, license.restrictions?.devices).map((name) => ({
      remedy: { kind: 'rename-computer', computer, name },
      make: onSnapshot(computer, (each) => ({ ...each, computer: { ...each.computer, name } })),
    })),
    ...KEYS.filter((key) => !isBlank(license[key])).map((key): Trial => ({
      remedy: { kind: 'copy-key-to-installation', computer, installation: installation.id, license: license.id, key },
      make: (given) => {
        const held = given.catalog.licenses.find(({ id }) => id === license.id)![key]
        return onInstallation(computer, installation.id, (each) =>
          held === undefined ? omit(each, key) : { ...each, [key]: held },
        )(given)
      },
    })),
  ]
}

const clearing = ({ computer: { id: computer } }: WireSnapshot, { id }: WireInstallation): ReadonlyArray<Trial> => [
  ...(['location', 'organization', 'owner'] as const).map((field) => ({
    remedy: { kind: `clear-${field}`, computer },
    make: onSnapshot(computer, (each) => omit(each, field)),
  })),
  ...KEYS.map((key) => ({
    remedy: { kind: 'clear-installation-key', computer, installation: id, key },
    make: onInstallation(computer, id, (each) => omit(each, key)),
  })),
]

const ofComputer = ({ computer: { id: computer } }: WireSnapshot): ReadonlyArray<Trial> => [
  {
    remedy: { kind: 'count-as-computer', computer },
    make: onSnapshot(computer, (each) => ({ ...each, computer: omit(each.computer, 'kind') })),
  },
  {
    remedy: { kind: 'unretire-computer', computer },
    make: onSnapshot(computer, (each) => ({ ...each, computer: omit(each.computer, 'retired') })),
  },
]

const ofSoftware = (
  { catalog }: World,
  { product }: WireInstallation,
  { software: own }: WireLicense,
): ReadonlyArray<Trial> =>
  catalog.software.some(({ id }) => id === own)
    ? [
        {
          remedy: { kind: 'track-product', software: own, product },
          make: onSoftware(own, (each) => ({ ...each, products: [...new Set([...each.products, product])] })),
        },
        {
          remedy: { kind: 'unretire-software', software: own },
          make: onSoftware(own, (each) => omit(each, 'retired')),
        },
        ...withoutDuplicates(catalog.software, ({ id }) => id)
          .filter(({ id, retired, products }) => id !== own && retired !== true && products.includes(product))
          .map(({ id }) => ({
            remedy: { kind: 'untrack-product', software: id, product },
            make: onSoftware(id, (each) => ({ ...each, products: each.products.filter((other) => other !== product) })),
          })),
      ]
    : []

const opening = (
  world: World,
  snapshot: WireSnapshot,
  installation: WireInstallation,
  { id: license }: WireLicense,
): ReadonlyArray<Trial> => {
  const mode = modeOf(world)
  const computer = snapshot.computer.id
  const { policy, asOf } = world
  return [
    { remedy: { kind: 'mark-as-main', license }, make: onLicense(license, (each) => ({ ...each, main: true })) },
    {
      remedy: { kind: 'add-device', license, device: snapshot.computer.name },
      make: restricted(license, ({ devices = [], ...others }) => ({
        ...others,
        devices: [...devices, snapshot.computer.name],
      })),
    },
    ...(isBlank(snapshot.owner)
      ? []
      : [
          {
            remedy: { kind: 'add-owner', license, owner: snapshot.owner },
            make: restricted(license, ({ owners = [], ...others }) => ({
              ...others,
              owners: [...owners, snapshot.owner!],
            })),
          },
        ]),
    ...KINDS.flatMap((restriction): ReadonlyArray<Trial> => {
      const here = resolveUnit(world.catalog[`${restriction}s`] ?? [], snapshot[restriction], mode)
      return [
        {
          remedy: { kind: 'include-subunits', license, restriction },
          make: restricted(license, (each) =>
            each[restriction] === undefined
              ? each
              : { ...each, [restriction]: { ...each[restriction], includeSubunits: true } },
          ),
        },
        ...(here.kind === 'one'
          ? [
              {
                remedy: { kind: 'restrict-to-unit', license, restriction, unit: here.unit.id },
                make: restricted(license, (each) => ({ ...each, [restriction]: { unit: here.unit.id } })),
              },
            ]
          : []),
        {
          remedy: { kind: 'lift-restriction', license, restriction },
          make: restricted(license, (each) => omit(each, restriction)),
        },
      ]
    }),
    {
      remedy: { kind: 'lift-restriction', license, restriction: 'device' },
      make: restricted(license, (each) => omit(each, 'devices', 'owners')),
    },
    ...KEYS.filter((key) => !isBlank(installation[key])).map((key): Trial => ({
      remedy: { kind: 'copy-key-to-license', computer, installation: installation.id, license, key },
      make: (given) => {
        const held = installationOf(given, computer, installation.id)[key]
        return onLicense(license, (each) => (held === undefined ? omit(each, key) : { ...each, [key]: held }))(given)
      },
    })),
    { remedy: { kind: 'unretire-license', license }, make: onLicense(license, (each) => omit(each, 'retired')) },
    {
      remedy: { kind: 'count-installations', license },
      make: onLicense(license, (each) => ({ ...each, metric: 'installation' })),
    },
    ...(policy.expired === 'excluded' && asOf !== undefined
      ? [
          {
            remedy: { kind: 'extend-license', license, expires: asOf.slice(0, 10) },
            make: onLicense(license, (each) => ({ ...each, expires: asOf.slice(0, 10) })),
          },
        ]
      : []),
  ]
}

const withdrawing = (
  world: World,
  snapshot: WireSnapshot,
  { id: license, restrictions }: WireLicense,
): ReadonlyArray<Trial> => {
  const mode = modeOf(world)
  const equal = (list: ReadonlyArray<string> = [], text: string | undefined) => [
    ...new Set(list.filter((each) => sameText(each, text, mode))),
  ]
  return [
    ...equal(restrictions?.devices, snapshot.computer.name).map((device) => ({
      remedy: { kind: 'remove-device', license, device },
      make: restricted(license, ({ devices = [], ...others }) => ({
        ...others,
        devices: devices.filter((each) => each !== device),
      })),
    })),
    ...equal(restrictions?.owners, snapshot.owner).map((owner) => ({
      remedy: { kind: 'remove-owner', license, owner },
      make: restricted(license, ({ owners = [], ...others }) => ({
        ...others,
        owners: owners.filter((each) => each !== owner),
      })),
    })),
    ...KEYS.map((key) => ({
      remedy: { kind: 'clear-license-key', license, key },
      make: onLicense(license, (each) => omit(each, key)),
    })),
    { remedy: { kind: 'unmark-as-main', license }, make: onLicense(license, (each) => omit(each, 'main')) },
    { remedy: { kind: 'retire-license', license }, make: onLicense(license, (each) => ({ ...each, retired: true })) },
  ]
}

// -------------------------------------------------------------------------------------
// trying everything
// -------------------------------------------------------------------------------------

const contradicts = ({ catalog }: World): boolean => {
  const live = withoutDuplicates(catalog.software, ({ id }) => id).filter(({ retired }) => retired !== true)
  const products = live.flatMap(({ products: all }) => [...new Set(all)])
  return new Set(products).size < products.length
}

/** What each kind of remedy writes: two remedies that write one thing are not made together. */
const written = ({ kind, license, software, key, restriction, device, owner }: Trial['remedy']): string => {
  if (kind === 'copy-key-to-installation' || kind === 'clear-installation-key') return `installation ${String(key)}`
  if (/^(set|clear)-(location|organization|owner)$/.test(kind)) return kind.replace(/^\w+-/, '')
  const what =
    kind.endsWith('-key') || kind === 'copy-key-to-license' ? key : kind.replace(/^(un)?(mark|retire|track|re)/, '')
  const target = kind.endsWith('-device') ? device : kind.endsWith('-owner') ? owner : undefined
  if (target !== undefined) return JSON.stringify([kind.replace(/^\w+-/, ''), license, target])
  return JSON.stringify([restriction ?? what, license ?? software])
}

/** The sets of a size. */
const subsets = <A>(list: ReadonlyArray<A>, size: number): ReadonlyArray<ReadonlyArray<A>> =>
  size === 0
    ? [[]]
    : list.flatMap((one, place) => subsets(list.slice(place + 1), size - 1).map((others) => [one, ...others]))

/** The remedies of the space of a license, in no order that matters but this one, in which they are made. */
const trialsFor = (
  world: World,
  snapshot: WireSnapshot,
  installation: WireInstallation,
  target: WireLicense,
  named: string | undefined,
): ReadonlyArray<Trial> => {
  const all = beside(world, installation.product, named === undefined ? undefined : target)
  const others = all.filter(({ id, main }) => id !== target.id && (named !== undefined || main === true))
  return [
    ...ofComputer(snapshot),
    ...showing(world, snapshot, installation, target, named),
    ...clearing(snapshot, installation),
    ...ofSoftware(world, installation, target),
    ...opening(world, snapshot, installation, target),
    ...others.flatMap((license) => withdrawing(world, snapshot, license)),
  ]
}

const made = (world: World, set: ReadonlyArray<Trial>): World => set.reduce((after, { make }) => make(after), world)

/** The decision about an installation, or nothing where the records contradict themselves. */
const decisionIn = (world: World, computer: string, installation: string): WireDecision | undefined =>
  contradicts(world)
    ? undefined
    : model({ ...world, snapshots: world.snapshots.filter((each) => each.computer.id === computer) }).find(
        (each) => each.installation === installation,
      )

/** All the smallest sets of remedies that are enough, up to a bound; as many as there are, in no order. */
export const exhaust = (
  world: World,
  computer: string,
  installation: string,
  named: string | undefined,
  bound: number,
): ReadonlyArray<Exhausted> => {
  const snapshot = world.snapshots.find((each) => each.computer.id === computer)!
  const found = snapshot.installations!.find((each) => each.id === installation)!
  const isSo = (decision: WireDecision | undefined): decision is WireDecision =>
    decision?.outcome === 'allocated' && (named === undefined || decision.license === named)
  const now = decisionIn(world, computer, installation)
  if (isSo(now)) return [{ remedies: [], decision: now }]
  const all = withoutDuplicates(world.catalog.licenses, ({ id }) => id)
  const targets = named === undefined ? beside(world, found.product, undefined) : all.filter(({ id }) => id === named)
  const enough = (size: number) =>
    targets.flatMap((target): ReadonlyArray<ReadonlyArray<Trial>> => {
      // Where any license will do, each is looked for beside the main licenses alone.
      const licenses = world.catalog.licenses.filter(
        ({ id, main }) => named !== undefined || id === target.id || main === true,
      )
      const alone = { ...world, catalog: { ...world.catalog, licenses } }
      return subsets(trialsFor(world, snapshot, found, target, named), size).filter(
        (set) =>
          new Set(set.map(({ remedy }) => written(remedy))).size === set.length &&
          isSo(decisionIn(made(alone, set), computer, installation)),
      )
    })
  for (let size = 1; size <= bound; size += 1) {
    const sets = enough(size)
    // Among all licenses, a part may be enough.
    const parts = sets
      .flatMap((set) => (size === 1 ? [] : set.map((trial) => [trial])))
      .filter((part) => isSo(decisionIn(made(world, part), computer, installation)))
    const smallest = parts.length > 0 ? parts : sets
    if (smallest.length === 0) continue
    const answers = smallest.map((set) => ({
      remedies: set.map(({ remedy }) => remedy),
      decision: decisionIn(made(world, set), computer, installation)!,
    }))
    return [
      ...new Map(
        answers.map((answer) => [
          JSON.stringify(answer.remedies.map((remedy) => JSON.stringify(remedy)).sort()),
          answer,
        ]),
      ).values(),
    ]
  }
  return []
}

// -------------------------------------------------------------------------------------
// trying everything in a run
// -------------------------------------------------------------------------------------

const bought = (world: World & Synchronization, { id: license, entitlements }: WireLicense): ReadonlyArray<Trial> => {
  const most =
    world.snapshots.reduce((sum, { installations = [] }) => sum + installations.length, 0) +
    (world.allocations ?? []).length
  return entitlements === undefined
    ? []
    : [1, most].map((count) => ({
        remedy: { kind: 'add-entitlements', license, count },
        make: onLicense(license, (each) => ({ ...each, entitlements: (each.entitlements ?? 0) + count })),
      }))
}

/**
 * The names of the smallest sets that are enough in a run, without how many entitlements are added: sets grow by the
 * remedies of one license, and by those that withdraw the license that the installation has by then.
 */
export const exhaustInRun = (
  world: World & Synchronization,
  computer: string,
  installation: string,
  named: string | undefined,
  bound: number,
): ReadonlyArray<string> => {
  const snapshot = world.snapshots.find((each) => each.computer.id === computer)!
  const found = snapshot.installations!.find((each) => each.id === installation)!
  const decide = (set: ReadonlyArray<Trial>) => {
    const after = made(world, set) as World & Synchronization
    return contradicts(after)
      ? undefined
      : synchronization(after).decisions.find(
          (each) => each.computer === computer && each.installation === installation,
        )
  }
  const isSo = (set: ReadonlyArray<Trial>): boolean => {
    const decision = decide(set)
    const has = decision?.outcome === 'allocated' || decision?.outcome === 'kept'
    return has && (named === undefined || decision.license === named)
  }
  if (isSo([])) return ['']
  const all = withoutDuplicates(world.catalog.licenses, ({ id }) => id)
  const targets = all.filter(({ id }) =>
    named === undefined ? beside(world, found.product, undefined).some((each) => each.id === id) : id === named,
  )
  const nameOf = (set: ReadonlyArray<Trial>): string =>
    set
      .map(({ remedy }) => JSON.stringify(remedy.kind === 'add-entitlements' ? { ...remedy, count: 0 } : remedy))
      .sort()
      .join()
  let grown = targets.map((target) => ({ target, sets: [[]] as ReadonlyArray<ReadonlyArray<Trial>> }))
  for (let size = 1; size <= bound; size += 1) {
    grown = grown.map(({ target, sets }) => ({
      target,
      sets: sets.flatMap((set) => {
        const winner = decide(set)?.license
        const next = [
          ...ofComputer(snapshot),
          ...showing(world, snapshot, found, target, undefined),
          ...clearing(snapshot, found),
          ...ofSoftware(world, found, target),
          ...opening(world, snapshot, found, target),
          ...bought(world, target),
          ...all
            .filter(({ id }) => id === winner && id !== target.id)
            .flatMap((each) => withdrawing(world, snapshot, each)),
        ]
        const writes = new Set(set.map(({ remedy }) => written(remedy)))
        return next.filter(({ remedy }) => !writes.has(written(remedy))).map((trial) => [...set, trial])
      }),
    }))
    const enough = grown.flatMap(({ sets }) => sets).filter(isSo)
    if (enough.length > 0) return [...new Set(enough.map(nameOf))].sort()
  }
  return []
}
