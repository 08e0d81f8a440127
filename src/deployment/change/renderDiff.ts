/**
 * A diff of plans as text, for a technician: what is withdrawn, what is given, which decisions changed, and why.
 *
 * @since 0.1.0
 */
import type { DeploymentDecision } from '../../record/DeploymentDecision.js'
import type { DeploymentOperation } from '../../record/DeploymentOperation.js'
import * as LicenseType from '../../record/LicenseType.js'
import * as Day from '../../value/Day.js'
import * as Text from '../../value/Text.js'
import { quoted } from '../../value/Wording.js'
import { reasonTexts } from '../explanation.js'
import type { DeploymentDiff, PlannedCause } from './diff.js'

const until = (expires: Day.Day | undefined): string =>
  expires === undefined ? 'without end' : `until ${Day.show(expires)}`

/** A device and a type as a person knows them. */
export const placeText = (place: LicenseType.LicenseType & Pick<DeploymentDecision, 'device'>): string =>
  `${quoted(place.device)}, ${Text.preview(LicenseType.show(place))}`

/** A decision in a few words. */
export const decisionText = (decision: DeploymentDecision | undefined): string => {
  if (decision === undefined) return 'not decided'
  const { action, pack, expires, reason } = decision
  if (action === 'none') return reason === undefined ? 'none' : `none: ${reasonTexts[reason]}`
  return `${action}${pack === undefined ? '' : ` from ${quoted(pack)}`} ${until(expires)}`
}

const plannedText = ({ action, device, license }: DeploymentOperation): string =>
  `${placeText({ device, ...license })}: ${action}${license.pack === undefined ? '' : ` from ${quoted(license.pack)}`} ${until(
    license.expires,
  )}`

const causeText = (cause: PlannedCause, when: 'now' | 'before'): string => {
  switch (cause.code) {
    case 'not-decided':
      return `${when}: not decided`
    case 'none':
      return `${when}: ${cause.reason === undefined ? 'none' : reasonTexts[cause.reason]}`
    case 'planned':
      return `${when}: ${cause.action}${cause.pack === undefined ? '' : ` from ${quoted(cause.pack)}`}`
  }
}

/**
 * Renders a diff of plans as lines of text: `-` is withdrawn, `+` is given, `~` is decided otherwise.
 *
 * @example
 * import assert from 'node:assert'
 * import { Deployment } from 'seatwise'
 *
 * assert.strictEqual(Deployment.renderDiff([]), 'nothing changes')
 *
 * @since 0.1.0
 */
export const renderDiff = (changes: DeploymentDiff): string => {
  if (changes.length === 0) return 'nothing changes'
  const count = (operation: DeploymentDiff[number]['operation']): string =>
    String(changes.filter((change) => change.operation === operation).length)
  return [
    `${count('withdraw')} withdrawn, ${count('give')} given, ${count('decide')} decisions changed`,
    ...changes.map((change) => {
      switch (change.operation) {
        case 'withdraw':
          return `  - ${plannedText(change.planned)} (${causeText(change.cause, 'now')})`
        case 'give':
          return `  + ${plannedText(change.planned)} (${causeText(change.cause, 'before')})`
        case 'decide':
          return `  ~ ${placeText(change)}: ${decisionText(change.before)} → ${decisionText(change.after)}`
      }
    }),
  ].join('\n')
}
