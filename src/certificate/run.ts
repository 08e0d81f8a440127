/**
 * Certificates of allocation runs: of the catalog, the snapshots and the earlier allocations; of the policy and the day; of
 * the decisions; of what the run releases and adds.
 */
import * as Run from '../allocation/synchronization/run.js'
import { RULE_BOOK_VERSION } from '../allocation/rules.js'
import { E } from '../prelude.js'
import * as Allocations from '../record/Allocation.js'
import * as Policy from '../record/AllocationPolicy.js'
import { shape as snapshotShape } from '../record/SnapshotCodec.js'
import * as Decisions from '../record/Decision.js'
import type { RuleName } from '../record/Decision.js'
import { refusalOf } from '../record/Report.js'
import { anyText, day, text } from '../record/Scalar.js'
import type { Shape } from '../record/Shape.js'
import * as License from '../record/SoftwareLicense.js'
import * as Software from '../record/TrackedSoftware.js'
import * as Units from '../record/Unit.js'
import type { Json } from '../value/CanonicalJson.js'
import { formOf, formsOf, textsOf, together, type Collection, type Written } from './forms.js'
import { compare, seal, type Certificate, type Difference, type Digest, type Later, type Texts } from './seal.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/**
 * What a run that is certified was given. A rule book of the caller's own holds functions, which no text can stand for: with
 * `rules` goes a name of that book, `ruleBook`, which the caller changes whenever the rules change.
 *
 * @since 0.1.0
 */
export interface CertifiedRun<Name extends string = RuleName> extends Omit<Run.Given<Name>, 'reader'> {
  readonly ruleBook?: string
}

/**
 * What is certified of an outcome.
 *
 * @since 0.1.0
 */
export type RunResults<Name extends string = RuleName> = Pick<Run.Outcome<Name>, 'decisions' | 'released' | 'added'>

// -------------------------------------------------------------------------------------
// texts
// -------------------------------------------------------------------------------------

const FORMAT = 'seatwise/run/1'

/** A decision by any rule: the names of rules are the caller's own. */
const { is, write: writeDecision } = Decisions.shape
const decisionShape: Shape<Decisions.Decision<string>> = {
  ...Decisions.shape,
  is: (value): value is Decisions.Decision<string> => {
    const { rule, ...others } = value as Decisions.Decision<string>
    return (rule === undefined || anyText.is(rule)) && is(others)
  },
  write: (decision) => writeDecision(decision as Decisions.Decision),
}

// What is ranked comes in its order, `tied` among it.
const decisions: Collection<Decisions.Decision<string>> = {
  name: 'decisions',
  shape: decisionShape,
  lists: 'as-written',
  id: ({ computer, installation }) => JSON.stringify([computer, installation]),
}

const allocations = (name: string): Collection<Allocations.Allocation> => ({ name, shape: Allocations.shape })

/** What texts are made of; rules are not. */
type Records = Omit<CertifiedRun, 'rules' | 'ruleBook'>

const recordsOf = ({ catalog, snapshots, allocations: earlier, incomplete, rejectedLicenses }: Records) =>
  together({
    organizations: formsOf({ name: 'organizations', shape: Units.shape }, catalog.organizations),
    locations: formsOf({ name: 'locations', shape: Units.shape }, catalog.locations),
    software: formsOf({ name: 'software', shape: Software.shape }, catalog.software),
    licenses: formsOf({ name: 'licenses', shape: License.shape }, catalog.licenses),
    snapshots: formsOf({ name: 'snapshots', shape: snapshotShape, id: ({ computer }) => computer.id }, snapshots),
    allocations: formsOf(allocations('allocations'), earlier),
    incomplete: formsOf<string>({ name: 'incomplete', shape: text() }, incomplete),
    rejectedLicenses:
      rejectedLicenses === 'any'
        ? E.right<never, Json>(rejectedLicenses)
        : formsOf<string>({ name: 'rejectedLicenses', shape: text() }, rejectedLicenses),
  })

const policyOf = ({ policy = {}, asOf }: Records) =>
  together<Readonly<Record<string, Json>>>({
    policy: formOf('policy', Policy.shape, policy),
    ...(asOf === undefined ? {} : { asOf: formOf('asOf', day, asOf) }),
  })

const changesOf = ({ released, added }: RunResults<string>) =>
  together({
    released: formsOf(allocations('released'), released),
    added: formsOf(allocations('added'), added),
  })

const ruleBookOf = <Name extends string>({ rules, ruleBook }: CertifiedRun<Name>): Written<string> => {
  if (rules === undefined) return E.right(RULE_BOOK_VERSION)
  return text().is(ruleBook)
    ? E.right(ruleBook)
    : E.left([refusalOf('options', 'missing', 'ruleBook', 'name the rule book that you pass in `rules`')])
}

