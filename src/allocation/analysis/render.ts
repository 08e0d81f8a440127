/**
 * Findings as text, for a technician who knows licenses and not this library. Names and references are printable; serial
 * numbers and keys are masked already.
 *
 * @since 0.1.0
 */
import { summary } from '../../rule/Finding.js'
import * as Day from '../../value/Day.js'
import { counted, listing, quoted } from '../../value/Wording.js'
import type { Barred, Contest, Finding, FindingCode, Witnesses } from './finding.js'

const ids = (given: ReadonlyArray<string>): string => listing(given.map(quoted))

const licenses = (given: ReadonlyArray<string>): string =>
  `${given.length === 1 ? 'license' : 'licenses'} ${ids(given)}`

const contestText = ({ rule, rivals }: Contest): string =>
  `by rule ${rule} comes after ${listing(
    rivals.map((rival) => `${quoted(rival.license)}${rival.rule === rule ? '' : ` by rule ${rival.rule}`}`),
    'or',
  )}`

const bars: { readonly [K in Barred['kind']]: (condition: string) => string } = {
  'not-asked': (condition) => `it has no ${condition}`,
  'not-absent': (condition) => `it does not have "${condition}"`,
  'not-so': (condition) => `it is not "${condition}"`,
  nobody: (condition) => `nobody can meet its ${condition}`,
}

/** The reasons, each once. */
const barred = (given: ReadonlyArray<Barred>): string =>
  listing([...new Set(given.map(({ condition, kind }) => bars[kind](condition)))])

const referred = (kind: string, { reference, licenses: given }: Witnesses['unknown-organization']): string =>
  `${licenses(given)} ${given.length === 1 ? 'is' : 'are'} restricted to the ${kind} ${quoted(reference)}`

const shared = (what: string, { masked, licenses: given }: Witnesses['shared-serial-number']): string =>
  `${licenses(given)} have one ${what}, ${masked}`

const overlapping = (kind: string, { outer, inner, software }: Witnesses['overlapping-locations']): string =>
  `of ${quoted(software)}, ${licenses(inner)} ${inner.length === 1 ? 'is' : 'are'} restricted to ${kind} within that of ${licenses(outer)}, the first of which comes first by name: where both match one rule, the wider restriction wins`

type Texts = { readonly [Code in FindingCode]: (witness: Witnesses[Code]) => string }

