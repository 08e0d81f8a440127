/**
 * What trying the rules in their order costs under `capacity: enforced`: how many more installations could have a license,
 * and who would have to move for it. The rules give each installation the best license for it, and take nothing back
 * (ALLOC-74); the last one may find full a license that others did not need.
 *
 * Laws:
 *
 * 1. Each swap, alone or with any others, in any order, serves one more and leaves nobody without; all of them serve
 *    `optimum`
 * 2. Every license that a swap gives is one that the rule matches, and none leaves its entitlements
 * 3. The proof holds: the contenders match no license but those of it, which have `entitlements` for them; so whatever is
 *    done, as many contenders go without as there are more of them
 *
 * @since 0.1.0
 */
import { E, type RNEA } from '../../prelude.js'
import type { RuleName } from '../../record/Decision.js'
import type { Rejection } from '../../record/Rejection.js'
import type { ComputerId, InstallationId, LicenseId } from '../../value/Id.js'
import * as Text from '../../value/Text.js'
import { chains, maximum, NOBODY } from '../../value/Matching.js'
import { ready, runOn, type Compiled, type Given } from '../synchronization/run.js'
import { optionsOf, rivalsOf, type Rivals } from './rivals.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/**
 * A license that an installation gets by a rule that matches it.
 *
 * @since 0.1.0
 */
export interface ServedAnew<Name extends string = RuleName> {
  readonly computer: ComputerId
  readonly installation: InstallationId
  readonly license: LicenseId
  readonly rule: Name
}

/**
 * An installation that goes from the license that the rules gave it to another that a rule matches.
 *
 * @since 0.1.0
 */
export interface Moved<Name extends string = RuleName> {
  readonly computer: ComputerId
  readonly installation: InstallationId
  readonly from: LicenseId
  readonly to: LicenseId
  readonly rule: Name
}

/**
 * What serves one installation more: the license that it gets, and who moves to make room. The first of `moved` leave the
 * license of `served`, the next the license that those go to, and so on; installations of one computer move together.
 *
 * @since 0.1.0
 */
export interface Swap<Name extends string = RuleName> {
  readonly served: ServedAnew<Name>
  readonly moved: ReadonlyArray<Moved<Name>>
}

/**
 * Why no more can be served: the contenders match these licenses and no other, and there are fewer entitlements left for
 * them than contenders. Buying for one of these licenses is what would help.
 *
 * @since 0.1.0
 */
export interface Bottleneck {
  /** By id, each with the entitlements that neither earlier allocations nor upgrades use. */
  readonly licenses: ReadonlyArray<{ readonly license: LicenseId; readonly entitlements: number }>
  /** Each an installation, or those of one computer that share an entitlement. */
  readonly contenders: ReadonlyArray<{
    readonly computer: ComputerId
    readonly installations: ReadonlyArray<InstallationId>
  }>
}

/**
 * What the order of the rules cost a run.
 *
 * @since 0.1.0
 */
export interface Regret<Name extends string = RuleName> {
  /** How many installations the rules gave a license. */
  readonly served: number
  /** How many they could have given one. */
  readonly optimum: number
  /** `optimum - served`: as many as there are swaps. */
  readonly regret: number
  readonly swaps: ReadonlyArray<Swap<Name>>
  /** Why the others go without, but for those that no rule matches any license to. */
  readonly proof: Bottleneck
  /** How many went without because no rule matches any license to them, full or not. */
  readonly unmatched: number
}

// -------------------------------------------------------------------------------------
// from a matching to swaps
// -------------------------------------------------------------------------------------

const swapOf =
  <Name extends string>({ rivals, licenseAt }: Rivals<Name>, placeOf: Int32Array) =>
  (chain: ReadonlyArray<number>): Swap<Name> | undefined => {
    const steps = chain.flatMap((one) => {
      const rival = rivals[one]
      const to = licenseAt(one, placeOf[one] ?? NOBODY)
      if (rival === undefined || to === undefined) return []
      const from = licenseAt(one, rival.given)?.id
      return rival.subjects.flatMap((subject) => {
        const rule = optionsOf(rival.reader, subject).get(to)
        if (rule === undefined) return []
        return [{ computer: rival.computer, installation: subject.installation.id, from, to: to.id, rule }]
      })
    })
    const [first, ...others] = steps
    if (first === undefined) return undefined
    const { computer, installation, to: license, rule } = first
    return {
      served: { computer, installation, license, rule },
      moved: others.flatMap(({ from, ...move }) => (from === undefined ? [] : [{ ...move, from }])),
    }
  }

