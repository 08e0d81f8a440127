// What an explanation leads to: the rules tried, the one that decided and the decision, derived from what the explanation itself
// says of each candidate at each rule (ALLOC-12 to 18, 81, 83).
import type { WireLicense } from '../allocation.js'
import { holds, type Case, type Complaints, type Explanation } from './claim.js'
import { RULE_ORDER } from './conditions.js'
import { isAmbiguous, licensesOf, nameOrder, type Kind, type Records } from './records.js'

type Trial = Explanation['trials'][number]

/** What the trials lead to: the licenses that were open at the last of them, where none was open before (ALLOC-12 to 14). */
const openAt = ({ candidates }: Trial): ReadonlyArray<string> =>
  candidates.filter(({ failed, full }) => failed === undefined && full === undefined).map(({ license }) => license)

export const course = (each: Case): Complaints => {
  const { explanation, records } = each
  const isOpen = explanation.steps.every(({ passed }) => passed)
  const decisive = explanation.trials.findIndex((trial) => openAt(trial).length > 0)
  const tried = isOpen ? (decisive < 0 ? RULE_ORDER.length : decisive + 1) : 0
  const told = explanation.trials.map(({ rule }) => rule)
  const [winner, ...tied] = inNameOrder(each, explanation.trials[decisive])
  return [
    ...holds('rules tried', told, RULE_ORDER.slice(0, tried)),
    ...holds('rules not tried', explanation.untried, isOpen ? RULE_ORDER.slice(tried) : []),
    ...holds(
      'what decided',
      explanation.deciding,
      winner === undefined
        ? undefined
        : {
            rule: explanation.trials[decisive]?.rule,
            winner: named(winner),
            tied: tied.map((license) => ({ ...named(license), after: nameOrder(winner, license).by })),
          },
    ),
    ...holds('decision', explanation.decision, decisionBy(each, winner, tied, records)),
  ]
}

const named = ({ id, name }: WireLicense) => ({ license: id, name })

/** Those that matched at the deciding rule, in the order that ranks them (ALLOC-15, 17, 18). */
const inNameOrder = ({ records }: Case, trial: Trial | undefined): ReadonlyArray<WireLicense> => {
  const licenses = licensesOf(records)
  const open = trial === undefined ? [] : openAt(trial).flatMap((id) => licenses.get(id) ?? [])
  return [...open].sort((one, other) => nameOrder(one, other).order)
}

/** ALLOC-81: the outcome that the evidence told leads to. */
const decisionBy = (
  each: Case,
  winner: WireLicense | undefined,
  tied: ReadonlyArray<WireLicense>,
  records: Records,
): unknown => {
  const { explanation, subject } = each
  const about = {
    computer: subject.snapshot.computer.id,
    installation: subject.installation.id,
    product: subject.installation.product,
  }
  const stopped = explanation.steps.find(({ passed }) => !passed)?.gate
  if (stopped === 'hardware' || stopped === 'retired computer')
    return { ...about, outcome: 'skipped', reason: stopped.replace(' ', '-') }
  if (stopped === 'tracked') return { ...about, outcome: 'untracked' }
  const restrictions = explanation.violations.map(({ restriction }) => restriction)
  const violations = restrictions.length === 0 ? {} : { violations: restrictions }
  if (stopped !== undefined)
    return { ...about, outcome: 'kept', license: explanation.covering[0]?.license, ...violations }
  const warnings = warningsOf(each, records)
  const warned = warnings.length === 0 ? {} : { warnings }
  if (winner === undefined) return { ...about, outcome: 'unreconciled', ...warned }
  return {
    ...{ ...about, outcome: 'allocated', license: winner.id, rule: explanation.trials.at(-1)?.rule },
    ...(tied.length === 0 ? {} : { tied: tied.map(({ id }) => id) }),
    ...{ ...violations, ...warned },
  }
}

/** ALLOC-83, in the order of ALLOC-87. */
const warningsOf = ({ explanation, subject, candidates }: Case, records: Records): ReadonlyArray<string> => {
  const means = (kind: Kind): boolean =>
    [subject.snapshot[kind], ...candidates.map(({ restrictions }) => restrictions?.[kind]?.unit)].some((reference) =>
      isAmbiguous(records, kind, reference),
    )
  const isLast = explanation.trials.at(-1)?.rule === RULE_ORDER.at(-1)
  return [
    ...(means('location') ? ['ambiguous-location'] : []),
    ...(means('organization') ? ['ambiguous-organization'] : []),
    ...(isLast && candidates.filter(({ main }) => main === true).length > 1 ? ['several-mains'] : []),
  ]
}
