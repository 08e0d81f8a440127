// The records of the deployment half of FORMAT.md as they go over the wire, and how days, instants, versions and texts are
// read (deployment.md, section 2). Records are well-formed and without contradictions.

export type LicenseType =
  ('workspace-edition' | 'enterprise-management-pack' | 'add-on') | ('udc3' | 'ud-pocket' | 'uma' | 'isl' | 'icg')

export type WireType = { readonly licenseType: LicenseType; readonly addOn?: string | undefined }

export type WireDirectory = { readonly id: string; readonly name: string; readonly parent?: string | undefined }

export type WireCondition = { readonly directory: string } | { readonly view: string }

export type WireDistribution =
  { readonly method: 'enabled' } | { readonly method: 'conditions'; readonly conditions: ReadonlyArray<WireCondition> }

export type WireProductPack = {
  readonly id: string
  readonly licenseType: LicenseType
  readonly addOn?: string | undefined
  readonly evaluation?: boolean | undefined
  readonly total: number
  readonly allocated: number
  readonly registered: string
  readonly starts?: string | undefined
  readonly expires?: string | undefined
  readonly distribution?: WireDistribution | undefined
  readonly active?: boolean | undefined
  readonly status?: 'ready' | 'not-yet-activated' | 'merged' | 'archived' | undefined
  readonly umsIds?: ReadonlyArray<string> | undefined
  readonly aldToken?: 'valid' | 'invalid' | undefined
}

export type WireDeviceLicense = {
  readonly licenseType: LicenseType
  readonly addOn?: string | undefined
  readonly source: 'pack' | 'starter' | 'bundled'
  readonly pack?: string | undefined
  readonly evaluation?: boolean | undefined
  readonly expires?: string | undefined
}

export type WireDevice = {
  readonly id: string
  readonly unitId?: string | undefined
  readonly osVersion: string
  readonly registered: string
  readonly directory?: string | undefined
  readonly views?: ReadonlyArray<string> | undefined
  readonly serialNumber?: string | undefined
  readonly inRecycleBin?: boolean | undefined
  readonly lastBoot?: string | undefined
  readonly licenses?: ReadonlyArray<WireDeviceLicense> | undefined
  readonly openRequests?: ReadonlyArray<WireType> | undefined
}

export type WireBundledLicense = {
  readonly serialNumber: string
  readonly licenseType: LicenseType
  readonly expires?: string | undefined
  readonly separatedTo?: string | undefined
}

export type WireSettings = {
  readonly umsVersion: string
  readonly umsId: string
  readonly umsIdRegistered?: boolean | undefined
  readonly licenseServerReachable?: boolean | undefined
  readonly automaticDeployment?: boolean | undefined
  readonly licenseExchange?: boolean | undefined
  readonly exchangeDaysBeforeExpiration?: number | undefined
  readonly hardwareBundledDeployment?: boolean | undefined
  readonly distributionConditions?: ReadonlyArray<WireCondition> | undefined
}

export type WireEstate = {
  readonly settings: WireSettings
  readonly directories?: ReadonlyArray<WireDirectory> | undefined
  readonly packs: ReadonlyArray<WireProductPack>
  readonly devices: ReadonlyArray<WireDevice>
  readonly bundled?: ReadonlyArray<WireBundledLicense> | undefined
}

export type WireAction = 'assign' | 'renew' | 'exchange' | 'deploy-bundled' | 'none'

export type WireReason =
  | ('automatic-deployment-disabled' | 'exchange-disabled' | 'not-due' | 'already-licensed')
  | ('base-license-present' | 'base-license-missing' | 'no-pack' | 'pack-not-assigned' | 'pack-deactivated')
  | ('pack-not-started' | 'pack-expired' | 'pack-retired' | 'token-invalid' | 'no-free-license' | 'no-later-pack')
  | ('conditions-not-met' | 'global-conditions-not-met' | 'type-not-supported' | 'evaluation-not-supported')
  | ('feature-not-available' | 'os-not-eligible' | 'in-recycle-bin' | 'no-unit-id' | 'license-server-unreachable')
  | ('request-open' | 'perpetual')

export type WireDeploymentDecision = {
  readonly device: string
  readonly licenseType: LicenseType
  readonly addOn?: string
  readonly action: WireAction
  readonly pack?: string
  readonly expires?: string
  readonly reason?: WireReason
}

export type WireDeletion = {
  readonly device: string
  readonly deleteLicenses: boolean
  readonly online: boolean
  readonly ilpReachable: boolean
}

/** Fields of a record; null removes one. */
export type WireChanges<Of> = { readonly [Field in keyof Of]?: Of[Field] | null }

export type WireEvent = { readonly at: string } & (
  | { readonly kind: 'register'; readonly device: WireDevice }
  | { readonly kind: 'reboot'; readonly device: string }
  | { readonly kind: 'device'; readonly device: string; readonly changes: WireChanges<WireDevice> }
  | { readonly kind: 'settings'; readonly changes: WireChanges<WireSettings> }
  | { readonly kind: 'refresh'; readonly pack: string; readonly changes: WireChanges<WireProductPack> }
  | { readonly kind: 'remove-pack'; readonly pack: string }
  | ({ readonly kind: 'delete' } & WireDeletion)
  | { readonly kind: 'check'; readonly devices?: ReadonlyArray<string> | undefined }
)

