/**
 * An explanation as text.
 *
 * @since 0.1.0
 */
import * as Outline from '../record/Outline.js'
import type { DeviceExplanation } from './explanation.js'
import { outline } from './outline.js'

/**
 * Renders an explanation as lines of text.
 *
 * @example
 * import assert from 'node:assert'
 * import { either as E, function as F, option as O } from 'fp-ts'
 * import { Deployment, Estate, Instant } from 'seatwise'
 *
 * const decoded = Estate.decode({
 *   settings: { umsVersion: '12.10.100', umsId: 'ums-1', automaticDeployment: true },
 *   packs: [{ id: 'P-1', licenseType: 'udc3', total: 12, allocated: 3, registered: '2026-02-01', umsIds: ['ums-1'], active: false }],
 *   devices: [{ id: 'd-1', unitId: '00E0C5000001', osVersion: '12.5.0', registered: '2026-03-10T08:00:00Z' }],
 * })
 * const text = F.pipe(
 *   Instant.parse('2026-03-10T12:00:00Z'),
 *   E.fromOption(() => []),
 *   E.chainW((now) => F.pipe(decoded, E.chainW(({ right }) => Deployment.explain(right, now)))),
 *   E.map((explain) => F.pipe(explain('d-1', { licenseType: 'udc3' }), O.match(() => '', Deployment.render))),
 *   E.getOrElse(() => ''),
 * )
 * assert.strictEqual(text.split('\n')[0], '`udc3` for `d-1`: gets nothing: pack-deactivated, the pack is deactivated')
 *
 * @since 0.1.0
 */
export const render = (explanation: DeviceExplanation): string => Outline.text(outline(explanation))
