// @ts-check
/**
 * The peers. One that cannot be loaded is absent, with the reason; nothing else depends on it.
 */
import { readFileSync } from 'node:fs'

/** @typedef {import('./facts.mjs').Peer} Peer */

const NAMES = ['fp-ts', 'json-rules-engine', 'rools', 'node-rules', 'zen-engine', 'cedar-wasm', 'duckdb', 'sqlite']

/** @type {(name: string) => string | undefined} */
export const versionOf = (name) => {
  for (const folder of ['../node_modules', '../../node_modules'])
    try {
      return JSON.parse(readFileSync(new URL(`${folder}/${name}/package.json`, import.meta.url), 'utf8')).version
    } catch {
      // Not there: it may be in the other folder.
    }
  return undefined
}

/** @returns {Promise<{ peers: ReadonlyArray<Peer>, absent: Readonly<Record<string, string>> }>} */
export const loadPeers = async () => {
  /** @type {Array<Peer>} */
  const peers = []
  /** @type {Record<string, string>} */
  const absent = {}
  for (const name of NAMES)
    try {
      /** @type {{ peers: ReadonlyArray<Peer> }} */
      const loaded = await import(`./${name}.mjs`)
      peers.push(...loaded.peers)
    } catch (error) {
      absent[name] = reasonOf(error)
    }
  return { peers, absent }
}

/** The first line of what went wrong. */
export const reasonOf = (/** @type {unknown} */ error) =>
  (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? ''
