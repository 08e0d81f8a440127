// @ts-check
/**
 * The report: one HTML file that needs nothing else, in light and in dark. Ratios stand on a logarithmic axis with their
 * target; costs are bars, logarithmic too where they differ a hundredfold.
 */
import { short, whole } from './measure.mjs'
import { FIGURES, isMet, TARGETS } from './targets.mjs'

/** @typedef {import('./contest.mjs').Result} Result */
/** @typedef {import('./tell.mjs').Outcome} Outcome */

const escaped = (/** @type {string} */ text) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

const STYLE = `
:root { color-scheme: light dark; --ink: #1f2328; --dim: #59636e; --line: #d1d9e0; --bar: #4f83cc; --spread: #1f4e8c; --good: #1a7f37; --bad: #c62828; --paper: #fff }
@media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --dim: #9198a1; --line: #3d444d; --bar: #4378b8; --spread: #a5c8f5; --good: #3fb950; --bad: #ff7b72; --paper: #0d1117 } }
body { font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); max-width: 62rem; margin: 2rem auto; padding: 0 1rem }
h1 { font-size: 1.5rem } h2 { font-size: 1.1rem; margin-top: 2.2rem }
p, figcaption { color: var(--dim) } .wide { overflow-x: auto }
table { border-collapse: collapse; width: 100% } th, td { padding: .25rem .6rem; border-bottom: 1px solid var(--line); text-align: right; white-space: nowrap }
th:first-child, td:first-child, th:last-child, td:last-child { text-align: left } td:last-child { white-space: normal; color: var(--dim) }
.good { color: var(--good) } .bad { color: var(--bad) }
svg { width: 100%; height: auto; font: 12px system-ui, sans-serif } text { fill: var(--ink) } .dim { fill: var(--dim) }
.bar { fill: var(--bar) } .spread { stroke: var(--spread); stroke-width: 2 } .grid { stroke: var(--line) } .target { stroke: var(--ink); stroke-dasharray: 3 3 }
.dot-good { fill: var(--good) } .dot-bad { fill: var(--bad) }`

const WIDTH = 960
const LABELS = 330
const ROW = 24

/** From values to places between the labels and the right edge. @type {(from: number, to: number, isLog: boolean) => (value: number) => number} */
const scaleOf = (from, to, isLog) => {
  const at = isLog ? Math.log : (/** @type {number} */ value) => value
  const room = WIDTH - LABELS - 80
  return (value) => LABELS + ((at(Math.min(Math.max(value, from), to)) - at(from)) / (at(to) - at(from) || 1)) * room
}

/** @type {(x: number, top: number, bottom: number, label: string, kind?: string) => string} */
const rule = (x, top, bottom, label, kind = 'grid') =>
  `<line class="${kind}" x1="${x}" x2="${x}" y1="${top}" y2="${bottom}"/><text class="dim" x="${x}" y="${bottom + 14}" text-anchor="middle">${label}</text>`

/** @type {(height: number, title: string, body: ReadonlyArray<string>) => string} */
const plot = (height, title, body) =>
  `<svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${escaped(title)}">${body.join('')}</svg>`

const powersOfTen = (/** @type {number} */ from, /** @type {number} */ to) =>
  Array.from({ length: Math.round(Math.log10(to / from)) + 1 }, (_, index) => from * 10 ** index)

/** @type {(result: Result) => string} */
const costs = ({ title, rows }) => {
  const values = rows.map(({ ns }) => ns.value)
  const [least, most] = [Math.min(...values), Math.max(...values, ...rows.map(({ ns }) => ns.high))]
  const isLog = most > 100 * least
  const [from, to] = isLog ? [10 ** Math.floor(Math.log10(least)), 10 ** Math.ceil(Math.log10(most))] : [0, most]
  const x = scaleOf(from, to, isLog)
  const height = rows.length * ROW
  const ticks = isLog ? powersOfTen(from, to) : [0, 0.25, 0.5, 0.75, 1].map((share) => share * most)
  return plot(height + 24, title, [
    ...ticks.map((tick) => rule(x(tick), 0, height, whole(tick))),
    ...rows.flatMap(({ name, ns }, row) => {
      const middle = row * ROW + ROW / 2
      return [
        `<text x="${LABELS - 8}" y="${middle + 4}" text-anchor="end">${escaped(name)}</text>`,
        `<rect class="bar" x="${LABELS}" y="${row * ROW + 5}" width="${Math.max(1, x(ns.value) - LABELS)}" height="${ROW - 10}"/>`,
        `<line class="spread" x1="${x(ns.low)}" x2="${x(ns.high)}" y1="${middle}" y2="${middle}"/>`,
        `<text x="${x(ns.high) + 6}" y="${middle + 4}">${short(ns.value)}</text>`,
      ]
    }),
  ])
}

/**
 * How far from its target each ratio is: 1 is the target, right of it is better.
 *
 * @type {(outcome: Outcome) => string}
 */
