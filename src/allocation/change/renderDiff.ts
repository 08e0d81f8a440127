/**
 * A diff as text, for a technician: what is released, what is allocated, which decisions changed, and why.
 *
 * @since 0.1.0
 */
import type { Allocation } from '../../record/Allocation.js'
import type { Decision } from '../../record/Decision.js'
import * as Text from '../../value/Text.js'
import { quoted } from '../../value/Wording.js'
import type { AllocationCause, AllocationDiff, DecisionOperation } from './operations.js'

const allocationText = ({ computer, product, license, installation, origin }: Allocation): string =>
  `${quoted(license)} for ${quoted(product)} on ${quoted(computer)}${
    installation === undefined ? '' : ` (installation ${Text.preview(installation)})`
  }${origin === 'manual' ? ', allocated by hand' : ''}`

const causeText = (cause: AllocationCause, tense: 'is' | 'was'): string => {
  const has = tense === 'is' ? 'has' : 'had'
  switch (cause.code) {
    case 'not-found':
      return `what it covers ${tense} not found${tense === 'is' ? ' any more' : ' before'}`
    case 'other-license':
      return `what it covers ${has} ${quoted(cause.license)}`
    case 'no-license':
      return `what it covers ${tense} ${cause.outcome}`
    case 'same-license':
      return `what it covers ${has} the license by another allocation`
  }
}

/** A decision in a few words. */
export const decisionText = (decision: Decision<string> | undefined): string => {
  if (decision === undefined) return 'not found'
  const { outcome, license, rule, violations = [], reason } = decision
  return [
    outcome,
    ...(license === undefined ? [] : [quoted(license)]),
    ...(rule === undefined ? [] : [`by rule ${Text.preview(rule)}`]),
    ...(violations.length === 0 ? [] : [`violating ${violations.join(', ')}`]),
    ...(reason === undefined ? [] : [`(${reason})`]),
  ].join(' ')
}

/** An installation as a person knows it. */
export const placeText = ({ computer, installation }: Pick<Decision, 'computer' | 'installation'>): string =>
  `${quoted(computer)} (installation ${Text.preview(installation)})`

const decidedText = (change: DecisionOperation<string>): string => {
  const { before, after, cause } = change
  const remarks = cause === 'remarks' ? ' (other remarks)' : ''
  return `  ~ ${placeText(change)}: ${decisionText(before)} → ${decisionText(after)}${remarks}`
}

/**
 * Renders a diff as lines of text: `-` is released, `+` is allocated, `~` is decided otherwise.
 *
 * @example
 * import assert from 'node:assert'
 * import { Allocation } from 'seatwise'
 *
 * const { right: allocations } = Allocation.decodeAll([
 *   { computer: 'pc-1', product: 'Visio 2024', license: 'L-1', origin: 'manual' },
 * ])
 * const changes = Allocation.diff({ decisions: [], allocations }, { decisions: [], allocations: [] })
 * assert.deepStrictEqual(Allocation.renderDiff(changes).split('\n'), [
 *   '1 released, 0 allocated, 0 decisions changed',
 *   '  - `L-1` for `Visio 2024` on `pc-1`, allocated by hand: what it covers is not found any more',
 * ])
 * assert.strictEqual(Allocation.renderDiff([]), 'nothing changes')
 *
 * @since 0.1.0
 */
export const renderDiff = (changes: AllocationDiff<string>): string => {
  if (changes.length === 0) return 'nothing changes'
  const count = (operation: AllocationDiff[number]['operation']): string =>
    String(changes.filter((change) => change.operation === operation).length)
  return [
    `${count('release')} released, ${count('allocate')} allocated, ${count('decide')} decisions changed`,
    ...changes.map((change) => {
      switch (change.operation) {
        case 'release':
          return `  - ${allocationText(change.allocation)}: ${causeText(change.cause, 'is')}`
        case 'allocate':
          return `  + ${allocationText(change.allocation)}: ${causeText(change.cause, 'was')}`
        case 'decide':
          return decidedText(change)
      }
    }),
  ].join('\n')
}
