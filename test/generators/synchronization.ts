/**
 * Worlds with a past: allocations that an earlier run or a person left, entitlements that are soon used up, upgrades, and
 * records that could not be read. And the ways from such worlds to results, by either reader and by the model.
 *
 * The rules have worlds of their own, arranged so that each of them decides; here they come with a past and few
 * entitlements. Beside them are dense ones, in which many installations want the same few licenses.
 */
import { either as E, option as O } from 'fp-ts'
import fc from 'fast-check'
import { Allocation, Decision, type Rejection } from 'seatwise'
import type { WireInstallation, WireLicense, WirePolicy, WireSnapshot } from '../model/allocation.js'
import {
  complianceByModel,
  synchronization,
  type ComplianceRow,
  type SoftwareRow,
  type Synchronization,
  type WireAllocation,
} from '../model/synchronization.js'
import { decode, type ReaderName } from './decide.js'
import { world } from './target.js'
import { COMPUTER_IDS, DEVICES, INSTALLATION_IDS, KEYS, LICENSE_IDS, LICENSE_NAMES, OWNERS } from './vocabulary.js'
import { present, type World } from './world.js'

export type PastWorld = World & {
  readonly allocations: ReadonlyArray<WireAllocation>
  readonly incomplete: ReadonlyArray<string>
  readonly rejectedLicenses: ReadonlyArray<string> | 'any'
}

// -------------------------------------------------------------------------------------
// dense worlds
// -------------------------------------------------------------------------------------

const weighted = <A>(usual: A, weight: number, ...others: ReadonlyArray<A>): fc.Arbitrary<A> =>
  fc.oneof({ weight, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: fc.constantFrom(...others) })

const DENSE_SOFTWARE = ['s-1', 's-2'] as const
const DENSE_PRODUCTS = ['p-1', 'p-2', 'p-3'] as const

const denseLicense: fc.Arbitrary<Omit<WireLicense, 'id'>> = fc
  .record({
    name: fc.constantFrom(...LICENSE_NAMES),
    software: weighted(DENSE_SOFTWARE[0], 3, DENSE_SOFTWARE[1], 's-old'),
    serialNumber: fc.constantFrom(undefined, KEYS[0], KEYS[1]),
    installationKey: fc.constantFrom(undefined, undefined, KEYS[0]),
    restrictions: fc.option(
      fc
        .record({
          devices: fc.constantFrom(undefined, undefined, [DEVICES[0]], [DEVICES[0], DEVICES[1]]),
          owners: fc.constantFrom(undefined, undefined, [OWNERS[0]]),
          organization: fc.constantFrom(undefined, { unit: 'top', includeSubunits: true }, { unit: 'low' }),
        })
        .map(present),
      { nil: undefined },
    ),
    main: fc.constantFrom(undefined, true, true),
    retired: weighted<boolean | undefined>(undefined, 12, true),
  })
  .map(present)

const denseSnapshot: fc.Arbitrary<(id: string) => WireSnapshot> = fc
  .record({
    name: fc.constantFrom(DEVICES[0], DEVICES[1]),
    kind: weighted<'hardware' | undefined>(undefined, 14, 'hardware'),
    retired: weighted<true | undefined>(undefined, 10, true),
    owner: fc.constantFrom(OWNERS[0], OWNERS[1], undefined),
    organization: fc.constantFrom('top', 'low', undefined),
    installations: fc.oneof(
      { weight: 1, arbitrary: fc.constantFrom(undefined, []) },
      {
        weight: 8,
        arbitrary: fc.array(
          fc
            .record({
              product: weighted<string>(DENSE_PRODUCTS[0], 3, DENSE_PRODUCTS[1], DENSE_PRODUCTS[2]),
              serialNumber: fc.constantFrom(undefined, KEYS[0], KEYS[1]),
              installationKey: fc.constantFrom(undefined, undefined, KEYS[0]),
            })
            .map(present),
          { minLength: 1, maxLength: 3 },
        ),
      },
    ),
  })
  .map(
    ({ name, kind, retired, installations, ...rest }) =>
      (id): WireSnapshot =>
        present({
          computer: present({ id, name, kind, retired }),
          ...rest,
          installations: installations?.map((installation, position): WireInstallation => ({
            id: INSTALLATION_IDS[position]!,
            ...installation,
          })),
        }),
  )

