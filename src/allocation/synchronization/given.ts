/**
 * What a run is given, checked for what the types ask for and callers in JavaScript may not heed: an option that does not
 * exist, or a list that is none, would otherwise be lost without a word.
 */
import { E } from '../../prelude.js'
import * as Policy from '../../record/AllocationPolicy.js'
import type { Rejection } from '../../record/Rejection.js'
import { refusalOf } from '../../record/Report.js'
import * as Text from '../../value/Text.js'

const OPTIONS: ReadonlySet<string> = new Set([
  'catalog',
  'snapshots',
  'allocations',
  'policy',
  'incomplete',
  'rejectedLicenses',
  'asOf',
  'rules',
  'reader',
])

const OF_POLICY: ReadonlySet<string> = new Set<keyof Policy.AllocationPolicy>([
  'restrictions',
  'keyMatches',
  'mainLicense',
  'text',
  'capacity',
  'existing',
  'expired',
  'severalMains',
])

const fault = (code: Rejection['code'], path: string, hint: string): Rejection =>
  refusalOf('options', code, Text.printable(path.slice(0, 64)), hint)

const unknown = (given: object): ReadonlyArray<Rejection> =>
  Object.keys(given)
    .filter((option) => !OPTIONS.has(option))
    .map((option) =>
      fault(
        'unknown-option',
        option,
        OF_POLICY.has(option) ? 'write it into `policy`' : 'leave it out, or mend its name',
      ),
    )

const LISTS = ['snapshots', 'allocations', 'incomplete'] as const

/** All that is wrong with the options themselves; what is in the lists is for others to judge. */
export const faultsOf = (given: { readonly [option: string]: unknown }): ReadonlyArray<Rejection> => [
  ...unknown(given),
  ...LISTS.filter((list) => given[list] !== undefined && !Array.isArray(given[list])).map((list) =>
    fault('type', list, 'pass a list'),
  ),
  ...(given['rejectedLicenses'] === undefined ||
  given['rejectedLicenses'] === 'any' ||
  Array.isArray(given['rejectedLicenses'])
    ? []
    : [fault('type', 'rejectedLicenses', 'pass a list of ids, or `any`')]),
]

/** The policy as it is read, once and for all: one that cannot be read is told by the run, and asks for nothing. */
export const policyOf = (policy: unknown): Policy.AllocationPolicy => {
  const read = Policy.decode(policy ?? {})
  return E.isRight(read) ? read.right : {}
}
