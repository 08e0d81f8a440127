/**
 * The rule book as a table, for documentation: it is read off the book, so that the two cannot differ.
 *
 * @since 0.1.0
 */
import type { RuleName } from '../record/Decision.js'
import * as Condition from '../rule/Condition.js'
import { criteria } from './criteria.js'
import { rules, type AllocationBook } from './rules.js'
import type { UnitKeys } from './units.js'

/**
 * A row of the table of rules.
 *
 * @since 0.1.0
 */
export interface Row<Name extends string = RuleName> {
  readonly rule: Name
  readonly group: number
  readonly conditions: ReadonlyArray<string>
}

const rows = <Name extends string>(book: AllocationBook<Name>): ReadonlyArray<Row<Name>> =>
  book.map(({ name, group, conditions }) => ({ rule: name, group, conditions: conditions.map(Condition.show) }))

const noUnits: UnitKeys = {
  required: () => '',
  shown: () => [],
  entailed: () => undefined,
  meaning: () => ({ _tag: 'Unknown' }),
  isAmbiguous: () => false,
  tell: () => '',
}

/**
 * The documented rules, in their order (ALLOC-12).
 *
 * @example
 * import assert from 'node:assert'
 * import { Allocation } from 'seatwise'
 *
 * assert.strictEqual(Allocation.table.length, 15)
 * assert.deepStrictEqual(Allocation.table[0], { rule: '1.1', group: 1, conditions: ['serial number', 'installation key'] })
 *
 * @since 0.1.0
 */
export const table: ReadonlyArray<Row> = rows(
  rules(
    criteria({
      mode: 'case-insensitive',
      organizations: noUnits,
      locations: noUnits,
      isOnlyMain: () => true,
    }),
  ),
)
