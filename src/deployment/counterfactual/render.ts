/**
 * Remedies and answers as text, for a technician: a remedy is a sentence that tells them what to do. Names are printable.
 *
 * @since 0.1.0
 */
import type { DeploymentDecision } from '../../record/DeploymentDecision.js'
import type { DistributionCondition } from '../../record/DistributionCondition.js'
import * as LicenseType from '../../record/LicenseType.js'
import * as Day from '../../value/Day.js'
import * as Text from '../../value/Text.js'
import { quoted } from '../../value/Wording.js'
import { reasonTexts } from '../explanation.js'
import type { Remedy, Switch } from './remedy.js'
import type { DeploymentCounterfactual } from './answer.js'

const conditionText = (condition: DistributionCondition): string =>
  'directory' in condition ? `the directory ${quoted(condition.directory)}` : `the view ${quoted(condition.view)}`

const typeText = (type: LicenseType.LicenseType): string => Text.preview(LicenseType.show(type))

const switches: { readonly [K in Switch]: string } = {
  umsIdRegistered: 'register the UMS ID in the license portal',
  licenseServerReachable: 'make the license server reachable',
  automaticDeployment: 'switch on automatic deployment',
  licenseExchange: 'switch on license exchange',
  hardwareBundledDeployment: 'switch on the deployment of bundled licenses',
}

/**
 * A remedy as a sentence that tells what to do.
 *
 * @example
 * import assert from 'node:assert'
 * import { either as E } from 'fp-ts'
 * import { Deployment } from 'seatwise'
 *
 * const told = (remedy: unknown) => E.map(Deployment.renderRemedy)(Deployment.Remedy.decode(remedy))
 * assert.deepStrictEqual(told({ kind: 'add-licenses', pack: 'P-1', count: 2 }), E.right('add 2 licenses to pack `P-1`'))
 * assert.deepStrictEqual(told({ kind: 'restore-device', device: 'd-1' }), E.right('take `d-1` out of the recycle bin'))
 *
 * @since 0.1.0
 */
export const renderRemedy = (remedy: Remedy): string => {
  switch (remedy.kind) {
    case 'restore-device':
      return `take ${quoted(remedy.device)} out of the recycle bin`
    case 'report-unit-id':
      return `have ${quoted(remedy.device)} report its unit ID`
    case 'close-request':
      return `close the open request of ${quoted(remedy.device)} for ${typeText(remedy)}`
    case 'move-device':
      return `move ${quoted(remedy.device)} to the directory ${quoted(remedy.directory)}`
    case 'add-to-view':
      return `have the view ${quoted(remedy.view)} include ${quoted(remedy.device)}`
    case 'update-os':
      return `update ${quoted(remedy.device)} to IGEL OS ${remedy.osVersion}`
    case 'remove-licenses':
      return `remove the ${typeText(remedy)} licenses of ${quoted(remedy.device)}`
    case 'activate-pack':
      return `activate pack ${quoted(remedy.pack)}`
    case 'assign-pack':
      return `assign pack ${quoted(remedy.pack)} to this UMS`
    case 'renew-token':
      return `register pack ${quoted(remedy.pack)} with a valid token`
    case 'add-condition':
      return `add ${conditionText(remedy.condition)} to the conditions of pack ${quoted(remedy.pack)}`
    case 'enable-for-all':
      return `enable pack ${quoted(remedy.pack)} for all devices`
    case 'add-licenses':
      return `add ${String(remedy.count)} ${remedy.count === 1 ? 'license' : 'licenses'} to pack ${quoted(remedy.pack)}`
    case 'start-pack':
      return `let pack ${quoted(remedy.pack)} start by ${Day.show(remedy.starts)}`
    case 'extend-pack':
      return `extend pack ${quoted(remedy.pack)} to ${Day.show(remedy.expires)} or later`
    case 'restore-pack':
      return `make pack ${quoted(remedy.pack)} ready again`
    case 'switch-on':
      return switches[remedy.setting]
    case 'add-global-condition':
      return `add ${conditionText(remedy.condition)} to the global conditions`
    case 'update-ums':
      return `update the UMS to ${remedy.umsVersion}`
    case 'lift-global-conditions':
      return 'remove the global conditions'
  }
}

const decisionText = ({ action, pack, reason }: DeploymentDecision): string =>
  action === 'none'
    ? `none${reason === undefined ? '' : `, ${reasonTexts[reason]}`}`
    : `${action}${pack === undefined ? '' : ` from pack ${quoted(pack)}`}`

/** So many remedies together, where they are not enough. */
const noneOf = (bound: number): string =>
  bound === 1 ? 'No single remedy' : `No set of up to ${String(bound)} remedies`

/**
 * What would have to change, as text: what stands now, and the answers, each with the decision that follows.
 *
 * @example
 * import assert from 'node:assert'
 * import { either as E, function as F, option as O } from 'fp-ts'
 * import { Deployment, Estate, Instant } from 'seatwise'
 *
 * const decoded = Estate.decode({
 *   settings: { umsVersion: '12.10.100', umsId: 'ums-1' },
 *   packs: [{ id: 'P-1', licenseType: 'workspace-edition', total: 5, allocated: 0, registered: '2026-02-01', umsIds: ['ums-1'] }],
 *   devices: [{ id: 'd-1', unitId: '00E0C5000001', osVersion: '12.5.0', registered: '2026-03-10T08:00:00Z' }],
 * })
 * const told = F.pipe(
 *   Instant.parse('2026-03-10T12:00:00Z'),
 *   E.fromOption(() => []),
 *   E.chainW((now) => F.pipe(decoded, E.chainW(({ right }) => Deployment.wouldServe(right, now)))),
 *   E.map((would) => F.pipe(would('d-1', { licenseType: 'workspace-edition' }), O.map(Deployment.renderCounterfactual))),
 * )
 * assert.deepStrictEqual(told, E.right(O.some([
 *   '`d-1`, workspace-edition: none, automatic deployment is off.',
 *   'To have it served, this is enough:',
 *   '  1. switch on automatic deployment: assign from pack `P-1`',
 * ].join('\n'))))
 *
 * @since 0.1.0
 */
export const renderCounterfactual = ({ bound, decision, answers }: DeploymentCounterfactual): string => {
  const now = `${quoted(decision.device)}, ${typeText(decision)}: ${decisionText(decision)}.`
  const [first] = answers
  if (first === undefined) return `${now}\n${noneOf(bound)} would have it served.`
  if (first.remedies.length === 0) return `${now}\nNothing has to change.`
  const enough = answers.length === 1 ? 'this is enough' : 'any one of these is enough'
  const told = answers.map(
    (answer, place) =>
      `  ${String(place + 1)}. ${answer.remedies.map(renderRemedy).join(', and ')}: ${decisionText(answer.decision)}`,
  )
  return [now, `To have it served, ${enough}:`, ...told].join('\n')
}
