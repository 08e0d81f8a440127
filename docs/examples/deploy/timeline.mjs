// @ts-check
/**
 * Packs through the days, a row each: how full they are, when they start and end, are renewed, run out or go.
 */
import { Day, Text } from 'seatwise'
import { dimmed, number, shorten, table, width } from '../shared/layout.mjs'

/**
 * @typedef {import('../shared/layout.mjs').Canvas} Canvas
 * @typedef {import('../shared/layout.mjs').Style} Style
 * @typedef {import('./year.mjs').Life} Life
 * @typedef {import('./year.mjs').Step} Step
 * @typedef {import('./year.mjs').Year} Year
 * @typedef {NonNullable<Step['pack']>} Pack
 */

/**
 * Something that happens to a pack on a day.
 *
 * @typedef {{ readonly day: number, readonly mark: string }} Mark
 */

const STARTS = '├'
const ENDS = '┤'
const RENEWED = '»'
const RUNS_OUT = '!'
const GOES = '×'

/** Where several things happen within one place of a row, the first of these is shown. */
const URGENCY = [RUNS_OUT, GOES, ENDS, RENEWED, STARTS]

export const LEGEND = `░▒▓ how full, █ nothing free, · not valid; ${STARTS} starts, ${RENEWED} renewed, ${RUNS_OUT} runs out, ${ENDS} ends, ${GOES} goes`

// -------------------------------------------------------------------------------------
// findings
// -------------------------------------------------------------------------------------

const isValidOn = (/** @type {Pack} */ { starts, expires }, /** @type {number} */ day) =>
  (starts === undefined || starts <= day) && (expires === undefined || expires >= day)

const isFull = (/** @type {Pack | undefined} */ pack) => pack !== undefined && pack.allocated >= pack.total

/** The pack as it is at the end of a day. */
const packOn = (/** @type {ReadonlyArray<Step>} */ steps, /** @type {number} */ day) =>
  steps.reduce((/** @type {Step | undefined} */ found, step) => (step.day <= day ? step : found), undefined)?.pack

/** The end of a license as a number: none is later than any. */
const last = (/** @type {Pack} */ { expires }) => expires ?? Infinity

/**
 * What happens to a pack, day by day.
 *
 * @param {Life} life
 * @param {Pick<Year, 'from' | 'until'>} days
 * @returns {ReadonlyArray<Mark>}
 */
export const marksOf = ({ steps }, { from, until }) =>
  steps
    .flatMap(({ day, pack }, at) => {
      const before = steps[at - 1]?.pack
      if (pack === undefined) return [{ day, mark: GOES }]
      const next = steps[at + 1]?.day ?? until + 1
      /** A day that comes while the pack is as this step says. */
      const comes = (/** @type {number | undefined} */ date, /** @type {string} */ mark) =>
        date !== undefined && date >= day && date < next ? [{ day: date, mark }] : []
      const isNew = before === undefined && day > from
      return [
        ...(isNew && isValidOn(pack, day) ? [{ day, mark: STARTS }] : comes(pack.starts, STARTS)),
        ...(before !== undefined && last(pack) > last(before) ? [{ day, mark: RENEWED }] : []),
        ...(isFull(pack) && !isFull(before) && isValidOn(pack, day) ? [{ day, mark: RUNS_OUT }] : []),
        ...comes(pack.expires, ENDS),
      ]
    })
    .filter(({ day }) => day >= from && day <= until)
    .sort((a, b) => a.day - b.day)

// -------------------------------------------------------------------------------------
// lines
// -------------------------------------------------------------------------------------

/** How full a pack is on a day, as one character. */
const levelOf = (/** @type {Pack | undefined} */ pack, /** @type {number} */ day) => {
  if (pack === undefined) return ' '
  if (!isValidOn(pack, day)) return '·'
  if (isFull(pack)) return '█'
  const used = pack.allocated / pack.total
  return used < 1 / 3 ? '░' : used < 2 / 3 ? '▒' : '▓'
}

/**
 * Days in so many places: which days a place stands for.
 *
 * @param {Pick<Year, 'from' | 'until'>} days
 * @param {number} columns
 */
