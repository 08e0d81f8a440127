// @ts-check
/**
 * The section of the report on compliance: licenses that are not compliant first, then those of which something is left.
 */
import { called, counted, gauge, heading, number, table, tables } from '../shared/layout.mjs'
import { compare } from '../shared/lists.mjs'
import { retiredIn } from './causes.mjs'
import * as Findings from './findings.mjs'

/**
 * @typedef {import('./findings.mjs').Run} Run
 * @typedef {Run['catalog']['licenses'][number]} License
 * @typedef {Run['compliance']['licenses'][number]} Row
 */

// -------------------------------------------------------------------------------------
// findings
// -------------------------------------------------------------------------------------

/**
 * The licenses by how they stand, each once: what is not compliant, with most missing first, and what is left over, with
 * most left first. The rest is only counted.
 *
 * @param {Run} run
 */
export const standings = (run) => {
  const licenses = new Map(run.catalog.licenses.map((license) => [license.id, license]))
  const isRetired = retiredIn(run)
  const rows = run.compliance.licenses.flatMap((row) => {
    const license = licenses.get(row.license)
    return license === undefined ? [] : [{ license, row, isRetired: isRetired(license) }]
  })
  const byAvailable = (/** @type {1 | -1} */ direction) => (/** @type {Standing} */ a, /** @type {Standing} */ b) =>
    direction * ((a.row.available ?? 0) - (b.row.available ?? 0)) ||
    compare(a.license.name, b.license.name) ||
    compare(a.license.id, b.license.id)
  const inOrder = rows.filter(({ row, isRetired }) => row.compliant && !isRetired)
  return {
    breached: rows.filter(({ row }) => !row.compliant).sort(byAvailable(1)),
    over: inOrder.filter(({ row }) => row.position === 'over-licensed').sort(byAvailable(-1)),
    balanced: inOrder.filter(({ row }) => row.position === 'balanced').length,
    unlimited: inOrder.filter(({ row }) => row.position === undefined).length,
    retired: rows.filter(({ isRetired }) => isRetired).length,
  }
}

/** @typedef {{ readonly license: License, readonly row: Row, readonly isRetired: boolean }} Standing */

/** How many computers lower what is available of a license by holding an upgrade of it. */
const upgradesOf = (/** @type {Standing} */ { license: { entitlements }, row: { used, available } }) =>
  entitlements === undefined || available === undefined ? 0 : entitlements - used - available

/** Why a license that nothing is missing of is not compliant: the condition of its metric does not hold. */
const reasonOf = (/** @type {License} */ { metric, restrictions = {} }) => {
  const isNamed = [...(restrictions.devices ?? []), ...(restrictions.owners ?? [])].some((name) => name.trim() !== '')
  if (metric === 'named-computer') return isNamed ? 'computer not named' : 'names no computer'
  const { organization, location } = restrictions
  return organization === undefined && location === undefined ? 'names no unit' : 'outside its unit'
}

// -------------------------------------------------------------------------------------
// lines
// -------------------------------------------------------------------------------------

const positionText = (/** @type {Standing} */ standing) => {
  const { available, position = 'not limited', compliant } = standing.row
  const upgrades = upgradesOf(standing)
  const by = available === undefined || available === 0 ? '' : ` by ${number(Math.abs(available))}`
  const because = compliant || position === 'under-licensed' ? '' : `, ${reasonOf(standing.license)}`
  const through = position === 'under-licensed' && upgrades > 0 ? `, ${counted(upgrades, 'upgrade')}` : ''
  return position + by + through + because
}

const usageText = (/** @type {Standing} */ standing) => {
  const { used, available } = standing.row
  const upgrades = upgradesOf(standing)
  const all = number(used) + (upgrades === 0 ? '' : `+${number(upgrades)}`)
  return available === undefined ? all : `${all}/${number(standing.license.entitlements ?? 0)}`
}

const rowOf = (/** @type {import('../shared/layout.mjs').Canvas} */ canvas) => (/** @type {Standing} */ standing) => {
  const { license, row } = standing
  const limit = row.available === undefined ? row.used : (license.entitlements ?? 0)
  const text = gauge(row.used + upgradesOf(standing), limit, Math.floor(canvas.columns / 10))
  /** @type {import('../shared/layout.mjs').Style} */
  const style = row.compliant ? 'green' : 'yellow'
  return [called(canvas, license.name), usageText(standing), { text, style }, { list: [positionText(standing)] }]
}

/** Tracked software with something to do, as one line each for what is not compliant and for what waits for a person. */
const softwareRows = (/** @type {import('../shared/layout.mjs').Canvas} */ canvas, /** @type {Run} */ run) => {
  const name = (/** @type {{ software: string }} */ { software }) =>
    called(canvas, Findings.namesOf(run).software(software))
  const inBreach = run.compliance.software.filter(({ compliant }) => !compliant).map(name)
  const waiting = run.compliance.software
    .filter(({ unreconciled }) => unreconciled.length > 0)
    .map((row) => ({ name: name(row), count: row.unreconciled.length }))
    .sort((a, b) => b.count - a.count || compare(a.name, b.name))
  const installations = waiting.reduce((sum, { count }) => sum + count, 0)
  return [
    { what: 'software not compliant', count: inBreach.length, list: inBreach.sort() },
    {
      what: 'unreconciled',
      count: installations,
      list: waiting.map(({ name, count }) => `${name} (${number(count)})`),
    },
  ]
    .filter(({ count }) => count > 0)
    .map(({ what, count, list }) => [what, number(count), { list }])
}

/** Of what is not compliant so many are shown, and of what is left over. */
const [BREACHED, OVER] = [12, 5]

/** @type {import('./report.mjs').Section} */
export const compliance = (canvas, run) => {
  const { breached, over, balanced, unlimited, retired } = standings(run)
  const others = [
    { count: over.length, what: 'over-licensed' },
    { count: balanced, what: 'balanced' },
    { count: unlimited, what: 'not limited' },
    { count: retired, what: 'retired' },
  ].filter(({ count }) => count > 0)
  const row = rowOf(canvas)
  return [
    heading(
      canvas,
      'Compliance',
      `${number(breached.length)} of ${counted(run.compliance.licenses.length, 'license')} not compliant`,
    ),
    ...(others.length === 0 ? [] : [`  ${others.map(({ count, what }) => `${number(count)} ${what}`).join(', ')}`]),
    ...tables(canvas, 'lrll', [
      { rows: breached.map(row), most: BREACHED },
      { rows: over.map(row), most: OVER },
    ]),
    ...table(canvas, 'lrl', softwareRows(canvas, run)),
  ]
}
