/**
 * Explaining a decision: the reference reader walks the book once more and writes down what it tried.
 *
 * Laws:
 *
 * 1. Honesty: the decision explained is the one that {@link compile} makes
 * 2. Completeness: at each rule tried, every candidate matched or failed a condition; every other license of the
 *    tracked software is excluded with a reason
 * 3. Secrecy: no serial number or installation key is in it but masked
 *
 * @since 0.1.0
 */
import { E, O, type RNEA } from '../prelude.js'
import type { AuditSnapshot, Installation } from '../record/AuditSnapshot.js'
import type { Catalog } from '../record/Catalog.js'
import type { Decision, RuleName } from '../record/Decision.js'
import type { Rejection } from '../record/Rejection.js'
import type { SoftwareLicense } from '../record/SoftwareLicense.js'
import * as Condition from '../rule/Condition.js'
import { violated } from '../rule/Criterion.js'
import { gate } from '../rule/Gate.js'
import { trail, type Ladder } from '../rule/Ladder.js'
import * as Ranking from '../rule/Ranking.js'
import * as Reference from '../rule/Reference.js'
import type { ProductId } from '../value/Id.js'
import { decideBy, sceneOf } from './decide.js'
import { desksOf } from './desks.js'
import type { Subject } from './criteria.js'
import type {
  CoveringAllocation,
  Deciding,
  Explain,
  Explanation,
  FailedCondition,
  FullLicense,
  LicenseName,
  RuleTrial,
  Step,
} from './explanation.js'
import { computerGates, UNTRACKED } from './gates.js'
import { choicesOf, type Options } from './options.js'
import { byProduct, nameOrder, prepare, type Prepared, type Shelf } from './prepare.js'

// -------------------------------------------------------------------------------------
// evidence
// -------------------------------------------------------------------------------------

const nameOf = ({ id, name }: SoftwareLicense): LicenseName => ({ license: id, name })

const criterionName = (condition: Condition.Condition<Subject, SoftwareLicense>): string =>
  condition._tag === 'Absent' || condition._tag === 'Permits' ? condition.criterion.name : condition.name

const failedCondition = ({
  condition,
  kind,
  asked,
  told,
}: Reference.Failure<Subject, SoftwareLicense>): FailedCondition => ({
  criterion: criterionName(condition),
  kind,
  asked,
  told,
})

/** What a decision depends on besides the rules: nothing, where it is made fresh. */
export interface Circumstances<Name extends string> {
  readonly decision: Decision<Name>
  readonly covering: ReadonlyArray<CoveringAllocation>
  /** Whether a license was full when the installation had its turn at a place of the book, and by whom. */
  readonly fullAt: (license: SoftwareLicense, place: number) => FullLicense | undefined
}

type FullAt = Circumstances<string>['fullAt']

const ruleTrial =
  <Name extends string>(fullAt: FullAt) =>
  ({ rule, attempts }: Reference.Trial<Subject, SoftwareLicense, Name>, place: number): RuleTrial<Name> => ({
    rule: rule.name,
    conditions: rule.conditions.map(Condition.show),
    candidates: attempts.map(({ candidate, failure }) => {
      if (O.isSome(failure)) return { ...nameOf(candidate), failed: failedCondition(failure.value) }
      const full = fullAt(candidate, place)
      return full === undefined ? nameOf(candidate) : { ...nameOf(candidate), full }
    }),
  })

const deciding = <Name extends string>(
  trials: ReadonlyArray<Reference.Trial<Subject, SoftwareLicense, Name>>,
  fullAt: FullAt,
): Deciding<Name> | undefined => {
  const last = trials[trials.length - 1]
  const matched =
    last?.attempts
      .filter(({ candidate, failure }) => O.isNone(failure) && fullAt(candidate, trials.length - 1) === undefined)
      .map(({ candidate }) => candidate) ?? []
  const [winner, ...tied] = matched
  if (last === undefined || winner === undefined) return undefined
  const after = Ranking.decidedBy(nameOrder)
  return {
    rule: last.rule.name,
    winner: nameOf(winner),
    tied: tied.map((license) => ({ ...nameOf(license), after: after(winner, license) ?? 'id' })),
  }
}

/** The gates up to the first that was not passed. Where allocations cover the installation, one of them may be kept. */
const stepsOf = (
  snapshot: AuditSnapshot,
  covering: ReadonlyArray<CoveringAllocation>,
  isTracked: boolean,
): ReadonlyArray<Step> => {
  const ladder: Ladder<AuditSnapshot, unknown> = [
    ...computerGates,
    ...(covering.length === 0 ? [] : [gate('standing allocation', 'ALLOC-76', 'kept', () => isKept(covering))]),
    gate('tracked', 'ALLOC-3', UNTRACKED, () => !isTracked),
  ]
  return trail(ladder)(snapshot).map(({ rung, passed }) => ({ gate: rung.name, clause: rung.clause, passed }))
}

