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
import { readyBundled } from './bundled.js'
import { dayText, isLater } from './packGates.js'
import { renewedPack } from './renewal.js'
import { ofHolders, only, type Rung } from './rungs.js'
import { holds, isLicensed, isLicensedFor, type Kind, type Subject } from './subject.js'
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

const renewalDeed = (subject: Subject): O.Option<Deed> => {
  // Where no pack lasts longer than what the device has, none is looked for.
  const pack = holds(subject) && isLater(subject.latest, subject.last) ? renewedPack(subject) : undefined
  return pack === undefined ? O.none : O.some(renewed(pack))
}

// -------------------------------------------------------------------------------------
// kinds of subjects
// -------------------------------------------------------------------------------------

const isOf =
  (...names: ReadonlyArray<LicenseType.LicenseTypeName>) =>
  ({ type }: Kind): boolean =>
    names.includes(type.licenseType)

const WORKSPACE_EDITION: LicenseType.LicenseType = { licenseType: 'workspace-edition' }

const ISL: LicenseType.LicenseType = { licenseType: 'isl' }

// -------------------------------------------------------------------------------------
// words
// -------------------------------------------------------------------------------------

const switched = (on: boolean): string => (on ? 'on' : 'off')

// -------------------------------------------------------------------------------------
// gates
// -------------------------------------------------------------------------------------

const ALREADY_LICENSED: O.Option<SubjectReason> = O.some('already-licensed')
const EXCHANGE_DISABLED: O.Option<SubjectReason> = O.some('exchange-disabled')

/** A gate that only those come to who hold a license of the type, expired or not: gates 6. */
const ofExchange = (
  name: string,
  clause: string,
  reason: SubjectReason,
  turnsAway: (subject: Subject) => boolean,
  compares: (subject: Subject) => Comparison,
) =>
  ofHolders(
    gate<Subject, SubjectReason>(
      name,
      clause,
      reason,
      (subject) => holds(subject) && turnsAway(subject),
      (subject) => (holds(subject) ? compares(subject) : comparing('', '')),
    ),
  )

/**
 * The ladder of every device and type (gates 1 to 6). Whoever comes to the top of it looks for a pack.
 *
 * @since 0.1.0
 */
export const subjectLadder: ReadonlyArray<Rung<SubjectReason, Deed>> = [
  // 1. The feature
  only(
    isOf('icg', 'isl'),
    gate('type', 'ALD-21', 'type-not-supported', () => true),
  ),
  only(
    ({ ums, type }) => !deploysType(ums, type.licenseType),
    gate(
      'feature',
      'ALD-2',
      'feature-not-available',
      () => true,
      ({ ums }) => comparing('UMS 6.01.100, or 5.08.100 for a legacy type', ums.umsVersion),
    ),
  ),
  only(
    ({ ums }) => !ums.automaticDeployment,
    gate(
      'automatic deployment',
      'ALD-1',
      'automatic-deployment-disabled',
      (subject) => O.isNone(bundledDeed(subject)),
      ({ ums }) => comparing('on, or a bundled license that is ready', switched(ums.automaticDeployment)),
    ),
  ),
  // 2. The device
  gate('recycle bin', 'ALD-23', 'in-recycle-bin', ({ device }) => device.inRecycleBin === true),
  gate('unit ID', 'ALD-30', 'no-unit-id', ({ device }) => device.unitId === undefined),
  only(
    isOf('workspace-edition', 'add-on'),
    gate(
      'IGEL OS version',
      'ALD-15, ALD-16',
      'os-not-eligible',
      ({ type: { licenseType }, os }) => !(licenseType === 'add-on' ? os.takesAddOns : os.isModern),
      ({ type: { licenseType }, device }) => comparing(licenseType === 'add-on' ? '11.01.110' : '11', device.osVersion),
    ),
  ),
  // 3. The need
  gate(
    'open request',
    'ALD-55',
    'request-open',
    ({ device, type }) => device.openRequests?.some((open) => LicenseType.equals(open, type)) ?? false,
  ),
  only(
    isOf('workspace-edition'),
    gate('other base license', 'ALD-27', 'base-license-present', (subject) => isLicensedFor(subject, ISL)),
  ),
  only(
    isOf('add-on'),
    gate('base license', 'ALD-29', 'base-license-missing', (subject) => !isLicensedFor(subject, WORKSPACE_EDITION)),
  ),
  // 4. A bundled license that is ready comes before packs
  exit('bundled license', 'ALD-88', bundledDeed),
  // 5. A renewed pack renews its devices
  ofHolders(exit('renewal', 'ALD-66', renewalDeed)),
  // 6. Whoever holds a license of the type can only be exchanged
  only(
    ({ ums }) => !ums.licenseExchange,
    ofHolders(
      gateOf(
        'exchange switched on',
        'ALD-25, ALD-71, ALD-81',
        ['already-licensed', 'exchange-disabled'],
        (subject) => (holds(subject) ? (isLicensed(subject) ? ALREADY_LICENSED : EXCHANGE_DISABLED) : O.none),
        ({ ums }) => comparing('exchange on', switched(ums.licenseExchange)),
      ),
    ),
  ),
  only(
    ({ ums }) => !ums.has.exchange,
    ofExchange(
      'exchange known',
      'ALD-71',
      'feature-not-available',
      () => true,
      ({ ums }) => comparing('UMS 12.01.110', ums.umsVersion),
    ),
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
export const orderLadder: ReadonlyArray<Rung<SubjectReason, never>> = [
  only(
    ({ ums }) => !ums.licenseServerReachable,
    gate('license server', 'ALD-4', 'license-server-unreachable', () => true),
  ),
]
