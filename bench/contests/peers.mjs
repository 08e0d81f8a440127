// @ts-check
/**
 * The engine against its peers: from the same objects to one answer object each. What a peer answers is compared with the
 * engine's decisions (outcome, license and rule; no peer tells ties, violations or warnings) before anything is timed.
 */
import { contest } from '../contest.mjs'
import { batchOf, Disagreement } from '../library.mjs'
import { whole } from '../measure.mjs'
import { loadPeers, reasonOf, versionOf } from '../peers/index.mjs'
import { decideAll, someInstallations, STRICT, worldOf } from './estate.mjs'

/** @typedef {import('./estate.mjs').World} World */
/** @typedef {import('../peers/facts.mjs').Answer} Answer */
/** @typedef {import('../peers/facts.mjs').Peer} Peer */
/** @typedef {import('../peers/facts.mjs').Prepared} Prepared */

/** How often a peer decides all that it is patient enough for before it is timed. */
const WARM_UP = 3

/** @type {(world: World, name: string, count: number, answers: ReadonlyArray<Answer>) => void} */
const check = (world, name, count, answers) => {
  const place = (/** @type {{ computer: string, installation: string }} */ { computer, installation }) =>
    `${computer} ${installation}`
  const wanted = new Map(decideAll(world.decide, world.fresh(count)).map((decision) => [place(decision), decision]))
  const differs = (/** @type {Answer} */ answer) => {
    const decision = wanted.get(place(answer))
    const { outcome, license, rule } = answer
    return decision?.outcome !== outcome || decision.license !== license || decision.rule !== rule
  }
  const wrong = answers.find(differs)
  if (answers.length !== wanted.size || wrong !== undefined)
    throw new Disagreement(
      `${name} disagrees: ${answers.length} answers of ${wanted.size}; ${JSON.stringify([wrong, wrong && wanted.get(place(wrong))])}`,
    )
}

/** @type {(settings: import('../contest.mjs').Settings, installations: number, licenses: number, chosen: (peer: Peer) => boolean) => Promise<import('../contest.mjs').Result>} */
const against = async (settings, installations, licenses, chosen) => {
  const { peers, absent } = await loadPeers()
  Object.assign(settings.absent, absent)
  const world = worldOf(settings, installations, licenses)
  const pieces = world.installations
  const batch = batchOf(world.catalog, STRICT)
  /** @type {Array<import('../contest.mjs').Contestant<any>>} */
  const contestants = [
    { name: 'seatwise, objects', pieces, fresh: () => world.fresh(), run: (given) => decideAll(world.decide, given) },
    { name: 'seatwise, columns', pieces, fresh: () => batch.columns(world.fresh()), run: batch.decideColumns },
  ]
  /** @type {Array<{ peer: Peer, prepared: Prepared, count: number }>} */
  const running = []
  for (const peer of peers.filter(chosen)) {
    settings.tell(`${world.name}: ${peer.name} answers`)
    const count = Math.min(settings.quick && peer.kind !== 'database' ? peer.sample / 4 : peer.sample, pieces)
    /** @type {Prepared} */
    let prepared
    /** @type {ReadonlyArray<Answer>} */
    let answers
    try {
      prepared = await peer.prepare(world.catalog)
      // More than it is asked in a turn, so that a short turn does not find it cold.
      const most = Math.min(peer.sample, pieces)
      for (let time = 0; time < WARM_UP; time += 1) await prepared.decide(world.fresh(most))
      answers = await prepared.decide(world.fresh(count))
    } catch (error) {
      settings.absent[peer.name] = reasonOf(error)
      continue
    }
    check(world, peer.name, count, answers)
    running.push({ peer, prepared, count })
    const clock = peer.name.includes('two threads') ? /** @type {const} */ ({ clock: 'wall' }) : {}
    const { decide, warm } = prepared
    const twice = peer.kind !== 'database'
    contestants.push({ name: peer.name, pieces: count, fresh: () => world.fresh(count), run: decide, twice, ...clock })
    // Without what it costs to load the objects: no target is about that.
    if (warm !== undefined && !settings.quick) {
      check(world, `${peer.name}, warm`, count, await (await warm(world.fresh(count)))())
      const run = (/** @type {() => unknown} */ ask) => ask()
      contestants.push({
        name: `${peer.name}, warm`,
        pieces: count,
        fresh: () => warm(world.fresh(count)),
        run,
        ...clock,
      })
    }
  }
  const measured = await contest(settings, `peers: ${world.name}`, contestants)
  for (const { prepared } of running) prepared.close?.()

  const ahead = (/** @type {string} */ name, /** @type {string} */ peer, over = 'seatwise, objects') =>
    measured.ratio(name, peer, over)
  const costOf = (/** @type {Peer} */ { name }) => measured.rows.find((row) => row.name === name)?.ns.value ?? Infinity
  const [fastest] = running
    .map(({ peer }) => peer)
    .filter(({ kind }) => kind === 'rule engine')
    .sort((a, b) => costOf(a) - costOf(b))
  const packages = [...new Set(running.map(({ peer }) => peer.package ?? ''))]
  const versions = packages.map((name) => `${name} ${versionOf(name) ?? ''}`)
  const samples = running.filter(({ count }) => count < pieces).map(({ peer, count }) => `${peer.name} ${whole(count)}`)
  return {
    title: `Peers, ${world.name}: ns an installation`,
    notes: [
      `Versions: ${versions.join(', ')}.`,
      ...(samples.length === 0 ? [] : [`On the first installations only: ${samples.join(', ')}.`]),
      ...(fastest === undefined ? [] : [`The fastest rule engine is ${fastest.name}.`]),
    ],
    rows: measured.rows,
    ratios: [
      ...ahead('duckdb1', 'DuckDB, one thread'),
      ...ahead('duckdb2', 'DuckDB, two threads'),
      ...ahead('sqlite', 'SQLite'),
      ...(fastest === undefined ? [] : ahead('fastestRuleEngine', fastest.name)),
      ...ahead('jsonRulesEngine', 'json-rules-engine'),
      ...ahead('zenEngine', 'zen-engine'),
      ...ahead('cedarWasm', 'cedar-wasm'),
      ...ahead('fpTsProgram', 'fp-ts program'),
      ...ahead('duckdb1Warm', 'DuckDB, one thread, warm', 'seatwise, columns'),
      ...ahead('duckdb1WarmOverObjects', 'DuckDB, one thread, warm'),
      ...ahead('sqliteWarm', 'SQLite, warm', 'seatwise, columns'),
    ],
    figures: [],
  }
}

/** Databases once more with the most licenses, where they are at their best. @type {(settings: import('../contest.mjs').Settings) => Promise<ReadonlyArray<import('../contest.mjs').Result>>} */
export const peers = async (settings) => {
  if (!settings.peers) return []
  const installations = someInstallations(settings)
  const [few, many] = [Math.min(...settings.licenses), Math.max(...settings.licenses)]
  const results = [await against(settings, installations, few, () => true)]
  if (!settings.quick && many > few)
    results.push(await against(settings, installations, many, ({ kind }) => kind === 'database'))
  return results
}
