/**
 * Bundled licenses: which of them are for a device, and which of those are ready (deployment.md, section 10).
 *
 * @since 0.1.0
 */
import { O } from '../prelude.js'
import type { BundledLicense } from '../record/BundledLicense.js'
import type { Device } from '../record/Device.js'
import type { LicenseType } from '../record/LicenseType.js'
import { comparing, gate } from '../rule/Gate.js'
import { climb, type Ladder } from '../rule/Ladder.js'
import * as Day from '../value/Day.js'
import { append } from '../value/Lists.js'
import * as Text from '../value/Text.js'
import { dayText } from './packGates.js'
import type { Subject } from './subject.js'
import { lastDayOf } from './validity.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/**
 * Why a bundled license is not ready for a device. These are no reasons of decisions: where none is ready, the decision
 * goes on to the packs.
 *
 * @since 0.1.0
 */
export type BundledReason =
  | 'bundled-deployment-disabled'
  | 'feature-not-available'
  | 'os-not-eligible'
  | 'ums-id-not-registered'
  | 'separated'
  | 'serial-number-not-met'
  | 'expired'

/** A bundled license of the type, as it is offered to a device. */
export interface BundledOffer {
  readonly subject: Subject
  readonly bundled: BundledLicense
}

// -------------------------------------------------------------------------------------
// gates
// -------------------------------------------------------------------------------------

/** A serial number that is absent or `0` matches nothing (ALD-86). */
export const serialOf = ({ serialNumber }: { readonly serialNumber?: string }): string | undefined =>
  serialNumber === '0' ? undefined : serialNumber

const serialText = (record: { readonly serialNumber?: string }): string => {
  const serial = serialOf(record)
  return serial === undefined ? 'none' : Text.mask(serial)
}

const meetsSerial = (device: Device, bundled: BundledLicense): boolean =>
  serialOf(device) !== undefined && serialOf(device) === serialOf(bundled)

/** What makes a bundled license ready for a device. */
export const bundledLadder: Ladder<BundledOffer, BundledReason> = [
  gate(
    'switched on',
    'ALD-82',
    'bundled-deployment-disabled',
    ({ subject: { ums } }) => !ums.hardwareBundledDeployment,
  ),
  gate(
    'UMS version',
    'ALD-83',
    'feature-not-available',
    ({ subject: { ums } }) => !ums.has.bundledLicenses,
    ({ subject: { ums } }) => comparing('UMS 12.02.120', ums.umsVersion),
  ),
  gate(
    'IGEL OS version',
    'ALD-83',
    'os-not-eligible',
    ({ subject: { os } }) => !os.takesBundled,
    ({ subject: { device } }) => comparing('IGEL OS 11.08.440, or 12.2', device.osVersion),
  ),
  gate('UMS ID', 'ALD-84', 'ums-id-not-registered', ({ subject: { ums } }) => !ums.umsIdRegistered),
  gate(
    'separated',
    'ALD-87',
    'separated',
    ({ subject: { device }, bundled: { separatedTo } }) => separatedTo !== undefined && separatedTo !== device.id,
    ({ subject: { device }, bundled: { separatedTo } }) =>
      comparing(Text.preview(separatedTo ?? ''), Text.preview(device.id)),
  ),
  gate(
    'serial number',
    'ALD-85',
    'serial-number-not-met',
    ({ subject: { device }, bundled }) => bundled.separatedTo === undefined && !meetsSerial(device, bundled),
    ({ subject: { device }, bundled }) => comparing(serialText(bundled), serialText(device)),
  ),
  gate(
    'valid today',
    'ALD-85',
    'expired',
    ({ subject: { today }, bundled }) => lastDayOf(bundled) < today,
    ({ subject: { today }, bundled }) => comparing(`${Day.show(today)} or later`, dayText(lastDayOf(bundled))),
  ),
]

// -------------------------------------------------------------------------------------
// choosing
// -------------------------------------------------------------------------------------

const refuses = climb(bundledLadder)

/** The bundled license that is ready for the subject: of several the one that expires last (ALD-85). */
export const readyBundled = (subject: Subject): O.Option<BundledLicense> => {
  let best: BundledLicense | undefined
  for (const bundled of subject.bundled)
    if ((best === undefined || lastDayOf(bundled) > lastDayOf(best)) && O.isNone(refuses({ subject, bundled })))
      best = bundled
  return O.fromNullable(best)
}

/** Of a bundled license the type is the `licenseType` alone (deployment.md, section 1). */
export const typeOfBundled = ({ licenseType }: BundledLicense): LicenseType => ({ licenseType })

const NONE: ReadonlyArray<BundledLicense> = []

/** The bundled licenses that can be for a device. */
export type BundledFor = (device: Device) => ReadonlyArray<BundledLicense>

/**
 * Finds those of a list that can be for a device, by separation and by serial number. The first of records that are equal
 * in all that counts is as good as the others.
 */
export const bundledFor = (all: ReadonlyArray<BundledLicense>): BundledFor => {
  if (all.length === 0) return () => NONE
  const bySerial = new Map<string, Array<BundledLicense>>()
  const byDevice = new Map<string, Array<BundledLicense>>()
  for (const bundled of all) {
    const serial = serialOf(bundled)
    if (bundled.separatedTo !== undefined) append(byDevice, bundled.separatedTo, bundled)
    else if (serial !== undefined) append(bySerial, serial, bundled)
  }
  return (device) => {
    const serial = serialOf(device)
    const own = serial === undefined ? NONE : (bySerial.get(serial) ?? NONE)
    const separated = byDevice.get(device.id)
    return separated === undefined ? own : [...separated, ...own]
  }
}
