/**
 * The subject ladder: what becomes of a device and a license type before any pack is looked at (deployment.md, section 5,
 * gates 1 to 6). The first of the two pages that read like the manual; the other one is packGates.ts.
 *
 * @since 0.1.0
 */
import { O } from '../prelude.js'
import type { BundledLicense } from '../record/BundledLicense.js'
import type { SubjectReason } from '../record/DeploymentDecision.js'
import * as LicenseType from '../record/LicenseType.js'
import type { ProductPack } from '../record/ProductPack.js'
import { comparing, exit, gate, gateOf, type Comparison } from '../rule/Gate.js'
import type { Ladder } from '../rule/Ladder.js'
import { readyBundled } from './bundled.js'
import { dayText } from './packGates.js'
import { renewedPack } from './renewal.js'
import { holds, isLicensed, isLicensedFor, type Subject } from './subject.js'
import { deploysType } from './ums.js'
import { isDue, UNLIMITED } from './validity.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** What is done for a device, and from what. The license that it gets expires when that does. */
export type Deed =
  | { readonly action: 'deploy-bundled'; readonly from: BundledLicense }
  | { readonly action: 'assign' | 'exchange' | 'renew'; readonly from: ProductPack }

const deployed = (from: BundledLicense): Deed => ({ action: 'deploy-bundled', from })

const renewed = (from: ProductPack): Deed => ({ action: 'renew', from })

/** A bundled license that is ready, for a device that is not licensed for the type (gate 4). */
const bundledDeed = (subject: Subject): O.Option<Deed> =>
  isLicensed(subject) || subject.bundled.length === 0 ? O.none : O.map(deployed)(readyBundled(subject))

const renewalDeed = (subject: Subject): O.Option<Deed> =>
  holds(subject) ? O.map(renewed)(renewedPack(subject)) : O.none

// -------------------------------------------------------------------------------------
// words
// -------------------------------------------------------------------------------------

const switched = (on: boolean): string => (on ? 'on' : 'off')

// -------------------------------------------------------------------------------------
// gates
// -------------------------------------------------------------------------------------

/** A gate that only those come to who hold a license of the type, expired or not: gates 6. */
const ofExchange = (
  name: string,
  clause: string,
  reason: SubjectReason,
  turnsAway: (subject: Subject) => boolean,
  compares: (subject: Subject) => Comparison,
) =>
  gate<Subject, SubjectReason>(
    name,
    clause,
    reason,
    (subject) => holds(subject) && turnsAway(subject),
    (subject) => (holds(subject) ? compares(subject) : comparing('', '')),
  )

/**
 * The ladder of every device and type (gates 1 to 6). Whoever comes to the top of it looks for a pack.
 *
 * @since 0.1.0
 */
export const subjectLadder: Ladder<Subject, SubjectReason, Deed> = [
  // 1. The feature
  gate(
    'type',
    'ALD-21',
    'type-not-supported',
    ({ type: { licenseType } }) => licenseType === 'icg' || licenseType === 'isl',
  ),
  gate(
    'feature',
    'ALD-2',
    'feature-not-available',
    ({ ums, type }) => !deploysType(ums, type.licenseType),
    ({ ums }) => comparing('UMS 6.01.100, or 5.08.100 for a legacy type', ums.umsVersion),
  ),
  gate(
    'automatic deployment',
    'ALD-1',
    'automatic-deployment-disabled',
    (subject) => !subject.ums.automaticDeployment && O.isNone(bundledDeed(subject)),
    ({ ums }) => comparing('on, or a bundled license that is ready', switched(ums.automaticDeployment)),
  ),
  // 2. The device
  gate('recycle bin', 'ALD-23', 'in-recycle-bin', ({ device }) => device.inRecycleBin === true),
  gate('unit ID', 'ALD-30', 'no-unit-id', ({ device }) => device.unitId === undefined),
  gate(
    'IGEL OS version',
    'ALD-15, ALD-16',
    'os-not-eligible',
    ({ type: { licenseType }, os }) =>
      (licenseType === 'workspace-edition' && !os.isModern) || (licenseType === 'add-on' && !os.takesAddOns),
    ({ type: { licenseType }, device }) => comparing(licenseType === 'add-on' ? '11.01.110' : '11', device.osVersion),
  ),
  // 3. The need
  gate(
    'open request',
    'ALD-55',
    'request-open',
    ({ device, type }) => device.openRequests?.some((open) => LicenseType.equals(open, type)) ?? false,
  ),
  gate(
    'other base license',
    'ALD-27',
    'base-license-present',
    (subject) => subject.type.licenseType === 'workspace-edition' && isLicensedFor(subject, 'isl'),
  ),
  gate(
    'base license',
    'ALD-29',
    'base-license-missing',
    (subject) => subject.type.licenseType === 'add-on' && !isLicensedFor(subject, 'workspace-edition'),
  ),
  // 4. A bundled license that is ready comes before packs
  exit('bundled license', 'ALD-88', bundledDeed),
  // 5. A renewed pack renews its devices
  exit('renewal', 'ALD-66', renewalDeed),
  // 6. Whoever holds a license of the type can only be exchanged
  gateOf(
    'exchange switched on',
    'ALD-25, ALD-71, ALD-81',
    ['already-licensed', 'exchange-disabled'],
    (subject) =>
      !holds(subject) || subject.ums.licenseExchange
        ? O.none
        : O.some(isLicensed(subject) ? 'already-licensed' : 'exchange-disabled'),
    ({ ums }) => comparing('exchange on', switched(ums.licenseExchange)),
  ),
  ofExchange(
    'exchange known',
    'ALD-71',
    'feature-not-available',
    ({ ums }) => !ums.has.exchange,
    ({ ums }) => comparing('UMS 12.01.110', ums.umsVersion),
  ),
  ofExchange(
    'last valid day',
    'ALD-80',
    'perpetual',
    ({ last }) => last === UNLIMITED,
    () => comparing('a last valid day', 'unlimited'),
  ),
  ofExchange(
    'due',
    'ALD-72',
    'not-due',
    ({ last, today, ums }) => !isDue(last, today, ums.exchangeDaysBeforeExpiration),
    ({ last, today, ums }) =>
      comparing(
        `at most ${String(ums.exchangeDaysBeforeExpiration)} days left`,
        `${String(last - today)} (${dayText(last)})`,
      ),
  ),
]

/**
 * The ladder of every order that is due: the license server is asked last (gate 8, ALD-111).
 *
 * @since 0.1.0
 */
export const orderLadder: Ladder<Subject, SubjectReason> = [
  gate('license server', 'ALD-4', 'license-server-unreachable', ({ ums }) => !ums.licenseServerReachable),
]