const isKept = (covering: ReadonlyArray<CoveringAllocation>): boolean =>
  covering.some(({ standing }) => standing === 'kept')

/** The shelf of a product: that of the tracked software that is not retired, or else of a retired one. */
const shelfByProduct = ({ shelves }: Prepared<string>): ((product: ProductId) => Shelf | undefined) => {
  const products = byProduct(shelves)
  const retired = [...shelves].sort((a, b) => (a.software.id < b.software.id ? -1 : 1))
  return (product) => products.get(product) ?? retired.find(({ software }) => software.products.includes(product))
}

/** Explains decisions by a prepared catalog, each in its circumstances. */
export const explanationBy = <Name extends string>(
  prepared: Prepared<Name>,
): ((snapshot: AuditSnapshot, installation: Installation, circumstances: Circumstances<Name>) => Explanation<Name>) => {
  const { book, restricting } = prepared.reading
  const shelfOf = shelfByProduct(prepared)

  return (snapshot, installation, { decision, covering, fullAt }) => {
    const shelf = shelfOf(installation.product)
    const live = shelf !== undefined && shelf.software.retired !== true ? shelf : undefined
    const steps = stepsOf(snapshot, covering, live !== undefined)
    const reached = steps.every(({ passed }) => passed)

    const subject: Subject = { snapshot, installation }
    const isPassedOver = (license: SoftwareLicense, place: number): boolean => fullAt(license, place) !== undefined
    const traced = live === undefined || !reached ? [] : Reference.trace(book, isPassedOver)(live.candidates)(subject)
    const decided = deciding(traced, fullAt)
    const chosen = decision.license === undefined ? undefined : prepared.licenses().get(decision.license)
    return {
      decision,
      computer: snapshot.computer.name,
      steps,
      covering,
      ...(shelf === undefined
        ? {}
        : {
            software: {
              id: shelf.software.id,
              name: shelf.software.name,
              retired: shelf.software.retired === true,
            },
          }),
      excluded: (shelf?.excluded ?? []).map(({ license, refusal }) => ({
        ...nameOf(license),
        reason: refusal.reason,
        clause: refusal.clause,
      })),
      trials: traced.map(ruleTrial<Name>(fullAt)),
      untried: reached && live !== undefined ? book.slice(traced.length).map(({ name }) => name) : [],
      ...(decided === undefined ? {} : { deciding: decided }),
      violations:
        chosen === undefined
          ? []
          : restricting
              .filter((criterion) => violated(criterion)(chosen, subject))
              .map((criterion) => ({
                restriction: criterion.name,
                asked: criterion.asked(chosen),
                told: criterion.told(subject),
              })),
    }
  }
}

// -------------------------------------------------------------------------------------
// explain
// -------------------------------------------------------------------------------------

/**
 * Prepares to explain decisions made with the same options on the same catalog, or says what contradicts itself
 * (ALLOC-47). Explanations come from the reference reader, on demand: whoever does not ask pays nothing.
 *
 * @example
 * import assert from 'node:assert'
 * import { either as E, function as F, option as O } from 'fp-ts'
 * import { Allocation, AuditSnapshot, Catalog } from 'seatwise'
 *
 * const { right: catalog } = Catalog.decode({
 *   software: [{ id: 'visio', name: 'Visio', products: ['Visio 2024'] }],
 *   licenses: [{ id: 'L-1', name: 'Visio Standard', software: 'visio', main: true }],
 * })
 * const { right: snapshots } = AuditSnapshot.decodeAll([
 *   { computer: { id: 'pc-1', name: 'PC-1' }, installations: [{ id: 'i-1', product: 'Visio 2024' }] },
 * ])
 * const deciding = F.pipe(
 *   Allocation.explain()(catalog),
 *   E.map((explain) => snapshots.flatMap((snapshot) => (snapshot.installations ?? []).map(({ id }) => explain(snapshot, id)))),
 *   E.map((explanations) => explanations.map(O.map(({ deciding }) => deciding?.rule))),
 * )
 * assert.deepStrictEqual(deciding, E.right([O.some('4')]))
 *
 * @since 0.1.0
 */
export const explain =
  <Name extends string = RuleName>(options: Options<Name> = {}) =>
  (catalog: Catalog): E.Either<RNEA.ReadonlyNonEmptyArray<Rejection>, Explain<Name>> =>
    E.map((prepared: Prepared<Name>): Explain<Name> => {
      const explained = explanationBy(prepared)
      const decide = decideBy(desksOf(prepared, { reader: 'reference' }))
      return (snapshot, id) =>
        O.map((installation: Installation) =>
          explained(snapshot, installation, {
            decision: decide(sceneOf(prepared, snapshot), installation),
            covering: [],
            fullAt: () => undefined,
          }),
        )(O.fromNullable(snapshot.installations?.find((installation) => installation.id === id)))
    })(prepare(choicesOf(options))(catalog))
