/**
 * The estate as a whole: settings that switch everything off, types that nothing is deployed of, loops among directories,
 * licenses of packs that are gone, serial numbers that two devices report (ALD-1, 2, 4, 10, 21, 39, 71, 82, 85, 108).
 */
import * as LicenseType from '../../record/LicenseType.js'
import type { DeviceId, DirectoryId, PackId } from '../../value/Id.js'
import { append, groupBy } from '../../value/Lists.js'
import * as Text from '../../value/Text.js'
import { serialOf } from '../bundled.js'
import { typesOf } from '../decide.js'
import { deploysBundled, deploysType } from '../ums.js'
import { packsOf } from '../validity.js'
import { finding, namesOf, type Finding } from './finding.js'
import { idsOf, type Ledger } from './ledger.js'

// -------------------------------------------------------------------------------------
// settings
// -------------------------------------------------------------------------------------

const ofSettings = ({ ums, packs, estate }: Ledger): ReadonlyArray<Finding> => {
  const bundled = estate.bundled?.length ?? 0
  const setting = (name: string) => namesOf('settings', [name])
  return [
    ...(packs.length > 0 && !ums.automaticDeployment
      ? [finding('deployment-off', setting('automaticDeployment'), { packs: packs.length })]
      : []),
    ...(packs.length > 0 && !ums.licenseServerReachable
      ? [finding('license-server-unreachable', setting('licenseServerReachable'), { packs: packs.length })]
      : []),
    ...(ums.licenseExchange && !(ums.has.exchange && ums.automaticDeployment)
      ? [finding('exchange-unknown', setting('licenseExchange'), { umsVersion: ums.umsVersion })]
      : []),
    ...(bundled > 0 && !deploysBundled(ums)
      ? [finding('bundled-deployment-off', setting('hardwareBundledDeployment'), { bundled })]
      : []),
  ]
}

// -------------------------------------------------------------------------------------
// types
// -------------------------------------------------------------------------------------

const ofTypes = ({ ums, packs, devices, estate }: Ledger): ReadonlyArray<Finding> => {
  const byType = groupBy(packs, LicenseType.show)
  const holders = new Map<string, number>()
  for (const { licenses = [] } of devices)
    for (const type of new Set(licenses.map(LicenseType.show))) holders.set(type, (holders.get(type) ?? 0) + 1)
  return typesOf(estate).flatMap((type) => {
    const name = LicenseType.show(type)
    const own = byType.get(name) ?? []
    const record = namesOf('types', [name])
    if (own.length === 0) return [finding('type-without-packs', record, { type, devices: holders.get(name) ?? 0 })]
    const isDeployed = type.licenseType !== 'icg' && type.licenseType !== 'isl' && deploysType(ums, type.licenseType)
    return isDeployed
      ? []
      : [
          finding('type-not-deployed', [...record, ...namesOf('packs', idsOf(own))], {
            type,
            packs: idsOf(own),
          }),
        ]
  })
}

// -------------------------------------------------------------------------------------
// directories
// -------------------------------------------------------------------------------------

/** Every loop once, its members by id. */
const ofLoops = ({ estate: { directories = [] } }: Ledger): ReadonlyArray<Finding> => {
  const parents = new Map(directories.map(({ id, parent }) => [id, parent]))
  const walked = new Set<DirectoryId>()
  const loops: Array<ReadonlyArray<DirectoryId>> = []
  for (const { id: start } of directories) {
    const way = new Map<DirectoryId, number>()
    let at: DirectoryId | undefined = start
    while (at !== undefined && parents.has(at) && !walked.has(at)) {
      walked.add(at)
      way.set(at, way.size)
      at = parents.get(at)
    }
    const from = at === undefined ? undefined : way.get(at)
    if (from !== undefined) loops.push([...way.keys()].slice(from).sort(Text.compare))
  }
  return loops.map((members) => finding('directory-loop', namesOf('directories', members), { directories: members }))
}

// -------------------------------------------------------------------------------------
// devices
// -------------------------------------------------------------------------------------

const ofDevices = ({ packs, devices }: Ledger): ReadonlyArray<Finding> => {
  const known = new Set(idsOf(packs))
  const gone = new Map<PackId, Array<DeviceId>>()
  const serials = new Map<string, Array<DeviceId>>()
  for (const device of devices) {
    for (const pack of packsOf(device)) if (!known.has(pack)) append(gone, pack, device.id)
    const serialNumber = serialOf(device)
    if (serialNumber !== undefined) append(serials, serialNumber, device.id)
  }
  return [
    ...Array.from(gone, ([pack, holders]) =>
      finding('unknown-pack', [...namesOf('packs', [pack]), ...namesOf('devices', holders)], {
        pack,
        devices: holders,
      }),
    ),
    ...Array.from(serials).flatMap(([serialNumber, sharing]) =>
      sharing.length < 2
        ? []
        : [
            finding('shared-serial-number', namesOf('devices', sharing), {
              masked: Text.mask(serialNumber),
              devices: sharing,
            }),
          ],
    ),
  ]
}

export const ofEstate = (ledger: Ledger): ReadonlyArray<Finding> => [
  ...ofSettings(ledger),
  ...ofTypes(ledger),
  ...ofLoops(ledger),
  ...ofDevices(ledger),
]
