/**
 * An explanation as text, for a technician who knows licenses and not this library. Names are printable, keys and serial
 * numbers masked.
 *
 * @since 0.1.0
 */
import type { Decision } from '../record/Decision.js'
import * as Text from '../value/Text.js'
import type {
  CandidateAttempt,
  CoveringAllocation,
  Explanation,
  FailedCondition,
  FullLicense,
  LicenseName,
  RuleTrial,
  TakenSeat,
} from './explanation.js'
import type { Exclusion } from './gates.js'

const licenseText = ({ license, name }: LicenseName): string =>
  name === license ? `\`${Text.preview(name)}\`` : `\`${Text.preview(name)}\` (${Text.preview(license)})`

const exclusions: Readonly<Record<Exclusion, string>> = {
  'per-user': 'it is licensed per user',
  retired: 'it is retired',
  'retired-software': 'its tracked software is retired',
  expired: 'it has expired',
}

const failedText = ({ criterion, kind, asked, told }: FailedCondition): string => {
  switch (kind) {
    case 'not-asked':
      return `${criterion}: the license has none`
    case 'not-met':
      return `${criterion}: asks for ${asked}, found ${told}`
    case 'not-absent':
      return `${criterion}: restricted to ${asked}`
    case 'violated':
      return `${criterion} violated: asks for ${asked}, found ${told}`
    case 'not-so':
      return `${criterion}: no`
  }
}

const seatText = ({ license, computer, rule, installation }: TakenSeat, own: string): string => {
  const by = `${Text.preview(computer)}${installation === undefined ? '' : ` (installation ${Text.preview(installation)})`}`
  const how = rule === undefined ? 'before this run' : `by rule ${rule}`
  return `${by} ${how}${license === own ? '' : ` with the upgrade ${Text.preview(license)}`}`
}

/** Who came before: the last entitlement is the one that was missed. */
const fullText = ({ entitlements, seats }: FullLicense, own: string): string => {
  const last = seats[seats.length - 1]
  const taken = `full: ${String(seats.length)} of ${String(entitlements)} entitlements taken`
  return last === undefined ? taken : `${taken}, the last by ${seatText(last, own)}`
}

const attemptText = (attempt: CandidateAttempt): string => {
  if (attempt.failed !== undefined) return `      ✗ ${licenseText(attempt)} – ${failedText(attempt.failed)}`
  return attempt.full === undefined
    ? `      ✓ ${licenseText(attempt)}`
    : `      ✗ ${licenseText(attempt)} – ${fullText(attempt.full, attempt.license)}`
}

const isMatch = ({ failed, full }: CandidateAttempt): boolean => failed === undefined && full === undefined

/** Of the candidates of a rule this many are written out; the data has them all. */
const WRITTEN = 8

const counted = (count: number, what: string): ReadonlyArray<string> =>
  count === 0 ? [] : [`      and ${String(count)} ${what}`]

/**
 * Where a rule matched, who matched is written out and the others are counted, but for those that were full; where none
 * did, each says why.
 */
const attemptTexts = ({ candidates }: RuleTrial<string>): ReadonlyArray<string> => {
  const matched = candidates.some(isMatch) ? candidates.filter(({ failed }) => failed === undefined) : []
  const told = matched.length > 0 ? matched : candidates
  return [
    ...told.slice(0, WRITTEN).map(attemptText),
    ...counted(Math.max(0, told.length - WRITTEN), matched.length > 0 ? 'more that matched' : 'more'),
    ...counted(candidates.length - told.length, 'that did not match'),
  ]
}

/** Rules, one after the other, that are told in the same lines. */
interface Block {
  readonly rules: ReadonlyArray<RuleTrial<string>>
  readonly lines: string
}

const joined = (blocks: ReadonlyArray<Block>, trial: RuleTrial<string>): ReadonlyArray<Block> => {
  const lines = attemptTexts(trial).join('\n')
  const last = blocks[blocks.length - 1]
  return last?.lines === lines
    ? [...blocks.slice(0, -1), { rules: [...last.rules, trial], lines }]
    : [...blocks, { rules: [trial], lines }]
}

const rulesText = (rules: ReadonlyArray<RuleTrial<string>>): string => {
  const matched = rules.some(({ candidates }) => candidates.some(isMatch))
  const [first, ...others] = rules
  const names =
    first !== undefined && others.length === 0
      ? `rule ${first.rule} (${first.conditions.join(' and ')})`
      : `rules ${rules.map(({ rule }) => rule).join(', ')}`
  return `    ${names}: ${matched ? 'matched' : 'no match'}`
}

/** Rules at which every candidate failed in the same way are told once. */
const trialTexts = (trials: ReadonlyArray<RuleTrial<string>>): ReadonlyArray<string> =>
  trials
    .reduce(joined, [])
    .flatMap(({ rules, lines }) => (lines === '' ? [rulesText(rules)] : [rulesText(rules), lines]))

