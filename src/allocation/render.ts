/**
 * An explanation as text.
 *
 * @since 0.1.0
 */
import * as Outline from '../record/Outline.js'
import type { Explanation } from './explanation.js'
import { outline } from './outline.js'

/**
 * Renders an explanation as lines of text.
 *
 * @example
 * import assert from 'node:assert'
 * import { either as E, function as F, option as O } from 'fp-ts'
 * import { Allocation, AuditSnapshot, Catalog } from 'seatwise'
 *
 * const { right: catalog } = Catalog.decode({
 *   software: [{ id: 'visio', name: 'Visio', products: ['Visio 2024'] }],
 *   licenses: [{ id: 'L-1', name: 'Visio Standard', software: 'visio', installationKey: 'QX4T7-81KZM-22PWD' }],
 * })
 * const { right: snapshots } = AuditSnapshot.decodeAll([
 *   { computer: { id: 'pc-1', name: 'PC-1' }, installations: [{ id: 'i-1', product: 'Visio 2024', installationKey: 'qx4t7-81kzm-22pwd' }] },
 * ])
 * const text = F.pipe(
 *   Allocation.explain()(catalog),
 *   E.map((explain) => snapshots.flatMap((snapshot) => (snapshot.installations ?? []).map(({ id }) => explain(snapshot, id)))),
 *   E.map((explanations) => explanations.map(O.match(() => '', Allocation.render)).join('\n')),
 *   E.getOrElse(() => ''),
 * )
 * assert.strictEqual(text.split('\n')[0], '`Visio 2024` on `PC-1` (installation i-1): allocated `Visio Standard` (L-1) by rule 1.3')
 * assert.strictEqual(/qx4t7/i.test(text), false)
 *
 * @since 0.1.0
 */
export const render = (explanation: Explanation<string>): string => Outline.text(outline(explanation))
