// @ts-check
/**
 * A whole synchronization against the plain batch, both from the catalog on: with earlier allocations of nine computers in
 * ten, with enforced capacity, and a Session in which one snapshot in a hundred has changed.
 */
import { deepStrictEqual } from 'node:assert'
import { contest } from '../contest.mjs'
import { Allocation, compile, Disagreement, must } from '../library.mjs'
import { decideAll, someInstallations, STRICT, worldOf } from './estate.mjs'

const { Session } = Allocation

/** @typedef {import('seatwise').Allocation.Given} Given */

/** @type {(settings: import('../contest.mjs').Settings) => Promise<ReadonlyArray<import('../contest.mjs').Result>>} */
export const synchronization = async (settings) => {
  const installations = someInstallations(settings)
  const world = worldOf(settings, installations, Math.min(...settings.licenses), { limited: 0.5 })
  const { catalog } = world
  const enforced = /** @type {const} */ ({ ...STRICT, capacity: 'enforced' })
  const earlier = (/** @type {Given['policy']} */ policy) => {
    const snapshots = world.fresh().filter((_, index) => index % 10 > 0)
    return Allocation.next([])(must(Allocation.run({ catalog, snapshots, ...(policy && { policy }) })))
  }
  /** Allocations come from elsewhere: their texts are not those of the snapshots. */
  const texts = { plain: JSON.stringify(earlier(STRICT)), enforced: JSON.stringify(earlier(enforced)) }
  /** @type {(mode: 'plain' | 'enforced') => Given} */
  const given = (mode) => ({
    catalog,
    snapshots: world.fresh(),
    allocations: JSON.parse(texts[mode]),
    policy: mode === 'plain' ? STRICT : enforced,
  })
  const session = must(Session.start(given('plain')))
  const changes = () => ({
    snapshots: world
      .fresh()
      .filter((_, index) => index % 100 === 50)
      .map((snapshot) => ({ ...snapshot, installations: (snapshot.installations ?? []).slice(1) })),
  })
  const changed = must(Session.change(changes())(session))
  const batch = (/** @type {import('../library.mjs').Snapshots} */ snapshots) =>
    decideAll(compile(catalog, STRICT), snapshots)
  try {
    deepStrictEqual(Session.outcome(changed), must(Allocation.run(Session.given(changed))))
    const snapshots = world.fresh(20_000)
    const alone = must(Allocation.run({ catalog, snapshots, policy: STRICT })).decisions
    const place = (/** @type {{ computer: string, installation: string }} */ { computer, installation }) =>
      `${computer} ${installation}`
    const byPlace = new Map(alone.map((decision) => [place(decision), decision]))
    for (const decision of batch(snapshots)) deepStrictEqual(decision, byPlace.get(place(decision)))
  } catch {
    throw new Disagreement('a run, a session and the batch disagree')
  }

  const pieces = world.installations
  const measured = await contest(settings, `synchronization: ${world.name}`, [
    { name: 'compile and batch', pieces, fresh: () => world.fresh(), run: batch },
    { name: 'run', pieces, fresh: () => given('plain'), run: Allocation.run },
    { name: 'run, capacity enforced', pieces, fresh: () => given('enforced'), run: Allocation.run },
    { name: 'Session.change', pieces, fresh: changes, run: (given) => Session.change(given)(session) },
    { name: 'Session.outcome', pieces, fresh: () => undefined, run: () => Session.outcome(changed) },
  ])
  return [
    {
      title: `Synchronizing ${world.name}: ns an installation of the whole`,
      notes: ['Runs have earlier allocations of nine computers in ten; half of the licenses are limited.'],
      rows: measured.rows,
      ratios: [
        ...measured.ratio('runOverBatch', 'run', 'compile and batch'),
        ...measured.ratio('enforcedOverBatch', 'run, capacity enforced', 'compile and batch'),
        ...measured.ratio('sessionStepOverRun', 'Session.change', 'run'),
        ...measured.ratio('sessionOutcomeOverRun', 'Session.outcome', 'run'),
      ],
      figures: [],
    },
  ]
}
