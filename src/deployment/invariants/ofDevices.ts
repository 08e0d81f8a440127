/**
 * The invariants of whoever is served, one line each: what the type, the device and its need must be, and the settings
 * (deployment.md, section 6).
 */
import type { LicenseTypeName } from '../../record/LicenseType.js'
import {
  hasOldSystem,
  hasOtherBase,
  holdsAny,
  isInBin,
  isNotDue,
  isPerpetual,
  isRequested,
  isSwitchedOff,
  isTooNewForUms,
  isNeverDeployed,
  isUnreachable,
  isWithoutExchange,
  isWithoutUnitId,
  lacksBase,
  not,
  type Claim,
} from './claims.js'
import { FROM_A_PACK, FROM_ANYWHERE, ofAction, type Invariant } from './invariant.js'

/** Of decisions about one type only. */
const ofType =
  (licenseType: LicenseTypeName, claim: Claim): Claim =>
  (each, facts) =>
    each.decision.licenseType === licenseType && claim(each, facts)

export const ofDevices: ReadonlyArray<Invariant> = [
  ofAction('type-is-deployed', 'ALD-21', FROM_ANYWHERE, not(isNeverDeployed)),
  ofAction('type-known-to-the-ums', 'ALD-2', FROM_ANYWHERE, not(isTooNewForUms)),
  ofAction('switched-on', 'ALD-1', FROM_A_PACK, not(isSwitchedOff)),
  ofAction('not-in-the-recycle-bin', 'ALD-23', FROM_ANYWHERE, not(isInBin)),
  ofAction('bound-to-a-unit-id', 'ALD-30', FROM_ANYWHERE, not(isWithoutUnitId)),
  ofAction('system-for-the-base', 'ALD-16', FROM_ANYWHERE, not(ofType('workspace-edition', hasOldSystem))),
  ofAction('system-for-add-ons', 'ALD-15', FROM_ANYWHERE, not(ofType('add-on', hasOldSystem))),
  ofAction('no-open-request', 'ALD-55', FROM_ANYWHERE, not(isRequested)),
  ofAction('one-base', 'ALD-27', FROM_ANYWHERE, not(hasOtherBase)),
  ofAction('add-on-upon-a-base', 'ALD-29', FROM_ANYWHERE, not(lacksBase)),
  ofAction('license-server-reached', 'ALD-4', FROM_ANYWHERE, not(isUnreachable)),
  ofAction('assigned-where-nothing-is-held', 'ALD-25', ['assign'], not(holdsAny)),
  ofAction('exchanged-where-one-is-held', 'ALD-80', ['exchange'], holdsAny),
  ofAction('exchange-switched-on', 'ALD-71', ['exchange'], not(isWithoutExchange)),
  ofAction('exchange-known-to-the-ums', 'ALD-71', ['exchange'], (_, { ums }) => ums.hasExchange),
  ofAction('exchanged-what-ends', 'ALD-80', ['exchange'], not(isPerpetual)),
  ofAction('exchanged-when-due', 'ALD-72', ['exchange'], not(isNotDue)),
]
