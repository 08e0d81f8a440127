// @ts-check
// Runs conformance vectors through both readers: npm run vectors -- [--fresh] FILE...
//
// Exit status 0 when every vector passes; 1 when one fails; 2 for usage, an unreadable file, an unknown format or no
// vector at all. The last line is always `N passed, M failed`.
import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { FORMATS, needsState } from './formats.mjs'

class Unusable extends Error {}

const readVectors = async (/** @type {string} */ file) => {
  const text = await readFile(file, 'utf8').catch((/** @type {Error} */ { message }) => {
    throw new Unusable(`cannot read ${file}: ${message}`)
  })
  /** @type {any} */
  let parsed
  try {
    parsed = JSON.parse(text)
  } catch {
    throw new Unusable(`${file} is not JSON`)
  }
  const run = FORMATS[parsed?.format]
  if (run === undefined)
    throw new Unusable(
      `${file}: unknown format ${JSON.stringify(parsed?.format)}; known: ${Object.keys(FORMATS).join(', ')}`,
    )
  if (!Array.isArray(parsed.vectors)) throw new Unusable(`${file} has no list of vectors`)
  return /** @type {{ format: string, vectors: ReadonlyArray<import('./formats.mjs').Vector>, run: typeof run }} */ ({
    format: parsed.format,
    vectors: parsed.vectors,
    run,
  })
}

const main = async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { fresh: { type: 'boolean', default: false } },
  })
  if (positionals.length === 0) throw new Unusable('usage: npm run vectors -- [--fresh] FILE...')
  let passed = 0
  let failed = 0
  let leftOut = 0
  for (const file of positionals) {
    const { format, vectors, run } = await readVectors(file)
    for (const vector of vectors) {
      if (values.fresh && needsState(format, vector)) {
        leftOut += 1
        continue
      }
      const failures = run(vector)
      if (failures.length === 0) passed += 1
      else failed += 1
      for (const { id, reader, expected, actual } of failures) {
        console.log(`${id} fails in the ${reader} reader: ${vector.title}`)
        console.log(`  expected ${JSON.stringify(expected)}`)
        console.log(`  actual   ${JSON.stringify(actual)}`)
      }
    }
  }
  if (values.fresh) console.log(`${String(leftOut)} left out: they need earlier allocations, capacity or existing`)
  return { passed, failed }
}

const report = (/** @type {{ passed: number, failed: number }} */ { passed, failed }) => {
  console.log(`${String(passed)} passed, ${String(failed)} failed`)
}

try {
  const counts = await main()
  if (counts.passed + counts.failed === 0) console.error('there is no vector to run')
  process.exitCode = counts.passed + counts.failed === 0 ? 2 : counts.failed === 0 ? 0 : 1
  report(counts)
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = 2
  report({ passed: 0, failed: 0 })
}
