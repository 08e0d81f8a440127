/**
 * What if: a synchronization as it would be after some edits, beside what it is without them, for a whole estate: the
 * decisions that differ, compliance, how many installations are covered, and who would be worse off.
 *
 * Laws:
 *
 * 1. Truth: what is told is what two full runs tell, on what was given and on the same with the edits
 * 2. Nothing: no edits change nothing
 * 3. Irrelevance: edits are a set, so that their order does not matter
 *
 * A session decides again only what the edits can touch; another policy or rule book can touch everything.
 *
 * @since 0.1.0
 */
import { E, F, type RNEA } from '../../prelude.js'
import type { Decision } from '../../record/Decision.js'
import type { Rejection } from '../../record/Rejection.js'
import type { ComputerId, InstallationId, LicenseId, ProductId, SoftwareId } from '../../value/Id.js'
import { sideBySide } from '../../value/Lists.js'
import * as Text from '../../value/Text.js'
import { compliance, type Compliance, type LicenseCompliance, type SoftwareCompliance } from '../compliance.js'
import { run, type Given, type Outcome } from '../synchronization/run.js'
import * as Session from '../synchronization/session/Session.js'
import { diff, settled } from './diff.js'
import type { AllocationDiff, Settled } from './operations.js'
import { editsIn, type Edited, type WhatIfEdit } from './edits.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/**
 * How many installations there are, and what becomes of them: `covered` are those that have a license.
 *
 * @since 0.1.0
 */
export interface Coverage {
  readonly installations: number
  readonly covered: number
  readonly unreconciled: number
  readonly untracked: number
  readonly skipped: number
}

/**
 * A license that stands otherwise; absent on the side where the catalog does not have it.
 *
 * @since 0.1.0
 */
export interface LicenseDifference {
  readonly license: LicenseId
  readonly before?: LicenseCompliance
  readonly after?: LicenseCompliance
}

/**
 * A tracked software of which another number of installations is unreconciled, or that is compliant on one side alone.
 *
 * @since 0.1.0
 */
export interface SoftwareDifference {
  readonly software: SoftwareId
  readonly compliant: { readonly before: boolean; readonly after: boolean }
  readonly unreconciled: { readonly before: number; readonly after: number }
}

/**
 * How an installation is worse off: it loses its license, gets one by a rule that comes later in the book as it is without
 * the edits, or violates more restrictions.
 *
 * @since 0.1.0
 */
export type Worsening = 'loses-license' | 'later-rule' | 'more-violations'

/**
 * An installation that would be worse off, in what ways, and both decisions.
 *
 * @since 0.1.0
 */
export interface WorseOff {
  readonly computer: ComputerId
  readonly installation: InstallationId
  readonly product: ProductId
  readonly ways: RNEA.ReadonlyNonEmptyArray<Worsening>
  readonly before: Decision<string>
  readonly after: Decision<string>
}

/**
 * What edits would change. Lists are by id; rows that do not differ are not in them.
 *
 * @since 0.1.0
 */
export interface WhatIf {
  readonly diff: AllocationDiff<string>
  readonly coverage: { readonly before: Coverage; readonly after: Coverage }
  readonly licenses: ReadonlyArray<LicenseDifference>
  readonly software: ReadonlyArray<SoftwareDifference>
  readonly worseOff: ReadonlyArray<WorseOff>
  /** The outcome after the edits. */
  readonly outcome: Outcome<string>
}

// -------------------------------------------------------------------------------------
// one side
// -------------------------------------------------------------------------------------

/** All that is told of one side. */
interface Side {
  readonly outcome: Outcome<string>
  readonly settled: Settled<string>
  readonly compliance: Compliance
}

type Failed = RNEA.ReadonlyNonEmptyArray<Rejection>

const sideOf = (
  { catalog, snapshots, allocations = [] }: Given<string>,
  outcome: Outcome<string>,
): E.Either<Failed, Side> => {
  const state = settled(allocations)(outcome)
  return E.map((told: Compliance): Side => ({ outcome, settled: state, compliance: told }))(
    compliance({ catalog, snapshots, allocations: state.allocations, decisions: outcome.decisions }),
  )
}

const sideOfSession = (session: Session.Session<string>): E.Either<Failed, Side> =>
  sideOf(Session.given(session), Session.outcome(session))

const coverageOf = ({ outcome: { decisions } }: Side): Coverage => {
  const counts = { allocated: 0, kept: 0, unreconciled: 0, untracked: 0, skipped: 0 }
  for (const { outcome } of decisions) counts[outcome] += 1
  const { allocated, kept, ...others } = counts
  return { installations: decisions.length, covered: allocated + kept, ...others }
}

// -------------------------------------------------------------------------------------
// two sides
// -------------------------------------------------------------------------------------

const sameLicense = (a: LicenseCompliance, b: LicenseCompliance): boolean =>
  a.used === b.used &&
  a.reconciled === b.reconciled &&
  a.available === b.available &&
  a.compliant === b.compliant &&
  a.position === b.position

const licensesBetween = (
  before: ReadonlyArray<LicenseCompliance>,
  after: ReadonlyArray<LicenseCompliance>,
): ReadonlyArray<LicenseDifference> =>
  sideBySide(before, after, (a, b) => Text.compare(a.license, b.license)).flatMap(([was, is]) => {
    const license = (was ?? is)?.license
    if (license === undefined || (was !== undefined && is !== undefined && sameLicense(was, is))) return []
    return [{ license, ...(was === undefined ? {} : { before: was }), ...(is === undefined ? {} : { after: is }) }]
  })

