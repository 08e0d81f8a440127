/**
 * Findings as text, for a technician who knows licenses and not this library. Names are printable; serial numbers are masked
 * already.
 *
 * @since 0.1.0
 */
import * as LicenseType from '../../record/LicenseType.js'
import { summary } from '../../rule/Finding.js'
import * as Day from '../../value/Day.js'
import { counted, listing, quoted } from '../../value/Wording.js'
import { reasonTexts } from '../explanation.js'
import type { Finding, FindingCode, Witnesses } from './finding.js'

const ids = (given: ReadonlyArray<string>, last?: 'and' | 'or'): string => listing(given.map(quoted), last)

const packs = (given: ReadonlyArray<string>): string => `${given.length === 1 ? 'pack' : 'packs'} ${ids(given)}`

const namers = ({ packs: given, isGlobal }: Pick<Witnesses['unknown-view'], 'packs' | 'isGlobal'>): string =>
  [...(given.length === 0 ? [] : [packs(given)]), ...(isGlobal ? ['the global conditions'] : [])].join(' and ')

const nameOrNames = ({ packs: given, isGlobal }: Pick<Witnesses['unknown-view'], 'packs' | 'isGlobal'>): string =>
  given.length === 1 && !isGlobal ? 'names' : 'name'

const forNobody: { readonly [K in Witnesses['pack-for-nobody']['why']]: string } = {
  'no-conditions': 'its list of conditions is empty',
  'default-of-type': 'it has no distribution, and packs of its type are for nobody then',
  'not-met': 'no device meets its conditions',
}

type Texts = { readonly [Code in FindingCode]: (witness: Witnesses[Code]) => string }

const texts: Texts = {
  'pack-starts-after-it-expires': ({ pack, starts, expires }) =>
    `pack ${quoted(pack)} starts on ${Day.show(starts)} and expires on ${Day.show(expires)}, before that: it is never valid`,
  'pack-full': ({ pack, total }) => `all ${counted(total, 'license')} of pack ${quoted(pack)} are allocated`,
  'pack-over-allocated': ({ pack, total, allocated }) =>
    `${String(allocated)} licenses of pack ${quoted(pack)} are allocated, and it has ${String(total)}`,
  'pack-unusable': ({ pack, reason }) => `pack ${quoted(pack)} gives no license today: ${reasonTexts[reason]}`,
  'pack-for-nobody': ({ pack, why }) => `pack ${quoted(pack)} is for nobody: ${forNobody[why]}`,
  'pack-never-first': ({ pack, rivals }) =>
    `pack ${quoted(pack)} gives no license as long as ${packs(rivals)}, which ${rivals.length === 1 ? 'ranks before it, has' : 'rank before it, have'} any left`,
  'tenants-share-packs': ({ open, packs: given }) =>
    `${packs(given)} are registered through tokens, and ${ids(open)} ${open.length === 1 ? 'is' : 'are'} for every device: if the tokens are of several clients, devices of one can be served from a pack of another`,
  'unknown-directory': ({ directory, ...naming }) =>
    `${namers(naming)} ${nameOrNames(naming)} the directory ${quoted(directory)}, which is not listed`,
  'unknown-view': ({ view, ...naming }) =>
    `${namers(naming)} ${nameOrNames(naming)} the view ${quoted(view)}, in which no device is`,
  'directory-loop': ({ directories }) => `directories ${ids(directories)} are each inside the other`,
  'global-conditions-not-met': ({ conditions }) =>
    `no device meets ${conditions === 1 ? 'the one global condition' : `any of the ${String(conditions)} global conditions`}: no pack serves anybody`,
  'unknown-pack': ({ pack, devices }) =>
    `${counted(devices.length, 'device')} (${ids(devices)}) ${devices.length === 1 ? 'holds a license' : 'hold licenses'} of pack ${quoted(pack)}, which is not in the estate`,
  'type-without-packs': ({ type, devices }) =>
    `of type ${quoted(LicenseType.show(type))} there is no pack; ${counted(devices, 'device')} ${devices === 1 ? 'holds' : 'hold'} a license of it`,
  'type-not-deployed': ({ type, packs: given }) =>
    `this UMS deploys no licenses of type ${quoted(LicenseType.show(type))}: ${packs(given)} ${given.length === 1 ? 'serves' : 'serve'} nobody`,
  'shared-serial-number': ({ masked, devices }) => `devices ${ids(devices)} report one serial number, ${masked}`,
  'deployment-off': ({ packs: count }) =>
    `automatic deployment is off: ${count === 1 ? 'the one pack serves' : `the ${String(count)} packs serve`} nobody`,
  'license-server-unreachable': () => 'the license server cannot be reached: no license is given',
  'exchange-unknown': ({ umsVersion }) =>
    `license exchange is on, but takes automatic deployment and UMS 12.01.110, and this is ${umsVersion}`,
  'bundled-deployment-off': ({ bundled }) =>
    `${counted(bundled, 'bundled license')} ${bundled === 1 ? 'waits' : 'wait'}, but none is deployed: that is off, or this UMS cannot do it`,
}

/**
 * Renders a finding as one line of text.
 *
 * @example
 * import assert from 'node:assert'
 * import { either as E, function as F } from 'fp-ts'
 * import { Deployment, Estate, Instant } from 'seatwise'
 *
 * const decoded = Estate.decode({
 *   settings: { umsVersion: '12.10.100', umsId: 'ums-1', automaticDeployment: true },
 *   packs: [{ id: 'P-1', licenseType: 'udc3', total: 5, allocated: 7, registered: '2026-02-01', umsIds: ['ums-1'], distribution: { method: 'enabled' } }],
 *   devices: [],
 * })
 * const texts = F.pipe(
 *   Instant.parse('2026-03-10T12:00:00Z'),
 *   E.fromOption(() => []),
 *   E.chainW((now) => F.pipe(decoded, E.chainW(({ right }) => Deployment.analyze({ now })(right)))),
 *   E.map((findings) => findings.map(Deployment.renderFinding)),
 * )
 * assert.deepStrictEqual(texts, E.right(['error: 7 licenses of pack `P-1` are allocated, and it has 5 [pack-over-allocated; ALD-48]']))
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
 * import { Deployment } from 'seatwise'
 *
 * assert.strictEqual(Deployment.renderFindings([]), 'nothing found')
 *
 * @since 0.1.0
 */
export const renderFindings = (findings: ReadonlyArray<Finding>): string =>
  [summary(findings), ...findings.map((finding) => `  ${renderFinding(finding)}`)].join('\n')
