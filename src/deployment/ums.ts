/**
 * What a UMS can do by its version, and what it is set to do.
 *
 * @since 0.1.0
 */
import type { DeploymentSettings } from '../record/DeploymentSettings.js'
import type { LicenseTypeName } from '../record/LicenseType.js'
import * as Version from '../value/Version.js'

// -------------------------------------------------------------------------------------
// versions
// -------------------------------------------------------------------------------------

/**
 * What came with which version of the UMS.
 *
 * @since 0.1.0
 */
export const features = {
  /** Deployment of the legacy types through tokens (ALD-2). */
  tokens: '5.08.100',
  /** All devices are checked daily, and one that reboots is checked (ALD-65). */
  dailyChecks: '6',
  /** Deployment of packs by UMS ID and by conditions (ALD-2). */
  packs: '6.01.100',
  /** The default of every type but Workspace Edition selects nobody (ALD-34). */
  selectiveDefaults: '6.02.100',
  /** Packs that are used up or expire are reported (ALD-104). */
  packNotifications: '6.04.100',
  /** So are those that run low or are over-allocated (ALD-104). */
  stockNotifications: '6.05.100',
  /** A pack that is used up is a warning and no error (ALD-50). */
  usedUpIsWarning: '6.05.110',
  /** Evaluation licenses (ALD-17). */
  evaluations: '12.01.110',
  /** Exchange of expired and expiring licenses (ALD-71). */
  exchange: '12.01.110',
  /** Global distribution conditions (ALD-41). */
  globalConditions: '12.01.110',
  /** Deleting a device along with its licenses (ALD-89). */
  returns: '12.01.110',
  /** Bundled licenses (ALD-83). */
  bundledLicenses: '12.02.120',
  /** A device that was deleted while offline is cleared at its next connection (ALD-96). */
  offlineReturns: '12.13.100',
} as const

/**
 * A feature that a UMS has or does not have, by its version.
 *
 * @since 0.1.0
 */
export type Feature = keyof typeof features

const FEATURES = Object.entries(features)

/** INVARIANT: the versions of the table are versions. */
const isAtLeast = (version: Version.Version, bound: string): boolean =>
  Version.compare(version, bound as Version.Version) >= 0

// -------------------------------------------------------------------------------------
// settings
// -------------------------------------------------------------------------------------

/** The settings with their defaults, and what the version has. */
export interface Ums extends Required<DeploymentSettings> {
  readonly has: { readonly [K in Feature]: boolean }
}

/** Days before the last valid day from which on an exchange is due where nothing is set (ALD-72). */
const USUAL_EXCHANGE_DAYS = 7

export const umsOf = (settings: DeploymentSettings): Ums => ({
  umsVersion: settings.umsVersion,
  umsId: settings.umsId,
  umsIdRegistered: settings.umsIdRegistered ?? true,
  licenseServerReachable: settings.licenseServerReachable ?? true,
  automaticDeployment: settings.automaticDeployment ?? false,
  licenseExchange: settings.licenseExchange ?? false,
  exchangeDaysBeforeExpiration:
    settings.exchangeDaysBeforeExpiration ??
    (USUAL_EXCHANGE_DAYS as Required<DeploymentSettings>['exchangeDaysBeforeExpiration']),
  hardwareBundledDeployment: settings.hardwareBundledDeployment ?? false,
  distributionConditions: settings.distributionConditions ?? [],
  has: Object.fromEntries(
    FEATURES.map(([feature, bound]) => [feature, isAtLeast(settings.umsVersion, bound)]),
  ) as Ums['has'],
})

/** The types that a UMS deploys through tokens alone, before it knows packs (ALD-2). */
const legacy: ReadonlySet<LicenseTypeName> = new Set<LicenseTypeName>(['udc3', 'uma', 'ud-pocket'])

/** Does a version deploy licenses of the type from packs (ALD-2, 14)? */
export const deploysType = ({ has }: Ums, type: LicenseTypeName): boolean =>
  has.tokens && (has.packs || legacy.has(type))

/** Are bundled licenses deployed at all, as far as the UMS goes (ALD-82, 83)? */
export const deploysBundled = ({ has, hardwareBundledDeployment }: Ums): boolean =>
  has.bundledLicenses && hardwareBundledDeployment

// -------------------------------------------------------------------------------------
// operating systems
// -------------------------------------------------------------------------------------

/** What a device is eligible for by the version of its operating system. */
export interface Os {
  /** IGEL OS 11 or later: Workspace Edition and evaluation licenses (ALD-16, 17). */
  readonly isModern: boolean
  /** Add-ons need IGEL OS 11.01.110 (ALD-15). */
  readonly takesAddOns: boolean
  /** Bundled licenses need 11.08.440 on version 11, and 12.2 on version 12 (ALD-83). */
  readonly takesBundled: boolean
  /** IGEL OS 12: grace, warnings ahead and returns (ALD-89, 98, 101). */
  readonly isTwelve: boolean
}

/** The versions of the operating system by which that is told. */
export const systems = {
  modern: '11',
  takingAddOns: '11.01.110',
  elevenTakingBundled: '11.08.440',
  twelve: '12',
  twelveTakingBundled: '12.2',
} as const

export const osOf = (version: Version.Version): Os => {
  const since = (bound: string): boolean => isAtLeast(version, bound)
  const isTwelve = since(systems.twelve)
  return {
    isModern: since(systems.modern),
    takesAddOns: since(systems.takingAddOns),
    takesBundled: since(isTwelve ? systems.twelveTakingBundled : systems.elevenTakingBundled),
    isTwelve,
  }
}