const texts: Texts = {
  'never-wins': ({ license, contests }) =>
    `license ${quoted(license)} never wins: ${listing(contests.map(contestText))}`,
  'wins-only-by-name': ({ license, contests }) =>
    `license ${quoted(license)} only ever wins by its name: ${listing(
      contests.map(
        ({ rule, rivals }) =>
          `by rule ${rule}, ${listing(
            rivals.map((rival) => quoted(rival.license)),
            'or',
          )} matches, too`,
      ),
    )}`,
  'matches-no-rule': ({ license, bars: given }) => `license ${quoted(license)} can match no rule: ${barred(given)}`,
  'shelf-too-large': ({ software, candidates, unasked }) =>
    `tracked software ${quoted(software)} has ${counted(candidates, 'license')}, of which ${String(unasked)} were not asked whether they can win: that would take too long`,
  'shared-serial-number': (witness) =>
    `${shared('serial number', witness)}: of one tracked software, their names decide`,
  'shared-installation-key': (witness) =>
    `${shared('installation key', witness)}: of one tracked software, their names decide`,
  'serial-number-across-software': (witness) =>
    `${shared('serial number', witness)}, each for another tracked software`,
  'installation-key-across-software': (witness) =>
    `${shared('installation key', witness)}, each for another tracked software`,
  'placeholder-serial-number': ({ license, like }) =>
    `the serial number of license ${quoted(license)} is a placeholder (${like}): it matches every installation with the same one`,
  'placeholder-installation-key': ({ license, like }) =>
    `the installation key of license ${quoted(license)} is a placeholder (${like}): it matches every installation with the same one`,
  'masked-serial-number': ({ license, like }) =>
    `the serial number of license ${quoted(license)} is masked (${like}): it matches no real one`,
  'masked-installation-key': ({ license, like }) =>
    `the installation key of license ${quoted(license)} is masked (${like}): it matches no real one`,
  'unknown-organization': (witness) => `${referred('organization', witness)}, which is none: nobody can meet that`,
  'unknown-location': (witness) => `${referred('location', witness)}, which is none: nobody can meet that`,
  'ambiguous-organization': (witness) =>
    `${referred('organization', witness)}, which may be ${listing(witness.units.map(quoted), 'or')}: nobody can meet that`,
  'ambiguous-location': (witness) =>
    `${referred('location', witness)}, which may be ${listing(witness.units.map(quoted), 'or')}: nobody can meet that`,
  'blank-organization': ({ licenses: given }) =>
    `${licenses(given)} ${given.length === 1 ? 'is' : 'are'} restricted to an organization, but to none in particular: nobody can meet that`,
  'blank-location': ({ licenses: given }) =>
    `${licenses(given)} ${given.length === 1 ? 'is' : 'are'} restricted to a location, but to none in particular: nobody can meet that`,
  'blank-device-restriction': ({ license }) =>
    `the devices and owners of license ${quoted(license)} are blank: that is no restriction`,
  'overlapping-organizations': (witness) => overlapping('an organization', witness),
  'overlapping-locations': (witness) => overlapping('a location', witness),
  'several-main-licenses': ({ software, licenses: given }) =>
    `tracked software ${quoted(software)} has ${counted(given.length, 'main license')}, in name order ${ids(given)}: one is enough`,
  'no-main-license': ({ software }) =>
    `tracked software ${quoted(software)} has no main license: what no other license matches waits for a person`,
  'per-user-main-license': ({ license }) =>
    `license ${quoted(license)} is a main license, but per user: no installation gets it`,
  'software-without-licenses': ({ software }) =>
    `tracked software ${quoted(software)} has no license that can be allocated`,
  'software-without-products': ({ software }) =>
    `tracked software ${quoted(software)} has no products: no installation is ever its`,
  'product-in-several-software': ({ product, software }) =>
    `product ${quoted(product)} is in tracked software ${ids(software)}: those that are retired do not count`,
  'product-untracked': ({ product, computers }) =>
    `product ${quoted(product)} is in no tracked software that is in use, but allocated to on ${ids(computers)}`,
  'retired-software-with-licenses': ({ software, licenses: given }) =>
    `tracked software ${quoted(software)} is retired, but ${licenses(given)} ${given.length === 1 ? 'is' : 'are'} not`,
  'unknown-software': ({ software, licenses: given }) =>
    `${licenses(given)} ${given.length === 1 ? 'is' : 'are'} for tracked software ${quoted(software)}, which is none`,
  'unknown-upgrade': ({ license, upgradeFor }) =>
    license === upgradeFor
      ? `license ${quoted(license)} is an upgrade for itself, which means nothing`
      : `license ${quoted(license)} is an upgrade for ${quoted(upgradeFor)}, which is none`,
  'unknown-license': ({ license, computers }) =>
    `${ids(computers)} hold allocations of ${quoted(license)}, which is none`,
  'expired-license': ({ license, expires, asOf }) =>
    `license ${quoted(license)} expired on ${Day.show(expires)}, before ${Day.show(asOf)}`,
  'entitlements-exceeded': ({ license, entitlements, used, upgrades }) =>
    `license ${quoted(license)} has ${counted(entitlements, 'entitlement')}, and is used ${counted(used, 'time')}${upgrades === 0 ? '' : ` and ${counted(upgrades, 'time')} by its upgrades`}`,
}

/**
 * Renders a finding as one line of text.
 *
 * @example
 * import assert from 'node:assert'
 * import { either as E, function as F } from 'fp-ts'
 * import { Allocation, Catalog } from 'seatwise'
 *
 * const { right: catalog } = Catalog.decode({
 *   software: [{ id: 'visio', name: 'Visio', products: ['Visio 2024'] }],
 *   licenses: [{ id: 'L-1', name: 'Visio', software: 'visio', serialNumber: 'N/A', main: true }],
 * })
 * const texts = F.pipe(catalog, Allocation.analyze(), E.map((findings) => findings.map(Allocation.renderFinding)))
 * assert.deepStrictEqual(texts, E.right([
 *   'warning: the serial number of license `L-1` is a placeholder (n/a): it matches every installation with the same one [placeholder-serial-number; ALLOC-20, ALLOC-71]',
 * ]))
 *
 * @since 0.1.0
 */
export const renderFinding = ({ code, severity, clause, witness }: Finding): string => {
  // INVARIANT: the witness of a finding is that of its code.
  const text = (texts[code] as (given: Finding['witness']) => string)(witness)
  return `${severity}: ${text} [${code}; ${clause}]`
}

/**
 * Renders findings, one a line, below a line that counts them.
 *
 * @example
 * import assert from 'node:assert'
 * import { Allocation } from 'seatwise'
 *
 * assert.strictEqual(Allocation.renderFindings([]), 'nothing found')
 *
 * @since 0.1.0
 */
export const renderFindings = (findings: ReadonlyArray<Finding>): string =>
  [summary(findings), ...findings.map((finding) => `  ${renderFinding(finding)}`)].join('\n')
