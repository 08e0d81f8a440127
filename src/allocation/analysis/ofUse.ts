/**
 * What depends on the day and on who uses what: licenses that have expired (ALLOC-79), entitlements that are exceeded
 * (COMP-8, 14), and allocations that lead nowhere (ALLOC-3, 75).
 */
import type { Compliance } from '../compliance.js'
import type { ComputerId, LicenseId, ProductId } from '../../value/Id.js'
import { append } from '../../value/Lists.js'
import * as Text from '../../value/Text.js'
import { limitOf } from '../licenses.js'
import { byProduct } from '../prepare.js'
import { finding, namesOf, type Finding } from './finding.js'
import type { Ledger } from './ledger.js'

const expired = ({ live, asOf }: Ledger): ReadonlyArray<Finding> =>
  live.flatMap(({ id: license, expires }) =>
    expires === undefined || asOf === undefined || expires >= asOf
      ? []
      : [finding('expired-license', namesOf('licenses', [license]), { license, expires, asOf })],
  )

const exceeded = ({ live }: Ledger, compliance: Compliance): ReadonlyArray<Finding> => {
  const rows = new Map(compliance.licenses.map((row) => [row.license, row]))
  return live.flatMap((license) => {
    const row = rows.get(license.id)
    const entitlements = limitOf(license)
    if (row?.available === undefined || entitlements === undefined || row.available >= 0) return []
    const { used, available } = row
    const upgrades = entitlements - used - available
    return [
      finding('entitlements-exceeded', namesOf('licenses', [license.id]), {
        license: license.id,
        entitlements,
        used,
        upgrades,
      }),
    ]
  })
}

const sorted = (computers: ReadonlyArray<ComputerId>): ReadonlyArray<ComputerId> =>
  [...new Set(computers)].sort(Text.compare)

/** Allocations of licenses that the catalog does not have, and for products that no tracked software has. */
const astray = ({ allocations, prepared, shelves }: Ledger): ReadonlyArray<Finding> => {
  if (allocations.length === 0) return []
  const known = prepared.licenses()
  const tracked = byProduct(shelves)
  const unknown = new Map<LicenseId, Array<ComputerId>>()
  const untracked = new Map<ProductId, Array<ComputerId>>()
  for (const { license, product, computer } of allocations) {
    if (!known.has(license)) append(unknown, license, computer)
    if (!tracked.has(product)) append(untracked, product, computer)
  }
  return [
    ...Array.from(unknown, ([license, given]) => {
      const computers = sorted(given)
      const records = [...namesOf('licenses', [license]), ...namesOf('computers', computers)]
      return finding('unknown-license', records, { license, computers })
    }),
    ...Array.from(untracked, ([product, given]) => {
      const computers = sorted(given)
      const records = [...namesOf('products', [product]), ...namesOf('computers', computers)]
      return finding('product-untracked', records, { product, computers })
    }),
  ]
}

export const ofUse =
  (compliance: Compliance) =>
  (ledger: Ledger): ReadonlyArray<Finding> => [...expired(ledger), ...exceeded(ledger, compliance), ...astray(ledger)]
