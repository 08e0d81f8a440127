/**
 * Everything that must hold: `npm test`. The steps are scripts of package.json, cheapest first; those of a line run side
 * by side, and a step that fails ends the run after its line. The last line counts the tests: `N passed, N failed`, where
 * a step that is no test counts only when it fails.
 */
import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const reports = join(root, 'node_modules/.cache/seatwise')

const terminal = process.stdout.isTTY

const lines = [
  ['build'],
  ['types', 'lint', 'floors'],
  ['docs-check', 'reference-check'],
  ['unit-tests'],
  ['package-checks', 'consumers'],
]
/** The steps that are tests and report how many. */
const counting = new Set(['unit-tests', 'consumers'])

/** @typedef {{ readonly step: string, readonly ok: boolean, readonly seconds: number, readonly output: string }} Ran */
/** @typedef {{ readonly passed: number, readonly failed: number, readonly skipped: ReadonlyArray<string> }} Count */

const reportOf = (/** @type {string} */ step) => join(reports, `${step}.json`)

/**
 * Runs a step. One that has the line for itself and counts may take minutes, and is heard while it runs; what another
 * says is kept until it fails.
 *
 * @type {(step: string, alone: boolean) => Promise<Ran>}
 */
const run = (step, alone) =>
  new Promise((done) => {
    const heard = alone && counting.has(step)
    if (heard) console.log(`  ${step} …`)
    const start = performance.now()
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${reportOf(step)}`]
    const options = counting.has(step) ? ['--', ...reporters, ...(terminal ? [] : ['--no-color'])] : []
    const child = spawn('npm', ['run', '--silent', step, ...options], {
      cwd: root,
      env: { ...process.env, ...(terminal && !heard ? { FORCE_COLOR: '1' } : {}) },
      shell: process.platform === 'win32',
      stdio: heard ? ['ignore', 'inherit', 'inherit'] : ['ignore', 'pipe', 'pipe'],
    })
    /** @type {Array<Buffer>} */
    const output = []
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => output.push(chunk))
    child.on('close', (code) => {
      const seconds = (performance.now() - start) / 1000
      done({ step, ok: code === 0, seconds, output: Buffer.concat(output).toString() })
    })
  })

/**
 * What the report of a step says, as vitest wrote it. A file that could not be loaded, a crash or an error outside of any
 * test is one failure.
 *
 * @type {(ran: Ran) => Count}
 */
const count = ({ step, ok }) => {
  try {
    const report = JSON.parse(readFileSync(reportOf(step), 'utf8'))
    /** @type {ReadonlyArray<{ status: string, fullName: string }>} */
    const tests = report.testResults.flatMap((/** @type {any} */ file) => file.assertionResults)
    const skipped = tests.filter(({ status }) => status !== 'passed' && status !== 'failed')
    return {
      passed: tests.filter(({ status }) => status === 'passed').length,
      failed: Math.max(tests.filter(({ status }) => status === 'failed').length, ok ? 0 : 1),
      skipped: skipped.map(({ fullName }) => fullName),
    }
  } catch {
    return { passed: 0, failed: ok ? 0 : 1, skipped: [] }
  }
}

/** @type {(ran: Ran) => Count} */
const tell = (ran) => {
  const { step, ok, seconds, output } = ran
  const counted = counting.has(step) ? count(ran) : { passed: 0, failed: ok ? 0 : 1, skipped: [] }
  const tests = counting.has(step) ? `   ${String(counted.passed)} tests passed` : ''
  console.log(`${ok ? '✓' : '✗'} ${step.padEnd(16)}${seconds.toFixed(1).padStart(6)} s${tests}`)
  if (!ok && output !== '') console.log(`\n${output.trim()}\n`)
  return counted
}

mkdirSync(reports, { recursive: true })
for (const step of counting) rmSync(reportOf(step), { force: true })

/** @type {Array<Count>} */
const counts = []
for (const steps of lines) {
  const ran = await Promise.all(steps.map((step) => run(step, steps.length === 1)))
  counts.push(...ran.map(tell))
  if (!ran.every(({ ok }) => ok)) break
}

const sum = (/** @type {'passed' | 'failed'} */ what) => counts.reduce((total, counted) => total + counted[what], 0)
const skipped = counts.flatMap((counted) => counted.skipped)
if (skipped.length > 0) console.log(['\nleft out:', ...skipped].join('\n  '))
console.log(`\n${String(sum('passed'))} passed, ${String(sum('failed'))} failed`)
if (sum('failed') > 0) process.exitCode = 1
