// @ts-check
/**
 * The command `npm start`: from its arguments to what it prints and the status it ends with. Where that goes, to a terminal
 * or to a test, is the caller's affair; files are read by input.mjs, and the rest of this folder are functions from
 * results to lines of text.
 */
import { fileURLToPath } from 'node:url'
import { resolve } from 'node:path'
import { either as E, function as F, option as O } from 'fp-ts'
import { Allocation, Rejection } from 'seatwise'
import * as Explained from './explained.mjs'
import * as Input from './input.mjs'
import { counted, enumerated, number } from './layout.mjs'
import * as Options from './options.mjs'
import { report } from './report.mjs'
import { synchronize } from './synchronize.mjs'
import { following } from './weeks.mjs'
import * as Wire from './wire.mjs'

/** @typedef {0 | 1 | 2} Status */

export const CLEAN = /** @type {const} */ (0)
export const SOME_REJECTED = /** @type {const} */ (1)
export const NOTHING_DECIDED = /** @type {const} */ (2)

/**
 * Where the command runs.
 *
 * @typedef {object} Surroundings
 * @property {string} folder the folder that the names of files are relative to
 * @property {import('./layout.mjs').Canvas} canvas
 * @property {(lines: ReadonlyArray<string>) => void} print writes to standard output
 * @property {(lines: ReadonlyArray<string>) => void} tell writes to standard error
 */

const estate = (/** @type {string} */ name) => fileURLToPath(new URL(`../estate/${name}.json`, import.meta.url))

const example = { catalog: estate('catalog'), snapshots: estate('snapshots'), allocations: estate('allocations') }

/** The weeks after the first synchronization of the example. */
const weeks = [estate('week-1'), estate('week-2')]

/** Of rejections so many are written out; --json has them all. */
const WRITTEN = 20

/** @type {(rejections: ReadonlyArray<Rejection.Rejection>) => ReadonlyArray<string>} */
const linesOf = (rejections) => {
  const more = rejections.length - WRITTEN
  return [
    ...rejections.slice(0, WRITTEN).map(Rejection.render),
    ...(more > 0 ? [`and ${number(more)} more; --json lists them all`] : []),
  ]
}

/**
 * Nothing can be decided, for reasons that a machine may want to read, too. What stood before still stands.
 *
 * @param {Surroundings} surroundings
 * @param {boolean} json
 * @param {Input.Input} input
 * @param {ReadonlyArray<Rejection.Rejection>} reasons
 */
const refuse = ({ print, tell }, json, { rejections, allocations }, reasons) => {
  tell([`nothing was decided, for ${counted(reasons.length, 'reason')}:`, ...reasons.map(Rejection.render)])
  if (json) print(Wire.write({ decisions: [], rejections: [...rejections, ...reasons], released: [], allocations }))
  return NOTHING_DECIDED
}

/**
 * Explains the decision that was asked for, or one that is worth reading. There may be no decision at all.
 *
 * @param {import('./findings.mjs').Run} run
 * @param {Options.Options['explain']} asked
 * @returns {E.Either<string, O.Option<Allocation.Explanation>>}
 */
const explainOne = ({ catalog, snapshots, decisions, explain }, asked) => {
  const wanted = asked ?? Explained.choose(catalog, decisions)
  if (wanted === undefined) return E.right(O.none)
  return F.pipe(
    Explained.find(snapshots, wanted),
    E.map(({ snapshot, installation }) => explain(snapshot.computer.id, installation)),
  )
}

/**
 * @param {Options.Options} options
 * @param {Surroundings} surroundings
 * @returns {Status}
 */
const decide = ({ files = example, policy: policyFile, asOf, explain: asked, json }, surroundings) => {
  const { folder, canvas, print, tell } = surroundings
  const input = F.pipe(
    Input.read({ ...files, ...(policyFile === undefined ? {} : { policy: policyFile }) }, (name) =>
      resolve(folder, name),
    ),
    E.bindTo('given'),
    E.bind('changes', () => Input.readWeeks(files === example && !json ? weeks : [])),
  )
  if (E.isLeft(input)) {
    tell(input.left)
    return NOTHING_DECIDED
  }
  const { given, changes } = input.right
  const { catalog, snapshots, allocations, rejections, policy: decodedPolicy, ...others } = given
  const read = [
    counted(snapshots.length, 'snapshot'),
    counted(catalog.licenses.length, 'license'),
    ...(files.allocations === undefined ? [] : [counted(allocations.length, 'allocation')]),
  ]
  tell([
    ...(files === example ? ['no files given: this is the example estate, docs/examples/estate'] : []),
    `read ${enumerated(read)}`,
  ])
  if (rejections.length > 0) tell(linesOf(rejections))

  const day = asOf === undefined ? {} : { asOf }
  const decided = F.pipe(
    decodedPolicy,
    E.mapLeft((reasons) => [
      ...reasons,
      ...Allocation.contradictionsOfCatalog(catalog),
      ...Allocation.contradictionsOfSnapshots(snapshots),
    ]),
    E.chain((policy) => synchronize({ ...others, catalog, snapshots, allocations, policy, ...day })),
    E.bindTo('run'),
    E.bind('later', ({ run }) => following(run, changes)),
  )
  if (E.isLeft(decided)) return refuse(surroundings, json, given, decided.left)

  const { run, later } = decided.right
  const explained = json && asked === undefined ? E.right(O.none) : explainOne(run, asked)
  if (E.isLeft(explained)) {
    tell([explained.left])
    return NOTHING_DECIDED
  }
  const explanation = O.toUndefined(explained.right)
  print(
    json
      ? Wire.write({ ...run, rejections, explanation })
      : report(canvas, run, { explanation, wasAsked: asked !== undefined, later }),
  )
  return rejections.some(({ severity }) => severity === 'error') ? SOME_REJECTED : CLEAN
}

/**
 * Runs the command.
 *
 * @param {ReadonlyArray<string>} args
 * @param {Surroundings} surroundings
 * @returns {Status}
 */
export const command = (args, surroundings) => {
  const options = Options.parse(args)
  if (E.isLeft(options)) {
    surroundings.tell([...options.left, '', Options.usage])
    return NOTHING_DECIDED
  }
  if (!options.right.help) return decide(options.right, surroundings)
  surroundings.print([Options.usage])
  return CLEAN
}
