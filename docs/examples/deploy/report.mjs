// @ts-check
/**
 * The report for an administrator, from results to lines: what matters most comes first.
 */
import { Deployment, Instant } from 'seatwise'
import { counted, heading, wrapped } from '../shared/layout.mjs'
import { after } from './after.mjs'
import { actions, given, reasons, shortages } from './decisions.mjs'
import { coverage, notifications, packs } from './packs.mjs'

/**
 * @typedef {import('../shared/layout.mjs').Canvas} Canvas
 * @typedef {import('./planned.mjs').Planned} Planned
 * @typedef {ReadonlyArray<string>} Lines
 * @typedef {(canvas: Canvas, planned: Planned) => Lines} Section
 */

/** Where nothing is set (ALD-72). */
const USUAL_EXCHANGE_DAYS = 7

/** @type {Section} */
const headline = ({ columns, paint }, { estate, now, rejected }) => {
  const { settings, devices, packs: all, bundled = [], directories = [] } = estate
  const given = [
    counted(devices.length, 'device'),
    counted(all.length, 'product pack'),
    counted(bundled.length, 'bundled license'),
    counted(directories.length, 'directory', 'directories'),
  ]
  const switches = [
    `automatic deployment ${settings.automaticDeployment === true ? 'on' : 'off'}`,
    settings.licenseExchange === true
      ? `exchange from ${counted(settings.exchangeDaysBeforeExpiration ?? USUAL_EXCHANGE_DAYS, 'day')} before the end`
      : 'exchange off',
    `bundled licenses ${settings.hardwareBundledDeployment === true ? 'on' : 'off'}`,
    ...(settings.licenseServerReachable === false ? ['license server unreachable'] : []),
  ]
  return [
    ...wrapped(`Deployment: ${given.join(', ')}`, columns).map((line) => paint('bold', line)),
    ...wrapped(`  planned for ${Instant.show(now)}; UMS ${settings.umsVersion}, ${switches.join(', ')}`, columns),
    ...(rejected === 0
      ? []
      : [paint('yellow', `  ${counted(rejected, 'record')} rejected and left out, see standard error`)]),
  ]
}

/**
 * @param {Canvas} canvas
 * @param {ReadonlyArray<Deployment.DeviceExplanation>} explanations
 * @param {string} title
 * @param {string} [about]
 * @returns {Lines}
 */
const explained = (canvas, explanations, title, about) =>
  explanations.length === 0
    ? []
    : [
        heading(canvas, title, about),
        ...explanations.flatMap((explanation) =>
          Deployment.render(explanation)
            .split('\n')
            .flatMap((line) => wrapped(`  ${line}`, canvas.columns)),
        ),
        '',
      ]

/**
 * The report of a plan, the refusal or the device that is explained, and what follows. An explanation that was asked for
 * comes last, where whoever asked looks for it.
 *
 * @param {Canvas} canvas
 * @param {Planned} planned
 * @param {object} [more]
 * @param {ReadonlyArray<Deployment.DeviceExplanation>} [more.explanations]
 * @param {string} [more.asked] the device that the caller asked for
 * @param {import('./year.mjs').Year} [more.year]
 * @returns {Lines}
 */
export const report = (canvas, planned, { explanations = [], asked, year } = {}) => {
  /** @type {ReadonlyArray<Section>} */
  const sections = [headline, actions, given, shortages, reasons, coverage, packs, notifications]
  return [
    ...sections.flatMap((section) => [...section(canvas, planned), '']),
    ...(asked === undefined ? explained(canvas, explanations, 'One refusal explained') : []),
    ...(year === undefined ? [] : after(canvas, year)),
    ...(asked === undefined
      ? []
      : explained(canvas, explanations, 'Explained', counted(explanations.length, 'license type'))),
  ].slice(0, -1)
}
