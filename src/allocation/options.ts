/**
 * What a caller may choose: the policy of a single snapshot, the day of the run, a rule book of their own, and the reader
 * that decides by it. Options that make no sense are refused, all at once, before any work (ALLOC-47).
 *
 * @since 0.1.0
 */
import { E } from '../prelude.js'
import * as Policy from '../record/AllocationPolicy.js'
import type { RuleName } from '../record/Decision.js'
import { rejectionOf } from '../record/Report.js'
import type { Rejection } from '../record/Rejection.js'
import { readUnknown } from '../record/Codec.js'
import { defaultLimits } from '../record/Limits.js'
import type { Day } from '../value/Day.js'
import type { Criteria } from './criteria.js'
import type { SnapshotPolicy } from './policy.js'
import type { AllocationBook } from './rules.js'

/**
 * The options of `compile` and `explain`. `asOf` is the day on which expiry is judged, needed with `expired: excluded`.
 * `rules` makes a rule book of the caller's own from the criteria and the documented book; the policy applies to it by
 * its groups. `reader` is `compiled` unless the slow, literal `reference` is asked for; both decide alike.
 *
 * @since 0.1.0
 */
export interface Options<Name extends string = RuleName> extends SnapshotPolicy {
  readonly asOf?: Day
  readonly rules?: (criteria: Criteria, documented: AllocationBook<RuleName>) => AllocationBook<Name>
  readonly reader?: 'compiled' | 'reference'
}

/** The same choices with the policy apart, so that nothing in a policy can pass for another option. */
export interface Choices<Name extends string> extends Omit<Options<Name>, keyof SnapshotPolicy> {
  readonly policy: SnapshotPolicy
}

export const choicesOf = <Name extends string>({ asOf, rules, reader, ...policy }: Options<Name>): Choices<Name> => ({
  policy,
  ...(asOf === undefined ? {} : { asOf }),
  ...(rules === undefined ? {} : { rules }),
  ...(reader === undefined ? {} : { reader }),
})

/** What takes more than one snapshot to answer, with the value under which a snapshot is decided by itself. */
const wholeRun = { capacity: 'unlimited', existing: 'keep' } as const

const refusal = (code: Rejection['code'], option: string, hint: string, preview?: string): Rejection => ({
  code,
  severity: 'error',
  path: option,
  collection: 'policy',
  ...(preview === undefined ? {} : { preview }),
  hint,
})

const ofPolicy = (policy: object): ReadonlyArray<Rejection> => {
  const read = readUnknown(Policy.shape, defaultLimits)(policy)
  if (E.isLeft(read)) return read.left.map((fault) => rejectionOf({ collection: 'policy', path: ['policy'] }, fault))
  return (['capacity', 'existing'] as const).flatMap((option) => {
    const value = read.right[option]
    return value === undefined || value === wholeRun[option]
      ? []
      : [
          refusal(
            'unknown-option',
            `policy.${option}`,
            `only \`${wholeRun[option]}\` can be decided snapshot by snapshot`,
            value,
          ),
        ]
  })
}

/** What is wrong with the choices; nothing, where they make sense. */
export const contradictionsOfChoices = <Name extends string>({
  policy,
  asOf,
  rules,
  reader,
}: Choices<Name>): ReadonlyArray<Rejection> => {
  const day: unknown = asOf
  return [
    ...ofPolicy(policy),
    ...(day === undefined || (typeof day === 'number' && Number.isSafeInteger(day))
      ? []
      : [refusal('date', 'asOf', 'pass a day: Day.parse reads one')]),
    ...(policy.expired === 'excluded' && day === undefined
      ? [refusal('as-of-missing', 'asOf', 'say on which day licenses count as expired')]
      : []),
    ...(rules === undefined || typeof rules === 'function'
      ? []
      : [refusal('type', 'rules', 'pass a function from the criteria and the documented book to a book')]),
    ...(reader === undefined || ['compiled', 'reference'].includes(reader)
      ? []
      : [refusal('unknown-value', 'reader', 'use one of compiled, reference')]),
  ]
}
