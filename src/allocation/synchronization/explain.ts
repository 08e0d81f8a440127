/**
 * Explaining what a run decided: what was there before it, and who had taken the entitlements of a license that matched
 * and was full (ALLOC-73, 76). The evidence is the seat ledger of the run.
 *
 * Laws:
 *
 * 1. Honesty: the decision explained is the one that the run made
 * 2. Blame: a license is told to be full exactly where the run passed it over, and the seats told are those taken before
 *    this installation had its turn
 *
 * @since 0.1.0
 */
import { E, O, type RNEA } from '../../prelude.js'
import type { AuditSnapshot, Installation } from '../../record/AuditSnapshot.js'
import type { Catalog } from '../../record/Catalog.js'
import type { Decision, RuleName } from '../../record/Decision.js'
import type { Rejection } from '../../record/Rejection.js'
import type { SoftwareLicense } from '../../record/SoftwareLicense.js'
import type { LicenseId } from '../../value/Id.js'
import { explanationBy, type Circumstances } from '../explain.js'
import type { CoveringAllocation, Explanation, ExplainRun, FullLicense, TakenSeat } from '../explanation.js'
import { append } from '../../value/Lists.js'
import * as Text from '../../value/Text.js'
import { limitOf, upgradesIn } from '../licenses.js'
import { byComputer, distinctAllocations } from './allocations.js'
import { compileRun, type Compiled, type Given, type Outcome } from './run.js'
import { inOrder, type Seat, type SeatLedger } from './seats.js'
import { covers, holdingsOf, keptBy, type Holding } from './standing.js'

// -------------------------------------------------------------------------------------
// seats
// -------------------------------------------------------------------------------------

type FullAt = Circumstances<string>['fullAt']

/** Whether a license was full when an installation had its turn at a rule, and by whom: asked of the ledger. */
const fullBefore = (
  catalog: Catalog,
  ledger: SeatLedger<string>,
): ((
  license: SoftwareLicense,
  turn: Required<Pick<Seat<string>, 'computer' | 'place' | 'installation'>>,
) => FullLicense | undefined) => {
  const upgrades = upgradesIn(catalog)
  const seats = new Map(ledger.map((each) => [each.license, each.seats]))
  return (license, turn) => {
    const entitlements = limitOf(license)
    if (entitlements === undefined) return undefined
    const before = (id: LicenseId) => (seats.get(id) ?? []).filter((seat) => inOrder(seat, turn) < 0)
    const own = before(license.id)
    if (own.some(({ computer }) => computer === turn.computer)) return undefined
    // A computer may have had several upgrades before the run; their order, too, is not that of the catalog (ALLOC-68).
    const byId = [...(upgrades.get(license.id) ?? [])].sort((a, b) => Text.compare(a.id, b.id))
    const all = [license, ...byId]
      .flatMap(({ id }) => before(id).map((seat) => ({ license: id, seat })))
      .sort((a, b) => inOrder(a.seat, b.seat))
    return all.length < entitlements
      ? undefined
      : { entitlements, seats: all.map(({ license: id, seat }) => takenSeat(id, seat)) }
  }
}

const takenSeat = (license: LicenseId, { computer, rule, installation }: Seat<string>): TakenSeat => ({
  license,
  computer,
  ...(rule === undefined ? {} : { rule }),
  ...(installation === undefined ? {} : { installation }),
})

/** Asked again of the same license at the same place, it knows. */
const remembered = (ask: FullAt): FullAt => {
  const known = new Map<number, Map<LicenseId, FullLicense | undefined>>()
  return (license, place) => {
    const atPlace = known.get(place) ?? new Map<LicenseId, FullLicense | undefined>()
    known.set(place, atPlace)
    if (!atPlace.has(license.id)) atPlace.set(license.id, ask(license, place))
    return atPlace.get(license.id)
  }
}

// -------------------------------------------------------------------------------------
// what was there before
// -------------------------------------------------------------------------------------

/**
 * The allocations that cover an installation: the one that is kept, those that yield to it, and those set aside; on a computer
 * that is skipped, none of these, whatever covers it.
 */