/**
 * The texts that a certificate of a run is made of, for whoever wants to look at them, hash them elsewhere or find out
 * where two of them differ. A record that no decoder would give is a rejection, as is a rule book without a name.
 *
 * @example
 * import assert from 'node:assert'
 * import { either as E } from 'fp-ts'
 * import { Allocation, AuditSnapshot, Catalog, Certificate } from 'seatwise'
 *
 * const { right: catalog } = Catalog.decode({ software: [{ products: ['Visio 2024'], name: 'Visio', id: 'visio' }], licenses: [] })
 * const { right: snapshots } = AuditSnapshot.decodeAll([])
 * const texts = Certificate.textsOfRun({ catalog, snapshots })({ decisions: [], released: [], added: [] })
 * assert.deepStrictEqual(E.map(({ format, policy, changes }: Certificate.Texts) => [format, policy, changes])(texts), E.right([
 *   'seatwise/run/1',
 *   '{"policy":{}}',
 *   '{"added":[],"released":[]}',
 * ]))
 *
 * @since 0.1.0
 */
export const textsOfRun =
  <Name extends string = RuleName>(given: CertifiedRun<Name>) =>
  (results: RunResults<Name>): Written<Texts> =>
    textsOf(FORMAT, {
      ruleBook: ruleBookOf(given),
      records: recordsOf(given),
      policy: policyOf(given),
      decisions: formsOf(decisions, results.decisions),
      changes: changesOf(results),
    })

// -------------------------------------------------------------------------------------
// certificates
// -------------------------------------------------------------------------------------

/**
 * Certifies what a run said, by the caller's hash function: of a text, the text of its hash, or the promise of one. The
 * certificate is the same on every machine, whatever the order of records and of their fields; anything that is changed in
 * the records, the policy or the results changes it. The results are taken as they are: {@link verifyRun} decides again.
 *
 * @example
 * import assert from 'node:assert'
 * import { createHash } from 'node:crypto'
 * import { either as E, function as F } from 'fp-ts'
 * import { Allocation, AuditSnapshot, Catalog, Certificate } from 'seatwise'
 *
 * const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
 * const { right: catalog } = Catalog.decode({
 *   software: [{ id: 'visio', name: 'Visio', products: ['Visio 2024'] }],
 *   licenses: [{ id: 'L-1', name: 'Visio', software: 'visio', main: true }],
 * })
 * const { right: snapshots } = AuditSnapshot.decodeAll([
 *   { computer: { id: 'pc-1', name: 'PC-1' }, installations: [{ id: 'i-1', product: 'Visio 2024' }] },
 * ])
 * const given = { catalog, snapshots }
 * const certified = F.pipe(Allocation.run(given), E.chain(Certificate.certifyRun(sha256)(given)))
 * const told = F.pipe(certified, E.map(({ format, ruleBook, certificate }) => [format, ruleBook, certificate.slice(0, 16)]))
 * assert.deepStrictEqual(told, E.right(['seatwise/run/1', '1.0', '3525c13ed6a0a8b5']))
 *
 * @since 0.1.0
 */
export const certifyRun =
  <D extends Digest>(hash: (text: string) => D) =>
  <Name extends string = RuleName>(given: CertifiedRun<Name>) =>
  (results: RunResults<Name>): Written<Later<D, Certificate>> =>
    E.map(seal(hash))(textsOfRun(given)(results))

/**
 * Verifies a certificate: runs the records again and tells which parts of it are different, with both hashes. None is, and
 * the list empty, exactly when the records, the policy, the rule book and the results are those that were certified.
 * Records that contradict themselves are rejections, as of `Allocation.run`.
 *
 * @example
 * import assert from 'node:assert'
 * import { either as E, function as F } from 'fp-ts'
 * import { Allocation, Catalog, Certificate } from 'seatwise'
 *
 * // The hashes of WebCrypto are promises, and so is what comes of them.
 * const sha256 = async (text: string): Promise<string> => {
 *   const digest = await globalThis.crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
 *   return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
 * }
 * const catalogOf = (entitlements: number) =>
 *   Catalog.decode({ software: [], licenses: [{ id: 'L-1', name: 'Visio', software: 'visio', entitlements }] }).right
 * const given = { catalog: catalogOf(25), snapshots: [] }
 * const told = F.pipe(
 *   Allocation.run(given),
 *   E.chain(Certificate.certifyRun(sha256)(given)),
 *   E.map(async (certifying) => {
 *     const certificate = await certifying
 *     const verify = async (entitlements: number) =>
 *       F.pipe(
 *         certificate,
 *         Certificate.verifyRun(sha256)({ catalog: catalogOf(entitlements), snapshots: [] }),
 *         E.getOrElse(() => Promise.resolve<ReadonlyArray<Certificate.Difference>>([])),
 *       )
 *     return [(await verify(25)).map(({ part }) => part), (await verify(26)).map(({ part }) => part)]
 *   }),
 *   E.getOrElse(() => Promise.resolve<Array<Array<string>>>([])),
 * )
 * assert.deepStrictEqual(await told, [[], ['records', 'certificate']])
 *
 * @since 0.1.0
 */
export const verifyRun =
  <D extends Digest>(hash: (text: string) => D) =>
  <Name extends string = RuleName>(given: CertifiedRun<Name>) =>
  (certificate: Certificate): Written<Later<D, ReadonlyArray<Difference>>> => {
    const { ruleBook: _ruleBook, ...records } = given
    const texts = E.chain(textsOfRun(given))(Run.run<Name>(records))
    return E.map((found: Texts) => compare(hash)(found, certificate))(texts)
  }
