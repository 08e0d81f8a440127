/**
 * What an earlier run, or a person, left on a computer: which of its allocations stand, which are set aside, what each
 * covers, and which one an installation keeps (ALLOC-56, 57, 75, 76).
 *
 * @since 0.1.0
 */
import type { Allocation } from '../../record/Allocation.js'
import type { AllocationPolicy } from '../../record/AllocationPolicy.js'
import type { Installation } from '../../record/AuditSnapshot.js'
import type { Catalog } from '../../record/Catalog.js'
import type { SoftwareLicense } from '../../record/SoftwareLicense.js'
import * as Ranking from '../../rule/Ranking.js'
import type { InstallationId, LicenseId, ProductId } from '../../value/Id.js'
import { append } from '../../value/Lists.js'
import { distinct } from '../../record/Contradiction.js'
import { contentOf } from './allocations.js'
import { licensesById, retiredIn } from '../licenses.js'
import { nameOrder } from '../prepare.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/**
 * What becomes of a given allocation: it `stands`; it is `set-aside`, so that what it covers is decided as if it were
 * not there; or it is `untouched`, because its license was given and rejected: then it stands, and is never released
 * (ALLOC-75, 86).
 *
 * @since 0.1.0
 */
export type Standing = 'stands' | 'set-aside' | 'untouched'

/** A given allocation with what is known of it. */
export interface Holding {
  readonly allocation: Allocation
  /** Absent for a license that the catalog does not have. */
  readonly license?: SoftwareLicense
  readonly standing: Standing
}

/** The holdings of a computer for one product, each list in the order in which installations keep them. */
export interface ProductHoldings {
  /** Each once: an exact duplicate counts for nothing (ALLOC-47). */
  readonly all: ReadonlyArray<Holding>
  /** Those that name an installation, by it; absent where there are few. */
  readonly naming: ReadonlyMap<InstallationId, ReadonlyArray<Holding>> | undefined
  /** Of those that name no installation, the first that stands. */
  readonly forAll: Holding | undefined
}

/** The holdings of a computer by product. */
export type Holdings = ReadonlyMap<ProductId, ProductHoldings>

/** What is installed on a computer: the installations of each product. */
export type Installed = ReadonlyMap<ProductId, ReadonlySet<InstallationId>>

/**
 * The licenses that were given and could not be read, or whose tracked software could not (ALLOC-86). It is `any` where one
 * of them has no id that could be read: then it is every license that the catalog does not have, or not the software of.
 *
 * @since 0.1.0
 */
export type RejectedLicenses = ReadonlyArray<LicenseId> | 'any'

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

const reevaluates = {
  keep: () => false,
  'reevaluate-automatic': ({ origin }: Allocation) => origin === 'automatic',
  'reevaluate-all': () => true,
} as const

/** Tells what becomes of the allocations given to a run (ALLOC-75). */
export const holdingIn = (
  catalog: Catalog,
  existing: NonNullable<AllocationPolicy['existing']>,
  rejected: RejectedLicenses,
  licenses = licensesById(catalog),
): ((allocation: Allocation) => Holding) => {
  const isRetired = retiredIn(catalog)
  const ofRejected = new Set(rejected === 'any' ? [] : rejected)
  const software = new Set(catalog.software.map(({ id }) => id))
  const isRejected = (id: LicenseId, license: SoftwareLicense | undefined): boolean =>
    ofRejected.has(id) || (rejected === 'any' && (license === undefined || !software.has(license.software)))
  const setsAside = reevaluates[existing]
  return (allocation) => {
    const license = licenses.get(allocation.license)
    const isUntouched = isRejected(allocation.license, license)
    if (license === undefined) return { allocation, standing: isUntouched ? 'untouched' : 'set-aside' }
    const isAside = isRetired(license) || setsAside(allocation)
    return { allocation, license, standing: isUntouched ? 'untouched' : isAside ? 'set-aside' : 'stands' }
  }
}

/**
 * The order in which an installation keeps one of several allocations: one that names an installation before one that
 * does not, then manual before automatic, then the first in name order; licenses that are not known come last, by id
 * (ALLOC-76).
 */
