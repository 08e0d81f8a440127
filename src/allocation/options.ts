/**
 * What a caller may choose: the policy of a single snapshot, the day of the run, a rule book of their own, and the reader
 * that decides by it. Options that make no sense are refused, all at once, before any work (ALLOC-47).
 *
 * @since 0.1.0
 */
import { E, type RNEA } from '../prelude.js'
import * as Policy from '../record/AllocationPolicy.js'
import type { RuleName } from '../record/Decision.js'
import { property } from '../record/RawCopy.js'
import type { Rejection } from '../record/Rejection.js'
import { refusalOf } from '../record/Report.js'
import * as Day from '../value/Day.js'
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
  readonly asOf?: Day.Day
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

const refusal = (code: Rejection['code'], option: string, hint: string): Rejection =>
  refusalOf('policy', code, option, hint)

/** What takes more than one snapshot to answer, with the value under which a snapshot is decided by itself. */
const bySnapshot = { capacity: 'unlimited', existing: 'keep' } as const

const ofWholeRuns = (policy: Policy.AllocationPolicy): ReadonlyArray<Rejection> =>
  (['capacity', 'existing'] as const).flatMap((option) =>
    policy[option] === undefined || policy[option] === bySnapshot[option]
      ? []
      : [
          refusal(
            'unknown-option',
            `policy.${option}`,
            `leave it out, or pass it to \`run\`: it takes a whole synchronization to answer`,
          ),
        ],
  )

/** Reads the choices, or says all that is wrong with them. What callers write need not be what the types ask for. */
export const readChoices = <Name extends string>(
  choices: Choices<Name>,
): E.Either<RNEA.ReadonlyNonEmptyArray<Rejection>, Choices<Name>> => {
  const { asOf, rules, reader } = choices
  const read = Policy.decode(choices.policy)
  const policy: Policy.AllocationPolicy = E.isRight(read) ? read.right : {}
  const [fault, ...faults]: ReadonlyArray<Rejection> = [
    ...(E.isLeft(read) ? read.left : ofWholeRuns(policy)),
    ...(asOf === undefined || Day.isDay(asOf) ? [] : [refusal('date', 'asOf', 'pass a day: Day.parse reads one')]),
    ...(E.toUnion(property(choices.policy, 'expired')) === 'excluded' && asOf === undefined
      ? [refusal('as-of-missing', 'asOf', 'say on which day licenses count as expired')]
      : []),
    ...(rules === undefined || typeof rules === 'function'
      ? []
      : [refusal('type', 'rules', 'pass a function from the criteria and the documented book to a book')]),
    ...(reader === undefined || ['compiled', 'reference'].includes(reader)
      ? []
      : [refusal('unknown-value', 'reader', 'use one of compiled, reference')]),
  ]
  return fault === undefined ? E.right({ ...choices, policy }) : E.left([fault, ...faults])
}
