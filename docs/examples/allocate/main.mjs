// @ts-check
/**
 * Decides an estate on the command line: npm start [-- OPTIONS], see `--help`.
 *
 * The library is pure. All that touches the world is here and in input.mjs: arguments, files, the terminal and the exit
 * status. The rest of this folder are functions from results to lines of text.
 */
import { fileURLToPath } from 'node:url'
import { resolve } from 'node:path'
import { styleText } from 'node:util'
import { either as E, function as F, option as O } from 'fp-ts'
import { Allocation, Rejection } from 'seatwise'
import * as Explained from './explained.mjs'
import * as Input from './input.mjs'
import { counted, number } from './layout.mjs'
import * as Options from './options.mjs'
import { report } from './report.mjs'
import * as Wire from './wire.mjs'

/** @typedef {0 | 1 | 2} Status */

const CLEAN = /** @type {const} */ (0)
const SOME_REJECTED = /** @type {const} */ (1)
const NOTHING_DECIDED = /** @type {const} */ (2)

// -------------------------------------------------------------------------------------
// the terminal
// -------------------------------------------------------------------------------------

const { stdout, stderr, env } = process

// Whoever reads may stop early, as `head` does: the rest is for nobody, and that is no failure.
for (const stream of [stdout, stderr])
  stream.on('error', (/** @type {NodeJS.ErrnoException} */ error) => {
    if (error.code !== 'EPIPE') throw error
  })

const print = (/** @type {ReadonlyArray<string>} */ lines) => stdout.write(`${lines.join('\n')}\n`)
const tell = (/** @type {ReadonlyArray<string>} */ lines) => stderr.write(`${lines.join('\n')}\n`)

const isColored = stdout.isTTY && (env['NO_COLOR'] ?? '') === ''

/** @type {import('./layout.mjs').Canvas} */
const canvas = {
  columns: stdout.isTTY ? Math.min(120, Math.max(72, stdout.columns)) : 100,
  paint: (style, text) => (isColored ? styleText(style, text, { validateStream: false }) : text),
}

// -------------------------------------------------------------------------------------
// files
// -------------------------------------------------------------------------------------

const estate = (/** @type {string} */ name) => fileURLToPath(new URL(`../estate/${name}.json`, import.meta.url))

const example = { catalog: estate('catalog'), snapshots: estate('snapshots') }

/** npm runs a script in the folder of the package; the caller's files are meant from where npm was called. */
const locate = (/** @type {string} */ name) => resolve(env['INIT_CWD'] ?? process.cwd(), name)

// -------------------------------------------------------------------------------------
// the run
// -------------------------------------------------------------------------------------

/** Of rejections so many are written out; --json has them all. */
const WRITTEN = 20

const tellRejections = (/** @type {ReadonlyArray<Rejection.Rejection>} */ rejections) => {
  if (rejections.length === 0) return
  const more = rejections.length - WRITTEN
  tell([
    ...rejections.slice(0, WRITTEN).map(Rejection.render),
    ...(more > 0 ? [`and ${number(more)} more; --json lists them all`] : []),
  ])
}

/** Nothing can be decided, for reasons that a machine may want to read, too. */
const refuse = (
  /** @type {boolean} */ json,
  /** @type {ReadonlyArray<Rejection.Rejection>} */ rejections,
  /** @type {ReadonlyArray<Rejection.Rejection>} */ reasons,
) => {
  tell([`nothing was decided, for ${counted(reasons.length, 'reason')}:`, ...reasons.map(Rejection.render)])
  if (json) print(Wire.write({ decisions: [], rejections: [...rejections, ...reasons], explanation: undefined }))
  return NOTHING_DECIDED
}

/**
 * Explains the decision that was asked for, or one that is worth reading. There may be no decision at all.
 *
 * @param {import('./findings.mjs').Run} run
 * @param {Options.Options['explain']} asked
 * @returns {E.Either<string, O.Option<Allocation.Explanation>>}
 */
const explainOne = ({ catalog, snapshots, decisions, policy, asOf }, asked) => {
  const wanted = asked ?? Explained.choose(catalog, decisions)
  if (wanted === undefined) return E.right(O.none)
  return F.pipe(
    Explained.find(snapshots, wanted),
    E.map(({ snapshot, installation }) =>
      F.pipe(
        catalog,
        Allocation.explain({ ...policy, ...(asOf === undefined ? {} : { asOf }) }),
        O.fromEither,
        O.chain((explain) => explain(snapshot, installation)),
      ),
    ),
  )
}

/**
 * @param {Options.Options} options
 * @returns {Status}
 */
const decide = ({ files = example, policy: policyFile, asOf, explain: asked, json }) => {
  const input = Input.read({ ...files, ...(policyFile === undefined ? {} : { policy: policyFile }) }, locate)
  if (E.isLeft(input)) {
    tell(input.left)
    return NOTHING_DECIDED
  }
  const { catalog, snapshots, rejections, rejected } = input.right
  tell([
    ...(files === example ? ['no files given: this is the example estate, docs/examples/estate'] : []),
    `read ${counted(snapshots.length, 'snapshot')} and ${counted(catalog.licenses.length, 'license')}`,
  ])
  tellRejections(rejections)

  const day = asOf === undefined ? {} : { asOf }
  const decided = F.pipe(
    input.right.policy,
    E.mapLeft((reasons) => [
      ...reasons,
      ...Allocation.contradictionsOfCatalog(catalog),
      ...Allocation.contradictionsOfSnapshots(snapshots),
    ]),
    E.bindTo('policy'),
    E.bindW('outcome', ({ policy }) => Allocation.run({ catalog, snapshots, policy, ...day })),
  )
  if (E.isLeft(decided)) return refuse(json, rejections, decided.left)

  const { policy, outcome } = decided.right
  const run = { catalog, snapshots, policy, ...day, decisions: outcome.decisions, rejected }
  const explained = json && asked === undefined ? E.right(O.none) : explainOne(run, asked)
  if (E.isLeft(explained)) {
    tell([explained.left])
    return NOTHING_DECIDED
  }
  const explanation = O.toUndefined(explained.right)
  print(
    json ? Wire.write({ ...outcome, rejections, explanation }) : report(canvas, run, explanation, asked !== undefined),
  )
  return rejections.some(({ severity }) => severity === 'error') ? SOME_REJECTED : CLEAN
}

// -------------------------------------------------------------------------------------
// main
// -------------------------------------------------------------------------------------

/** @returns {Status} */
const main = () => {
  const options = Options.parse(process.argv.slice(2))
  if (E.isLeft(options)) {
    tell([...options.left, '', Options.usage])
    return NOTHING_DECIDED
  }
  if (!options.right.help) return decide(options.right)
  print([Options.usage])
  return CLEAN
}

// The status is set, not exited with: what was written is still on its way.
try {
  process.exitCode = main()
} catch (error) {
  // A mistake of this program is not "some records were rejected", which is what Node's own status 1 would say.
  console.error(error)
  process.exitCode = NOTHING_DECIDED
}
