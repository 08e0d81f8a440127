/**
 * What edits would change in a plan, as text for a technician: the counts first, then who would be worse off, then
 * everything.
 *
 * @since 0.1.0
 */
import * as LicenseType from '../../record/LicenseType.js'
import * as Text from '../../value/Text.js'
import { between, section } from '../../value/Wording.js'
import type { PackConsumption, TypeCoverage } from '../monitoring.js'
import { decisionText, placeText, renderDiff } from './renderDiff.js'
import type { DeploymentWhatIf, PackDifference, PlanCoverage, TypeDifference, WorseOffDevice } from './whatIf.js'

const coverageText = ({ before, after }: { readonly before: PlanCoverage; readonly after: PlanCoverage }): string =>
  [
    `${between(before.planned, after.planned)} of ${between(before.decisions, after.decisions)} decisions do something`,
    `${between(before.licensed, after.licensed)} need nothing`,
    `${between(before.unlicensed, after.unlicensed)} stay without a license`,
  ].join(', ')

const consumptionText = (row: PackConsumption | undefined): string =>
  row === undefined ? 'not there' : `${String(row.allocated)} of ${String(row.total)} allocated`

const packText = ({ pack, before, after }: PackDifference): string =>
  `    \`${Text.preview(pack)}\`: ${consumptionText(before)} → ${consumptionText(after)}`

const sum = (counts: TypeCoverage['actions'] | TypeCoverage['reasons']): number =>
  Object.values(counts).reduce((total, count) => total + count, 0)

const typeCoverageText = (row: TypeCoverage | undefined): string =>
  row === undefined
    ? 'not there'
    : `${String(row.licensed)} licensed, ${String(sum(row.actions))} about to be, ${String(sum(row.reasons))} not`

/** A type of which these numbers change; of one of which only reasons do, the changed decisions tell. */
const typeLines = (each: TypeDifference): ReadonlyArray<string> => {
  const [before, after] = [typeCoverageText(each.before), typeCoverageText(each.after)]
  return before === after ? [] : [`    ${Text.preview(LicenseType.show(each))}: ${before} → ${after}`]
}

const worseText = (each: WorseOffDevice): string =>
  `    ${placeText(each)}${each.isLicensed ? ' (licensed today)' : ''}: ${decisionText(each.before)} → ${decisionText(
    each.after,
  )}`

/**
 * Renders what edits would change as lines of text.
 *
 * @example
 * import assert from 'node:assert'
 * import { either as E, function as F } from 'fp-ts'
 * import { Deployment, Estate, Instant } from 'seatwise'
 *
 * const text = F.pipe(
 *   E.Do,
 *   E.bind('now', () => E.fromOption(() => [])(Instant.parse('2026-03-10T12:00:00Z'))),
 *   E.bindW('decoded', () => Estate.decode({ settings: { umsVersion: '12.10.100', umsId: 'ums-1' }, packs: [], devices: [] })),
 *   E.bindW('ask', ({ now, decoded: { right: estate } }) => Deployment.whatIf(estate, now)),
 *   E.chainW(({ ask }) => ask([])),
 *   E.map(Deployment.renderWhatIf),
 * )
 * assert.deepStrictEqual(text, E.right([
 *   '0 of 0 decisions do something, 0 need nothing, 0 stay without a license',
 *   '  nobody would be worse off',
 *   '  no decision and no operation changes',
 * ].join('\n')))
 *
 * @since 0.1.0
 */
export const renderWhatIf = ({ diff, coverage, packs, types, worseOff }: DeploymentWhatIf): string =>
  [
    coverageText(coverage),
    ...(worseOff.length === 0
      ? ['  nobody would be worse off']
      : section(`${String(worseOff.length)} would be worse off:`, worseOff.map(worseText))),
    ...section('packs:', packs.map(packText)),
    ...section('license types:', types.flatMap(typeLines)),
    diff.length === 0 ? '  no decision and no operation changes' : renderDiff(diff),
  ].join('\n')
