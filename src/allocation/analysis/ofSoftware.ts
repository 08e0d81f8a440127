/**
 * Tracked software and its licenses: main licenses, products, and references that find no record (ALLOC-2 to 4, 7, 48 to 53,
 * 73).
 */
import type { LicenseId, ProductId, SoftwareId } from '../../value/Id.js'
import { append } from '../../value/Lists.js'
import * as Text from '../../value/Text.js'
import { isLive, type Shelf } from '../prepare.js'
import { finding, namesOf, type Finding } from './finding.js'
import { idsOf, type Ledger } from './ledger.js'

// -------------------------------------------------------------------------------------
// shelves
// -------------------------------------------------------------------------------------

const ofMains = ({ software: { id: software }, candidates }: Shelf): ReadonlyArray<Finding> => {
  const mains = idsOf(candidates.filter(({ main }) => main === true))
  const record = namesOf('software', [software])
  if (candidates.length === 0) return [finding('software-without-licenses', record, { software })]
  if (mains.length === 0)
    return [finding('no-main-license', record, { software, licenses: [...idsOf(candidates)].sort(Text.compare) })]
  return mains.length === 1
    ? []
    : [
        finding('several-main-licenses', [...record, ...namesOf('licenses', mains)], {
          software,
          licenses: mains,
        }),
      ]
}

/** Main licenses that are licensed per user: no installation ever gets them. */
const ofPerUser = ({ excluded }: Shelf): ReadonlyArray<Finding> =>
  excluded.flatMap(({ license: { id: license, main }, refusal }) =>
    main === true && refusal.reason === 'per-user'
      ? [finding('per-user-main-license', namesOf('licenses', [license]), { license })]
      : [],
  )

const ofShelf = (shelf: Shelf): ReadonlyArray<Finding> => {
  const { id: software, retired, products } = shelf.software
  const record = namesOf('software', [software])
  if (isLive(shelf)) return [...ofMains(shelf), ...ofPerUser(shelf)]
  if (retired !== true) return products.length === 0 ? [finding('software-without-products', record, { software })] : []
  const licenses = [
    ...idsOf(shelf.excluded.flatMap(({ license }) => (license.retired === true ? [] : [license]))),
  ].sort(Text.compare)
  return licenses.length === 0
    ? []
    : [
        finding('retired-software-with-licenses', [...record, ...namesOf('licenses', licenses)], {
          software,
          licenses,
        }),
      ]
}

// -------------------------------------------------------------------------------------
// products
// -------------------------------------------------------------------------------------

/** Products in several records of tracked software, of which all but one are retired. */
const ofProducts = ({ shelves }: Ledger): ReadonlyArray<Finding> => {
  const holders = new Map<ProductId, Array<SoftwareId>>()
  for (const { software } of shelves)
    for (const product of new Set(software.products)) append(holders, product, software.id)
  return Array.from(holders).flatMap(([product, software]) =>
    software.length < 2
      ? []
      : [
          finding(
            'product-in-several-software',
            [...namesOf('products', [product]), ...namesOf('software', software)],
            { product, software },
          ),
        ],
  )
}

// -------------------------------------------------------------------------------------
// references
// -------------------------------------------------------------------------------------

const ofReferences = ({ prepared, live, shelves }: Ledger): ReadonlyArray<Finding> => {
  const software = new Set(shelves.map((shelf) => shelf.software.id))
  const known = prepared.licenses()
  const lost = new Map<SoftwareId, Array<LicenseId>>()
  const findings: Array<Finding> = []
  for (const license of live) {
    if (!software.has(license.software)) append(lost, license.software, license.id)
    const { id, upgradeFor } = license
    if (upgradeFor !== undefined && (upgradeFor === id || !known.has(upgradeFor)))
      findings.push(finding('unknown-upgrade', namesOf('licenses', [id]), { license: id, upgradeFor }))
  }
  return [
    ...findings,
    ...Array.from(lost, ([id, orphans]) =>
      finding('unknown-software', [...namesOf('software', [id]), ...namesOf('licenses', orphans)], {
        software: id,
        licenses: orphans,
      }),
    ),
  ]
}

export const ofSoftware = (ledger: Ledger): ReadonlyArray<Finding> => [
  ...ledger.shelves.flatMap(ofShelf),
  ...ofProducts(ledger),
  ...ofReferences(ledger),
]