/** Up to four computers that all want the licenses of one or two tracked software records. */
const dense: fc.Arbitrary<World> = fc
  .record({
    licenses: fc.array(denseLicense, { minLength: 2, maxLength: 4 }),
    snapshots: fc.array(denseSnapshot, { minLength: 1, maxLength: COMPUTER_IDS.length }),
    rotation: fc.nat({ max: 7 }),
  })
  .map(({ licenses, snapshots, rotation }) => ({
    catalog: {
      organizations: [
        { id: 'top', name: 'Top' },
        { id: 'low', name: 'Low', parent: 'top' },
      ],
      software: [
        { id: DENSE_SOFTWARE[0], name: 'One', products: [DENSE_PRODUCTS[0], DENSE_PRODUCTS[1]] },
        { id: DENSE_SOFTWARE[1], name: 'Two', products: [DENSE_PRODUCTS[2]] },
        { id: 's-old', name: 'Old', products: [DENSE_PRODUCTS[0]], retired: true },
      ],
      licenses: licenses.map((license, position) => ({
        id: LICENSE_IDS[(position + rotation) % LICENSE_IDS.length]!,
        ...license,
      })),
    },
    snapshots: snapshots.map((snapshot, position) => snapshot(COMPUTER_IDS[(position + rotation) % 4]!)),
    policy: {},
  }))

// -------------------------------------------------------------------------------------
// limits
// -------------------------------------------------------------------------------------

/** What makes licenses scarce, by numbers, until there are licenses; the same for exact duplicates. */
type Limit = {
  readonly entitlements: number | undefined
  readonly metric: WireLicense['metric']
  readonly upgradeFor: number | undefined
}

const limit: fc.Arbitrary<Limit> = fc.record({
  entitlements: fc.constantFrom(undefined, 0, 1, 1, 2, 2, 2, 3),
  metric: fc.constantFrom(undefined, undefined, 'installation', 'named-computer', 'site', 'user', 'none'),
  upgradeFor: fc.constantFrom(undefined, 0, 0, 1, 1, 2, 3),
})

const limited = (licenses: ReadonlyArray<WireLicense>, limits: ReadonlyArray<Limit>): ReadonlyArray<WireLicense> => {
  const ids = [...new Set(licenses.map(({ id }) => id))]
  return licenses.map((license) => {
    const { entitlements, metric, upgradeFor } = limits[ids.indexOf(license.id) % limits.length]!
    const original = upgradeFor === undefined ? undefined : (ids[upgradeFor] ?? 'L-gone')
    return present({ ...license, entitlements, metric: license.metric ?? metric, upgradeFor: original })
  })
}

// -------------------------------------------------------------------------------------
// allocations
// -------------------------------------------------------------------------------------

/** An allocation by numbers, until there is a world that it can belong to. */
type Past = {
  readonly at: number
  readonly place: 'this' | 'all' | 'blank' | 'another installation' | 'another product' | 'another computer'
  readonly license: number
  readonly kind: 'candidate' | 'any' | 'unknown'
  readonly origin: WireAllocation['origin']
  readonly deallocateAutomatically: boolean | undefined
}

const past: fc.Arbitrary<Past> = fc.record({
  at: fc.nat({ max: 23 }),
  place: fc.constantFrom(
    ...(['this', 'this', 'this', 'all', 'all', 'blank'] as const),
    ...(['another installation', 'another product', 'another computer'] as const),
  ),
  license: fc.nat({ max: 11 }),
  kind: fc.constantFrom('candidate', 'candidate', 'candidate', 'candidate', 'any', 'any', 'unknown'),
  origin: fc.constantFrom('automatic', 'automatic', 'manual'),
  deallocateAutomatically: fc.constantFrom(undefined, false, true),
})

/** Computers and licenses that are in no catalog and no snapshot, so that they may be gone or were never read. */
export const GONE = { computer: 'c-gone', license: 'L-gone', installation: 'i-gone', product: 'p-gone' } as const

const at = <A>(list: ReadonlyArray<A>, choice: number): A | undefined => list[choice % Math.max(1, list.length)]

const allocationIn = (
  { catalog, snapshots }: World,
  { at: position, place, license, kind, origin, deallocateAutomatically }: Past,
): WireAllocation => {
  const found = snapshots.flatMap(({ computer, installations = [] }) =>
    (installations.length === 0 ? [{ id: GONE.installation, product: GONE.product }] : installations).map(
      ({ id, product }) => ({ computer: computer.id, installation: id, product }),
    ),
  )
  const chosen = at(found, position) ?? GONE
  const software = catalog.software.find(
    ({ retired, products }) => retired !== true && products.includes(chosen.product),
  )
  const candidates = catalog.licenses.filter((each) => each.software === software?.id)
  const pool = kind === 'candidate' && candidates.length > 0 ? candidates : kind === 'unknown' ? [] : catalog.licenses
  const installations = {
    this: chosen.installation,
    all: undefined,
    blank: ' ',
    'another installation': GONE.installation,
    'another product': undefined,
    'another computer': chosen.installation,
  }
  return present({
    computer: place === 'another computer' ? GONE.computer : chosen.computer,
    product: place === 'another product' ? GONE.product : chosen.product,
    license: at(pool, license)?.id ?? GONE.license,
    installation: installations[place],
    origin,
    deallocateAutomatically,
  })
}

