/**
 * The invariants of the decisions by which nothing is done, one line for each reason: what it claims was so when the turn
 * came (deployment.md, sections 5 and 6). And those of all reasons: the claim is the first that is true, no pack that would
 * have served is passed over, and the pack that is told of is the one that came furthest.
 */
import type { DeploymentReason, PackReason } from '../../record/DeploymentDecision.js'
import {
  hasOldSystem,
  hasOtherBase,
  isExchangeTooNew,
  isForestalled,
  isHeldUp,
  isInBin,
  isLapsedAsItIs,
  isLicensedAsItIs,
  isNeverDeployed,
  isNotDue,
  isPerpetual,
  isRequested,
  isSwitchedOffForIt,
  isTooNewForUms,
  isWithoutUnitId,
  lacksBase,
  type Claim,
} from './claims.js'
import { ofNone, ofReason, type Invariant } from './invariant.js'
import { isTurnedDownFor } from './trials.js'

const ofSubjects: ReadonlyArray<Invariant> = [
  ofReason('type-not-supported', 'ALD-21', isNeverDeployed),
  ofReason('feature-not-available', 'ALD-2', (...given) => isTooNewForUms(...given) || isExchangeTooNew(...given)),
  ofReason('automatic-deployment-disabled', 'ALD-1', isSwitchedOffForIt),
  ofReason('in-recycle-bin', 'ALD-23', isInBin),
  ofReason('no-unit-id', 'ALD-30', isWithoutUnitId),
  ofReason('os-not-eligible', 'ALD-16', hasOldSystem),
  ofReason('request-open', 'ALD-55', isRequested),
  ofReason('base-license-present', 'ALD-27', hasOtherBase),
  ofReason('base-license-missing', 'ALD-29', lacksBase),
  ofReason('already-licensed', 'ALD-25', isLicensedAsItIs),
  ofReason('exchange-disabled', 'ALD-81', isLapsedAsItIs),
  ofReason('perpetual', 'ALD-80', isPerpetual),
  ofReason('not-due', 'ALD-72', isNotDue),
  ofReason('no-pack', 'ALD-3', ({ type }, { packsOf }) => packsOf(type).length === 0),
  ofReason('license-server-unreachable', 'ALD-4', isHeldUp),
]

/** What packs are turned down for, in the order of their gates. */
const packReasons: ReadonlyArray<readonly [reason: PackReason, clause: string]> = [
  ['no-later-pack', 'ALD-74'],
  ['evaluation-not-supported', 'ALD-17'],
  ['pack-retired', 'ALD-54'],
  ['token-invalid', 'ALD-9'],
  ['pack-not-assigned', 'ALD-5'],
  ['pack-deactivated', 'ALD-11'],
  ['pack-not-started', 'ALD-51'],
  ['pack-expired', 'ALD-51'],
  ['global-conditions-not-met', 'ALD-41'],
  ['conditions-not-met', 'ALD-36'],
  ['no-free-license', 'ALD-48'],
]

/** A pack of the type is turned down for just that. */
const ofTurnedDown: ReadonlyArray<Invariant> = packReasons.map(([reason, clause]) =>
  ofReason(reason, clause, (each, facts) => isTurnedDownFor(reason, each, facts)),
)

const PACK_REASONS: ReadonlySet<DeploymentReason | undefined> = new Set(packReasons.map(([reason]) => reason))

const isOfPacks: Claim = ({ decision: { reason } }) => PACK_REASONS.has(reason)

export const ofReasons: ReadonlyArray<Invariant> = [
  ...ofSubjects,
  ...ofTurnedDown,
  ofNone('first-reason', 'ALD-110', (each, facts) => each.decision.reason === undefined || !isForestalled(each, facts)),
  ofNone(
    'served-while-any-pack-would',
    'ALD-49',
    (each, facts) => !isOfPacks(each, facts) || facts.trialOf(each).best === undefined,
  ),
  ofNone(
    'furthest-pack',
    'ALD-110',
    (each, facts) => !isOfPacks(each, facts) || facts.trialOf(each).furthest === each.decision.reason,
  ),
]
