/**
 * What a decision claims when it says why nothing is done: that this was so of the device and its type when their turn came
 * (deployment.md, section 6); and in which order the claims come, so that the first which is true is the reason (ALD-110).
 */
import type { DeploymentAction, SubjectReason } from '../../record/DeploymentDecision.js'
import type { LicenseTypeName } from '../../record/LicenseType.js'
import * as LicenseType from '../../record/LicenseType.js'
import type { Case, Facts } from './facts.js'
import { isLicensed, UNLIMITED } from './holdings.js'
import { isBundledDue, isLicensedToday, renewalsOf } from './orders.js'

export type Claim = (each: Case, facts: Facts) => boolean

const both =
  (one: Claim, other: Claim): Claim =>
  (each, facts) =>
    one(each, facts) && other(each, facts)

export const not =
  (claim: Claim): Claim =>
  (each, facts) =>
    !claim(each, facts)

// -------------------------------------------------------------------------------------
// of the type, the device and its need: gates 1 to 3
// -------------------------------------------------------------------------------------

const BASE: LicenseType.LicenseType = { licenseType: 'workspace-edition' }
const OTHER_BASE: LicenseType.LicenseType = { licenseType: 'isl' }

const LEGACY: ReadonlyArray<LicenseTypeName> = ['udc3', 'uma', 'ud-pocket']

export const isNeverDeployed: Claim = ({ decision: { licenseType } }) => licenseType === 'icg' || licenseType === 'isl'

export const isTooNewForUms: Claim = ({ decision: { licenseType } }, { ums }) =>
  !ums.hasTokens || (!ums.hasUmsIds && !LEGACY.includes(licenseType))

export const isSwitchedOff: Claim = (_, { estate: { settings } }) => settings.automaticDeployment !== true

/** What is bundled does not need the switch (ALD-88). */
export const isSwitchedOffForIt: Claim = both(isSwitchedOff, not(isBundledDue))

export const isInBin: Claim = ({ device }) => device.inRecycleBin === true

export const isWithoutUnitId: Claim = ({ device }) => device.unitId === undefined

export const hasOldSystem: Claim = ({ decision: { licenseType }, os }) =>
  (licenseType === 'workspace-edition' && !os.takesBase) || (licenseType === 'add-on' && !os.takesAddOns)

export const isRequested: Claim = ({ device: { openRequests = [] }, decision }) =>
  openRequests.some((request) => LicenseType.equals(request, decision))

export const hasOtherBase: Claim = ({ decision: { licenseType }, before }, { today }) =>
  licenseType === 'workspace-edition' && isLicensed(before, OTHER_BASE, today)

export const lacksBase: Claim = ({ decision: { licenseType }, before }, { today }) =>
  licenseType === 'add-on' && !isLicensed(before, BASE, today)

// -------------------------------------------------------------------------------------
// of what is held: gates 6
// -------------------------------------------------------------------------------------

export const holdsAny: Claim = ({ held }) => held.length > 0

export const isWithoutExchange: Claim = (_, { estate: { settings } }) => settings.licenseExchange !== true

export const isLicensedAsItIs: Claim = both(holdsAny, both(isWithoutExchange, isLicensedToday))

export const isLapsedAsItIs: Claim = both(holdsAny, both(isWithoutExchange, not(isLicensedToday)))

export const isExchangeTooNew: Claim = both(holdsAny, (_, { ums }) => !ums.hasExchange)

export const isPerpetual: Claim = ({ last }) => last === UNLIMITED

/** Days before the last valid day, where nothing is set (ALD-72). */
const USUAL_DAYS = 7

export const isNotDue: Claim = both(
  holdsAny,
  ({ last }, { today, estate: { settings } }) => last - today > (settings.exchangeDaysBeforeExpiration ?? USUAL_DAYS),
)

// -------------------------------------------------------------------------------------
// their order
// -------------------------------------------------------------------------------------

type Reasoned = readonly [reason: SubjectReason, claim: Claim]

const early: ReadonlyArray<Reasoned> = [
  ['type-not-supported', isNeverDeployed],
  ['feature-not-available', isTooNewForUms],
  ['automatic-deployment-disabled', isSwitchedOffForIt],
  ['in-recycle-bin', isInBin],
  ['no-unit-id', isWithoutUnitId],
  ['os-not-eligible', hasOldSystem],
  ['request-open', isRequested],
  ['base-license-present', hasOtherBase],
  ['base-license-missing', lacksBase],
]

const late: ReadonlyArray<Reasoned> = [
  ['already-licensed', isLicensedAsItIs],
  ['exchange-disabled', isLapsedAsItIs],
  ['feature-not-available', isExchangeTooNew],
  ['perpetual', isPerpetual],
  ['not-due', isNotDue],
]

const isAnyTrue =
  (claims: ReadonlyArray<Reasoned>): Claim =>
  (each, facts) =>
    claims.some(([, isTrue]) => isTrue(each, facts))

/** Does the device not come as far as gate 4? */
export const isStoppedEarly: Claim = isAnyTrue(early)

const isStoppedLate: Claim = isAnyTrue(late)

const UNREACHABLE: SubjectReason = 'license-server-unreachable'

/**
 * Is another claim true that comes first (ALD-110)? A bundled license or a renewal that is held up at the server has never
 * come to gates 6.
 */
export const isForestalled: Claim = (each, facts) => {
  const { reason } = each.decision
  const passed = reason === UNREACHABLE ? early : [...early, ...late]
  const first = passed.find(([, isTrue]) => isTrue(each, facts))
  return first !== undefined && first[0] !== reason
}

// -------------------------------------------------------------------------------------
// of the license server: gate 8
// -------------------------------------------------------------------------------------

export const isUnreachable: Claim = (_, { estate: { settings } }) => settings.licenseServerReachable === false

/** Would something be ordered, if only the server could be reached (ALD-111)? */
const isOrderDue: Claim = (each, facts) =>
  isBundledDue(each, facts) ||
  renewalsOf(each, facts).length > 0 ||
  (!isStoppedLate(each, facts) && facts.trialOf(each).best !== undefined)

export const isHeldUp: Claim = both(isUnreachable, isOrderDue)

/** Is it ordered, or held up at the server? */
export const isOrderedAs = (action: DeploymentAction, { decision }: Case): boolean =>
  decision.action === action || (decision.action === 'none' && decision.reason === UNREACHABLE)