// -------------------------------------------------------------------------------------
// worlds
// -------------------------------------------------------------------------------------

/** What a whole run has besides the options of a snapshot. */
export const RUN_OPTIONS = {
  capacity: ['unlimited', 'enforced'],
  existing: ['keep', 'reevaluate-automatic', 'reevaluate-all'],
} as const

const runOptions: fc.Arbitrary<Pick<WirePolicy, 'capacity' | 'existing'>> = fc
  .record({
    capacity: fc.constantFrom(undefined, 'unlimited' as const, 'enforced' as const, 'enforced' as const),
    existing: fc.constantFrom(undefined, ...RUN_OPTIONS.existing),
  })
  .map(present)

/** Which records could not be read: seldom any. */
type Unread = { readonly computer: number | undefined; readonly license: number | 'any' | undefined }

const unread: fc.Arbitrary<Unread> = fc.record({
  computer: fc.oneof({ weight: 5, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: fc.nat({ max: 3 }) }),
  license: fc.oneof(
    { weight: 4, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: fc.constant('any' as const) },
    { weight: 1, arbitrary: fc.constantFrom(0, 0, 1, 2, 3) },
  ),
})

const unreadIn = ({ catalog, snapshots }: World, { computer, license }: Unread) => {
  const licenses = [GONE.license, ...new Set(catalog.licenses.map(({ id }) => id))]
  return {
    incomplete:
      computer === undefined ? [] : snapshots.flatMap((each, n) => (n === computer % 4 ? [each.computer.id] : [])),
    rejectedLicenses: typeof license === 'number' ? [licenses[license % licenses.length]!] : (license ?? []),
  }
}

/** Gives a world a past, and limits. */
const withPast = (given: fc.Arbitrary<World>): fc.Arbitrary<PastWorld> =>
  fc
    .record({
      given,
      limits: fc.array(limit, { minLength: 12, maxLength: 12 }),
      pasts: fc.array(past, { maxLength: 8 }),
      options: runOptions,
      lost: unread,
      isTwice: weighted(false, 6, true),
    })
    .map(({ given: before, limits, pasts, options, lost, isTwice }): PastWorld => {
      const each = { ...before, catalog: { ...before.catalog, licenses: limited(before.catalog.licenses, limits) } }
      const allocations = pasts.map((one) => allocationIn(each, one))
      return {
        ...each,
        policy: { ...each.policy, ...options },
        allocations: isTwice ? [...allocations, ...allocations.slice(0, 1)] : allocations,
        ...unreadIn(each, lost),
      }
    })

/** Worlds in which nothing was lost on the way in. */
export const withoutRejections = (each: PastWorld): PastWorld => ({ ...each, incomplete: [], rejectedLicenses: [] })

/** Dense worlds alone: every one of them has licenses and installations that want them. */
export const denseWorld: fc.Arbitrary<PastWorld> = withPast(dense)

/** Dense worlds in which entitlements limit, and licenses upgrade the main license, which has few of them. */
export const crowdedWorld: fc.Arbitrary<PastWorld> = fc
  .record({ each: denseWorld, entitlements: fc.constantFrom(1, 2, 2, 3) })
  .map(({ each: { catalog, policy, ...rest }, entitlements }): PastWorld => {
    const original = catalog.licenses[0]!.id
    const licenses = catalog.licenses.map((license): WireLicense =>
      license.id === original
        ? { ...license, main: true, metric: 'installation', entitlements }
        : { ...license, upgradeFor: original },
    )
    return { ...rest, catalog: { ...catalog, licenses }, policy: { ...policy, capacity: 'enforced' } }
  })

/** The worlds that the laws of whole runs are tried on. */
export const pastWorld: fc.Arbitrary<PastWorld> = fc.oneof(
  { weight: 2, arbitrary: denseWorld },
  { weight: 1, arbitrary: crowdedWorld },
  { weight: 2, arbitrary: withPast(world) },
)

export const withOptions = (each: PastWorld, options: WirePolicy): PastWorld => ({
  ...each,
  policy: { ...each.policy, ...options },
})

/** Worlds whose policy honors every restriction, and has no use for several main licenses. */
const sternWorld = pastWorld.map((each) =>
  withOptions(each, {
    ...{ restrictions: 'strict', keyMatches: 'honor-restrictions' },
    ...{ mainLicense: 'honor-restrictions', severalMains: 'none' },
  }),
)

/** Worlds in which the first tracked software is retired: it alone may hold a product. */
const retiredWorld = pastWorld.map((each): PastWorld => {
  const software = each.catalog.software.map((one, place) => (place === 0 ? { ...one, retired: true } : one))
  return { ...each, catalog: { ...each.catalog, software } }
})

