/**
 * An explanation as an outline, for a technician who knows licenses and not this library. Names are printable, serial numbers
 * masked.
 *
 * @since 0.1.0
 */
import type { DeploymentDecision } from '../record/DeploymentDecision.js'
import * as LicenseType from '../record/LicenseType.js'
import type { Entry, Outline, Section } from '../record/Outline.js'
import type { Comparison } from '../rule/Gate.js'
import * as Day from '../value/Day.js'
import { quoted } from '../value/Wording.js'
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

const stepEntry = (step: GateStep): Entry => {
  const { gate, clause, passed, reason, action } = step
  if (passed) return { code: gate, mark: 'passed', clause, text: `${gate} (${clause})` }
  return action === undefined
    ? {
        code: gate,
        mark: 'failed',
        clause,
        text: `${gate} (${clause}): ${reason ?? 'refused'}${comparisonText(step)}`,
      }
    : { code: gate, mark: 'led', clause, text: `${gate} (${clause}): ${action}` }
}

/** Something that was turned down at a gate, or not. */
const trialEntry = <Reason extends string>(
  code: string,
  open: string,
  name: string,
  turned: TurnedDown<Reason> | undefined,
  texts: { readonly [K in Reason]: string },
): Entry =>
  turned === undefined
    ? { code, mark: 'passed', text: open }
    : {
        code: turned.reason,
        mark: 'failed',
        clause: turned.clause,
        text: `${name}: ${texts[turned.reason]}${comparisonText(turned)} (${turned.clause})`,
      }

const packEntry = ({ pack, total, allocated, turnedDown }: PackTrial): Entry =>
  trialEntry(
    'pack',
    `${quoted(pack)}: ${String(allocated)} of ${String(total)} allocated`,
    quoted(pack),
    turnedDown,
    reasonTexts,
  )

/** A pack that a device holds a license from has to be later, too, but then it was renewed. */
const renewalEntry = (trial: PackTrial): Entry =>
  trial.turnedDown?.reason === 'no-later-pack'
    ? {
        code: trial.turnedDown.reason,
        mark: 'failed',
        clause: trial.turnedDown.clause,
        text: `${quoted(trial.pack)}: it was not renewed${comparisonText(trial.turnedDown)} (${trial.turnedDown.clause})`,
      }
    : packEntry(trial)

const bundledEntry = ({ serialNumber, expires, turnedDown }: BundledTrial): Entry => {
  const name = `${serialNumber}, ${until(expires)}`
  return trialEntry('bundled-license', name, name, turnedDown, bundledTexts)
}

const rankedEntry = ({ pack, allocated, registered, after }: RankedPack, place: number): Entry => ({
  code: 'ranked-pack',
  text: `${String(place + 1)}. ${quoted(pack)}: ${String(allocated)} allocated, registered ${Day.show(registered)}${after === undefined ? '' : `; later by ${after}`}`,
})

/** Of a long list this many lines are written out; the data has them all. */
const WRITTEN = 12

const section = (
  code: string,
  text: string,
  entries: ReadonlyArray<Entry>,
  written = WRITTEN,
): ReadonlyArray<Section> =>
  entries.length === 0
    ? []
    : [
        {
          code,
          text,
          entries: [
            ...entries.slice(0, written),
            ...(entries.length > written
              ? [{ code: 'others', text: `and ${String(entries.length - written)} more` }]
              : []),
          ],
        },
      ]

/** What fits first, so that a long list ends with what does not. */
const openFirst = <A extends { readonly turnedDown?: unknown }>(trials: ReadonlyArray<A>): ReadonlyArray<A> => [
  ...trials.filter(({ turnedDown }) => turnedDown === undefined),
  ...trials.filter(({ turnedDown }) => turnedDown !== undefined),
]

/**
 * The outline of an explanation.
 *
 * @example
 * import assert from 'node:assert'
 * import { either as E, function as F, option as O } from 'fp-ts'
 * import { Deployment, Estate, Instant } from 'seatwise'
 *
 * const decoded = Estate.decode({
 *   settings: { umsVersion: '12.10.100', umsId: 'ums-1', automaticDeployment: true },
 *   packs: [],
 *   devices: [{ id: 'd-1', unitId: '00E0C5000001', osVersion: '12.5.0', registered: '2026-03-10T08:00:00Z' }],
 * })
 * const outline = F.pipe(
 *   Instant.parse('2026-03-10T12:00:00Z'),
 *   E.fromOption(() => []),
 *   E.chainW((now) => F.pipe(decoded, E.chainW(({ right }) => Deployment.explain(right, now)))),
 *   E.map((explain) => F.pipe(explain('d-1', { licenseType: 'udc3' }), O.map(Deployment.outline))),
 *   E.getOrElseW(() => O.none),
 * )
 * const failed = (O.isSome(outline) ? (outline.value.sections ?? []) : [])
 *   .flatMap(({ entries = [] }) => entries)
 *   .filter(({ mark }) => mark === 'failed')
 * assert.deepStrictEqual(failed.map(({ code, clause }) => [code, clause]), [])
 *
 * @since 0.1.0
 */
export const outline = (explanation: DeviceExplanation): Outline => {
  const { decision, today, lastValidDay, steps, renewals, packs, packsAsked, ranking } = explanation
  const { bundled, bundledElsewhere } = explanation
  const held =
    lastValidDay === undefined
      ? 'it holds no license of the type'
      : `the last valid day of the type on it is ${lastValidDay === 'unlimited' ? 'unlimited' : Day.show(lastValidDay)}`
  const last = steps[steps.length - 1]
  return {
    code: decision.reason ?? decision.action,
    ...(last === undefined ? {} : { clause: last.clause }),
    text: `${quoted(LicenseType.show(decision))} for ${quoted(decision.device)}: ${decisionText(decision)}`,
    sections: [
      { code: 'held', text: `on ${Day.show(today)} ${held}` },
      // The gate that decided is the last: none is left out.
      ...section('gates', 'gates, in order:', steps.map(stepEntry), Infinity),
      ...section('bundled-licenses', 'bundled licenses for this device:', [
        ...openFirst(bundled).map(bundledEntry),
        ...(bundledElsewhere === 0
          ? []
          : [{ code: 'others', text: `${String(bundledElsewhere)} of the type for other devices` }]),
      ]),
      ...section('renewals', 'packs it holds a license from:', openFirst(renewals).map(renewalEntry)),
      ...section(
        'packs',
        packsAsked ? 'packs of the type:' : 'packs of the type, had it come to them:',
        openFirst(packs).map(packEntry),
      ),
      ...section('ranking', 'ranking of those that remained:', ranking.map(rankedEntry)),
    ],
  }
}
