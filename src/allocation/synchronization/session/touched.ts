/**
 * What a change touches, so that all else need not be decided again.
 */
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

/**
 * The parts that a change touches on one of its sides, by the names that a partition gives them there.
 *
 * INVARIANT: whatever joins two parts has one end at a changed computer or license. One end is enough: where the link is,
 * both of its ends are in one part; where it is gone, the part that it held together is named here by the side that had it.
 */
export const partsWith = ({ catalog, records }: Side, { computers, licenses }: Touched): ReadonlySet<string> => {
  const { snapshots, allocations } = records
  const { ofProduct, ofSoftware } = partitionOf({ catalog, allocations: [...allocations.values()].flat() })
  const found = new Set(licenses.map(({ software }) => ofSoftware(software)))
  for (const computer of computers) {
    for (const { product } of snapshots.get(computer)?.installations ?? []) found.add(ofProduct(product))
    for (const { product } of allocations.get(computer) ?? []) found.add(ofProduct(product))
  }
  return found
}