const coveringIn = (
  all: ReadonlyArray<Holding>,
  installation: Installation,
  isSkipped: boolean,
): ReadonlyArray<CoveringAllocation> => {
  const holdings = holdingsOf(all)
  const kept = keptBy(holdings, installation)
  const standingOf = (holding: Holding): CoveringAllocation['standing'] => {
    if (isSkipped) return 'untouched'
    if (holding === kept) return 'kept'
    return holding.standing === 'set-aside' ? 'set-aside' : 'yields'
  }
  const told = (holdings.get(installation.product)?.all ?? [])
    .filter(({ allocation }) => covers(allocation, installation))
    .map((holding): CoveringAllocation => {
      const { allocation, license } = holding
      return {
        license: allocation.license,
        ...(license === undefined ? {} : { name: license.name }),
        origin: allocation.origin,
        ...(allocation.installation === undefined ? {} : { installation: allocation.installation }),
        standing: standingOf(holding),
      }
    })
  return [
    ...told.filter(({ standing }) => standing !== 'set-aside'),
    ...told.filter(({ standing }) => standing === 'set-aside'),
  ]
}

// -------------------------------------------------------------------------------------
// explain
// -------------------------------------------------------------------------------------

/**
 * Prepares to explain the outcome of a run on what it was given, or says what contradicts itself in it (ALLOC-47).
 *
 * @example
 * import assert from 'node:assert'
 * import { either as E, function as F, option as O } from 'fp-ts'
 * import { Allocation, AuditSnapshot, Catalog } from 'seatwise'
 *
 * const { right: catalog } = Catalog.decode({
 *   software: [{ id: 'visio', name: 'Visio', products: ['Visio 2024'] }],
 *   licenses: [{ id: 'L-1', name: 'Visio', software: 'visio', main: true, entitlements: 1 }],
 * })
 * const { right: snapshots } = AuditSnapshot.decodeAll(['pc-1', 'pc-2'].map((id) => (
 *   { computer: { id, name: id }, installations: [{ id: 'i-1', product: 'Visio 2024' }] }
 * )))
 * const given: Allocation.Given = { catalog, snapshots, policy: { capacity: 'enforced' } }
 * const text = F.pipe(
 *   Allocation.run(given),
 *   E.chain(Allocation.explainRun(given)),
 *   E.map((explain) => F.pipe(explain('pc-2', 'i-1'), O.match(() => '', Allocation.render))),
 *   E.getOrElse(() => ''),
 * )
 * assert.match(text, /`Visio` \(L-1\) – full: 1 of 1 entitlements taken, the last by pc-1 \(installation i-1\) by rule 4/)
 *
 * @since 0.1.0
 */
export const explainRun =
  <Name extends string = RuleName>(given: Given<Name>) =>
  ({ decisions, ledger }: Outcome<Name>): E.Either<RNEA.ReadonlyNonEmptyArray<Rejection>, ExplainRun<Name>> =>
    E.map(({ prepared, elsewhere, isEnforced }: Compiled<Name>): ExplainRun<Name> => {
      const explained = explanationBy(prepared)
      const allocations = byComputer(distinctAllocations(given.allocations ?? []))
      const fullAt = isEnforced ? fullBefore(given.catalog, ledger) : () => undefined
      const places = new Map<string, AuditSnapshot>(given.snapshots.map((each) => [each.computer.id, each]))
      const made = new Map<string, Array<Decision<Name>>>()
      for (const decision of decisions) append(made, decision.computer, decision)
      return (computer, id) => {
        const snapshot = places.get(computer)
        const installation = snapshot?.installations?.find((each) => each.id === id)
        const decision = made.get(computer)?.find((each) => each.installation === id)
        if (snapshot === undefined || installation === undefined || decision === undefined) return O.none
        const explanation: Explanation<Name> = explained(snapshot, installation, {
          decision,
          covering: coveringIn(
            elsewhere(allocations.get(snapshot.computer.id) ?? []),
            installation,
            decision.outcome === 'skipped',
          ),
          fullAt: remembered((license, place) =>
            fullAt(license, { computer: snapshot.computer.id, place, installation: installation.id }),
          ),
        })
        return O.some(explanation)
      }
    })(compileRun(given))
