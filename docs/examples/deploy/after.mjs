// @ts-check
/**
 * The sections of the report on what follows the plan: month by month, pack by pack, who loses cover, and what would
 * prevent it.
 */
import { Day, LicenseType, Text } from 'seatwise'
import { calledShort, counted, dimmed, heading, leftOut, number, table, tables, wrapped } from '../shared/layout.mjs'
import { countBy, groupBy } from '../shared/lists.mjs'
import { devicesIn, shortageRows } from './decisions.mjs'
import { ACTIONS } from './actions.mjs'
import { LEGEND, marksOf, timeline } from './timeline.mjs'

/**
 * @typedef {import('../shared/layout.mjs').Canvas} Canvas
 * @typedef {import('./year.mjs').Year} Year
 * @typedef {import('./year.mjs').Month} Month
 * @typedef {ReadonlyArray<string>} Lines
 */

// -------------------------------------------------------------------------------------
// month by month
// -------------------------------------------------------------------------------------

/** @type {Readonly<Record<string, string>>} */
const eventTexts = {
  register: 'new',
  delete: 'deleted',
  device: 'changed',
  reboot: 'rebooted',
  refresh: 'refreshed',
  'remove-pack': 'pack gone',
  settings: 'settings',
  check: 'by hand',
}

/** A table of months has at most so many rows; longer times are told by several months together. */
const ROWS = 14

/** Months are counted from the year 0; a day counts as its month. */
const monthNumber = (/** @type {string} */ day) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1

const monthName = (/** @type {number} */ count) =>
  `${String(Math.floor(count / 12)).padStart(4, '0')}-${String((count % 12) + 1).padStart(2, '0')}`

const sum = (/** @type {ReadonlyArray<Month>} */ months, /** @type {'taken' | 'events'} */ what) => {
  const counts = /** @type {Map<string, number>} */ (new Map())
  for (const month of months) for (const [key, count] of month[what]) counts.set(key, (counts.get(key) ?? 0) + count)
  return counts
}

/** The months of a time in rows of equal length, all that happened in each together. */
const rowsOf = (/** @type {Year} */ { from, until, months, forecast }) => {
  const [first, last] = [from, until].map((day) => monthNumber(Day.show(day)))
  if (first === undefined || last === undefined) return []
  const length = [1, 3, 6, 12, 60].find((each) => (last - first + 1) / each <= ROWS) ?? last - first + 1
  const rowOf = (/** @type {string} */ month) => Math.floor((monthNumber(month) - first) / length)
  const lapses = countBy(forecast.lapses.map((lapse) => String(rowOf(Day.show(lapse.from)))))
  return Array.from({ length: Math.ceil((last - first + 1) / length) }, (_, row) => {
    const here = months.filter(({ month }) => rowOf(month) === row)
    return {
      name: length === 1 ? monthName(first + row) : `from ${monthName(first + row * length)}`,
      taken: sum(here, 'taken'),
      events: sum(here, 'events'),
      lapses: lapses(String(row)),
    }
  })
}

/** @type {(canvas: Canvas, year: Year) => Lines} */
const months = (canvas, year) => [
  heading(canvas, 'Month by month', 'what is given out, who loses cover, and what happens'),
  ...table(canvas, 'lrrrrrl', [
    dimmed(['month', 'assigned', 'bundled', 'renewed', 'exchanged', 'lapsed', '']),
    ...rowsOf(year).map(({ name, taken, events, lapses }) => [
      name,
      ...ACTIONS.map((action) => number(taken.get(action) ?? 0)),
      lapses === 0 ? '0' : { text: number(lapses), style: /** @type {const} */ ('yellow') },
      {
        list: Object.entries(eventTexts).flatMap(([kind, text]) =>
          events.has(kind) ? [`${number(events.get(kind) ?? 0)} ${text}`] : [],
        ),
      },
    ]),
  ]),
]

// -------------------------------------------------------------------------------------
// packs
// -------------------------------------------------------------------------------------

/** Of packs so many are shown: those of which most is to be told. */
const PACKS = 24

