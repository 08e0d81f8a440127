/**
 * What is wrong with an estate, or worth a look: findings, each with a witness that can be checked.
 *
 * Laws:
 *
 * 1. Truth: what a finding says holds of the estate on that day, and its witness shows it
 * 2. Irrelevance: neither the order of records nor that of the keys in them matters
 * 3. Secrecy: no serial number is in a finding but masked
 *
 * @since 0.1.0
 */
import { E, type RNEA } from '../../prelude.js'
import type { Estate } from '../../record/Estate.js'
import type { Rejection } from '../../record/Rejection.js'
import { inOrder } from '../../rule/Finding.js'
import * as Day from '../../value/Day.js'
import type { Instant } from '../../value/Instant.js'
import { faultsOfInstant, readEstate, type Distinct } from '../contradictions.js'
import type { Finding } from './finding.js'
import { ledgerOf } from './ledger.js'
import { ofConditions } from './ofConditions.js'
import { ofEstate } from './ofEstate.js'
import { ofPacks } from './ofPacks.js'

/**
 * The options of an analysis: the instant whose UTC day is today (ALD-51).
 *
 * @since 0.1.0
 */
export interface AnalysisOptions {
  readonly now: Instant
}

/**
 * Analyzes an estate: packs that no device meets, that never come first, that nobody can use; conditions on what nobody
 * knows; tenants that could be served from each other's packs; settings that switch everything off (`findingCodes` has them
 * all). Contradictions are a `Left`, as they are of a plan (ALD-114).
 *
 * @example
 * import assert from 'node:assert'
 * import { either as E, function as F } from 'fp-ts'
 * import { Deployment, Estate, Instant } from 'seatwise'
 *
 * const pack = { licenseType: 'workspace-edition', total: 50, registered: '2026-02-01', umsIds: ['ums-1'] }
 * const decoded = Estate.decode({
 *   settings: { umsVersion: '12.10.100', umsId: 'ums-1', automaticDeployment: true },
 *   packs: [{ ...pack, id: 'P-1', allocated: 12 }, { ...pack, id: 'P-2', allocated: 3 }],
 *   devices: [{ id: 'd-1', unitId: '00E0C5000001', osVersion: '12.5.0', registered: '2026-03-10T08:00:00Z' }],
 * })
 * const found = F.pipe(
 *   Instant.parse('2026-03-10T12:00:00Z'),
 *   E.fromOption(() => []),
 *   E.chainW((now) => F.pipe(decoded, E.chainW(({ right }) => Deployment.analyze({ now })(right)))),
 *   E.map((findings) => findings.map(({ code, records }) => [code, records.map(({ id }) => id)])),
 * )
 * assert.deepStrictEqual(found, E.right([['pack-never-first', ['P-2', 'P-1']]]))
 *
 * @since 0.1.0
 */
export const analyze =
  ({ now }: AnalysisOptions) =>
  (given: Estate): E.Either<RNEA.ReadonlyNonEmptyArray<Rejection>, ReadonlyArray<Finding>> =>
    E.map(({ estate }: Distinct): ReadonlyArray<Finding> => {
      const ledger = ledgerOf(estate, Day.ofInstant(now))
      return inOrder([...ofPacks(ledger), ...ofConditions(ledger), ...ofEstate(ledger)])
    })(readEstate(given, faultsOfInstant('now', now)))
