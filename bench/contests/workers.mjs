// @ts-check
/**
 * Two workers against one: bytes of NDJSON in a file, of which each worker reads, parses and decides sections, and gives
 * back a number an installation. By the clock always: what two workers save is not the processors' time.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { contest } from '../contest.mjs'
import { codeIn, Disagreement } from '../library.mjs'
import { load } from '../packages.mjs'
import { reasonOf } from '../peers/index.mjs'
import { decideAll, someInstallations, worldOf } from './estate.mjs'

/** Sections a run is cut into: several for each worker, so that both end at about the same time. */
const SECTIONS = 16

/** @type {(settings: import('../contest.mjs').Settings) => Promise<ReadonlyArray<import('../contest.mjs').Result>>} */
export const workers = async (settings) => {
  if (!settings.peers) return []
  /** @type {any} */
  let tinypool
  try {
    tinypool = await load('tinypool')
  } catch (error) {
    settings.absent['tinypool'] = reasonOf(error)
    return []
  }
  const world = worldOf(settings, someInstallations(settings), Math.min(...settings.licenses))
  const folder = mkdtempSync(join(tmpdir(), 'seatwise-bench-'))
  const filename = fileURLToPath(new URL('worker.mjs', import.meta.url))
  const poolOf = (/** @type {number} */ threads) =>
    new tinypool.Tinypool({ filename, minThreads: threads, maxThreads: threads, isolateWorkers: false })
  const pools = { one: poolOf(1), two: poolOf(2) }
  try {
    const [catalog, file] = [join(folder, 'catalog.json'), join(folder, 'snapshots.ndjson')]
    const lines = world.lines(world.installations).map((line) => Buffer.from(`${line}\n`))
    writeFileSync(catalog, world.catalogText)
    writeFileSync(file, Buffer.concat(lines))
    /** @type {Array<import('./worker.mjs').Task>} */
    const tasks = []
    const perSection = Math.ceil(lines.length / SECTIONS)
    let from = 0
    for (let line = 0; line < lines.length; line += perSection) {
      const to = lines.slice(line, line + perSection).reduce((end, { length }) => end + length, from)
      tasks.push({ catalog, file, from, to })
      from = to
    }
    /** @type {(pool: any) => Promise<ReadonlyArray<Int32Array>>} */
    const runOn = (pool) => Promise.all(tasks.map((task) => pool.run(task)))

    const codeOf = codeIn(world.catalog)
    const wanted = decideAll(world.decide, world.fresh()).map(codeOf).join()
    for (const pool of [pools.one, pools.two])
      if ((await runOn(pool)).map((codes) => codes.join()).join() !== wanted)
        throw new Disagreement('the workers disagree with the engine')

    const pieces = world.installations
    const fresh = () => undefined
    const clock = /** @type {const} */ ('wall')
    const measured = await contest(settings, `workers: ${world.name}`, [
      { name: 'one worker', pieces, fresh, run: () => runOn(pools.one), clock },
      { name: 'two workers', pieces, fresh, run: () => runOn(pools.two), clock },
    ])
    return [
      {
        title: `Workers, bytes of NDJSON to codes, ${world.name}: ns an installation`,
        notes: ['By the clock; both workers need a processor of their own.'],
        rows: measured.rows,
        ratios: measured.ratio('twoWorkers', 'one worker', 'two workers'),
        figures: [],
      },
    ]
  } finally {
    await Promise.all([pools.one.destroy(), pools.two.destroy()])
    rmSync(folder, { recursive: true, force: true })
  }
}