/** The worlds that explanations of runs are tried on: in them there is something of everything to explain. */
export const explainedWorld: fc.Arbitrary<PastWorld> = fc.oneof(
  { weight: 4, arbitrary: pastWorld },
  { weight: 2, arbitrary: crowdedWorld },
  { weight: 2, arbitrary: sternWorld },
  { weight: 1, arbitrary: retiredWorld },
)

// -------------------------------------------------------------------------------------
// from worlds to results
// -------------------------------------------------------------------------------------

const errorsOf = (left: ReadonlyArray<Rejection.Rejection>) => left.filter(({ severity }) => severity === 'error')

/** A world as the library reads it. */
export const decodePast = (each: PastWorld): Allocation.Given => {
  const { catalog, snapshots, options } = decode(each)
  const { asOf, ...policy } = options
  const decoded = Allocation.decodeAll(each.allocations)
  if (errorsOf(decoded.left).length > 0) throw new Error(JSON.stringify(decoded.left))
  return {
    catalog,
    snapshots,
    policy,
    allocations: decoded.right,
    // INVARIANT: these are ids.
    incomplete: each.incomplete as unknown as NonNullable<Allocation.Given['incomplete']>,
    rejectedLicenses: each.rejectedLicenses as unknown as Allocation.RejectedLicenses,
    ...(asOf === undefined ? {} : { asOf }),
  }
}

export type WireSeat = {
  readonly computer: string
  readonly rule?: string
  readonly place?: number
  readonly installation?: string
}

/** What a run says, as it goes over the wire. */
export type Synchronized = {
  readonly decisions: ReturnType<typeof synchronization>['decisions']
  readonly released: ReadonlyArray<WireAllocation>
  readonly added: ReadonlyArray<WireAllocation>
  readonly next: ReadonlyArray<WireAllocation>
  readonly ledger: ReadonlyArray<{ readonly license: string; readonly seats: ReadonlyArray<WireSeat> }>
}

/** Runs a decoded world by one of the readers. */
export const runWith =
  (reader: ReaderName) =>
  (given: Allocation.Given): Synchronized => {
    const outcome = Allocation.run({ ...given, reader })
    if (E.isLeft(outcome)) throw new Error(JSON.stringify(outcome.left))
    // Whatever else a test is about, no run breaks an invariant.
    const broken = Allocation.checkInvariants(given)(outcome.right)
    if (broken.length > 0) throw new Error(JSON.stringify(broken))
    const { decisions, released, added, ledger } = outcome.right
    const wire = (allocation: Allocation.Allocation): WireAllocation =>
      Allocation.Allocation.encode(allocation) as WireAllocation
    return {
      decisions: decisions.map((decision) => Decision.Decision.encode(decision) as Synchronized['decisions'][number]),
      released: released.map(wire),
      added: added.map(wire),
      next: Allocation.next(given.allocations ?? [])(outcome.right).map(wire),
      ledger,
    }
  }

/** Explains every decision of the run of a world, in the order of the decisions. */
export const explainPast = (each: PastWorld): ReadonlyArray<Allocation.Explanation> => {
  const given = decodePast(each)
  const outcome = Allocation.run(given)
  const explain = E.chain(Allocation.explainRun(given))(outcome)
  if (E.isLeft(outcome) || E.isLeft(explain)) throw new Error(JSON.stringify([outcome, explain]))
  return outcome.right.decisions.map(({ computer, installation }) => {
    const explanation = explain.right(computer, installation)
    if (O.isNone(explanation)) throw new Error(JSON.stringify([computer, installation]))
    return explanation.value
  })
}

/** Runs a world by one of the readers. */
export const synchronizeWith =
  (reader: ReaderName) =>
  (each: PastWorld): Synchronized =>
    runWith(reader)(decodePast(each))

/** Runs a world as the library does unless it is told otherwise. */
export const synchronize = synchronizeWith('compiled')

export const synchronizeByModel = (each: Synchronization) => synchronization(each)

export type Compliance = {
  readonly licenses: ReadonlyArray<ComplianceRow>
  readonly software: ReadonlyArray<SoftwareRow>
}

/** The compliance of a world as it stands, by the library. */
export const complianceOf = (each: PastWorld, decisions?: Synchronized['decisions']): Compliance => {
  const { catalog, snapshots, allocations = [] } = decodePast(each)
  const told = Allocation.compliance({
    catalog,
    snapshots,
    allocations,
    ...(decisions === undefined ? {} : { decisions: decisions as unknown as ReadonlyArray<Decision.Decision> }),
  })
  if (E.isLeft(told)) throw new Error(JSON.stringify(told.left))
  return told.right
}

export { complianceByModel }