// -------------------------------------------------------------------------------------
// days, instants, versions and text
// -------------------------------------------------------------------------------------

const DAY = 24 * 60 * 60 * 1000

export const millisecondsOf = (instant: string): number => Date.parse(instant)

export const instantOf = (milliseconds: number): string => new Date(milliseconds).toISOString().replace('.000Z', 'Z')

/** FORMAT: where a day is asked for and an instant given, its UTC day counts. */
export const dayOf = (dayOrInstant: string): string => new Date(Date.parse(dayOrInstant)).toISOString().slice(0, 10)

/** Days as numbers, one after the other. */
export const dayNumber = (dayOrInstant: string): number => Date.parse(dayOf(dayOrInstant)) / DAY

/** ALD-51: an absent `expires` means unlimited, which is later than any date. */
export const lastDay = ({ expires }: { readonly expires?: string | undefined }): number =>
  expires === undefined ? Infinity : dayNumber(expires)

/** ALD-106: segment by segment as numbers; a missing segment is 0. */
export const compareVersions = (left: string, right: string): number => {
  const [one, other] = [left.split('.').map(Number), right.split('.').map(Number)]
  const position = [...one, ...other].findIndex((_, index) => (one[index] ?? 0) !== (other[index] ?? 0))
  return position < 0 ? 0 : (one[position] ?? 0) - (other[position] ?? 0)
}

export const isAtLeast = (version: string, minimum: string): boolean => compareVersions(version, minimum) >= 0

/** Section 2: by UTF-16 code units, as JavaScript compares strings. */
export const compareText = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0)

// -------------------------------------------------------------------------------------
// types
// -------------------------------------------------------------------------------------

/** Section 1: a type is a `licenseType`, and for an add-on also its `addOn`. */
export const typeOf = ({ licenseType, addOn }: WireType): WireType =>
  licenseType === 'add-on' && addOn !== undefined ? { licenseType, addOn } : { licenseType }

export const isOfType =
  (type: WireType) =>
  (record: WireType): boolean => {
    const [one, other] = [typeOf(type), typeOf(record)]
    return one.licenseType === other.licenseType && one.addOn === other.addOn
  }

/** ALD-109: the add-ons come after all other types. The rest of the order is not of the rules. */
export const compareTypes = (left: WireType, right: WireType): number =>
  Number(left.licenseType === 'add-on') - Number(right.licenseType === 'add-on') ||
  compareText(left.licenseType, right.licenseType) ||
  Number(left.addOn !== undefined) - Number(right.addOn !== undefined) ||
  compareText(left.addOn ?? '', right.addOn ?? '')

// -------------------------------------------------------------------------------------
// records in one form
// -------------------------------------------------------------------------------------

/** FORMAT: a blank optional text counts as absent, and what is absent is not there. No required text is blank. */
const present = <Of extends object>(record: Of): Of =>
  Object.fromEntries(
    Object.entries(record).filter(
      ([, value]) => value !== undefined && value !== null && !(typeof value === 'string' && value.trim() === ''),
    ),
  ) as Of

/** The fields that hold a day, as days. */
const withDays = <Of extends object>(record: Of, ...fields: ReadonlyArray<keyof Of>): Of =>
  Object.fromEntries(
    Object.entries(record).map(([field, value]) => [
      field,
      fields.includes(field as keyof Of) ? dayOf(value as string) : value,
    ]),
  ) as Of

export const normalizedPack = (pack: WireProductPack): WireProductPack =>
  withDays(present(pack), 'registered', 'starts', 'expires')

const normalizedLicense = (license: WireDeviceLicense): WireDeviceLicense => withDays(present(license), 'expires')

export const normalizedDevice = (device: WireDevice): WireDevice => {
  const { licenses, openRequests } = device
  return {
    ...present(device),
    ...(licenses === undefined ? {} : { licenses: licenses.map(normalizedLicense) }),
    ...(openRequests === undefined ? {} : { openRequests: openRequests.map(present) }),
  }
}

/** ALD-114: an exact duplicate is dropped; without contradictions, records with the same id are exact duplicates. */
const withoutDuplicates = <Of extends { readonly id: string }>(records: ReadonlyArray<Of>): ReadonlyArray<Of> =>
  records.filter((record, index) => records.findIndex(({ id }) => id === record.id) === index)

/** An estate without blank texts, instants in place of days, and duplicates. */
export const normalizedEstate = ({ settings, directories, packs, devices, bundled }: WireEstate): WireEstate => ({
  settings: present(settings),
  ...(directories === undefined ? {} : { directories: withoutDuplicates(directories.map(present)) }),
  packs: withoutDuplicates(packs.map(normalizedPack)),
  devices: withoutDuplicates(devices.map(normalizedDevice)),
  ...(bundled === undefined ? {} : { bundled: bundled.map((each) => withDays(present(each), 'expires')) }),
})

/** A record after an event has changed some of its fields. */
export const changed = <Of extends object>(record: Of, changes: WireChanges<Of>): Of =>
  present({ ...record, ...changes })
