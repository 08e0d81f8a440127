/**
 * Certificates of deployment plans: of the estate; of the instant and the devices that were asked for; of the decisions; of
 * the operations.
 */
import { plan, type Plan, type PlanOptions } from '../deployment/plan.js'
import { RULE_BOOK_VERSION } from '../deployment/table.js'
import { E } from '../prelude.js'
import * as Bundled from '../record/BundledLicense.js'
import * as Decisions from '../record/DeploymentDecision.js'
import * as Operations from '../record/DeploymentOperation.js'
import * as Settings from '../record/DeploymentSettings.js'
import * as Devices from '../record/Device.js'
import * as Directories from '../record/Directory.js'
import type { Estate } from '../record/Estate.js'
import * as Packs from '../record/ProductPack.js'
import * as LicenseType from '../record/LicenseType.js'
import { instant, text } from '../record/Scalar.js'
import type { Json } from '../value/CanonicalJson.js'
import type { Instant } from '../value/Instant.js'
import { formOf, formsOf, textsOf, together, type Collection, type Written } from './forms.js'
import { compare, seal, type Certificate, type Difference, type Digest, type Later, type Texts } from './seal.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/**
 * What a plan that is certified was given: all that `Deployment.plan` was, but for the choice of a reader.
 *
 * @since 0.1.0
 */
export interface CertifiedPlan extends Pick<PlanOptions, 'devices'> {
  readonly estate: Estate
  readonly now: Instant
}

/**
 * What is certified of a plan.
 *
 * @since 0.1.0
 */
export type PlanResults = Pick<Plan, 'decisions' | 'operations'>

// -------------------------------------------------------------------------------------
// texts
// -------------------------------------------------------------------------------------

const FORMAT = 'seatwise/plan/1'

const decisions: Collection<Decisions.DeploymentDecision> = {
  name: 'decisions',
  shape: Decisions.shape,
  id: ({ device, ...type }) => JSON.stringify([device, LicenseType.show(type)]),
}

const recordsOf = ({ estate: { settings, directories, packs, devices, bundled } }: CertifiedPlan) =>
  together({
    settings: formOf('settings', Settings.shape, settings),
    directories: formsOf({ name: 'directories', shape: Directories.shape }, directories),
    packs: formsOf({ name: 'packs', shape: Packs.shape }, packs),
    devices: formsOf({ name: 'devices', shape: Devices.shape }, devices),
    bundled: formsOf({ name: 'bundled', shape: Bundled.shape }, bundled),
  })

const policyOf = ({ now, devices }: CertifiedPlan) =>
  together<Readonly<Record<string, Json>>>({
    now: formOf('now', instant, now),
    // "Some devices, namely none" is not "all".
    ...(devices === undefined ? {} : { devices: formsOf<string>({ name: 'devices', shape: text() }, devices) }),
  })

/**
 * The texts that a certificate of a plan is made of. A record that no decoder would give is a rejection.
 *
 * @example
 * import assert from 'node:assert'
 * import { either as E, option as O } from 'fp-ts'
 * import { Certificate, Estate, Instant } from 'seatwise'
 *
 * const estate = { settings: { umsId: 'ums-1', umsVersion: '12.10.100' }, packs: [], devices: [] }
 * const told = O.map((now: Instant.Instant) =>
 *   E.chain(({ right }: { right: Estate.Estate }) => Certificate.textsOfPlan({ estate: right, now })({ decisions: [], operations: [] }))(
 *     Estate.decode(estate),
 *   ),
 * )(Instant.parse('2026-03-10T12:00:00Z'))
 * assert.deepStrictEqual(told, O.some(E.right({
 *   format: 'seatwise/plan/1',
 *   ruleBook: '1.0',
 *   records: '{"bundled":[],"devices":[],"directories":[],"packs":[],"settings":{"umsId":"ums-1","umsVersion":"12.10.100"}}',
 *   policy: '{"now":"2026-03-10T12:00:00Z"}',
 *   decisions: '[]',
 *   changes: '[]',
 * })))
 *
 * @since 0.1.0
 */
