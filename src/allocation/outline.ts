/**
 * An explanation as an outline, for a technician who knows licenses and not this library. Names are printable,
 * keys and serial numbers masked.
 *
 * @since 0.1.0
 */
import type { Decision } from '../record/Decision.js'
import * as Outline from '../record/Outline.js'
import type { Entry, Line, Section } from '../record/Outline.js'
import * as Text from '../value/Text.js'
import { quoted } from '../value/Wording.js'
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
  name === license ? quoted(name) : `${quoted(name)} (${Text.preview(license)})`

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

const attemptLine = (attempt: CandidateAttempt): Line => {
  const code = 'candidate'
  if (attempt.failed !== undefined)
    return { code, mark: 'failed', text: `${licenseText(attempt)} – ${failedText(attempt.failed)}` }
  return attempt.full === undefined
    ? { code, mark: 'passed', text: licenseText(attempt) }
    : {
        code,
        mark: 'failed',
        clause: 'ALLOC-73',
        text: `${licenseText(attempt)} – ${fullText(attempt.full, attempt.license)}`,
      }
}

const isMatch = ({ failed, full }: CandidateAttempt): boolean => failed === undefined && full === undefined

/** Of the candidates of a rule this many are written out; the data has them all. */
const WRITTEN = 8

const counted = (count: number, what: string): ReadonlyArray<Line> =>
  count === 0 ? [] : [{ code: 'others', text: `and ${String(count)} ${what}` }]

/**
 * Where a rule matched, who matched is written out and the others are counted, but for those that were full; where none
 * did, each says why.
 */
const attemptLines = ({ candidates }: RuleTrial<string>): ReadonlyArray<Line> => {
  const matched = candidates.some(isMatch) ? candidates.filter(({ failed }) => failed === undefined) : []
  const told = matched.length > 0 ? matched : candidates
  return [
    ...told.slice(0, WRITTEN).map(attemptLine),
    ...counted(Math.max(0, told.length - WRITTEN), matched.length > 0 ? 'more that matched' : 'more'),
    ...counted(candidates.length - told.length, 'that did not match'),
  ]
}

/** Rules, one after the other, that are told in the same lines. */
interface Block {
  readonly rules: ReadonlyArray<RuleTrial<string>>
  readonly lines: ReadonlyArray<Line>
}

const joined = (blocks: ReadonlyArray<Block>, trial: RuleTrial<string>): ReadonlyArray<Block> => {
  const lines = attemptLines(trial)
  const last = blocks[blocks.length - 1]
  return last !== undefined && JSON.stringify(last.lines) === JSON.stringify(lines)
    ? [...blocks.slice(0, -1), { rules: [...last.rules, trial], lines }]
    : [...blocks, { rules: [trial], lines }]
}

/** Rules at which every candidate failed in the same way are told once. */
const rulesEntry = ({ rules, lines }: Block): Entry => {
  const matched = rules.some(({ candidates }) => candidates.some(isMatch))
  const [first, ...others] = rules
  const names =
    first !== undefined && others.length === 0
      ? `rule ${first.rule} (${first.conditions.join(' and ')})`
      : `rules ${rules.map(({ rule }) => rule).join(', ')}`
  const text = `${names}: ${matched ? 'matched' : 'no match'}`
  return lines.length === 0 ? { code: 'rules', text } : { code: 'rules', text, lines }
}

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
  untouched: 'untouched, since the computer is skipped (ALLOC-84)',
}

const coveringEntry = ({ license, name, origin, installation, standing }: CoveringAllocation): Entry => {
  const text = name === undefined ? `${Text.preview(license)} (no such license)` : licenseText({ license, name })
  const what = installation === undefined ? 'for every installation of the product' : 'for this installation'
  return { code: standing, text: `${text} – ${origin}, ${what}: ${standings[standing]}` }
}

const section = (code: string, text: string, entries: ReadonlyArray<Entry>): ReadonlyArray<Section> =>
  entries.length === 0 ? [] : [{ code, text, entries }]