const outcomeText = (explanation: Explanation<string>): string => {
  const { decision, deciding, steps, software } = explanation
  switch (decision.outcome) {
    case 'allocated':
      return deciding === undefined ? 'allocated' : `allocated ${licenseText(deciding.winner)} by rule ${deciding.rule}`
    case 'kept':
      return 'kept: a standing allocation covers it (ALLOC-56, 76)'
    case 'unreconciled':
      return 'unreconciled: no rule matches any license (ALLOC-51)'
    case 'untracked':
      return software === undefined
        ? 'untracked: the product is in no tracked software (ALLOC-3)'
        : 'untracked: the tracked software of the product is retired (ALLOC-3)'
    case 'skipped':
      return `skipped: ${skipped(decision)} (${steps[steps.length - 1]?.clause ?? 'ALLOC-81'})`
  }
}

const skipped = ({ reason }: Decision<string>): string =>
  reason === 'hardware' ? 'hardware gets no automatic allocation' : 'the computer is retired'

const standings: Readonly<Record<CoveringAllocation['standing'], string>> = {
  kept: 'kept',
  yields: 'yields to the one that is kept (ALLOC-76)',
  'set-aside': 'set aside (ALLOC-75)',
}

const coveringText = ({ license, name, origin, installation, standing }: CoveringAllocation): string => {
  const text = name === undefined ? `${Text.preview(license)} (no such license)` : licenseText({ license, name })
  const what = installation === undefined ? 'for every installation of the product' : 'for this installation'
  return `    ${text} – ${origin}, ${what}: ${standings[standing]}`
}

const section = (title: string, lines: ReadonlyArray<string>): ReadonlyArray<string> =>
  lines.length === 0 ? [] : [`  ${title}`, ...lines]

const warningTexts = {
  'ambiguous-location': 'a location named by the snapshot or by a candidate means several units',
  'ambiguous-organization': 'an organization named by the snapshot or by a candidate means several units',
  'several-mains': 'several main licenses compete for rule 4',
} as const

/**
 * Renders an explanation as lines of text.
 *
 * @example
 * import assert from 'node:assert'
 * import { either as E, function as F, option as O } from 'fp-ts'
 * import { Allocation, AuditSnapshot, Catalog } from 'seatwise'
 *
 * const { right: catalog } = Catalog.decode({
 *   software: [{ id: 'visio', name: 'Visio', products: ['Visio 2024'] }],
 *   licenses: [{ id: 'L-1', name: 'Visio Standard', software: 'visio', installationKey: 'QX4T7-81KZM-22PWD' }],
 * })
 * const { right: snapshots } = AuditSnapshot.decodeAll([
 *   { computer: { id: 'pc-1', name: 'PC-1' }, installations: [{ id: 'i-1', product: 'Visio 2024', installationKey: 'qx4t7-81kzm-22pwd' }] },
 * ])
 * const text = F.pipe(
 *   Allocation.explain()(catalog),
 *   E.map((explain) => snapshots.flatMap((snapshot) => (snapshot.installations ?? []).map(({ id }) => explain(snapshot, id)))),
 *   E.map((explanations) => explanations.map(O.match(() => '', Allocation.render)).join('\n')),
 *   E.getOrElse(() => ''),
 * )
 * assert.strictEqual(text.split('\n')[0], '`Visio 2024` on `PC-1` (installation i-1): allocated `Visio Standard` (L-1) by rule 1.3')
 * assert.strictEqual(/qx4t7/i.test(text), false)
 *
 * @since 0.1.0
 */
export const render = (explanation: Explanation<string>): string => {
  const { decision, computer, software, covering, excluded, trials, untried, deciding, violations } = explanation
  const subject = `\`${Text.preview(decision.product)}\` on \`${Text.preview(computer)}\` (installation ${Text.preview(decision.installation)})`
  return [
    `${subject}: ${outcomeText(explanation)}`,
    ...(software === undefined
      ? []
      : [`  tracked software: \`${Text.preview(software.name)}\`${software.retired ? ', retired' : ''}`]),
    ...section('allocations from before:', covering.map(coveringText)),
    ...section(
      'no candidates:',
      excluded.map((each) => `    ${licenseText(each)} – ${exclusions[each.reason]} (${each.clause})`),
    ),
    ...section('rules tried, in order:', trialTexts(trials)),
    ...(untried.length === 0 ? [] : [`  not tried, since an earlier rule decided: ${untried.join(', ')}`]),
    ...section(
      'also matched, and later in name order:',
      (deciding?.tied ?? []).map((each) => `    ${licenseText(each)} – later by ${each.after}`),
    ),
    ...section(
      'restrictions of the license that are violated:',
      violations.map(({ restriction, asked, told }) => `    ${restriction}: asks for ${asked}, found ${told}`),
    ),
    ...section(
      'warnings:',
      (decision.warnings ?? []).map((warning) => `    ${warning}: ${warningTexts[warning]}`),
    ),
  ].join('\n')
}
