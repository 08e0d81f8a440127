// @ts-check
/**
 * Decides a stream of audit snapshots: node docs/examples/stream/main.mjs --catalog FILE, see `--help`.
 *
 * All that touches the world is here: arguments, files, standard streams, signals and the exit status. Lines are cut in
 * lines.mjs and decided in decide.mjs.
 */
import { once } from 'node:events'
import { createReadStream } from 'node:fs'
import { resolve } from 'node:path'
import { addAbortSignal } from 'node:stream'
import { parseArgs } from 'node:util'
import { either as E, function as F } from 'fp-ts'
import { Allocation, Catalog, Text } from 'seatwise'
import { fileIn, isObject, limits } from '../shared/files.mjs'
import { json } from '../shared/json.mjs'
import { CLEAN, NOTHING_DECIDED, refusedLines, SOME_REJECTED, statusOf } from '../shared/status.mjs'
import { decideLines } from './decide.mjs'
import { linesOf, MOST } from './lines.mjs'

const { argv, stdin, stdout, stderr } = process

const usage = `Decides which installation gets which software license, a line at a time and in bounded memory.

Usage: node docs/examples/stream/main.mjs --catalog FILE [OPTIONS]

  --catalog FILE     a catalog: units, tracked software and licenses (JSON)
  --snapshots FILE   audit snapshots, one a line (NDJSON), of at most ${String(MOST)} bytes each; without it they are
                     read from standard input
  --progress         tell on standard error how far it has come, every ${String(10_000)} lines and at the end
  --help             print this

Decisions go to standard output and rejections to standard error, one a line as JSON. A rejection that is about the
snapshots has the number of its line; one that has none is about the catalog.
Exit status: 0 all records were decided on, 1 some were rejected and the rest decided, 2 the arguments or the catalog
allow no decision or the snapshots could not be read to their end, 130 interrupted, after a whole line.`

/** Progress is told every so many lines. */
const EVERY = 10_000

const INTERRUPTED = 130

// -------------------------------------------------------------------------------------
// the world
// -------------------------------------------------------------------------------------

const controller = new AbortController()
const { signal } = controller

// Only once: who interrupts again does not want to wait for the end of a line.
process.once('SIGINT', () => controller.abort('interrupted'))

// Whoever reads may stop early, as `head` does: the rest is for nobody, and that is no failure.
for (const stream of [stdout, stderr])
  stream.on('error', (/** @type {NodeJS.ErrnoException} */ error) => {
    if (error.code !== 'EPIPE') controller.abort(error)
    else if (stream === stdout) controller.abort('unread')
  })

/** Writes whole lines, and waits where the reader is slower than the rules. */
const write = async (/** @type {NodeJS.WriteStream} */ stream, /** @type {ReadonlyArray<string>} */ lines) => {
  if (lines.length === 0 || stream.destroyed || stream.write(`${lines.join('\n')}\n`)) return
  try {
    await once(stream, 'drain', { signal })
  } catch (error) {
    // Who does not read what was rejected may still read what was decided.
    if (signal.aborted || stream === stdout) throw error
  }
}

/** What was written has left, or the signal says why not. */
const flush = () => new Promise((done) => stdout.write('', done))

const tell = (/** @type {ReadonlyArray<string>} */ lines) => void stderr.write(`${lines.join('\n')}\n`)

// -------------------------------------------------------------------------------------
// arguments
// -------------------------------------------------------------------------------------

const config = /** @type {const} */ ({
  options: {
    catalog: { type: 'string' },
    snapshots: { type: 'string' },
    progress: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})

const options = E.tryCatch(
  () => parseArgs({ ...config, args: argv.slice(2) }).values,
  (error) => (error instanceof Error ? error.message : String(error)).split('\n').map(Text.printable),
)

/** A catalog that can be decided by, or in lines what is wrong with it. */
const compiledFrom = (/** @type {string} */ name) =>
  F.pipe(
    fileIn(resolve)(name, isObject, 'is no catalog, which is an object with software and licenses'),
    E.mapLeft((problem) => [problem]),
    E.map((raw) => Catalog.decode(raw, limits)),
    E.chain(({ left, right }) =>
      F.pipe(
        Allocation.compile()(right),
        E.bimap(refusedLines, (decide) => ({ decide, rejections: left })),
      ),
    ),
  )

// -------------------------------------------------------------------------------------
// from lines to lines
// -------------------------------------------------------------------------------------

/**
 * @param {Pick<ReturnType<typeof parseArgs<typeof config>>['values'], 'snapshots' | 'progress'>} asked
 * @param {{ decide: Allocation.Allocate, rejections: ReadonlyArray<import('seatwise').Rejection.Rejection> }} compiled
 */
const stream = async ({ snapshots, progress: isTold }, { decide, rejections }) => {
  /** @type {number} */
  let status = statusOf(rejections)
  let count = { lines: 0, decisions: 0, rejections: 0 }
  const tellProgress = () => write(stderr, isTold ? [json({ progress: count })] : [])
  try {
    await write(stderr, rejections.map(json))
    const bytes =
      snapshots === undefined ? addAbortSignal(signal, stdin) : createReadStream(resolve(snapshots), { signal })
    const listening = { signal, progress: (/** @type {typeof count} */ now) => void (count = now) }
    for await (const answer of decideLines(decide, linesOf(bytes), listening)) {
      if (statusOf(answer.rejections) !== CLEAN) status = SOME_REJECTED
      await write(
        stderr,
        answer.rejections.map((rejection) => json({ line: answer.line, ...rejection })),
      )
      await write(stdout, answer.decisions.map(json))
      if (count.lines > 0 && count.lines % EVERY === 0) await tellProgress()
    }
    await flush()
    signal.throwIfAborted()
  } catch (error) {
    if (signal.reason === 'unread') return status
    if (signal.reason === 'interrupted') return INTERRUPTED
    if (signal.aborted) throw signal.reason
    const { code, syscall } = /** @type {NodeJS.ErrnoException} */ (error)
    if (code === undefined || syscall === undefined) throw error
    tell([`${Text.printable(snapshots ?? 'standard input')}: cannot be read, ${code}`])
    return NOTHING_DECIDED
  }
  await tellProgress()
  return status
}

const command = async () => {
  if (E.isLeft(options)) {
    tell([...options.left, '', usage])
    return NOTHING_DECIDED
  }
  const { catalog, help, ...asked } = options.right
  if (help) {
    await write(stdout, [usage])
    return CLEAN
  }
  if (catalog === undefined) {
    tell(['--catalog is missing: there is nothing to decide by', '', usage])
    return NOTHING_DECIDED
  }
  const compiled = compiledFrom(catalog)
  if (E.isRight(compiled)) return stream(asked, compiled.right)
  tell(compiled.left)
  return NOTHING_DECIDED
}

// The status is set, not exited with: what was written is still on its way.
try {
  process.exitCode = await command()
} catch (error) {
  console.error(error)
  process.exitCode = NOTHING_DECIDED
}
