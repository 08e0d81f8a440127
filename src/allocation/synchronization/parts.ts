/**
 * A run in parts (ALLOC-85): what can be decided apart is, on another thread or another machine, and the outcomes are
 * joined. Catalog, policy and day are the same in each part. Compliance is told of the whole.
 *
 * Laws:
 *
 * 1. The joined outcomes of the parts are the outcome of the whole
 * 2. Outcomes of parts are a commutative monoid under {@link join}
 *
 * @since 0.1.0
 */
import { E, RNEA, type M } from '../../prelude.js'
import type { Allocation } from '../../record/Allocation.js'
import type { AuditSnapshot, Installation } from '../../record/AuditSnapshot.js'
import type { Decision, RuleName } from '../../record/Decision.js'
import type { Rejection } from '../../record/Rejection.js'
import { refusalOf } from '../../record/Report.js'
import type { ComputerId, ProductId, SoftwareId } from '../../value/Id.js'
import * as Text from '../../value/Text.js'
import { licensesById } from '../licenses.js'
import { append } from '../../value/Lists.js'
import { connected } from './connected.js'
import { byPlace } from './allocations.js'
import { ready, type Compiled, type Given, type Outcome } from './run.js'
import { inOrder, type LicenseSeats, type Seat } from './seats.js'

// -------------------------------------------------------------------------------------
// splitting
// -------------------------------------------------------------------------------------

/**
 * Splits a run by computer, each with its allocations, into as many parts as there are, or at most so many: possible when
 * capacity is unlimited, so that no computer takes anything from another. What contradicts itself is told before it is
 * split (ALLOC-47).
 *
 * @example
 * import assert from 'node:assert'
 * import { either as E, function as F } from 'fp-ts'
 * import { Allocation, AuditSnapshot, Catalog } from 'seatwise'
 *
 * const { right: catalog } = Catalog.decode({ software: [], licenses: [] })
 * const { right: snapshots } = AuditSnapshot.decodeAll(['a', 'b', 'c'].map((id) => ({ computer: { id, name: id } })))
 * const count = (most?: number) => F.pipe(Allocation.partsByComputer({ catalog, snapshots }, most), E.map(({ length }) => length))
 * assert.deepStrictEqual([count(), count(2)], [E.right(3), E.right(2)])
 *
 * const enforced = Allocation.partsByComputer({ catalog, snapshots, policy: { capacity: 'enforced' } })
 * assert.strictEqual(E.isLeft(enforced), true)
 *
 * @since 0.1.0
 */
export const partsByComputer = <Name extends string = RuleName>(
  given: Given<Name>,
  most = Infinity,
): E.Either<RNEA.ReadonlyNonEmptyArray<Rejection>, ReadonlyArray<Given<Name>>> =>
  E.chain(({ isEnforced }: Compiled<Name>) =>
    isEnforced ? E.left(RNEA.of(notByComputer)) : E.right(byComputers(given, numbered(most))),
  )(ready(given))

const notByComputer = refusalOf(
  'policy',
  'unknown-value',
  'policy.capacity',
  'where capacity is enforced, computers take from each other: split with `partsBySoftware`',
)

/** Numbers names as they come, with so many numbers at the most. */
const numbered = (most: number): ((name: string) => string) => {
  const names = new Map<string, string>()
  const count = Math.max(1, most)
  return (name) => {
    const known = names.get(name) ?? (count === Infinity ? name : String(names.size % count))
    names.set(name, known)
    return known
  }
}

/** Whoever splits nothing gets one part of nothing: it knows what the whole would. */
const orNothing = <Name extends string>(
  given: Given<Name>,
  parts: ReadonlyArray<Given<Name>>,
): ReadonlyArray<Given<Name>> => (parts.length === 0 ? [{ ...given, snapshots: [], allocations: [] }] : parts)

