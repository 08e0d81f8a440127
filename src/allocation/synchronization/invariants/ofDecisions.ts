/**
 * The invariants of decisions, one line each (allocation.md).
 */
import type { Decision, Restriction } from '../../../record/Decision.js'
import type { SoftwareLicense } from '../../../record/SoftwareLicense.js'
import * as Ranking from '../../../rule/Ranking.js'
import * as Text from '../../../value/Text.js'
import { UNTRACKED } from '../../gates.js'
import { nameOrder } from '../../prepare.js'
import { isExpired } from './candidates.js'
import type { Case } from './facts.js'
import { invariant, isAllocated, isAscending, ofDecision, outOfTurn, place, type Invariant } from './invariant.js'

const isKept = ({ decision }: Case): boolean => decision.outcome === 'kept'

const groupOf = ({ rule }: Decision<string>): string => (rule ?? '').slice(0, 1)
const isClean = ({ decision }: Case): boolean => (decision.violations ?? []).length === 0

const orderOf = Ranking.toOrd(nameOrder)

const inNameOrder = (licenses: ReadonlyArray<SoftwareLicense | undefined>): boolean =>
  isAscending(licenses, (a, b) => (a === undefined || b === undefined ? 1 : orderOf.compare(a, b)))

const RESTRICTIONS: ReadonlyArray<Restriction> = ['device', 'organization', 'location']

export const ofDecisions: ReadonlyArray<Invariant> = [
  invariant('one-decision', 'ALLOC-1', ({ given, outcome }) => {
    const made = outcome.decisions.map(({ computer, installation }) => place(computer, installation))
    const asked = new Set(
      given.snapshots.flatMap(({ computer, installations = [] }) =>
        installations.map(({ id }) => place(computer.id, id)),
      ),
    )
    const times = new Map<string, number>()
    for (const at of made) times.set(at, (times.get(at) ?? 0) + 1)
    return [...asked].filter((at) => times.get(at) !== 1).concat([...times.keys()].filter((at) => !asked.has(at)))
  }),
  ofDecision(
    'product-as-installed',
    'ALLOC-1',
    ({ decision, installation }) => decision.product === installation.product,
  ),
  ofDecision('skipped-when-told', 'ALLOC-81', ({ decision, snapshot: { computer } }) => {
    const reason =
      computer.kind === 'hardware' ? 'hardware' : computer.retired === true ? 'retired-computer' : undefined
    return decision.reason === reason && (decision.outcome === 'skipped') === (reason !== undefined)
  }),
  ofDecision(
    'kept-when-covered',
    'ALLOC-56',
    (each, { keepableBy }) =>
      each.decision.outcome === 'skipped' ||
      isKept(each) === keepableBy(each.decision.computer, each.installation).size > 0,
  ),
  ofDecision('kept-as-allocated', 'ALLOC-76', (each, { keepableBy }) => {
    const { computer, license } = each.decision
    return !isKept(each) || (license !== undefined && keepableBy(computer, each.installation).has(license))
  }),
  ofDecision('untracked-without-software', 'ALLOC-3', (each) =>
    each.decision.outcome === UNTRACKED.outcome
      ? each.software === undefined
      : each.software !== undefined || ['skipped', 'kept'].includes(each.decision.outcome),
  ),
  ofDecision('license-when-found', 'ALLOC-81', ({ decision: { outcome, license, rule } }) => {
    const isFound = outcome === 'allocated' || outcome === 'kept'
    return (license !== undefined) === isFound && (rule !== undefined) === (outcome === 'allocated')
  }),
  ofDecision('allocated-to-a-candidate', 'ALLOC-2', (each, { candidatesOf }) => {
    const { ids } = candidatesOf(each.software)
    const { license, tied = [] } = each.decision
    return !isAllocated(each) || [license, ...tied].every((id) => id !== undefined && ids.has(id))
  }),
  ofDecision('never-per-user', 'ALLOC-4', (each) => !isAllocated(each) || each.license?.metric !== 'user'),
  ofDecision(
    'never-retired',
    'ALLOC-7',
    // What was given for a license that was rejected beside a good one of its id is nobody's to judge (ALLOC-86).
    ({ decision, license }, { isRetired, isUntouched }) =>
      license === undefined || isUntouched(decision.computer, license.id) || !isRetired(license),
  ),
  ofDecision(
    'never-expired',
    'ALLOC-79',
    (each, { policy, given: { asOf } }) =>
      !isAllocated(each) || each.license === undefined || !isExpired(policy, asOf, each.license),
  ),
  ofDecision('first-by-name', 'ALLOC-17', (each, { licenses }) => {
    const { license, tied = [] } = each.decision
    const inTurn = [license, ...tied].map((id) => (id === undefined ? undefined : licenses.get(id)))
    return !isAllocated(each) || inNameOrder(inTurn)
  }),
  ofDecision('tied-with-allocated', 'ALLOC-18', ({ decision: { outcome, tied = [], license } }) => {
    const isDistinct = new Set(tied).size === tied.length && !tied.some((id) => id === license)
    return isDistinct && (outcome === 'allocated' || tied.length === 0)
  }),
  ofDecision('strict-without-violations', 'ALLOC-31', (each, { policy, given: { rules } }) => {
    const isStrict = policy.restrictions === 'strict' && rules === undefined
    return !isStrict || !isAllocated(each) || !['2', '3'].includes(groupOf(each.decision)) || isClean(each)
  }),
  ofDecision('honored-by-keys', 'ALLOC-69', (each, { policy, given: { rules } }) => {
    const isHonored = policy.keyMatches === 'honor-restrictions' && rules === undefined
    return !isHonored || !isAllocated(each) || groupOf(each.decision) !== '1' || isClean(each)
  }),
  ofDecision('honored-by-the-main-license', 'ALLOC-70', (each, { policy, given: { rules } }) => {
    const isHonored = policy.mainLicense === 'honor-restrictions' && rules === undefined
    return !isHonored || !isAllocated(each) || groupOf(each.decision) !== '4' || isClean(each)
  }),
  ofDecision(
    'main-license-is-main',
    'ALLOC-48',
    (each, { given: { rules } }) => rules !== undefined || each.decision.rule !== '4' || each.license?.main === true,
  ),
  ofDecision('no-main-left-over', 'ALLOC-51', (each, { policy, given: { rules }, candidatesOf }) => {
    const isDefault = Object.values(policy).length === 0 && rules === undefined
    return !isDefault || each.decision.outcome !== 'unreconciled' || !candidatesOf(each.software).hasMain
  }),
  ofDecision('violations-of-a-license', 'ALLOC-82', ({ decision: { violations = [], license } }) => {
    const places = violations.map((restriction) => RESTRICTIONS.indexOf(restriction))
    return places.length === 0 || (license !== undefined && isAscending(places, (a, b) => (a < b ? -1 : 1)))
  }),
  ofDecision(
    'warnings-by-rules',
    'ALLOC-83',
    ({ decision: { outcome, warnings = [] } }) =>
      warnings.length === 0 ||
      ((outcome === 'allocated' || outcome === 'unreconciled') && isAscending(warnings, Text.compare)),
  ),
  invariant('decisions-in-order', 'ALLOC-87', ({ outcome: { decisions } }) =>
    outOfTurn(
      decisions,
      (a, b) => Text.compare(a.computer, b.computer) || Text.compare(a.installation, b.installation),
    ).map(({ computer, installation }) => place(computer, installation)),
  ),
]
