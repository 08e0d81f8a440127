/**
 * The fifteen rules (allocation.md, *The fifteen rules*; ALLOC-12). They are tried in this order, each on all candidates
 * before the next (ALLOC-13), and the first that matches any candidate decides (ALLOC-14). Where none matches, the
 * installation is unreconciled (ALLOC-51).
 *
 * @since 0.1.0
 */
import type { RuleName } from '../record/Decision.js'
import type { SoftwareLicense } from '../record/SoftwareLicense.js'
import { absent } from '../rule/Condition.js'
import * as Rule from '../rule/Rule.js'
import type { Criteria, Subject } from './criteria.js'

/**
 * A rule book of allocation, by the names of its rules.
 *
 * @since 0.1.0
 */
export type AllocationBook<Name extends string> = Rule.RuleBook<Subject, SoftwareLicense, Name>

/**
 * The version of the rule book: it changes whenever the same records can lead to another decision.
 *
 * @since 0.1.0
 */
export const RULE_BOOK_VERSION = '1.0'

/**
 * The groups of rules, by what their licenses are found by. Policies act on groups.
 *
 * @since 0.1.0
 */
export const groups = { keys: 1, device: 2, unit: 3, main: 4 } as const

const { rule, group } = Rule

/**
 * The documented rule book.
 *
 * @example
 * import assert from 'node:assert'
 * import { Allocation } from 'seatwise'
 *
 * assert.deepStrictEqual(Allocation.table.find(({ rule }) => rule === '3.1'), {
 *   rule: '3.1',
 *   group: 3,
 *   conditions: ['no device', 'organization', 'location'],
 * })
 *
 * @since 0.1.0
 */
export const rules = ({
  serialNumber,
  installationKey,
  deviceName,
  deviceOwner,
  device,
  organization,
  location,
  main,
}: Criteria): AllocationBook<RuleName> => [
  // The keys that the audit could read (ALLOC-19 to 22)
  ...group(
    groups.keys,
    rule('1.1', serialNumber, installationKey),
    rule('1.2', serialNumber),
    rule('1.3', installationKey),
  ),
  // Licenses with a Device restriction: first by name, then by owner (ALLOC-25 to 29)
  ...group(
    groups.device,
    rule('2.1', deviceName, organization, location),
    rule('2.2', deviceName, organization),
    rule('2.3', deviceName, location),
    rule('2.4', deviceName),
    rule('2.5', deviceOwner, organization, location),
    rule('2.6', deviceOwner, organization),
    rule('2.7', deviceOwner, location),
    rule('2.8', deviceOwner),
  ),
  // Licenses without a Device restriction (ALLOC-33 to 35)
  ...group(
    groups.unit,
    rule('3.1', absent(device), organization, location),
    rule('3.2', absent(device), organization),
    rule('3.3', absent(device), location),
  ),
  // The main license of the tracked software (ALLOC-48)
  ...group(groups.main, rule('4', main)),
]
