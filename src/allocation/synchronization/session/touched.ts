/**
 * What a change touches, so that all else need not be decided again.
 */
import type { Allocation } from '../../../record/Allocation.js'
import type { Catalog } from '../../../record/Catalog.js'
import type { SoftwareLicense } from '../../../record/SoftwareLicense.js'
import type { ComputerId } from '../../../value/Id.js'
import { partitionOf } from '../parts.js'
import type { Records } from './records.js'

/** What a change touches: computers, by their records before and after; and licenses, before and after. */
export interface Touched {
  readonly computers: ReadonlySet<ComputerId>
  readonly licenses: ReadonlyArray<SoftwareLicense>
}

/** The records as they are before a change, or after it. */
interface Side {
  readonly catalog: Catalog
  readonly records: Records
}

/** The computers that a change of licenses touches: they have the software installed, or hold such a license. */
export const computersWith = (
  { catalog, records: { snapshots, allocations } }: Side,
  licenses: ReadonlyArray<SoftwareLicense>,
): ReadonlySet<ComputerId> => {
  const ids = new Set(licenses.map(({ id }) => id))
  const software = new Set(licenses.map((license) => license.software))
  const products = new Set(catalog.software.filter(({ id }) => software.has(id)).flatMap((each) => each.products))
  const found = new Set<ComputerId>()
  if (ids.size === 0) return found
  for (const [computer, { installations = [] }] of snapshots)
    if (installations.some(({ product }) => products.has(product))) found.add(computer)
  for (const [computer, held] of allocations) if (held.some(({ license }) => ids.has(license))) found.add(computer)
  return found
}

/** The parts that a change touches, by the names that a partition gives them. */
export const partsWith = ({ catalog, records }: Side, { computers, licenses }: Touched): ReadonlySet<string> => {
  const { ofProduct, ofSoftware } = partitionOf({ catalog, allocations: [...records.allocations.values()].flat() })
  const software = new Map(catalog.licenses.map((license) => [license.id, license.software]))
  const { snapshots, allocations } = records
  const ids = new Set(licenses.map(({ id }) => id))
  const found = new Set<string>()
  const touch = ({ product, license }: Allocation): void => {
    found.add(ofProduct(product))
    const of = software.get(license)
    if (of !== undefined) found.add(ofSoftware(of))
  }
  for (const computer of computers) {
    for (const { product } of snapshots.get(computer)?.installations ?? []) found.add(ofProduct(product))
    for (const allocation of allocations.get(computer) ?? []) touch(allocation)
  }
  for (const { software: own, upgradeFor } of licenses) {
    found.add(ofSoftware(own))
    const original = upgradeFor === undefined ? undefined : software.get(upgradeFor)
    if (original !== undefined) found.add(ofSoftware(original))
  }
  if (ids.size > 0) {
    for (const held of allocations.values()) for (const each of held) if (ids.has(each.license)) touch(each)
    for (const license of catalog.licenses)
      if (license.upgradeFor !== undefined && ids.has(license.upgradeFor)) found.add(ofSoftware(license.software))
  }
  return found
}