const warningTexts = {
  'ambiguous-location': 'a location named by the snapshot or by a candidate means several units',
  'ambiguous-organization': 'an organization named by the snapshot or by a candidate means several units',
  'several-mains': 'several main licenses compete for rule 4',
} as const

const clauses: Readonly<Record<Decision['outcome'], string>> = {
  allocated: 'ALLOC-15',
  kept: 'ALLOC-56',
  unreconciled: 'ALLOC-51',
  untracked: 'ALLOC-3',
  skipped: 'ALLOC-81',
}

/**
 * The outline of an explanation.
 *
 * @example
 * import assert from 'node:assert'
 * import { either as E, function as F, option as O } from 'fp-ts'
 * import { Allocation, AuditSnapshot, Catalog, Outline } from 'seatwise'
 *
 * const { right: catalog } = Catalog.decode({ software: [], licenses: [] })
 * const { right: snapshots } = AuditSnapshot.decodeAll([
 *   { computer: { id: 'pc-1', name: 'PC-1' }, installations: [{ id: 'i-1', product: 'Visio 2024' }] },
 * ])
 * const outlines = F.pipe(
 *   Allocation.explain()(catalog),
 *   E.map((explain) => snapshots.map((snapshot) => O.map(Allocation.outline)(explain(snapshot, 'i-1')))),
 *   E.getOrElseW(() => []),
 * )
 * assert.deepStrictEqual(outlines.map(O.map(({ code, clause }) => [code, clause])), [O.some(['untracked', 'ALLOC-3'])])
 * assert.deepStrictEqual(
 *   outlines.map(O.map(Outline.markdown)),
 *   [O.some('`Visio 2024` on `PC-1` (installation i-1): untracked: the product is in no tracked software (ALLOC-3)')],
 * )
 *
 * @since 0.1.0
 */
export const outline = (explanation: Explanation<string>): Outline.Outline => {
  const { decision, computer, steps, software, covering, excluded, trials, untried, deciding, violations } = explanation
  const subject = `${quoted(decision.product)} on ${quoted(computer)} (installation ${Text.preview(decision.installation)})`
  const last = steps[steps.length - 1]
  const clause = decision.outcome === 'skipped' && last !== undefined ? last.clause : clauses[decision.outcome]
  const sections: ReadonlyArray<Section> = [
    ...(software === undefined
      ? []
      : [
          {
            code: 'tracked-software',
            text: `tracked software: \`${Text.preview(software.name)}\`${software.retired ? ', retired' : ''}`,
          },
        ]),
    ...section('covering', 'allocations from before:', covering.map(coveringEntry)),
    ...section(
      'excluded',
      'no candidates:',
      excluded.map((each) => ({
        code: each.reason,
        clause: each.clause,
        text: `${licenseText(each)} – ${exclusions[each.reason]} (${each.clause})`,
      })),
    ),
    ...section('trials', 'rules tried, in order:', trials.reduce(joined, []).map(rulesEntry)),
    ...(untried.length === 0
      ? []
      : [
          {
            code: 'untried',
            clause: 'ALLOC-14',
            text: `not tried, since an earlier rule decided: ${untried.join(', ')}`,
          },
        ]),
    ...section(
      'tied',
      'also matched, and later in name order:',
      (deciding?.tied ?? []).map((each) => ({
        code: 'tied',
        clause: 'ALLOC-17',
        text: `${licenseText(each)} – later by ${each.after}`,
      })),
    ),
    ...section(
      'violations',
      'restrictions of the license that are violated:',
      violations.map(({ restriction, asked, told }) => ({
        code: restriction,
        clause: 'ALLOC-82',
        text: `${restriction}: asks for ${asked}, found ${told}`,
      })),
    ),
    ...section(
      'warnings',
      'warnings:',
      (decision.warnings ?? []).map((warning) => ({
        code: warning,
        clause: 'ALLOC-83',
        text: `${warning}: ${warningTexts[warning]}`,
      })),
    ),
  ]
  const told = { code: decision.outcome, clause, text: `${subject}: ${outcomeText(explanation)}` }
  return sections.length === 0 ? told : { ...told, sections }
}