const byComputers = <Name extends string>(
  given: Given<Name>,
  nameOf: (name: string) => string,
): ReadonlyArray<Given<Name>> => {
  const snapshots = new Map<string, Array<AuditSnapshot>>()
  const allocations = new Map<string, Array<Allocation>>()
  for (const snapshot of given.snapshots) append(snapshots, nameOf(snapshot.computer.id), snapshot)
  for (const allocation of given.allocations ?? []) append(allocations, nameOf(allocation.computer), allocation)
  return orNothing(
    given,
    [...new Set([...snapshots.keys(), ...allocations.keys()])].map((name) => ({
      ...given,
      snapshots: snapshots.get(name) ?? [],
      allocations: allocations.get(name) ?? [],
    })),
  )
}

/**
 * Splits a run by tracked software that is connected, into as many parts as there are, or at most so many: an allocation of
 * a product of the one may name a license of the other, or a license of the one be an upgrade of a license of the other.
 * Of a computer, a part has the installations and allocations that are its own, and a list that loses all its
 * installations to the split stays, empty. What contradicts itself is told before it is split (ALLOC-47).
 *
 * @example
 * import assert from 'node:assert'
 * import { either as E, function as F } from 'fp-ts'
 * import { Allocation, AuditSnapshot, Catalog } from 'seatwise'
 *
 * const { right: catalog } = Catalog.decode({
 *   software: [{ id: 'visio', name: 'Visio', products: ['Visio 2024'] }, { id: 'acrobat', name: 'Acrobat', products: ['Acrobat'] }],
 *   licenses: [{ id: 'L-1', name: 'Visio', software: 'visio', main: true }],
 * })
 * const { right: snapshots } = AuditSnapshot.decodeAll([{
 *   computer: { id: 'pc-1', name: 'PC-1' },
 *   installations: [{ id: 'i-1', product: 'Visio 2024' }, { id: 'i-2', product: 'Acrobat' }],
 * }])
 * const given: Allocation.Given = { catalog, snapshots }
 * const joined = F.pipe(Allocation.partsBySoftware(given), E.chain(E.traverseArray(Allocation.run)), E.map(Allocation.join))
 * assert.deepStrictEqual(joined, Allocation.run(given))
 *
 * @since 0.1.0
 */
export const partsBySoftware = <Name extends string = RuleName>(
  given: Given<Name>,
  most = Infinity,
): E.Either<RNEA.ReadonlyNonEmptyArray<Rejection>, ReadonlyArray<Given<Name>>> =>
  E.map((): ReadonlyArray<Given<Name>> => {
    const { ofProduct, ofSoftware } = partitionOf(given)
    const nameOf = numbered(most)
    const partition = { ofSoftware, ofProduct: (product: ProductId) => nameOf(ofProduct(product)) }
    return orNothing(given, [...partsByName(given, partition).values()])
  })(ready(given))

interface Part {
  readonly snapshots: Map<AuditSnapshot, Array<Installation>>
  readonly allocations: Array<Allocation>
}

/** The parts of a run by the names that a partition gives them. */
export const partsByName = <Name extends string>(
  given: Given<Name>,
  { ofProduct }: Partition,
): ReadonlyMap<string, Given<Name>> => {
  const parts = new Map<string, Part>()
  const partOf = (product: ProductId): Part => {
    const name = ofProduct(product)
    const part = parts.get(name) ?? { snapshots: new Map(), allocations: [] }
    parts.set(name, part)
    return part
  }
  const snapshotsOf = new Map<ComputerId, Array<AuditSnapshot>>()
  for (const snapshot of given.snapshots) {
    append(snapshotsOf, snapshot.computer.id, snapshot)
    for (const installation of snapshot.installations ?? [])
      append(partOf(installation.product).snapshots, snapshot, installation)
  }
  for (const allocation of given.allocations ?? []) {
    const part = partOf(allocation.product)
    part.allocations.push(allocation)
    for (const snapshot of snapshotsOf.get(allocation.computer) ?? [])
      if (!part.snapshots.has(snapshot)) part.snapshots.set(snapshot, [])
  }
  return new Map(
    Array.from(parts, ([name, { snapshots, allocations }]) => [
      name,
      {
        ...given,
        snapshots: Array.from(snapshots, ([snapshot, installations]) =>
          snapshot.installations === undefined ? snapshot : { ...snapshot, installations },
        ),
        allocations,
      },
    ]),
  )
}

