/**
 * Worlds with a past keep their promises: nothing that a whole run or compliance can say is so rare that the laws would
 * hardly ever see it.
 */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  covers,
  isReleasedAsGone,
  isReported,
  isSetAside,
  standingFor,
  type SynchronizationResult,
} from '../model/synchronization.js'
import { complianceByModel, pastWorld, RUN_OPTIONS, synchronizeByModel, type PastWorld } from './synchronization.js'

/** What happens in a world, each thing once. */
const eventsIn = (given: PastWorld, { decisions, released, passedOver, next }: SynchronizationResult) => {
  const { catalog, snapshots, policy, allocations } = given
  const found = snapshots.flatMap((snapshot) =>
    (snapshot.installations ?? []).map((installation) => ({ snapshot, installation })),
  )
  const decided = decisions.filter(({ rule }) => rule !== undefined)
  const isAlike = (one: { readonly computer: string; readonly installation: string }) => (other: typeof one) =>
    one.computer === other.computer && one.installation === other.installation
  const aside = allocations.filter(
    (each) =>
      isSetAside(given, each) &&
      isReported(given, each.computer) &&
      found.some(({ snapshot, installation }) => covers(each, snapshot, installation)),
  )
  const remains = aside.filter(
    (each) => !released.some((one) => one.license === each.license && one.computer === each.computer),
  )
  const statusOf = (license: string): string => {
    const known = catalog.licenses.find(({ id }) => id === license)
    return known === undefined ? 'an unknown license' : 'a known license'
  }
  return [
    ...Object.entries(RUN_OPTIONS).map(([option, [usual]]) => {
      const chosen = policy[option as keyof typeof RUN_OPTIONS] ?? usual
      return `${option}: ${chosen}`
    }),
    ...decisions.map(({ outcome }) => outcome),
    ...decisions
      .filter(({ outcome, violations }) => outcome === 'kept' && violations !== undefined)
      .map(() => 'kept with a violation'),
    ...decisions
      .filter(({ outcome, license }) => outcome === 'kept' && statusOf(license!) === 'an unknown license')
      .map(() => 'kept with a license that could not be read'),
    ...decided.filter((each) => passedOver.some(isAlike(each))).map(() => 'allocated, a full license passed over'),
    ...passedOver.map(({ because }) => `full ${because}`),
    ...released.map((each) => (isReleasedAsGone(given, each) ? 'released under 58' : 'released under 78')),
    ...released.map(({ origin, license }) => `released: ${origin}, of ${statusOf(license)}`),
    ...(remains.length > 0 ? ['not released, the same license came out'] : []),
    ...found.flatMap(({ snapshot, installation }) =>
      standingFor(given, snapshot, installation).length > 1 && isReported(given, snapshot.computer.id)
        ? ['lost under 76']
        : [],
    ),
    ...(snapshots.some(({ computer }) => !isReported(given, computer.id)) ? ['a computer that is not reported'] : []),
    ...(given.incomplete.length > 0 ? ['an installation that could not be read'] : []),
    ...complianceByModel({ ...given, allocations: next, decisions }).licenses.flatMap(
      ({ license, compliant, position, used, reconciled }) => {
        const { metric = 'installation' } = catalog.licenses.find(({ id }) => id === license)!
        return [
          `${metric}: ${compliant ? 'compliant' : 'not compliant'}`,
          `${metric}: ${used > 0 ? 'used' : 'unused'}`,
          position ?? 'not limited',
          ...(used > reconciled && reconciled > 0 ? ['partly reconciled'] : []),
        ]
      },
    ),
  ]
}

const KINDS = [
  ...Object.entries(RUN_OPTIONS).flatMap(([option, values]) => values.map((value) => `${option}: ${value}`)),
  ...['allocated', 'kept', 'unreconciled', 'untracked', 'skipped'],
  ...['kept with a violation', 'kept with a license that could not be read'],
  ...['allocated, a full license passed over', 'full by itself', 'full by upgrades'],
  ...['released under 58', 'released under 78', 'not released, the same license came out', 'lost under 76'],
  ...['automatic', 'manual'].flatMap((origin) =>
    ['a known license', 'an unknown license'].map((license) => `released: ${origin}, of ${license}`),
  ),
  ...['a computer that is not reported', 'an installation that could not be read'],
  ...['installation', 'named-computer', 'site', 'user'].flatMap((metric) =>
    ['compliant', 'not compliant', 'used', 'unused'].map((kind) => `${metric}: ${kind}`),
  ),
  ...['none: compliant', 'none: used'],
  ...['over-licensed', 'balanced', 'under-licensed', 'not limited', 'partly reconciled'],
]

test('everything that a whole run and compliance can say is common in worlds with a past', () => {
  const worlds = fc.sample(pastWorld, { numRuns: 600, seed: 73 })
  const counts = new Map<string, number>()
  for (const each of worlds)
    for (const kind of new Set(eventsIn(each, synchronizeByModel(each)))) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  for (const kind of KINDS) expect((counts.get(kind) ?? 0) / worlds.length, kind).toBeGreaterThanOrEqual(0.03)
})
