/**
 * From which versions on there is what: of the UMS, and of the operating system of a device (ALD-2, 15 to 17, 34, 41, 71,
 * 83).
 */
import * as Version from '../../value/Version.js'

/** What a UMS of some version can do. */
export interface Ums {
  /** Deploys the legacy types, through tokens (ALD-2). */
  readonly hasTokens: boolean
  /** Deploys every type, goes by UMS IDs too, and by conditions (ALD-2). */
  readonly hasUmsIds: boolean
  /** Selects nobody for a pack of which nothing is said, but for the base type (ALD-34). */
  readonly selectsNobody: boolean
  readonly hasGlobalConditions: boolean
  readonly hasEvaluation: boolean
  readonly hasExchange: boolean
  readonly hasBundled: boolean
}

/** What an operating system of some version can take. */
export interface Os {
  readonly takesBase: boolean
  readonly takesAddOns: boolean
  readonly takesEvaluation: boolean
  readonly takesBundled: boolean
}

const from =
  (version: Version.Version) =>
  (bar: string): boolean =>
    Version.compare(version, bar as Version.Version) >= 0

export const umsOf = (version: Version.Version): Ums => {
  const isFrom = from(version)
  return {
    hasTokens: isFrom('5.08.100'),
    hasUmsIds: isFrom('6.01.100'),
    selectsNobody: isFrom('6.02.100'),
    hasGlobalConditions: isFrom('12.01.110'),
    hasEvaluation: isFrom('12.01.110'),
    hasExchange: isFrom('12.01.110'),
    hasBundled: isFrom('12.02.120'),
  }
}

const osOf = (version: Version.Version): Os => {
  const isFrom = from(version)
  return {
    takesBase: isFrom('11'),
    takesAddOns: isFrom('11.01.110'),
    takesEvaluation: isFrom('11'),
    takesBundled: isFrom('12.2') || (isFrom('11.08.440') && !isFrom('12')),
  }
}

/** What an operating system can take, told once for each version: devices are many and versions are few. */
export const osByVersion = (): ((version: Version.Version) => Os) => {
  const known = new Map<Version.Version, Os>()
  return (version) => {
    const os = known.get(version) ?? osOf(version)
    known.set(version, os)
    return os
  }
}
