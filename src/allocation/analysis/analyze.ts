/**
 * What is wrong with a catalog, or worth a look: findings, each with a witness that can be checked.
 *
 * Laws:
 *
 * 1. Truth: what a finding says holds of every snapshot, and its witness shows it
 * 2. Irrelevance: neither the order of records nor that of the keys in them matters
 * 3. Secrecy: no serial number or installation key is in a finding but masked
 *
 * It is near linear in the catalog; a tracked software that takes too long is told as a finding.
 *
 * @since 0.1.0
 */
import { E, type RNEA } from '../../prelude.js'
import type { Allocation } from '../../record/Allocation.js'
import { decode as decodePolicy, type AllocationPolicy } from '../../record/AllocationPolicy.js'
import type { AuditSnapshot } from '../../record/AuditSnapshot.js'
import type { Catalog } from '../../record/Catalog.js'
import type { RuleName } from '../../record/Decision.js'
import type { Rejection } from '../../record/Rejection.js'
import { inOrder } from '../../rule/Finding.js'
import { compliance, type Compliance } from '../compliance.js'
import { choicesOf, type Options } from '../options.js'
import { prepare, type Prepared } from '../prepare.js'
import type { Finding } from './finding.js'
import { ledgerOf } from './ledger.js'
import { ofKeys } from './ofKeys.js'
import { ofRules } from './ofRules.js'
import { ofScopes } from './ofScopes.js'
import { ofSoftware } from './ofSoftware.js'
import { ofUnits } from './ofUnits.js'
import { ofUse } from './ofUse.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/**
 * The options of an analysis: those by which snapshots are decided, and what is known besides. With `capacity: enforced` a
 * license only counts as shadowed by those that are never full. `asOf` is the day on which licenses have expired, whether or
 * not the policy excludes them. `allocations`, and the latest snapshot of each computer, say what is used.
 *
 * @since 0.1.0
 */
export interface AnalysisOptions<Name extends string = RuleName> extends Omit<Options<Name>, 'reader'> {
  readonly capacity?: AllocationPolicy['capacity']
  readonly allocations?: ReadonlyArray<Allocation>
  readonly snapshots?: ReadonlyArray<AuditSnapshot>
}

// -------------------------------------------------------------------------------------
// analysis
// -------------------------------------------------------------------------------------

const NOTHING_USED: Compliance = { licenses: [], software: [] }

/**
 * Analyzes a catalog: licenses that never win and by whom they are shadowed, keys that occur twice or are none, restrictions
 * that nobody can meet, main licenses, references that find nothing, entitlements that are exceeded (`findingCodes` has them
 * all). Contradictions and senseless options are a `Left`, as they are of a decision (ALLOC-47).
 *
 * @example
 * import assert from 'node:assert'
 * import { either as E, function as F } from 'fp-ts'
 * import { Allocation, Catalog } from 'seatwise'
 *
 * const { right: catalog } = Catalog.decode({
 *   software: [{ id: 'visio', name: 'Visio', products: ['Visio 2024'] }],
 *   licenses: [
 *     { id: 'L-1', name: 'Visio A', software: 'visio', restrictions: { owners: ['Ann Lee', 'Bo Chen'] }, main: true },
 *     { id: 'L-2', name: 'Visio B', software: 'visio', restrictions: { owners: ['ann lee'] } },
 *   ],
 * })
 * const found = F.pipe(catalog, Allocation.analyze(), E.map((findings) => findings.map(({ code, records }) => [code, records.map(({ id }) => id)])))
 * assert.deepStrictEqual(found, E.right([['never-wins', ['L-2', 'L-1']]]))
 *
 * @since 0.1.0
 */
export const analyze =
  <Name extends string = RuleName>(options: AnalysisOptions<Name> = {}) =>
  (catalog: Catalog): E.Either<RNEA.ReadonlyNonEmptyArray<Rejection>, ReadonlyArray<Finding>> => {
    const { capacity, allocations = [], snapshots = [], ...others } = options
    const choices = choicesOf<Name>(others)
    const ofCapacity = capacity === undefined ? E.right({}) : decodePolicy({ capacity })
    const prepared = prepare(choices)(catalog)
    const [fault, ...faults] = [
      ...(E.isLeft(ofCapacity) ? ofCapacity.left : []),
      ...(E.isLeft(prepared) ? prepared.left : []),
    ]
    if (fault !== undefined) return E.left([fault, ...faults])
    const judged: E.Either<RNEA.ReadonlyNonEmptyArray<Rejection>, Compliance> = allocations.length === 0
      ? E.right(NOTHING_USED)
      : compliance({ catalog, snapshots, allocations })
    return E.chain((ready: Prepared<Name>) =>
      E.map((standing: Compliance): ReadonlyArray<Finding> => {
        const ledger = ledgerOf(catalog, ready, choices.policy.text ?? 'case-insensitive', {
          asOf: choices.asOf,
          isEnforced: capacity === 'enforced',
          allocations,
        })
        const families = [ofRules, ofKeys, ofUnits, ofScopes, ofSoftware, ofUse(standing)]
        return inOrder(families.flatMap((family) => family(ledger)))
      })(judged),
    )(prepared)
  }
