/**
 * An explanation as text, for a technician who knows licenses and not this library. Names are printable, serial numbers
 * masked.
 *
 * @since 0.1.0
 */
import type { DeploymentDecision } from '../record/DeploymentDecision.js'
import * as LicenseType from '../record/LicenseType.js'
import type { Comparison } from '../rule/Gate.js'
import * as Day from '../value/Day.js'
import * as Text from '../value/Text.js'
import type { BundledReason } from './bundled.js'
import {
  reasonTexts,
  type BundledTrial,
  type DeviceExplanation,
  type GateStep,
  type PackTrial,
  type RankedPack,
  type TurnedDown,
} from './explanation.js'

const quoted = (text: string): string => `\`${Text.preview(text)}\``

const until = (expires: Day.Day | undefined): string =>
  expires === undefined ? 'without end' : `until ${Day.show(expires)}`

const comparisonText = ({ asked, told }: Comparison): string =>
  asked === '' ? '' : ` (needs ${asked}${told === '' ? '' : `, found ${told}`})`

const decisionText = ({ action, pack, expires, reason }: DeploymentDecision): string => {
  const from = `pack ${quoted(pack ?? '')}`
  switch (action) {
    case 'assign':
      return `gets a license from ${from}, ${until(expires)}`
    case 'exchange':
      return `gets a license from ${from} in exchange, ${until(expires)}`
    case 'renew':
      return `is renewed by ${from}, ${until(expires)}`
    case 'deploy-bundled':
      return `gets its bundled license, ${until(expires)}`
    case 'none':
      return reason === undefined ? 'gets nothing' : `gets nothing: ${reason}, ${reasonTexts[reason]}`
  }
}

const bundledTexts: { readonly [K in BundledReason]: string } = {
  'bundled-deployment-disabled': 'the deployment of bundled licenses is off',
  'feature-not-available': 'this version of the UMS cannot do it',
  'os-not-eligible': 'the operating system is too old for it',
  'ums-id-not-registered': 'the UMS ID is not registered in the license portal',
  separated: 'it was separated for another device',
  'serial-number-not-met': 'it is for other hardware',
  expired: 'it has expired',
}

const stepText = (step: GateStep): string => {
  const { gate, clause, passed, reason, action } = step
  if (passed) return `    ✓ ${gate} (${clause})`
  return action === undefined
    ? `    ✗ ${gate} (${clause}): ${reason ?? 'refused'}${comparisonText(step)}`
    : `    → ${gate} (${clause}): ${action}`
}

const turnedText = <Reason extends string>(
  turned: TurnedDown<Reason>,
  texts: { readonly [K in Reason]: string },
): string => `${texts[turned.reason]}${comparisonText(turned)} (${turned.clause})`

const packText = ({ pack, total, allocated, turnedDown }: PackTrial): string =>
  turnedDown === undefined
    ? `    ✓ ${quoted(pack)}: ${String(allocated)} of ${String(total)} allocated`
    : `    ✗ ${quoted(pack)}: ${turnedText(turnedDown, reasonTexts)}`

/** A pack that a device holds a license from has to be later, too, but then it was renewed. */
const renewalText = (trial: PackTrial): string =>
  trial.turnedDown?.reason === 'no-later-pack'
    ? `    ✗ ${quoted(trial.pack)}: it was not renewed${comparisonText(trial.turnedDown)} (${trial.turnedDown.clause})`
    : packText(trial)

const bundledText = ({ serialNumber, expires, turnedDown }: BundledTrial): string =>
  turnedDown === undefined
    ? `    ✓ ${serialNumber}, ${until(expires)}`
    : `    ✗ ${serialNumber}, ${until(expires)}: ${turnedText(turnedDown, bundledTexts)}`

const rankedText = ({ pack, allocated, registered, after }: RankedPack, place: number): string =>
  `    ${String(place + 1)}. ${quoted(pack)}: ${String(allocated)} allocated, registered ${Day.show(registered)}${after === undefined ? '' : `; later by ${after}`}`

/** Of a long list this many lines are written out; the data has them all. */
const WRITTEN = 12

const section = (title: string, lines: ReadonlyArray<string>, written = WRITTEN): ReadonlyArray<string> =>
  lines.length === 0
    ? []
    : [
        `  ${title}`,
        ...lines.slice(0, written),
        ...(lines.length > written ? [`    and ${String(lines.length - written)} more`] : []),
      ]

/** What fits first, so that a long list ends with what does not. */
const openFirst = <A extends { readonly turnedDown?: unknown }>(trials: ReadonlyArray<A>): ReadonlyArray<A> => [
  ...trials.filter(({ turnedDown }) => turnedDown === undefined),
  ...trials.filter(({ turnedDown }) => turnedDown !== undefined),
]

/**
 * Renders an explanation as lines of text.
 *
 * @example
 * import assert from 'node:assert'
 * import { either as E, function as F, option as O } from 'fp-ts'
 * import { Deployment, Estate, Instant } from 'seatwise'
 *
 * const decoded = Estate.decode({
 *   settings: { umsVersion: '12.10.100', umsId: 'ums-1', automaticDeployment: true },
 *   packs: [{ id: 'P-1', licenseType: 'udc3', total: 12, allocated: 3, registered: '2026-02-01', umsIds: ['ums-1'], active: false }],
 *   devices: [{ id: 'd-1', unitId: '00E0C5000001', osVersion: '12.5.0', registered: '2026-03-10T08:00:00Z' }],
 * })
 * const text = F.pipe(
 *   Instant.parse('2026-03-10T12:00:00Z'),
 *   E.fromOption(() => []),
 *   E.chainW((now) => F.pipe(decoded, E.chainW(({ right }) => Deployment.explain(right, now)))),
 *   E.map((explain) => F.pipe(explain('d-1', { licenseType: 'udc3' }), O.match(() => '', Deployment.render))),
 *   E.getOrElse(() => ''),
 * )
 * assert.strictEqual(text.split('\n')[0], '`udc3` for `d-1`: gets nothing: pack-deactivated, the pack is deactivated')
 *
 * @since 0.1.0
 */
export const render = (explanation: DeviceExplanation): string => {
  const { decision, today, lastValidDay, steps, renewals, packs, packsAsked, ranking } = explanation
  const { bundled, bundledElsewhere } = explanation
  const held =
    lastValidDay === undefined
      ? 'it holds no license of the type'
      : `the last valid day of the type on it is ${lastValidDay === 'unlimited' ? 'unlimited' : Day.show(lastValidDay)}`
  return [
    `${quoted(LicenseType.show(decision))} for ${quoted(decision.device)}: ${decisionText(decision)}`,
    `  on ${Day.show(today)} ${held}`,
    // The gate that decided is the last: none is left out.
    ...section('gates, in order:', steps.map(stepText), Infinity),
    ...section('bundled licenses for this device:', [
      ...openFirst(bundled).map(bundledText),
      ...(bundledElsewhere === 0 ? [] : [`    ${String(bundledElsewhere)} of the type for other devices`]),
    ]),
    ...section('packs it holds a license from:', openFirst(renewals).map(renewalText)),
    ...section(
      packsAsked ? 'packs of the type:' : 'packs of the type, had it come to them:',
      openFirst(packs).map(packText),
    ),
    ...section('ranking of those that remained:', ranking.map(rankedText)),
  ].join('\n')
}
