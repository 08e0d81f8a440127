/**
 * What edits would change, as text for a technician: the counts first, then who would be worse off, then everything.
 *
 * @since 0.1.0
 */
import { between, quoted, section } from '../../value/Wording.js'
import type { LicenseCompliance } from '../compliance.js'
import { decisionText, placeText, renderDiff } from './renderDiff.js'
import type { Coverage, LicenseDifference, SoftwareDifference, WhatIf, Worsening, WorseOff } from './whatIf.js'

const coverageText = ({ before, after }: { readonly before: Coverage; readonly after: Coverage }): string =>
  [
    `${between(before.covered, after.covered)} of ${String(after.installations)} installations have a license`,
    `${between(before.unreconciled, after.unreconciled)} unreconciled`,
    `${between(before.untracked, after.untracked)} untracked`,
    `${between(before.skipped, after.skipped)} skipped`,
  ].join(', ')

const standText = (row: LicenseCompliance | undefined): string => {
  if (row === undefined) return 'not there'
  const { used, available, compliant } = row
  return `${String(used)} used${available === undefined ? '' : `, ${String(available)} available`}${
    compliant ? '' : ', not compliant'
  }`
}

const licenseText = ({ license, before, after }: LicenseDifference): string =>
  `    ${quoted(license)}: ${standText(before)} → ${standText(after)}`

const softwareText = ({ software, compliant, unreconciled }: SoftwareDifference): string => {
  const word = (is: boolean): string => (is ? 'compliant' : 'not compliant')
  return `    ${quoted(software)}: ${between(word(compliant.before), word(compliant.after))}, ${between(
    unreconciled.before,
    unreconciled.after,
  )} unreconciled`
}

const waysTexts: { readonly [K in Worsening]: string } = {
  'loses-license': 'loses its license',
  'later-rule': 'matched by a later rule',
  'more-violations': 'violates more restrictions',
}

const worseText = (each: WorseOff): string =>
  `    ${placeText(each)}, ${quoted(each.product)}, ${each.ways.map((way) => waysTexts[way]).join(' and ')}: ${decisionText(
    each.before,
  )} → ${decisionText(each.after)}`

/**
 * Renders what edits would change as lines of text.
 *
 * @example
 * import assert from 'node:assert'
 * import { either as E, function as F } from 'fp-ts'
 * import { Allocation, Catalog } from 'seatwise'
 *
 * const { right: catalog } = Catalog.decode({
 *   software: [{ id: 'visio', name: 'Visio', products: ['Visio 2024'] }],
 *   licenses: [{ id: 'L-7', name: 'Visio', software: 'visio', entitlements: 5 }],
 * })
 * const text = F.pipe(
 *   E.Do,
 *   E.bind('ask', () => Allocation.whatIf({ catalog, snapshots: [] })),
 *   E.bind('edits', () => Allocation.Edit.decodeAll([{ kind: 'buy', license: 'L-7', entitlements: 2 }])),
 *   E.chain(({ ask, edits }) => ask(edits)),
 *   E.map(Allocation.renderWhatIf),
 * )
 * assert.deepStrictEqual(text, E.right([
 *   '0 of 0 installations have a license, 0 unreconciled, 0 untracked, 0 skipped',
 *   '  nobody would be worse off',
 *   '  licenses:',
 *   '    `L-7`: 0 used, 5 available → 0 used, 7 available',
 *   '  no decision and no allocation changes',
 * ].join('\n')))
 *
 * @since 0.1.0
 */
export const renderWhatIf = ({ diff, coverage, licenses, software, worseOff }: WhatIf): string =>
  [
    coverageText(coverage),
    ...(worseOff.length === 0
      ? ['  nobody would be worse off']
      : section(`${String(worseOff.length)} would be worse off:`, worseOff.map(worseText))),
    ...section('licenses:', licenses.map(licenseText)),
    ...section('tracked software:', software.map(softwareText)),
    diff.length === 0 ? '  no decision and no allocation changes' : renderDiff(diff),
  ].join('\n')