const regretIn = <Name extends string>(compiled: Compiled<Name>, given: Given<Name>): Regret<Name> => {
  const outcome = runOn(compiled)(given)
  const competition = rivalsOf(compiled.prepared, given.catalog, given.snapshots, outcome)
  const { rivals, licenses, graph } = competition
  const before = Int32Array.from(rivals, (rival) => rival.given)
  const { placeOf, isWanting, isInWant } = maximum(before, graph)
  const swaps = chains(before, placeOf)
    .map(swapOf(competition, placeOf))
    .filter((swap) => swap !== undefined)
  const served = outcome.decisions.reduce((sum, decision) => sum + (decision.outcome === 'allocated' ? 1 : 0), 0)
  return {
    served,
    optimum: served + swaps.length,
    regret: swaps.length,
    swaps,
    proof: {
      licenses: licenses
        .map(({ id }, place) => ({ license: id, entitlements: graph.room[place] ?? 0 }))
        .filter((_, place) => isInWant(place))
        .sort((a, b) => Text.compare(a.license, b.license)),
      contenders: rivals
        .filter((_, one) => isWanting(one) && graph.places(one).length > 0)
        .map(({ computer, subjects }) => ({
          computer,
          installations: subjects.map(({ installation }) => installation.id),
        })),
    },
    unmatched: rivals.filter((_, one) => isWanting(one) && graph.places(one).length === 0).length,
  }
}

// -------------------------------------------------------------------------------------
// regret
// -------------------------------------------------------------------------------------

/**
 * Runs records under `capacity: enforced`, whatever their policy says of capacity, and tells how many more installations an
 * optimal assignment would have served, which swaps recover them, and why no more can be. Records that contradict themselves
 * are rejections, as of {@link run}. Nothing is changed: the swaps are for a person to look at.
 *
 * It counts installations, and nothing else: not whether a worse rule matches, who was first, or what a move costs. An
 * optimum is one where no computer has several installations of one software that could share an entitlement and went
 * without, and no license is an upgrade of a limited one; elsewhere it is a number that can be reached and perhaps exceeded.
 *
 * @example
 * import assert from 'node:assert'
 * import { either as E } from 'fp-ts'
 * import { Allocation, AuditSnapshot, Catalog } from 'seatwise'
 *
 * const { right: catalog } = Catalog.decode({
 *   software: [{ id: 'visio', name: 'Visio', products: ['Visio 2024'] }],
 *   licenses: [
 *     { id: 'L-any', name: 'A: for anybody', software: 'visio', entitlements: 1, installationKey: 'QX7-21', main: true },
 *     { id: 'L-ann', name: 'B: for Ann', software: 'visio', entitlements: 1, restrictions: { owners: ['ann'] } },
 *   ],
 * })
 * const { right: snapshots } = AuditSnapshot.decodeAll([
 *   { computer: { id: 'pc-1', name: 'PC-1' }, owner: 'Ann', installations: [{ id: 'i-1', product: 'Visio 2024', installationKey: 'QX7-21' }] },
 *   { computer: { id: 'pc-2', name: 'PC-2' }, owner: 'Bob', installations: [{ id: 'i-2', product: 'Visio 2024' }] },
 * ])
 * assert.deepStrictEqual(Allocation.regret({ catalog, snapshots }), E.right({
 *   served: 1,
 *   optimum: 2,
 *   regret: 1,
 *   swaps: [{
 *     served: { computer: 'pc-2', installation: 'i-2', license: 'L-any', rule: '4' },
 *     moved: [{ computer: 'pc-1', installation: 'i-1', from: 'L-any', to: 'L-ann', rule: '2.8' }],
 *   }],
 *   proof: { licenses: [], contenders: [] },
 *   unmatched: 0,
 * }))
 *
 * @since 0.1.0
 */
export const regret = <Name extends string = RuleName>(
  given: Given<Name>,
): E.Either<RNEA.ReadonlyNonEmptyArray<Rejection>, Regret<Name>> => {
  const enforced: Given<Name> = { ...given, policy: { ...given.policy, capacity: 'enforced' } }
  return E.map((compiled: Compiled<Name>) => regretIn(compiled, enforced))(ready(enforced))
}
