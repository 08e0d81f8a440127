// @ts-check
/**
 * Measuring: rounds in which every size takes its turn, medians of the rounds, and ratios to the smallest size of the
 * same round, since the machine is a little faster or slower in each.
 */
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

setFlagsFromString('--expose-gc')
/**
 * Garbage is collected so often here that functions would lose their code between two turns: whoever comes next would
 * start cold each time, and whoever has much code would lose most. (Shapes are kept by objects that have them: to retain
 * all by a flag makes Node 20 crash.)
 */
setFlagsFromString('--no-flush-bytecode')

const collect = /** @type {() => void} */ (runInNewContext('gc'))
const never = new Int32Array(new SharedArrayBuffer(4))

/** How long is waited at a time, and at most, in milliseconds. */
const NAP = 4
const NAPS = 50

/**
 * Collects garbage, so that no measurement pays for what the one before left, and waits until this process does nothing
 * any more: what is collected is swept by other threads afterwards, and they would be measured too.
 */
export const collectGarbage = () => {
  collect()
  for (let nap = 0; nap < NAPS; nap += 1) {
    const before = process.cpuUsage()
    Atomics.wait(never, 0, 0, NAP)
    const { user, system } = process.cpuUsage(before)
    if (user + system < NAP * 50) return
  }
}

/** @typedef {() => number} Clock what it reads is in nanoseconds */

/** @type {Readonly<Record<'wall' | 'processor', Clock>>} */
export const clocks = {
  wall: () => Number(process.hrtime.bigint()),
  /** The time that processors spent on this process: what to go by on a machine that has other things to do. */
  processor: () => {
    const { user, system } = process.cpuUsage()
    return (user + system) * 1_000
  },
}

/**
 * How long it takes, in nanoseconds, and what comes out.
 *
 * @typedef {<A>(work: () => A) => { readonly ns: number, readonly result: A }} Timed
 */

/** @type {(clock: Clock) => Timed} */
export const timedBy = (clock) => (work) => {
  collectGarbage()
  const start = clock()
  const result = work()
  return { ns: clock() - start, result }
}

/** @type {(numbers: ReadonlyArray<number>) => number} */
export const median = (numbers) => {
  const sorted = [...numbers].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? (sorted[middle] ?? NaN) : ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2
}

/**
 * One size of a series. `run` measures it once: figures by name, each in nanoseconds a piece.
 *
 * @template {string} Name
 * @typedef {{ readonly size: number, readonly run: () => Readonly<Record<Name, number>> }} Case
 */

/**
 * A figure of one size: the median, its ratio to the smallest size, and the exponent by which it grew since the size
 * before: 0 where it is flat, 1 where it is proportional to the size.
 *
 * @typedef {{ readonly ns: number, readonly ratio: number, readonly exponent: number }} Figure
 */

/**
 * Measures a series: the smallest sizes to warm up, then as many rounds as are asked for.
 *
 * @template {string} Name
 * @param {ReadonlyArray<Case<Name>>} cases
 * @param {ReadonlyArray<Name>} names
 * @param {number} rounds
 * @returns {ReadonlyArray<{ readonly size: number, readonly figures: Readonly<Record<Name, Figure>> }>}
 */
export const series = (cases, names, rounds) => {
  for (const { run } of cases.slice(0, 2)) run()
  const measured = Array.from({ length: rounds }, () => cases.map(({ run }) => run()))
  const of = (/** @type {number} */ position, /** @type {Name} */ name) =>
    measured.map((round) => round[position]?.[name] ?? NaN)
  const ratios = (/** @type {number} */ position, /** @type {Name} */ name) =>
    measured.map((round) => (round[position]?.[name] ?? NaN) / (round[0]?.[name] ?? NaN))
  return cases.map(({ size }, position) => {
    const figure = (/** @type {Name} */ name) => {
      const ratio = median(ratios(position, name))
      const before = Math.max(0, position - 1)
      const grown = ratio / median(ratios(before, name))
      const exponent = position === 0 ? 0 : Math.log(grown) / Math.log(size / (cases[before]?.size ?? 1))
      return { ns: median(of(position, name)), ratio, exponent }
    }
    const figures = Object.fromEntries(names.map((name) => [name, figure(name)]))
    return { size, figures: /** @type {Record<Name, Figure>} */ (figures) }
  })
}

// -------------------------------------------------------------------------------------
// telling
// -------------------------------------------------------------------------------------

/** @type {(number: number) => string} */
export const whole = (number) => Math.round(number).toLocaleString('en-US')

/** @type {(number: number) => string} */
export const short = (number) =>
  number >= 100 ? whole(number) : number.toFixed(number >= 10 ? 1 : number >= 0.1 ? 2 : 4)

/** The ratio to the smallest size. */
export const times = (/** @type {Figure} */ { ratio }) => `×${short(ratio)}`

/** The exponent since the size before; nothing at the smallest. */
export const power = (/** @type {Figure} */ { exponent, ratio }) => (ratio === 1 ? '' : exponent.toFixed(1))

/**
 * A Markdown table: the first column to the left, the others to the right, but for a last one of words.
 *
 * @param {string} title
 * @param {ReadonlyArray<string>} head
 * @param {ReadonlyArray<ReadonlyArray<string>>} rows
 */
export const table = (title, head, rows) => {
  const widths = head.map((name, column) => Math.max(3, name.length, ...rows.map((row) => row[column]?.length ?? 0)))
  const isText = (/** @type {number} */ column) =>
    column === 0 || (column === head.length - 1 && rows.some((row) => /^[a-zµ]/.test(row[column] ?? '')))
  const line = (/** @type {ReadonlyArray<string>} */ row) =>
    `| ${widths.map((width, column) => (isText(column) ? (row[column] ?? '').padEnd(width) : (row[column] ?? '').padStart(width))).join(' | ')} |`
  const ruler = widths.map((width, column) => (isText(column) ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`))
  return [`\n**${title}**\n`, line(head), line(ruler), ...rows.map(line)].join('\n')
}

/** Prints a Markdown table. @type {(...of: Parameters<typeof table>) => void} */
export const print = (...of) => console.log(table(...of))