/** @type {(canvas: Canvas, year: Year) => Lines} */
const packs = (canvas, year) => {
  const busiest = year.lives
    .map((life) => ({ life, count: marksOf(life, year).length }))
    .sort((a, b) => b.count - a.count)
    .slice(0, PACKS)
  const shown = new Set(busiest.map(({ life }) => life))
  return [
    heading(canvas, 'Packs through the days'),
    ...wrapped(`  ${LEGEND}`, canvas.columns).map((line) => canvas.paint('dim', line)),
    ...timeline(
      canvas,
      year,
      year.lives.filter((life) => shown.has(life)),
    ),
    ...leftOut(canvas, year.lives.length - shown.size),
  ]
}

/** @type {(canvas: Canvas, year: Year) => Lines} */
const shortages = (canvas, { forecast, from, lives, waiting }) => {
  const types = new Map(lives.map(({ id, type }) => [id, LicenseType.show(type)]))
  const out = forecast.packs.flatMap(({ pack, runsOut }) =>
    runsOut === undefined ? [] : [{ pack, day: Day.ofInstant(runsOut) }],
  )
  return [
    heading(canvas, 'Packs that run out', out.length === 0 ? 'none' : counted(out.length, 'pack')),
    ...tables(canvas, 'lll', [
      {
        rows: out
          .sort((a, b) => a.day - b.day)
          .map(({ pack, day }) => [
            day === from ? 'from the start' : `on ${Day.show(day)}`,
            { text: calledShort(canvas, pack), style: /** @type {const} */ ('yellow') },
            { list: [Text.preview(types.get(pack) ?? '')] },
          ]),
        most: PACKS,
      },
    ]),
    ...(waiting.length === 0
      ? []
      : ['  devices that find no free license at the end', ...shortageRows(canvas, waiting)]),
  ]
}

// -------------------------------------------------------------------------------------
// lapses
// -------------------------------------------------------------------------------------

/** Of lapses so many groups are shown, and so many renewals. */
const LAPSES = 15

/** @type {(canvas: Canvas, year: Year) => Lines} */
const lapses = (canvas, { forecast: { lapses: all } }) => {
  const devices = new Set(all.map(({ device }) => device)).size
  const groups = [
    ...groupBy(all, ({ from, until, ...type }) => JSON.stringify([from, until, LicenseType.show(type)])).values(),
  ]
  return [
    heading(
      canvas,
      'Lapses of cover',
      all.length === 0 ? 'none' : `${counted(all.length, 'lapse')} on ${counted(devices, 'device')}`,
    ),
    ...tables(canvas, 'lllrl', [
      {
        rows: groups.flatMap((members) => {
          const [first] = members
          if (first === undefined) return []
          return [
            [
              Day.show(first.from),
              first.until === undefined ? 'and stays so' : `to ${Day.show(first.until)}`,
              calledShort(canvas, LicenseType.show(first)),
              number(members.length),
              devicesIn(members),
            ],
          ]
        }),
        most: LAPSES,
      },
    ]),
  ]
}

/** @type {(canvas: Canvas, year: Year) => Lines} */
const preventions = (canvas, { preventions: all }) =>
  all.length === 0
    ? []
    : [
        heading(canvas, 'Renewals that would prevent them', 'each simulated by itself'),
        ...tables(canvas, 'llrl', [
          {
            rows: [...all]
              .sort((a, b) => a.by - b.by)
              .map(({ pack, by, prevents }) => [
                calledShort(canvas, pack),
                `by ${Day.show(by)}`,
                counted(prevents.length, 'lapse'),
                devicesIn(prevents),
              ]),
            most: LAPSES,
          },
        ]),
        '',
      ]

// -------------------------------------------------------------------------------------
// all of it
// -------------------------------------------------------------------------------------

/**
 * What follows the plan.
 *
 * @param {Canvas} canvas
 * @param {Year} year
 * @returns {Lines}
 */
export const after = (canvas, year) => {
  const { from, until, events } = year
  return [
    canvas.paint(
      'bold',
      `What follows, from ${Day.show(from)} to ${Day.show(until)}, with ${counted(events, 'event')}`,
    ),
    '  the plan is carried out, then checks happen when they are due',
    '',
    ...months(canvas, year),
    '',
    ...packs(canvas, year),
    '',
    ...shortages(canvas, year),
    '',
    ...lapses(canvas, year),
    '',
    ...preventions(canvas, year),
  ]
}
