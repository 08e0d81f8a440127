// @ts-check
/**
 * Writes as many snapshots as asked for to standard output, a line each, for whoever wants to see a long stream:
 * node docs/examples/stream/many.mjs 500000. They are those of the example estate, again and again, each on a computer of
 * its own and with twenty installations.
 */
import { once } from 'node:events'
import { readFileSync } from 'node:fs'

/** Installations a snapshot. */
const EACH = 20

/** Snapshots that are written at once. */
const PART = 100

/** @type {ReadonlyArray<{ installations?: ReadonlyArray<object> }>} */
const snapshots = JSON.parse(readFileSync(new URL('../estate/snapshots.json', import.meta.url), 'utf8'))
const installations = snapshots.flatMap((snapshot) => snapshot.installations ?? [])

const line = (/** @type {number} */ at) =>
  JSON.stringify({
    ...snapshots[at % snapshots.length],
    computer: { id: `pc-${String(at)}`, name: `PC-${String(at)}` },
    installations: Array.from({ length: EACH }, (_, place) => ({
      ...installations[(at * EACH + place) % installations.length],
      id: `i-${String(place)}`,
    })),
  })

const { stdout } = process
stdout.on('error', () => process.exit())

const count = Number(process.argv[2] ?? 1_000)
for (let from = 0; from < count; from += PART) {
  const lines = Array.from({ length: Math.min(PART, count - from) }, (_, at) => `${line(from + at)}\n`)
  if (!stdout.write(lines.join(''))) await once(stdout, 'drain')
}
