// @ts-check
/**
 * The sections of the report on what a plan decides: actions and reasons, what is given out, who finds nothing free.
 */
import { function as F } from 'fp-ts'
import { Deployment, Day, LicenseType, Text } from 'seatwise'
import { bar, called, calledShort, counted, heading, number, share, table, tables, wrapped } from '../shared/layout.mjs'
import { compare, countBy, largestFirst } from '../shared/lists.mjs'
import { ACTIONS, actionTexts } from './actions.mjs'

/**
 * @typedef {import('../shared/layout.mjs').Canvas} Canvas
 * @typedef {import('../shared/layout.mjs').Cell} Cell
 * @typedef {import('./planned.mjs').Planned} Planned
 * @typedef {import('./planned.mjs').Decision} Decision
 * @typedef {import('./report.mjs').Section} Section
 */

// -------------------------------------------------------------------------------------
// parts of sections
// -------------------------------------------------------------------------------------

/** Devices as the last cell of a row, each once, in the order of their ids. */
export const devicesIn = (/** @type {ReadonlyArray<Pick<Decision, 'device'>>} */ all) => ({
  list: [...new Set(all.map(({ device }) => device))].sort(compare).map(Text.preview),
})

/** The end of a license, absent where there is none. */
export const until = (/** @type {Day.Day | undefined} */ expires) =>
  expires === undefined ? 'without end' : `until ${Day.show(expires)}`

/** What a shell takes as it is: nothing from the records may be more than a word to whoever pastes it. */
const PLAIN = /^\w[\w.:@+-]*$/

/** How to ask about a device. */
const hint = (/** @type {Canvas} */ { paint }, /** @type {Decision | undefined} */ decision) =>
  decision !== undefined && PLAIN.test(decision.device)
    ? [paint('dim', `  to see why: add --device ${decision.device}`)]
    : []

/** How to ask what would have to change for a device. */
const remedyHint = (/** @type {Canvas} */ { columns, paint }, /** @type {Decision | undefined} */ decision) =>
  decision !== undefined && PLAIN.test(decision.device) && PLAIN.test(LicenseType.show(decision))
    ? wrapped(
        `  and what would help: --would-serve ${decision.device} --type ${LicenseType.show(decision)}`,
        columns,
      ).map((line) => paint('dim', line))
    : []

// -------------------------------------------------------------------------------------
// sections
// -------------------------------------------------------------------------------------

/** @type {Section} */
export const actions = (canvas, { decisions }) => {
  const count = countBy(decisions.map(({ action }) => action))
  return [
    heading(canvas, 'Decisions', 'one for each device and license type'),
    ...table(
      canvas,
      'lrrll',
      [...ACTIONS, /** @type {const} */ ('none')].map((action) => [
        action,
        number(count(action)),
        share(count(action), decisions.length),
        {
          text: bar(count(action), decisions.length, Math.floor(canvas.columns / 5)),
          style: action === 'none' ? 'dim' : 'green',
        },
        { list: [actionTexts[action]] },
      ]),
    ),
  ]
}

/** @type {Section} */
export const reasons = (canvas, { decisions }) => {
  const refused = decisions.flatMap(({ reason }) => (reason === undefined ? [] : [reason]))
  const groups = largestFirst(refused, F.identity, F.identity)
  return [
    heading(
      canvas,
      'Nothing done',
      `${counted(refused.length, 'decision')}${groups.length === 0 ? '' : `, for ${counted(groups.length, 'reason')}`}`,
    ),
    ...table(
      canvas,
      'lrl',
      groups.flatMap(({ members }) => {
        const [reason] = members
        return reason === undefined
          ? []
          : [[reason, number(members.length), { list: [Deployment.reasonTexts[reason]] }]]
      }),
    ),
  ]
}

/** Of what is given out so many rows are shown for each action. */
const GIVEN = 6

/** @type {Section} */
export const given = (canvas, { decisions }) => {
  const taken = decisions.filter(({ action }) => action !== 'none')
  const rowsOf = (/** @type {typeof ACTIONS[number]} */ action) =>
    largestFirst(
      taken.filter((decision) => decision.action === action),
      ({ pack = '', expires, ...type }) => JSON.stringify([LicenseType.show(type), pack, expires ?? '']),
      F.identity,
    ).flatMap(({ members }, at) => {
      const [first] = members
      if (first === undefined) return []
      return [
        [
          at === 0 ? action : '',
          calledShort(canvas, first.pack ?? LicenseType.show(first)),
          until(first.expires),
          number(members.length),
          devicesIn(members),
        ],
      ]
    })
  return [
    heading(canvas, 'Given out', taken.length === 0 ? 'nothing' : counted(taken.length, 'license')),
    ...tables(
      canvas,
      'lllrl',
      ACTIONS.map((action) => ({ rows: rowsOf(action), most: GIVEN })),
    ),
    ...hint(canvas, taken[0]),
  ]
}

/** Of types so many are shown. */
const TYPES = 10

/**
 * Who finds no free license, by type.
 *
 * @param {Canvas} canvas
 * @param {ReadonlyArray<Decision>} decisions
 */
export const shortageRows = (canvas, decisions) =>
  tables(canvas, 'lrl', [
    {
      rows: largestFirst(
        decisions.filter(({ reason }) => reason === 'no-free-license'),
        LicenseType.show,
        F.identity,
      ).map(({ name, members }) => [
        { text: called(canvas, name), style: 'yellow' },
        number(members.length),
        devicesIn(members),
      ]),
      most: TYPES,
    },
  ])

/** @type {Section} */
export const shortages = (canvas, { decisions }) => {
  const short = decisions.filter(({ reason }) => reason === 'no-free-license')
  return [
    heading(canvas, 'Shortages', short.length === 0 ? 'none' : 'devices that find no free license'),
    ...shortageRows(canvas, short),
    ...hint(canvas, short[0]),
    ...remedyHint(canvas, short[0]),
  ]
}