const placesOf = ({ from, until }, columns) => {
  const days = until - from + 1
  const count = Math.min(columns, days)
  const firstOf = (/** @type {number} */ place) => from + Math.floor((place * days) / count)
  return Array.from({ length: count }, (_, place) => ({ first: firstOf(place), last: firstOf(place + 1) - 1 }))
}

/** @typedef {ReturnType<typeof placesOf>} Places */

const barOf = (/** @type {Places} */ places, /** @type {Life} */ { steps }, /** @type {ReadonlyArray<Mark>} */ marks) =>
  places
    .map(({ first, last: end }) => {
      const here = marks.filter(({ day }) => day >= first && day <= end).map(({ mark }) => mark)
      return URGENCY.find((mark) => here.includes(mark)) ?? levelOf(packOn(steps, end), end)
    })
    .join('')

const INITIALS = 'JFMAMJJASOND'

/** The months above the bars by their initials, or where there is no room for them the years. */
const rulerOf = (/** @type {Places} */ places) => {
  const starts = places.map(({ first, last: end }) => {
    const [text, before] = [Day.show(/** @type {Day.Day} */ (end)), Day.show(/** @type {Day.Day} */ (first - 1))]
    return { month: text.slice(0, 7) === before.slice(0, 7) ? '' : text.slice(0, 7), year: text.slice(0, 4) }
  })
  const months = starts.filter(({ month }) => month !== '').length
  if (months * 1.5 <= places.length)
    return starts.map(({ month }) => (month === '' ? ' ' : (INITIALS[Number(month.slice(5)) - 1] ?? ' '))).join('')
  let ruler = ''
  for (const [at, { year }] of starts.entries())
    if (year !== starts[at - 1]?.year && at >= ruler.length + (at === 0 ? 0 : 1)) ruler = ruler.padEnd(at) + year
  return shorten(ruler, places.length)
}

/** How many were allocated at first and in the end, of how many there are then. */
const countsOf = (/** @type {Life} */ { steps }) => {
  const known = steps.flatMap(({ pack }) => pack ?? [])
  const [first, end] = [known[0], known.at(-1)]
  if (first === undefined || end === undefined) return ''
  const from = first.allocated === end.allocated ? '' : `${number(first.allocated)} to `
  return `${from}${number(end.allocated)}/${number(end.total)}`
}

/** How long a name of a pack may be here, where most of the line is the bar, and how much room marks need to be told. */
const [NAME, MARKS] = [16, 12]

/** Bars take a third of the line, less where names and counts are long. */
const columnsOf = (/** @type {Canvas} */ { columns }, /** @type {ReadonlyArray<number>} */ others) =>
  Math.max(
    12,
    Math.min(
      Math.floor(columns / 3),
      others.reduce((left, taken) => left - taken - 2, columns - 4 - MARKS),
    ),
  )

/**
 * The rows of packs under a ruler.
 *
 * @param {Canvas} canvas
 * @param {Pick<Year, 'from' | 'until'>} days
 * @param {ReadonlyArray<Life>} lives
 */
export const timeline = (canvas, days, lives) => {
  const rows = lives.map((life) => ({
    life,
    name: shorten(Text.preview(life.id), NAME),
    counts: countsOf(life),
    marks: marksOf(life, days),
  }))
  const widest = (/** @type {'name' | 'counts'} */ cell) => Math.max(0, ...rows.map((row) => width(row[cell])))
  const places = placesOf(days, columnsOf(canvas, [widest('name'), Math.max(9, widest('counts'))]))
  return table(canvas, 'llll', [
    dimmed(['pack', rulerOf(places), 'allocated', '']),
    ...rows.map(({ life, name, counts, marks }) => [
      name,
      {
        text: barOf(places, life, marks),
        style: /** @type {Style} */ (marks.some(({ mark }) => mark === RUNS_OUT) ? 'yellow' : 'green'),
      },
      counts,
      { list: marks.map(({ day, mark }) => `${mark} ${Day.show(/** @type {Day.Day} */ (day))}`) },
    ]),
  ])
}
