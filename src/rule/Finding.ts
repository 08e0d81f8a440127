/**
 * A finding is what is worth a look in the records: a code, how much it matters, the clause that makes it so, the records
 * involved, and a witness, which is data that whoever doubts it can check.
 *
 * Law: findings come in one order, by code, then by the ids of their records, whatever the order of the records was.
 *
 * @since 0.1.0
 */
import * as Text from '../value/Text.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/**
 * How much a finding matters: `error` where something promised is broken, `warning` where records hardly do what whoever
 * wrote them meant, `information` where that is for a person to say.
 *
 * @since 0.1.0
 */
export type Severity = 'error' | 'warning' | 'information'

/**
 * A record by its collection and id.
 *
 * @since 0.1.0
 */
export interface RecordName<Collection extends string = string> {
  readonly collection: Collection
  readonly id: string
}

/**
 * A finding. The first of its records is the one that it is about, where it is about one.
 *
 * @since 0.1.0
 */
export interface Finding<Code extends string = string, Collection extends string = string, Witness = unknown> {
  readonly code: Code
  readonly severity: Severity
  readonly clause: string
  readonly records: ReadonlyArray<RecordName<Collection>>
  readonly witness: Witness
}

/**
 * What is known of every finding of a code.
 *
 * @since 0.1.0
 */
export interface Kind {
  readonly severity: Severity
  readonly clause: string
}

// -------------------------------------------------------------------------------------
// order
// -------------------------------------------------------------------------------------

const compareLists = (a: ReadonlyArray<string>, b: ReadonlyArray<string>): number => {
  for (const [place, text] of a.entries()) {
    const other = b[place]
    if (other === undefined) return 1
    const compared = Text.compare(text, other)
    if (compared !== 0) return compared
  }
  return a.length - b.length
}

const idsOf = ({ records }: Finding): ReadonlyArray<string> => records.map(({ id }) => id)

/**
 * Findings in their one order: by code, then by the ids of the records, then by the witness.
 *
 * @example
 * import assert from 'node:assert'
 * import { Finding } from 'seatwise'
 *
 * const finding = (code: string, id: string): Finding.Finding =>
 *   ({ code, severity: 'warning', clause: 'house rule 7', records: [{ collection: 'guests', id }], witness: {} })
 * const sorted = Finding.inOrder([finding('late', 'bo'), finding('late', 'ann'), finding('absent', 'cy')])
 * assert.deepStrictEqual(sorted.map(({ records }) => records[0]?.id), ['cy', 'ann', 'bo'])
 *
 * @since 0.1.0
 */
export const inOrder = <F extends Finding>(findings: ReadonlyArray<F>): ReadonlyArray<F> =>
  [...findings].sort(
    (a, b) =>
      Text.compare(a.code, b.code) ||
      compareLists(idsOf(a), idsOf(b)) ||
      Text.compare(JSON.stringify(a.witness), JSON.stringify(b.witness)),
  )

/**
 * How many findings there are of each severity, in one line.
 *
 * @example
 * import assert from 'node:assert'
 * import { Finding } from 'seatwise'
 *
 * assert.strictEqual(Finding.summary([]), 'nothing found')
 * const late: Finding.Finding = { code: 'late', severity: 'warning', clause: 'house rule 7', records: [], witness: {} }
 * assert.strictEqual(Finding.summary([late, late]), '2 warnings')
 *
 * @since 0.1.0
 */
export const summary = (findings: ReadonlyArray<Finding>): string => {
  const of = (severity: Severity, one: string, many: string): ReadonlyArray<string> => {
    const count = findings.filter((finding) => finding.severity === severity).length
    return count === 0 ? [] : [`${String(count)} ${count === 1 ? one : many}`]
  }
  const counts = [
    ...of('error', 'error', 'errors'),
    ...of('warning', 'warning', 'warnings'),
    ...of('information', 'piece of information', 'pieces of information'),
  ]
  return counts.length === 0 ? 'nothing found' : counts.join(', ')
}