/** Which part a product, or the licenses of a tracked software, belong to. */
export interface Partition {
  readonly ofProduct: (product: ProductId) => string
  readonly ofSoftware: (software: SoftwareId) => string
}

/** What belongs together in a run (ALLOC-85). */
export const partitionOf = ({
  catalog,
  allocations = [],
}: Pick<Given<string>, 'catalog' | 'allocations'>): Partition => {
  const software = (id: SoftwareId): string => `software:${id}`
  const products = new Map(
    catalog.software
      .filter(({ retired }) => retired !== true)
      .flatMap(({ id, products: all }) => all.map((product) => [product, software(id)] as const)),
  )
  const product = (id: ProductId): string => products.get(id) ?? `product:${id}`
  const licenses = licensesById(catalog)
  const links: Array<readonly [string, string]> = []
  for (const allocation of allocations) {
    const license = licenses.get(allocation.license)
    if (license !== undefined) links.push([product(allocation.product), software(license.software)])
  }
  for (const { software: own, upgradeFor } of licenses.values()) {
    const original = upgradeFor === undefined ? undefined : licenses.get(upgradeFor)
    if (original !== undefined) links.push([software(own), software(original.software)])
  }
  const nameOf = connected(links)
  return { ofProduct: (id) => nameOf(product(id)), ofSoftware: (id) => nameOf(software(id)) }
}

// -------------------------------------------------------------------------------------
// joining
// -------------------------------------------------------------------------------------

const byInstallation = (a: Decision<string>, b: Decision<string>): number =>
  Text.compare(a.computer, b.computer) || Text.compare(a.installation, b.installation)

const joinSeats = <Name extends string>(
  ledgers: ReadonlyArray<ReadonlyArray<LicenseSeats<Name>>>,
): ReadonlyArray<LicenseSeats<Name>> => {
  const joined = new Map<LicenseSeats<Name>['license'], Array<Seat<Name>>>()
  for (const ledger of ledgers)
    for (const { license, seats } of ledger) {
      const known = joined.get(license) ?? []
      joined.set(license, known)
      for (const seat of seats) known.push(seat)
    }
  return Array.from(joined, ([license, seats]) => ({ license, seats: seats.sort(inOrder) })).sort((a, b) =>
    Text.compare(a.license, b.license),
  )
}

/**
 * Joins the outcomes of parts, however many: the outcome of the whole (ALLOC-85).
 *
 * @example
 * import assert from 'node:assert'
 * import { Allocation } from 'seatwise'
 *
 * assert.deepStrictEqual(Allocation.join([]), { decisions: [], released: [], added: [], ledger: [] })
 *
 * @since 0.1.0
 */
export const join = <Name extends string = RuleName>(outcomes: ReadonlyArray<Outcome<Name>>): Outcome<Name> => ({
  decisions: outcomes.flatMap(({ decisions }) => decisions).sort(byInstallation),
  released: outcomes.flatMap(({ released }) => released).sort(byPlace),
  added: outcomes.flatMap(({ added }) => added).sort(byPlace),
  ledger: joinSeats(outcomes.map(({ ledger }) => ledger)),
})

/**
 * Outcomes of parts under {@link join}. To join many at once, `join` is faster than a fold.
 *
 * @example
 * import assert from 'node:assert'
 * import { Allocation } from 'seatwise'
 *
 * const { concat, empty } = Allocation.getMonoid()
 * assert.deepStrictEqual(concat(empty, empty), empty)
 *
 * @since 0.1.0
 */
export const getMonoid = <Name extends string = RuleName>(): M.Monoid<Outcome<Name>> => ({
  empty: join<Name>([]),
  concat: (a, b) => join([a, b]),
})
