// @ts-check
/**
 * The command `npm start` as far as allocation goes: from what the caller asks for to what it prints and the status it
 * ends with. Files are read by input.mjs, and the rest of this folder are functions from results to lines of text.
 */
import { fileURLToPath } from 'node:url'
import { resolve } from 'node:path'
import { either as E, function as F, option as O } from 'fp-ts'
import { Allocation } from 'seatwise'
import { counted, enumerated } from '../shared/layout.mjs'
import { NOTHING_DECIDED, refusedLines, rejectedLines, statusOf } from '../shared/status.mjs'
import * as Answers from './answers.mjs'
import * as Explained from './explained.mjs'
import * as Input from './input.mjs'
import { report } from './report.mjs'
import { synchronize } from './synchronize.mjs'
import { following } from './weeks.mjs'
import * as Wire from './wire.mjs'

/**
 * What the caller asks for. `files` are the caller's own; without them it is the example estate's turn.
 *
 * @typedef {object} Asked
 * @property {{ readonly catalog: string, readonly snapshots: string, readonly allocations?: string }} [files]
 * @property {string} [policy]
 * @property {import('seatwise').Day.Day} [asOf]
 * @property {{ readonly installation: string, readonly computer?: string }} [explain]
 * @property {import('./answers.mjs').Question} [question]
 * @property {boolean} json
 */

const estate = (/** @type {string} */ name) => fileURLToPath(new URL(`../estate/${name}.json`, import.meta.url))

const example = { catalog: estate('catalog'), snapshots: estate('snapshots'), allocations: estate('allocations') }

/** The weeks after the first synchronization of the example. */
const weeks = [estate('week-1'), estate('week-2')]

/**
 * Nothing can be decided, for reasons that a machine may want to read, too. What stood before still stands.
 *
 * @param {import('../shared/status.mjs').Surroundings} surroundings
 * @param {boolean} json
 * @param {Input.Input} input
 * @param {ReadonlyArray<import('seatwise').Rejection.Rejection>} reasons
 */
const refuse = ({ print, tell }, json, { rejections, allocations }, reasons) => {
  tell(refusedLines(reasons))
  if (json) print(Wire.write({ decisions: [], rejections: [...rejections, ...reasons], released: [], allocations }))
  return NOTHING_DECIDED
}

/**
 * Explains the decision that was asked for, or one that is worth reading. There may be no decision at all.
 *
 * @param {import('./findings.mjs').Run} run
 * @param {Asked['explain']} asked
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
 * Runs the command.
 *
 * @param {Asked} asked
 * @param {import('../shared/status.mjs').Surroundings} surroundings
 * @returns {import('../shared/status.mjs').Status}
 */
export const decide = ({ files = example, policy: policyFile, asOf, explain: asked, question, json }, surroundings) => {
  const { folder, canvas, print, tell } = surroundings
  const input = F.pipe(
    Input.read({ ...files, ...(policyFile === undefined ? {} : { policy: policyFile }) }, (name) =>
      resolve(folder, name),
    ),
    E.bindTo('given'),
    E.bind('changes', () => Input.readWeeks(files === example && !json && question === undefined ? weeks : [])),
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
  if (rejections.length > 0) tell(rejectedLines(rejections))

  const day = asOf === undefined ? {} : { asOf }
  const asGiven = F.pipe(
    decodedPolicy,
    E.mapLeft((reasons) => [
      ...reasons,
      ...Allocation.contradictionsOfCatalog(catalog),
      ...Allocation.contradictionsOfSnapshots(snapshots),
    ]),
    E.map((policy) => ({ ...others, catalog, snapshots, allocations, policy, ...day })),
  )
  if (question !== undefined && E.isRight(asGiven)) {
    const { rejected: _, ...run } = asGiven.right
    return Answers.answer(question, run, rejections, json, surroundings)
  }
  const decided = F.pipe(
    asGiven,
    E.chain(synchronize),
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
  return statusOf(rejections)
}