const keeping: Ranking.Ranking<Holding> = [
  Ranking.ascending('names the installation', ({ allocation }) => (allocation.installation === undefined ? 1 : 0)),
  Ranking.ascending('origin', ({ allocation }) => (allocation.origin === 'manual' ? 0 : 1)),
  Ranking.ascending('known license', ({ license }) => (license === undefined ? 1 : 0)),
  ...nameOrder.map(({ name, key }) =>
    Ranking.ascending(name, ({ license }: Holding) => (license === undefined ? '' : key(license))),
  ),
  Ranking.ascending('license id', ({ allocation }) => allocation.license),
]

const stands = ({ standing }: Holding): boolean => standing !== 'set-aside'

/** So many holdings are gone through rather than looked up. */
const FEW = 4

const inKeepingOrder = Ranking.sort(keeping)

const isForAll = (holding: Holding): boolean => holding.allocation.installation === undefined && stands(holding)

const alone = (holding: Holding): ProductHoldings => ({
  all: [holding],
  naming: undefined,
  forAll: isForAll(holding) ? holding : undefined,
})

const severalOf = (some: ReadonlyArray<Holding>): ProductHoldings => {
  const all = inKeepingOrder(distinct(some, ({ allocation }) => contentOf(allocation)))
  const forAll = all.find(isForAll)
  if (all.length <= FEW) return { all, naming: undefined, forAll }
  const naming = new Map<InstallationId, Array<Holding>>()
  for (const holding of all) {
    const { installation } = holding.allocation
    if (installation !== undefined) append(naming, installation, holding)
  }
  return { all, naming, forAll }
}

/** The holdings of a computer, ready to be asked. */
export const holdingsOf = (holdings: ReadonlyArray<Holding>): Holdings => {
  const byProduct = new Map<ProductId, ProductHoldings>()
  const several = new Map<ProductId, Array<Holding>>()
  for (const holding of holdings) {
    const { product } = holding.allocation
    const known = byProduct.get(product)
    if (known === undefined) byProduct.set(product, alone(holding))
    else {
      const some = several.get(product)
      if (some === undefined) several.set(product, [...known.all, holding])
      else some.push(holding)
    }
  }
  for (const [product, some] of several) byProduct.set(product, severalOf(some))
  return byProduct
}

const NONE: ReadonlyArray<Holding> = []

/** The first of the holdings of a product that names an installation and passes a test. */
export const namingWhere = (
  { all, naming }: ProductHoldings,
  installation: InstallationId,
  passes: (holding: Holding) => boolean,
): Holding | undefined => {
  for (const holding of naming === undefined ? all : (naming.get(installation) ?? NONE))
    if (holding.allocation.installation === installation && passes(holding)) return holding
  return undefined
}

/** What installations say is installed, ready to be asked. */
export const installedOf = (installations: ReadonlyArray<Installation>): Installed => {
  const installed = new Map<ProductId, Set<InstallationId>>()
  for (const { id, product } of installations) {
    const known = installed.get(product)
    if (known === undefined) installed.set(product, new Set([id]))
    else known.add(id)
  }
  return installed
}

// -------------------------------------------------------------------------------------
// covering
// -------------------------------------------------------------------------------------

/** Does an allocation cover an installation of its computer (ALLOC-76)? */
export const covers = (
  { product, installation }: Allocation,
  { id, product: installed }: Pick<Installation, 'id' | 'product'>,
): boolean => product === installed && (installation === undefined || installation === id)

/** Does an allocation cover anything that is installed on its computer? */
export const coversAny = (installed: Installed, { product, installation }: Allocation): boolean => {
  const ofProduct = installed.get(product)
  return ofProduct !== undefined && (installation === undefined || ofProduct.has(installation))
}

/** The standing allocation that an installation keeps, if any covers it (ALLOC-56, 76). */
export const keptBy = (holdings: Holdings, { id, product }: Installation): Holding | undefined => {
  const ofProduct = holdings.get(product)
  return ofProduct === undefined ? undefined : (namingWhere(ofProduct, id, stands) ?? ofProduct.forAll)
}