/** No edit adds a tracked software, or takes one away. */
const softwareBetween = (
  before: ReadonlyArray<SoftwareCompliance>,
  after: ReadonlyArray<SoftwareCompliance>,
): ReadonlyArray<SoftwareDifference> =>
  sideBySide(before, after, (a, b) => Text.compare(a.software, b.software)).flatMap(([was, is]) => {
    if (was === undefined || is === undefined) return []
    const [waited, waiting] = [was.unreconciled.length, is.unreconciled.length]
    return was.compliant === is.compliant && waited === waiting
      ? []
      : [
          {
            software: was.software,
            compliant: { before: was.compliant, after: is.compliant },
            unreconciled: { before: waited, after: waiting },
          },
        ]
  })

/** In what ways a decision is worse than another. A rule that the book does not have cannot be compared. */
const worsenings = (
  places: ReadonlyMap<string, number>,
  before: Decision<string>,
  after: Decision<string>,
): ReadonlyArray<Worsening> => {
  if (before.license === undefined) return []
  if (after.license === undefined) return ['loses-license']
  const placeOf = ({ rule }: Decision<string>): number | undefined =>
    rule === undefined ? undefined : places.get(rule)
  const [was, is] = [placeOf(before), placeOf(after)]
  return [
    ...(was !== undefined && is !== undefined && is > was ? (['later-rule'] as const) : []),
    ...((after.violations ?? []).length > (before.violations ?? []).length ? (['more-violations'] as const) : []),
  ]
}

const worseOffIn = (changes: AllocationDiff<string>, places: ReadonlyMap<string, number>): ReadonlyArray<WorseOff> =>
  // INVARIANT: who would be worse off is decided otherwise, and so is in the diff.
  changes.flatMap((change): ReadonlyArray<WorseOff> => {
    if (change.operation !== 'decide' || change.before === undefined || change.after === undefined) return []
    const { before, after, computer, installation } = change
    const [way, ...others] = worsenings(places, before, after)
    return way === undefined
      ? []
      : [{ computer, installation, product: after.product, ways: [way, ...others], before, after }]
  })

const between = (before: Side, after: Side, places: ReadonlyMap<string, number>): WhatIf => {
  const changes = diff(before.settled, after.settled)
  return {
    diff: changes,
    coverage: { before: coverageOf(before), after: coverageOf(after) },
    licenses: licensesBetween(before.compliance.licenses, after.compliance.licenses),
    software: softwareBetween(before.compliance.software, after.compliance.software),
    worseOff: worseOffIn(changes, places),
    outcome: after.outcome,
  }
}

// -------------------------------------------------------------------------------------
// what if
// -------------------------------------------------------------------------------------

/** The side after edits: by the session, or, where they can touch everything, by a run. */
const sideAfter =
  (session: Session.Session<string>) =>
  ({ changes, options }: Edited): E.Either<Failed, Side> => {
    const { licenses = [], snapshots = [], organizations = [], locations = [] } = changes
    const isChanged = licenses.length + snapshots.length + organizations.length + locations.length > 0
    const changed = isChanged ? Session.change(changes)(session) : E.right(session)
    if (options === undefined) return E.chain(sideOfSession)(changed)
    return E.chain((now: Session.Session<string>) => {
      const whole = { ...Session.given(now), ...options }
      return E.chain((outcome: Outcome<string>) => sideOf(whole, outcome))(run(whole))
    })(changed)
  }

/**
 * Asks what a synchronization would come to after edits; or says everything that contradicts itself in what is given, and
 * then in the edits: an unknown record is `unknown-value`, and two edits of one thing a `contradiction`.
 *
 * The first run is made once, for all questions.
 *
 * @example
 * import assert from 'node:assert'
 * import { either as E, function as F } from 'fp-ts'
 * import { Allocation, AuditSnapshot, Catalog } from 'seatwise'
 *
 * const { right: catalog } = Catalog.decode({
 *   software: [{ id: 'visio', name: 'Visio', products: ['Visio 2024'] }],
 *   licenses: [{ id: 'L-7', name: 'Visio', software: 'visio', main: true, entitlements: 1 }],
 * })
 * const { right: snapshots } = AuditSnapshot.decodeAll(
 *   ['pc-1', 'pc-2'].map((id) => ({ computer: { id, name: id }, installations: [{ id: 'i-1', product: 'Visio 2024' }] })),
 * )
 * const given: Allocation.Given = { catalog, snapshots, policy: { capacity: 'enforced' } }
 * const unreconciled = F.pipe(
 *   E.Do,
 *   E.bind('ask', () => Allocation.whatIf(given)),
 *   E.bind('edits', () => Allocation.Edit.decodeAll([{ kind: 'buy', license: 'L-7', entitlements: 1 }])),
 *   E.chain(({ ask, edits }) => ask(edits)),
 *   E.map(({ coverage: { before, after }, worseOff }) => [before.unreconciled, after.unreconciled, worseOff.length]),
 * )
 * assert.deepStrictEqual(unreconciled, E.right([1, 0, 0]))
 *
 * @since 0.1.0
 */
export const whatIf = (
  asked: Given<string>,
): E.Either<Failed, (edits: ReadonlyArray<WhatIfEdit>) => E.Either<Failed, WhatIf>> =>
  F.pipe(
    Session.start(asked),
    E.bindTo('session'),
    E.bind('before', ({ session }) => sideOfSession(session)),
    E.map(({ session, before }) => {
      const given = Session.given(session)
      const rules = session.compiled.prepared.reading.book.map(({ name }) => name)
      const places = new Map(rules.map((name, place) => [name, place]))
      return (edits: ReadonlyArray<WhatIfEdit>) =>
        F.pipe(
          editsIn({ given, rules }, edits),
          E.chain(sideAfter(session)),
          E.map((after) => between(before, after, places)),
        )
    }),
  )