const distances = ({ ratios, spread }) => {
  const rows = Object.entries(TARGETS).flatMap(([name, target]) => {
    const [value, found] = [ratios[name] ?? undefined, spread[name] ?? undefined]
    if (value === undefined || found === undefined) return []
    const of = (/** @type {number} */ ratio) =>
      target.better === 'less' ? target.target / ratio : ratio / target.target
    return [{ name, at: of(value), ends: [of(found.low), of(found.high)], isGood: isMet(target, value) === true }]
  })
  if (rows.length === 0) return ''
  const all = rows.flatMap(({ at, ends }) => [at, ...ends])
  const from = 10 ** Math.floor(Math.log10(Math.min(0.5, ...all)))
  const to = 10 ** Math.ceil(Math.log10(Math.max(2, ...all)))
  const x = scaleOf(from, to, true)
  const height = rows.length * ROW
  return plot(height + 24, 'How far the ratios are from their targets', [
    ...powersOfTen(from, to).map((tick) =>
      rule(x(tick), 0, height, tick === 1 ? 'target' : `×${String(tick)}`, tick === 1 ? 'target' : 'grid'),
    ),
    ...rows.flatMap(({ name, at, ends: [low = at, high = at], isGood }, row) => {
      const middle = row * ROW + ROW / 2
      return [
        `<text x="${LABELS - 8}" y="${middle + 4}" text-anchor="end">${name}</text>`,
        `<line class="spread" x1="${x(low)}" x2="${x(high)}" y1="${middle}" y2="${middle}"/>`,
        `<circle class="${isGood ? 'dot-good' : 'dot-bad'}" cx="${x(at)}" cy="${middle}" r="5"/>`,
      ]
    }),
  ])
}

/** @type {(head: ReadonlyArray<string>, rows: ReadonlyArray<ReadonlyArray<string>>) => string} */
const grid = (head, rows) => {
  const line = (/** @type {string} */ tag, /** @type {ReadonlyArray<string>} */ cells) =>
    `<tr>${cells.map((cell) => `<${tag}>${cell}</${tag}>`).join('')}</tr>`
  return `<div class="wide"><table>${line('th', head)}${rows.map((row) => line('td', row)).join('')}</table></div>`
}

/** @type {(outcome: Outcome) => string} */
const targets = ({ ratios, spread, figures }) => {
  const met = (/** @type {boolean | undefined} */ isGood) =>
    isGood === true ? '<span class="good">met</span>' : '<span class="bad">missed</span>'
  const at = (/** @type {import('./targets.mjs').Target} */ { better, target }) =>
    `${better === 'less' ? '≤' : '≥'} ${String(target)}`
  const ofRatios = Object.entries(TARGETS).map(([name, target]) => {
    const [value, found] = [ratios[name] ?? undefined, spread[name] ?? undefined]
    if (value === undefined || found === undefined) return [name, 'absent', '', at(target), '', '', target.means]
    const quartiles = `${short(found.low)} – ${short(found.high)}`
    return [
      name,
      short(value),
      quartiles,
      at(target),
      met(isMet(target, value)),
      escaped(found.size),
      escaped(target.means),
    ]
  })
  const ofFigures = Object.entries(FIGURES).flatMap(([name, target]) =>
    figures
      .filter((figure) => figure.name === name)
      .map(({ value, low, high, size }) => [
        name,
        short(value),
        `${short(low)} – ${short(high)}`,
        at(target),
        met(isMet(target, value)),
        escaped(size),
        `${target.unit}: ${escaped(target.means)}`,
      ]),
  )
  return grid(['ratio', 'median', 'quartiles', 'target', '', 'at', 'what'], [...ofRatios, ...ofFigures])
}

/** @type {(outcome: Outcome, results: ReadonlyArray<Result>) => string} */
export const page = (outcome, results) => {
  const { machine, versions, rounds, clock, seconds, absent } = outcome
  const packages = Object.entries(versions).map(([name, version]) => `${name} ${version ?? 'absent'}`)
  const sections = results.map((result) => {
    const { title, notes, rows, ratios, figures } = result
    const others = [
      ...ratios.map(({ name, value, low, high, size }) => [
        name,
        `×${short(value)}`,
        `${short(low)} – ${short(high)}`,
        escaped(size),
      ]),
      ...figures.map(({ name, unit, value, low, high, size }) => [
        `${name}, ${unit}`,
        short(value),
        `${short(low)} – ${short(high)}`,
        escaped(size),
      ]),
    ]
    return [
      `<h2>${escaped(title)}</h2>`,
      ...(rows.length > 0 ? [costs(result)] : []),
      ...(others.length > 0 ? [grid(['', 'median', 'quartiles', 'at'], others)] : []),
      ...notes.map((note) => `<p>${escaped(note)}</p>`),
    ].join('\n')
  })
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>seatwise: benchmark</title>
<style>${STYLE}</style>
<h1>seatwise: benchmark</h1>
<p>Medians of ${rounds} interleaved rounds by ${clock === 'wall' ? 'the clock' : "the processor's time"}, with quartiles; ${machine.cores} cores (${escaped(machine.processor)}), load ${short(machine.load)} at the start; ${seconds.toFixed(0)} seconds. Only ratios carry over to another machine.</p>
<h2>Targets, each at the worst of the sizes measured</h2>
${distances(outcome)}
${targets(outcome)}
${Object.entries(absent)
  .map(([name, reason]) => `<p>Absent: ${escaped(name)} (${escaped(reason)}).</p>`)
  .join('\n')}
${sections.join('\n')}
<h2>Versions</h2>
<p>${escaped(packages.join(', '))}</p>
</html>
`
}
