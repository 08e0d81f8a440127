// @ts-check
/**
 * What a benchmark has to say: the outcome as one object, and tables on a terminal.
 *
 * A ratio that is measured at several sizes counts as it is at the worst of them.
 */
import { readFileSync } from 'node:fs'
import { availableParallelism, cpus } from 'node:os'
import { versions } from 'node:process'
import { short, table, whole } from './measure.mjs'
import { versionOf } from './peers/index.mjs'
import { FIGURES, isMet, TARGETS } from './targets.mjs'

/** @typedef {import('./contest.mjs').Ratio} Ratio */
/** @typedef {import('./contest.mjs').Result} Result */
/** @typedef {ReturnType<typeof outcomeOf>} Outcome */

/** @returns {Record<string, string | null>} */
const dependencies = () => {
  /** @type {{ dependencies: Record<string, string> }} */
  const bench = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'))
  const names = ['fp-ts', 'io-ts', ...Object.keys(bench.dependencies)]
  const installed = names.map((name) => /** @type {const} */ ([name, versionOf(name) ?? null]))
  return Object.fromEntries([['node', versions.node], ['v8', versions.v8], ...installed])
}

/** @type {(measured: ReadonlyArray<Ratio>, name: string) => Ratio | undefined} */
const worstOf = (measured, name) => {
  const isWorse =
    TARGETS[name]?.better === 'more'
      ? (/** @type {number} */ a, /** @type {number} */ b) => a < b
      : (/** @type {number} */ a, /** @type {number} */ b) => a > b
  return measured
    .filter((ratio) => ratio.name === name)
    .reduce(
      (/** @type {Ratio | undefined} */ worst, ratio) =>
        worst === undefined || isWorse(ratio.value, worst.value) ? ratio : worst,
      undefined,
    )
}

/**
 * @param {import('./contest.mjs').Settings} settings
 * @param {ReadonlyArray<Result>} results
 * @param {{ load: number, seconds: number }} run
 */
export const outcomeOf = ({ quick, rounds, clock, installations, licenses, world, absent }, results, run) => {
  const measured = results.flatMap(({ ratios }) => ratios)
  const figures = results.flatMap((result) => result.figures)
  const names = Object.keys(TARGETS)
  const worst = names.map((name) => /** @type {const} */ ([name, worstOf(measured, name)]))
  return {
    ratios: Object.fromEntries(worst.map(([name, ratio]) => [name, ratio?.value ?? null])),
    spread: Object.fromEntries(
      worst.map(([name, ratio]) => [
        name,
        ratio === undefined ? null : { low: ratio.low, high: ratio.high, size: ratio.size },
      ]),
    ),
    figures,
    /** Every ratio at every size, those without a target among them. */
    measured,
    costs: results.map(({ title, rows, notes }) => ({ title, notes, rows })),
    absent,
    sizes: { installations, licenses, ...world, quick },
    rounds,
    clock,
    seconds: run.seconds,
    machine: { cores: availableParallelism(), processor: cpus()[0]?.model ?? '', load: run.load },
    versions: dependencies(),
  }
}

const spread = (/** @type {{ low: number, high: number }} */ { low, high }) => `${short(low)} – ${short(high)}`

/** @type {(out: (text: string) => void, result: Result) => void} */
export const printResult = (out, { title, notes, rows, ratios, figures }) => {
  if (rows.length > 0)
    out(
      table(
        title,
        ['', 'median', 'quartiles', 'of'],
        rows.map(({ name, ns, pieces }) => [name, short(ns.value), spread(ns), whole(pieces)]),
      ),
    )
  if (ratios.length + figures.length > 0)
    out(
      table(
        rows.length > 0 ? 'Ratios' : title,
        ['', 'median', 'quartiles', 'at'],
        [
          ...ratios.map((ratio) => [ratio.name, `×${short(ratio.value)}`, spread(ratio), ratio.size]),
          ...figures.map((figure) => [
            `${figure.name}, ${figure.unit}`,
            short(figure.value),
            spread(figure),
            figure.size,
          ]),
        ],
      ),
    )
  for (const note of notes) out(`\n${note}`)
}

/** @type {(out: (text: string) => void, outcome: Outcome) => void} */
export const printTargets = (out, { ratios, spread: spreads, figures, absent }) => {
  const sign = (/** @type {boolean | undefined} */ met) => (met === undefined ? '' : met ? '✓' : '✗')
  const at = (/** @type {import('./targets.mjs').Target} */ { better, target }) =>
    `${better === 'less' ? '≤' : '≥'} ${String(target)}`
  const rows = Object.entries(TARGETS).map(([name, target]) => {
    const value = ratios[name] ?? undefined
    const found = spreads[name] ?? undefined
    if (value === undefined || found === undefined) return [name, 'absent', '', at(target), '', target.means]
    return [name, `×${short(value)}`, spread(found), at(target), sign(isMet(target, value)), target.means]
  })
  const others = Object.entries(FIGURES).flatMap(([name, target]) =>
    figures
      .filter((figure) => figure.name === name)
      .map((figure) => [
        name,
        short(figure.value),
        spread(figure),
        at(target),
        sign(isMet(target, figure.value)),
        `${target.unit}: ${target.means}`,
      ]),
  )
  out(
    table(
      'Targets, each at the worst of the sizes measured',
      ['', 'median', 'quartiles', 'target', 'met', 'what'],
      [...rows, ...others],
    ),
  )
  for (const [name, reason] of Object.entries(absent)) out(`\nabsent: ${name} (${reason})`)
}