export const textsOfPlan =
  (given: CertifiedPlan) =>
  ({ decisions: made, operations }: PlanResults): Written<Texts> =>
    textsOf(FORMAT, {
      ruleBook: E.right(RULE_BOOK_VERSION),
      records: recordsOf(given),
      policy: policyOf(given),
      decisions: formsOf(decisions, made),
      changes: formsOf({ name: 'operations', shape: Operations.shape, id: ({ key }) => key }, operations),
    })

// -------------------------------------------------------------------------------------
// certificates
// -------------------------------------------------------------------------------------

/**
 * Certifies a plan by the caller's hash function, as {@link certifyRun} does a run: the estate, the instant, the decisions
 * and the operations.
 *
 * @example
 * import assert from 'node:assert'
 * import { createHash } from 'node:crypto'
 * import { either as E, function as F, option as O } from 'fp-ts'
 * import { Certificate, Deployment, Estate, Instant } from 'seatwise'
 *
 * const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
 * const certified = F.pipe(
 *   E.Do,
 *   E.bind('estate', () => F.pipe(
 *     Estate.decode({ settings: { umsVersion: '12.10.100', umsId: 'ums-1' }, packs: [], devices: [] }),
 *     E.map(({ right }) => right),
 *   )),
 *   E.bindW('now', () => E.fromOption(() => 'no instant')(Instant.parse('2026-03-10T12:00:00Z'))),
 *   E.chainW((given) => F.pipe(Deployment.plan(given.estate, given.now), E.chain(Certificate.certifyPlan(sha256)(given)))),
 *   E.map(({ format, certificate }) => [format, certificate.slice(0, 16)]),
 * )
 * assert.deepStrictEqual(certified, E.right(['seatwise/plan/1', 'ea2be32a32839e57']))
 *
 * @since 0.1.0
 */
export const certifyPlan =
  <D extends Digest>(hash: (text: string) => D) =>
  (given: CertifiedPlan) =>
  (results: PlanResults): Written<Later<D, Certificate>> =>
    E.map(seal(hash))(textsOfPlan(given)(results))

/**
 * Verifies the certificate of a plan: plans the estate again and tells which parts are different. Estates that contradict
 * themselves are rejections, as of `Deployment.plan`.
 *
 * @example
 * import assert from 'node:assert'
 * import { createHash } from 'node:crypto'
 * import { either as E, function as F } from 'fp-ts'
 * import { Certificate, Deployment, Estate, Instant } from 'seatwise'
 *
 * const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
 * const givenAt = (instant: string) => F.pipe(
 *   E.Do,
 *   E.bind('estate', () => F.pipe(
 *     Estate.decode({ settings: { umsVersion: '12.10.100', umsId: 'ums-1' }, packs: [], devices: [] }),
 *     E.map(({ right }) => right),
 *   )),
 *   E.bindW('now', () => E.fromOption(() => 'no instant')(Instant.parse(instant))),
 * )
 * const told = F.pipe(
 *   givenAt('2026-03-10T12:00:00Z'),
 *   E.chainW((given) => F.pipe(Deployment.plan(given.estate, given.now), E.chain(Certificate.certifyPlan(sha256)(given)))),
 *   E.chainW((certificate) => F.pipe(
 *     givenAt('2026-03-11T12:00:00Z'),
 *     E.chainW((later) => Certificate.verifyPlan(sha256)(later)(certificate)),
 *   )),
 *   E.map((differences) => differences.map(({ part }) => part)),
 * )
 * assert.deepStrictEqual(told, E.right(['policy', 'certificate']))
 *
 * @since 0.1.0
 */
export const verifyPlan =
  <D extends Digest>(hash: (text: string) => D) =>
  (given: CertifiedPlan) =>
  (certificate: Certificate): Written<Later<D, ReadonlyArray<Difference>>> => {
    const { estate, now, devices } = given
    const texts = E.chain(textsOfPlan(given))(plan(estate, now, devices === undefined ? {} : { devices }))
    return E.map((found: Texts) => compare(hash)(found, certificate))(texts)
  }
