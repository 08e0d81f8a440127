// @ts-check
/**
 * The section of the report on what changed hands: the allocations that a run released, and those that it added.
 */
import { called, enumerated, heading, number, tables } from '../shared/layout.mjs'
import { largestFirst } from '../shared/lists.mjs'
import { computersIn } from './attention.mjs'
import { causeOfRelease } from './causes.mjs'
import * as Findings from './findings.mjs'

/** Of licenses so many are shown. */
const LICENSES = 5

/** @type {import('./report.mjs').Section} */
export const allocations = (canvas, run) => {
  const names = Findings.namesOf(run)
  const computers = computersIn(run)
  const causeOf = causeOfRelease(run)
  const groups = (/** @type {ReadonlyArray<Findings.Held>} */ some) =>
    largestFirst(some, ({ license }) => license, names.license)

  const released = groups(run.released).map(({ name, members }) => {
    const [first = '', ...others] = computers(members).list
    const causes = enumerated([...new Set(members.map(causeOf))].sort())
    return ['released', called(canvas, name), number(members.length), { list: [`${causes}: ${first}`, ...others] }]
  })
  const added = groups(run.added).map(({ name, members }) => [
    'added',
    called(canvas, name),
    number(members.length),
    computers(members),
  ])
  const counts = [
    ...(run.earlier.length > 0 ? [`${number(run.earlier.length)} before`] : []),
    `${number(run.released.length)} released`,
    `${number(run.added.length)} added`,
    `${number(run.allocations.length)} now`,
  ]
  return [
    heading(canvas, 'Allocations', counts.join(', ')),
    ...tables(
      canvas,
      'llrl',
      [released, added].map((rows) => ({ rows, most: LICENSES })),
    ),
  ]
}
