/**
 * What is wrong with the input, as data (FORMAT, *Rejections and warnings*): where it stands, what it is, and what to do
 * about it. Codes are final, wording is not.
 *
 * @since 0.1.0
 */
import * as Text from '../value/Text.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/**
 * What can be wrong with one record.
 *
 * @since 0.1.0
 */
export type RecordFault =
  | 'missing'
  | 'type'
  | 'blank'
  | 'range'
  | 'unsafe-integer'
  | 'date'
  | 'instant'
  | 'version'
  | 'unknown-value'
  | 'unknown-option'
  | 'not-plain-object'
  | 'accessor'
  | 'unreadable'
  | 'cycle'
  | 'depth'
  | 'too-long'
  | 'too-many'
  | 'ill-formed'
  | 'syntax'

/**
 * What can be wrong between records (ALLOC-47).
 *
 * @since 0.1.0
 */
export type RelationFault =
  'duplicate' | 'contradiction' | 'hierarchy-cycle' | 'orphan' | 'ambiguous-product' | 'as-of-missing'

/**
 * Why a record was rejected or dropped, or why nothing could be decided. `path` leads from the input to the value, as in
 * `licenses[3].restrictions.organization.unit`; `preview` is at most 64 code units, printable, and masked where a serial
 * number or key may stand.
 *
 * @since 0.1.0
 */
export interface Rejection {
  readonly code: RecordFault | RelationFault
  readonly severity: 'error' | 'warning'
  readonly path: string
  readonly collection: string
  readonly index?: number
  readonly id?: string
  readonly preview?: string
  readonly hint: string
}

/**
 * A step of a path: a field or an index.
 *
 * @since 0.1.0
 */
export type Step = string | number

// -------------------------------------------------------------------------------------
// showing
// -------------------------------------------------------------------------------------

const FIELD = /^[A-Za-z_$][\w$]{0,63}$/

/**
 * Writes a path. A field whose name is no plain word is quoted, shortened and made printable.
 *
 * @example
 * import assert from 'node:assert'
 * import { Rejection } from 'seatwise'
 *
 * assert.strictEqual(Rejection.showPath(['licenses', 3, 'restrictions', 'unit']), 'licenses[3].restrictions.unit')
 * assert.strictEqual(Rejection.showPath(['licenses', 'two words']), 'licenses["two words"]')
 *
 * @since 0.1.0
 */
export const showPath = (steps: ReadonlyArray<Step>): string =>
  steps
    .map((step, position) =>
      typeof step === 'number'
        ? `[${String(step)}]`
        : FIELD.test(step)
          ? `${position === 0 ? '' : '.'}${step}`
          : `["${Text.preview(step)}"]`,
    )
    .join('')

/**
 * A rejection as one line of text.
 *
 * @example
 * import assert from 'node:assert'
 * import { Catalog, Rejection } from 'seatwise'
 *
 * const { left } = Catalog.decode({ software: [], licenses: [{ id: 'L-1', name: 'Visio', software: 7 }] })
 * assert.deepStrictEqual(left.map(Rejection.render), [
 *   'error at licenses[0].software (id `L-1`): type, found `7`; write a text',
 * ])
 *
 * @since 0.1.0
 */
export const render = (rejection: Rejection): string => {
  const id = rejection.id === undefined ? '' : ` (id \`${Text.preview(rejection.id)}\`)`
  const found = rejection.preview === undefined ? '' : `, found \`${rejection.preview}\``
  return `${rejection.severity} at ${rejection.path === '' ? 'the input' : rejection.path}${id}: ${rejection.code}${found}; ${rejection.hint}`
}
