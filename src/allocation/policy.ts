/**
 * The policies of a single snapshot, as functions from rule books to rule books (allocation.md, *Policy options*). They
 * are independent of each other and may be applied in any order.
 *
 * @since 0.1.0
 */
import type { AllocationPolicy } from '../record/AllocationPolicy.js'
import { permits } from '../rule/Condition.js'
import { also } from '../rule/Rule.js'
import { restricting, type Criteria } from './criteria.js'
import { groups, type AllocationBook } from './rules.js'

/**
 * The options that concern one snapshot by itself. What an earlier run left, and how much is left of a license, no
 * single snapshot can answer.
 *
 * @since 0.1.0
 */
export type SnapshotPolicy = Omit<AllocationPolicy, 'capacity' | 'existing'>

/** A policy: what it makes of a rule book. */
type Policy = (criteria: Criteria) => <Name extends string>(book: AllocationBook<Name>) => AllocationBook<Name>

const asItIs: Policy = () => (book) => book

/** No restriction may be violated in these groups. */
const honor =
  (...groups: ReadonlyArray<number>): Policy =>
  (criteria) =>
    also(groups, ...restricting(criteria).map((criterion) => permits(criterion)))

/** `restrictions`: in groups 2 and 3 only what a rule names counts (ALLOC-30), or every restriction (ALLOC-31). */
const restrictions: Readonly<Record<'as-documented' | 'strict', Policy>> = {
  'as-documented': asItIs,
  strict: honor(groups.device, groups.unit),
}

/** `keyMatches`: group 1 does not look at restrictions (ALLOC-23), or honors them (ALLOC-69). */
const keyMatches: Readonly<Record<'ignore-restrictions' | 'honor-restrictions', Policy>> = {
  'ignore-restrictions': asItIs,
  'honor-restrictions': honor(groups.keys),
}

/** `mainLicense`: rule 4 does not look at restrictions (ALLOC-50), or honors them (ALLOC-70). */
const mainLicense: Readonly<Record<'ignore-restrictions' | 'honor-restrictions', Policy>> = {
  'ignore-restrictions': asItIs,
  'honor-restrictions': honor(groups.main),
}

/** `severalMains`: of several main candidates the first by name wins (ALLOC-52), or none does (ALLOC-80). */
const severalMains: Readonly<Record<'first-by-name' | 'none', Policy>> = {
  'first-by-name': asItIs,
  none: ({ onlyMain }) => also([groups.main], onlyMain),
}

/**
 * What a policy makes of a rule book. The options that do not change the book, `text` and `expired`, are in the terms of
 * the criteria and among the gates of the candidates.
 *
 * @example
 * import assert from 'node:assert'
 * import { either as E, function as F } from 'fp-ts'
 * import { Allocation } from 'seatwise'
 *
 * const explain = F.pipe({ software: [], licenses: [] }, Allocation.explain({ restrictions: 'strict' }))
 * assert.strictEqual(E.isRight(explain), true)
 *
 * @since 0.1.0
 */
export const applyPolicy =
  (policy: SnapshotPolicy, criteria: Criteria) =>
  <Name extends string>(book: AllocationBook<Name>): AllocationBook<Name> =>
    [
      restrictions[policy.restrictions ?? 'as-documented'],
      keyMatches[policy.keyMatches ?? 'ignore-restrictions'],
      mainLicense[policy.mainLicense ?? 'ignore-restrictions'],
      severalMains[policy.severalMains ?? 'first-by-name'],
    ].reduce((changed, change) => change(criteria)(changed), book)
